"""Numbered lists that begin anew: `{% restart %}` gives every list after it a numbering of its own, from its start.

In a template with such a tag the number of each list is asked for while rendering; a list met anew gets a new one.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kitgen.render.package.xml import Element, W
from kitgen.render.tags.marks import Marks
from kitgen.render.tags.state import RenderState
from kitgen.render.word.ranges import fresh

NUMBERING: Final = "word/numbering.xml"
RESTART: Final = "{{ _restart()\n}}"
_LEVELS: Final = 9
_NUMBER: Final = "kitgen-number"
_MORE: Final = 1_000
"""New lists are numbered from this far above those of the template."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a template: of each its definition for another number, and which style brings which list along."""

    definitions: Mapping[int, str]
    of_styles: Mapping[str, tuple[int, int]]
    """List and level, by the id of a paragraph style."""

    @property
    def first_new(self) -> int:
        """The number new lists begin at."""
        return max(self.definitions, default=0) + _MORE


def read_lists(numbering: Element | None, styles: Element | None) -> Lists:
    """The lists of a template's numbering part, and those its paragraph styles bring along."""
    starts: dict[str, dict[int, str]] = {}
    definitions: dict[int, str] = {}
    for kind in () if numbering is None else numbering.iterfind(f"{W}abstractNum"):
        levels = ((_int(level.get(f"{W}ilvl")), level.find(f"{W}start")) for level in kind.iterfind(f"{W}lvl"))
        starts[kind.get(f"{W}abstractNumId") or ""] = {
            number: (start.get(f"{W}val") or "1") if start is not None else "1" for number, start in levels
        }
    for number in () if numbering is None else numbering.iterfind(f"{W}num"):
        of_kind = number.find(f"{W}abstractNumId")
        named = (of_kind.get(f"{W}val") or "") if of_kind is not None else ""
        definitions[_int(number.get(f"{W}numId"))] = _definition(number, starts.get(named, {}))
    return Lists(definitions, _of_styles(styles))


def _definition(number: Element, starts: Mapping[int, str]) -> str:
    made = deepcopy(number)
    made.tail = None
    for key in list(made.attrib):
        del made.attrib[key]
    made.set(f"{W}numId", _NUMBER)
    overrides = {_int(found.get(f"{W}ilvl")): found for found in made.iterfind(f"{W}lvlOverride")}
    for level in range(_LEVELS):
        override = overrides.get(level)
        if override is None:
            override = etree.SubElement(made, f"{W}lvlOverride", {f"{W}ilvl": str(level)})
        if override.find(f"{W}startOverride") is None:
            start = override.makeelement(f"{W}startOverride", {f"{W}val": starts.get(level, "1")})
            override.insert(0, start)
    return etree.tostring(made, encoding="unicode")


def _of_styles(styles: Element | None) -> dict[str, tuple[int, int]]:
    own: dict[str, tuple[int | None, int]] = {}
    parents: dict[str, str] = {}
    for style in () if styles is None else styles.iterfind(f"{W}style"):
        id = style.get(f"{W}styleId") or ""
        number, level = (style.find(f"{W}pPr/{W}numPr/{W}{name}") for name in ("numId", "ilvl"))
        if number is not None:
            own[id] = (_int(number.get(f"{W}val")), _int(level.get(f"{W}val")) if level is not None else 0)
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            parents[id] = parent.get(f"{W}val") or ""
    found: dict[str, tuple[int, int]] = {}
    for id in {*own, *parents}:
        at, seen = id, {id}
        while at not in own and (at := parents.get(at, "")) and at not in seen:
            seen.add(at)
        number_and_level = own.get(at)
        if number_and_level is not None and number_and_level[0]:
            found[id] = (number_and_level[0], number_and_level[1])
    return found


def _int(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0


def mark_lists(root: Element, lists: Lists, marks: Marks) -> None:
    """Let the number of every list of a part be asked for, if the part restarts any."""
    if not any(mark.tag.name == "restart" for mark in marks.placed):
        return
    for paragraph in root.iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if number is None and style is not None and (style.get(f"{W}val") or "") in lists.of_styles:
            number = _with_number(paragraph, *lists.of_styles[style.get(f"{W}val") or ""])
        id = _int(number.get(f"{W}val")) if number is not None else 0
        if number is not None and id in lists.definitions:
            number.set(f"{W}val", fresh(marks, f"_list({id})"))


def _with_number(paragraph: Element, id: int, level: int) -> Element:
    """The list its style gives a paragraph, written in it."""
    properties = paragraph.find(f"{W}pPr")
    assert properties is not None
    numbering = properties.find(f"{W}numPr")
    if numbering is None:
        numbering = properties.makeelement(f"{W}numPr")
        before = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
        at = sum(child.tag in {f"{W}{name}" for name in before} for child in properties)
        properties.insert(at, numbering)
        etree.SubElement(numbering, f"{W}ilvl", {f"{W}val": str(level)})
    return etree.SubElement(numbering, f"{W}numId", {f"{W}val": str(id)})


def list_functions(state: RenderState, lists: Lists) -> dict[str, Callable[..., object]]:
    """What templates with `{% restart %}` call: `_restart` begins all lists anew, `_list` gives a list's number."""

    def restart() -> str:
        state.lists = {}
        state.once("restarted lists")
        return ""

    def number_of(id: int) -> int:
        if "restarted lists" not in state.done:
            return id
        if id not in state.lists:
            made = state.appended.setdefault(NUMBERING, [])
            state.lists[id] = lists.first_new + len(made)
            made.append(lists.definitions[id].replace(_NUMBER, str(state.lists[id])))
        return state.lists[id]

    return {"_restart": restart, "_list": number_of}

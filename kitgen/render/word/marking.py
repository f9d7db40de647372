"""Word templates: from the parts of a .docx to parts that Jinja can render (compile time only)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kitgen.base.errors import Findings, Place
from kitgen.base.holes import Missing
from kitgen.base.messages import NOTHING, said
from kitgen.render.package.xml import Element, W, escape_text
from kitgen.render.tags.filters import Elements, Xml
from kitgen.render.tags.left_over import refuse_left_over
from kitgen.render.tags.marks import Marks, check_nesting
from kitgen.render.tags.places import PlaceOf, nearest
from kitgen.render.tags.state import RenderState
from kitgen.render.tags.tags import Tag, find_tags
from kitgen.render.word.blocks import Blocks, put_blocks_in
from kitgen.render.word.cells import CELL_TAGS, shape_cell, tidy
from kitgen.render.word.fields import mark_fields
from kitgen.render.word.ids import Ids, free_ids_in_loops
from kitgen.render.word.joining import join_paragraphs
from kitgen.render.word.kept_rows import keep_ends_of_long_loops
from kitgen.render.word.lifting import gives_runs, lift, put_paragraphs, put_runs, tick_boxes
from kitgen.render.word.lists import RESTART, Lists, mark_lists
from kitgen.render.word.looped_notes import LoopedNotes
from kitgen.render.word.mending import fit_grids, mend
from kitgen.render.word.other_parts import (
    as_plain_text,
    drop_hidden_tags,
    mark_addresses,
    mark_equations,
    unbind_repeated_controls,
)
from kitgen.render.word.page_breaks import give_back_page_breaks
from kitgen.render.word.runs import (
    drop_empty_run,
    is_tracked,
    join_field_codes,
    merge_split_tags,
    out_of_insertion,
    spell_signs,
    split_run,
)

PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL = re.compile(f'\r\n|[&<>"\r\n\t\x85\u2028\u2029{_FORBIDDEN}]')
_WITH_BRACES = etree.XPath(
    "//w:p[.//w:t[contains(., '{') or contains(., '}') or contains(., '｛')]]", namespaces={"w": W[1:-1]}
)
"""Paragraphs in whose text a brace stands (or a wide one, which is warned of), in the order they are written."""
_HOLDS_TAGS = etree.XPath("//*[@*[contains(., '{')]]")
"""Elements with a brace in an attribute, in the order they are written."""
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_ESCAPED: Final = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": _BREAK,
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    **dict.fromkeys(("\r\n", "\r", "\v", "\x85", "\u2028", "\u2029"), _BREAK),
}  # fmt: skip


def escape_word(text: str) -> str:
    """Text for a `w:t`: escaped; a line break and a tab become Word's own; what XML forbids is left out."""
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], ""), text)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the parts of one document share: blocks, ids, notes that loops repeat, lists."""

    blocks: Blocks
    ids: Ids
    notes: LoopedNotes
    lists: Lists
    addresses: Callable[[str], Mapping[str, str]]
    """The addresses of links of a part that hold tags, by the id of their relation."""


def mark_part(root: Element, file: str, part: str, shared: Shared, findings: Findings) -> Marks:
    """Put tokens in the place of all tags of a part (in `root` itself) and check that they fit together.

    Faults are collected in `findings`, each with table, row and cell.
    """
    marks = Marks(findings)
    _strip_layout_blanks(root)
    give_back_page_breaks(root)
    before = len(findings.errors)
    place_of = put_blocks_in(root, file, part, shared.blocks, findings)
    spell_signs(root, place_of, findings)
    shared.notes.put_in(root, place_of, marks)
    shared.ids.free(root)
    drop_hidden_tags(root)
    join_field_codes(root)
    join_paragraphs(root, place_of, findings)
    held = [found for paragraph in _WITH_BRACES(root) for found in merge_split_tags(paragraph, place_of, findings)]
    tick_boxes(root, place_of, marks)
    told = len(findings.diagnostics)
    for text, tag, place in reversed(_shaped(held, marks)):
        _place_tag(text, tag, place, marks, part)
    findings.diagnostics[told:] = reversed(
        findings.diagnostics[told:]
    )  # from the last tag to the first they were noted
    for text, _, _ in held:
        if not text.text and text.getparent() is not None:
            drop_empty_run(text)
    shared.ids.free_changes(root)
    mark_equations(root, place_of, marks)
    mark_fields(root, place_of, marks)
    mark_addresses(root, part, shared.addresses, place_of, marks)
    _mark_attributes(root, place_of, marks)
    if len(findings.errors) == before:
        check_nesting(root, marks)
        refuse_left_over(root, place_of, findings)
    free_ids_in_loops(root, marks)
    unbind_repeated_controls(root, marks)
    mark_lists(root, shared.lists, marks)
    keep_ends_of_long_loops(root, marks)
    tidy(root)
    mend(root)
    if not marks.placed:
        fit_grids(root)
    return marks


def _shaped(held: list[tuple[Element, Tag, Place]], marks: Marks) -> list[tuple[Element, Tag, Place]]:
    """Place the tags that shape a cell, so that they are not in the way of one that takes its paragraph's place."""
    texts = {text for text, tag, _ in held if tag.name in CELL_TAGS and not tag.lift}
    for text, tag, place in reversed(held):
        if tag.name in CELL_TAGS and not tag.lift:
            shape_cell(text, tag, place, marks)
    left: list[tuple[Element, Tag, Place]] = []
    for text, tag, place in held:
        if text not in texts:
            left.append((text, tag, place))
        elif not left or left[-1][0] is not text:
            found = (again for again in find_tags(text.text or "") if isinstance(again, Tag))
            left += [(text, again, place) for again in found if again.name not in CELL_TAGS]
    return left


def mark_plain_part(root: Element, file: str, part: str, findings: Findings) -> Marks:
    """Tags of a part without paragraphs, such as the document's properties: texts of elements only."""
    marks = Marks(findings)
    place = Place(file, spot=part)
    for element in root.iter():
        if isinstance(element.tag, str) and element.text and "{" in element.text:
            element.text = marks.tokenise(element.text, lambda: place, as_plain_text)
    check_nesting(root, marks)
    return marks


def _place_tag(text: Element, tag: Tag, place: Place, marks: Marks, part: str) -> None:
    if tag.kind == "value" and tag.lift in ("tr", "tc"):
        here = Place(place.file, place.line, place.spot, tag.written)
        advice = said("write `{{ value }}`, or repeat rows and cells with `{%tr for` and `{%tc for`")
        marks.findings.error(
            said("`{{{{{lift}` prints whole rows or cells, which plain values cannot give", lift=tag.lift), here, advice
        )
    elif tag.lift == "sheet":
        here = Place(place.file, place.line, place.spot, tag.written)
        marks.findings.error(
            said("only a workbook has sheets to repeat"), here, said("repeat paragraphs with `{%p for`")
        )
    elif tag.kind == "value" and tag.lift == "p":
        put_paragraphs(text, tag, place, marks, part)
    elif tag.name == "restart":
        if tag.lift:
            lift(text, tag, place, marks, RESTART)
        else:
            content = text.text or ""
            text.text = content[: tag.start] + marks.token(tag, place, RESTART) + content[tag.end :]
    elif gives_runs(tag):
        put_runs(text, tag, place, marks, part)
    elif tag.lift and tag.kind != "value":
        lift(text, tag, place, marks)
    elif tag.kind == "statement" and (run := nearest(text, f"{W}r")) is not None and is_tracked(run.getparent()):
        run = split_run(text, tag.start, tag.end)
        out_of_insertion(run)
        for held in run.iterfind(f"{W}t"):
            held.text = marks.token(tag, place)
    else:
        content = text.text or ""
        token = "" if tag.kind == "comment" else marks.token(tag, place)
        text.text = content[: tag.start] + token + content[tag.end :]


def _mark_attributes(root: Element, place_of: PlaceOf, marks: Marks) -> None:
    """Tags in attributes: alternative texts, names of links, claims of controls."""
    for element in _HOLDS_TAGS(root):

        def place(element: Element = element) -> Place:
            return place_of(element)

        for name, value in element.attrib.items():
            if "{{" in value or "{%" in value:
                code = _as_link if name == "href" else as_plain_text
                element.set(name, marks.tokenise(str(value), place, code))


def _as_link(tag: Tag) -> str:
    """The code of a tag in an address written as an attribute (old drawings)."""
    return f"{{{{ ({tag.inner}) | _field(True, True)\n}}}}" if tag.kind == "value" else as_plain_text(tag)


def _strip_layout_blanks(root: Element) -> None:
    """Remove the blanks pretty-printing puts between elements; text is in leaves only."""
    for element in root.iter():
        element.tail = None
        if len(element) and element.text and not element.text.strip():
            element.text = None


def attribute_text(state: RenderState, value: object) -> Xml:
    """A value as it may stand in an attribute or a field."""
    if isinstance(value, dict | list | tuple):
        state.fault(
            "attribute", said("a group or list of values stands where only text can"), said("name one of its parts")
        )
        return Xml("")
    if isinstance(value, Elements):
        state.fault("elements", said("whole paragraphs or runs are printed where only text can stand"), NOTHING)
        return Xml("")
    if isinstance(value, Missing):
        state.missing.add(value.fact)
    return Xml("" if value is None else escape_text(str(value)))

"""Ranges that loops and conditions would cut or repeat: bookmarks, comments, permissions, tracked moves.

A range begins and ends in one and the same part of a loop or condition, or around it. Repeated, a bookmark or comment
stays at the first iteration, since it names one place; a permission or move gets an id of its own each time. A field
whose halves they would part is refused: what its code says holds for all of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.package.xml import Element, W, is_instruction, local_name
from kitgen.render.tags.marks import CLOSES, MIDDLES, Mark, Marks
from kitgen.render.tags.places import nearest
from kitgen.render.tags.tags import Tag
from kitgen.render.word.kept_ends import RANGE_ENDS
from kitgen.render.word.pictures import FIRST_NUMBER

_VALUE: Final = Tag("value", "", "", 0, 0, "")
_REPEATING: Final = ("for", "macro", "call")
_Path = tuple[tuple[int, int], ...]
"""The scopes around a place, each with its branch."""
_OF_ONE_PLACE: Final = (f"{W}bookmark", f"{W}commentRange")


@dataclass(slots=True)
class _Scope:
    """One `for`, `if` or their like: where it opens and closes, and its branch at the moment."""

    mark: Mark
    opened: Element
    closed: Element | None = None
    branch: int = 0

    @property
    def name(self) -> str:
        """The word of the tag that opens it."""
        return self.mark.tag.name


@dataclass(slots=True)
class _Range:
    """The two marks of a range with the scopes (and branches) around each."""

    ends: list[tuple[Element, _Path]] = field(default_factory=list)


def statement(marks: Marks, inner: str) -> Element:
    """An instruction of the renderer's own."""
    return marks.instruction(Tag("statement", "", inner, 0, 0, ""), Place(""), f"{{% {inner}\n%}}")


def fresh(marks: Marks, code: str) -> str:
    """A token for what `code` gives."""
    return marks.token(_VALUE, Place(""), f"{{{{ {code}\n}}}}")


def repeated(root: Element, marks: Marks) -> list[Element]:
    """Every element with a loop or macro around it, in order."""
    if not any(_step(mark.tag) for mark in marks.placed):
        return []
    found: list[Element] = []
    depth = 0
    for element in root.iter():
        if isinstance(element.tag, str):
            if depth > 0:
                found.append(element)
            text = element.text
            if text and not text.isascii():  # a token stands in it, or no mark at all
                depth += sum(_step(found.tag) for found in marks.of(text))
        elif (mark := marks.at(element)) is not None:
            depth += _step(mark.tag)
    return found


def _step(tag: Tag) -> int:
    return {"for": 1, "endfor": -1, "macro": 1, "endmacro": -1, "call": 1, "endcall": -1}.get(tag.name, 0)


def keep_ranges_whole(root: Element, marks: Marks) -> None:
    """Move ends that a loop or condition would take from the other end; let repeated ranges stay ranges."""
    if next(root.iter(*RANGE_ENDS, f"{W}commentReference", f"{W}fldChar"), None) is None or not marks.placed:
        return
    scopes, ranges, references, fields = _scan(root, marks)
    for path, other in _halves_apart(fields):
        scope = scopes[max(path, other, key=len)[len(_common([path, other]))][0]]
        marks.findings.error(
            said(
                "a field begins or ends in what `{written}` takes or repeats, but not all of it",
                written=scope.mark.tag.written,
            ),
            scope.mark.shown,
            said("let the whole field stand within, or outside"),
        )
    for (kind, id), found in ranges.items():
        paths = [path for _, path in found.ends]
        common = _common(paths)
        for number, (element, path) in enumerate(found.ends):
            if len(path) > len(common):
                _move_out(element, scopes[path[len(common)][0]], is_end=number > 0)
        if any(scopes[scope].name in _REPEATING for scope, _ in common):
            _repeat(kind, id, [element for element, _ in found.ends], marks)
    for element, path in references:
        whole = ranges.get((f"{W}commentRange", element.get(f"{W}id") or ""))
        around = _common([end for _, end in whole.ends]) if whole is not None else path
        if whole is not None and len(path) > len(around) == len(_common([path, around])):
            # or it would go and leave the range of a comment that is not there
            path = around if _keep_reference(element, [end for end, _ in whole.ends]) else path
        if any(scopes[scope].name in _REPEATING for scope, _ in path):
            _only_once(element, f"reference {element.get(f'{W}id')}", marks)


def _scan(
    root: Element, marks: Marks
) -> tuple[list[_Scope], dict[tuple[str, str], _Range], list[tuple[Element, _Path]], list[tuple[str, _Path]]]:
    scopes: list[_Scope] = []
    path: list[int] = []
    ranges: dict[tuple[str, str], _Range] = {}
    references: list[tuple[Element, _Path]] = []
    fields: list[tuple[str, _Path]] = []

    def step(mark: Mark, where: Element) -> None:
        tag, name = mark.tag, mark.tag.name
        if tag.kind != "statement":
            return
        if name in CLOSES and path:
            scopes[path.pop()].closed = where
        elif name in MIDDLES and path:
            scopes[path[-1]].branch += 1
        elif f"end{name}" in CLOSES and not (name == "set" and "=" in tag.argument):
            scopes.append(_Scope(mark, where))
            path.append(len(scopes) - 1)

    for element in root.iter():
        mark = marks.at(element)
        if mark is not None:
            step(mark, element)
            continue
        if not isinstance(element.tag, str):
            continue
        here = tuple((scope, scopes[scope].branch) for scope in path)
        if element.tag in RANGE_ENDS:
            kind = element.tag.removesuffix("Start").removesuffix("End")
            ranges.setdefault((kind, element.get(f"{W}id") or ""), _Range()).ends.append((element, here))
        elif element.tag == f"{W}commentReference":
            references.append((element, here))
        elif element.tag == f"{W}fldChar":
            fields.append((element.get(f"{W}fldCharType") or "", here))
        if element.text:
            for found in marks.of(element.text):
                step(found, element)
    return scopes, ranges, references, fields


def _halves_apart(fields: list[tuple[str, _Path]]) -> Iterator[tuple[_Path, _Path]]:
    """Where a field begins, and where its result begins or it ends, if these are not in the same scopes."""
    open_ones: list[_Path] = []
    for state, path in fields:
        if state == "begin":
            open_ones.append(path)
        elif open_ones:
            begun = open_ones.pop() if state == "end" else open_ones[-1]
            if begun != path:
                yield begun, path


def _common(paths: list[_Path]) -> _Path:
    common = paths[0]
    for path in paths[1:]:
        length = next((at for at, (one, other) in enumerate(zip(common, path, strict=False)) if one != other),
                      min(len(common), len(path)))  # fmt: skip
        common = common[:length]
    return common


def _move_out(element: Element, scope: _Scope, *, is_end: bool) -> None:
    node = scope.closed if is_end else scope.opened
    if node is None:
        return
    if not is_instruction(node):  # a tag within a text
        node = nearest(node, f"{W}r")
    if node is not None and node.getparent() is not None:
        (node.addnext if is_end else node.addprevious)(element)


def _keep_reference(reference: Element, ends: list[Element]) -> bool:
    """Give the reference of a comment a run of its own where its range ends or begins; whether there is a place."""
    run = reference.makeelement(f"{W}r")
    for end in reversed(ends):
        paragraph = nearest(end, f"{W}p")
        if paragraph is not None:
            run.append(reference)
            end.addnext(run) if end is ends[-1] else paragraph.append(run)
            return True
    return False


def _repeat(kind: str, id: str, ends: list[Element], marks: Marks) -> None:
    if kind in _OF_ONE_PLACE:
        for number, end in enumerate(ends):
            _only_once(end, f"{local_name(end)} {id} {number}", marks)
        return
    variable = f"_range{len(marks.placed)}"
    ends[0].addprevious(statement(marks, f"set {variable} = {FIRST_NUMBER} + _number()"))
    for end in ends:
        end.set(f"{W}id", fresh(marks, variable))


def _only_once(element: Element, key: str, marks: Marks) -> None:
    element.addprevious(statement(marks, f"if _once({key!r})"))
    element.addnext(statement(marks, "endif"))

"""Footnotes and endnotes in loops: each iteration gets a note of its own, which may print what the loop gives.

The note stands in the document while it is marked, right behind its reference; rendered, it is added to its part.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from kitgen.render.package.xml import Element, W
from kitgen.render.tags.marks import Marks
from kitgen.render.tags.places import PlaceOf
from kitgen.render.tags.tags import Tag, find_tags
from kitgen.render.word.blocks import PlacesOfBlocks
from kitgen.render.word.pictures import FIRST_NUMBER
from kitgen.render.word.ranges import fresh, statement
from kitgen.render.word.runs import text_pieces

PARTS: Final = {f"{W}footnoteReference": "word/footnotes.xml", f"{W}endnoteReference": "word/endnotes.xml"}


def part_of(element: Element, part: str) -> str:
    """The part an element of a marked part ends up in: that of a note, if it stands in a repeated one."""
    if next(element.iterancestors(f"{W}document"), None) is None:
        return part
    notes = ((f"{W}footnote", "word/footnotes.xml"), (f"{W}endnote", "word/endnotes.xml"))
    return next((name for tag, name in notes if next(element.iterancestors(tag), None) is not None), part)


class LoopedNotes:
    """The notes of one document. `load` gives the root of their part, or None if there is no such part."""

    def __init__(self, file: str, load: Callable[[str], Element | None]) -> None:
        self._file = file
        self._load = load
        self.roots: dict[str, Element] = {}
        """The parts some notes were taken out of, as they are now."""
        self._places: dict[str, PlaceOf] = {}
        self._taken: dict[tuple[str, str], Element] = {}

    def put_in(self, root: Element, places: PlacesOfBlocks, marks: Marks) -> None:
        """Put each note whose reference may be repeated behind it."""
        for reference in list(_references_in_loops(root)):
            part, run = PARTS[str(reference.tag)], reference.getparent()
            note = self._take(part, reference.get(f"{W}id") or "", root)
            if note is None or run is None:
                continue
            places.add([note], self._places[part])
            run.addprevious(statement(marks, f"set _note = {FIRST_NUMBER} + _number()"))
            for user in (reference, note):
                user.set(f"{W}id", fresh(marks, "_note"))
            behind = (
                statement(marks, "set _note_text"),
                note,
                statement(marks, "endset"),
                marks.instruction(
                    Tag("value", "", "", 0, 0, ""), places(reference), f"{{{{ _note_text | _append({part!r})\n}}}}"
                ),
            )
            for node in reversed(behind):
                run.addnext(node)

    def _take(self, part: str, id: str, document: Element) -> Element | None:
        if part not in self.roots:
            found = self._load(part)
            if found is None:
                return None
            self._places[part] = PlaceOf(self._file, part, found)
            self.roots[part] = _with_namespaces(found, document)
        known = self._taken.get((part, id))
        if known is not None:
            return deepcopy(known)
        for note in self.roots[part]:
            if note.get(f"{W}id") == id and note.get(f"{W}type") in (None, "normal"):
                self._taken[part, id] = deepcopy(note)
                self.roots[part].remove(note)
                return note
        return None


def _references_in_loops(root: Element) -> Iterator[Element]:
    if next(root.iter(*PARTS), None) is None:
        return
    depth = 0
    for paragraph in root.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in text_pieces(paragraph))
        names = [found.name for found in find_tags(text) if isinstance(found, Tag)] if "{%" in text else []
        opened = sum(name in ("for", "macro", "call") for name in names)
        if depth > 0 or opened:
            yield from (found for found in paragraph.iter(*PARTS) if next(found.iterancestors(f"{W}p")) is paragraph)
        depth += opened - sum(name in ("endfor", "endmacro", "endcall") for name in names)


def _with_namespaces(root: Element, document: Element) -> Element:
    """The root of a part that declares what the document declares, so that a note reads the same in it."""
    names = {**document.nsmap, **root.nsmap}
    made = etree.Element(root.tag, dict(root.attrib), nsmap=names)
    made.extend(list(root))
    return made

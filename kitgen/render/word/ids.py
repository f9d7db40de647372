"""Ids that Word wants once in a document: of drawings, bookmarks, content controls and paragraphs.

Templates repeat them (a block put in twice, a header copied), and loops would. Those that are only names for Word
itself are dropped, the others numbered anew.
"""

import re
from collections.abc import Iterable
from typing import Final

from kitgen.base.errors import Place
from kitgen.render.package.xml import W14, WP, Element, W
from kitgen.render.tags.marks import Marks
from kitgen.render.tags.tags import Tag
from kitgen.render.word.pictures import FIRST_NUMBER

_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_DRAWING_ID = re.compile(rb'<wp:docPr\b[^>]*?\bid="(\d+)"')
_REVISION_ID = re.compile(rb'<w:(?:ins|del|moveFrom|moveTo)\b[^>]*?\bw:id="(\d+)"')
_PARAGRAPH_ID = re.compile(rb'w14:paraId="([0-9A-Fa-f]+)"')
_REVISIONS: Final = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
"""Tracked changes: each has an id of its own."""
_FIRST_REVISION: Final = 50_000
_NUMBER: Final = Tag("value", "", "_number()", 0, 0, "")


class Ids:
    """The ids taken in one document, over all its parts. `untouched` are the parts that stay as they are."""

    def __init__(self, untouched: Iterable[bytes]) -> None:
        self._drawings: set[int] = set()
        self._paragraphs: set[str] = set()
        self._controls: set[str] = set()
        self._bookmarks: set[str] = set()
        self._names: set[str] = set()
        self._shapes: set[str] = set()
        self._revisions: set[str] = set()
        self._next = 0
        for content in untouched:
            self._drawings |= {int(found) for found in _DRAWING_ID.findall(content)}
            self._paragraphs |= {found.decode().upper() for found in _PARAGRAPH_ID.findall(content)}
            self._revisions |= {found.decode() for found in _REVISION_ID.findall(content)}

    def free(self, root: Element) -> None:
        """Make the ids of a part differ from each other and from those of the parts before."""
        for drawing in root.iter(f"{WP}docPr"):
            written = drawing.get("id") or ""
            number = int(written) if written.isdecimal() else 0
            # what rendering numbers itself begins at FIRST_NUMBER
            if not number or number in self._drawings or FIRST_NUMBER <= number < FIRST_NUMBER + 10_000_000:
                number = self._free_number()
                drawing.set("id", str(number))
            self._drawings.add(number)
        for id in list(root.iter(f"{W}id")):
            parent = id.getparent()
            if parent is not None and parent.tag == f"{W}sdtPr":
                value = id.get(f"{W}val") or ""
                if value in self._controls:
                    parent.remove(id)
                self._controls.add(value)
        for element in root.iter(f"{W}p", f"{W}tr"):
            value = (element.get(f"{W14}paraId") or "").upper()
            if value and value in self._paragraphs:
                _drop_paragraph_ids(element)
            self._paragraphs.add(value)
        self._free_shapes(root)
        self._free_bookmarks(root)

    def free_changes(self, root: Element) -> None:
        """The same for tracked changes, once those that tags stand in are cut in two around them."""
        for element in root.iter(*_REVISIONS):
            id, number = element.get(f"{W}id") or "", _FIRST_REVISION
            while id in self._revisions:
                id, number = str(number + len(self._revisions)), number + 1
            element.set(f"{W}id", id)
            self._revisions.add(id)

    def _free_shapes(self, root: Element) -> None:
        """Old drawings (VML) copied into another part, or put in by a block twice."""
        for element in root.iter(f"{_VML}shape", f"{_VML}rect", f"{_VML}line", f"{_VML}oval", f"{_VML}group"):
            id = element.get("id")
            if id and id in self._shapes:
                id = f"{id}_k{len(self._shapes)}"
                element.set("id", id)
                element.attrib.pop(f"{_OFFICE}spid", None)
            self._shapes.add(id or "")

    def _free_number(self) -> int:
        self._next += 1
        while self._next in self._drawings:
            self._next += 1
        return self._next

    def _free_bookmarks(self, root: Element) -> None:
        open_ones: dict[str, str] = {}
        for element in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            id, parent = element.get(f"{W}id") or "", element.getparent()
            if element.tag == f"{W}bookmarkStart":
                name = (element.get(f"{W}name") or "").lower()
                new = id
                while new in self._bookmarks:
                    new = str(len(self._bookmarks) + FIRST_NUMBER)
                self._bookmarks.add(new)
                open_ones[id] = "" if name in self._names else new
                self._names.add(name)
            new = open_ones.get(id, "")
            if element.tag == f"{W}bookmarkEnd":
                open_ones.pop(id, None)
            if new:
                element.set(f"{W}id", new)
            elif parent is not None:
                parent.remove(element)


def free_ids_in_loops(root: Element, marks: Marks) -> None:
    """Drop or number anew, per document, the ids of everything a loop or macro may repeat."""
    depth = 0
    for element in list(root.iter()):
        mark = marks.at(element)
        if mark is not None:
            depth += _step(mark.tag)
        elif depth > 0 and isinstance(element.tag, str):
            _free_id(element, marks)
        if element.text and isinstance(element.tag, str):
            depth += sum(_step(found.tag) for found in marks.of(element.text))
    _drop_half_bookmarks(root)


def _step(tag: Tag) -> int:
    return {"for": 1, "endfor": -1, "macro": 1, "endmacro": -1}.get(tag.name, 0)


def _free_id(element: Element, marks: Marks) -> None:
    _drop_paragraph_ids(element)
    parent = element.getparent()
    if element.tag == f"{W}id" and parent is not None and parent.tag == f"{W}sdtPr":
        parent.remove(element)  # optional: Word numbers such content controls itself
    elif element.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd") and parent is not None:
        parent.remove(element)  # a bookmark names one place; nothing can point at a repeated one
    elif element.tag in _REVISIONS and element.get(f"{W}id"):
        element.set(f"{W}id", _fresh(marks, f"{FIRST_NUMBER} + _number()"))
    elif element.tag == f"{WP}docPr":
        element.set("id", _fresh(marks, f"{FIRST_NUMBER} + _number()"))
    elif str(element.tag).startswith(_VML) and element.get("id") and element.tag != f"{_VML}shapetype":
        element.set("id", _fresh(marks, "'kit' ~ _number()"))
        element.attrib.pop(f"{_OFFICE}spid", None)


def _fresh(marks: Marks, code: str) -> str:
    return marks.token(_NUMBER, Place(""), f"{{{{ {code}\n}}}}")


def _drop_paragraph_ids(element: Element) -> None:
    for name in (f"{W14}paraId", f"{W14}textId"):
        element.attrib.pop(name, None)


def _drop_half_bookmarks(root: Element) -> None:
    kinds = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
    starts, ends = ({mark.get(f"{W}id") for mark in root.iter(kind)} for kind in kinds)
    for mark in list(root.iter(*kinds)):
        parent = mark.getparent()
        if mark.get(f"{W}id") not in starts & ends and parent is not None:
            parent.remove(mark)

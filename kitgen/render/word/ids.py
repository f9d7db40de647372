"""Ids that Word wants once in a document: of drawings, bookmarks, content controls and paragraphs.

Templates repeat them (a block put in twice, a header copied), and loops would. Those that are only names for Word
itself are dropped, the others numbered anew.
"""

import re
from collections.abc import Iterable
from typing import Final

from kitgen.render.package.xml import W14, WP, Element, W
from kitgen.render.tags.marks import Marks
from kitgen.render.word.pictures import FIRST_NUMBER
from kitgen.render.word.ranges import fresh, keep_ranges_whole, repeated, statement

_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_DRAWING_ID = re.compile(rb'<wp:docPr\b[^>]*?\bid="(\d+)"')
_REVISION_ID = re.compile(rb'<w:(?:ins|del|moveFrom|moveTo|cell(?:Ins|Del|Merge)|\w+Change)\b[^>]*?\bw:id="(\d+)"')
_PARAGRAPH_ID = re.compile(rb'w14:paraId="([0-9A-Fa-f]+)"')
_REVISIONS: Final = frozenset(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange",
                              "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tblPrExChange",
                              "trPrChange", "tcPrChange", "numberingChange")
)  # fmt: skip
"""Tracked changes: each has an id of its own."""
_FIRST_REVISION: Final = 50_000
_FIRST_OBJECT: Final = 1_700_000_000


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
                old, id = id, f"{id}_k{len(self._shapes)}"
                element.set("id", id)
                element.attrib.pop(f"{_OFFICE}spid", None)
                holder = element.getparent()
                for user in () if holder is None else _users_of_shapes(holder):
                    if user.get(_shape_attribute(user)) == old:
                        user.set(_shape_attribute(user), id)
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
    """Drop or number anew, per document, the ids of everything a loop or macro may repeat; keep ranges whole."""
    keep_ranges_whole(root, marks)
    for element in repeated(root, marks):
        _free_id(element, marks)
    _drop_half_bookmarks(root)


def _free_id(element: Element, marks: Marks) -> None:
    _drop_paragraph_ids(element)
    parent = element.getparent()
    if element.tag == f"{W}id" and parent is not None and parent.tag == f"{W}sdtPr":
        parent.remove(element)  # optional: Word numbers such content controls itself
    elif element.tag in _REVISIONS and element.get(f"{W}id"):
        element.set(f"{W}id", fresh(marks, f"{FIRST_NUMBER} + _number()"))
    elif element.tag == f"{WP}docPr":
        element.set("id", fresh(marks, f"{FIRST_NUMBER} + _number()"))
    elif element.tag in (f"{W}object", f"{W}pict"):
        _free_object(element, marks)
    elif str(element.tag).startswith(_VML) and element.get("id") and element.tag != f"{_VML}shapetype":
        if (element.get("id") or "").isascii():  # not one of an object, which is done
            element.set("id", fresh(marks, "'kit' ~ _number()"))
        element.attrib.pop(f"{_OFFICE}spid", None)


def _free_object(holder: Element, marks: Marks) -> None:
    """An embedded object or control and the shape it is shown in, which name each other."""
    for user in _users_of_shapes(holder):
        name = _shape_attribute(user)
        shape = next(
            (each for each in holder.iter() if isinstance(each.tag, str) and each.get("id") == user.get(name)), None
        )
        variable = f"_shape{len(marks.placed)}"
        holder.insert(0, statement(marks, f"set {variable} = 'kit' ~ _number()"))
        token = fresh(marks, variable)
        user.set(name, token)
        if shape is not None:
            shape.set("id", token)
        if user.get("ObjectID"):
            user.set("ObjectID", fresh(marks, f"'_' ~ ({_FIRST_OBJECT} + _number())"))


def _users_of_shapes(holder: Element) -> list[Element]:
    return [each for each in holder.iter(f"{_OFFICE}OLEObject", f"{W}control") if each.get(_shape_attribute(each))]


def _shape_attribute(user: Element) -> str:
    return "ShapeID" if user.tag == f"{_OFFICE}OLEObject" else f"{W}shapeid"


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

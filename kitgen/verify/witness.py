"""The second reader: what python-docx finds in a Word file, held against what kitgen's own reading finds there.

kitgen makes documents and reads them back by the same code; a fault of that code could hide what it spoilt. python-docx
finds the parts (by relationships, whatever they are called) and takes them apart; only the walk over them is here, and
nothing of `render` has a hand in it. Both readings are cut into pieces (what stands between the ends of paragraphs and
the edges of text boxes) and counted, so that neither order nor the marks of a dump count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Literal

from kitgen.base.errors import Diagnostic, KitgenError, Place, failure
from kitgen.base.line_diff import DumpLine
from kitgen.base.messages import said
from kitgen.render.dump.beside import is_beside
from kitgen.render.dump.word_lines import VOLATILE

_STORIES: Final = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml")
"""How the content types of parts with text end; the main part of a macro document is called otherwise."""
_MAIN: Final = re.compile(r"\.main\+xml$")
_UNSEEN: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "rt"})
_LETTERS: Final = {"noBreakHyphen": "\u2011", "tab": " ", "ptab": " ", "br": " ", "cr": " "}
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORDED: Final = (_WORD, "http://schemas.openxmlformats.org/officeDocument/2006/math")
_OFF: Final = frozenset({"0", "false", "none"})
_MARKS: Final = re.compile(r"\*\*|~~|\{[^{}\s]*\}|\((?:over \d+ columns|goes on)\)")
_BLANKS: Final = str.maketrans("→↵", "  ")
_EDGES: Final = re.compile(r"[¶|\[\]]")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Beda bacaan: a piece of text only one of the two readers finds (`reader`), and where that one finds it."""

    reader: Literal["kitgen", "python-docx"]
    spot: str
    text: str


def second_reading(data: bytes, dump: Sequence[DumpLine], file: str, is_quoted: bool) -> Iterator[Diagnostic]:
    """What is to be told of a Word file the two readers read differently; texts of people are not quoted."""
    try:
        found = disagreements(data, dump, file)
    except KitgenError as error:
        yield from error.diagnostics
        return
    for each in found:
        yield Diagnostic(
            said("only {reader} reads this text there", reader=each.reader),
            Place(file, spot=each.spot, text=each.text if is_quoted else ""),
            said("look at the page in Word; if the text is as it should be, kitgen reads wrongly: report it"),
        )


def disagreements(data: bytes, dump: Sequence[DumpLine], file: str) -> list[Disagreement]:
    """Where the texts python-docx finds in the bytes of a Word file differ from the dump of it; empty if nowhere.

    Raises `KitgenError` if python-docx cannot open the file.
    """
    read = [line for line in dump if not is_beside(line.spot)]
    ours = [DumpLine(line.spot, piece) for line in read for piece in pieces_of(line.text)]
    theirs = [DumpLine(line.spot, piece) for line in witnessed(data, file) for piece in pieces_of(line.text)]
    return [
        *(Disagreement("python-docx", line.spot, line.text) for line in _only_in(theirs, ours)),
        *(Disagreement("kitgen", line.spot, line.text) for line in _only_in(ours, theirs)),
    ]


def pieces_of(text: str) -> Iterator[str]:
    """The pieces of a line without the marks of dumps, repeated blanks and what is empty."""
    for piece in _EDGES.split(_MARKS.sub("", text)):
        if piece := " ".join(piece.translate(_BLANKS).split()):
            yield piece


def _only_in(some: Iterable[DumpLine], others: Iterable[DumpLine]) -> Iterator[DumpLine]:
    """What of some stands more often there than among the others; a piece by the first places it has."""
    left = Counter(line.text for line in some)
    left.subtract(Counter(line.text for line in others))
    for line in some:
        if left[line.text] > 0:
            left[line.text] -= 1
            yield line


def witnessed(data: bytes, file: str) -> list[DumpLine]:
    """The texts of all parts as python-docx has them: body, tables, content controls, headers, footers, notes, boxes.

    A line for each paragraph, cut where a text box hangs on it. Raises `KitgenError` if it cannot open the file.
    """
    from docx.oxml.parser import parse_xml
    from docx.package import Package

    lines: list[DumpLine] = []
    try:
        parts = sorted(Package.open(BytesIO(data)).iter_parts(), key=lambda part: str(part.partname))
        for part in parts:
            if _MAIN.search(part.content_type) or part.content_type.endswith(_STORIES):
                root = getattr(part, "element", None)
                reading = _Reading(str(part.partname).removeprefix("/"))
                reading.walk(parse_xml(part.blob) if root is None else root)
                lines += reading.lines
    except Exception as error:  # whatever a library of others makes of a file of others
        raise failure(
            said("python-docx cannot read it ({name})", name=type(error).__name__),
            Place(file),
            said("make the document anew, or save it in Word and look again"),
        ) from error
    return lines


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and whether its result has begun."""

    code: str = ""
    is_result: bool = False

    @property
    def hides(self) -> bool:
        """Whether what stands in it is its code, or a result that changes by itself."""
        return not self.is_result or (self.code.split() or [""])[0].upper() in VOLATILE


class _Reading:
    """Walks over one part and notes its paragraphs, numbered in the order they begin."""

    def __init__(self, part: str) -> None:
        self.lines: list[DumpLine] = []
        self._part = part
        self._begun = 0
        self._heard: list[str] = []
        self._fields: list[_Field] = []

    def walk(self, element: Any) -> None:
        """Hear what stands in an element."""
        for child in element:
            if not isinstance(child.tag, str):
                continue
            space, _, kind = child.tag.removeprefix("{").rpartition("}")
            if kind == "instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif kind in _UNSEEN:
                continue
            elif kind == "p" and space == _WORD:
                self._paragraph(child)
            elif kind == "txbxContent":
                self._box(child)
            elif kind == "AlternateContent":
                self._shown(child)
            elif kind == "fldSimple":
                self._fields.append(_Field(_value(child, "instr"), is_result=True))
                self.walk(child)
                self._fields.pop()
            elif kind == "fldChar":
                self._field(child)
            elif space in _WORDED and not len(child):
                self._letters(child, kind)
            else:
                self.walk(child)

    def _paragraph(self, paragraph: Any) -> None:
        self._begun += 1
        number, outer = self._begun, (self._heard, self._fields)
        self._heard, self._fields = [], []
        self.walk(paragraph)
        text = "".join(self._heard)
        self._heard, self._fields = outer
        self.lines += (DumpLine(f"{self._part} paragraph {number}", piece) for piece in text.split("\0") if piece)

    def _box(self, box: Any) -> None:
        """What stands in a text box; the text it hangs on is cut there."""
        if not self._is_hidden():
            self._heard.append("\0")
            self.walk(box)

    def _shown(self, alternate: Any) -> None:
        """Of two copies of a shape, the one of today's programs."""
        copies = [copy for copy in alternate if isinstance(copy.tag, str)]
        for copy in sorted(copies, key=lambda copy: not copy.tag.endswith("}Choice"))[:1]:
            self.walk(copy)

    def _field(self, element: Any) -> None:
        """A field begins, has its result, or ends; a box to tick in an old form says so itself."""
        state = _value(element, "fldCharType")
        if state == "begin":
            self._fields.append(_Field())
            ticks = [tick for tick in element.iter() if str(tick.tag).endswith(("}checked", "}default"))]
            if any(str(box.tag).endswith("}checkBox") for box in element.iter()):
                self._heard.append("☒" if any(_value(tick, "val") not in _OFF for tick in ticks) else "☐")
        elif self._fields and state == "separate":
            self._fields[-1].is_result = True
        elif self._fields and state == "end":
            self._fields.pop()

    def _letters(self, element: Any, kind: str) -> None:
        if self._is_hidden():
            return
        if kind == "t":
            self._heard.append(element.text or "")
        elif kind in ("sym", "symEx"):
            self._heard.append(_letter(_value(element, "char")))
        else:
            self._heard.append(_LETTERS.get(kind, ""))

    def _is_hidden(self) -> bool:
        """Whether this is the code of a field, or a result that changes by itself."""
        return any(field.hides for field in self._fields)


def _value(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")


def _letter(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""

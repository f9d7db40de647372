"""A Word document as lines of cells: paragraphs, rows of tables, content controls and text boxes, in their order.

Numbers Word counts by itself are worked out (`word_numbering`) and stand before their texts, as they are seen.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.schemes.published.line import MOST_LINES, PageLine, clean, is_note_mark
from kitgen.schemes.published.numbering import is_marked
from kitgen.schemes.published.word_numbering import Numbers

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN: Final = frozenset(f"{_W}{name}" for name in ("del", "delText", "instrText", "rPr", "pPr", "moveFrom")) | {
    f"{_MC}Fallback"
}
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
_BREAKS: Final = frozenset((f"{_W}br", f"{_W}cr"))


def word_lines(content: bytes, file: str) -> list[PageLine]:
    """The lines of a document; raises a `KitgenError` for one that is damaged."""
    from docx import Document

    try:
        document = Document(io.BytesIO(content))
        reader = _Reader(document)
        return reader.lines()
    except Exception as fault:  # python-docx raises whatever the first odd thing in a damaged file leads to
        raise failure(
            said("the Word file cannot be read; it is damaged"),
            Place(file),
            said("open it in Word and save it anew, or save it as a filtered web page (HTML) and import that"),
        ) from fault


class _Reader:
    """Walks through a document's body."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._numbers = Numbers(document)
        self._lines: list[PageLine] = []
        self._tables = self._paragraphs = 0

    def lines(self) -> list[PageLine]:
        """All lines."""
        for element in _blocks(self._body):
            if len(self._lines) > MOST_LINES:
                break
            if element.tag == f"{_W}tbl":
                self._table(element)
            else:
                self._paragraph(element)
        return self._lines

    def _paragraph(self, element: Any) -> None:
        self._paragraphs += 1
        text, boxes = self._text(element)
        for part in text.split("\n"):
            cells = tuple(cell for piece in part.split("\t") if (cell := clean(piece)[0]))
            columns = tuple(range(len(cells))) if len(cells) > 1 else (-1,)
            spot = said("paragraph {number}", number=self._paragraphs)
            label = f"p{self._paragraphs}"
            is_title, is_item = self._numbers.is_title(element), self._numbers.is_item(element)
            self._add(cells, columns, spot, label, -self._paragraphs, is_title, is_item)
        for box in boxes:
            for inner in _blocks(box):
                self._table(inner) if inner.tag == f"{_W}tbl" else self._paragraph(inner)

    def _table(self, element: Any) -> None:
        self._tables += 1
        number = self._tables
        boxes: list[Any] = []
        for position, row in enumerate(_rows(element), start=1):
            cells: list[str] = []
            columns: list[int] = []
            column = _value(row, "trPr", "gridBefore")
            for cell in _cells(row):
                if not _is_covered(cell):
                    for text in self._cell_texts(cell, boxes):
                        cells.append(text)
                        columns.append(column)
                column += max(1, _value(cell, "tcPr", "gridSpan"))
            spot = said("table {number}, row {position}", number=number, position=position)
            self._add(tuple(cells), tuple(columns), spot, f"t{number}:{position}", number)
        for box in boxes:
            for inner in _blocks(box):
                self._table(inner) if inner.tag == f"{_W}tbl" else self._paragraph(inner)

    def _cell_texts(self, cell: Any, boxes: list[Any]) -> Iterator[str]:
        """The texts of a cell, a paragraph each; a table inside it gives a text a row."""
        for element in _blocks(cell):
            if element.tag == f"{_W}tbl":
                for row in _rows(element):
                    text = " ".join(text for inner in _cells(row) for text in self._cell_texts(inner, boxes))
                    if text:
                        yield text
                continue
            written, inner_boxes = self._text(element)
            boxes += inner_boxes
            for part in written.split("\n"):
                if text := clean(part)[0]:
                    yield text

    def _text(self, paragraph: Any) -> tuple[str, list[Any]]:
        """A paragraph's text with its number, and the text boxes that hang on it."""
        parts: list[str] = []
        boxes: list[Any] = []
        _gather(paragraph, parts, boxes)
        text = "".join(parts).strip()
        number = self._numbers.next(paragraph)
        if number and text and not (is_marked(text) and not is_marked(f"{number} x")):
            text = f"{number} {text}"
        return text, boxes

    def _add(
        self,
        cells: tuple[str, ...],
        columns: tuple[int, ...],
        spot: str,
        label: str,
        block: int,
        is_title: bool = False,
        is_item: bool = False,
    ) -> None:
        number = len(self._lines) + 1
        shown = " | ".join(cells)
        self._lines.append(
            PageLine(
                number, number, shown, cells, block, columns=columns if cells else (), spot=spot, label=label,
                is_title=is_title, is_item=is_item,
            )
        )  # fmt: skip


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a part, those in content controls among them."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}smartTag"):
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[Any]:
    yield from _inside(table, f"{_W}tr")


def _cells(row: Any) -> Iterator[Any]:
    yield from _inside(row, f"{_W}tc")


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _inside(child, tag)


def _gather(element: Any, parts: list[str], boxes: list[Any]) -> None:
    """Gather the text below an element in its order; text boxes are left for later."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag == f"{_W}r" and _is_unread(child, parts):
            continue
        elif tag not in _UNSEEN:
            _gather(child, parts, boxes)


def _is_unread(run: Any, parts: list[str]) -> bool:
    """Whether a run is hidden, struck out, or the mark of a footnote that was typed: no text of the page."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    if any(_is_on(properties.find(f"{_W}{name}")) for name in ("vanish", "strike", "dstrike")):
        return True
    raised = properties.find(f"{_W}vertAlign")
    text = "".join(part.text or "" for part in run.iter(f"{_W}t"))
    return raised is not None and raised.get(f"{_W}val") == "superscript" and is_note_mark(text, "".join(parts))


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val", "true") not in ("false", "0", "off", "none")


def _is_covered(cell: Any) -> bool:
    """Whether a cell is the lower part of one that reaches over several rows."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _value(element: Any, properties: str, name: str) -> int:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    text = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(text), 200) if text.isdecimal() and len(text) < 6 else 0

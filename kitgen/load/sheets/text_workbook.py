"""A workbook a person filled in, as texts with their cells: row by row.

Nothing is calculated, followed or guessed: a cell is a text, or it tells why it is none (`Cell.fault`), so that
formulas and dates in columns nobody reads do no harm.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import NOTHING, Message, said
from kitgen.load.sheets.opened_workbook import OpenedWorkbook, opened_workbook

MAX_TEXT: Final = 8 * 1024 * 1024
"""So many characters in all its cells; one text can stand in thousands of cells and be packed once."""
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 100
_LAST_ROW: Final = 1_048_576
_SHOWN: Final = 100
_WHOLE: Final = frozenset({"General", "@", "0"})
_SMALLER: Final = said("no bank needs so much: take out what does not belong, or split it by unit")
_NOT_TEXT: Final = said("set the cell's format to Text (Teks) and type it again")
_FAULTS: Final[Mapping[str, tuple[Message, Message]]] = {
    "f": (said("formula stands where a text belongs"), said("paste its value instead (Paste Special, Values)")),
    "d": (said("date stands where a text belongs; the program may have made it of what was typed"), _NOT_TEXT),
    "b": (said("TRUE or FALSE stands where a text belongs"), _NOT_TEXT),
    "e": (said("error value stands where a text belongs"), said("write the text itself")),
    "n": (
        said("number stands where a text belongs; how it was typed cannot be told any more (1.10 became 1.1)"),
        _NOT_TEXT,
    ),
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell that holds something: its text, or what is wrong with it and what to do (`fault`, `help`)."""

    name: str
    text: str
    fault: Message = NOTHING
    help: Message = NOTHING


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row that holds something: its number, and its cells by the number of their column (from 1)."""

    number: int
    cells: Mapping[int, TextCell]


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A sheet with its rows, hidden ones too; empty rows are left out."""

    file: str
    title: str
    rows: tuple[TextRow, ...]

    def place(self, cell: str = "", text: str = "") -> Place:
        """Where a cell stands, with what it holds."""
        shown = " ".join(text.split())
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        return Place(
            self.file,
            None,
            said("sheet {title}", title=self.title) + (said(", cell {cell}", cell=cell) if cell else ""),
            shown,
        )


def read_workbook(
    data: bytes, file: str, wanted: Callable[[str], bool]
) -> tuple[tuple[TextSheet, ...], tuple[str, ...]]:
    """The sheets whose titles are `wanted`, and the titles of the others, which are not looked into.

    Raises `KitgenError` for what is no workbook, or is damaged, hostile or too large. `file` is the name for errors.
    """
    with opened_workbook(data, file, _SMALLER, row_by_row=True) as opened:
        return _sheets(opened, file, wanted)


def _sheets(
    opened: OpenedWorkbook, file: str, wanted: Callable[[str], bool]
) -> tuple[tuple[TextSheet, ...], tuple[str, ...]]:
    found: list[TextSheet] = []
    others: list[str] = []
    length = 0
    for worksheet in opened.book.worksheets:
        title = str(worksheet.title)
        if not wanted(title):
            others.append(title)
            continue
        sheet = TextSheet(file, title, ())
        rows: list[TextRow] = []
        for row in _rows(worksheet, sheet, opened):
            rows.append(row)
            length += sum(len(cell.text) for cell in row.cells.values())
            if length > MAX_TEXT:
                raise _too_large(
                    said("workbook holds more than {size} million characters", size=MAX_TEXT >> 20), sheet.place()
                )
            if len(rows) > MAX_ROWS:
                raise _too_large(said("sheet has more than {rows} rows", rows=MAX_ROWS), sheet.place())
        found.append(TextSheet(file, title, tuple(rows)))
    return tuple(found), tuple(others)


def _rows(worksheet: Any, sheet: TextSheet, opened: OpenedWorkbook) -> Iterator[TextRow]:
    from openpyxl.cell.read_only import EMPTY_CELL

    worksheet.reset_dimensions()  # what a file says of its size need not be true
    for number, row in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if number > _LAST_ROW:
            raise _too_large(said("sheet has more than {rows} rows", rows=_LAST_ROW), sheet.place())
        cells = {cell.column: _cell(cell, opened) for cell in row if cell is not EMPTY_CELL and cell.value is not None}
        if any(cell.text.strip() or cell.fault for cell in cells.values()):
            yield TextRow(number, cells)


def _cell(cell: Any, opened: OpenedWorkbook) -> TextCell:
    name, kind, value = str(cell.coordinate), str(cell.data_type), cell.value
    if kind in ("s", "inlineStr", "str") and isinstance(value, str):
        text = opened.as_typed(value)
        if _SURROGATE.search(text) is None:
            return TextCell(name, text)
        return TextCell(name, _SURROGATE.sub("", text), said("text holds half a character"), _NOT_TEXT)
    if kind == "n" and value == int(value) and abs(value) < 10**15 and cell.number_format in _WHOLE:
        return TextCell(name, str(int(value)))
    fault, help = _FAULTS.get(kind, (said("cell holds no text"), _NOT_TEXT))
    return TextCell(name, str(value) if kind in "fne" else "", fault, help)


def _too_large(message: Message, place: Place) -> KitgenError:
    return failure(message, place, _SMALLER)

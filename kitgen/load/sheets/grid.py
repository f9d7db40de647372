"""Cells of a list people keep, wherever it comes from: what stands in them and where, with the problems they have.

A problem names sheet, row and column. What stands in a cell never enters a message: most of it is about people.
Whoever wants texts as they were typed, such as those of questions, asks `typed_text`.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import NOTHING, Message, said

CellValue = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | None
Content = Literal["value", "formula", "fault"]
"""What a cell holds: a value, a formula, or an error such as `#N/A`."""
_SHOWN: Final = 100
"""So many letters of a cell are shown behind a place, where they may be."""

_UNSEEN: Final = frozenset(
    "\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
)
"""Signs without a shape that hide in pasted text or turn it round; those that join letters are not among them."""


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """Letak sel: a place in a sheet, for those who write notes into it. `cell` is its address, such as `C7`."""

    sheet: str = ""
    cell: str = ""


def column_letters(column: int) -> str:
    """The letters of a column, counted from 1: `A`, `Z`, `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Merge:
    """Sel gabungan: an area of cells that Excel shows as one."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Grid:
    """Lembar: one sheet of a workbook, or a CSV file (`sheet` is empty), and where its problems go."""

    file: str
    sheet: str
    findings: Findings
    rows: dict[int, dict[int, "SheetCell"]] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    is_hidden: bool = False
    first_day: datetime.date = datetime.date(1899, 12, 30)
    """The day its workbook counts days from; workbooks of old Macintoshes count from 1 January 1904."""

    def put(
        self, row: int, column: int, value: CellValue, content: Content = "value", is_as_typed: bool = True
    ) -> None:
        """Enter what stands in a cell; one that holds nothing is left out."""
        if value is not None and not (isinstance(value, str) and not value.strip()):
            self.rows.setdefault(row, {})[column] = SheetCell(self, row, column, value, content, is_as_typed)

    def cell(self, row: int, column: int) -> "SheetCell":
        """A cell, empty if nothing was entered."""
        return self.rows.get(row, {}).get(column) or SheetCell(self, row, column, None)

    def place(self, row: int, column: int | None = None) -> CellPlace:
        """The place of a cell, or of a whole row."""
        letters = column_letters(column) if column else ""
        if not self.sheet:
            return CellPlace(self.file, row, said("column {letters}", letters=letters) if letters else "")
        spot = said("cell {cell}", cell=f"{letters}{row}") if letters else said("row {row}", row=row)
        where = said("sheet {sheet}, {spot}", sheet=self.sheet, spot=spot)
        return CellPlace(self.file, None, where, "", self.sheet, f"{letters or 'A'}{row}")

    @property
    def whole(self) -> Place:
        """The place of the sheet itself."""
        return Place(self.file, None, said("sheet {sheet}", sheet=self.sheet) if self.sheet else "")

    def let_go(self) -> None:
        """Forget what stands in it, once it is read: a cell knows its sheet, so that none would go by itself."""
        self.rows.clear()

    def filled(self) -> Iterator[tuple[int, dict[int, "SheetCell"]]]:
        """Its rows that hold anything, from top to bottom."""
        yield from sorted(self.rows.items())


@dataclass(frozen=True, slots=True)
class SheetCell:
    """Sel: one cell, of any kind, and what is said of it."""

    grid: Grid = field(repr=False)
    row: int
    column: int
    value: CellValue = field(repr=False)
    content: Content = "value"
    is_as_typed: bool = True
    """Whether its value tells what was typed; not of a number in a format, nor of a text with half a character."""

    @property
    def place(self) -> CellPlace:
        """Where it stands."""
        return self.grid.place(self.row, self.column)

    def shown(self, text: str) -> CellPlace:
        """The same with what it holds, which is told of the program's own sheets alone, never of lists of people."""
        short = " ".join(text.split())
        return replace(self.place, text=short if len(short) <= _SHOWN else short[: _SHOWN - 1] + "…")

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return self.value is None

    @property
    def is_number(self) -> bool:
        """Whether it holds a number rather than a text that looks like one."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)

    def error(self, message: Message, help: Message = NOTHING) -> None:
        """Note a problem that leaves the cell blank, or more."""
        self.grid.findings.error(message, self.place, help)

    def warning(self, message: Message, help: Message = NOTHING) -> None:
        """Note an oddity."""
        self.grid.findings.warning(message, self.place, help)

    def peek(self) -> str:
        """Its text without noting anything; for finding headings and labels."""
        return "" if self.content != "value" or self.value is None else _spelled(self.value).strip()

    def sound(self, name: str) -> bool:
        """Whether there is a value to read; a formula or an error in the cell is noted. `name` is its heading."""
        if self.content == "formula":
            self.error(
                said("{name} is a formula, which is never worked out; the cell is left blank", name=name),
                said("copy the cell and paste it as a value, or type what it should say"),
            )
        elif self.content == "fault":
            self.error(
                said("{name} is an error of Excel; the cell is left blank", name=name), said("type what it should say")
            )
        return self.content == "value" and self.value is not None

    def text(self, name: str, keep_blanks: bool = False) -> str | None:
        """Its text on one line, or None; control characters are taken out and told.

        `keep_blanks`: runs of blanks stay as they were typed, as in the names of people.
        """
        if not self.sound(name):
            return None
        written = _spelled(self.value)
        lines = re.sub(r"\r\n|[\r\n\t\v\f\x85\u2028\u2029]", " ", written)
        kept = "".join(sign for sign in lines if not _is_unseen(sign))
        if kept != lines:
            self.warning(
                said("{name} holds control characters; they are taken out", name=name), said("type the cell anew")
            )
        kept = kept.strip() if keep_blanks else " ".join(kept.split())
        return kept or None


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in _UNSEEN


def _spelled(value: CellValue) -> str:
    """A value as people write it: whole numbers without a point, a day as `2001-03-12`."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)

"""Reads the sheets of workbooks people filled in: the one way, for lists of people and for the program's own sheets.

Cells as Excel has them, numbers and days as such, texts as typed; merged cells and what is hidden are noted. Nothing is
calculated or followed. A sheet is gone through row by row, so that what is not there costs nothing.
"""

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kitgen.base.errors import Findings, KitgenError, failure
from kitgen.base.messages import Message, agreeing, said
from kitgen.load.sheets.grid import CellValue, Content, Grid, Merge
from kitgen.load.sheets.opened_workbook import OpenedWorkbook, opened_workbook, unreadable
from kitgen.load.sheets.workbook_files import ONE_EVENT, read_bounded

if TYPE_CHECKING:
    from openpyxl.worksheet._reader import WorkSheetParser

MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
MAX_TEXT: Final = 8 * 1024 * 1024
"""So many characters in all cells of a workbook; one text can stand in thousands of cells and be packed once."""
MAX_AREA: Final = 200_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NO: Final = frozenset({"", "0", "f", "false"})
"""What an attribute says that says no."""
_UNFORMATTED: Final = frozenset({"General", "@", "0"})
"""Formats in which a whole number is shown with the digits it was typed with."""
_MOST_DIGITS: Final = 10**15
_FIRST_OF_1904: Final = datetime.date(1904, 1, 1)
"""Where days of old Macintoshes begin: a time without a day is one of this day."""


@dataclass(frozen=True, slots=True)
class SheetBounds:
    """Batas lembar: how many rows of a sheet are read, and what is advised about a workbook that is too large."""

    rows: int
    advice: Message


OF_LISTS: Final = SheetBounds(MAX_ROWS, ONE_EVENT)
OF_SCHEMES: Final = SheetBounds(
    20_000, said("no bank needs so much: take out what does not belong, or split it by unit")
)


def read_grids(path: Path, name: str, findings: Findings) -> list[Grid]:
    """The sheets of a list of people, in their order; none (and the problem noted) if it cannot be read."""
    content = read_bounded(path, name, findings)
    return grids_of(content, name, findings) if content is not None else []


def grids_of(content: bytes, name: str, findings: Findings) -> list[Grid]:
    """The same by the bytes of the workbook."""
    try:
        grids, _ = sheets_of(content, name, findings, OF_LISTS)
        if not grids:
            raise unreadable(name)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return []
    return grids


def sheets_of(
    content: bytes, name: str, findings: Findings, bounds: SheetBounds, wanted: Callable[[str], bool] | None = None
) -> tuple[list[Grid], list[str]]:
    """The sheets of a workbook whose titles are `wanted`, and the titles of the others, which are not looked into.

    Raises `KitgenError` for what is no workbook, or is damaged, hostile or too large. Cells that lie too far out are
    noted in `findings`, where the problems of all cells go. `name` is the one for errors.
    """
    grids: list[Grid] = []
    others: list[str] = []
    length = 0
    with opened_workbook(content, name, bounds.advice) as opened:
        for sheet in opened.book.worksheets:
            title = str(sheet.title)
            if wanted is not None and not wanted(title):
                others.append(title)
                continue
            grid = Grid(name, title, findings, is_hidden=sheet.sheet_state != "visible", first_day=_first_day(opened))
            length = _fill(grid, sheet, opened, bounds, length)
            grids.append(grid)
    return grids, others


def _first_day(opened: OpenedWorkbook) -> datetime.date:
    """The day a workbook counts days from."""
    return opened.book.epoch.date()


def _fill(grid: Grid, sheet: Any, opened: OpenedWorkbook, bounds: SheetBounds, length: int) -> int:
    """Enter the cells of a sheet; gives how many characters the workbook holds so far, of which there were `length`."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book: Any = opened.book
    cell_reader = _CellReader(sheet, opened)
    beyond = 0
    # What openpyxl's own sheets read by, row by row: they make cells for all rows between, and know of no merges.
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for _, cells in parser.parse():
            for cell in cells:
                value, row, column = cell["value"], cell["row"], cell["column"]
                if value is None:
                    continue
                if row > bounds.rows or column > MAX_COLUMNS:
                    beyond += bool(str(value).strip())
                    continue
                if isinstance(value, str):
                    length += len(value)
                if length > MAX_TEXT:
                    much = said("workbook holds more than {size} million characters", size=MAX_TEXT >> 20)
                    raise failure(much, grid.whole, bounds.advice)
                grid.put(row, column, *cell_reader.read(cell))
    grid.hidden_rows = tuple(sorted(_hidden_rows(parser)))
    grid.hidden_columns = tuple(sorted(set(_hidden_columns(parser))))
    _note_merges(grid, parser, bounds)
    if beyond:
        _tell_beyond(grid, beyond, bounds)
    return length


class _CellReader:
    """What the cells of one sheet hold; formats are looked up once each."""

    def __init__(self, sheet: Any, opened: OpenedWorkbook) -> None:
        self.sheet = sheet
        self.opened = opened
        self.unformatted: dict[int, bool] = {}

    def read(self, cell: Mapping[str, Any]) -> tuple[CellValue, Content, bool]:
        """Its value, of which kind it is, and whether it tells what was typed (see `SheetCell`).

        The text of a formula is kept, and never worked out.
        """
        value, kind = cell["value"], cell["data_type"]
        if kind == "f":
            return (value if isinstance(value, str) else str(getattr(value, "text", None) or "=")), "formula", True
        if kind == "e":
            return str(value), "fault", True
        if isinstance(value, str):
            text = self.opened.as_typed(value)
            sound = _SURROGATE.sub("", text)
            return sound, "value", sound == text
        if isinstance(value, datetime.datetime) and value.date() == _FIRST_OF_1904 == _first_day(self.opened):
            return value.time(), "value", True
        if isinstance(value, bool | datetime.datetime | datetime.date | datetime.time):
            return value, "value", True
        if isinstance(value, int | float):
            return value, "value", self._shows_what_was_typed(value, cell)
        if isinstance(value, datetime.timedelta) and datetime.timedelta() <= value < datetime.timedelta(1):
            return (datetime.datetime.min + value).time(), "value", True  # of a day, in a format that counts hours
        return str(value), "fault", True  # such as 26 hours

    def _shows_what_was_typed(self, value: int | float, cell: Mapping[str, Any]) -> bool:
        """Whether a number is a whole one, shown with all its digits: of 1.10 Excel keeps 1.1."""
        from openpyxl.cell.read_only import ReadOnlyCell

        if not math.isfinite(value) or value != int(value) or abs(value) >= _MOST_DIGITS:
            return False
        style = cell["style_id"]
        if style not in self.unformatted:
            self.unformatted[style] = ReadOnlyCell(self.sheet, **cell).number_format in _UNFORMATTED
        return self.unformatted[style]


def _hidden_rows(parser: "WorkSheetParser") -> Iterator[int]:
    for number, attributes in parser.row_dimensions.items():
        if attributes.get("hidden", "") not in _NO:
            yield int(number)


def _hidden_columns(parser: "WorkSheetParser") -> Iterator[int]:
    """Numbers of hidden columns; one entry may stand for several beside each other."""
    for attributes in parser.column_dimensions.values():
        if attributes.get("hidden", "") not in _NO:
            yield from range(int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMNS) + 1)


def _note_merges(grid: Grid, parser: "WorkSheetParser", bounds: SheetBounds) -> None:
    """Note merged cells as far as cells are read; only the first one of each holds anything.

    Raises `KitgenError` if they cover more cells than are to be gone through.
    """
    areas = sorted(
        (area.min_row, area.min_col, min(area.max_row, bounds.rows), min(area.max_col, MAX_COLUMNS))
        for area in (parser.merged_cells.mergeCell if parser.merged_cells else ())
        if area.min_row <= bounds.rows and area.min_col <= MAX_COLUMNS
    )
    if sum((last - top + 1) * (right - left + 1) for top, left, last, right in areas) > MAX_AREA:
        wide = said("merged cells of the sheet cover more than {max_area:,} cells", max_area=MAX_AREA)
        raise failure(wide, grid.whole, said("take merged cells apart, or copy the list into a new workbook"))
    grid.merges = tuple(Merge(*area) for area in areas)
    for top, left, last, right in areas:
        for row in range(top, last + 1):
            cells = grid.rows.get(row, {})
            for column in [each for each in cells if left <= each <= right and (row, each) != (top, left)]:
                del cells[column]
            if not cells:
                grid.rows.pop(row, None)


def _tell_beyond(grid: Grid, count: int, bounds: SheetBounds) -> None:
    text = agreeing(
        count,
        said("{count} cell lies below row {row} or right of column {column} and is not read"),
        said("{count} cells lie below row {row} or right of column {column} and are not read"),
    )
    grid.findings.error(
        text.about(count=count, row=bounds.rows, column=MAX_COLUMNS), grid.whole,
        said("delete them, or move them up"),
    )  # fmt: skip

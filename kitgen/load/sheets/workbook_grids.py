"""Reads the sheets of a workbook people filled in as lists: numbers and days as Excel has them, texts as typed."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kitgen.base.errors import Findings, KitgenError
from kitgen.base.messages import agreeing, said
from kitgen.load.sheets.grid import CellValue, Grid, Merge
from kitgen.load.sheets.opened_workbook import OpenedWorkbook, opened_workbook, unreadable
from kitgen.load.sheets.workbook_files import ONE_EVENT, read_bounded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def read_grids(path: Path, name: str, findings: Findings) -> list[Grid]:
    """The sheets of a workbook, in its order; none (and the problem noted) if it cannot be read."""
    content = read_bounded(path, name, findings)
    return grids_of(content, name, findings) if content is not None else []


def grids_of(content: bytes, name: str, findings: Findings) -> list[Grid]:
    """The sheets of a workbook by its bytes, in its order; none (and the problem noted) if it cannot be read."""
    try:
        with opened_workbook(content, name, ONE_EVENT, row_by_row=False) as opened:
            grids = [_grid_of(sheet, opened, name, findings) for sheet in opened.book.worksheets]
            if not grids:
                raise unreadable(name)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return []
    return grids


def _grid_of(sheet: "Worksheet", opened: OpenedWorkbook, name: str, findings: Findings) -> Grid:
    areas = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    dimensions = sheet.row_dimensions.items()
    grid = Grid(
        name, sheet.title, findings, merges=tuple(Merge(*map(int, area)) for area in sorted(areas)),
        hidden_rows=tuple(sorted(row for row, dimension in dimensions if dimension.hidden)),
        hidden_columns=tuple(_hidden_columns(sheet)), is_hidden=sheet.sheet_state != "visible",
    )  # fmt: skip
    # Only the cells that are there: asking for rows would make all those between, up to the last row Excel has.
    cells: dict[tuple[int, int], Any] = sheet._cells
    beyond = 0
    for (row, column), cell in cells.items():
        if cell.value is None:
            continue
        if row > MAX_ROWS or column > MAX_COLUMNS:
            beyond += bool(str(cell.value).strip())
            continue
        if cell.data_type == "f":
            grid.put(row, column, "=", "formula")
        elif cell.data_type == "e":
            grid.put(row, column, "#", "fault")
        else:
            grid.put(row, column, _plain(cell.value, opened))
    if beyond:
        text = agreeing(
            beyond,
            said("{count} cell lies below row {row} or right of column {column} and is not read"),
            said("{count} cells lie below row {row} or right of column {column} and are not read"),
        )
        findings.error(
            text.about(count=beyond, row=MAX_ROWS, column=MAX_COLUMNS),
            grid.whole,
            said("delete them, or move them up"),
        )
    return grid


def _hidden_columns(sheet: "Worksheet") -> set[int]:
    """Numbers of hidden columns; one entry may stand for several beside each other."""
    found: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            found.update(range(int(dimension.min), min(int(dimension.max), MAX_COLUMNS) + 1))
    return found


def _plain(value: Any, opened: OpenedWorkbook) -> CellValue:
    import datetime

    if isinstance(value, str):
        return _SURROGATE.sub("", opened.as_typed(value))
    if isinstance(value, bool | int | float | datetime.datetime | datetime.date | datetime.time):
        return value
    if isinstance(value, datetime.timedelta):  # a time of a day in a format that counts hours
        return (datetime.datetime.min + value).time() if datetime.timedelta() <= value < datetime.timedelta(1) else None
    return str(value)

"""Numbers of the people in a list: as written, and after the highest for those who have none, so that they stay."""

from collections.abc import Sequence
from typing import Final

from kitgen.load.sheets.list_table import ListRow, ListTable

_LONGEST: Final = 5
_KEEP: Final = "write the number into the cell, so that it stays when rows are moved"


def give_numbers(table: ListTable, rows: Sequence[ListRow]) -> list[int]:
    """The number of each row; every one that is not the one written is told."""
    if "number" not in table.columns and rows:
        told = f"the list has no column No; its rows are numbered 1 to {len(rows)} in their order"
        table.grid.findings.warning(told, table.grid.whole, "add the column, so that numbers stay when rows are moved")
        return list(range(1, len(rows) + 1))
    written = [_written(row) for row in rows]
    highest = max((number or 0 for number in written), default=0)
    first: dict[int, int] = {}
    numbers: list[int] = []
    for row, number in zip(rows, written, strict=True):
        if number is None or number in first:
            highest += 1
            _tell(table, row, first.get(number or 0), highest)
            number = highest
        first.setdefault(number, row.number)
        numbers.append(number)
    return numbers


def _written(row: ListRow) -> int | None:
    """The number that stands in a row, None if there is none or it is none."""
    text = row["number"].peek().rstrip(".")
    is_whole = text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return int(text) or None if is_whole else None


def _tell(table: ListTable, row: ListRow, before: int | None, given: int) -> None:
    place = table.grid.place(row.number, table.columns["number"])
    findings = table.grid.findings
    if before is not None:
        findings.error(f"No stands in row {before} already; this row is given {given}", place, _KEEP)
    elif row["number"].is_empty:
        findings.warning(f"No is empty; the row is given {given}", place, _KEEP)
    else:
        what = "a formula" if row["number"].content == "formula" else "not a whole number"
        findings.error(f"No is {what}; the row is given {given}", place, _KEEP)

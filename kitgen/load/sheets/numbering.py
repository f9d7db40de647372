"""Numbers of the people in a list: as written, and after the highest for those who have none, so that they stay."""

from collections.abc import Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.load.sheets.list_table import ListRow, ListTable

_LONGEST: Final = 5
_KEEP: Final = said("write the number into the cell, so that it stays when rows are moved")


def give_numbers(table: ListTable, rows: Sequence[ListRow]) -> list[int]:
    """The number of each row; every one that is not the one written is told."""
    if "number" not in table.columns and rows:
        told = said("the list has no column No; its rows are numbered 1 to {rows} in their order", rows=len(rows))
        table.grid.findings.warning(
            told, table.grid.whole, said("add the column, so that numbers stay when rows are moved")
        )
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
        findings.error(
            said("No stands in row {before} already; this row is given {given}", before=before, given=given),
            place,
            _KEEP,
        )
    elif row["number"].is_empty:
        findings.warning(said("No is empty; the row is given {given}", given=given), place, _KEEP)
    else:
        what = said("a formula") if row["number"].content == "formula" else said("not a whole number")
        findings.error(said("No is {what}; the row is given {given}", what=what, given=given), place, _KEEP)

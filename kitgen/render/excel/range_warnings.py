"""Tells of ranges that take in more than was meant: some rows of a looped body, seen from outside of its loop."""

from collections.abc import Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.render.excel.formulas import Reference, column_number
from kitgen.render.excel.layout import Rows
from kitgen.render.excel.reference_tokens import Sheet

_HELP: Final = said(
    "put the other rows into a column of their own, or use SUM, COUNT, AVERAGE, MAX or MIN over the range"
)


def warn_of_torn_ranges(parts: Sequence[Sheet], sheets: Sequence[Sheet]) -> None:
    """Warn of each range of which the rows between get in, where a formula cannot take several areas."""
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    for part in parts:
        for reference, seen_from, cell in part.references:
            target = by_name.get(reference.sheet_name.casefold()) if reference.sheet else part
            if target is None or reference.may_list or reference.end_row is None or not cell:
                continue
            row = part.row_of(cell) if seen_from is None and target in (part, part.owner) else 0
            if _is_torn(reference, target, row, column_number(cell.rstrip("0123456789")) if row else 0):
                place = part.place(cell, reference.text(reference.row, reference.end_row))
                part.findings.warning(said("the range takes in rows that lie between those it names"), place, _HELP)


def _is_torn(reference: Reference, target: Sheet, row: int, column: int) -> bool:
    assert reference.end_row is not None
    rows = not reference.is_columns and _tears(
        target.rows, reference.row, reference.end_row, reference.is_fixed and reference.end_is_fixed, row
    )
    if rows or not reference.column:
        return bool(rows)
    first, last = column_number(reference.column), column_number(reference.end_column)
    is_fixed = reference.names_fixed_column and reference.names_fixed_end_column
    return _tears(target.columns, first, last, is_fixed, column)


def _tears(axis: Rows, first: int, last: int, is_fixed: bool, at: int) -> bool:
    torn = axis.torn(first, last)
    if not torn:
        return False
    shared = set(axis.loops_around(first, last)) & set(axis.loops_at(at)) if at and not is_fixed else set()
    return bool(torn - shared)

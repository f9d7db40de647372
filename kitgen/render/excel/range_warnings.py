"""Tells of references that mean something else than they seem to: ranges that take in more, and rows of tags."""

from collections.abc import Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.render.excel.formulas import Reference, column_number
from kitgen.render.excel.layout import Rows
from kitgen.render.excel.reference_tokens import Sheet

_HELP: Final = said(
    "put the other rows into a column of their own, or use SUM, COUNT, AVERAGE, MAX or MIN over the range"
)

_HELP_GONE: Final = said(
    "name a row or column that stays; what is added up from row to row is written `SUM(B$5:B5)`, from the first row on"
)


def warn_of_references(parts: Sequence[Sheet], sheets: Sequence[Sheet]) -> None:
    """Warn of references that do not mean what they seem to; each is told at its cell."""
    warn_of_torn_ranges(parts, sheets)
    warn_of_rows_that_go(parts, sheets)


def warn_of_rows_that_go(parts: Sequence[Sheet], sheets: Sequence[Sheet]) -> None:
    """Warn of each reference to one cell in a row or column of tags: it goes, and what follows takes its place.

    That may be the very cell the formula stands in, such as `=D3+B4` in D4 with the loop's tag in row 3.
    """
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    for part in parts:
        for reference, _, cell in part.references:
            target = by_name.get(reference.sheet_name.casefold()) if reference.sheet else part
            if target is None or reference.end_row is not None or not cell:
                continue
            if _goes(target.rows, reference.row) or _goes(target.columns, column_number(reference.column)):
                place = part.place(cell, reference.text(reference.row, None))
                part.findings.warning(said("the formula names a row or column of tags, which goes"), place, _HELP_GONE)


def _goes(axis: Rows, at: int) -> bool:
    return bool(axis.stretches) and at < axis.end and axis.stretch_at(at) is None


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

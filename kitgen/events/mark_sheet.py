"""Reads Tanda KUK, into which an admin types the marks of single criteria, and the markings of second assessors."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.sheets.cell_values import read_choice
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.headings import words_of
from kitgen.model.marks import MarkLine, StationMark
from kitgen.model.results import COMPETENT, NOT_COMPETENT

_HEADINGS: Final = {
    "key": "Tanda", "name": "Asesi", "first": "Tanda asesor", "other": "Asesor 2 (No.)", "second": "Tanda asesor 2",
    "ruling": "Putusan akhir", "actors": "Pemeran (No.)",
}  # fmt: skip
_SPELLINGS: Final = {"k": COMPETENT, "bk": NOT_COMPETENT, "kompeten": COMPETENT, "belum kompeten": NOT_COMPETENT}
_BUILD: Final = said("`kitgen build --event NAME` makes the workbook anew and keeps what was typed")
_MOST_ACTORS: Final = 9


def read_marks(
    grids: Sequence[Grid], lines: Sequence[MarkLine], assessors: Sequence[int], findings: Findings
) -> list[StationMark]:
    """What is typed of each line that says anything; every odd cell is noted at its place.

    `lines` are those the workbook of now would have, `assessors` the numbers there are.
    """
    for grid in grids:
        found = _head(grid)
        if found is not None:
            return _rows(grid, *found, {each.key: each for each in lines}, assessors)
    if grids:
        findings.error(said("no row shows the headings Tanda, Asesi and Tanda asesor"), grids[0].whole, _BUILD)
    return []


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for row, cells in grid.filled():
        columns = {key: column for column, cell in sorted(cells.items()) for key, heading in _HEADINGS.items()
                   if words_of(cell.peek()) == words_of(heading)}  # fmt: skip
        if set(_HEADINGS) <= set(columns):
            return row, columns
    return None


def _rows(
    grid: Grid, head: int, columns: Mapping[str, int], lines: Mapping[str, MarkLine], assessors: Sequence[int]
) -> list[StationMark]:
    found: list[StationMark] = []
    for row, _ in grid.filled():
        cells = {key: grid.cell(row, column) for key, column in columns.items()}
        key = " ".join(cells["key"].peek().split())
        is_sum = cells["name"].is_empty and not key[:1].isdecimal()
        if row <= head or is_sum or all(cells[each].is_empty for each in ("first", "second", "ruling")):
            continue
        line = lines.get(key)
        if line is None:
            cells["key"].error(said("the event has no such line to mark; the row is not read"), _BUILD)
        elif cells["name"].peek().split() != line.candidate.split():
            told = said("the name is not that of candidate {number} in the workbook of the event", number=line.number)
            cells["name"].error(told, _BUILD)
        else:
            mark = _mark(cells, line, assessors)
            if mark.first or mark.second:
                found.append(mark)
    return found


def _mark(cells: Mapping[str, SheetCell], line: MarkLine, assessors: Sequence[int]) -> StationMark:
    first, second, ruling = (
        read_choice(cells[key], _HEADINGS[key], _SPELLINGS) or "" for key in ("first", "second", "ruling")
    )
    other = _number(cells["other"])
    if second and other not in assessors:
        cells["other"].error(said("the second assessor is none of the event's"), said("write the number of one"))
    if second and other == line.assessor:
        cells["other"].error(said("the second assessor is the first one"), said("write the number of another"))
    if ruling and (not second or first == second):
        cells["ruling"].error(said("a ruling is there, but no two marks that differ"), said("clear the cell"))
        ruling = ""
    if first and second and first != second and not ruling:
        cells["ruling"].warning(said("two marks differ and nobody has ruled"), said("compare, and write K or BK"))
    actors = tuple(int(each) for each in cells["actors"].peek().replace(",", " ").split() if each.isdecimal())
    return StationMark(line.number, line.scenario, line.unit_code, line.criterion, line.assessor, first,
                       other if second else 0, second, ruling, actors[:_MOST_ACTORS])  # fmt: skip


def _number(cell: SheetCell) -> int:
    text = cell.peek().strip().rstrip(".")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else 0

"""Reads Lembar Kalibrasi, into which the marks of several assessors are typed, and holds them against the key."""

from collections.abc import Sequence
from typing import Final

from kitgen.load.sheets.grid import Grid
from kitgen.model.marks import CalibrationCount
from kitgen.model.scenario import Scenario
from kitgen.model.station import TICK_LABELS

_LETTERS: Final = dict(zip(TICK_LABELS.values(), "TAB", strict=True))
"""How a mark is typed: T (terpenuhi), A (di ambang), B (belum terpenuhi)."""
_KEY: Final = "Kunci"
_LAST: Final = "Sesuai kunci"


def read_calibration(grids: Sequence[Grid], scenario: Scenario) -> list[CalibrationCount]:
    """For each KUK of each performance how many marks are the key's; nobody's name is read.

    The key is that of the scenario, not what the sheet says of it.
    """
    keys = {
        f"{performance.id} {mark.unit_code} {mark.number}": (performance.kind == "jelas", mark)
        for performance in scenario.calibration
        for mark in performance.marks
    }
    found: list[CalibrationCount] = []
    for grid in grids:
        columns = _columns(grid)
        for row, cells in grid.filled():
            known = keys.get(" ".join(grid.cell(row, 1).peek().split()))
            if known is None:
                continue
            is_clear, mark = known
            typed = [cells[column].peek().strip().upper() for column in columns if column in cells]
            marks = [each for each in typed if each in _LETTERS.values()]
            if marks:
                right = marks.count(_LETTERS[mark.tick])
                found.append(CalibrationCount(scenario.id, mark.unit_code, mark.number, is_clear, right, len(marks)))
    return found


def _columns(grid: Grid) -> range:
    """The columns of assessors: between the key and what the sheet works out of them."""
    for _, cells in grid.filled():
        places = {" ".join(cell.peek().split()): column for column, cell in cells.items()}
        if _KEY in places and _LAST in places:
            return range(places[_KEY] + 1, places[_LAST])
    return range(0)

"""Workbooks of events that tests share: in a process, one of the same bytes is taken apart once.

Each reading gets grids of its own, with the problems of that reading behind them.
"""

from dataclasses import replace
from pathlib import Path

from kitgen.base.errors import Findings
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.workbook_files import read_bounded
from kitgen.load.sheets.workbook_grids import grids_of

MOST = 100
_read: dict[tuple[str, bytes], tuple[list[Grid], Findings]] = {}


def read_grids_once(path: Path, name: str, findings: Findings) -> list[Grid]:
    """`read_grids` of the lists of an event."""
    content = read_bounded(path, name, findings)
    if content is None:
        return []
    if (name, content) not in _read:
        if len(_read) >= MOST:
            _read.clear()
        found = Findings()
        _read[name, content] = grids_of(content, name, found), found
    grids, found = _read[name, content]
    findings.extend(found)
    return [_anew(grid, findings) for grid in grids]


def _anew(grid: Grid, findings: Findings) -> Grid:
    made = replace(grid, findings=findings, rows={})
    for row, cells in grid.rows.items():
        made.rows[row] = {
            column: SheetCell(made, each.row, each.column, each.value, each.content, each.is_as_typed)
            for column, each in cells.items()
        }
    return made

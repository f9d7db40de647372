"""Finds the sheets of an event's workbook by their names, and those that were given another one."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.event.columns import (
    ACTOR_HEADINGS,
    ASSESSOR_HEADINGS,
    CANDIDATE_HEADINGS,
    DECIDER_HEADINGS,
    EVENT_LABELS,
    ROOM_HEADINGS,
)
from kitgen.load.sheets.grid import Grid
from kitgen.load.sheets.headings import Headings, words_of
from kitgen.load.sheets.list_table import count_headings

SHEETS: Final = ("Jadwal", "Asesor", "Asesi", "Ruang", "Pemeran", "Pleno", "Pilihan", "Kode")
"""The sheets of a workbook of an event."""
_NAMES: Final = frozenset(sheet.casefold() for sheet in SHEETS)
_LISTS: Final[Mapping[str, Headings]] = {
    "Asesi": CANDIDATE_HEADINGS, "Asesor": ASSESSOR_HEADINGS, "Ruang": ROOM_HEADINGS, "Pemeran": ACTOR_HEADINGS,
    "Pleno": DECIDER_HEADINGS,
}  # fmt: skip
_TELLING: Final = 3
"""So many headings or labels of a sheet show what it is, whatever its name."""
_ALIKE: Final = 0.8
"""A letter or two of a name typed wrong."""


def sheets_by_name(grids: Sequence[Grid], findings: Findings) -> dict[str, Grid]:
    """The sheets by their names in small letters.

    One that stands there twice is told. A sheet of another name is read for one that is missing if it is plainly that
    one, and told; if several could be, none is read, and an empty one stands for them.
    """
    found: dict[str, Grid] = {}
    for grid in grids:
        name = _plain(grid.sheet)
        if name in found:
            grid.findings.error(
                said("a second sheet is called {name}, but for blanks or capitals; it is not read", name=name.title()),
                grid.whole,
                said("put all into one sheet"),
            )
        else:
            found[name] = grid
    others = [grid for name, grid in found.items() if name not in _NAMES and grid.rows]
    for is_meant in (_is_called, _is_headed):
        for sheet in SHEETS:
            if sheet.casefold() not in found and (meant := [grid for grid in others if is_meant(grid, sheet)]):
                _tell_renamed(sheet, meant, findings)
                found[sheet.casefold()] = meant[0] if len(meant) == 1 else Grid(meant[0].file, sheet, findings)
                others = [grid for grid in others if grid not in meant]
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _tell_renamed(sheet: str, meant: Sequence[Grid], findings: Findings) -> None:
    if len(meant) == 1:
        findings.warning(
            said("the workbook has no sheet {sheet}; this one is read for it", sheet=sheet),
            meant[0].whole,
            said("call it `{sheet}`", sheet=sheet),
        )
        return
    for grid in meant:
        findings.error(
            said("the workbook has no sheet {sheet}, and several could be it; none is read", sheet=sheet),
            grid.whole,
            said("call the right one `{sheet}`", sheet=sheet),
        )


def _is_called(grid: Grid, sheet: str) -> bool:
    """Whether the name of a sheet holds this one, or is it but for a slip."""
    return sheet.casefold() in words_of(grid.sheet) or _is_alike(_plain(grid.sheet), sheet.casefold())


def _is_headed(grid: Grid, sheet: str) -> bool:
    """Whether the headings of a sheet, or its labels, are those of this one rather than those of another."""
    if sheet == "Jadwal":
        return sum(any(EVENT_LABELS.find(cell.peek()) for cell in cells.values()) for cells in grid.rows.values()) >= 3
    shown = {name: count_headings(grid, headings) for name, headings in _LISTS.items()}
    shares = {name: count / len(_LISTS[name].columns) for name, count in shown.items() if count >= _TELLING}
    return bool(shares) and sheet == max(shares, key=lambda name: shares[name])


def _is_alike(name: str, sheet: str) -> bool:
    import difflib

    return name.startswith(sheet) or difflib.SequenceMatcher(None, name, sheet).ratio() >= _ALIKE

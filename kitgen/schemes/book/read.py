"""Reads the workbook of an edition: each sheet's blocks to the data of its file, every fault with sheet and cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import said
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.text_rows import plain
from kitgen.load.sheets.typed_text import typed_text
from kitgen.load.sheets.workbook_grids import OF_SCHEMES, sheets_of
from kitgen.schemes.book.layout import BLOCK, BookSheet, FactLines
from kitgen.schemes.book.read_rows import ReadFile, read_facts, read_table
from kitgen.schemes.book.scenario_sheet import SCENARIO_BLOCKS, SCENARIO_PREFIX
from kitgen.schemes.book.scheme_sheets import SCHEME_SHEETS
from kitgen.schemes.book.write import GUIDE


@dataclass(frozen=True, slots=True)
class ReadBook:
    """What a workbook says: the data of each file of the edition by its name, those of scenarios by their ids."""

    files: Mapping[str, ReadFile]
    scenarios: Mapping[str, ReadFile]


def read_book(data: bytes, file: str, findings: Findings) -> ReadBook:
    """Every sheet of the layout; sheets that are missing leave their data as it is, unknown ones are told."""
    known = {plain(sheet.name): sheet for sheet in SCHEME_SHEETS}
    is_wanted: Callable[[str], bool] = lambda title: plain(title) in known or _is_scenario(title)  # noqa: E731
    grids, others = sheets_of(data, file, findings, OF_SCHEMES, is_wanted)
    for title in others:
        if plain(title) != plain(GUIDE):
            near = did_you_mean(title, [sheet.name for sheet in SCHEME_SHEETS])
            findings.warning(said("sheet `{title}` is not read", title=title), Place(file), near)
    if not grids:
        findings.error(
            said("workbook has no sheet of a scheme"), Place(file), said("`kitgen scheme export` writes one to fill in")
        )
    files: dict[str, ReadFile] = {}
    scenarios: dict[str, ReadFile] = {}
    order = {plain(sheet.name): number for number, sheet in enumerate(SCHEME_SHEETS)}
    for grid in sorted(grids, key=lambda each: order.get(plain(each.sheet), len(order))):
        if _is_scenario(grid.sheet):
            _read_scenario(grid, scenarios)
            continue
        layout = known[plain(grid.sheet)]
        _read_sheet(layout, grid, files.setdefault(layout.file, ReadFile()))
    return ReadBook(files, scenarios)


def _is_scenario(title: str) -> bool:
    return plain(title).startswith(plain(SCENARIO_PREFIX) + " ")


def _read_scenario(grid: Grid, scenarios: dict[str, ReadFile]) -> None:
    into = ReadFile()
    _read_sheet(BookSheet(grid.sheet, "", SCENARIO_BLOCKS), grid, into)
    id = str(into.tree.get("id") or "")
    place = into.places.get(("id",), grid.whole)
    if not id:
        grid.findings.error(said("scenario has no code"), place, said("write it behind `Kode`, for example KEL-01"))
    elif id in scenarios:
        grid.findings.error(said("scenario {id} stands on two sheets", id=id), place, said("give it a code of its own"))
    else:
        scenarios[id] = into


def _read_sheet(layout: BookSheet, grid: Grid, into: ReadFile) -> None:
    blocks = {plain(block.title): block for block in layout.blocks}
    for title, head, rows in _blocks(grid):
        block = blocks.pop(plain(title), None)
        if block is None:
            near = did_you_mean(title, [each.title for each in layout.blocks])
            head.error(said("`{block}` is no table of this sheet, or stands twice", block=title), near)
        elif isinstance(block, FactLines):
            read_facts(block, grid, rows, into)
        else:
            read_table(block, grid, rows, into)
    for block in blocks.values():
        grid.findings.warning(
            said("table `{block}` is missing", block=block.title), grid.whole, said("what it held stays as it is")
        )


def _blocks(grid: Grid) -> list[tuple[str, SheetCell, Sequence[int]]]:
    """The title, its cell and the filled rows of each block; what stands above the first is nobody's."""
    found: list[tuple[str, SheetCell, list[int]]] = []
    for row, cells in grid.filled():
        title = typed_text(cells[1]).text.strip() if cells.keys() == {1} else ""
        if title.startswith(BLOCK.strip()):
            found.append((title.removeprefix(BLOCK.strip()).strip(), cells[1], []))
        elif found:
            found[-1][2].append(row)
    return [(title, cell, tuple(rows)) for title, cell, rows in found]

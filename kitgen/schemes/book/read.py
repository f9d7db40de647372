"""Reads the workbook of an edition: each sheet's blocks to the data of its file, every fault with sheet and cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import said
from kitgen.load.sheets.text_rows import plain
from kitgen.load.sheets.text_workbook import TextRow, TextSheet, read_workbook
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
    sheets, others = read_workbook(data, file, is_wanted)
    for title in others:
        if plain(title) != plain(GUIDE):
            near = did_you_mean(title, [sheet.name for sheet in SCHEME_SHEETS])
            findings.warning(said("sheet `{title}` is not read", title=title), Place(file), near)
    if not sheets:
        findings.error(
            said("workbook has no sheet of a scheme"), Place(file), said("`kitgen scheme export` writes one to fill in")
        )
    files: dict[str, ReadFile] = {}
    scenarios: dict[str, ReadFile] = {}
    order = {plain(sheet.name): number for number, sheet in enumerate(SCHEME_SHEETS)}
    for sheet in sorted(sheets, key=lambda each: order.get(plain(each.title), len(order))):
        if _is_scenario(sheet.title):
            _read_scenario(sheet, scenarios, findings)
            continue
        layout = known[plain(sheet.title)]
        _read_sheet(layout, sheet, files.setdefault(layout.file, ReadFile()), findings)
    return ReadBook(files, scenarios)


def _is_scenario(title: str) -> bool:
    return plain(title).startswith(plain(SCENARIO_PREFIX) + " ")


def _read_scenario(sheet: TextSheet, scenarios: dict[str, ReadFile], findings: Findings) -> None:
    into = ReadFile()
    _read_sheet(BookSheet(sheet.title, "", SCENARIO_BLOCKS), sheet, into, findings)
    id = str(into.tree.get("id") or "")
    place = into.places.get(("id",), sheet.place())
    if not id:
        findings.error(said("scenario has no code"), place, said("write it behind `Kode`, for example KEL-01"))
    elif id in scenarios:
        findings.error(said("scenario {id} stands on two sheets", id=id), place, said("give it a code of its own"))
    else:
        scenarios[id] = into


def _read_sheet(layout: BookSheet, sheet: TextSheet, into: ReadFile, findings: Findings) -> None:
    blocks = {plain(block.title): block for block in layout.blocks}
    found = _blocks(sheet)
    for title, head, rows in found:
        block = blocks.pop(plain(title), None)
        if block is None:
            near = did_you_mean(title, [each.title for each in layout.blocks])
            cell = next(iter(head.cells.values())).name
            findings.error(
                said("`{block}` is no table of this sheet, or stands twice", block=title), sheet.place(cell), near
            )
        elif isinstance(block, FactLines):
            read_facts(block, sheet, rows, into, findings)
        else:
            read_table(block, sheet, rows, into, findings)
    for block in blocks.values():
        findings.warning(
            said("table `{block}` is missing", block=block.title), sheet.place(), said("what it held stays as it is")
        )


def _blocks(sheet: TextSheet) -> list[tuple[str, TextRow, Sequence[TextRow]]]:
    """The title, the row of the title and the rows of each block; what stands above the first is nobody's."""
    found: list[tuple[str, TextRow, list[TextRow]]] = []
    for row in sheet.rows:
        first = row.cells.get(1)
        is_alone = len([cell for cell in row.cells.values() if cell.text.strip() or cell.fault]) == 1
        if first is not None and is_alone and first.text.strip().startswith(BLOCK.strip()):
            found.append((first.text.strip().removeprefix(BLOCK.strip()).strip(), row, []))
        elif found:
            found[-1][2].append(row)
    return [(title, row, tuple(rows)) for title, row, rows in found]

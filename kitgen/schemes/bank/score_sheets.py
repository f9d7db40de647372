"""Reads the score sheets people typed answers into: letters by candidate, without anybody's name."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, KitgenError, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.text_rows import plain
from kitgen.load.sheets.typed_text import typed_text
from kitgen.load.sheets.workbook_files import workbook_content
from kitgen.load.sheets.workbook_grids import OF_SCHEMES, sheets_of
from kitgen.model.bank import Question
from kitgen.model.edition import Edition
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.schemes.bank.statistics import Sitting

SHEET: Final = "Skor"
CODE: Final = "Kode butir"
KEY: Final = "Kunci"
_CLUSTER: Final = re.compile(r"\d+-")
"""What a booklet's id has between letter and seed: `A2-1-7QK3`."""
_PAPER: Final = re.compile(r"\(([A-Z][A-Z0-9]{0,5}-[A-Z0-9]{1,12}-[0-9A-Z]{4})\)")


def read_sittings(project: Project, edition: Edition, event: str, findings: Findings) -> list[Sitting]:
    """The answers typed into every score sheet of an event, a sitting for each candidate who answered anything.

    Raises `KitgenError` if the event has no folder of documents. A sheet that cannot be read is told and left out.
    """
    folder = project.output_dir / EVENTS_FOLDER / event
    if not folder.is_dir():
        events = project.output_dir / EVENTS_FOLDER
        known = [path.name for path in events.iterdir()] if events.is_dir() else []
        build = said("build it first: `kitgen build --event {event}`", event=event)
        raise failure(said("event {event} has no documents", event=event), Place(project.shown(folder)),
                      did_you_mean(event, known) or build)  # fmt: skip
    found: list[Sitting] = []
    for path in sorted(folder.rglob("*.xlsx")):
        if not path.name.startswith("~$"):
            found += _read(path, project.shown(path), edition, event, findings)
    return found


def _read(path: Path, shown: str, edition: Edition, event: str, findings: Findings) -> Iterator[Sitting]:
    try:
        is_wanted = lambda title: plain(title) == plain(SHEET)  # noqa: E731
        grids, _ = sheets_of(workbook_content(path), shown, findings, OF_SCHEMES, is_wanted)
    except KitgenError:
        findings.warning(said("workbook cannot be read and is left out"), Place(shown), said("close it in Excel"))
        return
    for grid in grids:
        yield from _sittings(grid, edition, event)


def _sittings(grid: Grid, edition: Edition, event: str) -> Iterator[Sitting]:
    heads = [(row, columns) for row, cells in grid.filled() if (columns := _columns(cells)) is not None]
    if not heads:
        return
    head, (code, key) = heads[0]
    texts = [typed_text(cell).text for row, cells in grid.filled() if row < head for cell in cells.values()]
    paper = next((match[1] for text in texts if (match := _PAPER.search(text))), "")
    bank = {question.id: question for question in edition.bank}
    rows: dict[str, dict[int, SheetCell]] = {}
    for row, cells in grid.filled():
        id = typed_text(cells[code]).text.strip() if row > head and code in cells else ""
        if id in bank and bank[id].options:
            rows[id] = cells
    orders = {id: _order(edition, bank[id], paper, _letter(cells, key)) for id, cells in rows.items()}
    unknown = [id for id, order in orders.items() if not order]
    if unknown:
        grid.findings.warning(
            said("paper {paper} prints {ids} otherwise than the edition records it; they are left out",
                 paper=paper, ids=", ".join(unknown)), grid.whole,
            said("give the edition the event was made with: `--edition`"))  # fmt: skip
    for column in sorted({column for cells in rows.values() for column in cells if column > key}):
        answers = {id: _bank_letter(_letter(cells, column), orders[id]) for id, cells in rows.items() if orders[id]}
        if any(answers.values()):
            yield Sitting(event, paper, answers)


def _columns(cells: Mapping[int, SheetCell]) -> tuple[int, int] | None:
    """The columns of codes and of the key, if the row is that of the headings."""
    places = {plain(typed_text(cell).text): column for column, cell in cells.items()}
    code, key = places.get(plain(CODE)), places.get(plain(KEY))
    return (code, key) if code is not None and key is not None else None


def _letter(cells: Mapping[int, SheetCell], column: int) -> str:
    """What was typed in a column as an answer; empty for nothing, and for what is no text."""
    typed = typed_text(cells[column]) if column in cells else None
    return "" if typed is None or typed.fault else typed.text.strip().lower()


def _order(edition: Edition, question: Question, paper: str, key: str) -> str:
    """The order of the options as printed, by the letters they have in the bank; empty if no record agrees.

    A booklet of one cluster has an id of its own, so papers are found by letter and seed, and held against the key.
    """
    name = paper.rpartition("-")[0]
    names = {name, _CLUSTER.sub("-", name, count=1)}
    letters = "".join(option.letter for option in question.options)
    for record in edition.papers:
        if record.kind == question.kind and record.id.rpartition("-")[0] in names:
            order = dict(record.questions).get(question.id, "")
            if order and dict(zip(letters, order, strict=True)).get(key) == question.key:
                return order
    return ""


def _bank_letter(printed: str, order: str) -> str:
    letters: Mapping[str, str] = dict(zip("abcde", order, strict=False))
    return letters.get(printed, "")

"""Reads the sheet Asesor: who assesses, by the number the candidates' sheet names them with."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kitgen.base.dates import indonesian_date
from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import said
from kitgen.load.event.columns import ASSESSOR_HEADINGS, CANDIDATE_HEADINGS
from kitgen.load.sheets.cell_values import read_day
from kitgen.load.sheets.grid import SheetCell
from kitgen.load.sheets.list_table import ListRow, ListTable
from kitgen.load.sheets.numbering import give_numbers
from kitgen.load.sheets.person_names import read_name
from kitgen.model.event import EventAssessor
from kitgen.model.given import Assessor


@dataclass(frozen=True, slots=True)
class ReadAssessor:
    """Asesor yang dibaca: an assessor and the row they stand in."""

    entry: EventAssessor
    row: ListRow


def read_assessors(table: ListTable, last_day: datetime.date | None) -> dict[int, ReadAssessor]:
    """The assessors of a sheet by number; a row without a name is dropped, all else that is wrong is left blank."""
    named = [(row, name) for row in table.rows if (name := read_name(table, row)) is not None]
    numbers = give_numbers(table, [row for row, _ in named])
    found: dict[int, ReadAssessor] = {}
    before: dict[str, int] = {}
    for (row, name), number in zip(named, numbers, strict=True):
        registration = _registration(table, row, before)
        person = Assessor(_with_titles(row, name), registration, _validity(row["valid_until"], last_day))
        letter = row["letter_number"].text(_heading("letter_number")) or BLANK
        found[number] = ReadAssessor(EventAssessor(number, person, letter), row)
    return found


def _heading(key: str) -> str:
    return ASSESSOR_HEADINGS.columns[key].heading


def _registration(table: ListTable, row: ListRow, before: dict[str, int]) -> str | Blank:
    """The registration of an assessor; `before` holds the rows of those above and is added to."""
    cell = row["registration"]
    text = cell.text(_heading("registration"))
    if text is None:
        if cell.is_empty:
            place = table.grid.place(row.number, table.columns.get("registration"))
            table.grid.findings.warning(
                said("the registration (No. Reg. MET) of the assessor is missing"),
                place,
                said("write it; until then it is filled in by hand"),
            )
        return BLANK
    above = before.setdefault(registration_key(text), row.number)
    if above != row.number:
        cell.warning(said("the same registration stands in row {above}", above=above), said("check both"))
    return text


def _with_titles(row: ListRow, name: str) -> str:
    before = row["title_before"].text(_heading("title_before"))
    after = row["title_after"].text(_heading("title_after"))
    named = f"{before} {name}" if before else name
    return f"{named}, {after.lstrip(', ')}" if after else named


def _validity(cell: SheetCell, last_day: datetime.date | None) -> str | Blank:
    day = read_day(cell, _heading("valid_until"))
    if day is None:
        return BLANK
    if last_day is not None and day < last_day:
        cell.error(
            said("the assessor's certificate is not valid any more on the day of the event"),
            said("name another assessor, or write the new date"),
        )
    return indonesian_date(day)


def registration_key(text: str) -> str:
    """What two spellings of one registration have in common: its digits."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) >= 6 else re.sub(r"\W", "", text.casefold())


def by_registration(assessors: Mapping[int, ReadAssessor]) -> dict[str, int]:
    """The number of each assessor by what `registration_key` gives for them."""
    texts = ((number, each.entry.person.registration) for number, each in assessors.items())
    return {registration_key(text): number for number, text in texts if isinstance(text, str)}


def find_assessor(row: ListRow, known: Mapping[int, ReadAssessor], registrations: Mapping[str, int]) -> int | None:
    """The number of a candidate's assessor, by number or by registration; None if left to kitgen, or not known."""
    cell = row["assessor"]
    if not cell.is_empty:
        text = cell.text(CANDIDATE_HEADINGS.columns["assessor"].heading)
        number = int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else None
        if text is not None and number not in known:
            cell.error(
                said("no assessor has this number; the cell is left blank"), said("write a number of the sheet Asesor")
            )
            return None
        return number
    cell = row["registration"]
    text = cell.text(CANDIDATE_HEADINGS.columns["registration"].heading)
    if text is None:
        return None
    first, *more = re.split(r"\s*[,;]\s*", text)
    if more:
        cell.warning(
            said("two assessors are named; the first is taken"), said("name the one who signs the candidate's forms")
        )
    found = registrations.get(registration_key(first))
    if found is None:
        cell.error(
            said("no assessor of the sheet Asesor has this registration; the cell is left blank"),
            said("enter the assessor there, or correct the registration"),
        )
    return found

"""Reads the candidates of an event, one row each, from the sheet Asesi or a list that lies beside the workbook."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.dates import indonesian_date
from kitgen.base.holes import BLANK
from kitgen.base.messages import NOTHING, Message, said
from kitgen.load.event.agreed import Agreed, read_agreed
from kitgen.load.event.appeals import read_appeal
from kitgen.load.event.assessors import ReadAssessor, by_registration, find_assessor
from kitgen.load.event.choices import CodeList, EditionChoices, InUse
from kitgen.load.event.columns import BACKGROUNDS, CANDIDATE_HEADINGS, CODE_KEYS, PERSON_KEYS, PURPOSES, RESULTS
from kitgen.load.event.decisions import Decided, read_decided
from kitgen.load.event.facts import ScheduleFacts
from kitgen.load.sheets.cell_values import (
    read_choice,
    read_day,
    read_email,
    read_gender,
    read_identity,
    read_number,
    read_phone,
    read_place_and_day,
    read_postal_code,
)
from kitgen.load.sheets.grid import SheetCell
from kitgen.load.sheets.headings import Kind
from kitgen.load.sheets.list_table import ListRow, ListTable
from kitgen.load.sheets.numbering import give_numbers
from kitgen.load.sheets.person_names import read_name, without_signatures
from kitgen.model.event import Appeal, EventCandidate
from kitgen.model.given import Candidate
from kitgen.model.states import WORDS, State, state_of

_DAY_FIRST: Final = re.compile(r"(?:dd|hh|tt)\s*[-/. ]\s*(?:mm|bb)", re.IGNORECASE)
"""In a heading: the day comes first (dd/mm/yyyy, hh/bb/tttt)."""
_AGES: Final = range(15, 101)
ADULT_AGE: Final = 18
"""Who is younger signs with a guardian."""

_READERS: Final[Mapping[Kind, Callable[[SheetCell, str], str | None]]] = {
    "text": SheetCell.text, "identity": read_identity, "gender": read_gender, "phone": read_phone,
    "email": read_email, "postal": read_postal_code,
}  # fmt: skip

_SPELLINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {**{word: word for word in WORDS}, "hadir": "ikut", "mengundurkan diri": "mundur", "absen": "tidak hadir",
               "ditolak": "permohonan ditolak", "tidak dilanjutkan": "asesmen mandiri tidak dilanjutkan"},
    "purpose": {**{label.casefold(): word for label, word in PURPOSES.items()},
                "sertifikasi kompetensi": "sertifikasi", "pengakuan kompetensi terkini": "pkt",
                "pengakuan kompetensi terkini (pkt)": "pkt", "rekognisi pembelajaran lampau": "rpl",
                "rekognisi pembelajaran lampau (rpl)": "rpl", "lainnya": "lainnya"},
    "background": {word: word for word in BACKGROUNDS},
    "result": {**{word.casefold(): word for word in RESULTS}, "kompeten": "K", "belum kompeten": "BK"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """Yang berlaku bagi setiap baris: what rows are held against."""

    facts: ScheduleFacts
    assessors: Mapping[int, ReadAssessor]
    in_use: InUse
    codes: Mapping[str, CodeList]
    choices: EditionChoices | None = None


@dataclass(slots=True)
class ReadCandidate:
    """Asesi yang dibaca: a row that has a name; `person` holds what could be read, by the candidate's fields."""

    row: ListRow
    number: int
    person: dict[str, str]
    birth: datetime.date | None = None
    assessor: int | None = None
    words: dict[str, str] = field(default_factory=dict)
    scenarios: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)
    not_competent: tuple[str, ...] = ()
    tag: str = ""
    agreed: Agreed = Agreed()
    decided: Decided = Decided()
    appeal: Appeal = Appeal()
    is_minor: bool = False
    first_number: int | None = None
    """Their number in the event before, if this one assesses them anew."""
    is_state_of_recap: bool = False
    """Whether what became of them stands in the recap, not in the workbook."""

    @property
    def state(self) -> State:
        """What became of them."""
        return state_of(self.words.get("status", WORDS[0]))

    @property
    def takes_part(self) -> bool:
        """Whether papers are made for them: they did not withdraw, and were not refused."""
        return self.state.takes_part

    def entry(self) -> EventCandidate:
        """The candidate as the event holds them."""
        words = self.words
        return EventCandidate(
            self.number,
            Candidate(**self.person),
            BLANK if self.assessor is None else self.assessor,
            "ikut" if self.takes_part else "mundur",
            int(words["background"]) if "background" in words else BLANK,
            words.get("paper", BLANK),
            self.scenarios,
            words.get("result", BLANK),
            words.get("note", BLANK),
            self.not_competent,
            self.codes,
            self.tag,
            self.agreed.backgrounds,
            self.agreed.deviations,
            self.agreed.reason,
            self.agreed.adjustments,
            self.state.code,
            words.get("state_reason", BLANK),
            self.decided.decision,
            self.decided.units,
            self.decided.reason,
            self.appeal,
            None,
            self.is_minor,
            self.words.get("guardian", BLANK),
            self.is_state_of_recap,
        )


def read_candidates(table: ListTable, context: Context) -> list[ReadCandidate]:
    """The candidates of a table; a row without a name is dropped, all else that is wrong is left blank and told."""
    named = [(row, name) for row in without_signatures(table) if (name := read_name(table, row)) is not None]
    numbers = give_numbers(table, [row for row, _ in named])
    registrations = by_registration(context.assessors)
    units = context.choices.units if context.choices is not None else ()
    found: list[ReadCandidate] = []
    for (row, name), number in zip(named, numbers, strict=True):
        candidate = ReadCandidate(row, number, {"name": name})
        _read_person(candidate, table)
        _read_birth(candidate, table, context.facts)
        _read_words(candidate, context.in_use)
        _read_codes(candidate, context.codes)
        candidate.agreed = read_agreed(row, context.choices)
        candidate.decided = read_decided(row, units)
        candidate.appeal = read_appeal(row)
        candidate.first_number = read_number(row["first_number"], _heading("first_number"))
        candidate.assessor = find_assessor(row, context.assessors, registrations)
        _compare_event(row, table, context.facts)
        found.append(candidate)
    return found


def _heading(key: str) -> str:
    return CANDIDATE_HEADINGS.columns[key].heading


def _is_day_first(table: ListTable, key: str) -> bool:
    return bool(_DAY_FIRST.search(table.written.get(key, "")))


def _read_person(candidate: ReadCandidate, table: ListTable) -> None:
    """The fields of the person that are read one by one. A lone telephone is the mobile one, unless there is one."""
    row, person = candidate.row, candidate.person
    for key in PERSON_KEYS:
        column = CANDIDATE_HEADINGS.columns[key]
        reader = _READERS.get(column.kind)
        if key in row.cells and reader is not None and (text := reader(row[key], column.heading)) is not None:
            person[key] = text
    if "phone" in row.cells and (phone := read_phone(row["phone"], _heading("phone"))) is not None:
        person.setdefault("phone_home" if "phone_mobile" in table.columns else "phone_mobile", phone)
    purpose = read_choice(row["purpose"], _heading("purpose"), _SPELLINGS["purpose"])
    if purpose is not None:
        person["purpose"] = purpose


def _read_birth(candidate: ReadCandidate, table: ListTable, facts: ScheduleFacts) -> None:
    """Place and date of birth, in two columns or in one; a date nobody of age was born on is left blank."""
    row, person = candidate.row, candidate.person
    cell = row["birth_date"]
    day = read_day(cell, _heading("birth_date"), _is_day_first(table, "birth_date"))
    if cell.is_empty and not row["birth"].is_empty:
        cell = row["birth"]
        place, day = read_place_and_day(cell, _heading("birth"), _is_day_first(table, "birth"))
        if place is not None:
            person.setdefault("birth_place", place)
    if day is not None and (wrong := _wrong_age(day, facts.first_day)):
        cell.error(said("{wrong}; the date is left blank", wrong=wrong), said("check the year"))
        day = None
    if day is not None:
        candidate.birth = day
        candidate.is_minor = facts.first_day is not None and _age(day, facts.first_day) < ADULT_AGE
        person["birth_date"] = indonesian_date(day)


def _age(birth: datetime.date, day: datetime.date) -> int:
    """How old somebody is on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _wrong_age(birth: datetime.date, event: datetime.date | None) -> Message:
    """What is wrong with a date of birth, seen from the day of the event; without one only the century is looked at."""
    if event is None:
        return NOTHING if 1900 <= birth.year < 2100 else said("the date of birth is in no year a candidate was born in")
    age = _age(birth, event)
    if birth >= event:
        return said("the date of birth is not before the event")
    if age < _AGES.start:
        return said("the candidate would be younger than {start} on the day of the event", start=_AGES.start)
    return (
        NOTHING
        if age in _AGES
        else said("the candidate would be older than {stop} on the day of the event", stop=_AGES.stop - 1)
    )


def _read_words(candidate: ReadCandidate, in_use: InUse) -> None:
    """Status, background, paper, scenarios, result and note."""
    row = candidate.row
    for key in ("status", "background", "result"):
        if (word := read_choice(row[key], _heading(key), _SPELLINGS[key])) is not None:
            candidate.words[key] = word
    for key in ("note", "state_reason", "guardian"):
        if (text := row[key].text(_heading(key))) is not None:
            candidate.words[key] = text
    papers = {} if in_use.papers is None else {letter.casefold(): letter for letter in in_use.papers}
    if (paper := _paper(row["paper"], papers, in_use)) is not None:
        candidate.words["paper"] = paper
    candidate.scenarios = _scenarios(row["scenarios"], in_use)


def _paper(cell: SheetCell, papers: Mapping[str, str], in_use: InUse) -> str | None:
    if in_use.papers is None:  # nothing is known of the edition, which is told elsewhere
        return cell.text(_heading("paper"))
    spellings = {**papers, **{f"paket {key}": letter for key, letter in papers.items()}}
    return read_choice(cell, _heading("paper"), spellings)


def _scenarios(cell: SheetCell, in_use: InUse) -> tuple[str, ...]:
    """The ids of a cell, between commas; one that is not in use leaves out itself only."""
    text = cell.text(_heading("scenarios"))
    if text is None:
        return ()
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if in_use.scenarios is None:
        return tuple(dict.fromkeys(parts))
    words = {id.casefold(): id for id in in_use.scenarios}
    if any(part.casefold() not in words for part in parts):
        cell.error(
            said("Skenario names one that is not in use; it is left out"),
            said("write of: {scenarios}", scenarios=", ".join(in_use.scenarios)),
        )
    return tuple(dict.fromkeys(words[part.casefold()] for part in parts if part.casefold() in words))


def _read_codes(candidate: ReadCandidate, codes: Mapping[str, CodeList]) -> None:
    """Codes as their lists know them; that of the education also by the level's name."""
    for column, key in CODE_KEYS.items():
        cell, known = candidate.row[column], codes.get(key)
        text = cell.text(_heading(column))
        if text is None:
            level = candidate.person.get("education", "").casefold()
            if key == "education" and known is not None and cell.is_empty and level in known.by_name:
                candidate.codes[key] = known.by_name[level]
            continue
        found = text if known is None else known.find(text)
        if found is None:
            cell.error(
                said("{heading} is not in the sheet Kode; the cell is left blank", heading=_heading(column)),
                said("write a code of the list, or add it there"),
            )
            continue
        if cell.is_number and (known is None or found != text):
            what = said("leading zeros may be lost") if known is None else said("the zeros it lost are put back")
            cell.warning(
                said("{heading} is stored as a number; {what}", heading=_heading(column), what=what),
                said("format the column as text"),
            )
        candidate.codes[key] = found


def _compare_event(row: ListRow, table: ListTable, facts: ScheduleFacts) -> None:
    """Code and day of the event as an upload sheet repeats them in each row."""
    code = row["event_code"].text(_heading("event_code"))
    if code is not None and facts.facts.code and code != facts.facts.code:
        row["event_code"].warning(
            said("the code of the event is not that of the sheet Jadwal, which is printed"), said("check both")
        )
    day = read_day(row["test_date"], _heading("test_date"), _is_day_first(table, "test_date"))
    if day is not None and facts.first_day and facts.last_day and not facts.first_day <= day <= facts.last_day:
        row["test_date"].warning(said("the day is not one of the sheet Jadwal, which are printed"), said("check both"))

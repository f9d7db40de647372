"""One assessment event as its workbook gives it: when and where, who assesses whom, with which papers and scenarios."""

import datetime
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from kitgen.base.holes import BLANK, Blank
from kitgen.model.given import Assessor, Candidate, EventFacts, Venue

Status = Literal["ikut", "mundur"]
"""Status asesi: takes part, or withdrew; a withdrawn candidate keeps the number, so that nobody else's changes."""

STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@dataclass(frozen=True, slots=True)
class EventAssessor:
    """Asesor jadwal: an assessor by the number they have in the workbook."""

    number: int
    person: Assessor
    letter_number: str | Blank = BLANK
    """Nomor surat tugas."""


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """Asesi jadwal: a candidate by the number they have in the workbook.

    `assessor` is the number of the assessor; `background` (1-5, FR.MAPA.02), `paper` (letter) and `scenarios` (ids) are
    blank or empty where they are left to kitgen. `not_competent` are the codes of the units the recap says BK of.
    """

    number: int
    person: Candidate
    assessor: int | Blank = BLANK
    status: Status = "ikut"
    background: int | Blank = BLANK
    paper: str | Blank = BLANK
    scenarios: tuple[str, ...] = ()
    result: str | Blank = BLANK
    note: str | Blank = BLANK
    not_competent: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict, hash=False)
    """Codes of the upload sheet by their heading: city, province, education, occupation, funding, ministry."""
    tag: str = ""
    """Tells this person from another who comes to have the number: a keyed digest; empty while there is no secret."""


@dataclass(frozen=True, slots=True)
class AssessmentEvent:
    """Jadwal asesmen: the whole event. `scheme` and `edition` are the ones it is pinned to."""

    name: str
    scheme: str
    edition: str
    facts: EventFacts
    venue: Venue
    assessors: tuple[EventAssessor, ...]
    candidates: tuple[EventCandidate, ...]
    most_candidates: int = 10
    """So many candidates an assessor may have; more is accepted by a named person for a reason."""
    excess_accepted: str | Blank = BLANK
    papers: tuple[str, ...] = ()
    """Letters of the papers in use; empty: all of the blueprint."""
    scenarios: tuple[str, ...] = ()
    """Ids of the scenarios in use; empty: all of the edition."""
    days: int = 0
    """So many days the event has; 0 where its dates are not known."""
    first_day: datetime.date | None = None

    def date_of(self, day: int) -> datetime.date | None:
        """The date of a day of the event, from 1; None for one it does not have, and where its dates are not known."""
        if self.first_day is None or not 1 <= day <= max(self.days, 1):
            return None
        return self.first_day + datetime.timedelta(days=day - 1)

"""One assessment event as its workbook gives it: when and where, who assesses whom, with which papers and scenarios."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from kitgen.base.holes import BLANK, Blank
from kitgen.base.project import EditionName
from kitgen.model.given import Assessor, Candidate, EventFacts, Venue
from kitgen.model.marks import EventMarks
from kitgen.model.scenario import CHAT, FACE_TO_FACE, SPOKEN_AFAR
from kitgen.model.states import BK, STATES, UPHELD, K, StateCode

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
class Decider:
    """Peserta rapat pleno: who decides, and the candidates (by number) they say they trained or assessed."""

    number: int
    name: str
    role: str | Blank = BLANK
    registration: str | Blank = BLANK
    apart: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deviation:
    """Penyimpangan dari FR.MAPA.02: an instrument added or left out for one candidate in one cluster."""

    cluster: int
    form: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class Adjustments:
    """Penyesuaian (FR.AK.07): what is done otherwise for a candidate; `extra_time` is in percent."""

    large_print: bool = False
    extra_time: int = 0
    reader: bool = False
    chat: bool = False
    """Written messages take the place of the telephone, for a candidate who is Deaf or hard of hearing."""
    face_to_face: bool = False
    """Somebody sits there in place of a telephone, a chat or a video call."""

    def words(self) -> tuple[str, ...]:
        """What was agreed, as FR.AK.07 prints it."""
        said = (
            (self.large_print, "Lembar dicetak dengan huruf besar"),
            (self.extra_time > 0, f"Waktu pengerjaan ditambah {self.extra_time}%"),
            (self.reader, "Soal dan instruksi dibacakan"),
            (self.chat, "Bermain peran secara tertulis (chat) sebagai pengganti telepon"),
            (self.face_to_face, "Bermain peran secara tatap muka sebagai pengganti saluran jadwal"),
        )
        return tuple(text for is_agreed, text in said if is_agreed)

    def channel(self, channel: str) -> str:
        """The channel agreed instead of `channel`; that one where nothing else was agreed of it."""
        if self.face_to_face:
            return FACE_TO_FACE
        return CHAT if self.chat and channel in SPOKEN_AFAR else channel

    def minutes(self, minutes: int) -> int:
        """So many minutes for what takes others `minutes`, rounded up."""
        return -(-minutes * (100 + self.extra_time) // 100)


@dataclass(frozen=True, slots=True)
class Appeal:
    """Banding: when it came, on what ground, who decides it, and what they decided."""

    date: str | Blank = BLANK
    ground: str | Blank = BLANK
    team: tuple[str, ...] = ()
    outcome: str | Blank = BLANK


@dataclass(frozen=True, slots=True)
class Retake:
    """Asesmen ulang: the units that are assessed anew, those carried over as K, and what was used before.

    `event` is the name of the one before, `tries` counts this one too.
    """

    event: str
    units: tuple[str, ...]
    carried: tuple[str, ...]
    papers: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    tries: int = 1


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """Asesi jadwal: a candidate by the number they have in the workbook.

    `assessor` is the number of the assessor; `background` (1-5, FR.MAPA.02), `paper` (letter) and `scenarios` (ids) are
    blank or empty where they are left to kitgen. `backgrounds` are those the assessor confirmed for single clusters,
    by their number. `not_competent` are the codes of the units the recap says BK of.
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
    backgrounds: tuple[tuple[int, int], ...] = ()
    deviations: tuple[Deviation, ...] = ()
    deviation_reason: str | Blank = BLANK
    adjustments: Adjustments = Adjustments()
    state: StateCode = "present"
    """What became of them; `status` follows from it."""
    state_reason: str | Blank = BLANK
    decision: str | Blank = BLANK
    """K, BK or `ditunda`, where the plenary decided otherwise than the assessor recommends."""
    decision_units: tuple[str, ...] = ()
    """Codes of the units the plenary decided BK of."""
    decision_reason: str | Blank = BLANK
    appeal: Appeal = Appeal()
    retake: Retake | None = None
    is_minor: bool = False
    """Younger than 18 on the first day of the event."""
    guardian: str | Blank = BLANK
    is_state_of_recap: bool = False
    """Whether `state` was read in the recap; the workbook says nothing of it."""

    @property
    def decided(self) -> str | Blank:
        """What was decided: K where an appeal was upheld so, else what the plenary says or the assessor recommends.

        Blank of who is not assessed.
        """
        if self.appeal.outcome == UPHELD:
            return K
        return (self.decision or self.result) if STATES[self.state].is_assessed else BLANK

    @property
    def decided_units(self) -> tuple[str, ...]:
        """The units that are BK by the decision: those named with it, else those of the recommendation."""
        if self.decided != BK:
            return ()
        return self.decision_units or self.not_competent

    def background_for(self, cluster: int) -> int | Blank:
        """The background that holds for a cluster: the one confirmed for it, else the candidate's own."""
        return dict(self.backgrounds).get(cluster, self.background)


RoomUse = Literal["asesmen", "tes", "kerja meja", "tunggu", "karantina"]
"""Guna ruang: scenes and interviews; the written test; desk work; those who wait; those who played already."""

ROOM_USES: Final[tuple[RoomUse, ...]] = get_args(RoomUse)


@dataclass(frozen=True, slots=True)
class Room:
    """Ruang TUK: its name, what it is used for, and how many it seats (0: enough)."""

    name: str
    use: RoomUse
    seats: int = 0


@dataclass(frozen=True, slots=True)
class EventActor:
    """Pemeran jadwal: who plays customers; `scenarios` are the ids they rehearsed, empty: any."""

    number: int
    name: str
    scenarios: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedAssignment:
    """Penugasan tercatat: what a candidate had when the event was delivered, and keeps as long as it is in use."""

    paper: str
    scenarios: tuple[str, ...]


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
    rooms: tuple[Room, ...] = ()
    actors: tuple[EventActor, ...] = ()
    supervisor: str | Blank = BLANK
    """Pengawas tes tertulis."""
    in_charge: str | Blank = BLANK
    """Penanggung jawab di TUK."""
    arrangement: str = ""
    """The key of its arrangement; empty: the first one of the edition."""
    channel: str = ""
    """Saluran bermain peran: the one channel candidates play in, where their scenarios offer it; empty: any."""
    pre_day: datetime.date | None = None
    pre_days: int = 0
    """So many days the pre-assessment has; 0 where its date is not known."""
    recorded: Mapping[int, RecordedAssignment] = field(default_factory=dict, hash=False)
    """By number what was recorded at the first delivery."""
    replaced_papers: tuple[str, ...] = ()
    """Letters of papers that were spoiled or leaked, in the order in which others were drawn in their place."""
    is_as_before: bool = False
    """Delivered before assignments were recorded: papers, scenarios and turns are those of kitgen 0.1."""
    deciders: tuple[Decider, ...] = ()
    marks: EventMarks = EventMarks()
    """Marks of single criteria, as recorded."""
    retention: datetime.date | None = None
    """Until this day what the event holds of people is kept."""

    @property
    def pinned_to(self) -> EditionName:
        """The edition its documents are made of."""
        return EditionName(self.scheme, self.edition)

    def date_of(self, day: int) -> datetime.date | None:
        """The date of a day of the event, from 1; None for one it does not have, and where its dates are not known."""
        if self.first_day is None or not 1 <= day <= max(self.days, 1):
            return None
        return self.first_day + datetime.timedelta(days=day - 1)

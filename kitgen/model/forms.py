"""Forms as they are declared in `templates/forms.yaml`: what differs between forms is a key of their entry."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from kitgen.model.audience import AUDIENCE_FACTS, KEY_HOLDER, Audience, AudienceFacts

if TYPE_CHECKING:  # where a project lies is found without them
    from kitgen.model.bank import QuestionKind
    from kitgen.model.methods import Method

Stage = Literal["pendaftaran", "pra-asesmen", "asesmen", "keputusan", "laporan"]
"""Tahap: registration, pre-assessment, assessment, decision, report."""

KitKind = Literal["unit", "scheme", "event"]
"""Lingkup perangkat: which slice of the data a kit holds."""

Moment = Literal["pra-asesmen", "tes", "adegan", "sesudah"]
"""Saat pakai: before the assessment, at the written test, at scenes and observations, afterwards."""

Sides = Literal["satu", "dua"]
"""Muka kertas: printed on one side, each page handed over by itself; or on both."""

Stock = Literal["biasa", "tebal"]
"""Kertas: plain, or card stock for what is cut and handled."""

Per = Literal["kit", "candidate", "assessor", "paper", "booklet", "scenario", "actor", "reserve"]
"""One document per what, inside a kit; a person's form is made once, blank, where no persons are known."""

Content = Literal[
    "units", "criteria", "tasks", "activities", "aspects", "questions", "numbers", "keys", "rationales", "answers",
    "cues", "triggers", "prompts", "observations", "scenes", "actors", "stories", "props",
    "worksheets", "anchors", "reactions", "pasted", "feedback", "performances",
]  # fmt: skip
"""Isi dokumen: what of the data must stand on a finished document, text by text; `verify/expected` spells each out."""

MarksOf = Literal["", "event", "calibration"]
"""Whose marks of single criteria are typed into a workbook; empty: nobody's."""

PropsGiven = Literal["start", "later"]
"""Kapan alat peraga diserahkan: before the first scene, or at a later one."""
PROPS_GIVEN: Final[tuple[PropsGiven, ...]] = get_args(PropsGiven)

STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
MOMENTS: Final[tuple[Moment, ...]] = get_args(Moment)
SIDES: Final[tuple[Sides, ...]] = get_args(Sides)
STOCKS: Final[tuple[Stock, ...]] = get_args(Stock)
KIT_KINDS: Final[tuple[KitKind, ...]] = get_args(KitKind)
PERS: Final[tuple[Per, ...]] = get_args(Per)
CONTENTS: Final[tuple[Content, ...]] = get_args(Content)

MOMENT_FOLDERS: Final[dict[Moment, str]] = {
    "pra-asesmen": "1 Pra-Asesmen",
    "tes": "2 Tes Tertulis",
    "adegan": "3 Adegan dan Observasi",
    "sesudah": "4 Sesudah Asesmen",
}
"""Where the packs of an event lie, by when they are used: what is printed later is not in the same file."""
AUDIENCE_FOLDERS: Final[dict[Audience, str]] = {each: facts.folder for each, facts in AUDIENCE_FACTS.items()}
EVENT_FOLDERS: Final[dict[Audience, str]] = {each: facts.event_folder for each, facts in AUDIENCE_FACTS.items()}
"""The folders of an event, by what is done with what lies in them."""
KEYS_FOLDER: Final = AUDIENCE_FOLDERS[KEY_HOLDER]
"""Where the keys of a kit lie, and those of an event."""
EARLY_FOLDERS: Final = tuple(facts.early_folder for facts in AUDIENCE_FACTS.values() if facts.early_folder is not None)
"""Where what is filled in before the assessment lies apart, in an event."""
REGISTRATION_STAGES: Final[tuple[Stage, ...]] = ("pendaftaran", "pra-asesmen")
SHARED_FOLDER: Final = "00 Bersama"
"""What is made once for all candidates or assessors: question books, cards, plans."""
WITHDRAWN_FOLDER: Final = "_DITARIK"
"""In an event's folder: documents nobody asks for any more, at the places they had. Never planned, never an orphan."""
EVENTS_FOLDER: Final = "Jadwal"
READ_FIRST: Final = "00 Baca Dulu.html"
"""The page of a kit or an event that tells what lies in its folder, and for whom."""
PACK_FOLDER: Final = "Paket Cetak"
"""The packs of a kit or an event; those of keys lie with the keys."""
HANDOVER_FOLDER: Final = "Serah Terima"
"""In an event's folder: its deliveries, one folder for each. Nothing in it is planned, or an orphan."""
RECALL_FOLDER: Final = "Penarikan"
"""In an event's folder: the sheets of its recalls, one folder for each. Nothing in it is planned, or an orphan."""
UNFINISHED_NOTE: Final = "BELUM SELESAI.txt"
"""Lies in the folder of a delivery until it is recorded, so that a killed run can be told from a lost record."""
SCHEME_FOLDER: Final = "Skema Lengkap"
UNIT_FOLDER: Final = "Per Unit"


@dataclass(frozen=True, slots=True)
class Form:
    """Formulir: one entry of `templates/forms.yaml`.

    `questions`: the kind its papers are made of: whole (`per: paper`), bound by cluster (`per: booklet`), or a sheet
    for each candidate cut to their clusters (`per: candidate`). `instrument`: the row of FR.MAPA.02 it belongs to; it
    is made for the clusters whose plan uses that instrument. `personal`: a paper's form with room for one person's
    answers, made in an event for each candidate. `typed_by`: people type into the finished workbook, which
    is made once and then theirs; the column whose text tells a row again when it must be made anew, or the text of the
    cell whose column tells rows and whose row tells columns. `results`: it is the recap, into which an event's
    results are typed and from which they are read back. `holds`: what must stand on every document of it, read back by
    `kitgen verify`. `proves`: by which method a criterion is proven by what it holds.
    """

    code: str
    title: str
    number: str
    stage: Stage
    template: str
    kits: tuple[KitKind, ...]
    per: Per
    audience: Audience
    given: tuple[str, ...]
    questions: "QuestionKind | None" = None
    instrument: str | None = None
    personal: bool = False
    typed_by: str | None = None
    results: bool = False
    marks: MarksOf = ""
    """Marks of single criteria are typed into it: those of an event's candidates, or of the calibration."""
    dated: Literal["", "pra-asesmen"] = ""
    """Which days its date is about: those of the pre-assessment; else those of the assessment."""
    is_private: bool = False
    """`private: yes`: it tells of a person's health; it is handed to their assessor, not with everyone's papers."""
    made_for: tuple[str, ...] = ()
    """In an event only for candidates in one of these states or of these outcomes (`model/states`); empty: for all."""
    channels: tuple[str, ...] = ()
    """`per: scenario`: only for role plays of these channels; empty: of any."""
    is_cut: bool = False
    """`cut: yes`: of role plays and plan it shows only what its kit is about and holds."""
    moment: Moment = "adegan"
    """When its pages are used; where the entry says nothing, it follows from the stage."""
    sides: Sides = "dua"
    stock: Stock = "biasa"
    holds: tuple[Content, ...] = ()
    proves: "tuple[tuple[Method, Content], ...]" = ()
    allow: tuple[str, ...] = ()
    """What may act by itself in its template (`render/package/active_content.ALLOWABLE`), copied with a warning."""
    file_title: str = ""
    """What its files say of themselves behind number and code; empty in lists of before, whose files say no more."""
    props: PropsGiven | None = None
    """Of a role play's sheets to read only those there at the start, or only those handed over later."""

    @property
    def audience_facts(self) -> AudienceFacts:
        """What is so of those who hold its documents."""
        return AUDIENCE_FACTS[self.audience]

    @property
    def is_shared_book(self) -> bool:
        """Whether candidates share it and read questions in it; who needs large print has one of their own."""
        return self.per in ("paper", "booklet") and self.audience_facts.is_candidates and not self.personal

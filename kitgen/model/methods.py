"""By which method each criterion is assessed: the plan that FR.MAPA.01 and FR.MAPA.02 print and the kit follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from kitgen.model.audience import known
from kitgen.model.bank import KINDS, QuestionKind
from kitgen.model.bank import Method as Method
from kitgen.model.draw import Breadth

METHODS: Final[tuple[Method, ...]] = get_args(Method)
METHOD_LABELS: Final[dict[Method, str]] = {
    "observed": "observasi", "product": "hasil kerja", "written": "tertulis", "oral": "lisan",
}  # fmt: skip
METHOD_OF_KIND: Final[dict[QuestionKind, Method]] = {
    kind: facts.method for kind, facts in KINDS.items() if facts.method is not None
}
"""What a question proves. Supporting questions prove nothing alone: they complete what was observed."""

BACKGROUNDS: Final = (1, 2, 3, 4, 5)
"""Latar belakang asesi (potensi asesi) of FR.MAPA.02, in its order."""


@dataclass(frozen=True, slots=True)
class CriterionMethods:
    """Metode satu KUK: the one it is assessed by, and those that step in when that did not show it."""

    unit_code: str = known("kode unit")
    number: str = known("nomor KUK")
    primary: Method = known("metode utama: observed, product, written, atau oral")
    reserves: tuple[Method, ...] = known("metode cadangan, yang terbaik lebih dahulu")
    proposed: bool = known("usulan kitgen, belum ditetapkan LSP", default=False)

    @property
    def named(self) -> tuple[Method, ...]:
        """All methods, the primary one first."""
        return (self.primary, *self.reserves)


Column = Literal["observation", "activity", "questioning", "portfolio", "interview", "product_review", "third_party"]
"""Kolom metode of FR.MAPA.01; interviews stand in the column of portfolios, as they ask about what is in them."""

COLUMNS: Final[tuple[Column, ...]] = get_args(Column)


@dataclass(frozen=True, slots=True)
class InstrumentKind:
    """Jenis instrumen: a row of FR.MAPA.02, as `templates/forms.yaml` lists them.

    `shows`: the methods it gives evidence by; one that `stands_in` may take the place of any method. `covers`: it is
    used for units with a KUK whose primary method is one of these, for all if there are none. `plays`: role plays
    stand under it, for the units it is used for; where no instrument says so, everybody plays all. `questions`: the
    kind of question it asks; then it is used for the units the blueprint draws them for.
    """

    form: str
    number: str
    title: str
    column: Column
    code: str
    shows: tuple[Method, ...]
    stands_in: bool = False
    plays: bool = False
    covers: tuple[Method, ...] = ()
    questions: QuestionKind | None = None

    @property
    def watches(self) -> bool:
        """Whether it is itself what an observed KUK is assessed by: a checklist ticked while the candidate works."""
        return self.column == "observation" and "observed" in self.shows


@dataclass(frozen=True, slots=True)
class Instrument:
    """Instrumen asesmen: a form used for a cluster, and for candidates of which backgrounds (1-5)."""

    form: str = known("kode formulir, misalnya FR.IA.01")
    backgrounds: tuple[int, ...] = known("latar belakang asesi yang memakainya, 1 sampai 5")
    reserve: bool = known("yes: masuk perangkat cadangan bersegel bagi yang tidak memakainya", default=False)


@dataclass(frozen=True, slots=True)
class ClusterInstruments:
    """Instrumen satu kelompok pekerjaan (FR.MAPA.02)."""

    cluster: int = known("nomor kelompok pekerjaan")
    instruments: tuple[Instrument, ...] = known("instrumen kelompok ini")
    proposed: bool = known("usulan kitgen, belum ditetapkan LSP", default=False)


@dataclass(frozen=True, slots=True)
class AssessmentPlan:
    """Rencana asesmen: methods of the criteria, instruments of the clusters; empty where none are written.

    `kinds` are the instruments there are, in the order of FR.MAPA.02. `breadths` say for which criteria questions of a
    kind are drawn; those of a kind that is not named, for all.
    """

    criteria: tuple[CriterionMethods, ...] = ()
    clusters: tuple[ClusterInstruments, ...] = ()
    kinds: tuple[InstrumentKind, ...] = ()
    breadths: Mapping[QuestionKind, Breadth] = field(default_factory=dict, hash=False)

    def primary_of(self) -> dict[tuple[str, str], CriterionMethods]:
        """The methods of each criterion, by unit code and number."""
        return {(each.unit_code, each.number): each for each in self.criteria}

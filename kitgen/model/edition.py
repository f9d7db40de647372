"""Everything one edition of a scheme consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kitgen.base.errors import Place
from kitgen.model.bank import Bank
from kitgen.model.blueprint import Blueprint, RecordedPaper
from kitgen.model.methods import AssessmentPlan
from kitgen.model.origin import EditionSeal, Origin, ReviewMark, Ruling
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Scheme
from kitgen.model.station import Stations


@dataclass(frozen=True, slots=True)
class Edition:
    """Edisi: a scheme with its bank of questions, its scenarios, and how they are used to assess.

    `places`: where each question stands, by its id, for those who report on it. `origin` is where it was copied from,
    `marks` and `rulings` what follows from its changes since; an edition with a `seal` is released.
    """

    scheme: Scheme
    bank: Bank
    scenarios: tuple[Scenario, ...]
    plan: AssessmentPlan = field(default_factory=AssessmentPlan)
    blueprint: Blueprint = field(default_factory=Blueprint)
    papers: tuple[RecordedPaper, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    marks: tuple[ReviewMark, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    origin: Origin | None = None
    seal: EditionSeal | None = None
    stations: Stations = field(default_factory=Stations)
    whole_bank: Bank = ()
    """The bank with the frames of questions nobody has written yet, for those who write and review."""
    exposure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The events whose records of deliveries name a question, by its code."""

    @property
    def open_marks(self) -> tuple[ReviewMark, ...]:
        """The review marks a person still has to clear: not those of a criterion ruled equal in meaning."""
        ruled = {(ruling.unit, ruling.number) for ruling in self.rulings}
        return tuple(mark for mark in self.marks if (mark.unit, mark.number) not in ruled)

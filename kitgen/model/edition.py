"""Everything one edition of a scheme consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kitgen.errors import Place
from kitgen.model.bank import Bank
from kitgen.model.blueprint import Blueprint, RecordedPaper
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Edition:
    """Edisi: a scheme with its bank of questions, its scenarios, and how they are used to assess.

    `places`: where each question stands, by its id, for those who report on it.
    """

    scheme: Scheme
    bank: Bank
    scenarios: tuple[Scenario, ...]
    plan: AssessmentPlan = field(default_factory=AssessmentPlan)
    blueprint: Blueprint = field(default_factory=Blueprint)
    papers: tuple[RecordedPaper, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

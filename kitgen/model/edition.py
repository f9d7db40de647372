"""Everything one edition of a scheme consists of."""

from dataclasses import dataclass

from kitgen.model.bank import Bank
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Edition:
    """Edisi: a scheme with its bank of questions and its scenarios."""

    scheme: Scheme
    bank: Bank
    scenarios: tuple[Scenario, ...]

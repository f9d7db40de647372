"""How much knowing one scenario tells of another that assesses the same units. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.kits.stations.structure import structure_of
from kitgen.kits.stations.words import tokens
from kitgen.model.scenario import Cue, Scenario
from kitgen.model.structure import FEATURES

AT_MOST: Final = 1 / 3
"""Of the hidden facts, and of the cues, of another scenario one may tell no more."""
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """Yang terbuka: what who knows `known` knows of `other`: equal hidden facts, and cues with the same answer."""

    known: str
    other: str
    equal: tuple[str, ...]
    facts: int
    answered: int
    cues: int

    @property
    def share(self) -> float:
        """The larger of the two shares."""
        return max(len(self.equal) / self.facts if self.facts else 0.0, self.answered / self.cues if self.cues else 0.0)


def told_pairs(scenarios: Sequence[Scenario]) -> list[Told]:
    """Every ordered pair of scenarios with the same units; one whose cues are not written yet tells nothing."""
    found: list[Told] = []
    written = [each for each in scenarios if all(cue.look_for for cue in each.cues)]
    for codes in dict.fromkeys(each.unit_codes for each in written):
        group = [each for each in written if each.unit_codes == codes]
        frame = _frame(group)
        hidden = {each.id: structure_of(each).hidden() for each in group}
        for known in group:
            for other in group:
                if known is not other:
                    mine, theirs = hidden[known.id], hidden[other.id]
                    equal = tuple(FEATURES[name] for name, value in theirs.items() if mine.get(name) == value)
                    answered, cues = _answered(known, other, frame)
                    found.append(Told(known.id, other.id, equal, len(theirs), answered, cues))
    return found


def _frame(group: Sequence[Scenario]) -> frozenset[str]:
    """Tokens that stand in every scenario of a group: names of forms and the like, which tell nothing."""
    if len(group) < 2:
        return frozenset()
    return frozenset.intersection(*(frozenset[str]().union(*map(_said, each.cues)) for each in group))


def _said(cue: Cue) -> frozenset[str]:
    return tokens(f"x {cue.look_for}")


def _answered(known: Scenario, other: Scenario, frame: frozenset[str]) -> tuple[int, int]:
    """Cues of `other` that name something of their own, and how many of them `known` answers by half or more."""
    mine = {(cue.unit_code, cue.number): _said(cue) - frame for cue in known.cues}
    named = [((cue.unit_code, cue.number), said) for cue in other.cues if (said := _said(cue) - frame)]
    hits = [key for key, said in named if len(said & mine.get(key, frozenset())) >= _HALF * len(said)]
    return len(hits), len(named)

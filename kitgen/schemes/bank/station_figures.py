"""How the role plays did: K and BK by scenario, criterion, assessor and actor, from the marks of events. Pure.

A candidate's marks hang together, so a share is told by the number of candidates behind it, not of marks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from kitgen.model.edition import Edition
from kitgen.model.marks import ENOUGH, FEW, EventMarks, StationMark
from kitgen.model.results import COMPETENT, NOT_COMPETENT, CandidateResult
from kitgen.model.scenario import Scenario

TOO_FEW: Final = "data belum cukup"
"""Said instead of a share below `FEW` candidates."""
ONLY_A_HINT: Final = "sedikit, hanya alasan untuk melihat"
"""Said beside a share below `ENOUGH` candidates."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Satu tanda yang berlaku: in which event, of whom, and what; by numbers, known in that event only."""

    event: str
    candidate: int
    scenario: str
    unit: str
    criterion: str
    assessor: int
    actors: tuple[int, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Hitungan K dan BK: how many candidates in which events, and their marks and decisions."""

    events: tuple[str, ...]
    candidates: int
    competent: int
    not_competent: int
    decided: int = 0
    decided_competent: int = 0
    """Of the candidates with a decision in the recap, how many are K in everything."""

    @property
    def share(self) -> float | None:
        """Share of K among the marks; none for too few candidates."""
        marks = self.competent + self.not_competent
        return self.competent / marks if marks and self.candidates >= FEW else None

    @property
    def note(self) -> str:
        """That the number is small; nothing where it is not."""
        if not self.candidates:
            return "belum ada tanda"
        return TOO_FEW if self.candidates < FEW else ONLY_A_HINT if self.candidates < ENOUGH else ""


class CriterionKey(NamedTuple):
    """KUK menurut unit dan nomor: the code of its unit, and its number."""

    unit: str
    criterion: str


class PairKey(NamedTuple):
    """Skenario dan KUK: the id of a scenario, with a criterion it shows."""

    scenario: str
    unit: str
    criterion: str


class PersonKey(NamedTuple):
    """Orang menurut jadwal: the name of an event, and a person's number in it."""

    event: str
    number: int


@dataclass(frozen=True, slots=True)
class StationFigures:
    """Statistik stasiun: over all events by scenario and criterion; of people by event and number."""

    scenarios: tuple[tuple[Scenario, Rate], ...] = ()
    criteria: tuple[tuple[CriterionKey, Rate], ...] = ()
    pairs: tuple[tuple[PairKey, Rate], ...] = ()
    assessors: tuple[tuple[PersonKey, Rate], ...] = ()
    """Personal data, as are `actors`."""
    actors: tuple[tuple[PersonKey, Rate], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nobody marked any criterion."""
        return not self.criteria

    @property
    def of_people(self) -> tuple[str, ...]:
        """The events of which there is something to say of single people."""
        return tuple(dict.fromkeys(event for (event, _), _ in (*self.assessors, *self.actors)))


Key = TypeVar("Key")
Results = Mapping[str, Mapping[int, CandidateResult]]


def station_figures(edition: Edition, known: Mapping[str, EventMarks], results: Results) -> StationFigures:
    """The figures of an edition's role plays from the marks and results of events, by their names.

    A mark that two differ on counts once somebody ruled; to an assessor counts what he or she marked. Marks of
    scenarios or criteria the edition does not have are left out.
    """
    order = [(unit.code, each.number) for unit in edition.scheme.units for each in unit.criteria()]
    place = {pair: number for number, pair in enumerate(order)}
    ids = {each.id for each in edition.scenarios}
    there = [(event, mark) for event, marks in known.items() for mark in marks.marks
             if mark.scenario in ids and (mark.unit, mark.criterion) in place]  # fmt: skip
    final = [_marked(event, mark, mark.assessor, mark.final) for event, mark in there if mark.final]
    final.sort(key=lambda each: (each.scenario, place[each.unit, each.criterion]))
    of_scenarios = dict(_rates(((each.scenario, each) for each in final), results))
    by_criterion = sorted(final, key=lambda each: place[each.unit, each.criterion])
    return StationFigures(
        tuple((each, of_scenarios.get(each.id, Rate((), 0, 0, 0))) for each in edition.scenarios),
        _rates(((CriterionKey(each.unit, each.criterion), each) for each in by_criterion), results),
        _rates(((PairKey(each.scenario, each.unit, each.criterion), each) for each in final), results),
        tuple(sorted(_rates(((PersonKey(each.event, each.assessor), each) for event, mark in there
                             for each in _by_assessors(event, mark)), results), key=lambda each: each[0])),
        tuple(sorted(_rates(((PersonKey(each.event, actor), each) for each in final for actor in each.actors), results),
                     key=lambda each: each[0])),
    )  # fmt: skip


def _rates(marked: Iterable[tuple[Key, Marked]], results: Results) -> tuple[tuple[Key, Rate], ...]:
    """The figures by key, in the order in which keys first come."""
    found: dict[Key, list[Marked]] = {}
    for key, each in marked:
        found.setdefault(key, []).append(each)
    return tuple((key, _rate(mine, results)) for key, mine in found.items())


def _by_assessors(event: str, mark: StationMark) -> Iterator[Marked]:
    if mark.first:
        yield _marked(event, mark, mark.assessor, mark.first)
    if mark.second:
        yield _marked(event, mark, mark.second_assessor, mark.second)


def _marked(event: str, mark: StationMark, assessor: int, word: str) -> Marked:
    return Marked(event, mark.candidate, mark.scenario, mark.unit, mark.criterion, assessor, mark.actors, word)


def _rate(marked: Sequence[Marked], results: Results) -> Rate:
    people = {(each.event, each.candidate) for each in marked}
    decisions = [found.decision for event, number in people
                 if (found := results.get(event, {}).get(number)) is not None and found.decision]  # fmt: skip
    return Rate(
        tuple(sorted({each.event for each in marked})),
        len(people),
        sum(each.mark == COMPETENT for each in marked),
        sum(each.mark == NOT_COMPETENT for each in marked),
        len(decisions),
        decisions.count(COMPETENT),
    )

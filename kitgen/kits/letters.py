"""Which questions each letter gets, over all kinds at once: unlike each other, none giving another away. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Final

from kitgen.kits.draw import Cell, Choice, choose, rotate
from kitgen.model.bank import Question, QuestionKind

MOST_PERMUTED: Final = 5
"""Of more letters than these only two are changed at a time: all orders would be too many."""
ATTEMPTS: Final = 12
"""So many orders are tried where questions that are kept apart still meet."""
_TWICE: Final = 1000
"""A question that stands twice on a paper is worse than any that meet."""


@dataclass(slots=True)
class Letters:
    """What the letters of every kind ask: `chosen` cell by cell and still to be changed, `recorded` for good."""

    apart: Mapping[str, frozenset[str]]
    chosen: dict[QuestionKind, dict[str, Choice]] = field(default_factory=dict)
    recorded: dict[QuestionKind, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def ids(self, kind: QuestionKind) -> dict[str, tuple[str, ...]]:
        """The questions of each letter of a kind."""
        chosen = {
            letter: tuple(question.id for cell in choice for question in cell)
            for letter, choice in self.chosen.get(kind, {}).items()
        }
        return {**self.recorded.get(kind, {}), **chosen}

    def met_with(self, letter: str) -> set[str]:
        """All questions a candidate of a letter meets; a kind that has no such letter is met with each of its own."""
        found: set[str] = set()
        for kind in {**self.recorded, **self.chosen}:
            papers = self.ids(kind)
            for ids in [papers[letter]] if letter in papers else papers.values():
                found.update(ids)
        return found

    def conflicts(self) -> int:
        """How often questions that are kept apart meet on a letter, and questions that stand twice on a paper."""
        kinds = {**self.recorded, **self.chosen}
        letters = dict.fromkeys(letter for kind in kinds for letter in self.ids(kind))
        met = [self.met_with(letter) for letter in letters]
        pairs = sum(len(self.apart.get(id, frozenset()) & ids) for ids in met for id in ids)
        twice = sum(len(ids) - len(set(ids)) for kind in kinds for ids in self.ids(kind).values())
        return pairs + _TWICE * twice


def apart_of(bank: Sequence[Question]) -> dict[str, frozenset[str]]:
    """For each question those it is kept apart from, whichever of the two says so."""
    found: dict[str, set[str]] = {question.id: set(question.apart_from) for question in bank}
    for question in bank:
        for other in question.apart_from:
            found.setdefault(other, set()).add(question.id)
    return {id: frozenset(others) for id, others in found.items() if others}


def choose_letters(
    cells: Mapping[QuestionKind, Sequence[Cell]],
    letters: Mapping[QuestionKind, Sequence[str]],
    seed: str,
    recorded: Mapping[QuestionKind, Mapping[str, tuple[str, ...]]],
    bank: Sequence[Question],
    balanced: bool,
) -> dict[QuestionKind, dict[str, Choice]]:
    """The questions of every letter that is not recorded, kind by kind.

    Unless `balanced`, each letter rotates through the cells for itself. Else each paper is first chosen apart from what
    its letter already meets; then questions of a cell change places between letters as long as fewer meet that are kept
    apart. Where some still do, it is tried from other orders of the cells; the first that leaves fewest is taken.
    """
    if not balanced:
        return _rotated(cells, letters, seed, recorded, apart_of(bank)).chosen
    best: Letters | None = None
    for attempt in range(ATTEMPTS):
        order = f"{seed}-{attempt}" if attempt else seed
        found = _chosen(cells, letters, order, recorded, apart_of(bank))
        if best is None or found.conflicts() < best.conflicts():
            best = found
        if not best.conflicts():
            break
    assert best is not None
    return best.chosen


def _rotated(
    cells: Mapping[QuestionKind, Sequence[Cell]],
    letters: Mapping[QuestionKind, Sequence[str]],
    seed: str,
    recorded: Mapping[QuestionKind, Mapping[str, tuple[str, ...]]],
    apart: Mapping[str, frozenset[str]],
) -> Letters:
    """Kind by kind, so that a kind keeps away from those before it, and from its own letters that are recorded."""
    found = Letters(apart)
    for kind, listed in letters.items():
        found.chosen[kind] = {}
        kept = recorded.get(kind, {})
        others = {id for ids in kept.values() for id in ids}
        for position, letter in enumerate(listed):
            if letter not in kept:
                met = {
                    id
                    for kind_before in found.recorded
                    for of, ids in found.ids(kind_before).items()
                    if of == letter or len(found.ids(kind_before)) != len(listed)
                    for id in ids
                }
                avoided = others | {other for id in met for other in apart.get(id, ())}
                found.chosen[kind][letter] = rotate(cells[kind], seed, position, avoided)
        found.recorded[kind] = {letter: kept[letter] for letter in listed if letter in kept}
    return found


def _chosen(
    cells: Mapping[QuestionKind, Sequence[Cell]],
    letters: Mapping[QuestionKind, Sequence[str]],
    seed: str,
    recorded: Mapping[QuestionKind, Mapping[str, tuple[str, ...]]],
    apart: Mapping[str, frozenset[str]],
) -> Letters:
    found = Letters(apart, recorded={kind: dict(papers) for kind, papers in recorded.items()})
    for kind, listed in letters.items():
        found.chosen[kind] = {}
        for position, letter in enumerate(listed):
            if letter not in recorded.get(kind, {}):
                avoided = {other for id in found.met_with(letter) for other in found.apart.get(id, ())}
                others = [id for ids in found.ids(kind).values() for id in ids]
                found.chosen[kind][letter] = choose(cells[kind], seed, position, avoided, others)
    _change_places(found)
    return found


def _change_places(found: Letters) -> None:
    left, is_better = found.conflicts(), True
    while left and is_better:
        is_better = False
        for choices in found.chosen.values():
            for cell in range(max((len(choice) for choice in choices.values()), default=0)):
                best = before = [choice[cell] for choice in choices.values()]
                for after in _exchanges(before):
                    _put(choices, cell, after)
                    count = found.conflicts()
                    if count < left:
                        best, left, is_better = after, count, True
                _put(choices, cell, best)


def _exchanges(groups: list[list[Question]]) -> Iterator[list[list[Question]]]:
    """The questions of one cell dealt otherwise among the letters: whole groups, or two questions changed."""
    if len(groups) <= MOST_PERMUTED:
        yield from (list(map(list, order)) for order in permutations(groups))
    for one, other in combinations(range(len(groups)), 2):
        for first in range(len(groups[one])):
            for second in range(len(groups[other])):
                after = [list(group) for group in groups]
                after[one][first], after[other][second] = after[other][second], after[one][first]
                yield after


def _put(choices: Mapping[str, Choice], cell: int, groups: Sequence[list[Question]]) -> None:
    for choice, group in zip(choices.values(), groups, strict=True):
        choice[cell] = group

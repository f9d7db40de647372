"""Draws questions from the bank by a seed: which, in which order, with options in which order. Pure, the same for ever.

Nothing here depends on a random generator of Python: an order is that of SHA-256 digests of the seed with the names of
what is ordered, so that the same seed gives the same paper on any machine and with any later version.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from kitgen.base.digests import digest
from kitgen.model.bank import Question

Drawn = tuple[Question, str]
"""A question and the order of its options, as the letters they have in the bank (`bdac`); empty without options."""

Item = TypeVar("Item")
_SEPARATOR: Final = "\x1f"
_LONGEST_RUN: Final = 3
"""So many keys of one letter in a row are still chance; more look like a pattern."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Sel kisi-kisi: a KUK or an element, the questions that ask it, and how many of them a paper takes."""

    name: str
    questions: tuple[Question, ...]
    count: int


Choice = list[list[Question]]
"""The questions of one paper, cell by cell."""


def choose(
    cells: Sequence[Cell], seed: str, position: int, apart: Collection[str], others: Collection[str] = ()
) -> Choice:
    """The questions of one paper: `count` of each cell.

    Of the questions of a cell those are taken that no other letter (`others`) asks, then those that are not in `apart`
    (nor kept apart from one already chosen), then those that bring difficulty and cognitive level nearest to the
    bank's own shares, and among equal ones the next in the cell's order: `position` counts the letters from 0, and
    each goes on where the one before it stopped.
    """
    avoided, taken = set(apart), Counter(others)
    balance = Balance([question for cell in cells for question in cell.questions])
    chosen: set[str] = set()
    found: Choice = []
    for cell in cells:
        ranked = shuffled(cell.questions, lambda question: question.id, seed, cell.name)
        start = position * cell.count % len(ranked) if ranked else 0
        turned = [question for question in (*ranked[start:], *ranked[:start]) if question.id not in chosen]
        found.append([])
        for _ in range(min(cell.count, len(turned))):
            question = min(turned, key=lambda each: (taken[each.id], each.id in avoided, balance.excess(each)))
            turned.remove(question)
            found[-1].append(question)
            chosen.add(question.id)
            balance.take(question)
            avoided |= set(question.apart_from)
    return found


def rotate(cells: Sequence[Cell], seed: str, position: int, apart: Collection[str]) -> Choice:
    """The questions of one paper for itself: each letter goes on in a cell's order where the one before it stopped.

    Questions in `apart` are taken only when nothing else is left.
    """
    avoided, chosen = set(apart), set[str]()
    found: Choice = []
    for cell in cells:
        ranked = shuffled(cell.questions, lambda question: question.id, seed, cell.name)
        start = position * cell.count % len(ranked) if ranked else 0
        turned = [question for question in (*ranked[start:], *ranked[:start]) if question.id not in chosen]
        turned.sort(key=lambda question: question.id in avoided)
        found.append(turned[: cell.count])
        for question in found[-1]:
            chosen.add(question.id)
            avoided |= set(question.apart_from)
    return found


def arrange(choice: Choice, seed: str, letter: str) -> list[Drawn]:
    """The paper of what was chosen: units in the order of the cells, questions shuffled within a unit."""
    chosen = [question for cell in choice for question in cell]
    units = list(dict.fromkeys(question.unit for question in chosen))
    ordered = [
        question
        for unit in units
        for question in shuffled(
            [each for each in chosen if each.unit == unit], lambda each: each.id, seed, letter, "order"
        )
    ]
    return list(_with_options(ordered, seed, letter))


class Balance:
    """How far the questions taken so far are from the shares of difficulty and level there are to take from."""

    def __init__(self, pool: Sequence[Question]) -> None:
        counts = Counter(trait for question in pool for trait in _traits(question))
        self._shares = {trait: count / len(pool) for trait, count in counts.items()}
        self._taken: Counter[tuple[str, str]] = Counter()
        self._count = 0

    def excess(self, question: Question) -> float:
        """How much more of its traits there would be than their shares; rounded, so that equal is equal everywhere."""
        return round(
            sum(self._taken[trait] + 1 - self._shares[trait] * (self._count + 1) for trait in _traits(question)), 6
        )

    def take(self, question: Question) -> None:
        """Count a question as taken."""
        self._taken.update(_traits(question))
        self._count += 1


def _traits(question: Question) -> Iterator[tuple[str, str]]:
    """What a paper is balanced by; what nobody said of a question is a trait of its own."""
    yield "difficulty", str(question.difficulty)
    yield "level", str(question.upkeep.level)


def shuffled(items: Iterable[Item], name: Callable[[Item], str], *seed: str) -> list[Item]:
    """The items in an order that depends on their names and the seed alone."""
    return sorted(items, key=lambda item: (_rank(name(item), *seed), name(item)))


def _rank(name: str, *seed: str) -> str:
    return digest(_SEPARATOR.join((*seed, name)).encode())


def _with_options(questions: Sequence[Question], seed: str, letter: str) -> Iterator[Drawn]:
    """Each question with its options shuffled so that the keys of the paper are even and show no pattern."""
    used: dict[str, int] = {}
    run: list[str] = []
    for question in questions:
        letters = [option.letter for option in question.options]
        if not letters:
            yield question, ""
            continue
        ranked = shuffled(letters, str, seed, letter, question.id)
        key = str(question.key)
        allowed = [place for place in letters if run[-_LONGEST_RUN:] != [place] * _LONGEST_RUN]
        fewest = min(used.get(place, 0) for place in allowed)
        even = [place for place in allowed if used.get(place, 0) <= fewest + 1]
        place = shuffled(even, str, seed, letter, question.id, "key")[0]
        used[place] = used.get(place, 0) + 1
        run.append(place)
        others = [option for option in ranked if option != key]
        others.insert(letters.index(place), key)
        yield question, "".join(others)


def is_order_of(order: str, question: Question) -> bool:
    """Whether `order` names each option of the question once."""
    return sorted(order) == sorted(option.letter for option in question.options)

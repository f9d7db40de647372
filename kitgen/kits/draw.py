"""Draws questions from the bank by a seed: which, in which order, with options in which order. Pure, the same for ever.

Nothing here depends on a random generator of Python: an order is that of SHA-256 digests of the seed with the names of
what is ordered, so that the same seed gives the same paper on any machine and with any later version.
"""

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


def draw(cells: Sequence[Cell], seed: str, letter: str, position: int, apart: Collection[str]) -> list[Drawn]:
    """One paper: `count` questions of each cell, units in the order of the cells, questions shuffled within a unit.

    `position` counts the letters from 0: each letter goes on in a cell's order where the one before it stopped, so that
    papers share questions only when a cell has too few. Questions in `apart` are taken only when nothing else is left.
    """
    chosen: dict[str, Question] = {}
    avoided = set(apart)
    for cell in cells:
        ranked = shuffled(cell.questions, lambda question: question.id, seed, cell.name)
        start = position * cell.count % len(ranked) if ranked else 0
        turned = [question for question in (*ranked[start:], *ranked[:start]) if question.id not in chosen]
        turned.sort(key=lambda question: question.id in avoided)
        for question in turned[: cell.count]:
            chosen[question.id] = question
            avoided |= set(question.apart_from)
    units = list(dict.fromkeys(question.unit for question in chosen.values()))
    ordered = [
        question
        for unit in units
        for question in shuffled(
            [each for each in chosen.values() if each.unit == unit], lambda each: each.id, seed, letter, "order"
        )
    ]
    return list(_with_options(ordered, seed, letter))


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

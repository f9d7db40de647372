"""A paper of an event that was spoiled or leaked, drawn anew for that event alone: other questions, new ids. Pure.

The edition stays as it is: what its papers are is recorded there, what an event puts in place of one in the event.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kitgen.kits.papers import SCHEME_KIT, DrawnPaper, papers_of_kit
from kitgen.model.bank import Question, QuestionKind
from kitgen.model.blueprint import Blueprint, RecordedPaper
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scheme import Cluster, Unit

_MARK: Final = "P"
_LONGEST: Final = 12
_GONE: Final = "Z9"
"""Begins the letters under which replaced papers are still counted, so that their questions are not drawn again."""

Drawn = Mapping[QuestionKind, tuple[DrawnPaper, ...]]


def with_replacements(
    drawn: Drawn,
    letters: Sequence[str],
    units: Sequence[Unit],
    clusters: Sequence[Cluster],
    bank: Sequence[Question],
    blueprint: Blueprint,
    plan: AssessmentPlan,
) -> Drawn:
    """The papers with those of these letters drawn anew, one replacement after another (a letter may stand twice).

    The other papers stay word for word; the new one has other questions wherever the bank has more than the cells took.
    """
    gone: list[RecordedPaper] = []
    for number, letter in enumerate(letters, 1):
        kept = [each.record for papers in drawn.values() for each in papers if each.record.letter != letter]
        gone += _renamed(drawn, letter, number)
        seed = f"{blueprint.seed[: _LONGEST - len(str(number)) - 1]}{_MARK}{number}"
        again = replace(blueprint, seed=seed)
        drawn = papers_of_kit("scheme", units, clusters, bank, again, plan, (*kept, *gone))
    return drawn


def _renamed(drawn: Drawn, letter: str, number: int) -> Iterator[RecordedPaper]:
    for papers in drawn.values():
        for each in papers:
            if each.record.letter == letter:
                _, rest = each.record.id.split("-", 1)
                yield replace(each.record, id=f"{_GONE}{number}-{rest}", kit=SCHEME_KIT)

"""Questions that give each other's answers away, over all kinds: one paper may answer another. Pure.

A text gives an answer away if it holds most of the answer's telling words. Words that stand in many questions tell
nothing, so each counts by how rare it is in the bank.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from kitgen.kits.letters import Letters, apart_of
from kitgen.model.bank import SPOKEN, Paper, Question, QuestionKind
from kitgen.model.scenario import Scenario

GIVEN_AWAY: Final = 0.45
"""Share of an answer's weight from which another question's text gives it away."""
LEAST_WORDS: Final = 4
"""An answer of fewer telling words may stand elsewhere by chance."""
COMMON: Final = 0.12
"""A word in more than this share of all questions tells nothing."""
_UNSEEN: Final = 3.0
"""What a word counts that no question of the bank holds."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ENDINGS: Final = re.compile(r"(nya|kah|lah)$")


@dataclass(frozen=True, slots=True)
class Leak:
    """Bocoran: `giver`, a question, holds most of an answer of `asked`, and the words that do."""

    giver: str
    asked: str
    words: tuple[str, ...]


def leaks(questions: Sequence[Question]) -> Iterator[Leak]:
    """Every pair of different kinds of one unit of which one gives the other away, whether kept apart or not."""
    rarity = _rarity(questions)
    shown = {question.id: [_telling(text) for text in _shown(question)] for question in questions}
    for asked in questions:
        own = frozenset().union(*shown[asked.id])
        answers = _weighed(map(_telling, _answers(asked)), own, rarity)
        for giver in questions:
            if giver.kind == asked.kind or giver.unit != asked.unit:
                continue
            found = _given_away(answers, shown[giver.id], rarity)
            if found:
                yield Leak(giver.id, asked.id, tuple(sorted(found)))


def role_plays_told(questions: Sequence[Question], scenarios: Sequence[Scenario]) -> Iterator[Leak]:
    """Every question asked aloud after a demonstration that tells what a role play looks for, or what is right in it.

    Those who were asked it may tell the ones who still play. `asked` is the scenario with its criterion, or its answer.
    """
    rarity = _rarity(questions)
    heard = [("", each.id, _telling(each.text)) for each in questions if each.kind in SPOKEN]
    heard += [
        (scenario.id, f"{scenario.id} KUK {each.criterion}", _telling(each.text))
        for scenario in scenarios
        for each in scenario.assessor.follow_up_questions
    ]
    holders: dict[str, list[int]] = {}
    for number, (_, _, words) in enumerate(heard):
        for word in words:
            holders.setdefault(word, []).append(number)
    for scenario in scenarios:
        known = _telling(f"{scenario.situation} {scenario.candidate_role} {' '.join(scenario.rules)}")
        tested = [
            (f"{scenario.id} KUK {cue.number}", [cue.look_for], known | _telling(cue.text)) for cue in scenario.cues
        ]
        tested += [(f"{scenario.id}, {each.title}", list(each.points), known) for each in scenario.assessor.answers]
        for asked, texts, own in tested:
            sought = [*map(_telling, texts)]
            rare = {word: rarity.get(word, _UNSEEN) for words in sought for word in words}
            answers = _weighed(sought, own, rare)
            for number in _likely(answers, holders):
                home, giver, words = heard[number]
                if home != scenario.id and (found := _given_away(answers, [words], rare)):
                    yield Leak(giver, asked, tuple(sorted(found)))


def _likely(answers: Iterable["Weighed"], holders: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """The texts that hold enough words of an answer, in their order; `holders` has those of each word."""
    found: set[int] = set()
    for words, _ in answers:
        counts = Counter(number for word in words for number in holders.get(word, ()))
        found.update(number for number, count in counts.items() if count >= LEAST_WORDS)
    return sorted(found)


Weighed = tuple[frozenset[str], float]
"""The telling words of an answer, and what they count together."""


def _weighed(
    answers: Iterable[frozenset[str]], own: frozenset[str], rarity: Mapping[str, float]
) -> tuple[Weighed, ...]:
    """Answers of enough telling words; what the asked question says itself does not count."""
    telling = (words - own for words in answers if len(words) >= LEAST_WORDS)
    return tuple((words, sum(rarity[word] for word in words)) for words in telling if len(words) >= LEAST_WORDS)


def _given_away(
    answers: Iterable[Weighed], texts: Sequence[frozenset[str]], rarity: Mapping[str, float]
) -> frozenset[str]:
    """The words of an answer one text holds."""
    for weighed, whole in answers:
        for text in texts:
            common = weighed & text
            if (
                len(common) >= LEAST_WORDS
                and sum(rarity[word] > 0 for word in common) >= LEAST_WORDS
                and sum(rarity[word] for word in common) >= GIVEN_AWAY * whole
            ):
                return common
    return frozenset()


def meetings(
    papers: Mapping[QuestionKind, Sequence[Paper]], bank: Sequence[Question]
) -> Iterator[tuple[str, str, str]]:
    """Letter and ids of every two questions kept apart that one candidate would meet all the same."""
    met = Letters(
        apart_of(bank),
        recorded={
            kind: {paper.letter: tuple(each.id for each in paper.questions) for paper in found}
            for kind, found in papers.items()
        },
    )
    for letter in sorted({paper.letter for found in papers.values() for paper in found}):
        ids = met.met_with(letter)
        yield from ((letter, id, other) for id in sorted(ids) for other in sorted(met.apart.get(id, frozenset()) & ids)
                    if id < other)  # fmt: skip


def _shown(question: Question) -> Iterator[str]:
    """What a candidate reads: the stem, the options one by one, and all options together."""
    yield question.text
    yield from (option.text for option in question.options)
    yield " ".join(option.text for option in question.options)


def _answers(question: Question) -> Iterator[str]:
    if question.options:
        yield from (option.text for option in question.options if option.letter == question.key)
    yield from question.marking_points


def _telling(text: str) -> frozenset[str]:
    return frozenset(_ENDINGS.sub("", word) for word in _WORD.findall(text.lower()))


def _rarity(questions: Sequence[Question]) -> Mapping[str, float]:
    texts = [frozenset().union(*map(_telling, (*_shown(each), *_answers(each)))) for each in questions]
    counts = Counter(word for words in texts for word in words)
    return {word: log(len(texts) / count) if count <= COMMON * len(texts) else 0.0 for word, count in counts.items()}

"""How questions did: difficulty, use of the options, discrimination, reliability, and what to look at. Pure.

Classical figures of test theory. Difficulty and the use of options say something from few answers on; discrimination
and reliability of fewer than 30 candidates are chance, so they are not told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from kitgen.model.bank import Difficulty, Question

ENOUGH: Final = 30
"""Candidates from which discrimination and reliability are told."""
FEW: Final = 10
"""Answers from which difficulty and options are worth a flag."""
TOO_EASY: Final = 0.95
LOW_DISCRIMINATION: Final = 0.2
AIMS: Final[Mapping[Difficulty, tuple[float, float]]] = {
    "easy": (0.7, 0.95), "medium": (0.4, 0.85), "hard": (0.25, 0.65),
}  # fmt: skip
"""Share of right answers an author means by easy, medium and hard; a convention of this program, no standard."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Lembar satu asesi: event and paper, and for each question the letter it has in the bank; empty if unanswered."""

    event: str
    paper: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Statistik butir: answers, right ones, the use of each option, and discrimination where there is enough."""

    question: Question
    answers: int
    right: int
    chosen: Mapping[str, int]
    events: tuple[str, ...]
    papers: tuple[str, ...]
    discrimination: float | None
    flags: tuple[str, ...]

    @property
    def facility(self) -> float | None:
        """Share of right answers; none where nobody answered."""
        return self.right / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """Statistik paket: candidates, mean share right, and reliability (KR-20) where there is enough."""

    paper: str
    events: tuple[str, ...]
    candidates: int
    questions: int
    mean: float | None
    reliability: float | None


def item_figures(bank: Iterable[Question], sittings: Sequence[Sitting]) -> tuple[ItemFigures, ...]:
    """The figures of every multiple-choice question somebody was asked, in the order of the bank."""
    questions = {question.id: question for question in bank if question.options}
    shares = [_share_of_others(sitting, questions) for sitting in sittings]
    found = (_figures(question, sittings, shares) for question in questions.values())
    return tuple(each for each in found if each is not None)


def paper_figures(bank: Iterable[Question], sittings: Sequence[Sitting]) -> tuple[PaperFigures, ...]:
    """The figures of every paper, by its id."""
    keys = {question.id: question.key for question in bank}
    found: list[PaperFigures] = []
    for paper in sorted({sitting.paper for sitting in sittings}):
        mine = [sitting for sitting in sittings if sitting.paper == paper]
        ids = list(mine[0].answers)
        rights = [[sitting.answers.get(id) == keys.get(id) for id in ids] for sitting in mine]
        mean = sum(map(sum, rights)) / (len(rights) * len(ids)) if ids else None
        found.append(PaperFigures(paper, _events(mine), len(mine), len(ids), mean, _reliability(rights)))
    return tuple(found)


def _share_of_others(sitting: Sitting, questions: Mapping[str, Question]) -> dict[str, float]:
    """For each question of a sheet the share of the others that were right."""
    right = {id: letter == questions[id].key for id, letter in sitting.answers.items() if id in questions}
    others = len(right) - 1
    return {id: (sum(right.values()) - is_right) / others for id, is_right in right.items()} if others > 0 else {}


def _figures(
    question: Question, sittings: Sequence[Sitting], shares: Sequence[Mapping[str, float]]
) -> ItemFigures | None:
    asked = [
        (sitting, share) for sitting, share in zip(sittings, shares, strict=True) if question.id in sitting.answers
    ]
    if not asked:
        return None
    given = [sitting.answers[question.id] for sitting, _ in asked]
    pairs = [(float(letter == question.key), share[question.id])
             for letter, (_, share) in zip(given, asked, strict=True) if question.id in share]  # fmt: skip
    right = sum(letter == question.key for letter in given)
    chosen = Counter(letter for letter in given if letter)
    discrimination = _correlation(pairs) if len(pairs) >= ENOUGH else None
    mine = [sitting for sitting, _ in asked]
    return ItemFigures(
        question, len(given), right, {option.letter: chosen[option.letter] for option in question.options},
        _events(mine), tuple(sorted({sitting.paper for sitting in mine})), discrimination,
        tuple(_flags(question, len(given), right, chosen, discrimination)),
    )  # fmt: skip


def _flags(
    question: Question, answers: int, right: int, chosen: Mapping[str, int], discrimination: float | None
) -> Iterable[str]:
    if answers >= FEW:
        share, chance = right / answers, 1 / len(question.options)
        if share > TOO_EASY:
            yield "hampir semua benar: periksa apakah stem atau pilihannya membocorkan kunci"
        if share < chance:
            yield "benar lebih jarang daripada menebak: periksa kuncinya"
        if isinstance(question.difficulty, str):
            low, high = AIMS[question.difficulty]
            if chance <= share < low:
                yield "lebih sukar daripada sasarannya"
            elif high < share <= TOO_EASY:
                yield "lebih mudah daripada sasarannya"
        for option in question.options:
            if option.letter != question.key and not chosen[option.letter]:
                yield f"pilihan {option.letter} tidak pernah dipilih: pengecohnya tidak bekerja"
            if option.letter != question.key and chosen[option.letter] > right:
                yield f"pilihan {option.letter} lebih sering dipilih daripada kunci"
    if discrimination is not None and discrimination < 0:
        yield "daya beda negatif: asesi yang lemah lebih sering benar"
    elif discrimination is not None and discrimination < LOW_DISCRIMINATION:
        yield "daya beda di bawah 0,20"


def _events(sittings: Iterable[Sitting]) -> tuple[str, ...]:
    return tuple(sorted({sitting.event for sitting in sittings}))


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation of one question with the rest of the paper; none where either does not vary."""
    count = len(pairs)
    first, second = (sum(pair[part] for pair in pairs) / count for part in (0, 1))
    spread = [sum((pair[part] - mean) ** 2 for pair in pairs) for part, mean in ((0, first), (1, second))]
    if min(spread) <= 1e-12:
        return None
    return sum((one - first) * (other - second) for one, other in pairs) / sqrt(spread[0] * spread[1])


def _reliability(rights: Sequence[Sequence[bool]]) -> float | None:
    """Kuder and Richardson's formula 20; none for too few candidates or questions, or where nobody differs."""
    count, questions = len(rights), len(rights[0])
    if count < ENOUGH or questions < 2:
        return None
    totals = [sum(row) for row in rights]
    mean = sum(totals) / count
    variance = sum((total - mean) ** 2 for total in totals) / count
    if variance <= 1e-12:
        return None
    shares = [sum(row[place] for row in rights) / count for place in range(questions)]
    return questions / (questions - 1) * (1 - sum(share * (1 - share) for share in shares) / variance)

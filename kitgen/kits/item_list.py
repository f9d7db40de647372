"""The questions of a kit's papers as validators read them: level, difficulty, status, who reviewed them. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from kitgen.base.holes import BLANK
from kitgen.model.bank import DIFFICULTY_LABELS, KIND_LABELS, Paper, PaperDecision, Question, QuestionKind
from kitgen.model.blueprint import ItemListLine
from kitgen.model.upkeep import LEVEL_LABELS, STATUS_LABELS


def item_lines(
    bank: Iterable[Question],
    papers: Mapping[QuestionKind, Sequence[Paper]],
    exposure: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[ItemListLine]:
    """A line for each question on a paper, in the order of the bank, with the letters and events that ask it."""
    asked: dict[str, dict[str, None]] = {}
    for found in papers.values():
        for paper in found:
            for printed in paper.questions:
                asked.setdefault(printed.id, {})[paper.letter] = None
    for question in bank:
        if question.id in asked:
            care, difficulty = question.upkeep, question.difficulty
            yield ItemListLine(
                id=question.id,
                kind=KIND_LABELS[question.kind],
                unit_code=question.unit,
                criteria=", ".join(question.criteria),
                level=LEVEL_LABELS[care.level] if isinstance(care.level, str) else BLANK,
                difficulty=DIFFICULTY_LABELS[difficulty] if isinstance(difficulty, str) else BLANK,
                status=STATUS_LABELS[care.status],
                author=care.author,
                reviewer=care.reviewer,
                reviewed_on=care.reviewed_on,
                letters=", ".join(asked[question.id]),
                events=", ".join(exposure.get(question.id, ())),
            )


def paper_notes(papers: Mapping[QuestionKind, Sequence[Paper]]) -> Iterator[str]:
    """What a blueprint has to say beside its table: why kinds ask beyond the plan, and the rule of decision."""
    for kind, found in papers.items():
        for why in dict.fromkeys(paper.why for paper in found if isinstance(paper.why, str)):
            yield f"Soal {KIND_LABELS[kind]}: {why}"
        yield from dict.fromkeys(paper.decision.text for paper in found if isinstance(paper.decision, PaperDecision))

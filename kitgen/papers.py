"""Arranges questions of the bank into papers. Pure: the same questions give the same paper with the same id."""

from collections.abc import Iterable, Sequence
from typing import Final

from kitgen.empty import BLANK
from kitgen.fingerprint import ALPHABET, digest_values
from kitgen.model.bank import Paper, PaperQuestion, Question, QuestionKind, QuestionPair

ID_LETTERS: Final = 4


def arrange(questions: Iterable[Question], kind: QuestionKind, letter: str = "A") -> Paper | None:
    """The paper of all questions of one kind, in the order of the bank; None if there is none.

    Its id is its letter and four letters that stand for what its questions ask, so that a question sheet and a key
    that do not belong together cannot carry the same id.
    """
    chosen = [question for question in questions if question.kind == kind]
    if not chosen:
        return None
    numbered = tuple(_numbered(question, number) for number, question in enumerate(chosen, 1))
    return Paper(f"{letter}-{_code(chosen)}", letter, numbered, in_two_columns(numbered))


def in_two_columns(questions: Sequence[PaperQuestion]) -> tuple[QuestionPair, ...]:
    """Questions side by side so that numbers run down the left half, then down the right one."""
    half = (len(questions) + 1) // 2
    return tuple(
        QuestionPair(questions[row], questions[row + half] if row + half < len(questions) else BLANK)
        for row in range(half)
    )


def _numbered(question: Question, number: int) -> PaperQuestion:
    key = next((option for option in question.options if option.letter == question.key), None)
    return PaperQuestion(
        number=number,
        id=question.id,
        unit_code=question.unit,
        criteria=", ".join(question.criteria),
        text=question.text,
        options=question.options,
        key=question.key,
        rationale=key.rationale if key is not None else BLANK,
        model_answer=question.model_answer,
        marking_points=question.marking_points,
    )


def _code(questions: Sequence[Question]) -> str:
    asked = [[question.id, question.text, [option.text for option in question.options]] for question in questions]
    number = int(digest_values(asked)[:10], 16)
    return "".join(ALPHABET[number >> (5 * position) & 31] for position in range(ID_LETTERS))

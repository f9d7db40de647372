"""What the rows of a workbook change in the bank: which questions, and which files say something else then. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kitgen.model.bank import QUESTION_KINDS, Question, QuestionKind
from kitgen.model.bank_columns import changed_columns

RowState = Literal["unchanged", "changed", "new", "missing", "removed"]
"""`missing`: a question of the bank without a row, which is kept; `removed`: one that is taken out."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """Perubahan butir: how a question of the workbook stands to that of the bank, and the columns that differ."""

    id: str
    state: RowState
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BankChanges:
    """Perubahan bank soal: the rows of the workbook, then the questions without one; and the bank that comes of it."""

    rows: tuple[RowChange, ...]
    files: Mapping[str, tuple[Question, ...]]
    changed_files: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The codes of all questions there will be."""
        return frozenset(question.id for questions in self.files.values() for question in questions)


def compare_bank(
    bank: Sequence[Question],
    written: Sequence[Question],
    kinds: Collection[QuestionKind],
    files: Mapping[str, str],
    new_file: Callable[[str], str],
    remove: bool,
) -> BankChanges:
    """What `written`, the rows of the sheets of `kinds`, makes of the bank.

    `files` names the file of each question of the bank, `new_file` that of a unit which has none yet. A question
    without a row is missing only if its sheet is there and holds rows of its unit: a workbook of one unit, or one
    whose other sheets were deleted, says nothing of the rest.
    """
    old = {question.id: question for question in bank}
    # A workbook has no column for review marks: they stay until a person clears them.
    written = [replace(each, review=old[each.id].review) if each.id in old else each for each in written]
    new = {question.id: question for question in written}
    units = {question.unit for question in written}
    rows = [_row(old.get(question.id), question) for question in written]
    gone: set[str] = set()
    for question in bank:
        if question.id not in new and question.kind in kinds and question.unit in units:
            rows.append(RowChange(question.id, "removed" if remove else "missing"))
            gone |= {question.id} if remove else set()
    before: dict[str, list[Question]] = {}
    for question in bank:
        before.setdefault(files[question.id], []).append(question)
    after = {
        file: [new.get(each.id, each) for each in questions if each.id not in gone and _stays(each, new)]
        for file, questions in before.items()
    }
    homes = {question.unit: files[question.id] for question in bank}
    for question in written:
        if question.id not in old or not _stays(old[question.id], new):
            _insert(after.setdefault(homes.get(question.unit) or new_file(question.unit), []), question)
    changed = tuple(file for file in after if after[file] != before.get(file, []))
    return BankChanges(tuple(rows), {file: tuple(questions) for file, questions in after.items()}, changed)


def _row(old: Question | None, new: Question) -> RowChange:
    if old is None:
        return RowChange(new.id, "new")
    return RowChange(new.id, "unchanged") if old == new else RowChange(new.id, "changed", changed_columns(old, new))


def _stays(question: Question, new: Mapping[str, Question]) -> bool:
    """Whether a question keeps its place in its file; one of another unit goes to that unit's file."""
    return new.get(question.id, question).unit == question.unit


def _insert(questions: list[Question], question: Question) -> None:
    """Put a question behind the last of its kind, or of the kinds before it."""
    rank = QUESTION_KINDS.index(question.kind)
    behind = [place for place, each in enumerate(questions, 1) if QUESTION_KINDS.index(each.kind) <= rank]
    questions.insert(max(behind, default=0), question)

"""The bank as tables: a sheet for each kind of question, a row for each question, headings in Indonesian. Pure.

The workbook for subject experts is written and read by these names, and what an import changed is told by them.
"""

from typing import Final

from kitgen.model.bank import DIFFICULTY_LABELS, KINDS, LETTERS, WITH_OPTIONS, Question, QuestionKind
from kitgen.model.upkeep import LEVEL_LABELS, STATUS_LABELS, Level, Status

SHEETS: Final[dict[QuestionKind, str]] = {kind: facts.sheet for kind, facts in KINDS.items()}
GUIDE_SHEET: Final = "Petunjuk"
SHEET: Final = "Lembar"
"""What is said to have changed of a question that moved to the sheet of another kind; no heading."""

ID: Final = "Kode Butir"
UNIT: Final = "Unit"
CRITERIA: Final = "KUK"
DIFFICULTY: Final = "Tingkat"
BRANCH: Final = "Bidang"
APART: Final = "Dipisahkan dari"
TEXT: Final = "Soal"
KEY: Final = "Kunci"
MODEL_ANSWER: Final = "Jawaban Acuan"
MARKING: Final = "Pokok Penilaian"
LEVEL: Final = "Jenjang"
SOURCE: Final = "Sumber"
AUTHOR: Final = "Penyusun"
REVIEWER: Final = "Penelaah"
REVIEWED_ON: Final = "Tanggal Telaah"
STATUS: Final = "Status"
NOTE: Final = "Catatan Perubahan"

PAPERS: Final = "Paket"
EVENTS: Final = "Jadwal"

TOLD: Final = (PAPERS, EVENTS)
"""Columns kitgen fills in for people to read, behind all others: where a question is asked, and which events handed it
out. They are not read back.
"""
_COMMON: Final = (ID, UNIT, CRITERIA, DIFFICULTY, BRANCH, APART, TEXT)
UPKEEP: Final = (LEVEL, SOURCE, AUTHOR, REVIEWER, REVIEWED_ON, STATUS, NOTE)
"""The columns of a question's care, behind all others; a workbook written before there were any lacks them."""


def option_headings(letter: str) -> tuple[str, str]:
    """The headings of an option's text and of the reason it is right or tempting."""
    return f"Pilihan {letter.upper()}", f"Alasan {letter.upper()}"


def headings_of(kind: QuestionKind) -> tuple[str, ...]:
    """The headings of a kind's sheet, in the order they are written."""
    if kind not in WITH_OPTIONS:
        return (*_COMMON, MODEL_ANSWER, MARKING, *UPKEEP)
    return (*_COMMON, *(heading for letter in LETTERS for heading in option_headings(letter)), KEY, *UPKEEP)


def cells_of(question: Question) -> dict[str, str]:
    """The text below each heading; two questions of one kind are equal if and only if their cells are."""
    cells = dict.fromkeys(headings_of(question.kind), "")
    difficulty = question.difficulty
    cells |= {
        ID: question.id,
        UNIT: question.unit,
        CRITERIA: ", ".join(question.criteria),
        DIFFICULTY: DIFFICULTY_LABELS[difficulty] if isinstance(difficulty, str) else "",
        BRANCH: str(question.branch),
        APART: ", ".join(question.apart_from),
        TEXT: question.text,
        **_upkeep_cells(question),
    }
    if question.kind not in WITH_OPTIONS:
        return cells | {MODEL_ANSWER: str(question.model_answer), MARKING: "\n".join(question.marking_points)}
    for option in question.options:
        text, rationale = option_headings(option.letter)
        cells |= {text: option.text, rationale: option.rationale}
    return cells | {KEY: str(question.key)}


def _upkeep_cells(question: Question) -> dict[str, str]:
    care = question.upkeep
    level: Level | None = care.level if isinstance(care.level, str) else None
    status: Status = care.status
    return {
        LEVEL: LEVEL_LABELS[level] if level else "",
        SOURCE: str(care.source),
        AUTHOR: str(care.author),
        REVIEWER: str(care.reviewer),
        REVIEWED_ON: str(care.reviewed_on),
        STATUS: STATUS_LABELS[status],
        NOTE: str(care.note),
    }


def changed_columns(old: Question, new: Question) -> tuple[str, ...]:
    """The headings below which two states of a question differ; none if they are equal."""
    before, after = cells_of(old), cells_of(new)
    columns = [heading for heading in after if heading in before and before[heading] != after[heading]]
    return tuple([SHEET, *columns] if old.kind != new.kind else columns)

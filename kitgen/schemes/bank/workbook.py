"""The bank as a workbook for subject experts: instructions, and a sheet for each kind of question."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.load.sheets.grid import column_letters
from kitgen.model.bank import DIFFICULTY_LABELS, LETTERS, Question, QuestionKind
from kitgen.model.bank_columns import (
    APART,
    BRANCH,
    CRITERIA,
    DIFFICULTY,
    GUIDE_SHEET,
    ID,
    KEY,
    MARKING,
    MODEL_ANSWER,
    SHEETS,
    TEXT,
    UNIT,
    cells_of,
    headings_of,
)
from kitgen.model.scheme import Scheme, Unit
from kitgen.render.made.workbook import MadeCell, MadeRule, MadeSheet, escape_cell, workbook_bytes
from kitgen.schemes.bank.bank_guide import guide_rows

LONGEST_CELL: Final = 32_767
"""So many UTF-16 units Excel keeps in one cell."""
_SPARE_ROWS: Final = 500
"""Rows below the last question that have drop-down lists and formats too, for new questions."""
_WIDTHS: Final = {
    ID: 14, UNIT: 19, CRITERIA: 10, DIFFICULTY: 10, BRANCH: 18, APART: 18, TEXT: 60, KEY: 8, MODEL_ANSWER: 70,
    MARKING: 70,
}  # fmt: skip
_OPTION_WIDTH: Final = 38
_GUIDE_WIDTHS: Final = (24, 12, 110)
_FOOTER: Final = "&A, halaman &P dari &N"


def bank_workbook(
    scheme: Scheme, units: Sequence[Unit], bank: Sequence[Question], places: Mapping[str, Place], findings: Findings
) -> bytes:
    """The questions of `units` as a workbook: equal banks give equal bytes. A text no cell can hold is noted."""
    guide, codes = _guide(scheme, units)
    sheets = [guide]
    for kind in SHEETS:
        asked = [
            question for unit in units for question in bank if question.unit == unit.code and question.kind == kind
        ]
        for question in asked:
            _refuse_long(question, places, findings)
        sheets.append(_sheet(kind, asked, codes))
    return b"" if findings.errors else workbook_bytes(sheets, f"Bank soal {scheme.title}, edisi {scheme.edition}")


def _refuse_long(question: Question, places: Mapping[str, Place], findings: Findings) -> None:
    for heading, text in cells_of(question).items():
        length = len(escape_cell(text).encode("utf-16-le")) // 2
        if length > LONGEST_CELL:
            message = f"`{heading}` of question {question.id} has {length} characters; a cell holds {LONGEST_CELL}"
            findings.error(message, places.get(question.id), "shorten it")


def _guide(scheme: Scheme, units: Sequence[Unit]) -> tuple[MadeSheet, str]:
    """The sheet of instructions, and the area of its codes of units, for the drop-down lists."""
    rows = guide_rows(scheme, units)
    cells = {
        (number, column): MadeCell(text, "title" if number == 1 else "strong" if row.is_bold else "plain")
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row.texts, 1)
        if text
    }
    listed = [number for number, row in enumerate(rows, 1) if row.is_unit]
    codes = f"'{GUIDE_SHEET}'!$A${listed[0]}:$A${listed[-1]}" if listed else ""
    return MadeSheet(GUIDE_SHEET, cells, _GUIDE_WIDTHS, paper="A3", footer=_FOOTER), codes


def _sheet(kind: QuestionKind, questions: Sequence[Question], codes: str) -> MadeSheet:
    headings = headings_of(kind)
    cells = {(1, column): MadeCell(heading, "head") for column, heading in enumerate(headings, 1)}
    for row, question in enumerate(questions, 2):
        texts = cells_of(question)
        for column, heading in enumerate(headings, 1):
            cells[row, column] = MadeCell(texts[heading] or None, "entry", "@")
    last = len(questions) + 1
    return MadeSheet(
        SHEETS[kind],
        cells,
        [_WIDTHS.get(heading, _OPTION_WIDTH) for heading in headings],
        frozen="B2",
        head_rows="1:1",
        head_columns="A:A",
        rules=_lists(headings, last + _SPARE_ROWS, codes),
        # so that a program takes `1.1` typed in a new row for a text
        formats=dict.fromkeys(range(1, len(headings) + 1), "@"),
        filtered=f"A1:{column_letters(len(headings))}{last}",
        paper="A3",
        footer=_FOOTER,
    )


def _lists(headings: Sequence[str], last: int, codes: str) -> list[MadeRule]:
    allowed = {DIFFICULTY: f'"{",".join(DIFFICULTY_LABELS.values())}"', KEY: f'"{",".join(LETTERS)}"', UNIT: codes}
    return [
        MadeRule(f"{column_letters(number)}2:{column_letters(number)}{last}", allowed[heading], is_strict=True)
        for number, heading in enumerate(headings, 1)
        if allowed.get(heading)
    ]

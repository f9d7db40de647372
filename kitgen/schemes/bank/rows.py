"""Reads the workbook of the bank back: rows to questions, every fault with its sheet and cell."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import NOTHING, Message, said
from kitgen.load.edition.bank import MIN_OPTIONS
from kitgen.load.edition.upkeep import is_day
from kitgen.load.sheets.grid import Grid
from kitgen.load.sheets.text_rows import RowReader, plain, read_rows
from kitgen.load.sheets.workbook_grids import OF_SCHEMES, sheets_of
from kitgen.model.bank import (
    DIFFICULTY_LABELS,
    LETTERS,
    QUESTION_ID,
    WITH_OPTIONS,
    AnswerOption,
    Difficulty,
    Question,
    QuestionKind,
    frame_of,
)
from kitgen.model.bank_columns import (
    APART,
    AUTHOR,
    BRANCH,
    CRITERIA,
    DIFFICULTY,
    GUIDE_SHEET,
    ID,
    KEY,
    LEVEL,
    MARKING,
    MODEL_ANSWER,
    NOTE,
    REVIEWED_ON,
    REVIEWER,
    SHEETS,
    SOURCE,
    STATUS,
    TEXT,
    TOLD,
    UNIT,
    UPKEEP,
    headings_of,
    option_headings,
)
from kitgen.model.scheme import Scheme, Unit
from kitgen.model.upkeep import LEVEL_LABELS, STATUS_LABELS, Upkeep, missing_review

_ANSWERS: Final = (KEY, MODEL_ANSWER, *option_headings("a"))
"""What a row that is more than a frame says besides its text."""
_KINDS: Final = {title.lower(): kind for kind, title in SHEETS.items()}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A question as its row says it, and where the cells are that other questions may make wrong."""

    question: Question
    place: Place
    apart_place: Place


@dataclass(frozen=True, slots=True)
class ReadBank:
    """What a workbook says: its rows, and the kinds whose sheets are in it."""

    rows: tuple[ReadRow, ...]
    kinds: frozenset[QuestionKind]


def read_bank(data: bytes, file: str, scheme: Scheme, bank: Sequence[Question], findings: Findings) -> ReadBank:
    """Every row as a question; faults go to `findings`, and rows that have any are left out.

    `bank` is what there is already; the codes offered for new questions go on where its own end.
    """
    sheets, others = sheets_of(data, file, findings, OF_SCHEMES, lambda title: plain(title) in _KINDS)
    if not sheets:
        known = ", ".join(SHEETS.values())
        findings.error(
            said("workbook has no sheet of the bank"), Place(file), said("its sheets are named {known}", known=known)
        )
    for title in others:
        if plain(title) != plain(GUIDE_SHEET):
            findings.warning(
                said("sheet `{title}` is not read", title=title), Place(file), did_you_mean(title, SHEETS.values())
            )
    rows: list[ReadRow] = []
    places: dict[str, Place] = {}
    for sheet in sheets:
        rows += _read_sheet(sheet, _KINDS[plain(sheet.sheet)], scheme, bank, places)
    return ReadBank(tuple(rows), frozenset(_KINDS[plain(sheet.sheet)] for sheet in sheets))


def _read_sheet(
    grid: Grid, kind: QuestionKind, scheme: Scheme, bank: Sequence[Question], places: dict[str, Place]
) -> Iterator[ReadRow]:
    for reader in read_rows(grid, (*headings_of(kind), *TOLD), (*UPKEEP, *TOLD)):
        question = _question(reader, kind, scheme, bank)
        if question.id in places:
            reader.error(
                ID,
                said("question {id} stands twice, first in {spot}", id=question.id, spot=places[question.id].spot),
                said("give it a code of its own"),
            )
        elif question.id:
            places[question.id] = reader.place(ID)
        if not reader.has_faults:
            yield ReadRow(question, reader.place(ID), reader.place(APART))


def _question(row: RowReader, kind: QuestionKind, scheme: Scheme, bank: Sequence[Question]) -> Question:
    unit = _unit(row, scheme)
    upkeep = _upkeep(row, bank)
    if upkeep.status == "frame":
        if not any(row.text(heading) for heading in (TEXT, *_ANSWERS) if row.has(heading)):
            code = unit.code if unit else ""
            return frame_of(_id(row, kind, unit, bank), kind, code, _criteria(row, unit), upkeep)
        upkeep = replace(upkeep, status="draft")
    options = tuple(_options(row)) if kind in WITH_OPTIONS else ()
    return Question(
        id=_id(row, kind, unit, bank),
        kind=kind,
        unit=unit.code if unit else "",
        criteria=_criteria(row, unit),
        text=row.required(TEXT),
        options=options,
        key=_key(row, options) if kind in WITH_OPTIONS else BLANK,
        model_answer=BLANK if kind in WITH_OPTIONS else row.required(MODEL_ANSWER),
        marking_points=() if kind in WITH_OPTIONS else row.lines(MARKING),
        difficulty=_difficulty(row),
        branch=row.text(BRANCH) or BLANK,
        apart_from=row.codes(APART),
        upkeep=upkeep,
    )


def _id(row: RowReader, kind: QuestionKind, unit: Unit | None, bank: Sequence[Question]) -> str:
    free = _free_id([each.id for each in bank if each.kind == kind and unit and each.unit == unit.code])
    id = row.required(
        ID, said("give it a code of its own, such as {free}", free=free) if free else said("give it a code of its own")
    )
    if id and not QUESTION_ID.fullmatch(id):
        row.error(
            ID,
            said("`{id}` is no code of a question", id=id),
            said("letters, digits, `-`, `.` and `_`, at most 40, no blanks"),
        )
    return id


def _free_id(ids: Iterable[str]) -> str:
    """The code after the last one; empty if codes end in no number."""
    found = [(int(match[2]), match[1], len(match[2])) for id in ids if (match := re.fullmatch(r"(.*?)(\d{1,9})", id))]
    if not found:
        return ""
    number, stem, width = max(found)
    return f"{stem}{number + 1:0{width}}"


def _unit(row: RowReader, scheme: Scheme) -> Unit | None:
    code = row.required(UNIT, said("choose its code from the list"))
    units = {unit.code: unit for unit in scheme.units}
    if code and code not in units:
        row.error(
            UNIT,
            said("the scheme has no unit {code}", code=code),
            did_you_mean(code, units) or said("choose it from the list"),
        )
    return units.get(code)


def _criteria(row: RowReader, unit: Unit | None) -> tuple[str, ...]:
    numbers = row.codes(CRITERIA)
    if not numbers and not row.cell(CRITERIA).fault:
        row.error(CRITERIA, said("question names no criterion (KUK)"), said("write its number, such as 1.1"))
    known = {criterion.number for criterion in unit.criteria()} if unit else set()
    for number in numbers:
        if unit is not None and number not in known:
            row.error(
                CRITERIA,
                said("unit {code} has no criterion (KUK) {number}", code=unit.code, number=number),
                did_you_mean(number, known),
            )
    return numbers


def _difficulty(row: RowReader) -> Difficulty | Blank:
    word = row.word(DIFFICULTY, DIFFICULTY_LABELS.values())
    return next((difficulty for difficulty, label in DIFFICULTY_LABELS.items() if label == word), BLANK)


def _upkeep(row: RowReader, bank: Sequence[Question]) -> Upkeep:
    """The care of a question; what a workbook has no column for is as the bank has it."""
    code = row.text(ID)
    kept = next((each.upkeep for each in bank if each.id == code), Upkeep())

    def text(heading: str, old: str | Blank) -> str | Blank:
        return row.text(heading) or BLANK if row.has(heading) else old

    level = row.word(LEVEL, LEVEL_LABELS.values()) if row.has(LEVEL) else ""
    status = row.word(STATUS, STATUS_LABELS.values()) if row.has(STATUS) else STATUS_LABELS[kept.status]
    day = row.text(REVIEWED_ON) if row.has(REVIEWED_ON) else ""
    if day and not is_day(day):
        row.error(REVIEWED_ON, said("`{day}` is no day", day=day), said("write year, month and day: 2026-03-01"))
    upkeep = Upkeep(
        level=next((each for each, label in LEVEL_LABELS.items() if label == level), BLANK)
        if row.has(LEVEL)
        else kept.level,
        source=text(SOURCE, kept.source),
        author=text(AUTHOR, kept.author),
        reviewer=text(REVIEWER, kept.reviewer),
        reviewed_on=text(REVIEWED_ON, kept.reviewed_on),
        status=next((each for each, label in STATUS_LABELS.items() if label == status), "draft"),
        note=text(NOTE, kept.note),
    )
    missing = missing_review(upkeep)
    if missing:
        row.error(
            STATUS,
            said("question is `{status}` and names no {missing}", status=status, missing=missing),
            said("fill it in, or leave the status `draf`"),
        )
    return upkeep


def _options(row: RowReader) -> Iterator[AnswerOption]:
    found = {letter: tuple(row.text(heading) for heading in option_headings(letter)) for letter in LETTERS}
    written = [letter for letter in LETTERS if any(found[letter]) or _is_faulty(row, letter)]
    count = LETTERS.index(written[-1]) + 1 if written else 0
    for letter in LETTERS[: max(count, MIN_OPTIONS)]:
        for heading, text in zip(option_headings(letter), found[letter], strict=True):
            if not text and not row.cell(heading).fault:
                row.error(heading, said("`{heading}` is empty", heading=heading), _option_help(letter, count))
        yield AnswerOption(letter, *found[letter])


def _is_faulty(row: RowReader, letter: str) -> bool:
    return any(row.cell(heading).fault for heading in option_headings(letter))


def _option_help(letter: str, count: int) -> Message:
    if LETTERS.index(letter) >= count:
        return said(
            "a multiple-choice question has {min_options} to {letters} options",
            min_options=MIN_OPTIONS,
            letters=len(LETTERS),
        )
    return said("each option has a text and a reason, and no letter is left out")


def _key(row: RowReader, options: Collection[AnswerOption]) -> str:
    letters = [option.letter for option in options if option.text]
    key = row.required(KEY, said("write the letter of the right option")).lower()
    if key and key not in letters:
        row.error(
            KEY,
            said("key `{key}` is none of the options", key=key),
            said("write one of: {letters}", letters=", ".join(letters)) if letters else NOTHING,
        )
    return key

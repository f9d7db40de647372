"""Reads `questions/<unit>.yaml`, the bank of a scheme."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import said
from kitgen.load.edition.criterion_names import Marks, read_marks, refuse_unknown
from kitgen.load.edition.upkeep import UPKEEP_KEYS, read_upkeep, upkeep_lines
from kitgen.load.yaml.source import Entry, Fields, open_yaml, yaml_files
from kitgen.load.yaml.text import quoted, quoted_list
from kitgen.model.bank import (
    DIFFICULTIES,
    LETTERS,
    QUESTION_ID,
    QUESTION_KINDS,
    WITH_OPTIONS,
    AnswerOption,
    Difficulty,
    Question,
    QuestionKind,
    frame_of,
)
from kitgen.model.scheme import Scheme, Unit

_COMMON: Final = ("id", "kind", "criteria", "review", "difficulty", "branch", "apart_from", *UPKEEP_KEYS, "text")
_KEYS: Final[dict[QuestionKind, tuple[str, ...]]] = {
    kind: (*_COMMON, *(("options", "key") if kind in WITH_OPTIONS else ("model_answer", "marking_points")))
    for kind in QUESTION_KINDS
}
MIN_OPTIONS: Final = 3


def load_bank(
    folder: Path, shown: Callable[[Path], str], scheme: Scheme, findings: Findings, marks: Marks | None = None
) -> tuple[tuple[Question, ...], dict[str, Place]]:
    """All questions of a scheme by the order of its units, and the place of each by its id.

    `shown` names a file for errors; every problem is noted in `findings`, review marks are added to `marks`.
    """
    units = {unit.code: unit for unit in scheme.units}
    questions: list[Question] = []
    places: dict[str, Entry] = {}
    for path in yaml_files(folder):
        top = open_yaml(path, shown(path), findings)
        if top is None:
            continue
        fields = top.fields(("unit", "questions"))
        code = fields.required("unit")
        if code and code not in units:
            fields["unit"].error(said("the scheme has no unit {code}", code=code), did_you_mean(code, units))
            continue
        if not code:
            continue
        for item in fields["questions"].items(lambda number: said("question {number}", number=number)):
            question = _question(item, units[code], marks)
            if question is None:
                continue
            if question.id in places:
                other = places[question.id].place
                item.error(
                    said(
                        "question {id} stands twice, first at {file}:{line}",
                        id=question.id,
                        file=other.file,
                        line=other.line,
                    ),
                    said("give it an id of its own"),
                )
            places.setdefault(question.id, item)
            questions.append(question)
    _refuse_unknown_neighbours(questions, places)
    order = {unit.code: unit.position for unit in scheme.units}
    questions.sort(key=lambda question: order[question.unit])
    return tuple(questions), {name: entry.place for name, entry in places.items()}


def _refuse_unknown_neighbours(questions: list[Question], entries: dict[str, Entry]) -> None:
    for question in questions:
        for name in question.apart_from:
            if name == question.id:
                entries[question.id].error(
                    said("question {id} is kept apart from itself", id=question.id), said("name another question")
                )
            elif name not in entries:
                entries[question.id].error(
                    said("question {id} is kept apart from {name}, which there is not", id=question.id, name=name),
                    did_you_mean(name, entries),
                )


def _question(entry: Entry, unit: Unit, marks: Marks | None) -> Question | None:
    spot = said("question {id}", id=entry.peek("id")) if entry.peek("id") else entry.spot
    kind = cast(QuestionKind, entry.peek("kind"))
    fields = entry.fields(_KEYS.get(kind, (*_COMMON, "options", "key", "model_answer", "marking_points")), spot)
    if fields["kind"].choice(QUESTION_KINDS) is None:
        return None
    upkeep = read_upkeep(fields)
    if upkeep.status == "frame":
        if "text" not in fields:
            return frame_of(_id(fields), kind, unit.code, _criteria(fields, unit), upkeep)
        upkeep = replace(upkeep, status="draft")
    options = _options(fields["options"]) if kind in WITH_OPTIONS else ()
    return Question(
        id=_id(fields),
        kind=kind,
        unit=unit.code,
        criteria=_criteria(fields, unit),
        text=fields.required("text"),
        options=options,
        key=_key(fields, options) if kind in WITH_OPTIONS else BLANK,
        model_answer=BLANK if kind in WITH_OPTIONS else fields.required("model_answer"),
        marking_points=fields["marking_points"].texts(),
        difficulty=cast(Difficulty, fields["difficulty"].choice(DIFFICULTIES) or BLANK)
        if "difficulty" in fields
        else BLANK,
        branch=fields.optional("branch") or BLANK,
        apart_from=fields["apart_from"].texts(),
        upkeep=upkeep,
        review=read_marks(fields, spot, entry.peek("id"), unit.code, marks),
    )


def _id(fields: Fields) -> str:
    id = fields.required("id")
    if id and not QUESTION_ID.fullmatch(id):
        fields["id"].error(
            said("`{id}` is no id of a question", id=id),
            said("letters, digits, `-`, `.` and `_`, at most 40, no blanks"),
        )
    return id


def _difficulty(fields: Fields) -> Difficulty | Blank:
    if "difficulty" not in fields:
        return BLANK
    return cast(Difficulty | None, fields["difficulty"].choice(DIFFICULTIES)) or BLANK


def _criteria(fields: Fields, unit: Unit) -> tuple[str, ...]:
    known = {criterion.number for criterion in unit.criteria()}
    items = fields["criteria"].items()
    if not items:
        fields["criteria"].error(said("question names no criterion (KUK)"), said('write `criteria: ["1.1"]`'))
    for item in items:
        number = item.text()
        if number:
            refuse_unknown(item, unit.code, number, known)
    return fields["criteria"].texts()


def _options(entry: Entry) -> tuple[AnswerOption, ...]:
    items = entry.items()
    if not MIN_OPTIONS <= len(items) <= len(LETTERS):
        entry.error(
            said(
                "a multiple-choice question has {min_options} to {letters} options, this one has {items}",
                min_options=MIN_OPTIONS,
                letters=len(LETTERS),
                items=len(items),
            )
        )
    options: list[AnswerOption] = []
    for letter, item in zip(LETTERS, items, strict=False):
        fields = item.fields(("text", "rationale"))
        options.append(AnswerOption(letter, fields.required("text"), fields.required("rationale")))
    return tuple(options)


def _key(fields: Fields, options: tuple[AnswerOption, ...]) -> str:
    letters = [option.letter for option in options]
    key = fields.required("key").lower()
    if key and letters and key not in letters:
        fields["key"].error(
            said("key `{key}` is none of the options", key=key),
            said("write one of: {letters}", letters=", ".join(letters)),
        )
    return key


_HEAD: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")


_COMMENT: Final = re.compile(r"^[ \t]*#|^[^\"'#]*[ \t]#", re.MULTILINE)


def bank_text(unit: Unit, questions: Sequence[Question], head: str | None = None) -> str:
    """The whole file. `head` are the lines of comment above the first key; without it, the usual one."""
    first = f"# Bank soal unit {unit.code}: {unit.title}\n" if head is None else head
    lines = [f"unit: {quoted(unit.code)}", "questions:"]
    for question in questions:
        lines += _lines(question)
    return first + "\n".join(lines) + "\n"


def head_of(text: str) -> str:
    """The lines of comment above the first key of a file, which a rewritten file keeps."""
    found = _HEAD.match(text)
    return found[0] if found is not None else ""


def has_inner_comments(text: str) -> bool:
    """Whether a file has comments further down, which a rewritten file does not keep."""
    return _COMMENT.search(text, len(head_of(text))) is not None


def _lines(question: Question) -> Iterator[str]:
    yield f"  - id: {quoted(question.id)}"
    yield f"    kind: {quoted(question.kind)}"
    yield f"    criteria: {quoted_list(question.criteria)}"
    if question.review:
        yield "    review:"
        yield from (f"      - {quoted(mark)}" for mark in question.review)
    if isinstance(question.difficulty, str):
        yield f"    difficulty: {quoted(question.difficulty)}"
    if isinstance(question.branch, str):
        yield f"    branch: {quoted(question.branch)}"
    if question.apart_from:
        yield f"    apart_from: {quoted_list(question.apart_from)}"
    yield from upkeep_lines(question.upkeep)
    if question.is_frame:
        return
    yield f"    text: {quoted(question.text)}"
    if question.kind in WITH_OPTIONS:
        yield "    options:"
        for option in question.options:
            yield f"      - text: {quoted(option.text)}"
            yield f"        rationale: {quoted(option.rationale)}"
        yield f"    key: {quoted(str(question.key))}"
        return
    yield f"    model_answer: {quoted(str(question.model_answer))}"
    if question.marking_points:
        yield "    marking_points:"
        yield from (f"      - {quoted(point)}" for point in question.marking_points)

"""The text of `questions/<unit>.yaml`: one canonical way to write a unit's questions, so that editions compare well.

Written line by line without a YAML library, as `scheme_text` is, and for the same reasons.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.load.yaml.text import quoted, quoted_list
from kitgen.model.bank import Question
from kitgen.model.scheme import Unit

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
    yield f"    text: {quoted(question.text)}"
    if question.kind == "multiple_choice":
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

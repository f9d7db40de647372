"""What a careful reader would object to in the bank: rules for items that can be told without understanding them. Pure.

Each rule is general practice of writing test items; none comes from a standard. A finding is a reason to look, so all
are warnings; `kitgen check --strict` makes errors of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.model.bank import LETTERS, WITH_OPTIONS, AnswerOption, Question
from kitgen.model.scheme import Unit

MAX_STEM_WORDS: Final = 60
MAX_TASK_WORDS: Final = 90
"""An essay or oral question may tell a longer situation: there are fewer of them, and more time for each."""
MAX_OPTION_WORDS: Final = 25
LIKENESS: Final = 0.6
"""Share of common words (of both questions') from which two stems look like one question written twice."""
OPTION_LIKENESS: Final = 0.9
MIN_NAMED_LETTERS: Final = 4
"""An option shorter than this may stand in its stem by chance, as a letter or a number does."""
MIN_KEY_WORDS: Final = 4
"""A key shorter than this may stand in another stem by chance."""
_ABSOLUTE: Final = re.compile(r"\b(selalu|tidak pernah|pasti|semua|seluruh|hanya|mutlak|harus|setiap)\b", re.IGNORECASE)
_ALL_OF_THEM: Final = re.compile(
    r"\b(semua (jawaban )?(benar|salah)|[a-e] dan [a-e] (benar|salah)|tidak ada (jawaban )?yang benar)\b", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"\b(kecuali|bukanlah|bukan merupakan|tidak termasuk|tidak tepat)\b")
_LAST_SENTENCE: Final = re.compile(r"[^.!?]*[.!?”]*$")
_WORD: Final = re.compile(r"\w{3,}")
_ANY_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ItemFault:
    """Catatan butir: what is odd about a question (or a unit's questions), and what to do."""

    question: str
    message: Message
    help: Message


def review_items(questions: Sequence[Question], units: Sequence[Unit]) -> Iterator[ItemFault]:
    """Every finding, by question in the order of the bank, then those of whole units."""
    words = {question.id: _words(question.text) for question in questions}
    for question in questions:
        yield from _stem(question)
        yield from _options(question)
        if question.kind not in WITH_OPTIONS and not question.marking_points:
            yield ItemFault(question.id, said("question has no marking points"), said("say what an assessor ticks"))
    yield from _near_duplicates(questions, words)
    yield from _leaking_keys(questions)
    for unit in units:
        asked = [each for each in questions if each.unit == unit.code and each.kind in WITH_OPTIONS]
        yield from _keys_of_unit(asked)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _stem(question: Question) -> Iterator[ItemFault]:
    count = len(question.text.split())
    most = MAX_STEM_WORDS if question.kind in WITH_OPTIONS else MAX_TASK_WORDS
    if count > most:
        yield ItemFault(
            question.id,
            said("stem has {count} words, more than {most}", count=count, most=most),
            said("shorten the situation"),
        )
    found = _NEGATIVE.search(_last_sentence(question.text))
    if question.kind in WITH_OPTIONS and found:
        yield ItemFault(
            question.id,
            said("negative stem: `{word}` is easily read over", word=found.group()),
            said("ask positively, or write the word in capitals"),
        )


def _named_key(question: Question) -> Iterator[ItemFault]:
    """A stem that holds the very words of the key, and of no other option, gives its answer away."""
    stem = " ".join(_ANY_WORD.findall(question.text.lower()))
    named = [option.letter for option in question.options
             if len(said_so := " ".join(_ANY_WORD.findall(option.text.lower()))) >= MIN_NAMED_LETTERS
             and f" {said_so} " in f" {stem} "]  # fmt: skip
    if named == [question.key]:
        yield ItemFault(
            question.id,
            said("stem holds the words of its key, and of no other option"),
            said("ask in other words, or name the other options too"),
        )


def _last_sentence(text: str) -> str:
    found = _LAST_SENTENCE.search(text)
    return found.group() if found else text


def _options(question: Question) -> Iterator[ItemFault]:
    absolute = [option.letter for option in question.options if _ABSOLUTE.search(option.text)]
    for option in question.options:
        count = len(option.text.split())
        if count > MAX_OPTION_WORDS:
            yield ItemFault(
                question.id,
                said(
                    "option {letter} has {count} words, more than {max_option_words}",
                    letter=option.letter,
                    count=count,
                    max_option_words=MAX_OPTION_WORDS,
                ),
                said("shorten it"),
            )
        if _ALL_OF_THEM.search(option.text):
            yield ItemFault(
                question.id,
                said("option {letter} is about other options", letter=option.letter),
                said("write one that stands alone"),
            )
    yield from _named_key(question)
    if absolute and question.key not in absolute and len(absolute) < len(question.options) - 1:
        yield ItemFault(
            question.id,
            said("absolute word in option {absolute}, not in the key", absolute=", ".join(absolute)),
            said("absolute words tell that an option is wrong: take them out"),
        )
    for position, option in enumerate(question.options):
        for other in question.options[:position]:
            if _overlap(option, other):
                yield ItemFault(
                    question.id,
                    said(
                        "options {letter} and {other} say almost the same",
                        letter=other.letter,
                        other=option.letter,
                    ),
                    said("one of two equal answers cannot be the only right one"),
                )


def _overlap(one: AnswerOption, other: AnswerOption) -> bool:
    """Nearly the same words in one order, and the same numbers: `3 hari` and `5 hari` differ in all that counts."""
    if re.findall(r"\d+", one.text) != re.findall(r"\d+", other.text):
        return False
    return _likeness(_neighbours(one.text), _neighbours(other.text)) > OPTION_LIKENESS


def _neighbours(text: str) -> frozenset[str]:
    words = text.lower().split()
    return frozenset(map(" ".join, pairwise(words))) or frozenset(words)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _near_duplicates(questions: Sequence[Question], words: Mapping[str, frozenset[str]]) -> Iterator[ItemFault]:
    for position, question in enumerate(questions):
        mine = words[question.id]
        for other in questions[:position]:
            if other.kind == question.kind and _likeness(mine, words[other.id]) > LIKENESS:
                yield ItemFault(
                    question.id,
                    said("question reads almost like {id}", id=other.id),
                    said("let each ask something of its own"),
                )


def _leaking_keys(questions: Sequence[Question]) -> Iterator[ItemFault]:
    """A key that stands word for word in what another candidate's sheet says, unless the two are kept apart."""
    stems = {question.id: _plain(question.text) for question in questions}
    for question in questions:
        key = next((option.text for option in question.options if option.letter == question.key), "")
        plain = _plain(key)
        if len(plain.split()) < MIN_KEY_WORDS:
            continue
        for other in questions:
            apart = other.id in question.apart_from or question.id in other.apart_from
            if other is not question and not apart and plain in stems[other.id]:
                yield ItemFault(
                    question.id,
                    said("its key stands in the stem of {id}", id=other.id),
                    said('reword one, or keep them apart: `apart_from: ["{id}"]`', id=other.id),
                )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _keys_of_unit(questions: Sequence[Question]) -> Iterator[ItemFault]:
    """Keys that are uneven over the letters, or the longest option more often than chance would have it."""
    count = len(questions)
    if count < 2 * len(LETTERS):
        return
    unit, first = questions[0].unit, questions[0].id
    letters = Counter(str(question.key) for question in questions)
    share = count / max(len(question.options) for question in questions)
    for letter, times in sorted(letters.items()):
        if times > share + 2 * sqrt(share):
            yield ItemFault(
                first,
                said(
                    "{times} of {count} keys of unit {unit} are {letter}",
                    times=times,
                    count=count,
                    unit=unit,
                    letter=letter,
                ),
                said("spread the keys over the letters"),
            )
    for name, chosen in (("longest", max), ("shortest", min)):
        times = sum(_stands_out(question, chosen is max) for question in questions)
        if times > share + 2 * sqrt(share):
            yield ItemFault(
                first,
                said(
                    "the key is the {name} option in {times} of {count} questions of unit {unit}",
                    name=name,
                    times=times,
                    count=count,
                    unit=unit,
                ),
                said("even the options' lengths out, so that length does not tell the key"),
            )


def _stands_out(question: Question, longest: bool) -> bool:
    key = next((len(option.text) for option in question.options if option.letter == question.key), 0)
    others = [len(option.text) for option in question.options if option.letter != question.key]
    return bool(others) and (key > max(others) if longest else key < min(others))

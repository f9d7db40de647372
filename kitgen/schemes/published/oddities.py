"""What is odd about a page without making the data wrong: noted for a person to judge, never mended.

An `Oddity` holds facts, not a sentence. The sentence is English here (for the diagnostics of the program) and
Indonesian in `report_text` (for the admin).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.schemes.published.units import PublishedCriterion, PublishedUnit


class OddityKind(StrEnum):
    """What kind of thing is odd."""

    NUMBER_SPLIT = "number-split"
    NUMBER_KEPT = "number-kept"
    STRAY_LINE = "stray-line"
    STRAY_CELL = "stray-cell"
    GLUED_FOOTER = "glued-footer"
    FOOTER_YEARS = "footer-years"
    UNREAD_FACT = "unread-fact"
    OTHER_TITLE = "other-title"
    UNUSUAL_CODE = "unusual-code"
    UNIT_TITLE_DIFFERS = "unit-title-differs"
    UNIT_TITLE_TWICE = "unit-title-twice"
    UNIT_ORDER = "unit-order"
    LIST_NUMBERS = "list-numbers"
    MORE_UNITS = "more-units"
    REPEATED_WORD = "repeated-word"
    SAME_TEXT = "same-text"
    NEAR_TWIN = "near-twin"
    TWINS_NOT_SOUGHT = "twins-not-sought"
    KNOWLEDGE = "knowledge"
    DAMAGED_LETTERS = "damaged-letters"
    REMOVED_SIGNS = "removed-signs"
    NUMBERS_MADE = "numbers-made"
    UNKNOWN_COLUMN = "unknown-column"
    SOME_CLUSTERS = "some-clusters"
    LISTED_TITLE = "listed-title"
    SHORT_NUMBER = "short-number"
    BENCHMARKS = "benchmarks"
    UNKNOWN_SECTION = "unknown-section"


MESSAGES: Final = {
    OddityKind.NUMBER_SPLIT: said("number {first} inside a line was taken as the beginning of a criterion: {second}"),
    OddityKind.NUMBER_KEPT: said("number {first} inside a text was left in the text: {second}"),
    OddityKind.STRAY_LINE: said("this line stands outside the tables and was not used"),
    OddityKind.STRAY_CELL: said("this cell is not expected here and was not used: {first}"),
    OddityKind.GLUED_FOOTER: said("the page's footer is glued to a text and was cut off: {first}"),
    OddityKind.FOOTER_YEARS: said("the footers name several years ({first}), so none was taken as the edition"),
    OddityKind.UNREAD_FACT: said("this line tells something about the scheme that is not taken over"),
    OddityKind.OTHER_TITLE: said("the page gives another title of the scheme: {first}"),
    OddityKind.UNUSUAL_CODE: said("unit code {first} is not of a usual form"),
    OddityKind.UNIT_TITLE_DIFFERS: said(
        "the unit is called `{first}` above its table and `{second}` in the list; the list was taken"
    ),
    OddityKind.UNIT_TITLE_TWICE: said("another unit has the same title: {first}"),
    OddityKind.UNIT_ORDER: said(
        "the tables stand in another order than the list of units; the order of the list was taken"
    ),
    OddityKind.LIST_NUMBERS: said("the numbers of the list of units do not run from 1 upwards: {first}"),
    OddityKind.MORE_UNITS: said("the page says it has {first} units, but {second} were found"),
    OddityKind.REPEATED_WORD: said("a word stands twice: {first}"),
    OddityKind.SAME_TEXT: said("the text is the same as that of {first}"),
    OddityKind.NEAR_TWIN: said("the text is nearly that of {first}: {second}"),
    OddityKind.TWINS_NOT_SOUGHT: said("there are more than {first} criteria, so near twins were not looked for"),
    OddityKind.KNOWLEDGE: said("criteria that ask for knowledge are hard to observe: {first}"),
    OddityKind.DAMAGED_LETTERS: said("letters seem to be damaged: {first}"),
    OddityKind.REMOVED_SIGNS: said("control or invisible characters were taken out: {first}"),
    OddityKind.NUMBERS_MADE: said("the criteria have no numbers like 1.1 on the page; they were numbered in its order"),
    OddityKind.UNKNOWN_COLUMN: said("a column whose heading is not known was not used: {first}"),
    OddityKind.SOME_CLUSTERS: said("only some units stand in a Kelompok Pekerjaan, so none was taken over"),
    OddityKind.LISTED_TITLE: said(
        "the unit is called `{first}` in the list and `{second}` above its table, which was taken"
    ),
    OddityKind.SHORT_NUMBER: said(
        "number {first} of a cell was read as {second}, since a spreadsheet drops a last zero"
    ),
    OddityKind.BENCHMARKS: said("the standards beside the criteria differ, so none was taken for the unit"),
    OddityKind.UNKNOWN_SECTION: said("the table ends at a heading that is not known: {first}; what follows was kept"),
}


@dataclass(frozen=True, slots=True)
class Oddity:
    """Kejanggalan: its kind, the positions of the lines it concerns, where it stands, the facts for its sentence."""

    kind: OddityKind
    lines: tuple[int, ...]
    where: str = ""
    facts: tuple[str, ...] = ()

    @property
    def message(self) -> Message:
        """The sentence for a diagnostic."""
        return MESSAGES[self.kind].about(**dict(zip(("first", "second"), self.facts, strict=False)))


MOST_COMPARED: Final = 600
"""Criteria compared with each other; the effort grows with the square."""
_LONGEST_COMPARED: Final = 400
_NEAR: Final = 0.8
"""Chosen on the seed scheme: at 0.8 two pairs are found, the known one among them, at 0.7 ten."""
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WORDS_BETWEEN: Final = 3
_KNOWLEDGE: Final = frozenset(
    "dijelaskan diuraikan diidentifikasi diidentifikasikan dijabarkan dideskripsikan didefinisikan disebutkan dipahami"
    " diketahui dimengerti".split()
)
_CODE_FORMS: Final = re.compile(
    r"[A-Z]\.[0-9]{6}\.[0-9]{3}\.[0-9]{2}"  # M.702090.008.01
    r"|[A-Z]\.[0-9]{2}[A-Z]{3}[0-9]{2}\.[0-9]{3}\.[0-9]{1,2}"  # M.71KKK00.001.1
    r"|[A-Z]{3}\.[A-Z]{2}\.?[0-9]{2}\.[0-9]{3}\.[0-9]{2}"  # MIS.SH.00.001.01, PDG.OO02.001.01
)
# UTF-8 read as Windows-1252 and saved again, or letters already lost.
_DAMAGED: Final = re.compile("�|Ã[\u0080-ÿ]|Â[\u0080-¿]|â€.?")


def damaged_letters(text: str) -> str:
    """The first spot in a text that looks as if its letters were read wrongly, with its word; or an empty text."""
    found = _DAMAGED.search(text)
    return text[max(0, found.start() - 15) : found.end() + 15].strip() if found else ""


def unit_oddities(units: Sequence[PublishedUnit]) -> Iterator[Oddity]:
    """Everything odd about the units' codes, titles and texts, unit by unit."""
    titles: dict[str, PublishedUnit] = {}
    for unit in units:
        where = f"unit {unit.code}"
        if not _CODE_FORMS.fullmatch(unit.code):
            yield Oddity(OddityKind.UNUSUAL_CODE, (unit.line,), where, (unit.code,))
        other = titles.setdefault(unit.title.casefold(), unit)
        if other is not unit:
            yield Oddity(OddityKind.UNIT_TITLE_TWICE, (unit.line, other.line), where, (other.code,))
        for criterion in unit.criteria:
            words = _repeated_words(criterion.text)
            if words:
                spot = f"{where}, KUK {criterion.number}"
                yield Oddity(OddityKind.REPEATED_WORD, (criterion.line,), spot, (", ".join(words),))
        yield from _knowledge(unit)
    yield from _twins(units)


def _repeated_words(text: str) -> list[str]:
    """Words that come back within a few words; short ones only if they follow at once (`di di`)."""
    words = [found[0].casefold() for found in _WORD.finditer(text)]
    repeated = [
        word
        for position, word in enumerate(words)
        if not word.isdecimal()
        and word in words[max(0, position - (_WORDS_BETWEEN if len(word) > 3 else 0) - 1) : position]
    ]
    return list(dict.fromkeys(repeated))


def _knowledge(unit: PublishedUnit) -> Iterator[Oddity]:
    found = [
        criterion
        for criterion in unit.criteria
        if _KNOWLEDGE.intersection(word[0].casefold() for word in _WORD.finditer(criterion.text))
    ]
    if found:
        lines = tuple(dict.fromkeys(criterion.line for criterion in found))
        numbers = ", ".join(criterion.number for criterion in found)
        yield Oddity(OddityKind.KNOWLEDGE, lines, f"unit {unit.code}", (numbers,))


def _twins(units: Sequence[PublishedUnit]) -> Iterator[Oddity]:
    """Each criterion with the first earlier one that says the same or nearly so."""
    named = [(unit, criterion) for unit in units for criterion in unit.criteria]
    is_few = len(named) <= MOST_COMPARED
    if not is_few:
        yield Oddity(OddityKind.TWINS_NOT_SOUGHT, (), "", (str(MOST_COMPARED),))
    first: dict[str, tuple[PublishedUnit, PublishedCriterion]] = {}
    words: list[frozenset[str]] = []
    for position, (unit, criterion) in enumerate(named):
        text = criterion.text.casefold()
        words.append(frozenset(_WORD.findall(text)))
        kind = OddityKind.SAME_TEXT
        twin = first.setdefault(text, (unit, criterion))
        if twin[1] is criterion and is_few:
            kind = OddityKind.NEAR_TWIN
            earlier = (
                named[index]
                for index in range(position)
                if _shares_words(words[index], words[position]) and _is_near(named[index][1].text.casefold(), text)
            )
            twin = next(earlier, twin)
        if twin[1] is not criterion:
            where = f"unit {unit.code}, KUK {criterion.number}"
            facts = (f"unit {twin[0].code}, KUK {twin[1].number}", twin[1].text)
            yield Oddity(kind, (criterion.line, twin[1].line), where, facts)


def _shares_words(one: frozenset[str], other: frozenset[str]) -> bool:
    return 5 * len(one & other) >= len(one) + len(other)


def _is_near(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST_COMPARED:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR

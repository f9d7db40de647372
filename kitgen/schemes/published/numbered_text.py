"""Where one numbered text ends and the next begins, when several stand on one line.

`1.1. Gaya diidentifikasi 1.2. Teknik dilakukan` are two criteria; `1.1. Cairan sebanyak 1.2 liter dituang` is one.
No single mark tells them apart, so three things are asked of a number inside a line: is it the one expected next,
is it written as the unit's other numbers are, and could a text end before it and another begin after it? Where
they disagree, the numbers further on decide, and the case is reported as a `Doubt`. A number that looks like a
criterion's in every way but is out of turn is taken as one: the check of the numbering then refuses it by name,
which is better than a criterion lost in the text of another.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

_ELEMENT_START: Final = re.compile(r"([1-9][0-9]{0,2})(?:[.)]\s*(?![0-9])|\s+(?=[^\W\d_]))")
_CRITERION_START: Final = re.compile(r"([1-9][0-9]{0,2})\.([1-9][0-9]{0,2})(\.?)(?:\s+|(?=[^\W\d_])|$)")
_CRITERION_WITHIN: Final = re.compile(
    r"(?<![0-9])(?<![0-9][.,])([1-9][0-9]{0,2})\.([1-9][0-9]{0,2})(?:(\.)(?:\s+|(?=[^\W\d_])|$)|(?:\s+|$))"
)
_ELEMENT_WITHIN: Final = re.compile(r"(?<=\s)([1-9][0-9]{0,2})\.\s+(?=[A-Z])")
_MAY_STAND_BEFORE: Final = re.compile(r"[^\W\d_]|[\s.;:)\]”\"']")

_NUMBER_FOLLOWS: Final = frozenset(
    "pasal ayat butir sebesar sebanyak setinggi sedalam sejauh minimal maksimal minimum maksimum sekitar hingga sampai"
    " antara tiap setiap rp x".split()
)
"""Words a number of its own follows: after one of these it belongs to the text (`sesuai pasal 1.2`)."""
_REFERRED: Final = frozenset(
    "bab bagian nomor no nomer poin point angka huruf versi version seri tabel gambar iso subbab halaman klausul"
    " kuk elemen lampiran formulir".split()
)
"""Words a number often belongs to, though a criterion may end with them."""
_GOES_ON: Final = frozenset(
    "dari ke di pada dan atau serta dengan sesuai menurut berdasarkan adalah dokumen kriteria langkah hal kelas level"
    " tingkat tipe jenis lebih kurang untuk oleh yang dalam secara tentang".split()
)
"""Words a sentence seldom ends with, but a criterion may (`dengan cara yang sesuai`)."""
_ABBREVIATED: Final = frozenset("no hal ps".split())
_MEASURES: Final = frozenset(
    "liter ml meter m cm mm km kg gram g ton jam menit detik hari minggu bulan tahun persen juta ribu miliar milyar"
    " volt watt ampere bar derajat inci inch kali x gb mb ghz mhz".split()
)
_PUNCTUATION: Final = ".,:;()[]\"'“”"
_NEAR: Final = 40
"""Letters looked at on both sides of a number. Lines come from outside; none may take time by its length squared."""
_FAR: Final = 50
"""Numbers further on that may decide."""


class Hint(StrEnum):
    """What a cell holds by its column, or by its words."""

    NONE = ""
    ELEMENT = "element"
    CRITERION = "criterion"


@dataclass(frozen=True, slots=True)
class Segment:
    """One cell of the page's table: its text, and which of the page's lines it stands on."""

    text: str
    line: int
    hint: Hint = Hint.NONE
    is_ended: bool = False
    """Whether a rule of the page stands behind it."""
    is_apart: bool = False
    """Whether it stands apart from what is above it, so that it is no part of that text."""
    is_plain: bool = False
    """Whether it is a line of a text without cells, where texts are broken into lines."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text with its number as found; `criterion` is 0 for an element. Nothing is checked yet."""

    element: int
    criterion: int
    text: str
    line: int

    @property
    def number(self) -> str:
        """`2` for an element, `2.1` for a criterion."""
        return f"{self.element}.{self.criterion}" if self.criterion else str(self.element)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number inside a text that could be read in two ways, and the way it was read."""

    number: str
    is_split: bool
    context: str
    line: int


class _Grade(IntEnum):
    """How much a number inside a text looks like the beginning of a criterion."""

    TEXT = 0
    UNLIKELY = 1
    LIKELY = 2
    USUAL = 3
    """It has the form, only the word before it is one that seldom ends a text."""
    SURE = 4


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number inside the text of one segment."""

    element: int
    criterion: int
    is_dotted: bool
    start: int
    end: int


def begins_numbered(text: str) -> bool:
    """Whether a text begins with the number of an element or of a criterion."""
    return bool(_CRITERION_START.match(text) or _ELEMENT_START.match(text))


def pair_number(text: str) -> tuple[int, int] | None:
    """The number of a criterion (`1.2`) a text begins with."""
    found = _CRITERION_START.match(text)
    return (int(found[1]), int(found[2])) if found else None


def split_numbered(segments: Sequence[Segment]) -> tuple[list[Numbered], list[Doubt]]:
    """The numbered texts of one unit's table, in the order of the page, and the numbers open to doubt.

    Every segment begins with a number (`begins_numbered`).
    """
    starts = [_CRITERION_START.match(segment.text) for segment in segments]
    splitter = _Splitter(_is_dotted(segments, starts))
    for position, segment in enumerate(segments):
        following = starts[position + 1] if position + 1 < len(starts) else None
        splitter.take(segment, (int(following[1]), int(following[2])) if following else None)
    return splitter.found, splitter.doubts


def _is_dotted(segments: Sequence[Segment], starts: Iterable[re.Match[str] | None]) -> bool:
    """Whether this unit writes `1.1.` (most do) or `1.1`."""
    dots = [bool(start[3]) for start in starts if start]
    if not dots:
        dots = [mark.is_dotted for segment in segments for mark in _marks_within(segment.text, 0)]
    return 2 * sum(dots) >= len(dots)


def _marks_within(text: str, begin: int) -> list[_Mark]:
    """Every number in the text that has the form of a criterion's and does not touch other signs."""
    return [
        _Mark(int(found[1]), int(found[2]), bool(found[3]), found.start(), found.end())
        for found in _CRITERION_WITHIN.finditer(text, begin)
        if found.start() >= max(begin, 1) and _MAY_STAND_BEFORE.match(text[found.start() - 1])
    ]


class _Splitter:
    """Walks through one unit's segments and knows which number comes next."""

    def __init__(self, is_dotted: bool) -> None:
        self.found: list[Numbered] = []
        self.doubts: list[Doubt] = []
        self._is_dotted = is_dotted
        self._element = 0
        self._criterion = 0

    def take(self, segment: Segment, following: tuple[int, int] | None) -> None:
        """Split one segment; `following` is the criterion the next segment begins with, if it does."""
        text = segment.text
        start = _CRITERION_START.match(text) or _ELEMENT_START.match(text)
        if not start:
            raise ValueError(f"no number at the beginning of {text!r}")
        self._element, begin = int(start[1]), start.end()
        self._criterion = int(start[2]) if start.re is _CRITERION_START else 0
        marks = _marks_within(text, begin)
        for position, mark in enumerate(marks):
            if self._begins_criterion(segment, begin, mark, marks[position + 1 : position + _FAR], following):
                begin = self._take_element(segment, begin, mark)
                self._add(segment, text[begin : mark.start])
                self._element, self._criterion, begin = mark.element, mark.criterion, mark.end
        self._add(segment, text[begin:])

    def _take_element(self, segment: Segment, begin: int, mark: _Mark) -> int:
        """Take the element between the last criterion and the first one of its own; where its text begins."""
        if (mark.element, mark.criterion) != (self._element + 1, 1) or not self._criterion:
            return begin
        for found in _ELEMENT_WITHIN.finditer(segment.text, begin, mark.start):
            if int(found[1]) == mark.element:
                self._add(segment, segment.text[begin : found.start()])
                self._element, self._criterion = mark.element, 0
                return found.end()
        return begin

    def _add(self, segment: Segment, text: str) -> None:
        text = text.strip()
        self.found.append(Numbered(self._element, self._criterion, text, segment.line))
        for found in _ELEMENT_WITHIN.finditer(text):
            if int(found[1]) == self._element + 1:
                self.doubts.append(Doubt(found[1], False, _context(text, found.start()), segment.line))

    def _begins_criterion(
        self,
        segment: Segment,
        begin: int,
        mark: _Mark,
        later: Sequence[_Mark],
        following: tuple[int, int] | None,
    ) -> bool:
        text = segment.text
        grade = self._grade(text, begin, mark)
        number = (mark.element, mark.criterion)
        if number == (self._element, self._criterion + 1):
            rival, is_followed = self._rival(text, begin, mark, later, following)
            is_split = grade is _Grade.SURE or (
                rival < grade if grade is not _Grade.TEXT else rival is _Grade.TEXT and is_followed
            )
            is_doubtful = grade is not _Grade.SURE and (grade is not _Grade.USUAL or rival is not _Grade.TEXT)
        else:
            is_neighbour = mark.element == self._element or number == (self._element + 1, 1)
            is_split = grade is _Grade.SURE and (mark.is_dotted or is_neighbour)
            is_doubtful = not is_split and ((is_neighbour and not _is_measure(text, mark)) or grade >= _Grade.LIKELY)
        if is_doubtful:
            self.doubts.append(Doubt(f"{number[0]}.{number[1]}", is_split, _context(text, mark.start), segment.line))
        return is_split

    def _rival(
        self,
        text: str,
        begin: int,
        mark: _Mark,
        later: Sequence[_Mark],
        following: tuple[int, int] | None,
    ) -> tuple[_Grade, bool]:
        """How good the best number further on is that says the same, and whether the one after it follows."""
        number, after = (mark.element, mark.criterion), (mark.element, mark.criterion + 1)
        best = _Grade.TEXT
        for other in later:
            grade = self._grade(text, begin, other)
            if (other.element, other.criterion) == number:
                best = max(best, grade)
            elif (other.element, other.criterion) == after and grade >= _Grade.USUAL:
                return best, True
        return (_Grade.SURE if following == number else best), following == after

    def _grade(self, text: str, begin: int, mark: _Mark) -> _Grade:
        before, rest = text[max(begin, mark.start - _NEAR) : mark.start].rstrip(), text[mark.end : mark.end + _NEAR]
        if not rest or _CRITERION_START.match(rest):
            return _Grade.TEXT  # no room for a text behind it
        last_word = before.lower().rpartition(" ")[2].strip(_PUNCTUATION)
        is_lower = rest[0].islower() and not text[begin].islower()
        is_alike = mark.is_dotted == self._is_dotted and text[mark.start - 1] == " "
        if not mark.is_dotted and (is_lower or _is_measure(text, mark)):
            return _Grade.TEXT
        if before.endswith((".", ";")) and last_word not in _ABBREVIATED:
            return _Grade.SURE if is_alike or not is_lower else _Grade.LIKELY
        if last_word in _NUMBER_FOLLOWS:
            return _Grade.UNLIKELY if is_alike and not is_lower else _Grade.TEXT
        if last_word in _REFERRED:
            return _Grade.LIKELY if is_alike and not is_lower else _Grade.TEXT
        if last_word in _GOES_ON:
            return _Grade.USUAL if is_alike and not is_lower else _Grade.TEXT
        if is_alike:
            return _Grade.SURE
        return _Grade.TEXT if is_lower else _Grade.LIKELY


def _is_measure(text: str, mark: _Mark) -> bool:
    """Whether a word behind a number counts something (`1.2 liter`)."""
    next_word = text[mark.end : mark.end + _NEAR].lower().split(" ")[0].strip(_PUNCTUATION)
    return not mark.is_dotted and next_word in _MEASURES


def _context(text: str, position: int) -> str:
    """The words around a place in a text, enough to find it on the page."""
    begin, end = max(0, position - 30), position + 30
    return ("…" if begin else "") + text[begin:end].strip() + ("…" if end < len(text) else "")

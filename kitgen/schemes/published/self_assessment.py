"""FR.APL.02 as it lies on pages: one column holds elements and criteria, beside it boxes and evidence that are no part.

Its table is read by places: what stands right of the box columns is left out, a criterion begins where its number does,
and what begins below its words goes on with it, also where it begins with a digit.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from kitgen.schemes.published.geometry import PrintedWord, VisualLine, joined_text, spelled

Emit = Callable[[Sequence[VisualLine], tuple[str, ...], tuple[int, ...], str], None]
"""Takes the lines a text stands on, its cells, their columns, and why it is not read (empty where it is)."""

_QUESTION: Final = re.compile(r"\bdapatkah saya\b", re.IGNORECASE)
_ELEMENT: Final = re.compile(
    r"(?:(?P<before>[0-9]{1,2})[.)]?\s*)?elemen(?:\s+kompetensi)?\s*(?P<behind>[0-9]{1,2})?\s*[:.]\s*(?P<title>.*)",
    re.IGNORECASE,
)
_CRITERIA: Final = re.compile(r"\W*kriteria unjuk kerja\W*", re.IGNORECASE)
_CRITERION: Final = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}[.)]?")
_CODE: Final = re.compile(r"\bkode unit\b", re.IGNORECASE)
_BOX: Final = re.compile(r"[☐☑☒□■✓✔√]+")
_AFTER: Final = re.compile(r"Rekomendasi|Catatan|Nama\b|Tanda [Tt]angan|Ditinjau|Asesor\b|Asesi\b|Asesmen [Dd]apat")
_VERDICT: Final = re.compile(r"rekomendasi (?:untuk )?asesi", re.IGNORECASE)
"""What stands behind the last table: the verdict, names and signatures."""


def is_self_assessment(lines: Sequence[VisualLine]) -> bool:
    """Whether the lines are those of FR.APL.02: its question stands above columns for K and BK."""
    return any(_boxes_at(line) is not None for line in lines)


def _boxes_at(line: VisualLine) -> float | None:
    """Where the columns of the boxes begin, told by the line that heads them."""
    if not _QUESTION.search(line.text):
        return None
    heads = (first.start for first, second in pairwise(line.words) if (first.text, second.text) == ("K", "BK"))
    return next(heads, None)


@dataclass(slots=True)
class _Text:
    """An element or a criterion while its lines are gathered."""

    column: int
    start: float
    """Where what goes on with it begins, at the left."""
    parts: list[str]
    lines: list[VisualLine]


@dataclass(slots=True)
class SelfAssessment:
    """Walks through the lines of the form and gives what a unit's table says, text by text."""

    emit: Emit
    known: set[str]
    _boxes: float = 0.0
    _codes: list[str] = field(default_factory=list)
    _labels: list[VisualLine] = field(default_factory=list)
    _text: _Text | None = None
    _place: str = "free"

    def take(self, line: VisualLine) -> None:
        """The next line that is no head or foot of a page."""
        boxes = _boxes_at(line)
        if boxes is not None:
            self._boxes = boxes - 0.5 * line.blank
            self._begin_table(line)
        elif _CODE.search(line.text):
            self._flush()
            self._labels, self._place = [line], "labels"
        elif self._place == "labels":
            self._labels.append(line)
        elif self._place == "table" or (self._place == "after" and _CRITERION.match(line.text)):
            self._take_row(line)
        elif self._place == "after":
            self.emit([line], (line.text,), (), "furniture")
        else:
            self.emit([line], line.cells(), (), "")

    def end(self) -> None:
        """Behind the last line."""
        self._flush()
        for line in self._labels:
            self.emit([line], line.cells(), (), "")

    def _begin_table(self, head: VisualLine) -> None:
        """Emit the labels of the unit; where they are those of a table that goes on, its page repeats them."""
        labels, self._labels = self._labels, []
        if labels:
            code, title = _unit_of(labels)
            if self._codes and self._codes[-1] == code:
                self._place = "table"
                for line in (*labels, head):
                    self.emit([line], (line.text,), (), "furniture")
                return
            self._codes.append(code)
            self.emit(labels[:1], ("Kode Unit", ":", code), (), "")
            self.emit(labels, ("Judul Unit", ":", joined_text(title, self.known)), (), "")
            self.emit([head], ("Elemen Kompetensi", "Kriteria Unjuk Kerja"), (0, 1), "")
        else:
            self.emit([head], (head.text,), (), "furniture")
        self._place = "table"

    def _take_row(self, line: VisualLine) -> None:
        words = tuple(word for word in line.words if word.start < self._boxes and not _BOX.fullmatch(word.text))
        if not words:
            self.emit([line], (line.text,), (), "furniture")
            return
        text, start = spelled(words), words[0].start
        element = _ELEMENT.fullmatch(text)
        number = element and (element["before"] or element["behind"])
        if element is not None and number:
            self._begin(0, f"{number}. {element['title']}".strip(), line, start + line.blank)
        elif _CRITERIA.fullmatch(text):
            self._flush()
            self.emit([line], (text,), (), "furniture")
        elif self._begins_criterion(words, line.blank):
            self._begin(1, text, line, start if len(words) == 1 else words[1].start)
        elif self._is_behind(text, start, line.blank):
            self._flush()
            self._place = "after"
            self.emit([line], (line.text,), (), "furniture")
        elif self._goes_on(start, line.blank):
            assert self._text is not None
            self._text.parts.append(text)
            self._text.lines.append(line)
        else:  # told by the reader as what stands in the table and is no part of it
            self._flush()
            self.emit([line], (text,), (0,), "")

    def _begins_criterion(self, words: Sequence[PrintedWord], blank: float) -> bool:
        """Whether a number begins a criterion; right of the numbers it is a part of the words."""
        above = self._text
        if not _CRITERION.fullmatch(words[0].text):
            return False
        return above is None or above.column == 0 or words[0].start < above.start - blank

    def _is_behind(self, text: str, start: float, blank: float) -> bool:
        """Whether a line stands behind the table; words of a criterion, which may be the same, are set further in."""
        if _VERDICT.match(text):
            return True
        return bool(_AFTER.match(text)) and (self._text is None or start < self._text.lines[0].start - blank)

    def _goes_on(self, start: float, blank: float) -> bool:
        above = self._text
        if above is None:
            return False
        return start > above.start - 1.5 * blank or (above.column == 1 and start > above.lines[0].start - blank)

    def _begin(self, column: int, text: str, line: VisualLine, start: float) -> None:
        self._flush()
        self._text = _Text(column, start, [text], [line])

    def _flush(self) -> None:
        if self._text is not None:
            self.emit(self._text.lines, (joined_text(self._text.parts, self.known),), (self._text.column,), "")
        self._text = None


def _unit_of(labels: Sequence[VisualLine]) -> tuple[str, list[str]]:
    """Code and title of a unit: what stands right of the labels, however they are set beside it."""
    words = labels[0].words
    at = next((at for at, word in enumerate(words) if word.text.endswith(":")), 1)
    value = words[at + 1 :] or words[-1:]
    left = value[0].start - 2 * labels[0].blank
    rows = ([word for word in line.words if word.start > left] for line in labels[1:])
    return spelled(value), [spelled(row) for row in rows if row]

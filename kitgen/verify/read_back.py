"""A finished document as verifying reads it: its text dump in rows and paragraphs, indexed by what they say. Pure."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.line_diff import DumpLine

_CELL: Final = re.compile(r"(.*table \d+), row (\d+), cell \d+")
_SHEET_CELL: Final = re.compile(r"(sheet .*), cell [A-Z]+(\d+)")
_MERGED: Final = re.compile(r"(?: \(over (\d+) columns\))?( \(goes on\))?$")
_STRUCK: Final = re.compile(r"~~.*?~~")
_LABEL: Final = re.compile(r"(\d+(?:\.\d+)*|[A-Za-z])[.)]?(?: |$)")
_LEFT_OVER: Final = re.compile("\\{\\{|\\{%|\\{#|#KODE-DOKUMEN#|[\U000f0000-\U000ffffd]")
_TRIMMED: Final = ".,:;()[]“”"
_UNREAD: Final = (", merged", ", validation ", ", format ")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it is read: where it stands, in which row (paragraphs outside of tables are rows too), its words.

    `label` is the number or letter it begins with (`1.1`, `a`), or is.
    """

    spot: str
    row: str
    text: str
    label: str

    @property
    def table(self) -> str:
        """The table or sheet it stands in; empty outside of one."""
        return self.row.rpartition(", row ")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a text was found: the number of its line, and where in the line it begins."""

    line: int
    start: int


@dataclass(slots=True)
class Finished:
    """Dokumen jadi as read back. Lines that merged cells carry on stand in each of their rows."""

    lines: list[Line] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    left_over: list[DumpLine] = field(default_factory=list)
    _by_text: dict[str, list[Hit]] = field(default_factory=dict)
    _whole: str = ""
    _starts: list[int] = field(default_factory=list)

    def exactly(self, text: str) -> Sequence[Hit]:
        """Where a text is a paragraph, or all of one but its label."""
        return self._by_text.get(text, ())

    def within(self, text: str) -> Iterator[Hit]:
        """Where a text stands within a paragraph, as whole words; slower than `exactly`."""
        at = self._whole.find(text) if text else -1
        while at >= 0:
            before, after = self._whole[at - 1 : at], self._whole[at + len(text) : at + len(text) + 1]
            if not before.isalnum() and not after.isalnum():
                number = bisect_right(self._starts, at) - 1
                yield Hit(number, at - self._starts[number])
            at = self._whole.find(text, at + 1)

    def label_at(self, hit: Hit, labels: Collection[str]) -> str | None:
        """Which of `labels` a text stands with: the last one before it in its paragraph, or else in its row."""
        line = self.lines[hit.line]
        for word in reversed(line.text[: hit.start].split()):
            if (bare := word.strip(_TRIMMED)) in labels:
                return bare
        before = (self.lines[number].label for number in self.before(hit))
        return next((label for label in before if label in labels), None)

    def before(self, hit: Hit) -> Iterator[int]:
        """The lines before a place in its row, the nearest first."""
        row = self.rows[self.lines[hit.line].row]
        return reversed(row[: row.index(hit.line)])


def words_of(text: str) -> str:
    """A text as it is compared: marks, tabs, line breaks and repeated blanks taken out, and what is struck through."""
    if "~~" in text:
        text = _STRUCK.sub(" ", text)
    return " ".join(text.replace("**", "").replace("→", " ").replace("↵", " ").split())


def read_finished(dump: Sequence[DumpLine]) -> Finished:
    """Index the dump of a finished document; each text is looked at once."""
    read = Finished()
    above: dict[tuple[str, int], list[int]] = {}
    column, last_row = 1, ""
    for entry in dump:
        if _LEFT_OVER.search(entry.text):
            read.left_over.append(entry)
        if any(word in entry.spot for word in _UNREAD):
            continue
        row, table = _row_of(entry.spot)
        column = column if row == last_row else 1
        last_row = row
        span, text = _unmerged(entry.text)
        if text is None:
            read.rows.setdefault(row, []).extend(above.get((table, column), ()))
        else:
            above[table, column] = [_add(read, entry.spot, row, part) for part in text.split("¶")]
        column += span
    _join(read)
    return read


def _row_of(spot: str) -> tuple[str, str]:
    """The row a line of the dump stands in, and its table."""
    cell = _CELL.match(spot) or _SHEET_CELL.match(spot)
    return (f"{cell[1]}, row {cell[2]}", cell[1]) if cell is not None else (spot, "")


def _unmerged(text: str) -> tuple[int, str | None]:
    """How many columns a cell goes over, and its text; None where it goes on with that of the cell above."""
    merged = _MERGED.search(f" {text}")
    if merged is None or not merged[0]:
        return 1, text
    return int(merged[1] or 1), None if merged[2] else f" {text}"[: merged.start()]


def _add(read: Finished, spot: str, row: str, part: str) -> int:
    text = words_of(part)
    label = _LABEL.match(text)
    number = len(read.lines)
    read.lines.append(Line(spot, row, text, label[1] if label else ""))
    read.rows.setdefault(row, []).append(number)
    if text:
        read._by_text.setdefault(text, []).append(Hit(number, 0))
        if label is not None and (rest := text[label.end() :]):
            read._by_text.setdefault(rest, []).append(Hit(number, label.end()))
        elif label is not None and label[1] != text:
            read._by_text.setdefault(label[1], []).append(Hit(number, 0))
    return number


def _join(read: Finished) -> None:
    at = 0
    for line in read.lines:
        read._starts.append(at)
        at += len(line.text) + 1
    read._whole = "\n".join(line.text for line in read.lines)

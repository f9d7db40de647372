"""The columns of one unit's table, told by where the numbers of its criteria stand, page by page."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.schemes.published.geometry import PrintedWord, VisualLine, joined_text, spelled
from kitgen.schemes.published.words import Field, heading_field

_PAIR: Final = re.compile(r"\(?([0-9]{1,2})\.([0-9]{1,2})[.):]?(?![0-9])(?:$|(?=[^\W\d_(“\"]))")
_SINGLE: Final = re.compile(r"([0-9]{1,2})(?:[.)]|$)(?![0-9])")
_MARK: Final = re.compile(r"(?:[a-z]|[0-9]{1,2})[.)]$|[-–•●▪]$")
_NAMED: Final = re.compile(r"(?:elemen|element)\b", re.IGNORECASE)
_NEAR: Final = 3.0
"""Blanks by which what stands in one column may begin apart."""


@dataclass(slots=True)
class Piece:
    """One text of the table, the lines it stands on, and its column: 0 for elements, 1 for criteria."""

    column: int
    lines: list[VisualLine] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    order: int = 0
    text: str = ""
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the criteria of a page begin, their texts, and what stands right of them; `left` that of the elements."""

    criteria: float
    texts: float
    end: float
    is_single: bool


def table_pieces(lines: Sequence[VisualLine], heading: Sequence[VisualLine], known: set[str]) -> list[Piece]:
    """The elements and criteria of a table in the order of their numbers, each text put together."""
    pairs = [word for line in lines for word in line.words if _PAIR.match(word.text)]
    by_page: dict[tuple[int, int], list[VisualLine]] = {}
    for line in lines:
        by_page.setdefault((line.page, line.block), []).append(line)
    placed: list[tuple[VisualLine, _Edges | None]] = []
    edges: _Edges | None = None
    for of_page in by_page.values():
        edges = _edges(of_page, heading, bool(pairs)) or edges or _edges(lines, heading, bool(pairs))
        placed += [(line, edges) for line in of_page]
    reader = _TableReader(placed, bool(pairs))
    for line, edges in placed:
        reader.take(line, edges)
    for piece in reader.pieces:
        piece.text = joined_text(piece.parts, known)
    if reader.is_unmarked and not all(piece.text.endswith((".", ";")) for piece in reader.pieces if piece.column):
        for piece in reader.pieces:  # nothing tells where one criterion ends: let it be refused, not put together
            piece.column = -1
    pieces = _ordered(reader.pieces) if pairs else sorted(reader.pieces, key=lambda each: (each.order, each.column))
    if all(each is None or each.is_single for _, each in placed):
        for piece in pieces:  # one column: it tells nothing
            piece.column = -1
    return pieces


class _TableReader:
    """Puts the lines of a table to its elements and criteria."""

    def __init__(self, placed: Sequence[tuple[VisualLine, "_Edges | None"]], has_pairs: bool) -> None:
        self.pieces: list[Piece] = []
        self._has_pairs = has_pairs
        words = [(word, line, edges) for line, edges in placed for word in line.words]
        self.is_unmarked = not has_pairs and not any(_MARK.match(word.text) for word, _, _ in words)
        """Whether nothing in the table has a number or a mark: then a sentence is a criterion."""
        self._at_place = {
            (int(pair[1]), int(pair[2]))
            for word, line, edges in words
            if (pair := _PAIR.match(word.text)) and self._is_at(word, line, edges)
        }
        """The numbers that stand where those of criteria begin."""
        self._open: dict[int, Piece] = {}
        self._order = 0
        self._last_element = 0
        self._has_left = self._had_left = False
        self._last_pair = (0, 0)

    def take(self, line: VisualLine, edges: _Edges | None) -> None:
        """Take one line."""
        self._order += 1
        left, right = _split(line, edges)
        self._had_left, self._has_left = self._has_left, bool(left)
        begins = bool(right) and self._begins_criterion(right, line, edges)
        if left:
            is_single = edges is None or edges.is_single
            if is_single and self._begins_criterion(left, line, edges):
                self._begin(1, line, left)
            elif self._begins_element(left, line, begins) or (
                is_single and 0 not in self._open and 1 not in self._open
            ):
                self._begin(0, line, left)
                if is_single:
                    self._open.pop(1, None)
            else:
                self._go_on(1 if is_single and 1 in self._open else 0, line, left)
        if right:
            if begins:
                self._begin(1, line, right)
            else:
                self._go_on(1, line, right)

    def _begins_criterion(self, words: Sequence[PrintedWord], line: VisualLine, edges: _Edges | None) -> bool:
        first = words[0]
        pair = _PAIR.match(first.text)
        if self.is_unmarked:
            return 1 not in self._open or line.is_apart or self._open[1].parts[-1].endswith((".", ";"))
        if not pair:
            return not self._has_pairs and bool(_MARK.match(first.text)) and self._is_at(first, line, edges)
        number = (int(pair[1]), int(pair[2]))
        is_next = number in ((self._last_pair[0], self._last_pair[1] + 1), (self._last_pair[0] + 1, 1))
        is_at = self._is_at(first, line, edges)
        if not is_at and (not is_next or number in self._at_place):
            return False
        self._last_pair = number
        return True

    def _is_at(self, word: PrintedWord, line: VisualLine, edges: _Edges | None) -> bool:
        return edges is None or abs(word.start - edges.criteria) <= _NEAR * line.blank

    def _begins_element(self, words: Sequence[PrintedWord], line: VisualLine, is_row: bool) -> bool:
        found = _SINGLE.match(words[0].text)
        if found and int(found[1]) == self._last_element + 1:
            self._last_element += 1
            return True
        if found and words[0].text[-1:] in ".)" and len(words) > 1 and words[1].text[:1].isupper():
            self._last_element = int(found[1])
            return True
        if _NAMED.match(words[0].text) and any(word.text[:1].isdigit() for word in words[1:4]):
            return True
        if self.is_unmarked:
            return is_row and not self._had_left
        if self._last_element:
            return False
        return is_row and (not self._has_pairs or self._last_pair[1] == 1)

    def _begin(self, column: int, line: VisualLine, words: Sequence[PrintedWord]) -> None:
        piece = Piece(column, [line], [spelled(words)], self._order)
        self._open[column] = piece
        self.pieces.append(piece)

    def _go_on(self, column: int, line: VisualLine, words: Sequence[PrintedWord]) -> None:
        if column not in self._open:
            self._begin(column, line, words)
            return
        self._open[column].parts.append(spelled(words))
        if self._open[column].lines[-1] is not line:
            self._open[column].lines.append(line)


def _split(line: VisualLine, edges: _Edges | None) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """The words of a line that belong to the elements, and those that belong to the criteria."""
    words = [word for word in line.words if edges is None or word.start < edges.end]
    if edges is None or edges.is_single:
        return words, []
    at = next((at for at, word in enumerate(words) if word.start >= edges.criteria - 1.2 * line.blank), len(words))
    return words[:at], words[at:]


def _edges(lines: Sequence[VisualLine], heading: Sequence[VisualLine], has_pairs: bool) -> _Edges | None:
    """Where the columns of these lines begin; None where nothing tells."""
    blank = max((line.blank for line in lines), default=1.0)
    starts: list[tuple[float, float]] = []
    for line in lines:
        for part in _candidates(line, has_pairs):
            starts.append((part[0].start, part[1].start if len(part) > 1 else part[0].start))
    if not starts and not has_pairs:
        starts = [(part[0].start, part[0].start) for line in lines for part in line.fragments()[1:]]
    if not starts:
        return None
    criteria = _mode([start for start, _ in starts], _NEAR * blank)
    texts = _mode([text for start, text in starts if abs(start - criteria) <= _NEAR * blank], _NEAR * blank)
    singles = [
        line.start for line in lines if _SINGLE.match(line.words[0].text) and not _PAIR.match(line.words[0].text)
    ]
    lefts = [start for start in singles if start < criteria - _NEAR * blank]
    others = [line.start for line in lines if line.start < criteria - 2 * _NEAR * blank]
    is_single = not lefts and (bool(singles) or not others) and has_pairs
    return _Edges(criteria, texts, _end(heading, criteria), is_single)


def _candidates(line: VisualLine, has_pairs: bool) -> Iterable[tuple[PrintedWord, ...]]:
    """Parts of a line that may be the beginning of a criterion."""
    fragments = line.fragments()
    if not has_pairs:
        return [part for part in fragments[1:] if _MARK.match(part[0].text)]
    found = [part for part in fragments if _PAIR.match(part[0].text)]
    if not found:  # the column of the elements reaches up to the number
        at = [at for at, word in enumerate(line.words) if _PAIR.match(word.text)]
        found = [line.words[at[0] :]] if at else []
    return found


def _mode(values: Sequence[float], near: float) -> float:
    """The place most of the values are near to; the leftmost of them."""
    counts: Counter[float] = Counter()
    for value in set(values):
        counts[value] = sum(abs(other - value) <= near for other in values)
    best = max(counts.values())
    middle = min(value for value, count in counts.items() if count == best)
    return min(value for value in values if abs(value - middle) <= near)


def _end(heading: Sequence[VisualLine], criteria: float) -> float:
    """Where the column right of the criteria begins, by its heading; endless where there is none."""
    ends = [
        part[0].start
        for line in heading
        for part in line.fragments()
        if part[0].start > criteria and heading_field(spelled(part)) in (Field.ANSWER, Field.BENCHMARK)
    ]
    return min(ends) - 0.5 if ends else float("inf")


def _ordered(pieces: Sequence[Piece]) -> list[Piece]:
    """Elements before their criteria, though their text may stand lower where it is set in the middle of its cell."""
    elements = {
        int(found[1]): piece
        for piece in pieces
        if not piece.column and (found := _SINGLE.match(piece.text.partition(" ")[0]))
    }
    numbered = {id(piece) for piece in elements.values()}
    ordered: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: (each.order, each.column)):
        if id(piece) in numbered:
            continue
        pair = _PAIR.match(piece.text.partition(" ")[0])
        if pair and piece.column and int(pair[1]) in elements:
            ordered.append(elements.pop(int(pair[1])))
        ordered.append(piece)
    return [*ordered, *elements.values()]

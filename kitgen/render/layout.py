"""Where the rows of a sheet's template come to lie in the finished sheet.

Rows that follow each other are one *stretch*, known by its first row. A *frame* is one iteration of a row loop (the
outermost: the sheet); each knows the first and last output row of the stretches in it. A reference means the nearest
frame that holds its row: the same iteration within a loop, all iterations from outside of it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kitgen.render.formulas import Piece, Reference

LOST = "#REF!"


@dataclass(slots=True, eq=False)
class Frame:
    """One iteration of a loop: the loop's number (0: the sheet itself), and its stretches' first and last rows."""

    loop: int
    parent: "Frame | None"
    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a template that stay together: the first, how many, and the loops around them, outermost first."""

    row: int
    count: int
    loops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a template: its stretches in order; rows that held only a tag are in none."""

    stretches: tuple[Stretch, ...]

    def stretch_at(self, row: int) -> Stretch | None:
        """The stretch that holds a template row."""
        index = bisect_right(self.stretches, row, key=lambda stretch: stretch.row) - 1
        stretch = self.stretches[index] if index >= 0 else None
        return stretch if stretch is not None and row < stretch.row + stretch.count else None

    def at_or_after(self, row: int) -> int:
        """The row itself, or the next one below that is not a tag's own."""
        if self.stretch_at(row) is not None:
            return row
        return next((stretch.row for stretch in self.stretches if stretch.row > row), row)

    def at_or_before(self, row: int) -> int:
        """The row itself, or the next one above that is not a tag's own."""
        if self.stretch_at(row) is not None:
            return row
        return next((s.row + s.count - 1 for s in reversed(self.stretches) if s.row < row), row)

    def covers_loop(self, first: int, last: int, loop: int) -> bool:
        """Whether rows `first` to `last` hold all rows of a loop."""
        rows = [stretch for stretch in self.stretches if loop in stretch.loops]
        return bool(rows) and first <= rows[0].row and rows[-1].row + rows[-1].count - 1 <= last

    def loops_around(self, first: int, last: int) -> tuple[int, ...]:
        """The loops that hold both rows, outermost first."""
        one, other = self.stretch_at(first), self.stretch_at(last)
        if one is None or other is None:
            return ()
        return tuple(a for a, b in zip(one.loops, other.loops, strict=False) if a == b)


class Layout:
    """The layout of one sheet for one rendering."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.sheet = Frame(0, None)
        self.frames = [self.sheet]
        self.frame = self.sheet
        self._placed: list[tuple[int, Frame]] = []
        self._next_row = 1
        self._at = 0

    # Laying out, in the order of the finished sheet

    def enter(self, loop: int) -> None:
        """An iteration of a loop begins."""
        self.frame = Frame(loop, self.frame)
        self.frames.append(self.frame)

    def leave(self) -> None:
        """The iteration ends."""
        assert self.frame.parent is not None
        self.frame = self.frame.parent

    def place(self, row: int, count: int) -> None:
        """The next rows of the finished sheet are these of the template."""
        self._placed.append((self._next_row, self.frame))
        frame: Frame | None = self.frame
        while frame is not None:
            frame.first.setdefault(row, self._next_row)
            frame.last[row] = self._next_row
            frame = frame.parent
        self._next_row += count

    # Writing, in the same order

    def next(self) -> int:
        """The output row of the stretch written next; references are seen from its frame."""
        row, self.frame = self._placed[self._at]
        self._at += 1
        return row

    def first_frame(self, row: int) -> Frame:
        """The innermost frame in which a template row first stands."""
        stretch = self.rows.stretch_at(row)
        if stretch is None:
            return self.sheet
        target = self.sheet.first.get(stretch.row)
        return next((frame for placed, frame in self._placed if placed == target), self.sheet)

    # Asking

    def row(self, row: int, frame: Frame, *, is_end: bool = False) -> int | None:
        """Where a template row stands, seen from a frame; `is_end`: its last place in the nearest frame, for ranges.

        Rows below all that the template holds move with its end. None: the row was left out.
        """
        stretch = self.rows.stretch_at(row)
        if stretch is None:
            return self._beyond(row)
        found: Frame | None = frame
        while found is not None:
            places = found.last if is_end else found.first
            if stretch.row in places:
                return places[stretch.row] + row - stretch.row
            found = found.parent
        return None

    def _beyond(self, row: int) -> int:
        if not self.rows.stretches:
            return row
        end = self.rows.stretches[-1]
        return self._next_row + row - (end.row + end.count)

    def text(self, reference: Reference, frame: Frame) -> str:
        """A reference as it reads in the finished sheet, seen from a frame."""
        if reference.end_row is None:
            row = self.row(self.rows.at_or_after(reference.row), self.sheet if reference.is_fixed else frame)
            return LOST if row is None else reference.text(row, None)
        start, end = self.rows.at_or_after(reference.row), self.rows.at_or_before(reference.end_row)
        if end < start:
            start = end = self.rows.at_or_after(reference.row)
        around = frame if reference.is_fixed == reference.end_is_fixed else None
        if around is not None:
            around = self.sheet if reference.is_fixed else self._holding(start, end, frame)
        first = self.row(start, around or (self.sheet if reference.is_fixed else frame))
        last = self.row(end, around or (self.sheet if reference.end_is_fixed else frame), is_end=True)
        if first is None or last is None:
            return LOST
        return reference.text(first, last)

    def _holding(self, start: int, end: int, frame: Frame) -> Frame:
        """The nearest frame around `frame` that holds both rows."""
        one, other = self.rows.stretch_at(start), self.rows.stretch_at(end)
        found: Frame | None = frame
        while found is not None:
            if one is not None and other is not None and one.row in found.first and other.row in found.first:
                return found
            found = found.parent
        return self.sheet

    def areas(self, first: int, last: int) -> list[tuple[int, int]]:
        """The output areas of template rows `first` to `last`: one that grew, or one for each iteration around them."""
        loops = self.rows.loops_around(first, last)
        while loops and self.rows.covers_loop(first, last, loops[-1]):
            loops = loops[:-1]
        loop = loops[-1] if loops else 0
        return self._areas_in(first, last, loop)

    def copies(self, first: int, last: int) -> list[tuple[int, int]]:
        """The same for what is never stretched over iterations, such as merged cells: one for each iteration."""
        loops = self.rows.loops_around(first, last)
        return self._areas_in(first, last, loops[-1] if loops else 0)

    def _areas_in(self, first: int, last: int, loop: int) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for frame in self.frames:
            if frame.loop != loop:
                continue
            start, end = self.row(first, frame), self.row(last, frame, is_end=True)
            if start is not None and end is not None and start <= end:
                found.append((start, end))
        return found

    def formula(self, pieces: Sequence[Piece], frame: Frame) -> str:
        """A formula as it reads in the finished sheet; references to other sheets are left to their layouts."""
        return "".join(piece if isinstance(piece, str) else self.text(piece, frame) for piece in pieces)

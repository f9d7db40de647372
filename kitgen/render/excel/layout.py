"""Where the rows of a sheet's template come to lie in the finished sheet.

Rows that follow each other are one *stretch*, known by its first row. A *frame* is one iteration of a row loop (the
outermost: the sheet); each knows the first and last output row of the stretches in it. A reference means the nearest
frame that may hold its row: the same iteration within a loop, all iterations from outside of it.

Columns are laid out in the same way, by the same classes: what is said of rows holds for them, too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kitgen.base.messages import said
from kitgen.render.excel.formulas import MAX_ROWS
from kitgen.render.tags.filters import OutOfBounds

Span = tuple[int, int]
"""First and last output row of an area."""
MOST_SPANS = 2_000
MOST_LISTS = 64
"""Lists of spans that are remembered; each may be long."""
MOST_KEPT = 4_096
"""Spans of ranges that are remembered while a sheet is written: what the next cells and rows ask for again."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a template: its stretches in order; rows that held only a tag are in none.

    `end` is the first row below everything, `may_drop` whether an `if` can leave rows out, `most` the last there is.
    """

    stretches: tuple[Stretch, ...]
    end: int = 1
    may_drop: bool = False
    most: int = MAX_ROWS
    _torn: dict[Span, frozenset[int]] = field(default_factory=dict)
    _around: dict[Span, tuple[int, ...]] = field(default_factory=dict)
    _spots: dict[tuple[int, bool], tuple[Stretch | None, int]] = field(default_factory=dict)
    _firsts: list[int] = field(default_factory=list)
    """The first row of each stretch."""
    _of_loops: dict[int, Span] = field(default_factory=dict)
    """The first and last row that stand in each loop."""

    def __post_init__(self) -> None:
        self._firsts.extend([stretch.row for stretch in self.stretches])
        for stretch in self.stretches:
            for loop in stretch.loops:
                first = self._of_loops.get(loop, (stretch.row, 0))[0]
                self._of_loops[loop] = first, stretch.row + stretch.count - 1

    def stretch_at(self, row: int) -> Stretch | None:
        """The stretch that holds a template row."""
        index = bisect_right(self._firsts, row) - 1
        stretch = self.stretches[index] if index >= 0 else None
        return stretch if stretch is not None and row < stretch.row + stretch.count else None

    def spot(self, row: int, *, is_end: bool = False) -> tuple[Stretch | None, int]:
        """The stretch of a row, and the row; of a tag's row, the next one below (`is_end`: above).

        No stretch: the row lies below everything, or above everything that is not a tag's.
        """
        found = self._spots.get((row, is_end))
        if found is None:
            found = self._spots[row, is_end] = self._find_spot(row, is_end)
        return found

    def _find_spot(self, row: int, is_end: bool) -> tuple[Stretch | None, int]:
        stretch = self.stretch_at(row)
        if stretch is not None or row >= self.end:
            return stretch, row
        index = bisect_left(self._firsts, row)
        if is_end:
            above = self.stretches[index - 1] if index else None
            return above, above.row + above.count - 1 if above else 0
        below = self.stretches[index] if index < len(self.stretches) else None
        return below, below.row if below else self.end

    def between(self, first: Stretch, last: Stretch) -> tuple[Stretch, ...]:
        """The stretches from one to another."""
        return self.stretches[bisect_left(self._firsts, first.row) : bisect_right(self._firsts, last.row)]

    def following(self, stretch: Stretch) -> Iterator[Stretch]:
        """A stretch, and those below it."""
        return (self.stretches[at] for at in range(bisect_left(self._firsts, stretch.row), len(self.stretches)))

    def covers_loop(self, first: int, last: int, loop: int) -> bool:
        """Whether rows `first` to `last` hold all rows of a loop."""
        rows = self._of_loops.get(loop)
        return rows is not None and first <= rows[0] and rows[1] <= last

    def torn(self, first: int, last: int) -> frozenset[int]:
        """The loops of which rows `first` to `last` hold some rows and not others."""
        found = self._torn.get((first, last))
        if found is None:
            ends = (loop for stretch in self._ends(first, last) for loop in stretch.loops)
            found = frozenset(loop for loop in ends if not self.covers_loop(first, last, loop))
            self._torn[first, last] = found
        return found

    def _ends(self, first: int, last: int) -> tuple[Stretch, ...]:
        """The outermost stretches of which rows `first` to `last` hold any: a loop that is torn holds one of them."""
        start = max(0, bisect_right(self._firsts, first) - 1)
        if start < len(self.stretches) and self.stretches[start].row + self.stretches[start].count <= first:
            start += 1
        end = bisect_right(self._firsts, last) - 1
        return (self.stretches[start], self.stretches[end]) if start <= end else ()

    def loops_at(self, row: int) -> tuple[int, ...]:
        """The loops around a row, outermost first."""
        stretch, _ = self.spot(row)
        return stretch.loops if stretch else ()

    def loops_around(self, first: int, last: int) -> tuple[int, ...]:
        """The loops that hold both rows, outermost first."""
        found = self._around.get((first, last))
        if found is None:
            found = self._around[first, last] = self._find_around(first, last)
        return found

    def _find_around(self, first: int, last: int) -> tuple[int, ...]:
        one, other = self.spot(first)[0], self.spot(last, is_end=True)[0]
        if one is None or other is None:
            return ()
        return tuple(a for a, b in zip(one.loops, other.loops, strict=False) if a == b)


class Layout:
    """The layout of one sheet for one rendering."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.sheet = Frame(0, None)
        self.frame = self.sheet
        self._of_loop: dict[int, list[Frame]] = {0: [self.sheet]}
        self._placed: list[tuple[int, Frame, int, int]] = []
        self._seen_first: dict[int, Frame] = {}
        self._next_row = 1
        self._at = 0
        self.here = 0
        """The output row that is being written."""
        self._spans: dict[tuple[int, int, bool, bool, Frame], Span | None] = {}
        self._lists: dict[tuple[int, int, Frame, Frame], list[Span]] = {}
        self.columns: Layout | None = None
        """How the columns of the sheet are laid out, where they are looped."""

    # Laying out, in the order of the finished sheet

    def enter(self, loop: int) -> None:
        """An iteration of a loop begins."""
        self.frame = Frame(loop, self.frame)
        self._of_loop.setdefault(loop, []).append(self.frame)

    def leave(self) -> None:
        """The iteration ends."""
        assert self.frame.parent is not None
        self.frame = self.frame.parent

    def place(self, row: int, count: int) -> int:
        """The next rows of the finished sheet are these of the template; gives how many there are by now."""
        here = self._next_row
        frame: Frame | None = self.frame
        self._placed.append((here, self.frame, row, count))
        self._seen_first.setdefault(row, self.frame)
        while frame is not None:
            frame.first.setdefault(row, here)
            frame.last[row] = here
            frame = frame.parent
        self._next_row = here + count
        return here + count - 1

    # Writing, in the same order

    def next(self) -> int:
        """The output row of the stretch written next; references are seen from its frame."""
        self.here, self.frame, _, _ = self._placed[self._at]
        self._at += 1
        return self.here

    def begin(self) -> None:
        """Writing begins anew: with each row, all columns are gone through."""
        self._at, self.frame = 0, self.sheet

    def next_of(self, row: int) -> bool:
        """Go on to the stretch written next, if it begins with this template row; tells whether it does."""
        if self._at >= len(self._placed) or self._placed[self._at][2] != row:
            self.here = row
            return False
        self.next()
        return True

    @property
    def is_done(self) -> bool:
        """Whether all that was laid out has been written."""
        return self._at == len(self._placed)

    def first_frame(self, row: int) -> Frame:
        """The innermost frame in which a template row first stands."""
        stretch, _ = self.rows.spot(row)
        return self.sheet if stretch is None else self._seen_first.get(stretch.row, self.sheet)

    # Asking

    def row(self, row: int, frame: Frame) -> int | None:
        """Where a template row stands, seen from a frame; None: it was left out. Rows below everything move along."""
        stretch, row = self.rows.spot(row)
        if stretch is None:
            return self._beyond(row)
        place = _holding(frame, stretch.loops).first.get(stretch.row)
        return None if place is None else place + row - stretch.row

    def nearest(self, row: int, *, is_end: bool = False) -> int:
        """Where a template row first stands (`is_end`: last); if it was left out, where the next one stands."""
        stretch, row = self.rows.spot(row, is_end=is_end)
        if stretch is None:
            return self._beyond(row) if row else 1
        places = self.sheet.last if is_end else self.sheet.first
        for follower in self.rows.following(stretch):
            if follower.row in places:
                return places[follower.row] + (row - stretch.row if follower is stretch else 0)
        return self._next_row

    def _beyond(self, row: int) -> int:
        if not self.rows.stretches or row >= self.rows.most:
            return row
        return min(self.rows.most, self._next_row + max(0, row - self.rows.end))

    def span(self, first: int, last: int, is_fixed: bool, end_is_fixed: bool, frame: Frame) -> Span | None:
        """The output rows of a range as seen from a frame, with all that lies between; None: all were left out."""
        key = (first, last, is_fixed, end_is_fixed, frame)
        try:
            return self._spans[key]
        except KeyError:
            if len(self._spans) >= MOST_KEPT:
                self._spans.clear()
            made = self._bounds(first, last, *self._seen(first, last, is_fixed, end_is_fixed, frame))
            self._spans[key] = made
            return made

    def one_span(self, first: int, last: int, is_fixed: bool, end_is_fixed: bool, frame: Frame) -> list[Span]:
        """`span` as a list of one, or of none."""
        found = self.span(first, last, is_fixed, end_is_fixed, frame)
        return [] if found is None else [found]

    def _seen(self, first: int, last: int, is_fixed: bool, end_is_fixed: bool, frame: Frame) -> tuple[Frame, Frame]:
        if is_fixed != end_is_fixed:
            return (self.sheet, frame) if is_fixed else (frame, self.sheet)
        around = self.sheet if is_fixed else _holding(frame, self.rows.loops_around(first, last))
        return around, around

    def spans(self, first: int, last: int, is_fixed: bool, end_is_fixed: bool, frame: Frame) -> list[Span]:
        """The same without the rows of loops that only lie between: one row of a body of two, in each iteration."""
        torn = self.rows.torn(first, last)
        whole = self.span(first, last, is_fixed, end_is_fixed, frame)
        if not torn:
            return [] if whole is None else [whole]
        around, end_frame = self._seen(first, last, is_fixed, end_is_fixed, frame)
        known = self._lists.get((first, last, around, end_frame))
        if known is not None:
            return known
        if whole is None or (around is end_frame and torn <= _loops_of(around)):
            return [] if whole is None else [whole]
        found: list[Span] = []
        at = max(0, bisect_right(self._placed, whole[0], key=_here) - 1)
        while at < len(self._placed) and self._placed[at][0] <= whole[1]:
            here, _, row, count = self._placed[at]
            at += 1
            start = max(whole[0], here + max(0, first - row))
            end = min(whole[1], here + min(count, last + 1 - row) - 1)
            if start <= end:
                _add_span(found, start, end)
        if whole[1] >= self._next_row:
            _add_span(found, max(whole[0], self._next_row), whole[1])
        if len(self._lists) >= MOST_LISTS:
            self._lists.clear()
        self._lists[first, last, around, end_frame] = found = found or [whole]
        return found

    def _bounds(self, first: int, last: int, frame: Frame, end_frame: Frame) -> tuple[int, int] | None:
        """The output rows from a template row to another; rows left out at either end do not count."""
        start, first = self.rows.spot(first)
        end, last = self.rows.spot(last, is_end=True)
        if last < first:  # tags' rows only
            end, last = start, first
        if start is None:
            return self._beyond(first), self._beyond(last)
        top = _holding(frame, start.loops).first.get(start.row)
        bottom = _holding(end_frame, end.loops).last.get(end.row) if end is not None else None
        top = None if top is None else top + first - start.row
        if end is None:
            bottom = self._beyond(last)
        elif bottom is not None:
            bottom += last - end.row
        if self.rows.may_drop:
            held = self.rows.between(start, end or self.rows.stretches[-1])
            top, bottom = _what_is_left(held, frame, end_frame, (start, top), (end, bottom))
        return None if top is None or bottom is None or bottom < top else (top, bottom)

    def areas(self, first: int, last: int) -> list[tuple[int, int]]:
        """The output areas of template rows `first` to `last`: one that grew, or one for each iteration around them."""
        loops = self.rows.loops_around(first, last)
        while loops and self.rows.covers_loop(first, last, loops[-1]):
            loops = loops[:-1]
        return [(start, end) for _, start, end in self._areas_in(first, last, loops[-1] if loops else 0)]

    def copies(self, first: int, last: int) -> list[tuple[Frame, int, int]]:
        """The same for what is never stretched over iterations, such as merged cells: one for each iteration."""
        loops = self.rows.loops_around(first, last)
        return self._areas_in(first, last, loops[-1] if loops else 0)

    def spread(self, first: int, last: int) -> list[Span]:
        """The output rows of every template row from one to another, wherever they stand."""
        found: list[Span] = []
        for here, _, row, count in self._placed:
            start, end = max(first, row), min(last, row + count - 1)
            if start <= end:
                _add_span(found, here + start - row, here + end - row)
        if last >= self.rows.end:
            _add_span(found, self._beyond(max(first, self.rows.end)), self._beyond(last))
        return found

    def _areas_in(self, first: int, last: int, loop: int) -> list[tuple[Frame, int, int]]:
        found: list[tuple[Frame, int, int]] = []
        for frame in self._of_loop.get(loop, ()):
            bounds = self._bounds(first, last, frame, frame)
            if bounds is not None:
                found.append((frame, *bounds))
        return found


def _here(placed: tuple[int, Frame, int, int]) -> int:
    return placed[0]


def _loops_of(frame: Frame) -> frozenset[int]:
    """The loops an iteration stands in, its own among them."""
    loops: set[int] = set()
    found: Frame | None = frame
    while found is not None:
        loops.add(found.loop)
        found = found.parent
    return frozenset(loops)


def _add_span(found: list[Span], first: int, last: int) -> None:
    if found and found[-1][1] == first - 1:
        found[-1] = (found[-1][0], last)
        return
    if len(found) >= MOST_SPANS:
        raise OutOfBounds(said("a formula over more than {most_spans} areas", most_spans=MOST_SPANS))
    found.append((first, last))


def _holding(frame: Frame, loops: tuple[int, ...]) -> Frame:
    """The nearest frame around `frame` that is the sheet or an iteration of one of `loops`."""
    found = frame
    while found.loop and found.loop not in loops:
        assert found.parent is not None
        found = found.parent
    return found


def _what_is_left(
    held: Sequence[Stretch],
    frame: Frame,
    end_frame: Frame,
    start: tuple[Stretch, int | None],
    end: tuple[Stretch | None, int | None],
) -> tuple[int | None, int | None]:
    """The bounds of an area in which any row may be left out, in one iteration or in all; None when all were."""
    tops, bottoms = [start[1]], [end[1]]
    for stretch in held:
        if stretch is not start[0]:
            tops.append(_holding(frame, stretch.loops).first.get(stretch.row))
        last = _holding(end_frame, stretch.loops).last.get(stretch.row) if stretch is not end[0] else None
        bottoms.append(None if last is None else last + stretch.count - 1)
    return min((row for row in tops if row), default=None), max((row for row in bottoms if row), default=None)

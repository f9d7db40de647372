"""The hours of the days of an event: halves divided by the midday break, each with a short break. Pure."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.holes import Blank

Span = tuple[int, int]
"""From, to: minutes after midnight."""

FIRST_HOUR: Final = 8 * 60
"""When a day begins, and ends, of an event that does not say."""
LAST_HOUR: Final = 17 * 60
MIDDAY: Final = (12 * 60, 13 * 60)
"""Lunch and the midday prayer."""
FRIDAY: Final = (11 * 60 + 30, 13 * 60)
"""On Fridays the midday prayer is held together and takes longer."""
_FRIDAY: Final = 4
_SHORT_BREAKS: Final = (10 * 60, 15 * 60 + 15)
"""When the short breaks begin; the second is at the time of the afternoon prayer."""
_LONG_ENOUGH: Final = 120
GRID: Final = 5
"""Parts begin at whole five minutes, as people can keep to."""
_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-3])[.:]([0-5]\d)\b")


@dataclass(frozen=True, slots=True)
class Day:
    """Satu hari jadwal. `halves` are before and after midday; `breaks` are the short ones, for assessors and actors."""

    number: int
    date: datetime.date | None
    halves: tuple[Span, ...]
    breaks: tuple[Span, ...]

    def free(self, half: Span) -> list[Span]:
        """What is left of a half beside its breaks."""
        left = [half]
        for start, end in self.breaks:
            left = [piece for span in left for piece in _without(span, start, end)]
        return left

    @property
    def minutes(self) -> int:
        """So many minutes an assessor can work on this day."""
        return sum(end - start for half in self.halves for start, end in self.free(half))


def _without(span: Span, start: int, end: int) -> list[Span]:
    pieces = ((span[0], min(span[1], start)), (max(span[0], end), span[1]))
    return [piece for piece in pieces if piece[0] < piece[1]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hari dan jam jadwal. `days` are so many as the event has, 0 where it does not say."""

    first: int
    last: int
    days: int
    first_day: datetime.date | None
    pause: int

    def day(self, number: int) -> Day:
        """A day of the event, from 1; one it does not have is like the others and has no date."""
        date = None
        if self.first_day is not None and 1 <= number <= max(self.days, 1):
            date = self.first_day + datetime.timedelta(days=number - 1)
        return self.on(number, date)

    def on(self, number: int, date: datetime.date | None) -> Day:
        """A day with these hours."""
        noon = FRIDAY if date is not None and date.weekday() == _FRIDAY else MIDDAY
        halves = tuple(_without((self.first, self.last), *noon))
        breaks = []
        for start, end in halves:
            for at in _SHORT_BREAKS:
                if self.pause and end - start > _LONG_ENOUGH and start < at and at + self.pause < end:
                    breaks.append((at, at + self.pause))
        return Day(number, date, halves, tuple(breaks))


def hours_of_day(time: str | Blank) -> Span:
    """First and last minute of a day as a text such as `08.30-16.00` says; 08.00 and 17.00 where it does not."""
    clocks = [int(found[1]) * 60 + int(found[2]) for found in _CLOCK.finditer(str(time))]
    first = clocks[0] if clocks else FIRST_HOUR
    last = clocks[1] if len(clocks) > 1 else max(LAST_HOUR, first)
    return first, last if last > first else 24 * 60


def clock_text(minutes: int) -> str:
    """Minutes after midnight as a clock shows them: `08.05` for 485."""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def on_grid(minute: int) -> int:
    """The next minute after midnight, this one or a later one, at which parts may begin."""
    return -(-minute // GRID) * GRID


def gaps(span: Span, busy: Sequence[Span]) -> list[Span]:
    """What is left of a span beside what is taken of it."""
    left, at = [], span[0]
    for start, end in sorted(busy):
        if end <= span[0] or start >= span[1]:
            continue
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if at < span[1]:
        left.append((at, span[1]))
    return left

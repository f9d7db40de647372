"""Where candidates are between their parts: who played a scenario is kept apart from who waits for it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from kitgen.kits.timetable.calendar import MIDDAY
from kitgen.kits.timetable.part import Part

SHORTEST: Final = 10
"""Minutes between two parts that are told as waiting; fewer it takes to go from one room to the next."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Menunggu: a stretch of a day between two parts, in minutes after midnight.

    `is_apart`: in quarantine, as others are to play what they know.
    """

    day: int
    start: int
    end: int
    is_apart: bool


def waits_of(candidate: int, parts: Sequence[Part]) -> list[Wait]:
    """The stretches between a candidate's parts of each day, and after the last one as long as somebody is to play what
    they have played."""
    found: list[Wait] = []
    for day in sorted({part.day for part in parts if part.candidate == candidate and part.day > 0}):
        of_day = [part for part in parts if part.day == day]
        own = sorted((part for part in of_day if part.candidate == candidate and part.keeps_candidate is not None),
                     key=lambda part: (part.start, part.end))  # fmt: skip
        secret = _secret_until(candidate, of_day)
        at = own[0].end if own else 0
        for part in own[1:]:
            found += _pieces(day, at, part.start, secret)
            at = max(at, part.end)
        last = max((until for since, until in secret if since <= at), default=0)
        found += (wait for wait in _pieces(day, at, last, secret) if wait.is_apart)
    return _joined(found)


def _joined(found: Sequence[Wait]) -> list[Wait]:
    """Stretches that follow one another in one; short ones in which nobody is kept apart are no waiting."""
    whole: list[Wait] = []
    for wait in found:
        before = whole[-1] if whole else None
        if before is not None and (before.day, before.end, before.is_apart) == (wait.day, wait.start, wait.is_apart):
            whole[-1] = replace(before, end=wait.end)
        else:
            whole.append(wait)
    return [wait for wait in whole if wait.is_apart or wait.end - wait.start >= SHORTEST]


def _secret_until(candidate: int, of_day: Sequence[Part]) -> list[tuple[int, int]]:
    """Since when a candidate knows a scenario, and until when somebody still has to begin it."""
    found: list[tuple[int, int]] = []
    begun: dict[str, dict[int, int]] = {}
    for part in of_day:
        if part.scenario is not None and part.candidate is not None:
            who = begun.setdefault(part.scenario.id, {})
            who[part.candidate] = min(who.get(part.candidate, part.start), part.start)
    for who in begun.values():
        if candidate in who:
            found.append((who[candidate], max(who.values())))
    return found


def _pieces(day: int, start: int, end: int, secret: Sequence[tuple[int, int]]) -> Iterator[Wait]:
    """A stretch, cut where a secret is no longer one; at midday all eat."""
    cuts = sorted({start, end, *(until for _, until in secret if start < until < end),
                   *(noon for noon in MIDDAY if start < noon < end)})  # fmt: skip
    for since, until in pairwise(cuts):
        is_apart = any(known <= since and until <= last for known, last in secret)
        if since >= MIDDAY[0] and until <= MIDDAY[1] and not is_apart:
            continue
        yield Wait(day, since, until, is_apart)

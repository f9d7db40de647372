"""An event fitted into its days: all assessors together, the pre-assessment, and what would do if it does not fit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from kitgen.kits.timetable.assessor_days import AssessorDays, Common, days_of
from kitgen.kits.timetable.calendar import Calendar, Span, on_grid
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.work import Work
from kitgen.model.blueprint import Blueprint

Shares = Mapping[int, Sequence[Work]]
"""What the candidates of each assessor have to do, by the number of the assessor."""
_TRIES: Final = 12
"""So many numbers of assessors are tried, from the one the sum of minutes asks for."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Hasil penyusunan: the parts of all days, and how many days they take; `bound`: fewer are impossible.

    `too_long`: something takes longer than half a day of the event.
    """

    parts: tuple[Part, ...]
    days: int
    bound: int
    too_long: bool


@dataclass(frozen=True, slots=True)
class Enough:
    """Yang cukup: so many days with the assessors there are, or so many assessors in the days there are (None: no
    number of them, since one candidate alone takes longer)."""

    days: int
    assessors: int | None


def fit(shares: Shares, calendar: Calendar, blueprint: Blueprint, late: frozenset[int] = frozenset()) -> Fitted:
    """The days of all assessors; the opening and the written test are for all at once. Who is `late` moves nobody."""
    works = [work for found in shares.values() for work in found]
    common = replace(_common(works, calendar, blueprint), late=late)
    found = [days_of(assessor, of, calendar, common) for assessor, of in shares.items() if of]
    return Fitted(
        tuple(sorted((part for each in found for part in each.parts), key=_order)),
        max((each.days for each in found), default=0),
        bound_of(shares, calendar, common.opening),
        any(each.too_long for each in found) or _is_test_too_long(works, calendar, common),
    )


def _order(part: Part) -> tuple[int, int, int, int]:
    return part.day, part.start, part.assessor, part.candidate or 0


def _common(works: Sequence[Work], calendar: Calendar, blueprint: Blueprint) -> Common:
    opening, longest = blueprint.times["opening"].minutes, max((work.test for work in works), default=0)
    if not longest:
        return Common(opening, None)
    start = on_grid(calendar.first + opening + blueprint.times["handing_out"].minutes)
    for first, last in calendar.day(1).halves:
        at = max(start, first)
        if at + longest <= last:
            return Common(opening, at)
    return Common(opening, start)


def _is_test_too_long(works: Sequence[Work], calendar: Calendar, common: Common) -> bool:
    test = common.test
    longest = max((work.test for work in works), default=0)
    if test is None:
        return False
    return not any(first <= test and test + longest <= last for first, last in calendar.day(1).halves)


def bound_of(shares: Shares, calendar: Calendar, opening: int) -> int:
    """Fewer days are impossible: the minutes of the busiest assessor, and those of the busiest candidate, each with the
    `opening`, by those of a day."""
    day = max(1, calendar.on(0, None).minutes)
    whole = max(1, sum(end - start for start, end in calendar.on(0, None).halves))
    busiest = max(_minutes(shares), default=0)
    longest = max((work.candidate_minutes for works in shares.values() for work in works), default=0)
    return max(-(-(busiest + opening) // day), -(-(longest + opening) // whole)) if longest else 0


def enough(
    shares: Shares, calendar: Calendar, blueprint: Blueprint, fitted: Fitted, shared_by: Callable[[int], Shares]
) -> Enough:
    """What would do: each was fitted, so that nobody is promised what cannot be held.

    `shared_by` shares the work out among so many assessors.
    """
    total, capacity = sum(_minutes(shares)), calendar.on(0, None).minutes * calendar.days
    least = max(len(shares) + 1, -(-total // max(1, capacity)))
    tried = _Tried(calendar)
    for count in _counts(least, sum(len(works) for works in shares.values())):
        shared = shared_by(count)
        if bound_of(shared, calendar, blueprint.times["opening"].minutes) > calendar.days:
            continue
        if _holds(shared, calendar, blueprint, tried):
            return Enough(fitted.days, count)
    return Enough(fitted.days, None)


@dataclass(slots=True)
class _Tried:
    """Days of assessors that were tried: who has equal work, one after another, takes equal time."""

    calendar: Calendar
    _known: dict[tuple[object, ...], tuple[Sequence[Work], AssessorDays]] = field(default_factory=dict)

    def days_of(self, assessor: int, works: Sequence[Work], common: Common) -> AssessorDays:
        """How many days they take; of the parts nothing but their length is that assessor's."""
        key = (common.opening, common.test, *(each for work in works for each in _without_number(work)))
        if any(one.number >= other.number for one, other in pairwise(works)):  # numbers decide who is first
            return days_of(assessor, works, self.calendar, common)
        found = self._known.get(key)
        if found is None:  # the works are kept, so that nothing takes the place in memory of what the key names
            found = self._known[key] = (works, days_of(assessor, works, self.calendar, common))
        return found[1]


def _without_number(work: Work) -> tuple[int, ...]:
    """What tells works apart that are made of the same objects (see `event_kit`)."""
    return id(work.roles), id(work.projects), id(work.talks), work.test, work.marking, work.closing, work.reset


def _holds(shares: Shares, calendar: Calendar, blueprint: Blueprint, tried: _Tried) -> bool:
    """Whether all of it fits into the days of the event; the busiest assessors are looked at first."""
    common = _common([work for found in shares.values() for work in found], calendar, blueprint)
    busiest = sorted(shares, key=lambda number: -sum(work.assessor_minutes for work in shares[number]))
    for assessor in busiest:
        found = tried.days_of(assessor, shares[assessor], common)
        if found.days > calendar.days or found.too_long:
            return False
    return True


def _minutes(shares: Shares) -> list[int]:
    return [sum(work.assessor_minutes for work in works) for works in shares.values()]


def _counts(least: int, most: int) -> Iterator[int]:
    """The numbers worth trying: one after another, then in longer steps, and one for each candidate at last."""
    step, count, tried = 1, least, 0
    while count < most:
        yield count
        tried += 1
        step = 1 if tried < _TRIES else 1 + most // _TRIES
        count += step
    if least <= most:
        yield most


def pre_assessment(
    shares: Shares, calendar: Calendar, blueprint: Blueprint, day: int
) -> tuple[list[Part], Mapping[int, int]]:
    """The consultations of each assessor, one after another, from the first minute of the day; and when each is done.

    `calendar` has the hours of the pre-assessment; `day` is the number its parts get.
    """
    times = blueprint.times
    minutes = sum(times[key].minutes for key in ("consultation", "adjustments", "agreement"))
    parts: list[Part] = []
    done: dict[int, int] = {}
    for assessor, works in shares.items():
        at = calendar.first
        for work in works:
            at = _after(calendar, at, minutes, day)
            parts.append(Part("pre", "Konsultasi pra-asesmen, FR.AK.07, FR.AK.01", day, at, at + minutes, assessor,
                              work.number))  # fmt: skip
            at += minutes
        done[assessor] = at
    return parts, done


def _after(calendar: Calendar, at: int, minutes: int, number: int) -> int:
    """The next minute from which so many are free of breaks; past the day's end they run on."""
    day = calendar.day(number)
    spans: list[Span] = [span for half in day.halves for span in day.free(half)]
    for start, end in spans:
        begin = on_grid(max(at, start))
        if begin + minutes <= end:
            return begin
    return on_grid(max(at, spans[-1][1] if spans else at))

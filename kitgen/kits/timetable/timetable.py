"""The timetable of an event: all its parts with rooms and actors, or the one sentence that says what is missing. Pure.

`check --minutes`, `event check`, the printed timetables, and the dates and times on forms all come from here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitgen.base.messages import NOTHING, Message, counted, joined, said
from kitgen.kits.timetable.actors import Cast, cast, playings
from kitgen.kits.timetable.calendar import Calendar, hours_of_day
from kitgen.kits.timetable.fitting import Enough, Fitted, Shares, bound_of, enough, fit, pre_assessment
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.work import Work
from kitgen.model.blueprint import Blueprint
from kitgen.model.event import AssessmentEvent, RoomUse

Works = Callable[[AssessmentEvent], Mapping[int, Work]]
"""What each candidate of an event has to do; asked again for an event with more assessors."""
PRE_DAY: Final = 0
"""The number of the first day of the pre-assessment; the next ones are -1, -2."""
_STANDING_IN: Final[Mapping[RoomUse, RoomUse]] = {"kerja meja": "tes"}
"""A room of one use may serve as another: desk work where the test was written."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Susunan waktu jadwal. `parts` and `pre` are empty where they do not fit or have no date; then `sentence` says so.

    `rooms` are those of the assessors by number, `places` the others by use.
    """

    calendar: Calendar
    works: Mapping[int, Work]
    fitted: Fitted
    enough: Enough | None
    parts: tuple[Part, ...]
    pre: tuple[Part, ...]
    rooms: Mapping[int, str]
    places: Mapping[RoomUse, str]
    cast: Cast
    sentence: Message
    of_candidates: Mapping[int, Sequence[Part]]
    """The `parts` of each candidate, in their order: every form of theirs asks for them."""
    pre_sentence: Message = NOTHING
    """What is missing for the pre-assessment, which may not fit where the assessment does."""

    def of_candidate(self, number: int) -> Sequence[Part]:
        """The parts a candidate takes part in; none where there are no parts."""
        return self.of_candidates.get(number, ())


def timetable_of(schedule: AssessmentEvent, blueprint: Blueprint, works: Works) -> Timetable:
    """The timetable of an event; candidates without an assessor are in none.

    Who withdrew leaves a gap, so that nobody else moves; the gaps of those to whom nothing was delivered are closed
    where the event does not fit with them.
    """
    there = tuple(each for each in schedule.candidates if each.status == "ikut" or each.number in schedule.recorded)
    are_all = len(there) == len(schedule.candidates)
    of_all = works(schedule)
    if are_all or not _is_surely_short(schedule, blueprint, of_all):
        found = _arranged(schedule, blueprint, works, of_all, is_last=are_all)
        if are_all or not found.sentence:
            return found
    closed = replace(schedule, candidates=there)
    return replace(_arranged(closed, blueprint, works, works(closed)), works=of_all)


def _calendar(schedule: AssessmentEvent, blueprint: Blueprint) -> Calendar:
    pause = blueprint.times["break"].minutes
    return Calendar(*hours_of_day(schedule.facts.time), schedule.days, schedule.first_day, pause)


def _is_surely_short(schedule: AssessmentEvent, blueprint: Blueprint, found: Mapping[int, Work]) -> bool:
    """Whether the sums of minutes alone say that the days are too few: then nobody need be fitted into them."""
    bound = bound_of(_shares(schedule, found), _calendar(schedule, blueprint), blueprint.times["opening"].minutes)
    return 0 < schedule.days < bound


def _arranged(
    schedule: AssessmentEvent, blueprint: Blueprint, works: Works, found: Mapping[int, Work], is_last: bool = True
) -> Timetable:
    """The timetable with the gaps there are; what would be enough is worked out for the last one that is tried."""
    calendar = _calendar(schedule, blueprint)
    shares = _shares(schedule, found)
    present = {each.number for each in schedule.candidates if each.status == "ikut"}
    late = frozenset(present - schedule.recorded.keys()) if schedule.recorded else frozenset[int]()
    fitted = fit(shares, calendar, blueprint, late)
    actors = cast(playings(fitted.parts), schedule.actors)
    would = None
    lacks: list[str] = []
    is_short = bool(schedule.days) and fitted.days > schedule.days
    if is_short and not fitted.too_long:
        if is_last:
            would = enough(shares, calendar, blueprint, fitted, lambda count: _with_assessors(schedule, count, works))
        lacks.append(_lacking(fitted.days - schedule.days, len(schedule.assessors), would))
    rooms, places, missing = _rooms(schedule, fitted.parts)
    lacks += missing
    if actors.missing:
        lacks.append(counted(actors.missing, "actor"))
    pre, too_late = _pre(schedule, shares, blueprint)
    sentence = _sentence(schedule, shares, calendar, fitted, would, lacks, blueprint.times["opening"].minutes)
    is_held = not (is_short or missing or actors.missing or fitted.too_long)
    has_dates = bool(schedule.days) and schedule.first_day is not None
    parts = fitted.parts if is_held and has_dates else ()
    return Timetable(
        calendar,
        found,
        fitted,
        would,
        parts,
        tuple(pre) if not too_late else (),
        rooms,
        places,
        actors,
        sentence,
        _by_candidate(parts),
        _pre_sentence(schedule, too_late),
    )


def _by_candidate(parts: Sequence[Part]) -> Mapping[int, Sequence[Part]]:
    found: dict[int, list[Part]] = {}
    for part in parts:
        if part.candidate is not None:
            found.setdefault(part.candidate, []).append(part)
    return found


def _shares(schedule: AssessmentEvent, works: Mapping[int, Work]) -> Shares:
    """The work of each assessor's candidates."""
    return {
        assessor.number: [works[each.number] for each in schedule.candidates if each.assessor == assessor.number]
        for assessor in schedule.assessors
    }


def _with_assessors(schedule: AssessmentEvent, count: int, works: Works) -> Shares:
    """The work of candidates shared out anew among so many assessors, as `assign` would with them there."""
    if not schedule.assessors:
        return {}
    people = tuple(replace(schedule.assessors[0], number=number) for number in range(1, count + 1))
    present = [each for each in schedule.candidates if each.status == "ikut"]
    dealt = tuple(replace(each, assessor=place % count + 1) for place, each in enumerate(present))
    other = replace(schedule, assessors=people, candidates=dealt, recorded={})
    return _shares(other, works(other))


def _lacking(days: int, assessors: int, would: Enough | None) -> Message:
    missing = counted(days, "day")
    if would is None or would.assessors is None:
        return missing
    return said("{days} or {assessors}", days=missing, assessors=counted(would.assessors - assessors, "assessor"))


def _pre(schedule: AssessmentEvent, shares: Shares, blueprint: Blueprint) -> tuple[list[Part], int]:
    """The consultations, day after day, and how many minutes of them do not fit into the hours; none without a date."""
    if schedule.pre_day is None:
        return [], 0
    calendar = Calendar(*hours_of_day(schedule.facts.pre_time), 1, schedule.pre_day, blueprint.times["break"].minutes)
    parts: list[Part] = []
    left = shares
    for day in range(max(1, schedule.pre_days)):
        today, _ = pre_assessment(left, calendar, blueprint, PRE_DAY - day)
        kept = [part for part in today if part.end <= calendar.last]
        late = [part for part in today if part.end > calendar.last]
        parts += kept
        seen = {part.candidate for part in parts}
        left = {assessor: [work for work in works if work.number not in seen] for assessor, works in left.items()}
        if not late:
            return parts, 0
    return parts, max(sum(part.end - part.start for part in late if part.assessor == one) for one in shares)


def _pre_sentence(schedule: AssessmentEvent, too_late: int) -> Message:
    if not too_late:
        return NOTHING
    return said(
        "the pre-assessment does not fit into {days}: {minutes} missing for an assessor",
        days=counted(max(1, schedule.pre_days), "day"),
        minutes=counted(too_late, "minute"),
    )


def _rooms(
    schedule: AssessmentEvent, parts: Sequence[Part]
) -> tuple[Mapping[int, str], Mapping[RoomUse, str], list[str]]:
    """A room for each assessor, the others by use, and what of them is missing; without a list they are numbered."""
    own = [room.name for room in schedule.rooms if room.use == "asesmen"]
    numbers = [assessor.number for assessor in schedule.assessors]
    if not schedule.rooms:
        names: dict[RoomUse, str] = {"tes": "Ruang Tes", "kerja meja": "Ruang Kerja Meja", "tunggu": "Ruang Tunggu",
                                     "karantina": "Ruang Karantina"}  # fmt: skip
        return {number: f"Ruang {number}" for number in numbers}, names, []
    missing: list[str] = []
    if len(own) < len(numbers):
        missing.append(counted(len(numbers) - len(own), "room for scenes", "rooms for scenes"))
    places: dict[RoomUse, str] = {}
    for use, crowd in _crowds(parts).items():
        found = [room for room in schedule.rooms if room.use == use] or [
            room for room in schedule.rooms if room.use == _STANDING_IN.get(use)
        ]
        seats = sum(room.seats for room in found) if all(room.seats for room in found) else crowd
        if found:
            places[use] = ", ".join(room.name for room in found)
        elif crowd:
            missing.append(said("a room for {use}", use=use))
        if found and seats < crowd:
            missing.append(said("{seats} for {use}", seats=counted(crowd - seats, "seat"), use=use))
    return dict(zip(numbers, own, strict=False)), places, missing


def _crowds(parts: Sequence[Part]) -> Mapping[RoomUse, int]:
    """So many people are in the rooms of each use at once; of those who wait only whether there are any."""
    has_scenes = any(part.kind == "scene" for part in parts)
    test = [part for part in parts if part.kind == "test"]
    desk = [part for part in parts if part.kind == "desk"]
    counts = (sum(other.day == one.day and other.start <= one.start < other.end for other in desk) for one in desk)
    together = max(counts, default=0)
    return {"tes": len(test), "kerja meja": together, "tunggu": int(has_scenes), "karantina": int(has_scenes)}


def _sentence(
    schedule: AssessmentEvent,
    shares: Shares,
    calendar: Calendar,
    fitted: Fitted,
    would: Enough | None,
    lacks: Sequence[str],
    opening: int,
) -> Message:
    """What is missing and what would do, in one sentence; nothing if nothing is."""
    if fitted.too_long:
        return said("a part of the assessment is longer than half a day of the event: it takes longer hours")
    if not lacks:
        return NOTHING
    if would is None:
        return said("the event does not fit: {lacks} missing", lacks=joined(", ", lacks))
    busiest = max((sum(work.assessor_minutes for work in works) for works in shares.values()), default=0)
    longest = max((work.candidate_minutes for works in shares.values() for work in works), default=0)
    day, whole = calendar.on(0, None), sum(end - start for start, end in calendar.on(0, None).halves)
    sums = said("the busiest assessor works {minutes}, a day has {day}", minutes=counted(busiest, "minute"),
                day=day.minutes)  # fmt: skip
    if busiest * whole < (longest + opening) * day.minutes:
        sums = said("one candidate is assessed for {minutes}, a day has {day}",
                    minutes=counted(longest + opening, "minute"), day=whole)  # fmt: skip
    enough = said("{days} with {assessors}", days=counted(would.days, "day"),
                  assessors=counted(len(schedule.assessors), "assessor"))  # fmt: skip
    if would.assessors is not None:
        more = said("{days} with {assessors}", days=counted(schedule.days, "day"),
                    assessors=counted(would.assessors, "assessor"))  # fmt: skip
        enough = said("{one} or {other}", one=enough, other=more)
    return said(
        "the event does not fit: {lacks} missing ({sums}); enough would be {enough}",
        lacks=joined(", ", lacks),
        sums=sums,
        enough=enough,
    )

"""The days of one assessor: half day by half day, scenes first, everything else in the gaps. Pure.

A plain method that always gives the same: of the scenarios still to be played that one is taken up which all of its
candidates can finish in this half day and which keeps the assessor longest; questions, presentations, reading and
decisions fill what is left. So a scenario stays in its room, with its actors, until a break, and changes then. Where
that takes more days than the minutes ask for, groups are also tried in parts, and what takes fewer days is taken.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Final, TypeVar

from kitgen.kits.timetable.calendar import Calendar, Day, Span, gaps, on_grid
from kitgen.kits.timetable.part import Diary, Part, PartKind
from kitgen.kits.timetable.scenes import Setting, play
from kitgen.kits.timetable.work import PlannedActivity, RoleWork, Talk, Work

Item = TypeVar("Item")
Done = Callable[[int], None]
"""Notes that something was done, at a minute."""
MOST_DAYS: Final = 60
"""So many days are looked at; what needs more is never held."""
_ORDER: Final[tuple[PartKind, ...]] = ("talk", "present", "marking", "closing")


@dataclass(frozen=True, slots=True)
class Common:
    """Bagian bersama: the opening, and when the written test begins on the first day (None: there is none).

    `late` are the candidates who came after the event was delivered: nobody else moves for them.
    """

    opening: int
    test: int | None
    late: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AssessorDays:
    """Hari-hari satu asesor: the parts, and how many days they take; `too_long`: something fits into no day."""

    parts: tuple[Part, ...]
    days: int
    too_long: bool


@dataclass(slots=True)
class _Left:
    """What a candidate still has to do, and since when it can be done."""

    work: Work
    roles: list[RoleWork]
    prepare: list[PlannedActivity]
    present: list[tuple[PlannedActivity, tuple[int, int]]]
    talks: list[Talk]
    marking: list[tuple[str, int, tuple[int, int]]]
    is_open: bool = False
    is_closed: bool = False
    done: tuple[int, int] = (0, 0)
    """The end of the last part: day and minute."""

    @property
    def is_ready_to_close(self) -> bool:
        return not (self.roles or self.prepare or self.present or self.talks or self.marking)


@dataclass(slots=True)
class _Plan:
    """An assessor's days while they are being filled."""

    assessor: int
    calendar: Calendar
    common: Common
    left: dict[int, _Left]
    own: Diary = field(default_factory=Diary)
    diaries: dict[int, Diary] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    usual: dict[tuple[object, ...], int] = field(default_factory=dict)
    """What `_usual` found for groups with equal work."""
    is_split: bool = False
    """Whether a scenario is begun with fewer than could play it in half a day; the others play it in another."""

    @property
    def days(self) -> int:
        """So many days are filled."""
        return max((part.day for part in self.parts), default=0)

    def put(self, part: Part) -> None:
        self.parts.append(part)
        if part.keeps_assessor is not None:
            self.own.take(part.day, *part.keeps_assessor)
        if part.candidate is not None:
            left = self.left[part.candidate]
            left.done = max(left.done, (part.day, part.end))
            if part.keeps_candidate is not None:
                self.diaries[part.candidate].take(part.day, *part.keeps_candidate)


def days_of(assessor: int, works: Sequence[Work], calendar: Calendar, common: Common) -> AssessorDays:
    """The days of an assessor with these candidates, however many they take."""
    least = _least(works, calendar)
    if least > MOST_DAYS:
        return AssessorDays((), least, False)
    first = [work for work in works if work.number not in common.late]
    last = [work for work in works if work.number in common.late]
    plan = _Plan(assessor, calendar, common, {})
    is_done = _run(plan, first)
    if not is_done or plan.days > _least(first, calendar):  # not by those who are late: they move nobody
        other = _Plan(assessor, calendar, common, {}, is_split=True)
        if _run(other, first) and (not is_done or other.days < plan.days):
            plan, is_done = other, True
    is_done = is_done and _run(plan, last)
    return AssessorDays(tuple(plan.parts), plan.days, not is_done)


def _least(works: Sequence[Work], calendar: Calendar) -> int:
    """Fewer days are impossible."""
    return -(-sum(work.assessor_minutes for work in works) // max(1, calendar.on(0, None).minutes))


def _run(plan: _Plan, works: Sequence[Work]) -> bool:
    """Fill day after day until all of these are done; whether they are."""
    plan.left = {work.number: _left(work) for work in works}
    plan.diaries = {work.number: Diary() for work in works}
    idle = 0
    for number in range(1, MOST_DAYS + 1):
        if all(each.is_closed for each in plan.left.values()) or idle > 1:
            break
        before = len(plan.parts)
        day = plan.calendar.day(number)
        _begin(plan, day)
        for half in day.halves:
            _half(plan, day, half, is_forced=plan.is_split or idle > 0)
        _end(plan, day)
        idle = 0 if len(plan.parts) > before else idle + 1
    return all(each.is_closed for each in plan.left.values())


def _left(work: Work) -> _Left:
    marking = [("Pemeriksaan tes tertulis", work.marking, (1, 0))] if work.marking and work.test else []
    projects = list(work.projects)
    return _Left(work, list(work.roles), projects, [], list(work.talks), marking)


def _begin(plan: _Plan, day: Day) -> None:
    """The opening, on every day on which somebody begins, and the test on the first."""
    first = plan.calendar.first
    if all(each.is_open for each in plan.left.values()):
        return
    plan.own.take(day.number, first, first + plan.common.opening)
    for number, left in plan.left.items():
        if left.is_open:
            continue
        plan.diaries[number].take(day.number, first, first + plan.common.opening)
        if plan.common.test is not None and day.number == 1:
            _open(plan, day, number)
            if left.work.test:
                start = plan.common.test
                plan.put(Part("test", "Tes tertulis", 1, start, start + left.work.test, plan.assessor, number,
                              left.work.test_instruments))  # fmt: skip
                left.marking = [(what, of, (1, start + left.work.test)) for what, of, _ in left.marking]


def _open(plan: _Plan, day: Day, number: int) -> None:
    first = plan.calendar.first
    plan.left[number].is_open = True
    plan.parts.append(
        Part("opening", "Pembukaan", day.number, first, first + plan.common.opening, plan.assessor, number)
    )


def _end(plan: _Plan, day: Day) -> None:
    """Those who had their first part today were at the opening this morning."""
    came = {part.candidate for part in plan.parts if part.day == day.number and part.candidate is not None}
    for number, left in plan.left.items():
        if not left.is_open and number in came:
            _open(plan, day, number)
        elif not left.is_open:
            plan.diaries[number].taken.pop(day.number, None)


def _half(plan: _Plan, day: Day, half: Span, is_forced: bool) -> None:
    """Scenes from the start of the half day; another scenario takes over at the short break if the first is done."""
    busy = half[0]
    for start in (half[0], *(end for _, end in day.breaks if half[0] < end < half[1])):
        chosen = _station(plan, day, (start, half[1]), is_forced) if busy <= start else None
        if chosen is None:
            continue
        group, parts = chosen
        busy = max(part.until for part in parts)
        for part in parts:
            plan.put(part)
        for number, role in group:
            left = plan.left[number]
            left.roles.remove(role)
            if role.review:
                end = max(part.end for part in parts if part.candidate == number)
                left.marking.append((f"Pemeriksaan lembar {role.scenario.id}", role.review, (day.number, end)))
    _prepare(plan, day, half)
    _fill(plan, day, half)


Group = list[tuple[int, RoleWork]]


def _station(plan: _Plan, day: Day, half: Span, is_forced: bool) -> tuple[Group, list[Part]] | None:
    """The scenario of this half day, with those who play it and their parts; None if none is worth beginning."""
    groups: dict[str, Group] = {}
    for number, left in plan.left.items():
        for role in left.roles:
            groups.setdefault(role.scenario.id, []).append((number, role))
    best: tuple[tuple[bool, int], Group, list[Part]] | None = None
    for group in groups.values():
        found = _most(plan, group, day, half, plan.own, plan.diaries)
        if found is None:
            continue
        some, parts = found
        is_whole = len(some) == len(group)
        if not is_whole and not is_forced and len(some) < _usual(plan, group, len(group)):
            continue
        watched = sum(role.assessor(plan.left[number].work.reset) for number, role in some)
        rank = (is_whole, watched)
        if best is None or rank > best[0]:
            best = (rank, some, parts)
    return None if best is None else (best[1], best[2])


def _usual(plan: _Plan, group: Group, most: int) -> int:
    """So many of a group fit into the longest half of a day in which nothing else is."""
    reset = plan.left[group[0][0]].work.reset
    work = (reset, *((role.lead, role.is_at_once, role.stages) for _, role in group))
    if work not in plan.usual:
        day = plan.calendar.on(0, None)
        longest = max(day.halves, key=lambda half: half[1] - half[0])
        empty = {number: Diary() for number, _ in group}
        found = _most(plan, group, day, longest, Diary(), empty)
        plan.usual[work] = len(found[0]) if found is not None else 0
    return min(most, plan.usual[work])


def _most(
    plan: _Plan, group: Group, day: Day, half: Span, own: Diary, diaries: Mapping[int, Diary]
) -> tuple[Group, list[Part]] | None:
    """So many of a group as can play in this half day, the lower numbers first."""
    reset = plan.left[group[0][0]].work.reset
    setting = Setting(plan.assessor, day, half, own, diaries, reset)
    shortest = min(sum(stage.minutes + reset for stage in role.stages if stage.is_watched) for _, role in group)
    most = min(len(group), (half[1] - half[0]) // max(1, shortest))
    room = setting.room
    while most and sum(role.watched(reset) for _, role in group[:most]) > room:
        most -= 1
    for count in range(most, 0, -1):
        parts = play(group[:count], setting)
        if parts is not None:
            return group[:count], parts
    return None


def _prepare(plan: _Plan, day: Day, half: Span) -> None:
    """Desk work of structured activities, wherever a candidate has the time."""
    for number, left in plan.left.items():
        for project in list(left.prepare):
            at = plan.diaries[number].first_free(day.number, [half], project.prepare)
            if at is None:
                continue
            end = at + project.prepare
            if project.prepare:
                what = f"Kegiatan terstruktur {project.title}"
                plan.put(Part("desk", what, day.number, at, end, plan.assessor, number, project.instruments))
            left.prepare.remove(project)
            left.present.append((project, (day.number, end)))


def _fill(plan: _Plan, day: Day, half: Span) -> None:
    """Whatever needs the assessor and no room with actors, in the gaps: what can begin first, again and again.

    What could not begin before a minute cannot do so later on either: parts wait in the order of those minutes, and
    only what comes next is looked at anew. What a candidate has open changes with their own parts alone.
    """
    spans = day.free(half)
    waiting: list[tuple[int, int, int, int]] = []
    known = {number: list(_open_parts(plan, day, number)) for number in plan.left}

    def offer(number: int) -> None:
        for place, (part, ready, _) in enumerate(known[number]):
            heappush(waiting, (ready, _ORDER.index(part.kind), number, place))

    for number in known:
        offer(number)
    free = _gaps(plan, day, spans)
    while waiting:
        least, order, number, place = heappop(waiting)
        part, _, done = known[number][place]
        at = _earliest(plan, part, least, free)
        if at is None:
            continue
        if at > least:
            heappush(waiting, (at, order, number, place))
            continue
        length = part.end - part.start
        plan.put(
            Part(part.kind, part.what, day.number, at, at + length, plan.assessor, part.candidate, part.instruments)
        )
        done(at + length)
        known[number] = list(_open_parts(plan, day, number))
        waiting = [each for each in waiting if each[2] != number]
        heapify(waiting)
        offer(number)
        free = _gaps(plan, day, spans)


def _gaps(plan: _Plan, day: Day, spans: Sequence[Span]) -> list[Span]:
    """What the assessor has free of some hours."""
    return [gap for span in spans for gap in gaps(span, plan.own.taken.get(day.number, ()))]


def _earliest(plan: _Plan, part: Part, ready: int, free: Sequence[Span]) -> int | None:
    length = part.end - part.start
    diary = plan.diaries[part.candidate or 0]
    for start, end in free:
        at = on_grid(max(start, ready))
        while at + length <= end:
            over = 0 if part.kind == "marking" else diary.taken_until(part.day, at, at + length)
            if not over:
                return at
            at = on_grid(max(at + 1, over))
    return None


def _open_parts(plan: _Plan, day: Day, number: int) -> Iterator[tuple[Part, int, Done]]:
    """What can be done with a candidate on this day, from when, and what is to be noted once it is."""
    left = plan.left[number]

    def part(kind: PartKind, what: str, minutes: int, instruments: tuple[str, ...] = ()) -> Part:
        return Part(kind, what, day.number, 0, minutes, plan.assessor, number, instruments)

    def since(moment: tuple[int, int]) -> int | None:
        return None if moment[0] > day.number else moment[1] if moment[0] == day.number else 0

    for talk in left.talks:
        if not (talk.is_last and left.roles) and (ready := since(left.done if talk.is_last else (1, 0))) is not None:
            yield part("talk", talk.what, talk.minutes, talk.instruments), ready, _taken(left.talks, talk)
    for shown in left.present:
        project, moment = shown
        if (ready := since(moment)) is not None:
            what = f"Penyajian {project.title}"
            yield part("present", what, project.present, project.instruments), ready, _taken(left.present, shown)
    for review in left.marking:
        what, minutes, moment = review
        if (ready := since(moment)) is not None:
            yield part("marking", what, minutes), ready, _taken(left.marking, review)
    if left.is_ready_to_close and not left.is_closed and (ready := since(left.done)) is not None:
        yield part("closing", "Keputusan dan umpan balik", left.work.closing), ready, _closed(left)


def _taken(items: list[Item], item: Item) -> Done:
    def note(_: int) -> None:
        items.remove(item)

    return note


def _closed(left: _Left) -> Done:
    def note(_: int) -> None:
        left.is_closed = True

    return note

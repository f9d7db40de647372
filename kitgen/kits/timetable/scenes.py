"""One half day of one assessor: candidates play one scenario, one after another and one beside another. Pure.

While one candidate works at the desk the next one is watched; nobody waits at the table for an assessor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

from kitgen.kits.timetable.calendar import Day, Span, gaps, on_grid
from kitgen.kits.timetable.part import Diary, Part
from kitgen.kits.timetable.work import RoleWork

READING: Final = "Membaca kartu"
"""What comes right before one's own first scene."""


@dataclass(slots=True)
class _Playing:
    """One candidate on the way through a scenario."""

    number: int
    role: RoleWork
    ready: int
    stage: int = 0

    @property
    def minutes(self) -> int:
        return self.role.stages[self.stage].minutes


@dataclass(frozen=True, slots=True)
class Setting:
    """Tempat dan waktu: the half day scenes are put into, and who is taken when."""

    assessor: int
    day: Day
    half: Span
    own: Diary
    diaries: Mapping[int, Diary]
    reset: int

    @property
    def room(self) -> int:
        """Scenes that take more minutes than this, each with resetting the room, do not fit: nobody need try.

        Behind the last one of each gap the room is reset when the gap is over.
        """
        taken = self.own.taken.get(self.day.number, ())
        free = [gap for span in self.day.free(self.half) for gap in gaps(span, taken)]
        return sum(end - start + self.reset for start, end in free)


def play(group: Sequence[tuple[int, RoleWork]], setting: Setting) -> list[Part] | None:
    """The scenes of all of these candidates within the half day; None if they do not fit.

    The one who can begin first is next; of several the one who has begun already, then the lower number. Since
    everybody is only ever more taken, whoever could not begin before a minute cannot do so later on either: they wait
    in the order of those minutes, and only who comes next is looked at anew.
    """
    day, half = setting.day.number, setting.half
    busy = {number: setting.diaries[number].of_day(day) for number, _ in group}
    own, parts, playing = setting.own.of_day(day), list[Part](), list[_Playing]()
    for number, role in group:
        ready = half[0]
        if role.is_at_once:
            at = busy[number].first_free(day, [half], role.lead)
            if at is None:
                return None
            ready = at + role.lead
            if role.stages:
                _put(parts, busy[number], _desk(setting, number, role, "Kerja meja", at, ready))
            else:
                return None
        playing.append(_Playing(number, role, ready))
    free = setting.day.free(half)
    waiting = [(each.ready, True, each.number, place) for place, each in enumerate(playing)]
    heapify(waiting)
    while waiting:
        least, has_not_begun, number, place = heappop(waiting)
        each = playing[place]
        start = _start(each, setting, free, own, busy[number], least)
        if start is None:
            return None
        if start > least:
            heappush(waiting, (start, has_not_begun, number, place))
            continue
        at, stage = start, each.role.stages[each.stage]
        if each.stage == 0 and not each.role.is_at_once and each.role.lead:
            _put(parts, busy[each.number], _desk(setting, each.number, each.role, READING, at - each.role.lead, at))
        end = at + stage.minutes
        scene = Part("scene", stage.title, day, at, end, setting.assessor, each.number, each.role.instruments,
                     each.role.scenario,
                     end + setting.reset)  # fmt: skip
        _put(parts, busy[each.number], scene)
        own.take(day, at, scene.until)
        each.stage += 1
        at = end
        while each.stage < len(each.role.stages) and not each.role.stages[each.stage].is_watched:
            stage = each.role.stages[each.stage]
            if at + stage.minutes > half[1] or not busy[each.number].is_free(day, at, at + stage.minutes):
                return None
            _put(parts, busy[each.number], _desk(setting, each.number, each.role, stage.title, at, at + stage.minutes))
            each.stage, at = each.stage + 1, at + stage.minutes
        each.ready = at
        if each.stage < len(each.role.stages):
            heappush(waiting, (at, False, number, place))
    return parts


def _start(each: _Playing, setting: Setting, free: Sequence[Span], own: Diary, busy: Diary, least: int) -> int | None:
    """When a candidate's next watched scene can begin, `least` or later; None if not in this half day."""
    day = setting.day.number
    lead = each.role.lead if each.stage == 0 and not each.role.is_at_once else 0
    minutes = each.minutes
    for start, end in free:
        at = on_grid(max(start, each.ready + lead, setting.half[0] + lead, least))
        while at + minutes <= end:  # what stands in the way does so until it is over: no need to try before
            over = own.taken_until(day, at, at + minutes + setting.reset)
            if not over:
                over = busy.taken_until(day, at - lead, at + minutes)
                if not over:
                    return at
                over += lead
            at = on_grid(max(at + 1, over))
    return None


def _desk(setting: Setting, number: int, role: RoleWork, what: str, start: int, end: int) -> Part:
    return Part("desk", what, setting.day.number, start, end, setting.assessor, number, role.instruments, role.scenario)


def _put(parts: list[Part], busy: Diary, part: Part) -> None:
    parts.append(part)
    busy.take(part.day, part.start, part.end)

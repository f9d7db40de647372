"""Who gets which paper and which scenarios, and when it is whose turn: the same for the same event, for ever. Pure.

Everything follows from a candidate's number, which never changes: a late change moves nobody else to another paper.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitgen.base.holes import Blank
from kitgen.kits.scope import Scope, played_units
from kitgen.model.event import AssessmentEvent, EventAssessor, EventCandidate
from kitgen.model.given import Assessor
from kitgen.model.scenario import CHAT, TELEPHONE, Scenario

RESET_MINUTES: Final = 10
"""Between two candidates: sheets are counted and renewed, the actor rests."""
LAST_HOUR: Final = 17 * 60
"""When a day ends of an event that does not say."""
LUNCH: Final = (12 * 60, 13 * 60)
FIRST_HOUR: Final = 8 * 60
_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-3])[.:]([0-5]\d)\b")


@dataclass(frozen=True, slots=True)
class Assigned:
    """Penugasan asesi: the letter of their paper and the scenarios they play, one for each set of units."""

    paper: str
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Giliran: one candidate in one scenario; times as `08.00`, `day` from 1."""

    candidate: EventCandidate
    assessor: int
    scenario: Scenario
    day: int
    start: str
    end: str


def assign(
    schedule: AssessmentEvent,
    letters: Sequence[str],
    scenarios: Sequence[Scenario],
    scopes: Mapping[int, Scope] | None = None,
) -> dict[int, Assigned]:
    """Papers and scenarios by candidate number. Neighbours (1 and 2, 2 and 3) differ wherever there are two to give.

    What the workbook says of a candidate stands; the rest follows from the number, letter after letter. Nobody plays
    what their plan (`scopes`) does not use; without scopes everybody plays everything.
    """
    usable = [letter for letter in letters if not schedule.papers or letter in schedule.papers]
    usable_scenarios = [each for each in scenarios if not schedule.scenarios or each.id in schedule.scenarios]
    groups: dict[tuple[str, ...], list[Scenario]] = {}
    for scenario in apart(usable_scenarios):
        groups.setdefault(scenario.unit_codes, []).append(scenario)
    found: dict[int, Assigned] = {}
    for candidate in schedule.candidates:
        turn = candidate.number - 1
        paper = candidate.paper if isinstance(candidate.paper, str) else usable[turn % len(usable)] if usable else ""
        played = []
        for group in groups.values():
            usable_here = [each for each in group if scopes is None or played_units(scopes[candidate.number], each)]
            if usable_here:
                played.append(_chosen(candidate, group[turn % len(group)], usable_here, turn))
        found[candidate.number] = Assigned(paper, tuple(played))
    return found


def apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios that are played one beside another: not an integrated one where smaller ones assess its units too.

    An event that uses integrated ones alone (susunan ringkas) gives them.
    """
    groups = {frozenset(each.unit_codes) for each in scenarios}
    return [each for each in scenarios if not any(other < frozenset(each.unit_codes) for other in groups)]


def _chosen(candidate: EventCandidate, next_one: Scenario, usable: Sequence[Scenario], turn: int) -> Scenario:
    """What the workbook names, else what the number gives; in writing instead of on the telephone where so agreed."""
    wanted = [each for each in usable if each.id in candidate.scenarios]
    if wanted:
        return wanted[0]
    found = next_one if next_one in usable else usable[turn % len(usable)]
    if candidate.adjustments.chat and found.channel == TELEPHONE:
        return next((each for each in usable if each.channel == CHAT), found)
    return found


def rotation(schedule: AssessmentEvent, assigned: dict[int, Assigned]) -> list[Turn]:
    """The turns of every assessor's candidates, scenario after scenario, in the hours of the event.

    Lunch is free, days are added.
    """
    turns: list[Turn] = []
    hours = hours_of_day(schedule.facts.time)
    for assessor in schedule.assessors:
        clock = _Clock(*hours)
        mine = [each for each in schedule.candidates if each.assessor == assessor.number and each.status == "ikut"]
        played = [(each, scenario) for each in mine for scenario in assigned[each.number].scenarios]
        rounds = list(dict.fromkeys(scenario.unit_codes for _, scenario in played))
        for candidate, scenario in sorted(played, key=lambda each: rounds.index(each[1].unit_codes)):
            day, start, end = clock.take(candidate.adjustments.minutes(_minutes(scenario)))
            turns.append(Turn(candidate, assessor.number, scenario, day, start, end))
    return turns


@dataclass(frozen=True, slots=True)
class Shortage:
    """Kekurangan waktu: the turns do not fit into the days and hours of an event.

    `days`: so many they need with the assessors there are; `assessors`: so many it would need to keep to the days, None
    if no number of them is enough, since one candidate alone does not fit; `too_long`: a turn is longer than a day.
    """

    days: int
    assessors: int | None
    too_long: bool


def shortage(schedule: AssessmentEvent, assigned: dict[int, Assigned]) -> Shortage | None:
    """What the turns need more than the event has; None if they fit, or the event does not say its days."""
    turns = rotation(schedule, assigned)
    needed = max((turn.day for turn in turns), default=0)
    first, last = hours_of_day(schedule.facts.time)
    longest = max((_minutes(turn.scenario) for turn in turns), default=0)
    too_long = _after_lunch(first, longest) + longest > last
    if not schedule.days or (needed <= schedule.days and not too_long):
        return None
    present = [each for each in schedule.candidates if each.status == "ikut"]
    present.sort(key=lambda each: -sum(_minutes(scenario) for scenario in assigned[each.number].scenarios))
    held = 0  # so many of those who take longest one assessor can see in the days there are
    for count in range(1, len(present) + 1):
        alone = [replace(each, assessor=1) for each in present[:count]]
        one = replace(schedule, assessors=(EventAssessor(1, Assessor()),), candidates=tuple(alone))
        if max((turn.day for turn in rotation(one, assigned)), default=0) > schedule.days:
            break
        held = count
    return Shortage(needed, -(-len(present) // held) if held else None, too_long)


def _minutes(scenario: Scenario) -> int:
    return scenario.reading_minutes + scenario.minutes


def hours_of_day(time: str | Blank) -> tuple[int, int]:
    """First and last minute of a day as a text such as `08.30-16.00` says; 08.00 and 17.00 where it does not."""
    clocks = [int(found[1]) * 60 + int(found[2]) for found in _CLOCK.finditer(str(time))]
    first = clocks[0] if clocks else FIRST_HOUR
    last = clocks[1] if len(clocks) > 1 else max(LAST_HOUR, first)
    return first, last if last > first else 24 * 60


class _Clock:
    """Hands out stretches of time one after another."""

    def __init__(self, first: int, last: int) -> None:
        self._first = first
        self._last = last
        self._day = 1
        self._now = first

    def take(self, minutes: int) -> tuple[int, str, str]:
        """Day, start and end of the next stretch; one that would run into lunch or past the day's end moves on.

        One that fits into no day stands at the beginning of one.
        """
        start = _after_lunch(self._now, minutes)
        if start + minutes > self._last and self._now > self._first:
            self._day, self._now = self._day + 1, self._first
            start = _after_lunch(self._first, minutes)
        if start + minutes > self._last:
            start = self._first
        self._now = start + minutes + RESET_MINUTES
        return self._day, clock_text(start), clock_text(start + minutes)


def _after_lunch(start: int, minutes: int) -> int:
    return LUNCH[1] if start < LUNCH[1] and start + minutes > LUNCH[0] else start


def clock_text(minutes: int) -> str:
    """`08.05` for 485."""
    return f"{minutes // 60:02}.{minutes % 60:02}"

"""What kitgen 0.1 gave to whom, and when: events it delivered keep it, as their pages are in people's hands. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.kits.assignment import Assigned, apart
from kitgen.kits.scope import Scope, played_units
from kitgen.kits.timetable.calendar import MIDDAY, clock_text, hours_of_day
from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.scenario import CHAT, TELEPHONE, Scenario

RESET_MINUTES: Final = 10
"""Between two candidates."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Giliran: one candidate in one scenario; times as `08.00`, `day` from 1."""

    candidate: EventCandidate
    assessor: int
    scenario: Scenario
    day: int
    start: str
    end: str


def assign_as_before(
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


def _minutes(scenario: Scenario) -> int:
    return scenario.reading_minutes + scenario.minutes


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
    return MIDDAY[1] if start < MIDDAY[1] and start + minutes > MIDDAY[0] else start

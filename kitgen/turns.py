"""Who gets which paper and which scenarios, and when it is whose turn: the same for the same event, for ever. Pure.

Everything follows from a candidate's number, which never changes: a late change moves nobody else to another paper.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.empty import Blank
from kitgen.model.event import EventCandidate, Schedule
from kitgen.model.scenario import Scenario

RESET_MINUTES: Final = 10
"""Between two candidates: sheets are counted and renewed, the actor rests."""
DAY_END: Final = 17 * 60
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


def assign(schedule: Schedule, letters: Sequence[str], scenarios: Sequence[Scenario]) -> dict[int, Assigned]:
    """Papers and scenarios by candidate number. Neighbours (1 and 2, 2 and 3) differ wherever there are two to give.

    What the workbook says of a candidate stands; the rest follows from the number, letter after letter.
    """
    usable = [letter for letter in letters if not schedule.papers or letter in schedule.papers]
    groups: dict[tuple[str, ...], list[Scenario]] = {}
    for scenario in scenarios:
        if not schedule.scenarios or scenario.id in schedule.scenarios:
            groups.setdefault(scenario.unit_codes, []).append(scenario)
    found: dict[int, Assigned] = {}
    for candidate in schedule.candidates:
        turn = candidate.number - 1
        paper = candidate.paper if isinstance(candidate.paper, str) else usable[turn % len(usable)] if usable else ""
        played = []
        for group in groups.values():
            wanted = [each for each in group if each.id in candidate.scenarios]
            played.append(wanted[0] if wanted else group[turn % len(group)])
        found[candidate.number] = Assigned(paper, tuple(played))
    return found


def rotation(schedule: Schedule, assigned: dict[int, Assigned]) -> list[Turn]:
    """The turns of every assessor's candidates, scenario after scenario; lunch is free, days are added."""
    turns: list[Turn] = []
    first = start_of_day(schedule.facts.time)
    for assessor in schedule.assessors:
        clock = _Clock(first)
        mine = [each for each in schedule.candidates if each.assessor == assessor.number and each.status == "ikut"]
        rounds = max((len(assigned[each.number].scenarios) for each in mine), default=0)
        for number in range(rounds):
            for candidate in mine:
                scenario = assigned[candidate.number].scenarios[number]
                day, start, end = clock.take(scenario.reading_minutes + scenario.minutes)
                turns.append(Turn(candidate, assessor.number, scenario, day, start, end))
    return turns


def start_of_day(time: str | Blank) -> int:
    """The first clock time in a text such as `08.30-16.00`, in minutes; 08.00 if there is none."""
    found = _CLOCK.search(str(time))
    return int(found.group(1)) * 60 + int(found.group(2)) if found else FIRST_HOUR


class _Clock:
    """Hands out stretches of time one after another."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._day = 1
        self._now = first

    def take(self, minutes: int) -> tuple[int, str, str]:
        """Day, start and end of the next stretch; one that would run into lunch or past the day's end moves on."""
        start = self._now
        if start < LUNCH[1] and start + minutes > LUNCH[0]:
            start = max(start, LUNCH[1])
        if start + minutes > DAY_END and start > self._first:
            self._day, start = self._day + 1, self._first
        self._now = start + minutes + RESET_MINUTES
        return self._day, clock_text(start), clock_text(start + minutes)


def clock_text(minutes: int) -> str:
    """`08.05` for 485."""
    return f"{minutes // 60:02}.{minutes % 60:02}"

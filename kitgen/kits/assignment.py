"""Who gets which paper and which scenarios: the same for the same event, for ever. Pure.

Everything follows from a candidate's number, which never changes, over all papers and scenarios the edition has: a
late change moves nobody else, and taking one out of use moves only those who had it. Papers go on by one with every
round, so that they do not go round in step with assessors; a scenario stays in an assessor's room for as many as can be
watched in half a day, and no other room plays it as long as there are others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kitgen.kits.channels import of_channel
from kitgen.kits.scope import Scope, played_units
from kitgen.kits.timetable.calendar import on_grid
from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.minutes import DEFAULT_ARRANGEMENTS, DEFAULT_TIMES, Arrangement
from kitgen.model.scenario import Scenario

SEATS_IN_ROW: Final = 4
"""Tables beside one another in the room of the written test."""
_HALF_DAY: Final = 180
"""Minutes of half a day in which scenes are watched, beside opening, breaks and what is left to talk about."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Penugasan asesi: the letter of their paper and the scenarios they play, one for each set of units."""

    paper: str
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class _Rooms:
    """The assessors of an event, each in a room: no two rooms play the same, as long as there are others."""

    assessors: tuple[int, ...]

    def turn(self, candidate: EventCandidate, in_half_day: int) -> int:
        """The how manieth half day of all rooms a candidate plays in, by number and assessor."""
        count = max(1, len(self.assessors))
        room = next((place for place, number in enumerate(self.assessors) if number == candidate.assessor), 0)
        return room + count * ((candidate.number - 1) // (count * in_half_day))


def assign(
    schedule: AssessmentEvent,
    letters: Sequence[str],
    scenarios: Sequence[Scenario],
    scopes: Mapping[int, Scope] | None = None,
    arrangement: Arrangement = DEFAULT_ARRANGEMENTS[0],
) -> dict[int, Assigned]:
    """Papers and scenarios by candidate number; `letters` and `scenarios` are all the edition has.

    What the workbook says of a candidate stands, then what was recorded when the event was delivered; the rest follows
    from number and assessor. Nobody plays what their plan (`scopes`) does not use; without scopes everybody plays all.
    All play in the event's one channel where their scenarios offer it, but for whom FR.AK.07 agrees another.
    """
    usable = [letter for letter in letters if not schedule.papers or letter in schedule.papers]
    in_use = [each for each in scenarios if not schedule.scenarios or each.id in schedule.scenarios]
    played = together(in_use) if arrangement.integrated else apart(in_use)
    groups = {codes: [each for each in scenarios if each.unit_codes == codes]
              for codes in dict.fromkeys(each.unit_codes for each in played)}  # fmt: skip
    rooms = _Rooms(tuple(each.number for each in schedule.assessors))
    ids = {each.id for each in played}
    usable_by: dict[int, list[list[Scenario]]] = {}

    def usable_for(candidate: EventCandidate) -> list[list[Scenario]]:
        """Of each group what the candidate's plan uses; worked out once for all of equal plans."""
        scope = scopes[candidate.number] if scopes is not None else None
        if id(scope) not in usable_by:
            usable_by[id(scope)] = [
                [each for each in group if each.id in ids and (scope is None or played_units(scope, each))]
                for group in groups.values()
            ]
        return usable_by[id(scope)]

    found: dict[int, Assigned] = {}
    for candidate in schedule.candidates:
        known = schedule.recorded.get(candidate.number)
        paper = candidate.paper if isinstance(candidate.paper, str) else ""
        if not paper and known is not None and known.paper in usable:
            paper = known.paper
        wanted = candidate.scenarios or (known.scenarios if known is not None else ())
        given = []
        for group, here in zip(groups.values(), usable_for(candidate), strict=True):
            if here:
                given.append(_chosen(candidate, wanted, of_channel(group, schedule, candidate), here, rooms))
        found[candidate.number] = Assigned(paper or _paper(candidate.number - 1, letters, usable), tuple(given))
    return found


def _paper(turn: int, letters: Sequence[str], usable: Sequence[str]) -> str:
    """The letter of a number: one further with every round; of those who had one that is out of use, the others in
    turn."""
    if not usable:
        return ""
    count = len(letters)
    found = letters[(turn + turn // count) % count]
    return found if found in usable else usable[turn // count % len(usable)]


def _chosen(
    candidate: EventCandidate,
    wanted: Sequence[str],
    group: Sequence[Scenario],
    usable: Sequence[Scenario],
    rooms: _Rooms,
) -> Scenario:
    """What is wanted, else what number and assessor give; in writing instead of on the telephone where so agreed."""
    named = [each for each in usable if each.id in wanted and (each in group or each.id in candidate.scenarios)]
    if named:
        return named[0]
    usable = [each for each in usable if each in group] or usable
    turn = rooms.turn(candidate, half_day(group[0]))
    found = group[(turn + turn // len(group)) % len(group)]
    if found not in usable:
        found = usable[turn // len(group) % len(usable)]
    agreed = candidate.adjustments.channel(found.channel)
    return found if agreed == found.channel else next((each for each in usable if each.channel == agreed), found)


def half_day(scenario: Scenario) -> int:
    """How many candidates an assessor can watch in a scenario in half a day."""
    reset = DEFAULT_TIMES["reset"].minutes
    watched = sum(on_grid(scene.minutes + reset) for scene in scenario.scenes if scene.is_watched)
    return max(1, _HALF_DAY // max(1, watched))


def apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios that are played one beside another: not an integrated one where smaller ones assess its units too.

    An event that uses integrated ones alone gives them.
    """
    groups = {frozenset(each.unit_codes) for each in scenarios}
    return [each for each in scenarios if not any(other < frozenset(each.unit_codes) for other in groups)]


def together(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios that assess most units at once: no smaller one where an integrated one shows its units."""
    groups = {frozenset(each.unit_codes) for each in scenarios}
    return [each for each in scenarios if not any(other > frozenset(each.unit_codes) for other in groups)]


def seats(numbers: Sequence[int], assigned: Mapping[int, Assigned]) -> list[int]:
    """The order of seats for the written test: no two beside one another have the same paper, if that can be.

    The lowest number first that differs from the one before, and from the one in front where there is such; a paper of
    which more than half are left comes first.
    """
    left = sorted(numbers)
    order: list[int] = []
    while left:
        before = assigned[order[-1]].paper if order else None
        counts: dict[str, int] = {}
        for number in left:
            counts[assigned[number].paper] = counts.get(assigned[number].paper, 0) + 1
        most = max(counts, key=lambda paper: counts[paper])
        is_due = counts[most] * 2 > len(left) and most != before
        fitting = [
            each for each in left if (assigned[each].paper == most if is_due else assigned[each].paper != before)
        ]
        in_front = assigned[order[-SEATS_IN_ROW]].paper if len(order) >= SEATS_IN_ROW else None
        chosen = next((each for each in fitting if assigned[each].paper != in_front), (fitting or left)[0])
        left.remove(chosen)
        order.append(chosen)
    return order


def clashes(order: Sequence[int], assigned: Mapping[int, Assigned]) -> list[tuple[int, int]]:
    """Those who sit beside one another with the same paper: their tables are to be set apart."""
    beside = (pair for place, pair in enumerate(pairwise(order), 1) if place % SEATS_IN_ROW)
    return [(one, other) for one, other in beside if assigned[one].paper == assigned[other].paper]

"""The one channel of an event: in which scenarios a candidate may be, and who plays in another all the same. Pure."""

from collections.abc import Mapping, Sequence

from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.scenario import Scenario

Players = dict[str, tuple[int, ...]]
"""Numbers of candidates by the channel they play in."""


def of_channel(group: Sequence[Scenario], schedule: AssessmentEvent, candidate: EventCandidate) -> Sequence[Scenario]:
    """Those of scenarios with the same units a candidate may play: in the channel agreed with them, else the event's.

    All of them where the event has no channel, or none is played in it.
    """
    if not schedule.channel:
        return group
    for channel in (candidate.adjustments.channel(schedule.channel), schedule.channel):
        found = [each for each in group if each.channel == channel]
        if found:
            return found
    return group


def strays(
    schedule: AssessmentEvent, scenarios: Sequence[Scenario], played: Mapping[int, Sequence[Scenario]]
) -> Players:
    """Who plays in another channel than the event's, though nothing was agreed and others of its units are in it."""
    found: Players = {}
    for candidate in _taking_part(schedule):
        for mine in played[candidate.number]:
            group = [each for each in scenarios if each.unit_codes == mine.unit_codes]
            if mine.channel not in {each.channel for each in of_channel(group, schedule, candidate)}:
                found[mine.channel] = (*found.get(mine.channel, ()), candidate.number)
    return found


def mixed(schedule: AssessmentEvent, played: Mapping[int, Sequence[Scenario]]) -> dict[tuple[str, ...], Players]:
    """By the codes of units: who plays them in which channel, where that is more than one and nothing was agreed."""
    found: dict[tuple[str, ...], Players] = {}
    for candidate in _taking_part(schedule):
        for mine in played[candidate.number]:
            if candidate.adjustments.chat or candidate.adjustments.face_to_face:
                continue
            players = found.setdefault(mine.unit_codes, {})
            players[mine.channel] = (*players.get(mine.channel, ()), candidate.number)
    return {codes: players for codes, players in found.items() if len(players) > 1}


def _taking_part(schedule: AssessmentEvent) -> list[EventCandidate]:
    return [each for each in schedule.candidates if each.status == "ikut"]

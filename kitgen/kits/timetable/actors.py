"""Who plays in which room when: actors for the scenarios of each half day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.kits.timetable.part import Part
from kitgen.model.event import EventActor
from kitgen.model.scenario import Scenario

_NOON: Final = 12 * 60


@dataclass(frozen=True, slots=True)
class Playing:
    """Bermain peran di satu ruang: from the first scene of a scenario in a half day to the last."""

    assessor: int
    scenario: Scenario
    day: int
    start: int
    end: int

    def meets(self, other: "Playing") -> bool:
        """Whether nobody could be in both."""
        return self.day == other.day and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Cast:
    """Pemeran yang ditugaskan: the actors of each, and how many are missing."""

    of: Mapping[Playing, tuple[EventActor, ...]]
    missing: int


def playings(parts: Sequence[Part]) -> list[Playing]:
    """Each scenario of each room and half day."""
    found: dict[tuple[int, int, bool, str], list[Part]] = {}
    for part in parts:
        if part.kind == "scene" and part.scenario is not None:
            found.setdefault((part.day, part.assessor, part.start < _NOON, part.scenario.id), []).append(part)
    made = [Playing(of[0].assessor, scenario, of[0].day, min(one.start for one in of), max(one.until for one in of))
            for of in found.values() if (scenario := of[0].scenario) is not None and scenario.actors]  # fmt: skip
    return sorted(made, key=lambda one: (one.day, one.start, one.assessor))


def needed(found: Sequence[Playing]) -> int:
    """How many actors are busy at the same time, at most."""
    return max((sum(len(other.scenario.actors) for other in found if other is one or (
        other.day == one.day and other.start <= one.start < other.end)) for one in found), default=0)  # fmt: skip


def cast(found: Sequence[Playing], actors: Sequence[EventActor]) -> Cast:
    """The actors of each scenario, room and half day; those who can play it, the least busy first.

    Nobody is in two rooms at once. Without a list of actors they are numbered.
    """
    people = list(actors) or [EventActor(number, f"Pemeran {number}") for number in range(1, needed(found) + 1)]
    given: dict[Playing, tuple[EventActor, ...]] = {}
    missing = 0
    for playing in found:
        taken = {actor.number for other, of in given.items() if playing.meets(other) for actor in of}
        able = [each for each in people if each.number not in taken and _plays(each, playing.scenario)]
        able.sort(key=lambda each: (_is_free_for_all(each), _knows(each, playing, given), each.number))
        wanted = len(playing.scenario.actors)
        given[playing] = tuple(sorted(able[:wanted], key=lambda each: each.number))
        missing = max(missing, wanted - len(able))
    return Cast(given, max(missing, 0))


def _plays(actor: EventActor, scenario: Scenario) -> bool:
    return not actor.scenarios or scenario.id in actor.scenarios


def _is_free_for_all(actor: EventActor) -> bool:
    """Whoever rehearsed few scenarios is taken first, so that the others are left for the rest."""
    return not actor.scenarios


def _knows(actor: EventActor, playing: Playing, given: Mapping[Playing, tuple[EventActor, ...]]) -> bool:
    """False (first) for whoever played it in this room before."""
    return not any(
        actor in of and other.assessor == playing.assessor and other.scenario is playing.scenario
        for other, of in given.items()
    )

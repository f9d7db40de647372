"""The lines of Tanda KUK: every KUK of every role play of an event, with who assessed and who acted. Pure."""

from collections.abc import Iterator

from kitgen.kits.kit import EventParts
from kitgen.kits.scope import played_units
from kitgen.model.event import EventCandidate
from kitgen.model.marks import MarkLine
from kitgen.model.scenario import Scenario


def mark_lines(event: EventParts, every: int) -> Iterator[MarkLine]:
    """By candidate, role play and cue; every `every`th candidate is marked by two (none where it is 0)."""
    for candidate in event.taking_part:
        for scenario in event.assigned[candidate.number].scenarios:
            units = played_units(event.scopes[candidate.number], scenario)
            actors = ", ".join(map(str, _actors(event, candidate, scenario)))
            for cue in scenario.cues:
                if cue.unit_code in units:
                    yield MarkLine(
                        key=f"{candidate.number} {scenario.id} {cue.unit_code} {cue.number}",
                        number=candidate.number,
                        candidate=str(candidate.person.name),
                        scenario=scenario.id,
                        unit_code=cue.unit_code,
                        criterion=cue.number,
                        assessor=candidate.assessor if isinstance(candidate.assessor, int) else 0,
                        actors=actors,
                        is_double=every > 0 and candidate.number % every == 0,
                    )


def _actors(event: EventParts, candidate: EventCandidate, scenario: Scenario) -> list[int]:
    """The numbers of who plays the scenario to the candidate, by the timetable; nobody where there is none."""
    if event.timetable is None:
        return []
    scenes = [part for part in event.timetable.of_candidate(candidate.number) if part.kind == "scene"
              and part.scenario is not None and part.scenario.id == scenario.id]  # fmt: skip
    found = {
        actor.number
        for part in scenes
        for playing, actors in event.timetable.cast.of.items()
        if (playing.day, playing.assessor, playing.scenario.id) == (part.day, part.assessor, scenario.id)
        and playing.start <= part.start < playing.end
        for actor in actors
    }
    return sorted(found)

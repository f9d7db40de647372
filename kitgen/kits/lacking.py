"""What an event switched off that candidates need: role plays of their units, papers of their tests. Pure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from kitgen.kits.assignment import Assigned
from kitgen.kits.kit import PrintedPapers
from kitgen.kits.scope import Scope, played_units
from kitgen.model.event import AssessmentEvent
from kitgen.model.scenario import Scenario

Item = TypeVar("Item")
Lacking = tuple[tuple[int, ...], tuple[str, ...]]
"""The numbers of the candidates, and the ids of the scenarios that would show it."""


def unplayed_units(
    schedule: AssessmentEvent,
    scenarios: Sequence[Scenario],
    scopes: Mapping[int, Scope],
    assigned: Mapping[int, Assigned],
) -> dict[str, Lacking]:
    """By the codes of units: who was given no scenario for it, though the plan asks for one and there are some."""
    found: dict[str, Lacking] = {}
    for candidate in schedule.candidates:
        if candidate.status != "ikut":
            continue
        scope = scopes[candidate.number]
        played = {code for scenario in assigned[candidate.number].scenarios for code in scenario.unit_codes}
        for scenario in scenarios:
            for code in sorted(played_units(scope, scenario)):
                if code not in played:
                    numbers, ids = found.get(code, ((), ()))
                    found[code] = (_with(numbers, candidate.number), _with(ids, scenario.id))
    return found


def papers_switched_off(
    schedule: AssessmentEvent, printed: Mapping[int, PrintedPapers]
) -> dict[tuple[str, str], tuple[int, ...]]:
    """By kind of question and letter: who would sit a paper that is not in use, as there is no other of its kind."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for candidate in schedule.candidates:
        if candidate.status != "ikut" or not schedule.papers:
            continue
        for papers in printed[candidate.number].sheets.values():
            for paper in papers:
                if paper.letter not in schedule.papers:
                    key = (paper.kind, paper.letter)
                    found[key] = _with(found.get(key, ()), candidate.number)
    return found


def _with(items: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    return items if item in items else (*items, item)

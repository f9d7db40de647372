"""Units that candidates are to show in a role play, and no role play in use shows. Pure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from kitgen.kits.assignment import Assigned
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


def _with(items: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    return items if item in items else (*items, item)

"""Are the scenarios candidates get equally hard? What can be counted of each, side by side. Pure."""

from collections.abc import Sequence
from typing import Final

from kitgen.model.scenario import Scenario

_COMPARED: Final = {
    "cues": "cues", "minutes": "minutes", "reading_minutes": "reading minutes", "escalation": "escalation steps",
    "card_words": "words on the card", "prop_words": "words on the props",
}  # fmt: skip
UNEVEN: Final = 0.25
"""Scenarios of the same units whose figures differ by more than this share of the mean are not equal in load."""


def fairness(scenarios: Sequence[Scenario]) -> list[dict[str, object]]:
    """What makes scenarios of the same units equally hard: one row each, for people to compare (JSON-ready)."""
    return [
        {
            "scenario": scenario.id,
            "units": list(scenario.unit_codes),
            "channel": scenario.channel,
            "branch": scenario.branch,
            "cues": len(scenario.cues),
            "minutes": scenario.minutes,
            "reading_minutes": scenario.reading_minutes,
            "actors": len(scenario.actors),
            "escalation": sum(len(actor.escalation) for actor in scenario.actors),
            "card_words": _card_words(scenario),
            "prop_words": _prop_words(scenario),
            "props": len(scenario.props),
        }
        for scenario in scenarios
    ]


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _card_words(scenario: Scenario) -> int:
    scenes = [text for scene in scenario.scenes for text in (scene.place, scene.task, scene.output)]
    return _count(scenario.workplace, scenario.candidate_role, scenario.situation, *scenario.rules, *scenes)


def _prop_words(scenario: Scenario) -> int:
    words = 0
    for prop in scenario.props:
        cells = [cell for row in prop.rows for cell in row]
        words += _count(
            prop.title, prop.note, *prop.points, *cells, *prop.columns, *(each.label for each in prop.fields)
        )
    return words


def unevenness(scenarios: Sequence[Scenario]) -> list[tuple[str, str]]:
    """Scenario and what of it is out of line with the others that assess the same units."""
    found: list[tuple[str, str]] = []
    rows = fairness(scenarios)
    for codes in dict.fromkeys(scenario.unit_codes for scenario in scenarios):
        group = [row for row in rows if row["units"] == list(codes)]
        for key, label in _COMPARED.items():
            values = [float(str(row[key])) for row in group]
            mean = sum(values) / len(values)
            for row, value in zip(group, values, strict=True):
                if abs(value - mean) > UNEVEN * mean:
                    found.append((str(row["scenario"]), f"{label} {value:g}, the others' mean is {mean:.0f}"))
    return found

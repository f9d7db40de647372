"""Are the scenarios candidates get equally hard? What can be counted of each, side by side. Pure."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from kitgen.base.messages import said
from kitgen.kits.stations.load import load_of
from kitgen.model.scenario import Scenario

_COMPARED: Final = {
    "cues": said("cues"), "minutes": said("minutes"), "reading_minutes": said("reading minutes"),
    "escalation": said("escalation steps"), "reading_words": said("words to read"), "lines": said("lines to write"),
    "spoken_words": said("words the actors say"),
}  # fmt: skip
UNEVEN: Final = 0.1
"""Scenarios of the same units whose figures differ by more than this share of what is usual are not equal in load."""


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
            "escalation": load.escalation,
            "card_words": load.card_words,
            "prop_words": load.prop_words,
            "reading_words": load.card_words + load.prop_words,
            "spoken_words": load.spoken_words,
            "lines": load.lines,
            "props": len(scenario.props),
        }
        for scenario in scenarios
        for load in (load_of(scenario),)
    ]


def unevenness(scenarios: Sequence[Scenario]) -> list[tuple[str, str]]:
    """Scenario and what of it is out of line with the others that assess the same units."""
    found: list[tuple[str, str]] = []
    rows = fairness(scenarios)
    for codes in dict.fromkeys(scenario.unit_codes for scenario in scenarios):
        group = [row for row in rows if row["units"] == list(codes)]
        for key, label in _COMPARED.items():
            values = [float(str(row[key])) for row in group]
            usual = median(values)
            for row, value in zip(group, values, strict=True):
                if abs(value - usual) > UNEVEN * usual:
                    found.append(
                        (
                            str(row["scenario"]),
                            said("{label} {value:g}, usual is {usual:.0f}", label=label, value=value, usual=usual),
                        )
                    )
    return found

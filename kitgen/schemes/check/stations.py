"""Are the role plays sound as stations? What their texts say against what is claimed, and against each other. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.kits.stations.structure import FEATURES, structure_of
from kitgen.kits.stations.told import AT_MOST, told_pairs
from kitgen.model.scenario import Scenario
from kitgen.model.station import Stations

ENOUGH: Final = 2
"""So many scenarios of the same units an offered channel needs: who knows one plays the other."""


def station_faults(scenarios: Sequence[Scenario], stations: Stations) -> Iterator[tuple[str, str, str]]:
    """Scenario, what is wrong with it, and what to do."""
    for scenario in scenarios:
        yield from _own_faults(scenario)
    for pair in told_pairs(scenarios):
        if pair.share > AT_MOST:
            what = f"{len(pair.equal)} of {pair.facts} hidden facts, {pair.answered} of {pair.cues} answers"
            yield pair.other, f"who knows {pair.known} knows {what} of it", "change the structure of one of the two"
    yield from _channels(scenarios, stations)


def _own_faults(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    told = structure_of(scenario).channel
    if told not in (scenario.channel, "–"):
        yield scenario.id, f"its scenes are played as {told}, its channel says {scenario.channel}", "make them agree"
    for cue in scenario.cues:
        where = f"cue {cue.number} of unit {cue.unit_code}"
        if not (cue.met and cue.borderline and cue.not_met):
            yield scenario.id, f"{where} has no anchors", "write `anchors:` with met, borderline and not_met"
        if cue.prompt and not cue.asked_counts:
            yield scenario.id, f"{where} is asked for, but not whether that counts", 'write `counts: "yes"` or "no"'
        if cue.text and f"KUK {cue.number}" in scenario.situation:
            yield scenario.id, f"the situation names KUK {cue.number}", "tell the situation, not what is assessed"
    for performance in scenario.calibration:
        ticks = Counter(mark.tick for mark in performance.marks)
        if performance.kind == "jelas" and ticks["di ambang"]:
            yield (scenario.id, f"performance {performance.id} is clear, but has marks on the border",
                   "mark it borderline, or make those lines clear")  # fmt: skip


def _channels(scenarios: Sequence[Scenario], stations: Stations) -> Iterator[tuple[str, str, str]]:
    counts = Counter((each.unit_codes, each.channel) for each in scenarios)
    for (codes, channel), count in counts.items():
        first = next(each.id for each in scenarios if (each.unit_codes, each.channel) == (codes, channel))
        if stations.offered and channel not in stations.offered:
            yield first, f"channel {channel} is not offered", "offer it in stations.yaml, or withdraw the scenario"
        if stations.offered and channel in stations.offered and count < ENOUGH:
            yield (
                first,
                f"it is the only scenario of channel {channel} for its units",
                "add a second one, or offer it not",
            )


def structure_rows(scenarios: Sequence[Scenario]) -> list[dict[str, str]]:
    """The structure of each scenario, for programs."""
    rows = []
    for scenario in scenarios:
        found = structure_of(scenario)
        rows.append({"scenario": scenario.id, **{name: getattr(found, name) for name in FEATURES}})
    return rows

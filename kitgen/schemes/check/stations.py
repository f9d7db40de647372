"""Are the role plays sound as stations? What their texts say against what is claimed, and against each other. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.kits.stations.structure import structure_of
from kitgen.kits.stations.told import AT_MOST, told_pairs
from kitgen.model.scenario import Scenario
from kitgen.model.station import Stations
from kitgen.model.structure import FEATURES

ENOUGH: Final = 2
"""So many scenarios of the same units an offered channel needs: who knows one plays the other."""


Fault = tuple[str, Message, Message]
"""Scenario, what is wrong with it, and what to do."""


def station_faults(scenarios: Sequence[Scenario], stations: Stations) -> Iterator[Fault]:
    """What is wrong with each scenario, with what it tells of others, and with its channel."""
    for scenario in scenarios:
        yield from _own_faults(scenario)
    for pair in told_pairs(scenarios):
        if pair.share > AT_MOST:
            what = said(
                "who knows {known} knows {equal} of {facts} hidden facts, {answered} of {cues} answers of it",
                known=pair.known, equal=len(pair.equal), facts=pair.facts, answered=pair.answered, cues=pair.cues,
            )  # fmt: skip
            yield pair.other, what, said("change the structure of one of the two")
    yield from _channels(scenarios, stations)


def _own_faults(scenario: Scenario) -> Iterator[Fault]:
    told = structure_of(scenario).channel
    if told not in (scenario.channel, "–"):
        what = said("its scenes are played as {told}, its channel says {channel}", told=told, channel=scenario.channel)
        yield scenario.id, what, said("make them agree")
    bare = [
        f"{cue.unit_code} {cue.number}" for cue in scenario.cues if not (cue.met and cue.borderline and cue.not_met)
    ]
    if bare:
        yield (scenario.id, said("no anchors for KUK {numbers}", numbers=", ".join(bare)),
               said("write `anchors:` with met, borderline and not_met"))  # fmt: skip
    for cue in scenario.cues:
        where = {"number": cue.number, "unit": cue.unit_code}
        if cue.prompt and not cue.asked_counts:
            yield (scenario.id, said("cue {number} of unit {unit} is asked for, but not whether that counts", **where),
                   said('write `counts: "yes"` or "no"'))  # fmt: skip
    for performance in scenario.calibration:
        ticks = Counter(mark.tick for mark in performance.marks)
        if performance.kind == "jelas" and ticks["di ambang"]:
            yield (scenario.id, said("performance {id} is clear, but has marks on the border", id=performance.id),
                   said("mark it borderline, or make those lines clear"))  # fmt: skip


def _channels(scenarios: Sequence[Scenario], stations: Stations) -> Iterator[Fault]:
    counts = Counter((each.unit_codes, each.channel) for each in scenarios)
    for (codes, channel), count in counts.items():
        first = next(each.id for each in scenarios if (each.unit_codes, each.channel) == (codes, channel))
        if stations.offered and channel not in stations.offered:
            yield (first, said("channel {channel} is not offered", channel=channel),
                   said("offer it in stations.yaml, or withdraw the scenario"))  # fmt: skip
        if stations.offered and channel in stations.offered and count < ENOUGH:
            yield (first, said("no other scenario of its units has channel {channel}", channel=channel),
                   said("add one, or do not offer the channel"))  # fmt: skip


def structure_rows(scenarios: Sequence[Scenario]) -> list[dict[str, str]]:
    """The structure of each scenario, for programs."""
    rows = []
    for scenario in scenarios:
        found = structure_of(scenario)
        rows.append({"scenario": scenario.id, **{name: getattr(found, name) for name in FEATURES}})
    return rows

"""Are the role plays sound as stations? What their texts say against what is claimed, and against each other. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.kits.stations.structure import structure_of
from kitgen.kits.stations.told import AT_MOST, told_pairs
from kitgen.model.scenario import Scenario
from kitgen.model.station import Stations
from kitgen.model.structure import FEATURES
from kitgen.schemes.check.channels import Fault, channel_faults

_OF_CUES: Final = {
    "trigger": "Pemicu", "look_for": "Yang dicari asesor", "met": "Contoh terpenuhi",
    "borderline": "Contoh di ambang", "not_met": "Contoh belum",
}  # fmt: skip
"""What a cue cannot do without, as the scheme's workbook calls it."""


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
    yield from channel_faults(scenarios, stations)


def _own_faults(scenario: Scenario) -> Iterator[Fault]:
    told = structure_of(scenario).channel
    if told not in (scenario.channel, "–"):
        what = said("its scenes are played as {told}, its channel says {channel}", told=told, channel=scenario.channel)
        yield scenario.id, what, said("make them agree")
    for cue in scenario.cues:
        where = {"number": cue.number, "unit": cue.unit_code}
        lacking = [heading for name, heading in _OF_CUES.items() if not getattr(cue, name)]
        if lacking:
            yield (scenario.id, said("cue {number} of unit {unit} lacks {texts}", texts=", ".join(lacking), **where),
                   said("write them on the scenario's sheet (`kitgen scheme export`) or in its file"))  # fmt: skip
        if cue.prompt and not cue.asked_counts:
            yield (scenario.id, said("cue {number} of unit {unit} is asked for, but not whether that counts", **where),
                   said('write `counts: "yes"` or "no"'))  # fmt: skip
    for performance in scenario.calibration:
        ticks = Counter(mark.tick for mark in performance.marks)
        if performance.kind == "jelas" and ticks["di ambang"]:
            yield (scenario.id, said("performance {id} is clear, but has marks on the border", id=performance.id),
                   said("mark it borderline, or make those lines clear"))  # fmt: skip


def structure_rows(scenarios: Sequence[Scenario]) -> list[dict[str, str]]:
    """The structure of each scenario, for programs."""
    rows = []
    for scenario in scenarios:
        found = structure_of(scenario)
        rows.append({"scenario": scenario.id, **{name: getattr(found, name) for name in FEATURES}})
    return rows

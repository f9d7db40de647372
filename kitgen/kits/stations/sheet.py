"""Puts the blueprint of stations together. Pure."""

from collections.abc import Sequence

from kitgen.kits.stations.load import load_of
from kitgen.kits.stations.structure import structure_of
from kitgen.kits.stations.told import told_pairs
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Unit
from kitgen.model.station import DIMENSIONS, Stations
from kitgen.model.station_sheet import (
    Feature,
    StationCriterion,
    StationRow,
    StationSheet,
    ToldLine,
    UnitDimensions,
)
from kitgen.model.structure import FEATURES, NOT_THERE


def station_sheet(units: Sequence[Unit], scenarios: Sequence[Scenario], stations: Stations) -> StationSheet:
    """The stations of a kit: its scenarios, and of its units what they show."""
    criteria = tuple(_criteria(units, scenarios, stations))
    names = dict.fromkeys(each.channel for each in scenarios)
    return StationSheet(
        scenarios=tuple(_row(each) for each in scenarios),
        criteria=criteria,
        units=tuple(_unit(unit, criteria) for unit in units if any(each.unit_code == unit.code for each in criteria)),
        told=tuple(
            ToldLine(pair.known, pair.other, f"{len(pair.equal)} dari {pair.facts}",
                     f"{pair.answered} dari {pair.cues}", ", ".join(pair.equal))
            for pair in told_pairs(scenarios)
        ),
        channels=tuple(stations.channel(name) for name in names),
        double_marking=stations.double_marking,
    )  # fmt: skip


def _row(scenario: Scenario) -> StationRow:
    load, structure = load_of(scenario), structure_of(scenario)
    features = ((FEATURES[name], str(getattr(structure, name))) for name in FEATURES)
    return StationRow(
        id=scenario.id,
        title=scenario.title,
        units=", ".join(scenario.unit_codes),
        channel=scenario.channel,
        minutes=scenario.minutes,
        reading_minutes=scenario.reading_minutes,
        words=load.card_words + load.prop_words,
        spoken=load.spoken_words,
        lines=load.lines,
        escalation=load.escalation,
        features=tuple(Feature(label, value) for label, value in features if value != NOT_THERE),
        record=scenario.record,
    )


def _criteria(units: Sequence[Unit], scenarios: Sequence[Scenario], stations: Stations) -> list[StationCriterion]:
    dimensions = {(each.unit_code, each.number): each.dimensions for each in stations.criteria}
    found: list[StationCriterion] = []
    for unit in units:
        playing = [each.id for each in scenarios if unit.code in each.unit_codes]
        if not playing:
            continue
        for criterion in unit.criteria():
            shown = tuple(dimensions.get((unit.code, criterion.number), ()))
            found.append(
                StationCriterion(unit.code, unit.title, criterion.number, criterion.text, shown, ", ".join(playing))
            )
    return found


def _unit(unit: Unit, criteria: Sequence[StationCriterion]) -> UnitDimensions:
    mine = [each for each in criteria if each.unit_code == unit.code]
    counts = tuple(sum(name in each.dimensions for each in mine) for name in DIMENSIONS)
    return UnitDimensions(unit.code, unit.title, tuple(count > 0 for count in counts), counts, mine[0].scenarios)

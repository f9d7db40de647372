"""Reads `stations.yaml`: channels, dimensions of competence and feedback for each criterion, double marking."""

from pathlib import Path
from typing import Final, cast

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.edition.criterion_names import named_criteria, refuse_unknown, units_of
from kitgen.load.yaml.source import Entry, open_yaml
from kitgen.load.yaml.unfinished import tell_unfinished
from kitgen.model.scheme import Scheme, Unit
from kitgen.model.station import DIMENSIONS, Channel, CriterionStation, Dimension, Stations

STATIONS_FILE: Final = "stations.yaml"


def load_stations(path: Path, name: str, scheme: Scheme, findings: Findings) -> Stations:
    """The rules of an edition's stations; without such a file there are none. Every problem is noted in `findings`."""
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return Stations()
    fields = top.fields(("channels", "double_marking", "units"))
    channels = [
        _channel(item) for item in fields["channels"].items(lambda number: said("channel {number}", number=number))
    ]
    criteria: list[CriterionStation] = []
    for listed, unit in units_of(fields["units"], scheme):
        criteria += _criteria(listed, unit)
    tell_unfinished(top)
    return Stations(
        channels=tuple(channel for channel, _ in channels),
        offered=tuple(channel.name for channel, is_offered in channels if is_offered),
        criteria=tuple(criteria),
        double_marking=fields["double_marking"].number() or 0 if "double_marking" in fields else 5,
    )


def _channel(item: Entry) -> tuple[Channel, bool]:
    fields = item.fields(("channel", "offered", "equipment", "test", "line_fails", "recording"))
    channel = Channel(
        fields.required("channel"),
        fields["equipment"].texts(),
        fields["test"].texts(),
        fields["line_fails"].texts(),
        fields.due("recording"),
    )
    return channel, fields["offered"].choice(("true", "false")) != "false"


def _criteria(entry: Entry, unit: Unit) -> list[CriterionStation]:
    known = [criterion.number for criterion in unit.criteria()]
    found: dict[str, CriterionStation] = {}
    for item in entry.items(lambda number: said("unit {unit}, criterion {number}", unit=unit.code, number=number)):
        fields = item.fields(("criterion", "dimensions", "keep", "improve"))
        number = fields.required("criterion")
        if not number or not refuse_unknown(item, unit.code, number, known):
            continue
        named = [cast(Dimension | None, each.choice(DIMENSIONS)) for each in fields["dimensions"].items()]
        dimensions = tuple(each for each in named if each is not None)
        if number in found:
            item.error(said("criterion (KUK) {number} stands twice", number=number), said("keep one of the two"))
        found[number] = CriterionStation(unit.code, number, dimensions, fields.due("keep"), fields.due("improve"))
    count, left = named_criteria([unit], lambda _, number: number not in found)
    if count:
        entry.warning(said("no dimension and no feedback yet for KUK {left}", left=left), said("add a line for each"))
    return [found[number] for number in known if number in found]

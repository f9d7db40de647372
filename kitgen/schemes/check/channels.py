"""Is every channel an event may choose ready: two scenarios of equal load, and what it needs written down? Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.kits.stations.load import Load, load_of
from kitgen.model.scenario import Scenario
from kitgen.model.station import Stations
from kitgen.schemes.check.fairness import UNEVEN

ENOUGH: Final = 2
"""So many scenarios of the same units an offered channel needs: who knows one plays the other."""
_COMPARED: Final = {"words": said("words to read"), "lines": said("lines to write"), "minutes": said("minutes"),
                    "escalation": said("escalation steps")}  # fmt: skip

Fault = tuple[str, Message, Message]
"""Scenario (empty: of none), what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class ChannelLoad:
    """Beban saluran: what one scenario of a channel asks of a candidate, in minutes, words and lines."""

    channel: str
    units: tuple[str, ...]
    is_offered: bool
    scenario: str
    words: int
    spoken: int
    lines: int
    minutes: int
    escalation: int

    def as_json(self) -> dict[str, object]:
        """The line, for programs."""
        return asdict(self)


def channel_loads(scenarios: Sequence[Scenario], stations: Stations) -> list[ChannelLoad]:
    """A line for each scenario, by channel in the order of `stations.yaml`, then by the units it assesses."""
    names = dict.fromkeys((*(each.name for each in stations.channels), *(each.channel for each in scenarios)))
    groups = dict.fromkeys(each.unit_codes for each in scenarios)
    return [
        _load(each, load_of(each), name in stations.offered)
        for name in names
        for codes in groups
        for each in scenarios
        if (each.channel, each.unit_codes) == (name, codes)
    ]


def channel_faults(scenarios: Sequence[Scenario], stations: Stations) -> Iterator[Fault]:
    """What an offered channel lacks; nothing where the edition says nothing of channels."""
    if not stations.offered:
        return
    loads = channel_loads(scenarios, stations)
    for name, codes in dict.fromkeys((each.channel, each.units) for each in loads):
        group = [each for each in loads if (each.channel, each.units) == (name, codes)]
        if name not in stations.offered:
            yield (group[0].scenario, said("channel {channel} is not offered", channel=name),
                   said("offer it in stations.yaml, or withdraw the scenario"))  # fmt: skip
        elif len(group) < ENOUGH:
            yield (group[0].scenario, said("no other scenario of its units has channel {channel}", channel=name),
                   said("add one, or do not offer the channel"))  # fmt: skip
        else:
            yield from _unequal(group)
    for name in stations.offered:
        if name not in {each.channel for each in loads}:
            yield ("", said("channel {channel} is offered, but no scenario is played in it", channel=name),
                   said("add two, or write `offered: false` in stations.yaml"))  # fmt: skip
        yield from _unprepared(name, stations)


def _load(scenario: Scenario, load: Load, is_offered: bool) -> ChannelLoad:
    return ChannelLoad(
        scenario.channel, scenario.unit_codes, is_offered, scenario.id, load.card_words + load.prop_words,
        load.spoken_words, load.lines, scenario.minutes, load.escalation,
    )  # fmt: skip


def _unequal(group: Sequence[ChannelLoad]) -> Iterator[Fault]:
    for key, label in _COMPARED.items():
        values = [int(getattr(each, key)) for each in group]
        if max(values) - min(values) > UNEVEN * max(values):
            told = ", ".join(f"{each.scenario} {value}" for each, value in zip(group, values, strict=True))
            what = said("loads in channel {channel} are not equal: {label} {told}",
                        channel=group[0].channel, label=label, told=told)  # fmt: skip
            yield group[0].scenario, what, said("make them differ by a tenth at most")


def _unprepared(name: str, stations: Stations) -> Iterator[Fault]:
    channel = stations.channel(name)
    parts = {"equipment": channel.equipment, "test": channel.test, "line_fails": channel.line_fails,
             "recording": channel.recording}  # fmt: skip
    missing = [key for key, value in parts.items() if not value]
    if missing:
        yield ("", said("channel {channel} has no {keys}", channel=name, keys=", ".join(missing)),
               said("write them in stations.yaml: it stands on the papers of actors and assessors"))  # fmt: skip

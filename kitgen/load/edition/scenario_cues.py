"""Reads the cues of a scenario and its calibration: what is shown where, and how it is marked."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from kitgen.base.messages import said
from kitgen.load.edition.criterion_names import Marks, named_criteria, read_marks, refuse_unknown
from kitgen.load.yaml.source import Entry, Fields
from kitgen.model.scenario import EVIDENCE, EVIDENCE_LABELS, Cue, Evidence
from kitgen.model.scheme import Unit
from kitgen.model.station import (
    PERFORMANCE_KINDS,
    PERFORMANCE_LABELS,
    TICK_LABELS,
    TICKS,
    CalibrationMark,
    CriterionStation,
    Performance,
    PerformanceKind,
    SpokenLine,
    Tick,
)

_THROUGHOUT: Final = "sepanjang adegan"
_COUNTS: Final = {"yes": "dihitung", "no": "tidak dihitung"}
_CUE_KEYS: Final = (
    "unit", "criterion", "review", "scene", "throughout", "trigger", "look_for", "evidence", "prompt", "anchors",
)  # fmt: skip
Feedback = Mapping[tuple[str, str], CriterionStation]


def read_cues(
    entry: Entry, units: list[Unit], scenes: dict[str, str], feedback: Feedback, marks: Marks | None
) -> tuple[Cue, ...]:
    """One cue for each criterion of the units; those without one, which cannot be shown yet, are told in one line."""
    cues: dict[tuple[str, str], Cue] = {}
    for item in entry.items(lambda number: said("cue {number}", number=number)):
        fields = item.fields(_CUE_KEYS)
        unit, number = criterion_of(fields, units)
        read_marks(
            fields,
            said("cue {number} of {spot}", number=number, spot=entry.spot),
            entry.spot.removeprefix("scenario "),
            unit.code,
            marks,
        )
        evidence = cast(Evidence, one_of(fields, "evidence", EVIDENCE) or "observed")
        throughout = "throughout" in fields and fields["throughout"].choice(("true", "false")) == "true"
        anchors = fields["anchors"].fields(TICKS) if "anchors" in fields else None
        station = feedback.get((unit.code, number))
        cue = Cue(
            unit_code=unit.code,
            number=number,
            text=criteria_of(unit).get(number, ""),
            scene=scenes.get(one_of(fields, "scene", scenes), ""),
            lasts=_THROUGHOUT if throughout else "",
            trigger=fields.due("trigger"),
            look_for=fields.due("look_for"),
            evidence=EVIDENCE_LABELS[evidence],
            met=anchors.due("met") if anchors else "",
            borderline=anchors.due("borderline") if anchors else "",
            not_met=anchors.due("not_met") if anchors else "",
            dimensions=tuple(station.dimensions) if station else (),
            keep=station.keep if station else "",
            improve=station.improve if station else "",
            **_prompt(fields),
        )
        if (unit.code, number) in cues:
            item.error(said("criterion (KUK) {number} has two cues", number=number), said("put them into one"))
        cues[unit.code, number] = cue
    wanted = [(unit.code, number) for unit in units for number in criteria_of(unit)]
    count, left = named_criteria(units, lambda code, number: (code, number) not in cues)
    if count:
        entry.warning(
            said("this scenario has no cue for KUK {left}", left=left),
            said("add what makes it possible to show it, under `cues:`"),
        )
    return tuple(cues[each] for each in wanted if each in cues)


def _prompt(fields: Fields) -> dict[str, Any]:
    """What the actor says if the KUK has not shown; nothing where the cue has no `prompt`."""
    if "prompt" not in fields:
        return {}
    said = fields["prompt"].fields(("minute", "unless", "say", "counts"))
    return {
        "prompt": said.due("say"),
        "prompt_minute": said.due_number("minute"),
        "prompt_unless": said.due("unless"),
        "asked_counts": _COUNTS.get(one_of(said, "counts", _COUNTS), ""),
    }


def read_performances(entry: Entry, units: list[Unit], cues: Iterable[Cue]) -> tuple[Performance, ...]:
    """The written performances assessors are calibrated with; each marks every cue once."""
    wanted = [(cue.unit_code, cue.number) for cue in cues]
    found: list[Performance] = []
    for item in entry.items(lambda number: said("performance {number}", number=number)):
        fields = item.fields(("id", "kind", "lines", "written", "marks"))
        kind = cast(PerformanceKind, fields["kind"].choice(PERFORMANCE_KINDS) or "clear")
        marks = {(each.unit_code, each.number): each for each in _marks(fields["marks"], units)}
        unmarked = {each for each in wanted if each not in marks}
        count, left = named_criteria(units, lambda code, number: (code, number) in unmarked)  # noqa: B023
        if count:
            fields["marks"].warning(
                said("this performance has no mark for KUK {left}", left=left),
                said("say how each is to be marked, and why"),
            )
        found.append(
            Performance(
                id=fields.required("id"),
                kind=PERFORMANCE_LABELS[kind],
                lines=_lines(fields["lines"]),
                written=_lines(fields["written"]),
                marks=tuple(marks[each] for each in wanted if each in marks),
            )
        )
    return tuple(found)


def _lines(entry: Entry) -> tuple[SpokenLine, ...]:
    lines = []
    for item in entry.items():
        fields = item.fields(("by", "text"))
        lines.append(SpokenLine(fields.due("by"), fields.due("text")))
    return tuple(lines)


def _marks(entry: Entry, units: list[Unit]) -> list[CalibrationMark]:
    found = []
    for item in entry.items():
        fields = item.fields(("unit", "criterion", "tick", "reason"))
        unit, number = criterion_of(fields, units)
        tick = cast(Tick, one_of(fields, "tick", TICKS) or "met")
        text = criteria_of(unit).get(number, "")
        found.append(CalibrationMark(unit.code, number, text, TICK_LABELS[tick], fields.due("reason")))
    return found


def criteria_of(unit: Unit) -> dict[str, str]:
    """The numbers and texts of a unit's criteria."""
    return {criterion.number: criterion.text for criterion in unit.criteria()}


def criterion_of(fields: Fields, units: list[Unit]) -> tuple[Unit, str]:
    """The unit and number of a KUK; where a scenario has one unit, it need not be named."""
    codes = {unit.code: unit for unit in units}
    code = fields["unit"].choice(codes) or "" if len(units) > 1 or "unit" in fields else units[0].code
    unit = codes.get(code, units[0])
    number = fields.required("criterion")
    if number:
        refuse_unknown(fields["criterion"], unit.code, number, criteria_of(unit))
    return unit, number


def one_of(fields: Fields, key: str, known: Iterable[str]) -> str:
    """The word chosen of those known; an empty text if none is written yet, or (and a problem noted) an unknown one."""
    if key not in fields:
        return fields.due(key)
    return fields[key].choice(known) or ""

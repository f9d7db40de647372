"""Reads `scenarios/<id>.yaml`: role plays."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import counted, said
from kitgen.kits.stations.pasted import pasted_texts
from kitgen.load.edition.criterion_names import Marks, read_marks
from kitgen.load.edition.scenario_cues import criterion_of, one_of, read_cues, read_performances
from kitgen.load.yaml.source import Entry, Fields, open_yaml, yaml_files
from kitgen.load.yaml.unfinished import as_proposed, tell_unfinished
from kitgen.model.scenario import (
    PROP_KINDS,
    ROLE_COLUMNS,
    ActorBrief,
    AssessedUnit,
    AssessorGuide,
    Escalation,
    FollowUp,
    ModelAnswer,
    Prop,
    PropField,
    Reaction,
    RoleColumn,
    Scenario,
    Scene,
)
from kitgen.model.scheme import Scheme, Unit
from kitgen.model.station import STATUSES, ScenarioRecord, Stations

_MAY_LACK: Final = frozenset({"style", "wrong_detail", "refuses", "accepts", "vague_answer", "escalation", "reactions"})
"""What not every actor has: a customer who is served has nothing to refuse."""
_BODY: Final = {"form": ("fields",), "table": ("columns", "rows"), "text": ("points",)}
_SCENARIO_KEYS: Final = (
    "id", "title", "units", "branch", "channel", "company", "workplace", "candidate_role", "situation",
    "reading_minutes", "rules", "scenes", "cues", "actors", "assessor", "props",
    "calibration", "record", "column", "proposed",
)  # fmt: skip
Model = TypeVar("Model")


def load_scenarios(
    folder: Path,
    shown: Callable[[Path], str],
    scheme: Scheme,
    findings: Findings,
    marks: Marks | None = None,
    stations: Stations | None = None,
) -> tuple[Scenario, ...]:
    """The role plays of a scheme by id; every problem is noted in `findings`, review marks are added to `marks`.

    `stations` adds to each what holds for its channel and its criteria.
    """
    rules = stations or Stations()
    units = {unit.code: unit for unit in scheme.units}
    scenarios: dict[str, Scenario] = {}
    for path in yaml_files(folder):
        top = open_yaml(path, shown(path), findings)
        if top is None:
            continue
        fields = top.fields(_SCENARIO_KEYS, said("scenario {id}", id=top.peek("id")))
        assessed = _units(fields["units"], units)
        if not assessed:
            continue
        scenario = _scenario(fields, assessed, marks, rules)
        tell_unfinished(top)
        if scenario.id in scenarios:
            fields["id"].error(
                said("scenario {id} stands in two files", id=scenario.id), said("give it an id of its own")
            )
        scenarios[scenario.id] = scenario
    return tuple(scenarios[name] for name in sorted(scenarios))


def _units(entry: Entry, known: dict[str, Unit]) -> list[Unit]:
    """The units a scenario assesses; none (and a problem noted) where one is unknown."""
    found: list[Unit] = []
    items = entry.items()
    if not items:
        entry.error(said("scenario names no unit"), said('write `units: ["..."]`'))
    for item in items:
        code = item.text()
        if code in known:
            found.append(known[code])
        elif code:
            item.error(said("the scheme has no unit {code}", code=code), did_you_mean(code, known))
    return found if len(found) == len(items) else []


def _scenario(fields: Fields, units: list[Unit], marks: Marks | None, rules: Stations) -> Scenario:
    played = {id for item in fields["actors"].items() for id in _played(item)}
    items = fields["scenes"].items(lambda number: said("scene {number}", number=number))
    scenes = tuple(_scene(item, number, played) for number, item in enumerate(items, 1))
    titles = {scene.id: scene.title for scene in scenes}
    feedback = {(each.unit_code, each.number): each for each in rules.criteria}
    cues = read_cues(fields["cues"], units, titles, feedback, marks)
    channel = fields.due("channel")
    id = fields.required("id")
    scenario = Scenario(
        id=id,
        title=as_proposed(fields, id, fields.due("title")),
        units=tuple(AssessedUnit(unit.code, unit.title) for unit in units),
        branch=fields.due("branch"),
        channel=channel,
        company=fields.due("company"),
        workplace=fields.due("workplace"),
        candidate_role=fields.due("candidate_role"),
        situation=fields.due("situation"),
        rules=fields["rules"].texts(),
        reading_minutes=fields.due_number("reading_minutes"),
        minutes=sum(scene.minutes for scene in scenes),
        scenes=scenes,
        cues=cues,
        actors=tuple(
            _actor(item, titles)
            for item in fields["actors"].items(lambda number: said("actor {number}", number=number))
        ),
        assessor=_guide(fields["assessor"], units, marks),
        props=tuple(
            _prop(item, titles) for item in fields["props"].items(lambda number: said("prop {number}", number=number))
        ),
        line=rules.channel(channel),
        record=_record(fields["record"]),
        calibration=read_performances(fields["calibration"], units, cues),
        column=cast(RoleColumn | None, fields["column"].choice(ROLE_COLUMNS) if "column" in fields else None)
        or "observation",
    )
    return dataclasses.replace(scenario, pasted=pasted_texts(scenario))


def _record(entry: Entry) -> ScenarioRecord:
    """Who made and reviewed it; what nobody wrote stays empty, and a scenario nobody speaks of is a draft."""
    fields = entry.fields(("status", "made_by", "author", "reviewer", "reviewed_on", "pilot"))
    status = fields["status"].choice(STATUSES) if "status" in fields else None
    texts = {key: fields.optional(key) or "" for key in ("made_by", "author", "reviewer", "reviewed_on", "pilot")}
    if status not in (None, "draf") and not texts["reviewer"]:
        fields["status"].error(
            said("status `{status}` without a reviewer", status=status),
            said("write who reviewed it as `reviewer:`, or leave it `draf`"),
        )
    return ScenarioRecord(status or "draf", **texts)


def _played(actor: Entry) -> list[str]:
    """The ids of the scenes an actor is in; what is wrong with them is noted where the actor is read."""
    return [item.peek_text() or "" for item in actor.child("scenes")]


def _scene(entry: Entry, position: int, played: set[str]) -> Scene:
    fields = entry.fields(("id", "title", "minutes", "place", "task", "output", "actor"))
    texts = {key: fields.due(key) for key in ("title", "place", "task", "actor")}
    id = fields.required("id")
    return Scene(
        position=position,
        id=id,
        minutes=fields.due_number("minutes"),
        output=_may_be_empty(fields, "output"),
        is_watched=id in played,
        **{**texts, "title": texts["title"] or id},
    )


def _actor(entry: Entry, scenes: dict[str, str]) -> ActorBrief:
    def scene_titles(written: Entry) -> tuple[str, ...]:
        items = written.items()
        if not items:
            entry.error(said("actor is in no scene"), said("write the ids of the scenes under `scenes:`"))
        return tuple(scenes[id] for item in items if (id := item.choice(scenes)))

    return _filled(ActorBrief, entry, escalation=_escalation, scenes=scene_titles, reactions=_reactions)


def _escalation(entry: Entry) -> tuple[Escalation, ...]:
    steps: list[Escalation] = []
    for item in entry.items():
        fields = item.fields(("step", "cue", "behaviour", "line"))
        step = fields["step"].number() or 0
        steps.append(Escalation(step, fields.due("cue"), fields.due("behaviour"), _may_be_empty(fields, "line")))
    return tuple(steps)


def _reactions(entry: Entry) -> tuple[Reaction, ...]:
    return tuple(_filled(Reaction, item) for item in entry.items())


def _guide(entry: Entry, units: list[Unit], marks: Marks | None) -> AssessorGuide:
    def follow_ups(written: Entry) -> tuple[FollowUp, ...]:
        found = []
        for item in written.items():
            fields = item.fields(("unit", "criterion", "review", "text"))
            unit, number = criterion_of(fields, units)
            what = said("follow-up question {number} of {spot}", number=number, spot=entry.spot)
            read_marks(fields, what, entry.spot.removeprefix("scenario "), unit.code, marks)
            found.append(FollowUp(unit.code, number, fields.due("text")))
        return tuple(found)

    return _filled(AssessorGuide, entry, answers=_answers, follow_up_questions=follow_ups)


def _answers(entry: Entry) -> tuple[ModelAnswer, ...]:
    return tuple(_filled(ModelAnswer, item) for item in entry.items())


def _filled(model: type[Model], entry: Entry, **special: Callable[[Entry], Any]) -> Model:
    """A model whose keys are its fields: texts, lists of texts, and what `special` reads."""
    names = [field.name for field in dataclasses.fields(cast(Any, model))]
    kinds = {field.name: field.type for field in dataclasses.fields(cast(Any, model))}
    fields = entry.fields(names)
    values: dict[str, Any] = {}
    for name in names:
        if name in special:
            values[name] = special[name](fields[name])
        elif kinds[name] is str:
            values[name] = _may_be_empty(fields, name) if name in _MAY_LACK else fields.due(name)
        else:
            values[name] = fields[name].texts()
    return model(**values)


def _prop(entry: Entry, scenes: dict[str, str]) -> Prop:
    kind = entry.peek("kind")
    known = ("id", "kind", "scene", "title", "note", *_BODY.get(kind, ("fields", "columns", "rows", "points")))
    fields = entry.fields(known, said("prop {id}", id=entry.peek("id")) if entry.peek("id") else entry.spot)
    columns = fields["columns"].texts() if kind == "table" else ()
    return Prop(
        id=fields.required("id"),
        kind=fields["kind"].choice(PROP_KINDS) or "text",
        title=fields.due("title"),
        note=_may_be_empty(fields, "note"),
        scene=scenes.get(one_of(fields, "scene", scenes), ""),
        fields=tuple(_prop_field(item) for item in fields["fields"].items()) if kind == "form" else (),
        columns=columns,
        rows=tuple(_row(item, len(columns)) for item in fields["rows"].items()) if kind == "table" else (),
        points=fields["points"].texts() if kind == "text" else (),
    )


def _prop_field(entry: Entry) -> PropField:
    fields = entry.fields(("label", "lines", "choices"))
    choices = fields["choices"].texts()
    return PropField(fields.due("label"), 0 if choices else fields["lines"].number() or 1, choices)


def _row(entry: Entry, width: int) -> tuple[str, ...]:
    cells = tuple("" if item.is_empty or item.peek_text() == "" else item.text() or "" for item in entry.items())
    if len(cells) != width:
        entry.error(
            said(
                "row has {cells}, its table has {columns}",
                cells=counted(len(cells), "cell"),
                columns=counted(width, "column"),
            )
        )
    return cells


def _may_be_empty(fields: Fields, key: str) -> str:
    return "" if fields[key].is_empty or fields[key].peek_text() == "" else fields[key].text() or ""

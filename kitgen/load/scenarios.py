"""Reads `scenarios/<id>.yaml` (role plays) and `tasks.yaml` (practical tasks)."""

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from kitgen.errors import Findings, did_you_mean
from kitgen.load.yaml_source import Entry, Fields, open_yaml
from kitgen.model.scenario import (
    EVIDENCE,
    EVIDENCE_LABELS,
    PROP_KINDS,
    Actor,
    AssessorGuide,
    Cue,
    Escalation,
    Evidence,
    FollowUp,
    PracticalTask,
    Prop,
    PropField,
    Scenario,
    Scene,
    TaskPart,
)  # fmt: skip
from kitgen.model.scheme import Scheme, Unit

_BODY: Final = {"form": ("fields",), "table": ("columns", "rows"), "text": ("points",)}
_SCENARIO_KEYS: Final = (
    "id", "title", "unit", "branch", "channel", "workplace", "candidate_role", "situation", "rules", "scenes", "cues",
    "actor", "assessor", "props",
)  # fmt: skip
Model = TypeVar("Model")


def load_scenarios(
    folder: Path, shown: Callable[[Path], str], scheme: Scheme, findings: Findings
) -> tuple[Scenario, ...]:
    """The role plays of a scheme by id; every problem is noted in `findings`."""
    units = {unit.code: unit for unit in scheme.units}
    scenarios: dict[str, Scenario] = {}
    for path in sorted(folder.glob("*.yaml")):
        top = open_yaml(path, shown(path), findings)
        if top is None:
            continue
        fields = top.fields(_SCENARIO_KEYS, f"scenario {top.peek('id')}")
        code = fields.required("unit")
        if code not in units:
            fields["unit"].error(f"the scheme has no unit {code}", did_you_mean(code, units))
            continue
        scenario = _scenario(fields, units[code])
        if scenario.id in scenarios:
            fields["id"].error(f"scenario {scenario.id} stands in two files", "give it an id of its own")
        scenarios[scenario.id] = scenario
    return tuple(scenarios[name] for name in sorted(scenarios))


def _scenario(fields: Fields, unit: Unit) -> Scenario:
    items = fields["scenes"].items(lambda number: f"scene {number}")
    scenes = tuple(_scene(item, number) for number, item in enumerate(items, 1))
    titles = {scene.id: scene.title for scene in scenes}
    return Scenario(
        id=fields.required("id"),
        title=fields.required("title"),
        unit_code=unit.code,
        unit_title=unit.title,
        branch=fields.required("branch"),
        channel=fields.required("channel"),
        workplace=fields.required("workplace"),
        candidate_role=fields.required("candidate_role"),
        situation=fields.required("situation"),
        rules=fields["rules"].texts(),
        minutes=sum(scene.minutes for scene in scenes),
        scenes=scenes,
        cues=_cues(fields["cues"], unit, titles),
        actor=_actor(fields["actor"]),
        assessor=_guide(fields["assessor"]),
        props=tuple(_prop(item, titles) for item in fields["props"].items(lambda number: f"prop {number}")),
    )


def _scene(entry: Entry, position: int) -> Scene:
    fields = entry.fields(("id", "title", "minutes", "place", "task", "output", "actor"))
    texts = {key: fields.required(key) for key in ("id", "title", "place", "task", "actor")}
    return Scene(
        position=position, minutes=fields["minutes"].number() or 0, output=_may_be_empty(fields, "output"), **texts
    )


def _cues(entry: Entry, unit: Unit, scenes: dict[str, str]) -> tuple[Cue, ...]:
    """One cue for each criterion of the unit; a criterion without one cannot be shown, so it is an error."""
    known = {criterion.number: criterion.text for element in unit.elements for criterion in element.criteria}
    cues: dict[str, Cue] = {}
    for item in entry.items(lambda number: f"cue {number}"):
        fields = item.fields(("criterion", "scene", "trigger", "look_for", "evidence"))
        number = fields.required("criterion")
        if number and number not in known:
            fields["criterion"].error(f"unit {unit.code} has no criterion (KUK) {number}", did_you_mean(number, known))
        elif number in cues:
            item.error(f"criterion (KUK) {number} has two cues", "put them into one")
        evidence = cast(Evidence, fields["evidence"].choice(EVIDENCE) or "observed")
        cues[number] = Cue(
            number=number,
            text=known.get(number, ""),
            scene=scenes.get(_one_of(fields["scene"], scenes), ""),
            trigger=fields.required("trigger"),
            look_for=fields.required("look_for"),
            evidence=EVIDENCE_LABELS[evidence],
        )
    for number in known:
        if number not in cues:
            entry.error(f"criterion (KUK) {number} of unit {unit.code} has no cue in this scenario",
                        "add what makes it possible to show it, under `cues:`")  # fmt: skip
    return tuple(cues[number] for number in known if number in cues)


def _actor(entry: Entry) -> Actor:
    return _filled(Actor, entry, escalation=_escalation)


def _escalation(entry: Entry) -> tuple[Escalation, ...]:
    steps: list[Escalation] = []
    for item in entry.items():
        fields = item.fields(("step", "cue", "behaviour", "line"))
        step = fields["step"].number() or 0
        steps.append(
            Escalation(step, fields.required("cue"), fields.required("behaviour"), _may_be_empty(fields, "line"))
        )
    return tuple(steps)


def _guide(entry: Entry) -> AssessorGuide:
    return _filled(AssessorGuide, entry, follow_up_questions=_follow_ups)


def _follow_ups(entry: Entry) -> tuple[FollowUp, ...]:
    return tuple(_filled(FollowUp, item) for item in entry.items())


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
            values[name] = fields.required(name)
        else:
            values[name] = fields[name].texts()
    return model(**values)


def _prop(entry: Entry, scenes: dict[str, str]) -> Prop:
    kind = entry.peek("kind")
    known = ("id", "kind", "scene", "title", "note", *_BODY.get(kind, ("fields", "columns", "rows", "points")))
    fields = entry.fields(known, f"prop {entry.peek('id')}" if entry.peek("id") else entry.spot)
    columns = fields["columns"].texts() if kind == "table" else ()
    return Prop(
        id=fields.required("id"),
        kind=fields["kind"].choice(PROP_KINDS) or "text",
        title=fields.required("title"),
        note=_may_be_empty(fields, "note"),
        scene=scenes.get(_one_of(fields["scene"], scenes), ""),
        fields=tuple(_prop_field(item) for item in fields["fields"].items()) if kind == "form" else (),
        columns=columns,
        rows=tuple(_row(item, len(columns)) for item in fields["rows"].items()) if kind == "table" else (),
        points=fields["points"].texts() if kind == "text" else (),
    )


def _prop_field(entry: Entry) -> PropField:
    fields = entry.fields(("label", "lines"))
    return PropField(fields.required("label"), fields["lines"].number() or 1)


def _row(entry: Entry, width: int) -> tuple[str, ...]:
    cells = tuple("" if item.is_empty or item.peek_text() == "" else item.text() or "" for item in entry.items())
    if len(cells) != width:
        entry.error(f"row has {len(cells)} cells, its table has {width} columns")
    return cells


def _may_be_empty(fields: Fields, key: str) -> str:
    return "" if fields[key].is_empty or fields[key].peek_text() == "" else fields[key].text() or ""


def _one_of(entry: Entry, known: Iterable[str]) -> str:
    return entry.choice(known) or ""


def load_tasks(path: Path, name: str, scheme: Scheme, findings: Findings) -> Scheme:
    """The scheme with the practical tasks of a `tasks.yaml` in its clusters; unchanged if there is no such file."""
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return scheme
    tasks: dict[int, list[PracticalTask]] = {cluster.number: [] for cluster in scheme.clusters}
    seen: set[str] = set()
    for item in top.fields(("tasks",))["tasks"].items(lambda number: f"task {number}"):
        fields = item.fields(("id", "cluster", "title", "situation", "parts", "equipment", "references"))
        number = fields["cluster"].number() if "cluster" in fields else None
        units = next(({unit.code for unit in c.units} for c in scheme.clusters if c.number == number), None)
        if number is None or units is None:
            fields["cluster"].error("task belongs to no cluster of the scheme", "write the number of a cluster")
            continue
        task = _task(fields, units)
        if task.id in seen:
            fields["id"].error(f"task {task.id} stands twice", "give it an id of its own")
        seen.add(task.id)
        tasks[number].append(task)
    clusters = tuple(dataclasses.replace(cluster, tasks=tuple(tasks[cluster.number])) for cluster in scheme.clusters)
    return dataclasses.replace(scheme, clusters=clusters)


def _task(fields: Fields, units: set[str]) -> PracticalTask:
    parts: list[TaskPart] = []
    for item in fields["parts"].items():
        part = item.fields(("unit", "title", "steps", "output", "minutes"))
        code = part.required("unit")
        if code and code not in units:
            part["unit"].error(f"unit {code} is not in the task's cluster", did_you_mean(code, units))
        parts.append(
            TaskPart(code, part.required("title"), part["steps"].texts(), part.required("output"),
                     part["minutes"].number() or 0)
        )  # fmt: skip
    return PracticalTask(
        id=fields.required("id"),
        title=fields.required("title"),
        situation=fields.required("situation"),
        parts=tuple(parts),
        equipment=fields["equipment"].texts(),
        references=fields["references"].texts(),
        minutes=sum(part.minutes for part in parts),
    )

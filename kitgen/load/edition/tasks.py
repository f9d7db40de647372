"""Reads `tasks.yaml`: practical tasks, structured activities and reviews of products of each cluster."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import Message, said
from kitgen.load.edition.criterion_names import Marks, named_criteria, numbers_of, read_marks, refuse_unknown
from kitgen.load.yaml.source import Entry, Fields, open_yaml
from kitgen.load.yaml.unfinished import as_proposed, tell_unfinished
from kitgen.model.scheme import Scheme, Unit
from kitgen.model.task import ActivityAspect, Fact, PracticalTask, ProductReview, StructuredActivity, TaskPart

_TASK_KEYS: Final = ("id", "cluster", "title", "situation", "parts", "equipment", "references", "proposed")
_ACTIVITY_KEYS: Final = (
    "id", "cluster", "title", "situation", "facts", "prepare", "prepare_minutes", "present", "present_minutes",
    "aspects", "proposed",
)  # fmt: skip
_REVIEW_KEYS: Final = ("id", "cluster", "unit", "title", "general", "technical", "specification", "performance")
Model = TypeVar("Model")


def load_tasks(path: Path, name: str, scheme: Scheme, findings: Findings, marks: Marks | None = None) -> Scheme:
    """The scheme with what a `tasks.yaml` says of its clusters; unchanged if there is no such file."""
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return scheme
    fields = top.fields(("tasks", "activities", "reviews"))
    tasks = _by_cluster(fields["tasks"], said("task"), _TASK_KEYS, _task, scheme)
    activities = _by_cluster(
        fields["activities"],
        said("activity"),
        _ACTIVITY_KEYS,
        lambda each, units: _activity(each, units, marks),
        scheme,
    )
    reviews = _by_cluster(fields["reviews"], said("review"), _REVIEW_KEYS, _review, scheme)
    tell_unfinished(top)
    clusters = tuple(
        dataclasses.replace(
            cluster,
            tasks=tuple(tasks[cluster.number]),
            activities=tuple(activities[cluster.number]),
            reviews=tuple(reviews[cluster.number]),
        )
        for cluster in scheme.clusters
    )
    return dataclasses.replace(scheme, clusters=clusters)


def _by_cluster(
    entry: Entry,
    what: Message,
    keys: Sequence[str],
    read: Callable[[Fields, Mapping[str, Unit]], Model],
    scheme: Scheme,
) -> dict[int, list[Model]]:
    """What belongs to each cluster, as `read` gives it from the fields and the cluster's units."""
    found: dict[int, list[Model]] = {cluster.number: [] for cluster in scheme.clusters}
    seen: set[str] = set()
    for item in entry.items(lambda number: said("{what} {number}", what=what, number=number)):
        fields = item.fields(keys)
        number = fields["cluster"].number() if "cluster" in fields else None
        cluster = next((each for each in scheme.clusters if each.number == number), None)
        if cluster is None:
            fields["cluster"].error(
                said("{what} belongs to no cluster of the scheme", what=what), said("write the number of a cluster")
            )
            continue
        id = fields.required("id")
        if id in seen:
            fields["id"].error(said("{what} {id} stands twice", what=what, id=id), said("give it an id of its own"))
        seen.add(id)
        found[cluster.number].append(read(fields, {unit.code: unit for unit in cluster.units}))
    return found


def _unit(fields: Fields, units: Mapping[str, Unit]) -> str:
    code = fields.required("unit")
    if code and code not in units:
        fields["unit"].error(said("unit {code} is not in this cluster", code=code), did_you_mean(code, units))
    return code


def _task(fields: Fields, units: Mapping[str, Unit]) -> PracticalTask:
    parts: list[TaskPart] = []
    for item in fields["parts"].items():
        part = item.fields(("unit", "title", "situation", "steps", "output", "minutes"))
        parts.append(
            TaskPart(_unit(part, units), part.due("title"), part.optional("situation") or "",
                     part["steps"].texts(), part.due("output"), part.due_number("minutes"))
        )  # fmt: skip
    id = fields.required("id")
    return PracticalTask(
        id=id,
        title=as_proposed(fields, id, fields.due("title")),
        situation=fields.due("situation"),
        parts=tuple(parts),
        equipment=fields["equipment"].texts(),
        references=fields["references"].texts(),
        minutes=sum(part.minutes for part in parts),
    )


def _review(fields: Fields, units: Mapping[str, Unit]) -> ProductReview:
    return ProductReview(
        id=fields.required("id"),
        unit_code=_unit(fields, units),
        title=fields.required("title"),
        general=fields["general"].texts(),
        technical=fields["technical"].texts(),
        specification=fields["specification"].texts(),
        performance=fields["performance"].texts(),
    )


def _facts(fields: Fields) -> tuple[Fact, ...]:
    each = (item.fields(("about", "text")) for item in fields["facts"].items())
    return tuple(Fact(fact.required("about"), fact.required("text")) for fact in each)


def _activity(fields: Fields, units: Mapping[str, Unit], marks: Marks | None) -> StructuredActivity:
    """Every KUK of the cluster belongs in an aspect, or the activity cannot stand in for the other methods."""
    asked: set[tuple[str, str]] = set()
    id = fields.required("id")
    items = fields["aspects"].items(lambda number: said("aspect {number}", number=number))
    aspects = tuple(_aspect(item, units, asked, id, marks) for item in items)
    count, left = named_criteria(units.values(), lambda code, number: (code, number) not in asked)
    if count:
        fields["aspects"].warning(
            said("no aspect of activity {id} is about KUK {left}", id=id, left=left), said("add them to an aspect")
        )
    return StructuredActivity(
        id=id,
        title=as_proposed(fields, id, fields.due("title")),
        situation=fields.due("situation"),
        prepare=fields["prepare"].texts(),
        prepare_minutes=fields.due_number("prepare_minutes"),
        present=fields["present"].texts(),
        present_minutes=fields.due_number("present_minutes"),
        aspects=aspects,
        facts=_facts(fields),
    )


def _aspect(
    entry: Entry, units: Mapping[str, Unit], asked: set[tuple[str, str]], activity: str, marks: Marks | None
) -> ActivityAspect:
    fields = entry.fields(("scope", "questions", "unit", "criteria", "review"))
    code = _unit(fields, units)
    known = numbers_of(units[code]) if code in units else []
    read_marks(fields, said("{spot} of activity {activity}", spot=entry.spot, activity=activity), activity, code, marks)
    for item in fields["criteria"].items():
        number = item.text()
        if number and (not known or refuse_unknown(item, code, number, known)):
            asked.add((code, number))
    numbers = ", ".join(fields["criteria"].texts())
    return ActivityAspect(fields.due("scope"), fields["questions"].texts(), code, numbers)

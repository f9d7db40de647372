"""What differs between two editions besides their units: questions, scenarios, tasks, methods, papers and facts. Pure.

References are told apart from what they stand in: an item that only names its criteria by other numbers, because they
moved, has followed and says the same.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kitgen.changes.fields import FlatField, changed_fields, flat_fields
from kitgen.changes.units import new_positions, scheme_changes
from kitgen.model.bank import Question
from kitgen.model.bank_columns import cells_of
from kitgen.model.changes import EditionChanges, ItemLine, SchemeChanges
from kitgen.model.edition import Edition
from kitgen.model.scheme import Scheme

GONE: Final = "(old)"
"""Stands behind the old number of a criterion that is no more, so that it is not taken for the one that has it now."""
_FACTS: Final = (
    "title",
    "number",
    "kind",
    "basic_requirements",
    "administrative_requirements",
    "authors",
    "validators",
)

Moved = Callable[[str, str], tuple[str, str]]
"""Unit and number a criterion has now, from those it had."""


def edition_changes(old: Edition, new: Edition, more: Iterable[ItemLine] = ()) -> EditionChanges:
    """Everything that differs; `more` are lines for what belongs to no edition, such as templates."""
    ruled = {(each.unit, each.number, each.old, each.new) for each in new.rulings}
    changes = scheme_changes(
        old.scheme.units, new.scheme.units, lambda was, now: (now.unit, now.number, was.text, now.text) in ruled
    )
    items = (*item_changes(old, new, changes), *more)
    return EditionChanges(old.scheme.edition, new.scheme.edition, new.scheme.title, changes, items)


def item_changes(old: Edition, new: Edition, changes: SchemeChanges) -> Iterator[ItemLine]:
    """A line for every item that is not as it was, by kind and in the order of the new edition."""
    moved = _moved(changes)
    yield from _compared("scheme", {"": _facts(old.scheme)}, {"": _facts(new.scheme)})
    yield from _compared("cluster", _clusters(old.scheme, moved), _clusters(new.scheme, None))
    yield from _listed("question", _questions(old.bank, None), _questions(old.bank, moved), _questions(new.bank, None))
    scenarios = [{each.id: _told(each, use) for each in edition.scenarios} for edition, use in
                 ((old, None), (old, moved), (new, None))]  # fmt: skip
    yield from _listed("scenario", *scenarios)
    for group in ("tasks", "activities"):
        found = [
            {each.id: _told(each, use) for cluster in edition.scheme.clusters for each in getattr(cluster, group)}
            for edition, use in ((old, None), (old, moved), (new, None))
        ]
        yield from _listed("task" if group == "tasks" else "activity", *found)
    yield from _compared("method", _methods(old, moved), _methods(new, None))
    yield from _compared("instruments", _instruments(old), _instruments(new))
    yield from _compared("blueprint", {"": flat_fields(old.blueprint)}, {"": flat_fields(new.blueprint)})
    yield from _compared("paper", _papers(old, moved), _papers(new, None))


Told = Mapping[str, Sequence[FlatField]]


def _compared(group: str, old: Told, new: Told) -> Iterator[ItemLine]:
    yield from _listed(group, old, old, new)


def _listed(group: str, written: Told, old: Told, new: Told) -> Iterator[ItemLine]:
    """The old items as written and as they would be after they followed, against the new ones."""
    for name, fields in new.items():
        if name not in old:
            yield ItemLine(group, name, "new", changed_fields((), fields))
        elif changes := changed_fields(old[name], fields):
            yield ItemLine(group, name, "changed", changes)
        elif changes := changed_fields(written[name], fields):
            yield ItemLine(group, name, "followed", changes)
    for name, fields in old.items():
        if name not in new:
            yield ItemLine(group, name, "removed", changed_fields(fields, ()))


def _moved(changes: SchemeChanges) -> Moved:
    where = new_positions(changes)
    codes = {line.old_code: line.new_code for line in changes.units if line.shape == "kept"}
    gone = {(line.old[0].unit, line.old[0].number) for line in changes.criteria if line.shape == "removed"}

    def moved(unit: str, number: str) -> tuple[str, str]:
        if (unit, number) in gone:
            return codes.get(unit, unit), f"{number} {GONE}"
        return where.get((unit, number), (codes.get(unit, unit), number))

    return moved


def _facts(scheme: Scheme) -> list[FlatField]:
    facts = {name: getattr(scheme, name) for name in _FACTS}
    return [field for name, value in facts.items() for field in _named(name, value)]


def _named(name: str, value: object) -> list[FlatField]:
    return [
        dataclasses.replace(each, path=f"{name}{each.path}", label=each.label or name) for each in flat_fields(value)
    ]


def _clusters(scheme: Scheme, moved: Moved | None) -> dict[str, Sequence[FlatField]]:
    return {
        str(cluster.number): [
            *_named("title", str(cluster.title)),
            *_named("units", [moved(unit.code, "")[0] if moved else unit.code for unit in cluster.units]),
        ]
        for cluster in scheme.clusters
    }


def _questions(bank: Sequence[Question], moved: Moved | None) -> dict[str, Sequence[FlatField]]:
    """The questions by their codes, in the words of the workbook experts get."""
    found: dict[str, Sequence[FlatField]] = {}
    for question in bank:
        each = question
        if moved is not None:
            numbers = [moved(question.unit, number) for number in question.criteria]
            units = {unit for unit, _ in numbers}
            unit = units.pop() if len(units) == 1 else moved(question.unit, "")[0]
            each = dataclasses.replace(question, unit=unit, criteria=tuple(dict.fromkeys(n for _, n in numbers)))
        found[question.id] = [FlatField("kind", "Bentuk", each.kind)] + [
            FlatField(heading, heading, text) for heading, text in cells_of(each).items()
        ]
    return found


def _told(value: object, moved: Moved | None) -> list[FlatField]:
    return flat_fields(_translated(value, moved))


def _translated(value: Any, moved: Moved | None) -> Any:
    """A scenario or task whose criteria go by their new numbers; what is only copied from the scheme is left out."""
    if isinstance(value, tuple):
        return tuple(_translated(each, moved) for each in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    names = {entry.name for entry in dataclasses.fields(value)}
    new = {name: _translated(getattr(value, name), moved) for name in names}
    if {"unit_code", "look_for"} <= names or {"unit_code", "tick"} <= names:
        new["text"] = ""
    if names == {"code", "title"}:
        new["title"] = ""
        new["code"] = moved(new["code"], "")[0] if moved else new["code"]
    if "unit_code" in names and moved is not None:
        unit = new["unit_code"]
        units: set[str] = set()
        for name in {"number", "criterion", "criteria"} & names:
            found = [moved(unit, number) for number in new[name].split(", ")]
            new[name] = ", ".join(number for _, number in found)
            units |= {code for code, _ in found}
        new["unit_code"] = units.pop() if len(units) == 1 else moved(unit, "")[0]
    return dataclasses.replace(value, **new)


def _methods(edition: Edition, moved: Moved | None) -> dict[str, Sequence[FlatField]]:
    found: dict[str, Sequence[FlatField]] = {}
    for each in edition.plan.criteria:
        at = moved(each.unit_code, each.number) if moved else (each.unit_code, each.number)
        found[" ".join(at)] = [
            FlatField("primary", "metode utama", each.primary),
            FlatField("reserves", "metode cadangan", "\n".join(each.reserves)),
        ]
    return found


def _instruments(edition: Edition) -> dict[str, Sequence[FlatField]]:
    return {
        str(each.cluster): [
            FlatField(
                one.form, one.form, ", ".join([*map(str, one.backgrounds), *(["cadangan"] if one.reserve else [])])
            )
            for one in each.instruments
        ]
        for each in edition.plan.clusters
    }


def _papers(edition: Edition, moved: Moved | None) -> dict[str, Sequence[FlatField]]:
    found: dict[str, Sequence[FlatField]] = {}
    for paper in edition.papers:
        kit = moved(paper.kit, "")[0] if moved else paper.kit
        lines = "\n".join(f"{id} {order}".strip() for id, order in paper.questions)
        found[f"{kit} {paper.kind} {paper.letter}"] = [
            FlatField("id", "kode paket", paper.id), FlatField("questions", "soal menurut nomor", lines),
        ]  # fmt: skip
    return found

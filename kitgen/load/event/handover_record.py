"""The record of what was handed over, `events/<name>/serah-terima.json`: read with distrust, spelled one way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from kitgen.base.digests import PartsDigest, Serial, is_serial
from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import DELIVERIES_FILE, Project
from kitgen.load.json_file import json_text, read_json
from kitgen.model.audience import AUDIENCE_FACTS, Audience
from kitgen.model.handover import (
    FORMAT,
    Delivery,
    HandedDocument,
    HandedZip,
    HandoverRecord,
    WithdrawnDocument,
)

T = TypeVar("T")

RECORD_NAME: Final = DELIVERIES_FILE
_RESTORE: Final = said("put it back from a copy: only this record knows what was handed over")


class _Odd(Exception):
    """Something in the record is not as kitgen writes it; `where` says what, in any language."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def record_file(project: Project, name: str) -> Path:
    """Where the record of an event's deliveries lies."""
    return project.event_file(name).with_name(RECORD_NAME)


def handovers_of(project: Project, name: str) -> HandoverRecord:
    """What was handed over of an event, by its record; of one that was purged, too.

    Raises `KitgenError` if the record is damaged.
    """
    path = record_file(project, name)
    return load_handovers(path, project.shown(path))


def recorded_events(project: Project) -> list[str]:
    """The events that have a record of deliveries, also those whose workbook was purged."""
    if not project.events_dir.is_dir():
        return []
    return sorted(path.name for path in project.events_dir.iterdir() if record_file(project, path.name).is_file())


def load_handovers(path: Path, name: str) -> HandoverRecord:
    """Every delivery of a record; none if there is no such file. `name` is what errors call it.

    Raises `KitgenError` if it cannot be read, is of a later kitgen, or says what no kitgen writes: a damaged record is
    never taken for an empty one.
    """
    data = read_json(path, name, FORMAT, _RESTORE, said("record of deliveries"))
    if data is None:
        return ()
    try:
        return _record(data)
    except _Odd as odd:
        raise _damaged(odd.where, name) from odd


def handovers_text(record: HandoverRecord) -> str:
    """The whole file; equal records, equal text."""
    deliveries = [{"number": each.number, "zips": [asdict(zipped) for zipped in each.zips]} for each in record]
    return json_text({"format": FORMAT, "deliveries": deliveries})


def _damaged(where: str, name: str) -> KitgenError:
    return failure(said("record of deliveries is damaged"), Place(name, spot=where), _RESTORE)


def _record(data: object) -> HandoverRecord:
    entries = _list(_group(data, said("the file")), "deliveries", said("the file"))
    deliveries = tuple(
        _delivery(entry, said("delivery {number}", number=number)) for number, entry in enumerate(entries, 1)
    )
    if [each.number for each in deliveries] != list(range(1, len(deliveries) + 1)):
        raise _Odd(said("the numbers of deliveries do not count from 1"))
    return deliveries


def _delivery(entry: object, where: str) -> Delivery:
    group = _group(entry, where)
    zips = _list(group, "zips", where)
    return Delivery(
        _number(group, "number", where), tuple(_zip(each, f"{where}, zip {n}") for n, each in enumerate(zips, 1))
    )


def _zip(entry: object, where: str) -> HandedZip:
    group = _group(entry, where)
    audience = Audience(_text(group, "audience", where))
    facts = AUDIENCE_FACTS.get(audience)
    if facts is None:
        raise _Odd(said("{where}, audience", where=where))
    folder = _text(group, "folder", where)
    if folder not in (facts.event_folder, facts.early_folder):
        raise _Odd(said("{where}, folder", where=where))  # it becomes part of the name of a file
    return HandedZip(
        folder=folder,
        audience=audience,
        assessor=_maybe(group, "assessor", where),
        holder=_text(group, "holder", where),
        file=_text(group, "file", where),
        sheet=_serial(group, "sheet", where),
        documents=_each(group, "documents", where, _document),
        withdrawn=_each(group, "withdrawn", where, _withdrawn),
        surplus=_each({"surplus": [], **group}, "surplus", where, _withdrawn),
    )


def _printed(group: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What is said of every document that was printed."""
    return {
        "form": _text(group, "form", where),
        "qualifier": _text(group, "qualifier", where),
        "candidate": _maybe(group, "candidate", where),
        "assessor": _maybe(group, "assessor", where),
        "serial": _serial(group, "serial", where),
    }


def _document(group: Mapping[str, Any], where: str) -> HandedDocument:
    replaces = _text(group, "replaces", where)
    if replaces:
        _serial(group, "replaces", where)
    if not isinstance(group.get("is_edited"), bool):
        raise _Odd(said("{where}, is_edited", where=where))
    return HandedDocument(
        **_printed(group, where),
        digest=PartsDigest(_text(group, "digest", where)),
        copies=_number(group, "copies", where),
        spare=_number(group, "spare", where),
        replaces=replaces,
        is_edited=group["is_edited"],
        bank=_text({"bank": "", **group}, "bank", where),
        questions=_codes({"questions": [], **group}, "questions", where),
    )


def _withdrawn(group: Mapping[str, Any], where: str) -> WithdrawnDocument:
    return WithdrawnDocument(
        **_printed(group, where),
        copies=_number({"copies": 0, **group}, "copies", where),
        spare=_number({"spare": 0, **group}, "spare", where),
    )


def _codes(group: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    codes = _list(group, key, where)
    if not all(isinstance(code, str) for code in codes):
        raise _Odd(said("{where}, {key}", where=where, key=key))
    return tuple(codes)


def _each(group: Mapping[str, Any], key: str, where: str, make: Callable[[Mapping[str, Any], str], T]) -> tuple[T, ...]:
    entries = _list(group, key, where)
    names = [f"{where}, {key} {number}" for number in range(1, len(entries) + 1)]
    return tuple(make(_group(entry, name), name) for entry, name in zip(entries, names, strict=True))


def _group(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Odd(where)
    return value


def _list(group: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    if not isinstance(group.get(key), list):
        raise _Odd(said("{where}, {key}", where=where, key=key))
    return cast(Sequence[Any], group[key])


def _text(group: Mapping[str, Any], key: str, where: str) -> str:
    if not isinstance(group.get(key), str):
        raise _Odd(said("{where}, {key}", where=where, key=key))
    return str(group[key])


def _serial(group: Mapping[str, Any], key: str, where: str) -> Serial:
    text = _text(group, key, where)
    if not is_serial(text):
        raise _Odd(said("{where}, {key}", where=where, key=key))
    return Serial(text)


def _number(group: Mapping[str, Any], key: str, where: str) -> int:
    value = group.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Odd(said("{where}, {key}", where=where, key=key))
    return value


def _maybe(group: Mapping[str, Any], key: str, where: str) -> int | None:
    return None if group.get(key, 0) is None else _number(group, key, where)

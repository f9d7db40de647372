"""Any value of the model as fields with a text each, so that two states of it can be held side by side. Pure."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kitgen.model.changes import FieldChange


@dataclass(frozen=True, slots=True)
class FlatField:
    """Isian: a text of a value, where it stands (`cues[2.3].trigger`), and how people call that."""

    path: str
    label: str
    text: str


def flat_fields(value: object) -> list[FlatField]:
    """All fields of a value in order; lists of texts are one field, a line for each."""
    return list(_flat(value, "", "", ""))


def _flat(value: object, path: str, label: str, help: str) -> Iterator[FlatField]:
    if dataclasses.is_dataclass(value) and dataclasses.fields(value) and type(value).__module__ != "kitgen.base.holes":
        for entry in dataclasses.fields(value):
            inner = f"{path}.{entry.name}" if path else entry.name
            yield from _flat(getattr(value, entry.name), inner, label, str(entry.metadata.get("help", entry.name)))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _flat(each, f"{path}[{name}]", _joined(label, str(name)), help)
    elif isinstance(value, list | tuple) and any(not isinstance(each, str) for each in value):
        for key, each in _keyed(value):
            yield from _flat(each, f"{path}[{key}]", _joined(label, key), help)
    elif isinstance(value, list | tuple):
        yield FlatField(path, _joined(label, _short(help)), "\n".join(map(str, value)))
    else:
        yield FlatField(path, _joined(label, _short(help)), str(value))


def _keyed(items: Sequence[object]) -> Iterator[tuple[str, object]]:
    """Each item with what it is known by: its id, its criterion, or its place in the list."""
    seen: dict[str, int] = {}
    for place, item in enumerate(items, 1):
        key = _key(item) or str(place)
        seen[key] = seen.get(key, 0) + 1
        yield key if seen[key] == 1 else f"{key} ({seen[key]})", item


def _key(item: object) -> str:
    for names in (("id",), ("unit_code", "number"), ("unit_code", "criterion"), ("form",), ("name",), ("code",)):
        found = [getattr(item, name, None) for name in names]
        if all(isinstance(each, str) and each for each in found):
            return " ".join(map(str, found))
    return ""


def _short(help: str) -> str:
    return help.partition(";")[0].partition(" (")[0]


def _joined(label: str, more: str) -> str:
    return f"{label}: {more}" if label and more else label or more


def changed_fields(old: Sequence[FlatField], new: Sequence[FlatField]) -> tuple[FieldChange, ...]:
    """The fields that say something else, in the order of the new side; those that went last."""
    before = {field.path: field for field in old}
    after = {field.path: field for field in new}
    found = [
        FieldChange(path, before[path].text if path in before else "", field.text, field.label)
        for path, field in after.items()
        if path not in before or before[path].text != field.text
    ]
    gone = [FieldChange(path, field.text, "", field.label) for path, field in before.items() if path not in after]
    return tuple(each for each in (*found, *gone) if each.old != each.new)

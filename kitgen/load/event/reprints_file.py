"""The pages reprinted for an event, `events/<name>/cetak-ulang.json`: read with distrust, spelled one way."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.load.json_file import json_text, read_json
from kitgen.model.reprints import FORMAT, Reprint

REPRINTS_NAME: Final = "cetak-ulang.json"
_KEYS: Final = {each.name for each in fields(Reprint)}
_TEXTS: Final = ("serial", "form", "reason")
_COUNTS: Final = ("number", "page", "copies")
_AWAY: Final = said("put it back from a copy, or move it away: then the list begins anew")


def load_reprints(path: Path, name: str) -> tuple[Reprint, ...]:
    """What was reprinted, in order; nothing if there is no such file.

    Raises `KitgenError` if it cannot be read, is of a later kitgen, or says what no kitgen writes.
    """
    data = read_json(path, name, FORMAT, _AWAY, said("record of reprinted pages"))
    entries = data.get("reprints") if data is not None else []
    if not isinstance(entries, list) or not all(map(_is_sound, entries)):
        raise failure(said("record of reprinted pages is damaged"), Place(name), _AWAY)
    return tuple(Reprint(**entry) for entry in entries)


def _is_sound(entry: object) -> bool:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        return False
    people = (entry["candidate"], entry["assessor"])
    return (
        all(isinstance(entry[key], str) for key in _TEXTS)
        and all(type(entry[key]) is int and entry[key] > 0 for key in _COUNTS)
        and all(each is None or type(each) is int for each in people)
    )


def reprints_text(reprints: Iterable[Reprint]) -> str:
    """The whole file; equal reprints, equal text."""
    return json_text({"format": FORMAT, "reprints": [asdict(each) for each in reprints]})

"""The index (manifest.json) of a folder of documents: a copy for speed, never the only truth."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

from kitgen.base.digests import Fingerprint, digest, keyed, masked
from kitgen.base.messages import said
from kitgen.documents.disk.files import write_pieces
from kitgen.load.json_file import parse_json, refuse_later
from kitgen.model.manifest import FORMAT, Indexed, KnownReads, Manifest, Reads

Thing = TypeVar("Thing")
INDEX_NAME: Final = "manifest.json"
_UPDATE: Final = said("update kitgen: `pip install --upgrade kitgen`, or delete the index; files speak for themselves")


_HIDDEN: Final = re.compile("[0-9a-f]{64}")
"""The name of a document in the index of an event."""


_ENTRY: Final = tuple(each.name for each in fields(Indexed))


_DIGESTS: Final = ("file", "digest", "fingerprint")


def index_name(path: str, key: bytes) -> str:
    """What a document is called in the index: its path, or under the secret of an event what tells nothing of it."""
    return keyed(digest(path.encode()), key) if key else path


def read_index(folder: Path, key: bytes = b"") -> Manifest:
    """The index of a folder of documents; empty if there is none or it is damaged, since files speak for themselves.

    With the secret of an event, the names are those `index_name` gives; an index of before there was one is read too.
    Raises `KitgenError` for an index of a later kitgen, which may know more than this one.
    """
    path = folder / INDEX_NAME
    try:
        content = parse_json(path.read_text("utf-8"))
        version, documents = content["format"], content["documents"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    refuse_later(version, FORMAT, INDEX_NAME, said("index"), _UPDATE)
    try:
        entries = [(str(name), Indexed(**entry)) for name, entry in documents.items()]
        if not key:
            return dict(entries)
        return {
            name if is_hidden else index_name(name, key): _hidden(name, entry, key) if is_hidden else entry
            for name, entry in entries
            for is_hidden in [_HIDDEN.fullmatch(name) is not None]
        }
    except (TypeError, AttributeError, ValueError):
        return {}


def read_reads(folder: Path) -> Reads:
    """What the index knows of what templates read; empty if there is none or it is damaged."""
    try:
        known = parse_json((folder / INDEX_NAME).read_text("utf-8"))["reads"]
        return {
            str(form): KnownReads(
                Fingerprint(str(entry["template"])),
                frozenset(map(str, entry["paths"])),
                tuple(map(str, entry["signers"])),
            )
            for form, entry in known.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _hidden(name: str, entry: Indexed, key: bytes) -> Indexed:
    """An entry with its digests hidden, or shown again: from a bare digest what a page says could be guessed."""
    found = {of: masked(getattr(entry, of), key, name, of, entry.serial) for of in _DIGESTS}
    return replace(entry, **found)


def by_index_name(things: Iterable[tuple[str, Thing]], key: bytes) -> list[tuple[bytes, Thing]]:
    """Things by the names their paths have in the index, sorted; the names in few bytes, as `name_spelled` takes
    them."""
    named = [(_in_bytes(index_name(path, key), key), thing) for path, thing in things]
    named.sort(key=itemgetter(0))
    return named


def name_spelled(name: bytes, key: bytes) -> str:
    """A name in the index, out of the bytes it is held as."""
    return name.hex() if key else name.decode("utf-8", "surrogatepass")


def _in_bytes(name: str, key: bytes) -> bytes:
    return bytes.fromhex(name) if key else name.encode("utf-8", "surrogatepass")


def write_index(
    folder: Path,
    entries: Iterable[tuple[str, Thing]],
    told: Callable[[Thing], Indexed],
    key: bytes = b"",
    reads: Reads | None = None,
) -> bool:
    """Write the index (by path), if it says something else than the one that is there; gives whether it was written.

    `told` is asked what it tells of each entry when that is written. With the secret of an event nothing in it tells
    whom a document is of. Of `reads` those of its forms are kept.
    """
    named = by_index_name(entries, key)
    forms = {told(thing).form for _, thing in named}
    known = {
        form: {"template": each.template, "paths": sorted(each.paths), "signers": each.signers}
        for form, each in sorted((reads or {}).items())
        if form in forms
    }
    templates = ",\n".join(f"  {_line(form)}: {_line(each)}" for form, each in known.items())

    def pieces() -> Iterator[str]:
        yield f'{{"format": {FORMAT},\n "reads": {{\n{templates}\n }},\n "documents": {{\n'
        for number, (spelled, thing) in enumerate(named):
            name = name_spelled(spelled, key)
            entry = _hidden(name, told(thing), key)
            line = _line({of: getattr(entry, of) for of in _ENTRY})
            yield f"{',' * bool(number)}{chr(10) * bool(number)}  {_line(name)}: {line}"
        yield "\n }}\n"

    return write_pieces(folder / INDEX_NAME, pieces)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

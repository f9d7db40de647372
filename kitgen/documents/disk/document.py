"""Finished documents on disk: read with their records, written whole or not at all, the index last."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest, digest_parts, keyed, masked
from kitgen.base.errors import KitgenError, Place, failure
from kitgen.documents.disk.staleness import Found, Record
from kitgen.kits.paths import told_name
from kitgen.model.forms import HANDOVER_FOLDER, RECALL_FOLDER, WITHDRAWN_FOLDER
from kitgen.model.manifest import FORMAT, Indexed, KnownReads, Manifest, Reads
from kitgen.render.package.package import read_package
from kitgen.render.package.properties import CUSTOM, read_properties, unpacked

INDEX_NAME: Final = "manifest.json"
SUFFIXES: Final = (".docx", ".xlsx")
_NOT_PLANNED: Final = frozenset({WITHDRAWN_FOLDER, HANDOVER_FOLDER, RECALL_FOLDER})
_ASIDE: Final = ".kitgen-"
_PREFIX: Final = "kitgen."
_HIDDEN: Final = re.compile("[0-9a-f]{64}")
"""The name of a document in the index of an event."""
_ENTRY: Final = tuple(each.name for each in fields(Indexed))
_KEYS: Final = ("digest", "form", "kit", "serial")
_CLOSE: Final = "close it in the program that has it open and check the rights, then run again"
_DIGESTS: Final = ("file", "digest", "fingerprint")


def record_properties(record: Record) -> dict[str, str]:
    """A record as the custom properties of its file."""
    return {f"{_PREFIX}{key}": getattr(record, key) for key in _KEYS}


def find_document(path: Path, indexed: Indexed | None = None) -> Found | None:
    """What lies at `path`, or None if nothing does. A file that is no Office file is found as one without record.

    If `indexed` describes the very bytes of the file, they are not unpacked.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failure(
            f"document cannot be read ({error.strerror})", Place(told_name(path)), "close it in Word or Excel"
        ) from error
    file = digest(data)
    if indexed is not None and file == indexed.file:
        return Found(file, indexed.digest, Record(indexed.digest, indexed.form, indexed.kit, indexed.serial))
    return look_at(data, path.name)


def look_at(data: bytes, name: str) -> Found:
    """What the bytes of a file are; `name` is what it is called."""
    file = digest(data)
    try:
        packed = read_package(data, name)
        parts = {name: digest(content) for name, content in unpacked(packed).items()}
        properties = read_properties(packed[CUSTOM].content(), name) if CUSTOM in packed else {}
    except KitgenError:
        return Found(file, file, None)
    known = {key: properties[f"{_PREFIX}{key}"] for key in _KEYS if f"{_PREFIX}{key}" in properties}
    return Found(file, digest_parts(parts), Record(**known) if len(known) == len(_KEYS) else None)


def document_parts(path: Path) -> dict[str, bytes]:
    """The parts of a finished document, uncompressed, for reading what it says."""
    return unpacked(read_package(path.read_bytes(), path.name))


def find_documents(folder: Path) -> list[str]:
    """Every Word and Excel file below `folder`, as sorted relative paths with `/`.

    Not Word's own lock files, nothing that was set aside, nothing handed over, no sheet of a recall.
    """
    found: list[str] = []
    for where, folders, names in os.walk(folder):
        below = where[len(str(folder)) + 1 :].replace(os.sep, "/")
        if not below:
            folders[:] = [name for name in folders if name not in _NOT_PLANNED]
        files = (name for name in names if name.lower().endswith(SUFFIXES) and not name.startswith(("~$", _ASIDE)))
        found += (f"{below}/{name}" if below else name for name in files if Path(where, name).is_file())
    return sorted(found)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and rename it into place: there is the old file or the new one, never half of one."""
    aside = path.with_name(f"{_ASIDE}{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        if aside.is_file():
            aside.unlink()
        advice = "close it in Word or Excel and check the rights and the room on the disk, then run again"
        raise failure(f"document cannot be written ({error.strerror})", Place(told_name(path)), advice) from error


def withdraw_document(root: Path, name: str) -> None:
    """Move a document that nobody asks for any more below `_DITARIK`, to the place it had; the folders it leaves go.

    What says the same is not kept twice; other documents that lie there already stay, and this one gets a number.
    Raises `KitgenError` if the disk refuses.
    """
    source = root / name
    target = _place_withdrawn(root, name)
    if target is None:
        return remove_document(source, root.parent)
    move_file(source, target)
    remove_document(source, root.parent)


def move_file(source: Path, target: Path) -> None:
    """Move a file to where none lies, folders and all. Raises `KitgenError` if the disk refuses."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise failure(f"file cannot be moved ({error.strerror})", Place(told_name(source)), _CLOSE) from error


def remove_file(path: Path) -> None:
    """Remove a file, if it is there. Raises `KitgenError` if the disk refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise failure(f"file cannot be removed ({error.strerror})", Place(told_name(path)), _CLOSE) from error


def keep_withdrawn(root: Path, name: str) -> None:
    """Copy a document that is about to be written anew below `_DITARIK`, unless one that says the same is there.

    A copy and not a move: a run that is killed between the two leaves the document where it was.
    """
    target = _place_withdrawn(root, name)
    if target is not None:
        write_whole(target, (root / name).read_bytes())


def _place_withdrawn(root: Path, name: str) -> Path | None:
    """Where a document goes below `_DITARIK`; None if what it says lies there already."""
    now, number = find_document(root / name), 1
    target = place = root / WITHDRAWN_FOLDER / name
    while (kept := find_document(target)) is not None:
        if now is not None and kept.digest == now.digest:
            return None
        number += 1
        target = place.with_name(f"{place.stem} ({number}){place.suffix}")
    return target


def remove_document(path: Path, folder: Path) -> None:
    """Remove a file, and the folders above it that became empty, up to `folder`.

    Raises `KitgenError` if the disk refuses the file; an empty folder somebody has open may stay.
    """
    remove_file(path)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        try:
            parent.rmdir()
        except OSError:
            return


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left aside."""
    for where, _, names in os.walk(folder):
        for name in names:
            if name.startswith(_ASIDE):
                Path(where, name).unlink(missing_ok=True)


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
        content = json.loads(path.read_text("utf-8"))
        version, documents = content["format"], content["documents"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    if isinstance(version, int) and version > FORMAT:
        raise failure(
            f"index was written by a later kitgen (format {version}, this one knows {FORMAT})", Place(INDEX_NAME),
            "update kitgen: `pip install --upgrade kitgen`, or delete the index; files speak for themselves",
        )  # fmt: skip
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
        known = json.loads((folder / INDEX_NAME).read_text("utf-8"))["reads"]
        return {
            str(form): KnownReads(
                str(entry["template"]), frozenset(map(str, entry["paths"])), tuple(map(str, entry["signers"]))
            )
            for form, entry in known.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _hidden(name: str, entry: Indexed, key: bytes) -> Indexed:
    """An entry with its digests hidden, or shown again: from a bare digest what a page says could be guessed."""
    found = {of: masked(getattr(entry, of), key, name, of, entry.serial) for of in _DIGESTS}
    return replace(entry, **found)


def write_index(
    folder: Path, entries: Iterable[tuple[str, Indexed]], key: bytes = b"", reads: Reads | None = None
) -> bool:
    """Write the index (by path), if it says something else than the one that is there; gives whether it was written.

    With the secret of an event nothing in it tells whom a document is of. Of `reads` those of its forms are kept.
    """
    named = ((index_name(path, key), entry) for path, entry in entries)
    hidden = ((name, _hidden(name, entry, key)) for name, entry in sorted(named, key=lambda each: each[0]))
    documents = {name: {of: getattr(entry, of) for of in _ENTRY} for name, entry in hidden}
    forms = {entry["form"] for entry in documents.values()}
    known = {
        form: {"template": each.template, "paths": sorted(each.paths), "signers": each.signers}
        for form, each in sorted((reads or {}).items())
        if form in forms
    }
    lines = ",\n".join(f"  {_line(name)}: {_line(entry)}" for name, entry in documents.items())
    templates = ",\n".join(f"  {_line(form)}: {_line(each)}" for form, each in known.items())
    text = f'{{"format": {FORMAT},\n "reads": {{\n{templates}\n }},\n "documents": {{\n{lines}\n }}}}\n'
    path = folder / INDEX_NAME
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    write_whole(path, text.encode())
    return True


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

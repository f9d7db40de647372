"""Finished documents on disk, read with the records they carry."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kitgen.base.digests import Digest, PartsDigest, Serial, digest, digest_parts
from kitgen.base.errors import Diagnostic, KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.documents.disk.files import ASIDE, move_file, remove_document, write_whole
from kitgen.documents.disk.staleness import Found, Record
from kitgen.kits.paths import told_name
from kitgen.load.regular import read_regular
from kitgen.model.forms import HANDOVER_FOLDER, RECALL_FOLDER, WITHDRAWN_FOLDER
from kitgen.model.manifest import Indexed

SUFFIXES: Final = (".docx", ".xlsx")
_NOT_PLANNED: Final = frozenset({WITHDRAWN_FOLDER, HANDOVER_FOLDER, RECALL_FOLDER})
_PREFIX: Final = "kitgen."
_KEYS: Final = ("digest", "form", "kit", "serial")


def record_properties(record: Record) -> dict[str, str]:
    """A record as the custom properties of its file."""
    return {f"{_PREFIX}{key}": getattr(record, key) for key in _KEYS}


def find_document(path: Path, indexed: Indexed | None = None) -> Found | None:
    """What lies at `path`, or None if nothing does. A file that is no Office file is found as one without record.

    If `indexed` describes the very bytes of the file, they are not unpacked. Raises `KitgenError` if it cannot be read.
    """
    if path.is_symlink():  # whatever it leads to lies elsewhere and is not kitgen's to write
        return Found(Digest(""), PartsDigest(""), None)
    try:
        data = read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        advice = said("move it away") if path.exists() and not path.is_file() else said("close it in Word or Excel")
        raise failure(
            said("document cannot be read ({strerror})", strerror=error.strerror), Place(told_name(path)), advice
        ) from error
    file = digest(data)
    if indexed is not None and file == indexed.file:
        return Found(file, indexed.digest, Record(indexed.digest, indexed.form, indexed.kit, indexed.serial))
    return inspect(data, path.name)


def inspect(data: bytes, name: str) -> Found:
    """What the bytes of a file are; `name` is what errors call it."""
    from kitgen.render.package.package import read_package
    from kitgen.render.package.properties import CUSTOM, read_properties, unpacked

    file = digest(data)
    try:
        packed = read_package(data, name)
        parts = {name: digest(content) for name, content in unpacked(packed).items()}
        properties = read_properties(packed[CUSTOM].content(), name) if CUSTOM in packed else {}
    except KitgenError:
        return Found(file, PartsDigest(file), None)
    known = {key: properties[f"{_PREFIX}{key}"] for key in _KEYS if f"{_PREFIX}{key}" in properties}
    if len(known) < len(_KEYS):
        return Found(file, digest_parts(parts), None)
    record = Record(PartsDigest(known["digest"]), known["form"], known["kit"], Serial(known["serial"]))
    return Found(file, digest_parts(parts), record)


def document_parts(path: Path) -> dict[str, bytes]:
    """The parts of a finished document, uncompressed, for reading what it says: found and called as in any other."""
    return parts_of_file(path.read_bytes(), path.name)


def parts_of_file(data: bytes, name: str) -> dict[str, bytes]:
    """The same of the bytes of a file."""
    from kitgen.render.package.normal_form import read_contents
    from kitgen.render.package.package import read_package
    from kitgen.render.package.properties import unpacked

    return read_contents(unpacked(read_package(data, name)), name)


def find_documents(folder: Path) -> list[str]:
    """Every Word and Excel file below `folder`, as sorted relative paths with `/`.

    Not Word's own lock files, nothing that was set aside, nothing handed over, no sheet of a recall.
    """
    return sorted(f"{below}/{name}" if below else name for below, name in documents_below(folder))


def documents_below(folder: Path) -> Iterator[tuple[str, str]]:
    """The same one after the other as they lie there: the folder each lies in below `folder`, and its name."""
    for where, folders, names in os.walk(folder):
        below = where[len(str(folder)) + 1 :].replace(os.sep, "/")
        if not below:
            folders[:] = [name for name in folders if name not in _NOT_PLANNED]
        for name in names:
            if _is_called_as_one(name) and Path(where, name).is_file():
                yield below, name


def is_document(name: str) -> bool:
    """Whether `find_documents` names a file that lies at this path in its folder."""
    top, _, below = name.partition("/")
    return _is_called_as_one(name.rpartition("/")[2]) and not (below and top in _NOT_PLANNED)


def _is_called_as_one(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith(("~$", ASIDE))


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


def refuse_foreign(paths: Sequence[Path]) -> None:
    """Raises `KitgenError` for files that are there and that kitgen did not make, or a person edited since."""
    problems = []
    for path in paths:
        found = find_document(path)
        if found is not None and not found.is_ours:
            what = said("was edited since it was made") if found.record is not None else said("was not made by kitgen")
            problems.append(
                Diagnostic(
                    said("{name} is there already and {what}", name=path.name, what=what),
                    Place(path.name),
                    said("give another name, or `--replace` to write over it"),
                )
            )
    if problems:
        raise KitgenError(problems)

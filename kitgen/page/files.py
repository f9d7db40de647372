"""Files that may be looked at and fetched: below a folder of the project, never by a link, keys only once opened."""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from flask import abort

from kitgen.model.audience import AUDIENCES, KEPT_FROM_CANDIDATES
from kitgen.model.forms import (
    AUDIENCE_FOLDERS,
    EARLY_FOLDERS,
    EVENT_FOLDERS,
    EVENTS_FOLDER,
    PACK_FOLDER,
    WITHDRAWN_FOLDER,
)

DOCUMENTS: Final = (".docx", ".xlsx")
SHOWN: Final = (*DOCUMENTS, ".pdf", ".zip", ".html")
_FOLDERS: Final = (AUDIENCE_FOLDERS, EVENT_FOLDERS)
_SECRET: Final = tuple({folders[who] for folders in _FOLDERS for who in KEPT_FROM_CANDIDATES})
"""Folders of what candidates must not see: keys, model answers, what actors say; packs and zips are called so, too."""
_OPEN: Final = (
    *EARLY_FOLDERS,
    *(folders[who] for folders in _FOLDERS for who in AUDIENCES if who not in KEPT_FROM_CANDIDATES),
)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """Berkas: a file below `output/`; `path` is relative to it, with `/`."""

    path: str
    size: int
    is_secret: bool

    @property
    def name(self) -> str:
        """Its name without the folders."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder it lies in, relative to `output/`."""
        return self.path.rpartition("/")[0]


def confined(base: Path, path: str) -> Path:
    """The file or folder at `path` below `base`; anything that leads elsewhere, or through a link, is not found."""
    if "\0" in path or "\\" in path or ":" in path or path.startswith("/"):
        abort(404)
    parts = PurePosixPath(path).parts
    if not parts or any(part in ("..", ".") or part.startswith(".") for part in parts):
        abort(404)
    at = base
    try:
        for part in parts:
            at = at / part
            if at.is_symlink():
                abort(404)
        if not at.exists() or not at.resolve().is_relative_to(base.resolve()):
            abort(404)
    except (OSError, ValueError):  # a name no disk takes
        abort(404)
    return at


def listed(output: Path, folder: str) -> list[ListedFile]:
    """The files below a folder of `output/`, sorted as people count; what is set aside is left out."""
    found = list(_walk(output, output / folder))
    return sorted(found, key=lambda each: [part.casefold() for part in each.path.split("/")])


def _walk(output: Path, folder: Path) -> Iterator[ListedFile]:
    start = len(str(output)) + 1
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~$")) or entry.is_symlink():
                        continue
                    if entry.is_dir():
                        if entry.name != WITHDRAWN_FOLDER:
                            waiting.append(entry.path)
                    elif entry.name.lower().endswith(SHOWN):
                        path = entry.path[start:].replace(os.sep, "/")
                        yield ListedFile(path, entry.stat().st_size, is_secret(path))
        except OSError:
            continue


def is_secret(path: str) -> bool:
    """Whether what lies at a path below `output/` must not be seen by candidates."""
    if any(folder in path for folder in _SECRET):
        return True
    is_pack = PACK_FOLDER in path.split("/") and path.lower().endswith(".pdf")
    return is_pack and not any(folder in path for folder in _OPEN)  # packs of all in one, a single page


def kit_of(path: str) -> str:
    """The folder of the edition or event that a path below `output/` belongs to: two parts of it."""
    return "/".join(path.split("/")[:2])


def is_of_event(path: str) -> bool:
    """Whether a path below `output/` is one of an event."""
    return path.startswith(f"{EVENTS_FOLDER}/")


def zipped(output: Path, files: list[ListedFile], below: str) -> IO[bytes]:
    """A zip of these files, by their paths below the folder `below`; it has no name on disk and goes when closed."""
    file: IO[bytes] = tempfile.TemporaryFile(prefix="kitgen-")
    start = len(below) + 1 if below else 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for each in files:
            archive.write(output / each.path, each.path[start:])
    file.seek(0)
    return file

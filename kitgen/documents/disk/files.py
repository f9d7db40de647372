"""Files are written whole or not at all: aside, then renamed."""

import os
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.documents.disk.staleness import KEPT, beside
from kitgen.kits.paths import told_name

ASIDE: Final = ".kitgen-"


_CLOSE: Final = said("close it in the program that has it open and check the rights, then run again")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and rename it into place: there is the old file or the new one, never half of one."""
    aside = path.with_name(f"{ASIDE}{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        if aside.is_file():
            aside.unlink()
        advice = said("close it in Word or Excel and check the rights and the room on the disk, then run again")
        raise failure(
            said("document cannot be written ({strerror})", strerror=error.strerror), Place(told_name(path)), advice
        ) from error


def move_file(source: Path, target: Path) -> None:
    """Move a file to where none lies, folders and all. Raises `KitgenError` if the disk refuses."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise failure(
            said("file cannot be moved ({strerror})", strerror=error.strerror), Place(told_name(source)), _CLOSE
        ) from error


def remove_file(path: Path) -> None:
    """Remove a file, if it is there. Raises `KitgenError` if the disk refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise failure(
            said("file cannot be removed ({strerror})", strerror=error.strerror), Place(told_name(path)), _CLOSE
        ) from error


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
            if name.startswith(ASIDE):
                Path(where, name).unlink(missing_ok=True)


def keep_beside(path: Path) -> Path:
    """Set an edited file aside as `(disunting)`; gives where it lies now. Raises `KitgenError` if the disk refuses."""
    number = 1
    while (aside := Path(beside(path.as_posix(), KEPT, number))).exists():
        number += 1
    move_file(path, aside)
    return aside

"""Folders only their owner may read: those of events, and those of keys. On disks that know no rights it is told."""

import contextlib
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kitgen.base.errors import Diagnostic, Place
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.model.forms import EVENTS_FOLDER, KEYS_FOLDER

OWNER_ONLY: Final = 0o700
SECRET_FILE: Final = 0o600
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def make_folders(folder: Path) -> None:
    """Make a folder and those above it that are not there; one of an event or of keys for its owner only.

    Raises `OSError` if the disk refuses.
    """
    missing = [folder]
    while not missing[-1].exists() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        if is_private(each) and not each.exists():
            with contextlib.suppress(FileExistsError):
                each.mkdir(mode=OWNER_ONLY)
        else:
            each.mkdir(exist_ok=True)


def is_private(folder: Path) -> bool:
    """Whether a folder, by its place, is one of an event or of keys."""
    above = folder.parent
    of_event = above.name == "events" or (above.name == EVENTS_FOLDER and above.parent.name == "output")
    return of_event or folder.name == KEYS_FOLDER


def private_folders(project: Project) -> Iterator[Path]:
    """Every folder of a project that is for its owner only."""
    for parent in (project.events_dir, project.output_dir / EVENTS_FOLDER):
        if parent.is_dir():
            yield from (path for path in sorted(parent.iterdir()) if path.is_dir() and not path.is_symlink())
    for pattern in ("*/*", "*/*/*", "*/*/*/*"):  # of an event, the scheme, a unit
        yield from sorted(path for path in project.output_dir.glob(f"{pattern}/{KEYS_FOLDER}") if not path.is_symlink())


def guard(project: Project) -> None:
    """Take the rights of others from folders made by an older kitgen, or copied here; what is not ours stays."""
    for folder in private_folders(project):
        with contextlib.suppress(OSError):
            mode = stat.S_IMODE(folder.stat().st_mode)
            if mode & _OTHERS:
                folder.chmod(mode & ~_OTHERS)


def unguarded(project: Project, platform: str = sys.platform) -> Iterator[Diagnostic]:
    """A warning where folders that should be private are not, since the disk keeps no rights or another owns them.

    Windows keeps rights otherwise; nothing can be told of them here.
    """
    if platform == "win32":
        return
    open_to_all = []
    for folder in private_folders(project):
        with contextlib.suppress(OSError):
            if stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
                open_to_all.append(folder)
    if open_to_all:
        yield Diagnostic(
            said(
                "others can read folders of events or of keys ({open_to_all}): FAT sticks and shared "
                "drives keep no rights, or the folders are another user's",
                open_to_all=len(open_to_all),
            ),
            Place(project.shown(open_to_all[0])),
            said(
                "keep the project on a disk of your own, or encrypt the stick; commands that write take the rights away"
            ),
            "warning",
        )

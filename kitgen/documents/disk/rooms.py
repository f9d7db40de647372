"""Folders to work in for a while, for what other programs must read from a disk: swept if a run was cut off in one."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest
from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.documents.disk.files import ASIDE, aside_of

_ELSEWHERE: Final = "kitgen-arsip-"
_LOCK: Final = "kunci"
_YOUNG: Final = 60
"""Seconds in which a folder without a lock may be one that is just being made."""


@contextlib.contextmanager
def room_in(output: Path) -> Iterator[Path]:
    """A folder below `output`, for whoever holds the project's lock: copies of documents lie where purges look.

    The next run sweeps what a killed one left. Raises `KitgenError` if the disk refuses.
    """
    folder = aside_of(output / "room")
    try:
        output.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        told = said("folder to work in cannot be made ({strerror})", strerror=error.strerror)
        raise failure(
            told, Place(output.name), said("check the rights and the room on the disk, then run again")
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def room_elsewhere() -> Iterator[Path]:
    """A folder among those of the system for runs without a project's lock; no document of people belongs in one.

    Takes away those of killed runs of the same user: nobody holds the lock in them any more.
    """
    from filelock import FileLock

    _sweep_elsewhere(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_ELSEWHERE, ignore_cleanup_errors=True) as name:
        lock = FileLock(Path(name) / _LOCK)
        with lock:
            yield Path(name)


@contextlib.contextmanager
def alone_at(target: Path) -> Iterator[Path]:
    """Be the only run that makes the folder `target`, which lies in no project; gives where to make it aside.

    What a killed run left there is taken away. Raises `KitgenError` if another run is at it.
    """
    from filelock import FileLock, Timeout

    known = digest(str(target).encode())[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"{_ELSEWHERE}{known}.lock", timeout=0)
    try:
        with lock:
            aside = target.with_name(f"{ASIDE}{known}")
            if aside.is_dir() and not aside.is_symlink():
                shutil.rmtree(aside, ignore_errors=True)
            yield aside
    except Timeout as busy:
        raise failure(
            said("somebody else is making this folder"), Place(target.name), said("wait until it is done")
        ) from busy


def _sweep_elsewhere(base: Path) -> None:
    from filelock import FileLock, Timeout

    for folder in base.glob(f"{_ELSEWHERE}*/"):
        with contextlib.suppress(OSError, Timeout):
            told = folder.lstat()
            if folder.is_symlink() or (hasattr(os, "getuid") and told.st_uid != os.getuid()):
                continue
            if not (folder / _LOCK).exists() and time.time() - told.st_mtime < _YOUNG:
                continue
            with FileLock(folder / _LOCK, timeout=0):
                pass
            shutil.rmtree(folder, ignore_errors=True)

"""One lock for each project: whoever writes holds it, whoever only reads never asks for it.

The system keeps it as long as the process lives, so that a killed run leaves none behind; programs it starts do not
take it along. Beside it lies who holds it, for people to read: never proof of anything, save that facts nobody took
away tell of a run that did not come to its end.
"""

import contextlib
import getpass
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import Message, said
from kitgen.load.json_file import parse_json

FOLDER: Final = ".kitgen"
"""Holds in a project's own folder what runs tell each other; without a run in it, it can be deleted."""
LOCK_NAME: Final = "kunci"
HOLDER_NAME: Final = "pemegang.json"
PATIENCE: Final = 3.0
"""Seconds the second run waits: most runs that change one file are over by then."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Pemegang: which command of whom holds the lock, where, and since when."""

    command: str
    user: str
    computer: str
    process: int
    since: str

    @property
    def told(self) -> Message:
        """All of it in one line, for people."""
        where = said("{user} on {computer}", user=self.user, computer=self.computer) if self.user else self.computer
        return said(
            "`kitgen {command}` of {who} (process {process}), since {since}",
            command=self.command, who=where, process=self.process, since=self.since,
        )  # fmt: skip


@contextlib.contextmanager
def working(root: Path, command: str, patience: float | None = None) -> Iterator[bool]:
    """Hold the lock of the project at `root` while `command` writes; gives whether the run before was cut off.

    Raises `KitgenError` if somebody else holds it for longer than `patience` seconds, with who that is, and if the
    project's folder cannot be written.
    """
    from filelock import FileLock, Timeout

    folder = root / FOLDER
    lock = FileLock(folder / LOCK_NAME, timeout=PATIENCE if patience is None else patience)
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire(poll_interval=0.05)
    except Timeout as busy:
        raise _busy(folder) from busy
    except OSError as error:
        raise failure(
            said("project cannot be locked for writing ({strerror})", strerror=error.strerror),
            Place(FOLDER),
            said("check the rights of the project's folder and the room on the disk, then run again"),
        ) from error
    is_cut_off = False
    try:
        was_cut_off = (folder / HOLDER_NAME).exists()
        _tell(folder, command)
        yield was_cut_off
    except KeyboardInterrupt:  # in the midst of cleaning up, for all that is known: the next run sweeps
        is_cut_off = True
        raise
    finally:
        try:
            if not is_cut_off:
                with contextlib.suppress(OSError):  # told to nobody any more: the lock itself is what counts
                    (folder / HOLDER_NAME).unlink(missing_ok=True)
        finally:
            lock.release()


def read_holder(root: Path) -> Holder | None:
    """Who holds the lock, or held it and was cut off, as far as that can be read."""
    try:
        told = parse_json((root / FOLDER / HOLDER_NAME).read_bytes())
        return Holder(
            str(told["command"]), str(told["user"]), str(told["computer"]), int(told["process"]), str(told["since"])
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


def _busy(folder: Path) -> KitgenError:
    holder = read_holder(folder.parent)
    who = said(": {holder}", holder=holder.told) if holder is not None else ""
    return failure(
        said("somebody else is working in this project{who}; nothing was written", who=who),
        None,
        said("wait until it is done, then run again"),
    )


def _tell(folder: Path, command: str) -> None:
    """Say who works here; written aside, since the second run may look at any moment."""
    holder = Holder(
        command, _user(), platform.node(), os.getpid(), datetime.now().astimezone().isoformat(" ", "seconds")
    )
    aside = folder / f"{HOLDER_NAME}.{os.getpid()}"
    with contextlib.suppress(OSError):  # a full disk: whoever comes second is told less
        aside.write_text(json.dumps(asdict(holder), ensure_ascii=False, indent=1) + "\n", "utf-8")
        aside.replace(folder / HOLDER_NAME)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account the system has no name for
        return ""

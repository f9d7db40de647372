"""Jobs: runs that somebody else started and looks after, such as the local page; each has a folder of its own.

The run itself holds a lock there as long as it lives and says how far it is, what is wrong and how it ended. So whoever
started it may close, or be killed: the next one reads all of it from the folder. It holds what commands print: numbers
of people, no names, and of a file that was handed over the name its person gave it, where a problem is told of it.
"""

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from kitgen.documents.disk.files import patiently
from kitgen.documents.disk.lock import FOLDER
from kitgen.load.json_file import parse_json

VARIABLE: Final = "KITGEN_JOB"
"""Names a run's folder to it, in its environment."""
JOBS_NAME: Final = "pekerjaan"
ORDER_NAME: Final = "pekerjaan.json"
OUTPUT_NAME: Final = "keluaran.txt"
TALK_NAME: Final = "keterangan.txt"
_LOCK: Final = "kunci"
_PROCESS: Final = "proses"
_PROGRESS: Final = "kemajuan"
_PROBLEMS: Final = "masalah.jsonl"
_END: Final = "akhir"
_STOP: Final = "henti"
_EVERY: Final = 0.2
"""Seconds between two words of progress."""
_STARTING: Final = 30.0
"""Seconds a run may take to begin before it counts as one that never did."""
_MOST_PROBLEMS: Final = 2_000

JobState = Literal["waiting", "running", "done", "failed", "stopped", "cut off"]
"""How a run stands: not begun yet, at work, ended well, ended with problems, stopped, gone without an end."""


def jobs_folder(root: Path) -> Path:
    """Where the jobs of a project lie."""
    return root / FOLDER / JOBS_NAME


@dataclass(slots=True)
class RunningJob:
    """Pekerjaan berjalan: what a run tells of itself, in its folder; a disk that refuses is none of its business."""

    folder: Path
    _told: float = 0.0
    _problems: int = field(default=0)

    def progress(self, number: int, total: int) -> None:
        """So many of so many are done."""
        now = time.monotonic()
        if number < total and now - self._told < _EVERY:
            return
        self._told = now
        with contextlib.suppress(OSError):
            _put(self.folder / _PROGRESS, f"{number} {total}")

    def problem(self, told: Mapping[str, object]) -> None:
        """One problem, told in the language of the run."""
        self._problems += 1
        if self._problems > _MOST_PROBLEMS:
            return
        with contextlib.suppress(OSError), (self.folder / _PROBLEMS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def end(self, code: int) -> None:
        """The exit code of the run."""
        with contextlib.suppress(OSError):
            _put(self.folder / _END, str(code))


def _put(file: Path, text: str) -> None:
    """Write what another process may read at any moment: it sees the old text or the new one."""
    aside = file.with_name(f"{file.name}.baru")
    aside.write_text(text, "utf-8")
    patiently(lambda: aside.replace(file))


@contextlib.contextmanager
def running_job(folder: Path) -> Iterator[RunningJob]:
    """Hold the lock of a job while its run lives, so that others can see that it does."""
    from filelock import FileLock

    with FileLock(folder / _LOCK, timeout=5):
        _put(folder / _PROCESS, str(os.getpid()))
        yield RunningJob(folder)


@dataclass(frozen=True, slots=True)
class RecordedJob:
    """Pekerjaan: one run as its folder tells of it; `order` is what whoever started it wrote down."""

    name: str
    order: Mapping[str, Any]
    state: JobState
    number: int = 0
    total: int = 0
    code: int | None = None
    process: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in ("waiting", "running")


def read_job(folder: Path) -> RecordedJob | None:
    """A job as it stands; None where there is none."""
    try:
        order = parse_json((folder / ORDER_NAME).read_bytes())
        age = time.time() - (folder / ORDER_NAME).stat().st_mtime
    except (OSError, ValueError):
        return None
    if not isinstance(order, dict):
        return None
    number, total = _progress(folder)
    process = _number(folder / _PROCESS)
    is_alive = _is_locked(folder)  # looked at before the end is: a run that ends between the two has both
    code = _number(folder / _END)
    if code is not None:
        state: JobState = "done" if code == 0 else "stopped" if code >= 128 else "failed"
    elif is_alive:
        state = "running"
    else:
        was_asked = (folder / _STOP).exists()
        state = "stopped" if was_asked else "waiting" if process is None and age < _STARTING else "cut off"
    return RecordedJob(folder.name, order, state, number, total, code, process)


def note_stop(folder: Path) -> None:
    """Note that a job was asked to stop: one that was not yet at work leaves no word of its own."""
    with contextlib.suppress(OSError):
        (folder / _STOP).touch()


def read_problems(folder: Path) -> list[dict[str, Any]]:
    """The problems a run told, in order."""
    found: list[dict[str, Any]] = []
    try:
        lines = (folder / _PROBLEMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []
    for line in lines:
        with contextlib.suppress(ValueError):  # half a line of a killed run
            told = parse_json(line)
            if isinstance(told, dict):
                found.append(told)
    return found


def find_jobs(root: Path) -> list[Path]:
    """The folders of a project's jobs, the newest first."""
    folder = jobs_folder(root)
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if (path / ORDER_NAME).is_file()), reverse=True)


def _is_locked(folder: Path) -> bool:
    from filelock import FileLock, Timeout

    if not (folder / _LOCK).exists():
        return False
    lock = FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _progress(folder: Path) -> tuple[int, int]:
    try:
        number, total = (folder / _PROGRESS).read_text("utf-8").split()
        return int(number), int(total)
    except (OSError, ValueError):
        return 0, 0


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None

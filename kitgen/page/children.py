"""Runs of the command line that the page starts: long work (jobs), and questions whose answer is JSON.

A job goes on when the page is closed or killed: it is a process of its own, with a folder that tells of it
(`documents/disk/jobs`). What people write in their own words reaches it by its standard input or environment only,
never by its arguments, and what is known of it besides is kept in the memory of the page alone.
"""

import contextlib
import datetime
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kitgen.base.language import DEFAULT, LANGUAGES
from kitgen.documents.disk.jobs import (
    ORDER_NAME,
    OUTPUT_NAME,
    TALK_NAME,
    VARIABLE,
    RecordedJob,
    find_jobs,
    jobs_folder,
    note_stop,
    read_job,
    read_problems,
)
from kitgen.documents.disk.private import OWNER_ONLY
from kitgen.load.json_file import parse_json

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_MOST: Final = 40
"""So many finished jobs are kept to be looked at."""
_HOUR: Final = 3600
_ASKED: Final = "tanya-"
GIVEN: Final = "\0given"
RESULT: Final = "\0result"
TODAY: Final = "\0today"
"""Of arguments: the file that is given, one to be written, the day on which the job begins."""
REASON: Final = "KITGEN_REASON"
CALLED: Final = "KITGEN_CALLED"
"""Of settings: a reason, and how a person calls the file that is given, both in their own words."""
RESULT_NAME: Final = "hasil"
_GIVEN_NAME: Final = "unggahan"


class Busy(Exception):
    """Raised where a job is to begin while another one writes; `job` is that one."""

    def __init__(self, job: RecordedJob) -> None:
        super().__init__(job.name)
        self.job = job


@dataclass(frozen=True, slots=True)
class Answer:
    """Jawaban: what a question came to: exit code, JSON (None where there is none), the problems that were told."""

    code: int
    content: Any
    problems: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Children:
    """The runs of one project's page."""

    root: Path
    _starting: threading.Lock = field(default_factory=threading.Lock)
    _processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _besides: dict[str, dict[str, str]] = field(default_factory=dict)

    def begin(
        self,
        action: str,
        arguments: Sequence[str],
        language: str,
        *,
        told: Mapping[str, str] | None = None,
        typed: str = "",
        settings: Mapping[str, str] | None = None,
        given: tuple[str, bytes] | None = None,
        besides: Mapping[str, str] | None = None,
    ) -> RecordedJob:
        """Start a job and give it as it stands.

        `told` is kept in its folder for whoever shows it, `typed` is its standard input, `settings` go into its
        environment, `besides` is remembered as long as this page runs and written nowhere. `given` (suffix, content) is
        put into its folder; of the arguments `GIVEN` stands for that file,
        `RESULT` and a suffix for one it is to write there. Raises `Busy` where another job of this project is at work.
        """
        with self._starting:
            other = self.running()
            if other is not None:
                raise Busy(other)
            self._prune()
            now = datetime.datetime.now().astimezone()
            folder = jobs_folder(self.root) / f"{now:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"
            _make(folder)
            arguments = [each.replace(TODAY, f"{now:%Y-%m-%d}") for each in arguments]
            if given is not None:
                (folder / f"{_GIVEN_NAME}{given[0]}").write_bytes(given[1])
                arguments = [str(folder / f"{_GIVEN_NAME}{given[0]}") if each == GIVEN else each for each in arguments]
            order = {"action": action, "arguments": [each.strip("\0") for each in arguments], "language": language,
                     "since": now.isoformat("T", "seconds"), "told": dict(told or {})}  # fmt: skip
            (folder / ORDER_NAME).write_text(json.dumps(order, ensure_ascii=False), "utf-8")
            made = str(folder / RESULT_NAME)
            line = [made + each.removeprefix(RESULT) if each.startswith(RESULT) else each for each in arguments]
            self._processes[folder.name] = self._start(folder, line, language, typed, settings or {})
            self._besides[folder.name] = dict(besides or {})
            job = read_job(folder)
            assert job is not None  # it was written just now
            return job

    def find(self, name: str) -> RecordedJob | None:
        """The job of this name."""
        folder = self.folder(name)
        job = read_job(folder) if folder is not None else None
        process = self._processes.get(name)
        if job is not None and not job.is_over and process is not None and process.poll() is not None:
            job = read_job(folder) if folder is not None else None
            if job is not None and not job.is_over:  # it never came to tell of itself
                return RecordedJob(job.name, job.order, "cut off", code=process.returncode)
        return job

    def besides(self, name: str) -> Mapping[str, str]:
        """What this page remembers of a job it began itself."""
        return self._besides.get(name, {})

    def folder(self, name: str) -> Path | None:
        """The folder of a job, where there is one of this name."""
        known = {folder.name: folder for folder in find_jobs(self.root)}
        return known.get(name)

    def jobs(self) -> list[RecordedJob]:
        """All jobs that are known, the newest first."""
        found = (self.find(folder.name) for folder in find_jobs(self.root) if not folder.name.startswith(_ASKED))
        return [job for job in found if job is not None]

    def running(self) -> RecordedJob | None:
        """The job that is at work, whoever started it."""
        return next((job for job in self.jobs()[:5] if not job.is_over), None)

    def stop(self, name: str) -> None:
        """Ask a job to stop; what it was about to write is completed by the next run of it."""
        job, folder = self.find(name), self.folder(name)
        if job is None or job.is_over or folder is None:
            return
        note_stop(folder)
        process = self._processes.get(name)
        number = job.process or (process.pid if process is not None else None)
        if number is not None:
            with contextlib.suppress(OSError):
                os.kill(number, getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM))

    def output(self, name: str, most: int = 400_000) -> tuple[str, str]:
        """What a job printed: results and talk."""
        folder = self.folder(name)
        return (_text(folder / OUTPUT_NAME, most), _text(folder / TALK_NAME, most)) if folder is not None else ("", "")

    def result(self, name: str) -> Path | None:
        """The file a job was asked to write into its folder, if it is there."""
        folder = self.folder(name)
        return next(iter(sorted(folder.glob(f"{RESULT_NAME}.*"))), None) if folder is not None else None

    def given(self, name: str) -> tuple[str, bytes] | None:
        """The file a job was given: its suffix and content."""
        folder = self.folder(name)
        file = next(iter(sorted(folder.glob(f"{_GIVEN_NAME}.*"))), None) if folder is not None else None
        return (file.suffix, file.read_bytes()) if file is not None else None

    def answer(self, name: str) -> Any:
        """The JSON a job printed; None where it printed none."""
        try:
            return parse_json(self.output(name)[0])
        except ValueError:
            return None

    def problems(self, name: str) -> list[dict[str, Any]]:
        """The problems a job told."""
        folder = self.folder(name)
        return read_problems(folder) if folder is not None else []

    def ask(self, arguments: Sequence[str], language: str) -> Answer:
        """Run a command that only reads and give its JSON; whoever asks waits."""
        folder = jobs_folder(self.root) / f"{_ASKED}{secrets.token_hex(6)}"
        _make(folder)
        try:
            process = self._start(folder, arguments, language, "", {})
            code = process.wait()
            text = _text(folder / OUTPUT_NAME, 50_000_000)
            try:
                content = parse_json(text) if text.strip() else None
            except ValueError:
                content = None
            return Answer(code, content, tuple(read_problems(folder)))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _start(
        self, folder: Path, arguments: Sequence[str], language: str, typed: str, settings: Mapping[str, str]
    ) -> "subprocess.Popen[bytes]":
        paths = [str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, **settings, VARIABLE: str(folder), "PYTHONPATH": os.pathsep.join(paths),
                       "PYTHONUTF8": "1"}  # fmt: skip
        spoken = language if language in LANGUAGES else DEFAULT
        line = [sys.executable, "-m", "kitgen", "-C", str(self.root), "--lang", spoken, *arguments]
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        with (folder / OUTPUT_NAME).open("wb") as output, (folder / TALK_NAME).open("wb") as talk:
            process = subprocess.Popen(
                line, stdin=subprocess.PIPE, stdout=output, stderr=talk, env=environment, cwd=self.root, **apart
            )
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(typed.encode())
            process.stdin.close()
        return process

    def _prune(self) -> None:
        for asked in jobs_folder(self.root).glob(f"{_ASKED}*"):  # of a page that was killed while it asked
            with contextlib.suppress(OSError):
                if time.time() - asked.stat().st_mtime > _HOUR:
                    shutil.rmtree(asked, ignore_errors=True)
        for job in [job for job in self.jobs() if job.is_over][_MOST:]:
            folder = self.folder(job.name)
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            self._processes.pop(job.name, None)
            self._besides.pop(job.name, None)


def _make(folder: Path) -> None:
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
    folder.mkdir(mode=OWNER_ONLY)


def _text(file: Path, most: int) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(most).decode("utf-8", "replace")
    except OSError:
        return ""

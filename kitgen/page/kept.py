"""Kept answers: what stands is told from the last answer, with its time, and asked anew aside where inputs changed.

An answer is proven by the times and sizes of all files it was made of. They are looked at aside, too, so that no page
waits; while a job is at work nothing is asked. Nothing in an answer names a person: commands print numbers.
"""

import contextlib
import datetime
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kitgen.base.errors import KitgenError
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.lock import FOLDER
from kitgen.load.json_file import parse_json
from kitgen.page.children import Answer, Children

NAME: Final = "laman"
_EVERY: Final = 1.0
"""Seconds between two looks at the inputs of one answer."""


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """Pertanyaan: a command that only reads, and what its answer depends on, relative to the project."""

    arguments: tuple[str, ...]
    inputs: tuple[str, ...]
    language: str

    @property
    def name(self) -> str:
        """What it is called on disk and in addresses."""
        return hashlib.sha256("\0".join((self.language, *self.arguments)).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """Keadaan: an answer as it is known: since when, and whether its inputs are still as they were."""

    answer: Answer | None
    when: datetime.datetime | None
    is_proven: bool
    name: str


@dataclass(slots=True)
class _Entry:
    question: PageQuestion
    answer: Answer | None = None
    when: float = 0.0
    inputs: str = ""
    looked: float = 0.0
    is_proven: bool = False
    is_queued: bool = False
    doubts: int = 0
    """How often it was doubted: one that was meanwhile is not proven by what was looked at before."""


@dataclass(slots=True)
class KeptAnswers:
    """The answers of one project's page."""

    root: Path
    children: Children
    _entries: dict[str, _Entry] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _aside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "kept"))

    def look(self, question: PageQuestion) -> KeptAnswer:
        """What is known; a look at whether it still holds is taken aside."""
        with self._lock:
            entry = self._entries.get(question.name)
            if entry is None:
                entry = self._entries[question.name] = self._read(question)
            kept = _kept_of(entry)
            self._prove_aside(entry)
            return kept

    def find(self, name: str) -> KeptAnswer | None:
        """The answer of this name, if it was ever looked at; it is looked after as by `look`."""
        with self._lock:
            entry = self._entries.get(name)
            if entry is None:
                return None
            self._prove_aside(entry)
            return _kept_of(entry)

    def doubt(self) -> None:
        """Something was written: no answer is proven any more."""
        with self._lock:
            for entry in self._entries.values():
                entry.is_proven, entry.looked, entry.doubts = False, 0.0, entry.doubts + 1

    def close(self, wait: bool = False) -> None:
        """Ask nothing more; `wait` for the answer to the question that is being asked."""
        self._aside.shutdown(wait=wait, cancel_futures=True)

    def _prove_aside(self, entry: _Entry) -> None:
        if entry.is_queued or time.monotonic() - entry.looked < _EVERY:
            return
        entry.is_queued = True
        with contextlib.suppress(RuntimeError):  # the page is closing
            self._aside.submit(self._prove, entry)

    def _prove(self, entry: _Entry) -> None:
        with self._lock:
            doubts = entry.doubts
        try:
            now = inputs_digest(self.root, entry.question.inputs)
            with self._lock:
                is_same = entry.answer is not None and now == entry.inputs
                entry.is_proven = is_same and entry.doubts == doubts
            if is_same or self.children.running() is not None:  # what it is about to write would be read half
                return
            answer = self.children.ask(entry.question.arguments, entry.question.language)
            if answer.code not in (0, 1):
                return
            is_still_so = inputs_digest(self.root, entry.question.inputs) == now
            with self._lock:
                entry.answer, entry.when, entry.inputs = answer, time.time(), now
                entry.is_proven = is_still_so and entry.doubts == doubts
            self._write(entry)
        finally:
            with self._lock:
                entry.is_queued = False
                entry.looked = time.monotonic() if entry.doubts == doubts else 0.0

    def _file(self, question: PageQuestion) -> Path:
        return self.root / FOLDER / NAME / f"{question.name}.json"

    def _read(self, question: PageQuestion) -> _Entry:
        try:
            kept = parse_json(self._file(question).read_bytes())
            problems = tuple(each for each in kept["problems"] if isinstance(each, dict))
            answer = Answer(int(kept["code"]), kept["content"], problems)
            entry = _Entry(question, answer, float(kept["when"]), str(kept["inputs"]))
            _kept_of(entry)  # a time no calendar has is no answer
            return entry
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return _Entry(question)

    def _write(self, entry: _Entry) -> None:
        if entry.answer is None:
            return
        kept = {**asdict(entry.answer), "when": entry.when, "inputs": entry.inputs}
        with contextlib.suppress(OSError, KitgenError):  # a copy for speed only
            file = self._file(entry.question)
            file.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
            write_whole(file, json.dumps(kept, ensure_ascii=False).encode(), durable=False, secret=True)


def inputs_digest(root: Path, inputs: Sequence[str]) -> str:
    """A digest of names, times and sizes of all files below these folders (or of these files)."""
    told = hashlib.sha256()
    for name in inputs:
        told.update(f"{name}\n".encode())
        for path, size, changed in sorted(_files(root / name)):
            told.update(f"{path}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    if path.is_file():
        found = path.stat()
        yield path.name, found.st_size, found.st_mtime_ns
        return
    waiting = [str(path)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~$")):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        found = entry.stat(follow_symlinks=False)
                        yield entry.path, found.st_size, found.st_mtime_ns
        except OSError:
            continue


def _kept_of(entry: _Entry) -> KeptAnswer:
    when = datetime.datetime.fromtimestamp(entry.when).astimezone() if entry.when else None
    return KeptAnswer(entry.answer, when, entry.is_proven, entry.question.name)

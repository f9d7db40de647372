"""Many documents to PDF, quickly and safely: in batches, on several LibreOffices, each with a profile of its own.

Documents are copied under short plain names, so that no name or path of theirs reaches a command line. A batch that
fails or hangs is begun again with a new profile and without what it had made; the document it stood at is tried
alone, and if it fails alone, it is reported and left out. Of documents that are equal one is converted.
"""

import math
import os
import queue
import shutil
import threading
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kitgen.base.errors import Diagnostic, KitgenError, Place
from kitgen.base.messages import Message, counted, joined, said
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.rooms import room_in
from kitgen.documents.pdf import word
from kitgen.documents.pdf.fonts import font_families, missing_fonts
from kitgen.documents.pdf.job import Converted, Job, Progress, equal_ones
from kitgen.documents.pdf.join import opens
from kitgen.documents.pdf.libreoffice import Call, CallLimits, call_office, find_office, no_office, write_profile
from kitgen.documents.pdf.seal import is_pdf
from kitgen.documents.work.crew import Crew, Workers, count_of, crew_of

BATCH: Final = 120
"""Files in one call. A run that is killed loses what its calls had made; of more than some 240 LibreOffice leaves the
rest, and says nothing of it."""
_WORTH_A_START: Final = 6
"""Files that cost about as much as starting LibreOffice with a new profile."""
_MOST_WORKERS: Final = 8
_MAX_FAILED: Final = 20
"""So many documents that fail alone, one after the other, and it is not the documents."""
_MAX_FAILED_AT_FIRST: Final = 3


def convert(
    jobs: Sequence[Job],
    output: Path,
    workers: Workers = None,
    progress: Progress | None = None,
    limits: CallLimits | None = None,
    batch: int = BATCH,
) -> Converted:
    """Convert documents, `workers` at a time (as many as the machine has processors), and write their PDFs, sealed.

    Copies of them lie in a folder below `output` meanwhile, for whoever holds the project's lock. A crew is given them,
    and what it cannot convert is converted here.
    Raises `KitgenError` if there is no program to convert with; what a single document does to it stops no other.
    """
    if not jobs:
        return Converted((), ())
    crew = crew_of(workers)
    if crew is not None:
        return _by_crew(jobs, output, crew, progress, limits, batch)
    by_word = [job for job in jobs if job.document.suffix.lower() == ".docx"] if word.is_usable() else []
    by_office = [job for job in jobs if job not in by_word] if by_word else list(jobs)
    office = find_office() if by_office else None
    if by_office and office is None:
        raise no_office()
    counter = _Counter(len(jobs), progress)
    converted = word.convert_with_word(by_word, output, counter.reach) if by_word else Converted((), ())
    if office is None:
        return converted
    run = _Run(office, limits or CallLimits(), counter)
    _run_workers(run, by_office, output, count_of(workers), batch)
    problems = (*missing_fonts(font_families()), *converted.problems, *run.problems)
    return Converted((*converted.made, *run.made), problems)


def _by_crew(
    jobs: Sequence[Job], output: Path, crew: Crew, progress: Progress | None, limits: CallLimits | None, batch: int
) -> Converted:
    """Have documents converted elsewhere, and here, within `limits`, what could not be."""
    from kitgen.documents.pdf.far import convert_far

    counter = _Counter(len(jobs), progress)
    made: list[Job] = []
    problems: list[Diagnostic] = []

    equal = equal_ones(jobs)

    def write(job: Job, data: bytes) -> None:
        for each in equal[job]:
            try:
                write_whole(each.target, data)
                made.append(each)
            except KitgenError as error:
                problems.extend(error.diagnostics)
            counter.add(1)

    left = convert_far(list(equal), crew, convert, write)
    begun = counter.done
    left = [each for job in left for each in equal[job]]
    here = convert(left, output, None, lambda done, _: counter.reach(begun + done), limits, batch)
    return Converted((*made, *here.made), (*problems, *here.problems))


@dataclass(slots=True)
class _Counter:
    """Tells how many documents are done, as all workers together see it."""

    total: int
    progress: Progress | None
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reach(self, number: int) -> None:
        """Tell that so many are done in all."""
        with self.lock:
            self._count(number - self.done)

    def add(self, more: int) -> None:
        """Tell that so many more are done."""
        with self.lock:
            self._count(more)

    def _count(self, more: int) -> None:
        self.done += more
        if self.progress is not None and more > 0:
            self.progress(self.done, self.total)


@dataclass(slots=True)
class _Run:
    """What the workers share."""

    office: Path
    limits: CallLimits
    counter: _Counter
    batches: "queue.SimpleQueue[list[Job]]" = field(default_factory=queue.SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    made: list[Job] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    failed_since_one_was_made: int = 0
    equal: dict[Job, tuple[Job, ...]] = field(default_factory=dict)

    def write(self, job: Job, data: bytes) -> None:
        """Write what LibreOffice made, for its equals, too; a target that cannot be written is a problem of its own."""
        for each in self.equal[job]:
            try:
                each.write(data)
            except KitgenError as error:
                with self.lock:
                    self.problems += error.diagnostics
                continue
            with self.lock:
                self.made.append(each)
                self.failed_since_one_was_made = 0

    def note_failed(self, job: Job, why: str) -> None:
        """Note a document that failed alone, and its equals; too many in a row, and no more are tried."""
        help = said("open it in Word or Excel and look; no other document is held up by it")
        fault = said("document cannot be converted to PDF ({why})", why=why)
        with self.lock:
            self.problems += [Diagnostic(fault, Place(each.shown), help) for each in self.equal[job]]
            self.failed_since_one_was_made += 1
            if self.failed_since_one_was_made >= (_MAX_FAILED if self.made else _MAX_FAILED_AT_FIRST):
                self.stop.set()


def _run_workers(run: _Run, jobs: Sequence[Job], output: Path, workers: int | None, batch: int) -> None:
    sound: list[Job] = []
    for job in jobs:
        if zipfile.is_zipfile(job.document):
            sound.append(job)
        else:  # LibreOffice would print it as it stands, as plain text
            fault = said("document cannot be converted to PDF (it is no Office file)")
            run.problems.append(Diagnostic(fault, Place(job.shown), said("delete it and build again")))
    if not sound:
        return
    known = len(run.problems)
    run.equal = equal_ones(sound)
    single = list(run.equal)
    most = min(workers or os.cpu_count() or 1, _MOST_WORKERS)
    count = max(1, min(most, math.ceil(len(single) / _WORTH_A_START)))
    batches = count * math.ceil(len(single) / (count * batch))
    for number in range(min(batches, len(single))):
        run.batches.put(single[number::batches])
    with room_in(output) as folder:
        with ThreadPoolExecutor(count) as pool:
            futures = [pool.submit(_Worker(run, folder / f"w{number}").work) for number in range(count)]
            try:
                for future in futures:
                    future.result()
            except BaseException:
                run.stop.set()
                raise
    left_out = len(sound) - len(run.made) - (len(run.problems) - known)
    if left_out > 0:
        fault = said(
            "LibreOffice fails on one document after the other; {left} not tried",
            left=counted(left_out, "more was", "more were"),
        )
        run.problems.append(
            Diagnostic(fault, Place(str(run.office)), said("see whether it opens and prints one by hand"))
        )


@dataclass(slots=True)
class _Worker:
    """One LibreOffice after the other, in a folder of its own."""

    run: _Run
    folder: Path
    _profiles: int = 0
    _calls: int = 0

    def work(self) -> None:
        """Take batches until there are none; what stops this worker stops the others, whichever is waited for."""
        try:
            self._new_profile()
            while not self.run.stop.is_set():
                try:
                    jobs = self.run.batches.get_nowait()
                except queue.Empty:
                    return
                self._convert(jobs)
        except BaseException:
            self.run.stop.set()
            raise

    def _convert(self, jobs: list[Job]) -> None:
        while jobs and not self.run.stop.is_set():
            missing, call = self._call(jobs)
            if call.ending != "ended":
                self._new_profile()
            if self.run.stop.is_set():
                return
            if len(jobs) == 1 and missing:
                self.run.note_failed(jobs[0], _why(call))
                return
            went_on = call.ending == "ended" and len(missing) < len(jobs)
            alone, jobs = (missing, []) if went_on else (missing[:1], missing[1:])
            for job in alone:
                self._convert([job])

    def _call(self, jobs: list[Job]) -> tuple[list[Job], Call]:
        """One call for these documents; gives those it made no PDF of."""
        self._calls += 1
        inside, out = self.folder / f"in{self._calls}", self.folder / f"out{self._calls}"
        inside.mkdir(parents=True)
        files = [inside / f"{number:04}{job.document.suffix.lower()}" for number, job in enumerate(jobs)]
        for job, file in zip(jobs, files, strict=True):
            shutil.copyfile(job.document, file)
        shown = 0

        def counted(number: int) -> None:
            nonlocal shown
            self.run.counter.add(number - shown)
            shown = number

        profile = self.folder / f"profile{self._profiles}"
        call = call_office(self.run.office, profile, files, out, self.run.limits, self.run.stop, counted)
        missing: list[Job] = []
        done = 0
        for job, file in zip(jobs, files, strict=True):
            pdf = out / f"{file.stem}.pdf"
            data = pdf.read_bytes() if pdf.is_file() else b""
            if is_pdf(data) and opens(data):
                self.run.write(job, data)
                done += len(self.run.equal[job])
            else:
                missing.append(job)
        self.run.counter.add(done - shown)
        shutil.rmtree(inside, ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)
        return missing, call

    def _new_profile(self) -> None:
        shutil.rmtree(self.folder / f"profile{self._profiles}", ignore_errors=True)
        self._profiles += 1
        write_profile(self.folder / f"profile{self._profiles}")


def _why(call: Call) -> Message:
    if call.ending == "hung":
        return said("LibreOffice was stopped: it took too long")
    ended = said("LibreOffice made no PDF") if call.ending == "ended" else said("LibreOffice broke off")
    return joined(": ", (ended, call.said)) if call.said else ended

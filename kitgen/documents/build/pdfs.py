"""The PDFs of a run's documents: made of what lies in `output/` now, only where they are not yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kitgen.base.digests import PartsDigest, digest_values
from kitgen.base.errors import Diagnostic, Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.document import find_document, find_documents
from kitgen.documents.disk.staleness import KEPT_STATES, NEWER, beside, is_set_aside
from kitgen.documents.pdf.beside import pdf_of, state_of, withdraw
from kitgen.documents.pdf.job import Job, Progress
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.status import RunStatus
from kitgen.documents.work.crew import Workers
from kitgen.kits.paths import safe_name, without_names
from kitgen.load.event.event import find_event
from kitgen.model.forms import EVENTS_FOLDER


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of a run: how many PDFs were made and were as they would be, and those of another hand, left alone."""

    made: int
    same: int
    kept: tuple[Job, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def failed(self) -> int:
        """How many problems there were that are no warnings."""
        return sum(problem.severity == "error" for problem in self.problems)


def print_documents(
    project: Project, run: RunStatus, workers: Workers = None, progress: Progress | None = None
) -> Printed:
    """Make the PDF of every document of a run that has none made of what the document says now.

    It is for after `build`: documents are read from disk, those that people edited as they edited them. A PDF that
    kitgen did not make, or that someone changed, is kept and told of. Raises `KitgenError` if there is no LibreOffice.
    """
    stale: list[Job] = []
    kept: list[Job] = []
    findings = Findings()
    same = 0
    for job in jobs_of(project, run.documents):
        state = state_of(job.target, job.source)
        if state == "same":
            same += 1
        elif state == "kept":
            kept.append(job)
            shown = without_names(job.target.relative_to(project.output_dir).as_posix())
            findings.warning(
                said("PDF was changed, or is not of kitgen's making, and is kept"),
                Place(shown),
                said("move it elsewhere to have it made anew"),
            )
        else:
            withdraw(job.document, project.output_dir)  # should it not be made, none is there rather than an old one
            stale.append(job)
    from kitgen.documents.pdf.convert import convert

    converted = convert(stale, project.output_dir, workers, progress)
    return Printed(len(converted.made), same, tuple(kept), (*findings, *converted.problems))


def print_files(
    project: Project, paths: Iterable[str], progress: Progress | None = None, workers: Workers = None
) -> Printed:
    """Make the PDFs of single documents (paths below `output/`) as they lie there now, where they have none of that.

    Raises `KitgenError` for a path where no document of kitgen's making lies, and if there is no LibreOffice.
    """
    stale: list[Job] = []
    kept: list[Job] = []
    same = 0
    for path in paths:
        full = project.output_dir / path
        found = find_document(full)
        if found is None or found.record is None:
            what = said("there is no document of kitgen's making at this place")
            raise failure(what, Place(without_names(path)), said("`kitgen build` makes the documents"))
        job = Job(full, pdf_of(full), found.digest, without_names(path))
        state = state_of(job.target, job.source)
        same += state == "same"
        (kept if state == "kept" else stale if state != "same" else []).append(job)
    from kitgen.documents.pdf.convert import convert

    converted = convert(stale, project.output_dir, workers, progress)
    warnings = [
        Diagnostic(said("PDF was changed, or is not of kitgen's making, and is kept"), Place(job.shown),
                   said("move it elsewhere to have it made anew"), "warning")
        for job in kept
    ]  # fmt: skip
    return Printed(len(converted.made), same, tuple(kept), (*warnings, *converted.problems))


def print_event(project: Project, name: str, progress: Progress | None = None, workers: Workers = None) -> Printed:
    """Make the PDF of every document of an event as it lies there now, where it has none of that.

    Raises `KitgenError` if there is no such event, none of its documents, or no LibreOffice.
    """
    find_event(project, name)
    folder = f"{EVENTS_FOLDER}/{safe_name(name)}"
    paths = (f"{folder}/{path}" for path in find_documents(project.output_dir / folder))
    there = [path for path in paths if not is_set_aside(path) and _is_ours(project.output_dir / path)]
    if not there:
        what = said("event `{name}` has no documents yet", name=name)
        raise failure(what, Place(f"output/{folder}"), said("`kitgen build --event {name}` makes them", name=name))
    return print_files(project, there, progress, workers)


def _is_ours(path: Path) -> bool:
    found = find_document(path)
    return found is not None and found.record is not None


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has. Raises `KitgenError` if it cannot be read."""
    from kitgen.documents.pdf.join import count_pages

    return count_pages(pdf)


def write_page(job: Job, page: int, target: Path, title: str) -> None:
    """Write one page (from 1) of a document's PDF as a PDF of its own, sealed as a pack that holds the document."""
    from kitgen.documents.pdf.join import PackPart, join

    join([PackPart(job.target, title, job.source, only=page)], target, digest_values([job.source, page]), title)


def jobs_of(project: Project, documents: Iterable[DocumentStatus]) -> Iterator[Job]:
    """The PDFs that documents are to have: of each of ours at its place, and of the newer one beside an edited one."""
    for document in documents:
        for path in _files_of(project.output_dir, document):
            source = _digest_on_disk(project.output_dir, path, document)
            if source is not None:
                full = project.output_dir / path
                yield Job(full, pdf_of(full), source, without_names(path))


def newest_of(output: Path, document: DocumentStatus) -> str:
    """The path of the file that says what the document is to say: the newer one beside an edited one, if there is."""
    return _files_of(output, document)[-1]


def _files_of(output: Path, document: DocumentStatus) -> list[str]:
    newer = beside(document.path, NEWER)
    of_hands = document.state in KEPT_STATES
    return [document.path, newer] if of_hands and (output / newer).is_file() else [document.path]


def _digest_on_disk(output: Path, path: str, document: DocumentStatus) -> PartsDigest | None:
    """The digest of a document's parts as they lie there; None for a file that is not ours, and for none."""
    if document.form.typed_by is None and path == document.path:
        if document.write_to == path:
            return document.record.digest
        if document.found is not None:
            return document.found.digest if document.found.record is not None else None
    found = find_document(output / path)
    return found.digest if found is not None and found.record is not None else None

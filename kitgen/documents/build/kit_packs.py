"""`kitgen pack`: the packs of kits, one for each audience, and of events, one for each person, from data to PDF."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.errors import Diagnostic, Findings, Place
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.build.build import Built, build
from kitgen.documents.build.event_packs import event_orders
from kitgen.documents.build.packs import Packed, PackLine, PackOrder, make_packs
from kitgen.documents.build.pdfs import Printed, jobs_of, newest_of, print_documents
from kitgen.documents.disk.rooms import room_in
from kitgen.documents.disk.staleness import KEPT_STATES
from kitgen.documents.pdf.beside import pack_of, pdf_of
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.job import Job, Progress
from kitgen.documents.pdf.seal import NO_SOURCE
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import Selection
from kitgen.documents.work.crew import Workers, crew_of
from kitgen.kits.packs import Changed
from kitgen.kits.paths import without_names
from kitgen.model.audience import KEYS
from kitgen.model.body import CertificationBody
from kitgen.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class PackProgress:
    """Whoever is told how far each part of a run is: documents made and written, PDFs, packs."""

    rendering: Progress | None = None
    writing: Progress | None = None
    printing: Progress | None = None
    packing: Progress | None = None


NO_PROGRESS: Final = PackProgress()


@dataclass(frozen=True, slots=True)
class SinceDelivery:
    """Which documents are packed where only what changed since a delivery is; worked out once they are made."""

    delivery: int
    changed: Callable[[Sequence[DocumentStatus]], Changed]


@dataclass(frozen=True, slots=True)
class PackedKits:
    """A whole run: the documents made, their PDFs, the packs, and every problem of PDFs and packs."""

    built: Built
    printed: Printed
    packed: Packed
    problems: tuple[Diagnostic, ...]


def pack_kits(
    project: Project,
    selection: Selection,
    duplex: bool = False,
    workers: Workers = None,
    progress: PackProgress = NO_PROGRESS,
    since: SinceDelivery | None = None,
    in_one: bool = False,
    loaded: SharedInputs | None = None,
) -> PackedKits:
    """Make documents, PDFs and packs of kits or of an event, each where it is not what it would be now.

    `since`: only what changed since a delivery, in packs of their own. `in_one`: all packs of an event as one file for
    each moment, too, in the order they are printed. A document that cannot be printed keeps its pack, and no other,
    from being made. `loaded` is as for `status_of`. Raises `KitgenError` as `build` does.
    """
    built = build(project, selection, (), progress.writing, crew_of(workers), progress.rendering, loaded)
    printed = print_documents(project, built.run, workers, progress.printing)
    findings = Findings(list(printed.problems))
    documents = built.run.documents
    body, style = built.run.body, built.run.style
    _tell_of_edited(project, documents, findings)
    with room_in(project.output_dir) as folder:
        jobs = _jobs(project, documents, printed, folder, workers, findings)
        ready: list[PackOrder] = []
        if selection.event is None:
            orders = _kit_orders(project, body, documents, jobs)
        else:
            changed = (since.changed(documents), since.delivery) if since is not None else None
            orders = event_orders(project, body, documents, jobs, changed)
        for order in orders:
            if all(line.pdf.is_file() for line in order.lines):
                ready.append(order)
            else:
                place = Place(without_names(order.target.relative_to(project.output_dir).as_posix()))
                findings.error(said("pack is not made, since a document of it could not be printed"), place)
        packed = make_packs(project, style, ready, duplex, workers, progress.packing)
    findings.extend(packed.problems)
    if in_one and selection.event is not None and since is None:
        from kitgen.documents.build.print_order import make_print_orders

        ordered = make_print_orders(project, style, body, documents, duplex, workers)
        findings.extend(ordered.problems)
        packed = Packed((*packed.written, *ordered.written), packed.same + ordered.same, packed.problems)
    return PackedKits(built, printed, packed, tuple(findings))


def _tell_of_edited(project: Project, documents: Sequence[DocumentStatus], findings: Findings) -> None:
    for document in documents:
        if document.state in KEPT_STATES:
            held = newest_of(project.output_dir, document)
            what = said("as it was edited") if held == document.path else said("`{name}` instead", name=Path(held).name)
            findings.warning(
                said("document was edited by hand; its pack holds {what}", what=what),
                Place(without_names(document.path)),
            )


def _jobs(
    project: Project,
    documents: Sequence[DocumentStatus],
    printed: Printed,
    folder: Path,
    workers: Workers,
    findings: Findings,
) -> Mapping[Path, Job]:
    """The PDF of every document, by its path; where a PDF of another hand lies, one of our own, made in `folder`."""
    found = {job.document: job for job in jobs_of(project, documents)}
    own = [
        Job(job.document, folder / f"{number:04}.pdf", job.source, job.shown) for number, job in enumerate(printed.kept)
    ]
    problems = convert(own, project.output_dir, workers).problems
    findings.extend(problem for problem in problems if problem.severity == "error")
    return found | {job.document: job for job in own}


def _kit_orders(
    project: Project, body: CertificationBody, documents: Sequence[DocumentStatus], jobs: Mapping[Path, Job]
) -> Iterator[PackOrder]:
    """An order for each audience of each kit; documents stand by path, and so by official number."""
    folders: dict[str, list[DocumentStatus]] = {}
    for document in documents:
        folders.setdefault(document.path.rpartition("/")[0], []).append(document)
    for path, members in folders.items():
        folder = project.output_dir / path
        yield PackOrder(
            target=pack_of(folder),
            body=body,
            holder=folder.name.partition(" ")[2],
            facts=_facts(members[0].planned.kit.scheme, members[0].kit),
            lines=tuple(_line(project, document, jobs) for document in members),
            is_secret=members[0].form.audience in KEYS,
        )


def _facts(scheme: Scheme, kit: str) -> tuple[tuple[str, object], ...]:
    units = {unit.code: unit.title for unit in scheme.units}
    of = f"Unit {kit} {units[kit]}" if kit in units else f"Skema lengkap ({len(units)} unit kompetensi)"
    return ("Skema Sertifikasi", scheme.title), ("Nomor", scheme.number), ("Perangkat", of)


def _line(project: Project, document: DocumentStatus, jobs: Mapping[Path, Job]) -> PackLine:
    path, form = newest_of(project.output_dir, document), document.form
    file = project.output_dir / path
    job = jobs.get(file)
    pdf, source = (job.target, job.source) if job is not None else (pdf_of(file), NO_SOURCE)
    return PackLine(
        form.number, document.planned.code, form.title, document.record.serial, form.audience, pdf, source=source,
        is_loose=form.sides == "satu",
    )  # fmt: skip

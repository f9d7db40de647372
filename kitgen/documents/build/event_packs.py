"""The packs of an event: what each is made of, and which of them still hold what they are to hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kitgen.base.digests import Fingerprint, digest_values
from kitgen.base.holes import Blank
from kitgen.base.project import Project
from kitgen.documents.build.packs import NOT_OURS, PackLine, PackOrder
from kitgen.documents.build.pdfs import jobs_of, newest_of
from kitgen.documents.pdf.beside import find_packs, pdf_of, withdraw_packs
from kitgen.documents.pdf.job import Job
from kitgen.documents.pdf.seal import NO_SOURCE, SealSource
from kitgen.documents.status.judge import DocumentStatus
from kitgen.kits.kit import EventParts
from kitgen.kits.packs import (
    Changed,
    EventPack,
    in_print_order,
    only_changed,
    packs_of_event,
    print_order_path,
    words_of,
)
from kitgen.kits.paths import safe_name
from kitgen.model.body import CertificationBody
from kitgen.model.forms import EVENTS_FOLDER, MOMENT_FOLDERS, MOMENTS


@dataclass(frozen=True, slots=True)
class _Printable:
    """The documents of an event by their planned paths, and the PDFs they are to have by the paths of their files."""

    output: Path
    documents: Mapping[str, DocumentStatus]
    jobs: Mapping[Path, Job]

    def job(self, path: str) -> Job | None:
        """The PDF of a planned document, or of the newer one beside it; None for a file that is not ours."""
        return self.jobs.get(self.output / newest_of(self.output, self.documents[path]))


def event_orders(
    project: Project,
    body: CertificationBody,
    documents: Sequence[DocumentStatus],
    jobs: Mapping[Path, Job],
    since: tuple[Changed, int] | None = None,
) -> Iterator[PackOrder]:
    """An order for each pack of an event; `jobs` are the PDFs, by the paths of their documents.

    `since`: only of what changed since a delivery, and its number.
    """
    printable = _Printable(project.output_dir, {each.planned.path: each for each in documents}, jobs)
    packs = packs_of_event([each.planned for each in documents])
    for pack in packs if since is None else only_changed(packs, *since):
        yield PackOrder(
            target=folder_of(project, documents) / pack.path,
            body=body,
            holder=pack.holder,
            facts=tuple(_facts(pack)),
            lines=tuple(_lines(pack, printable)),
            is_secret=pack.is_secret,
        )


def withdraw_event_packs(project: Project, documents: Sequence[DocumentStatus], are_all: bool) -> None:
    """Take away the packs that hold a document as it is no more, or other documents than they are to hold.

    `documents` are those of a finished build; where they are only some of the event's (`are_all`), all packs go, since
    nobody can tell. Packs that people changed stay.
    """
    if not documents:
        return
    folder = folder_of(project, documents)
    packs = find_packs(folder)
    if not packs:
        return
    wanted = wanted_packs(project, documents) if are_all else {}
    current = {digest for held in wanted.values() for digest in held}
    withdraw_packs(folder, packs, wanted, project.output_dir, current)


def wanted_packs(project: Project, documents: Sequence[DocumentStatus]) -> dict[str, tuple[SealSource, ...]]:
    """What each pack is to hold, by its path in the event's folder: the digests of its documents, in order.

    `documents` are all of the event's.
    """
    jobs = {job.document: job for job in jobs_of(project, documents)}
    printable = _Printable(project.output_dir, {each.planned.path: each for each in documents}, jobs)
    wanted: dict[str, tuple[SealSource, ...]] = {}
    packs = packs_of_event([each.planned for each in documents])
    for pack in packs:
        found = (printable.job(each.path) for each in pack.documents)
        wanted[pack.path] = tuple(job.source if job is not None else NOT_OURS for job in found)
    for moment in MOMENTS:
        ordered = [pack.path for _, packs_of in in_print_order(packs, moment) for pack in packs_of]
        if ordered:
            wanted[print_order_path(moment)] = tuple(digest_of_pack(wanted[path]) for path in ordered)
    return wanted


def digest_of_pack(holds: Sequence[SealSource]) -> Fingerprint:
    """What stands for a pack in the seal of one that holds packs."""
    return digest_values(list(holds))


def folder_of(project: Project, documents: Sequence[DocumentStatus]) -> Path:
    """The folder of the event whose documents these are."""
    return project.output_dir / EVENTS_FOLDER / safe_name(documents[0].kit)


def _lines(pack: EventPack, printable: _Printable) -> Iterator[PackLine]:
    for section in pack.sections:
        for planned in section.documents:
            document, job = printable.documents[planned.path], printable.job(planned.path)
            path, form = newest_of(printable.output, document), planned.form
            yield PackLine(
                number=form.number,
                code=planned.code,
                title=form.title,
                serial=document.record.serial,
                audience=form.audience,
                pdf=job.target if job is not None else pdf_of(printable.output / path),
                section=section.title,
                source=job.source if job is not None else NO_SOURCE,
                is_loose=form.sides == "satu",
            )


def _facts(pack: EventPack) -> Iterator[tuple[str, object]]:
    """What the cover says of event and holder; what the workbook leaves open is left out."""
    kit = pack.documents[0].kit
    event = kit.event
    assert event is not None
    schedule = event.schedule
    yield "Skema Sertifikasi", kit.scheme.title
    yield "Nomor", kit.scheme.number
    if pack.moment is not None:
        yield "Saat Pakai", words_of(MOMENT_FOLDERS[pack.moment])
    told = [
        ("Kode Jadwal", schedule.facts.code),
        ("Pra-Asesmen", schedule.facts.pre_date),
        ("Tanggal Asesmen", schedule.facts.date),
        ("Waktu Asesmen", schedule.facts.time),
        ("TUK", schedule.venue.name),
        *_of_holder(pack, event),
    ]
    yield from ((label, text) for label, text in told if not isinstance(text, Blank))


def _of_holder(pack: EventPack, event: EventParts) -> Iterator[tuple[str, object]]:
    if pack.candidate is not None:
        assigned, assessor = event.assigned[pack.candidate.number], event.assessor_of(pack.candidate)
        if assessor is not None:
            yield "Asesor", assessor.person.name
        if assigned.paper:
            yield "Paket Soal", assigned.paper
        if assigned.scenarios:
            yield "Skenario", ", ".join(each.id for each in assigned.scenarios)
    elif pack.assessor is not None:
        yield "No. Registrasi", pack.assessor.person.registration
        yield "Banyaknya Asesi", sum(each.assessor == pack.assessor.number for each in event.taking_part)

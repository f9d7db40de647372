"""`kitgen event print`: how much of what is printed for an event, counted from the PDFs, and the list of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.errors import Diagnostic, KitgenError, Place, failure
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.documents.build.pdfs import newest_of, pages_of, print_documents
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.staleness import target_of
from kitgen.documents.pdf.beside import pdf_of
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.reports import PRINT_TEMPLATE, compiled_report, heading_of, render_sheet
from kitgen.documents.status.status import Selection, status_of
from kitgen.kits.packs import packs_of_event
from kitgen.kits.paths import safe_name
from kitgen.kits.print_list import print_groups
from kitgen.load.event.event import read_secret
from kitgen.model.forms import EVENTS_FOLDER, PACK_FOLDER
from kitgen.model.print_list import PrintSheet

LIST: Final = PurePosixPath(PRINT_TEMPLATE).stem


@dataclass(frozen=True, slots=True)
class Printable:
    """What came of a run: the list, where it was written, how many PDFs were made for it, and what is to be told."""

    sheet: PrintSheet
    path: str
    made: int
    problems: tuple[Diagnostic, ...]


def list_prints(
    project: Project, name: str, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Printable:
    """Count what an event takes to print and write the *Daftar Cetak* into its `Paket Cetak`.

    Pages are counted from the PDFs beside the documents; those that are not there yet are made. A list that a person
    edited is kept, the new one lies beside it. Raises `KitgenError` if documents are not what they would be now, or
    cannot be printed.
    """
    run = status_of(project, Selection(event=name), explain=False)
    folder = project.output_dir / EVENTS_FOLDER / safe_name(name)
    stale = sum(document.write_to is not None for document in run.documents)
    if stale or not run.documents:
        told = said("{documents} to be made before they can be counted", documents=counted(stale, "document"))
        raise failure(told, Place(project.shown(folder)), said("`kitgen build --event {name}`", name=name))
    printed = print_documents(project, run, workers, progress)
    if printed.failed:
        raise KitgenError(printed.problems)
    documents = run.documents
    kit = documents[0].planned.kit
    assert kit.event is not None
    groups = print_groups(packs_of_event([each.planned for each in documents]), _pages(project, documents))
    body, style = run.body, run.style
    form, stamp = heading_of(LIST)
    sheet = PrintSheet(
        form=form,
        stamp=stamp,
        body=body,
        scheme=kit.scheme,
        event=kit.event.schedule.facts,
        venue=kit.event.schedule.venue,
        groups=groups,
        packs=sum(each.packs for each in groups),
        copies=sum(each.copies for each in groups),
        pages=sum(each.pages for each in groups),
        sheets=sum(each.sheets for each in groups),
        thick=sum(each.thick for each in groups),
    )
    made = render_sheet(compiled_report(project, PRINT_TEMPLATE, style), sheet, LIST, read_secret(project, name))
    path = f"{EVENTS_FOLDER}/{safe_name(name)}/{PACK_FOLDER}/{LIST}.docx"
    target = target_of(path, made.record.digest, lambda each: find_document(project.output_dir / each))
    if target.path is not None:
        write_whole(project.output_dir / target.path, made.data)
    shown = project.shown(project.output_dir / target.claimed[-1])
    return Printable(sheet, shown, printed.made, (*run.warnings, *printed.problems))


def _pages(project: Project, documents: Sequence[DocumentStatus]) -> Mapping[str, int]:
    """The pages of every document, by its planned path."""
    return {each.planned.path: pages_of(_pdf(project.output_dir, each)) for each in documents}


def _pdf(output: Path, document: DocumentStatus) -> Path:
    return pdf_of(output / newest_of(output, document))

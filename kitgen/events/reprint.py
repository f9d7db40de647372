"""`kitgen event reprint`: one page of one document again, with the reason recorded."""

from pathlib import Path
from typing import Final

from kitgen.base.errors import KitgenError, Place, Refused, failure
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.documents.build.pdfs import jobs_of, newest_of, pages_of, print_files, write_page
from kitgen.documents.disk.files import write_whole
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.status import Selection, status_of
from kitgen.kits.packs import REPRINTS_FOLDER
from kitgen.kits.paths import safe_name
from kitgen.load.event.reprints_file import REPRINTS_NAME, load_reprints, reprints_text
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.model.reprints import Reprint

_LONGEST: Final = 200


def reprint_page(
    project: Project, name: str, serial: str, page: int, reason: str, copies: int = 1
) -> tuple[Reprint, Path]:
    """Write one page (from 1) of the document with this serial as a PDF of its own, and record why; gives both.

    Raises `KitgenError` if no document of the event has the serial now, or no such page; `Refused` without a reason.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST:
        raise Refused(said("give the reason, in at most {longest} signs and without names", longest=_LONGEST))
    document = _document_of(project, name, serial)
    printed = print_files(project, [newest_of(project.output_dir, document)])
    if printed.failed:
        raise KitgenError(printed.problems)
    job = list(jobs_of(project, [document]))[-1]
    pages = pages_of(job.target)
    if not 1 <= page <= pages:
        told = said("{code} has {pages}, not a page {page}", code=document.form.code, pages=counted(pages, "page"),
                    page=page)  # fmt: skip
        raise failure(told, Place(document.record.serial))
    home = project.event_file(name).parent
    shown = f"{project.events_dir.name}/{name}/{REPRINTS_NAME}"
    known = load_reprints(home / REPRINTS_NAME, shown)
    planned = document.planned
    made = Reprint(
        number=len(known) + 1,
        serial=document.record.serial,
        form=document.form.code,
        candidate=planned.candidate.number if planned.candidate is not None else None,
        assessor=planned.assessor.number if planned.assessor is not None else None,
        page=page,
        copies=copies,
        reason=reason,
    )
    folder = project.output_dir / EVENTS_FOLDER / safe_name(name) / REPRINTS_FOLDER
    target = folder / f"{made.number:02} {made.serial} halaman {page}.pdf"
    title = f"Cetak Ulang {made.serial} halaman {page}"
    write_page(job, page, target, title)
    write_whole(home / REPRINTS_NAME, reprints_text((*known, made)).encode())
    return made, target


def _document_of(project: Project, name: str, serial: str) -> DocumentStatus:
    """The document of the event that has this serial now, on disk as it would be made."""
    wanted = _letters(serial)
    found = next(
        (each for each in status_of(project, Selection(event=name), explain=False).documents
         if _letters(each.record.serial) == wanted and each.write_to is None), None,
    )  # fmt: skip
    if found is None:
        told = said("no document of the event has this Kode Dokumen now")
        raise failure(told, Place(safe_name(serial)), said("`kitgen explain {serial}` tells what became of it",
                                                          serial=safe_name(serial)))  # fmt: skip
    return found


def _letters(serial: str) -> str:
    return "".join(sign for sign in serial.upper() if sign.isalnum())

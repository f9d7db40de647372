"""Takes a workbook over that somebody filled elsewhere: an event's own, or its recap; nobody's work is written over.

What is no workbook of this event, as the file itself says, is refused.
"""

from pathlib import Path

from kitgen.base.errors import Findings, KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.document import find_document, find_documents, inspect
from kitgen.documents.disk.files import keep_copy, write_whole
from kitgen.documents.disk.staleness import KEPT, is_set_aside
from kitgen.events.workbook.copies import BEFORE
from kitgen.kits.paths import safe_name
from kitgen.load.event.event import event_names, find_event
from kitgen.load.event.facts import EventIdentity, read_identity
from kitgen.load.project_data import load_forms_of
from kitgen.load.sheets.opened_workbook import unreadable
from kitgen.load.sheets.workbook_grids import grids_of
from kitgen.model.forms import EVENTS_FOLDER

GIVEN = "(berkas)"
"""What a file somebody hands over is called in errors: its own name may be a person's."""


def take_workbook(project: Project, name: str, data: bytes) -> Path | None:
    """Let the workbook of an event be this one; gives the copy of the one before, None where it said the same.

    Raises `KitgenError` for what is no workbook of an event, is that of another one, and if the disk refuses.
    """
    target = find_event(project, name)
    before = target.read_bytes()
    if before == data:
        return None
    given = _identity(data, GIVEN)
    if given is None or not (given.scheme and given.edition):
        raise failure(
            said("this is no workbook of an event (no sheet Jadwal names scheme and edition); nothing was taken over"),
            Place(GIVEN),
            said("fetch the workbook of {name}, fill it in, save it as .xlsx, and hand that one over", name=name),
        )
    there = _identity(before, project.shown(target), is_damaged_fine=True)
    if there is not None and there.scheme and (given.scheme, given.edition) != (there.scheme, there.edition):
        raise failure(
            said("this workbook is of scheme {scheme} {edition}, and event {name} of {own}; nothing was taken over",
                 scheme=given.scheme, edition=given.edition, name=name, own=f"{there.scheme} {there.edition}"),
            Place(GIVEN),
            said("hand over the workbook of this event"),
        )  # fmt: skip
    other = _other_of_code(project, name, given, there)
    if other is not None:
        raise failure(
            said("this workbook has the code of event {other}; nothing was taken over", other=other),
            Place(GIVEN),
            said("hand it over there, or mend `Kode jadwal` in it"),
        )
    copy = keep_copy(target, BEFORE)
    write_whole(target, data)
    return copy


def take_recap(project: Project, name: str, data: bytes) -> Path | None:
    """Let the recap of an event be this one, into which results were typed; gives where the edited one before lies.

    None where nobody had typed into the one before. Raises `KitgenError` for what is no recap of this event, where
    there is none, and if the disk refuses.
    """
    find_event(project, name)
    target = find_recap(project, name)
    if target is None:
        raise failure(
            said("the recap is not there"),
            Place(f"{EVENTS_FOLDER}/{safe_name(name)}"),
            said("`kitgen build --event {name}` makes it", name=name),
        )
    if target.read_bytes() == data:
        return None
    there, given = find_document(target), inspect(data, GIVEN).record
    own = there.record if there is not None else None
    kit = own.kit if own is not None else name  # another program may have saved the one before without its record
    if given is None or given.kit != kit or given.form not in _recap_codes(project):
        raise failure(
            said("this is not the recap of event {name}, by what the file says of itself; nothing was taken over",
                 name=name),
            Place(GIVEN),
            said("fetch the recap of this event, type the results into it, save it with Excel or LibreOffice"),
        )  # fmt: skip
    copy = None if there is not None and there.is_ours else keep_copy(target, KEPT)
    write_whole(target, data)
    return copy


def find_recap(project: Project, name: str) -> Path | None:
    """The recap people type the results into, among the documents of an event; None before a build made it."""
    folder, begins = project.output_dir / EVENTS_FOLDER / safe_name(name), recap_begins(project)
    return next((folder / path for path in find_documents(folder) if is_recap(path, begins)), None)


def recap_begins(project: Project) -> tuple[str, ...]:
    """How the names of workbooks begin that results are typed into."""
    return tuple(f"{form.number} {form.code}".strip() for form in load_forms_of(project) if form.results)


def is_recap(path: str, begins: tuple[str, ...]) -> bool:
    """Whether a document of an event is its recap, and none that was set aside."""
    name = path.rpartition("/")[2]
    return bool(begins) and name.startswith(begins) and name.endswith(".xlsx") and not is_set_aside(path)


def _recap_codes(project: Project) -> set[str]:
    return {form.code for form in load_forms_of(project) if form.results}


def _identity(data: bytes, shown: str, is_damaged_fine: bool = False) -> EventIdentity | None:
    """What a workbook says it is of; None where it says nothing. Raises `KitgenError` for what is no workbook."""
    findings = Findings()
    grids = grids_of(data, shown, findings)
    if not grids and is_damaged_fine:
        return None
    if not grids:
        raise KitgenError(findings.errors) if findings.errors else unreadable(shown)
    return read_identity(grids)


def _other_of_code(project: Project, name: str, given: EventIdentity, there: EventIdentity | None) -> str | None:
    """Another event of the project whose code this workbook has, where this one's is another."""
    if not given.code or (there is not None and there.code == given.code):
        return None
    for other in event_names(project):
        if other != name:
            known = _identity(project.event_file(other).read_bytes(), other, is_damaged_fine=True)
            if known is not None and known.code == given.code:
                return other
    return None

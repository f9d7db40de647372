"""`kitgen event deliver`: a zip of finished documents for each audience and assessor, and the record of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.digests import keyed
from kitgen.base.errors import Diagnostic, Findings, Place, failure
from kitgen.base.messages import Message, agreeing, counted, said
from kitgen.base.project import Project
from kitgen.documents.build.event_packs import wanted_packs
from kitgen.documents.build.keep import kept_now
from kitgen.documents.build.pdfs import newest_of
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.files import ASIDE, remove_file, write_whole
from kitgen.documents.disk.locked import GUIDE, GUIDE_NAME
from kitgen.documents.disk.zips import is_our_bundle
from kitgen.documents.kept.keep import write_kept
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.status import RunStatus, Selection, status_of
from kitgen.events.handover.parcel_zips import ParcelZips, files_of
from kitgen.events.handover.parcels import DeliverableDocument, Parcel, gone, holders_of, outgoing, parcels
from kitgen.kits.kit import EventParts
from kitgen.kits.paths import safe_name
from kitgen.load.event.assignment_file import ASSIGNMENT_NAME, assignments_text
from kitgen.load.event.event import read_secret
from kitgen.load.event.handover_record import RECORD_NAME, handovers_of, handovers_text, record_file
from kitgen.model.audience import AUDIENCE_FACTS
from kitgen.model.event import RecordedAssignment
from kitgen.model.forms import EVENTS_FOLDER, HANDOVER_FOLDER, UNFINISHED_NOTE, Form
from kitgen.model.handover import Delivery, HandedZip

_NOTE_TEXT: Final = "Penyerahan ini belum selesai dibuat. Jangan diserahkan; jalankan lagi `kitgen event deliver`.\n"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a run: the delivery (None: nothing is new), the folder it lies in, and what is to be told."""

    delivery: Delivery | None
    folder: str
    problems: tuple[Diagnostic, ...]


def deliver(
    project: Project,
    name: str,
    spare: int = 0,
    passphrase: Callable[[], str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Delivered:
    """Hand the documents of an event over: all of them the first time, later what is new or changed since.

    `spare` copies more of what candidates share. What the documents were made with is kept from the first time on: they
    are made with it until a person asks for other templates. With a `passphrase` (asked for only if something goes out)
    the zips are locked, and a guide that says how they are opened lies beside them. The record is written last: a run
    that was killed handed nothing over, and left a note in its folder that says so. Raises `KitgenError` if a document
    is not what it would be now, with how many there are, and if a delivery lies there that the record does not know.
    """
    run = status_of(project, Selection(event=name), explain=False)
    _refuse_stale(run, name)
    record = handovers_of(project, name)
    folder = project.output_dir / EVENTS_FOLDER / safe_name(name)
    findings = Findings(list(run.warnings))
    if not run.documents:
        raise failure(
            said("the event has no document yet"),
            Place(project.shown(folder)),
            said("`kitgen build --event {name}`", name=name),
        )
    kit = run.documents[0].planned.kit
    parts = kit.event
    assert parts is not None
    secret = read_secret(project, name)
    deliverable = [_deliverable(project, document, folder, secret, findings) for document in run.documents]
    all_parcels = parcels(deliverable, parts, holders_of(parts, secret))
    _refuse_leaks(all_parcels)
    going = [outgoing(parcel, record, spare) for parcel in all_parcels] + gone(all_parcels, record)
    going = [each for each in going if not each.is_nothing]
    for done in record:  # of a run killed after it was recorded
        (folder / HANDOVER_FOLDER / f"{done.number:02}" / UNFINISHED_NOTE).unlink(missing_ok=True)
    target = folder / HANDOVER_FOLDER / f"{len(record) + 1:02}"
    if not going:
        return Delivered(None, "", tuple(findings))
    packs = wanted_packs(project, run.documents)
    locked_with = passphrase() if passphrase is not None else ""
    path = f"{EVENTS_FOLDER}/{safe_name(name)}"
    forms = run.folders[path].forms
    zips_of = ParcelZips(project, run, kit, parts, secret, len(record) + 1, packs, forms, locked_with)
    _refuse_unknown(target.parent, len(record))
    _make_room(target, {file for each in going for file in files_of(each.parcel)})
    write_whole(target / UNFINISHED_NOTE, _NOTE_TEXT.encode())
    if locked_with:
        write_whole(target / GUIDE_NAME, GUIDE.replace("\n", "\r\n").encode("utf-8-sig"))
    zips: list[HandedZip] = []
    for number, each in enumerate(going, 1):
        zips.append(zips_of.hand_over(each, folder, target, findings))
        if progress is not None:
            progress(number, len(going))
    delivery = Delivery(len(record) + 1, tuple(zips))
    write_kept(record_file(project, name).parent, kept_now(run, path), secret)
    _record_assignments(project, name, parts)
    write_whole(record_file(project, name), handovers_text((*record, delivery)).encode())
    (target / UNFINISHED_NOTE).unlink()
    return Delivered(delivery, project.shown(target), tuple(findings))


def _record_assignments(project: Project, name: str, parts: EventParts) -> None:
    """What everybody has now stays theirs; of an event of kitgen 0.1 nothing is recorded, its rule stays in force.

    Nothing is recorded of those who withdrew before: their places in the timetable are nobody's.
    """
    if parts.schedule.is_as_before:
        return
    present = {each.number for each in parts.schedule.candidates if each.status == "ikut"}
    now = {
        number: RecordedAssignment(each.paper, tuple(scenario.id for scenario in each.scenarios))
        for number, each in parts.assigned.items()
        if number in present
    }
    path = record_file(project, name).with_name(ASSIGNMENT_NAME)
    write_whole(path, assignments_text({**parts.schedule.recorded, **now}).encode())


def _refuse_stale(run: RunStatus, name: str) -> None:
    """What is handed over must be what it would be now, as a plan would show it."""
    stale = sum(document.write_to is not None for document in run.documents)
    orphans = sum(not orphan.is_edited for orphan in run.orphans)
    if stale or orphans:
        more = (
            said(
                ", and {files} to no document any more",
                files=counted(orphans, "file belongs", "files belong"),
            )
            if orphans
            else ""
        )
        documents = counted(len(run.documents), "document")
        text = agreeing(
            stale,
            said("{stale} of {documents} is not what it would be now{more}; nothing was handed over"),
            said("{stale} of {documents} are not what they would be now{more}; nothing was handed over"),
        )
        raise failure(
            text.about(stale=stale, documents=documents, more=more),
            Place(f"output/{EVENTS_FOLDER}/{safe_name(name)}"),
            said("`kitgen build --event {name}`, then deliver", name=name),
        )


def _deliverable(
    project: Project, document: DocumentStatus, folder: Path, secret: bytes, findings: Findings
) -> DeliverableDocument:
    """A document as it lies there, or the newer one beside it where that is what it is to say."""
    path = newest_of(project.output_dir, document)
    found = document.found if path == document.path else find_document(project.output_dir / path)
    if found is None or found.record is None:
        told = said(
            "{code}, {whose}: what lies there was not made by kitgen", code=document.form.code, whose=_whose(document)
        )
        raise failure(told, Place(f"output/{EVENTS_FOLDER}"), said("move it elsewhere and build again"))
    if document.state in ("edited", "foreign"):
        what = said("as it was edited") if path == document.path else said("the newer one beside it")
        findings.warning(
            said(
                "{code}, {whose}: edited by hand; handed over is {what}",
                code=document.form.code,
                whose=_whose(document),
                what=what,
            ),
            Place(f"output/{EVENTS_FOLDER}"),
            said("`kitgen plan` shows where it lies"),
        )
    shown = (project.output_dir / path).relative_to(folder).as_posix()
    return DeliverableDocument(
        shown, document.planned, found.record.serial, keyed(found.digest, secret), found.is_edited
    )


def _whose(document: DocumentStatus) -> Message:
    planned = document.planned
    if planned.candidate is not None:
        return said("candidate {number}", number=planned.candidate.number)
    if planned.assessor is not None:
        return said("assessor {number}", number=planned.assessor.number)
    return said("shared")


def _may_go(form: Form, parcel: Parcel) -> bool:
    """Whether a form is for whom a parcel is for; what is private of a candidate goes to their assessor."""
    return form.audience == parcel.audience or (form.is_private and AUDIENCE_FACTS[parcel.audience].keeps_private)


def _refuse_leaks(all_parcels: Sequence[Parcel]) -> None:
    """No parcel holds what its audience must not hold; folders see to that, and this looks at it again."""
    for parcel in all_parcels:
        codes = {each.planned.form.code for each in parcel.documents if not _may_go(each.planned.form, parcel)}
        if codes:
            raise failure(
                said(
                    "{codes} must not be handed to whom `{folder}` is for",
                    codes=", ".join(sorted(codes)),
                    folder=parcel.folder,
                )
            )


def _make_room(target: Path, wanted: set[str]) -> None:
    """Take away what a killed run left; a file that is not ours is somebody's, and stops the run."""
    if not target.is_dir():
        return
    strangers = [path for path in sorted(target.iterdir()) if not _is_ours(path)]
    if strangers:
        told = said(
            "{strangers} where this delivery goes that kitgen did not make",
            strangers=counted(len(strangers), "file lies", "files lie"),
        )
        raise failure(told, Place(f"{HANDOVER_FOLDER}/{target.name}"), said("move them elsewhere"))
    for path in target.iterdir():
        if path.name not in {*wanted, UNFINISHED_NOTE}:
            remove_file(path)


def _refuse_unknown(folder: Path, known: int) -> None:
    """A whole delivery after those of the record went out, and the record of it is lost, or an older one lies there."""
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        is_later = each.name.isascii() and each.name.isdecimal() and int(each.name) > known and each.is_dir()
        if is_later and not (each / UNFINISHED_NOTE).is_file() and any(map(_is_ours, each.iterdir())):
            told = said(
                "a delivery lies here that the record ({record_name}) does not know; nothing was handed over",
                record_name=RECORD_NAME,
            )
            raise failure(
                told,
                Place(f"{HANDOVER_FOLDER}/{each.name}"),
                said(
                    "put the record back from a copy; if there is none, move the folder elsewhere: then all "
                    "of it is handed over again"
                ),
            )


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    if path.name in (UNFINISHED_NOTE, GUIDE_NAME) or path.name.startswith(ASIDE):
        return True
    if path.suffix == ".zip":
        return is_our_bundle(path)
    found = find_document(path)
    return found is not None and found.is_ours

"""`kitgen event deliver`: a zip of finished documents for each audience and assessor, and the record of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kitgen.assessment import Assessed, Assessment, Selection, assess
from kitgen.errors import Diagnostic, Findings, Place, failure
from kitgen.event_secret import read_secret
from kitgen.fingerprint import digest, keyed
from kitgen.handover import Lying, Parcel, gone, outgoing, parcels
from kitgen.load.handovers import RECORD_NAME, handovers_text, load_handovers
from kitgen.model.forms import EVENTS_FOLDER, HANDOVER_FOLDER
from kitgen.model.handover import Delivery, HandoverRecord
from kitgen.output import find_document, remove_file, write_whole
from kitgen.parcel_zips import ParcelZips, files_of
from kitgen.paths import safe_name
from kitgen.printing import newest_of
from kitgen.project import Project
from kitgen.publish.bundle import is_our_bundle


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a run: the delivery (None: nothing is new), the folder it lies in, and what is to be told."""

    delivery: Delivery | None
    folder: str
    problems: tuple[Diagnostic, ...]


def record_file(project: Project, name: str) -> Path:
    """Where the record of an event's deliveries lies."""
    return project.event_file(name).with_name(RECORD_NAME)


def handovers_of(project: Project, name: str) -> HandoverRecord:
    """What was handed over of an event, by its record; of one that was purged, too.

    Raises `KitgenError` if the record is damaged.
    """
    path = record_file(project, name)
    return load_handovers(path, project.shown(path))


def recorded_events(project: Project) -> list[str]:
    """The events that have a record of deliveries, also those whose workbook was purged."""
    if not project.events_dir.is_dir():
        return []
    return sorted(path.name for path in project.events_dir.iterdir() if record_file(project, path.name).is_file())


def deliver(project: Project, name: str, spare: int = 0) -> Delivered:
    """Hand the documents of an event over: all of them the first time, later what is new or changed since.

    `spare` copies more of what candidates share. The record is written last: a run that was killed handed nothing over.
    Raises `KitgenError` if a document is not what it would be now, with how many there are.
    """
    assessment = assess(project, Selection(event=name), explain=False)
    _refuse_stale(assessment, name)
    record = handovers_of(project, name)
    folder = project.output_dir / EVENTS_FOLDER / safe_name(name)
    findings = Findings(list(assessment.warnings))
    if not assessment.documents:
        raise failure("the event has no document yet", Place(project.shown(folder)), f"`kitgen build --event {name}`")
    kit = assessment.documents[0].planned.kit
    parts = kit.event
    assert parts is not None
    secret = read_secret(project, name)
    lying = [_lying(project, document, folder, secret, findings) for document in assessment.documents]
    holders = {each.number: keyed(digest(str(each.person.name).encode()), secret) for each in parts.schedule.assessors}
    all_parcels = parcels(lying, parts, holders)
    _refuse_leaks(all_parcels)
    going = [outgoing(parcel, record, spare) for parcel in all_parcels] + gone(all_parcels, record)
    going = [each for each in going if not each.is_nothing]
    target = folder / HANDOVER_FOLDER / f"{len(record) + 1:02}"
    if not going:
        return Delivered(None, "", tuple(findings))
    zips_of = ParcelZips(project, kit, parts, secret, len(record) + 1)
    _make_room(target, {file for each in going for file in files_of(each.parcel)})
    zips = tuple(zips_of.hand_over(each, folder, target, findings) for each in going)
    delivery = Delivery(len(record) + 1, zips)
    write_whole(record_file(project, name), handovers_text((*record, delivery)).encode())
    return Delivered(delivery, project.shown(target), tuple(findings))


def _refuse_stale(assessment: Assessment, name: str) -> None:
    """What is handed over must be what it would be now, as a plan would show it."""
    stale = sum(document.write_to is not None for document in assessment.documents)
    orphans = sum(not orphan.is_edited for orphan in assessment.orphans)
    if stale or orphans:
        more = f", and {orphans} files belong to no document any more" if orphans else ""
        raise failure(
            f"{stale} of {len(assessment.documents)} documents are not what they would be now{more}; "
            "nothing was handed over", Place(f"output/{EVENTS_FOLDER}/{safe_name(name)}"),
            f"`kitgen build --event {name}`, then deliver",
        )  # fmt: skip


def _lying(project: Project, document: Assessed, folder: Path, secret: bytes, findings: Findings) -> Lying:
    """A document as it lies there, or the newer one beside it where that is what it is to say."""
    path = newest_of(project.output_dir, document)
    found = document.found if path == document.path else find_document(project.output_dir / path)
    if found is None or found.record is None:
        told = f"{document.form.code}, {_whose(document)}: what lies there was not made by kitgen"
        raise failure(told, Place(f"output/{EVENTS_FOLDER}"), "move it elsewhere and build again")
    if document.state in ("edited", "foreign"):
        what = "as it was edited" if path == document.path else "the newer one beside it"
        findings.warning(f"{document.form.code}, {_whose(document)}: edited by hand; handed over is {what}",
                         Place(f"output/{EVENTS_FOLDER}"), "`kitgen plan` shows where it lies")  # fmt: skip
    shown = (project.output_dir / path).relative_to(folder).as_posix()
    return Lying(shown, document.planned, found.record.serial, keyed(found.digest, secret), found.is_edited)


def _whose(document: Assessed) -> str:
    planned = document.planned
    if planned.candidate is not None:
        return f"candidate {planned.candidate.number}"
    return f"assessor {planned.assessor.number}" if planned.assessor is not None else "shared"


def _refuse_leaks(all_parcels: Sequence[Parcel]) -> None:
    """No parcel holds what its audience must not hold; folders see to that, and this looks at it again."""
    for parcel in all_parcels:
        codes = {each.planned.form.code for each in parcel.documents if each.planned.form.audience != parcel.audience}
        if codes:
            raise failure(f"{', '.join(sorted(codes))} must not be handed to whom `{parcel.folder}` is for")


def _make_room(target: Path, wanted: set[str]) -> None:
    """Take away what a killed run left; a file that is not ours is somebody's, and stops the run."""
    if not target.is_dir():
        return
    strangers = [path for path in sorted(target.iterdir()) if not _is_ours(path)]
    if strangers:
        told = f"{len(strangers)} files lie where this delivery goes that kitgen did not make"
        raise failure(told, Place(f"{HANDOVER_FOLDER}/{target.name}"), "move them elsewhere")
    for path in target.iterdir():
        if path.name not in wanted:
            remove_file(path)


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    if path.suffix == ".zip":
        return is_our_bundle(path)
    found = find_document(path)
    return path.name.startswith(".kitgen-") or (found is not None and found.is_ours)

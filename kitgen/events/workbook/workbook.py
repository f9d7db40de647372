"""Events: the workbook of a new one, and what is odd about one that people filled in, as notes in its cells too."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from kitgen.base.digests import NO_SERIAL, digest, digest_parts
from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, WrongUsage, failure
from kitgen.base.free_names import first_free
from kitgen.base.language import in_indonesian
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.document import find_document, record_properties
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.staleness import Record, beside
from kitgen.events.workbook.copies import NOTED
from kitgen.events.workbook.retake import retake_lines, retake_rows
from kitgen.events.workbook.sample import Row, sample_assessors, sample_candidates, sample_event
from kitgen.kits.paths import safe_name
from kitgen.load.event.choices import EditionChoices
from kitgen.load.event.event import PURGED, Kinds, check_event, edition_choices, event_names
from kitgen.load.event.handover_record import record_file, recorded_events
from kitgen.load.event.schedule import LIST_NAMES
from kitgen.load.forms import load_forms
from kitgen.load.locate import find_editions
from kitgen.load.sheets.grid import CellPlace
from kitgen.model.event import AssessmentEvent

_LONGEST_NAME: Final = 40
_NAME: Final = re.compile(r"[^\W_](?:[\w .-]*[^\W_])?")


def new_event(
    project: Project,
    name: str,
    scheme: str | None = None,
    edition: str | None = None,
    candidates: int = 10,
    is_sample: bool = False,
    retake_of: str = "",
) -> Path:
    """Write the workbook of a new event, pinned to an edition, and give its path; with made-up people if asked for.

    `retake_of`: an event whose candidates who are not yet competent are assessed anew: they stand in it already.

    Raises `WrongUsage` for a name no folder can have and if the scheme must be named, `KitgenError` if it exists.
    """
    from kitgen.events.workbook.sheets import event_sheets
    from kitgen.render.made.workbook import workbook_bytes

    _refuse_name(name)
    findings = Findings()
    kinds = cache(lambda: load_forms(project, findings).kinds)
    before = _before(project, retake_of, kinds) if retake_of else None
    if before is not None:
        scheme, edition = before.scheme, edition or before.edition
    editions = find_editions(project, scheme, edition)
    if len(editions) > 1:
        slugs = ", ".join(slug for slug, _ in editions)
        raise WrongUsage(said("there is more than one scheme; name the event's with --scheme: {slugs}", slugs=slugs))
    pinned = editions[0]
    path = project.event_file(name)
    _refuse_taken(project, name)
    choices = edition_choices(project, pinned, findings, kinds)
    findings.stop_on_errors()
    event: Row = {
        "most_candidates": 10,
        **(sample_event() if is_sample else {}),
        "scheme": pinned.slug,
        "edition": pinned.name,
    }
    people = (sample_assessors(), sample_candidates()) if is_sample else ([], [])
    if before is not None:
        event, people = {**event, **retake_lines(before)}, ([], retake_rows(before))
    write_whole(path, workbook_bytes(event_sheets(event, *people, candidates, choices or EditionChoices((), {}))))
    return path


def _before(project: Project, name: str, kinds: Kinds) -> AssessmentEvent:
    """The event whose candidates are assessed anew. Raises `KitgenError` if it cannot be read, or nobody is to be."""
    checked = check_event(project, name, kinds=kinds)
    if checked.schedule is None:
        raise KitgenError(checked.findings)
    if not retake_rows(checked.schedule):
        raise failure(
            said("nobody of event {name} is to be assessed anew: BK was decided of nobody", name=name),
            Place(project.shown(project.event_file(name))),
            said("read the results first: `kitgen event results {name}`", name=name),
        )
    return checked.schedule


def _refuse_name(name: str) -> None:
    """A name must be the same folder on every system."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or safe_name(name) != name:
        raise WrongUsage(
            said(
                "the name cannot be that of a folder; use up to {longest_name} letters, digits, blanks, "
                "`.`, `_` and `-`, for instance jadwal-2026-03",
                longest_name=_LONGEST_NAME,
            )
        )


def _refuse_taken(project: Project, name: str) -> None:
    """One name, one event; the record of one that was purged would be taken for that of the new one."""

    def called_so(names: Iterable[str]) -> str | None:
        return next((other for other in names if other.casefold() == name.casefold()), None)

    if (taken := called_so(event_names(project))) is not None:
        raise failure(
            said("an event of this name is there already; nothing was written"),
            Place(project.shown(project.event_file(taken))),
            said("choose another name"),
        )
    if (purged := called_so(recorded_events(project))) is not None:
        record = project.shown(record_file(project, purged))
        raise failure(
            PURGED.about(name=purged),
            Place(record),
            said(
                "choose another name, or move {record} to a safe place first: it alone says who holds which sheet",
                record=record,
            ),
        )
    folder = project.event_file(name).parent
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise failure(
            said("a folder of this name is there already, without a workbook; nothing was written"),
            Place(project.shown(folder)),
            said("choose another name"),
        )


def annotate(project: Project, path: Path, findings: Iterable[Diagnostic]) -> list[Path]:
    """Write a copy of each faulty workbook beside it, with notes in its faulty cells; gives the copies.

    A copy made before is replaced, unless someone worked in it: then the new one is called otherwise.
    """
    from kitgen.render.made.notes import sealed, with_notes
    from kitgen.render.made.workbook import pack_workbook

    notes = _notes_of(findings)
    copies: list[Path] = []
    for file in (path, path.with_name(LIST_NAMES[0])):
        cells = notes.get(project.shown(file))
        if cells is not None:
            parts = with_notes(file.read_bytes(), cells, project.shown(file))
            made = digest_parts({name: digest(content) for name, content in parts.items()})
            copies.append(_free_name(file))
            write_whole(copies[-1], pack_workbook(sealed(parts, record_properties(Record(made, "", "", NO_SERIAL)))))
    return copies


def _notes_of(findings: Iterable[Diagnostic]) -> dict[str, dict[tuple[str, str], str]]:
    """What to write into each cell (sheet, address) of each file."""
    notes: dict[str, dict[tuple[str, str], str]] = {}
    for diagnostic in findings:
        place = diagnostic.place
        if isinstance(place, CellPlace) and place.sheet:
            cells = notes.setdefault(place.file, {})
            parts = (diagnostic.message, diagnostic.help)
            text = "\n".join(_as_note(part) for part in parts if part)
            key = (place.sheet, place.cell)
            cells[key] = f"{cells[key]}\n\n{text}" if key in cells else text
    return notes


def _as_note(text: str) -> str:
    """A sentence in the language of those who fill the workbook."""
    note = in_indonesian(text)
    return note[:1].upper() + note[1:]


def _free_name(file: Path) -> Path:
    """The name of a copy with notes: the first that is free, or taken by one nobody worked in."""

    def is_somebodys(copy: Path) -> bool:
        found = find_document(copy)
        return found is not None and not found.is_ours

    named = file.as_posix()
    return first_free(lambda number: Path(beside(named, NOTED, number)), is_somebodys, file.parent.name)

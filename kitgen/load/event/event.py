"""Finds the events of a project and reads one: its workbook, what its edition offers, its secret."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kitgen.base.dates import read_date
from kitgen.base.errors import Findings, Place, failure
from kitgen.base.messages import counted, said
from kitgen.base.project import EditionName, Project
from kitgen.kits.kit import Kit, kit_plan
from kitgen.kits.paths import safe_name
from kitgen.load.edition.edition import load_edition
from kitgen.load.event.choices import EditionChoices
from kitgen.load.event.handover_record import record_file, recorded_events
from kitgen.load.event.retakes import EarlierEvent, given_in
from kitgen.load.event.schedule import load_schedule
from kitgen.load.event.secret import SECRET_NAME, load_secret
from kitgen.load.forms import load_forms
from kitgen.load.locate import no_event
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent
from kitgen.model.methods import InstrumentKind

PURGED: Final = said("event `{name}` was purged; the record of what was handed over is kept")


_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")


Kinds = Callable[[], tuple[InstrumentKind, ...]]
"""Gives the instruments of FR.MAPA.02 there are."""


@dataclass(frozen=True, slots=True)
class CheckedEvent:
    """Hasil periksa jadwal: the event, if there is one in the workbook, and every problem of it."""

    schedule: AssessmentEvent | None
    findings: Findings
    kit: Kit | None = None
    """Its kit, of the edition it is pinned to, where there is one."""


def event_names(project: Project) -> list[str]:
    """The events of a project: the folders that hold a workbook."""
    if not project.events_dir.is_dir():
        return []
    return sorted(path.name for path in project.events_dir.iterdir() if project.event_file(path.name).is_file())


def edition_choices(
    project: Project, edition: EditionName, findings: Findings, kinds: Kinds | None = None
) -> EditionChoices | None:
    """The papers and scenarios an edition offers, or None if there is no such edition; what is wrong in it is noted.

    `kinds` gives the instruments of FR.MAPA.02 there are, for a caller who has or reads them.
    """
    if not _is_edition(project, edition):
        return None
    known = kinds() if kinds is not None else load_forms(project, findings).kinds
    found = load_edition(project, edition, known, findings)
    return choices_of(found) if found is not None else None


def choices_of(edition: Edition) -> EditionChoices:
    """The papers an edition draws, its scenarios, and what may be agreed with candidates."""
    letters = sorted({letter for draw in edition.blueprint.draws.values() for letter in draw.letters})
    titles = {scenario.id: scenario.title for scenario in edition.scenarios}
    whole = kit_plan(edition.plan, edition.blueprint, "scheme")
    return EditionChoices(tuple(letters), titles, edition.scenarios, edition.scheme.clusters, whole, edition)


def _is_edition(project: Project, edition: EditionName) -> bool:
    """Both names come from a cell: only the very names of folders are taken, so that none leads elsewhere."""
    is_plain = safe_name(edition.slug) == edition.slug and safe_name(edition.name) == edition.name
    return is_plain and project.scheme_file(edition).is_file()


def find_event(project: Project, name: str) -> Path:
    """The workbook of an event. Raises `KitgenError` if there is none of this name, or it was purged."""
    names = event_names(project)
    if name not in names and name in recorded_events(project):
        raise failure(
            PURGED.about(name=name),
            Place(project.shown(record_file(project, name))),
            said(
                "`kitgen explain SERIAL` tells where copies went; `kitgen event new` with another name "
                "makes a new event"
            ),
        )
    if name not in names:
        _refuse_other_file(project, name)
        raise no_event(project, name, names, said("`kitgen event new` makes one"))
    return project.event_file(name)


def _refuse_other_file(project: Project, name: str) -> None:
    """Raises `KitgenError` for the folder of an event whose workbook is called otherwise, or is of another kind."""
    workbook = project.event_file(name)
    if safe_name(name) != name or not workbook.parent.is_dir():
        return
    place = Place(project.shown(workbook.parent))
    others = [path.name for path in sorted(workbook.parent.iterdir())
              if path.is_file() and path.suffix.casefold() in _WORKBOOKS and path.name[0] not in ".~"]  # fmt: skip
    if workbook.exists():
        raise failure(said("`{name}` is no file", name=workbook.name), place, said("put the workbook there"))
    if others:
        raise failure(
            said("the folder of the event has no {wanted}, but {others}", wanted=workbook.name,
                 others=", ".join(f"`{other}`" for other in others)),
            place,
            said("open it in Excel and save it as {wanted}", wanted=workbook.name),
        )  # fmt: skip


def check_event(
    project: Project,
    name: str,
    load: Callable[[EditionName], EditionChoices] | None = None,
    after: tuple[str, ...] = (),
    kinds: Kinds | None = None,
) -> CheckedEvent:
    """Read an event and tell everything that is odd about it. Raises `KitgenError` if there is no such event.

    `load` gives the choices of an edition that is there, for a caller who needs all of it anyway; `after` are the
    events that assess anew whom this one assessed; `kinds` is as for `edition_choices`.
    """
    path = find_event(project, name)
    findings = Findings()
    broken = Findings()  # of the edition, which `kitgen check` tells
    known = kinds or cache(lambda: load_forms(project, broken).kinds)

    def choices(edition: EditionName) -> EditionChoices | None:
        if load is not None and _is_edition(project, edition):
            return load(edition)
        return edition_choices(project, edition, broken, known)

    def earlier(first: str) -> EarlierEvent | None:
        return _earlier_event(project, first, (*after, name), known)

    schedule, kit = load_schedule(path, project.shown, choices, findings, earlier)
    if broken.errors:
        own = counted(len(broken.errors), "problem")
        findings.error(
            said("the edition of the event has {own} of its own", own=own),
            Place("scheme"),
            said("`kitgen check` tells them"),
        )
    return CheckedEvent(schedule, findings, kit)


def _earlier_event(project: Project, name: str, after: tuple[str, ...], kinds: Kinds) -> EarlierEvent | None:
    """The event before those in `after`, with what everyone was given in it; None if there is none that can be read."""
    if name in after or name not in event_names(project):
        return None
    schedule = check_event(project, name, after=after, kinds=kinds).schedule
    if schedule is None:
        return None
    choices = edition_choices(project, schedule.pinned_to, Findings(), kinds)
    if choices is None:
        return None
    decided = schedule.facts.decision_date
    day = read_date(decided).day if isinstance(decided, str) else None
    return EarlierEvent(schedule, given_in(schedule, choices), day)


def read_secret(project: Project, name: str) -> bytes:
    """The secret of an event; none (an empty one) before its first build made it.

    Raises `KitgenError` if it is there and cannot be read: with another one every page would get another serial.
    """
    path = secret_file(project, name)
    return load_secret(path, project.shown(path))


def secret_file(project: Project, name: str) -> Path:
    """Where the secret of an event lies: beside its workbook, so that whoever copies the folder copies it too."""
    return find_event(project, name).with_name(SECRET_NAME)

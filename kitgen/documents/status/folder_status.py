"""What the documents of one folder are made with, and which of a release or delivery stay though they are not planned.

A later kitgen may plan other documents of the same data: fewer papers for a candidate, a sheet more. Nobody asked for
that, so what was released or delivered keeps its documents, all of them and no others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from kitgen.base.digests import Serial
from kitgen.documents.disk.history import History, told_as
from kitgen.documents.disk.staleness import Record
from kitgen.documents.kept.made_with import MadeWith
from kitgen.kits.kit import Kit
from kitgen.kits.plan import PlannedDocument
from kitgen.model.body import PageStyle
from kitgen.model.forms import Form
from kitgen.model.manifest import Reads

_OF_PEOPLE: Final = ("asesi ", "asesor ")


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """Keadaan satu folder: what its documents are made with, and what their templates read.

    `state` is the digest of all data they are made of (empty for a draft); `is_unchanged`: they are as when they were
    kept. `held` are documents, by name with their serial, that this kitgen would not plan any more though nobody
    changed the data; `left_out` those it would plan besides. Both stay as they are.
    """

    made_with: MadeWith
    forms: tuple[Form, ...]
    style: PageStyle
    reads: Reads
    state: str
    is_unchanged: bool = False
    held: Mapping[str, Serial] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def held_against(
    status: FolderStatus, planned: Sequence[PlannedDocument], kits: Sequence[Kit], read: Callable[[], History]
) -> FolderStatus:
    """What of a release or delivery this kitgen plans otherwise though nobody changed the data.

    Once the data change, what was held or left out before stays so.
    """
    record = status.made_with.record
    names = {told_as(each): each for each in planned}
    if record is None:
        return _of_zero_one(status, names, kits, read())
    if record.data != status.state:
        held = {name: record.documents[name] for name in record.held if name not in names}
        return replace(status, held=held, left_out=record.left_out)
    held = {name: serial for name, serial in record.documents.items() if name not in names}
    left_out = tuple(sorted(names.keys() - record.documents.keys()))
    return replace(status, is_unchanged=True, held=held, left_out=left_out)


def staying_as(record: Record, status: FolderStatus, history: History) -> Mapping[str, Serial] | None:
    """The documents (by name, with serial) a file is that stays though it is not planned any more; None if it goes.

    So does a file of a form whose entry this kitgen cannot read.
    """
    if all(form.code != record.form for form in status.forms):
        return {name: record.serial for name in history.with_serial(record.serial)}
    if not status.held:
        return None
    known = {name for name, serial in status.held.items() if serial == record.serial}
    known |= history.with_serial(record.serial).keys() & status.held.keys()
    return dict.fromkeys(known, record.serial) or None


def _of_zero_one(
    status: FolderStatus, planned: Mapping[str, PlannedDocument], kits: Sequence[Kit], history: History
) -> FolderStatus:
    """The same by the history alone: 0.1 noted no state of the data.

    A document of an event stays, or is left out, where the person it is for takes part and took part before, unless one
    of its form takes its place: then a person changed something, such as the paper of a candidate. Of an edition
    nothing can change.
    """
    known = {name: serial for serial, name in history.made if _kit_of(name, kits) is not None}
    of_known = {name: _use(name, kits, made.form) for (_, name), made in history.made.items() if name in known}
    of_planned = {name: _use(name, kits, each.form.code) for name, each in planned.items()}
    there = _people_of(kits)
    gone = {use for name, use in of_known.items() if use.is_of_event and name not in planned}
    new = {use for name, use in of_planned.items() if use.is_of_event and name not in known}
    held = {
        name: known[name]
        for name, use in of_known.items()
        if name not in planned and use.people <= there and use not in new
    }
    forms = {(use.kit, use.form) for use in of_known.values()}
    people = frozenset[str]().union(*(use.people for use in of_known.values()))
    left_out = (
        name
        for name, use in of_planned.items()
        if name not in known and (use.kit, use.form) in forms and use.people <= people and use not in gone
    )
    return replace(status, held=held, left_out=tuple(sorted(left_out)))


class _Use(NamedTuple):
    """What a document is for, whatever paper or scenario it is of."""

    kit: str
    form: str
    people: frozenset[str]
    is_of_event: bool


def _use(name: str, kits: Sequence[Kit], form: str) -> _Use:
    kit = _kit_of(name, kits)
    if kit is None or kit.event is None:
        return _Use(kit.folder if kit is not None else "", form, frozenset(), False)
    people = frozenset(word for word in name.split(", ")[1:] if word.startswith(_OF_PEOPLE))
    return _Use(kit.folder, form, people, True)


def _kit_of(name: str, kits: Sequence[Kit]) -> Kit | None:
    """The kit of a document, as `told_as` names it; None if it is of none of these."""
    return next((kit for kit in kits if kit.event is not None or name.startswith(f"{kit.folder}/")), None)


def _people_of(kits: Sequence[Kit]) -> frozenset[str]:
    """Those who take part, as `told_as` names them."""
    parts = kits[0].event if kits else None
    if parts is None:
        return frozenset()
    candidates = (f"asesi {each.number}" for each in parts.taking_part)
    return frozenset((*candidates, *(f"asesor {each.number}" for each in parts.schedule.assessors)))

"""What an event is printed as: one pack for each person, and which documents stand in it, in which order. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kitgen.kits.paths import event_folder, person_folder
from kitgen.kits.plan import EventParts, PlannedDocument, is_used_for, own_papers
from kitgen.model.audience import Audience
from kitgen.model.event import EventAssessor, EventCandidate
from kitgen.model.forms import EVENT_FOLDERS, INTAKE_FOLDER, PACK_FOLDER, SHARED_FOLDER, Stage

CLOSING: Final[tuple[Stage, ...]] = ("keputusan", "laporan")
"""Stages whose papers an assessor takes up when all candidates are done."""
_COMMON: Final[tuple[Audience, ...]] = ("admin", "pemeran", "kunci")


@dataclass(frozen=True, slots=True)
class PackSection:
    """Bagian paket cetak: documents under one heading of the cover; a pack of one section has none."""

    title: str
    documents: tuple[PlannedDocument, ...]


@dataclass(frozen=True, slots=True)
class EventPack:
    """Paket cetak jadwal: what one person is handed, or all of an audience.

    `path` is relative to the event's folder, `holder` whom it is for, in the words of the cover.
    """

    path: str
    holder: str
    sections: tuple[PackSection, ...]
    is_secret: bool = False
    candidate: EventCandidate | None = None
    assessor: EventAssessor | None = None

    @property
    def documents(self) -> tuple[PlannedDocument, ...]:
        """All of its documents, in order."""
        return tuple(document for section in self.sections for document in section.documents)


def packs_of_event(documents: Sequence[PlannedDocument]) -> list[EventPack]:
    """The packs of an event by all of its documents; none is empty.

    A candidate's pack holds what is made for them and what is shared by those of their paper and scenarios: nothing of
    another audience. An assessor's holds their own papers and those of their candidates.
    """
    event = next((document.kit.event for document in documents if document.kit.event is not None), None)
    if event is None:
        return []
    of: dict[Audience, list[PlannedDocument]] = {}
    for document in sorted(documents, key=_official):
        of.setdefault(document.form.audience, []).append(document)
    packs = [
        *_of_candidates(event, of.get("asesi", [])),
        *_of_assessors(event, of.get("asesor", [])),
        *(_common(audience, of[audience]) for audience in _COMMON if audience in of),
    ]
    return [pack for pack in packs if pack.sections]


def concerns(document: PlannedDocument, candidate: EventCandidate) -> bool:
    """Whether a document is for this candidate: theirs, or their assessor's, of their paper, scenarios, instruments."""
    event = document.kit.event
    if document.candidate is not None:
        return document.candidate.number == candidate.number
    if document.assessor is not None:
        return document.assessor.number == candidate.assessor
    if event is None or not is_used_for(document.form, document.kit, candidate):
        return False
    if document.paper is not None and document.form.questions is not None:
        return document.paper.id in {each.id for each in own_papers(document.form, document.kit, candidate)}
    if document.scenario is not None:
        return document.scenario.id in {each.id for each in event.assigned[candidate.number].scenarios}
    return True


def _official(document: PlannedDocument) -> tuple[str, str]:
    return document.form.number, document.path.rpartition("/")[2]


def _common(audience: Audience, documents: Sequence[PlannedDocument]) -> EventPack:
    """One for the whole audience; that of the keys lies with the keys, so that nobody hands it over with the others."""
    folder, is_secret = EVENT_FOLDERS[audience], audience == "kunci"
    path = f"{folder if is_secret else PACK_FOLDER}/{PACK_FOLDER} {folder}.pdf"
    return EventPack(path, _words(folder), (PackSection("", tuple(documents)),), is_secret)


def _of_candidates(event: EventParts, documents: Sequence[PlannedDocument]) -> Iterator[EventPack]:
    for each in event.taking_part:
        own = [document for document in documents if concerns(document, each)]
        sections = tuple(PackSection(title, tuple(group)) for title, group in groupby(own, _phase))
        path = f"{PACK_FOLDER}/{EVENT_FOLDERS['asesi']}/{person_folder(each.number, str(each.person.name))}.pdf"
        yield EventPack(path, _holder(each), sections, candidate=each)


def _phase(document: PlannedDocument) -> str:
    return _words(INTAKE_FOLDER) if event_folder(document.form) == INTAKE_FOLDER else "Asesmen"


def _of_assessors(event: EventParts, documents: Sequence[PlannedDocument]) -> Iterator[EventPack]:
    """One for each assessor, and one of the candidates nobody assesses yet, if there are any."""
    home = f"{PACK_FOLDER}/{EVENT_FOLDERS['asesor']}"
    known = {each.number for each in event.schedule.assessors}
    for each in event.schedule.assessors:
        candidates = [one for one in event.taking_part if one.assessor == each.number]
        own = [
            document
            for document in documents
            if (
                document.assessor.number == each.number
                if document.assessor is not None
                else _is_for(document, candidates)
            )
        ]
        path = f"{home}/{person_folder(each.number, str(each.person.name))}.pdf"
        holder = f"Asesor {each.number:02} - {each.person.name}"
        yield EventPack(path, holder, tuple(_after_another(own, candidates)), assessor=each)
    left = [one for one in event.taking_part if one.assessor not in known]
    own = [document for document in documents if document.assessor is None and _is_for(document, left)]
    if left:
        holder = "Asesor yang Belum Ditentukan"
        yield EventPack(f"{home}/{SHARED_FOLDER}.pdf", holder, tuple(_after_another(own, left)))


def _is_for(document: PlannedDocument, candidates: Sequence[EventCandidate]) -> bool:
    """Whether somebody who assesses these needs it; a plan of the whole event is for every assessor."""
    of_kit = document.candidate is None and document.paper is None and document.scenario is None
    return (of_kit and document.form.instrument is None) or any(concerns(document, each) for each in candidates)


def _after_another(documents: Sequence[PlannedDocument], candidates: Sequence[EventCandidate]) -> Iterator[PackSection]:
    """What is for all, then candidate after candidate, then what is filled in at the end."""
    shared = [document for document in documents if document.candidate is None]
    first = tuple(document for document in shared if document.form.stage not in CLOSING)
    last = tuple(document for document in shared if document.form.stage in CLOSING)
    if first:
        yield PackSection("Untuk Semua Asesi", first)
    for each in candidates:
        own = tuple(one for one in documents if one.candidate is not None and one.candidate.number == each.number)
        if own:
            yield PackSection(_holder(each), own)
    if last:
        yield PackSection("Keputusan dan Laporan", last)


def _holder(candidate: EventCandidate) -> str:
    return f"Asesi {candidate.number:02} - {candidate.person.name}"


def _words(folder: str) -> str:
    """A folder's name without its number."""
    return folder.partition(" ")[2]

"""What an event is printed as: a pack for each person and moment, and which documents stand in it, in order. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitgen.kits.kit import EventParts
from kitgen.kits.paths import person_folder
from kitgen.kits.plan import PlannedDocument, has_own_book, is_used_for, own_papers
from kitgen.model.audience import AUDIENCE_FACTS, KEYS, Audience
from kitgen.model.event import EventAssessor, EventCandidate
from kitgen.model.forms import (
    EVENT_FOLDERS,
    KEYS_FOLDER,
    MOMENT_FOLDERS,
    MOMENTS,
    PACK_FOLDER,
    SHARED_FOLDER,
    Moment,
    Stage,
)

CLOSING: Final[tuple[Stage, ...]] = ("keputusan", "laporan")
"""Stages whose papers an assessor takes up when all candidates are done."""
REPRINTS_FOLDER: Final = f"{PACK_FOLDER}/Cetak Ulang"
"""Single pages that were printed again, in the folder of an event."""
_SINCE: Final = "Sejak Penyerahan"
_GROUPS: Final = ("candidate", "assessor", None)
"""In which order the packs of a moment are told: those of persons, then one for each other audience."""


@dataclass(frozen=True, slots=True)
class PackSection:
    """Bagian paket cetak: documents under one heading of the cover; a pack of one section has none."""

    title: str
    documents: tuple[PlannedDocument, ...]


@dataclass(frozen=True, slots=True)
class EventPack:
    """Paket cetak jadwal: what one person is handed for one moment, or all of an audience.

    `path` is relative to the event's folder, `holder` whom it is for, in the words of the cover. `moment` is when it
    is used; None for the keys, which lie in one pack.
    """

    path: str
    holder: str
    sections: tuple[PackSection, ...]
    is_secret: bool = False
    moment: Moment | None = None
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
    packs = [pack for moment in MOMENTS for pack in _of_moment(event, of, moment)]
    packs += _of_keys([each for whom in AUDIENCE_FACTS if whom in KEYS for each in of.get(whom, [])])
    return [pack for pack in packs if pack.sections]


def pack_path(moment: Moment, audience: Audience, person: str = "") -> str:
    """Where the pack of a person (by the name of their folder), or of an audience, lies in the folder of its event."""
    folder = EVENT_FOLDERS[audience]
    home = f"{PACK_FOLDER}/{MOMENT_FOLDERS[moment]}"
    return f"{home}/{folder}/{person}.pdf" if person else f"{home}/{PACK_FOLDER} {folder}.pdf"


def keys_pack_path() -> str:
    """Where the pack of the keys lies: with the keys, so that nobody hands it over with the others."""
    folder = KEYS_FOLDER
    return f"{folder}/{PACK_FOLDER} {folder}.pdf"


def reserve_pack_path(assessor: int, cluster: int) -> str:
    """Where the pack of a sealed reserve set lies: with the keys."""
    return f"{KEYS_FOLDER}/{PACK_FOLDER} Cadangan KP {cluster} Asesor {assessor:02}.pdf"


def since_folder(delivery: int) -> str:
    """The folder of packs that hold only what changed since a delivery."""
    return f"{PACK_FOLDER}/{_SINCE} {delivery:02}"


def is_supplement(path: str) -> bool:
    """Whether a pack holds only some documents or pages, so that it is right as long as all it holds is."""
    return path.startswith((f"{PACK_FOLDER}/{_SINCE} ", f"{REPRINTS_FOLDER}/")) or f"({_SINCE.lower()} " in path


def print_order_path(moment: Moment) -> str:
    """Where all packs of a moment lie as one file, in the order they are printed."""
    folder = MOMENT_FOLDERS[moment]
    return f"{PACK_FOLDER}/{folder}/{PACK_FOLDER} Urut - {words_of(folder)}.pdf"


def in_print_order(packs: Sequence[EventPack], moment: Moment) -> list[tuple[str, list[EventPack]]]:
    """The packs of a moment as they are handed out: assessor after assessor with their candidates, then the others."""
    now = [pack for pack in packs if pack.moment == moment]
    found: dict[str, list[EventPack]] = {}
    assessors = {pack.assessor.number: pack.assessor for pack in packs if pack.assessor is not None}
    for number, assessor in sorted(assessors.items()):
        own = [pack for pack in now if pack.assessor is not None and pack.assessor.number == number]
        own += [pack for pack in now if pack.candidate is not None and pack.candidate.assessor == number]
        found[f"Asesor {number:02} - {assessor.person.name}"] = own
    taken = {pack.path for own in found.values() for pack in own}
    found["Lainnya"] = [pack for pack in now if pack.path not in taken]
    return [(title, own) for title, own in found.items() if own]


Changed = Mapping[int | None, Collection[str]]
"""What changed since a delivery: planned paths, for each assessor (by number) and for all others (None)."""


def only_changed(packs: Sequence[EventPack], changed: Changed, delivery: int) -> list[EventPack]:
    """The same packs with the documents that changed since a delivery, elsewhere; none is empty."""
    found: list[EventPack] = []
    for pack in packs:
        paths = changed.get(pack.assessor.number if pack.assessor is not None else None, ())
        sections = tuple(
            PackSection(section.title, kept)
            for section in pack.sections
            if (kept := tuple(document for document in section.documents if document.path in paths))
        )
        if sections:
            folder, _, name = pack.path.rpartition("/")
            if pack.is_secret:
                path = f"{folder}/{name.removesuffix('.pdf')} ({_SINCE.lower()} {delivery:02}).pdf"
            else:
                path = since_folder(delivery) + pack.path.removeprefix(PACK_FOLDER)
            found.append(replace(pack, path=path, sections=sections))
    return found


def _of_moment(event: EventParts, of: dict[Audience, list[PlannedDocument]], moment: Moment) -> Iterator[EventPack]:
    """The packs of one moment: of candidates, assessors, and one for each other audience."""
    now = {audience: [each for each in found if each.form.moment == moment] for audience, found in of.items()}
    packs: list[EventPack] = []
    for audience, facts in sorted(AUDIENCE_FACTS.items(), key=lambda row: _GROUPS.index(row[1].one_for_each)):
        held = now.get(audience, [])
        if facts.is_candidates:
            packs += _of_candidates(event, audience, held, moment)
        elif facts.is_assessors:
            packs += _of_assessors(event, audience, held, moment)
        elif held and not facts.is_secret:
            packs.append(_common(audience, held, moment))
    return (replace(pack, moment=moment) for pack in packs)


def concerns(document: PlannedDocument, candidate: EventCandidate) -> bool:
    """Whether a document is for this candidate: theirs, or their assessor's, of their paper, scenarios, instruments."""
    event = document.kit.event
    if document.candidate is not None:
        return document.candidate.number == candidate.number
    if document.assessor is not None:
        return document.assessor.number == candidate.assessor
    if event is None or not is_used_for(document.form, document.kit, candidate):
        return False
    if has_own_book(document.form, candidate):
        return False
    if document.paper is not None and document.form.questions is not None:
        return document.paper.id in {each.id for each in own_papers(document.form, document.kit, candidate)}
    if document.scenario is not None:
        return document.scenario.id in {each.id for each in event.assigned[candidate.number].scenarios}
    return True


def _official(document: PlannedDocument) -> tuple[str, str]:
    return document.form.number, document.path.rpartition("/")[2]


def _common(audience: Audience, documents: Sequence[PlannedDocument], moment: Moment) -> EventPack:
    """One for the whole audience."""
    return EventPack(
        pack_path(moment, audience), words_of(EVENT_FOLDERS[audience]), (PackSection("", tuple(documents)),)
    )


def _of_keys(documents: Sequence[PlannedDocument]) -> Iterator[EventPack]:
    """The keys in one; each sealed reserve set in one of its own, which goes into its own envelope."""
    keys = tuple(document for document in documents if document.reserve is None)
    yield EventPack(keys_pack_path(), words_of(KEYS_FOLDER), (PackSection("", keys),) if keys else (),
                    is_secret=True)  # fmt: skip
    sets: dict[tuple[int, int], list[PlannedDocument]] = {}
    for document in documents:
        if document.reserve is not None:
            sets.setdefault((document.reserve.assessor.number, document.reserve.cluster.number), []).append(document)
    for (assessor, cluster), held in sorted(sets.items()):
        cover_first = sorted(held, key=lambda each: each.form.per != "reserve")
        holder = f"Perangkat Cadangan KP {cluster} – Asesor {assessor:02}"
        yield EventPack(reserve_pack_path(assessor, cluster), holder, (PackSection("", tuple(cover_first)),),
                        is_secret=True)  # fmt: skip


def _of_candidates(
    event: EventParts, audience: Audience, documents: Sequence[PlannedDocument], moment: Moment
) -> Iterator[EventPack]:
    for each in event.taking_part:
        own = tuple(document for document in documents if concerns(document, each))
        path = pack_path(moment, audience, person_folder(each.number, str(each.person.name)))
        yield EventPack(path, _holder(each), (PackSection("", own),) if own else (), candidate=each)


def _of_assessors(
    event: EventParts, audience: Audience, documents: Sequence[PlannedDocument], moment: Moment
) -> Iterator[EventPack]:
    """One for each assessor, and one of the candidates nobody assesses yet, if there are any."""
    known = {each.number for each in event.schedule.assessors}
    for each in event.schedule.assessors:
        candidates = [one for one in event.taking_part if one.assessor == each.number]
        own = [
            document
            for document in documents
            if (
                document.assessor.number == each.number
                if document.assessor is not None
                else is_for(document, candidates)
            )
        ]
        path = pack_path(moment, audience, person_folder(each.number, str(each.person.name)))
        holder = f"Asesor {each.number:02} - {each.person.name}"
        yield EventPack(path, holder, tuple(_after_another(own, candidates)), assessor=each)
    left = [one for one in event.taking_part if one.assessor not in known]
    own = [document for document in documents if document.assessor is None and is_for(document, left)]
    if left:
        holder = "Asesor yang Belum Ditentukan"
        yield EventPack(pack_path(moment, audience, SHARED_FOLDER), holder, tuple(_after_another(own, left)))


def is_for(document: PlannedDocument, candidates: Sequence[EventCandidate]) -> bool:
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


def words_of(folder: str) -> str:
    """A folder's name without its number."""
    return folder.partition(" ")[2]

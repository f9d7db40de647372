"""What goes into whose hands, what of it is new since it last went out, and who holds a printed copy. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kitgen.base.digests import PartsDigest, Serial, digest, keyed
from kitgen.base.holes import BLANK, Blank
from kitgen.events.handover.holdings import Holder, in_hands
from kitgen.kits.kit import EventParts
from kitgen.kits.packs import is_for, keys_pack_path, pack_path, reserve_pack_path
from kitgen.kits.paths import person_folder
from kitgen.kits.plan import PlannedDocument, asked_in, has_own_book, is_used_for, own_papers
from kitgen.model.audience import AUDIENCE_FACTS, KEYS, PRIVATE_HOLDER, Audience
from kitgen.model.forms import EVENT_FOLDERS, MOMENTS
from kitgen.model.handover import (
    DocumentKey,
    HandedDocument,
    HandoverLine,
    HandoverRecord,
    WithdrawnDocument,
)


@dataclass(frozen=True, slots=True)
class DeliverableDocument:
    """Dokumen siap serah: a document as it lies there; `path` is below the event's folder, `digest` is keyed."""

    path: str
    planned: PlannedDocument
    serial: Serial
    digest: PartsDigest
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bungkusan: what one audience or one assessor gets; `name` is that of its zip, without names of people."""

    name: str
    folder: str
    audience: Audience
    assessor: int | None
    holder: str
    documents: tuple[DeliverableDocument, ...]

    @property
    def owner(self) -> Holder:
        """Whose hands it goes into."""
        return self.folder, self.assessor, self.holder


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Isi penyerahan: what of a parcel goes out now, each document with its record, and what is void now.

    `surplus`: of documents that stay good, so many copies nobody needs any more.
    """

    parcel: Parcel
    documents: tuple[tuple[DeliverableDocument, HandedDocument], ...]
    withdrawn: tuple[WithdrawnDocument, ...]
    surplus: tuple[WithdrawnDocument, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is no need to hand anything over."""
        return not self.documents and not self.withdrawn and not self.surplus


def parcels(documents: Sequence[DeliverableDocument], parts: EventParts, holders: Mapping[int, str]) -> list[Parcel]:
    """Every parcel of an event: one for each folder, those of assessors one for each of them.

    What assessors share goes to each who needs it: nobody gets the answers of scenarios only others see played. What
    belongs to a candidate without an assessor goes to none: it makes a parcel of its own. `holders` are the keyed
    digests of the assessors' names, by number.
    """
    found: dict[tuple[str, int | None], list[DeliverableDocument]] = {}
    numbers = [each.number for each in parts.schedule.assessors]
    for document in documents:
        folder = EVENT_FOLDERS[PRIVATE_HOLDER] if _is_private(document) else document.path.partition("/")[0]
        for number in _takers(document.planned, parts, numbers):
            found.setdefault((folder, number), []).append(document)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] is None, item[0][1] or 0))
    return [
        Parcel(
            name=folder if number is None else f"{folder} {number:02}",
            folder=folder,
            audience=PRIVATE_HOLDER if _is_private(held[0]) else held[0].planned.form.audience,
            assessor=number,
            holder=holders.get(number, "") if number is not None else "",
            documents=tuple(sorted(held, key=lambda each: each.path)),
        )
        for (folder, number), held in ordered
    ]


def holders_of(parts: EventParts, secret: bytes) -> dict[int, str]:
    """The keyed digests of the assessors' names, by number: they tell who holds documents without saying it."""
    return {each.number: keyed(digest(str(each.person.name).encode()), secret) for each in parts.schedule.assessors}


def _is_private(document: DeliverableDocument) -> bool:
    """Whether it is private of a candidate: then it is handed to their assessor, whoever fills it in."""
    return document.planned.form.is_private and document.planned.candidate is not None


def _takers(planned: PlannedDocument, parts: EventParts, numbers: Sequence[int]) -> Sequence[int | None]:
    """The numbers of the assessors who get a document; None for what goes to no assessor of a known number."""
    if not planned.form.audience_facts.is_assessors and not planned.form.is_private:
        return [None]
    if planned.assessor is not None:
        return [planned.assessor.number]
    if planned.candidate is not None:
        assessor = parts.assessor_of(planned.candidate)
        return [assessor.number if assessor is not None else None]
    own = {number: [each for each in parts.taking_part if each.assessor == number] for number in numbers}
    needing: list[int | None] = [number for number in numbers if is_for(planned, own[number])]
    is_of_few = planned.scenario is not None or planned.paper is not None
    return needing or ([None] if is_of_few or not numbers else numbers)


def copies_needed(planned: PlannedDocument) -> int:
    """So many copies of a document are used: what candidates share, one for each who works with it."""
    parts, form = planned.kit.event, planned.form
    if parts is None or planned.candidate is not None or not form.audience_facts.is_candidates:
        return 1
    using = [
        each for each in parts.taking_part if is_used_for(form, planned.kit, each) and not has_own_book(form, each)
    ]
    if planned.paper is not None:
        using = [each for each in using if planned.paper in own_papers(form, planned.kit, each)]
    if planned.scenario is not None:
        id = planned.scenario.id
        using = [each for each in using if any(played.id == id for played in parts.assigned[each.number].scenarios)]
    return max(1, len(using))


def qualifier_of(planned: PlannedDocument) -> str:
    """The paper, scenario, actor (by number) or reserve set that tells a document from others of its form."""
    if planned.reserve is not None:
        return planned.reserve.label
    if planned.paper is not None and (planned.candidate is None or planned.paper.cluster):
        return planned.paper.name
    if planned.candidate is not None:
        return ""
    if planned.actor is not None:
        return f"{planned.actor.number:02}"
    return planned.scenario.id if planned.scenario is not None else ""


def key_of(planned: PlannedDocument) -> DocumentKey:
    """What stays the same of a document while its words change."""
    candidate, assessor = planned.candidate, planned.assessor
    return (
        planned.form.code,
        qualifier_of(planned),
        candidate.number if candidate is not None else None,
        assessor.number if assessor is not None else None,
    )


def handed_of(document: DeliverableDocument, spare: int) -> HandedDocument:
    """What a record says of a document; spare copies are for what candidates share."""
    planned = document.planned
    is_shared = planned.candidate is None and planned.form.audience_facts.is_candidates
    form, qualifier, candidate, assessor = key_of(planned)
    asked = tuple(asked_in(planned))
    return HandedDocument(
        form=form,
        qualifier=qualifier,
        candidate=candidate,
        assessor=assessor,
        serial=document.serial,
        digest=document.digest,
        copies=copies_needed(planned),
        spare=spare if is_shared else 0,
        is_edited=document.is_edited,
        bank=planned.kit.scheme.slug if asked else "",
        questions=asked,
    )


def outgoing(parcel: Parcel, record: HandoverRecord, spare: int) -> Outgoing:
    """What of a parcel is new, changed, needed in more or fewer copies, or void since the deliveries of a record."""
    before = in_hands(record).get(parcel.owner, {})
    going: list[tuple[DeliverableDocument, HandedDocument]] = []
    surplus: list[WithdrawnDocument] = []
    there: set[DocumentKey] = set()
    for document in parcel.documents:
        handed = handed_of(document, spare)
        there.add(handed.key)
        known = before.get(handed.key)
        if known is None:
            going.append((document, handed))
        elif known.digest != handed.digest:
            going.append((document, replace(handed, replaces=known.serial)))
        elif known.copies < handed.copies:
            going.append((document, replace(handed, copies=handed.copies - known.copies, spare=0)))
        elif known.copies > handed.copies:
            surplus.append(replace(_withdrawn(known), copies=known.copies - handed.copies, spare=0))
    withdrawn = tuple(_withdrawn(each) for key, each in before.items() if key not in there)
    return Outgoing(parcel, tuple(going), withdrawn, tuple(surplus))


def gone(parcels: Iterable[Parcel], record: HandoverRecord) -> list[Outgoing]:
    """What was handed to those who get nothing any more, such as an assessor who was replaced: all of it is void."""
    owners = {parcel.owner for parcel in parcels}
    found: list[Outgoing] = []
    for owner, held in in_hands(record).items():
        if owner in owners or not held:
            continue
        folder = owner[0]
        of_folder = (zipped for delivery in record for zipped in delivery.zips if zipped.folder == folder)
        audience = next(of_folder).audience
        parcel = former(owner, audience)
        found.append(Outgoing(parcel, (), tuple(map(_withdrawn, held.values()))))
    return found


def former(owner: Holder, audience: Audience) -> Parcel:
    """The parcel of those who hold documents and get none any more."""
    folder, number, holder = owner
    name = f"{folder} {number:02} (lama)" if number is not None else f"{folder} (lama)"
    return Parcel(name, folder, audience, number, holder, ())


def _withdrawn(handed: HandedDocument) -> WithdrawnDocument:
    return WithdrawnDocument(
        handed.form, handed.qualifier, handed.candidate, handed.assessor, handed.serial, handed.copies, handed.spare
    )


def pack_paths(going: Outgoing, parts: EventParts) -> Iterator[str]:
    """Where the packs may lie (below the event's folder) in which the documents of a parcel stand to be printed.

    Only the very names packs have are taken, so that no other file comes in by lying there.
    """
    parcel = going.parcel
    touched = {(document.planned.form.moment, document.planned.candidate) for document, _ in going.documents}
    if parcel.audience in KEYS and touched:
        yield keys_pack_path()
        sets = [document.planned.reserve for document, _ in going.documents if document.planned.reserve is not None]
        yield from sorted({reserve_pack_path(each.assessor.number, each.cluster.number) for each in sets})
        return
    facts = AUDIENCE_FACTS[parcel.audience]
    for moment in MOMENTS:
        concerned = {candidate for when, candidate in touched if when == moment}
        if not concerned:
            continue
        if facts.is_candidates:
            for each in parts.taking_part:
                if each in concerned or None in concerned:
                    yield pack_path(moment, parcel.audience, person_folder(each.number, str(each.person.name)))
        elif facts.is_assessors:
            for one in parts.schedule.assessors:
                if one.number == parcel.assessor:
                    yield pack_path(moment, parcel.audience, person_folder(one.number, str(one.person.name)))
        else:
            yield pack_path(moment, parcel.audience)


def sheet_lines(
    handed: Iterable[HandedDocument | WithdrawnDocument], titles: Mapping[str, str]
) -> Iterator[HandoverLine]:
    """The lines of a sheet, numbered; `titles` are those of the forms."""
    for number, each in enumerate(handed, 1):
        out = each if isinstance(each, HandedDocument) else None
        yield HandoverLine(
            number=number,
            code=each.code,
            title=titles.get(each.form, each.form),
            whom=whom_of(each),
            serial=each.serial,
            copies=each.copies,
            spare=each.spare,
            replaces=out.replaces if out is not None else "",
            is_edited=out is not None and out.is_edited,
        )


def sealed_of(documents: Iterable[DeliverableDocument]) -> tuple[str, ...]:
    """The sealed reserve sets among documents, as a sheet lists them: `Cadangan KP 1, Asesor 01`."""
    sets = (each.planned.reserve for each in documents)
    return tuple(dict.fromkeys(f"{each.label}, Asesor {each.assessor.number:02}" for each in sets if each is not None))


def whom_of(each: HandedDocument | WithdrawnDocument) -> str:
    """Whose document it is, as sheets print it: by number, or shared."""
    if each.candidate is not None:
        return f"Asesi {each.candidate:02}"
    return f"Asesor {each.assessor:02}" if each.assessor is not None else "Bersama"


def parcel_title(parcel: Parcel) -> str:
    """Whom a parcel is for, as its sheet says it: `Untuk Asesor 02`."""
    title = parcel.name.partition(" ")[2]
    is_unassigned = AUDIENCE_FACTS[parcel.audience].is_assessors and parcel.assessor is None
    return f"{title} (belum dibagi)" if is_unassigned else title


def recipient_of(parcel: Parcel, parts: EventParts) -> str | Blank:
    """The name of the assessor a parcel is for; blank, to be written by hand, for all others."""
    people = {each.number: each.person.name for each in parts.schedule.assessors}
    return people.get(parcel.assessor, BLANK) if parcel.assessor is not None and parcel.documents else BLANK

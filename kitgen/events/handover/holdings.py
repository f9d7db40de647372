"""What the record of deliveries says: what everyone holds now, and where copies with a serial went. Pure."""

from dataclasses import dataclass, replace

from kitgen.base.digests import Serial
from kitgen.base.messages import Message, counted, said
from kitgen.base.project import Project
from kitgen.load.event.event import event_names
from kitgen.load.event.handover_record import handovers_of, recorded_events
from kitgen.load.locate import no_event
from kitgen.model.handover import DocumentKey, HandedDocument, HandedZip, HandoverRecord

Holder = tuple[str, int | None, str]
"""Who holds documents: the folder of the event, the assessor's number and who that is (a keyed digest)."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Pemegang dokumen: where a printed copy went, for who asks by its serial.

    `delivery` is the number of the delivery. `void_since` is that of the delivery that replaced or withdrew it (None:
    it is still good, as far as was handed over), `replaced_by` the serial that took its place.
    """

    delivery: int
    zipped: HandedZip
    document: HandedDocument
    void_since: int | None = None
    replaced_by: str = ""


def in_hands(record: HandoverRecord) -> dict[Holder, dict[DocumentKey, HandedDocument]]:
    """What everyone holds after these deliveries: the newest of each document, with all its copies."""
    held: dict[Holder, dict[DocumentKey, HandedDocument]] = {}
    for delivery in record:
        for zipped in delivery.zips:
            mine = held.setdefault((zipped.folder, zipped.assessor, zipped.holder), {})
            for document in zipped.documents:
                known = mine.get(document.key)
                if known is not None and known.digest == document.digest:
                    copies, spare = known.copies + document.copies, known.spare + document.spare
                    mine[document.key] = replace(document, copies=copies, spare=spare, replaces=known.replaces)
                else:
                    mine[document.key] = document
            for void in zipped.withdrawn:
                mine.pop(void.key, None)
            for excess in zipped.surplus:
                if (known := mine.get(excess.key)) is not None:
                    mine[excess.key] = replace(known, copies=max(0, known.copies - excess.copies))
    return held


@dataclass(frozen=True, slots=True)
class Held:
    """Yang dipegang: what one holder has of an event, by the name of their parcel; people by number only."""

    holder: str
    documents: tuple[HandedDocument, ...]

    @property
    def copies(self) -> int:
        """How many copies, spare ones too."""
        return sum(each.copies + each.spare for each in self.documents)

    @property
    def candidates(self) -> tuple[int, ...]:
        """The candidates of whom there are papers, by number."""
        return tuple(sorted({each.candidate for each in self.documents if each.candidate is not None}))


def held_of(project: Project, name: str) -> list[Held]:
    """Who holds what of an event by the record of its deliveries, which outlives a purge; nothing if there is none.

    Raises `KitgenError` if the record is damaged, or there is no such event and never was.
    """
    known = {*event_names(project), *recorded_events(project)}
    if name not in known:
        raise no_event(project, name, known)
    found = [
        Held(folder if assessor is None else f"{folder} {assessor:02}", tuple(sorted(held.values(), key=_order)))
        for (folder, assessor, _), held in in_hands(handovers_of(project, name)).items()
        if held
    ]
    return sorted(found, key=lambda each: each.holder)


def _order(document: HandedDocument) -> tuple[int, str, str]:
    return document.candidate or 0, document.form, document.qualifier


def holdings(record: HandoverRecord, serial: Serial) -> list[Holding]:
    """Every zip in which copies with this serial went out, and whether a later delivery made them void."""
    return [
        _ended(record, Holding(delivery.number, zipped, document))
        for delivery in record
        for zipped in delivery.zips
        for document in zipped.documents
        if document.serial == serial
    ]


def told_of(event: str, holding: Holding) -> Message:
    """A holding of an event in words, people by their numbers only."""
    zipped, document = holding.zipped, holding.document
    whom = [f"asesor {zipped.assessor:02}"] if zipped.assessor is not None else []
    whom += [f"asesi {document.candidate:02}"] if document.candidate is not None else []
    count = document.copies + document.spare
    copies = counted(count, "copy", "copies")
    if document.is_edited:
        copies = said("{copies}, edited by hand", copies=copies)
    place = f"{zipped.folder} ({', '.join(whom)})" if whom else zipped.folder
    told = said("event {event}, delivery {number}, {place}: {copies}", event=event, number=holding.delivery,
                place=place, copies=copies)  # fmt: skip
    if holding.void_since is None:
        return told
    if holding.replaced_by:
        return said("{told}; replaced in delivery {number} by {serial}", told=told, number=holding.void_since,
                    serial=holding.replaced_by)  # fmt: skip
    return said("{told}; to be taken back since delivery {number}", told=told, number=holding.void_since)


def _ended(record: HandoverRecord, holding: Holding) -> Holding:
    mine, key = holding.zipped, holding.document.key
    owner = (mine.folder, mine.assessor, mine.holder)
    for delivery in record[holding.delivery :]:
        for zipped in delivery.zips:
            if (zipped.folder, zipped.assessor, zipped.holder) != owner:
                continue
            for document in zipped.documents:
                if document.key == key and document.digest != holding.document.digest:
                    return replace(holding, void_since=delivery.number, replaced_by=document.serial)
            if any(void.key == key for void in zipped.withdrawn):
                return replace(holding, void_since=delivery.number)
    return holding


def told_of_serial(project: Project, serial: Serial) -> list[Message]:
    """What is recorded of the handing over of a serial, by event, a line each, without names of people.

    Raises `KitgenError` if a record is damaged.
    """
    return [
        told_of(name, holding)
        for name in recorded_events(project)
        for holding in holdings(handovers_of(project, name), serial)
    ]

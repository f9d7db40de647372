"""What changed since a delivery, for those who print: what everyone holds by then against what there is now."""

from collections.abc import Sequence

from kitgen.base.digests import keyed
from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.build.kit_packs import SinceDelivery
from kitgen.documents.build.pdfs import newest_of
from kitgen.documents.disk.document import find_document
from kitgen.documents.status.judge import DocumentStatus
from kitgen.events.handover.parcels import DeliverableDocument, holders_of, outgoing, parcels
from kitgen.kits.packs import Changed
from kitgen.kits.paths import safe_name
from kitgen.load.event.event import read_secret
from kitgen.load.event.handover_record import RECORD_NAME, handovers_of
from kitgen.model.forms import EVENTS_FOLDER


def since_delivery(project: Project, name: str, number: int) -> SinceDelivery:
    """Which documents are new or changed since this delivery, or needed in more copies.

    Raises `KitgenError` if there was no such delivery.
    """
    record = handovers_of(project, name)
    if not 1 <= number <= len(record):
        told = said("there was no delivery {number}; {count} are recorded", number=number, count=len(record))
        raise failure(told, Place(f"{project.events_dir.name}/{safe_name(name)}/{RECORD_NAME}"))
    secret = read_secret(project, name)

    def changed(documents: Sequence[DocumentStatus]) -> Changed:
        parts = documents[0].planned.kit.event if documents else None
        if parts is None:
            return {}
        looked_at = (_deliverable(project, document, name, secret) for document in documents)
        deliverable = [each for each in looked_at if each is not None]
        found: dict[int | None, set[str]] = {}
        for parcel in parcels(deliverable, parts, holders_of(parts, secret)):
            going = outgoing(parcel, record[:number], 0).documents
            found.setdefault(parcel.assessor, set()).update(document.planned.path for document, _ in going)
        return found

    return SinceDelivery(number, changed)


def _deliverable(project: Project, document: DocumentStatus, name: str, secret: bytes) -> DeliverableDocument | None:
    path = newest_of(project.output_dir, document)
    found = find_document(project.output_dir / path)
    if found is None or found.record is None:
        return None
    below = path.removeprefix(f"{EVENTS_FOLDER}/{safe_name(name)}/")
    return DeliverableDocument(below, document.planned, found.record.serial, keyed(found.digest, secret))

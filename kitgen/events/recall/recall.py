"""`kitgen recall`: what was handed over against what would be made now; the sheets that take back what is void."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kitgen.base.digests import PartsDigest
from kitgen.base.errors import Diagnostic, Place, failure
from kitgen.base.line_diff import Difference, DumpLine
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.branches import Branch
from kitgen.documents.disk.handed_pages import HandedPages
from kitgen.documents.status.folder_status import FolderStatus
from kitgen.documents.status.judge import DocumentStatus, lines_now
from kitgen.documents.status.reasons import Why
from kitgen.documents.status.status import RunStatus, Selection, status_of
from kitgen.documents.status.why import Pages, Reasoner
from kitgen.events.handover.parcels import DeliverableDocument, holders_of, parcels
from kitgen.events.recall.causes import has_only_moved
from kitgen.events.recall.filled import is_good_as_filled, outcomes_of, spots_filled
from kitgen.events.recall.places import PlacesOnPage, criteria_of
from kitgen.events.recall.void import Recalled, recalled, told_changes
from kitgen.kits.kit import EventParts
from kitgen.kits.paths import safe_name
from kitgen.load.event.event import find_event, read_secret
from kitgen.load.event.handover_record import handovers_of
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.model.handover import HandoverRecord
from kitgen.model.recall import GONE_TOLD
from kitgen.render.dump.dump import dump_parts


@dataclass(frozen=True, slots=True)
class Void:
    """Dokumen yang ditarik dengan alasannya: `why` as it may be told, `exact` with every word, for what is printed."""

    recalled: Recalled
    why: Why
    exact: Why

    @property
    def has_only_moved(self) -> bool:
        """Whether nothing but days and hours of the event changed on it: one erratum for the event is enough."""
        return self.recalled.now is not None and bool(self.exact.changes) and has_only_moved(self.exact.branches)


@dataclass(frozen=True, slots=True)
class Recall:
    """Penarikan: what of an event is void in whose hands, after how many deliveries."""

    event: str
    deliveries: int
    voids: tuple[Void, ...]
    problems: tuple[Diagnostic, ...]
    run: RunStatus | None = None
    """How the documents of the event stand now; None where nothing was handed over yet."""

    @property
    def documents(self) -> tuple[DocumentStatus, ...]:
        """The documents of the event, as they stand now."""
        return self.run.documents if self.run is not None else ()

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        rows = [
            {
                "holder": each.recalled.parcel.name,
                "audience": each.recalled.parcel.audience,
                "assessor": each.recalled.parcel.assessor,
                "form": each.recalled.handed.form,
                "qualifier": each.recalled.handed.qualifier,
                "candidate": each.recalled.handed.candidate,
                "serial": each.recalled.handed.serial,
                "copies": each.recalled.handed.copies,
                "spare": each.recalled.handed.spare,
                "is_edited": each.recalled.handed.is_edited,
                "replaced_by": each.recalled.replaced_by,
                "gone": each.recalled.gone,
                "moved": each.has_only_moved,
                "reasons": list(each.why.told),
                "causes": list(map(str, each.why.causes)),
                "causes_told": list(each.why.causes),
                "changes": [{"spot": c.spot, "old": c.old, "new": c.new} for c in each.why.changes],
            }
            for each in self.voids
        ]
        copies = sum(each.recalled.copies for each in self.voids)
        summary = {"deliveries": self.deliveries, "documents": len(rows), "copies": copies}
        return {"event": self.event, "recalled": rows, "summary": summary}


def plan_recall(project: Project, name: str, names: bool = False, with_now: bool = False) -> Recall:
    """What is void of what was handed over of an event; writes nothing.

    `names`: whether reasons may quote texts that tell of people. `with_now`: what would be void with the templates of
    now, whatever the event keeps. Raises `KitgenError` if there is no such event, it was
    purged, its record is damaged, or data or templates have faults.
    """
    find_event(project, name)
    record = handovers_of(project, name)
    if not record:
        return Recall(name, 0, (), ())
    run = status_of(project, Selection(event=name), explain=False, keep="parts", with_now=with_now)
    folder = f"{EVENTS_FOLDER}/{safe_name(name)}"
    if not run.documents:
        raise failure(said("no form makes a document of this event"), Place(project.shown(project.forms_file)))
    parts = parts_of(run.documents)
    secret = read_secret(project, name)
    deliverable = [
        DeliverableDocument(each.path.removeprefix(f"{folder}/"), each.planned, each.record.serial, PartsDigest(""))
        for each in run.documents
    ]
    voids = [
        each
        for each in recalled(parcels(deliverable, parts, holders_of(parts, secret)), record, parts)
        if not _stays(each, run.folders[folder])
    ]
    reasons = _Reasons(project, folder, run, record, secret, names)
    found = tuple(Void(each, *reasons.of(each)) for each in voids if not reasons.is_only_filled(each))
    return Recall(name, len(record), found, run.warnings, run)


def _stays(each: Recalled, folder: FolderStatus) -> bool:
    """Whether it is good though this kitgen would not make it any more: no person asked for that."""
    if each.gone != "not asked for" or not folder.made_with.is_fixed:
        return False
    is_read = any(form.code == each.handed.form for form in folder.forms)
    return not is_read or folder.made_with.record is None or each.handed.serial in folder.held.values()


def parts_of(documents: Sequence[DocumentStatus]) -> EventParts:
    """The event the documents of a run are of."""
    parts = documents[0].planned.kit.event
    assert parts is not None
    return parts


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a document that says something else: why, as it may be told and exactly."""

    why: Why
    exact: Why
    is_only_filled: bool = False


class _Reasons:
    """Says why documents are void; what several people hold of one document is worked out once."""

    def __init__(
        self, project: Project, folder: str, run: RunStatus, record: HandoverRecord, secret: bytes, names: bool
    ) -> None:
        self._project = project
        self._pages = HandedPages(project.output_dir / folder, record, secret)
        self._documents = {document.planned.path: document for document in run.documents}
        self._exact = Reasoner(project, folder, run.provenance, quotes=True)
        self._told = self._exact if names else Reasoner(project, folder, run.provenance, quotes=False)
        self._reads = run.reads(folder)
        self._outcomes = outcomes_of(run.folders[folder].forms)
        self._new_lines = cache(self._lines_now)
        self._known: dict[tuple[str, str], _Known] = {}

    def of(self, each: Recalled) -> tuple[Why, Why]:
        """The reasons as they may be told, and exactly."""
        known = self._of(each)
        return known.why, known.exact

    def is_only_filled(self, each: Recalled) -> bool:
        """Whether it is good all the same: it has blanks that were filled since, and says nothing else."""
        return self._of(each).is_only_filled

    def _of(self, each: Recalled) -> _Known:
        if each.now is None:
            assert each.gone is not None
            why = Why((GONE_TOLD[each.gone],))
            return _Known(why, why)
        key = each.now.planned.path, each.handed.digest
        if key not in self._known:
            self._known[key] = self._since(each, self._documents[each.now.planned.path])
        return self._known[key]

    def _since(self, each: Recalled, document: DocumentStatus) -> _Known:
        old = self._pages.parts_of(each.handed, document.form.typed_by is not None)
        lines = dump_parts(old, document.path) if old is not None else None
        pages = Pages(each.handed.serial, lines)
        now = Pages(document.record.serial, self._new_lines(document.planned.path))
        known = self._reads.get(document.form.code)  # none of a template with faults
        reads = known.paths if known is not None else ()

        def in_words(changes: list[Difference], branches: Sequence[Branch]) -> list[Difference]:
            filled = spots_filled(pages, now, branches)
            changes = [each for each in changes if each.spot not in filled] or changes
            sides = [PlacesOnPage(side or (), criteria_of(document.planned.kit.scheme)) for side in (now.lines, lines)]
            return told_changes(changes, lambda change: sides[0 if change.new else 1].of(change))

        told, exact = (
            reasoner.since(document.planned, pages, now, document.fingerprint, reads, in_words)
            for reasoner in (self._told, self._exact)
        )
        return _Known(told, exact, is_good_as_filled(pages, now, exact.branches, self._outcomes))

    def _lines_now(self, planned_path: str) -> list[DumpLine]:
        return lines_now(self._project, self._documents[planned_path])

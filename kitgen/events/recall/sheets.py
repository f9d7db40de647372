"""The sheets of a recall: a *Daftar Penarikan* for each holder, a *Lembar Ralat* for each form, in `Penarikan/01`.

A folder is written aside and renamed as a whole, so that there is never half of one. The newest one that says the same
is left as it is; another state of the data gets the next number, since sheets of an older one may have been signed.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.holes import BLANK
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.files import write_whole, written_together
from kitgen.documents.status.reports import (
    ERRATUM_TEMPLATE,
    RECALL_TEMPLATE,
    ReportSheet,
    compiled_report,
    heading_of,
    render_sheet,
)
from kitgen.documents.status.why import people_of
from kitgen.events.handover.parcels import parcel_title, recipient_of
from kitgen.events.recall.recall import Recall, Void, parts_of
from kitgen.events.recall.void import Erratum, errata, erratum_of_moved, recall_lines
from kitgen.kits.paths import safe_name
from kitgen.load.event.event import read_secret
from kitgen.model.audience import AUDIENCE_FACTS, KEYS
from kitgen.model.forms import EVENTS_FOLDER, RECALL_FOLDER
from kitgen.model.recall import ErratumSheet, RecallSheet

LIST: Final = PurePosixPath(RECALL_TEMPLATE).stem
ERRATUM: Final = PurePosixPath(ERRATUM_TEMPLATE).stem
_ALL_FORMS: Final = "Semua dokumen yang memuat hari, tanggal, atau waktu pelaksanaan"


def write_sheets(project: Project, recall: Recall, date: str = "", reason: str = "") -> tuple[Path, bool]:
    """Write the sheets of a recall; gives their folder, and whether it is new.

    `date` and `reason` are what a person said of it; without them the date is filled in by hand, and the reason is what
    of the data changed. Raises `KitgenError` with every fault of the templates, and when the disk refuses.
    """
    home = project.output_dir / EVENTS_FOLDER / safe_name(recall.event) / RECALL_FOLDER
    numbers = sorted(int(path.name) for path in home.glob("[0-9][0-9]*") if path.name.isdigit() and path.is_dir())
    maker = _Sheets(project, recall, date, reason)
    if numbers and _says_the_same(home / f"{numbers[-1]:02}", dict(maker.all(numbers[-1]))):
        return home / f"{numbers[-1]:02}", False
    number = (numbers[-1] if numbers else 0) + 1
    target, sheets = home / f"{number:02}", dict(maker.all(number))
    try:
        with written_together(target) as aside:
            for name, sheet in sheets.items():
                write_whole(aside / name, sheet.data)
    except OSError as error:
        raise failure(
            said("sheets of the recall cannot be written ({strerror})", strerror=error.strerror),
            Place(RECALL_FOLDER),
            said("check the rights and the room on the disk, then run again"),
        ) from error
    return target, True


def _says_the_same(folder: Path, sheets: dict[str, ReportSheet]) -> bool:
    """Whether these very sheets were written there; what people did with them since is theirs."""
    there = {path.relative_to(folder).as_posix(): find_document(path) for path in folder.rglob("*.docx")}
    ours = {name: found for name, found in there.items() if found is not None and found.record is not None}
    return set(ours) == set(sheets) and all(
        found.is_made_from(sheets[name].record.digest) for name, found in ours.items()
    )


class _Sheets:
    """Pembuat lembar penarikan: renders the sheets of one recall, with what they have in common."""

    def __init__(self, project: Project, recall: Recall, date: str, reason: str) -> None:
        assert recall.run is not None  # something is void, so something was handed over
        self._date = date or BLANK
        self._reason = reason
        self._voids = recall.voids
        self._kit = recall.documents[0].planned.kit
        self._parts = parts_of(recall.documents)
        self._secret = read_secret(project, recall.event)
        self._body = recall.run.body
        self._list = compiled_report(project, RECALL_TEMPLATE, recall.run.style)
        self._erratum = compiled_report(project, ERRATUM_TEMPLATE, recall.run.style)
        declared = (form for folder in recall.run.folders.values() for form in folder.forms)
        forms = (*declared, *(document.form for document in recall.documents))
        self._titles = {form.code: form.title for form in forms}

    def all(self, number: int) -> Iterator[tuple[str, ReportSheet]]:
        """Every sheet with its path in the folder of the recall, which has this number."""
        holders: dict[str, list[Void]] = {}
        for void in self._voids:
            holders.setdefault(void.recalled.parcel.name, []).append(void)
        for name, held in holders.items():
            yield f"{held[0].recalled.parcel.folder}/{LIST} {name}.docx", self._list_of(held, f"{number:02}")
        told = [(void.recalled, void.exact) for void in self._voids if not void.has_only_moved]
        moved = [(void.recalled, void.exact) for void in self._voids if void.has_only_moved]
        sheets = errata(told, people_of(self._parts.schedule), ERRATUM)
        for_event = erratum_of_moved(moved, people_of(self._parts.schedule), ERRATUM)
        for own, erratum in enumerate([*([for_event] if for_event is not None else []), *sheets], 1):
            named = f"{erratum.folder}/{safe_name(erratum.name)}.docx"
            yield named, self._erratum_of(erratum, f"{number:02}-{own:02}")

    def _list_of(self, held: list[Void], number: str) -> ReportSheet:
        parcel, schedule = held[0].recalled.parcel, self._parts.schedule
        form, stamp = heading_of(LIST)
        told = [(void.recalled, void.exact) for void in held if not void.has_only_moved]
        moved = [void.recalled for void in held if void.has_only_moved]
        lines = tuple(recall_lines(told, moved, self._titles))
        given = RecallSheet(
            form=form,
            stamp=stamp,
            body=self._body,
            scheme=self._kit.scheme,
            event=schedule.facts,
            venue=schedule.venue,
            parcel=parcel_title(parcel),
            recipient=recipient_of(parcel, self._parts),
            is_secret=parcel.audience in KEYS,
            number=number,
            date=self._date,
            lines=lines,
            documents=len(held),
            copies=sum(line.copies for line in lines),
        )
        return render_sheet(self._list, given, LIST, self._secret)

    def _erratum_of(self, erratum: Erratum, number: str) -> ReportSheet:
        facts, schedule = AUDIENCE_FACTS[erratum.voids[0].parcel.audience], self._parts.schedule
        is_of_form = bool(erratum.code)
        form, stamp = heading_of(ERRATUM)
        given = ErratumSheet(
            form=form,
            stamp=stamp,
            body=self._body,
            scheme=self._kit.scheme,
            event=schedule.facts,
            venue=schedule.venue,
            number=number,
            date=self._date,
            reason=self._reason or erratum.reason,
            code=erratum.code,
            title=self._titles.get(erratum.code, erratum.code) if is_of_form else _ALL_FORMS,
            is_secret=is_of_form and facts.is_secret,
            for_candidate=is_of_form
            and (facts.is_candidates or any(void.handed.candidate is not None for void in erratum.voids)),
            for_assessor=not is_of_form or facts.is_assessing,
            documents=erratum.documents,
            rows=erratum.rows,
        )
        return render_sheet(self._erratum, given, ERRATUM, self._secret)

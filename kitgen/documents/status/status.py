"""How every document of a run stands: what would be made now against what lies on disk. Writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.branches import Provenance
from kitgen.documents.disk.document import find_documents
from kitgen.documents.disk.folder import DocumentFolder
from kitgen.documents.disk.index import read_index, read_reads
from kitgen.documents.disk.staleness import Record, is_set_aside
from kitgen.documents.status.judge import DocumentStatus, Judge, Keep, Lot
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.parallel import share_out
from kitgen.documents.status.templates import templates_of
from kitgen.documents.status.why import Reasoner
from kitgen.kits.event_kit import event_kit
from kitgen.kits.paths import safe_name, same_person
from kitgen.kits.plan import Kit, PlannedDocument, kits_of, plan_documents
from kitgen.load.event.choices import EditionChoices
from kitgen.load.event.event import check_event, choices_of, read_secret
from kitgen.load.project_data import Data, find_form, load_data
from kitgen.model.edition import Edition
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.model.manifest import Manifest, Reads


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run is about; None: all of it (of editions, the default one)."""

    scheme: str | None = None
    edition: str | None = None
    unit: str | None = None
    form: str | None = None
    event: str | None = None
    """The name of an event: its documents, and no others."""
    names: bool = False
    """Whether reasons may quote the documents of an event, and so people's names and data."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file kitgen made that belongs to no planned document any more; kept if it was edited.

    `moved_to`: where the document that takes its place is to lie, after a late change of a person.
    """

    path: str
    record: Record
    is_edited: bool
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class RunStatus:
    """How all documents of a run stand, the orphans beside them, the warnings of the data, the indexes read."""

    documents: tuple[DocumentStatus, ...]
    orphans: tuple[Orphan, ...]
    warnings: tuple[Diagnostic, ...]
    indexes: tuple[tuple[str, Manifest], ...]
    origins: Provenance
    """The branches of what the rendered documents are given."""
    reads: Reads
    """What the templates of its forms read."""


@dataclass(frozen=True, slots=True)
class _How:
    explain: bool
    keep: Keep
    workers: int | None


def status_of(
    project: Project,
    selection: Selection,
    explain: bool = True,
    keep: Keep = "nothing",
    workers: int | None = None,
) -> RunStatus:
    """Work out every document of a run and compare it with the one on disk; `explain` adds the reasons.

    Of what had to be rendered for that, `keep` keeps nothing, the finished files (and the parts of documents people
    type into), or the parts. `workers` processes take part in it, as many as there are processors unless given.
    Raises `KitgenError` with every problem of data and templates.
    """
    how = _How(explain, keep, 1 if keep == "parts" else workers)
    if selection.event is not None:
        return _assess_event(project, selection, selection.event, how)
    data = load_data(project, selection.scheme, selection.edition)
    run = _Run(project, data, selection, how)
    for edition in data.editions:
        run.take(f"{edition.scheme.slug}/{edition.scheme.edition}", _chosen_kits(edition, selection))
    return run.finished(data.warnings)


def _assess_event(project: Project, selection: Selection, name: str, how: _How) -> RunStatus:
    """The documents of one event: pinned to its edition, in a folder of its own above all editions.

    A cell that is wrong leaves a blank on the forms and is told; it does not stop the others.
    """
    loaded: dict[tuple[str, str], Data] = {}

    def choices(slug: str, edition: str) -> EditionChoices:
        data = loaded[slug, edition] = load_data(project, slug, edition)
        return choices_of(data.editions[0].blueprint, data.editions[0].scenarios)

    checked = check_event(project, name, choices)
    if checked.schedule is None:
        raise KitgenError(checked.findings)
    schedule = checked.schedule
    data = loaded.get((schedule.scheme, schedule.edition)) or load_data(project, schedule.scheme, schedule.edition)
    run = _Run(project, data, selection, how, read_secret(project, schedule.name))
    run.take(f"{EVENTS_FOLDER}/{safe_name(schedule.name)}", [event_kit(data.editions[0], schedule)])
    told = (replace(each, severity="warning") for each in checked.findings)
    return run.finished((*data.warnings, *told))


class _Run:
    """One run over the kits of editions or of an event: what it was told to look at, and what it found so far."""

    def __init__(self, project: Project, data: Data, selection: Selection, how: _How, key: bytes = b"") -> None:
        self._project = project
        self._forms = data.forms
        self._selection = selection
        self._how = how
        self._quotes = selection.event is None or selection.names
        self._form = None if selection.form is None else find_form(project, selection.form).code
        self._findings = Findings()
        self._maker = DocumentRenderer(templates_of(project, data), data, key, origins=Provenance(key))
        self._documents: list[DocumentStatus] = []
        self._orphans: list[Orphan] = []
        self._indexes: list[tuple[str, Manifest]] = []

    def take(self, folder: str, kits: Sequence[Kit]) -> None:
        """Look at all documents of these kits, which lie in `folder`, relative to `output/`."""
        key = self._maker.key
        shelf = DocumentFolder(
            self._project.output_dir, folder, read_index(self._project.output_dir / folder, key), key
        )
        self._indexes.append((folder, shelf.index))
        self._maker.reads |= read_reads(self._project.output_dir / folder)
        planned = [each for each in plan_documents(self._forms, kits) if self._form in (None, each.form.code)]
        _refuse_shared_files(planned, self._findings)
        reasoner = Reasoner(self._project, folder, self._maker.origins, self._quotes)
        assessing = Judge(shelf, self._maker, reasoner, self._how.explain, self._how.keep)
        found: list[DocumentStatus] = []
        claimed: set[str] = set()
        for assessed, names in self._standing(planned, assessing):
            claimed |= set(names)
            found += [assessed] if assessed is not None else []
        orphans = list(_orphans(shelf, claimed, self._selection, {kit.folder for kit in kits}))
        if self._selection.event is not None:
            found, orphans = _pair_moved(found, orphans, f"{folder}/")
        self._documents += found
        self._orphans += orphans

    def _standing(
        self, planned: Sequence[PlannedDocument], assessing: Judge
    ) -> list[tuple[DocumentStatus | None, tuple[str, ...]]]:
        """How each document stands, and the names it lays claim to; what must be rendered is shared out by form."""
        standing: dict[int, tuple[DocumentStatus | None, tuple[str, ...]]] = {}
        by_form: dict[str, Lot] = {}
        for number, document in enumerate(planned):
            values = self._maker.values(document)
            same = assessing.as_it_was(document, values)
            if same is not None:
                standing[number] = (same, (same.path,))
            else:
                lot = by_form.setdefault(document.form.code, Lot(document.form))
                lot.members.append((number, document, values))
        lots = list(by_form.values())
        here = [number for number, lot in enumerate(lots) if lot.form.typed_by is not None]  # their parts are kept
        seconds = [lot.seconds(self._how.explain) for lot in lots]
        for lot, outcome in zip(lots, share_out(lots, assessing.lot, seconds, self._how.workers, here), strict=True):
            for (number, document, _), (assessed, names) in zip(lot.members, outcome.standing, strict=True):
                standing[number] = (None if assessed is None else replace(assessed, planned=document), names)
            known = set(self._findings)
            self._findings.extend(problem for problem in outcome.problems if problem not in known)
            self._maker.reads.update(outcome.reads)
            self._maker.origins.nodes.update(outcome.nodes)
        return [standing[number] for number in range(len(planned))]

    def finished(self, warnings: Sequence[Diagnostic]) -> RunStatus:
        """What was found. Raises `KitgenError` with every problem of the documents."""
        self._findings.stop_on_errors()
        return RunStatus(
            tuple(self._documents),
            tuple(self._orphans),
            tuple(warnings),
            tuple(self._indexes),
            self._maker.origins,
            self._maker.reads,
        )


def _refuse_shared_files(planned: Sequence[PlannedDocument], findings: Findings) -> None:
    """Two documents of one name, on any system, would write over each other: told once for two kits."""
    seen: dict[str, PlannedDocument] = {}
    told: set[tuple[str, str]] = set()
    for document in planned:
        other = seen.setdefault(document.path.lower(), document)
        kits = (
            other.kit.name,
            document.kit.name,
        )
        if other is not document and kits not in told:
            names = (
                kits
                if kits[0] != kits[1]
                else (
                    other.form.code,
                    document.form.code,
                )
            )
            message = said(
                "`{names}` and `{names_2}` would make files of the same name", names=names[0], names_2=names[1]
            )
            findings.error(message, Place(document.path), said("call one of them otherwise"))
            told.add(kits)


def _chosen_kits(edition: Edition, selection: Selection) -> list[Kit]:
    kits, scheme = kits_of(edition), edition.scheme
    if selection.unit is None:
        return kits
    chosen = [kit for kit in kits if kit.kind == "unit" and kit.name == selection.unit]
    if not chosen:
        known = [unit.code for unit in scheme.units]
        help = did_you_mean(selection.unit, known) or said("known: {known}", known=", ".join(known))
        raise failure(
            said("scheme {slug} has no unit `{unit}`", slug=scheme.slug, unit=selection.unit),
            Place(f"scheme/{scheme.slug}"),
            help,
        )
    return chosen


def _pair_moved(
    documents: Sequence[DocumentStatus], orphans: Sequence[Orphan], folder: str
) -> tuple[list[DocumentStatus], list[Orphan]]:
    """Tell which documents take the place of which orphans, since a person was renamed or has another assessor."""
    former = {
        key: orphan
        for orphan in orphans
        if not orphan.is_edited and (key := same_person(orphan.path.removeprefix(folder)))
    }
    moved: dict[str, str] = {}
    found: list[DocumentStatus] = []
    for document in documents:
        was = former.get(same_person(document.path.removeprefix(folder))) if document.found is None else None
        if was is not None and was.record.form == document.form.code:
            moved[was.path] = document.path
            document = replace(document, state="moved", moved_from=was.path)
        found.append(document)
    return found, [replace(orphan, moved_to=moved.get(orphan.path)) for orphan in orphans]


def _is_same_file(shelf: DocumentFolder, path: str, claimed: str | None) -> bool:
    """Whether a path is that of a document asked for, as a system spells it that sees no difference in capitals."""
    if claimed is None or shelf.at(claimed) is None:
        return False
    return (shelf.output / path).samefile(shelf.output / claimed)


def _orphans(shelf: DocumentFolder, claimed: set[str], selection: Selection, kits: set[str]) -> Iterator[Orphan]:
    """Files of ours, within what the run is about, that no planned document lays claim to; records are of no kit."""
    spelled = {path.casefold(): path for path in claimed}
    for name in find_documents(shelf.output / shelf.folder):
        path = f"{shelf.folder}/{name}"
        if path not in claimed and _is_same_file(shelf, path, spelled.get(path.casefold())):
            continue
        found = shelf.at(path) if path not in claimed else None
        if found is None or found.record is None or not found.record.kit or is_set_aside(path):
            continue
        if selection.form is not None and found.record.form.lower() != selection.form.lower():
            continue
        if selection.unit is not None and found.record.kit not in kits:
            continue
        yield Orphan(path, found.record, found.is_edited)

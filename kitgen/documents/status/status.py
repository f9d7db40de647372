"""How every document of a run stands: what would be made now against what lies on disk. Writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.aside import Aside
from kitgen.documents.disk.branches import Provenance
from kitgen.documents.disk.folder import DocumentFolder
from kitgen.documents.disk.handed_pages import pages_of
from kitgen.documents.disk.history import told_as
from kitgen.documents.disk.index import read_index, read_reads
from kitgen.documents.disk.intent import last_run
from kitgen.documents.kept.as_made import AsMade
from kitgen.documents.kept.made_with import MadeWith, made_with_delivery, made_with_edition, made_with_now
from kitgen.documents.kept.state import edition_state, event_state
from kitgen.documents.status.folder_status import FolderStatus, held_against, staying_as
from kitgen.documents.status.judge import DocumentStatus, Judge, Judged, Keep, Lot, LotMember
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.orphan import Orphan, find_orphans
from kitgen.documents.status.parallel import share_out
from kitgen.documents.status.ranges import in_ranges
from kitgen.documents.status.renamed import pair_moved, pair_renamed
from kitgen.documents.status.shared_inputs import SharedInputs, in_style
from kitgen.documents.status.why import Reasoner
from kitgen.documents.work.crew import Crew, Workers, count_of, crew_of
from kitgen.kits.event_kit import event_kit
from kitgen.kits.kit import Kit, kits_of
from kitgen.kits.paths import safe_name
from kitgen.kits.plan import PlannedDocument, plan_documents
from kitgen.load.locate import find_editions
from kitgen.load.project_data import Data, find_form
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.edition import Edition
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.model.manifest import Manifest, Reads

if TYPE_CHECKING:
    from kitgen.load.event.choices import EditionChoices


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run is about; None: all of it (of editions, the default one)."""

    scheme: str | None = None
    edition: str | None = None
    unit: str | None = None
    forms: tuple[str, ...] = ()
    """Codes of forms, in capitals or not; none: of all forms."""
    event: str | None = None
    """The name of an event: its documents, and no others."""
    names: bool = False
    """Whether reasons may quote the documents of an event, and so people's names and data."""


@dataclass(frozen=True, slots=True)
class RunStatus:
    """How all documents of a run stand, the orphans beside them, the warnings of the data, what was read for it."""

    documents: tuple[DocumentStatus, ...]
    orphans: tuple[Orphan, ...]
    warnings: tuple[Diagnostic, ...]
    indexes: tuple[tuple[str, Manifest], ...]
    provenance: Provenance
    """The branches of what the rendered documents are given."""
    folders: Mapping[str, FolderStatus]
    """What the documents of each folder are made with."""
    body: CertificationBody
    style: PageStyle
    """Identity and look of pages as the project has them now: reports of a run are made with them."""

    def reads(self, folder: str) -> Reads:
        """What the templates of the forms of a folder read."""
        return self.folders[folder].reads


@dataclass(frozen=True, slots=True)
class _How:
    explain: bool
    keep: Keep
    workers: int | None
    with_now: bool = False
    progress: Callable[[int, int], None] | None = None
    loaded: SharedInputs = field(default_factory=SharedInputs)
    crew: Crew | None = None
    may_be_far: bool = False
    """Whether documents may be made by others: nothing but their files is wanted."""
    aside: Aside | None = None
    making_way: frozenset[str] = frozenset()


def status_of(
    project: Project,
    selection: Selection,
    explain: bool = True,
    keep: Keep = "nothing",
    workers: Workers = None,
    with_now: bool = False,
    progress: Callable[[int, int], None] | None = None,
    loaded: SharedInputs | None = None,
    aside: Aside | None = None,
    making_way: frozenset[str] = frozenset(),
) -> RunStatus:
    """Work out every document of a run and compare it with the one on disk; `explain` adds the reasons.

    Of what had to be rendered for that, `keep` keeps nothing, the finished files (and the parts of documents people
    type into), or the parts. `workers` processes take part in it, as many as there are processors unless given.
    `with_now`: with the templates of now, whatever a release or delivery keeps. `progress` is told how much of what
    must be rendered is. `loaded`: what the runs of a command have in common, where it has several. Finished files are
    laid `aside`, where that is given, instead of being kept in memory. `making_way`: paths of edited files that are to
    be set aside for the new ones, as if they lay there no more.
    Raises `KitgenError` with every problem of data and templates.
    """
    may_be_far = keep == "files" and not explain
    crew = crew_of(workers) if may_be_far else None
    count = 1 if keep == "parts" else count_of(workers)
    how = _How(explain, keep, count, with_now, progress, loaded or SharedInputs(), crew, may_be_far, aside, making_way)
    if selection.event is not None:
        return _event_status(project, selection, selection.event, how)
    provenance, runs, problems = Provenance(), [], Findings()
    for edition in find_editions(project, selection.scheme, selection.edition):
        try:
            runs.append(_edition_status(project, selection, edition, how, provenance))
        except KitgenError as error:
            known = set(problems)
            problems.extend(each for each in error.diagnostics if each not in known)
    problems.stop_on_errors()
    return _joined(runs, provenance)


def _edition_status(
    project: Project, selection: Selection, edition: EditionName, how: _How, provenance: Provenance
) -> RunStatus:
    used = made_with_now(project) if how.with_now else made_with_edition(project, edition)
    loaded_data = how.loaded.data(used.project, edition)
    data = in_style(used, loaded_data)
    run = _Run(used, data, selection, how, provenance)
    loaded = data.editions[0]
    state = edition_state(project, edition, run.pictures) if used.is_fixed else ""
    run.take(edition.folder, _chosen_kits(loaded, selection), state)
    return run.finished(loaded_data)


def _joined(runs: Sequence[RunStatus], provenance: Provenance) -> RunStatus:
    return RunStatus(
        tuple(each for run in runs for each in run.documents),
        tuple(each for run in runs for each in run.orphans),
        tuple(dict.fromkeys(each for run in runs for each in run.warnings)),
        tuple(each for run in runs for each in run.indexes),
        provenance,
        {folder: each for run in runs for folder, each in run.folders.items()},
        runs[0].body,  # all runs are of one project
        runs[0].style,
    )


def _event_status(project: Project, selection: Selection, name: str, how: _How) -> RunStatus:
    """The documents of one event: pinned to its edition, in a folder of its own above all editions.

    A cell that is wrong leaves a blank on the forms and is told; it does not stop the others.
    """
    from kitgen.load.event.event import check_event, choices_of, read_secret  # loads all that reads workbooks

    delivered = None if how.with_now else made_with_delivery(project, name)

    def load(edition: EditionName) -> tuple[MadeWith, Data]:
        used = delivered or how.loaded.followed(project, edition, how.with_now)
        return used, how.loaded.data(used.project, edition)

    def choices(edition: EditionName) -> "EditionChoices":
        _, data = load(edition)
        return choices_of(data.editions[0])

    checked = check_event(project, name, choices, kinds=lambda: how.loaded.facts(project).kinds)
    if checked.schedule is None:
        raise KitgenError(checked.findings)
    schedule = checked.schedule
    pinned = schedule.pinned_to
    used, data = load(pinned)
    key = read_secret(project, schedule.name)
    run = _Run(used, in_style(used, data), selection, how, Provenance(key), key)
    state = event_state(project, schedule.name, pinned, run.pictures, key)
    kit = checked.kit or event_kit(data.editions[0], schedule)
    run.take(f"{EVENTS_FOLDER}/{safe_name(schedule.name)}", [kit], state)
    told = (replace(each, severity="warning") for each in checked.findings)
    return run.finished(data, told)


class _Run:
    """One run over the kits of an edition or event: what it was told to look at, and what it found so far."""

    def __init__(
        self, used: MadeWith, data: Data, selection: Selection, how: _How, provenance: Provenance, key: bytes = b""
    ) -> None:
        self._used = used
        self._project = used.project
        self._forms = data.forms
        self._selection = selection
        self._how = how
        self._quotes = selection.event is None or selection.names
        codes = {form.code.lower() for form in data.forms}
        self._chosen = {code.lower() for code in selection.forms}
        for code in selection.forms:
            if code.lower() not in codes:
                find_form(used.project, code)  # one of the project's that a release or delivery does without, or none
        self._findings = Findings()
        templates = how.loaded.templates(used, data)
        self.pictures = templates.pictures
        shared = how.loaded
        self._maker = DocumentRenderer(
            templates, data, used.made_by, key, shared.plain, provenance=provenance, used=shared.used
        )
        self._documents: list[DocumentStatus] = []
        self._orphans: list[Orphan] = []
        self._indexes: list[tuple[str, Manifest]] = []
        self._folders: dict[str, FolderStatus] = {}

    def _is_chosen(self, code: str) -> bool:
        """Whether the run is about the form with this code."""
        return not self._chosen or code.lower() in self._chosen

    def take(self, folder: str, kits: Sequence[Kit], state: str) -> None:
        """Look at all documents of these kits, which lie in `folder`, relative to `output/`."""
        key = self._maker.key
        output = self._project.output_dir
        last = last_run(self._project.root, folder)
        on_disk = DocumentFolder(output, folder, read_index(output / folder, key), key, last, self._how.making_way)
        self._indexes.append((folder, on_disk.index))
        self._maker.reads |= read_reads(self._project.output_dir / folder)
        reasoner = Reasoner(self._project, folder, self._maker.provenance, self._quotes)
        status = FolderStatus(self._used, self._forms, self._maker.data.style, self._maker.reads, state)
        every = plan_documents(self._forms, kits)
        as_made = None
        if self._used.is_fixed:
            status = held_against(status, every, kits, lambda: reasoner.history)
            as_made = AsMade(on_disk, self._maker.provenance, self._used.record, status.is_unchanged,
                             lambda: reasoner.history, lambda: pages_of(self._project, folder))  # fmt: skip
        out = frozenset(status.left_out)
        planned = [each for each in every if self._is_chosen(each.form.code) and told_as(each) not in out]
        _refuse_shared_files(planned, self._findings)
        judge = Judge(on_disk, self._maker, reasoner, self._how.explain, self._how.keep, self._how.aside, as_made)
        found, other_names = self._judged(planned, judge)
        chosen = {kit.folder for kit in kits} if self._selection.unit is not None else None
        claimed = chain((each.path for each in found), other_names)
        orphans = list(find_orphans(on_disk, claimed, self._is_chosen, chosen))
        if as_made is not None:
            staying = {each.path: staying_as(each.record, status, as_made.history) for each in orphans}
            orphans = [each for each in orphans if each.is_edited or staying[each.path] is None]
            held = {} if self._used.is_of_zero_one else dict(status.held)
            for each in staying.values():
                held |= each or {}
            status = replace(status, held=held)
        self._folders[folder] = status
        found, orphans = pair_renamed(found, orphans, folder, lambda: reasoner.history)
        if self._selection.event is not None:
            found, orphans = pair_moved(found, orphans, f"{folder}/")
        self._documents += found
        self._orphans += orphans

    def _judged(self, planned: Sequence[PlannedDocument], judge: Judge) -> tuple[list[DocumentStatus], set[str]]:
        """How each document stands, and what other names are laid claim to; range after range, so that little is
        held."""
        judged = _AllJudged([None] * len(planned))
        self._maker.note_forms(each.form for each in planned)
        for at, numbers in enumerate(in_ranges(planned)):
            self._range(planned, numbers, judge, judged)
            if at == 0:
                self._maker.keep_values()
            self._maker.forget_values()
            if self._how.aside is not None and judge.waits_for_history and len(numbers) < len(planned):
                self._how.aside.branches.lay(self._maker.provenance.nodes)
        return [each for each in judged.documents if each is not None], judged.other_names

    def _range(
        self, planned: Sequence[PlannedDocument], numbers: Sequence[int], judge: Judge, judged: "_AllJudged"
    ) -> None:
        """Note how the documents with these numbers stand; what must be rendered is shared out by form."""
        by_form: dict[str, Lot] = {}
        for number in numbers:
            document = planned[number]
            values = self._maker.values(document)
            same = judge.as_it_was(document, values)
            if same is not None:
                judged.note(number, Judged(same, (same.path,)))
            else:
                lot = by_form.setdefault(document.form.code, Lot(document.form))
                lot.members.append(LotMember(number, document, values))
        lots, are_many = list(by_form.values()), len(numbers) < len(planned)
        progress = self._how.progress
        if progress is not None and are_many:
            progress = _within(progress, judged.count, len(planned))
        crew = self._how.crew
        if self._how.loaded.are_many or are_many:
            if crew is None and self._how.may_be_far:
                crew = self._how.loaded.copies(self._how.workers)
            if crew is None or judge.as_made is not None:  # once, while copies of this process would each do it anew
                self._maker.templates.prepare([lot.form for lot in lots])
        if crew is not None and judge.as_made is None:
            from kitgen.documents.status.by_crew import made_by_crew

            made, lots = made_by_crew(crew, lots, self._maker, judge, progress)
            for number, each in made.items():
                judged.note(number, each)
        here = [number for number, lot in enumerate(lots) if lot.form.typed_by is not None]  # their parts are kept
        seconds = [lot.seconds(self._how.explain) for lot in lots]
        for lot, outcome in zip(
            lots, share_out(lots, judge.lot, seconds, self._how.workers, here, progress), strict=True
        ):
            for member, each in zip(lot.members, outcome.judged, strict=True):
                status = replace(each.status, planned=member.document) if each.status is not None else None
                judged.note(member.number, replace(each, status=status))
            known = set(self._findings)
            self._findings.extend(problem for problem in outcome.problems if problem not in known)
            self._maker.reads.update(outcome.reads)
            self._maker.provenance.nodes.update(outcome.nodes)

    def finished(self, data: Data, told: Iterable[Diagnostic] = ()) -> RunStatus:
        """What was found, with the warnings of the data and what else was told.

        `data` is what the project says now. Raises `KitgenError` with every problem of the documents.
        """
        self._how.loaded.end_run()
        self._findings.stop_on_errors()
        return RunStatus(
            tuple(self._documents),
            tuple(self._orphans),
            (*data.warnings, *told, *self._findings.warnings),
            tuple(self._indexes),
            self._maker.provenance,
            self._folders,
            data.body,
            data.style,
        )


@dataclass(slots=True)
class _AllJudged:
    """How documents stand, by number (None: not known yet, or its template has faults).

    Most lay claim to their own path alone; `other_names` are those claimed besides, or by what has faults.
    """

    documents: list[DocumentStatus | None]
    other_names: set[str] = field(default_factory=set)
    count: int = 0
    """Of how many it is known."""

    def note(self, number: int, one: Judged) -> None:
        """Note how one stands, and the names it lays claim to."""
        self.documents[number] = one.status
        self.count += 1
        self.other_names.update(one.claimed if one.status is None else one.claimed[1:])


def _within(told: Callable[[int, int], None], before: int, whole: int) -> Callable[[int, int], None]:
    """Tells how far all is, from how far a range is of whose documents so many were done before."""
    return lambda done, of: told(before if done < of else before + 1, whole)


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
            message = said("`{one}` and `{other}` would make files of the same name", one=names[0], other=names[1])
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

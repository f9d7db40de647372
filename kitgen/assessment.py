"""How every document of a run stands: what would be made now against what lies on disk. Writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kitgen import __version__
from kitgen.errors import Diagnostic, Findings, KitgenError, Place, did_you_mean, failure
from kitgen.event_kit import event_kit
from kitgen.event_secret import read_secret
from kitgen.fingerprint import digest_values, keyed, serial_of
from kitgen.load.event_choices import EditionChoices
from kitgen.loaded import Data, Templates, find_form, load_data, templates_of
from kitgen.model.edition import Edition
from kitgen.model.forms import EVENTS_FOLDER, Form
from kitgen.model.manifest import Indexed, KnownReads, Manifest, Reads
from kitgen.origins import Origins
from kitgen.output import find_document, find_documents, index_name, read_index, read_reads
from kitgen.paths import safe_name, same_person
from kitgen.plan import Kit, PlannedDocument, kits_of, plan_documents
from kitgen.project import Project
from kitgen.reasoning import Reasoner
from kitgen.reasons import ENTRY, LOOK, TEMPLATE, VERSIONS, Why
from kitgen.render import RENDERER_VERSION
from kitgen.schedule import check_event, choices_of
from kitgen.staleness import Found, Record, State, is_set_aside, judge, target_of
from kitgen.used_values import UsedValues
from kitgen.values import SERIAL_TOKEN, Plain, Values, as_draft, template_values

if TYPE_CHECKING:
    from kitgen.render.compiled import Rendered


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run is about; None: all of it (of editions, the newest)."""

    scheme: str | None = None
    edition: str | None = None
    unit: str | None = None
    form: str | None = None
    event: str | None = None
    """The name of an event: its documents, and no others."""
    names: bool = False
    """Whether reasons may quote the documents of an event, and so people's names and data."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A document and how it stands; `path` is relative to `output/`, with `/`.

    `write_to` is where the new file goes (None: none is needed), `record` what it will say of itself.
    """

    path: str
    planned: PlannedDocument
    state: State
    record: Record
    fingerprint: str
    found: Found | None = None
    write_to: str | None = None
    rendered: "Rendered | None" = None
    why: Why = Why()
    moved_from: str | None = None
    """Where it lay before a late change of a person, if it is `moved`."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is as it stands, in words."""
        return self.why.told

    @property
    def form(self) -> Form:
        """The form it is one of."""
        return self.planned.form

    @property
    def kit(self) -> str:
        """The name of its kit."""
        return self.planned.kit.name


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
class Assessment:
    """How all documents of a run stand, the orphans beside them, the warnings of the data, the indexes read."""

    documents: tuple[Assessed, ...]
    orphans: tuple[Orphan, ...]
    warnings: tuple[Diagnostic, ...]
    indexes: tuple[tuple[str, Manifest], ...]
    origins: Origins
    """The branches of what the rendered documents are given."""
    reads: Reads
    """What the templates of its forms read."""


def assess(project: Project, selection: Selection, explain: bool = True) -> Assessment:
    """Work out every document of a run and compare it with the one on disk; `explain` adds the reasons.

    Raises `KitgenError` with every problem of data and templates.
    """
    if selection.event is not None:
        return _assess_event(project, selection, selection.event, explain)
    data = load_data(project, selection.scheme, selection.edition)
    run = _Run(project, data, selection, explain)
    for edition in data.editions:
        run.take(f"{edition.scheme.slug}/{edition.scheme.edition}", _chosen_kits(edition, selection))
    return run.finished(data.warnings)


def _assess_event(project: Project, selection: Selection, name: str, explain: bool) -> Assessment:
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
    run = _Run(project, data, selection, explain, read_secret(project, schedule.name))
    run.take(f"{EVENTS_FOLDER}/{safe_name(schedule.name)}", [event_kit(data.editions[0], schedule)])
    told = (replace(each, severity="warning") for each in checked.findings)
    return run.finished((*data.warnings, *told))


class _Run:
    """One run over the kits of editions or of an event: what it was told to look at, and what it found so far."""

    def __init__(self, project: Project, data: Data, selection: Selection, explain: bool, key: bytes = b"") -> None:
        self._project = project
        self._forms = data.forms
        self._selection = selection
        self._explain = explain
        self._quotes = selection.event is None or selection.names
        self._form = None if selection.form is None else find_form(project, selection.form).code
        self._findings = Findings()
        self._maker = _Maker(templates_of(project, data), data, self._findings, key, origins=Origins(key))
        self._documents: list[Assessed] = []
        self._orphans: list[Orphan] = []
        self._indexes: list[tuple[str, Manifest]] = []

    def take(self, folder: str, kits: Sequence[Kit]) -> None:
        """Look at all documents of these kits, which lie in `folder`, relative to `output/`."""
        key = self._maker.key
        shelf = _Shelf(self._project.output_dir, folder, read_index(self._project.output_dir / folder, key), key)
        self._indexes.append((folder, shelf.index))
        self._maker.reads |= read_reads(self._project.output_dir / folder)
        planned = [each for each in plan_documents(self._forms, kits) if self._form in (None, each.form.code)]
        _refuse_shared_files(planned, self._findings)
        claimed: set[str] = set()
        found: list[Assessed] = []
        reasoner = Reasoner(self._project, folder, self._maker.origins, self._quotes)
        for document in planned:
            assessed, names = _assess_document(document, shelf, self._maker, reasoner, self._explain)
            claimed |= set(names)
            found += [assessed] if assessed is not None else []
        orphans = list(_orphans(shelf, claimed, self._selection, {kit.folder for kit in kits}))
        if self._selection.event is not None:
            found, orphans = _pair_moved(found, orphans, f"{folder}/")
        self._documents += found
        self._orphans += orphans

    def finished(self, warnings: Sequence[Diagnostic]) -> Assessment:
        """What was found. Raises `KitgenError` with every problem of the documents."""
        self._findings.stop_on_errors()
        return Assessment(
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
        kits = (other.kit.name, document.kit.name)
        if other is not document and kits not in told:
            names = kits if kits[0] != kits[1] else (other.form.code, document.form.code)
            message = f"`{names[0]}` and `{names[1]}` would make files of the same name"
            findings.error(message, Place(document.path), "call one of them otherwise")
            told.add(kits)


def _chosen_kits(edition: Edition, selection: Selection) -> list[Kit]:
    kits, scheme = kits_of(edition), edition.scheme
    if selection.unit is None:
        return kits
    chosen = [kit for kit in kits if kit.kind == "unit" and kit.name == selection.unit]
    if not chosen:
        known = [unit.code for unit in scheme.units]
        help = did_you_mean(selection.unit, known) or f"known: {', '.join(known)}"
        raise failure(f"scheme {scheme.slug} has no unit `{selection.unit}`", Place(f"scheme/{scheme.slug}"), help)
    return chosen


@dataclass(slots=True)
class _Shelf:
    """What lies in the folder of an edition, each file looked at once; paths are relative to `output/`."""

    output: Path
    folder: str
    index: Manifest
    key: bytes = b""
    _found: dict[str, Found | None] = field(default_factory=dict)

    def at(self, path: str) -> Found | None:
        if path not in self._found:
            self._found[path] = find_document(self.output / path, self._entry(path))
        return self._found[path]

    def _entry(self, path: str) -> Indexed | None:
        return self.index.get(index_name(path.removeprefix(f"{self.folder}/"), self.key))

    def at_typed(self, path: str) -> Found | None:
        """The same for a workbook people type into: what they typed is theirs and does not count as an edit."""
        found = self.at(path)
        if found is None or found.record is None:
            return found
        return replace(found, digest=found.record.digest)

    def was_made(self, path: str) -> bool:
        return self._entry(path) is not None

    def fingerprint(self, path: str) -> str:
        entry = self._entry(path)
        return entry.fingerprint if entry is not None else ""


@dataclass(slots=True)
class _Maker:
    """Makes the parts of documents; what is given to many of them is worked out once."""

    templates: Templates
    data: Data
    findings: Findings
    key: bytes = b""
    """The secret of an event: without it nobody can tell from a serial what a page with personal data says."""
    plain: Plain = field(default_factory=Plain)
    origins: Origins = field(default_factory=Origins)
    used: UsedValues = field(default_factory=UsedValues)
    reads: dict[str, KnownReads] = field(default_factory=dict)
    """What the templates of forms read, by the code of the form."""
    _digests: dict[int, tuple[object, str]] = field(default_factory=dict)
    _form_digests: dict[str, str] = field(default_factory=dict)
    _template_digests: dict[str, str] = field(default_factory=dict)

    def values(self, document: PlannedDocument) -> Values:
        return template_values(document, self.data.body, self.plain, self._signers_of)

    def fingerprint(self, form: Form, values: Values) -> str:
        """All that rendering can use, in one digest: equal fingerprints make equal documents."""
        reads = self._reads_of(form)
        if reads is not None:
            return digest_values([self._form_digest(form), self.used.digest(values, reads)])
        given = {name: self._digest(value) for name, value in values.items()}
        return digest_values([self._form_digest(form), given])

    def _reads_of(self, form: Form) -> frozenset[str] | None:
        """What a form's template reads, from an index that knows it or from the template; None if that has faults."""
        known = self._known(form)
        if known is None:
            try:
                reads = self.templates.compiled(form).reads
            except KitgenError:
                return None
            known = KnownReads(self._made_of(form), reads, self.templates.signers(form))
            self.reads[form.code] = known
        return known.paths

    def _known(self, form: Form) -> KnownReads | None:
        """What is known of a form's template as it is now, if anything is."""
        known = self.reads.get(form.code)
        return known if known is not None and known.template == self._made_of(form) else None

    def _made_of(self, form: Form) -> str:
        if form.code not in self._template_digests:
            made_of = digest_values([__version__, RENDERER_VERSION, self.templates.digest(form)])
            self._template_digests[form.code] = made_of
        return self._template_digests[form.code]

    def _signers_of(self, form: Form) -> tuple[str, ...]:
        known = self._known(form)
        return self.templates.signers(form) if known is None else known.signers

    def _form_digest(self, form: Form) -> str:
        if form.code not in self._form_digests:
            makers = [__version__, RENDERER_VERSION, self.templates.digest(form)]
            self._form_digests[form.code] = digest_values([*makers, asdict(self.data.look), asdict(form)])
        return self._form_digests[form.code]

    def note_origins(self, fingerprint: str, form: Form, values: Values) -> None:
        """Keep the branches of what a document is made of, to tell later what changed in it."""
        made_of = {VERSIONS: [__version__, RENDERER_VERSION], TEMPLATE: self.templates.digest(form),
                   LOOK: self.plain(self.data.look), ENTRY: self.plain(form)}  # fmt: skip
        self.origins.take(fingerprint, {**made_of, **values})

    def _digest(self, value: object) -> str:
        found = self._digests.get(id(value))
        if found is None:
            found = self._digests[id(value)] = (value, digest_values(value))
        return found[1]

    def render(self, form: Form, values: Values) -> "tuple[Rendered, str] | None":
        """The parts of a document, serial and draft mark in place, and the serial; None if its template has faults."""
        try:
            template = self.templates.compiled(form)
            rendered = template.render_parts(values)
            if rendered.missing:  # only now it is known that the page must say so
                rendered = template.render_parts(as_draft(values))
        except KitgenError as error:
            known = set(self.findings.diagnostics)
            self.findings.extend(problem for problem in error.diagnostics if problem not in known)
            return None
        serial = serial_of(keyed(rendered.digest(), self.key))
        return rendered.replaced({SERIAL_TOKEN: serial}), serial


def _assess_document(
    document: PlannedDocument, shelf: _Shelf, maker: _Maker, reasoner: Reasoner, explain: bool
) -> tuple[Assessed | None, tuple[str, ...]]:
    """How one document stands (None if its template has faults), and the names it lays claim to."""
    form, path = document.form, f"{shelf.folder}/{document.path}"
    values = maker.values(document)
    fingerprint = maker.fingerprint(form, values)
    look = shelf.at if form.typed_by is None else shelf.at_typed
    found = look(path)
    if found is not None and found.is_ours and shelf.fingerprint(path) == fingerprint:
        assert found.record is not None
        return Assessed(path, document, "same", found.record, fingerprint, found), (path,)
    made = maker.render(form, values)
    if made is None:
        return None, (path,)
    rendered, serial = made
    maker.note_origins(fingerprint, form, values)
    record = Record(rendered.digest(), form.code, document.kit.folder, serial)
    state = judge(found, record.digest, shelf.was_made(path))
    target = target_of(path, record.digest, look)
    if state == "edited" and found is not None and reasoner.is_resaved(document, path, found, rendered, record.digest):
        state = "resaved"
    why = reasoner.why(document, path, state, found, rendered, record, target, fingerprint) if explain else Why()
    assessed = Assessed(path, document, state, record, fingerprint, found, target.path, rendered, why)
    return assessed, target.claimed


def _pair_moved(
    documents: Sequence[Assessed], orphans: Sequence[Orphan], folder: str
) -> tuple[list[Assessed], list[Orphan]]:
    """Tell which documents take the place of which orphans, since a person was renamed or has another assessor."""
    former = {
        key: orphan
        for orphan in orphans
        if not orphan.is_edited and (key := same_person(orphan.path.removeprefix(folder)))
    }
    moved: dict[str, str] = {}
    found: list[Assessed] = []
    for document in documents:
        was = former.get(same_person(document.path.removeprefix(folder))) if document.found is None else None
        if was is not None and was.record.form == document.form.code:
            moved[was.path] = document.path
            document = replace(document, state="moved", moved_from=was.path)
        found.append(document)
    return found, [replace(orphan, moved_to=moved.get(orphan.path)) for orphan in orphans]


def _is_same_file(shelf: _Shelf, path: str, claimed: str | None) -> bool:
    """Whether a path is that of a document asked for, as a system spells it that sees no difference in capitals."""
    if claimed is None or shelf.at(claimed) is None:
        return False
    return (shelf.output / path).samefile(shelf.output / claimed)


def _orphans(shelf: _Shelf, claimed: set[str], selection: Selection, kits: set[str]) -> Iterator[Orphan]:
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

"""How one document stands: what would be made of it now against what lies on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from kitgen.base.digests import NO_FINGERPRINT, Fingerprint, PartsDigest, Serial
from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.base.line_diff import DumpLine
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.aside import Aside
from kitgen.documents.disk.branches import Nodes
from kitgen.documents.disk.document import document_parts, inspect, parts_of_file
from kitgen.documents.disk.folder import DocumentFolder
from kitgen.documents.disk.history import told_as
from kitgen.documents.disk.staleness import Found, Record, State, Target, judge, target_of
from kitgen.documents.kept.as_made import AsMade
from kitgen.documents.status.held import DocumentFacts, Held, Ready, fingerprint_of, ready_of, record_of
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.reasons import Why
from kitgen.documents.status.why import Reasoner, beside_it
from kitgen.kits.plain import Values
from kitgen.kits.plan import PlannedDocument
from kitgen.model.forms import Form
from kitgen.model.manifest import Reads

if TYPE_CHECKING:
    from kitgen.render.compiled import Rendered

_RETEMPLATE: Final = said("make it with the templates of now: `kitgen edition retemplate`")

_NO_REASON: Final = Why()

Keep = Literal["nothing", "files", "parts"]
"""What is kept of what had to be rendered: finished files (and the parts of documents people type into), or parts."""


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document and how it stands; `folder` is the one of `output/` it lies in, with `/`."""

    folder: str
    planned: PlannedDocument
    state: State
    held: Held
    found: Found | None = None
    goes: bool | str = False
    """Whether a new file goes to its path; or where else that goes."""
    rendered: "Rendered | None" = None
    """Its parts, where it was rendered and they are kept (see `status_of`)."""
    why: Why = Why()
    moved_from: str | None = None
    """Where it lay before a late change of a person, if it is `moved`."""

    @property
    def path(self) -> str:
        """Where it lies, relative to `output/`, with `/`: made of texts that many documents share."""
        return f"{self.folder}/{self.planned.path}"

    @property
    def write_to(self) -> str | None:
        """Where the new file goes (None: none is needed)."""
        return (self.path if self.goes is True else self.goes) or None

    @property
    def record(self) -> Record:
        """What the file will say of itself."""
        return record_of(self.held, self.planned)

    @property
    def fingerprint(self) -> Fingerprint:
        """What it is made of."""
        return fingerprint_of(self.held)

    @property
    def ready(self) -> Ready | None:
        """Its file, where it was rendered for a build."""
        return ready_of(self.held)

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
class Judged:
    """Putusan atas satu dokumen: how it stands (None: its template has faults), and the names it lays claim to."""

    status: DocumentStatus | None
    claimed: tuple[str, ...]


class LotMember(NamedTuple):
    """Anggota bagian kerja: a document by its number in the run, and what its template is given."""

    number: int
    document: PlannedDocument
    values: Values


@dataclass(frozen=True, slots=True)
class Lot:
    """Bagian kerja: documents of one form that may have to be made, by number, each with what its template is given."""

    form: Form
    members: list[LotMember] = field(default_factory=list)

    def seconds(self, explain: bool) -> float:
        """About how many seconds they take: compiling the template, then each of them."""
        return (0.09 if self.form.template.endswith(".xlsx") else 0.035) + len(self.members) * (
            0.006 if explain else 0.003
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hasilnya: how the documents of a lot stand.

    With it come the faults of its template, what is known of that now, and the branches of what the documents are
    given.
    """

    judged: tuple[Judged, ...]
    problems: tuple[Diagnostic, ...]
    reads: Reads
    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Judge:
    """Penilaian: how one document after another stands, with what all of a folder have in common."""

    on_disk: DocumentFolder
    maker: DocumentRenderer
    reasoner: Reasoner
    explain: bool
    keep: Keep
    aside: Aside | None = None
    """Where finished files go until all are made."""
    as_made: AsMade | None = None
    """Of a release or delivery: what is known of its documents, which stay as they were made."""

    @property
    def waits_for_history(self) -> bool:
        """Whether branches of documents are wanted for nothing but the history: all of what is noted is made."""
        return self.keep == "files" and not self.explain and self.as_made is None and bool(self.maker.key)

    def as_it_was(self, document: PlannedDocument, values: Values) -> DocumentStatus | None:
        """A document that need not be rendered to know that it is as it would be made."""
        path = f"{self.on_disk.folder}/{document.path}"
        if not self.on_disk.fingerprint(path):  # no fingerprint can be equal to none
            return None
        fingerprint = self.maker.known_fingerprint(document.form, values)
        return self._same(document, fingerprint) if fingerprint else None

    def _same(self, document: PlannedDocument, fingerprint: Fingerprint) -> DocumentStatus | None:
        path = f"{self.on_disk.folder}/{document.path}"
        if self.on_disk.fingerprint(path) != fingerprint:
            return None
        found = self._finder(document.form)(path)
        if found is None or not found.is_ours or found.record is None:
            return None
        return self._status(document, "same", DocumentFacts(found.record, fingerprint), found)

    def lot(self, lot: Lot) -> Outcome:
        """How the documents of a lot stand; `planned` is left out, which is known where they are planned."""
        known = len(self.maker.provenance.nodes)
        problems: dict[Diagnostic, None] = {}
        judged: list[Judged] = []
        for member in lot.members:
            each = self._made(member.document, member.values, problems)
            if each.status is not None:
                each = replace(each, status=replace(each.status, planned=cast(PlannedDocument, None)))
            judged.append(each)
        reads = {code: each for code, each in self.maker.reads.items() if code == lot.form.code}
        nodes = dict(islice(self.maker.provenance.nodes.items(), known, None))  # those that came with this lot
        return Outcome(tuple(judged), tuple(problems), reads, nodes)

    def _made(self, document: PlannedDocument, values: Values, problems: dict[Diagnostic, None]) -> Judged:
        """How a document stands that is rendered, and the names it lays claim to; faults of its template are noted."""
        form, path, maker = document.form, f"{self.on_disk.folder}/{document.path}", self.maker
        fingerprint = NO_FINGERPRINT
        try:
            fingerprint = maker.fingerprint(form, values)
            same = self._same(document, fingerprint)  # nothing may have been known of its template before
            if same is not None:
                return Judged(same, (path,))
            rendered, serial = maker.render(form, values)
        except KitgenError as error:
            if self.as_made is not None:
                return self._not_makeable(document, values, fingerprint, error, problems)
            problems.update(dict.fromkeys(error.diagnostics))
            return Judged(None, (path,))
        maker.note_provenance(fingerprint, form, values)
        if self.as_made is not None:
            right = self._right_serial(document, path, fingerprint)
            if right and right != serial:
                return self._as_made(document, path, fingerprint, right, rendered.replaced({serial: right}), problems)
        record = Record(rendered.digest(), form.code, document.kit.folder, serial)
        find = self._finder(form)
        found, reasoner = find(path), self.reasoner
        state = judge(found, record.digest, self.on_disk.was_made(path))
        target = target_of(path, record.digest, find)
        if state == "edited" and found and reasoner.is_resaved(document, path, found, rendered, record.digest):
            state = "resaved"
        why = Why()
        if self.explain:
            why = reasoner.why(document, path, state, found, rendered, record, target, fingerprint)
        ready = self._put(Ready.of(rendered, record, path), target) if self.keep == "files" else None
        kept = rendered if self.keep == "parts" or self._may_be_typed_into(form, target) else None
        status = self._status(document, state, DocumentFacts(record, fingerprint, ready), found, target.path, kept, why)
        return Judged(status, target.claimed)

    def of_made(self, document: PlannedDocument, values: Values, record: Record, ready: Ready) -> Judged | None:
        """How a document stands that was made elsewhere, its template being known here.

        None where more of it is wanted than its file.
        """
        path, find = f"{self.on_disk.folder}/{document.path}", self._finder(document.form)
        fingerprint = self.maker.fingerprint(document.form, values)
        same = self._same(document, fingerprint)
        if same is not None:
            return Judged(same, (path,))
        found = find(path)
        state = judge(found, record.digest, self.on_disk.was_made(path))
        if state == "edited":
            return None
        self.maker.note_provenance(fingerprint, document.form, values)
        target = target_of(path, record.digest, find)
        ready = self._put(ready, target)
        status = self._status(document, state, DocumentFacts(record, fingerprint, ready), found, target.path)
        return Judged(status, target.claimed)

    def _right_serial(self, document: PlannedDocument, path: str, fingerprint: Fingerprint) -> Serial:
        """The serial of the pages of a release or delivery that still are right; empty if none are."""
        assert self.as_made is not None
        form = document.form
        return self.as_made.serial_of(
            told_as(document), path, self._finder(form), fingerprint, self.maker.reads_of(form)
        )

    def _not_makeable(
        self,
        document: PlannedDocument,
        values: Values,
        fingerprint: Fingerprint,
        error: KitgenError,
        problems: dict[Diagnostic, None],
    ) -> Judged:
        """A document whose kept template this kitgen cannot fill: it stays as it was made."""
        assert self.as_made is not None
        form, path = document.form, f"{self.on_disk.folder}/{document.path}"
        fingerprint = fingerprint or self.maker.unread_fingerprint(form, values)
        self.maker.note_provenance(fingerprint, form, values)
        right = self._right_serial(document, path, fingerprint)
        if not right:
            first = error.diagnostics[0]
            told = said(
                "{code} may say something else now and cannot be made with the template that was kept", code=form.code
            )
            problems[
                Diagnostic(
                    said("{told}: {message}", told=told, message=first.message), first.place, _RETEMPLATE, "warning"
                )
            ] = None
            right = self.as_made.last_serial(told_as(document), path, self._finder(form))
        if not right:
            return Judged(None, (path,))
        return self._as_made(document, path, fingerprint, right, None, problems)

    def _as_made(
        self,
        document: PlannedDocument,
        path: str,
        fingerprint: Fingerprint,
        serial: Serial,
        rendered: "Rendered | None",
        problems: dict[Diagnostic, None],
    ) -> Judged:
        """How a document stands that stays as it was made, with the serial it had.

        Where its file is gone it comes from a copy, else from what is `rendered` now if that says the same words.
        """
        assert self.as_made is not None
        form, find = document.form, self._finder(document.form)
        held, there = self.as_made.held(path, find, serial), find(path)
        record, file = held.record if held is not None else None, None
        if record is None:
            file = self._file_again(document, path, serial, rendered)
            record = inspect(file, path).record if file is not None else None
        if record is None:
            told = said(
                "{code} cannot be made again as it was, and no copy of it is kept: {serial}",
                code=form.code,
                serial=serial,
            )
            problems[Diagnostic(told, None, _RETEMPLATE, "warning")] = None
            lost = Record(PartsDigest(""), form.code, document.kit.folder, serial)
            state: State = "deleted" if there is None else "same"
            return Judged(self._status(document, state, DocumentFacts(lost, fingerprint), there), (path,))
        state = judge(there, record.digest, self.on_disk.was_made(path))
        target = target_of(path, record.digest, find)
        if state == "edited" and there and self.reasoner.is_resaved(document, path, there, None, record.digest):
            state = "resaved"
        ready = None
        if file is not None and target.path is not None and self.keep != "nothing":
            ready = self._put(Ready.of_file(file, path), target)
        why = _why_as_made(state, target) if self.explain else Why()
        status = self._status(document, state, DocumentFacts(record, fingerprint, ready), there, target.path, None, why)
        return Judged(status, target.claimed)

    def _file_again(
        self, document: PlannedDocument, path: str, serial: Serial, rendered: "Rendered | None"
    ) -> bytes | None:
        """A finished file that says what the one with this serial said; None if there is none."""
        assert self.as_made is not None
        file = self.as_made.pages.file_with_serial(serial, document.form.code)
        if file is not None or rendered is None:
            return file
        ready = Ready.of(rendered, Record(rendered.digest(), document.form.code, document.kit.folder, serial), path)
        is_as_it_was = self.maker.provenance.hidden(ready.words) == self.as_made.words(told_as(document), serial)
        return ready.file if is_as_it_was else None

    def _status(
        self,
        document: PlannedDocument,
        state: State,
        told: DocumentFacts,
        found: Found | None,
        write_to: str | None = None,
        rendered: "Rendered | None" = None,
        why: Why = _NO_REASON,
    ) -> DocumentStatus:
        folder = self.on_disk.folder
        goes = write_to == f"{folder}/{document.path}" or write_to or False
        return DocumentStatus(folder, document, state, told.held(document), found, goes, rendered, why)

    def _put(self, ready: Ready, target: Target) -> Ready:
        return ready.put(self.aside, self.on_disk.output / target.path if target.path is not None else None)

    def is_typed_into(self, lot: Lot) -> bool:
        """Whether a file lies in the place of one of these documents that people type into."""
        paths = (f"{self.on_disk.folder}/{member.document.path}" for member in lot.members)
        return lot.form.typed_by is not None and any(self.on_disk.at(path) is not None for path in paths)

    def _may_be_typed_into(self, form: Form, target: Target) -> bool:
        """Whether a new file goes where one lies that people type into: what they typed is carried over."""
        is_typed = self.keep == "files" and form.typed_by is not None
        return is_typed and target.path is not None and self.on_disk.at(target.path) is not None

    def _finder(self, form: Form) -> Callable[[str], Found | None]:
        return self.on_disk.at if form.typed_by is None else self.on_disk.at_typed


def _why_as_made(state: State, target: Target) -> Why:
    if state == "edited":
        return Why((said("edited by hand and kept; {beside_it}", beside_it=beside_it(target)),))
    if state == "resaved":
        return Why(
            (
                said(
                    "opened and saved again, its words are kitgen's, and kept; {beside_it}", beside_it=beside_it(target)
                ),
            )
        )
    if state == "foreign":
        return Why((said("not made by kitgen and kept; {beside_it}", beside_it=beside_it(target)),))
    return Why((said("it is put back as it was made"),)) if target.path is not None else Why()


def lines_now(project: Project, document: DocumentStatus) -> list[DumpLine]:
    """What a document says as it would be made now."""
    from kitgen.render.dump.dump import dump_parts  # loads the engine, which a plan of nothing new does without

    if document.rendered is not None:
        return dump_parts(document.rendered.all_parts(), document.path)
    if document.ready is not None and document.ready.file:
        return dump_parts(parts_of_file(document.ready.file, document.path), document.path)
    return dump_parts(document_parts(project.output_dir / document.path), document.path)

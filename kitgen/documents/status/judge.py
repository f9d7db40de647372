"""How one document stands: what would be made of it now against what lies on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, cast

from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.base.line_diff import DumpLine
from kitgen.base.project import Project
from kitgen.documents.disk.branches import Nodes
from kitgen.documents.disk.document import document_parts, record_properties
from kitgen.documents.disk.folder import DocumentFolder
from kitgen.documents.disk.staleness import Found, Record, State, judge, target_of
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.reasons import Why
from kitgen.documents.status.why import Reasoner
from kitgen.kits.plan import PlannedDocument
from kitgen.kits.values import Values
from kitgen.model.forms import Form
from kitgen.model.manifest import Reads

if TYPE_CHECKING:
    from kitgen.render.compiled import Rendered

Keep = Literal["nothing", "files", "parts"]
"""What is kept of what had to be rendered: finished files (and the parts of documents people type into), or parts."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Siap tulis: a finished file, and the digest of its words."""

    file: bytes
    words: str

    @classmethod
    def of(cls, rendered: "Rendered", record: Record, name: str) -> "Ready":
        """The file of a rendered document."""
        from kitgen.render.dump.words import words_digest

        return cls(rendered.pack(record_properties(record)), words_digest(rendered.all_parts(), name))


@dataclass(frozen=True, slots=True)
class DocumentStatus:
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
    """Its parts, where it was rendered and they are kept (see `status_of`)."""
    ready: Ready | None = None
    """Its file, where it was rendered for a build."""
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
class Lot:
    """Bagian kerja: documents of one form that may have to be made, by number, each with what its template is given."""

    form: Form
    members: list[tuple[int, PlannedDocument, Values]] = field(default_factory=list)

    def seconds(self, explain: bool) -> float:
        """About how long they take: compiling the template, then each of them."""
        return (0.09 if self.form.template.endswith(".xlsx") else 0.035) + len(self.members) * (
            0.006 if explain else 0.003
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hasilnya: how the documents of a lot stand (None: the template has faults) with the names they lay claim to.

    With it come the faults, what is known of the template now, and the branches of what the documents are given.
    """

    standing: tuple[tuple[DocumentStatus | None, tuple[str, ...]], ...]
    problems: tuple[Diagnostic, ...]
    reads: Reads
    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Judge:
    """Penilaian: how one document after another stands, with what all of a folder have in common."""

    shelf: DocumentFolder
    maker: DocumentRenderer
    reasoner: Reasoner
    explain: bool
    keep: Keep

    def as_it_was(self, document: PlannedDocument, values: Values) -> DocumentStatus | None:
        """A document that need not be rendered to know that it is as it would be made."""
        fingerprint = self.maker.known_fingerprint(document.form, values)
        return self._same(document, fingerprint) if fingerprint else None

    def _same(self, document: PlannedDocument, fingerprint: str) -> DocumentStatus | None:
        path = f"{self.shelf.folder}/{document.path}"
        if self.shelf.fingerprint(path) != fingerprint:
            return None
        found = self._look(document.form)(path)
        if found is None or not found.is_ours or found.record is None:
            return None
        return DocumentStatus(path, document, "same", found.record, fingerprint, found)

    def lot(self, lot: Lot) -> Outcome:
        """How the documents of a lot stand; `planned` is left out, which is known where they are planned."""
        known = set(self.maker.origins.nodes)
        problems: dict[Diagnostic, None] = {}
        standing: list[tuple[DocumentStatus | None, tuple[str, ...]]] = []
        for _, document, values in lot.members:
            assessed, claimed = self._made(document, values, problems)
            if assessed is not None:
                assessed = replace(assessed, planned=cast(PlannedDocument, None))
            standing.append((assessed, claimed))
        reads = {code: each for code, each in self.maker.reads.items() if code == lot.form.code}
        nodes = {name: node for name, node in self.maker.origins.nodes.items() if name not in known}
        return Outcome(tuple(standing), tuple(problems), reads, nodes)

    def _made(
        self, document: PlannedDocument, values: Values, problems: dict[Diagnostic, None]
    ) -> tuple[DocumentStatus | None, tuple[str, ...]]:
        """How a document stands that is rendered, and the names it lays claim to; faults of its template are noted."""
        form, path, maker = document.form, f"{self.shelf.folder}/{document.path}", self.maker
        try:
            fingerprint = maker.fingerprint(form, values)
            same = self._same(document, fingerprint)  # nothing may have been known of its template before
            if same is not None:
                return same, (path,)
            rendered, serial = maker.render(form, values)
        except KitgenError as error:
            problems.update(dict.fromkeys(error.diagnostics))
            return None, (path,)
        maker.note_origins(fingerprint, form, values)
        record = Record(rendered.digest(), form.code, document.kit.folder, serial)
        look = self._look(form)
        found, reasoner = look(path), self.reasoner
        state = judge(found, record.digest, self.shelf.was_made(path))
        target = target_of(path, record.digest, look)
        if state == "edited" and found and reasoner.is_resaved(document, path, found, rendered, record.digest):
            state = "resaved"
        why = Why()
        if self.explain:
            why = reasoner.why(document, path, state, found, rendered, record, target, fingerprint)
        ready = Ready.of(rendered, record, path) if self.keep == "files" else None
        is_kept = self.keep == "parts" or (self.keep == "files" and form.typed_by is not None)
        kept = rendered if is_kept else None
        assessed = DocumentStatus(path, document, state, record, fingerprint, found, target.path, kept, ready, why)
        return assessed, target.claimed

    def _look(self, form: Form) -> Callable[[str], Found | None]:
        return self.shelf.at if form.typed_by is None else self.shelf.at_typed


def lines_now(project: Project, document: DocumentStatus) -> list[DumpLine]:
    """What a document says as it would be made now."""
    from kitgen.render.dump.dump import dump_parts  # loads the engine, which a plan of nothing new does without

    if document.rendered is not None:
        return dump_parts(document.rendered.all_parts(), document.path)
    return dump_parts(document_parts(project.output_dir / document.path), document.path)

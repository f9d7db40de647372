"""Everything a run needs, loaded and looked at as a whole: data, forms, templates, and whether they fit together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kitgen.errors import Diagnostic, Findings, KitgenError, Place, did_you_mean, failure
from kitgen.fingerprint import digest
from kitgen.load.edition import load_edition
from kitgen.load.forms import load_forms
from kitgen.load.identity import load_identity
from kitgen.load.locate import find_editions
from kitgen.model.body import CertificationBody, Look
from kitgen.model.diff_sheet import DiffSheet
from kitgen.model.edition import Edition
from kitgen.model.forms import AUDIENCE_FOLDERS, Form
from kitgen.model.given import ALWAYS_GIVEN
from kitgen.model.handover import HandoverSheet
from kitgen.model.proof import ProofSheet
from kitgen.model.recall import ErratumSheet, RecallSheet
from kitgen.project import Project
from kitgen.render import CompiledTemplate, PageLook, compile_template
from kitgen.review import Review, marks_of, review
from kitgen.vocabulary import look_up, vocabulary, words_of, words_within

PROOF_TEMPLATE: Final = "xlsx/laporan/Bukti Cakupan KUK.xlsx"
DIFF_TEMPLATE: Final = "docx/laporan/Perbedaan Edisi.docx"
HANDOVER_TEMPLATE: Final = "docx/laporan/Lembar Serah Terima.docx"
RECALL_TEMPLATE: Final = "docx/laporan/Daftar Penarikan.docx"
ERRATUM_TEMPLATE: Final = "docx/laporan/Lembar Ralat.docx"
REPORTS: Final[dict[str, type]] = {
    PROOF_TEMPLATE: ProofSheet,
    DIFF_TEMPLATE: DiffSheet,
    HANDOVER_TEMPLATE: HandoverSheet,
    RECALL_TEMPLATE: RecallSheet,
    ERRATUM_TEMPLATE: ErratumSheet,
}
"""Working templates: what kitgen itself reports with, and what each is given. They belong to no form and lie in a
folder `laporan`, apart from those that do."""


@dataclass(frozen=True, slots=True)
class Data:
    """What was loaded for a run, and the warnings found on the way."""

    editions: tuple[Edition, ...]
    body: CertificationBody
    look: Look
    forms: tuple[Form, ...]
    warnings: tuple[Diagnostic, ...]


def load_data(project: Project, scheme: str | None = None, edition: str | None = None) -> Data:
    """Load schemes, identity and forms. Raises `KitgenError` with every problem of every file."""
    findings = Findings()
    data = _load(project, scheme, edition, findings)
    findings.stop_on_errors()
    return replace(data, warnings=tuple(findings.warnings))


def _load(project: Project, scheme: str | None, edition: str | None, findings: Findings) -> Data:
    """What can be read of it; every problem is noted in `findings`."""
    forms, kinds = load_forms(project.forms_file, project.shown(project.forms_file), findings)
    body, look = load_identity(project.identity_file, project.shown(project.identity_file), findings)
    editions: list[Edition] = []
    for slug, name in find_editions(project, scheme, edition):
        loaded = load_edition(project, slug, name, kinds, findings)
        if loaded is not None:
            editions.append(loaded)
    return Data(tuple(editions), body, look, forms, ())


@dataclass(slots=True)
class Templates:
    """The templates of a run: each is read once for its digest and compiled once, when it is first needed.

    `look` is what all of them have in common.
    """

    project: Project
    look: Look = field(default_factory=Look)
    pictures: tuple[str, ...] = ()
    """Names of the identity's pictures, beside its file."""
    _digests: dict[str, str] = field(default_factory=dict)
    _signers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _compiled: dict[str, CompiledTemplate | KitgenError] = field(default_factory=dict)

    def digest(self, form: Form) -> str:
        """Digest of a form's template and of the shared blocks beside it."""
        if form.template not in self._digests:
            path = self.project.templates_dir / form.template
            files = [path, *sorted(block for block in path.parent.glob("blocks/*") if block.is_file())]
            files += [self.project.scheme_dir / name for name in self.pictures]
            self._digests[form.template] = digest("".join(digest(file.read_bytes()) for file in files).encode())
        return self._digests[form.template]

    def signers(self, form: Form) -> tuple[str, ...]:
        """Who signs a form, read off its template."""
        if form.template not in self._signers:
            from kitgen.render.signing import signers_of

            self._signers[form.template] = signers_of(self.project.templates_dir / form.template)
        return self._signers[form.template]

    def compiled(self, form: Form) -> CompiledTemplate:
        """The form's template, ready to render. Raises `KitgenError` with every fault of it."""
        found = self._compiled.get(form.template)
        if found is None:
            path = self.project.templates_dir / form.template
            try:
                look = page_of(self.look)
                found = compile_template(path, self.project.shown(path), self.project.scheme_dir, look)
            except KitgenError as error:
                found = error
            self._compiled[form.template] = found
        if isinstance(found, KitgenError):
            raise found
        problems = list(misuse(form, found))
        if problems:
            raise KitgenError(problems)
        return found


def templates_of(project: Project, data: Data) -> Templates:
    """The templates of a run in the look of its body."""
    logos = (data.body.logo.picture, data.body.partner_logo.picture)
    return Templates(project, data.look, tuple(name for name in logos if isinstance(name, str)))


def misuse(form: Form, template: CompiledTemplate) -> Iterator[Diagnostic]:
    """What a template reads that its form is not given, that does not exist, or that its audience may not see."""
    given = frozenset((*ALWAYS_GIVEN, *form.given))
    told: set[tuple[str, str]] = set()
    for use in template.uses:
        looked = look_up(use.path, given)
        path = use.path.replace("[]", "")
        if looked.message:
            key = (looked.message, str(use.place))
            if key not in told:
                yield Diagnostic(looked.message, use.place, looked.help)
            told.add(key)
        elif form.audience not in looked.seen_by:
            folder = AUDIENCE_FOLDERS[form.audience]
            yield Diagnostic(
                f"template uses `{path}`, which must not be seen in `{folder}`, where {form.code} goes",
                use.place, f"take it out, or change the audience of {form.code} in forms.yaml",
            )  # fmt: skip


def check_templates(project: Project, forms: Iterable[Form]) -> list[Diagnostic]:
    """Every problem of every form's template."""
    templates = Templates(project)
    problems: list[Diagnostic] = []
    for form in forms:
        try:
            templates.compiled(form)
        except KitgenError as error:
            problems += error.diagnostics
    return problems


def page_of(look: Look) -> PageLook:
    """The paper and colour of the body's pages, as templates are compiled with them."""
    return PageLook(look.paper == "F4", look.accent)


def compiled_report(project: Project, name: str, look: Look | None = None) -> CompiledTemplate:
    """A working template, ready to render, in the look of the body. Raises `KitgenError` with every fault of it."""
    path = project.templates_dir / name
    if not path.is_file():
        raise failure("template of a report does not exist", Place(project.shown(path)),
                      f"copy `{name}` from the templates kitgen comes with")  # fmt: skip
    page = page_of(look) if look is not None else PageLook()
    template = compile_template(path, project.shown(path), project.scheme_dir, page)
    words = words_of(REPORTS[name])
    looked = [(look_up(use.path, frozenset(words), words), use.place) for use in template.uses]
    problems = {Diagnostic(each.message, place, each.help): None for each, place in looked if each.message}
    if problems:
        raise KitgenError(problems)
    return template


def check_reports(project: Project) -> list[Diagnostic]:
    """Every problem of the working templates."""
    problems: list[Diagnostic] = []
    for name in REPORTS:
        try:
            compiled_report(project, name)
        except KitgenError as error:
            problems += error.diagnostics
    return problems


def check_project(
    project: Project,
    scheme: str | None = None,
    edition: str | None = None,
    candidates: int | None = None,
    assessors: int = 1,
) -> tuple[Findings, tuple[Review, ...]]:
    """All problems and oddities of a project, and a review of each edition; nothing is written.

    Where there are errors in the data, no review: what can be read of it still tells what a person has to read again.
    `candidates` and `assessors` of an event are what the review works the minutes out for.
    """
    findings = Findings()
    try:
        data = _load(project, scheme, edition, findings)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return findings, ()
    if findings.errors:
        findings.extend(mark for each in data.editions for mark in marks_of(each))
        return findings, ()
    reviews = tuple(review(project, each, candidates, assessors) for each in data.editions)
    for each in reviews:
        findings.extend(each.findings)
    findings.extend(check_templates(project, data.forms))
    findings.extend(check_reports(project))
    findings.extend(unused_templates(project, data.forms))
    return findings, reviews


def unused_templates(project: Project, forms: Iterable[Form]) -> Iterator[Diagnostic]:
    """A warning for each template no form uses."""
    used = {project.templates_dir / form.template for form in forms}
    for path in sorted(_template_files(project.templates_dir)):
        if path not in used:
            yield Diagnostic(f"template {path.name} belongs to no form", Place(project.shown(path)),
                             "enter a form for it in forms.yaml, or take it away", "warning")  # fmt: skip


def _template_files(folder: Path) -> Iterator[Path]:
    for pattern in ("docx/*.docx", "xlsx/*.xlsx"):
        yield from (path for path in folder.glob(pattern) if not path.name.startswith("~$"))


def load_forms_of(project: Project) -> tuple[Form, ...]:
    """The declared forms. Raises `KitgenError` with every problem of their list."""
    findings = Findings()
    forms, _ = load_forms(project.forms_file, project.shown(project.forms_file), findings)
    findings.stop_on_errors()
    return forms


def find_form(project: Project, code: str) -> Form:
    """The form with this code, in capitals or not. Raises `KitgenError` if there is none."""
    forms = {form.code.lower(): form for form in load_forms_of(project)}
    if code.lower() not in forms:
        known = [form.code for form in forms.values()]
        raise failure(f"there is no form `{code}`", Place(project.shown(project.forms_file)),
                      did_you_mean(code.upper(), known) or f"known: {', '.join(known)}")  # fmt: skip
    return forms[code.lower()]


def used_values(project: Project, code: str) -> Iterator[tuple[str, str]]:
    """The paths a form's template uses, with what each is; sorted."""
    template = Templates(project).compiled(find_form(project, code))
    helps = {path.replace("[]", ""): word.help for path, word in words_within(vocabulary())}
    for path in sorted(template.reads):
        yield path, helps.get(path.replace("[]", "").removesuffix(".*"), "")

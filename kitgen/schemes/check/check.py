"""Whether everything of a project is right and fits together: data, forms, templates, and how good an edition is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.documents.disk.private import unguarded
from kitgen.documents.status.reports import check_reports
from kitgen.documents.status.templates import Templates
from kitgen.kits.vocabulary import vocabulary, words_within
from kitgen.load.project_data import ProjectFacts, find_form, read_data
from kitgen.load.template_files import shipped_file, template_file
from kitgen.model.forms import Form
from kitgen.schemes.check.review import Review, marks_of, review


def check_templates(project: Project, forms: Iterable[Form]) -> list[Diagnostic]:
    """Every problem of every form's template."""
    templates = Templates(project)
    problems: list[Diagnostic] = []
    for form in forms:
        try:
            problems += templates.compiled(form).warnings
        except KitgenError as error:
            problems += error.diagnostics
        problems += _forgotten_claims(project, form)
    return problems


def _forgotten_claims(project: Project, form: Form) -> Iterator[Diagnostic]:
    """A warning where boxes that the shipped template ticks would never be ticked by the project's own."""
    path, origin = template_file(project, form.template), shipped_file(project, form.template)
    if origin is None or path.suffix != ".docx":
        return
    from kitgen.render.word.claims import lost_claims

    if count := lost_claims(path.read_bytes(), origin.read_bytes(), path.name):
        yield Diagnostic(
            said("{boxes} of {name} are ticked by nothing any more", boxes=counted(count, "check box", "check boxes"),
                 name=path.name),
            Place(project.shown(path)),
            said("the program it was saved with forgets what ticks them: give each its tag again in Word, or take the "
                 "template back with `kitgen template reset`"),
            "warning",
        )  # fmt: skip


def check_project(
    project: Project,
    scheme: str | None = None,
    edition: str | None = None,
    candidates: int | None = None,
    assessors: int = 1,
    arrangement: str = "",
    facts: ProjectFacts | None = None,
) -> tuple[Findings, tuple[Review, ...]]:
    """All problems and oddities of a project, and a review of each edition; nothing is written.

    Where there are errors in the data, no review: what can be read of it still tells what a person has to read again.
    `candidates`, `assessors` and `arrangement` of an event are what the review works the minutes out for;
    `facts` are those of the project, for a caller who has read them.
    """
    findings = Findings()
    try:
        data = read_data(project, scheme, edition, findings, facts)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return findings, ()
    if findings.errors:
        findings.extend(mark for each in data.editions for mark in marks_of(each))
        return findings, ()
    reviews = tuple(review(project, each, candidates, assessors, arrangement) for each in data.editions)
    for each in reviews:
        findings.extend(each.findings)
    findings.extend(check_templates(project, data.forms))
    findings.extend(check_reports(project))
    findings.extend(unused_templates(project, data.forms))
    findings.extend(unguarded(project))
    return findings, reviews


def unused_templates(project: Project, forms: Iterable[Form]) -> Iterator[Diagnostic]:
    """A warning for each template no form uses."""
    used = {template_file(project, form.template) for form in forms}
    for path in sorted(_template_files(project.own_templates or project.templates_dir)):
        if path not in used:
            yield Diagnostic(
                said("template {name} belongs to no form", name=path.name),
                Place(project.shown(path)),
                said("enter a form for it in forms.yaml, or take it away"),
                "warning",
            )


def _template_files(folder: Path) -> Iterator[Path]:
    for pattern in ("docx/*.docx", "xlsx/*.xlsx"):
        yield from (path for path in folder.glob(pattern) if not path.name.startswith("~$"))


def used_values(project: Project, code: str) -> Iterator[tuple[str, str]]:
    """The paths a form's template uses, with what each is; sorted."""
    template = Templates(project).compiled(find_form(project, code))
    helps = {path.replace("[]", ""): word.help for path, word in words_within(vocabulary())}
    for path in sorted(template.reads):
        yield path, helps.get(path.replace("[]", "").removesuffix(".*"), "")

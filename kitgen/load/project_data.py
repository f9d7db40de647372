"""Everything a run is told by a project's files: its editions, the LSP, the look of pages, the forms."""

from dataclasses import dataclass, replace

from kitgen.base.errors import Diagnostic, Findings, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.load.edition.edition import load_edition
from kitgen.load.exposure import exposure_of
from kitgen.load.forms import FormList, load_forms
from kitgen.load.identity import load_identity
from kitgen.load.locate import find_editions
from kitgen.load.owed import owed_identity, owed_standards
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.edition import Edition
from kitgen.model.forms import Form
from kitgen.model.methods import InstrumentKind


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Fakta proyek: what belongs to no edition and is read once in a run, and what is wrong with it."""

    body: CertificationBody
    style: PageStyle
    forms: tuple[Form, ...]
    kinds: tuple[InstrumentKind, ...]
    """The instruments of FR.MAPA.02 there are."""
    problems: tuple[Diagnostic, ...]

    def stop_on_errors(self) -> None:
        """Raises `KitgenError` with every problem, if one is an error."""
        findings = Findings()
        findings.extend(self.problems)
        findings.stop_on_errors()


@dataclass(frozen=True, slots=True)
class Data:
    """What was loaded for a run, and the warnings found on the way."""

    editions: tuple[Edition, ...]
    body: CertificationBody
    style: PageStyle
    forms: tuple[Form, ...]
    warnings: tuple[Diagnostic, ...]
    kinds: tuple[InstrumentKind, ...] = ()


def read_facts(project: Project) -> ProjectFacts:
    """What can be read of identity and forms, with every problem of both files."""
    findings = Findings()
    listed = load_forms(project, findings)
    body, style = load_identity(project, findings)
    return ProjectFacts(body, style, listed.forms, listed.kinds, tuple(findings))


def load_data(
    project: Project, scheme: str | None = None, edition: str | None = None, facts: ProjectFacts | None = None
) -> Data:
    """Load schemes, identity and forms. Raises `KitgenError` with every problem of every file.

    `facts` are those of the project, for a caller who has read them.
    """
    findings = Findings()
    data = read_data(project, scheme, edition, findings, facts)
    findings.stop_on_errors()
    return replace(data, warnings=tuple(findings.warnings))


def read_data(
    project: Project, scheme: str | None, edition: str | None, findings: Findings, facts: ProjectFacts | None = None
) -> Data:
    """What can be read of schemes, identity and forms; every problem is noted in `findings`.

    `facts` are those of the project, for a caller who has read them.
    """
    facts = facts or read_facts(project)
    findings.extend(facts.problems)
    editions: list[Edition] = []
    for chosen in find_editions(project, scheme, edition):
        loaded = load_edition(project, chosen, facts.kinds, findings)
        if loaded is not None:
            editions.append(replace(loaded, exposure=exposure_of(project, chosen.slug)))
            findings.extend(owed_standards(project, loaded))
    findings.extend(owed_identity(project, facts.body))
    return Data(tuple(editions), facts.body, facts.style, facts.forms, (), facts.kinds)


def load_form_list(project: Project) -> FormList:
    """The declared forms and instruments. Raises `KitgenError` with every problem of their list."""
    findings = Findings()
    listed = load_forms(project, findings)
    findings.stop_on_errors()
    return listed


def load_forms_of(project: Project) -> tuple[Form, ...]:
    """The declared forms. Raises `KitgenError` with every problem of their list."""
    return load_form_list(project).forms


def load_kinds(project: Project) -> tuple[InstrumentKind, ...]:
    """The instruments of FR.MAPA.02 there are. Raises `KitgenError` with every problem of the list of forms."""
    return load_form_list(project).kinds


def find_form(project: Project, code: str) -> Form:
    """The form with this code, in capitals or not. Raises `KitgenError` if there is none."""
    forms = {form.code.lower(): form for form in load_forms_of(project)}
    if code.lower() not in forms:
        known = [form.code for form in forms.values()]
        raise failure(
            said("there is no form `{code}`", code=code),
            Place(project.shown(project.forms_file)),
            did_you_mean(code.upper(), known) or said("`kitgen template list` names all forms"),
        )
    return forms[code.lower()]

"""Reads all of one edition: scheme, tasks, bank, scenarios, methods, blueprint and recorded papers."""

from kitgen.errors import Findings
from kitgen.load.bank import load_bank
from kitgen.load.blueprint import load_blueprint, load_papers
from kitgen.load.methods import load_plan
from kitgen.load.scenarios import load_scenarios
from kitgen.load.scheme import load_scheme
from kitgen.load.tasks import load_tasks
from kitgen.model.edition import Edition
from kitgen.model.methods import InstrumentKind
from kitgen.project import Project


def load_edition(
    project: Project, slug: str, edition: str, kinds: tuple[InstrumentKind, ...], findings: Findings
) -> Edition | None:
    """One edition of a scheme, or None if its scheme cannot be read; every problem is noted in `findings`."""
    path = project.scheme_file(slug, edition)
    scheme = load_scheme(path, project.shown(path), slug, edition, findings)
    if scheme is None:
        return None
    tasks = path.with_name("tasks.yaml")
    scheme = load_tasks(tasks, project.shown(tasks), scheme, findings)
    bank, places = load_bank(path.with_name("questions"), project.shown, scheme, findings)
    scenarios = load_scenarios(path.with_name("scenarios"), project.shown, scheme, findings)
    methods, blueprint, papers = (path.with_name(f"{name}.yaml") for name in ("methods", "blueprint", "papers"))
    plan = load_plan(methods, project.shown(methods), scheme, kinds, findings)
    rules = load_blueprint(blueprint, project.shown(blueprint), findings)
    recorded = load_papers(papers, project.shown(papers), scheme, bank, findings)
    return Edition(scheme, bank, scenarios, plan, rules, recorded, places)

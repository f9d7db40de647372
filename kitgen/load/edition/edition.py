"""Reads all of one edition: scheme, tasks, bank, scenarios, methods, blueprint and recorded papers."""

from collections.abc import Mapping
from pathlib import Path

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import counted, said
from kitgen.base.project import EditionName, Project
from kitgen.load.edition.bank import load_bank
from kitgen.load.edition.blueprint import load_blueprint, load_papers
from kitgen.load.edition.methods import load_plan
from kitgen.load.edition.origin import ORIGIN_FILE, load_origin
from kitgen.load.edition.rulings import RULINGS_FILE, load_rulings
from kitgen.load.edition.scenarios import load_scenarios
from kitgen.load.edition.scheme import load_scheme, load_units
from kitgen.load.edition.seal import check_seal, is_sealed
from kitgen.load.edition.stations import STATIONS_FILE, load_stations
from kitgen.load.edition.tasks import load_tasks
from kitgen.load.edition.unread import tell_unread
from kitgen.load.locate import is_edition_name
from kitgen.model.edition import Edition
from kitgen.model.methods import InstrumentKind
from kitgen.model.origin import Origin, ReviewMark, Ruling
from kitgen.model.scheme import Scheme, Unit


def load_edition(
    project: Project, edition: EditionName, kinds: tuple[InstrumentKind, ...], findings: Findings
) -> Edition | None:
    """One edition of a scheme, or None if its scheme cannot be read; every problem is noted in `findings`.

    Where numbers of the scheme moved and its references did not follow yet, nothing but the scheme is read: every
    reference would be told.
    """
    path = project.scheme_file(edition)
    seal = check_seal(project, edition, findings)
    origin_file = path.with_name(ORIGIN_FILE)
    origin = load_origin(origin_file, project.shown(origin_file), findings)
    of_scheme = Findings()
    scheme = load_scheme(path, project.shown(path), edition, of_scheme)
    rulings: tuple[Ruling, ...] = ()
    if scheme is not None and origin is not None:
        rulings = rulings_of(project, edition, origin, scheme.units, of_scheme)
        if _lag_behind(origin, scheme, rulings, Place(project.shown(path)), findings):
            return None
    findings.extend(of_scheme)
    if scheme is None:
        return None
    tell_unread(path.parent, project.shown, findings)
    marks: list[ReviewMark] = []
    tasks = path.with_name("tasks.yaml")
    scheme = load_tasks(tasks, project.shown(tasks), scheme, findings, marks)
    questions = path.with_name("questions")
    whole, places = load_bank(questions, project.shown, scheme, findings, marks)
    bank = tuple(question for question in whole if not question.is_frame)
    if len(whole) > len(bank):
        frames = counted(len(whole) - len(bank), "question is a frame", "questions are frames")
        findings.warning(
            said("{frames} nobody has written yet", frames=frames), Place(project.shown(questions)),
            said("`kitgen bank export` gives them to the experts; take those out that are not needed"),
        )  # fmt: skip
    rules_file = path.with_name(STATIONS_FILE)
    stations = load_stations(rules_file, project.shown(rules_file), scheme, findings)
    scenarios = load_scenarios(path.with_name("scenarios"), project.shown, scheme, findings, marks, stations)
    methods, blueprint, papers = (path.with_name(f"{name}.yaml") for name in ("methods", "blueprint", "papers"))
    plan = load_plan(methods, project.shown(methods), scheme, kinds, findings)
    rules = load_blueprint(blueprint, project.shown(blueprint), findings)
    recorded = load_papers(papers, project.shown(papers), scheme, bank, findings)
    return Edition(
        scheme, bank, scenarios, plan, rules, recorded, places, tuple(marks), rulings, origin, seal, stations, whole
    )


def rulings_of(
    project: Project, edition: EditionName, origin: Origin, units: tuple[Unit, ...], findings: Findings
) -> tuple[Ruling, ...]:
    """The rulings of an edition that hold, against the edition it came from."""
    path = project.scheme_file(edition).with_name(RULINGS_FILE)
    if not path.exists():
        return ()
    is_released = is_sealed(project, edition)
    is_sought = not is_released and is_edition_name(origin.edition)
    old_texts = _texts(project.scheme_file(EditionName(edition.slug, origin.edition))) if is_sought else None
    return load_rulings(path, project.shown(path), units, old_texts, findings, is_released)


def _texts(path: Path) -> Mapping[str, frozenset[str]] | None:
    from kitgen.changes.units import stem_of

    units = load_units(path, path.name, Findings())
    return {stem_of(unit.code): frozenset(each.text for each in unit.criteria()) for unit in units} or None


def _lag_behind(origin: Origin, scheme: Scheme, rulings: tuple[Ruling, ...], place: Place, findings: Findings) -> bool:
    """Whether numbers moved and the references did not follow (an error); rewordings without marks are warnings."""
    from kitgen.changes.follow import ruled_by, unfollowed

    moved, reworded = unfollowed(origin.baseline, scheme.units, ruled_by(rulings))
    follow = said("run `kitgen edition follow {slug} {edition}`", slug=scheme.slug, edition=scheme.edition)
    if moved or origin.coming is not None:
        more = said(" and {moved} more", moved=len(moved) - 3) if len(moved) > 3 else ""
        told = "; ".join(moved[:3]) + more or said("a run was cut off")
        findings.error(
            said("questions, cues and methods have not followed the scheme: {told}", told=told), place, follow
        )
        return True
    for line in reworded:
        at, was = line.new[0], line.old[0].text
        message = said(
            "criterion (KUK) {number} of unit {unit} was reworded, and what serves it carries no review mark",
            number=at.number,
            unit=at.unit,
        )
        findings.warning(
            message,
            Place(place.file, spot=said("unit {unit}", unit=at.unit), text=said("was: {text}", text=was)),
            follow,
        )
    return False

"""`kitgen edition retemplate`: a release or delivery takes the templates of now, once a person asks for it."""

from kitgen.base.errors import Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.build.keep import kept_now
from kitgen.documents.kept.keep import write_kept, write_release
from kitgen.documents.kept.state import edition_state
from kitgen.documents.status.status import RunStatus, Selection, status_of
from kitgen.documents.status.templates import templates_of
from kitgen.kits.paths import safe_name
from kitgen.load.edition.seal import load_seal
from kitgen.load.event.event import read_secret
from kitgen.load.event.handover_record import recorded_events
from kitgen.load.locate import find_editions
from kitgen.load.project_data import load_data
from kitgen.model.forms import EVENTS_FOLDER


def retemplated_edition(project: Project, scheme: str, edition: str) -> tuple[RunStatus, EditionName]:
    """How the documents of a released edition would stand with the templates of now, and which edition it is.

    Writes nothing. Raises `KitgenError` for a draft, and with every problem of data and templates.
    """
    (chosen,) = find_editions(project, scheme, edition)
    if not project.seal_file(chosen).is_file():
        raise failure(
            said(
                "edition {name} of {slug} is a draft: it is made with the templates of now",
                name=chosen.name,
                slug=chosen.slug,
            ),
            Place(project.shown(project.seal_file(chosen).parent)),
        )
    return status_of(project, Selection(*chosen), with_now=True), chosen


def retemplate_edition(project: Project, edition: EditionName, run: RunStatus) -> None:
    """Let a released edition keep the templates of now, with which `run` found its documents."""
    path, findings = project.seal_file(edition), Findings()
    seal = load_seal(path, project.shown(path), findings)
    findings.stop_on_errors()
    data = load_data(project, *edition)
    state = edition_state(project, edition, templates_of(project, data).pictures)
    released = seal.released if seal is not None else ""
    write_release(project, edition, released, kept_now(run, edition.folder, state))


def retemplated_event(project: Project, name: str, names: bool = False) -> RunStatus:
    """How the documents of a delivered event would stand with the templates of now.

    Writes nothing. Raises `KitgenError` if nothing was handed over, and with every problem of data and templates.
    """
    if name not in recorded_events(project):
        raise failure(
            said(
                "nothing of event `{safe_name}` was handed over: it is made with what its edition is",
                safe_name=safe_name(name),
            ),
            Place("events"),
            said("`kitgen event deliver` hands it over"),
        )
    return status_of(project, Selection(event=name, names=names), with_now=True)


def retemplate_event(project: Project, name: str, run: RunStatus) -> None:
    """Let a delivered event keep the templates of now, with which `run` found its documents."""
    kept = kept_now(run, f"{EVENTS_FOLDER}/{safe_name(name)}")
    write_kept(project.event_file(name).parent, kept, read_secret(project, name))

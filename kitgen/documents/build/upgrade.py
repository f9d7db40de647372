"""`kitgen upgrade`: what another version of kitgen left is looked at, and keeps from then on what it was made with.

No document is made or changed. A release of kitgen 0.1 gets its templates and the record of them beside its seal, a
delivered event into its folder; of what keeps them already, what this kitgen would plan otherwise is noted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kitgen.base.errors import Diagnostic, Findings, KitgenError
from kitgen.base.project import EditionName, Project
from kitgen.documents.build.keep import kept_now
from kitgen.documents.disk.index import INDEX_NAME
from kitgen.documents.kept.keep import Kept, write_kept, write_release
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import Selection, status_of
from kitgen.kits.paths import safe_name
from kitgen.load.edition.seal import is_sealed, load_seal
from kitgen.load.event.event import event_names, read_secret
from kitgen.load.locate import editions_of, find_editions
from kitgen.model.forms import EVENTS_FOLDER


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Hasil pemeriksaan satu folder: what becomes of the documents of an edition or event (`name`, as in `output/`).

    `made_by` is the kitgen that made what is released or delivered, None of a draft, which is made by this one. `kept`
    is what is to be written beside it (None: nothing). `stale` documents will be made anew by the next build, `held`
    stay though this kitgen would not plan them, `left_out` are not made though it would.
    """

    name: str
    selection: Selection
    made_by: str | None
    kept: Kept | None
    documents: int
    stale: int
    held: int
    left_out: int
    problems: tuple[Diagnostic, ...]


def plan_upgrade(project: Project, loaded: SharedInputs) -> tuple[list[Upgraded], list[Diagnostic]]:
    """What becomes of everything that was made, and the problems of what cannot be looked at; writes nothing."""
    found: list[Upgraded] = []
    problems: dict[Diagnostic, None] = {}
    for name, selection in _everything_made(project):
        try:
            found.append(_looked_at(project, name, selection, loaded))
        except KitgenError as error:
            problems.update(dict.fromkeys(error.diagnostics))
    return found, list(problems)


def upgrade(project: Project, each: Upgraded) -> None:
    """Write what a release or delivery is to keep."""
    if each.kept is None:
        return
    if each.selection.event is not None:
        key = read_secret(project, each.selection.event)
        return write_kept(project.event_file(each.selection.event).parent, each.kept, key)
    edition = EditionName(str(each.selection.scheme), str(each.selection.edition))
    path, findings = project.seal_file(edition), Findings()
    seal = load_seal(path, project.shown(path), findings)
    findings.stop_on_errors()
    write_release(project, edition, seal.released if seal is not None else "", each.kept)


def _everything_made(project: Project) -> Iterator[tuple[str, Selection]]:
    """Editions that are released or were built, and events that were built; the newest edition last."""
    for slug in dict.fromkeys(slug for slug, _ in find_editions(project, None, None)):
        for edition in (EditionName(slug, name) for name in editions_of(project, slug)):
            if is_sealed(project, edition) or (project.output_dir / edition.folder / INDEX_NAME).is_file():
                yield edition.folder, Selection(*edition)
    for name in event_names(project):
        path = f"{EVENTS_FOLDER}/{safe_name(name)}"
        if (project.output_dir / path / INDEX_NAME).is_file():
            yield path, Selection(event=name)


def _looked_at(project: Project, name: str, selection: Selection, loaded: SharedInputs) -> Upgraded:
    run = status_of(project, selection, explain=False, loaded=loaded)
    folder = run.folders[name]
    used = folder.made_with
    kept = kept_now(run, name) if used.is_fixed else None
    if kept is not None and kept.record == used.record:
        kept = None
    stale = sum(document.write_to is not None for document in run.documents)
    made_by = used.made_by.kitgen if used.is_fixed else None
    return Upgraded(name, selection, made_by, kept, len(run.documents), stale, len(folder.held), len(folder.left_out),
                    run.warnings)  # fmt: skip

"""With which templates, forms and look the documents of an edition or event are made.

A draft is made with what lies in the project now. A released edition and a delivered event are made with what they
keep. Those of kitgen 0.1 keep nothing: they are made with the project's own templates, where it has some, else with
those 0.1 came with. An event that was not delivered yet follows its edition.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest
from kitgen.base.errors import Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.kept.bundle import BUNDLE_NAME, ZERO_ONE_BUNDLE, laid_out
from kitgen.documents.kept.made_by import ZERO_ONE, MadeBy
from kitgen.documents.kept.record import RECORD_NAME, KeptRecord, read_record
from kitgen.load.edition.seal import load_seal
from kitgen.load.event.handover_record import record_file
from kitgen.load.event.secret import SECRET_NAME, load_secret
from kitgen.load.forms import stands_alone
from kitgen.model.body import PageStyle
from kitgen.model.forms import EVENTS_FOLDER

_PUT_BACK: Final = said("put the file back from a copy, or take other templates: `kitgen edition retemplate`")


@dataclass(frozen=True, slots=True)
class MadeWith:
    """Bahan pembuat dokumen: `project` with the templates that are meant, and who made documents of them.

    `is_fixed`: released or delivered, so that documents stay as they were made until the data change. `record` is what
    was kept; None of a draft, and of what 0.1 left.
    """

    project: Project
    made_by: MadeBy
    is_fixed: bool = False
    record: KeptRecord | None = None

    def style(self, now: PageStyle) -> PageStyle:
        """The look of pages: the one that was kept, else the one of now."""
        return self.record.page_style() if self.record is not None else now

    @property
    def is_of_zero_one(self) -> bool:
        """Whether kitgen 0.1 left it, which kept nothing."""
        return self.is_fixed and self.record is None


def made_with_now(project: Project) -> MadeWith:
    """What lies in the project now, and this kitgen."""
    return MadeWith(project, MadeBy.now())


def made_with_edition(project: Project, edition: EditionName) -> MadeWith:
    """What an edition is made with. Raises `KitgenError` if what it keeps is gone, damaged or was changed."""
    if not project.seal_file(edition).is_file():
        return made_with_now(project)
    home = project.seal_file(edition).parent
    findings = Findings()
    seal = load_seal(project.seal_file(edition), project.shown(project.seal_file(edition)), findings)
    record = read_record(home, project.shown(home / RECORD_NAME))
    kept = seal.kept if seal is not None else ""
    if kept and record is None:
        raise failure(said("what the release kept is gone"), Place(project.shown(home / RECORD_NAME)), _PUT_BACK)
    if record is None:
        return MadeWith(_of_zero_one(project), ZERO_ONE, is_fixed=True)
    if kept and kept != digest((home / RECORD_NAME).read_bytes()):
        raise failure(
            said("what the release kept was changed since"), Place(project.shown(home / RECORD_NAME)), _PUT_BACK
        )
    return MadeWith(_with_kept(project, home, record), record.made_by, True, record)


def made_with_delivery(project: Project, name: str) -> MadeWith | None:
    """What a delivered event is made with; None if nothing of it was handed over yet.

    Raises `KitgenError` if what it keeps is gone, damaged or was changed.
    """
    if not record_file(project, name).is_file():
        return None
    home = project.event_file(name).parent
    key = load_secret(home / SECRET_NAME, project.shown(home / SECRET_NAME))
    record = read_record(home, project.shown(home / RECORD_NAME), key)
    if record is None:
        return MadeWith(_of_zero_one(project), ZERO_ONE, is_fixed=True)
    return MadeWith(_with_kept(project, home, record), record.made_by, True, record)


def made_with_folder(project: Project, folder: str) -> MadeWith:
    """What the documents of a folder of `output/` are made with; of an event that was not delivered, what is there now.

    Raises `KitgenError` if what it keeps is gone, damaged or was changed.
    """
    head, _, name = folder.partition("/")
    if head == EVENTS_FOLDER:
        return made_with_delivery(project, name) or made_with_now(project)
    return made_with_edition(project, EditionName(head, name))


def following(project: Project, edition: EditionName) -> MadeWith:
    """What an event is made with that was not delivered yet: the templates of its edition, by this kitgen."""
    return replace(made_with_edition(project, edition), made_by=MadeBy.now(), is_fixed=False)


def _with_kept(project: Project, home: Path, record: KeptRecord) -> Project:
    path = home / BUNDLE_NAME
    return replace(
        project, templates_dir=laid_out(path, project.shown(path), record.templates), own_templates=None, are_kept=True
    )


def _of_zero_one(project: Project) -> Project:
    """Templates as 0.1 took them: the project's own, not mixed with others, or those it came with."""
    own = project.root / "templates"
    was_whole = stands_alone(own / "forms.yaml")
    folder = own if was_whole else laid_out(ZERO_ONE_BUNDLE, ZERO_ONE_BUNDLE.name, None)
    return replace(project, templates_dir=folder, own_templates=None, are_kept=True)

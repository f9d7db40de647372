"""What the runs of one command have in common: data read once and templates compiled once for all its events."""

from dataclasses import dataclass, field, replace

from kitgen.base.project import EditionName, Project
from kitgen.documents.kept.made_with import MadeWith, following, made_with_now
from kitgen.documents.status.templates import Templates, templates_of
from kitgen.load.project_data import Data, load_data
from kitgen.model.body import PageStyle


@dataclass(slots=True)
class SharedInputs:
    """Bahan bersama: editions with what they are made with, and the templates of each look, for one run after another.

    It is for one command, under one lock: nobody changes data meanwhile. `are_many`: more runs than one follow.
    """

    are_many: bool = False
    _editions: dict[tuple[Project, EditionName], MadeWith] = field(default_factory=dict)
    _data: dict[tuple[Project, EditionName], Data] = field(default_factory=dict)
    _templates: dict[tuple[Project, PageStyle, tuple[str, ...]], Templates] = field(default_factory=dict)

    def followed(self, project: Project, edition: EditionName, with_now: bool) -> MadeWith:
        """What an event of this edition is made with that was not delivered yet. Raises as `following` does."""
        if with_now:
            return made_with_now(project)
        key = project, edition
        if key not in self._editions:
            self._editions[key] = following(*key)
        return self._editions[key]

    def data(self, project: Project, edition: EditionName) -> Data:
        """The data of an edition. Raises `KitgenError` with every problem of every file."""
        key = project, edition
        if key not in self._data:
            self._data[key] = load_data(project, *edition)
        return self._data[key]

    def templates(self, used: MadeWith, data: Data) -> Templates:
        """The templates of a run in the look of its body."""
        fresh = templates_of(used.project, data)
        key = used.project, data.look, fresh.pictures
        return self._templates.setdefault(key, fresh)


def in_look(used: MadeWith, data: Data) -> Data:
    """The data in the look that was kept, where one was."""
    return replace(data, look=used.style(data.look))

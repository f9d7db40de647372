"""What the runs of one command have in common: data read once and templates compiled once for all its events."""

from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kitgen.base.project import EditionName, Project
from kitgen.documents.kept.made_with import MadeWith, following, made_with_now
from kitgen.documents.status.templates import Templates, templates_of
from kitgen.documents.status.used_values import UsedValues
from kitgen.documents.work import copies
from kitgen.documents.work.crew import Crew
from kitgen.kits.plain import Plain
from kitgen.load.project_data import Data, ProjectFacts, load_data, read_facts
from kitgen.model.body import PageStyle

if TYPE_CHECKING:
    from kitgen.load.event.choices import EditionChoices


@dataclass(slots=True)
class SharedInputs:
    """Bahan bersama: editions with what they are made with, and the templates of each look, for one run after another.

    It is for one command, under one lock: nobody changes data meanwhile. `are_many`: more runs than one follow.
    """

    are_many: bool = False
    _editions: dict[tuple[Project, EditionName], MadeWith] = field(default_factory=dict)
    _facts: dict[Project, ProjectFacts] = field(default_factory=dict)
    _data: dict[tuple[Project, EditionName], Data] = field(default_factory=dict)
    plain: Plain = field(default_factory=Plain)
    used: UsedValues = field(default_factory=UsedValues)
    """Values of what all runs share, and digests of them."""
    _copies: Crew | None = None
    _templates: dict[tuple[Project, PageStyle, tuple[str, ...]], Templates] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._copies is not None:
            self._copies.close()

    def end_run(self) -> None:
        """Let go of what only one run was about."""
        self.plain.end_run()
        self.used.end_run()

    def copies(self, count: int | None) -> Crew | None:
        """So many forked copies of this process (None: one for each processor), which make documents until all runs
        are over; None where one process is to do it all, or may not be copied."""
        if self._copies is None:
            count = copies.processors() if count is None else count
            if count < 2 or not copies.may_fork():
                return None
            self._copies = copies.crew_of_copies(count)
        return self._copies

    def followed(self, project: Project, edition: EditionName, with_now: bool) -> MadeWith:
        """What an event of this edition is made with that was not delivered yet. Raises as `following` does."""
        if with_now:
            return made_with_now(project)
        key = project, edition
        if key not in self._editions:
            self._editions[key] = following(*key)
        return self._editions[key]

    def facts(self, project: Project) -> ProjectFacts:
        """Identity and forms of a project, with every problem of both."""
        if project not in self._facts:
            self._facts[project] = read_facts(project)
        return self._facts[project]

    def data(self, project: Project, edition: EditionName) -> Data:
        """The data of an edition. Raises `KitgenError` with every problem of every file."""
        key = project, edition
        if key not in self._data:
            self._data[key] = load_data(project, *edition, self.facts(project))
        return self._data[key]

    def choices(self, project: Project, edition: EditionName) -> "EditionChoices":
        """What an edition offers its events. Raises `KitgenError` with every problem of every file."""
        from kitgen.load.event.event import choices_of  # loads all that reads workbooks

        return choices_of(self.data(project, edition).editions[0])

    def templates(self, used: MadeWith, data: Data) -> Templates:
        """The templates of a run in the look of its body."""
        fresh = templates_of(used.project, data)
        key = used.project, data.style, fresh.pictures
        return self._templates.setdefault(key, fresh)


def in_style(used: MadeWith, data: Data) -> Data:
    """The data in the look that was kept, where one was."""
    return replace(data, style=used.style(data.style))

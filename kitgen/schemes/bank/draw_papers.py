"""Drawing papers once and recording them, so that they stay the same however much the bank grows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.kits.kit import kits_of
from kitgen.kits.papers import papers_of_kit
from kitgen.load.edition.blueprint import papers_text
from kitgen.load.edition.seal import refuse_sealed
from kitgen.model.blueprint import Blueprint, RecordedPaper
from kitgen.model.edition import Edition
from kitgen.schemes.bank.bank import load_editions, papers_file


@dataclass(frozen=True, slots=True)
class Slot:
    """Tempat paket: a paper of the blueprint (kit, kind of question, letter): what it was, and what it is now.

    `old` is None for a paper drawn for the first time, `new` for one the blueprint asks for no more.
    """

    old: RecordedPaper | None
    new: RecordedPaper | None

    @property
    def is_kept(self) -> bool:
        """Whether the recorded paper still says what it said and was not drawn again."""
        return self.old is not None and self.old == self.new

    @property
    def paper(self) -> RecordedPaper:
        """The paper the place is told by."""
        paper = self.new or self.old
        assert paper is not None
        return paper


@dataclass(frozen=True, slots=True)
class Recording:
    """Catatan penarikan: every paper of an edition, and whether its file was written; `warnings` tell what was wrong
    with the record before."""

    file: str
    slots: tuple[Slot, ...]
    is_written: bool
    warnings: tuple[Diagnostic, ...]


def draw_papers(
    project: Project, scheme: str | None, edition: str | None, seed: str | None = None, anew: bool = False
) -> list[Recording]:
    """Draw the papers of every kit by the blueprint, and record them in `papers.yaml`.

    Recorded papers that still say what they said are kept, unless `anew`. `seed` goes before the blueprint's.
    Everything is drawn before anything is written. Raises `KitgenError` if a record cannot be read at all.
    """
    loaded = load_editions(project, scheme, edition)
    for found, _ in loaded:
        refuse_sealed(project, found.scheme.name)
    unreadable = [
        problem for found, problems in loaded if not found.papers and not anew for problem in problems
        if problem.severity == "error"
    ]  # fmt: skip
    if unreadable:
        raise KitgenError(
            [
                *unreadable,
                Diagnostic(
                    said("recorded papers cannot be read, so none could be kept"),
                    None,
                    said("mend the file, or draw all papers again: `--anew`"),
                ),
            ]
        )
    drawn: list[tuple[Edition, tuple[Slot, ...], list[Diagnostic]]] = []
    for found, problems in loaded:
        blueprint = replace(found.blueprint, seed=seed) if seed is not None else found.blueprint
        slots = tuple(_slots(found, blueprint, anew))
        drawn.append((found, slots, [] if anew else problems))
    return [_recorded(project, *each) for each in drawn]


def _slots(edition: Edition, blueprint: Blueprint, anew: bool) -> Iterator[Slot]:
    """Every paper there is or was, in the order of kits, kinds and letters."""
    old = {_name(paper): paper for paper in edition.papers}
    right = (
        []
        if anew
        else [paper for paper in _papers(edition, blueprint, edition.papers) if old.get(_name(paper)) == paper]
    )
    for paper in _papers(edition, blueprint, right):
        yield Slot(old.pop(_name(paper), None), paper)
    for paper in old.values():
        yield Slot(paper, None)


def _papers(edition: Edition, blueprint: Blueprint, recorded: Iterable[RecordedPaper]) -> Iterator[RecordedPaper]:
    kept = tuple(recorded)
    for kit in kits_of(edition):
        drawn = papers_of_kit(kit.kind, kit.units, kit.clusters, kit.bank, blueprint, edition.plan, kept)
        for papers in drawn.values():
            yield from (each.record for each in papers)


def _name(paper: RecordedPaper) -> tuple[str, str, str]:
    return paper.kit, paper.kind, paper.letter


def _recorded(project: Project, edition: Edition, slots: tuple[Slot, ...], problems: Iterable[Diagnostic]) -> Recording:
    scheme = edition.scheme
    path = papers_file(project, scheme.name)
    text = papers_text(scheme, [slot.new for slot in slots if slot.new is not None]).encode()
    is_same = path.is_file() and path.read_bytes() == text
    if not is_same:
        write_whole(path, text)
    warnings = tuple(replace(problem, severity="warning") for problem in problems)
    return Recording(project.shown(path), slots, not is_same, warnings)

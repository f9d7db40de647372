"""Where a project stands, as its files lie there: told at once, since nothing is read and no library is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kitgen.base.project import DELIVERIES_FILE, SEAL_FILE, Project
from kitgen.model.forms import EVENTS_FOLDER, HANDOVER_FOLDER, PACK_FOLDER

Step = Literal["workbook", "documents", "changed", "packs", "handover", "results", "done"]
"""What comes next for an event: its workbook, documents, documents anew, packs, handing over, results, putting away."""

_INDEX: Final = "manifest.json"
_RESULTS: Final = "hasil.json"


@dataclass(frozen=True, slots=True)
class EditionOverview:
    """Keadaan edisi: its name, whether it is released, and whether there are documents of it."""

    scheme: str
    edition: str
    is_released: bool
    is_built: bool


@dataclass(frozen=True, slots=True)
class EventOverview:
    """Keadaan jadwal: its name and what comes next for it."""

    name: str
    step: Step


@dataclass(frozen=True, slots=True)
class ProjectOverview:
    """Keadaan proyek: its editions, its events (the one worked on last comes first), whether the LSP says who it is."""

    editions: tuple[EditionOverview, ...]
    events: tuple[EventOverview, ...]
    has_identity: bool


def overview_of(root: Path) -> ProjectOverview:
    """How the project in this folder stands. What cannot be read is not there."""
    project = Project(root, root)
    editions = tuple(
        EditionOverview(
            path.parent.parent.name,
            path.parent.name,
            (path.parent / SEAL_FILE).is_file(),
            (project.output_dir / path.parent.parent.name / path.parent.name / _INDEX).is_file(),
        )
        for path in sorted(project.scheme_dir.glob("*/*/scheme.yaml"))
    )
    books = sorted(project.events_dir.glob("*/jadwal.xlsx"), key=lambda book: (-_time(book), book.parent.name))
    events = tuple(EventOverview(book.parent.name, _step(project, book)) for book in books)
    return ProjectOverview(editions, events, project.identity_file.is_file())


def _step(project: Project, book: Path) -> Step:
    folder = project.output_dir / EVENTS_FOLDER / book.parent.name
    index = _time(folder / _INDEX)
    if not index:
        return "workbook" if not _is_secret_made(book) else "documents"
    if any(_time(path) > index for path in _lists(book)):
        return "changed"
    if (book.parent / _RESULTS).is_file():
        return "done"
    if (book.parent / DELIVERIES_FILE).is_file() or (folder / HANDOVER_FOLDER).is_dir():
        return "results"
    return "handover" if any((folder / PACK_FOLDER).rglob("*.pdf")) else "packs"


def _lists(book: Path) -> Iterator[Path]:
    yield book
    yield from (book.parent / name for name in ("asesi.xlsx", "asesi.csv"))


def _is_secret_made(book: Path) -> bool:
    """The first build makes the secret; before that the workbook may not be filled in yet."""
    return (book.parent / "kunci-kode-dokumen.txt").is_file()


def _time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0

"""What is to be converted, what came of it, and the writing of a finished PDF."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kitgen.base.errors import Diagnostic
from kitgen.documents.disk.files import write_whole
from kitgen.documents.pdf.seal import SealSource, sealed

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A PDF to be made: of which document, whose parts have the digest `source`; `shown` is its name for people."""

    document: Path
    target: Path
    source: SealSource
    shown: str

    def write(self, data: bytes) -> None:
        """Write the PDF to its place, sealed. Raises `KitgenError` where the disk or a program showing it refuses."""
        write_whole(self.target, sealed(data, "document", self.source, self.shown))


def equal_ones(jobs: Iterable[Job]) -> dict[Job, tuple[Job, ...]]:
    """The first of each group of equal documents, with all of its group: one conversion gives the PDFs of them all.

    Documents whose parts are equal, as a unit's kit and the whole scheme's may hold, have the same pages and serial.
    """
    groups: dict[tuple[str, SealSource], list[Job]] = {}
    for job in jobs:
        groups.setdefault((job.document.suffix.lower(), job.source), []).append(job)
    return {group[0]: tuple(group) for group in groups.values()}


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of a run: the PDFs that were written; what could not be converted and why, and warnings."""

    made: tuple[Job, ...]
    problems: tuple[Diagnostic, ...]

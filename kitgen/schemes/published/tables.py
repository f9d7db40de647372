"""What is gathered while the lines of a page are read: a unit's table, its sections, and the facts of the scheme."""

from dataclasses import dataclass, field
from typing import Protocol

from kitgen.schemes.published.line_account import Role
from kitgen.schemes.published.numbered_text import Segment
from kitgen.schemes.published.oddities import OddityKind
from kitgen.schemes.published.words import Section


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact found on the page, and the position of its line."""

    text: str
    line: int


@dataclass(slots=True)
class OpenTable:
    """A unit's table while its lines are read."""

    written_code: str
    line: int
    title: FoundFact | None = None
    segments: list[Segment] = field(default_factory=list)
    has_heading: bool = False
    description: list[str] = field(default_factory=list)
    standard: str = ""
    benchmarks: list[str] = field(default_factory=list)
    sections: dict[Section, list[str]] = field(default_factory=dict)
    cluster: int = 0


@dataclass(slots=True)
class Facts:
    """What the page says of the scheme beside its units; each with the position of its line."""

    title: FoundFact | None = None
    number: FoundFact | None = None
    kind: FoundFact | None = None
    standard: FoundFact | None = None
    basic: list[FoundFact] = field(default_factory=list)
    administrative: list[FoundFact] = field(default_factory=list)
    clusters: dict[int, str] = field(default_factory=dict)
    """The titles of the Kelompok Pekerjaan by number; empty for one without a title."""


class Noting(Protocol):
    """What those who take lines tell the reader of the page."""

    tables: list[OpenTable]

    def note(self, position: int, role: Role, detail: str = "") -> None:
        """Add to a line's account what it was read as."""

    def odd(self, kind: OddityKind, position: int, where: str = "", *facts: str) -> None:
        """Note that a line is odd."""

    def open_table(self, written_code: str, position: int) -> OpenTable:
        """Begin a unit."""

"""One part of an event: who, when, for what. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kitgen.kits.timetable.calendar import Span, gaps, on_grid
from kitgen.model.scenario import Scenario

PartKind = Literal["pre", "opening", "test", "desk", "scene", "present", "talk", "marking", "closing"]
"""Bagian: pre-assessment, opening, test, desk work, watched scene, presentation, questions, marking, decision."""

ALONE: frozenset[PartKind] = frozenset({"test", "desk"})
"""What candidates do without their assessor."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bagian jadwal: `day` from 1 (0 and below: days of the pre-assessment), times in minutes after midnight.

    `until`: when assessor, room and actors are free again: after a scene the room is reset. `instruments` are the forms
    whose dates it gives.
    """

    kind: PartKind
    what: str
    day: int
    start: int
    end: int
    assessor: int
    candidate: int | None = None
    instruments: tuple[str, ...] = ()
    scenario: Scenario | None = None
    until: int = 0

    @property
    def keeps_assessor(self) -> Span | None:
        """When it keeps the assessor, who is also in their room."""
        return None if self.kind in ALONE else (self.start, max(self.end, self.until))

    @property
    def keeps_candidate(self) -> Span | None:
        """When it keeps the candidate."""
        return None if self.candidate is None or self.kind == "marking" else (self.start, self.end)


@dataclass(slots=True)
class Diary:
    """Agenda: when one person is taken, day by day."""

    taken: dict[int, list[Span]] = field(default_factory=dict)

    def take(self, day: int, start: int, end: int) -> None:
        """Note that somebody or something is taken from `start` to `end` (minutes after midnight)."""
        self.taken.setdefault(day, []).append((start, end))

    def is_free(self, day: int, start: int, end: int) -> bool:
        """Whether nothing of it is taken."""
        return not self.taken_until(day, start, end)

    def taken_until(self, day: int, start: int, end: int) -> int:
        """When what is taken of it is over, the first that is found; 0 if nothing of it is taken."""
        for begun, done in self.taken.get(day, ()):
            if end > begun and start < done:
                return done
        return 0

    def first_free(self, day: int, spans: Iterable[Span], minutes: int, after: int = 0) -> int | None:
        """The first minute from which so many are free within one of the spans."""
        for span in spans:
            for start, end in gaps((max(span[0], after), span[1]), self.taken.get(day, ())):
                at = on_grid(start)
                if at + minutes <= end:
                    return at
        return None

    def of_day(self, day: int) -> "Diary":
        """A copy of one day of it, to try something out."""
        return Diary({day: list(self.taken.get(day, ()))})

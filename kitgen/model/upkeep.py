"""What a quality manager knows of a question beside its text: level, source, who wrote and reviewed it, its status."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import NOTHING, Message, said

Level = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
"""Jenjang kognitif: what the candidate has to do with what is known, the lightest first."""

Status = Literal["draft", "reviewed", "piloted", "live", "retired", "frame"]
"""Status butir: written; reviewed by a named person; tried out; in use; taken out of use, kept for the record; a
frame that a draft made and nobody has written yet."""

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
LEVEL_LABELS: Final[dict[Level, str]] = {
    "remember": "mengingat", "understand": "memahami", "apply": "menerapkan", "analyze": "menganalisis",
    "evaluate": "mengevaluasi", "create": "mencipta",
}  # fmt: skip
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
STATUS_LABELS: Final[dict[Status, str]] = {
    "draft": "draf", "reviewed": "ditinjau", "piloted": "diujicobakan", "live": "dipakai", "retired": "ditarik",
    "frame": "kerangka",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Perawatan butir: what is known of a question for its care; nothing of it is printed for candidates.

    `reviewed_on` is the day of the review as written (`2026-03-01`). Nothing is filled in for whoever did not say it.
    """

    level: Level | Blank = BLANK
    source: str | Blank = BLANK
    author: str | Blank = BLANK
    reviewer: str | Blank = BLANK
    reviewed_on: str | Blank = BLANK
    status: Status = "draft"
    note: str | Blank = BLANK

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has reviewed it and it may be used."""
        return self.status not in ("draft", "retired", "frame")

    @property
    def is_asked(self) -> bool:
        """Whether papers may still be drawn with it."""
        return self.status not in ("retired", "frame")


def missing_review(upkeep: Upkeep) -> Message:
    """What a question that says it was reviewed does not tell of its review; empty if nothing is missing."""
    if not upkeep.is_reviewed:
        return NOTHING
    has_reviewer, has_day = isinstance(upkeep.reviewer, str), isinstance(upkeep.reviewed_on, str)
    if not has_reviewer and not has_day:
        return said("reviewer and day of the review")
    return NOTHING if has_reviewer and has_day else said("day of the review") if has_reviewer else said("reviewer")

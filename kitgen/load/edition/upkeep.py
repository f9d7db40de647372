"""Reads and writes what the file of questions says of a question's care: level, source, author, review and status."""

import datetime
from collections.abc import Iterator
from typing import Final, cast

from kitgen.base.holes import BLANK
from kitgen.base.messages import said
from kitgen.load.yaml.source import Fields
from kitgen.load.yaml.text import quoted
from kitgen.model.upkeep import LEVELS, STATUSES, Level, Status, Upkeep, missing_review

UPKEEP_KEYS: Final = ("level", "source", "author", "reviewer", "reviewed_on", "status", "note")


def read_upkeep(fields: Fields) -> Upkeep:
    """What the question says of its care; a status that needs a review names who reviewed it, and when."""
    day = fields.optional("reviewed_on") or BLANK
    if isinstance(day, str) and not is_day(day):
        fields["reviewed_on"].error(said("`{day}` is no day", day=day), said("write year, month and day: `2026-03-01`"))
    upkeep = Upkeep(
        level=cast(Level | None, fields["level"].choice(LEVELS)) or BLANK if "level" in fields else BLANK,
        source=fields.optional("source") or BLANK,
        author=fields.optional("author") or BLANK,
        reviewer=fields.optional("reviewer") or BLANK,
        reviewed_on=day,
        status=cast(Status | None, fields["status"].choice(STATUSES)) or "draft" if "status" in fields else "draft",
        note=fields.optional("note") or BLANK,
    )
    missing = missing_review(upkeep)
    if missing:
        fields["status"].error(
            said("question is `{status}` and names no {missing}", status=upkeep.status, missing=missing),
            said("write `reviewer:` and `reviewed_on:`, or leave it `draft`"),
        )
    return upkeep


def is_day(text: str) -> bool:
    """Whether a text is a day there is, year first."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def upkeep_lines(upkeep: Upkeep) -> Iterator[str]:
    """The lines below a question; nothing for what nobody said, and nothing for a draft's status."""
    for key in UPKEEP_KEYS:
        value = getattr(upkeep, key)
        if isinstance(value, str) and (key, value) != ("status", "draft"):
            yield f"    {key}: {quoted(value)}"

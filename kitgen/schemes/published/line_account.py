"""As what each line of the published page was read: the account a person checks the import by."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from kitgen.schemes.published.line import PageLine

Verdict = Literal["used", "ignored", "odd"]


class Role(StrEnum):
    """As what a line of the page, or a part of it, was read."""

    COUNT = "count"
    LISTED = "listed"
    UNIT = "unit"
    UNIT_TITLE = "unit-title"
    ELEMENT = "element"
    CRITERIA = "criteria"
    TITLE = "title"
    YEAR = "year"
    BLANK = "blank"
    RULE = "rule"
    HEADING = "heading"
    FOOTER = "footer"
    BEFORE = "before"
    AFTER = "after"
    DROPPED = "dropped"
    STRAY = "stray"
    FACT = "fact"
    TAKEN = "taken"
    CLUSTER = "cluster"
    DESCRIPTION = "description"
    SECTION = "section"
    JOINED = "joined"
    ANSWER = "answer"
    PERSON = "person"
    FURNITURE = "furniture"
    NOT_CHOSEN = "not-chosen"


IGNORED: Final = frozenset((
    Role.BLANK, Role.RULE, Role.HEADING, Role.FOOTER, Role.BEFORE, Role.AFTER, Role.DROPPED, Role.ANSWER, Role.PERSON,
    Role.FURNITURE, Role.NOT_CHOSEN,
))  # fmt: skip
ODD: Final = frozenset((Role.STRAY, Role.FACT))


@dataclass(frozen=True, slots=True)
class LinePart:
    """One thing a line was read as, and which (`1.1–1.4`)."""

    role: Role
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LineAccount:
    """What became of one line of the page."""

    line: PageLine
    parts: tuple[LinePart, ...]

    @property
    def verdict(self) -> Verdict:
        """Odd if a part was not understood, used if anything of it was used, else ignored."""
        roles = {part.role for part in self.parts}
        if roles & ODD:
            return "odd"
        return "ignored" if roles <= IGNORED else "used"

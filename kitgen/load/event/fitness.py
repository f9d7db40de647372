"""Holds people of an event against each other: whom an assessor must not assess, and for which schemes they may."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kitgen.base.line_diff import folded
from kitgen.base.messages import said
from kitgen.load.event.assessors import ReadAssessor
from kitgen.load.event.candidates import ADULT_AGE, ReadCandidate
from kitgen.load.event.columns import ASSESSOR_HEADINGS, CANDIDATE_HEADINGS
from kitgen.load.sheets.list_table import ListRow
from kitgen.model.event import EventCandidate
from kitgen.model.scheme import Scheme

_ALL: Final = ("semua", "semua skema")
_TIES: Final = ("taught_by", "related_to")


def tied_to(row: ListRow, key: str) -> tuple[int, ...]:
    """The numbers of the assessors a cell names; what is none is told."""
    heading = CANDIDATE_HEADINGS.columns[key].heading
    parts = [part for part in re.split(r"[,;\s]+", row[key].text(heading) or "") if part]
    numbers = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 6]
    if len(numbers) < len(parts):
        row[key].error(
            said("{heading} holds what is no number of an assessor", heading=heading),
            said("write numbers of the sheet Asesor, between commas"),
        )
    return tuple(numbers)


def tell_ties(rows: Iterable[tuple[ReadCandidate, EventCandidate]]) -> None:
    """Note an assessor who trained a candidate or is tied to them: an error unless somebody ruled on it."""
    for read, entry in rows:
        ruled = read.row["relation_ruled"].text(CANDIDATE_HEADINGS.columns["relation_ruled"].heading)
        for key in _TIES:
            if entry.status != "ikut" or entry.assessor not in tied_to(read.row, key):
                continue
            told = (
                said("the assessor of candidate {number} trained them", number=entry.number)
                if key == "taught_by"
                else said("the assessor of candidate {number} is tied to them by family or work", number=entry.number)
            )
            if ruled:
                read.row[key].warning(said("{told}; somebody ruled on it", told=told))
            else:
                read.row[key].error(
                    told, said("give them another assessor, or write beside it who ruled on it and why")
                )


def tell_minors(rows: Iterable[tuple[ReadCandidate, EventCandidate]]) -> None:
    """Note who is under age and has no guardian named who signs with them."""
    for read, entry in rows:
        if entry.is_minor and not entry.guardian and entry.status == "ikut":
            read.row["birth_date"].warning(
                said("candidate {number} is younger than {adult} on the day of the event, and no guardian is named",
                     number=entry.number, adult=ADULT_AGE),
                said("write the name of who signs the consent with them"),
            )  # fmt: skip


def tell_scopes(assessors: Mapping[int, ReadAssessor], scheme: Scheme, slug: str) -> None:
    """Note an assessor whose scope is written and does not hold the scheme of the event."""
    names = [folded(str(name)) for name in (scheme.title, scheme.number, slug) if isinstance(name, str) and name]
    for each in assessors.values():
        cell = each.row["scope"]
        text = cell.text(ASSESSOR_HEADINGS.columns["scope"].heading)
        parts = [part.strip() for part in re.split(r"[;\n]", text or "") if part.strip()]
        if not parts or any(part.casefold() in _ALL or folded(part) in names for part in parts):
            continue
        cell.error(
            said("the scope of the assessor does not hold the scheme of the event"),
            said("name another assessor, or write the scheme's title, number or folder there"),
        )

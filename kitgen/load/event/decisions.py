"""Reads what the plenary decided: of each candidate, and who sat in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import said
from kitgen.load.event.assessors import ReadAssessor, registration_key
from kitgen.load.event.columns import CANDIDATE_HEADINGS, DECIDER_HEADINGS
from kitgen.load.sheets.cell_values import read_choice
from kitgen.load.sheets.grid import SheetCell
from kitgen.load.sheets.list_table import ListRow, ListTable
from kitgen.load.sheets.numbering import give_numbers
from kitgen.load.sheets.person_names import read_name
from kitgen.model.event import Decider, EventCandidate
from kitgen.model.scheme import Unit
from kitgen.model.states import BK, DECISIONS, STATES, K

_SPELLINGS: Final = {**{word.casefold(): word for word in DECISIONS}, "kompeten": K, "belum kompeten": BK}


@dataclass(frozen=True, slots=True)
class Decided:
    """Keputusan yang dibaca: what a row says the plenary decided."""

    decision: str | Blank = BLANK
    units: tuple[str, ...] = ()
    reason: str | Blank = BLANK


def _heading(key: str) -> str:
    return CANDIDATE_HEADINGS.columns[key].heading


def read_decided(row: ListRow, units: Sequence[Unit]) -> Decided:
    """The decision of a row with its units and reason; `units` are those of the scheme."""
    decision = read_choice(row["decision"], _heading("decision"), _SPELLINGS)
    reason = row["decision_reason"].text(_heading("decision_reason")) or BLANK
    if decision is None:
        return Decided()
    if not reason:
        row["decision"].warning(
            said("the plenary decided, and no reason stands beside it"),
            said("write why it differs from what the assessor recommends"),
        )
    return Decided(decision, _units(row["decision_units"], units) if decision == BK else (), reason)


def _units(cell: SheetCell, units: Sequence[Unit]) -> tuple[str, ...]:
    """Codes of units a cell names, by code or number; one that is not known is left out and told."""
    known = {unit.code.casefold(): unit.code for unit in units} | {
        str(number): unit.code for number, unit in enumerate(units, 1)
    }
    text = cell.text(_heading("decision_units")) or ""
    named = [part for part in re.split(r"[,;\s]+", text) if part]
    if units and any(part.casefold() not in known for part in named):
        cell.error(
            said("{heading} names a unit the scheme does not have; it is left out", heading=_heading("decision_units")),
            said("write codes of units, or their numbers, between commas"),
        )
    found = [known[part.casefold()] for part in named if part.casefold() in known]
    return tuple(dict.fromkeys(found))


def tell_undecided_units(rows: Iterable[tuple[ListRow, EventCandidate]]) -> None:
    """Note where BK was decided and nobody can tell of which units."""
    for row, candidate in rows:
        if candidate.decision == BK and not candidate.decided_units:
            row["decision_units"].error(
                said("the plenary decided BK of candidate {number}, and no unit is named", number=candidate.number),
                said("write codes of units, or their numbers, between commas"),
            )


def read_deciders(table: ListTable, candidates: Sequence[EventCandidate]) -> tuple[Decider, ...]:
    """Who sits in the plenary, each with the candidates they must not decide of by their own word."""
    named = [(row, name) for row in table.rows if (name := read_name(table, row)) is not None]
    numbers = give_numbers(table, [row for row, _ in named])
    known = {each.number for each in candidates}
    return tuple(
        Decider(
            number,
            name,
            row["role"].text(DECIDER_HEADINGS.columns["role"].heading) or BLANK,
            row["registration"].text(DECIDER_HEADINGS.columns["registration"].heading) or BLANK,
            _numbers(row["apart"], known),
        )
        for (row, name), number in zip(named, numbers, strict=True)
    )


def _numbers(cell: SheetCell, known: set[int]) -> tuple[int, ...]:
    text = cell.text(DECIDER_HEADINGS.columns["apart"].heading) or ""
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    numbers = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 6]
    if len(numbers) < len(parts) or not set(numbers) <= known:
        cell.error(
            said("a number that is no candidate's is left out"),
            said("write numbers of the sheet Asesi, between commas"),
        )
    return tuple(number for number in dict.fromkeys(numbers) if number in known)


def with_assessed(
    deciders: Sequence[Decider],
    assessors: Mapping[int, ReadAssessor],
    candidates: Sequence[EventCandidate],
    taught: Mapping[int, Sequence[int]],
) -> tuple[Decider, ...]:
    """Deciders who are assessors of the event are kept from their own candidates, too, and from those they `taught`."""
    keys: dict[str, int] = {}
    for number, each in assessors.items():
        person = each.entry.person
        keys |= {_name_key(str(person.name)): number}
        if isinstance(person.registration, str):
            keys |= {registration_key(person.registration): number}
    found: list[Decider] = []
    for decider in deciders:
        by_number = keys.get(registration_key(decider.registration)) if isinstance(decider.registration, str) else None
        assessor = by_number if by_number is not None else keys.get(_name_key(decider.name))
        own = [each.number for each in candidates if assessor is not None and each.assessor == assessor]
        own += [number for number, by in taught.items() if assessor in by]
        found.append(
            Decider(decider.number, decider.name, decider.role, decider.registration,
                    tuple(sorted({*decider.apart, *own})))
        )  # fmt: skip
    return tuple(found)


def _name_key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def tell_undecidable(table: ListTable, deciders: Sequence[Decider], candidates: Sequence[EventCandidate]) -> None:
    """Note the candidates of whom nobody in the plenary may decide."""
    assessed = [each.number for each in candidates if STATES[each.state].is_assessed]
    left = [number for number in assessed if all(number in decider.apart for decider in deciders)]
    if deciders and left:
        table.grid.findings.error(
            said("nobody in the plenary may decide of candidates {numbers}", numbers=", ".join(map(str, left))),
            table.grid.whole,
            said("add somebody who neither trained nor assessed them"),
        )

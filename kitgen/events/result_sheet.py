"""Reads the recap an admin typed results into: K or BK for each unit and candidate, and notes, with distrust.

The head is the row that holds the codes of the units. A row belongs to the candidate whose number it shows, and must
show their name, so that a recap of an older state is never taken for one of now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Findings
from kitgen.base.messages import counted, said
from kitgen.load.sheets.cell_values import read_choice
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.headings import words_of
from kitgen.model.event import EventCandidate
from kitgen.model.results import COMPETENT, NOT_COMPETENT, CandidateResult
from kitgen.model.states import STATES, told_state

_ABOVE: Final = 6
"""So many rows above the codes are looked at for headings: they are merged over several rows."""
_SPELLINGS: Final = {"k": COMPETENT, "bk": NOT_COMPETENT, "kompeten": COMPETENT, "belum kompeten": NOT_COMPETENT}
_HEADINGS: Final = {"number": "No.", "name": "Nama Asesi", "decision": "Keputusan", "note": "Keterangan"}
_BUILD: Final = said("`kitgen build --event NAME` makes the recap anew and keeps what was typed")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where what stands: the row of the codes, the column of each unit, the columns of the other headings."""

    row: int
    units: Mapping[str, int]
    columns: Mapping[str, int]


def read_recap(
    grids: Sequence[Grid], codes: Sequence[str], candidates: Sequence[EventCandidate], findings: Findings
) -> list[CandidateResult]:
    """The results of everyone of whom the recap says anything; every odd cell is noted, at its place.

    `candidates` are those of the event, `codes` those of the units of its scheme.
    """
    heads = [(grid, head) for grid in grids if (head := _head_of(grid, codes)) is not None]
    if not heads:
        if grids:
            findings.error(said("no row of the recap shows the codes of the units"), grids[0].whole, _BUILD)
        return []
    grid, head = heads[0]
    if not _is_sound(grid, head, codes):
        return []
    known = {each.number: each for each in candidates}
    seen: dict[int, int] = {}
    results: list[CandidateResult] = []
    for row in _rows(grid, head):
        candidate = _candidate_of(grid.cell(row, head.columns["number"]), known, seen)
        if candidate is None or not _is_theirs(grid, head, row, candidate):
            continue
        result = _read_row(grid, head, row, candidate)
        if result is not None:
            results.append(result)
    for number in sorted(each.number for each in candidates if each.status == "ikut" and each.number not in seen):
        grid.findings.error(said("the recap has no row of candidate {number}", number=number), grid.whole, _BUILD)
    return results


def _head_of(grid: Grid, codes: Sequence[str]) -> _Head | None:
    best: tuple[int, int] | None = None
    for row, cells in grid.filled():
        count = len({cell.peek() for cell in cells.values()} & set(codes))
        if count and (best is None or count > best[0]):
            best = count, row
    if best is None:
        return None
    row = best[1]
    units: dict[str, int] = {}
    for column, cell in sorted(grid.rows[row].items()):
        if (code := cell.peek()) in codes:
            units.setdefault(code, column)
    columns: dict[str, int] = {}
    for above in range(max(1, row - _ABOVE), row + 1):
        for column, cell in sorted(grid.rows.get(above, {}).items()):
            for key, heading in _HEADINGS.items():
                if words_of(cell.peek()) == words_of(heading):
                    columns.setdefault(key, column)
    return _Head(row, units, columns)


def _is_sound(grid: Grid, head: _Head, codes: Sequence[str]) -> bool:
    """Whether nothing is missing of what must be there; what is gets told."""
    missing = [_HEADINGS[key] for key in ("number", "name") if key not in head.columns]
    for heading in missing:
        grid.findings.error(
            said("no column of the recap is headed `{heading}`", heading=heading), grid.place(head.row), _BUILD
        )
    for code in codes:
        if code not in head.units:
            grid.findings.error(said("the recap has no column of unit {code}", code=code), grid.place(head.row), _BUILD)
    return not missing and all(code in head.units for code in codes)


def _rows(grid: Grid, head: _Head) -> Iterator[int]:
    """The rows below the head that say anything, up to the sums below them."""
    for row, cells in grid.filled():
        if row <= head.row:
            continue
        number, name = grid.cell(row, head.columns["number"]), grid.cell(row, head.columns["name"])
        if not number.is_empty and not number.peek().rstrip(".").isdecimal() and name.is_empty:
            return
        columns = {*head.columns.values(), *head.units.values()}
        if any(cell.content == "value" for column, cell in cells.items() if column in columns):
            yield row


def _candidate_of(cell: SheetCell, known: Mapping[int, EventCandidate], seen: dict[int, int]) -> EventCandidate | None:
    """The candidate a row is of; None, and the fault noted, where there is none or they have a row already."""
    text = cell.peek().rstrip(".")
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        cell.error(said("the row shows no number of a candidate"), _BUILD)
        return None
    candidate = known.get(int(text))
    if candidate is None:
        cell.error(said("the event has no candidate {number}", number=int(text)), _BUILD)
    elif candidate.number in seen:
        cell.error(
            said(
                "candidate {number} stands in row {seen} already", number=candidate.number, seen=seen[candidate.number]
            ),
            said("keep one of the rows"),
        )
        return None
    if candidate is not None:
        seen[candidate.number] = cell.row
    return candidate


def _is_theirs(grid: Grid, head: _Head, row: int, candidate: EventCandidate) -> bool:
    """Whether a row shows the candidate's name as the workbook of the event has it."""
    cell = grid.cell(row, head.columns["name"])
    if cell.peek().split() == str(candidate.person.name).split():
        return True
    cell.error(
        said("the name is not that of candidate {number} in the workbook of the event", number=candidate.number), _BUILD
    )
    return False


def _read_row(grid: Grid, head: _Head, row: int, candidate: EventCandidate) -> CandidateResult | None:
    """What a row says; None where it says nothing, or is of someone who withdrew."""
    before = len(grid.findings.errors)
    marks: dict[str, str] = {}
    for code, column in head.units.items():
        mark = read_choice(grid.cell(row, column), said("the mark of unit {code}", code=code), _SPELLINGS)
        if mark is not None:
            marks[code] = mark
    carried = candidate.retake.carried if candidate.retake is not None else ()
    for code in carried:
        if marks.get(code) == NOT_COMPETENT:
            grid.cell(row, head.units[code]).error(
                said("unit {unit} was K before and is not assessed anew", unit=code), said("clear the cell, or write K")
            )
    if marks:
        marks = {**dict.fromkeys(carried, COMPETENT), **marks}
    _tell_strays(grid, head, row)
    note = grid.cell(row, head.columns["note"]).text(_HEADINGS["note"]) if "note" in head.columns else None
    number = grid.cell(row, head.columns["number"])
    state = STATES[candidate.state]
    if candidate.status != "ikut" or (marks and not state.is_assessed):
        if marks or note:
            told = said("candidate {number} withdrew; what stands in the row is not taken", number=candidate.number)
            if state.code != "withdrawn":
                told = said(
                    "the workbook says of candidate {number}: {state}; the marks in the row are not taken",
                    number=candidate.number,
                    state=state.word,
                )
            number.warning(told, _BUILD)
        return None
    told_of_them = told_state(note) if note and not marks else None
    decision = _decision(marks, len(head.units))
    typed = _typed_decision(grid, head, row)
    if typed is not None and typed != decision and len(grid.findings.errors) == before:
        what = (
            said("contradicts the marks of the units") if decision else said("is there, but marks of units are missing")
        )
        grid.cell(row, head.columns["decision"]).error(
            said("the decision {what}", what=what), said("clear the cell, or mend the marks")
        )
    if marks and len(marks) < len(head.units) and len(grid.findings.errors) == before:
        until = "" if decision else said("; until then the candidate has no result")
        told = said(
            "candidate {number} has no mark for {units}",
            number=candidate.number,
            units=counted(len(head.units) - len(marks), "unit"),
        )
        number.warning(told, said("type K or BK{until}", until=until))
    if not marks and not note:
        return None
    became = told_of_them[0].word if told_of_them is not None else ""
    return CandidateResult(candidate.number, marks, decision, note or "", became, candidate.tag)


def _typed_decision(grid: Grid, head: _Head, row: int) -> str | None:
    """What somebody typed over the formula of the decision; the formula itself says what the marks say."""
    column = head.columns.get("decision")
    if column is None or grid.cell(row, column).content == "formula":
        return None
    return read_choice(grid.cell(row, column), _HEADINGS["decision"], _SPELLINGS)


def _tell_strays(grid: Grid, head: _Head, row: int) -> None:
    """What was typed between the units, in a column of no unit."""
    columns = set(head.units.values())
    last = head.columns.get("decision", max(columns))
    for column, cell in sorted(grid.rows[row].items()):
        if min(columns) < column < last and column not in columns and cell.content == "value":
            cell.error(said("something stands in a column that belongs to no unit"), said("clear the cell"))


def _decision(marks: Mapping[str, str], units: int) -> str:
    if NOT_COMPETENT in marks.values():
        return NOT_COMPETENT
    return COMPETENT if len(marks) == units else ""

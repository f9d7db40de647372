"""Reads the sheet Jadwal: what is known of an event apart from its people, one line of label and value each."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.base.dates import day_and_date, indonesian_date, span_of_days
from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import said
from kitgen.load.event.columns import EVENT_LABELS, VENUE_KINDS
from kitgen.load.sheets.cell_values import read_choice, read_day, read_number, read_times
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.model.given import EventFacts, Venue

_ZONES: Final = ("WIB", "WITA", "WIT")
_YEARS: Final = range(2000, 2100)
_KINDS: Final = {spelling: kind for kind in VENUE_KINDS for spelling in (kind.casefold(), f"tuk {kind.casefold()}")}
DEFAULT_MOST: Final = 10
"""So many candidates an assessor may have where the sheet does not say."""


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """Data jadwal: what the sheet Jadwal says, with the days as days for those who compare them."""

    scheme: str
    edition: str
    facts: EventFacts
    venue: Venue
    first_day: datetime.date | None
    last_day: datetime.date | None
    days: int
    """So many days the assessment has; 0 where that is not sure."""
    most_candidates: int
    excess: tuple[str, str] | None
    """Who accepted more candidates than the limit, and why."""
    most_cell: SheetCell
    first_event: str
    """The name of the event whose candidates are assessed anew; empty where it is none of that kind."""
    first_event_cell: SheetCell
    decision_day: datetime.date | None
    retention: datetime.date | None
    days_cell: SheetCell
    """Where the last day of the event stands, or would."""
    edition_cell: SheetCell
    pre_day: datetime.date | None = None
    pre_days: int = 0
    """So many days the pre-assessment has; 0 where its date is not known."""
    pre_cell: SheetCell | None = None
    """Where the pre-assessment ends: its last day or hour, or where its day stands."""


class _Lines:
    """The values of the sheet by the keys of their lines."""

    def __init__(self, grid: Grid, found: Mapping[str, SheetCell]) -> None:
        self.grid = grid
        self.found = found

    def __getitem__(self, key: str) -> SheetCell:
        return self.found.get(key) or SheetCell(self.grid, 0, 0, None)

    def text(self, key: str) -> str | Blank:
        return self[key].text(_label(key)) or BLANK

    def day(self, key: str) -> datetime.date | None:
        day = read_day(self[key], _label(key))
        if day is not None and day.year not in _YEARS:
            self[key].error(
                said("{label} is in no year of an event; the cell is left blank", label=_label(key)),
                said("check the year"),
            )
            return None
        return day


def read_facts(grid: Grid) -> ScheduleFacts:
    """The facts of an event. What cannot be read is left blank and noted."""
    lines = _Lines(grid, _values(grid))
    for key in ("scheme", "edition"):
        if lines[key].is_empty:
            grid.findings.error(
                said("{label} is missing", label=_label(key)),
                grid.whole,
                said("write the name of the folder the scheme lies in, and that of its edition"),
            )
    first, last, pre, decision, days = _days(lines)
    pre_last = _pre_last(lines, pre, first)
    return ScheduleFacts(
        str(lines.text("scheme")),
        str(lines.text("edition")),
        EventFacts(
            code=lines.text("code"),
            date=span_of_days(first, last) if first and last else BLANK,
            time=_hours(lines, "start", "end"),
            start_date=indonesian_date(first) if first else BLANK,
            end_date=indonesian_date(last) if last else BLANK,
            pre_date=span_of_days(pre, pre_last) if pre and pre_last else BLANK,
            pre_time=_hours(lines, "pre_start", "pre_end"),
            city=lines.text("city"),
            assignment_number=lines.text("assignment_number"),
            decision_number=lines.text("decision_number"),
            decision_date=indonesian_date(decision) if decision else BLANK,
            pleno_date=day_and_date(decision) if decision else BLANK,
            supervisor=lines.text("supervisor"),
            in_charge=lines.text("in_charge"),
            pleno_time=_hours(lines, "pleno_time", "pleno_end"),
            pleno_place=lines.text("pleno_place"),
            minutes_number=lines.text("minutes_number"),
            appeal_days=_whole(lines, "appeal_days"),
            retention=indonesian_date(kept) if (kept := lines.day("retention")) is not None else BLANK,
            retake_days=_whole(lines, "retake_days"),
            retake_most=_whole(lines, "retake_most"),
        ),
        _venue(lines),
        first,
        last,
        days,
        read_number(lines["most_candidates"], _label("most_candidates"), 1, 999) or DEFAULT_MOST,
        _excess(lines),
        lines["most_candidates"],
        str(lines.text("first_event")),
        lines["first_event"],
        decision,
        lines.day("retention"),
        lines["start_date"] if lines["end_date"].is_empty else lines["end_date"],
        lines["edition"],
        pre,
        (pre_last - pre).days + 1 if pre and pre_last else 0,
        next((lines[key] for key in ("pre_end_date", "pre_end") if not lines[key].is_empty), lines["pre_date"]),
    )


@dataclass(frozen=True, slots=True)
class EventIdentity:
    """Jati diri buku kerja: of which scheme and edition, with which code, and until when it is to be kept.

    `is_retention_unread`: something stands there that is no date of an event.
    """

    scheme: str
    edition: str
    code: str
    retention: datetime.date | None
    is_retention_unread: bool


def read_identity(grids: Iterable[Grid]) -> EventIdentity | None:
    """What a workbook says it is of; None without a sheet Jadwal. What is not named in it is empty."""
    grid = next((each for each in grids if each.sheet.strip().casefold() == "jadwal"), None)
    if grid is None:
        return None
    lines = _Lines(grid, _values(grid))
    kept = lines.day("retention")
    is_unread = kept is None and not lines["retention"].is_empty
    return EventIdentity(
        str(lines.text("scheme")), str(lines.text("edition")), str(lines.text("code")), kept, is_unread
    )


def _label(key: str) -> str:
    return EVENT_LABELS.columns[key].heading


def _values(grid: Grid) -> dict[str, SheetCell]:
    """The cell right of each label that is known; values beside other labels are told."""
    widths = {(merge.first_row, merge.first_column): merge.last_column for merge in grid.merges}
    found: dict[str, SheetCell] = {}
    for row, cells in grid.filled():
        for column, cell in sorted(cells.items()):
            line = EVENT_LABELS.find(cell.peek())
            value = grid.cell(row, widths.get((row, column), column) + 1)
            if line is None and column == min(cells) and column + 1 in cells:
                cell.warning(
                    said("the label of this line is not known; the line is not read"), EVENT_LABELS.near(cell.peek())
                )
                break
            if line is None:
                continue
            if line.key in found:
                cell.warning(
                    said("a second line is labelled `{heading}`; it is not read", heading=line.heading),
                    said("keep one of the two"),
                )
            else:
                found[line.key] = value
            break
    return found


def _days(
    lines: _Lines,
) -> tuple[datetime.date | None, datetime.date | None, datetime.date | None, datetime.date | None, int]:
    """First and last day, day before the assessment, day of the decision; those out of order are left blank.

    And how many days the assessment has: 0 where that is not sure.
    """
    first, last, pre, decision = (lines.day(key) for key in ("start_date", "end_date", "pre_date", "decision_date"))
    if first and last and last < first:
        lines["end_date"].error(
            said("the assessment ends before it starts; its end is left blank"), said("check both dates")
        )
        last = None
    elif last and lines["start_date"].is_empty:
        lines["end_date"].warning(
            said("the assessment ends, but the day it starts is missing"), said("write the first day too")
        )
    is_sure = last is not None or lines["end_date"].is_empty
    last = last or first
    days = (last - first).days + 1 if first and last and is_sure else 0
    if pre and first and pre > first:
        lines["pre_date"].error(
            said("the pre-assessment is after the assessment; it is left blank"), said("check both dates")
        )
        pre = None
    if decision and last and decision < last:
        lines["decision_date"].error(
            said("the decision is before the assessment ends; it is left blank"), said("check both dates")
        )
        decision = None
    return first, last, pre, decision, days


def _pre_last(lines: _Lines, pre: datetime.date | None, first: datetime.date | None) -> datetime.date | None:
    """The last day of the pre-assessment: its only one where none is written, or not one that can be."""
    last = lines.day("pre_end_date")
    if last is not None and pre is not None and (last < pre or (first is not None and last > first)):
        lines["pre_end_date"].error(
            said("the pre-assessment ends before it starts, or after the assessment begins; its end is left blank"),
            said("check both dates"),
        )
        return pre
    return last if last is not None and pre is not None else pre


def _hours(lines: _Lines, start: str, end: str) -> str | Blank:
    """`08.00–16.00 WIB`; only the start where no end is given."""
    first, inner = read_times(lines[start], _label(start))
    last, _ = read_times(lines[end], _label(end))
    last = last or inner
    if first and last and last <= first:
        cell = lines[end] if not lines[end].is_empty else lines[start]
        cell.error(
            said("the time of the end is not after that of the start; it is left blank"), said("check both times")
        )
        last = None
    if first is None:
        return BLANK
    zone = lines["zone"].peek().upper()
    hours = "–".join(time.strftime("%H.%M") for time in (first, last) if time)
    return f"{hours} {zone}" if zone in _ZONES else hours


def _whole(lines: _Lines, key: str) -> str | Blank:
    """A number of days or times, as it is printed."""
    number = read_number(lines[key], _label(key), 1, 999)
    return BLANK if number is None else str(number)


def _venue(lines: _Lines) -> Venue:
    zone = lines["zone"]
    if (text := zone.text(_label("zone"))) is not None and text.upper() not in _ZONES:
        zone.error(
            said("{label} is not known; the cell is left blank", label=_label("zone")),
            said("write one of: {zones}", zones=", ".join(_ZONES)),
        )
    name = lines.text("venue_name")
    if isinstance(name, str) and name.casefold() in _KINDS:
        lines["venue_name"].warning(
            said("the name of the venue is a kind of venue"), said("write its kind at Jenis TUK")
        )
    return Venue(read_choice(lines["venue_kind"], _label("venue_kind"), _KINDS) or BLANK, name)


def _excess(lines: _Lines) -> tuple[str, str] | None:
    """Who accepted more candidates, and why; one without the other is nothing."""
    by, why = lines.text("excess_by"), lines.text("excess_why")
    if isinstance(by, str) and isinstance(why, str):
        return by, why
    if by or why:
        cell = lines["excess_by"] if by else lines["excess_why"]
        cell.warning(
            said("more candidates are accepted by a named person for a reason; one of the two is missing"),
            said("fill both {label} and {other}", label=_label("excess_by"), other=_label("excess_why")),
        )
    return None

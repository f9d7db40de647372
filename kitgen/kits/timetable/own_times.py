"""Dates and times on the forms of one candidate or assessor: those of their own parts. Pure."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from kitgen.base.dates import indonesian_date, span_of_days
from kitgen.base.holes import BLANK, Blank
from kitgen.kits.timetable.calendar import Span, clock_text
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.timetable import Timetable
from kitgen.model.event import AssessmentEvent
from kitgen.model.given import EventFacts

_ZONES: Final = ("WIB", "WITA", "WIT")


def candidate_facts(
    schedule: AssessmentEvent, timetable: Timetable, candidate: int, instrument: str | None, is_of_preparation: bool
) -> EventFacts:
    """The facts of an event as a candidate's form prints them: dates and times of the parts its instrument is used in.

    Of another form those of all their parts, or of their pre-assessment. Where the timetable does not say it (questions
    held in reserve, what a superior answers before), an event of one day does; of several days it is left to be filled.
    """
    parts = [part for part in timetable.of_candidate(candidate) if part.kind != "marking"]
    if is_of_preparation:
        pre = [part for part in timetable.pre if part.candidate == candidate]
        date = _dates(schedule, pre) or schedule.facts.pre_date
        return replace(schedule.facts, date=date, time=_taken(schedule, pre) or schedule.facts.pre_time)
    own = [part for part in parts if instrument in part.instruments] if instrument is not None else parts
    return replace(
        schedule.facts,
        date=_dates(schedule, own),
        time=_taken(schedule, own) if instrument is not None else _hours(schedule, parts),
        start_date=_first(schedule, parts),
        end_date=_last(schedule, parts),
    )


def paper_facts(
    schedule: AssessmentEvent, facts: EventFacts, timetable: Timetable, minutes: int, spans: Collection[Span]
) -> EventFacts:
    """The facts with the day and time of one written paper: `38 menit, 08.25–09.03 WIB`.

    `spans` are those of all who write it; only the minutes are told where they differ or are not known.
    """
    test = [part for part in timetable.parts if part.kind == "test"]
    span = next(iter(spans)) if len(spans) == 1 and test else None
    date = _dates(schedule, test) if spans else facts.date
    return replace(facts, date=date, time=_written(schedule.facts, minutes, span))


def assessor_facts(schedule: AssessmentEvent, timetable: Timetable, assessor: int) -> EventFacts:
    """The facts with the days on which an assessor assesses."""
    parts = [part for part in timetable.parts if part.assessor == assessor]
    return replace(
        schedule.facts,
        date=_dates(schedule, parts) or schedule.facts.date,
        start_date=_first(schedule, parts) or schedule.facts.start_date,
        end_date=_last(schedule, parts) or schedule.facts.end_date,
    )


def date_of(schedule: AssessmentEvent, day: int) -> datetime.date | None:
    """The date of a day of the event, or of its pre-assessment (0 and below)."""
    if day >= 1:
        return schedule.date_of(day)
    return schedule.pre_day + datetime.timedelta(days=-day) if schedule.pre_day is not None else None


def _known(schedule: AssessmentEvent, parts: Sequence[Part]) -> list[datetime.date]:
    return sorted(date for day in {part.day for part in parts} if (date := date_of(schedule, day)) is not None)


def _dates(schedule: AssessmentEvent, parts: Sequence[Part]) -> str | Blank:
    """The days of these parts, one or from the first to the last."""
    known = _known(schedule, parts)
    if known:
        return span_of_days(known[0], known[-1])
    return schedule.facts.date if schedule.days == 1 else BLANK


def _first(schedule: AssessmentEvent, parts: Sequence[Part]) -> str | Blank:
    known = _known(schedule, parts)
    return indonesian_date(known[0]) if known else schedule.facts.start_date if schedule.days == 1 else BLANK


def _last(schedule: AssessmentEvent, parts: Sequence[Part]) -> str | Blank:
    known = _known(schedule, parts)
    return indonesian_date(known[-1]) if known else schedule.facts.end_date if schedule.days == 1 else BLANK


def zone_of(facts: EventFacts) -> str:
    """` WIB` with its blank, as it stands behind hours; empty where the event names no zone."""
    zone = str(facts.time).rpartition(" ")[2]
    return f" {zone}" if zone in _ZONES else ""


def _hours(schedule: AssessmentEvent, parts: Sequence[Part]) -> str | Blank:
    """From the first to the last minute of one day; the hours of the event where there are several days."""
    if len({part.day for part in parts}) != 1:
        return schedule.facts.time
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return f"{clock_text(start)}–{clock_text(end)}{zone_of(schedule.facts)}"


def _taken(schedule: AssessmentEvent, parts: Sequence[Part]) -> str | Blank:
    """Minutes, and from when to when where it is on one day."""
    if not parts:
        return BLANK
    minutes = sum(part.end - part.start for part in parts)
    if len({part.day for part in parts}) > 1:
        return f"{minutes} menit"
    return _written(schedule.facts, minutes, (min(part.start for part in parts), max(part.end for part in parts)))


def _written(facts: EventFacts, minutes: int, span: Span | None) -> str:
    clocks = f", {clock_text(span[0])}–{clock_text(span[1])}{zone_of(facts)}" if span is not None else ""
    return f"{minutes} menit{clocks}"

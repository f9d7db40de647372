"""Attendance lists: one for each day, and for the pre-assessment; candidates, assessors, actors. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from kitgen.base.dates import day_and_date
from kitgen.base.holes import BLANK, Blank
from kitgen.kits.timetable.own_times import date_of
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.timetable import PRE_DAY, Timetable
from kitgen.model.event import AssessmentEvent
from kitgen.model.timetable_sheet import AttendanceGroup, AttendanceLine, AttendanceSheet

_SPARE_LINES = 10


def blank_attendance() -> tuple[AttendanceSheet, ...]:
    """One list to be filled in, for a kit of no event."""
    lines = tuple(AttendanceLine(str(number), BLANK, BLANK) for number in range(1, _SPARE_LINES + 1))
    few = tuple(AttendanceLine(str(number), BLANK, BLANK) for number in (1, 2))
    groups = (AttendanceGroup("Asesi", lines), AttendanceGroup("Asesor", few), AttendanceGroup("Pemeran", few),
              AttendanceGroup("Petugas", few))  # fmt: skip
    return (AttendanceSheet("Asesmen", BLANK, BLANK, groups),)


def attendance(schedule: AssessmentEvent, timetable: Timetable) -> tuple[AttendanceSheet, ...]:
    """A list for each day of the pre-assessment and of the event, with those who are to be there on that day.

    Where the parts do not fit into the days, everybody stands on the list of each day.
    """
    return (*_preparing(schedule, timetable), *_assessing(schedule, timetable))


def _preparing(schedule: AssessmentEvent, timetable: Timetable) -> Iterator[AttendanceSheet]:
    days = sorted({part.day for part in timetable.pre}, reverse=True) or [
        PRE_DAY - day for day in range(schedule.pre_days)
    ]
    for day in days:
        here = [part for part in timetable.pre if part.day == day]
        yield AttendanceSheet("Pra-Asesmen", _date(schedule, day), schedule.facts.pre_time,
                              tuple(_groups(schedule, here or None, ())))  # fmt: skip


def _assessing(schedule: AssessmentEvent, timetable: Timetable) -> Iterator[AttendanceSheet]:
    days = schedule.days or 1
    for day in range(1, days + 1):
        here = [part for part in timetable.parts if part.day == day]
        if timetable.parts and not here:
            continue
        title = f"Asesmen Hari ke-{day}" if days > 1 else "Asesmen"
        playing = {actor.name for one, of in timetable.cast.of.items() if one.day == day for actor in of}
        actors = [actor.name for actor in schedule.actors if not timetable.parts or actor.name in playing]
        date = _date(schedule, day) or (schedule.facts.date if days == 1 else BLANK)
        yield AttendanceSheet(title, date, schedule.facts.time, tuple(_groups(schedule, here or None, actors)))


def _date(schedule: AssessmentEvent, day: int) -> str | Blank:
    found = date_of(schedule, day)
    return day_and_date(found) if found is not None else BLANK


def _groups(schedule: AssessmentEvent, here: Sequence[Part] | None, actors: Sequence[str]) -> Iterator[AttendanceGroup]:
    """Who is to be there; all of them where it is not known."""
    candidates = {part.candidate for part in here if part.kind != "marking"} if here is not None else None
    assessors = {part.assessor for part in here} if here is not None else None
    present = [each for each in schedule.candidates if each.status == "ikut"]
    yield AttendanceGroup("Asesi", tuple(
        AttendanceLine(str(each.number), each.person.name, each.person.institution)
        for each in present if candidates is None or each.number in candidates
    ))  # fmt: skip
    yield AttendanceGroup("Asesor", tuple(
        AttendanceLine(str(each.number), each.person.name, each.person.registration)
        for each in schedule.assessors if assessors is None or each.number in assessors
    ))  # fmt: skip
    if actors:
        yield AttendanceGroup("Pemeran", tuple(_numbered(actors)))
    officers = [name for name in (schedule.supervisor, schedule.in_charge) if name]
    if officers:
        yield AttendanceGroup("Petugas", tuple(_numbered(officers)))


def _numbered(names: Iterable[str | Blank]) -> Iterator[AttendanceLine]:
    for number, name in enumerate(names, 1):
        yield AttendanceLine(str(number), name, BLANK)

"""What a workbook of an event leaves blank, so that papers have lines there: nothing wrong, but not all known. Pure."""

from collections.abc import Iterable, Iterator

from kitgen.base.holes import Blank
from kitgen.base.messages import Message, counted, said
from kitgen.model.event import AssessmentEvent


def left_blank(schedule: AssessmentEvent) -> Iterator[Message]:
    """The facts of place and time that are not given, then how many people lack what their papers ask for."""
    facts, venue = schedule.facts, schedule.venue
    wanted = (
        (said("date of the assessment"), facts.start_date), (said("hours of the assessment"), facts.time),
        (said("name of the TUK"), venue.name), (said("kind of the TUK"), venue.kind), (said("city"), facts.city),
    )  # fmt: skip
    yield from (what for what, value in wanted if isinstance(value, Blank))
    there = [each for each in schedule.candidates if each.status == "ikut"]
    if number := _blanks(each.person.identity_number for each in there):
        yield counted(number, "candidate without an identity number", "candidates without an identity number")
    if number := _blanks(each.assessor for each in there):
        yield counted(number, "candidate without an assessor", "candidates without an assessor")
    if number := _blanks(each.person.registration for each in schedule.assessors):
        yield counted(number, "assessor without a registration number", "assessors without a registration number")


def _blanks(values: Iterable[object]) -> int:
    return sum(isinstance(each, Blank) for each in values)

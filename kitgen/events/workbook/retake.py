"""The rows of a workbook for those who are assessed anew, by what the event before decided. Pure."""

from typing import Final

from kitgen.events.workbook.sample import Row
from kitgen.load.event.columns import CODE_KEYS, PERSON_KEYS, PURPOSES
from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.states import BK

_LABELS: Final = {word: label for label, word in PURPOSES.items()}


def retake_lines(before: AssessmentEvent) -> dict[str, str | int]:
    """The lines of the sheet Jadwal that stay the same."""
    facts = {key: getattr(before.facts, key) for key in ("city", "appeal_days", "retake_days", "retake_most")}
    known: dict[str, str | int] = {key: str(value) for key, value in facts.items() if value}
    known |= {
        key: str(value)
        for key, value in (("venue_name", before.venue.name), ("venue_kind", before.venue.kind))
        if value
    }
    return {**known, "first_event": before.name}


def retake_rows(before: AssessmentEvent) -> list[Row]:
    """A row for each candidate of whom BK was decided, with the number they had."""
    return [_row(each) for each in before.candidates if each.decided == BK]


def _row(candidate: EventCandidate) -> Row:
    person = {key: getattr(candidate.person, key) for key in PERSON_KEYS}
    row: dict[str, str | int] = {key: str(value) for key, value in person.items() if value}
    if "purpose" in row:
        row["purpose"] = _LABELS.get(str(row["purpose"]), str(row["purpose"]))
    row |= {column: candidate.codes[key] for column, key in CODE_KEYS.items() if key in candidate.codes}
    if candidate.background:
        row["background"] = str(candidate.background)
    return {**row, "first_number": candidate.number}

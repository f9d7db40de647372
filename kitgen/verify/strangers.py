"""Whose name stands on a finished document of an event: each candidate's on their own, nobody else's. Pure."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.kits.kit import Kit
from kitgen.kits.plan import PlannedDocument, takers
from kitgen.model.event import EventCandidate
from kitgen.verify.expected import Expected
from kitgen.verify.find import Checked, Fault
from kitgen.verify.read_back import Finished, Hit, words_of

TELLING: Final[Mapping[str, Message]] = {
    "name": said("name of candidate {number}"), "identity_number": said("identity number of candidate {number}"),
    "email": said("e-mail of candidate {number}"), "phone_mobile": said("mobile number of candidate {number}"),
}  # fmt: skip
"""Fields of a candidate that belong to them alone, and what messages call them."""
_LISTS: Final = frozenset({"participants", "turns", "timetable", "attendance", "seating"})
"""What is given of all candidates, or of all of one assessor."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """Milik asesi: what is told of each candidate of an event, and which texts of the data hold the same words.

    `all_of` are all texts of a candidate. `harmless` are texts of the data, by the words: an actor may have a
    candidate's name, or a place.
    """

    of: Mapping[int, Mapping[str, str]]
    all_of: Mapping[int, tuple[str, ...]]
    harmless: Mapping[str, tuple[str, ...]]


def belongings_of(kit: Kit) -> Belongings:
    """What belongs to the candidates of an event's kit; nothing where there is no event."""
    if kit.event is None:
        return Belongings({}, {}, {})
    of = {each.number: _told_of(each) for each in kit.event.schedule.candidates}
    wanted = {text for told in of.values() for text in told.values()}
    schedule = kit.event.schedule
    all_of = {each.number: tuple(_texts(each.person)) for each in schedule.candidates}
    known = {
        text
        for part in (
            kit.scheme,
            kit.clusters,
            kit.bank,
            kit.scenarios,
            schedule.facts,
            schedule.venue,
            schedule.assessors,
        )
        for text in _texts(part)
    }
    return Belongings(of, all_of, {text: tuple(sorted(each for each in known if text in each)) for text in wanted})


def check_belongings(checked: Checked, read: Finished, belongings: Belongings) -> None:
    """Look whether a document of an event names its candidate, and nobody who has no business there.

    Adds to what was found and to the faults of `checked`; neither says what stands in the document, only whose it is.
    """
    document = checked.document
    owner = document.candidate
    if owner is not None and "candidate" in document.form.given:
        name = belongings.of[owner.number].get("name", "")
        what = TELLING["name"].about(number=owner.number)
        hit = next(iter(read.within(name)), None)
        if hit is not None:
            checked.found.append((Expected(None, what, ""), read.lines[hit.line].spot))
        elif name:
            checked.faults.append(Fault("missing", what, ""))
    allowed = _allowed(document)
    own = tuple(text for number in sorted(allowed) for text in belongings.all_of[number])
    for number, told in belongings.of.items():
        if number not in allowed:
            for field, text in told.items():
                harmless = (*belongings.harmless[text], *own)
                hit = next((each for each in read.within(text) if not _is_part(read, each, text, harmless)), None)
                if hit is not None:
                    what = TELLING[field].about(number=number)
                    checked.faults.append(Fault("stranger", what, read.lines[hit.line].spot))


def _told_of(candidate: EventCandidate) -> dict[str, str]:
    values = ((field, getattr(candidate.person, field)) for field in TELLING)
    return {field: words for field, value in values if isinstance(value, str) and (words := words_of(value))}


def _allowed(document: PlannedDocument) -> frozenset[int]:
    """The candidates a document may name."""
    event = document.kit.event
    is_of_all = bool(_LISTS & set(document.form.given)) or document.form.marks == "event"
    if document.candidate is not None or event is None or not is_of_all:
        return frozenset({document.candidate.number} if document.candidate is not None else ())
    if document.paper is not None:
        return frozenset(each.number for each in takers(document.form, document.kit, document.paper))
    of = document.assessor.number if document.assessor is not None else None
    return frozenset(each.number for each in event.taking_part if of in (None, each.assessor))


def _is_part(read: Finished, hit: Hit, text: str, harmless: tuple[str, ...]) -> bool:
    """Whether the words found are part of a longer text, or of an equal one, that may stand there."""
    line = read.lines[hit.line].text
    for each in harmless:
        inside = each.find(text)
        while inside >= 0:
            start = hit.start - inside
            if start >= 0 and line.startswith(each, start):
                return True
            inside = each.find(text, inside + 1)
    return False


def _texts(value: object) -> Iterator[str]:
    """All texts in a value of the model, as they are compared."""
    if isinstance(value, str):
        if words := words_of(value):
            yield words
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for entry in dataclasses.fields(value):
            yield from _texts(getattr(value, entry.name))

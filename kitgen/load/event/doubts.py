"""What is odd about candidates held against each other, and about a NIK held against a birth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import Message, counted, said
from kitgen.kits.assignment import clashes
from kitgen.kits.channels import mixed, strays
from kitgen.kits.event_kit import event_kit
from kitgen.kits.kit import EventParts, Kit
from kitgen.kits.lacking import papers_switched_off, unplayed_units
from kitgen.load.event.assessors import ReadAssessor
from kitgen.load.event.candidates import ReadCandidate
from kitgen.load.event.facts import ScheduleFacts
from kitgen.load.sheets.grid import SheetCell
from kitgen.load.sheets.headings import GENDERS
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent

_WOMEN: Final = 40
"""Added to the day of birth in the NIK of a woman."""


def find_doubts(
    candidates: Sequence[ReadCandidate], assessors: Mapping[int, ReadAssessor], facts: ScheduleFacts
) -> bool:
    """Note what is odd; a NIK that stands in another row already is left blank.

    Gives whether an assessor has more candidates than the limit.
    """
    _find_doubles(candidates)
    _compare_identities(candidates)
    return _count_candidates(candidates, assessors, facts)


def _compare_identities(candidates: Sequence[ReadCandidate]) -> None:
    """Digits 7 to 12 of a NIK are the birth, day first."""
    for candidate in candidates:
        identity, birth = candidate.person.get("identity_number", ""), candidate.birth
        if len(identity) != 16 or not identity.isdecimal():
            continue
        cell = candidate.row["identity_number"]
        day, rest = int(identity[6:8]), identity[8:12]
        is_woman = day > _WOMEN
        gender = candidate.person.get("gender")
        if not 1 <= day - _WOMEN * is_woman <= 31 or not 1 <= int(rest[:2]) <= 12:
            cell.warning(said("digits 7 to 12 of the NIK are no day of birth"), said("compare it with the KTP"))
        elif birth is not None and (day - _WOMEN * is_woman, rest) != (birth.day, birth.strftime("%m%y")):
            cell.warning(said("the NIK has another date of birth than the row"), said("compare both with the KTP"))
        elif gender is not None and gender != GENDERS[is_woman]:
            cell.warning(
                said("the NIK is that of a man where the row says woman, or the other way round"),
                said("compare both with the KTP"),
            )


def _find_doubles(candidates: Sequence[ReadCandidate]) -> None:
    """A NIK in two rows, or a name with its birth; a row that repeats both is told once."""
    identities: dict[str, int] = {}
    people: dict[tuple[str, object], int] = {}
    for candidate in candidates:
        row = candidate.row
        identity = candidate.person.get("identity_number")
        before = identities.setdefault(identity, row.number) if identity is not None else row.number
        name = "".join(sign for sign in candidate.person["name"].casefold() if sign.isalnum())
        named = people.setdefault((name, candidate.birth), row.number) if candidate.birth and name else row.number
        if before != row.number:
            del candidate.person["identity_number"]
            who = said(", with the same name and birth") if named == before else ""
            told = said("the NIK stands in row {before} already{who}; it is left blank here", before=before, who=who)
            row["identity_number"].error(told, said("delete the row if it is the same person, else type the right NIK"))
        elif named != row.number:
            row["name"].warning(
                said("the same name and date of birth stand in row {named}", named=named),
                said("delete one of the rows if it is the same person"),
            )


def _count_candidates(
    candidates: Sequence[ReadCandidate], assessors: Mapping[int, ReadAssessor], facts: ScheduleFacts
) -> bool:
    """No assessor may have more candidates than the limit, unless a named person accepted it for a reason."""
    most = facts.most_candidates
    present = [candidate for candidate in candidates if candidate.takes_part]
    loads = Counter(candidate.assessor for candidate in present if candidate.assessor is not None)
    over = {number: count for number, count in sorted(loads.items()) if count > most}
    for number, count in over.items():
        _tell_excess(
            said("the assessor has {candidates}, more than {most}", candidates=counted(count, "candidate"), most=most),
            assessors[number].row["name"],
            facts,
        )
    if assessors and not over and len(present) > most * len(assessors):
        cell = facts.most_cell if facts.most_cell.row else next(iter(assessors.values())).row["name"]
        people = counted(len(assessors), "assessor")
        total = said(
            "{present} candidates are more than {most} for each of {people}",
            present=len(present),
            most=most,
            people=people,
        )
        _tell_excess(total, cell, facts)
        return True
    return bool(over)


def tell_what_follows(
    schedule: AssessmentEvent, edition: Edition, facts: ScheduleFacts, place: Place, findings: Findings
) -> Kit:
    """Give the event's kit, and note what it shows: that it does not fit into its days, hours, rooms and people, equal
    papers side by side, units of which no role play and tests of which no paper is in use for somebody who needs one.
    """
    kit = event_kit(edition, schedule)
    assert kit.event is not None
    _tell_shortage(kit.event, facts)
    _tell_unplayed(kit.event, edition, place, findings)
    _tell_channels(kit.event, edition, place, findings)
    for (kind, letter), numbers in papers_switched_off(kit.event.schedule, kit.event.printed).items():
        findings.error(
            said("{kind} of paper {letter} is switched off, and candidates {candidates} have no other", kind=kind,
                 letter=letter, candidates=", ".join(map(str, numbers))),
            place,
            said("write ya at paper {letter}, or draw another paper: `kitgen bank draw`", letter=letter),
        )  # fmt: skip
    return kit


def _tell_shortage(parts: EventParts, facts: ScheduleFacts) -> None:
    if parts.timetable is not None and parts.timetable.sentence:
        facts.days_cell.warning(
            parts.timetable.sentence,
            said("change days or hours in the sheet Jadwal, or the people and rooms in their sheets"),
        )
    if parts.timetable is not None and parts.timetable.pre_sentence:
        (facts.pre_cell or facts.days_cell).warning(
            parts.timetable.pre_sentence,
            said("give the pre-assessment longer hours or another day in the sheet Jadwal"),
        )
    beside = [f"{one}–{other}" for one, other in clashes(parts.seats, parts.assigned)]
    if beside:
        facts.days_cell.warning(
            said(
                "neighbours with the same paper: {pairs} of candidates ({numbers})",
                pairs=counted(len(beside), "pair"),
                numbers=", ".join(beside),
            ),
            said("set their tables apart"),
        )


def _tell_unplayed(parts: EventParts, edition: Edition, place: Place, findings: Findings) -> None:
    lacking = unplayed_units(parts.schedule, edition.scenarios, parts.scopes, parts.assigned)
    for unit, (numbers, ids) in lacking.items():
        findings.error(
            said(
                "no role play in use shows unit {unit} to candidates {candidates}",
                unit=unit,
                candidates=", ".join(map(str, numbers)),
            ),
            place,
            said("write ya at one of {ids}, or agree another instrument", ids=", ".join(ids)),
        )


def _tell_channels(parts: EventParts, edition: Edition, place: Place, findings: Findings) -> None:
    """Who plays in another channel than the others: a chat asks for other things than a talk across a table."""
    if parts.schedule.is_as_before:
        return
    played = {number: each.scenarios for number, each in parts.assigned.items()}
    if not parts.schedule.channel:
        for codes, players in mixed(parts.schedule, played).items():
            channels = "; ".join(f"{channel}: {_numbers(numbers)}" for channel, numbers in players.items())
            findings.warning(
                said(
                    "unit {codes} is played in several channels ({channels})", codes=", ".join(codes), channels=channels
                ),
                place,
                said(
                    "write tidak at the scenarios of all channels but one (or ya at one Saluran) in the sheet Pilihan"
                ),
            )
        return
    for channel, numbers in strays(parts.schedule, edition.scenarios, played).items():
        findings.warning(
            said(
                "candidates {numbers} play in channel {channel}, the event's is {own}",
                numbers=_numbers(numbers), channel=channel, own=parts.schedule.channel,
            ),
            place,
            said("write another scenario for them, or agree the channel in Penyesuaian (FR.AK.07)"),
        )  # fmt: skip


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _tell_excess(message: Message, cell: SheetCell, facts: ScheduleFacts) -> None:
    if facts.excess is not None:
        cell.warning(
            said("{message}; it is accepted in the sheet Jadwal, and printed so in the minutes", message=message)
        )
    else:
        cell.error(message, said("give some to another assessor, or write in the sheet Jadwal who accepts it and why"))

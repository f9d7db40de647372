"""Candidates who are assessed anew: what the event before decided of them, and another paper and scenario than then."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kitgen.base.messages import counted, said
from kitgen.kits.assignment import Assigned, apart, assign, together
from kitgen.kits.channels import of_channel
from kitgen.kits.scope import played_units, scopes_of
from kitgen.kits.zero_one import assign_as_before
from kitgen.load.event.candidates import ReadCandidate
from kitgen.load.event.choices import EditionChoices
from kitgen.load.event.facts import ScheduleFacts
from kitgen.model.event import AssessmentEvent, EventCandidate, Retake
from kitgen.model.minutes import DEFAULT_ARRANGEMENTS, Arrangement
from kitgen.model.states import BK, REASSESSED, UPHELD


@dataclass(frozen=True, slots=True)
class EarlierEvent:
    """Jadwal asal: the event before with what everyone was given then."""

    schedule: AssessmentEvent
    assigned: Mapping[int, Assigned]
    decision_day: datetime.date | None


def given_in(schedule: AssessmentEvent, choices: EditionChoices) -> Mapping[int, Assigned]:
    """What everyone of an event has, as its kit says: recorded when it was delivered, by its own arrangement."""
    scopes = scopes_of(choices.clusters, choices.plan, schedule.candidates)
    if schedule.is_as_before:
        return assign_as_before(schedule, choices.papers, choices.played, scopes)
    return assign(schedule, choices.papers, choices.played, scopes, _arrangement(schedule, choices))


def _arrangement(schedule: AssessmentEvent, choices: EditionChoices) -> Arrangement:
    if choices.edition is None:
        return DEFAULT_ARRANGEMENTS[0]
    return choices.edition.blueprint.arrangement(schedule.arrangement)


def with_retakes(
    schedule: AssessmentEvent,
    candidates: Sequence[ReadCandidate],
    facts: ScheduleFacts,
    choices: EditionChoices,
    earlier_of: Callable[[str], EarlierEvent | None],
) -> AssessmentEvent:
    """The event with what each candidate is assessed in anew; as it is, where it names no event before."""
    if not facts.first_event:
        return schedule
    earlier = earlier_of(facts.first_event) if facts.first_event != schedule.name else None
    if earlier is None:
        facts.first_event_cell.error(
            said("the event before does not exist, or cannot be read"), said("write the name of its folder")
        )
        return schedule
    _tell_late(facts, earlier)
    known = {each.number: each for each in earlier.schedule.candidates}
    entries: list[EventCandidate] = []
    for read, entry in zip(candidates, schedule.candidates, strict=True):
        number = read.first_number or entry.number
        before = known.get(number)
        retake = _retake(read, before, earlier, choices) if entry.status == "ikut" else None
        _tell_tries(read, retake, schedule)
        if retake is not None and before is not None:
            _tell_same_assessor(read, entry, before, schedule, earlier)
        entries.append(replace(entry, retake=retake))
    return _given_otherwise(replace(schedule, candidates=tuple(entries)), candidates, choices)


def _retake(
    read: ReadCandidate, before: EventCandidate | None, earlier: EarlierEvent, choices: EditionChoices
) -> Retake | None:
    if before is None:
        read.row["first_number"].error(
            said("the event before has no such candidate"), said("write the number they had in it")
        )
        return None
    if not _is_same(read, before):
        read.row["first_number"].error(
            said("the candidate of this number in the event before is another person"),
            said("write the number they had in it"),
        )
        return None
    if before.decided != BK or before.appeal.outcome == UPHELD:
        read.row["number"].error(
            said("the event before did not decide BK of candidate {number}", number=read.number),
            said("only who is not yet competent is assessed anew"),
        )
        return None
    units = before.decided_units
    last = before.retake
    carried = tuple(unit.code for unit in choices.units if unit.code not in units)
    assigned = earlier.assigned.get(before.number)
    papers = (*(last.papers if last is not None else ()), *([assigned.paper] if assigned and assigned.paper else []))
    scenarios = (
        *(last.scenarios if last is not None else ()),
        *((each.id for each in assigned.scenarios) if assigned is not None else ()),
    )
    counts = before.appeal.outcome != REASSESSED
    return Retake(
        earlier.schedule.name,
        tuple(units),
        carried,
        tuple(dict.fromkeys(papers)),
        tuple(dict.fromkeys(scenarios)),
        (last.tries if last is not None else 0) + (1 if counts else 0),
    )


def _is_same(read: ReadCandidate, before: EventCandidate) -> bool:
    """By NIK, where both have one, else by name."""
    own, other = read.person.get("identity_number", ""), str(before.person.identity_number)
    if own and other:
        return own == other
    return read.person["name"].split() == str(before.person.name).split()


def _tell_late(facts: ScheduleFacts, earlier: EarlierEvent) -> None:
    term = earlier.schedule.facts.retake_days
    if not term or earlier.decision_day is None or facts.first_day is None:
        return
    late = (facts.first_day - earlier.decision_day).days - int(str(term))
    if late > 0:
        facts.first_event_cell.error(
            said(
                "the term for assessing anew ended {days} before: {term} after the decision",
                days=counted(late, "day"),
                term=counted(int(str(term)), "day"),
            ),
            said("choose an earlier day, or let them apply anew"),
        )


def _tell_tries(read: ReadCandidate, retake: Retake | None, schedule: AssessmentEvent) -> None:
    most = schedule.facts.retake_most
    if retake is not None and most and retake.tries > int(str(most)):
        read.row["number"].error(
            said(
                "candidate {number} is assessed anew for the {tries}. time, and {most} are allowed",
                number=read.number,
                tries=retake.tries,
                most=most,
            ),
            said("let them apply anew"),
        )


def _tell_same_assessor(
    read: ReadCandidate,
    entry: EventCandidate,
    before: EventCandidate,
    schedule: AssessmentEvent,
    earlier: EarlierEvent,
) -> None:
    """Where an appeal led to it, others than before assess anew."""
    if before.appeal.outcome != REASSESSED:
        return
    now, then = (
        next((each.person for each in event.assessors if each.number == one.assessor), None)
        for event, one in ((schedule, entry), (earlier.schedule, before))
    )
    if now is None or then is None:
        return
    is_same = now.registration == then.registration if now.registration and then.registration else now.name == then.name
    if is_same:
        read.row["assessor"].error(
            said("the assessor of candidate {number} assessed them before their appeal", number=entry.number),
            said("give them to another assessor"),
        )


def _given_otherwise(
    schedule: AssessmentEvent, candidates: Sequence[ReadCandidate], choices: EditionChoices
) -> AssessmentEvent:
    """Another paper and other scenarios than before for each of them, as far as there are any; told where not."""
    scopes = scopes_of(choices.clusters, choices.plan, schedule.candidates)
    assigned = given_in(schedule, choices)
    played_here = together if _arrangement(schedule, choices).integrated else apart
    letters = [each for each in choices.papers if not schedule.papers or each in schedule.papers]
    usable = [each for each in choices.played if not schedule.scenarios or each.id in schedule.scenarios]
    entries: list[EventCandidate] = []
    for read, entry in zip(candidates, schedule.candidates, strict=True):
        if entry.retake is None:
            entries.append(entry)
            continue
        own, again = assigned[entry.number], entry.retake
        paper = own.paper
        if paper in again.papers:
            others = [each for each in letters if each not in again.papers]
            if isinstance(entry.paper, str) or not others:
                read.row["paper"].error(
                    said("candidate {number} would have a paper they had before", number=entry.number),
                    said("write another letter, or draw another paper"),
                )
            else:
                paper = others[(entry.number - 1) % len(others)]
        chosen: list[str] = []
        for played in own.scenarios:
            left = [
                each
                for each in played_here(usable)
                if each.unit_codes == played.unit_codes
                and each.id not in again.scenarios
                and played_units(scopes[entry.number], each)
            ]
            others_played = [each.id for each in of_channel(left, schedule, entry)]
            if played.id not in again.scenarios:
                chosen.append(played.id)
            elif played.id in entry.scenarios or not others_played:
                chosen.append(played.id)
                read.row["scenarios"].error(
                    said("candidate {number} would play a scenario they played before", number=entry.number),
                    said("write another one in the column Skenario"),
                )
            else:
                chosen.append(others_played[(entry.number - 1) % len(others_played)])
        entries.append(replace(entry, paper=paper or entry.paper, scenarios=tuple(chosen)))
    return replace(schedule, candidates=tuple(entries))

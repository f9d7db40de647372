"""The kit of an event: the whole scheme's, with people, what they were assigned, and when it is whose turn. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kitgen.base.dates import day_and_date
from kitgen.base.holes import BLANK, Blank
from kitgen.kits.assignment import Assigned, assign, seats
from kitgen.kits.kit import EventParts, Kit, Papers, PrintedPapers, printed_papers, scheme_kit
from kitgen.kits.reserve import reserve_sets
from kitgen.kits.scope import Scope, scopes_of
from kitgen.kits.timetable.calendar import clock_text
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.timetable import timetable_of
from kitgen.kits.timetable.work import Work, work_of
from kitgen.kits.zero_one import Turn, assign_as_before, rotation
from kitgen.model.bank import Paper, QuestionKind
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.given import (
    BLANK_DECIDERS,
    AppealFacts,
    Assessor,
    DeciderLine,
    EventFacts,
    Notice,
    Participant,
    UploadCodes,
)
from kitgen.model.guide_sheet import TurnLine
from kitgen.model.results import COMPETENT, NOT_COMPETENT
from kitgen.model.scheme import Unit
from kitgen.model.states import APPEAL_PRINTED, POSTPONED, REJECTED, STATES, State, told_state


def event_kit(edition: Edition, schedule: AssessmentEvent) -> Kit:
    """The kit of an event pinned to this edition."""
    kit = scheme_kit(edition, schedule.replaced_papers)
    scopes = scopes_of(kit.clusters, kit.plan, schedule.candidates)
    schedule = replace(schedule, facts=_counted(schedule))
    if schedule.is_as_before:
        parts = _as_before(kit, schedule, scopes)
    else:
        parts = _arranged(kit, schedule, scopes)
    return replace(kit, kind="event", name=schedule.name, folder=schedule.name, event=parts, exposure={})


def _letters(kit: Kit) -> list[str]:
    return list(dict.fromkeys(paper.letter for papers in kit.drawn.values() for paper in papers))


def _as_before(kit: Kit, schedule: AssessmentEvent, scopes: Mapping[int, Scope]) -> EventParts:
    """An event kitgen 0.1 delivered: who has what, and when, stays as it is in people's hands."""
    assigned = assign_as_before(schedule, _letters(kit), kit.scenarios, scopes)
    printed = _printed_for_candidates(kit, scopes, assigned)
    return EventParts(schedule, assigned, tuple(rotation(schedule, assigned)), scopes, printed)


def _arranged(kit: Kit, schedule: AssessmentEvent, scopes: Mapping[int, Scope]) -> EventParts:
    arrangement = kit.blueprint.arrangement(schedule.arrangement)
    printed: dict[int, PrintedPapers] = {}
    made: dict[tuple[object, ...], Work] = {}

    def work(candidate: EventCandidate, given: Assigned) -> Work:
        """What one candidate does; what several do is made of the same objects."""
        scope, sheets = scopes[candidate.number], printed[candidate.number].sheets
        key = (id(scope), id(sheets), candidate.adjustments, *(id(each) for each in given.scenarios))
        known = made.get(key)
        if known is None:
            known = made[key] = work_of(
                candidate, scope, given.scenarios, sheets, kit.clusters, kit.plan, kit.blueprint, arrangement
            )
        return replace(known, number=candidate.number)

    def works(event: AssessmentEvent) -> dict[int, Work]:
        """What each candidate does; papers of the same letters take the same minutes with any number of assessors."""
        given = assign(event, _letters(kit), kit.scenarios, scopes, arrangement)
        if not printed:
            printed.update(_printed_for_candidates(kit, scopes, given))
        return {each.number: work(each, given[each.number]) for each in event.candidates}

    timetable = timetable_of(schedule, kit.blueprint, works)
    assigned = assign(schedule, _letters(kit), kit.scenarios, scopes, arrangement)
    turns = tuple(_turns(schedule, timetable.parts))
    writing = [each.number for each in schedule.candidates
               if each.status == "ikut" and timetable.works[each.number].test]  # fmt: skip
    order = tuple(seats(writing, assigned))
    asked = {of: {each.unit_code for paper in found for each in paper.questions} for of, found in kit.drawn.items()}
    reserves = reserve_sets(kit.clusters, kit.plan, schedule, scopes, asked)
    return EventParts(schedule, assigned, turns, scopes, printed, timetable, arrangement.title, order, reserves)


def _turns(schedule: AssessmentEvent, parts: Iterable[Part]) -> Iterator[Turn]:
    """Each candidate in each scenario, from its first to its last scene."""
    people = {each.number: each for each in schedule.candidates}
    found: dict[tuple[int, str], list[Part]] = {}
    for part in parts:
        if part.kind == "scene" and part.scenario is not None and part.candidate is not None:
            found.setdefault((part.candidate, part.scenario.id), []).append(part)
    for (number, _), scenes in found.items():
        scenario = scenes[0].scenario
        if people[number].status == "ikut" and scenario is not None:
            start, end = min(each.start for each in scenes), max(each.end for each in scenes)
            yield Turn(people[number], scenes[0].assessor, scenario, scenes[0].day, clock_text(start), clock_text(end))


def _printed_for_candidates(
    kit: Kit, scopes: Mapping[int, Scope], assigned: Mapping[int, Assigned]
) -> dict[int, PrintedPapers]:
    """What is printed of each candidate's papers; the first of a kind that has no paper of their letter.

    What is the same for several is one object.
    """
    made: dict[tuple[int, str], PrintedPapers] = {}
    shared: dict[tuple[QuestionKind, str], Paper] = {}

    def once(papers: Papers) -> Papers:
        return {kind: tuple(shared.setdefault((kind, each.id), each) for each in of) for kind, of in papers.items()}

    for number, scope in scopes.items():
        letter = assigned[number].paper
        if (id(scope), letter) not in made:
            own = {
                kind: (next((paper for paper in papers if paper.letter == letter), papers[0]),)
                for kind, papers in kit.drawn.items()
            }
            printed = printed_papers(own, kit.plan, scope)
            made[id(scope), letter] = PrintedPapers(once(printed.booklets), once(printed.sheets))
    return {number: made[id(scope), assigned[number].paper] for number, scope in scopes.items()}


def _counted(schedule: AssessmentEvent) -> EventFacts:
    """The facts of an event with how many there are of each result and state, once all assessed have a result."""
    states = Counter(each.state for each in schedule.candidates)
    assessed = [each for each in schedule.candidates if STATES[each.state].is_assessed]
    if not assessed or not all(each.result for each in assessed):
        return schedule.facts
    results = Counter(each.result for each in assessed)
    decided = Counter(each.decided for each in assessed)
    return replace(
        schedule.facts,
        competent=str(results[COMPETENT]),
        not_competent=str(results[NOT_COMPETENT]),
        absent=str(states["absent"]),
        stopped=str(states["ill"] + states["unsafe"] + states["breach"]),
        postponed=str(states["postponed"] + states["not_accepted"]),
        late=str(states["late"]),
        withdrawn=str(states["withdrawn"]),
        refused=str(states["refused"] + states["not_continued"]),
        decided_competent=str(decided[COMPETENT]),
        decided_not_competent=str(decided[NOT_COMPETENT]),
        decided_postponed=str(decided[POSTPONED]),
    )


def participants(parts: EventParts, units: Iterable[Unit], of_assessor: int | None = None) -> tuple[Participant, ...]:
    """The lines of lists: everyone who takes part, or one assessor's candidates; numbers are those of the workbook."""
    known = tuple(units)
    return tuple(participant(parts, each, known) for each in parts.taking_part if of_assessor in (None, each.assessor))


def participant(parts: EventParts, each: EventCandidate, units: tuple[Unit, ...]) -> Participant:
    """The line of one candidate, whatever became of them; what became of them stands in front of their note."""
    state = STATES[each.state]
    assigned = parts.assigned.get(each.number)
    is_noted = isinstance(each.note, str) and told_state(each.note) is not None
    again = f"Asesmen ulang: {', '.join(each.retake.units)}" if each.retake is not None else BLANK
    notes = (_printed(each), again, BLANK if is_noted else each.note)
    return Participant(
        number=each.number,
        tag=each.tag,
        candidate=each.person,
        assessor=assessor_person(parts, each),
        result=each.result if state.is_assessed else BLANK,
        note="; ".join(str(note) for note in notes if note) or BLANK,
        paper=(assigned.paper if assigned is not None else "") or BLANK,
        not_competent=tuple(unit for unit in units if unit.code in each.not_competent) if state.is_assessed else (),
        scenarios=", ".join(scenario.id for scenario in assigned.scenarios) if assigned is not None else BLANK,
        codes=UploadCodes(**each.codes),
        test_date=_test_date(parts, each),
        state=_printed(each) or BLANK,
        state_reason=each.state_reason,
        incident=state.printed if state.is_incident else BLANK,
        decision=each.decided,
        decision_reason=each.decision_reason,
        decided_units=tuple(unit for unit in units if unit.code in each.decided_units),
        guardian=each.guardian,
        is_minor=each.is_minor,
        not_uploaded=_not_uploaded(each, state),
    )


def _not_uploaded(each: EventCandidate, state: State) -> str | Blank:
    """Why somebody has no row in the upload sheet; blank who has one."""
    if not state.is_uploaded:
        return state.printed
    return "Keputusan ditunda" if each.decided == POSTPONED else BLANK


def decider_lines(parts: EventParts) -> tuple[DeciderLine, ...]:
    """Who sits in the plenary; empty rows where nobody is named."""
    return (
        tuple(
            DeciderLine(number, each.name, each.role, each.registration, ", ".join(map(str, each.apart)) or BLANK)
            for number, each in enumerate(parts.schedule.deciders, 1)
        )
        or BLANK_DECIDERS
    )


def _printed(each: EventCandidate) -> str:
    """What became of a candidate, as lists say it: an appeal that was decided with its outcome."""
    if each.state == "appealed" and each.appeal.outcome:
        return "Banding ditolak" if each.appeal.outcome == REJECTED else "Banding dikabulkan"
    return STATES[each.state].printed


def appeal_of(candidate: EventCandidate | None) -> AppealFacts:
    """What letters say of a candidate's appeal."""
    if candidate is None:
        return AppealFacts()
    appeal = candidate.appeal
    outcome = APPEAL_PRINTED[str(appeal.outcome)] if appeal.outcome else BLANK
    return AppealFacts(appeal.date, appeal.ground, appeal.team, outcome)


def notice_of(candidate: EventCandidate) -> Notice:
    """What a letter says of what became of a candidate."""
    state = STATES[candidate.state]
    return Notice(state.letter, state.text)


def assessor_person(parts: EventParts, candidate: EventCandidate | None) -> Assessor:
    """The assessor of a candidate as forms print them; blank where none is named."""
    found = parts.assessor_of(candidate) if candidate is not None else None
    return found.person if found is not None else Assessor()


def turn_lines(parts: EventParts) -> Iterable[TurnLine]:
    """The rotation plan, line by line: by day and hour, then by assessor."""
    people = {each.number: each.person for each in parts.schedule.assessors}
    for turn in sorted(parts.turns, key=lambda each: (each.day, each.start, each.assessor)):
        name: str | Blank = turn.candidate.person.name
        yield TurnLine(
            day=turn.day,
            start=turn.start,
            end=turn.end,
            number=turn.candidate.number,
            candidate=name,
            assessor=people[turn.assessor].name,
            scenario=f"{turn.scenario.id} {turn.scenario.title}",
            room=_room(parts, turn.assessor),
            date=day_and_date(date) if (date := parts.schedule.date_of(turn.day)) is not None else BLANK,
        )


def _room(parts: EventParts, assessor: int) -> str:
    return f"Ruang {assessor}" if parts.timetable is None else parts.timetable.rooms.get(assessor, "")


def _test_date(parts: EventParts, candidate: EventCandidate) -> str | Blank:
    """The last day of a candidate's own parts; that of an event of one day."""
    timetable = parts.timetable
    days = [part.day for part in timetable.of_candidate(candidate.number)] if timetable is not None else []
    last = max(days) if days else 1 if parts.schedule.days == 1 else 0
    date = parts.schedule.date_of(last)
    return f"{date:%d/%m/%Y}" if date is not None else BLANK

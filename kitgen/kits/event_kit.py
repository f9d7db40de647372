"""The kit of an event: the whole scheme's, with people, what they were assigned, and when it is whose turn. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kitgen.base.dates import day_and_date
from kitgen.base.holes import BLANK, Blank
from kitgen.kits.plan import EventParts, Kit, Papers, PrintedPapers, printed_papers, scheme_kit
from kitgen.kits.rotation import Assigned, assign, rotation
from kitgen.kits.scope import Scope, scopes_of
from kitgen.model.bank import Paper, QuestionKind
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.given import Assessor, EventFacts, Participant, UploadCodes
from kitgen.model.guide_sheet import TurnLine
from kitgen.model.results import COMPETENT, NOT_COMPETENT
from kitgen.model.scheme import Unit


def event_kit(edition: Edition, schedule: AssessmentEvent) -> Kit:
    """The kit of an event pinned to this edition."""
    kit = scheme_kit(edition)
    letters = list(dict.fromkeys(paper.letter for papers in kit.drawn.values() for paper in papers))
    scopes = scopes_of(kit.clusters, kit.plan, schedule.candidates)
    assigned = assign(schedule, letters, edition.scenarios, scopes)
    schedule = replace(schedule, facts=_counted(schedule))
    printed = _printed_for_candidates(kit, scopes, assigned)
    parts = EventParts(schedule, assigned, tuple(rotation(schedule, assigned)), scopes, printed)
    return replace(kit, kind="event", name=schedule.name, folder=schedule.name, event=parts)


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
    """The facts of an event with how many are competent and how many not, once that is known of everyone."""
    results = [each.result for each in schedule.candidates if each.status == "ikut"]
    if not results or not all(results):
        return schedule.facts
    counts = (str(results.count(mark)) for mark in (COMPETENT, NOT_COMPETENT))
    return replace(schedule.facts, competent=next(counts), not_competent=next(counts))


def participants(parts: EventParts, units: Iterable[Unit], of_assessor: int | None = None) -> tuple[Participant, ...]:
    """The lines of lists: everyone who takes part, or one assessor's candidates; numbers are those of the workbook."""
    known = list(units)
    return tuple(
        Participant(
            number=each.number,
            tag=each.tag,
            candidate=each.person,
            assessor=assessor_person(parts, each),
            result=each.result,
            note=each.note,
            paper=parts.assigned[each.number].paper or BLANK,
            not_competent=tuple(unit for unit in known if unit.code in each.not_competent),
            scenarios=", ".join(scenario.id for scenario in parts.assigned[each.number].scenarios) or BLANK,
            codes=UploadCodes(**each.codes),
        )
        for each in parts.taking_part
        if of_assessor in (None, each.assessor)
    )


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
            room=f"Ruang {turn.assessor}",
            date=day_and_date(date) if (date := parts.schedule.date_of(turn.day)) is not None else BLANK,
        )

"""The dates and times each document of an event prints. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from kitgen.base.holes import BLANK
from kitgen.kits.kit import EventParts
from kitgen.kits.plan import PlannedDocument, own_papers
from kitgen.kits.timetable.calendar import Span
from kitgen.kits.timetable.own_times import assessor_facts, candidate_facts, paper_facts
from kitgen.kits.timetable.timetable import Timetable
from kitgen.model.bank import Paper
from kitgen.model.event import EventCandidate
from kitgen.model.given import EventFacts


def facts_for(document: PlannedDocument, event: EventParts) -> EventFacts:
    """The facts of the event as a document prints them: its candidate's own days and times, its paper's minutes."""
    schedule, timetable, form = event.schedule, event.timetable, document.form
    if timetable is None:
        return schedule.facts
    candidate = document.candidate
    facts = schedule.facts
    if document.reserve is not None:  # nobody knows when it is opened, or whether it is
        return replace(facts, date=facts.date if schedule.days == 1 else BLANK, time=BLANK)
    if candidate is not None:
        facts = candidate_facts(schedule, timetable, candidate.number, form.instrument, form.dated == "pra-asesmen")
    elif document.assessor is not None:
        facts = assessor_facts(schedule, timetable, document.assessor.number)
    paper = document.paper
    if paper is None or form.questions is None:
        return facts
    writing = [candidate] if candidate is not None else [
        each for each in event.taking_part if paper.id in {own.id for own in own_papers(form, document.kit, each)}
    ]  # fmt: skip
    spans = {span for each in writing for span in _spans(document, timetable, paper, each)}
    minutes = paper.minutes if candidate is None else candidate.adjustments.minutes(paper.minutes)
    return paper_facts(schedule, facts, timetable, minutes, spans)


def _spans(document: PlannedDocument, timetable: Timetable, paper: Paper, candidate: EventCandidate) -> Iterator[Span]:
    """When a candidate writes a paper: after those before it in the one sitting; nothing if it is not in it."""
    event, form = document.kit.event, document.form
    work = timetable.works.get(candidate.number)
    test = next((part for part in timetable.of_candidate(candidate.number) if part.kind == "test"), None)
    if event is None or work is None or test is None or form.questions not in work.test_kinds:
        return
    longer, at = candidate.adjustments.minutes, test.start
    for kind in work.test_kinds:
        if kind != form.questions:
            at += longer(sum(sheet.minutes for sheet in event.printed[candidate.number].sheets.get(kind, ())))
            continue
        for own in own_papers(form, document.kit, candidate):
            end = min(test.end, at + longer(own.minutes))
            if own.id == paper.id:
                yield at, end
            at = end
        return

"""What each document's template is given, as plain data made from the model."""

import dataclasses
from collections.abc import Callable, Hashable, Iterator
from typing import Final

from kitgen.kits.assessment_plan import UNKNOWN, approach_of, plan_sheet
from kitgen.kits.coverage import coverage_of
from kitgen.kits.event_kit import (
    appeal_of,
    assessor_person,
    decider_lines,
    notice_of,
    participant,
    participants,
    turn_lines,
)
from kitgen.kits.event_times import facts_for
from kitgen.kits.guide import guide_sheet
from kitgen.kits.item_list import item_lines, paper_notes
from kitgen.kits.kit import EventParts, Kit, Papers
from kitgen.kits.mark_lines import mark_lines
from kitgen.kits.papers import blueprint_sheet
from kitgen.kits.paths import event_folder
from kitgen.kits.plain import Plain, Values
from kitgen.kits.plan import PlannedDocument, papers_of, takers
from kitgen.kits.reserve import reserve_sheet
from kitgen.kits.stamp import DRAFT_TEXT, STATUS, is_large_print, note_of, stamp_of, whose_of
from kitgen.kits.stations.agreement import agreement_sheet
from kitgen.kits.stations.sheet import station_sheet
from kitgen.kits.timetable.attendance import attendance, blank_attendance
from kitgen.kits.timetable.sheets import Sheets
from kitgen.model.blueprint import BlueprintSheet
from kitgen.model.body import CertificationBody
from kitgen.model.forms import AUDIENCE_FOLDERS, Form
from kitgen.model.given import (
    ALWAYS_GIVEN,
    BLANK_DECIDERS,
    BLANK_PARTICIPANTS,
    Actor,
    Assessor,
    Candidate,
    DocumentLine,
    EventFacts,
    FormFacts,
    Notice,
    Participant,
    SignatureLine,
    Venue,
)
from kitgen.model.marks import AgreementSheet, EventMarks, MarkLine
from kitgen.model.plan_sheet import Approach
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Unit
from kitgen.model.timetable_sheet import AttendanceSheet, SeatingSheet, TimetableSheet

BLANK_CANDIDATE: Final = Candidate()
BLANK_ASSESSOR: Final = Assessor()
BLANK_VENUE: Final = Venue()
BLANK_EVENT: Final = EventFacts()
BLANK_SHEET: Final = TimetableSheet("")
"""What documents of no event are given: forms to be filled in by hand."""


def used_clusters(document: PlannedDocument) -> tuple[Cluster, ...]:
    """The clusters a document is about, with their units: those its instrument is used for, of its candidate's plan.

    Of a reserve set its own cluster.
    """
    if document.reserve is not None:
        own = document.reserve.used.get(document.form.instrument or "")
        return (own if own is not None else document.reserve.cluster,)
    used = document.kit.scope_for(document.candidate).clusters_of(document.form.instrument)
    return document.kit.clusters if used == document.kit.clusters else used  # the same object is digested once


def _plan(document: PlannedDocument, plain: Plain) -> object:
    """The plan as it is printed for a candidate, or for anybody; worked out once for all whom it says the same of."""
    kit, candidate = document.kit, document.candidate
    held = _held(document) if document.form.is_cut else None
    scope = kit.scope_for(candidate)
    own = (candidate.background, candidate.deviation_reason, candidate.adjustments) if candidate is not None else ()
    return plain.once(
        scope,
        "plan",
        own,
        held,
        make=lambda: plan_sheet(kit.clusters, kit.plan, scope, candidate, held, _approach(kit), kit.scenarios),
    )


def _roles(document: PlannedDocument) -> list[str]:
    """The role plays of the document's candidate that show a unit its instrument is used for."""
    kit, candidate = document.kit, document.candidate
    if kit.event is None or candidate is None:
        return []
    codes = {unit.code for cluster in used_clusters(document) for unit in cluster.units}
    return [each.id for each in kit.event.assigned[candidate.number].scenarios if codes & set(each.unit_codes)]


def _approach(kit: Kit) -> Approach:
    """The approach as far as an event says it."""
    if kit.event is None:
        return UNKNOWN
    people, venue = kit.event.taking_part, kit.event.schedule.venue
    is_played = any(kit.event.assigned[each.number].scenarios for each in people)
    return approach_of(people, is_played, venue.kind)


def _held(document: PlannedDocument) -> frozenset[str]:
    """The instruments the document's kit has forms of."""
    return frozenset(form.instrument for form, _ in document.listing if form.instrument is not None)


def _printed_papers(document: PlannedDocument) -> Papers:
    """The papers the forms of the kit print: the plan may use fewer than the bank could serve."""
    forms = [form for form, _ in document.listing if form.questions is not None]
    return {form.questions: papers_of(form, document.kit) for form in forms if form.questions is not None}


def _blueprint(document: PlannedDocument) -> BlueprintSheet:
    papers = _printed_papers(document)
    return dataclasses.replace(
        blueprint_sheet(document.kit.units, papers, document.kit.plan),
        notes=tuple(paper_notes(papers)),
        items=tuple(item_lines(document.kit.bank, papers, document.kit.exposure)),
    )


def _assessor(document: PlannedDocument) -> Assessor:
    """Whose document it is, or who assesses its candidate; blank for a kit without an event."""
    event = document.kit.event
    if event is None:
        return BLANK_ASSESSOR
    if document.assessor is not None:
        return document.assessor.person
    return assessor_person(event, document.candidate)


def _event(document: PlannedDocument, plain: Plain) -> object:
    """The facts of the event, with the dates and times of this document; worked out once for all of whom it is the
    same."""
    event = document.kit.event
    if event is None:
        return plain(BLANK_EVENT)
    if event.timetable is None or (document.candidate, document.assessor, document.paper) == (None, None, None):
        return plain(event.schedule.facts)
    form, paper = document.form, document.paper.id if document.paper is not None else ""
    who = document.candidate.number if document.candidate is not None else 0
    of = document.assessor.number if document.assessor is not None else 0
    is_reserve = document.reserve is not None
    key = ("event", who, of, paper, form.instrument, form.dated, form.questions, form.per, is_reserve)

    def made() -> object:
        """Equal facts, of documents of one day and hour, are one object."""
        facts = facts_for(document, event)
        return plain.once(document.kit, "facts", facts, make=lambda: facts)

    return plain.once(document.kit, *key, make=made)


def _of_all(event: EventParts | None, make: Callable[[Sheets], TimetableSheet]) -> TimetableSheet:
    return BLANK_SHEET if event is None or event.timetable is None else make(_sheets(event))


def _sheets(event: EventParts) -> Sheets:
    assert event.timetable is not None
    return Sheets(event.schedule, event.timetable, event.arrangement, event.seats)


def _seating(event: EventParts | None) -> SeatingSheet:
    if event is None or event.timetable is None:
        return SeatingSheet()
    return _sheets(event).seating({number: each.paper for number, each in event.assigned.items()})


def _timetable(document: PlannedDocument, plain: Plain) -> object:
    event = document.kit.event
    if event is None or event.timetable is None:
        return plain(BLANK_SHEET)
    sheets = _sheets(event)
    if (candidate := document.candidate) is not None:
        return plain.once(document.kit, "timetable", candidate.number, make=lambda: sheets.of_candidate(candidate))
    if (assessor := document.assessor) is not None:
        return plain.once(document.kit, "timetable of", assessor.number, make=lambda: sheets.of_assessor(assessor))
    return plain.once(document.kit, "timetable", make=sheets.whole)


def _attendance(event: EventParts | None) -> tuple[AttendanceSheet, ...]:
    if event is None or event.timetable is None:
        return blank_attendance()
    return attendance(event.schedule, event.timetable)


def _assessors(document: PlannedDocument) -> tuple[Assessor, ...]:
    event = document.kit.event
    return (
        (BLANK_ASSESSOR, BLANK_ASSESSOR) if event is None else tuple(each.person for each in event.schedule.assessors)
    )


def _participants(document: PlannedDocument) -> tuple[Participant, ...]:
    kit, paper = document.kit, document.paper
    if kit.event is None:
        return BLANK_PARTICIPANTS
    people = participants(kit.event, kit.units, _assessor_number(document))
    if paper is None:
        return people
    numbers = {each.number for each in takers(document.form, kit, paper)}
    return tuple(each for each in people if each.number in numbers)


def _participant(document: PlannedDocument) -> Participant:
    event, candidate = document.kit.event, document.candidate
    if event is None or candidate is None:
        return BLANK_PARTICIPANTS[0]
    return participant(event, candidate, document.kit.units)


def _own_units(document: PlannedDocument) -> tuple[Unit, ...]:
    """The units of a document: of the kit, or those a candidate is assessed in anew."""
    units, candidate = document.kit.units, document.candidate
    if candidate is None or candidate.retake is None:
        return units
    return tuple(unit for unit in units if unit.code in candidate.retake.units)


def _played(kit: Kit) -> tuple[Scenario, ...]:
    """The role plays of a kit; of an event those its candidates play."""
    if kit.event is None:
        return kit.scenarios
    ids = {each.id for one in kit.event.taking_part for each in kit.event.assigned[one.number].scenarios}
    return tuple(each for each in kit.scenarios if each.id in ids)


def _stations(kit: Kit, plain: Plain) -> object:
    """The sheet of stations; of events of an edition that play the same it is the same."""
    played = _played(kit)
    return plain.once(
        kit.units,
        "stations",
        *(each.id for each in played),
        make=lambda: station_sheet(kit.units, played, kit.stations),
    )


def _mark_lines(kit: Kit) -> tuple[MarkLine, ...]:
    return tuple(mark_lines(kit.event, kit.stations.double_marking)) if kit.event is not None else ()


def _agreement(kit: Kit) -> AgreementSheet:
    known = kit.event.schedule.marks if kit.event is not None else EventMarks()
    return agreement_sheet(kit.units, known, kit.stations.double_marking)


def _assessor_number(document: PlannedDocument) -> int | None:
    return document.assessor.number if document.assessor is not None else None


def _document_lines(document: PlannedDocument) -> Iterator[DocumentLine]:
    for form, count in document.listing:
        folder = AUDIENCE_FOLDERS[form.audience] if document.kit.event is None else event_folder(form)
        yield DocumentLine(form.number, form.code, form.title, form.stage, folder, count)


def _signature_lines(document: PlannedDocument, signers: Callable[[Form], tuple[str, ...]]) -> Iterator[SignatureLine]:
    for form, count in document.listing:
        found = signers(form)
        if found:
            yield SignatureLine(form.code, form.title, found, count)


def template_values(
    document: PlannedDocument, body: CertificationBody, plain: Plain, signers: Callable[[Form], tuple[str, ...]]
) -> Values:
    """The values of one document: those its form's entry names, and the ones every form is given.

    `signers` tells who signs a form.
    """
    form, kit, event = document.form, document.kit, document.kit.event
    # questions nobody has reviewed make a draft of every page that belongs to their paper
    draft = DRAFT_TEXT if document.paper is not None and document.paper.drafts else ""

    whose, note, is_large = whose_of(document), note_of(document), is_large_print(document)

    def once(*what: Hashable, make: Callable[[], object], of: object = kit) -> object:
        return plain.once(of, *what, make=make)

    given: dict[str, Callable[[], object]] = {
        "form": lambda: once("form", of=form, make=lambda: FormFacts(form.code, form.title)),
        "stamp": lambda: once(
            "stamp", draft, whose, note, is_large, make=lambda: stamp_of(body, draft, whose, note, is_large)
        ),
        "body": lambda: plain(body),
        "scheme": lambda: plain(kit.scheme),
        "clusters": lambda: once(
            "clusters",
            form.instrument,
            of=document.reserve or kit.scope_for(document.candidate),
            make=lambda: used_clusters(document),
        ),
        "units": lambda: once("units", of=_own_units(document), make=lambda: _own_units(document)),
        "candidate": lambda: plain(document.candidate.person if document.candidate is not None else BLANK_CANDIDATE),
        "assessor": lambda: plain(_assessor(document)),
        "venue": lambda: plain(event.schedule.venue if event is not None else BLANK_VENUE),
        "event": lambda: _event(document, plain),
        "assessors": lambda: once("assessors", make=lambda: _assessors(document)),
        "participants": lambda: once(
            "participants",
            _assessor_number(document),
            document.paper and document.paper.id,
            form.questions,
            make=lambda: _participants(document),
        ),
        "participant": lambda: plain(_participant(document)),
        "notice": lambda: plain(notice_of(document.candidate) if document.candidate is not None else Notice("", "")),
        "appeal": lambda: plain(appeal_of(document.candidate)),
        "deciders": lambda: once(
            "deciders", make=lambda: decider_lines(event) if event is not None else BLANK_DECIDERS
        ),
        "turns": lambda: once("turns", make=lambda: tuple(turn_lines(event)) if event is not None else ()),
        "timetable": lambda: _timetable(document, plain),
        "actor_timetable": lambda: once(
            "actors",
            document.actor.number if document.actor is not None else 0,
            make=lambda: _of_all(event, lambda sheets: sheets.of_actors(document.actor)),
        ),
        "room_timetable": lambda: once("rooms", make=lambda: _of_all(event, Sheets.of_rooms)),
        "seating": lambda: once("seating", make=lambda: _seating(event)),
        "actor": lambda: plain(Actor(document.actor.name) if document.actor is not None else Actor()),
        "attendance": lambda: once("attendance", make=lambda: _attendance(event)),
        "roles": lambda: _roles(document),
        "plan": lambda: _plan(document, plain),
        "documents": lambda: plain(tuple(_document_lines(document))),
        "signatures": lambda: plain(tuple(_signature_lines(document, signers))),
        "guide": lambda: plain(guide_sheet(document, signers)),
        "paper": lambda: plain(document.paper),
        "blueprint": lambda: plain(_blueprint(document)),
        "scenario": lambda: plain(document.scenario),
        "reserve": lambda: plain(reserve_sheet(document.reserve, kit.plan)),
        "stations": lambda: _stations(kit, plain),
        "marks": lambda: once("marks", make=lambda: _mark_lines(kit)),
        "agreement": lambda: once("agreement", make=lambda: _agreement(kit)),
        "coverage": lambda: once(
            "coverage", make=lambda: coverage_of(kit.units, kit.clusters, kit.bank, kit.scenarios, kit.plan)
        ),
    }
    values = {name: given[name]() for name in (*ALWAYS_GIVEN, *form.given)}
    return values if kit.is_released else {**values, STATUS: DRAFT_TEXT}

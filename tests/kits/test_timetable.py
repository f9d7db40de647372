"""A timetable that can be held: nobody at two places at once, within days and hours, or one sentence about what is
missing."""

import dataclasses
import datetime
import time
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from event_books import EventBook
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.holes import BLANK
from kitgen.base.language import in_indonesian
from kitgen.kits.event_kit import event_kit
from kitgen.kits.kit import EventParts, kits_of
from kitgen.kits.timetable.calendar import FRIDAY, MIDDAY, Span, hours_of_day
from kitgen.kits.timetable.own_times import candidate_facts
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.sheets import Sheets
from kitgen.kits.timetable.timetable import Timetable
from kitgen.kits.timetable.waiting import waits_of
from kitgen.load.event.event import check_event
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition
from kitgen.model.event import (
    Adjustments,
    AssessmentEvent,
    EventActor,
    EventAssessor,
    EventCandidate,
    RecordedAssignment,
    Room,
)
from kitgen.model.given import Assessor, Candidate, EventFacts, Venue
from kitgen.schemes.check.workload import workload

pytestmark = pytest.mark.slow
MONDAY = datetime.date(2026, 11, 30)
HONEST = 160
"""Minutes of an assessor for one candidate in the full arrangement, as an assessor reckoned them by hand."""


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    (found,) = load_data(find_project(root)).editions
    return found


def event(
    candidates: int,
    assessors: int,
    days: int,
    arrangement: str = "",
    time: str = "08.00–16.00 WIB",
    backgrounds: tuple[int, ...] = (2, 1, 4),
    first_day: datetime.date = MONDAY,
) -> AssessmentEvent:
    people = tuple(EventAssessor(number, Assessor(name=f"Asesor {number}")) for number in range(1, assessors + 1))
    present = tuple(
        EventCandidate(number, Candidate(name=f"Asesi {number}"), (number - 1) % assessors + 1,
                       background=backgrounds[(number - 1) % len(backgrounds)])
        for number in range(1, candidates + 1)
    )  # fmt: skip
    return AssessmentEvent(
        "x", "s", "e", EventFacts(time=time), Venue(), people, present,
        days=days, first_day=first_day, arrangement=arrangement,
    )  # fmt: skip


def parts_of(edition: Edition, schedule: AssessmentEvent) -> EventParts:
    found = event_kit(edition, schedule).event
    assert found is not None and found.timetable is not None
    return found


def papers_of(parts: EventParts) -> dict[int, str]:
    return {number: each.paper for number, each in parts.assigned.items()}


def never_overlap(spans: Iterable[tuple[int, int, int]]) -> bool:
    ordered = sorted(spans)
    return all(one[0] < other[0] or one[2] <= other[1] for one, other in pairwise(ordered))


def of(parts: Iterable[Part], what: str, number: int) -> list[tuple[int, int, int]]:
    """Day, start, end of everything that keeps a person; the opening of a day is one for all of an assessor's."""
    found: list[tuple[int, int, int]] = []
    openings: set[tuple[int, int, int]] = set()
    for part in parts:
        span: Span | None = part.keeps_candidate if what == "candidate" else part.keeps_assessor
        if span is not None and getattr(part, what) == number:
            if part.kind == "opening":
                openings.add((part.day, *span))
            else:
                found.append((part.day, *span))
    return [*found, *openings]


def overlaps(found: Timetable) -> set[str]:
    """Who or what is at two places at once: candidates, assessors with their rooms, rooms, actors."""
    parts = found.fitted.parts
    told = {f"candidate {number}" for number in found.works if not never_overlap(of(parts, "candidate", number))}
    told |= {f"assessor {number}" for number in {part.assessor for part in parts}
             if not never_overlap(of(parts, "assessor", number))}  # fmt: skip
    in_rooms: dict[str, list[tuple[int, int, int]]] = {}
    for part in parts:
        if part.keeps_assessor is not None and part.kind != "opening":
            in_rooms.setdefault(found.rooms[part.assessor], []).append((part.day, *part.keeps_assessor))
    told |= {f"room {name}" for name, spans in in_rooms.items() if not never_overlap(spans)}
    for actor in {each for cast in found.cast.of.values() for each in cast}:
        busy = [(one.day, one.start, one.end) for one, cast in found.cast.of.items() if actor in cast]
        told |= set() if never_overlap(busy) else {f"actor {actor.number}"}
    return told


@examples(150, 15)
@given(
    candidates=st.integers(1, 12),
    assessors=st.integers(1, 3),
    arrangement=st.sampled_from(["lengkap", "ringkas"]),
    backgrounds=st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple),
    first=st.integers(7, 9),
    length=st.integers(6, 10),
    weekday=st.integers(0, 4),
    extra=st.sampled_from([0, 0, 25, 50]),
    days=st.integers(1, 12),
)
def test_no_person_room_or_actor_is_at_two_places_at_once(
    edition: Edition,
    candidates: int,
    assessors: int,
    arrangement: str,
    backgrounds: tuple[int, ...],
    first: int,
    length: int,
    weekday: int,
    extra: int,
    days: int,
) -> None:
    """Nor outside the hours, nor at midday, Friday's too; everything is done, decisions last; fewer days than the lower
    bound are never found; who played a scenario never sits with who still has to."""
    hours = f"{first:02}.00–{first + length:02}.00 WIB"
    plan = event(candidates, assessors, days, arrangement, hours, backgrounds, MONDAY + datetime.timedelta(weekday))
    slow = dataclasses.replace(plan.candidates[0], adjustments=Adjustments(extra_time=extra))
    plan = dataclasses.replace(plan, candidates=(slow, *plan.candidates[1:]))
    event_parts = parts_of(edition, plan)
    timetable = event_parts.timetable
    assert timetable is not None
    fitted = timetable.fitted
    assert fitted.bound <= fitted.days or fitted.too_long
    assert bool(timetable.parts) == (not timetable.sentence)
    if fitted.too_long:
        return
    parts = fitted.parts
    since, until = hours_of_day(hours)
    for part in parts:
        noon = FRIDAY if timetable.calendar.day(part.day).date == MONDAY + datetime.timedelta(4) else MIDDAY
        assert since <= part.start < part.end <= until
        assert part.end <= noon[0] or part.start >= noon[1]
    assert overlaps(timetable) == set()
    for number in range(1, candidates + 1):
        own = [part for part in parts if part.candidate == number]
        (closing,) = [part for part in own if part.kind == "closing"]
        (opening,) = [part for part in own if part.kind == "opening"]
        assert all((part.day, part.end) <= (closing.day, closing.start) for part in own if part is not closing)
        assert all((opening.day, opening.end) <= (part.day, part.start) for part in own if part is not opening)
        played = {part.scenario.id for part in own if part.scenario is not None}
        assert played == {each.id for each in event_parts.assigned[number].scenarios}
        work = timetable.works[number]
        assert sum(part.end - part.start for part in own if part.kind not in ("opening", "marking")) == (
            work.candidate_minutes
        )
    _never_meet(parts)


def test_an_overlap_that_is_planted_is_found(edition: Edition) -> None:
    """Of each kind: so the property above can fail."""
    found = parts_of(edition, event(6, 2, 5)).timetable
    assert found is not None and overlaps(found) == set()
    parts = list(found.fitted.parts)
    first, second = [part for part in parts if part.kind == "scene" and part.assessor == 1][:2]

    def with_parts(*changed: Part) -> Timetable:
        return dataclasses.replace(found, fitted=dataclasses.replace(found.fitted, parts=tuple(changed)))

    early = dataclasses.replace(second, day=first.day, start=first.start, end=first.start + 5)
    assert "assessor 1" in overlaps(with_parts(*(early if part is second else part for part in parts)))
    theirs = [part for part in parts if part.candidate == first.candidate and part.kind == "desk"]
    beside = dataclasses.replace(theirs[0], day=first.day, start=first.start, end=first.end)
    assert overlaps(with_parts(*parts, beside)) == {f"candidate {first.candidate}"}
    assert overlaps(dataclasses.replace(found, rooms={1: "Melati", 2: "Melati"})) == {"room Melati"}
    (one, cast), *_ = found.cast.of.items()
    twice = dataclasses.replace(one, assessor=2, start=one.start + 1)
    both = dataclasses.replace(found.cast, of={**found.cast.of, twice: cast})
    assert f"actor {cast[0].number}" in overlaps(dataclasses.replace(found, cast=both))


def _never_meet(parts: tuple[Part, ...]) -> None:
    """Whoever waits without being apart knows no scenario that anybody is still to begin on that day."""
    for day in {part.day for part in parts}:
        today = [part for part in parts if part.day == day and part.scenario is not None]
        for number in {part.candidate for part in today if part.candidate is not None}:
            for wait in waits_of(number, parts):
                if wait.day != day or wait.is_apart:
                    continue
                known = {part.scenario.id for part in today if part.scenario and part.candidate == number
                         and part.start < wait.end}  # fmt: skip
                for other in {part.candidate for part in today} - {number}:
                    for id in known:
                        begun = [part.start for part in today if part.candidate == other and part.scenario
                                 and part.scenario.id == id]  # fmt: skip
                        assert not begun or min(begun) <= wait.start


def test_a_scenario_stays_in_its_room_until_a_break(edition: Edition) -> None:
    """A room changes from one scenario to another only where a break lies between them."""
    parts = parts_of(edition, event(12, 2, 5)).timetable
    assert parts is not None and parts.parts
    breaks = {start for half in parts.calendar.day(1).halves for start in half} | {
        at for span in parts.calendar.day(1).breaks for at in span
    }
    for assessor in (1, 2):
        scenes = sorted((p for p in parts.parts if p.kind == "scene" and p.assessor == assessor),
                        key=lambda p: (p.day, p.start))  # fmt: skip
        for one, other in pairwise(scenes):
            if one.scenario is not other.scenario and one.day == other.day:
                assert any(one.end <= at <= other.start for at in breaks)


@pytest.mark.parametrize(
    ("candidates", "assessors", "days", "arrangement"),
    [(24, 3, 2, "lengkap"), (24, 3, 2, "ringkas"), (40, 4, 2, "lengkap"), (20, 2, 2, "ringkas"), (40, 4, 3, "ringkas")],
)
def test_what_does_not_fit_is_told_in_one_sentence_with_what_would(
    edition: Edition, candidates: int, assessors: int, days: int, arrangement: str
) -> None:
    """With so many days, or with so many assessors, it fits; nothing is printed of a day the event does not have."""
    plan = event(candidates, assessors, days, arrangement)
    found = parts_of(edition, plan).timetable
    assert found is not None and found.enough is not None and found.enough.assessors is not None
    assert found.parts == () and found.fitted.days > days >= 1
    sentence = in_indonesian(found.sentence)
    assert "kurang" in sentence and sentence.count(". ") == 0 and "menit" in sentence
    assert str(found.enough.days) in sentence and str(found.enough.assessors) in sentence
    longer = parts_of(edition, dataclasses.replace(plan, days=found.enough.days)).timetable
    more = parts_of(edition, event(candidates, found.enough.assessors, days, arrangement)).timetable
    for held in (longer, more):
        assert held is not None and not held.sentence and held.parts
        assert {part.candidate for part in held.parts} == set(range(1, candidates + 1))


def test_twenty_in_the_short_arrangement_are_printed_hour_by_hour_where_honest_minutes_allow_it(
    edition: Edition,
) -> None:
    """Two assessors need more than two days: 105 minutes for each of ten, a day has 390. With what would do, every
    candidate, assessor, room and actor has a sheet; every day on it has a date."""
    tight = parts_of(edition, event(20, 2, 2, "ringkas")).timetable
    assert tight is not None and tight.enough is not None and not tight.parts
    assert max(work.assessor_minutes for work in tight.works.values()) * 10 > 2 * tight.calendar.day(1).minutes
    plan = event(20, 2, tight.enough.days, "ringkas")
    found = parts_of(edition, plan)
    assert found.timetable is not None
    sheets = Sheets(plan, found.timetable, found.arrangement, found.seats)
    printed = [sheets.whole(), sheets.of_rooms(), sheets.of_actors(), *map(sheets.of_candidate, plan.candidates),
               *map(sheets.of_assessor, plan.assessors)]  # fmt: skip
    for sheet in printed:
        assert sheet.sections and not sheet.sentence and sheet.arrangement == "Susunan ringkas"
        assert all("2026" in section.title and section.lines for section in sheet.sections)
    assert not any("INT-" in line.what for line in lines_of(sheets.of_candidate(plan.candidates[0])))
    assert not any("Asesi" in str(line.candidate) for line in lines_of(sheets.of_rooms()))


def test_what_is_short_is_told_to_those_who_plan_alone(edition: Edition) -> None:
    """A candidate, an assessor, a room and an actor learn that the hours are not settled; not whose minutes are short."""
    plan = event(24, 3, 2)
    found = parts_of(edition, plan)
    assert found.timetable is not None and found.timetable.sentence
    sheets = Sheets(plan, found.timetable, found.arrangement, found.seats)
    assert "kurang" in sheets.whole().sentence
    others = [sheets.of_rooms(), sheets.of_actors(), *map(sheets.of_candidate, plan.candidates),
              *map(sheets.of_assessor, plan.assessors)]  # fmt: skip
    assert {each.sentence for each in others} == {"Susunan waktu belum pasti: hari dan jamnya diberitahukan kemudian."}


def lines_of(sheet):  # type: ignore[no-untyped-def]
    return [line for section in sheet.sections for line in section.lines]


def test_an_actor_is_told_their_own_scenes_alone(edition: Edition) -> None:
    """The sheets of all actors together hold what the one of nobody in particular holds; one without a scene says so."""
    people = tuple(EventActor(number, f"Pemeran Contoh {number}") for number in range(1, 31))
    plan = dataclasses.replace(event(12, 2, 5), actors=people)
    found = parts_of(edition, plan)
    assert found.timetable is not None and found.timetable.parts
    sheets = Sheets(plan, found.timetable, found.arrangement, found.seats)
    own = [sheets.of_actors(each) for each in people]
    assert [each.whose for each in own] == [each.name for each in people]
    whole = sheets.of_actors()
    assert [line for each in own for line in lines_of(each)] == lines_of(whole)
    playing = {section.owner for section in whole.sections}
    assert {each.whose for each in own if each.sections} == playing != {each.whose for each in own}
    assert all(bool(each.sections) != bool(each.sentence) for each in own)
    assert not any(section.owner for each in own for section in each.sections)


@pytest.mark.parametrize("days", [2, 5])
def test_forty_candidates_are_fitted_in_under_a_second(edition: Edition, days: int) -> None:
    """Of one processor, in the best of three runs, also where what would do is looked for; the same gives the same."""
    plan = event(40, 4, days)
    kits_of(edition)
    taken, made = [], []
    for _ in range(3):
        begun = time.process_time()
        made.append(parts_of(edition, plan).timetable)
        taken.append(time.process_time() - begun)
    found, again, _ = made
    assert min(taken) < 1 and found == again
    assert found is not None and bool(found.parts) == (days == 5)
    assert found.fitted.bound <= found.fitted.days == 5


def test_only_who_writes_has_a_seat_and_neighbours_differ(edition: Edition) -> None:
    """Day and hours are those of the test; where nobody writes there is no seat; four tables in a row."""
    plan = dataclasses.replace(event(12, 2, 5), supervisor="Pengawas Contoh")
    gone = dataclasses.replace(plan.candidates[4], status="mundur", state="withdrawn")
    plan = dataclasses.replace(plan, candidates=(*plan.candidates[:4], gone, *plan.candidates[5:]))
    found = parts_of(edition, plan)
    assert found.timetable is not None
    sheet = Sheets(plan, found.timetable, found.arrangement, found.seats).seating(papers_of(found))
    assert sorted(int(seat.number) for seat in sheet.seats) == [n for n in range(1, 13) if n != 5]
    assert (sheet.date, sheet.supervisor) == ("Senin, 30 November 2026", "Pengawas Contoh")
    test = [part for part in found.timetable.parts if part.kind == "test"]
    last = max(part.end for part in test)
    assert sheet.time == f"08.25–{last // 60:02}.{last % 60:02} WIB"
    papers = [seat.paper for seat in sheet.seats]
    assert not [place for place in range(1, len(papers)) if place % 4 and papers[place] == papers[place - 1]]
    assert not [place for place in range(4, 8) if papers[place] == papers[place - 4]]
    short = event(4, 1, 2, "ringkas")
    held = parts_of(edition, short)
    assert held.timetable is not None and held.timetable.parts and held.seats == ()
    assert Sheets(short, held.timetable, held.arrangement, held.seats).seating(papers_of(held)).seats == ()


def test_minutes_are_honest(edition: Edition) -> None:
    """Within 15 % of what an assessor reckoned; the timetable and `check --minutes` count the same."""
    kit = kits_of(edition)[0]
    load = workload(kit, 24, 2)
    assert abs(load.assessor_minutes - HONEST) <= 0.15 * HONEST
    assert abs(load.assessor_minutes + load.preparing - HONEST) <= 0.15 * HONEST
    assert load.assessor_minutes == sum(line.assessor for line in load.lines if not line.is_reserve)
    assert all(reason.why and reason.minutes > 0 for reason in load.reasons)
    short = workload(kit, 24, 2, "ringkas")
    assert short.assessor_minutes < load.assessor_minutes and short.days < load.days
    plan = event(5, 1, 5, backgrounds=(1, 2, 3, 4, 5))
    works = parts_of(edition, plan).timetable
    assert works is not None
    for each in load.backgrounds:
        assert works.works[each.background].assessor_minutes == each.assessor


def test_missing_rooms_seats_and_actors_are_told(edition: Edition) -> None:
    """Only where the workbook lists some; an actor plays what they rehearsed."""
    plan = event(6, 2, 5)
    rooms = (Room("Melati", "asesmen"), Room("Mawar", "tes", 4))
    found = parts_of(edition, dataclasses.replace(plan, rooms=rooms)).timetable
    assert found is not None and not found.parts
    for told in ("1 room for scenes", "2 seats for tes", "a room for tunggu", "a room for karantina"):
        assert told in found.sentence
    whole = (
        *rooms[:1],
        Room("Anggrek", "asesmen"),
        Room("Aula", "tes"),
        Room("Tengah", "tunggu"),
        Room("K", "karantina"),
    )
    actors = tuple(EventActor(number, f"Pemeran {number}", ("KEL-01",)) for number in (1, 2, 3))
    found = parts_of(edition, dataclasses.replace(plan, rooms=whole, actors=actors)).timetable
    assert found is not None and "actor" in found.sentence
    free = tuple(EventActor(number, f"Nama {number}") for number in range(1, 6))
    found = parts_of(edition, dataclasses.replace(plan, rooms=whole, actors=free)).timetable
    assert found is not None and not found.sentence
    assert set(found.rooms.values()) == {"Melati", "Anggrek"} and found.places["kerja meja"] == "Aula"
    assert {actor.name for cast in found.cast.of.values() for actor in cast} <= {each.name for each in free}


def test_dates_and_times_on_forms_are_those_of_the_candidates_own_parts(edition: Edition) -> None:
    """`38 menit, 08.25–09.03 WIB` for the written test; days only on which the candidate is there."""
    plan = event(6, 1, 4)
    found = parts_of(edition, plan).timetable
    assert found is not None and found.parts
    facts = candidate_facts(plan, found, 3, "FR.IA.05", False)
    assert (facts.date, facts.time) == ("Senin, 30 November 2026", "38 menit, 08.25–09.03 WIB")
    watched = candidate_facts(plan, found, 3, "FR.IA.01", False)
    days = sorted({part.day for part in found.parts if part.candidate == 3 and part.scenario is not None})
    assert str(watched.date).startswith(f"{'Senin' if days[0] == 1 else 'Selasa'}, ")
    tight = dataclasses.replace(plan, days=1, facts=dataclasses.replace(plan.facts, date="Senin, 30 November 2026"))
    assert candidate_facts(tight, parts_of(edition, tight).timetable or found, 3, "FR.IA.01", False).time == BLANK


def test_after_the_delivery_nobody_moves_for_another(edition: Edition) -> None:
    """Who withdraws leaves a gap and is not printed; who comes later gets what is left."""
    plan = event(6, 1, 5)
    before = parts_of(edition, plan)
    assert before.timetable is not None
    recorded = {number: RecordedAssignment(each.paper, tuple(one.id for one in each.scenarios))
                for number, each in before.assigned.items()}  # fmt: skip
    gone = dataclasses.replace(plan.candidates[2], status="mundur")
    after = dataclasses.replace(plan, candidates=(*plan.candidates[:2], gone, *plan.candidates[3:]), recorded=recorded)
    found = parts_of(edition, after)
    assert found.timetable is not None and found.timetable.parts == before.timetable.parts
    sheets = Sheets(after, found.timetable, found.arrangement, found.seats)
    assert "Asesi 3" not in {line.candidate for line in lines_of(sheets.whole())}
    late = dataclasses.replace(plan.candidates[0], number=7, person=Candidate(name="Asesi 7"))
    joined = parts_of(
        edition, dataclasses.replace(plan, candidates=(*plan.candidates, late), recorded=recorded)
    ).timetable
    assert joined is not None and {part.candidate for part in joined.parts} == set(range(1, 8))
    assert [part for part in joined.parts if part.candidate != 7] == list(before.timetable.parts)
    assert never_overlap(of(joined.parts, "assessor", 1)) and never_overlap(of(joined.parts, "candidate", 7))


def test_a_delivery_moves_nobody(edition: Edition) -> None:
    """Gaps of those who withdrew before it, closed because the event does not fit with them, stay closed after it."""
    plan = event(8, 1, 2)
    assert parts_of(edition, plan).timetable.sentence  # type: ignore[union-attr]
    there = tuple(each if each.number < 3 else dataclasses.replace(each, status="mundur") for each in plan.candidates)
    plan = dataclasses.replace(plan, candidates=there)
    before = parts_of(edition, plan)
    recorded = {number: RecordedAssignment(each.paper, tuple(one.id for one in each.scenarios))
                for number, each in before.assigned.items() if number < 3}  # fmt: skip
    after = parts_of(edition, dataclasses.replace(plan, recorded=recorded)).timetable
    assert before.timetable is not None and after is not None
    assert not before.timetable.sentence and after.parts == before.timetable.parts != ()


@pytest.mark.parametrize(("name", "holders"), [("4-asesi", {2, 4}), ("24-asesi", None)])
def test_papers_of_real_workbooks_move_only_for_those_who_had_the_one_taken_out(
    edition: Edition, root: Path, tmp_path: Path, name: str, holders: set[int] | None
) -> None:
    """Workbooks an admin filled with an older kitgen: they have no sheet of rooms, and are read."""
    book = EventBook(root, tmp_path / "proyek")
    book.path.write_bytes((root / "tests/fixtures/events" / f"{name}.xlsx").read_bytes())
    before = check_event(book.project, "uji").schedule
    after = book.set({"Pilihan!B4": "tidak"}).check().schedule
    assert before is not None and after is not None and after.papers == ("A", "C")
    had, has = parts_of(edition, before).assigned, parts_of(edition, after).assigned
    moved = {number for number in had if had[number].paper != has[number].paper}
    assert moved == {number for number in had if had[number].paper == "B"}
    assert holders is None or moved == holders


def test_the_workbook_that_needed_five_days_of_turns_is_told_what_would_do(root: Path, tmp_path: Path) -> None:
    """24 candidates with three assessors: the same days as `check --minutes` counts of their own minutes."""
    book = EventBook(root, tmp_path / "proyek")
    book.path.write_bytes((root / "tests/fixtures/events/24-asesi.xlsx").read_bytes())
    told, of_preparation, mixed = book.check().diagnostics
    assert "is played in several channels (tatap muka: 1, 2, 4" in mixed.message
    assert "the pre-assessment does not fit into 1 day: 40 minutes missing" in of_preparation.message
    assert told.severity == "warning" and "the event does not fit" in told.message
    assert "5 days with 3 assessors or 2 days with " in told.message
    assert "the busiest assessor works 1600 minutes" in told.message

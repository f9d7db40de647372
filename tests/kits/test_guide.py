"""Lembar Alur: one candidate's way, in the order and by the clock of the event's timetable, for their assessor."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from event_cases import schedule

from kitgen.kits.event_kit import event_kit
from kitgen.kits.guide import guide_sheet
from kitgen.kits.plan import plan_documents
from kitgen.kits.timetable.calendar import clock_text
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.guide_sheet import GuideSheet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def guides(root: Path) -> dict[int, tuple[GuideSheet, list[str]]]:
    """The guide of each candidate, and the hours of their parts as the timetable has them."""
    data = load_data(find_project(root))
    plan = dataclasses.replace(
        schedule([1, 2, 3], assessors=1, time="08.00–16.00", days=4), first_day=datetime.date(2026, 11, 30)
    )
    kit = event_kit(data.editions[0], plan)
    assert kit.event is not None and kit.event.timetable is not None
    hours: dict[int, list[str]] = {}
    for part in kit.event.timetable.parts:
        hours.setdefault(part.candidate or 0, []).append(f"{part.day} {clock_text(part.start)}–{clock_text(part.end)}")
    documents = [each for each in plan_documents(data.forms, [kit]) if "guide" in each.form.given]
    return {
        each.candidate.number: (guide_sheet(each, lambda form: ("Asesi",) if form.code.startswith("FR.") else ()),
                                sorted(hours[each.candidate.number]))
        for each in documents if each.candidate is not None
    }  # fmt: skip


def test_every_part_stands_there_at_its_hour(guides: dict[int, tuple[GuideSheet, list[str]]]) -> None:
    """Day by day as the timetable has it, waits between; with rooms, and scenarios, which the assessor may know."""
    for guide, hours in guides.values():
        lines = [
            (f"{day} {line.start}–{line.end}", line)
            for day, section in enumerate(guide.timetable.sections, 1)
            for line in section.lines
        ]
        days = [section.title.partition(":")[0] for section in guide.timetable.sections]
        assert days == [f"Hari ke-{day}" for day in range(1, len(days) + 1)]
        waits = {"Karantina", "Menunggu"}
        assert sorted(when for when, line in lines if line.what not in waits) == hours
        assert [when for when, _ in lines] == sorted(when for when, _ in lines)
        assert all(line.room for _, line in lines)
        assert any("KEL-" in line.what for _, line in lines)


def test_each_part_names_the_forms_used_in_it(guides: dict[int, tuple[GuideSheet, list[str]]]) -> None:
    """Answer sheets at the test, the checklist at scenes, records and feedback at the end; no letter is a step."""
    guide, _ = guides[1]
    forms = {line.what.partition(" ")[0]: line.forms for section in guide.timetable.sections for line in section.lines}
    assert forms["Tes"].startswith("FR.IA.05A, FR.IA.05C") and "FR.IA.05B" not in forms["Tes"]
    assert "FR.IA.01" in next(forms[key] for key in forms if key.startswith("KEL-"))
    assert forms["Keputusan"] == "FR.AK.02, FR.AK.03" and forms["Pembukaan"] == ""
    steps = {form.code for step in guide.steps for form in step.forms}
    assert {"FR.AK.01", "FR.IA.01", "FR.AK.02", "FR.AK.03"} <= steps
    assert not steps & {"Pemberitahuan Hasil", "Pemberitahuan Status", "Keputusan Banding", "Jadwal Asesi"}

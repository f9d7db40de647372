"""What was typed into Tanda KUK and Lembar Kalibrasi, checked and recorded beside the results of an event."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kitgen.base.errors import Findings
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.events.calibration_sheet import read_calibration
from kitgen.events.mark_sheet import read_marks
from kitgen.kits.kit import Kit, scheme_kit
from kitgen.kits.mark_lines import mark_lines
from kitgen.kits.paths import safe_name
from kitgen.kits.plan import plan_documents
from kitgen.load.event.marks_file import MARKS_NAME, load_marks, marks_text
from kitgen.load.project_data import Data
from kitgen.load.sheets.workbook_grids import read_grids
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.model.marks import CalibrationCount, EventMarks, StationMark


@dataclass(frozen=True, slots=True)
class RecordedMarks:
    """Tanda yang direkam: how many KUK are marked, how many twice, on how many of these two agree."""

    marks: int
    doubles: int
    agreed: int
    calibrated: int


def record_marks(project: Project, data: Data, kit: Kit, findings: Findings) -> RecordedMarks:
    """Read both workbooks, where they are, and record what they say; with an error in them nothing is recorded."""
    assert kit.event is not None
    target = marks_file(project, kit.event.schedule.name)
    before = load_marks(target, project.shown(target))
    count = len(findings.errors)
    marks = _typed(project, data, kit, findings)
    calibration = list(_calibrated(project, data, kit, findings))
    known = EventMarks(before.marks if marks is None else tuple(marks), tuple(calibration) or before.calibration)
    if known != before and len(findings.errors) == count:
        write_whole(target, marks_text(known).encode())
    doubles = [each for each in known.marks if each.is_double]
    return RecordedMarks(len(known.marks), len(doubles), sum(each.first == each.second for each in doubles),
                         sum(each.marks for each in known.calibration))  # fmt: skip


def _typed(project: Project, data: Data, kit: Kit, findings: Findings) -> list[StationMark] | None:
    """The marks of the event's workbook; None where there is none of it."""
    assert kit.event is not None
    schedule = kit.event.schedule
    for document in plan_documents(data.forms, [kit]):
        file = project.output_dir / EVENTS_FOLDER / safe_name(schedule.name) / document.path
        if document.form.marks == "event" and file.is_file():
            lines = list(mark_lines(kit.event, kit.stations.double_marking))
            grids = read_grids(file, project.shown(file), findings)
            return read_marks(grids, lines, [each.number for each in schedule.assessors], findings)
    return None


def _calibrated(project: Project, data: Data, kit: Kit, findings: Findings) -> Iterator[CalibrationCount]:
    """What the assessors of the scheme marked in calibration, of the scenarios the event plays."""
    assert kit.event is not None
    played = {each.id for assigned in kit.event.assigned.values() for each in assigned.scenarios}
    (edition,) = data.editions
    for document in plan_documents([form for form in data.forms if form.marks == "calibration"], [scheme_kit(edition)]):
        if document.scenario is None or document.scenario.id not in played:
            continue
        file = project.output_dir / edition.scheme.slug / edition.scheme.edition / document.path
        if file.is_file():
            yield from read_calibration(read_grids(file, project.shown(file), findings), document.scenario)


def marks_file(project: Project, name: str) -> Path:
    """Where the marks of an event are recorded."""
    return project.event_file(name).with_name(MARKS_NAME)

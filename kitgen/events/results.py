"""`kitgen event results`: what an admin typed into the recap of an event, checked and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.events.marks import RecordedMarks, record_marks
from kitgen.events.result_sheet import read_recap
from kitgen.kits.event_kit import event_kit
from kitgen.kits.paths import safe_name
from kitgen.kits.plan import plan_documents
from kitgen.load.event.event import check_event
from kitgen.load.event.results_file import RESULTS_NAME, load_results, results_text
from kitgen.load.sheets.workbook_grids import read_grids
from kitgen.model.event import EventCandidate
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.model.results import COMPETENT, NOT_COMPETENT, CandidateResult
from kitgen.model.states import STATES, state_of


@dataclass(frozen=True, slots=True)
class RecordedResults:
    """Hasil yang dibaca kembali: how many candidates have which result, how many changed, and what was odd."""

    competent: int
    not_competent: int
    undecided: int
    changed: int
    marks: RecordedMarks
    problems: tuple[Diagnostic, ...]


def record_results(project: Project, name: str) -> RecordedResults:
    """Read the recap of an event and record its results; with any error in it nothing is recorded.

    Raises `KitgenError` with everything that is wrong, and if there is no recap.
    """
    loaded = SharedInputs()
    check = partial(check_event, project, name, partial(loaded.choices, project))
    checked = check()
    if checked.schedule is None:
        raise KitgenError(checked.findings)
    schedule = checked.schedule
    data = loaded.data(project, schedule.pinned_to)
    kit = event_kit(data.editions[0], schedule)
    recaps = [each.path for each in plan_documents(data.forms, [kit]) if each.form.results]
    if not recaps:
        raise failure(
            said("no form of an event is its recap"),
            Place(project.shown(project.forms_file)),
            said('say `results: "yes"` of the workbook results are typed into'),
        )
    file = project.output_dir / EVENTS_FOLDER / safe_name(schedule.name) / recaps[0]
    if not file.is_file():
        raise failure(
            said("the recap is not there"),
            Place(project.shown(file)),
            said("`kitgen build --event {name}` makes it", name=name),
        )
    findings = Findings()
    grids = read_grids(file, project.shown(file), findings)
    codes = [unit.code for unit in kit.units]
    people = tuple(  # what the recap said before is no fact against which it is read again
        replace(each, state="present", status="ikut") if each.is_state_of_recap else each
        for each in schedule.candidates
    )
    read = {each.candidate: each for each in read_recap(grids, codes, people, findings)}
    marks = record_marks(project, data, kit, findings)
    findings.stop_on_errors()
    target = results_file(project, name)
    before = load_results(target, project.shown(target))
    _tell_lost(before, read, Place(project.shown(file)), findings)
    if read != before:
        write_whole(target, results_text(read.values()).encode())
        told = set(checked.findings)
        findings.extend(each for each in check().findings if each not in told)
    return _counted(people, before, read, marks, findings)


def _tell_lost(
    before: Mapping[int, CandidateResult], read: Mapping[int, CandidateResult], place: Place, findings: Findings
) -> None:
    for number in sorted(before):
        if before[number].decision and (number not in read or not read[number].decision):
            told = said(
                "candidate {number} had a recorded result, of which the recap says nothing; it is taken back",
                number=number,
            )
            findings.warning(told, place, said("type it into the recap if that was not meant"))


def _counted(
    people: Sequence[EventCandidate],
    before: Mapping[int, CandidateResult],
    read: Mapping[int, CandidateResult],
    marks: RecordedMarks,
    findings: Findings,
) -> RecordedResults:
    said_of = {number: result.state for number, result in read.items() if result.state}
    assessed = [
        each.number
        for each in people
        if STATES[each.state].is_assessed and (each.number not in said_of or state_of(said_of[each.number]).is_assessed)
    ]
    decisions = [read[number].decision if number in read else "" for number in assessed]
    changed = sum(before.get(number) != read.get(number) for number in before.keys() | read.keys())
    return RecordedResults(
        decisions.count(COMPETENT), decisions.count(NOT_COMPETENT), decisions.count(""), changed, marks, tuple(findings)
    )


def results_file(project: Project, name: str) -> Path:
    """Where the results of an event are recorded."""
    return project.event_file(name).with_name(RESULTS_NAME)

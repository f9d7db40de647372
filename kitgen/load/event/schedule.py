"""Reads the workbook of an event, and the list of candidates beside it, into a `AssessmentEvent`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.holes import BLANK
from kitgen.base.messages import said
from kitgen.base.project import EditionName
from kitgen.kits.kit import Kit
from kitgen.load.event.appeals import tell_appeals
from kitgen.load.event.assessors import ReadAssessor, read_assessors
from kitgen.load.event.assignment_file import ASSIGNMENT_NAME, is_delivered, load_assignments
from kitgen.load.event.candidates import Context, ReadCandidate, read_candidates
from kitgen.load.event.choices import EditionChoices, read_codes, read_in_use
from kitgen.load.event.columns import ACTOR_HEADINGS, ASSESSOR_HEADINGS, CANDIDATE_HEADINGS, DECIDER_HEADINGS
from kitgen.load.event.decisions import read_deciders, tell_undecidable, tell_undecided_units, with_assessed
from kitgen.load.event.doubts import find_doubts, tell_what_follows
from kitgen.load.event.facts import ScheduleFacts, read_facts
from kitgen.load.event.fitness import tell_minors, tell_scopes, tell_ties, tied_to
from kitgen.load.event.marks_file import MARKS_NAME, load_marks
from kitgen.load.event.places import read_actors, read_rooms, tell_repeated
from kitgen.load.event.replaced_file import REPLACED_NAME, load_replaced
from kitgen.load.event.results import give_tags, take_results
from kitgen.load.event.results_file import RESULTS_NAME, load_results
from kitgen.load.event.retakes import EarlierEvent, with_retakes
from kitgen.load.event.same_people import people_of, tell_same_people
from kitgen.load.event.secret import SECRET_NAME, load_secret
from kitgen.load.event.sheet_names import SHEETS, sheets_by_name
from kitgen.load.sheets.csv_grid import read_csv
from kitgen.load.sheets.grid import Grid
from kitgen.load.sheets.headings import Headings
from kitgen.load.sheets.list_table import ListTable, count_headings, count_rows, find_table
from kitgen.load.sheets.workbook_grids import read_grids
from kitgen.model.event import AssessmentEvent, Decider, EventCandidate
from kitgen.model.given import EventFacts

LIST_NAMES: Final = ("asesi.xlsx", "asesi.csv")
"""Lists of candidates that may lie beside a workbook; the first that is there is read, if the sheet Asesi is empty."""

_EITHER_LIST: Final = said("{one} or {other}", one=LIST_NAMES[0], other=LIST_NAMES[1])
_LIST_SUFFIXES: Final = (".xls", ".xlsx", ".xlsm", ".xlsb", ".csv", ".ods")
_OTHER_SHEETS: Final = tuple(sheet.casefold() for sheet in SHEETS if sheet != "Asesi")
"""Sheets of a workbook of an event that hold no candidates, though names may stand on them."""
_NEW: Final = said("`kitgen event new NAME` makes a workbook that has it")


def load_schedule(
    path: Path,
    shown: Callable[[Path], str],
    choices_of: Callable[[EditionName], EditionChoices | None],
    findings: Findings,
    earlier_of: Callable[[str], EarlierEvent | None] = lambda name: None,
) -> tuple[AssessmentEvent | None, Kit | None]:
    """The event a workbook describes, with the results recorded beside it, and its kit; None what is not there.

    Every problem is noted; a record of results that is damaged, or a secret that cannot be read, raises `KitgenError`.

    `shown` names a file in errors; `choices_of` tells what a scheme's edition offers, None if there is no such edition;
    `earlier_of` gives the event before one whose candidates are assessed anew.
    Only a row without a name is dropped; any other cell that is wrong is left blank.
    """
    grids = sheets_by_name(read_grids(path, shown(path), findings), findings)
    try:
        return _schedule(path, grids, shown, choices_of, findings, earlier_of)
    finally:
        for grid in grids.values():
            grid.let_go()


def _schedule(
    path: Path,
    grids: Mapping[str, Grid],
    shown: Callable[[Path], str],
    choices_of: Callable[[EditionName], EditionChoices | None],
    findings: Findings,
    earlier_of: Callable[[str], EarlierEvent | None],
) -> tuple[AssessmentEvent | None, Kit | None]:
    line_sheet = grids.get("jadwal")
    if line_sheet is None:
        if grids:
            findings.error(said("the workbook has no sheet Jadwal"), Place(shown(path)), _NEW)
        return None, None
    facts = read_facts(line_sheet)
    choices = choices_of(EditionName(facts.scheme, facts.edition)) if facts.scheme and facts.edition else None
    if choices is None and facts.scheme and facts.edition:
        findings.error(
            said("the scheme, or the edition of it, that the event is pinned to does not exist"),
            facts.edition_cell.place,
            said("write the names of their folders in `scheme/`"),
        )
    in_use = read_in_use(grids.get("pilihan"), choices)
    assessors_table = _table_of(grids.get("asesor"), "Asesor", ASSESSOR_HEADINGS, Place(shown(path)), findings)
    assessors = read_assessors(assessors_table, facts.last_day) if assessors_table else {}
    read = list(grids.get(sheet.casefold()) for sheet in SHEETS)
    _tell_other_lists([grid for name, grid in grids.items() if name.startswith("asesi") and grid not in read], findings)
    table = _candidates_table(path, grids.get("asesi"), shown, findings)
    context = Context(facts, assessors, in_use, read_codes(grids.get("kode")), choices)
    candidates = read_candidates(table, context) if table else []
    has_excess = find_doubts(candidates, assessors, facts)
    tell_same_people(
        [
            people_of("asesi", table.grid if table is not None else None, CANDIDATE_HEADINGS),
            people_of("asesor", grids.get("asesor"), ASSESSOR_HEADINGS),
            people_of("pemeran", grids.get("pemeran"), ACTOR_HEADINGS),
            people_of("pleno", grids.get("pleno"), DECIDER_HEADINGS),
        ]
    )
    replaced = path.with_name(REPLACED_NAME)
    recorded_file = path.with_name(ASSIGNMENT_NAME)
    secret = path.with_name(SECRET_NAME)
    give_tags(candidates, load_secret(secret, shown(secret)))
    recorded = path.with_name(RESULTS_NAME)
    take_results(candidates, load_results(recorded, shown(recorded)), shown(recorded), findings)
    marks = path.with_name(MARKS_NAME)
    rooms = read_rooms(grids.get("ruang"))
    tell_repeated(rooms, grids.get("ruang"), findings)
    _tell_nobody(len(assessors), len(candidates), shown(path), findings)
    if not facts.scheme or not facts.edition:
        return None, None
    schedule = AssessmentEvent(
        path.parent.name,
        facts.scheme,
        facts.edition,
        _with_excess(facts) if has_excess else facts.facts,
        facts.venue,
        tuple(each.entry for each in assessors.values()),
        tuple(_with_assessor(each, list(assessors)) for each in candidates),
        facts.most_candidates,
        BLANK if facts.excess is None else ": ".join(facts.excess),
        in_use.papers or (),
        in_use.scenarios or (),
        facts.days,
        facts.first_day,
        rooms=rooms,
        actors=read_actors(grids.get("pemeran"), tuple(choices.scenarios) if choices is not None else None),
        supervisor=facts.facts.supervisor,
        in_charge=facts.facts.in_charge,
        arrangement=in_use.arrangement,
        channel=in_use.channel,
        marks=load_marks(marks, shown(marks)),
        pre_day=facts.pre_day,
        pre_days=facts.pre_days,
        recorded=load_assignments(recorded_file, shown(recorded_file)),
        replaced_papers=tuple(each.letter for each in load_replaced(replaced, shown(replaced))),
        is_as_before=is_delivered(path) and not recorded_file.exists(),
    )
    taught = {each.number: tied_to(each.row, "taught_by") for each in candidates}
    schedule = replace(schedule, deciders=_deciders(grids.get("pleno"), assessors, schedule.candidates, taught))
    tell_undecided_units((each.row, entry) for each, entry in zip(candidates, schedule.candidates, strict=True))
    tell_appeals(
        [(each.row, entry) for each, entry in zip(candidates, schedule.candidates, strict=True)], schedule.assessors
    )
    schedule = replace(schedule, retention=facts.retention)
    people = list(zip(candidates, schedule.candidates, strict=True))
    tell_ties(people)
    tell_minors(people)
    if choices is not None and choices.scheme is not None:
        tell_scopes(assessors, choices.scheme, facts.scheme)
    if choices is not None:
        schedule = with_retakes(schedule, candidates, facts, choices, earlier_of)
    if choices is not None and choices.edition is not None:
        sheet = grids.get("pilihan")
        place = sheet.whole if sheet is not None else Place(shown(path))
        return schedule, tell_what_follows(schedule, choices.edition, facts, place, findings)
    return schedule, None


def _deciders(
    grid: Grid | None,
    assessors: Mapping[int, ReadAssessor],
    candidates: Sequence[EventCandidate],
    taught: Mapping[int, Sequence[int]],
) -> tuple[Decider, ...]:
    """Who sits in the plenary; none where the workbook has no such sheet, or an empty one."""
    table = find_table(grid, DECIDER_HEADINGS) if grid is not None else None
    if table is None:
        return ()
    deciders = with_assessed(read_deciders(table, candidates), assessors, candidates, taught)
    tell_undecidable(table, deciders, candidates)
    return deciders


def _with_assessor(candidate: ReadCandidate, numbers: Sequence[int]) -> EventCandidate:
    """A candidate as the event holds them; one whose row names no assessor is given one by their own number.

    So the others keep theirs when somebody comes or goes.
    """
    entry, row = candidate.entry(), candidate.row
    if numbers and row["assessor"].is_empty and row["registration"].is_empty:
        return replace(entry, assessor=numbers[(entry.number - 1) % len(numbers)])
    return entry


def _with_excess(facts: ScheduleFacts) -> EventFacts:
    """What is printed of an event in which an assessor has more candidates than the limit: who accepted it, and why."""
    if facts.excess is None:
        return facts.facts
    by, why = facts.excess
    return replace(facts.facts, most_candidates=str(facts.most_candidates), excess_by=by, excess_why=why)


def _tell_nobody(assessors: int, candidates: int, name: str, findings: Findings) -> None:
    if not assessors:
        findings.warning(
            said("the event has no assessor yet"), Place(name, None, said("sheet Asesor")), said("enter them there")
        )
    if not candidates:
        findings.warning(
            said("the event has no candidate yet"),
            Place(name, None, said("sheet Asesi")),
            said("enter them there, or lay a list beside the workbook: {list_names}", list_names=_EITHER_LIST),
        )


def _table_of(
    grid: Grid | None, sheet: str, headings: Headings, workbook: Place, findings: Findings
) -> ListTable | None:
    """The table of a sheet; a sheet that is missing, or shows no headings over what it holds, is told."""
    if grid is None:
        findings.error(said("the workbook has no sheet {sheet}", sheet=sheet), workbook, _NEW)
        return None
    table = find_table(grid, headings)
    if table is None and grid.rows:
        findings.error(
            said("no row of the sheet has the headings of a list, with one of a name"),
            grid.whole,
            said("write the headings into one row above the list: No, Nama, ..."),
        )
    return table


def _candidates_table(
    path: Path, grid: Grid | None, shown: Callable[[Path], str], findings: Findings
) -> ListTable | None:
    """The candidates: those of the sheet Asesi, or if it holds none, of a list beside the workbook."""
    lists = _lists_beside(path)
    if not lists and (grid is None or count_rows(grid, CANDIDATE_HEADINGS) == 0):
        _tell_near_names(path, shown, findings)
    if lists and (grid is None or count_rows(grid, CANDIDATE_HEADINGS) == 0):
        for extra in lists[1:]:
            findings.warning(
                said("there are two lists; {name} is read", name=lists[0].name),
                Place(shown(extra)),
                said("keep one of them"),
            )
        return _list_table(lists[0], shown(lists[0]), findings)
    for extra in lists:
        findings.warning(
            said("the list is not read, since the sheet Asesi has candidates"),
            Place(shown(extra)),
            said("keep the candidates in one of the two"),
        )
    return _table_of(grid, "Asesi", CANDIDATE_HEADINGS, Place(shown(path)), findings)


def _lists_beside(path: Path) -> list[Path]:
    """The lists of candidates beside a workbook, however their names are capitalised."""
    beside = {found.name.casefold(): found for found in sorted(path.parent.iterdir(), reverse=True) if found.is_file()}
    return [beside[name] for name in LIST_NAMES if name in beside]


def _tell_near_names(path: Path, shown: Callable[[Path], str], findings: Findings) -> None:
    """Tell of files that look like a list and are not called as one."""
    for found in sorted(path.parent.iterdir()):
        if "asesi" in found.stem.casefold() and found.suffix.casefold() in _LIST_SUFFIXES and found.is_file():
            findings.warning(
                said("this file is not read: a list of candidates is called {list_names}",
                     list_names=_EITHER_LIST),
                Place(shown(found)),
                said("save it under that name"),
            )  # fmt: skip


def _tell_other_lists(grids: Sequence[Grid], findings: Findings) -> None:
    """Tell of sheets that hold people, too: one is read."""
    for grid in grids:
        if grid.sheet.casefold().strip() not in _OTHER_SHEETS and count_rows(grid, CANDIDATE_HEADINGS):
            findings.error(
                said("the sheet holds a list of people, too, and is not read"),
                grid.whole,
                said("put all into one sheet"),
            )


def _list_table(path: Path, name: str, findings: Findings) -> ListTable | None:
    """The table of a list that lies beside the workbook: of its sheet Asesi, or of the one with the most headings."""
    if path.suffix == ".csv":
        grid = read_csv(path, name, CANDIDATE_HEADINGS, findings)
        grids = [] if grid is None else [grid]
    else:
        grids = read_grids(path, name, findings)
    if not grids:
        return None
    best = max(grids, key=lambda sheet: count_headings(sheet, CANDIDATE_HEADINGS))
    _tell_other_lists([grid for grid in grids if grid is not best], findings)
    return _table_of(best, "", CANDIDATE_HEADINGS, Place(name), findings)

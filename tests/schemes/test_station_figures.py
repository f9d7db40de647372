"""How role plays did: by scenario and criterion without persons, by person in the event's own folder, purged with it."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import every_file, home, made
from harness import ROOT, KitProject
from workbook_rules import faults_of

from kitgen.load.event.marks_file import marks_text
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition
from kitgen.model.marks import EventMarks, StationMark
from kitgen.model.results import CandidateResult
from kitgen.schemes.bank.station_figures import StationFigures, station_figures
from kitgen.schemes.bank.station_sheets import persons_workbook, station_sheets
from kitgen.schemes.bank.stats import BankStatistics, stats_workbook

UNIT = "M.702090.008.01"


def marks(candidates: range, scenario: str = "KEL-01", assessor: int = 1, actor: int = 1, bad: int = 0) -> EventMarks:
    """Two criteria of each candidate, K but for criterion 1.2 of the first `bad` candidates."""
    return EventMarks(tuple(
        StationMark(number, scenario, UNIT, criterion, assessor,
                    "BK" if criterion == "1.2" and number - candidates[0] < bad else "K", actors=(actor,))
        for number in candidates for criterion in ("1.1", "1.2")
    ))  # fmt: skip


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_data(find_project(ROOT)).editions[0]


def rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *rest = openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rest if row[0] is not None]


def book(edition: Edition, stations: StationFigures) -> bytes:
    return stats_workbook(edition, BankStatistics((), (), (), stations))


def test_figures_go_over_events_by_scenario_and_criterion(edition: Edition) -> None:
    """Twelve candidates of two events; a share from ten on, said to be little below thirty; decisions of the recap."""
    known = {"satu": marks(range(1, 7), bad=3), "dua": marks(range(1, 7))}
    results = {"satu": {1: CandidateResult(1, {UNIT: "BK"}, "BK"), 2: CandidateResult(2, {UNIT: "K"}, "K")}}
    figures = station_figures(edition, known, results)
    of = {scenario.id: rate for scenario, rate in figures.scenarios}
    assert (of["KEL-01"].candidates, of["KEL-01"].competent, of["KEL-01"].not_competent) == (12, 21, 3)
    assert of["KEL-01"].share == 21 / 24 and of["KEL-02"].note == "belum ada tanda"
    told = next(row for row in rows(book(edition, figures), "Stasiun") if row["Skenario"] == "KEL-01")
    assert (told["Jadwal"], told["Dimainkan (jadwal)"], told["Asesi"]) == ("dua, satu", 2, 12)
    assert (told["Bagian K (%)"], told["Keterangan"]) == (88, "sedikit, hanya alasan untuk melihat")
    assert (told["Asesi diputus"], told["Di antaranya K"]) == (2, 1)
    assert (told["Status"], told["Penulis"], told["Penelaah"]) == ("draf", "belum ada", "belum ada")
    by_criterion = {row["KUK"]: row["Bagian K (%)"] for row in rows(book(edition, figures), "KUK Stasiun")}
    assert by_criterion == {"1.1": 100, "1.2": 75}
    pairs = [
        (row["Skenario"], row["KUK"], row["Bagian K (%)"]) for row in rows(book(edition, figures), "Skenario dan KUK")
    ]
    assert pairs == [("KEL-01", "1.1", 100), ("KEL-01", "1.2", 75)]


def test_few_candidates_are_said_to_be_few_and_not_counted_out(edition: Edition) -> None:
    """Nine candidates: no share anywhere, and K and BK of them stand in the event's own file only."""
    figures = station_figures(edition, {"satu": marks(range(1, 10), bad=1)}, {})
    for sheet in ("Stasiun", "KUK Stasiun", "Skenario dan KUK"):
        told = next(row for row in rows(book(edition, figures), sheet) if row["Asesi"])
        assert (told["Asesi"], told["K"], told["BK"], told["Bagian K (%)"]) == (9, None, None, None)
        assert told["Keterangan"] == "data belum cukup"
    (own,) = rows(persons_workbook(edition, "satu", figures), "Asesor")
    assert (own["K"], own["BK"], own["Bagian K (%)"], own["Keterangan"]) == (17, 1, None, "data belum cukup")
    assert "mulai 10 asesi" in str(openpyxl.load_workbook(io.BytesIO(book(edition, figures)))["Petunjuk"]["A8"].value)


def test_an_assessor_has_the_own_marks_and_an_actor_those_that_hold(edition: Edition) -> None:
    """Where two differ, each keeps what he or she marked; the actor's count waits for the ruling."""
    twice = StationMark(1, "KEL-01", UNIT, "1.1", 1, "K", 2, "BK", actors=(4,))
    ruled = StationMark(1, "KEL-01", UNIT, "1.2", 1, "K", 2, "BK", "BK", actors=(4,))
    unknown = StationMark(1, "ABC-01", UNIT, "1.2", 1, "K", actors=(4,))
    figures = station_figures(edition, {"satu": EventMarks((twice, ruled, unknown))}, {})
    counted = {key: (rate.competent, rate.not_competent) for key, rate in (*figures.assessors, *figures.actors)}
    assert counted == {("satu", 1): (2, 0), ("satu", 2): (0, 2), ("satu", 4): (0, 1)}


def test_the_workbooks_have_bars_and_are_the_same_again(edition: Edition) -> None:
    """A chart on each sheet of scenarios, criteria, assessors and actors; what Excel would mend is not there."""
    figures = station_figures(edition, {"satu": marks(range(1, 41), bad=9)}, {})
    shared, own = book(edition, figures), persons_workbook(edition, "satu", figures)
    assert (shared, own) == (book(edition, figures), persons_workbook(edition, "satu", figures))
    for data, names in ((shared, ("Stasiun", "KUK Stasiun")), (own, ("Asesor", "Pemeran"))):
        assert list(faults_of(data)) == []
        sheets = openpyxl.load_workbook(io.BytesIO(data))
        assert all(len(sheets[name]._charts) == 1 for name in names)  # type: ignore[attr-defined]
    (told,) = (row for row in rows(shared, "Stasiun") if row["Skenario"] == "KEL-01")
    assert (told["Keterangan"], told["K"]) == (None, 71)
    assert station_sheets(StationFigures()) == []


def test_what_is_of_persons_lies_with_the_event_and_is_purged(root: Path, tmp_path: Path) -> None:
    """The workbook at `--out` names no assessor and no actor; the event's own goes with the event."""
    project = KitProject.copy_of(root, tmp_path)
    home(project).mkdir(parents=True)
    made(project).mkdir(parents=True)
    (home(project) / "tanda.json").write_text(marks_text(marks(range(1, 13), assessor=2, actor=3)), "utf-8")
    project.run("bank", "stats", home(project).name, "--out", str(tmp_path / "angka.xlsx"))
    assert "KEL-01" in project.said and "12 candidates in 1 event, K 100%" in project.said
    assert "statistik-stasiun.xlsx: personal data, purged with the event" in project.said
    sheets = openpyxl.load_workbook(tmp_path / "angka.xlsx").sheetnames
    assert sheets == ["Petunjuk", "Butir", "Paket", "Stasiun", "KUK Stasiun", "Skenario dan KUK"]
    (own,) = rows((home(project) / "statistik-stasiun.xlsx").read_bytes(), "Pemeran")
    assert (own["Pemeran (No.)"], own["K"]) == ("3", 24)
    project.run("event", "purge", home(project).name, "--yes")
    assert list(every_file(home(project))) == []

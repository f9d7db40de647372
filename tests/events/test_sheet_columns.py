"""Workbooks of an event with a column for each person or unit: what is typed stays with whom it is about."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import NAME, change, event_project, made, rename
from file_names import named
from harness import KitProject

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    return event_project(root, tmp_path_factory.mktemp("lembar") / "proyek").build("--event", NAME)


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def sheet_path(project: KitProject, paper: str = "Paket A - KP 1") -> Path:
    (path,) = (made(project) / "9 KUNCI - RAHASIA").glob(f"14d*{paper}.xlsx")
    return path


def columns(sheet: Any) -> dict[str, str]:
    """The column of each candidate, by name."""
    return {cell.value: cell.column_letter for cell in sheet[6] if cell.value and cell.column > 5}


def typed(path: Path, sheet: str, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def test_a_score_sheet_has_a_column_for_each_of_its_candidates(project: KitProject) -> None:
    """With number and name, locked: exactly those who get the answer sheet of its booklet."""
    for path in sorted((made(project) / "9 KUNCI - RAHASIA").glob("14d*.xlsx")):
        paper = path.stem.split("Lembar Skor - ")[1]
        sheet = openpyxl.load_workbook(path)["Skor"]
        sitting = {each.parent.name for each in made(project).glob(f"3 Untuk Asesi/*/14c*{paper}.docx")}
        assert {f"{sheet[f'{column}7'].value:02} {name}" for name, column in columns(sheet).items()} == sitting, paper
        assert all(sheet[f"{column}6"].protection.locked for column in columns(sheet).values())
        assert f": {paper} (" in sheet["C3"].value


def test_answers_stay_with_their_candidate(project: KitProject) -> None:
    """One withdraws, one is called otherwise, another takes over a number: columns move, answers with their person."""
    path = sheet_path(project)
    before = columns(openpyxl.load_workbook(path)["Skor"])
    typed(path, "Skor", {f"{column}8": "abcd"[at] for at, column in enumerate(before.values())})
    people = list(before)
    numbers = [int(name[-2:]) for name in people]
    change(project, numbers[0], "status", "mundur")
    rename(project, numbers[1], "Asesi Contoh Lain")
    for key, value in {
        "nama lengkap": "Orang Lain",
        "nik": "3500001111990001",
        "tanggal lahir": "11 November 1999",
    }.items():
        change(project, numbers[2], key, value)
    project.build("--event", NAME)
    sheet = openpyxl.load_workbook(path)["Skor"]
    after = columns(sheet)
    answers = {name: sheet[f"{column}8"].value for name, column in after.items()}
    assert answers["Asesi Contoh Lain"] == "b" and answers[people[3]] == "d"
    assert answers["Orang Lain"] is None and people[0] not in answers
    assert "2 typed cells find no place" in project.said, "the one who left, and the one whose number another has"


def test_marks_outlive_a_recap_of_another_template(project: KitProject) -> None:
    """A recap made with room for twenty units: marks are found by person and unit, wherever they stood."""
    path = made(project) / named("1 Admin/31 Rekap Jadwal.xlsx")
    typed(path, "Rekap", {"D12": "K", "H12": "BK", "M12": "Asesmen ulang", "E22": "K"})
    book = openpyxl.load_workbook(path)
    sheet = book["Rekap"]
    assert [cell.value for cell in sheet[11] if cell.value][-1] == "tanda"
    sheet["N11"].value = None  # the older template had no corner
    sheet.insert_cols(9, 15)
    book.save(path)
    change(project, 11, "nama lengkap", "Asesi Contoh Sebelas")
    project.build("--event", NAME)
    sheet = openpyxl.load_workbook(path)["Rekap"]
    assert [sheet[cell].value for cell in ("D12", "H12", "M12", "E22")] == ["K", "BK", "Asesmen ulang", "K"]
    assert sheet["B22"].value == "Asesi Contoh Sebelas"
    assert not list(path.parent.glob("31 Rekap Jadwal (*"))

"""The workbooks: numbers LibreOffice works out, and what people typed staying theirs."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from file_names import named
from harness import SLUG, KitProject
from office import convert, needs_office

pytestmark = pytest.mark.slow

LETTERS = "abcd"
FORMS = {"Lembar Skor", "Matriks Cakupan KUK", "FR.APL.01", "FR.IA.05A", "FR.IA.05B", "FR.IA.05C"}
"""The workbooks, and the forms that go with a paper."""


def questions(count: int, unit: str, criteria: list[str]) -> list[dict[str, Any]]:
    draw = random.Random(count)
    return [
        {
            "id": f"PG-{unit[-5:-2]}-{number:03}", "kind": "multiple_choice", "criteria": [draw.choice(criteria)],
            "text": f"Soal {number}?", "key": draw.choice(LETTERS),
            "options": [{"text": f"Pilihan {letter} {number}", "rationale": "x"} for letter in LETTERS],
        }
        for number in range(1, count + 1)
    ]  # fmt: skip


def scheme_of_units(count: int) -> dict[str, Any]:
    units = [
        {"code": f"N.82ADM00.{number:03}.3", "title": f"Unit {number}", "elements": [
            {"number": "1", "title": "Elemen", "criteria": [
                {"number": f"1.{kuk}", "text": f"KUK {kuk}"} for kuk in range(1, 2 + number % 3 + 1)]}]}
        for number in range(1, count + 1)
    ]  # fmt: skip
    return {"title": "Skema Uji", "units": units}


def project_with(root: Path, folder: Path, units: int, per_unit: dict[int, int]) -> KitProject:
    """A project with a scheme of `units` units; `per_unit` gives the questions of a unit by its number."""
    project = KitProject.copy_of(root, folder).keep_forms(FORMS)
    shutil.rmtree(project.root / "scheme" / SLUG)
    edition = project.root / "scheme/uji/2025"
    (edition / "questions").mkdir(parents=True)
    scheme = scheme_of_units(units)
    (edition / "scheme.yaml").write_text(yaml.safe_dump(scheme, width=10_000), "utf-8")
    for number, count in per_unit.items():
        unit = scheme["units"][number - 1]
        criteria = [kuk["number"] for kuk in unit["elements"][0]["criteria"]][:1]
        bank = {"unit": unit["code"], "questions": questions(count, unit["code"], criteria)}
        (edition / "questions" / f"{number}.yaml").write_text(yaml.safe_dump(bank, width=10_000), "utf-8")
    draws = {"multiple_choice": {"scheme": "999", "unit": "999", "letters": ["A"]}}
    (edition / "blueprint.yaml").write_text(yaml.safe_dump({"draws": draws}), "utf-8")
    return project.build()


@needs_office
@pytest.mark.office
def test_the_score_sheet_marks_typed_answers(root: Path, tmp_path: Path) -> None:
    """With 1, 10 and 50 questions: right, wrong and open answers, the mark, and the right ones of each unit."""
    files: list[Path] = []
    for count in (1, 10, 50):
        split = {1: count} if count == 1 else {1: count // 2, 2: count - count // 2}
        project = project_with(root, tmp_path / f"p{count}", 2, split)
        (path,) = (project.root / "output").rglob(named("Skema Lengkap/*/14d Lembar Skor Paket A*.xlsx"))
        book = openpyxl.load_workbook(path)
        sheet = book["Skor"]
        keys = [str(sheet[f"E{row}"].value) for row in range(8, 8 + count)]
        typed = {
            "F": keys,
            "G": [LETTERS[(LETTERS.index(key) + 1) % 4] for key in keys],
            "H": [f" {key.upper()} " if number % 2 == 0 else "" for number, key in enumerate(keys)],
        }
        for column, given in typed.items():
            for row, answer in enumerate(given, 8):
                sheet[f"{column}{row}"] = answer or None
        files.append(tmp_path / f"skor{count}.xlsx")
        book.save(files[-1])
    for count, file in zip((1, 10, 50), convert(files, "xlsx", tmp_path), strict=True):
        book = openpyxl.load_workbook(file, data_only=True)
        sheet, last = book["Skor"], 8 + count
        half = (count + 1) // 2
        figures = {column: [sheet[f"{column}{last + row}"].value for row in range(4)] for column in "FGHI"}
        assert figures["F"] == [count, 0, 0, 100]
        assert figures["G"] == [0, count, 0, 0]
        assert figures["H"] == [half, 0, count - half, pytest.approx(100 * half / count, abs=0.006)]
        assert figures["I"][:3] == [0, 0, count] and not figures["I"][3]
        units = [str(sheet[f"C{row}"].value) for row in range(8, last)]
        for row in (6, 7):
            code = book["Per Unit"][f"B{row}"].value
            assert book["Per Unit"][f"D{row}"].value == units.count(code)
            assert book["Per Unit"][f"E{row}"].value == units.count(code)
            assert book["Per Unit"][f"G{row}"].value == sum(1 for n, u in enumerate(units) if u == code and n % 2 == 0)


@needs_office
@pytest.mark.office
def test_the_score_sheet_decides_by_the_rule_of_the_data(root: Path, tmp_path: Path) -> None:
    """Per unit and per KUK, a question of two KUK counted for both; nothing is decided for who answered nothing."""
    project = project_with(root, tmp_path / "p", 1, {1: 5})
    edition = project.root / "scheme/uji/2025"
    bank = yaml.safe_load((edition / "questions/1.yaml").read_text("utf-8"))
    for question, criteria in zip(bank["questions"], (["1.1"], ["1.1"], ["1.1", "1.2"], ["1.2"], ["1.3"]), strict=True):
        question["criteria"] = criteria
    (edition / "questions/1.yaml").write_text(yaml.safe_dump(bank, width=10_000), "utf-8")
    blueprint = yaml.safe_load((edition / "blueprint.yaml").read_text("utf-8"))
    rule = {"criterion": 2, "unit_share": 60}
    (edition / "blueprint.yaml").write_text(yaml.safe_dump({**blueprint, "decision": rule}), "utf-8")
    project.build()
    (path,) = (project.root / "output").rglob(named("Skema Lengkap/*/14d Lembar Skor Paket A*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["Skor"]
    of_item = {sheet[f"B{row}"].value: row for row in range(8, 13)}
    rights = {"F": "11111", "G": "11000", "H": "00110"}
    for column, marks in rights.items():
        for id, mark in zip(sorted(of_item), marks, strict=True):
            key = sheet[f"E{of_item[id]}"].value
            sheet[f"{column}{of_item[id]}"] = key if mark == "1" else "abcd"["abcd".index(key) - 1]
    book.save(tmp_path / "skor.xlsx")
    (file,) = convert([tmp_path / "skor.xlsx"], "xlsx", tmp_path)
    units = openpyxl.load_workbook(file, data_only=True)["Per Unit"]
    rows = [[cell.value for cell in row] for row in units.iter_rows(min_row=1, max_col=8)]
    (unit,) = (row for row in rows if row[2] == "3 dari 5 soal (60%)")
    assert unit[3:8] == [3, "tercapai", "belum", "belum", None]
    decided = {row[2]: row[3:8] for row in rows if row[2] in ("1.1", "1.2", "1.3")}
    assert decided == {
        "1.1": [2, "tercapai", "tercapai", "belum", None],
        "1.2": [2, "tercapai", "belum", "tercapai", None],
        "1.3": [1, "tercapai", "belum", "belum", None],
    }


@needs_office
@pytest.mark.office
def test_the_coverage_matrix_counts_and_names_gaps(root: Path, tmp_path: Path) -> None:
    """With 1 to 20 units: every KUK counted, gaps named where no question serves it."""
    files: list[Path] = []
    cases = (1, 2, 5, 20)
    for count in cases:
        project = project_with(root, tmp_path / f"p{count}", count, {1: 3})
        (path,) = (project.root / "output").rglob(named("Skema Lengkap/*/30 Matriks Cakupan KUK.xlsx"))
        files.append(tmp_path / f"cakupan{count}.xlsx")
        files[-1].write_bytes(path.read_bytes())
    for count, file in zip(cases, convert(files, "xlsx", tmp_path), strict=True):
        book = openpyxl.load_workbook(file, data_only=True)
        sheet = book["Cakupan"]
        sizes = [2 + number % 3 for number in range(1, count + 1)]
        criteria = sum(sizes)
        assert sheet["C4"].value == criteria
        assert sheet["C5"].value == criteria - 1
        total = 8 + criteria
        assert [sheet[f"{column}{total}"].value for column in "GHIJKLM"] == [0, 0, 3, 0, 0, 3, criteria - 1]
        assert sheet[f"I{total + 1}"].value == 1
        marks = [sheet[f"M{row}"].value for row in range(8, total)]
        assert [mark or "" for mark in marks] == ["", *["CELAH"] * (criteria - 1)]
        units = book["Per Unit"]
        assert [units[f"D{row}"].value for row in range(5, 5 + count)] == sizes
        assert [units[f"J{row}"].value for row in range(5, 5 + count)] == [sizes[0] - 1, *sizes[1:]]


def score_sheet(project: KitProject) -> Path:
    (path,) = project.output.rglob(named("Per Unit/M.702090.003.01/*/14d Lembar Skor Paket A - KP 1.xlsx"))
    return path


def type_into(path: Path, cells: dict[str, object]) -> None:
    """Type into a workbook and save it, as a person in Excel does."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["Skor"][cell] = value
    book.save(path)


def test_a_score_sheet_typed_into_is_theirs(kit_project: KitProject) -> None:
    """Typing does not make it an edited file; a build leaves it alone."""
    kit_project.keep_forms(FORMS).build()
    path = score_sheet(kit_project)
    type_into(path, {"F6": "Asesi Contoh 01", "F8": "b", "F9": "c"})
    before = path.read_bytes()
    assert set(kit_project.states().values()) == {"same"}
    kit_project.build()
    assert path.read_bytes() == before


def recorded(project: KitProject, change: Callable[[list[str]], list[str]]) -> None:
    """Change the order of questions recorded for paper A of unit 003."""
    path = project.edition / "papers.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    for paper in data["papers"]:
        if paper["kit"] == "M.702090.003.01" and paper["kind"] == "multiple_choice" and paper["id"].startswith("A-"):
            paper["questions"] = change(paper["questions"])
    path.write_text(yaml.safe_dump(data, allow_unicode=True, width=100_000), "utf-8")


def ids_of(sheet: Any, count: int) -> list[str]:
    return [sheet[f"B{row}"].value for row in range(8, 8 + count)]


@pytest.mark.parametrize("rebuilt", ["as it was", "with another title"])
def test_a_score_sheet_typed_into_outlives_its_form(kit_project: KitProject, rebuilt: str) -> None:
    """A form nobody asks for any more is removed, but not what people typed, however often it was built in between."""
    path = score_sheet(kit_project.keep_forms({"Lembar Skor", "FR.APL.01"}).build())
    type_into(path, {"F8": "Asesi Contoh 01"})
    if rebuilt == "with another title":
        kit_project.edit_scheme('title: "', 'title: "Lain: ')
    kit_project.build().build().keep_forms({"FR.APL.01"}).build()
    assert "Asesi Contoh 01" in {cell.value for cell in openpyxl.load_workbook(path)["Skor"]["F"]}
    assert path.name in kit_project.said
    assert len(list(kit_project.output.parent.rglob("14d*.xlsx"))) == 1, "one nobody typed into is removed"


def test_what_was_typed_follows_its_question(kit_project: KitProject) -> None:
    """When the paper changes, answers go with their question, names with their column."""
    kit_project.keep_forms(FORMS).build()
    path = score_sheet(kit_project)
    before = ids_of(openpyxl.load_workbook(path)["Skor"], 8)
    type_into(path, {"F6": "Asesi Contoh 01", "G6": 12, "F8": "b", "F9": "c", "F10": "a", "G11": "d"})
    unused = next(f"PG-003-{number:02}" for number in range(1, 17) if f"PG-003-{number:02}" not in before)
    recorded(kit_project, lambda asked: [asked[2], f"{unused} abcd", asked[0], asked[1], *asked[3:]])
    kit_project.build()
    sheet = openpyxl.load_workbook(path)["Skor"]
    assert ids_of(sheet, 5) == [before[2], unused, before[0], before[1], before[3]]
    assert [sheet[f"F{row}"].value for row in range(8, 13)] == ["a", None, "b", "c", None]
    assert sheet["G12"].value == "d"
    assert (sheet["F6"].value, sheet["G6"].value) == ("Asesi Contoh 01", 12)
    assert list(path.parent.glob("*disunting*")) == []
    assert set(kit_project.states().values()) == {"same"}


def test_what_finds_no_place_is_not_lost(kit_project: KitProject) -> None:
    """When a question goes, the old workbook is kept beside the new one, and the build says so."""
    kit_project.keep_forms(FORMS).build()
    path = score_sheet(kit_project)
    type_into(path, {"F8": "b", "F9": "c"})
    recorded(kit_project, lambda asked: asked[1:])
    kit_project.build()
    assert kit_project.last is not None
    assert "1 typed cell finds no place" in kit_project.last.output
    (kept,) = path.parent.glob("*disunting*")
    assert openpyxl.load_workbook(kept)["Skor"]["F8"].value == "b"
    assert openpyxl.load_workbook(path)["Skor"]["F8"].value == "c"
    kit_project.build()
    assert kept.exists()


def test_a_new_score_sheet_goes_beside_a_file_that_is_not_ours(kit_project: KitProject) -> None:
    """Nothing can be carried over from a file kitgen did not make; what is typed into the new one stays in it."""
    path = score_sheet(kit_project.keep_forms({"Lembar Skor"}).build())
    path.write_bytes(b"bukan buku kerja")
    kit_project.build()
    (newest,) = path.parent.glob("*(terbaru)*")
    type_into(newest, {"F8": "b"})
    recorded(kit_project, lambda asked: [asked[1], asked[0], *asked[2:]])
    kit_project.build()
    assert openpyxl.load_workbook(newest)["Skor"]["F9"].value == "b"
    assert path.read_bytes() == b"bukan buku kerja"
    assert len(list(path.parent.glob(f"{path.stem}*"))) == 2

"""Marks of single criteria: typed by KUK, some by two assessors; recorded, agreed upon, printed, counted, purged."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import home
from file_names import named
from harness import KitProject

from kitgen.load.event.marks_file import load_marks
from kitgen.model.marks import CalibrationCount

SHEET = named("Jadwal/contoh/1 Admin/31a Tanda KUK.xlsx")
RECAP = named("Jadwal/contoh/1 Admin/31 Rekap Jadwal.xlsx")
REVIEW = named("Jadwal/contoh/4 Untuk Asesor/02 Asesor Contoh 02/24 FR.AK.06.docx")
KEYS = named("tenaga-pemasar-operasional-layanan/2024/Skema Lengkap/9 KUNCI - RAHASIA/11m Lembar Kalibrasi KEL-01.xlsx")
FORMS = ("Tanda KUK", "Rekap Jadwal", "FR.AK.06", "FR.VA")


@pytest.fixture(scope="module")
def shared(root: Path, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The sample event with the documents these tests are about."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("tanda"))
    home(project).mkdir(parents=True)
    shutil.copy(root / "events/contoh/jadwal.xlsx", home(project))
    return rebuilt(project.keep_forms((*FORMS, "Lembar Kalibrasi")))


@pytest.fixture
def event(shared: KitProject) -> KitProject:
    """The event before anything is typed."""
    (home(shared) / "tanda.json").unlink(missing_ok=True)
    (home(shared) / "hasil.json").unlink(missing_ok=True)
    for name in (SHEET, KEYS):
        (shared.root / "output" / name).unlink(missing_ok=True)
    return rebuilt(shared)


def rebuilt(project: KitProject) -> KitProject:
    for form in FORMS:
        project.run("build", "--event", "contoh", "--form", form)
    return project


def rows(project: KitProject) -> tuple[Any, dict[str, int], dict[str, int]]:
    """The workbook, its columns by heading, its rows by key."""
    book = openpyxl.load_workbook(project.root / "output" / SHEET)
    sheet = book.active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows() if row[0].value == "Tanda")
    columns = {str(cell.value): cell.column for cell in head}
    keys = {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=head[0].row + 1) if row[0].value}
    return book, columns, keys


def typed(project: KitProject, marks: dict[str, dict[str, object]]) -> KitProject:
    book, columns, keys = rows(project)
    for key, cells in marks.items():
        for heading, value in cells.items():
            book.active.cell(keys[key], columns[heading]).value = value
    book.save(project.root / "output" / SHEET)
    return project


def twice(first: str, second: str, ruling: str | None = None, other: int = 2) -> dict[str, object]:
    return {"Tanda asesor": first, "Asesor 2 (No.)": other, "Tanda asesor 2": second, "Putusan akhir": ruling}


def test_every_criterion_of_every_role_play_has_a_row(event: KitProject) -> None:
    """With assessor and actors by number; who is marked twice has cells for it."""
    book, columns, keys = rows(event)
    assert {"5 KEL-01 M.702090.008.01 1.1", "1 LYN-01 M.702090.002.01 1.1"} <= {
        key.replace("KEL-02", "KEL-01").replace("LYN-02", "LYN-01").replace("LYN-03", "LYN-01") for key in keys
    }
    of_five = [row for key, row in keys.items() if key.startswith("5 ")]
    assert len(of_five) > 30 and all(book.active.cell(row, columns["Asesor (No.)"]).value for row in of_five)
    green = {book.active.cell(row, columns["Tanda asesor 2"]).fill.fgColor.rgb for row in of_five}
    others = {book.active.cell(row, columns["Tanda asesor 2"]).fill.fgColor.rgb
              for key, row in keys.items() if not key.startswith(("5 ", "10 "))}  # fmt: skip
    assert len(green) == 1 and not green & others


def test_marks_are_recorded_and_agreement_and_ruling_printed(event: KitProject) -> None:
    """In the recap, in FR.AK.06 and FR.VA; small numbers are said to be small; what was typed stays."""
    keys = [key for key in rows(event)[2] if key.startswith("5 KEL-")]
    typed(event, {keys[0]: twice("K", "K"), keys[1]: twice("K", "BK", "BK"), keys[2]: {"Tanda asesor": "bk"}})
    event.run("event", "results", "contoh")
    assert "3 KUK marked, 2 of them by two assessors, who agree on 1" in event.said
    known = load_marks(home(event) / "tanda.json", "tanda.json")
    assert [(each.first, each.second, each.final) for each in known.marks] == [
        ("K", "K", "K"), ("K", "BK", "BK"), ("BK", "", "BK")]  # fmt: skip
    assert "Contoh" not in (home(event) / "tanda.json").read_text("utf-8")
    rebuilt(event)
    recap = event.text(RECAP)
    assert "1 dari 2 (50%); 2 tanda: terlalu sedikit untuk disimpulkan" in recap and "K / BK; putusan: BK" in recap
    for name in (REVIEW, named("Jadwal/contoh/4 Untuk Asesor/00 Bersama/25 FR.VA.docx")):
        text = event.text(name)
        assert "1 dari 2 (50%)" in text and "K / BK; putusan BK" in text
    event.edit_scheme("Operasional", "Operasi")  # so that the workbook is made anew
    event.run("build", "--event", "contoh", "--form", "Tanda KUK")
    book, columns, found = rows(event)
    assert "Operasi" in str(book.active["C2"].value)
    cells = [book.active.cell(found[keys[1]], columns[heading]).value for heading in twice("", "")]
    assert cells == ["K", 2, "BK", "BK"]
    event.edit_scheme("Operasi", "Operasional")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (twice("K", "BK"), "two marks differ and nobody has ruled"),
        (twice("K", "K", "K"), "a ruling is there, but no two marks that differ"),
        (twice("K", "K", other=7), "the second assessor is none of the event's"),
        (twice("K", "K", other=1), "the second assessor is the first one"),
        ({"Tanda asesor": "mungkin"}, "says a word that is not known"),
        ({"Tanda asesor": "K", "Asesi": "Orang Lain"}, "the name is not that of candidate 5"),
        ({"Tanda asesor": "K", "Tanda": "5 XXX-01"}, "the event has no such line to mark"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_cell(event: KitProject, cells: dict[str, object], message: str) -> None:
    """Without a name; with an error nothing is recorded."""
    key = next(key for key in rows(event)[2] if key.startswith("5 KEL-"))
    typed(event, {key: cells})
    is_warning = message.startswith("two marks")
    event.run("event", "results", "contoh", expect=0 if is_warning else 1)
    assert message in event.said and named("31a Tanda KUK.xlsx") in event.said and "Orang Lain" not in event.said
    assert (home(event) / "tanda.json").exists() == is_warning


def test_the_calibration_of_what_is_played_is_counted_by_criterion(event: KitProject) -> None:
    """Held against the key of the data, not against what a cell says; nobody's name is taken along."""
    event.build("--form", "Lembar Kalibrasi")
    path = event.root / "output" / KEYS
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("KEL-01-J M.702090.008.01 1.1"))
    row[5].value, row[6].value, row[4].value = "T", "b", "B"
    sheet["F7"] = "Asesor Contoh 01"
    book.save(path)
    event.run("event", "results", "contoh")
    known = load_marks(home(event) / "tanda.json", "tanda.json")
    assert known.calibration == (CalibrationCount("KEL-01", "M.702090.008.01", "1.1", True, 1, 2),)
    path = event.root / "output" / KEYS
    scenario = "scheme/tenaga-pemasar-operasional-layanan/2024/scenarios/KEL-01.yaml"
    event.edit(scenario, "Internet rumah mati", "Internet di rumah mati").build("--form", "Lembar Kalibrasi")
    (renamed,) = path.parent.glob("11m * - KEL-01 *.xlsx")
    cells = openpyxl.load_workbook(renamed).active
    assert cells is not None and [cells.cell(row[0].row, column).value for column in (6, 7)] == ["T", "b"]
    event.edit(scenario, "Internet di rumah mati", "Internet rumah mati")
    rebuilt(event)
    assert "1 dari 2 (50%)" in event.text(REVIEW) and "Asesor Contoh" not in (home(event) / "tanda.json").read_text()


def test_a_purge_takes_the_marks(event: KitProject) -> None:
    """They are personal data, and go with the event."""
    key = next(key for key in rows(event)[2] if key.startswith("5 KEL-"))
    typed(event, {key: {"Tanda asesor": "K"}}).run("event", "results", "contoh")
    assert (home(event) / "tanda.json").exists()
    event.run("event", "purge", "contoh")
    assert "1 record of results" in event.said


def test_a_damaged_record_is_refused(event: KitProject) -> None:
    """With what to do; no traceback."""
    for text in ("[]", '{"format": 1}', '{"format": 1, "marks": [{"x": 1}], "calibration": []}', "{"):
        (home(event) / "tanda.json").write_text(text, "utf-8")
        event.run("event", "check", "contoh", expect=1)
        assert "record of marks" in event.said and "kitgen event results" in event.said


def test_names_on_the_mark_sheet_are_no_strangers(event: KitProject) -> None:
    """It lists all candidates, as the recap does, and is read back as such."""
    event.build("--event", "contoh").run("verify", "--event", "contoh", expect=1)  # its few forms prove little
    assert "is proven by no document" in event.said and "not theirs" not in event.said

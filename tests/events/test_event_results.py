"""The recap read back: what an admin typed is checked cell by cell, recorded by number, printed where it belongs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import NAME, change, event_project, home, made, rename
from file_names import named
from harness import KitProject

pytestmark = pytest.mark.slow

UNITS = "DEFGH"
FIRST = 12
"""The row of candidate 1."""
CODES = ["M.702090.001.01", "M.702090.002.01", "M.702090.003.01", "M.702090.007.01", "M.702090.008.01"]
PRINTING = {
    named("28 Berita Acara.docx"),
    named("29 SK Hasil.docx"),
    named("32 Data Asesmen.xlsx"),
    named("23 FR.AK.05.docx"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    return event_project(root, tmp_path_factory.mktemp("hasil") / "proyek").build("--event", NAME)


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    return built.copy_to(tmp_path / "proyek")


def recap(project: KitProject) -> Path:
    return made(project) / named("1 Admin/31 Rekap Jadwal.xlsx")


def type_in(project: KitProject, cells: dict[str, object]) -> None:
    """Type into cells of the recap, as an admin does in Excel."""
    edit_recap(project, lambda sheet: [sheet.__setitem__(cell, value) for cell, value in cells.items()])


def edit_recap(project: KitProject, edit: Callable[[Any], object]) -> None:
    book = openpyxl.load_workbook(recap(project))
    edit(book.active)
    book.save(recap(project))


def marks(row: int, mark: str) -> dict[str, object]:
    return {f"{column}{row}": mark for column in UNITS}


def everyone(mark: str, people: int = 11) -> dict[str, object]:
    return {cell: value for row in range(FIRST, FIRST + people) for cell, value in marks(row, mark).items()}


def recorded(project: KitProject) -> dict[int, dict[str, Any]]:
    data = json.loads((home(project) / "hasil.json").read_text("utf-8"))
    return {entry["candidate"]: entry for entry in data["results"]}


def stale(project: KitProject) -> set[str]:
    return {Path(path).name for path, state in project.states("--event", NAME).items() if state != "same"}


def said(project: KitProject, name: str) -> str:
    (path,) = made(project).rglob(name)
    return project.text(path.relative_to(project.root / "output").as_posix())


def test_results_are_printed_where_they_belong_and_nowhere_else(project: KitProject) -> None:
    """Typed, read, planned, built: exactly report, minutes, decision letter and upload sheet change."""
    type_in(project, everyone("K") | {"E13": "bk", "G13": " Belum Kompeten", "M13": "Asesmen ulang"})
    before = project.tree()
    project.run("event", "results", NAME)
    assert "10 K, 1 BK, 0 without a result; 11 changed" in project.said
    assert project.tree() == before
    units = dict.fromkeys(CODES, "K") | {CODES[1]: "BK", CODES[3]: "BK"}
    tag = recorded(project)[2].pop("tag")
    entry = {"candidate": 2, "units": units, "decision": "BK", "note": "Asesmen ulang", "tag": tag}
    assert recorded(project)[2] == entry and len(tag) == 16
    assert stale(project) == PRINTING
    project.build("--event", NAME)
    after = project.tree()
    assert {Path(path).name for path in after if after[path] != before.get(path)} == {*PRINTING, "manifest.json"}
    minutes = said(project, named("28 Berita Acara.docx"))
    assert "Kompeten (K): 10 orang; Belum Kompeten (BK): 1 orang" in minutes
    assert f"Unit BK: {CODES[1]}, {CODES[3]}; Asesmen ulang" in minutes
    letter = said(project, named("29 SK Hasil.docx")).splitlines()
    assert letter.count("Kompeten") == 10 and letter.count("Belum Kompeten") == 1
    reports = sorted(made(project).rglob(named("23 FR.AK.05.docx")))
    texts = [project.text(path.relative_to(project.root / "output").as_posix()) for path in reports]
    assert [text.count("☑") for text in texts] == [6, 5]
    assert f"{CODES[1]} Melaksanakan komunikasi efektif" in texts[0] and "Asesmen ulang" in texts[0]
    sheet = openpyxl.load_workbook(made(project) / named("1 Admin/32 Data Asesmen.xlsx")).worksheets[0]
    assert [sheet.cell(row, 19).value for row in range(2, 13)] == ["K", "BK", *["K"] * 9]
    book = openpyxl.load_workbook(recap(project)).worksheets[0]
    assert [book["D12"].value, book["E13"].value, book["M13"].value] == ["K", "bk", "Asesmen ulang"]
    project.run("event", "results", NAME)
    assert "; 0 changed" in project.said and stale(project) == set()


def test_a_recap_nobody_filled_changes_nothing(project: KitProject) -> None:
    """No record, nothing stale, blank everywhere."""
    project.run("event", "results", NAME)
    assert "0 K, 0 BK, 11 without a result; 0 changed" in project.said
    assert not (home(project) / "hasil.json").exists() and stale(project) == set()


def test_who_has_no_result_stays_blank_and_counts_wait_for_them(project: KitProject) -> None:
    """A half-filled row is told; the sums of the minutes stay open until everyone has a result."""
    type_in(project, marks(12, "K") | {"D13": "K"})
    project.run("event", "results", NAME)
    assert "1 K, 0 BK, 10 without a result" in project.said
    assert "candidate 2 has no mark for 4 units" in project.said
    project.build("--event", NAME)
    assert "Kompeten (K): ........ orang" in said(project, named("28 Berita Acara.docx"))
    letter = said(project, named("29 SK Hasil.docx")).splitlines()
    assert letter.count("Kompeten") == 1 and "Belum Kompeten" not in letter


def test_nobody_competent_and_one_withdrawn(project: KitProject) -> None:
    """All BK; who withdrew is on no list, and a row of theirs in an old recap is not taken."""
    change(project, 4, "status", "mundur")
    type_in(project, everyone("BK"))
    project.run("event", "results", NAME)
    assert "candidate 4 withdrew" in project.said and 4 not in recorded(project)
    assert "0 K, 10 BK, 0 without a result" in project.said
    project.build("--event", NAME)
    minutes = said(project, named("28 Berita Acara.docx"))
    assert "Kompeten (K): 0 orang; Belum Kompeten (BK): 10 orang" in minutes and "Asesi Contoh 04" not in minutes
    (aside,) = (made(project) / "1 Admin").glob(named("31 Rekap Jadwal (*).xlsx"))  # their marks find no place any more
    project.run("event", "results", NAME)
    assert "0 changed" in project.said and aside.is_file()


def test_long_names_and_a_rename_keep_what_was_typed(project: KitProject) -> None:
    """60 characters are told from each other, and marks stay with a number whatever the name."""
    long = "Raden Ajeng Siti Nurhaliza Kusumawardhani Putri Contoh Utami"
    assert len(long) == 60
    rename(project, 1, long)
    project.run("event", "results", NAME, expect=1)
    assert "sheet Rekap, cell B12" in project.said and "not that of candidate 1" in project.said
    project.build("--event", NAME)
    type_in(project, marks(12, "K") | marks(13, "BK"))
    rename(project, 2, f"{long[:59]}a")
    project.build("--event", NAME)
    project.run("event", "results", NAME)
    assert {number: entry["decision"] for number, entry in recorded(project).items()} == {1: "K", 2: "BK"}
    project.build("--event", NAME)
    letter = said(project, named("29 SK Hasil.docx")).splitlines()
    assert (
        letter[letter.index(long) + 1] == "Kompeten" and letter[letter.index(f"{long[:59]}a") + 1] == "Belum Kompeten"
    )


def another_person(project: KitProject, number: int) -> None:
    """Somebody else takes over a number: another name, another NIK, born on another day."""
    change(project, number, "nama lengkap", "Orang Lain")
    change(project, number, "nik", "3500001111990001")
    change(project, number, "tanggal lahir", "11 November 1999")


def test_who_takes_over_a_number_gets_nothing_of_who_had_it(project: KitProject) -> None:
    """Neither the recorded result, nor the marks in the recap, which are kept aside; both are told by number."""
    type_in(project, marks(12, "K") | marks(13, "K"))
    project.run("event", "results", NAME)
    project.build("--event", NAME)
    another_person(project, 1)
    project.build("--event", NAME)
    assert "the result recorded for candidate 1 is of another person" in project.said
    assert "5 typed cells find no place" in project.said and "Orang" not in project.said
    letter = said(project, named("29 SK Hasil.docx")).splitlines()
    assert "Orang Lain" in letter and letter.count("Kompeten") == 1
    sheet = openpyxl.load_workbook(recap(project)).worksheets[0]
    assert [sheet[cell].value for cell in ("B12", "D12", "D13")] == ["Orang Lain", None, "K"]
    (aside,) = (made(project) / "1 Admin").glob(named("31 Rekap Jadwal (*).xlsx"))
    assert openpyxl.load_workbook(aside).worksheets[0]["D12"].value == "K"
    project.run("event", "results", NAME)
    assert "candidate 1 had a recorded result" in project.said and set(recorded(project)) == {2}
    type_in(project, marks(12, "BK"))
    project.run("event", "results", NAME)
    assert "another person" not in project.said and recorded(project)[1]["decision"] == "BK"


def test_a_list_whose_rows_move_up_moves_no_result(project: KitProject) -> None:
    """Without numbers of their own candidates are numbered in order; who comes to be 1 was 2."""
    book = openpyxl.load_workbook(home(project) / "jadwal.xlsx")
    sheet = book["Asesi"]
    (number,) = (cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "No")
    for row in range(number.row + 2, sheet.max_row + 1):
        sheet.cell(row, number.column).value = None
    book.save(home(project) / "jadwal.xlsx")
    project.build("--event", NAME)
    type_in(project, marks(12, "K"))
    project.run("event", "results", NAME)
    first = next(row for row in range(number.row + 2, sheet.max_row + 1) if sheet.cell(row, 2).value)
    sheet.delete_rows(first)
    book.save(home(project) / "jadwal.xlsx")
    project.build("--event", NAME)
    assert "candidate 1 is of another person" in project.said
    assert "Kompeten" not in said(project, named("29 SK Hasil.docx")).splitlines()


def test_a_rename_without_a_nik_is_another_person(project: KitProject) -> None:
    """Nothing else tells them; blanks and capitals are no rename."""
    change(project, 1, "nik", None)
    project.build("--event", NAME)
    type_in(project, marks(12, "K"))
    project.run("event", "results", NAME)
    rename(project, 1, "ASESI  Contoh 01")
    project.build("--event", NAME)
    assert "another person" not in project.said and "no place" not in project.said
    rename(project, 1, "Asesi Contoh Satu")
    project.build("--event", NAME)
    assert "candidate 1 is of another person" in project.said and "5 typed cells find no place" in project.said


def test_a_record_of_before_tags_and_one_under_another_secret_are_not_printed(project: KitProject) -> None:
    """Nobody can tell whose the results are; they are told, and the recap read again mends it."""
    type_in(project, marks(12, "K"))
    project.run("event", "results", NAME)
    path = home(project) / "hasil.json"
    data = json.loads(path.read_text("utf-8"))
    for tag in ({}, {"tag": ""}, {"tag": "0" * 16}):
        entry = {key: value for key, value in data["results"][0].items() if key != "tag"} | tag
        path.write_text(json.dumps({"format": 1, "results": [entry]}), "utf-8")
        assert "candidate 1 is of another person" in project.run("event", "check", NAME).said
    project.run("event", "results", NAME)
    assert json.loads(path.read_text("utf-8")) == data
    (home(project) / "kunci-kode-dokumen.txt").write_text("00" * 32, "ascii")
    assert "candidate 1 is of another person" in project.run("event", "check", NAME).said


FAULTS: dict[str, tuple[dict[str, object], str, str]] = {
    "unknown mark": ({"E14": "Lulus rahasia"}, "E14", "a word that is not known"),
    "a formula": ({"E14": "=1+1"}, "E14", "formula"),
    "decision against the units": (marks(14, "K") | {"K14": "Belum Kompeten"}, "K14", "contradicts the marks"),
    "decision without units": ({"K14": "Kompeten"}, "K14", "marks of units are missing"),
    "column of no unit": ({"I14": "K"}, "I14", "belongs to no unit"),
    "unknown candidate": ({"A14": 77}, "A14", "no candidate 77"),
    "no number": ({"A14": None, "D14": "K"}, "A14", "no number of a candidate"),
    "a row twice": ({"A14": 2}, "A14", "stands in row 13 already"),
    "another name": ({"B14": "Orang Rahasia"}, "B14", "not that of candidate 3"),
    "a unit gone": ({"F11": ""}, "row 11", f"no column of unit {CODES[2]}"),
    "no head": ({f"{column}11": "" for column in UNITS} | {f"B{row}": "" for row in range(27, 34)}, "sheet Rekap",
                "no row of the recap shows the codes"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_odd_cell_is_told_by_its_place_and_nothing_is_recorded(project: KitProject, fault: str) -> None:
    """With row and column, without what stands there."""
    cells, place, message = FAULTS[fault]
    type_in(project, marks(12, "K") | cells)
    project.run("event", "results", NAME, expect=1)
    assert place in project.said and message in project.said, project.said
    assert "ahasia" not in project.said and not (home(project) / "hasil.json").exists()


def test_all_odd_cells_are_told_at_once(project: KitProject) -> None:
    """Two rows with a fault each, and a candidate whose row is gone."""
    type_in(project, {"D12": "X", "H15": "Y", "A20": "", "B20": "", "C20": ""})
    project.run("event", "results", NAME, expect=1)
    for place in ("cell D12", "cell H15", "no row of candidate 9"):
        assert place in project.said


def test_a_result_in_the_sheet_that_contradicts_the_recap_is_told_and_left_blank(project: KitProject) -> None:
    """One way: the recap; the column Hasil of the sheet is held against it."""
    type_in(project, marks(12, "K") | marks(13, "K"))
    change(project, 1, "hasil (k/bk)", "BK")
    change(project, 2, "hasil (k/bk)", "K")
    change(project, 3, "hasil (k/bk)", "K")
    project.run("event", "results", NAME, expect=1)
    assert "contradicts the recap; candidate 1 is left without a result" in project.said
    assert "sheet Asesi, cell" in project.said and "candidate 2" not in project.said
    project.build("--event", NAME)
    letter = said(project, named("29 SK Hasil.docx")).splitlines()
    assert letter.count("Kompeten") == 2 and "Belum Kompeten" not in letter


def test_a_result_taken_back_is_told(project: KitProject) -> None:
    """The recap is the truth, but nothing vanishes silently."""
    type_in(project, marks(12, "K"))
    project.run("event", "results", NAME)
    type_in(project, marks(12, ""))
    project.run("event", "results", NAME)
    assert "candidate 1 had a recorded result" in project.said and recorded(project) == {}


def test_no_name_enters_the_record(project: KitProject) -> None:
    """Numbers, codes, marks and the typed note only; the same recap gives the same bytes."""
    type_in(project, everyone("K"))
    project.run("event", "results", NAME)
    text = (home(project) / "hasil.json").read_text("utf-8")
    assert "Contoh" not in text
    (home(project) / "hasil.json").unlink()
    project.run("event", "results", NAME)
    assert (home(project) / "hasil.json").read_text("utf-8") == text


@pytest.mark.parametrize(
    "text",
    [
        "{", '{"format": 1}', '{"format": 3, "results": []}', '{"format": 1, "results": [{"candidate": 1}]}',
        '{"format": 1, "results": [{"candidate": 1, "units": {"x": "Q"}, "decision": "K", "note": ""}]}',
    ],
)  # fmt: skip
def test_a_damaged_record_is_refused(project: KitProject, text: str) -> None:
    """Documents are not made of half a record."""
    (home(project) / "hasil.json").write_text(text, "utf-8")
    before = project.tree()
    for arguments in (("build", "--event", NAME), ("event", "results", NAME)):
        project.run(*arguments, expect=1)
        assert "record of results" in project.said and "hasil.json" in project.said
    assert project.tree() == before


def test_without_a_recap_it_is_told_how_to_make_one(project: KitProject) -> None:
    """No file, no form, a file that is no workbook."""
    recap(project).write_bytes(b"PK no workbook")
    project.run("event", "results", NAME, expect=1)
    recap(project).unlink()
    project.run("event", "results", NAME, expect=1)
    assert "kitgen build --event contoh" in project.said
    project.keep_forms({"FR.APL.01"}).run("event", "results", NAME, expect=1)
    assert "no form of an event is its recap" in project.said

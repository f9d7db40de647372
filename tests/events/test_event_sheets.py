"""What the sheets of an event say: the upload sheet, the minutes, and the warnings that go with them."""

import datetime
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_books import UPLOAD_HEADS, EventBook, at, of_assessor, of_event
from event_cases import typed
from file_names import named
from harness import KitProject

from kitgen.base.project import Project
from kitgen.events.workbook.workbook import new_event
from kitgen.load.event.event import check_event

pytestmark = pytest.mark.slow

HEADS = [
    "No", "NAMA ASESI", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR (dd/mm/yyyy)", "JENIS KELAMIN (L/P)", "TEMPAT TINGGAL",
    "KODE KOTA", "KODE PROVINSI", "TELP", "EMAIL", "KODE PENDIDIKAN", "KODE PEKERJAAN", "KODE JADWAL",
    "TANGGAL UJI (hh/bb/yyyy)", "NOMOR REGISTRASI ASESOR", "KODE SUMBER ANGGARAN", "KODE KEMENTERIAN", "K/BK",
]  # fmt: skip
"""As BNSP's upload takes them, A to S."""

CODES = {
    at("city"): "0012", at("province"): "32", at("education_code"): "7", at("occupation"): "15",
    at("funding"): "02", at("ministry"): "99", at("result"): "BK",
}  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("lembar") / "proyek")
    project.keep_forms(("Data Asesmen", "Berita Acara", "Jadwal Giliran", "FR.AK.05", "SK Hasil", "Surat Tugas"))
    shutil.copytree(root / "events", project.root / "events")
    return project


@pytest.fixture
def project(source: KitProject, tmp_path: Path) -> KitProject:
    return source.copy_to(tmp_path / "proyek")


def upload_sheet(project: KitProject) -> list[list[Any]]:
    (path,) = (project.root / "output/Jadwal/contoh/1 Admin").glob(named("32 Data Asesmen.xlsx"))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_upload_sheet_is_filled_to_its_last_column(project: KitProject) -> None:
    """Headings to the letter; codes as text with their zeros, blank where none is known; nobody who withdrew."""
    typed(project, CODES | {at("gender", 2): "Wanita"}).build("--event", "contoh")
    heads, first, second, *rest = upload_sheet(project)
    assert heads == HEADS == list(UPLOAD_HEADS)
    assert first == [
        "1", "Asesi Contoh 01", "9901011101850001", "Kota Contoh", "11/01/1985", "L",
        "Jalan Contoh 1, Kota Contoh", "0012", "32",
        "080000000001", "asesi01@contoh.example", "7", "15", "JADWAL-CONTOH-01", "02/03/2026", "MET.000.000001 2020",
        "02", "99", "BK",
    ]  # fmt: skip
    assert [second[column] for column in (7, 8, 11, 12, 16, 17, 18)] == [None] * 7 and second[5] == "P"
    assert len(rest) == 9 and all(row[0] for row in rest)


def test_the_upload_sheet_can_be_read_on_paper(project: KitProject) -> None:
    """On two pages side by side, numbers and names on both, the letters of 10 points are at least 7 high in print."""
    project.build("--event", "contoh", "--form", "Data Asesmen")
    (path,) = (project.root / "output/Jadwal/contoh/1 Admin").glob(named("32 Data Asesmen.xlsx"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.page_setup.orientation, sheet.print_title_cols) == ("landscape", "$A:$B")
    assert sheet.print_title_rows == "$1:$1"
    wide = [sheet.column_dimensions[column[0].column_letter].width * 7 + 5 for column in sheet.columns]  # pixels
    paper = (297 / 25.4 - sheet.page_margins.left - sheet.page_margins.right) * 96
    halves = min(max(sum(wide[:at]), sum(wide[:2]) + sum(wide[at:])) for at in range(3, len(wide)))
    assert len(wide) == len(HEADS) and 10 * paper / halves >= 7


def test_what_the_upload_sheet_says_is_read_back_as_the_same(project: KitProject, root: Path, tmp_path: Path) -> None:
    """As a list beside the workbook of another event."""
    typed(project, CODES).build("--event", "contoh")
    book = EventBook(root, tmp_path / "lain").without_candidates()
    shutil.copy(
        project.root / named("output/Jadwal/contoh/1 Admin/32 Data Asesmen.xlsx"), book.path.with_name("asesi.xlsx")
    )
    said = book.check()
    assert [diagnostic for diagnostic in said.diagnostics if diagnostic.severity == "error"] == []
    assert said.schedule is not None and len(said.schedule.candidates) == 11
    assert said.first.codes == {
        "city": "0012", "province": "32", "education": "7", "occupation": "15", "funding": "02", "ministry": "99"
    }  # fmt: skip
    assert said.first.result == "BK" and said.first.assessor == 1


TOO_MANY = {at("assessor", number): 1 for number in range(1, 12)}
ACCEPTED = {of_event("excess_by"): "Manajer Sertifikasi Contoh", of_event("excess_why"): "asesor kedua sakit"}


def test_the_minutes_say_who_accepted_more_candidates_and_why(project: KitProject) -> None:
    minutes = named("Jadwal/contoh/1 Admin/28 Berita Acara.docx")
    typed(project, ACCEPTED).build("--event", "contoh")
    assert "Kelebihan Asesi" not in project.text(minutes)  # nobody has too many: there is nothing to accept
    typed(project, TOO_MANY).run("event", "check", "contoh")
    assert "more than 10; it is accepted" in project.said and "Manajer" not in project.said
    project.build("--event", "contoh")
    said = project.text(minutes)
    assert (
        "Kelebihan Asesi" in said
        and "Lebih dari 10 asesi untuk satu asesor, disetujui oleh Manajer Sertifikasi Contoh. Alasan: asesor kedua sakit"
        in said
    )
    typed(project, dict.fromkeys(ACCEPTED)).run("event", "check", "contoh", expect=1)
    assert "Kelebihan Asesi" not in project.build("--event", "contoh").text(minutes)


def test_candidates_left_to_kitgen_are_shared_out_by_their_numbers(root: Path, tmp_path: Path) -> None:
    """The others keep theirs when somebody comes or goes; a number that is wrong is left blank."""
    book = EventBook(root, tmp_path / "proyek")
    cells = {at("assessor", number): None for number in range(1, 13)}
    said = book.set(cells | {at("assessor", 3): 2, at("assessor", 4): 77}).check()
    assert said.schedule is not None
    found = {each.number: each.assessor or 0 for each in said.schedule.candidates}
    assert found == {1: 1, 2: 2, 3: 2, 4: 0, 5: 1, 6: 2, 7: 1, 8: 2, 9: 1, 10: 2, 11: 1, 12: 2}
    said = book.set({at("name", 1): None}).check()
    assert said.schedule is not None
    assert {each.number: each.assessor or 0 for each in said.schedule.candidates} == {
        number: assessor for number, assessor in found.items() if number > 1
    }


def test_an_event_that_does_not_fit_is_told_at_its_dates(root: Path, tmp_path: Path) -> None:
    """One sentence with what is missing and what would do; an event without dates is not told to be too short."""
    book = EventBook(root, tmp_path / "proyek").set({of_event("end_date"): None})
    (told,) = book.check().diagnostics
    assert told.severity == "warning" and told.message.startswith("the event does not fit: 2 days missing")
    assert told.message.endswith("enough would be 3 days with 2 assessors")
    assert "sheet Jadwal, cell B8" in str(told.place) and of_event("start_date") == "Jadwal!B8"
    (told,) = book.set({of_event("start"): "08.00", of_event("end"): "09.00"}).check().diagnostics[:1]
    assert told.message.startswith("a part of the assessment is longer than half a day")
    assert (
        book.set({of_event("start_date"): None, of_event("pre_date"): None, of_event("start"): None}).check().short
        == []
    )


def test_rooms_actors_and_the_arrangement_are_read(root: Path, tmp_path: Path) -> None:
    """From sheets old workbooks do not have; what cannot be read is told with its cell."""
    project = Project(tmp_path / "proyek", root / "templates")
    (tmp_path / "proyek").mkdir()
    (tmp_path / "proyek/scheme").symlink_to(root / "scheme")
    book = openpyxl.load_workbook(new_event(project, "uji", candidates=2))
    assert book.sheetnames == ["Jadwal", "Asesor", "Asesi", "Ruang", "Pemeran", "Pleno", "Pilihan", "Kode"]
    for row, values in enumerate([("Melati", "asesmen", None), ("Aula", "tes", 20), ("Gudang", "apa", 3)], 4):
        for column, value in enumerate(values, 2):
            book["Ruang"].cell(row, column).value = value
    for row, (name, ids) in enumerate(
        [("Pemeran A", "KEL-01, lyn-02"), ("Pemeran B", "XYZ-1"), ("Pemeran C", None)], 4
    ):
        book["Pemeran"].cell(row, 2).value, book["Pemeran"].cell(row, 3).value = name, ids
    heads = [cell.value for cell in book["Pilihan"][2]]
    mark = heads.index("Susunan") + 2
    assert [book["Pilihan"].cell(row, mark - 1).value for row in (3, 4)] == ["lengkap", "ringkas"]
    book["Pilihan"].cell(3, mark).value, book["Pilihan"].cell(4, mark).value = "tidak", "ya"
    book.save(project.event_file("uji"))
    checked = check_event(project, "uji")
    assert checked.schedule is not None
    assert [(each.name, each.use, each.seats) for each in checked.schedule.rooms] == [
        ("Melati", "asesmen", 0), ("Aula", "tes", 20)]  # fmt: skip
    assert [(each.name, each.scenarios) for each in checked.schedule.actors] == [
        ("Pemeran A", ("KEL-01", "LYN-02")), ("Pemeran C", ())]  # "none of these" is not "all of them"  # fmt: skip
    assert checked.schedule.arrangement == "ringkas"
    places = {str(each.place) for each in checked.findings.errors}
    assert any("sheet Ruang, cell C6" in place for place in places)
    assert any("sheet Pemeran, cell C5" in place for place in places)


def test_the_timetable_keeps_to_the_hours_and_days_of_the_event(project: KitProject) -> None:
    """Every day on the page has its date; where it does not fit the page says the one sentence and no day."""
    path = named("Jadwal/contoh/1 Admin/36 Jadwal Giliran.docx")
    typed(project, {of_event("start"): "07.30", of_event("end"): "16.30"}).build("--event", "contoh")
    text = project.text(path).replace("\n", " ")
    clocks = sorted({clock for word in text.split() if "–" in word.strip("–") for clock in word.split("–")})
    assert clocks[0] == "07.30" and clocks[-1] <= "16.30"
    days = re.findall(r"Hari ke-(\d): (\w+, \d+ Maret 2026)", text)
    assert days == [("1", "Senin, 2 Maret 2026"), ("2", "Selasa, 3 Maret 2026"), ("3", "Rabu, 4 Maret 2026"),
                    ("4", "Kamis, 5 Maret 2026")][: len(days)] and len(days) > 2  # fmt: skip
    for cells in ({of_event("end_date"): datetime.date(2026, 3, 3)}, {of_event("start_date"): None}):
        typed(project, cells).build("--event", "contoh", "--form", "Jadwal Giliran")
        text = project.text(path)
        assert "Hari ke-" not in text
        assert ("Jadwal tidak muat: kurang" in text) == (of_event("end_date") in cells)


def test_the_report_of_an_assessor_calls_candidates_by_their_own_numbers(project: KitProject) -> None:
    """As every other list of the event, so that one who withdraws shifts nobody's number on a page that was printed."""
    report = named("Jadwal/contoh/4 Untuk Asesor/02 Asesor Contoh 02/23 FR.AK.05.docx")

    def numbers() -> dict[str, str]:
        text = project.build("--event", "contoh", "--form", "FR.AK.05").text(report)
        return {name: number for number, name in re.findall(r"^(\d+)\.\n(Asesi Contoh \d+)$", text, re.MULTILINE)}

    before = numbers()
    assert before == {f"Asesi Contoh {number:02}": str(number) for number in range(7, 12)}
    typed(project, {at("status", 8): "mundur"})
    assert numbers() == {name: number for name, number in before.items() if number != "8"}


LETTERS = {"SK Hasil": "29 SK Hasil", "Surat Tugas": "26 Surat Tugas", "Berita Acara": "28 Berita Acara"}


@pytest.mark.parametrize("form", LETTERS)
def test_letters_are_signed_in_the_city_of_the_event(project: KitProject, form: str) -> None:
    """Else in that of the body; where neither is known the place is left to be filled."""
    project.edit("scheme/identity.yaml", "city: ", "city: Kota Badan")
    for typed_city, printed in (("Kota Ujian", "Kota Ujian"), (None, "Kota Badan")):
        typed(project, {of_event("city"): typed_city}).build("--event", "contoh", "--form", form)
        text = project.text(named(f"Jadwal/contoh/1 Admin/{LETTERS[form]}.docx"))
        assert printed in text
        assert ("Kota Badan" in text) == (printed == "Kota Badan")


def test_a_pre_assessment_that_does_not_fit_is_told_where_it_ends(root: Path, tmp_path: Path) -> None:
    """At its last hour or day, never at the days of the assessment, which is held all the same; another day does."""
    book = EventBook(root, tmp_path / "proyek").set({of_event("pre_end"): "09.50"})
    said = book.check()
    ((severity, where, message),) = said.short
    assert (severity, where) == ("warning", of_event("pre_end"))
    assert message.startswith("the pre-assessment does not fit into 1 day: ") and "minutes missing" in message
    said = book.set({of_event("pre_end"): None, of_event("pre_start"): "16.30"}).check()
    assert [where for _, where, _ in said.short] == [of_event("pre_date")]
    assert book.set({of_event("pre_start"): "09.00", of_event("pre_end"): "11.00"}).check().short == []


def test_more_assessors_than_one_may_have_too_many(root: Path, tmp_path: Path) -> None:
    """The row of each is told, as a warning once it is accepted."""
    book = EventBook(root, tmp_path / "proyek").set({of_event("most_candidates"): 3} | ACCEPTED)
    said = book.check()
    assert [(severity, where) for severity, where, _ in said.short] == [
        ("warning", of_assessor("name", 1)), ("warning", of_assessor("name", 2))
    ]  # fmt: skip
    assert said.schedule is not None and said.schedule.facts.most_candidates == "3"

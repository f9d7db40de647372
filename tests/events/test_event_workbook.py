"""The workbook of an event: made, read back, and every kind of fault told once, with its cell and without its data."""

import datetime
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from event_books import FIRST, UPLOAD_HEADS, EventBook, Text, at, of_assessor, of_event, save_list
from event_faults import ENGLISH, FAULTS
from harness import SLUG, KitProject, add_strings, plain, rewrite_parts, within
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from office_schemas import schema_faults
from workbook_rules import faults_of

from kitgen.base.dates import day_and_date, indonesian_date, read_date, span_of_days
from kitgen.base.errors import Findings
from kitgen.base.holes import BLANK
from kitgen.base.language import in_indonesian
from kitgen.cli import cli
from kitgen.documents.disk.document import document_parts, find_document
from kitgen.events.workbook.sample import sample_candidates
from kitgen.load.event.columns import ASSESSOR_COLUMNS, CANDIDATE_COLUMNS, CANDIDATE_HEADINGS, EVENT_LINES
from kitgen.load.sheets.grid import Grid, column_letters
from kitgen.load.sheets.list_table import find_table
from kitgen.load.sheets.person_names import read_name
from kitgen.render.dump.dump import dump_parts

HEADS = ("No", "Nama", "NIK", "Tempat lahir", "Tanggal lahir", "Jenis kelamin", "HP", "Asesor")


@pytest.fixture
def book(root: Path, tmp_path: Path) -> EventBook:
    return EventBook(root, tmp_path / "proyek")


def _excel_takes(problem: str) -> bool:
    """What openpyxl writes otherwise than Excel: texts in their cells, the parts of a font in another order."""
    return "inlineStr" in problem or "fonts[1]/font" in problem


# A new workbook


def test_the_shipped_sample_is_what_the_command_makes_and_has_no_problem(root: Path, kit_project: KitProject) -> None:
    kit_project.run("event", "new", "contoh", "--sample")
    paths = [folder / "events/contoh/jadwal.xlsx" for folder in (root, kit_project.root)]
    shipped, made = ([str(line) for line in dump_parts(document_parts(path), path.name)] for path in paths)
    assert shipped == made and "sheet Asesi, cell B4: Asesi Contoh 01" in made
    kit_project.run("event", "check", "contoh", "--strict")
    assert "12 candidates (1 withdrew), 2 assessors" in kit_project.said and "no problems" in kit_project.said


def test_a_new_workbook_opens_has_headings_lists_and_formats_and_is_the_same_every_time(
    kit_project: KitProject,
) -> None:
    kit_project.run("event", "new", "satu", "--candidates", "25").run("event", "new", "dua", "--candidates", "25")
    first, second = (kit_project.root / f"events/{name}/jadwal.xlsx" for name in ("satu", "dua"))
    assert first.read_bytes() == second.read_bytes()
    assert faults_of(first.read_bytes()) == []
    assert [problem for problem in schema_faults(first) if not _excel_takes(problem)] == []
    workbook = openpyxl.load_workbook(first)
    assert workbook.sheetnames == ["Jadwal", "Asesor", "Asesi", "Ruang", "Pemeran", "Pleno", "Pilihan", "Kode"]
    asesi = workbook["Asesi"]
    assert [cell.value for cell in asesi[2]] == [
        *(column.heading for column in CANDIDATE_COLUMNS), "Latar belakang KP 1", "Latar belakang KP 2",
    ]  # fmt: skip
    assert [asesi.cell(row, 1).value for row in range(3, 30)] == ["Contoh", *range(1, 26), None]
    assert asesi["C4"].number_format == "@" and asesi["E4"].number_format == "dd/mm/yyyy"
    assert asesi.freeze_panes == "C4" and asesi.page_setup.orientation == "landscape"
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in asesi.data_validations.dataValidation}
    assert lists[at("paper").partition("!")[2]] == "Pilihan!$A$3:$A$5"
    assert lists[at("city").partition("!")[2]].startswith("Kode!$")
    assert workbook["Jadwal"]["B2"].value == SLUG and workbook["Jadwal"]["B3"].value == "2024"
    assert [workbook["Pilihan"].cell(row, 4).value for row in (3, 4)] == ["INT-01", "INT-02"]
    parts = document_parts(first)
    assert not any(b"openpyxl" in content for content in parts.values())
    assert b"dcterms" not in parts["docProps/core.xml"] and b"AppVersion" not in parts["docProps/app.xml"]


def test_a_new_workbook_checks_without_errors_and_its_example_rows_are_no_people(kit_project: KitProject) -> None:
    kit_project.run("event", "new", "jadwal 2026-03").run("event", "check", "jadwal 2026-03")
    assert "0 candidates" in kit_project.said and "2 warnings" in kit_project.said
    kit_project.run("event", "check", "jadwal 2026-03", "--strict", expect=1)


def test_what_nobody_wrote_yet_is_told_though_nothing_is_wrong(kit_project: KitProject) -> None:
    """Date, hours and place, then how many people lack what their papers ask for; of a filled workbook nothing."""
    kit_project.run("event", "new", "penuh", "--sample")
    assert "left blank" not in kit_project.run("event", "check", "penuh").said
    path = kit_project.root / "events/penuh/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    for place in (of_event("start_date"), of_event("end_date"), of_event("venue_name"), at("identity_number", 2),
                  at("identity_number", 3)):  # fmt: skip
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = None
    book.save(path)
    kit_project.run("event", "check", "penuh")
    assert (
        "left blank, so that the papers have lines to write on: date of the assessment, name of the TUK, "
        "2 candidates without an identity number" in kit_project.said.replace("\n", " ")
    )
    assert len(kit_project.json("event", "check", "penuh")["blank"]) == 3


@pytest.mark.parametrize(
    "name", ["../luar", "a/b", "CON", "nul.x", "titik.", " depan", "-C", "x" * 41, "a:b", "", "con "]
)
def test_a_name_no_folder_can_have_is_refused(kit_project: KitProject, name: str) -> None:
    kit_project.run("event", "new", "--", name, expect=2)
    assert not (kit_project.root / "events").exists()


def test_an_event_is_never_written_over(kit_project: KitProject) -> None:
    kit_project.run("event", "new", "Maret")
    path = kit_project.root / "events/Maret/jadwal.xlsx"
    path.write_bytes(b"mine")
    kit_project.run("event", "new", "Maret", expect=1).run("event", "new", "maret", "--sample", expect=1)
    assert path.read_bytes() == b"mine" and not (kit_project.root / "events/maret").exists()


def test_schemes_and_editions_are_pinned_or_asked_for(kit_project: KitProject) -> None:
    kit_project.run("event", "new", "satu", "--edition", "1999", expect=1)
    kit_project.run("event", "new", "satu", "--scheme", "lain", expect=1)
    (kit_project.root / "scheme/lain/2030").mkdir(parents=True)
    source = kit_project.edition / "scheme.yaml"
    (kit_project.root / "scheme/lain/2030/scheme.yaml").write_bytes(source.read_bytes())
    kit_project.run("event", "new", "satu", expect=2)
    assert "--scheme" in kit_project.said
    kit_project.run("event", "new", "satu", "--scheme", "lain")
    assert openpyxl.load_workbook(kit_project.root / "events/satu/jadwal.xlsx")["Jadwal"]["B3"].value == "2030"


def test_an_unknown_event_is_told_with_its_neighbour(kit_project: KitProject) -> None:
    kit_project.run("event", "check", "maret", expect=1)
    assert "kitgen event new" in kit_project.said
    kit_project.run("event", "new", "maret").run("event", "check", "marat", expect=1)
    assert "did you mean `maret`?" in kit_project.said


# Reading back


def test_what_is_written_is_read(book: EventBook) -> None:
    said = book.check()
    assert said.short == [] and said.schedule is not None
    schedule = said.schedule
    assert (schedule.name, schedule.scheme, schedule.edition) == ("uji", SLUG, "2024")
    assert (
        schedule.facts.date == "Senin, 2 Maret 2026 s.d. Kamis, 5 Maret 2026"
        and schedule.facts.start_date == "2 Maret 2026"
    )
    assert schedule.facts.time == "08.00–16.00 WIB" and schedule.facts.pre_time == "09.00–11.00 WIB"
    assert schedule.facts.pre_date == "Jumat, 27 Februari 2026" and schedule.facts.decision_date == BLANK
    assert (schedule.venue.kind, schedule.venue.name) == ("Sewaktu", "TUK Contoh")
    assert schedule.assessors[0].person.name == "Dr. Asesor Contoh 01, S.E., M.M."
    assert schedule.assessors[1].person.valid_until == "31 Desember 2029"
    rows = sample_candidates()
    for candidate, row in zip(schedule.candidates, rows, strict=True):
        assert candidate.person.name == row["name"] and candidate.person.identity_number == row["identity_number"]
        assert candidate.person.birth_date == indonesian_date(row["birth_date"])  # type: ignore[arg-type]
        assert candidate.person.purpose == "sertifikasi" and candidate.assessor == row["assessor"]
    assert [candidate.status for candidate in schedule.candidates] == ["ikut"] * 11 + ["mundur"]
    assert schedule.papers == ("A", "B", "C") and schedule.scenarios[0] == "INT-01" and schedule.most_candidates == 10


def test_every_field_of_a_candidate_has_a_column_that_is_read(book: EventBook) -> None:
    """Nothing of APL.01 is forgotten."""
    texts = {
        "nationality": "Indonesia", "postal_code": "40111", "phone_home": "022 123456", "phone_office": "022 654321",
        "office_fax": "022 111111", "office_phone": "022 222222", "office_email": "k@contoh.example", "purpose": "RPL",
    }  # fmt: skip
    person = book.set({at(key): text for key, text in texts.items()}).check().first.person
    assert [name for name in person.__slots__ if not getattr(person, name)] == []
    assert person.purpose == "rpl" and person.office_fax == "022 111111"


def test_papers_scenarios_and_codes_are_read(book: EventBook) -> None:
    cells = {
        at("paper"): "paket b", at("scenarios"): "kel-02; KEL-01", at("city"): "0012", at("note"): "unit 3",
        at("result"): "bk", at("background"): "4", "Pilihan!B3": "tidak", "Pilihan!F14": "tidak", "Kode!G4": "0012",
        "Kode!H4": "Kota Contoh", "Kode!A4": "7", "Kode!B4": "D3", at("education"): "d3",
    }  # fmt: skip
    said = book.set(cells).check()
    assert said.short == [] and said.schedule is not None
    first = said.first
    assert (first.paper, first.scenarios, first.result, first.background) == ("B", ("KEL-02", "KEL-01"), "BK", 4)
    assert first.codes == {"city": "0012", "education": "7"}
    assert said.schedule.papers == ("B", "C") and "PMS-01" not in said.schedule.scenarios


def test_days_are_named_and_spans_told(book: EventBook) -> None:
    said = book.set({of_event("end_date"): "3 Maret 2026", of_event("start"): "pukul 8:30", of_event("zone"): "wita"})
    facts = said.check().schedule.facts  # type: ignore[union-attr]
    assert facts.date == "Senin, 2 Maret 2026 s.d. Selasa, 3 Maret 2026" and facts.end_date == "3 Maret 2026"
    assert facts.time == "08.30–16.00 WITA"
    book.set({of_event("start"): "08.00 - 12.30 WIB", of_event("end"): None, of_event("zone"): None})
    assert book.check().schedule.facts.time == "08.00–12.30"  # type: ignore[union-attr]


# Faults, each with its cell


@pytest.mark.parametrize(("cell", "value", "severity", "said"), FAULTS, ids=[f"{f[0]} {f[3]}" for f in FAULTS])
def test_a_fault_is_told_once_at_its_cell_and_drops_a_row_only_without_a_name(
    book: EventBook, cell: str, value: object, severity: str, said: str
) -> None:
    checked = book.set({cell: value}).check()
    found = checked.short
    told = [(s, where) for s, where, message in found if said in message]
    where = at("number", 2) if said == "No stands in row 4 already" else cell
    assert told == [(severity, where)], found
    assert len(found) == 1, found
    assert len(checked.names) == 12 - ("dropped" in said)
    for text in (checked.diagnostics[0].message, checked.diagnostics[0].help):
        note = in_indonesian(text)
        assert note is not None and not ENGLISH.search(note), text


def test_bad_cells_are_left_blank_and_the_rest_of_the_row_is_kept(book: EventBook) -> None:
    cells = {at("identity_number"): 9901011101850001, at("birth_date"): "besok", at("email"): "x", at("paper"): "Z",
             at("assessor"): 9, at("status"): "?", at("scenarios"): "KEL-01, XXX-99"}  # fmt: skip
    first = book.set(cells).check().first
    assert first.person.identity_number == first.person.birth_date == first.person.email == BLANK
    assert (first.paper, first.assessor, first.status, first.scenarios) == (BLANK, BLANK, "ikut", ("KEL-01",))
    assert first.person.name == "Asesi Contoh 01" and first.person.gender == "Laki-laki"


def test_a_nik_in_two_rows_is_blank_in_the_second_and_told_once(book: EventBook) -> None:
    same = {key: sample_candidates()[0][key] for key in ("name", "identity_number", "birth_date", "gender")}
    said = book.set({at(key, 3): value for key, value in same.items()}).check()
    assert said.short == [("error", at("identity_number", 3), said.short[0][2])]
    assert "stands in row 4 already, with the same name and birth" in said.short[0][2]
    assert said.schedule is not None and said.schedule.candidates[2].person.identity_number == BLANK


def test_a_name_with_the_same_birth_twice_is_told(book: EventBook) -> None:
    first = sample_candidates()[0]
    said = book.set({at("name", 3): "asesi  contoh 01", at("birth_date", 3): first["birth_date"],
                     at("identity_number", 3): "9901011101850099"}).check()  # fmt: skip
    assert [(severity, cell) for severity, cell, _ in said.short] == [("warning", at("name", 3))]


def test_codes_are_looked_up_only_where_a_list_has_entries(book: EventBook) -> None:
    cells = {at("city"): "3273", at("province"): 32, at("ministry"): "99", "Kode!G4": "0012", "Kode!J4": "0032"}
    said = book.set(cells).check()
    assert [(severity, cell) for severity, cell, _ in said.short] == [
        ("error", at("city")),
        ("warning", at("province")),
    ]
    assert said.first.codes == {"province": "0032", "ministry": "99"}
    assert said.short[1][2].endswith("the zeros it lost are put back")


def test_too_many_candidates_are_an_error_unless_someone_accepts_it_for_a_reason(book: EventBook) -> None:
    many = {at("assessor", number): 1 for number in range(1, 12)}
    said = book.set(
        many | {of_event("end_date"): "10 Maret 2026", of_event("pre_end_date"): "28 Februari 2026"}
    ).check()
    assert said.short == [("error", of_assessor("name"), "the assessor has 11 candidates, more than 10")]
    said = book.set({of_event("excess_by"): "Manajer Contoh", of_event("excess_why"): "satu asesor sakit"}).check()
    assert [severity for severity, _, _ in said.short] == ["warning"] and said.schedule is not None
    assert said.schedule.excess_accepted == "Manajer Contoh: satu asesor sakit"
    assert "Manajer" not in said.text()


def test_candidates_left_to_kitgen_are_counted_against_all_assessors(book: EventBook) -> None:
    cells = {at("assessor", number): None for number in range(1, 13)} | {of_event("most_candidates"): 5}
    assert book.set(cells).check().short == [
        ("error", of_event("most_candidates"), "11 candidates are more than 5 for each of 2 assessors")
    ]


def test_a_scheme_or_edition_that_is_not_there_is_told(book: EventBook) -> None:
    said = book.set({of_event("edition"): "../2024"}).check()
    assert [message for _, _, message in said.short] == [
        "the scheme, or the edition of it, that the event is pinned to does not exist"
    ]
    said = book.set({of_event("edition"): None}).check()
    assert said.schedule is None and "is missing" in said.short[0][2]


# Headings, wherever they stand


def table_of(*rows: tuple[object, ...], merges: tuple[str, ...] = ()) -> Any:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)  # type: ignore[union-attr]
    for area in merges:
        sheet.merge_cells(area)  # type: ignore[union-attr]
    return workbook


@pytest.mark.parametrize(
    "heads",
    [
        ("NO.", "NAMA ASESI", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR (dd/mm/yyyy)", "JENIS KELAMIN (L/P)", "TELP", "No. Asesor"),
        ("No Urut", "Nama Lengkap (sesuai KTP)", "No. KTP", "Tmpt Lahir", "Tgl. Lahir", "L/P", "No HP", "Asesor (No.)"),
        ("Nomor", "Nama Peserta *", "NIK/No. KTP", "Tempat  Lahir", "Tanggal\nLahir", "JK", "Telp/HP", "Nomor Asesor"),
        ("no", "nama", "Nomor Induk Kependudukan", "Lahir, Tempat", "Lahir (Tgl)", "Gender", "No. WhatsApp", "ASESOR"),
    ],
)  # fmt: skip
def test_headings_are_found_by_many_names(book: EventBook, heads: tuple[str, ...]) -> None:
    row = (7, "Asesi Contoh 01", "9901011101850001", "Kota", "11 Januari 1985", "l", "0812345678", 1)
    said = book.with_candidates([heads, row]).check()
    assert said.short == []
    first = said.first
    assert (first.number, first.assessor, first.person.gender) == (7, 1, "Laki-laki")
    assert first.person.identity_number == "9901011101850001" and first.person.birth_date == "11 Januari 1985"
    assert first.person.phone_mobile == "0812345678" and first.person.birth_place == "Kota"


def test_titles_above_two_row_heads_numbered_columns_and_moved_columns(book: EventBook) -> None:
    rows = [
        ("DAFTAR ASESI",), ("LSP Contoh", None, "Nama kegiatan: uji"), (),
        ("HP", "Nama Lengkap", "Lahir", None, "Alamat", None, "No", "NIK"),
        (None, None, "Tempat", "Tanggal", "Rumah", "Kantor", None, None),
        (1, 2, 3, 4, 5, 6, 7, 8),
        ("0812345678", "Asesi Contoh 01", "Kota", "11-01-1985", "Jalan 1", "Jalan 2", 1, "9901011101850001"),
        ("HP", "Nama Lengkap", None, None, None, None, "No", "NIK"),
        ("0812345679", "Asesi Contoh 02", "Kota", "13-01-1985", "Jalan 1", "Jalan 2", 2, "9901011301850002"),
        (), (None, None, "   "),
    ]  # fmt: skip
    book.with_candidates(rows)
    book.change(lambda workbook: [workbook["Asesi"].merge_cells(area) for area in ("C4:D4", "E4:F4", "B4:B5", "A1:H1")])
    said = book.check()
    assert said.names == ["Asesi Contoh 01", "Asesi Contoh 02"]
    assert [message for _, _, message in said.short] == [
        "Tanggal lahir can mean two days; it is read with the day first"
    ]
    person = said.first.person
    assert (person.birth_place, person.birth_date) == ("Kota", "11 Januari 1985")
    assert (person.address, person.office_address) == ("Jalan 1", "Jalan 2")


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("Bandung, 12 Maret 2001", "Bandung", "12 Maret 2001"),
        ("Kota Contoh / 13-03-2001", "Kota Contoh", "13 Maret 2001"),
        ("Bandung 12 Mar 2001", "Bandung", "12 Maret 2001"),
        ("Bandung,2001-03-12", "Bandung", "12 Maret 2001"),
        ("Jumat Agung, Jumat, 5 Mei 2000", "Jumat Agung", "5 Mei 2000"),
    ],
)
def test_place_and_date_of_birth_in_one_column(book: EventBook, text: str, place: str, date: str) -> None:
    said = book.with_candidates([("No", "Nama", "Tempat/Tgl Lahir"), (1, "Asesi Contoh 01", text)]).check()
    assert said.short == []
    assert (said.first.person.birth_place, said.first.person.birth_date) == (place, date)


def test_hidden_and_merged_cells_are_told_and_read(book: EventBook) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Asesi"]
        sheet.row_dimensions[FIRST + 1].hidden = True
        sheet.column_dimensions["G"].hidden = True
        column = at("assessor").partition("!")[2].rstrip("0123456789")
        for row in range(FIRST + 1, FIRST + 6):
            sheet[f"{column}{row}"].value = None
        sheet.merge_cells(f"{column}{FIRST}:{column}{FIRST + 5}")

    said = book.change(change).check()
    messages = [message for _, _, message in said.short]
    assert sum("row is hidden" in message for message in messages) == 1
    assert sum("column G is hidden" in message for message in messages) == 1
    assert sum("is taken for each of these rows" in message for message in messages) == 1 and len(messages) == 3
    assert said.schedule is not None and [each.assessor for each in said.schedule.candidates] == [1] * 6 + [2] * 6


def test_a_sheet_without_headings_is_told(book: EventBook) -> None:
    said = book.with_candidates([("Asesi Contoh 01", "9901011101850001"), ("Asesi Contoh 02", "x")]).check()
    assert said.short[0][2].startswith("no row of the sheet has the headings")
    assert "Contoh" not in said.text()


# Dates


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("12 Maret 2001", (2001, 3, 12), ""), ("12 mar 2001", (2001, 3, 12), ""), ("12-Mar-2001", (2001, 3, 12), ""),
        ("Senin, 2 Maret 2026", (2026, 3, 2), ""), ("Jum'at 6 Maret 2026", (2026, 3, 6), ""),
        ("12 Pebruari 2001", (2001, 2, 12), ""), ("1 Nopember 2001", (2001, 11, 1), ""), ("12 Agst 2001", (2001, 8, 12), ""),
        ("12 August 2001", (2001, 8, 12), ""), ("March 12, 2001", (2001, 3, 12), ""), ("2001-03-12", (2001, 3, 12), ""),
        ("2001-03-12 00:00:00", (2001, 3, 12), ""), ("2001/3/12", (2001, 3, 12), ""), ("12.03.2001", (2001, 3, 12), "order"),
        ("12/03/2001", (2001, 3, 12), "order"), ("13/03/2001", (2001, 3, 13), ""), ("03/03/2001", (2001, 3, 3), ""),
        ("03/13/2001", (2001, 3, 13), "month first"), ("12/03/01", None, "short year"), ("29 Februari 2001", None, "no such day"),
        ("29 Februari 2000", (2000, 2, 29), ""), ("31/04/2001", None, "no such day"), ("12 Foo 2001", None, "unknown"),
        ("2001", None, "unknown"), ("", None, "unknown"), ("99/99/9999", None, "no such day"),
    ],
)  # fmt: skip
def test_dates_are_read_in_many_spellings(text: str, day: tuple[int, int, int] | None, doubt: str) -> None:
    read = read_date(text)
    assert (read.day, read.doubt) == (datetime.date(*day) if day else None, doubt)


@given(st.dates())
def test_a_date_written_out_is_read_as_itself(day: datetime.date) -> None:
    if day.year >= 1000:
        for text in (indonesian_date(day), day_and_date(day), day.isoformat(), indonesian_date(day).upper()):
            assert read_date(text).day == day and read_date(text).doubt == ""
    assert span_of_days(day, day) == day_and_date(day)


def test_excel_dates_serials_and_ambiguous_texts_in_a_cell(book: EventBook) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Asesi"]
        sheet["E4"].value, sheet["E4"].number_format = datetime.datetime(1985, 1, 11, 0, 0), "m/d/yy"
        sheet["E5"].value, sheet["E5"].number_format = 31455, "General"
        sheet["E8"].value, sheet["E8"].number_format = 1990, "General"
        sheet["E6"].value = "3/13/1987"
        sheet["E7"].value = "4/5/1988"

    said = book.change(change).check()
    dates = [candidate.person.birth_date for candidate in said.schedule.candidates[:4]]  # type: ignore[union-attr]
    assert dates == ["11 Januari 1985", "12 Februari 1986", "13 Maret 1987", "4 Mei 1988"]
    assert [cell for _, cell, message in said.short if "birth" not in message] == [
        "Asesi!E5", "Asesi!E6", "Asesi!E7", "Asesi!E8",
    ]  # fmt: skip


# Lists beside the workbook


def upload_row(number: int, **other: object) -> list[object]:
    day = datetime.date(1985, 1, 10 + number)
    row: dict[str, object] = dict(zip(UPLOAD_HEADS, [
        number, f"Asesi Contoh {number:02}", f"990101{day:%d%m%y}{number:04}", "Kota Contoh", f"{day:%d/%m/%Y}", "L",
        "Jalan Contoh 1", "0001", "01", "080000000001", f"asesi{number}@contoh.example", "5", "3", "JADWAL-CONTOH-01",
        "02/03/2026", "MET.000.000002 2020", "1", "2", "k",
    ], strict=True))  # fmt: skip
    row.update(other)
    return list(row.values())


def test_the_upload_sheet_of_19_columns_is_read(book: EventBook) -> None:
    rows = [UPLOAD_HEADS, upload_row(1), upload_row(2, **{"NOMOR REGISTRASI ASESOR": "Reg. MET. 000 000001 2020"})]
    save_list(book.without_candidates().path.with_name("asesi.xlsx"), rows)
    said = book.check()
    assert said.short == [] and said.schedule is not None
    first, second = said.schedule.candidates
    assert (first.assessor, second.assessor, first.result) == (2, 1, "K")
    assert first.person.address == "Jalan Contoh 1" and first.person.phone_mobile == "080000000001"
    assert first.person.birth_date == "11 Januari 1985"  # dd/mm in the heading: not ambiguous
    assert first.codes == {"city": "0001", "province": "01", "education": "5", "occupation": "3", "funding": "1",
                           "ministry": "2"}  # fmt: skip


def test_faults_of_the_upload_sheet_are_told(book: EventBook) -> None:
    rows = [UPLOAD_HEADS, upload_row(1, **{
        "KODE JADWAL": "LAIN", "TANGGAL UJI (hh/bb/yyyy)": "09/09/2026", "KODE KOTA": 17,
        "NOMOR REGISTRASI ASESOR": "MET.000.000001 2020, MET.000.000002 2020"}),
        upload_row(2, **{"NOMOR REGISTRASI ASESOR": "MET.999.999999 2020"})]  # fmt: skip
    save_list(book.without_candidates().path.with_name("asesi.xlsx"), rows)
    said = book.check()
    assert [(severity, cell) for severity, cell, _ in said.short] == [
        ("warning", "Sheet!H2"), ("warning", "Sheet!P2"), ("warning", "Sheet!N2"), ("warning", "Sheet!O2"),
        ("error", "Sheet!P3"),
    ]  # fmt: skip
    assert said.first.assessor == 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_list_is_read(book: EventBook, separator: str, encoding: str) -> None:
    lines = [HEADS, ("1", '"Asesi ""Contoh"" Renée"', "9901011101850001", "Kota", "11 Januari 1985", "L", "08123456", "1"),
             ("", "", "", "", "", "", "", ""), ("2", "Asesi Contoh 02", "9,9E+15", "Kota", "", "P", "", "3")]  # fmt: skip
    text = "\r\n".join(
        separator.join(f'"{field}"' if separator in field else field for field in line) for line in lines
    )
    path = book.without_candidates().path.with_name("asesi.csv")
    path.write_bytes(text.encode(encoding))
    said = book.check()
    assert said.names == ['Asesi "Contoh" Renée', "Asesi Contoh 02"]
    assert [(severity, cell.removeprefix("events/uji/")) for severity, cell, _ in said.short] == [
        ("error", "asesi.csv:4, column C"), ("error", "asesi.csv:4, column H"),
    ]  # fmt: skip


def test_a_csv_that_is_none_or_holds_formulas_is_told(book: EventBook) -> None:
    path = book.without_candidates().path.with_name("asesi.csv")
    path.write_text('No,Nama,Jabatan\n1,=HYPERLINK("x"),Staf\n2,Asesi Contoh,=cmd\n', "utf-8")
    said = book.check()
    assert said.names == ["Asesi Contoh"] and [d.severity for d in said.diagnostics] == ["error", "error"]
    for content in (b"\x00\x01\x02", b'No,Nama\n1,"tanpa akhir\n'):
        path.write_bytes(content)
        assert any(message.startswith(("file is not text", "CSV cannot")) for _, _, message in book.check().short)


def test_a_list_beside_a_full_workbook_is_told_and_left(book: EventBook) -> None:
    book.path.with_name("asesi.csv").write_text("No,Nama\n1,Lain\n", "utf-8")
    said = book.check()
    assert len(said.names) == 12 and [message for _, _, message in said.short] == [
        "the list is not read, since the sheet Asesi has candidates"
    ]


def test_a_list_without_numbers_is_numbered_and_told_once(book: EventBook) -> None:
    book.without_candidates().path.with_name("asesi.csv").write_text("Nama;NIK\nA;\nB;\nC;\n", "utf-8")
    said = book.check()
    assert [candidate.number for candidate in said.schedule.candidates] == [1, 2, 3]  # type: ignore[union-attr]
    assert [message for _, _, message in said.short] == [
        "the list has no column No; its rows are numbered 1 to 3 in their order"
    ]


def test_a_workbook_with_shared_texts_and_styled_runs_is_read(book: EventBook) -> None:
    """As Excel writes texts: in a table of their own, some in runs; a text that begins with = stays one."""
    path = book.without_candidates().path.with_name("asesi.xlsx")
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Daftar")
        bold = workbook.add_format({"bold": True})
        sheet.write_row(0, 0, ["No", "Nama", "NIK", "Jabatan"])
        sheet.write_rich_string(1, 1, "Asesi ", bold, "Contoh", " 01")
        sheet.write_row(1, 2, ["9901011101850001", "=staf"])
        sheet.write_row(2, 1, ["Asesi Contoh 02", "9901011201850002", ""])
        sheet.write_formula(2, 3, "=A1")
    said = book.check()
    assert said.names == ["Asesi Contoh 01", "Asesi Contoh 02"] and said.first.person.job == "=staf"
    assert [(severity, cell) for severity, cell, _ in said.short] == [
        ("warning", "Daftar!A2"), ("warning", "Daftar!A3"), ("error", "Daftar!D3"),
    ]  # fmt: skip


@needs_office
@pytest.mark.office
def test_a_workbook_saved_by_libreoffice_says_the_same(book: EventBook, tmp_path: Path) -> None:
    before = book.check().schedule
    (saved,) = convert([book.path], "xlsx", tmp_path / "saved")
    book.path.write_bytes(saved.read_bytes())
    after = book.check()
    assert after.short == [] and after.schedule == before


# A dirty list


def test_a_dirty_list_of_60_rows_keeps_everyone_who_has_a_name_and_tells_each_fault_once(book: EventBook) -> None:
    heads = (
        "No",
        "Nama Lengkap",
        "NIK",
        "Tempat lahir",
        "Tgl Lahir",
        "L/P",
        "HP",
        "E-mail",
        "Status",
        "Asesor",
        "Paket",
    )
    rows: list[list[object]] = [["DAFTAR ASESI"], [], list(heads)]
    for number in range(1, 61):
        day = datetime.date(1980 + number % 20, 1 + number % 12, 1 + number % 28)
        rows.append([number, f"ASESI Contoh {number:02}", f"990101{day:%d%m%y}{number:04}", "Kota", indonesian_date(day),
                     "L", f"0812000{number:05}", f"a{number}@contoh.example", "ikut", 1 + number % 2, "A"])  # fmt: skip
    dirt: dict[tuple[int, str], tuple[object, str]] = {
        (1, "C"): (9901010202810001, "error"), (2, "C"): ("99010103", "error"), (3, "E"): ("31/02/1983", "error"),
        (4, "F"): ("?", "error"), (5, "G"): (8120000005, "warning"), (6, "H"): ("tanpa", "error"), (7, "I"): ("entah", "error"),
        (8, "J"): (77, "error"), (9, "K"): ("Q", "error"), (10, "B"): (None, "error"), (11, "B"): ("=A1", "error"),
        (12, "A"): (None, "warning"), (13, "A"): (14, "error"), (14, "B"): ("N" * 130, "warning"),
        (15, "B"): ("Asesi\u200bContoh 15", "warning"), (16, "H"): ('=HYPERLINK("http://x")', "error"),
        (17, "E"): ("17/06/97", "error"), (18, "E"): (datetime.date(2020, 7, 19), "error"), (19, "E"): ("1 Januari 2050", "error"),
        (20, "C"): ("9901012009800019", "warning"), (31, "C"): (rows[2 + 30][2], "error"), (22, "G"): ("telepon", "error"),
        (23, "C"): ("9901019913030023", "warning"), (24, "D"): ("#N/A", "error"), (25, "K"): ("=1", "error"),
    }  # fmt: skip
    expected: Counter[tuple[str, str]] = Counter()
    for (number, column), (value, severity) in dirt.items():
        rows[2 + number]["ABCDEFGHIJK".index(column)] = value
        # of two rows with one number the second is told
        row = 3 + number + (column == "A" and value == 14)
        expected[severity, f"Asesi!{column}{row}"] += 1
    expected["warning", of_event("pre_end")] += 1  # too short a pre-assessment
    expected["warning", of_event("end_date")] += 1  # one paper side by side
    book.with_candidates(rows).set({of_event("most_candidates"): 60, of_event("end_date"): "30 Maret 2026"})
    said = book.check()
    assert Counter((severity, cell) for severity, cell, _ in said.short) == expected
    assert said.schedule is not None and len(said.schedule.candidates) == 58
    numbers = [candidate.number for candidate in said.schedule.candidates]
    assert len(set(numbers)) == 58 and {61, 62} <= set(numbers)
    assert said.names[0] == "ASESI Contoh 01" and "N" * 130 in said.names


# Hostile files


def test_a_workbook_with_macros_is_refused(book: EventBook) -> None:
    with zipfile.ZipFile(book.path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    said = book.check()
    assert said.schedule is None and "macros" in said.text()


def test_entities_are_refused(book: EventBook) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    rewrite_parts(book.path, lambda name, content: content.replace(b"<worksheet", bomb + b"<worksheet", 1))
    with within(5, 100):
        said = book.check()
    assert said.schedule is None and "declares a document type or entities" in said.text()


def test_a_bomb_is_refused(book: EventBook) -> None:
    with zipfile.ZipFile(book.path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (40 << 20))
    with within(5, 200):
        said = book.check()
    assert said.schedule is None and "unpacks to more than" in said.text()


def test_cells_at_the_end_of_the_sheet_cost_nothing(book: EventBook) -> None:
    book.set({"Asesi!XFD1048576": "x"})
    with within(5, 100):
        said = book.check()
    assert len(said.names) == 12 and "is not read" in said.short[0][2]


@pytest.mark.parametrize(
    "areas", [["A1:XFD1048576"], ["$A$1:XFD1048576"], [f"A{row}:GR{row}" for row in range(100, 1_200)]]
)
def test_merged_areas_as_large_as_a_sheet_are_refused(book: EventBook, areas: list[str]) -> None:
    harm = "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"
    rewrite_parts(book.path, lambda name, content: content.replace(b"</sheetData>", b"</sheetData>" + harm.encode()))
    with within(5, 100):
        said = book.check()
    assert said.schedule is None and "cover more than" in said.text()


@pytest.mark.parametrize(
    "harm",
    [
        b'<hyperlinks><hyperlink display="x" ref="A1:XFD1048576" location="A1"/></hyperlinks>',
        b"<hyperlinks><hyperlink display='>' ref='A1:XFD1048576' location='A1'/></hyperlinks>",
        b'<hyperlinks><hyperlink ref="&#65;1:XFD1048576" location="A1"/></hyperlinks>',
        b'<mergeCells count="1"><mergeCell ref="A5000:B1048576"/></mergeCells>',
    ],
)
def test_areas_nobody_reads_cost_nothing(book: EventBook, harm: bytes) -> None:
    """A link over a whole sheet, or cells merged below everything."""
    rewrite_parts(book.path, lambda name, content: content.replace(b"</sheetData>", b"</sheetData>" + harm))
    with within(5, 100):
        said = book.check()
    assert len(said.names) == 12 and said.short == []


def test_one_text_in_many_cells_is_refused(book: EventBook) -> None:
    """Thirty thousand letters, packed once, in a thousand cells."""
    rows = "".join(f'<row r="{row}"><c r="C{row}" t="s"><v>0</v></c></row>' for row in range(1_000, 2_000))
    rewrite_parts(book.path, lambda _, content: content.replace(b"</sheetData>", f"{rows}</sheetData>".encode()))
    add_strings(book.path, [f"<t>{'x' * 30_000}</t>"])
    with within(5, 100):
        said = book.check()
    assert said.schedule is None and "more than 8 million characters" in said.text()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bukan", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_workbook_is_told(book: EventBook, content: bytes) -> None:
    book.path.write_bytes(content)
    said = book.check()
    assert said.schedule is None and [d.severity for d in said.diagnostics] == ["error"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("harm", [b"", b"<a/>", b"<worksheet>"])
def test_a_damaged_part_is_told(book: EventBook, part: str, harm: bytes) -> None:
    rewrite_parts(book.path, lambda name, content: harm if name == part else content)
    assert book.check().diagnostics


# Names

NAMES = [
    "Dr. H. Contoh, S.Kom., M.M.", "Nur'aini D`Contoh", "Contoh", "x" * 120, "Li 李 小龍", "محمد", "Ёжик  Ёж", "../../etc/passwd",
    "CON", "nul.txt", "<b>&\"'", "a\\b:c*?", "{{ 7 * 7 }}", "ASESI contoh", "Ni Luh  Dua Spasi", "Contoh\u00a0Asesi", "1990",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_are_kept_as_typed(book: EventBook, name: str) -> None:
    said = book.set({at("name"): f"  {name} "}).check()
    assert said.names[0] == name and said.short == []


def test_a_text_that_looks_like_a_formula_is_a_name_and_told(book: EventBook) -> None:
    said = book.with_candidates([("No", "Nama", "NIK"), (1, Text("=HYPERLINK("), None)]).check()
    assert said.names == ["=HYPERLINK("] and [severity for severity, _, _ in said.short] == ["warning"]


@pytest.mark.parametrize(("stored", "typed"), [("_x005F_x0041_", "_x0041_"), ("Contoh x005F_ A", "Contoh x005F_ A"),
                                               ("Contoh_x0020_A", "Contoh A"), ("Asesi_xD83D_ Contoh", "Asesi Contoh")])  # fmt: skip
def test_escapes_of_excel_are_what_was_typed(book: EventBook, stored: str, typed: str) -> None:
    """A character written by its number is that character, once; what only looks like it stays."""
    assert book.set({at("name"): stored}).check().names[0] == typed


def test_a_name_over_lines_stands_on_one(book: EventBook) -> None:
    assert book.set({at("name"): "Asesi\nContoh"}).check().names[0] == "Asesi Contoh"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=200))
def test_any_name_that_can_be_seen_is_kept(name: str) -> None:
    findings = Findings()
    grid = Grid("daftar.csv", "", findings)
    for column, text in enumerate(("No", "Nama", "NIK", "HP"), 1):
        grid.put(1, column, text)
    grid.put(2, 1, 1)
    grid.put(2, 2, name)
    grid.put(2, 4, "0812345678")
    table = find_table(grid, CANDIDATE_HEADINGS)
    assert table is not None and len(table.rows) == 1
    assert read_name(table, table.rows[0]) == (name.strip() or None)
    told = "\n".join(map(str, findings))
    assert len(name) < 12 or name not in told


# What is said of people


def test_no_message_says_what_stands_in_a_cell(book: EventBook, root: Path) -> None:
    """Every cell of every sheet filled with a marker, as text, as number and as formula."""
    marker, digits = "RAHASIA", 4711471147114711
    everything = [
        *(at(column.key, number) for column in CANDIDATE_COLUMNS for number in range(1, 13)),
        *(of_assessor(column.key, number) for column in ASSESSOR_COLUMNS for number in (1, 2)),
        *(of_event(line.key) for line in EVENT_LINES),
        *(f"{sheet}!{letter}{row}" for sheet in ("Pilihan", "Kode") for letter in "ABDEFG" for row in range(4, 9)),
        "Asesi!C2", "Asesor!D2", "Jadwal!A5",
    ]  # fmt: skip
    original = book.path.read_bytes()
    for value in (marker, digits, f'="{marker}"', f"12/12/12 {marker}", f"{marker}@"):
        book.path.write_bytes(original)
        for cells in (everything[::2], everything):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of openpyxl, of days that are none
                book.set(dict.fromkeys(cells, value))
            text = book.check().text()
            assert text and marker not in text and str(digits) not in text and "4711" not in text


def test_no_message_names_the_people_of_the_sample(book: EventBook) -> None:
    cells = {cell: value for cell, value, _, _ in FAULTS if not cell.startswith("Pilihan")}
    text = book.set(cells).check().text()
    for row in sample_candidates():
        assert all(str(row[key]) not in text for key in ("identity_number", "email", "phone_mobile", "address"))
    assert "Asesi Contoh" not in text


# The command


def test_the_check_tells_all_and_writes_a_copy_with_notes(kit_project: KitProject) -> None:
    kit_project.run("event", "new", "maret", "--sample")
    path = kit_project.root / "events/maret/jadwal.xlsx"
    workbook = openpyxl.load_workbook(path)
    workbook["Asesi"]["C4"].value = 9901011101850001
    workbook["Asesi"]["F4"].value = "X"
    workbook["Asesi"]["G5"].value = '=HYPERLINK("http://contoh.example")'
    workbook.save(path)
    before = path.read_bytes()
    kit_project.run("event", "check", "maret", "--annotate", expect=1)
    said = kit_project.said
    assert "events/maret/jadwal.xlsx, sheet Asesi, cell C4" in said and "3 errors" in plain(said)
    copy = path.with_name("jadwal (catatan).xlsx")
    assert path.read_bytes() == before and faults_of(copy.read_bytes()) == []
    noted = openpyxl.load_workbook(copy)["Asesi"]
    notes = {cell.coordinate: cell.comment.text for row in noted.iter_rows() for cell in row if cell.comment}
    assert set(notes) == {"C4", "F4", "G5"} and "tersimpan sebagai bilangan" in notes["C4"]
    assert notes["F4"] == "Jenis kelamin bukan L atau P; dikosongkan\nTulis Laki-laki atau Wanita"
    assert noted["B4"].value == "Asesi Contoh 01" and noted["G5"].value.startswith("=HYPERLINK")
    first = copy.read_bytes()
    kit_project.run("event", "check", "maret", "--annotate", expect=1)
    assert copy.read_bytes() == first
    worked_in = openpyxl.load_workbook(copy)
    worked_in["Asesi"]["F4"].value = "L"
    worked_in.save(copy)
    mine = copy.read_bytes()
    kit_project.run("event", "check", "maret", "--annotate", expect=1)
    assert copy.read_bytes() == mine
    found = find_document(copy.with_name("jadwal (catatan 2).xlsx"))
    assert found is not None and found.is_ours


def test_a_check_without_faults_writes_no_copy(kit_project: KitProject) -> None:
    kit_project.run("event", "new", "maret", "--sample").run("event", "check", "maret", "--annotate")
    assert [path.name for path in (kit_project.root / "events/maret").iterdir()] == ["jadwal.xlsx"]


def test_letters_of_columns() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


CASES = Path(__file__).parents[1] / "fixtures" / "excel"


def beside(book: EventBook, case: str, name: str = "asesi.xlsx") -> EventBook:
    """The sample without candidates, and a list as somebody saved it beside it."""
    book.without_candidates().path.with_name(name).write_bytes((CASES / f"{case}.xlsx").read_bytes())
    return book


def test_people_on_a_second_sheet_are_told(book: EventBook) -> None:
    """One sheet is read; the other is an error, not a silence."""
    said = beside(book, "22-asesi-two-sheets").check()
    found = [
        (d.severity, str(d.place).rpartition(", ")[2]) for d in said.diagnostics if "a list of people" in d.message
    ]
    assert found == [("error", "sheet Gelombang 2")]


def test_a_second_sheet_of_the_workbook_is_told(book: EventBook) -> None:
    """`Asesi 2` in the workbook of the event itself."""

    def add(workbook: Any) -> None:
        workbook.copy_worksheet(workbook["Asesi"]).title = "Asesi 2"

    said = book.change(add).check()
    assert [d.severity for d in said.diagnostics if "a list of people" in d.message] == ["error"]
    assert len(said.names) == 12


def test_a_signature_below_the_list_is_nobody(book: EventBook) -> None:
    """Place and date, office and name below an empty row: told, and made into no candidate."""
    said = beside(book, "23-asesi-signature-block").check()
    assert said.names == ["Asesi Satu", "Asesi Dua"]
    assert [d.severity for d in said.diagnostics if "taken for a signature" in d.message] == ["error"] * 3


def test_a_name_alone_in_its_row_is_told(book: EventBook) -> None:
    """Within the list it may be a person whose data are missing."""
    rows = [["No", "Nama lengkap", "NIK"], [1, "Asesi Satu", "9999010101900001"], [None, "Asesi Dua", None],
            [3, "Asesi Tiga", "9999010101900003"]]  # fmt: skip
    save_list(book.without_candidates().path.with_name("asesi.xlsx"), rows)
    said = book.check()
    assert said.names == ["Asesi Satu", "Asesi Dua", "Asesi Tiga"]
    assert ("warning", "Sheet!B3", "only a name stands in this row") in said.short
    save_list(book.path.with_name("asesi.xlsx"), [["No", "Nama lengkap"], [None, "Asesi Satu"], [None, "Asesi Dua"]])
    assert not [message for _, _, message in book.check().short if message.startswith("only a name")]


def test_a_dash_is_no_name(book: EventBook) -> None:
    """Nor is a dot: told as an error, and kept as long as nobody says whose row it is."""
    said = beside(book, "24-asesi-dash-name").check()
    assert said.names == ["Asesi Satu", "Asesi Dua", "-", "."]
    assert [where for _, where, message in said.short if "mark for an empty cell" in message] == [
        "Asesi!B4",
        "Asesi!B5",
    ]


def test_words_for_an_empty_cell_are_no_names(book: EventBook) -> None:
    """However they are written; a name of few letters is one."""
    marks = ["n/a", "(kosong)", "Nihil", "TIDAK ADA", "??", "***", "….", "belum ada"]
    rows = [["No", "Nama lengkap", "NIK"], *([n, name, ""] for n, name in enumerate(["Ng", *marks, "O. K."], 1))]
    save_list(book.without_candidates().path.with_name("asesi.xlsx"), rows)
    told = [where for _, where, message in book.check().short if "mark for an empty cell" in message]
    assert told == [f"Sheet!B{row}" for row in range(3, 3 + len(marks))]


def test_old_and_strict_workbooks_are_called_what_they_are_or_read(book: EventBook) -> None:
    """An .xls called .xlsx is not called damaged; the Strict kind and names of another system are read."""
    said = beside(book, "25-jadwal-xls-renamed").check()
    assert any("old kind (.xls)" in message for _, _, message in said.short)
    assert not any("damaged" in message for _, _, message in said.short)
    for case in ("06-strict", "09-backslash"):
        said = beside(book, case).check()
        assert any("has no name" in message or "headings" in message or said.names for _, _, message in said.short), (
            case
        )
        assert not any("damaged" in message for _, _, message in said.short)


def test_lists_are_found_however_they_are_capitalised_and_near_names_told(book: EventBook) -> None:
    """`Asesi.xlsx` is the list; `asesi (1).xlsx` is not, and is told."""
    said = beside(book, "23-asesi-signature-block", "Asesi.xlsx").check()
    assert said.names == ["Asesi Satu", "Asesi Dua"]
    book.path.with_name("Asesi.xlsx").rename(book.path.with_name("asesi (1).xlsx"))
    told = [str(d.place).rpartition("/")[2] for d in book.check().diagnostics if "is not read: a list" in d.message]
    assert told == ["asesi (1).xlsx"]
    book.path.with_name("asesi (1).xlsx").rename(book.path.with_name("Daftar Asesi.xlsx"))
    assert ["is not read: a list" in d.message for d in book.check().diagnostics].count(True) == 1


def test_the_sheet_of_the_event_is_found_in_capitals(book: EventBook) -> None:
    """JADWAL is Jadwal."""

    def rename(workbook: Any) -> None:
        workbook["Jadwal"].title = "x"
        workbook["x"].title = "JADWAL"

    assert book.change(rename).check().schedule is not None


@pytest.mark.parametrize("holder", ["~$jadwal.xlsx", ".~lock.jadwal.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_told(book: EventBook, holder: str) -> None:
    """What was typed and not saved yet lies in that program only; nothing else is stopped by it."""
    told = "file is open in " + ("Excel" if holder.startswith("~") else "LibreOffice")
    project, name = KitProject(book.project.root), book.path.parent.name
    assert told not in CliRunner().invoke(cli, ["-C", str(project.root), "event", "check", name]).output
    book.path.with_name(holder).write_bytes(b"x")
    assert told in CliRunner().invoke(cli, ["-C", str(project.root), "event", "check", name]).output

"""Cells that say something else than they seem to: marks, days, hours, names, and sheets of other names."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_books import EventBook, Said, at, keep_candidates, of_event
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kitgen.base.dates import read_date
from kitgen.base.errors import KitgenError
from kitgen.load.event.event import check_event


@pytest.fixture
def book(root: Path, tmp_path: Path) -> EventBook:
    made = EventBook(root, tmp_path / "proyek")
    keep_candidates(made.path, 3)
    return made


def used(book: EventBook, mark: object, heading: str = "Dipakai") -> tuple[tuple[str, ...], list[str]]:
    """The papers in use where paper B is marked so, and what is said of that cell."""
    workbook = openpyxl.load_workbook(book.path)
    sheet = workbook["Pilihan"]
    sheet["B2"], sheet["B4"] = heading, mark
    workbook.save(book.path)
    said = book.check()
    assert said.schedule is not None
    return said.schedule.papers, said.at("Pilihan!B4")


@pytest.mark.parametrize("mark", ["TIDAK", "tdk", "t", "Tidak.", "no", 0, False])
def test_a_paper_is_out_of_use_however_no_is_written(book: EventBook, mark: object) -> None:
    assert used(book, mark) == (("A", "C"), [])


def test_a_mark_that_says_neither_is_told(book: EventBook) -> None:
    for mark in ("ya", "v", None):
        assert used(book, mark) == (("A", "B", "C"), []), mark
    for mark in ("x", "-"):
        papers, told = used(book, mark)
        assert papers == ("A", "B", "C") and told == ["Dipakai says neither ya nor tidak; it is taken for ya"], mark
    for mark in ("=1=2", "#N/A"):
        assert used(book, mark)[1], mark


def test_the_column_of_marks_is_found_however_it_is_headed(book: EventBook) -> None:
    assert used(book, "tidak", "DIPAKAI?") == (("A", "C"), [])


def test_days_of_workbooks_that_count_from_1904(book: EventBook) -> None:
    def change(workbook: Any) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        cell = workbook["Asesi"][at("birth_date").split("!")[1]]
        cell.value, cell.number_format = 31_412, "General"
        workbook["Jadwal"][of_event("start").split("!")[1]].value = datetime.time(8, 30)

    said = book.change(change).check()
    assert said.schedule is not None
    assert said.first.person.birth_date == "1 Januari 1990" and str(said.schedule.facts.time).startswith("08.30")


def test_a_number_of_hours_is_no_time_of_day(book: EventBook) -> None:
    """Typed into a cell in the format of a time, 8 is midnight eight days later, and 26 hours are 02.00."""
    said = book.set({of_event("start"): 8, of_event("end"): datetime.timedelta(hours=26)}).check()
    told = "is a number, or more than 24 hours, and no time"
    assert all(told in said.at(of_event(key))[0] for key in ("start", "end"))
    assert said.schedule is not None and not said.schedule.facts.time


def test_a_day_of_the_week_that_is_not_its_dates_is_told(book: EventBook) -> None:
    said = book.set({of_event("start_date"): "Senin, 3 Maret 2026"}).check()
    assert "names another day of the week" in said.at(of_event("start_date"))[0]
    assert said.schedule is not None and str(said.schedule.facts.start_date) == "3 Maret 2026"
    assert read_date("Jumat, 6 Maret 2026").doubt == read_date("Jum'at 6 Maret 2026").doubt == ""
    assert read_date("Ahad, 8 Maret 2026").doubt == "" and read_date("Ahad, 9 Maret 2026").doubt == "other weekday"


def test_numbers_as_excel_and_other_keyboards_leave_them(book: EventBook) -> None:
    cells = {
        at("phone_mobile", 1): "81234567890", at("phone_mobile", 2): "-", at("phone_mobile", 3): 6281234567890,
        at("phone_home", 1): "٠٢١١٢٣٤٥٦٧", at("postal_code", 1): "١٢٣٤٥", at("email", 2): "--",
    }  # fmt: skip
    said = book.set(cells).check()
    assert said.schedule is not None
    people = [each.person for each in said.schedule.candidates]
    assert [str(each.phone_mobile) for each in people] == ["081234567890", "", "+6281234567890"]
    assert "the leading zero it lost is put back" in said.at(at("phone_mobile", 1))[0]
    assert not said.at(at("phone_mobile", 2)) and not said.at(at("email", 2))
    assert "no telephone number" in said.at(at("phone_home", 1))[0] and not people[0].phone_home
    assert "no postal code" in said.at(at("postal_code", 1))[0] and not people[0].postal_code


def test_names_that_are_none_and_marks_that_are_not_seen(book: EventBook) -> None:
    said = book.set({
        at("name", 1): "Asesi\xad Con\u2060toh\u061c 01", at("name", 2): datetime.datetime(2001, 3, 12),
        at("name", 3): True,
    }).check()  # fmt: skip
    assert said.names[0] == "Asesi Contoh 01" and "control characters" in said.at(at("name", 1))[0]
    for row in (2, 3):
        assert said.at(at("name", row)) == ["the name is a date, or TRUE or FALSE, as Excel made it of what was typed"]


def test_somebody_typed_over_the_example_is_told(book: EventBook) -> None:
    """And the example is known without the column that marks it."""
    said = book.set({"Asesi!B3": "Asesi Contoh 09"}).check()
    assert said.at("Asesi!A3") == ["the row is marked as the example, and holds somebody; it is not read"]
    said = book.set({"Asesi!B3": "Nama Asesi"}).change(lambda workbook: workbook["Asesi"].delete_cols(1)).check()
    assert said.names == ["Asesi Contoh 01", "Asesi Contoh 02", "Asesi Contoh 03"]


def test_one_person_in_two_lists_is_told(book: EventBook) -> None:
    said = book.set({
        at("name", 1): "ASESOR CONTOH 01, S.E.", "Pemeran!B4": "Asesi Contoh 02", "Pemeran!B5": "Asesi Contoh 02",
        "Pemeran!B6": "Asesor Contoh 02", "Pleno!B4": "Asesi Contoh 03", "Asesor!B6": "Asesor Contoh 02",
    }).check()  # fmt: skip
    assert said.at(at("name", 1)) == [
        "the candidate is called as the assessor of row 4: nobody assesses themselves"]  # fmt: skip
    assert said.at(at("name", 2)) == ["the candidate is called as the actor of row 4, who knows the scenes"]
    assert said.at(at("name", 3)) == ["the candidate is called as row 4 of the plenary: nobody decides on themselves"]
    assert said.at("Pemeran!B5") == ["the same name stands in row 4 of the actors"]
    assert "the assessor is called as the actor of row 6" in said.at("Asesor!B5")[0]
    assert "the same name stands in row 5 of the assessors" in said.at("Asesor!B6")[0]


def renamed(book: EventBook, names: Mapping[str, str]) -> Said:
    def change(workbook: Any) -> None:
        for old, new in names.items():
            workbook[old].title = new

    return book.change(change).check()


def test_sheets_of_other_names_are_read_and_told(book: EventBook) -> None:
    """None of them falls away without a word: choices, rooms, actors, codes."""
    book.set({"Pilihan!B4": "tidak", "Ruang!B4": "Melati", "Ruang!C4": "asesmen", "Pemeran!B4": "Pemeran Contoh"})
    names = {"Pilihan": "Pilihan (2)", "Ruang": "Ruangan", "Pemeran": "Aktor", "Asesi": "Daftar Asesi",
             "Jadwal": "Jadwal Uji"}  # fmt: skip
    said = renamed(book, names)
    assert said.schedule is not None and len(said.names) == 3
    assert said.schedule.papers == ("A", "C") and len(said.schedule.rooms) == len(said.schedule.actors) == 1
    told = {str(each.place).rpartition("sheet ")[2]: each.message for each in said.diagnostics}
    for old, new in names.items():
        assert told[new] == f"the workbook has no sheet {old}; this one is read for it"


def test_two_sheets_that_could_be_one_are_not_chosen_from(book: EventBook) -> None:
    def change(workbook: Any) -> None:
        workbook.copy_worksheet(workbook["Asesi"]).title = "Asesi "
        workbook["Asesi "]["B4"] = "Orang Lain"

    said = book.change(change).check()
    assert said.names[0] == "Asesi Contoh 01" and "a second sheet is called Asesi" in said.text()
    said = renamed(book, {"Asesi ": "Daftar Asesi", "Asesi": "Asesi lama"})
    assert said.names == [] and said.text().count("several could be it; none is read") == 2


def test_rooms_and_actors_without_a_name_are_told(book: EventBook) -> None:
    said = book.set({"Ruang!C4": "tes", "Ruang!D4": 20, "Pemeran!C5": "KEL-01"}).check()
    rows = [str(each.place) for each in said.diagnostics if each.message == "the row has no name; it is dropped"]
    assert [row.rpartition("sheet ")[2] for row in rows] == ["Ruang, row 4", "Pemeran, row 5"]


@pytest.mark.parametrize("name", ["jadwal.xlsm", "Jadwal (1).xlsx", "jadwal.ods"])
def test_an_event_whose_workbook_has_another_name_is_found(book: EventBook, name: str) -> None:
    book.path.rename(book.path.with_name(name))
    with pytest.raises(KitgenError) as refused:
        check_event(book.project, "uji")
    assert f"the folder of the event has no jadwal.xlsx, but `{name}`" in str(refused.value)


def test_a_folder_for_a_workbook_is_told(book: EventBook) -> None:
    book.path.unlink()
    book.path.mkdir()
    with pytest.raises(KitgenError, match=r"`jadwal.xlsx` is no file"):
        check_event(book.project, "uji")

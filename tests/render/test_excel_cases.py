"""Workbooks as other programs, Macs and servers write them, and what went wrong with them: each gives the right value.

The workbooks are in `fixtures/excel`; `LibreOffice` works out what formulas come to.
"""

import datetime
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import convert, needs_office
from workbook_rules import faults_of

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template

CASES = Path(__file__).parents[1] / "fixtures" / "excel"
ROWS = [{"n": "r1", "v": 10, "q": 1}, {"n": "r2", "v": 20, "q": 2}, {"n": "r3", "v": 30, "q": 3}]
VALUES: dict[str, Any] = {
    "judul": "Laporan", "tgl": datetime.date(2026, 3, 1), "tahun": 2026, "v": datetime.date(2026, 8, 17), "rows": ROWS,
    "panjang": "p" * 302,
}  # fmt: skip


def made(name: str, values: Mapping[str, Any] = VALUES) -> bytes:
    """A case filled, after every check a finished workbook must pass."""
    data = compile_template(CASES / f"{name}.xlsx", name).render(values)
    assert faults_of(data) == []
    return data


def worked_out(data: bytes, folder: Path) -> Any:
    """The workbook with what LibreOffice works out, as kitgen's own PDFs would print it."""
    (folder / "made.xlsx").write_bytes(data)
    return openpyxl.load_workbook(convert([folder / "made.xlsx"], "xlsx", folder)[0], data_only=True)


def cells(book: Any, sheet: str, *names: str) -> list[Any]:
    return [book[sheet][name].value for name in names]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@needs_office
@pytest.mark.office
def test_no_old_result_is_left_on_any_sheet(tmp_path: Path) -> None:
    """A formula that reaches a filled sheet through another sheet, a name, a table, a whole column or a text."""
    data = made("01-stale-chain")
    for number in (1, 2, 3):
        assert "999" not in part(data, f"xl/worksheets/sheet{number}.xml")
    book = worked_out(data, tmp_path)
    assert cells(book, "B", "A1") == [60]
    assert cells(book, "C", "A1", "A2", "A3", "A4", "A5") == [60, 60, 60, 120, 120]


REPORT = {"A1": "Laporan", "B1": datetime.datetime(2026, 3, 1), "A4": "r1", "B6": 30, "C4": 20, "B7": 60, "C7": 120}


@needs_office
@pytest.mark.office
@pytest.mark.parametrize(
    "name",
    ["02-prefix-x", "03-str-cells", "04-SharedStrings-case", "05-sheet-folder", "07-date1904", "08-workbook2",
     "09-backslash"],
)  # fmt: skip
def test_packages_of_every_kind_are_filled(tmp_path: Path, name: str) -> None:
    """Prefixed, dated from 1904, with parts of other names and folders, with texts where results stand."""
    book = worked_out(made(name), tmp_path)
    assert {cell: book["Data"][cell].value for cell in REPORT} == REPORT


def test_a_strict_workbook_is_called_one() -> None:
    """A kind of its own to save as, which is refused by its name."""
    with pytest.raises(KitgenError, match="Strict Open XML"):
        made("06-strict")


@needs_office
@pytest.mark.office
def test_a_sum_of_one_row_of_two_takes_that_row_only(tmp_path: Path) -> None:
    """Price and discount in one body: the total of each is its own; the range over both takes both."""
    book = worked_out(made("10-two-row-body"), tmp_path)
    assert cells(book, "Data", "B10", "C10", "D10", "E10") == [60, -6, 54, 3]


def test_a_number_after_a_size_in_a_header_is_no_part_of_the_size() -> None:
    """`&12` before 2026 is a size and a year, as long as a blank stands between."""
    assert "<oddHeader>&amp;C&amp;12 2026 ujian</oddHeader>" in part(made("11-header-size"), "xl/worksheets/sheet1.xml")


def test_a_header_longer_than_excel_takes_is_told() -> None:
    """255 characters, counted as Excel counts them."""
    with pytest.raises(KitgenError, match=r"header or footer of [0-9]+ characters; Excel takes 255"):
        made("12-header-255")
    assert "p" * 200 in part(made("12-header-255", VALUES | {"panjang": "p" * 200}), "xl/worksheets/sheet1.xml")


def test_a_date_in_a_general_cell_looks_like_one() -> None:
    """It is a date in Excel, too, in a format of its own."""
    book = openpyxl.load_workbook(io.BytesIO(made("13-date-general")))
    assert book.active["A1"].value == datetime.datetime(2026, 8, 17)
    assert book.active["A1"].number_format == "dd/mm/yyyy"
    assert book.active["B1"].value == "x 2026-08-17 y"


def test_a_link_in_a_looped_row_takes_the_rows_values() -> None:
    """Each iteration has an address of its own; the others stay what they are."""
    book = openpyxl.load_workbook(io.BytesIO(made("14-link-tag")))
    links = {cell.coordinate: (cell.hyperlink.target, cell.hyperlink.location)
             for row in book.active for cell in row if cell.hyperlink}  # fmt: skip
    assert links == {
        "D4": ("http://e.x/r1", None), "D5": ("http://e.x/r2", None), "D6": ("http://e.x/r3", None),
        "E4": (None, "'Data'!A8"), "E5": (None, "'Data'!A8"), "E6": (None, "'Data'!A8"),
        "A9": (None, "Data!A4:B8"), "A10": ("mailto:a@b.c", None),
    }  # fmt: skip


def test_validations_take_values() -> None:
    """The list to choose from, the prompt and the error."""
    book = openpyxl.load_workbook(io.BytesIO(made("15-validation-tag", VALUES | {"judul": 'a "b"'})))
    (rule,) = book.active.data_validations.dataValidation
    assert (rule.formula1, rule.prompt, rule.promptTitle) == ('"a ""b"",b"', 'pilih a "b"', 'a "b"')
    with pytest.raises(KitgenError, match="list to choose from comes to"):
        made("15-validation-tag", VALUES | {"judul": "x" * 300})


def test_a_comment_in_a_looped_row_takes_the_rows_values() -> None:
    """Once in each iteration, with what the loop is at."""
    book = openpyxl.load_workbook(io.BytesIO(made("16-comment-loop")))
    notes = {cell.coordinate: cell.comment.text for row in book.active for cell in row if cell.comment}
    assert notes == {"B4": "catatan r1", "B5": "catatan r2", "B6": "catatan r3", "A8": "bawah"}


def test_rows_past_the_last_one_are_told() -> None:
    """A sheet ends at row 1,048,576."""
    with pytest.raises(KitgenError, match="more than 1048576 rows"):
        made("17-rows-over", {"rows": ROWS * 10})


def test_references_nobody_can_move_are_told() -> None:
    """Through several sheets, on a sheet without tags."""
    warnings = compile_template(CASES / "18-no-warning-3d.xlsx", "x").warnings
    assert [str(found.place) for found in warnings if "several sheets" in found.message] == [
        "x, sheet S3, cell A1", "x, sheet S3, cell A2",
    ]  # fmt: skip


def test_a_number_of_more_digits_than_excel_keeps_is_a_text() -> None:
    """A NIK of 16 digits is printed as it is."""
    book = openpyxl.load_workbook(io.BytesIO(made("19-number-16-digits", {"v": 3201234567890123})))
    assert book.active["A1"].value == "3201234567890123"
    book = openpyxl.load_workbook(io.BytesIO(made("19-number-16-digits", {"v": 320123456789012})))
    assert book.active["A1"].value == 320123456789012


def test_texts_are_measured_as_excel_measures_them() -> None:
    """An emoji counts twice: 20,000 of them are too many for a cell, 16,000 are not."""
    with pytest.raises(KitgenError, match="longer than the 32767 characters"):
        made("20-text-emoji", {"v": "\U0001f600" * 20_000})
    with pytest.raises(KitgenError, match="text of cell B1 is longer"):
        made("20-text-emoji", {"v": "\U0001f600" * 16_382})
    assert made("20-text-emoji", {"v": "\U0001f600" * 16_000})


@needs_office
@pytest.mark.office
def test_ranges_written_backwards_mean_the_same(tmp_path: Path) -> None:
    """`B6:B4` is `B4:B6`, and `C5:B5` is `B5:C5`."""
    book = worked_out(made("21-reversed-range"), tmp_path)
    assert cells(book, "Data", "B7", "C7") == [60, 66]

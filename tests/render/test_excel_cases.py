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


@pytest.mark.parametrize("typed", ["B5:B5", "B5 : B5", "B5 :B5", "B5: B5", "B6 :B4"])
def test_blanks_around_a_colon_part_no_range(tmp_path: Path, typed: str) -> None:
    """Wherever they stand, all rows of the loop are meant."""
    cells = {"A4": "{%tr for r in rows %}", "B5": "{{ r.v }}", "A6": "{%tr endfor %}", "B8": f"=SUM({typed})"}
    data = compile_template(book_of(tmp_path, cells)).render(VALUES)
    assert openpyxl.load_workbook(io.BytesIO(data)).active["B8"].value == "=SUM(B4:B6)"


# Siblings of the cases


def book_of(folder: Path, cells: Mapping[str, object], more: Any = None) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for cell, value in cells.items():
        book.active[cell] = value
    if more is not None:
        more(book)
    book.save(folder / "case.xlsx")
    return folder / "case.xlsx"


BODY = {
    "A4": "{%tr for r in rows %}", "B5": "{{ r.v }}", "B6": "=B5*-0.1", "C5": "=SUM(B$5:B5)", "A7": "{%tr endfor %}",
}  # fmt: skip


@needs_office
@pytest.mark.office
def test_totals_over_bodies_of_several_rows_and_nested_ones(tmp_path: Path) -> None:
    """Running totals, subtotals seen from outside, names, other sheets, over 300 iterations."""
    nested = {
        "E4": "{%tr for g in groups %}", "E5": "{%tr for r in g.rows %}", "F6": "{{ r.v }}", "E7": "{%tr endfor %}",
        "F8": "=SUM(F6:F6)", "E9": "{%tr endfor %}", "F10": "=SUM(F6:F6)", "G10": "=SUM(F8:F8)", "H10": "=MAX($F$8:$F$8)",
    }  # fmt: skip

    def add(book: Any) -> None:
        sheet = book.create_sheet("Bertingkat")
        for cell, value in nested.items():
            sheet[cell] = value
        other = book.create_sheet("Lain")
        other["A1"], other["A2"] = "=SUM(Data!B5:B5)", "=SUM(Data!$B$6:$B$6)"

    cells = BODY | {"B8": "=SUM(B5:B5)", "C8": "=AVERAGE(B6:B6)", "D8": '=COUNTIF(B5:B5,">0")'}
    compiled = compile_template(book_of(tmp_path, cells, add), "x")
    torn = [str(found.place) for found in compiled.warnings if "rows that lie between" in found.message]
    assert torn == ["x, sheet Data, cell D8"]
    groups = [{"rows": [{"v": 1}, {"v": 2}]}, {"rows": [{"v": 4}]}, {"rows": []}]
    rows = [{"v": 10}] * 300
    data = compiled.render({"rows": rows, "groups": groups})
    assert faults_of(data) == []
    book = worked_out(data, tmp_path)
    assert cells_of(book["Data"], "B604", "C604") == [3000, -1]
    assert cells_of(book["Data"], "C4", "C6", "C602") == [10, 20, 3000]
    assert cells_of(book["Bertingkat"], "F11", "G11", "H11") == [7, 7, 4]
    assert cells_of(book["Lain"], "A1", "A2") == [3000, -300]


def cells_of(sheet: Any, *names: str) -> list[Any]:
    return [sheet[name].value for name in names]


def test_a_formula_longer_than_excel_takes_is_told(tmp_path: Path) -> None:
    """A sum that would have to name thousands of rows one by one."""
    compiled = compile_template(book_of(tmp_path, BODY | {"B8": "=SUM(B5:B5)"}))
    with pytest.raises(KitgenError, match="a formula of more than 8192 characters") as caught:
        compiled.render({"rows": [{"v": 1}] * 1_900})
    assert "sheet Data, cell" in str(caught.value.diagnostics[0].place)


@pytest.mark.parametrize(
    ("value", "shown", "number_format"),
    [
        (datetime.date(1900, 3, 1), datetime.datetime(1900, 3, 1), "dd/mm/yyyy"),
        (datetime.date(1900, 2, 28), "1900-02-28", "General"), (datetime.date(1899, 1, 1), "1899-01-01", "General"),
        (datetime.datetime(2026, 3, 1, 8, 30), datetime.datetime(2026, 3, 1, 8, 30), "dd/mm/yyyy hh:mm"),
        (datetime.time(8, 30), datetime.time(8, 30), "hh:mm"),
    ],
)  # fmt: skip
def test_dates_of_every_kind(tmp_path: Path, value: Any, shown: Any, number_format: str) -> None:
    """In cells of no format; what programs count differently stands as text."""
    data = compile_template(book_of(tmp_path, {"A1": "{{ v }}", "A2": "{{ v }}"})).render({"v": value})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (sheet["A1"].value, sheet["A1"].number_format) == (shown, number_format)
    assert sheet["A2"].style_id == sheet["A1"].style_id


def test_a_date_keeps_the_look_of_a_cell_formatted_as_a_number(tmp_path: Path) -> None:
    """Bold stays bold; a format of dates stays what it is, `General` with a colour is none."""

    def formats(book: Any) -> None:
        sheet = book.active
        sheet["A1"].number_format, sheet["A2"].number_format = "0.00", "[Red]General"
        sheet["A3"].number_format, sheet["A4"].number_format = "[$-421]d mmmm yyyy", "@"
        sheet["A1"].font = openpyxl.styles.Font(bold=True)

    path = book_of(tmp_path, {f"A{row}": "{{ v }}" for row in range(1, 5)}, formats)
    sheet = openpyxl.load_workbook(io.BytesIO(compile_template(path).render({"v": datetime.date(2026, 8, 17)}))).active
    assert [sheet[f"A{row}"].number_format for row in range(1, 5)] == [
        "dd/mm/yyyy", "dd/mm/yyyy", "[$-421]d mmmm yyyy", "dd/mm/yyyy",
    ]  # fmt: skip
    assert sheet["A1"].font.bold and {sheet[f"A{row}"].value for row in range(1, 5)} == {datetime.datetime(2026, 8, 17)}


@pytest.mark.parametrize("formula", ["=B5#", "=cmd|'/c calc'!A0"])
def test_formulas_nobody_can_read_are_faults_with_their_place(tmp_path: Path, formula: str) -> None:
    """In cells, names and rules."""
    with pytest.raises(KitgenError, match="formula cannot be read") as caught:
        compile_template(book_of(tmp_path, {"A1": "{{ v }}", "B2": formula}), "x")
    assert str(caught.value.diagnostics[0].place) == "x, sheet Data, cell B2"


def test_a_workbook_without_a_list_of_relations_is_a_fault(tmp_path: Path) -> None:
    """Nothing says where its sheets are."""
    path = book_of(tmp_path, {"A1": "{{ v }}"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "xl/_rels/workbook.xml.rels"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(KitgenError, match="no sheet that can be read"):
        compile_template(path)


@pytest.mark.parametrize(
    ("written", "value", "printed"),
    [("&C&12{{ v }}", "", "&amp;C&amp;12"), ("&C&12{{ w }}{{ v }}", "7", "&amp;C&amp;12 7"), ("&CHal. &P{{ v }}", "-2", "&amp;P -2"),
     ("&C&KFF0000{{ v }}", "2026", "&amp;KFF00002026"), ("&C&12 {{ v }}", "2026", "&amp;12 2026"), ("&C{{ v }}", "2026", "&amp;C2026"),
     ("&C&12{% if v %}5{% endif %}", "x", "&amp;C&amp;12 5<"), ("&C&12{% if not v %}5{% endif %}x", "x", "&amp;C&amp;12x<")],
)  # fmt: skip
def test_codes_of_headers_end_where_the_value_begins(tmp_path: Path, written: str, value: str, printed: str) -> None:
    """A size takes digits, a page number a sum; a colour and a letter do not."""
    import xlsxwriter

    path = tmp_path / "case.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Data").set_header(written)
    book.close()
    data = compile_template(path).render({"v": value, "w": ""})
    assert printed in part(data, "xl/worksheets/sheet1.xml")


def test_a_text_box_that_shows_a_cell_forgets_what_it_showed(tmp_path: Path) -> None:
    """Excel reads the cell; other programs print what was noted, which is old."""
    import xlsxwriter

    path = tmp_path / "case.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    sheet.write("A1", "{{ v }}")
    other = book.add_worksheet("Lain")
    other.insert_textbox("B2", "lama", {"textlink": "=Data!$A$1"})
    other.insert_textbox("B9", "tetap")
    book.close()
    drawing = part(compile_template(path).render({"v": 1}), "xl/drawings/drawing1.xml")
    assert "lama" not in drawing and "tetap" in drawing and "Data!$A$1" in drawing

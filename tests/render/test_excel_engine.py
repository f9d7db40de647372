"""The Excel engine: typed cells, looped rows, and everything that must move with them."""

import datetime
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import convert, needs_office
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kitgen.base.errors import KitgenError
from kitgen.base.holes import BLANK, Missing
from kitgen.render import compile_template
from kitgen.render.excel.formulas import Reference, parse_area, parse_formula

COUNTS = (0, 1, 2, 7)


def template(folder: Path, cells: Mapping[str, object], more: Callable[[Any], None] | None = None) -> Path:
    """A workbook whose first sheet is `Data`; a key such as `Lain!A1` writes to another sheet."""
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for key, value in cells.items():
        sheet, _, cell = key.rpartition("!")
        if sheet and sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet or "Data"][cell] = value
    if more is not None:
        more(book)
    path = folder / "case.xlsx"
    book.save(path)
    return path


def filled(path: Path, values: Mapping[str, object]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(compile_template(path).render(values)))


def rows(count: int) -> dict[str, object]:
    return {"rows": [{"name": f"r{number}", "n": number} for number in range(1, count + 1)]}


def test_a_cell_takes_the_type_of_its_value(tmp_path: Path) -> None:
    """Numbers, dates, truth and text keep their type; a Blank is an empty cell, a Missing its words."""
    path = template(tmp_path, {f"A{row}": f"{{{{ v{row} }}}}" for row in range(1, 9)})
    values = {"v1": 3, "v2": 2.5, "v3": datetime.date(2026, 3, 1), "v4": True, "v5": "teks", "v6": BLANK, "v7": None,
              "v8": Missing("x")}  # fmt: skip
    sheet = filled(path, values).active
    assert [sheet[f"A{row}"].value for row in (1, 2, 4, 5, 6, 7, 8)] == [
        3,
        2.5,
        True,
        "teks",
        None,
        None,
        "[x]",
    ]
    assert sheet["A3"].value == datetime.datetime(2026, 3, 1)
    assert sheet["A3"].number_format == "dd/mm/yyyy"
    assert [sheet[f"A{row}"].data_type for row in (1, 4, 5)] == ["n", "b", "s"]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@a", "0123", "3201234567890123", "<b>&\"'", " tepi ", "a\nb"]
)
def test_text_is_never_a_formula_or_number(tmp_path: Path, text: str) -> None:
    """A text stays the text it is, whatever it looks like."""
    path = template(tmp_path, {"A1": "{{ v }}", "A2": "x {{ v }} y"})
    data = compile_template(path).render({"v": text})
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=False).active
    assert sheet["A1"].value == text
    assert sheet["A2"].value == f"x {text} y"
    assert b"<f>" not in compile_template(path).render_parts({"v": text}).parts["xl/worksheets/sheet1.xml"]


def test_an_open_date_format_of_the_template_is_kept(tmp_path: Path) -> None:
    """A date takes the format its cell has in the template."""

    def formats(book: Any) -> None:
        book.active["A1"].number_format = "dd/mm/yyyy"

    sheet = filled(template(tmp_path, {"A1": "{{ v }}"}, formats), {"v": datetime.date(2026, 3, 1)}).active
    assert sheet["A1"].number_format == "dd/mm/yyyy"
    assert sheet["A1"].value == datetime.datetime(2026, 3, 1)


LOOP = {
    "A1": "atas", "B2": "=SUM(B5:B5)", "A4": "{%tr for row in rows %}", "A5": "{{ row.name }}", "B5": "{{ row.n }}",
    "A6": "{%tr endfor %}", "A7": "Jumlah", "B7": "=SUM(B5:B5)",
}  # fmt: skip


@pytest.mark.parametrize("count", COUNTS)
def test_rows_repeat_and_what_is_below_moves(tmp_path: Path, count: int) -> None:
    """Tag rows go, looped rows come as often as there are items, once and blank for none."""
    sheet = filled(template(tmp_path, LOOP), rows(count)).active
    shown = max(count, 1)
    assert [sheet[f"A{4 + number}"].value for number in range(count)] == [f"r{n}" for n in range(1, count + 1)]
    assert sheet[f"A{4 + shown}"].value == "Jumlah"
    assert sheet[f"B{4 + shown}"].value == f"=SUM(B4:B{3 + shown})"
    assert sheet["B2"].value == f"=SUM(B4:B{3 + shown})"


# Each kind of reference, written where it stands in the template, and what LibreOffice must work out for n rows 1..n.
FORMULAS: list[tuple[str, str, Callable[[int], object]]] = [
    ("D1", "=SUM(B5:B5)", lambda n: n * (n + 1) / 2),
    ("D2", "=SUM(B4:B6)", lambda n: n * (n + 1) / 2),
    ("D3", "=B8*10", lambda n: n * (n + 1) * 5),
    ("D8", "=B5", lambda n: 1 if n else 0),
    ("E8", "=COUNTA(A5:A5)", lambda n: n),
    ("F8", "=SUM(B$5:B$5)+B10", lambda n: n * (n + 1) / 2 + 100),
    ("G8", "=MAX($B$5:$B$5)", lambda n: n),
    ("H8", "=SUMPRODUCT(B5:B5,C5:C5)", lambda n: sum(2 * k * k for k in range(1, n + 1))),
    ("I8", '=COUNTIF(A5:A5,"r*")&" B5"', lambda n: f"{n} B5"),
    ("J8", "=SUM(B:B)-B8-B10", lambda n: n * (n + 1) / 2),
    ("Lain!A1", "=SUM(Data!B5:B5)", lambda n: n * (n + 1) / 2),
    ("Lain!A2", "='Data'!$B$8", lambda n: n * (n + 1) / 2),
    ("Lain!A3", "=SUM(nilai)", lambda n: n * (n + 1) / 2),
]


@needs_office
@pytest.mark.office
def test_libreoffice_works_out_the_numbers_expected(tmp_path: Path) -> None:
    """References above, inside, below, from another sheet and by name, with zero, one and many rows."""
    cells: dict[str, object] = {
        "A4": "{%tr for row in rows %}", "A5": "{{ row.name }}", "B5": "{{ row.n }}", "C5": "=B5*2", "D5": "=SUM(B$5:B5)",
        "E5": "=B5/B$8", "F5": "=B5/SUM($B$5:$B$5)", "G5": "=C5+$B$10", "A6": "{%tr endfor %}", "B8": "=SUM(B5:B5)",
        "B10": 100,
    }  # fmt: skip
    cells |= {cell: formula for cell, formula, _ in FORMULAS}

    def named(book: Any) -> None:
        book.defined_names["nilai"] = DefinedName("nilai", attr_text="Data!$B$5:$B$5")

    compiled = compile_template(template(tmp_path, cells, named))
    files = []
    for count in COUNTS:
        files.append(tmp_path / f"n{count}.xlsx")
        files[-1].write_bytes(compiled.render(rows(count)))
    for count, file in zip(COUNTS, convert(files, "xlsx", tmp_path), strict=True):
        book = openpyxl.load_workbook(file, data_only=True)
        shift = max(count, 1) - 3
        for cell, formula, expected in FORMULAS:
            sheet, _, name = cell.rpartition("!")
            row = int(name[1:])
            found = book[sheet or "Data"][name if sheet or row < 4 else f"{name[0]}{row + shift}"].value
            assert found == expected(count), f"{formula} in {cell} with {count} rows"
        data = book["Data"]
        total = count * (count + 1) / 2
        for number in range(1, count + 1):
            row = 3 + number
            assert [data[f"{column}{row}"].value for column in "BCDG"] == [
                number, 2 * number, number * (number + 1) / 2, 2 * number + 100,
            ]  # fmt: skip
            assert data[f"E{row}"].value == pytest.approx(number / total)
            assert data[f"F{row}"].value == pytest.approx(number / total)


def test_nested_loops_have_subtotals_of_their_own(tmp_path: Path) -> None:
    """A range inside an outer loop means that iteration's rows only."""
    cells = {
        "A1": "{%tr for group in groups %}", "A2": "{{ group.name }}", "A3": "{%tr for n in group.numbers %}",
        "B4": "{{ n }}", "A5": "{%tr endfor %}", "A6": "Subtotal", "B6": "=SUM(B4:B4)", "A7": "{%tr endfor %}",
        "A8": "Total", "B8": "=SUM(B4:B6)/2",
    }  # fmt: skip
    groups = [{"name": "a", "numbers": [1, 2, 3]}, {"name": "b", "numbers": [10]}, {"name": "c", "numbers": []}]
    sheet = filled(template(tmp_path, cells), {"groups": groups}).active
    formulas = [cell.value for cell in sheet["B"] if str(cell.value).startswith("=")]
    assert formulas == ["=SUM(B2:B4)", "=SUM(B7:B7)", "=SUM(B10:B10)", "=SUM(B2:B5,B7:B8,B10:B11)/2"]


def test_rules_merges_and_print_areas_move(tmp_path: Path) -> None:
    """Validations and formats grow with the loop, merged cells below move, those inside come once per row."""

    def rules(book: Any) -> None:
        sheet = book.active
        validation = DataValidation(type="list", formula1='"a,b"')
        sheet.add_data_validation(validation)
        validation.add("C5:C5")
        sheet.conditional_formatting.add(
            "A5:C5", FormulaRule(formula=["$B5>$B$7"], fill=PatternFill("solid", bgColor="FF0000"))
        )
        sheet.merge_cells("D5:E5")
        sheet.merge_cells("A7:C7")
        sheet.print_area = "A1:E7"
        sheet.print_title_rows = "1:2"
        sheet.auto_filter.ref = "A3:C5"

    cells = dict(LOOP) | {"D5": "{{ row.name }}"}
    del cells["B7"]
    book = filled(template(tmp_path, cells, rules), rows(3))
    sheet = book.active
    assert {str(area) for area in sheet.merged_cells.ranges} == {"D4:E4", "D5:E5", "D6:E6", "A7:C7"}
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["C4:C6"]
    (formatting,) = sheet.conditional_formatting
    assert str(formatting.sqref) == "A4:C6"
    assert formatting.rules[0].formula == ["$B4>$B$7"]
    assert sheet.print_area == "'Data'!$A$1:$E$7"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.auto_filter.ref == "A3:C6"


def test_shared_formulas_and_old_results_are_taken_apart(tmp_path: Path) -> None:
    """A formula shared by cells is given to each of them, and no old result is kept."""
    from harness import rewrite_parts

    path = template(tmp_path, {"A1": 1, "B1": "=A1*2", "B2": "x", "A4": "{%tr for row in rows %}", "A5": "{{ row.n }}",
                               "A6": "{%tr endfor %}"})  # fmt: skip

    def share(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        text = content.decode().replace("<f>A1*2</f><v></v>", '<f t="shared" si="0" ref="B1:B2">A1*2</f><v>7</v>')
        text = text.replace("<f>A1*2</f><v/>", '<f t="shared" si="0" ref="B1:B2">A1*2</f><v>7</v>')
        start = text.index('<c r="B2"')
        end = text.index("</c>", start)
        return (text[:start] + '<c r="B2"><f t="shared" si="0"/><v>9</v>' + text[end:]).encode()

    rewrite_parts(path, share)
    made = compile_template(path).render_parts(rows(1)).parts["xl/worksheets/sheet1.xml"].decode()
    assert "<f>A1*2</f>" in made and "<f>A2*2</f>" in made
    assert "shared" not in made and "<v>7</v>" not in made and "<v>9</v>" not in made


def test_headers_of_sheets_take_values(tmp_path: Path) -> None:
    """Header and footer are filled; an ampersand in a value is no code of Excel's."""

    def footer(book: Any) -> None:
        book.active.oddFooter.left.text = "{{ name }}"

    sheet = filled(template(tmp_path, {"A1": "x"}, footer), {"name": "A & B"}).active
    assert "A && B" in sheet.HeaderFooter.oddFooter.left.text or sheet.oddFooter.left.text in ("A & B", "A && B")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"A1": "{%tr for row in rows %}", "A2": "x"}, "never closed"),
        ({"A1": "{%tr for row in rows %}", "B1": "x", "A2": "{%tr endfor %}"}, "something else stands in it"),
        ({"A1": "{%tr for row in rows %}{%tr endfor %}"}, "two tags stand in one row"),
        ({"A1": "{%tc for row in rows %}"}, "never closed"),
        ({"A1": "{%p for row in rows %}"}, "only whole rows and columns"),
        ({"A1": "{{ row"}, "not closed"),
        ({"A1": "{{ a | tiada }}"}, "no filter"),
        ({"A1": "=SUM({{ a }})"}, "formula holds a tag"),
        ({"A1": "{% for x in y %}", "A2": "{% endfor %}"}, "another"),
    ],
)
def test_faults_are_told_with_sheet_and_cell(tmp_path: Path, cells: dict[str, object], message: str) -> None:
    """A broken tag names its sheet and cell."""
    with pytest.raises(KitgenError) as caught:
        compile_template(template(tmp_path, cells))
    problem = caught.value.diagnostics[0]
    assert message in problem.message
    assert "sheet Data" in str(problem.place)


def test_a_missing_value_names_its_cell(tmp_path: Path) -> None:
    """A value that is not given is told with its cell, all of them at once."""
    path = template(tmp_path, {"A1": "{{ a }}", "B2": "{{ b }} c"})
    with pytest.raises(KitgenError) as caught:
        compile_template(path).render({})
    assert [str(problem.place) for problem in caught.value.diagnostics] == [
        f"{path}, sheet Data, cell A1", f"{path}, sheet Data, cell B2",
    ]  # fmt: skip


def test_references_are_found_and_texts_left_alone() -> None:
    """Only what is a reference to rows is taken for one."""
    assert parse_area("$A$1:B$2") == Reference("", "$A", 1, True, "B", 2, True)
    assert parse_area("'Lain lagi'!C3") == Reference("'Lain lagi'!", "C", 3, False)
    assert parse_area("3:4") == Reference("", "", 3, False, "", 4, False)
    assert [parse_area(text) for text in ("A:B", "nilai", "A", "TRUE", "1")] == [None] * 5
    pieces = parse_formula('IF(A1="B2",LOG10(C3),nama)')
    assert [piece for piece in pieces if isinstance(piece, Reference)] == [
        Reference("", "A", 1, False), Reference("", "C", 3, False),
    ]  # fmt: skip


def test_rows_with_wrapped_text_are_as_high_as_their_text(tmp_path: Path) -> None:
    """A looped row with wrapped text gets a height for it, which Excel may still fit."""
    from openpyxl.styles import Alignment

    def wrap(book: Any) -> None:
        book.active["A2"].alignment = Alignment(wrap_text=True)
        book.active.column_dimensions["A"].width = 20

    path = template(tmp_path, {"A1": "{%tr for t in texts %}", "A2": "{{ t }}", "A3": "{%tr endfor %}"}, wrap)
    sheet = filled(path, {"texts": ["pendek", "panjang " * 20]}).active
    assert sheet.row_dimensions[1].height < 20 < 90 < sheet.row_dimensions[2].height

"""Large and odd sheets: the work grows as what is in them, and a reference that reads the same is spelled once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from steps import steps_of

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template
from kitgen.render.excel.formulas import parse_formula
from kitgen.render.excel.layout import Layout
from kitgen.render.excel.sheet_references import SheetReferences

FOR, END = "{%tr for row in rows %}", "{%tr endfor %}"
VALUES = {"rows": [1, 2, 3], "columns": [1, 2, 3]}


def book_of(path: Path, fill: Callable[[Any], None]) -> Path:
    """A workbook with one sheet, filled."""
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(path)
    return path


def looped(sheet: Any, first: int) -> None:
    """One looped row, from row `first` on."""
    sheet[f"A{first}"], sheet[f"A{first + 1}"], sheet[f"A{first + 2}"] = FOR, "{{ row }}", END


def growing_formulas(sheet: Any, count: int) -> None:
    looped(sheet, 1)
    for row in range(4, 4 + count):
        sheet[f"B{row}"] = f"=SUM(A2:A{row})"


def formulas_below_loops(sheet: Any, count: int) -> None:
    for number in range(count):
        looped(sheet, 4 * number + 1)
        sheet[f"A{4 * number + 4}"] = f"=SUM(A2:A{4 * number + 2})"


def conditional_formats(sheet: Any, count: int) -> None:
    sheet["A1"] = FOR
    for row in range(2, 2 + count):
        sheet[f"A{row}"] = "{{ row }}"
        sheet.conditional_formatting.add(f"A{row}", FormulaRule(formula=[f"A{row}>1"]))
    sheet[f"A{count + 2}"] = END


def rows_that_may_go(sheet: Any, count: int) -> None:
    sheet["A1"], sheet["A2"], sheet["A3"] = "{%tr if rows %}", "x", "{%tr endif %}"
    for row in range(4, 4 + count):
        sheet[f"B{row}"] = f"=SUM(A2:A{row})"


def notes(sheet: Any, count: int) -> None:
    sheet["A1"] = FOR
    for row in range(2, 2 + count):
        sheet[f"B{row}"].comment = Comment("Catatan {{ row }}", "x")
    sheet[f"A{count + 2}"] = END


def far_columns(sheet: Any, count: int) -> None:
    sheet["A1"], sheet["B1"], sheet["C1"] = "{%tc for column in columns %}", "{{ column }}", "{%tc endfor %}"
    for row in range(1, 20):
        sheet.cell(row, 3 + count, "jauh")


def arguments(sheet: Any, count: int) -> None:
    looped(sheet, 1)
    sheet["B4"] = "=SUM(" + ",".join(f"A2:B{2 + number % 3}" for number in range(count)) + ")"


@pytest.mark.parametrize(
    "fill",
    [growing_formulas, formulas_below_loops, conditional_formats, rows_that_may_go, notes, far_columns, arguments],
)
def test_work_grows_as_the_sheet_does(tmp_path: Path, fill: Callable[[Any, int], None]) -> None:
    """Twice as much in a sheet is at most twice the work, and a little."""

    def work(count: int) -> int:
        parse_formula.__globals__["_parsed"].cache_clear()
        path = book_of(tmp_path / f"{count}.xlsx", lambda sheet: fill(sheet, count))
        return steps_of(lambda: compile_template(path).render(VALUES))

    work(3)
    small, large = work(150), work(300)
    assert large < 2.2 * small


def test_a_column_loop_costs_nothing_for_columns_that_hold_nothing(tmp_path: Path) -> None:
    """A stray cell in the last column is told of; it is no reason to go through all columns in each row."""
    path = book_of(tmp_path / "far.xlsx", lambda sheet: far_columns(sheet, 16_381))
    compiled = compile_template(path)
    assert sum(len(part.lines) for part in compiled.parts) < 300
    with pytest.raises(KitgenError, match="more than 16384 columns"):
        compiled.render({"columns": [1] * 5})


def test_a_reference_that_reads_the_same_is_spelled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """References to another sheet, and those with a `$`, are spelled once for all rows and columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rekap"
    sheet["A1"], sheet["A2"], sheet["A3"] = FOR, "=SUM(Data!B2:B4)+Data!C9+B$7+SUM(B$6:B$7)", END
    data = book.create_sheet("Data")
    looped(data, 2)
    book.save(tmp_path / "rekap.xlsx")
    compiled = compile_template(tmp_path / "rekap.xlsx")
    spelled: list[object] = []
    text = SheetReferences._text

    def counted(self: SheetReferences, wanted: Any, seen_from: int | None, here: Layout | None) -> str:
        spelled.append(wanted)
        return text(self, wanted, seen_from, here)

    monkeypatch.setattr(SheetReferences, "_text", counted)
    made = compiled.render_parts({"rows": list(range(50))}).parts["xl/worksheets/sheet1.xml"].decode()
    assert len(spelled) == 4
    assert made.count("<f>SUM(Data!B2:B51)+Data!C56+B$54+SUM(B$53:B$54)</f>") == 50


def test_fixed_cells_of_a_looped_row_are_printed_at_once(tmp_path: Path) -> None:
    """Between two values a row is one piece, however many cells and numbers stand in it."""

    def fill(sheet: Any) -> None:
        looped(sheet, 1)
        for column in range(2, 30):
            sheet[f"{get_column_letter(column)}2"] = f"=SUM(A2:{get_column_letter(column - 1)}2)"

    template = compile_template(book_of(tmp_path / "row.xlsx", fill))
    part = next(part for part in template.parts if part.name == "xl/worksheets/sheet1.xml")
    state = template.environment.state

    def pieces(count: int) -> int:
        values = {"rows": [1] * count}
        state.start(values, {each.name: each.lines for each in template.parts})
        layout = next(each for each in template.parts if each.is_layout)
        list(layout.template.root_render_func(layout.template.new_context(values)))
        found = len(list(part.template.root_render_func(part.template.new_context(values))))
        state.start({}, {})
        return found

    assert pieces(20) - pieces(10) <= 50
    assert "<f>SUM(A21:AB21)</f>" in template.render_parts({"rows": [1] * 25}).parts[part.name].decode()


def test_a_note_on_a_row_of_tags_is_told(tmp_path: Path) -> None:
    """A note with a tag on the row of a loop's tag would vanish with it."""

    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["A2"], sheet["A6"] = FOR, "{{ row }}", END
        looped(sheet, 3)
        sheet["B3"].comment = Comment("Catatan {{ row }}", "x")

    with pytest.raises(KitgenError, match="belongs to a row that holds a tag"):
        compile_template(book_of(tmp_path / "note.xlsx", fill))

"""References of every kind, seen from every place, over no, one and many looped rows: LibreOffice works them out."""

import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import convert, needs_office
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from workbook_rules import faults_of

from kitgen.render import compile_template

COUNTS = (0, 1, 5)
ABOVE, BELOW = 100, 1000
"""B2 and B8 hold a number each; B5 is the looped row with 1, 2, 3 ..."""

# How a reference is written, and which of the looped numbers it means: of the `same` iteration inside the loop and the
# `first` from outside, `first` from anywhere, `all`, those `up to` its own, `from` its own on; `span`: and what is around.
KINDS: dict[str, str] = {
    "B5": "same", "$B5": "same", "B$5": "first", "$B$5": "first",
    "SUM(B5:B5)": "same range", "SUM($B5:$B5)": "same range", "SUM($B$5:$B$5)": "all", "SUM(B$5:B$5)": "all",
    "SUM(B$5:B5)": "up to", "SUM($B$5:$B5)": "up to", "SUM(B5:B$5)": "from",
    "SUM(B4:B6)": "same range", "SUM(B2:B8)": "span", "SUM($B$2:$B$8)": "span", "SUM(B2:B5)": "above and all",
    "SUM(B5:B8)": "all and below", "SUM(B:B)": "span", "SUM($B:$B)": "span",
    "B2": "above", "$B$2": "above", "B8": "below", "B$8": "below", "$B$8": "below", "SUM(B2:B2,B8)": "around",
    "SUM(B1:INDEX(B:B,2))": "above", "SUM(semua)": "all", "satu": "first", "SUM(sekitar)": "span",
    "SUM((B2,B5:B5,B8))": "same around",
}  # fmt: skip
BANDS = {"SUM(5:5 B:B)": "all", "SUM($5:$5 B:B)": "all", "SUM(2:8 B:B)": "span", "SUM($2:$8 $B:$B)": "span"}
"""Whole rows hold the cell of a formula inside, so these are seen from outside only."""
POSITIONS = ("above", "inside", "below", "other")


def meant(kind: str, numbers: Sequence[int], own: int | None) -> float:
    """What a reference comes to; `own` is the position of its iteration, None outside of the loop."""
    first = numbers[0] if numbers else 0
    here = numbers[own] if own is not None and numbers else 0
    total = sum(numbers)
    outside = own is None
    return {
        "same": first if outside else here, "first": first, "same range": total if outside else here, "all": total,
        "up to": total if outside else sum(numbers[: (own or 0) + 1]), "from": total if outside else sum(numbers[own:]),
        "span": ABOVE + total + BELOW, "above and all": ABOVE + total, "all and below": total + BELOW, "above": ABOVE,
        "below": BELOW, "around": ABOVE + BELOW, "same around": ABOVE + (total if outside else here) + BELOW,
    }[kind]  # fmt: skip


def cases(position: str) -> dict[str, str]:
    """The formulas seen from a place, by how they are written there."""
    kinds = KINDS if position == "inside" else KINDS | BANDS
    if position != "other":
        return kinds | {
            "Data!B5": "same",
            "SUM('Data'!$B$5:$B$5)": "all",
            "SUM('Lain lagi'!B3:B3)": "all",
            "'Lain lagi'!B3": "first",
        }
    return {qualified(formula): kind for formula, kind in kinds.items()} | {
        "SUM('Data'!B5:B5)": "all",
        "SUM(Data!B5:Data!B5)": "all",
    }


def qualified(formula: str) -> str:
    """The same with the sheet before each of its references."""
    names = ("SUM", "INDEX", "semua", "satu", "sekitar", "2")
    pieces = [piece for piece in re.split(r"([(), ])", formula) if piece]
    return "".join(piece if piece in names or piece in "(), " else f"Data!{piece}" for piece in pieces)


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    data, other = book.active, book.create_sheet("Lain lagi")
    data.title = "Data"
    data["B2"], data["B8"] = ABOVE, BELOW
    for sheet, row in ((data, 4), (other, 2)):
        sheet[f"A{row}"], sheet[f"B{row + 1}"], sheet[f"A{row + 2}"] = (
            "{%tr for n in numbers %}",
            "{{ n }}",
            "{%tr endfor %}",
        )
    for position, sheet, row in (("above", data, 1), ("inside", data, 5), ("below", data, 9), ("other", other, 6)):
        for column, formula in enumerate(cases(position), 8):
            sheet[f"{get_column_letter(column)}{row}"] = f"={formula}"
    for name, text in {"semua": "Data!$B$5:$B$5", "satu": "Data!$B$5", "sekitar": "Data!$B$2:$B$8"}.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Any]:
    folder = tmp_path_factory.mktemp("references")
    compiled = compile_template(workbook(folder / "template.xlsx"))
    files = [folder / f"n{count}.xlsx" for count in COUNTS]
    for count, file in zip(COUNTS, files, strict=True):
        file.write_bytes(compiled.render({"numbers": list(range(1, count + 1))}))
        assert faults_of(file.read_bytes()) == []
    books = [openpyxl.load_workbook(file, data_only=True) for file in convert(files, "xlsx", folder)]
    return dict(zip(COUNTS, books, strict=True))


@needs_office
@pytest.mark.office
@pytest.mark.parametrize(("position", "count"), list(itertools.product(POSITIONS, COUNTS)))
def test_a_reference_means_what_its_writer_meant(worked_out: Mapping[int, Any], position: str, count: int) -> None:
    """Relative, `$`, ranges, whole columns and rows, other sheets, names: from above, inside, below, elsewhere."""
    book, numbers = worked_out[count], list(range(1, count + 1))
    shown = max(count, 1)
    top = {"above": 1, "inside": 4, "below": 6 + shown, "other": 3 + shown}[position]
    sheet = book["Lain lagi" if position == "other" else "Data"]
    found, expected = {}, {}
    for own in range(shown) if position == "inside" else (None,):
        for column, (formula, kind) in enumerate(cases(position).items(), 8):
            found[formula, own] = sheet.cell(top + (own or 0), column).value or 0
            expected[formula, own] = meant(kind, numbers, own)
    assert found == expected


DEEP = {
    "A1": "{%tr for region in regions %}", "A2": "{{ region.name }}",
    "A3": "{%tr for shop in region.shops %}", "A4": "{{ shop.name }}", "B4": "=SUM(B6:B7)",
    "A5": "{%tr for sale in shop.sales %}", "A6": "jual", "B6": "{{ sale }}", "C6": "=B6/B$12", "A7": "pajak", "B7": "=B6/10",
    "A8": "{%tr endfor %}", "A9": "Subtotal", "B9": "=SUM(B6:B7)", "C9": "=B9-B4", "A10": "{%tr endfor %}",
    "A11": "Wilayah", "B11": "=SUMIF(A4:A9,\"jual\",B4:B9)", "D11": "=COUNTIF(A4:A9,\"Subtotal\")",
    "A13": "{%tr endfor %}", "A14": "Semua", "B14": "=SUMIF(A2:A11,\"jual\",B2:B11)", "C14": "=SUM(D2:D12)",
}  # fmt: skip


@needs_office
@pytest.mark.office
def test_loops_three_deep_have_subtotals_of_their_own(tmp_path: Path) -> None:
    """Blocks of several rows, loops in loops, over nothing at each depth: every subtotal is of its own rows."""
    book = openpyxl.Workbook()
    for cell, value in DEEP.items():
        book.active[cell] = value
    book.save(tmp_path / "deep.xlsx")
    compiled = compile_template(tmp_path / "deep.xlsx")
    regions = [
        [("u", [("a", [10, 20]), ("b", [])]), ("v", []), ("w", [("c", [5])])], [], [("u", [("a", [1, 2, 3, 4])])],
    ]  # fmt: skip
    files = []
    for number, given in enumerate(regions):
        files.append(tmp_path / f"d{number}.xlsx")
        shops = [
            {"name": name, "shops": [{"name": shop, "sales": sales} for shop, sales in held]} for name, held in given
        ]
        files[-1].write_bytes(compiled.render({"regions": shops}))
        assert faults_of(files[-1].read_bytes()) == []
    for given, file in zip(regions, convert(files, "xlsx", tmp_path), strict=True):
        sheet = openpyxl.load_workbook(file, data_only=True).active
        lines = [tuple(cell.value for cell in row[:4]) for row in sheet.iter_rows()]
        sums = [sum(sales) for _, shops in given for _, sales in shops]
        assert [line[1] for line in lines if line[0] == "Subtotal" and line[1]] == pytest.approx(
            [1.1 * s for s in sums if s]
        )
        assert all(abs(line[2]) < 1e-9 for line in lines if line[0] == "Subtotal")
        assert [line[1] for line in lines if line[0] == "Wilayah"] == [
            sum(sum(sales) for _, sales in shops) for _, shops in given
        ] or not given  # fmt: skip
        assert [line[3] for line in lines if line[0] == "Wilayah"] == [
            max(1, len(shops)) for _, shops in given
        ] or not given
        assert [line[1] for line in lines if line[0] == "Semua"] == [sum(sums)]

"""No tag of a template is left unfilled: wherever it stands, it is filled, or refused with its place."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from harness import rewrite_parts
from workbook_rules import faults_of

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template

LOOP = {"A4": "{%tr for row in rows %}", "A5": "{{ row.n }}", "B5": "{{ row.v }}", "A6": "{%tr endfor %}"}
VALUES = {"x": "NILAI", "rows": [{"n": f"n{number}", "v": number} for number in (1, 2, 3)]}
Make = Callable[[Any, Any], object]


def template(folder: Path, make: Make, loop: bool) -> Path:
    path = folder / "template.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    for cell, text in (LOOP if loop else {"A1": "x"}).items():
        sheet.write(cell, text)
    make(book, sheet)
    book.close()
    return path


def chart(book: Any, sheet: Any, **series: Any) -> None:
    made = book.add_chart({"type": "column"})
    made.add_series({"values": "=Data!$B$5:$B$5", **series})
    made.set_title({"name": "judul {{ x }}"})
    sheet.insert_chart("H2", made)


FILLED: dict[str, Make] = {
    "header": lambda book, sheet: sheet.set_header("&L{{ x }}"),
    "footer of the first page": lambda book, sheet: sheet.set_footer("&R{{ x }}"),
    "comment": lambda book, sheet: sheet.write_comment("A9", "{{ x }}"),
    "text box": lambda book, sheet: sheet.insert_textbox("D9", "{{ x }}"),
    "alternative text": lambda book, sheet: sheet.insert_textbox("D9", "a", {"description": "{{ x }}"}),
    "title of a chart": lambda book, sheet: chart(book, sheet),
    "name of a series": lambda book, sheet: chart(book, sheet, name="{{ x }}"),
    "address of a link": lambda book, sheet: sheet.write_url("A9", "https://a.example/{{ x }}"),
    "tip of a link": lambda book, sheet: sheet.write_url("A9", "internal:Data!A1", tip="{{ x }}"),
    "list to choose from": lambda book, sheet: sheet.data_validation(
        "A9", {"validate": "list", "source": ["{{ x }}", "b"], "input_message": "{{ x }}", "error_message": "{{ x }}"}),
    "text of a format": lambda book, sheet: sheet.conditional_format(
        "A9", {"type": "text", "criteria": "containing", "value": "{{ x }}", "format": book.add_format()}),
    "formula of a format": lambda book, sheet: sheet.conditional_format(
        "A9", {"type": "formula", "criteria": '=$A9="{{ x }}"', "format": book.add_format()}),
    "rich text": lambda book, sheet: sheet.write_rich_string("A9", "a ", book.add_format({"bold": True}), "{{ x", " }}"),
    "property": lambda book, sheet: book.set_properties({"title": "{{ x }}"}),
}  # fmt: skip

REFUSED: dict[str, Make] = {
    "name": lambda book, sheet: book.define_name("n", '="{{ x }}"'),
    "formula": lambda book, sheet: sheet.write_formula("A9", '="{{ x }}"'),
    "header of a table": lambda book, sheet: sheet.add_table(
        "D9:E10", {"columns": [{"header": "{{ x }}"}, {"header": "b"}]}),
    "series name of a filter": lambda book, sheet: (sheet.autofilter("D9:D12"), sheet.filter_column("D", "x == {{y}}")),
}  # fmt: skip


@pytest.mark.parametrize("loop", [False, True])
@pytest.mark.parametrize("kind", FILLED)
def test_a_tag_is_filled_wherever_it_stands(tmp_path: Path, kind: str, loop: bool) -> None:
    """On sheets that move and on those that stay."""
    data = compile_template(template(tmp_path, FILLED[kind], loop)).render(VALUES)
    assert faults_of(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert whole.count(b"NILAI") >= 1
    assert b"%7B%7B" not in whole.upper()


@pytest.mark.parametrize("loop", [False, True])
@pytest.mark.parametrize("kind", REFUSED)
def test_a_tag_nobody_fills_is_refused(tmp_path: Path, kind: str, loop: bool) -> None:
    """With its place and what to do."""
    with pytest.raises(KitgenError, match="tag") as caught:
        compile_template(template(tmp_path, REFUSED[kind], loop))
    assert all(found.place is not None and found.help for found in caught.value.diagnostics)


@pytest.mark.parametrize("name", ["customXml/item1.xml", "xl/persons/person.xml", "xl/worksheets/sheet1.xml"])
def test_a_tag_in_any_other_part_is_refused(tmp_path: Path, name: str) -> None:
    """The guard looks at parts nobody thought of; in a part that is made anew at what is copied."""
    path = template(tmp_path, lambda book, sheet: sheet.set_footer("x"), True)
    if name.startswith("xl/worksheets"):
        rewrite_parts(path, lambda part, content: content.replace(b"<sheetPr", b"<sheetPr").replace(
            b"<sheetFormatPr", b'<sheetFormatPr note="{{ x }}"') if part == name else content)  # fmt: skip
    else:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "<a>{{ x }}</a>")
    with pytest.raises(KitgenError, match="a tag stands where none is filled") as caught:
        compile_template(path)
    assert name in str(caught.value.diagnostics[0].place)


def test_a_value_that_looks_like_a_tag_is_printed_as_typed(tmp_path: Path) -> None:
    """In a cell, a comment, a header and the address of nothing."""

    def make(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{ x }}")
        sheet.write_comment("A1", "{{ x }}")
        sheet.data_validation("A2", {"validate": "list", "source": ["{{ x }}"]})

    parts = compile_template(template(tmp_path, make, False)).render_parts(VALUES | {"x": "{{y}}"}).all_parts()
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b">{{y}}</t>" in sheet and b'<formula1>"{{y}}"</formula1>' in sheet
    assert b"{{y}}" in parts["xl/comments1.xml"]


@pytest.mark.parametrize("seed", range(25))
def test_templates_with_tags_anywhere_are_filled_or_refused(tmp_path: Path, seed: int) -> None:
    """Random templates of all these kinds, with and without loops: never a tag left, never an element lost."""
    chance = random.Random(seed)
    kinds = chance.sample(sorted(FILLED), chance.randint(1, 6))
    spoiled = chance.random() < 0.3
    if spoiled:
        kinds.append(chance.choice(sorted(REFUSED)))
    kinds = [kind for kind in kinds if not ({"title of a chart"} & set(kinds) and kind == "name of a series")]
    of_a9 = [kind for kind in kinds if kind in ("address of a link", "tip of a link", "rich text", "formula")]

    def make(book: Any, sheet: Any) -> None:
        for kind in kinds:
            if kind not in of_a9[1:]:
                (FILLED | REFUSED)[kind](book, sheet)

    path = template(tmp_path, make, chance.random() < 0.5)
    try:
        data = compile_template(path).render(VALUES)
    except KitgenError:
        assert spoiled
        return
    assert faults_of(data) == []
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        assert set(before.namelist()) - set(after.namelist()) <= {"xl/calcChain.xml"}
        for tag in (b"<xdr:pic>", b"<c:ser>", b"<dataValidation ", b"<cfRule ", b"<hyperlink ", b"<comment "):
            counted = [sum(archive.read(name).count(tag) for name in archive.namelist()) for archive in (before, after)]
            assert counted[0] <= counted[1]


def test_a_sheet_cannot_be_repeated_in_word(tmp_path: Path) -> None:
    """Told with its place, as any tag Word has no place for."""
    import docx

    document = docx.Document()
    document.add_paragraph("{%sheet for x in y %}")
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(KitgenError, match="only a workbook has sheets"):
        compile_template(tmp_path / "a.docx")


@pytest.mark.fragments  # holds what reads as a tag, on purpose
def test_braces_meant_as_text_are_printed_in_any_cell(tmp_path: Path) -> None:
    """`{_{` is the braces themselves, with tags beside it or without; a blank between braces is told."""
    book = openpyxl.Workbook()
    sheet = book.active
    for cell, text in {"A1": "{_{ x }_}", "A2": "{_% if %_} {{ x }}", "A3": "{ { x } }"}.items():
        sheet[cell] = text
    book.save(tmp_path / "t.xlsx")
    template = compile_template(tmp_path / "t.xlsx")
    made = openpyxl.load_workbook(io.BytesIO(template.render({"x": 1}))).active
    assert [made[cell].value for cell in ("A1", "A2", "A3")] == ["{{ x }}", "{% if %} 1", "{ { x } }"]
    (warning,) = template.warnings
    assert warning.place is not None and warning.place.spot.endswith("cell A3")


def test_a_formula_that_names_a_row_or_column_of_tags_is_told(tmp_path: Path) -> None:
    """It goes, and what follows takes its place: the formula's own row, perhaps. Ranges and rows that stay are not told."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    texts = {"B2": 100, **LOOP, "C5": "=C4+B5", "D5": "=SUM(B4:B6)", "E5": "=B2+SUM(B$5:B5)", "C7": "=$C$6", "D7": "=B5",
             "E7": "=SUM(B4:B6)"}  # fmt: skip
    for cell, text in texts.items():
        sheet[cell] = text
    other = book.create_sheet("Lain")
    other["A1"], other["A2"] = "=Data!C4", "=Data!C5"
    wide = book.create_sheet("Lebar")
    for cell, text in {"A1": "{%tc for row in rows %}", "B1": "{{ row.v }}", "C1": "{%tc endfor %}", "B2": "=A2+1",
                       "D2": "=B2"}.items():  # fmt: skip
        wide[cell] = text
    book.save(tmp_path / "t.xlsx")
    told = [found.place for found in compile_template(tmp_path / "t.xlsx").warnings if "of tags" in found.message]
    assert [(place.spot, place.text) for place in told if place] == [
        ("sheet Data, cell C5", "C4"), ("sheet Data, cell C7", "$C$6"), ("sheet Lain, cell A1", "Data!C4"),
        ("sheet Lebar, cell B2", "A2"),
    ]  # fmt: skip

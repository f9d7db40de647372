"""What is repeated besides rows: columns, whole sheets, tables; pictures and check boxes in looped rows."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from check_boxes import add_check_box
from lxml import etree
from office import convert, needs_office
from workbook_rules import faults_of

from kitgen.base.errors import KitgenError
from kitgen.base.holes import BLANK
from kitgen.render import compile_template

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
Make = Callable[[Any, Any], object]


def template(folder: Path, sheets: Mapping[str, Mapping[str, object]], make: Make = lambda book, sheet: None) -> Path:
    """A workbook of these sheets; `make` is given the first."""
    path = folder / "template.xlsx"
    book = xlsxwriter.Workbook(str(path))
    made = [book.add_worksheet(name) for name in sheets]
    for sheet, cells in zip(made, sheets.values(), strict=True):
        for cell, value in cells.items():
            sheet.write(cell, value)
    make(book, made[0])
    book.close()
    return path


def filled(path: Path, values: Mapping[str, Any]) -> bytes:
    """The document, after every check a finished workbook must pass."""
    data = compile_template(path).render(values)
    assert faults_of(data) == []
    return data


def grid(book: Any, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def worked_out(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """The documents with what LibreOffice works out."""
    paths = [folder / f"{name}.xlsx" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    made = convert(paths, "xlsx", folder)
    return {name: openpyxl.load_workbook(path, data_only=True) for name, path in zip(files, made, strict=True)}


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# Columns

RECAP = {
    "A1": "Rekap {{ title }}", "A2": "Nama", "C2": "{%tc for u in units %}", "D2": "{{ u.code }}", "E2": "{%tc endfor %}",
    "F2": "Jumlah", "A3": "{%tr for c in people %}", "A4": "{{ c.name }}", "D4": "{{ c.marks[u.code] }}",
    "F4": "=SUM(D4:D4)", "G4": "=F4*2", "H4": "=D4", "A5": "{%tr endfor %}", "A6": "Total", "D6": "=SUM(D4:D4)",
    "F6": "=SUM(D4:D4)", "G6": "=SUM($D$4:$D$4)", "H6": "=SUM(D:D)-D6*0",
}  # fmt: skip
OUTSIDE = {"A1": "=Rekap!F6", "A2": "=SUM(Rekap!D4:D4)", "A3": "=SUM(Rekap!$D$4:$D$4)", "A4": "=Rekap!F4"}


def marks(units: int, people: int = 2) -> dict[str, Any]:
    codes = [f"U{number}" for number in range(1, units + 1)]
    return {
        "title": "x", "units": [{"code": code} for code in codes],
        "people": [{"name": f"p{n}", "marks": {code: n * 10 + at for at, code in enumerate(codes)}} for n in range(people)],
    }  # fmt: skip


@needs_office
@pytest.mark.office
def test_columns_repeat_and_formulas_follow(tmp_path: Path) -> None:
    """With none, one, three and thirty units: totals along and across, `$`, other sheets."""
    path = template(tmp_path, {"Rekap": RECAP, "Lain": OUTSIDE})
    counts = (0, 1, 3, 30)
    books = worked_out({f"u{count}": filled(path, marks(count)) for count in counts}, tmp_path)
    for count in counts:
        book, wide = books[f"u{count}"], max(count, 1)
        rows = grid(book, "Rekap")
        assert rows[1][:2] == ["Nama", None] and rows[1][2 + wide] == "Jumlah"
        assert rows[1][2 : 2 + count] == [f"U{number}" for number in range(1, count + 1)]
        numbers = [[n * 10 + at for at in range(count)] for n in range(2)]
        for row, of_person in zip(rows[2:4], numbers, strict=True):
            assert row[2 : 2 + count] == of_person
            total = sum(of_person)
            assert row[2 + wide : 5 + wide] == [total, 2 * total, of_person[0] if count else 0]
        whole = sum(map(sum, numbers))
        assert rows[4][2 : 2 + count] == [numbers[0][at] + numbers[1][at] for at in range(count)]
        assert rows[4][2 + wide : 4 + wide] == [whole, whole]
        assert [row[0] for row in grid(book, "Lain")] == [whole, whole, whole, sum(numbers[0])]


def test_what_stands_on_a_sheet_follows_its_columns(tmp_path: Path) -> None:
    """Widths, merged cells, formats, comments, frozen columns, print areas and titles, filters, page breaks, pictures."""

    def make(book: Any, sheet: Any) -> None:
        sheet.set_column("A:A", 20)
        sheet.set_column("D:D", 7)
        sheet.set_column("F:F", 12)
        sheet.merge_range("A8:F8", "judul")
        sheet.merge_range("D9:D10", "{{ u.code }}")
        sheet.conditional_format("D4", {"type": "cell", "criteria": ">", "value": 1, "format": book.add_format()})
        sheet.write_comment("D4", "nilai {{ c.name }} {{ u.code }}")
        sheet.data_validation("D4", {"validate": "list", "source": ["a"], "input_message": "unit {{ u.code }}"})
        sheet.freeze_panes(2, 2)
        sheet.print_area("A1:G6")
        sheet.repeat_columns("A:B")
        sheet.set_v_pagebreaks([4])
        sheet.insert_textbox("G8", "kotak")

    book = openpyxl.load_workbook(io.BytesIO(filled(template(tmp_path, {"Rekap": RECAP}, make), marks(3))))
    sheet = book["Rekap"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A7:F7", "C8:C9", "D8:D9", "E8:E9"}
    assert {letters: sheet.column_dimensions[letters].width for letters in "ACF"} == {
        "A": pytest.approx(20.7, abs=0.1), "C": pytest.approx(7.7, abs=0.1), "F": pytest.approx(12.7, abs=0.1),
    }  # fmt: skip
    assert sheet.column_dimensions["C"].max == 5
    assert (sheet.freeze_panes, sheet.print_area, sheet.print_title_cols) == ("C3", "'Rekap'!$A$1:$G$5", "$A:$B")
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["C3:E4"]
    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert notes == {f"{column}{3 + n}": f"nilai p{n} U{at}" for n in (0, 1) for at, column in enumerate("CDE", 1)}
    asked = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation}
    assert asked == {f"{column}{row}": f"unit U{at}" for row in (3, 4) for at, column in enumerate("CDE", 1)}
    assert [stop.id for stop in sheet.col_breaks.brk] == [3, 4, 5]
    anchor = next(etree.fromstring(parts_of(filled(template(tmp_path, {"Rekap": RECAP}, make), marks(3)))[
        "xl/drawings/drawing1.xml"]).iter(f"{XDR}from"))  # fmt: skip
    assert (anchor.findtext(f"{XDR}col"), anchor.findtext(f"{XDR}row")) == ("6", "6")


def test_columns_are_chosen_and_nested(tmp_path: Path) -> None:
    """Loops over columns in loops, columns left out, a row with a list of its own."""
    cells = {
        "A1": "{%tc for k in clusters %}", "B1": "{%tc for u in k.units %}", "C2": "{{ k.name }}{{ u }}", "D1": "{%tc endfor %}",
        "E2": "={{ x }}", "F1": "{%tc endfor %}", "G1": "{%tc if shown %}", "H2": "ada", "I1": "{%tc endif %}", "J2": "=SUM(C3:C3)",
        "A3": "{%tc for k in clusters %}", "B3": "{%tc for n in k.numbers %}", "C3": "{{ n }}", "D3": "{%tc endfor %}",
        "E3": "=SUM(C3:C3)", "F3": "{%tc endfor %}",
    }  # fmt: skip
    cells["E2"] = "{{ k.name }}"
    values = {
        "clusters": [{"name": "a", "units": [1, 2], "numbers": [5, 6]}, {"name": "b", "units": [3], "numbers": [7]}],
        "shown": True,
    }  # fmt: skip
    path = template(tmp_path, {"S": cells})
    book = openpyxl.load_workbook(io.BytesIO(filled(path, values)))
    assert grid(book, "S") == [
        ["a1", "a2", "a", "b3", "b", "ada", "=SUM(A2:B2,D2:D2)"],
        [5, 6, "=SUM(A2:B2)", 7, "=SUM(D2:D2)", None, None],
    ]
    book = openpyxl.load_workbook(io.BytesIO(filled(path, values | {"shown": False})))
    assert grid(book, "S")[0] == ["a1", "a2", "a", "b3", "b", "=SUM(A2:B2,D2:D2)"]
    values["clusters"][1]["numbers"] = [7, 8]
    with pytest.raises(KitgenError, match="another number of looped columns"):
        compile_template(path).render(values)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"A1": "{%tc for u in units %}", "A2": "x", "B1": "{{ u }}", "C1": "{%tc endfor %}"}, "place of its whole column"),
        ({"A1": "{%tc for u in units %}", "B1": "{{ u }}"}, "never closed"),
        ({"A1": "{{ u }}", "B1": "{%tc endfor %}"}, "closes nothing"),
        ({"A1": "{%tc for u in units %}", "B1": "{{ u }}", "C1": "{%tc else %}", "D1": "y", "E1": "{%tc endfor %}"},
         "has no `else`"),
        ({"A1": "{%tc for u in units %}", "B1": "x", "C1": "{%tc endfor %}", "A2": "{%tc if u %}"}, "tags of one column differ"),
    ],
)  # fmt: skip
def test_faults_of_columns_are_told(tmp_path: Path, cells: dict[str, object], message: str) -> None:
    """With sheet and cell."""
    with pytest.raises(KitgenError, match=message) as caught:
        compile_template(template(tmp_path, {"S": cells}))
    assert "sheet S, cell" in str(caught.value.diagnostics[0].place)


def test_columns_past_the_last_one_are_told(tmp_path: Path) -> None:
    """A sheet ends at column XFD."""
    path = template(tmp_path, {"S": {"A1": "{%tc for u in units %}", "B1": "{{ u }}", "C1": "{%tc endfor %}"}})
    with pytest.raises(KitgenError, match="more than 16384 columns"):
        compile_template(path).render({"units": [1] * 16_385})


def test_a_table_over_looped_columns_is_refused(tmp_path: Path) -> None:
    """Its part would have to know every header."""
    cells = {"A1": "{%tc for u in units %}", "B2": "x", "C1": "{%tc endfor %}"}
    path = template(tmp_path, {"S": cells}, lambda book, sheet: sheet.add_table("B2:B4"))
    with pytest.raises(KitgenError, match="holds looped columns"):
        compile_template(path)


# Sheets

PERSON = {
    "A1": "{%sheet for c in people %}", "A2": "Nama: {{ c.name }}", "B2": "{{ loop.index }}", "A3": "{%tr for m in c.marks %}",
    "A4": "{{ m }}", "B4": "=A4*2", "A5": "{%tr endfor %}", "A6": "=SUM(A4:A4)",
}  # fmt: skip
SUMMARY = {"A1": "=SUM('{{ c.name }}'!A6:A6)", "A2": "='{{ c.name }}'!A6", "A3": "=SUM('{{ c.name }}'!A4:A4)",
           "A4": "=SUM(semua)"}  # fmt: skip


def people_template(folder: Path) -> Path:
    path = folder / "people.xlsx"
    book = xlsxwriter.Workbook(str(path))
    first, person, last = (book.add_worksheet(name) for name in ("Ringkas", "{{ c.name }}", "Akhir"))
    for sheet, cells in ((first, SUMMARY), (person, PERSON), (last, {"A1": "=Ringkas!A1"})):
        for cell, value in cells.items():
            sheet.write(cell, value)
    person.write_comment("A4", "nilai {{ m }} {{ c.name }}")
    person.print_area("A2:B6")
    person.set_header("&C{{ c.name }}")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='{{ c.name }}'!$A$4:$A$4", "name": "nilai {{ c.name }}"})
    person.insert_chart("D2", chart)
    person.insert_textbox("D20", "kotak {{ c.name }}")
    last.print_area("A1:B2")
    last.activate()
    book.define_name("semua", "='{{ c.name }}'!$A$4:$A$4")
    book.close()
    return path


@needs_office
@pytest.mark.office
@pytest.mark.filterwarnings("ignore:Cannot parse header")
def test_a_sheet_comes_once_for_each(tmp_path: Path) -> None:
    """One per candidate, named after them, with formulas, names, comments, charts and headers of its own."""
    path = people_template(tmp_path)
    counts = (0, 1, 3)
    given = {count: [{"name": f"A & {n}", "marks": list(range(1, n + 2))} for n in range(count)] for count in counts}
    files = {f"n{count}": filled(path, {"people": given[count]}) for count in counts}
    books = worked_out(files, tmp_path)
    for count in counts:
        book, names = books[f"n{count}"], [person["name"] for person in given[count]] or ["(kosong)"]
        assert book.sheetnames == ["Ringkas", *names, "Akhir"]
        sums = [sum(person["marks"]) for person in given[count]] or [0]
        assert [row[0] for row in grid(book, "Ringkas")] == [sum(sums), sums[0], sum(sums), sum(sums)]
        assert grid(book, "Akhir") == [[sum(sums)]]
        assert [[book[name][cell].value for cell in ("A1", "B1")] for name in names if count] == [
            [f"Nama: {name}", number] for number, name in enumerate(names, 1) if count
        ]
        assert book.active.title == "Akhir"
        made = openpyxl.load_workbook(io.BytesIO(files[f"n{count}"]))
        assert {name: made[name].print_area for name in names} == {
            name: f"'{name}'!$A$1:$B${2 + max(1, len(person))}"
            for name, person in zip(names, [each["marks"] for each in given[count]] or [[]], strict=True)
        }
    parts = parts_of(files["n3"])
    charts = sorted(name for name in parts if name.startswith("xl/charts/chart"))
    assert len(charts) == 3
    assert b"'A &amp; 1'!$A$2:$A$3" in parts["xl/charts/chart1-kit2.xml"] and b"nilai A &amp; 1" in parts[charts[0]]
    notes = {cell.coordinate: cell.comment.text for row in made["A & 1"] for cell in row if cell.comment}
    assert notes == {"A2": "nilai 1 A & 1", "A3": "nilai 2 A & 1"}
    assert b"kotak A &amp; 2" in parts["xl/drawings/drawing1-kit3.xml"]
    assert b"&amp;CA &amp;&amp; 2" in parts["xl/worksheets/sheet2-kit3.xml"]


def test_two_sheets_for_each_name_each_other(tmp_path: Path) -> None:
    """Two looped sheets over one list: a reference from one to the other means that of the same person."""
    cells = {"A1": "{%sheet for c in people %}", "A2": "{{ c.name }}", "B2": "='Detail {{ c.name }}'!A2"}
    detail = {"A1": "{%sheet for c in people %}", "A2": "{{ c.n }}"}
    path = template(tmp_path, {"Skor {{ c.name }}": cells, "Detail {{ c.name }}": detail})
    book = openpyxl.load_workbook(io.BytesIO(filled(path, {"people": [{"name": "a", "n": 1}, {"name": "b", "n": 2}]})))
    assert book.sheetnames == ["Skor a", "Skor b", "Detail a", "Detail b"]
    assert [book[f"Skor {name}"]["B1"].value for name in "ab"] == ["='Detail a'!A1", "='Detail b'!A1"]


def test_everything_is_repeated_at_once(tmp_path: Path) -> None:
    """Sheets with looped columns and rows, comments, rules, links and boxes in them: each knows all loops around it."""
    cells = {
        "A1": "{%sheet for e in events %}", "A2": "{{ e.name }}", "B2": "{%tc for u in e.units %}", "C2": "{{ u }}",
        "D2": "{%tc endfor %}", "E2": "=SUM(C4:C4)", "A3": "{%tr for c in e.people %}", "A4": "{{ c }}",
        "C4": "{{ loop.index }}", "E4": "=SUM(C4:C4)", "A5": "{%tr if not loop.first %}", "A6": "catatan", "A7": "{%tr endif %}",
        "A8": "{%tr endfor %}",
    }  # fmt: skip

    def make(book: Any, sheet: Any) -> None:
        sheet.write_comment("C4", "{{ c }}-{{ u }}-{{ e.name }}")
        rule = {"type": "text", "criteria": "containing", "value": "{{ u }}", "format": book.add_format({"bold": 1})}
        sheet.conditional_format("C4", rule)
        sheet.write_url("F4", "https://x.example/{{ c }}")
        sheet.insert_textbox("H4", "{{ c }}")

    path = template(tmp_path, {"{{ e.name }}": cells, "Semua": {"A1": "=SUM('{{ e.name }}'!C4:C4)"}}, make)
    events = [{"name": f"E{n}", "units": [f"U{at}" for at in range(n + 1)], "people": ["a", "b"]} for n in range(3)]
    data = filled(path, {"events": events})
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["Semua"]["A1"].value == "=SUM('E0'!B2:B3,'E1'!B2:C3,'E2'!B2:D3)"
    assert grid(book, "E1") == [
        ["E1", "U0", "U1", "=SUM(B2:C3)", None], ["a", 1, 2, "=SUM(B2:C2)", "https://x.example/a"],
        ["b", 1, 2, "=SUM(B3:C3)", "https://x.example/b"], ["catatan", None, None, None, None],
    ]  # fmt: skip
    notes = {cell.coordinate: cell.comment.text for row in book["E2"] for cell in row if cell.comment}
    assert notes == {f"{column}{row}": f"{name}-U{at}-E2" for row, name in ((2, "a"), (3, "b"))
                     for at, column in enumerate("BCD")}  # fmt: skip
    rules = {str(area.sqref): area.rules[0].text for area in book["E1"].conditional_formatting}
    assert rules == {"B2": "U0", "C2": "U1", "B3": "U0", "C3": "U1"}
    assert [sheet.sheet_view.tabSelected for sheet in book] in ([True, False, False, None], [True, False, False, False])
    boxes = etree.fromstring(parts_of(data)["xl/drawings/drawing1-kit2.xml"])
    assert [each.text for each in boxes.iter("{*}t")] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "cells", "message"),
    [
        ("{{ c }}", {"A1": "{%sheet for c in people %}{%tr if c %}", "A2": "x"}, "two tags stand in one row"),
        ("{{ c }}", {"A1": "{%sheet if c %}", "A2": "x"}, "a sheet can only be repeated"),
        ("{{ c }}", {"A1": "{%sheet for c in people %}", "A2": "x", "A3": "{%sheet endfor %}"}, "does nothing"),
        ("{{ c }}", {"A1": "{%sheet for c in people %}", "B1": "y", "A2": "x"}, "something else stands in it"),
    ],
)
def test_faults_of_sheets_are_told(tmp_path: Path, name: str, cells: dict[str, object], message: str) -> None:
    """A sheet is repeated by one tag in a row of its own."""
    with pytest.raises(KitgenError, match=message):
        compile_template(template(tmp_path, {name: cells}))


def test_two_sheets_of_one_name_are_refused_in_a_loop(tmp_path: Path) -> None:
    """Two people of one name need something that tells them apart."""
    path = template(tmp_path, {"{{ c }}": {"A1": "{%sheet for c in people %}", "A2": "x"}})
    with pytest.raises(KitgenError, match="two sheets are named `a`"):
        compile_template(path).render({"people": ["a", "a"]})
    with pytest.raises(KitgenError, match="more than 500 sheets"):
        compile_template(path).render({"people": list(range(501))})


# Pictures and check boxes


def png(red: int, size: int = 20) -> bytes:
    """A small picture of one colour."""
    rows = b"".join(b"\0" + bytes((red, 0, 0)) * size for _ in range(size))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def shown(data: bytes, drawing: str = "xl/drawings/drawing1.xml") -> list[tuple[int, int, bytes, str]]:
    """The pictures over a sheet: row, column, file, alternative text."""
    parts = parts_of(data)
    folder, _, name = drawing.rpartition("/")
    relations = etree.fromstring(parts[f"{folder}/_rels/{name}.rels"])
    targets = {entry.get("Id"): f"xl/media/{str(entry.get('Target')).rpartition('/')[2]}" for entry in relations}
    found = []
    for picture in etree.fromstring(parts[drawing]).iter(f"{XDR}pic"):
        anchor = picture.getparent()
        assert anchor is not None
        (image,) = picture.iter("{*}blip")
        file = parts[targets[image.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed")]]
        (described,) = picture.iter(f"{XDR}cNvPr")
        at = [int(anchor.findtext(f"{XDR}from/{XDR}{axis}") or 0) for axis in ("row", "col")]
        found.append((at[0], at[1], file, described.get("descr") or ""))
    return sorted(found)


ROSTER = {"A1": "x", "A2": "{%tr for c in people %}", "A3": "{{ c.name }}", "A4": "{%tr endfor %}", "A5": "akhir"}


def test_a_photo_for_each_row(tmp_path: Path) -> None:
    """As a value in a cell; in place of a picture of the template, blank where there is none; a logo stays a logo."""
    (tmp_path / "dummy.png").write_bytes(png(1))

    def make(book: Any, sheet: Any) -> None:
        sheet.write("B3", "{{ c.photo }}")
        sheet.insert_image("D3", str(tmp_path / "dummy.png"), {"description": "{{ c.photo }}"})
        sheet.insert_image("F3", str(tmp_path / "dummy.png"), {"description": "logo {{ c.name }}"})

    people = [
        {"name": "a", "photo": {"picture": png(100), "width_mm": 10, "alt": "foto a"}},
        {"name": "b", "photo": BLANK},
        {"name": "c", "photo": {"picture": png(200), "alt": "foto c"}},
    ]  # fmt: skip
    data = filled(template(tmp_path, {"Foto": ROSTER}, make), {"people": people})
    assert shown(data) == [
        (1, 1, png(100), "foto a"), (1, 3, png(100), "foto a"), (1, 5, png(1), "logo a"), (2, 5, png(1), "logo b"),
        (3, 1, png(200), "foto c"), (3, 3, png(200), "foto c"), (3, 5, png(1), "logo c"),
    ]  # fmt: skip
    ids = [each.get("id") for each in etree.fromstring(parts_of(data)["xl/drawings/drawing1.xml"]).iter(f"{XDR}cNvPr")]
    assert len(ids) == len(set(ids)) == 7


def test_a_photo_on_a_sheet_without_pictures(tmp_path: Path) -> None:
    """The sheet is given a drawing, before what must stand below it; on looped sheets each its own."""

    def make(book: Any, sheet: Any) -> None:
        sheet.write_comment("C1", "x")
        sheet.set_footer("x")

    cells = {"A1": "{%sheet for c in people %}", "A2": "{{ c.photo }}"}
    people = [{"name": n, "photo": {"picture": png(at)}} for at, n in enumerate("ab", 1)]
    data = filled(template(tmp_path, {"{{ c.name }}": cells}, make), {"people": people})
    assert shown(data, "xl/drawings/kit-sheet1.xml") == [(0, 0, png(1), "")]
    assert shown(data, "xl/drawings/kit-sheet1-kit2.xml") == [(0, 0, png(2), "")]
    with pytest.raises(KitgenError, match="neither PNG nor JPEG") as caught:
        compile_template(template(tmp_path, {"S": {"A1": "{{ photo }}"}})).render({"photo": {"picture": b"x"}})
    assert "sheet S, cell A1" in str(caught.value.diagnostics[0].place)


@pytest.mark.parametrize(("alt", "link"), [("{{ c.ok }}", ""), ("", "$C$3")])
def test_a_check_box_for_each_row(tmp_path: Path, alt: str, link: str) -> None:
    """Ticked by its alternative text, or by what stands in the cell it is linked to; in all places Excel keeps it."""
    path = template(tmp_path, {"Ceklis": {**ROSTER, "C3": "{{ c.ok }}"}})
    add_check_box(path, 2, 1, alt, link)
    people = [{"name": n, "ok": ok} for n, ok in (("a", True), ("b", False), ("c", BLANK), ("d", True))]
    data = filled(path, {"people": people})
    parts = parts_of(data)
    names = ["xl/ctrlProps/ctrlProp1.xml", *(f"xl/ctrlProps/ctrlProp1-kit{n}.xml" for n in (2, 3, 4))]
    facts = [etree.fromstring(parts[name]) for name in names]
    assert [each.get("checked") for each in facts] == ["Checked", "Unchecked", "Unchecked", "Checked"]
    assert [each.get("fmlaLink") for each in facts] == ([f"$C${row}" for row in range(2, 6)] if link else [None] * 4)
    old = etree.fromstring(parts["xl/drawings/vmlDrawing1.vml"])
    assert [each.text for each in old.iter("{urn:schemas-microsoft-com:office:excel}Checked")] == ["1", "0", "0", "1"]
    sheet = etree.fromstring(parts["xl/worksheets/sheet1.xml"])
    assert [each.get("shapeId") for each in sheet.iter("{*}control")] == ["1025", "1026", "1027", "1028"]
    assert [each.findtext(f"{XDR}row") for each in sheet.iter("{*}from")] == ["1", "2", "3", "4"]
    drawn = etree.fromstring(parts["xl/drawings/drawing1.xml"])
    assert [each.get("spid") for each in drawn.iter("{*}compatExt")] == [f"_x0000_s{n}" for n in range(1025, 1029)]
    assert b"{{" not in b"".join(parts.values())


def test_a_check_box_outside_of_loops_is_ticked(tmp_path: Path) -> None:
    """By the same two ways."""
    for alt, link in (("{{ ok }}", ""), ("", "$C$3")):
        path = template(tmp_path, {"Ceklis": {"C3": "{{ ok }}"}})
        add_check_box(path, 2, 1, alt, link)
        for ok in (True, False):
            parts = parts_of(filled(path, {"ok": ok}))
            word = "Checked" if ok else "Unchecked"
            assert etree.fromstring(parts["xl/ctrlProps/ctrlProp1.xml"]).get("checked") == word
            assert f"<x:Checked>{int(ok)}<".encode() in parts["xl/drawings/vmlDrawing1.vml"]


# Tables

GROUPS = {
    "A1": "{%tr for g in groups %}", "A2": "{{ g.name }}", "A3": "n", "B3": "v", "A4": "{%tr for r in g.rows %}",
    "A5": "{{ r.n }}", "B5": "{{ r.v }}", "A6": "{%tr endfor %}", "A7": "jumlah", "B7": "=SUM(Nilai[v])",
    "A8": "{%tr endfor %}", "A9": "semua", "B9": "=SUM(Nilai[v])",
}  # fmt: skip


@needs_office
@pytest.mark.office
def test_a_table_in_looped_rows_comes_in_each_iteration(tmp_path: Path) -> None:
    """With a name of its own, which formulas of its iteration follow; a sum from outside is over all of them."""

    def make(book: Any, sheet: Any) -> None:
        sheet.add_table("A3:B6", {"name": "Nilai", "columns": [{"header": "n"}, {"header": "v"}]})
        for cell in ("A4", "A5", "B5", "A6"):
            sheet.write(cell, GROUPS[cell])

    path = template(tmp_path, {"Data": GROUPS, "Lain": {"A1": "=SUM(Nilai[v])", "A2": "=ROWS(Nilai[v])"}}, make)
    warnings = [str(found.place) for found in compile_template(path).warnings if "table is repeated" in found.message]
    assert warnings == [f"{path}, sheet Lain, cell A2"]
    given = [
        {"name": f"g{n}", "rows": [{"n": "a", "v": n + at} for at in range(count)]}
        for n, count in ((1, 2), (5, 0), (7, 3))
    ]
    files = {f"t{count}": filled(path, {"groups": given[:count]}) for count in (0, 1, 3)}
    for name, book in worked_out(files, tmp_path).items():
        groups = given[: int(name[1:])]
        sums = [sum(row["v"] for row in group["rows"]) for group in groups] or [0]
        data = grid(book, "Data")
        assert [row[1] for row in data if row[0] == "jumlah"] == sums
        assert [row[1] for row in data if row[0] == "semua"] == [sum(sums)]
        assert book["Lain"]["A1"].value == sum(sums)
    tables = openpyxl.load_workbook(io.BytesIO(files["t3"]))["Data"].tables.values()
    assert [(table.name, table.ref, table.id) for table in tables] == [
        ("Nilai", "A2:B4", 1), ("Nilai_2", "A7:B8", 2), ("Nilai_3", "A11:B14", 3),
    ]  # fmt: skip


def test_a_table_on_a_looped_sheet_comes_with_each(tmp_path: Path) -> None:
    """Each sheet has its own, which its formulas name."""
    cells = {"A1": "{%sheet for g in groups %}", "A2": "n", "A3": "{%tr for r in g.rows %}", "A4": "{{ r }}",
             "A5": "{%tr endfor %}", "B6": "=SUM(Nilai[n])"}  # fmt: skip

    def make(book: Any, sheet: Any) -> None:
        sheet.add_table("A2:A5", {"name": "Nilai", "columns": [{"header": "n"}]})
        for cell in ("A3", "A4", "A5"):
            sheet.write(cell, cells[cell])

    path = template(tmp_path, {"{{ g.name }}": cells, "Lain": {"A1": "=SUM(Nilai[n])"}}, make)
    book = openpyxl.load_workbook(io.BytesIO(filled(path, {"groups": [
        {"name": "a", "rows": [1, 2]}, {"name": "b", "rows": [3]}]})))  # fmt: skip
    assert [[table.name for table in book[name].tables.values()] for name in "ab"] == [["Nilai"], ["Nilai_2"]]
    assert [book["a"]["B4"].value, book["b"]["B3"].value] == ["=SUM(Nilai[n])", "=SUM(Nilai_2[n])"]
    assert book["Lain"]["A1"].value == "=SUM(Nilai[n],Nilai_2[n])"

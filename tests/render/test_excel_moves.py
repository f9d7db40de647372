"""Everything on a sheet that must move with its looped rows, on workbooks as Excel would have written them."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from office import convert, needs_office
from office_schemas import schema_errors
from workbook_rules import faults_of

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template
from kitgen.render.compiled import CompiledTemplate

COUNTS = (0, 1, 3, 7)
LOOP = {"A4": "{%tr for row in rows %}", "A5": "{{ row.name }}", "B5": "{{ row.n }}", "A6": "{%tr endfor %}"}
Make = Callable[[Any, Any], object]


def template(folder: Path, cells: Mapping[str, object], make: Make = lambda book, sheet: None) -> Path:
    """A workbook made by XlsxWriter; its sheets are `Data` and `Other`."""
    path = folder / "template.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("Data"), book.add_worksheet("Other")
    for key, value in cells.items():
        place, _, cell = key.rpartition("!")
        (other if place else sheet).write(cell, value)
    make(book, sheet)
    book.close()
    return path


def rows(count: int) -> dict[str, object]:
    return {"rows": [{"name": f"r{number}", "n": number} for number in range(1, count + 1)]}


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def audit(path: Path) -> set[str]:
    """What openxml-audit finds, without the places, which move."""
    return {re.sub(r"\d+", "#", str(fault.description)) for fault in schema_errors(path)}


def made(compiled: CompiledTemplate, source: Path, count: int) -> dict[str, str]:
    """The parts for so many rows, after every check a finished workbook must pass."""
    data = compiled.render(rows(count))
    assert faults_of(data) == []
    path = source.with_name(f"n{count}.xlsx")
    path.write_bytes(data)
    assert audit(path) - audit(source) == set()
    opened(path)
    parts, old = parts_of(data), parts_of(source.read_bytes())
    assert set(old) - set(parts) <= {"xl/calcChain.xml"}
    assert set(parts) - set(old) == {"docProps/custom.xml"}
    for name in old:
        if re.match(r"xl/(styles|theme|media|featurePropertyBag)", name):
            assert parts[name] == old[name], f"{name} is another"
    return parts


def opened(path: Path) -> Any:
    """The workbook as openpyxl reads it, results in place of formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells what it would lose
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)


SHEET = "xl/worksheets/sheet1.xml"


def last(count: int) -> int:
    """The last looped row for so many items."""
    return 3 + max(count, 1)


def down(row: int, count: int) -> int:
    """Where a row below the loop comes to stand."""
    return row - 3 + max(count, 1)


def each(count: int, text: str) -> list[str]:
    return [text.replace("#", str(row)).replace("@This", "#This") for row in range(4, last(count) + 1)]


def table(book: Any, sheet: Any) -> None:
    headers = [{"header": "Nama"}, {"header": "N"}, {"header": "Dua"}]
    sheet.add_table("A3:C7", {"name": "Tabel", "columns": headers, "total_row": True})
    for cell, text in {**LOOP, "A7": "Jumlah"}.items():
        sheet.write(cell, text)
    sheet.write_formula("C5", "=Tabel[[#This Row],[N]]*2")
    sheet.write_formula("B7", "=SUBTOTAL(109,Tabel[N])")


def chart(book: Any, sheet: Any) -> None:
    shown = book.add_chart({"type": "column"})
    shown.add_series({"name": "=Data!$B$3", "categories": "=Data!$A$5:$A$5", "values": "=Data!$B$5"})
    sheet.insert_chart("D9", shown)
    other = book.add_chart({"type": "line"})
    other.add_series({"values": "=Data!$B$5:$B$8"})
    book.worksheets()[1].insert_chart("D9", other)


def sparklines(book: Any, sheet: Any) -> None:
    sheet.add_sparkline("G5", {"range": "Data!B5:C5"})
    sheet.add_sparkline("G9", {"range": "Data!B5:B5"})


def rules(book: Any, sheet: Any) -> None:
    sheet.conditional_format("B5:B5", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B5:B5", {"type": "cell", "criteria": ">", "value": "$B$9"})
    sheet.data_validation("C5", {"validate": "list", "source": "=Other!$A$1:$A$3"})
    sheet.data_validation("C9", {"validate": "custom", "value": "=SUM(B5:B5)>0"})
    sheet.ignore_errors({"number_stored_as_text": "A5:A10"})
    sheet.unprotect_range("B5:B9", "isi")
    sheet.protect()


def links(book: Any, sheet: Any) -> None:
    sheet.write_url("D5", "https://example.org/a")
    sheet.write_url("E5", "internal:'Data'!A5", string="ke baris")
    sheet.write_url("D9", "internal:'Data'!A9", string="ke bawah")
    sheet.set_h_pagebreaks([3, 5, 9])


def notes(book: Any, sheet: Any) -> None:
    sheet.write_comment("B5", "catatan")
    sheet.write_comment("B9", "di bawah")
    sheet.insert_button("E9", {"caption": "x", "macro": "m"})


def views(book: Any, sheet: Any) -> None:
    sheet.freeze_panes(8, 1)
    sheet.set_selection("B9:C10")
    sheet.autofilter("A3:B5")
    sheet.repeat_rows(0, 2)
    sheet.print_area("A1:H10")
    sheet.set_row(4, 33, None, {"level": 1, "hidden": False})
    book.define_name("nilai", "=Data!$B$5:$B$5")
    book.define_name("Data!lokal", "=SUM(Data!$B$5:$B$9)")


def drawings(book: Any, sheet: Any) -> None:
    sheet.insert_textbox("D1", "di atas", {"height": 200})
    sheet.insert_textbox("H5", "di baris", {"object_position": 2, "height": 100})
    sheet.insert_textbox("H9", "di bawah", {"object_position": 1, "textlink": "=$B$9"})
    sheet.insert_textbox("L9", "tetap", {"object_position": 3})


KINDS: dict[str, tuple[Make, Callable[[int], dict[str, list[str]]]]] = {
    "table": (table, lambda n: {
        "xl/tables/table1.xml": [f'ref="A3:C{down(7, n)}"', f'<autoFilter ref="A3:C{last(n)}"'],
        SHEET: each(n, '<c r="C#"><f>Tabel[[@This Row],[N]]*2</f></c>'),
    }),
    "chart": (chart, lambda n: {
        "xl/charts/chart1.xml": [f"<c:f>Data!$A$4:$A${last(n)}</c:f>", f"<c:f>Data!$B$4:$B${last(n)}</c:f>", "<c:f>Data!$B$3</c:f>"],
        "xl/charts/chart2.xml": [f"<c:f>Data!$B$4:$B${down(8, n)}</c:f>"],
        "xl/drawings/drawing1.xml": [f"<xdr:row>{down(9, n) - 1}</xdr:row>"],
        "xl/drawings/drawing2.xml": ["<xdr:row>8</xdr:row>"],
    }),
    "sparklines": (sparklines, lambda n: {SHEET: [
        *each(n, "<x14:sparkline><xm:f>Data!B#:C#</xm:f><xm:sqref>G#</xm:sqref></x14:sparkline>"),
        f"<x14:sparkline><xm:f>Data!B4:B{last(n)}</xm:f><xm:sqref>G{down(9, n)}</xm:sqref></x14:sparkline>",
    ]}),
    "rules": (rules, lambda n: {SHEET: [
        f'<conditionalFormatting sqref="B4:B{last(n)}">' if n > 1 else '<conditionalFormatting sqref="B4">',
        f"<xm:sqref>B4:B{last(n)}</xm:sqref>" if n > 1 else "<xm:sqref>B4</xm:sqref>",
        f"<formula>$B${down(9, n)}</formula>", f"<formula1>SUM(B4:B{last(n)})&gt;0</formula1>", f'sqref="C{down(9, n)}"',
        f'<ignoredError sqref="A4:A{down(10, n)}"', f'sqref="B4:B{down(9, n)}" name="isi"',
    ]}),
    "links": (links, lambda n: {SHEET: [
        *each(n, '<hyperlink ref="D#" r:id="rId1"/>'), *each(n, '<hyperlink ref="E#" location="\'Data\'!A#"'),
        f'<hyperlink ref="D{down(9, n)}" location="\'Data\'!A{down(9, n)}"', *each(n, '<brk id="#" max="16383" man="1"/>'),
        '<brk id="3" ', f'<brk id="{down(9, n)}" ', f'<rowBreaks count="{len(each(n, "")) + 2}"',
    ]}),
    "notes": (notes, lambda n: {
        "xl/comments1.xml": [*each(n, '<comment ref="B#" '), f'<comment ref="B{down(9, n)}" '],
        "xl/drawings/vmlDrawing1.vml": [
            *(f"<x:Row>{row - 1}</x:Row>" for row in range(4, last(n) + 1)), f"<x:Row>{down(9, n) - 1}</x:Row>",
            f"<x:Anchor>4, 0, {down(9, n) - 1}, 0, 5, 0, {down(9, n)}, 0</x:Anchor>",
        ],
    }),
    "views": (views, lambda n: {
        SHEET: [
            f'ySplit="{down(9, n) - 1}"', f'topLeftCell="B{down(9, n)}"', f'activeCell="B{down(9, n)}"',
            f'sqref="B{down(9, n)}:C{down(10, n)}"', f'<autoFilter ref="A3:B{last(n)}"',
            *each(n, '<row r="#" ht="33" customHeight="1" outlineLevel="1">'),
        ],
        "xl/workbook.xml": [
            f">Data!$B$4:$B${last(n)}<", f">SUM(Data!$B$4:$B${down(9, n)})<", f">Data!$A$1:$H${down(10, n)}<", ">Data!$1:$3<",
        ],
    }),
    "drawings": (drawings, lambda n: {"xl/drawings/drawing1.xml": [
        "<xdr:row>0</xdr:row>", f'textlink="$B${down(9, n)}"',
        f"<xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{down(9, n) - 1}</xdr:row>",
        "<xdr:col>11</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row>",
    ]}),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_on_a_sheet_moves_with_its_rows(tmp_path: Path, kind: str) -> None:
    """Each kind says what it must for no, one and many rows; the workbook is sound and nothing of it is lost."""
    make, expected = KINDS[kind]
    source = template(tmp_path, {**LOOP, "A1": "Judul", "B3": "N", "B9": "=SUM(B5:B5)"}, make)
    compiled = compile_template(source)
    for count in COUNTS:
        parts = made(compiled, source, count)
        for part, texts in expected(count).items():
            for text in texts:
                assert parts[part].count(text) == 1 or (
                    text.startswith(("<xdr:row>0", "<c:f>")) and text in parts[part]
                ), f"{text} stands {parts[part].count(text)} times in {part} with {count} rows"


@needs_office
@pytest.mark.office
def test_everything_at_once_on_one_sheet(tmp_path: Path) -> None:
    """All kinds together on a sheet are as sound as each alone, and LibreOffice works the sheet out."""

    def all_kinds(book: Any, sheet: Any) -> None:
        for make in (table, chart, sparklines, rules, links, notes, drawings):
            make(book, sheet)

    source = template(tmp_path, {**LOOP, "A1": "Judul", "B3": "N", "B9": "=SUM(B5:B5)"}, all_kinds)
    compiled = compile_template(source)
    for count in COUNTS:
        made(compiled, source, count)
    files = [tmp_path / f"n{count}.xlsx" for count in COUNTS]
    for count, file in zip(COUNTS, convert(files, "xlsx", tmp_path), strict=True):
        sheet = opened(file)["Data"]
        assert sheet[f"B{down(9, count)}"].value == count * (count + 1) / 2
        assert [note.text.strip() for row in sheet.iter_rows() for cell in row if (note := cell.comment)] == [
            *["catatan"] * max(count, 1), "di bawah",
        ]  # fmt: skip


@needs_office
@pytest.mark.office
def test_libreoffice_works_out_tables_and_rows_chosen(tmp_path: Path) -> None:
    """Structured references, totals, and `if` and `else` around rows come to the numbers expected."""

    def more(book: Any, sheet: Any) -> None:
        table(book, sheet)
        sheet.write_formula("B8", "=SUM(Tabel[N])")
        sheet.write_formula("B9", "=SUM(Tabel[Dua])")
        for cell, text in {"A11": "{%tr if rows | length > 2 %}", "A12": "banyak", "B12": 1, "A13": "{%tr else %}",
                           "A14": "sedikit", "B14": 2, "A15": "{%tr endif %}"}.items():  # fmt: skip
            sheet.write(cell, text)
        sheet.write_formula("B16", "=SUM(B12:B14)")
        sheet.data_validation("B12:B14", {"validate": "whole", "criteria": ">", "value": 0})
        sheet.data_validation("B12", {"validate": "whole", "criteria": "<", "value": 9})
        sheet.write_comment("A12", "bila banyak")
        sheet.merge_range("C14:D14", "")

    source = template(tmp_path, LOOP, more)
    compiled = compile_template(source)
    for count in COUNTS:
        made(compiled, source, count)
    files = [tmp_path / f"n{count}.xlsx" for count in COUNTS]
    for count, file in zip(COUNTS, convert(files, "xlsx", tmp_path), strict=True):
        sheet = opened(file)["Data"]
        total, base = count * (count + 1) // 2, down(7, count)
        assert [sheet[f"C{row}"].value for row in range(4, 4 + count)] == [2 * n for n in range(1, count + 1)]
        assert [sheet[f"B{base + below}"].value for below in (0, 1, 2)] == [total, total, 2 * total]
        assert sheet[f"A{down(12, count) - 1}"].value == ("banyak" if count > 2 else "sedikit")
        assert sheet[f"B{down(16, count) - 4}"].value == (1 if count > 2 else 2)


def test_rules_for_rows_at_other_distances_come_once_in_each_iteration(tmp_path: Path) -> None:
    """A rule on a subtotal that looks at its heading cannot be one rule: the distance differs."""
    cells = {
        "A1": "{%tr for group in groups %}", "A2": "{{ group.name }}", "A3": "{%tr for n in group.numbers %}",
        "B4": "{{ n }}", "A5": "{%tr endfor %}", "B6": "=SUM(B4:B4)", "A7": "{%tr endfor %}",
    }  # fmt: skip

    def rule(book: Any, sheet: Any) -> None:
        sheet.conditional_format(
            "B6", {"type": "formula", "criteria": "=B6>B2", "format": book.add_format({"bold": True})}
        )
        sheet.conditional_format(
            "B4", {"type": "formula", "criteria": "=B4>1", "format": book.add_format({"bold": True})}
        )

    compiled = compile_template(template(tmp_path, cells, rule))
    groups = [{"name": "a", "numbers": [1, 2, 3]}, {"name": "b", "numbers": [10]}]
    data = compiled.render({"groups": groups})
    assert faults_of(data) == []
    sheet = parts_of(data)[SHEET]
    found = re.findall(r'<conditionalFormatting sqref="([^"]+)">.*?<formula>([^<]+)</formula>', sheet)
    assert sorted(found) == [("B2:B4 B7", "B2&gt;1"), ("B5", "B5&gt;B1"), ("B8", "B8&gt;B6")]


def test_array_formulas_and_data_tables_keep_to_their_rows(tmp_path: Path) -> None:
    """An array formula in a looped row fills that row's cells; one below fills those below."""

    def arrays(book: Any, sheet: Any) -> None:
        sheet.write_array_formula("C5:D5", "{=B5:B5*{1,2}}")
        sheet.write_array_formula("C8:C9", "{=TRANSPOSE(B5:C5)}")

    source = template(tmp_path, LOOP, arrays)
    text = made(compile_template(source), source, 3)[SHEET]
    for row in (4, 5, 6):
        assert f'<c r="C{row}"><f t="array" ref="C{row}:D{row}">B{row}:B{row}*{{1,2}}</f></c>' in text
    assert '<f t="array" ref="C8:C9">TRANSPOSE(B4:C6)</f>' in text


def rewritten(path: Path, changes: Mapping[str, Callable[[str], str]], new: Mapping[str, str] | None = None) -> Path:
    parts = parts_of(path.read_bytes()) | dict(new or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, changes[name](text) if name in changes else text)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str) -> Callable[[str], str]:
    entry = f'<Relationship Id="rIdX" Type="{RELATION}/{kind}" Target="{target}"/></Relationships>'
    return lambda text: text.replace("</Relationships>", entry)


def test_pivot_sources_grow_and_are_worked_out_anew(tmp_path: Path) -> None:
    """The area a pivot table is made from holds all looped rows."""
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A3:B5" sheet="Data"/></cacheSource></pivotCacheDefinition>'
    )
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    path = rewritten(
        template(tmp_path, LOOP),
        {"xl/_rels/workbook.xml.rels": related("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")},
        {name: cache},
    )
    text = parts_of(compile_template(path).render(rows(3)))[name]
    assert 'ref="A3:B6"' in text and 'refreshOnLoad="1"' in text


def test_linked_cells_of_controls_and_conversations_move(tmp_path: Path) -> None:
    """A form control stays linked to its cell; a conversation stays at the first iteration."""
    relations = "xl/worksheets/_rels/sheet1.xml.rels"

    def links(text: str) -> str:
        return related("ctrlProp", "../ctrlProps/ctrlProp1.xml")(
            related("threadedComment", "../threadedComments/threadedComment1.xml")(text).replace("rIdX", "rIdY")
        )

    new = {
        "xl/ctrlProps/ctrlProp1.xml": f'<formControlPr xmlns="{MAIN}" objectType="CheckBox" fmlaLink="$B$9" fmlaRange="Data!$A$5:$A$5"/>',
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{MAIN}"><threadedComment ref="B5" id="{{1}}"/>'
        '<threadedComment ref="B9" id="{2}"/></ThreadedComments>',
    }
    path = rewritten(template(tmp_path, {**LOOP, "B9": 1}, notes), {relations: links}, new)
    parts = parts_of(compile_template(path).render(rows(5)))
    assert 'fmlaLink="$B$11"' in parts["xl/ctrlProps/ctrlProp1.xml"]
    assert 'fmlaRange="Data!$A$4:$A$8"' in parts["xl/ctrlProps/ctrlProp1.xml"]
    assert re.findall(r'ref="(\w+)"', parts["xl/threadedComments/threadedComment1.xml"]) == ["B4", "B11"]


@pytest.mark.parametrize(
    ("cells", "make", "message"),
    [
        ({"A1": "{%tr for r in rows %}", "A2": "x", "B2": "y", "A4": "{%tr endfor %}"},
         lambda book, sheet: sheet.add_table("A2:B6", {"name": "T"}), "table cannot be repeated"),
        ({"A3": "{%tr for r in rows %}", "A6": "{%tr endfor %}"},
         lambda book, sheet: sheet.add_table("A2:B4", {"name": "T", "columns": [{"header": "a"}, {"header": "b"}]}),
         "ends in the middle"),
        ({"A3": "{%tr for r in rows %}", "A5": "{%tr endfor %}"},
         lambda book, sheet: sheet.add_table("A2:B4", {"name": "T", "columns": [{"header": "{{ a }}"}, {"header": "b"}]}),
         "holds a tag"),
        ({"A1": "{%tr for r in rows %}", "A2": "x", "A3": "{%tr else %}", "A4": "y", "A5": "{%tr endfor %}"},
         lambda book, sheet: None, "has no `else`"),
    ],
)  # fmt: skip
def test_what_cannot_be_repeated_is_refused_with_its_place(
    tmp_path: Path, cells: dict[str, object], make: Make, message: str
) -> None:
    """A table that is itself looped, one cut by a loop, a header with a tag."""
    source = template(
        tmp_path, {}, lambda book, sheet: (make(book, sheet), [sheet.write(c, v) for c, v in cells.items()])
    )
    with pytest.raises(KitgenError) as caught:
        compile_template(source)
    assert any(
        message in problem.message and "sheet Data" in str(problem.place) for problem in caught.value.diagnostics
    )


def test_page_breaks_past_what_excel_takes_are_told(tmp_path: Path) -> None:
    """Excel takes 1,026 page breaks."""
    source = template(tmp_path, LOOP, lambda book, sheet: sheet.set_h_pagebreaks([5]))
    with pytest.raises(KitgenError, match="page breaks"):
        compile_template(source).render(rows(1_027))


def test_a_sheet_without_tags_is_copied_as_it_is(tmp_path: Path) -> None:
    """Nothing is written anew where nothing moves; but of formulas the old results are forgotten."""
    source = template(tmp_path, {**LOOP, "Other!A1": "tetap"})
    made_parts, old = parts_of(compile_template(source).render(rows(2))), parts_of(source.read_bytes())
    assert made_parts["xl/worksheets/sheet2.xml"] == old["xl/worksheets/sheet2.xml"]
    source = template(tmp_path, {**LOOP, "Other!A1": "tetap", "Other!A2": "=SUM(A1:A1)"})
    made_parts, old = parts_of(compile_template(source).render(rows(2))), parts_of(source.read_bytes())
    forgotten = old["xl/worksheets/sheet2.xml"].replace("</f><v>0</v>", "</f>").replace("?>\n", "?>")
    assert made_parts["xl/worksheets/sheet2.xml"] == forgotten != old["xl/worksheets/sheet2.xml"]


def test_rich_text_line_breaks_and_long_texts(tmp_path: Path) -> None:
    """Runs keep their fonts when filled, line breaks stay, how a text is read aloud is left out."""

    def rich(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("A8", "Nama: ", bold, "{{ na", "me }}", " ok")
        sheet.write("A9", "satu\n{{ name }}\ntiga")

    source = template(tmp_path, LOOP, rich)
    strings = "xl/sharedStrings.xml"
    reading = '{{ name }}</t><rPh sb="0" eb="1"><t>baca</t></rPh><phoneticPr fontId="0"/></si>'
    only = "<si><r><rPr><b/></rPr><t>{{ row.name }}</t></r></si>"
    changes = {
        strings: lambda text: text.replace("<si><t>{{ row.name }}</t></si>", only).replace(
            "tiga</t></si>", "tiga" + reading[10:]
        )
    }
    rewritten(source, changes)
    compiled = compile_template(source)
    data = compiled.render({**rows(2), "name": "A & B"})
    assert faults_of(data) == []
    text = parts_of(data)[SHEET]
    assert '<r><rPr><b/></rPr><t xml:space="preserve">r1</t></r>' in text
    assert "A &amp; B</t>" in text and "baca" not in text
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet["A6"].value is None and sheet["A8"].value == "satu\nA & B\ntiga"
    assert sheet["A7"].value == "Nama: A & B ok"
    with pytest.raises(KitgenError, match="longer than"):
        compiled.render({**rows(2), "name": "x" * 32_760})


def renamed_template(folder: Path) -> Path:
    def more(book: Any, sheet: Any) -> None:
        tagged = book.add_worksheet("{{ code }} A")
        for cell, text in LOOP.items():
            tagged.write(cell, text)
        sheet.write_formula("A1", "=SUM('{{ code }} A'!B5:B5)")
        sheet.write_formula("A2", "=SUM('{{ code }} A'!B:B)")
        sheet.write_formula("A3", "='{{ code }} A'!B5*2")
        sheet.data_validation("C9", {"validate": "list", "source": "='{{ code }} A'!$A$5:$A$5"})
        sheet.write_url("D9", "internal:'{{ code }} A'!A5", string="ke sana")
        shown = book.add_chart({"type": "column"})
        shown.add_series({"values": "='{{ code }} A'!$B$5:$B$5"})
        sheet.insert_chart("H9", shown)
        book.define_name("nilai", "='{{ code }} A'!$B$5:$B$5")

    return template(folder, {}, more)


@needs_office
@pytest.mark.office
def test_the_name_of_a_sheet_is_filled_and_formulas_follow(tmp_path: Path) -> None:
    """Formulas, names, validations, links and charts name the sheet as it is called in the document."""
    compiled = compile_template(renamed_template(tmp_path))
    data = compiled.render({**rows(3), "code": "O'Brien & 1"})
    assert faults_of(data) == []
    parts = parts_of(data)
    assert not [name for name, text in parts.items() if "{{" in text and name != "xl/sharedStrings.xml"]
    assert "<c:f>'O''Brien &amp; 1 A'!$B$4:$B$6</c:f>" in parts["xl/charts/chart1.xml"]
    assert "'O''Brien &amp; 1 A'!A4" in parts[SHEET] and "<formula1>'O''Brien &amp; 1 A'!$A$4:$A$6" in parts[SHEET]
    (tmp_path / "made.xlsx").write_bytes(data)
    book = openpyxl.load_workbook(convert([tmp_path / "made.xlsx"], "xlsx", tmp_path)[0], data_only=True)
    assert book.sheetnames == ["Data", "Other", "O'Brien & 1 A"]
    assert [book["Data"][cell].value for cell in ("A1", "A2", "A3")] == [6, 6, 2]


@pytest.mark.parametrize("code", ["a/b", "[x]", "x" * 30, "'x", ""])
def test_names_excel_does_not_take_are_refused(tmp_path: Path, code: str) -> None:
    """Signs, length and quotes; an empty value with nothing else in the name."""
    path = renamed_template(tmp_path)
    if not code:
        rewritten(
            path,
            {name: lambda text: text.replace("{{ code }} A", "{{ code }}") for name in parts_of(path.read_bytes())},
        )
    with pytest.raises(KitgenError, match="Excel takes no sheet named"):
        compile_template(path).render({**rows(1), "code": code})


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    """A name made from values may be another sheet's."""
    path = template(tmp_path, {"A1": "x"}, lambda book, sheet: book.add_worksheet("{{ code }}"))
    with pytest.raises(KitgenError, match="two sheets are named"):
        compile_template(path).render({"code": "DATA"})


def test_texts_over_the_cells_take_values(tmp_path: Path) -> None:
    """Text boxes, titles of charts and comments are filled, with or without loops on the sheet."""

    def texts(book: Any, sheet: Any) -> None:
        for place in (sheet, book.worksheets()[1]):
            place.insert_textbox("H9", "Untuk {{ name }}")
            place.write_comment("A1", "Catatan {{ name }}")
            shown = book.add_chart({"type": "column"})
            shown.add_series({"values": "=Data!$B$5:$B$5"})
            shown.set_title({"name": "Skor {{ name }}"})
            place.insert_chart("H20", shown)

    parts = parts_of(compile_template(template(tmp_path, LOOP, texts)).render({**rows(2), "name": "A & B"}))
    for number in (1, 2):
        for part, text in {"drawings/drawing": "Untuk", "charts/chart": "Skor"}.items():
            assert f"{text} A &amp; B<" in parts[f"xl/{part}{number}.xml"]
        assert "Catatan A &amp; B<" in parts[f"xl/comments{number}.xml"]


def test_a_tables_own_formula_in_the_row_of_a_tag_is_no_content(tmp_path: Path) -> None:
    """Excel fills the formula of a table's column into the rows that hold the tags, too."""

    def filled(book: Any, sheet: Any) -> None:
        headers = [{"header": "Nama"}, {"header": "N"}, {"header": "Dua", "formula": "=[@N]*2"}]
        sheet.add_table("A3:C6", {"name": "Tabel", "columns": headers})
        for cell, text in LOOP.items():
            sheet.write(cell, text)

    source = template(tmp_path, {}, filled)
    parts = made(compile_template(source), source, 3)
    assert 'ref="A3:C6"' in parts["xl/tables/table1.xml"]
    assert parts[SHEET].count("[#This Row]") == 3


def test_a_chart_on_a_sheet_of_its_own_grows(tmp_path: Path) -> None:
    """The series of a chart sheet hold all looped rows."""

    def own_sheet(book: Any, sheet: Any) -> None:
        shown = book.add_chart({"type": "column"})
        shown.add_series({"values": "=Data!$B$5:$B$5"})
        book.add_chartsheet("Grafik").set_chart(shown)

    source = template(tmp_path, LOOP, own_sheet)
    assert "<c:f>Data!$B$4:$B$6</c:f>" in made(compile_template(source), source, 3)["xl/charts/chart1.xml"]

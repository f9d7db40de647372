"""Cells read off the bytes of a sheet say what they say when the sheet is read as XML, or are left to that."""

from pathlib import Path

import pytest
from harness import ROOT

from kitgen.documents.disk.document import document_parts
from kitgen.render.dump import sheet_lines
from kitgen.render.dump.plain_cells import plain_cells
from kitgen.render.excel.workbook import shared_strings
from kitgen.render.package.xml import parse_xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN = (
    '<c r="A1"/>',
    '<c r="AB12" s="3" t="n"/>',
    '<c r="A1" t="inlineStr"><is><t>a &amp; &lt;b&gt; &quot;c&quot;</t></is></c>',
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve">&amp;copy &amp;#65; Ā\n b</t></is></c>',
    '<c r="A1" s="4"><v>1</v></c>',
    '<c r="A1" s="4" t="n"><v/></c>',
    '<c r="A1"><f>IF(A2="",1,2)&amp;"x"</f></c>',
    '<c r="A1"><f>A2</f><v>7</v></c>',
)
OTHER = (
    '<c r="A1" t="s"><v>0</v></c>',
    '<c r="A1" t="str"><f>A2</f><v>7</v></c>',
    '<c s="4" r="A1"><v>1</v></c>',
    '<c r="A1" t="n"><is><t>a</t></is></c>',
    '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="A1"><f t="shared" si="0">A2</f><v>7</v></c>',
    '<x:c xmlns:x="' + MAIN + '" r="A1"><v>1</v></x:c>',
    '<c r="A1"><!-- 2 --><v>1</v></c>',
    '<c r="A1" t="inlineStr"><is><t>&#65;&#128;</t></is></c>',
    '<c r="A1" t="inlineStr"><is><t>a\r\nb</t></is></c>',
    '<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>',
    '<c\nr="A1"><v>1</v></c>',
)
"""Written as kitgen does not write them."""


def sheet(*cells: str) -> bytes:
    rows = "".join(f'<row r="1">{cell}</row>' for cell in cells)
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def read(part: bytes) -> list[tuple[str | None, str]]:
    strings = list(parse_xml(f'<sst xmlns="{MAIN}"><si><t>teks</t></si></sst>'.encode(), "x.xlsx", "sst"))
    return list(sheet_lines._in_turn(part, "x.xlsx", "sheet", strings))


def test_plain_cells_say_what_xml_says() -> None:
    part = sheet(*PLAIN)
    assert plain_cells(part) == read(part) != []


@pytest.mark.parametrize("cell", OTHER)
def test_one_cell_of_another_kind_leaves_all_to_xml(cell: str) -> None:
    assert plain_cells(sheet(PLAIN[4], cell)) == []
    assert read(sheet(PLAIN[4], cell))


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.xlsx")), ids=lambda path: Path(path).stem)
def test_sheets_of_templates_say_what_xml_says(path: Path) -> None:
    parts = document_parts(path)
    strings = shared_strings(parts, path.name)
    for name in (each for each in parts if each.startswith("xl/worksheets/sheet")):
        found = plain_cells(parts[name])
        assert found in ([], list(sheet_lines._in_turn(parts[name], path.name, name, strings)))


def test_a_long_sheet_is_read_in_turn() -> None:
    assert plain_cells(sheet(*PLAIN * 3_000)) == []

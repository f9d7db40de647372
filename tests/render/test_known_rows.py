"""Rows that are read once for all documents say what they say when each document is read by itself."""

from pathlib import Path

import pytest
from harness import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.errors import KitgenError
from kitgen.base.line_diff import DumpLine
from kitgen.documents.disk.document import document_parts
from kitgen.render.dump import known_rows
from kitgen.render.dump.dump import differing, dump_parts
from kitgen.render.package.xml import W

DOCUMENT = "word/document.xml"
TEMPLATES = sorted((ROOT / "templates").rglob("*.docx"))
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
ODD = {
    "nested tables": "<w:tr><w:tc><w:tbl><w:tr>{inner}</w:tr></w:tbl><w:p/></w:tc></w:tr><w:tr>{outer}</w:tr>",
    "a nested table without rows": "<w:tr><w:tc><w:tbl/><w:p/></w:tc>{inner}</w:tr><w:tr>{outer}</w:tr>",
    "an empty row": '<w:tr/><w:tr w:rsidR="1"/><w:tr>{inner}</w:tr><w:tr >{outer}</w:tr>',
    "a row in a comment": "<w:tr>{inner}<!-- <w:tr>{outer}</w:tr> --></w:tr><w:tr>{outer}</w:tr>",
    "a row in an instruction": "<w:tr>{inner}<?x <w:tr>{outer}</w:tr> ?></w:tr>",
    "a row in a text taken as it is": "<w:tr>{inner}<w:x><![CDATA[<w:tr>{outer}</w:tr>]]></w:x></w:tr>",
    "our own mark": '<w:tr kitgen-row="0">{inner}</w:tr><w:tr>{outer}</w:tr>',
    "our own mark, too large": '<w:tr kitgen-row="99">{inner}</w:tr>',
    "properties of the row": "<w:tr><w:tblPrEx/><w:trPr/>{inner}</w:tr>",
    "a row in a control": "<w:sdt><w:sdtContent><w:tr>{inner}</w:tr></w:sdtContent></w:sdt><w:tr>{outer}</w:tr>",
    "other names below": '<w:tr><v:tr xmlns:v="{w}">{inner}</v:tr></w:tr><w:tr>{outer}</w:tr>',
    "names declared between": '<w:tr>{inner}<w:x xmlns:q="q"><q:y/></w:x></w:tr>',
}


def part(rows: str, root: str = "w:document", declared: str = f'xmlns:w="{W[1:-1]}"') -> dict[str, bytes]:
    body = f"<w:body><w:p/><w:tbl>{rows}</w:tbl><w:tbl><w:tr>{CELL.format('akhir')}</w:tr></w:tbl></w:body>"
    return {DOCUMENT: f"<?xml version='1.0' encoding='UTF-8'?><{root} {declared}>{body}</{root}>".encode()}


def each_by_itself(parts: dict[str, bytes]) -> list[DumpLine]:
    """The dump without rows that were read before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_rows, "_is_unsure", lambda *_: True)
        return dump_parts(parts, "x.docx")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_templates_say_the_same(template: Path) -> None:
    """All that ship, one after another and once more."""
    parts = document_parts(template)
    assert dump_parts(parts, "x.docx") == dump_parts(parts, "x.docx") == each_by_itself(parts)


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_odd_tables_say_the_same(rows: str) -> None:
    """What looks like a row and is none, and rows that hold others."""
    parts = part(rows.format(inner=CELL.format("dalam"), outer=CELL.format("luar"), w=W[1:-1]))
    assert dump_parts(parts, "x.docx") == each_by_itself(parts)


def test_other_prefixes_are_read() -> None:
    """A file of another program may call Word's names otherwise, or call others by that name."""
    rows = f"<w:tr>{CELL.format('teks')}</w:tr>"
    foreign = {DOCUMENT: part(rows)[DOCUMENT].replace(b"w:", b"q:").replace(b"xmlns:w", b"xmlns:q")}
    assert dump_parts(foreign, "x.docx") == dump_parts(part(rows), "x.docx")
    other = part(rows, declared='xmlns:w="urn:lain"')
    assert dump_parts(other, "x.docx") == each_by_itself(other)


def test_what_is_wrong_is_told_of_the_whole() -> None:
    """A row that cannot be read by itself, or a part with entities, gives the error it always gave."""
    for rows in ("<w:tr><w:tc></w:tr>", "<w:tr>&x;</w:tr>", "<w:tr><q:y/></w:tr>", "</w:tr>"):
        errors = set()
        for read in (lambda parts: dump_parts(parts, "x.docx"), each_by_itself):
            with pytest.raises(KitgenError) as caught:
                read(part(rows))
            errors.add(str(caught.value))
        assert len(errors) == 1
    with pytest.raises(KitgenError, match="entities"):
        dump_parts({DOCUMENT: part("")[DOCUMENT].replace(b"?>", b"?><!DOCTYPE x>", 1)}, "x.docx")


rows_of = st.recursive(
    st.lists(st.sampled_from("abc"), max_size=3).map(lambda cells: "".join(map(CELL.format, cells))),
    lambda inner: inner.map(lambda row: f"<w:tc><w:tbl><w:tr>{row}</w:tr></w:tbl><w:p/></w:tc>"),
    max_leaves=4,
)


@given(st.lists(rows_of, max_size=5))
def test_any_tables_say_the_same(rows: list[str]) -> None:
    """Rows within rows, equal ones and none."""
    parts = part("".join(f"<w:tr>{row}</w:tr>" for row in rows))
    assert dump_parts(parts, "x.docx") == each_by_itself(parts)


def test_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rows say is forgotten when there are too many, and read anew."""
    monkeypatch.setattr(known_rows, "_MOST", 3)
    monkeypatch.setattr(known_rows, "_known", {})
    for start in range(0, 30, 6):
        parts = part("".join(f"<w:tr>{CELL.format(start + number)}</w:tr>" for number in range(6)))
        assert dump_parts(parts, "x.docx") == each_by_itself(parts)
        assert sum(map(len, known_rows._known.values())) <= 3 + 7


def test_equal_parts_are_left_out() -> None:
    """Of two states of a document only what differs is compared; notes that came are there on one side."""
    old = {DOCUMENT: b"a", "word/footer1.xml": b"b", "word/styles.xml": b"c"}
    new = {DOCUMENT: b"x", "word/footer1.xml": b"b", "word/styles.xml": b"y", "word/footnotes.xml": b"z"}
    assert differing(old, new) == ({DOCUMENT: b"a"}, {DOCUMENT: b"x", "word/footnotes.xml": b"z"})
    book = {"xl/workbook.xml": b"a", "xl/worksheets/sheet1.xml": b"b"}
    assert differing(book, book) == (book, book)

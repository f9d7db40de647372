"""What dumps tell beside the text: alternative texts, charts, diagrams, comments and text boxes of sheets."""

from pathlib import Path

import xlsxwriter
from word_packages import DECLARED, HEAD, paragraph, parts_of, story, word_parts, zipped

from kitgen.render.dump.beside import is_beside
from kitgen.render.dump.dump import differing, dump_parts
from kitgen.verify.witness import disagreements

PICTURE = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{}"/></wp:inline></w:drawing></w:r></w:p>'
CHART = (
    f"{HEAD}<c:chartSpace {DECLARED}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Nilai </a:t></a:r><a:r><a:t>rerata</a:t>"
    "</a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>Asesi Contoh 01</c:v>"
    "</c:pt></c:strCache></c:strRef></c:tx><c:val><c:numRef><c:numCache><c:pt><c:v>12.5</c:v></c:pt></c:numCache>"
    "</c:numRef></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>"
)
DIAGRAM = (
    f"{HEAD}<dgm:dataModel {DECLARED}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Langkah satu</a:t></a:r></a:p></dgm:t>"
    "</dgm:pt></dgm:ptLst></dgm:dataModel>"
)


def told(parts: dict[str, bytes]) -> dict[str, str]:
    """The lines that stand beside the text, by their places."""
    return {line.spot: line.text for line in dump_parts(parts, "x") if is_beside(line.spot)}


def test_alternative_texts_are_told_once_and_by_part() -> None:
    """Also in rows of tables and in headers; the copy for older programs does not count."""
    older = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{PICTURE.format('foto')[10:-12]}</mc:Choice><mc:Fallback>"
        '<w:pict><v:shape id="a" alt="foto"/></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    row = f"<w:tbl><w:tr><w:tc>{PICTURE.format('Tanda &amp; tangan')}</w:tc></w:tr></w:tbl>"
    header = story("hdr", PICTURE.format("lambang"))
    parts = word_parts(row + older, parts={"r9": ("header", "word/header1.xml", header)})
    assert told(parts) == {
        "alternative text 1": "Tanda & tangan", "alternative text 2": "foto", "header1 alternative text 1": "lambang",
    }  # fmt: skip


def test_a_picture_that_says_what_its_drawing_says_is_told_once() -> None:
    """Other programs write the description of a picture twice; a picture that says something else is told."""
    inner = '<wp:docPr id="1" name="x"{}/><wp:cNvPr id="1" name="y" descr="{}"/>'
    pictures = [inner.format(' descr="foto"', "foto"), inner.format("", "foto"), inner.format(' descr="foto"', "cap")]
    body = "".join(f"<w:p><w:r><w:drawing><wp:inline>{each}</wp:inline></w:drawing></w:r></w:p>" for each in pictures)
    assert list(told(word_parts(body)).values()) == ["foto", "foto", "foto", "cap"]


def test_charts_and_diagrams_are_told() -> None:
    """Titles, series and steps, whatever their parts are called; numbers are none of their words."""
    more = {
        "r8": ("chart", "word/graphs/g7.xml", CHART),
        "r9": ("diagramData", "word/diagrams/data1.xml", DIAGRAM),
    }
    parts = word_parts(paragraph("teks"), parts=more)
    assert told(parts) == {
        "chart 1, text 1": "Nilai rerata", "chart 1, text 2": "Asesi Contoh 01", "diagram 1, text 1": "Langkah satu",
    }  # fmt: skip
    changed = parts | {"word/graphs/g7.xml": CHART.replace("Contoh 01", "Contoh 02").encode()}
    old, new = differing(parts, changed)
    assert told(old) != told(new)


def test_the_second_reader_is_asked_of_the_text_alone() -> None:
    """python-docx reads no alternative texts."""
    parts = word_parts(PICTURE.format("foto") + paragraph("teks"))
    assert disagreements(zipped(parts), dump_parts(parts, "x"), "x") == []


def test_a_workbook_s_comments_boxes_and_charts_are_told(tmp_path: Path) -> None:
    """By sheet and cell."""
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet = book.add_worksheet("Nilai")
    sheet.write_comment("B2", "periksa lagi")
    sheet.insert_textbox("D4", "catatan asesor")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Nilai!$A$1:$A$2", "name": "Seri satu"})
    chart.set_title({"name": "Judul grafik"})
    sheet.insert_chart("F4", chart, {"description": "grafik nilai"})
    book.close()
    found = told(parts_of((tmp_path / "t.xlsx").read_bytes()))
    assert found["sheet Nilai, comment B2"] == "periksa lagi"
    assert {"catatan asesor", "grafik nilai", "Judul grafik", "Seri satu"} <= set(found.values())

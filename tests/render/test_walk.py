"""Reading a document without blind spots: what dumps show is what stands on the page, and places are counted alike."""

import re
from pathlib import Path

import pytest
from office import convert, needs_office
from word_packages import HEAD, cell, paragraph, story, table, text, word_parts, written

from kitgen.base.errors import KitgenError
from kitgen.documents.disk.document import document_parts
from kitgen.render import compile_template
from kitgen.render.dump.dump import dump_parts

pytestmark = pytest.mark.fragments

CASES = Path(__file__).parent.parent / "fixtures" / "word"


def dumped(body: str, **options: object) -> list[str]:
    """The lines of a document with this body."""
    return [str(line) for line in dump_parts(word_parts(body, **options), "t.docx")]  # type: ignore[arg-type]


def box(*blocks: str, modern: bool = True) -> str:
    """A text box as Word writes it: a drawing, and an old shape with the same words for old programs."""
    content = "".join(blocks)
    old = f'<w:pict><v:shape id="T"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>'
    if not modern:
        return f"<w:r>{old}</w:r>"
    new = (
        '<w:drawing><wp:anchor><wp:docPr id="3" name="T"/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize("name", ["F05", "F05b", "F05c"])
def test_a_word_anywhere_is_in_the_dump(name: str) -> None:
    """Every word of the document's texts but that of a date, which changes by itself."""
    (path,) = CASES.glob(f"{name}-*.docx")
    parts = document_parts(path)
    shown = "\n".join(str(line) for line in dump_parts(parts, path.name))
    xml = re.sub(
        r"<mc:Fallback>.*?</mc:Fallback>|<w:del .*?</w:del>|<w:moveFrom .*?</w:moveFrom>|<w:fldSimple w:instr=.\s*DATE.*?</w:fldSimple>",
        "",
        parts["word/document.xml"].decode(),
        flags=re.S,
    )
    xml = re.sub(r'<w:fldChar w:fldCharType="separate"/>.*?<w:fldChar w:fldCharType="end"/>', "", xml, flags=re.S)
    for words in re.findall(r"<w:t[^>]*>([^<]+)</w:t>", xml):
        assert words in shown


KINDS = {
    "text box": f"<w:p>{box(paragraph('LAMA'))}</w:p>", "old text box": f"<w:p>{box(paragraph('LAMA'), modern=False)}</w:p>",
    "table in a text box": f"<w:p>{box(table((paragraph('LAMA'),)))}</w:p>",
    "box in a box": f"<w:p>{box('<w:p>' + box(paragraph('LAMA')) + '</w:p>')}</w:p>".replace("[", "["),
    "row in a control": f"<w:tbl><w:tblPr/><w:tblGrid/><w:sdt><w:sdtContent><w:tr>{cell(paragraph('LAMA'))}</w:tr></w:sdtContent></w:sdt></w:tbl>",
    "cell in a control": f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:sdt><w:sdtContent>{cell(paragraph('LAMA'))}</w:sdtContent></w:sdt></w:tr></w:tbl>",
    "custom XML": f"<w:customXml>{paragraph('LAMA')}</w:customXml>", "row in custom XML": f"<w:tbl><w:customXml><w:tr>{cell(paragraph('LAMA'))}</w:tr></w:customXml></w:tbl>",
    "moved here": f"<w:moveTo>{paragraph('LAMA')}</w:moveTo>", "inserted": f"<w:p><w:ins>{text('LAMA')}</w:ins></w:p>",
    "typed field": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r>'
                   f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{text("LAMA")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "simple field": f'<w:p><w:fldSimple w:instr=" REF a ">{text("LAMA")}</w:fldSimple></w:p>',
    "field in a field": '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> IF </w:instrText><w:fldChar w:fldCharType="begin"/>'
                        '<w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType="separate"/><w:t>9</w:t><w:fldChar w:fldCharType="end"/>'
                        '<w:fldChar w:fldCharType="separate"/><w:t>LAMA</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "ruby": f"<w:p><w:r><w:ruby><w:rt>{text('x')}</w:rt><w:rubyBase>{text('LAMA')}</w:rubyBase></w:ruby></w:r></w:p>",
    "reading of ruby": f"<w:p><w:r><w:ruby><w:rt>{text('LAMA')}</w:rt><w:rubyBase>{text('x')}</w:rubyBase></w:ruby></w:r></w:p>",
    "letters as a picture": '<w:p><w:r><w:pict><v:shape><v:textpath string="LAMA"/></v:shape></w:pict></w:r></w:p>',
    "choice of an old list": '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/>'
                             '<w:listEntry w:val="LAMA"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "table three deep": table((table((table((paragraph("LAMA"),)),)) + paragraph(),)), "equation": "<w:p><m:oMath><m:r><m:t>LAMA</m:t></m:r></m:oMath></w:p>",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_text_is_told_once(kind: str) -> None:
    """Old and new words give other dumps, and none is counted twice."""
    old, new = dumped(KINDS[kind]), dumped(KINDS[kind].replace("LAMA", "BARU"))
    assert old != new
    assert "\n".join(old).count("LAMA") == 1


def test_signs_that_are_no_letters_are_told() -> None:
    """Symbols, hyphens that do not break, emoji as programs of before write them, boxes of old forms."""
    emoji = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx xmlns:w16se="urn:s" w16se:char="1F60A"/></mc:Choice>'
        "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    tick = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    body = f'<w:p><w:r><w:sym w:font="Wingdings" w:char="2713"/><w:noBreakHyphen/><w:t>a</w:t></w:r>{emoji}{tick}</w:p>'
    assert dumped(body)[0].startswith("paragraph 1: ✓\u2011a😊☒")


def test_results_that_change_by_themselves_are_not_told() -> None:
    """A page number or a date is not what a document says."""
    field = '<w:p><w:fldSimple w:instr=" NUMPAGES ">{}</w:fldSimple></w:p>'
    assert dumped(field.format(text("3"))) == dumped(field.format(text("4"))) == ["paragraph 1: {NUMPAGES}"]


def test_tables_and_paragraphs_are_counted_as_places_count_them(tmp_path: Path) -> None:
    """For each fault the dump has a line of that place with the tag in it, text boxes and controls before it or not."""
    rows = f"<w:sdt><w:sdtContent><w:tr>{cell(paragraph('{{ a }}'))}</w:tr></w:sdtContent></w:sdt><w:tr>{cell(paragraph('{{ b }}') + table((paragraph('{{ c }}'),)) + paragraph())}</w:tr>"
    body = (
        f"<w:p>{box(paragraph('satu'), paragraph('{{ d }}'))}</w:p><w:sdt><w:sdtContent>{paragraph('{{ e }}')}</w:sdtContent></w:sdt>"
        f"<w:p>{box(table((paragraph('x'),)))}</w:p><w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>{paragraph('{{ f }}')}{table((paragraph('{{ g }}'),))}"
    )
    parts = word_parts(body, {"h": ("header", "word/header1.xml", story("hdr", paragraph("{{ h }}")))})
    lines = {line.spot: line.text for line in dump_parts(parts, "t.docx")}
    with pytest.raises(KitgenError) as caught:
        compile_template(written(tmp_path / "t.docx", parts)).render({})
    places = {problem.place.text: str(problem.place.spot) for problem in caught.value.diagnostics if problem.place}
    assert set(places) == {f"{{{{ {name} }}}}" for name in "abcdefgh"}
    for tag, spot in places.items():
        head = spot.partition(", text box")[0].replace("header1, ", "header1 ")
        assert tag in lines[head], (tag, spot)
    assert places["{{ d }}"] == "paragraph 1, text box, paragraph 2"
    assert places["{{ a }}"] == "table 1, row 1, cell 1"
    assert places["{{ c }}"] == "table 2, row 1, cell 1"
    assert places["{{ g }}"] == "table 3, row 1, cell 1"


@needs_office
@pytest.mark.office
def test_libreoffice_reads_no_word_that_the_dump_does_not(tmp_path: Path, root: Path) -> None:
    """Its text export of documents with text boxes, controls, fields and nested tables, and of shipped templates."""
    files = []
    for number, kind in enumerate(KINDS):
        if kind not in ("moved here", "ruby"):  # of no use without what stands around them
            styles = {"s": ("styles", "word/styles.xml", story("styles", ""))}
            files.append(written(tmp_path / f"{number}.docx", word_parts(KINDS[kind] + paragraph("akhir"), styles)))  # type: ignore[arg-type]
    for number, template in enumerate(sorted((root / "templates" / "docx").glob("FR.*.docx"))[::8]):
        files.append(tmp_path / f"t{number}.docx")
        files[-1].write_bytes(template.read_bytes())
    for file, exported in zip(files, convert(files, "txt", tmp_path), strict=True):
        said = " ".join(str(line) for line in dump_parts(document_parts(file), file.name))
        read = set(re.findall(r"[^\W\d_]{3,}", exported.read_text("utf-8-sig", "replace")))
        assert read, file.name
        assert read - set(re.findall(r"[^\W\d_]{3,}", said)) == set(), file.name


def test_a_story_without_a_body_is_read(tmp_path: Path) -> None:
    """A document that holds nothing says nothing."""
    parts = word_parts("") | {"word/document.xml": f'{HEAD}<w:document xmlns:w="urn:x"/>'.encode()}
    assert dump_parts(parts, "t.docx") == []

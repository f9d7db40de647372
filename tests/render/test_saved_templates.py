"""Templates as programs save them: tracked changes, notes, comments, text boxes, fields, ids, LibreOffice."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docxtpl_cases import CASES, VALUES, box, text_of
from harness import W14, W, opened_by_the_rules, paragraphs, rendered, table, texts_of, word_template
from lxml import etree
from office import convert, needs_office

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
AUTHOR = 'w:author="a" w:date="2024-01-01T00:00:00Z"'


def word(xml: str) -> Any:
    return etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}" xmlns:w14="{W14[1:-1]}">{xml}</w:p>')


def of_xml(*bodies: str):  # type: ignore[no-untyped-def]
    def build(document: Any) -> None:
        for body in bodies:
            document.add_paragraph()._p.extend(list(word(body)))

    return build


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def d(text: str) -> str:
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def shown(document: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p")]


def test_tracked_changes_in_a_template(tmp_path: Path) -> None:
    """Deleted text is none and loses its tags, inserted text is text, a tag cut across both comes together."""
    path = word_template(tmp_path, of_xml(
        f'{r("a {{ na")}<w:del w:id="1" {AUTHOR}>{d("{{ lama }}")}</w:del><w:ins w:id="2" {AUTHOR}>{r("me }} b")}</w:ins>',
        f'<w:ins w:id="3" {AUTHOR}>{r("{% if ")}</w:ins>{r("on %}ya{% endif")}<w:ins w:id="4" {AUTHOR}>{r(" %}.")}</w:ins>',
        f'<w:moveFrom w:id="5" {AUTHOR}>{r("{{ pindah }}")}</w:moveFrom><w:moveTo w:id="6" {AUTHOR}>{r("{{ name }}")}</w:moveTo>',
        f'<w:moveFrom w:id="7" {AUTHOR}>{r("asal")}</w:moveFrom>{r("{%p for x in (1, 2) %}")}', f'<w:ins w:id="8" {AUTHOR}>{r("{{ x }}")}</w:ins>',
        f'{r("{%p end")}<w:del w:id="9" {AUTHOR}>{d("if")}</w:del>{r("for %}")}',
    ))  # fmt: skip
    document = rendered(path, {"name": "N", "on": True})
    assert shown(document) == ["a N b", "ya.", "N", "1", "2"]
    assert [text.text for text in document.element.body.iter(f"{W}delText")] == [None]


def test_a_moved_tag_is_not_read_twice(tmp_path: Path) -> None:
    path = word_template(tmp_path, of_xml(f'<w:moveFrom w:id="1" {AUTHOR}>{r("{{ rusak")}</w:moveFrom>{r("{{ n }}")}'))
    assert shown(rendered(path, {"n": 1})) == ["{{ rusak1"]


def with_parts(path: Path, kind: str, body: str) -> None:
    """Give a document made by python-docx footnotes or comments, as Word writes them."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: archive.read(name).decode() if name.endswith((".xml", ".rels")) else archive.read(name)
            for name in archive.namelist()
        }
    item = kind[:-1]
    extra = (
        f'<w:{item} w:id="7"'
        + (' w:author="x" w:initials="x"' if kind == "comments" else "")
        + f"><w:p>{r(body)}</w:p></w:{item}>"
    )
    parts[f"word/{kind}.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind} xmlns:w="{W[1:-1]}">{extra}</w:{kind}>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>')  # fmt: skip
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{kind}.xml"/></Relationships>')  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
def test_notes_and_comments_are_filled(tmp_path: Path, kind: str) -> None:
    reference = {"footnotes": "footnoteReference", "endnotes": "endnoteReference", "comments": "commentReference"}[kind]
    path = word_template(tmp_path, of_xml(f'{r("teks")}<w:r><w:{reference} w:id="7"/></w:r>'))
    with_parts(path, kind, "catatan {{ n }} {{r {'text': 'x', 'link': 'https://contoh.id'} }}")
    data = compile_template(path).render({"n": 5})
    opened_by_the_rules(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(f"word/{kind}.xml"))
        assert b"https://contoh.id" in archive.read(f"word/_rels/{kind}.xml.rels")
    assert "".join(t.text or "" for t in root.iter(f"{W}t")) == "catatan 5 x"


def test_a_loop_over_nothing_leaves_header_note_and_box_whole(tmp_path: Path) -> None:
    """Header, cell and content control keep what Word needs when nothing fills them."""

    def build(document: Any) -> None:
        header = document.sections[0].header
        header.paragraphs[0].text = "{%p for x in nothing %}"
        header.add_paragraph("{{ x }}")
        header.add_paragraph("{%p endfor %}")
        document.add_paragraph()._p.append(box("{{p nothing }}"))
        table(
            ["{%tc for x in nothing %}", "{{ x }}", "{%tc endfor %}"],
            ["{#tc catatan #}", "{#tc catatan #}", "{#tc catatan #}"],
        )(document)
        table(["{{p nothing }}", "{#p catatan #}"])(document)
        document.add_paragraph("akhir")

    document = rendered(word_template(tmp_path, build), {"nothing": []})
    assert len(document.tables) == 1 and texts_of(document) == ["", "akhir"]


def test_text_boxes_are_filled_in_both_branches_and_numbered_in_loops(tmp_path: Path) -> None:
    """What Word reads and what older programs read say the same; drawings and shapes differ in their ids."""

    def build(document: Any) -> None:
        document.add_paragraph("{%p for u in (1, 2, 3) %}")
        document.add_paragraph("kotak")._p.append(box("isi {{ u }}"))
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("lain")._p.append(box("tetap"))

    document = rendered(word_template(tmp_path, build), {})
    boxes = ["".join(t.text for t in box.iter(f"{W}t")) for box in document.element.body.iter(f"{W}txbxContent")]
    assert boxes == ["isi 1", "isi 1", "isi 2", "isi 2", "isi 3", "isi 3", "tetap", "tetap"]
    shapes = [shape.get("id") for shape in document.element.body.iter("{urn:schemas-microsoft-com:vml}shape")]
    assert len(set(shapes)) == 4


def test_a_field_keeps_its_runs_and_takes_tags(tmp_path: Path) -> None:
    """A field's code may hold a tag, also one cut over runs, and none of its marks is lost."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in (" HYPERLINK &quot;{", "{ ur", "l }}&quot; ")
    )
    path = word_template(
        tmp_path, of_xml(mark.format("begin") + code + mark.format("separate") + r("{{ n }}") + mark.format("end"))
    )
    document = rendered(path, {"url": 'https://contoh.id/?a="1"&b', "n": 1})
    assert (
        "".join(e.text for e in document.element.body.iter(f"{W}instrText"))
        == ' HYPERLINK "https://contoh.id/?a=\\"1\\"&b" '
    )
    assert len(list(document.element.body.iter(f"{W}fldChar"))) == 3


def test_ids_are_unique_over_loops_blocks_and_parts(tmp_path: Path) -> None:
    """The rules of Word's ids hold with bookmarks, paragraph ids, drawings and controls in loops and copied parts."""
    body = (
        '<w:bookmarkStart w:id="{id}" w:name="tanda"/>' + r("{{ n }}") + '<w:bookmarkEnd w:id="{id}"/>'
        '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>' + r("x") + "</w:sdtContent></w:sdt>"
    )

    def build(document: Any) -> None:
        for number in (1, 1, 2):
            of_xml(body.format(id=number))(document)
            document.paragraphs[-1]._p.set(f"{W14}paraId", "1234ABCD")
            document.paragraphs[-1]._p.append(box("{{ n }}"))
        document.add_paragraph("{%p for x in (1, 2) %}")
        of_xml('<w:bookmarkStart w:id="9" w:name="ulang"/>' + body.format(id=3))(document)
        document.paragraphs[-1]._p.append(box("{{ n }}"))
        document.add_paragraph("{%p endfor %}")
        of_xml('<w:bookmarkEnd w:id="9"/>')(document)
        header = document.sections[0].header.paragraphs[0]
        header._p.append(box("{{ n }}"))
        header._p.set(f"{W14}paraId", "1234ABCD")
        document.sections[0].footer.paragraphs[0]._p.append(box("tanpa tag"))

    document = rendered(word_template(tmp_path, build), {"n": 1})
    assert [b.get(f"{W}name") for b in document.element.body.iter(f"{W}bookmarkStart")] == ["tanda", "ulang"]
    ids = [d.get("id") for part in (document.element, document.sections[0].header._element, document.sections[0].footer._element)
           for d in part.iter(f"{WP}docPr")]  # fmt: skip
    assert len(ids) == len(set(ids)) == 7


def test_an_author_that_is_a_tag_is_filled(tmp_path: Path) -> None:
    """Who made the template is taken out; whom the template says to name is named."""

    def build(document: Any) -> None:
        core = document.core_properties
        core.author, core.last_modified_by = "{{ name }}", "Orang"
        core.subject, core.comments, core.keywords = "{{ name }} 1", "{% if on %}ya{% endif %}", "{_{ x }_}"

    core = rendered(word_template(tmp_path, build), {"name": "N", "on": True}).core_properties
    assert (core.author, core.last_modified_by, core.subject, core.comments, core.keywords) == (
        "N",
        "",
        "N 1",
        "ya",
        "{{ x }}",
    )


def test_wrong_cell_tags_are_told_with_their_places(tmp_path: Path) -> None:
    """All at once: where they stand, what they lack, what a template may not do."""

    def build(document: Any) -> None:
        document.add_paragraph("{% colspan 2 %}")
        table(
            ["{% colspan %}", "{% cellbg %}", "{% hm x %}"], ["{% vm %}{% vm %}", "{{tr x }}", "{%tc for x in y %} isi"]
        )(document)
        document.add_paragraph("lain {%- if x -%}")
        document.add_paragraph("{%p endif %}")

    with pytest.raises(KitgenError) as caught:
        compile_template(word_template(tmp_path, build))
    text = str(caught.value)
    for expected in ("paragraph 1", "`colspan` shapes a table cell", "table 1, row 1, cell 1", "`colspan` says nothing",
                     "`cellbg` says nothing", "`hm` takes no claim", "`vm` stands twice", "whole rows or cells", "row 2, cell 3"):  # fmt: skip
        assert expected in text, expected


@pytest.mark.parametrize(("tag", "message"), [
    ("{% colspan 'dua' %}", "is to cover a number of columns that is none"), ("{% colspan 900 %}", "is to cover a number of columns that is none"), ("{% cellbg 'merah' %}", "the colour of a cell is none"),
    ("{% colspan tiada %}", "uses `tiada`"), ("{% hm %}", "`loop`"),
])  # fmt: skip
def test_wrong_values_of_cell_tags_are_told(tmp_path: Path, tag: str, message: str) -> None:
    with pytest.raises(KitgenError) as caught:
        compile_template(word_template(tmp_path, table(["a", f"{tag}b"]))).render({})
    assert message in str(caught.value) and "table 1, row 1, cell 2" in str(caught.value)


def test_cell_tags_keep_the_order_of_the_schema(tmp_path: Path) -> None:
    """All four in one cell, in any order."""
    for number, tags in enumerate(
        ("{% vm %}{% cellbg 'FF0000' %}{% colspan 2 %}", "{% colspan 2 %}{% vm %}{% cellbg '#ff0000' %}")
    ):
        path = word_template(
            tmp_path,
            table(["{%tr for x in (1, 2) %}", ""], [f"{tags}a", "b"], ["{%tr endfor %}", ""]),
            f"{number}.docx",
        )
        document = rendered(path, {})
        kinds = [etree.QName(child).localname for child in document.tables[0]._tbl.find(f"{W}tr/{W}tc/{W}tcPr")]
        assert kinds == ["tcW", "gridSpan", "vMerge", "shd"]
        assert sum(int(c.get(f"{W}w")) for c in document.tables[0]._tbl.iter(f"{W}gridCol")) == pytest.approx(
            8640, abs=3
        )


def test_hm_and_colspan_in_one_cell(tmp_path: Path) -> None:
    for number, tags in enumerate(("{% hm %}{% colspan 2 %}", "{% colspan 2 %}{% hm %}")):
        path = word_template(
            tmp_path, table(["{%tc for x in (1, 2, 3) %}", f"{tags}a", "{%tc endfor %}"]), f"{number}.docx"
        )
        document = rendered(path, {})
        assert document.tables[0]._tbl.find(f"{W}tr/{W}tc/{W}tcPr/{W}gridSpan").get(f"{W}val") == "6"


def test_a_strict_document_is_refused_with_advice(tmp_path: Path) -> None:
    path = word_template(tmp_path, paragraphs("{{ x }}"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(KitgenError, match="not Strict Open XML"):
        compile_template(path)


@needs_office
@pytest.mark.office
def test_templates_saved_by_libreoffice(tmp_path: Path) -> None:
    """Every case of the comparison with docxtpl, saved anew by LibreOffice, says the same as the original."""
    originals = [word_template(tmp_path, build, f"{number}.docx") for number, build in enumerate(CASES.values())]
    for original, saved, case in zip(originals, convert(originals, "docx", tmp_path), CASES, strict=True):
        ours, theirs = (opened_by_the_rules(compile_template(path).render(VALUES)) for path in (original, saved))
        assert words(theirs) == words(ours), case


def words(document: Any) -> list[str]:
    """The texts of all paragraphs, those of text boxes once."""
    section = document.sections[0]
    roots = (document.element.body, section.header._element, section.footer._element)
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    found = [p for root in roots for p in root.iter(f"{W}p") if next(p.iterancestors(fallback), None) is None]
    return [text for text in map(text_of, found) if text.strip()]


@needs_office
@pytest.mark.office
def test_what_we_make_opens_in_libreoffice(tmp_path: Path) -> None:
    """The rendered cases come out as PDF, every one."""
    files = []
    for number, build in enumerate(CASES.values()):
        files.append(tmp_path / f"jadi-{number}.docx")
        files[-1].write_bytes(compile_template(word_template(tmp_path, build)).render(VALUES))
    assert len(convert(files, "pdf", tmp_path)) == len(files)

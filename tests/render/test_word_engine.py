"""The Word engine: what a tag becomes, whatever Word did to it."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from examples import examples
from harness import W14, W, body_xml, paragraphs, rendered, rewrite_parts, rows_of, table, texts_of, word_template
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kitgen.base.errors import KitgenError
from kitgen.base.holes import BLANK, Missing
from kitgen.render import compile_template

UNITS = [
    {"code": "A.1", "title": "Satu", "items": ["a", "b"]},
    {"code": "A.2", "title": "Dua", "items": []},
    {"code": "A.3", "title": "Tiga", "items": ["c"]},
]


def test_a_value_stands_where_its_tag_stood(tmp_path: Path) -> None:
    """A placeholder is replaced in place, the text around it kept."""
    document = rendered(word_template(tmp_path, paragraphs("Halo {{ name }}, selamat.")), {"name": "Asesi Contoh 01"})
    assert texts_of(document) == ["Halo Asesi Contoh 01, selamat."]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_tag_cut_into_runs_comes_together(tmp_path: Path, cut: int) -> None:
    """Wherever Word cuts a tag, it is read as one."""
    text = "x {{ name }} y {% if on %}ya{% else %}tidak{% endif %} z"
    runs = [text[start : start + cut] for start in range(0, len(text), cut)]
    document = rendered(word_template(tmp_path, paragraphs(runs)), {"name": "N", "on": False})
    assert texts_of(document) == ["x N y tidak z"]


def test_proofing_marks_inside_a_tag_do_no_harm(tmp_path: Path) -> None:
    """Word's spelling marks between the runs of a tag are dropped."""

    def build(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph()
        for text in ("{{ na", "me }}"):
            mark = etree.SubElement(paragraph._p, f"{W}proofErr")
            mark.set(f"{W}type", "spellStart")
            paragraph.add_run(text)

    assert texts_of(rendered(word_template(tmp_path, build), {"name": "N"})) == ["N"]


def test_formatting_of_the_first_run_is_kept(tmp_path: Path) -> None:
    """A value is formatted like the run its tag begins in."""

    def build(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("{{ na").bold = True
        paragraph.add_run("me }} biasa")

    (paragraph,) = rendered(word_template(tmp_path, build), {"name": "N"}).paragraphs
    assert [(run.text, run.bold) for run in paragraph.runs] == [("N", True), (" biasa", None)]


def test_curly_quotes_inside_a_tag_are_read_as_plain_ones(tmp_path: Path) -> None:
    """Quotes that Word made curly still quote; those outside of tags stay curly."""
    template = word_template(tmp_path, paragraphs("“{{ units | join(“, ”) }}” {{ ‘x’ }}"))
    assert texts_of(rendered(template, {"units": ["a", "b"]})) == ["“a, b” x"]


@pytest.mark.parametrize("text", ["<b>&\"'", "a\nb", "a\tb", "\x00\x0b\ufffe", "]]>", "{{ x }} {% y %}", " tepi "])
def test_a_value_is_never_markup(tmp_path: Path, text: str) -> None:
    """Whatever a value holds is text; a break is one, what XML forbids is left out, nothing else."""
    document = rendered(word_template(tmp_path, paragraphs("[{{ value }}]")), {"value": text})
    expected = "".join(c for c in text if c not in "\x00\ufffe").replace("\x0b", "\n")
    assert texts_of(document) == [f"[{expected}]"]


@examples(60)
@given(text=st.text(max_size=40))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Text in, the same text out, but for what XML cannot hold; every kind of break is one."""
    template = _echo(tmp_path_factory)
    document = docx.Document(io.BytesIO(template.render({"value": text})))
    text = re.sub("\r\n|[\r\v\x85\u2028\u2029]", "\n", text)
    kept = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
    assert document.paragraphs[0].text == f"[{kept}]"


_TEMPLATES: dict[str, object] = {}


def _echo(factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    if "echo" not in _TEMPLATES:
        path = word_template(factory.mktemp("echo"), paragraphs("[{{ value }}]"))
        _TEMPLATES["echo"] = compile_template(path)
    return _TEMPLATES["echo"]


def test_rows_repeat_and_nest(tmp_path: Path) -> None:
    """`{%tr for %}` repeats whole rows, also within each other; the tag's own rows go."""
    template = word_template(
        tmp_path,
        table(["No", "Kode"], ["{%tr for unit in units %}"], ["{{ loop.index }}", "{{ unit.code }} {{ unit.title }}"],
              ["{%tr for item in unit.items %}"], ["-", "{{ item }}"], ["{%tr endfor %}"], ["{%tr endfor %}"]),
    )  # fmt: skip
    expected = [
        ["No", "Kode"],
        ["1", "A.1 Satu"],
        ["-", "a"],
        ["-", "b"],
        ["2", "A.2 Dua"],
        ["3", "A.3 Tiga"],
        ["-", "c"],
    ]
    assert rows_of(rendered(template, {"units": UNITS})) == expected


def test_paragraphs_repeat_with_the_tables_in_them(tmp_path: Path) -> None:
    """`{%p for %}` repeats everything up to its end, tables too."""

    def build(document: docx.document.Document) -> None:
        document.add_paragraph("{%p for unit in units %}")
        document.add_paragraph("Unit {{ unit.code }}")
        table(["{{ unit.title }}"])(document)
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("akhir")

    document = rendered(word_template(tmp_path, build), {"units": UNITS})
    assert texts_of(document) == ["Unit A.1", "Unit A.2", "Unit A.3", "akhir"]
    assert [rows_of(document, number) for number in range(3)] == [[["Satu"]], [["Dua"]], [["Tiga"]]]


def test_a_loop_over_nothing_leaves_no_empty_table_or_cell(tmp_path: Path) -> None:
    """Where all rows are looped and there are none, the table goes; a cell keeps a paragraph."""

    def build(document: docx.document.Document) -> None:
        table(["{%tr for unit in units %}"], ["{{ unit.code }}"], ["{%tr endfor %}"])(document)
        made = document.add_table(rows=1, cols=1)
        made.cell(0, 0).text = "{%p if units %}"
        made.cell(0, 0).add_paragraph("ada")
        made.cell(0, 0).add_paragraph("{%p endif %}")
        document.add_paragraph("akhir")

    document = rendered(word_template(tmp_path, build), {"units": []})
    assert len(document.tables) == 1
    assert document.tables[0].cell(0, 0).text == ""
    assert len(document.tables[0].cell(0, 0).paragraphs) == 1


def test_comments_are_left_out(tmp_path: Path) -> None:
    """`{# #}` goes with its text, `{#p #}` with its paragraph."""
    template = word_template(
        tmp_path,
        paragraphs(
            "a{# catatan {{ x #}b", "{#p catatan #}", "c", "{# satu #}{%p if off %}{# dua #}", "d", "{%p endif %}"
        ),
    )
    assert texts_of(rendered(template, {"off": False})) == ["ab", "c"]


def test_cells_merge_down_over_looped_rows(tmp_path: Path) -> None:
    """`{% vm %}` merges over the innermost loop, `{% vm claim %}` as the claim says; merged rows are kept together."""
    template = word_template(
        tmp_path,
        table(["{%tr for unit in units %}"], ["{%tr for item in unit['items'] %}"],
              ["{% vm %}{{ unit.code }}", "{{ item }}", "{% vm unit.code == 'A.1' and loop.first %}satu untuk semua"],
              ["{%tr endfor %}"], ["{%tr endfor %}"]),
    )  # fmt: skip
    document = rendered(template, {"units": [UNITS[0], UNITS[2], {"code": "A.4", "items": ["d", "e", "f"]}]})
    rows = list(document.tables[0]._tbl.iterfind(f"{W}tr"))
    merges = [[cell.find(f"{W}tcPr/{W}vMerge") for cell in row.iterfind(f"{W}tc")] for row in rows]
    kinds = [[None if m is None else m.get(f"{W}val", "goes on") for m in row] for row in merges]
    assert [row[0] for row in kinds] == ["restart", "goes on", "restart", "restart", "goes on", "goes on"]
    assert [row[2] for row in kinds] == ["restart", *["goes on"] * 5]
    kept = [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in rows]
    assert kept == [True, False, False, True, True, False]
    assert [cell.text for cell in document.tables[0].columns[1].cells] == ["a", "b", "c", "d", "e", "f"]


def test_rows_that_stay_together_do_so_at_the_ends_of_a_long_loop(tmp_path: Path) -> None:
    """Twelve rows said to stay with the next do; of more, two at the beginning and three at the end, so no page is half empty."""

    def build(document: docx.document.Document) -> None:
        table(["{%tr for unit in units %}"], ["{{ unit }}"], ["{%tr endfor %}"])(document)
        document.tables[0].cell(1, 0).paragraphs[0].paragraph_format.keep_with_next = True

    template = word_template(tmp_path, build)

    def kept(count: int) -> list[bool]:
        document = rendered(template, {"units": list(map(str, range(count)))})
        rows = document.tables[0]._tbl.iterfind(f"{W}tr")
        return [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in rows]

    assert kept(12) == [True] * 12
    assert kept(21) == [True] * 2 + [False] * 16 + [True] * 3


def test_words_not_chosen_are_struck_through(tmp_path: Path) -> None:
    """`choose` strikes the wrong words and none while the choice is open; formatting stays."""

    def build(document: docx.document.Document) -> None:
        document.add_paragraph().add_run("TUK: {{ 'Sewaktu/Tempat Kerja/Mandiri' | choose(kind) }}*").italic = True

    path = word_template(tmp_path, build)
    for kind, struck in (("Tempat Kerja", ["Sewaktu", "Mandiri"]), (BLANK, []), (Missing("jenis"), []), ("lain", [])):
        (paragraph,) = rendered(path, {"kind": kind}).paragraphs
        assert paragraph.text == "TUK: Sewaktu/Tempat Kerja/Mandiri*"
        assert [run.text for run in paragraph.runs if run.font.strike] == struck
        assert all(run.italic for run in paragraph.runs)


BOX = (
    f'<w:sdt xmlns:w="{W[1:-1]}" xmlns:w14="{W14[1:-1]}"><w:sdtPr><w:tag w:val="{{{{ on }}}}"/><w:id w:val="7"/>'
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)


def test_a_check_box_is_ticked_by_the_claim_in_its_tag(tmp_path: Path) -> None:
    """State and glyph of the content control agree, and its claim is gone from the finished file."""
    path = word_template(tmp_path, lambda document: document.add_paragraph()._p.append(etree.fromstring(BOX)))
    for on, state, glyph in ((True, "1", "☒"), (False, "0", "☐"), (BLANK, "0", "☐")):
        document = rendered(path, {"on": on})
        (box,) = document.element.body.iter(f"{W14}checkbox")
        assert box.find(f"{W14}checked").get(f"{W14}val") == state
        assert [text.text for text in document.element.body.iter(f"{W}t")] == [glyph]
        assert "{{" not in body_xml(document)


def test_ids_are_not_repeated_by_loops(tmp_path: Path) -> None:
    """Content controls in a loop do not share one id."""

    def build(document: docx.document.Document) -> None:
        document.add_paragraph("{%p for unit in units %}")
        document.add_paragraph()._p.append(etree.fromstring(BOX))
        document.add_paragraph("{%p endfor %}")

    document = rendered(word_template(tmp_path, build), {"units": UNITS, "on": False})
    ids = [element.get(f"{W}val") for element in document.element.body.iter(f"{W}id")]
    assert len(list(document.element.body.iter(f"{W14}checkbox"))) == 3
    assert len(ids) == len(set(ids))


def test_headers_footers_and_properties_are_filled(tmp_path: Path) -> None:
    """Tags work wherever text does."""

    def build(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ name }} atas"
        document.sections[0].footer.paragraphs[0].text = "{{ name }} bawah"
        document.core_properties.title = "Judul {{ name }}"

    document = rendered(word_template(tmp_path, build), {"name": "N"})
    assert document.sections[0].header.paragraphs[0].text == "N atas"
    assert document.sections[0].footer.paragraphs[0].text == "N bawah"
    assert document.core_properties.title == "Judul N"


def test_authors_and_dates_of_the_template_are_taken_out(tmp_path: Path) -> None:
    """No name, company, date or path of the one who made the template is in a document."""

    def build(document: docx.document.Document) -> None:
        document.core_properties.author = "Orang Rahasia"
        document.core_properties.last_modified_by = "Orang Rahasia"
        document.add_paragraph("x {{ name }}")

    data = compile_template(word_template(tmp_path, build)).render({"name": "N"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
    assert b"Orang Rahasia" not in everything


def test_a_missing_fact_is_printed_and_named(tmp_path: Path) -> None:
    """Missing prints its name in brackets through filters and `~`, Blank prints nothing, both are false and empty."""
    path = word_template(
        tmp_path,
        paragraphs("{{ number | upper }}", "{{ 'No. ' ~ number }}", "[{{ blank | title }}]",
                   "{% if number or blank %}ada{% else %}kosong{% endif %}", "{% for x in blank %}x{% endfor %}."),
    )  # fmt: skip
    made = compile_template(path).render_parts({"number": Missing("nomor skema"), "blank": BLANK})
    document = docx.Document(io.BytesIO(made.pack()))
    assert texts_of(document) == ["[nomor skema]", "No. [nomor skema]", "[]", "kosong", "."]
    assert made.missing == ("nomor skema",)


def test_blocks_are_put_in_and_keep_their_places(tmp_path: Path) -> None:
    """A shared block's paragraphs and tables take the place of the include, and its faults name the block."""
    (tmp_path / "blocks").mkdir()
    word_template(tmp_path / "blocks", lambda document: (document.add_paragraph("Blok {{ name }}"),
                                                       table(["{{ nama }}"])(document)), "kepala.docx")  # fmt: skip
    path = word_template(tmp_path, paragraphs('{%p include "blocks/kepala.docx" %}', "akhir"))
    document = rendered(path, {"name": "N", "nama": "M"})
    assert texts_of(document) == ["Blok N", "akhir"]
    assert rows_of(document) == [["M"]]
    with pytest.raises(KitgenError) as caught:
        rendered(path, {"name": "N"})
    (problem,) = caught.value.diagnostics
    assert "blocks/kepala.docx, table 1, row 1, cell 1" in str(problem.place)


@pytest.mark.parametrize("name", ["../rahasia.docx", "/etc/x.docx", "blocks/tiada.docx"])
def test_a_block_from_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """Only blocks below the template's folder are put in."""
    with pytest.raises(KitgenError, match="block"):
        compile_template(word_template(tmp_path, paragraphs(f'{{%p include "{name}" %}}')))


def test_reads_names_every_value_with_loops_followed(tmp_path: Path) -> None:
    """`reads` follows names through loops and `set`, and takes the whole where it cannot tell."""
    path = word_template(
        tmp_path,
        paragraphs("{% for u in units %}{% for e in u.elements %}{{ e.title }}{% endfor %}{% endfor %}",
                   "{% set s = scheme %}{{ s.number }} {{ units | map(attribute='code') | join }} {{ names[key] }}"),
    )  # fmt: skip
    reads = compile_template(path).reads
    assert {"units[].elements[].title", "scheme.number", "units.*", "names.*", "key"} <= reads


def test_parts_are_the_same_every_time(tmp_path: Path) -> None:
    """Two compilations and renderings give equal bytes."""
    path = word_template(tmp_path, table(["{%tr for unit in units %}"], ["{{ unit.code }}"], ["{%tr endfor %}"]))
    values = {"units": UNITS}
    assert compile_template(path).render(values) == compile_template(path).render(dict(values))


def renamed_styles(path: Path, change: dict[str, str]) -> None:
    """Give styles other ids wherever the file names them, as Word of another language does."""

    def rename(_: str, content: bytes) -> bytes:
        for old, new in change.items():
            content = content.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
        return content

    rewrite_parts(path, rename)


@pytest.mark.parametrize("is_host", [True, False])
def test_a_block_finds_the_styles_of_its_template_by_name(tmp_path: Path, is_host: bool) -> None:
    """Whichever of the two was saved by a program that makes ids of its own, or whose letters of names are others."""
    (tmp_path / "blocks").mkdir()
    block = word_template(tmp_path / "blocks", lambda document: document.add_paragraph("Blok", "List Bullet"), "b.docx")
    host = word_template(tmp_path, paragraphs('{%p include "blocks/b.docx" %}'))
    renamed_styles(host if is_host else block, {"ListBullet": "Butir1", "List Bullet": "list bullet"})
    (made, *_) = rendered(host, {}).paragraphs
    assert (made.text, made.style.name.lower()) == ("Blok", "list bullet")


def test_a_style_the_template_lacks_is_told_once(tmp_path: Path) -> None:
    """The style is named; the tag is no error besides."""
    (tmp_path / "blocks").mkdir()
    block = word_template(tmp_path / "blocks", lambda document: document.add_paragraph("Blok", "List Bullet"), "b.docx")
    renamed_styles(block, {"ListBullet": "Lain", "List Bullet": "Gaya Lain"})
    with pytest.raises(KitgenError) as caught:
        compile_template(word_template(tmp_path, paragraphs('{%p include "blocks/b.docx" %}')))
    (problem,) = caught.value.diagnostics
    assert "uses the style `Lain`, which the template does not have" in problem.message

"""Rich text, links, pictures and page breaks as plain data any caller can pass, and what is refused."""

import io
import json
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from harness import W, opened_by_the_rules, paragraphs, rendered, table, texts_of, word_template
from lxml import etree
from office_schemas import schema_faults

from kitgen.base.errors import KitgenError
from kitgen.base.holes import BLANK, Missing
from kitgen.render import compile_template, render
from kitgen.render.package.picture_files import PictureRefused, measured

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def png(width: int, height: int, per_metre: int = 0) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    resolution = chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_metre else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + resolution + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, dpi: int = 0) -> bytes:
    density = struct.pack(">BHHBB", 1 if dpi else 0, dpi or 1, dpi or 1, 0, 0)
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x02" + density
    other = b"\xff\xe1" + struct.pack(">H", 8) + b"Exif\0\0"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + app0 + other + frame + b"\xff\xda\0\x02" + b"\xff\xd9"


def faults(path: Path, values: dict[str, Any], pictures: Path | None = None) -> str:
    with pytest.raises(KitgenError) as caught:
        compile_template(path, pictures=pictures).render(values)
    return str(caught.value)


def looks(run: Any) -> dict[str, Any]:
    font = run.font
    found = {"bold": font.bold, "italic": font.italic, "strike": font.strike, "underline": font.underline, "name": font.name,
             "size": font.size.pt if font.size else None, "color": str(font.color.rgb) if font.color and font.color.rgb else None,
             "super": font.superscript or None, "sub": font.subscript or None}  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


def test_rich_text_looks_as_asked_and_else_like_its_tag(tmp_path: Path) -> None:
    """Each property is set, switched off or left as it is in the run of the tag; JSON can say all of it."""

    def build(document: Any) -> None:
        run = document.add_paragraph("awal ").add_run("{{r text }}")
        run.bold, run.font.size = True, docx.shared.Pt(9)

    value = json.loads("""{"runs": [{"text": "a"}, "b", {"text": "c", "bold": false, "italic": true},
        {"text": "d", "strike": true, "color": "#ff0000", "size": 12.5, "font": "Arial", "highlight": "yellow"},
        {"text": "e", "underline": "double", "superscript": true, "highlight": "00FF00"},
        [{"text": "f<&>\\n", "subscript": true}, 7, null]]}""")
    (paragraph,) = rendered(word_template(tmp_path, build), {"text": value}).paragraphs
    assert paragraph.text == "awal abcdef<&>\n7"
    first = {"bold": True, "size": 9.0}
    assert [looks(run) for run in paragraph.runs[1:]] == [
        first, first, first | {"bold": False, "italic": True},
        {"bold": True, "strike": True, "color": "FF0000", "size": 12.5, "name": "Arial"},
        first | {"underline": docx.enum.text.WD_UNDERLINE.DOUBLE, "super": True},
        first | {"sub": True}, first,
    ]  # fmt: skip
    xml = etree.tostring(paragraph._p, encoding="unicode")
    assert '<w:highlight w:val="yellow"/>' in xml and 'w:fill="00FF00"' in xml


def test_holes_in_rich_text_are_holes(tmp_path: Path) -> None:
    """Blank prints nothing, Missing prints and is named, wherever it stands in a value."""
    path = word_template(tmp_path, paragraphs("[{{r a }}{{r b }}{{r c }}]"))
    values = {"a": BLANK, "b": {"text": Missing("alamat"), "bold": BLANK}, "c": [BLANK, Missing("telepon")]}
    made = compile_template(path).render_parts(values)
    assert made.missing == ("alamat", "telepon")
    assert texts_of(opened_by_the_rules(made.pack())) == ["[[alamat][telepon]]"]


def test_paragraphs_from_a_list(tmp_path: Path) -> None:
    """`{{p }}` gives a paragraph for each item, shaped like its own, or in a style asked for; nothing leaves a cell whole."""

    def build(document: Any) -> None:
        document.add_paragraph("{{p items }}", style="List Bullet")
        table(["{{p none }}", "{{p 'satu' }}"])(document)

    items = [
        "a",
        {"text": "b", "bold": True},
        {"runs": ["c", "d"], "paragraph_style": "Heading 1"},
        {"page_break": True},
    ]
    document = rendered(word_template(tmp_path, build), {"items": items, "none": []})
    assert [(p.text.replace("\f", ""), p.style.name) for p in document.paragraphs] == [
        ("a", "List Bullet"), ("b", "List Bullet"), ("cd", "Heading 1"), ("", "List Bullet"),
    ]  # fmt: skip
    assert document.paragraphs[3]._p.find(f"{W}r/{W}br").get(f"{W}type") == "page"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["", "satu"]


def test_links_get_a_relation_in_their_own_part(tmp_path: Path) -> None:
    """Body and header have relations of their own; equal links share one; a link within the document needs none."""

    def build(document: Any) -> None:
        document.add_paragraph("{%p for u in urls %}")
        document.add_paragraph("{{r {'text': 'di sini', 'link': u} }}")
        document.add_paragraph("{%p endfor %}")
        document.sections[0].header.paragraphs[0].text = "{{r {'text': 'atas', 'link': urls[0]} }}"

    urls = [
        "https://contoh.id/a?b=1&c=2",
        "https://contoh.id/a?b=1&c=2",
        "mailto:a@contoh.id",
        "#tujuan",
        "https://münchen.de/ä b%".replace(" ", ""),
    ]
    document = rendered(word_template(tmp_path, build), {"urls": urls})
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert [link.address or link.fragment for link in links] == [
        *urls[:3],
        "tujuan",
        "https://xn--mnchen-3ya.de/%C3%A4b%25",
    ]
    assert len({link._hyperlink.rId for link in links[:2]}) == 1
    assert document.sections[0].header.paragraphs[0].hyperlinks[0].address == urls[0]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://a b.id",
        "contoh.id",
        "https://u:p@x.id",
        "//x",
        "https:///x",
    ],
)
def test_a_link_that_is_none_is_refused(tmp_path: Path, link: str) -> None:
    assert "what is to be a link is none" in faults(
        word_template(tmp_path, paragraphs("{{r v }}")), {"v": {"text": "a", "link": link}}
    )


def test_pictures_in_body_header_cell_and_loop(tmp_path: Path) -> None:
    """One stored file for equal pictures, ids that differ, sizes in millimetres, alternative texts, types announced."""

    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Logo {{r logo }} kop"
        table(["{%tr for n in (1, 2) %}"], ["{{r logo }}"], ["{%tr endfor %}"])(document)
        document.add_paragraph("{{r photo }}")
        document.add_paragraph("{{p photo }}")

    (tmp_path / "gambar").mkdir()
    (tmp_path / "gambar" / "logo.png").write_bytes(png(200, 100))
    values = {"logo": {"picture": "gambar/logo.png", "width_mm": 40, "height_mm": None, "alt": 'Logo "LSP" <1>'},
              "photo": {"picture": jpeg(300, 150, 300)}}  # fmt: skip
    path = word_template(tmp_path, build)
    template = compile_template(path, pictures=tmp_path)
    made = template.render_parts(values)
    data = made.pack()
    document = opened_by_the_rules(data)
    shapes = document.inline_shapes
    assert [(round(shape.width.mm), round(shape.height.mm)) for shape in shapes] == [
        (40, 20),
        (40, 20),
        (25, 13),
        (25, 13),
    ]
    ids = [drawing.get("id") for drawing in document.element.iter(f"{WP}docPr")]
    assert len(set(ids)) == 4
    assert next(document.element.iter(f"{WP}docPr")).get("descr") == 'Logo "LSP" <1>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert len(media) == 2 and archive.read(media[1]) == png(200, 100)
        assert b'Extension="png"' in archive.read("[Content_Types].xml")
        assert b"media/kit-" in archive.read("word/_rels/header1.xml.rels")
    assert template.render_parts(values).digest() == made.digest() and template.render(values) == data
    (tmp_path / "gambar" / "logo.png").write_bytes(png(200, 101))
    assert template.render_parts(values).digest() != made.digest()
    assert "word/media" not in str(template.render_parts({"logo": "", "photo": {"picture": BLANK}}).parts.keys())


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"picture": "../rahasia.png"}, "not a path below the folder"),
        ({"picture": "/etc/passwd"}, "not a path below the folder"),
        ({"picture": "tautan.png"}, "not a path below the folder"),
        ({"picture": "tiada.png"}, "does not exist"),
        ({"picture": "besar.png"}, "larger than 10 MB"),
        ({"picture": "teks.png"}, "neither PNG nor JPEG"),
        ({"picture": b"GIF89a"}, "neither PNG nor JPEG"),
        ({"picture": b"\x89PNG\r\n\x1a\n"}, "damaged"),
        ({"picture": 5}, "neither a path nor"),
        ({"picture": "ada.png", "width_mm": -1}, "mm wide or high"),
        ({"picture": "ada.png", "width_mm": "lebar"}, "mm wide or high"),
        ({"picture": "ada.png", "widht_mm": 5}, "did you mean `width_mm`?"),
    ],
)
def test_a_picture_that_cannot_be_is_refused(tmp_path: Path, value: dict[str, Any], message: str) -> None:
    folder = tmp_path / "gambar"
    folder.mkdir()
    (tmp_path / "rahasia.png").write_bytes(png(1, 1))
    (folder / "tautan.png").symlink_to(tmp_path / "rahasia.png")
    (folder / "ada.png").write_bytes(png(1, 1))
    (folder / "teks.png").write_text("teks")
    (folder / "besar.png").write_bytes(png(1, 1) + bytes(10 * 1024 * 1024))
    path = word_template(tmp_path, table(["a", "{{r value }}"]))
    text = faults(path, {"value": value}, folder)
    assert message in text and "table 1, row 1, cell 2" in text


def test_a_path_without_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ada.png").write_bytes(png(1, 1))
    path = word_template(tmp_path, paragraphs("{{r {'picture': 'ada.png'} }}"))
    assert "no folder of pictures was named" in faults(path, {})


def test_every_fault_of_rich_values_is_told_at_once(tmp_path: Path) -> None:
    """Keys, colours, styles, sizes: all in one run, each at its tag."""
    path = word_template(tmp_path, paragraphs("{{r a }}", "{{r b }}", "{{ c }}", "{{r d }}"))
    values = {
        "a": {"text": "x", "blod": True, "color": "merah", "size": "besar", "style": "Hyperlnk"},
        "b": {"teks": "x"}, "c": {"text": "x"}, "d": {"text": "x", "bold": "ya", "underline": "keriting"},
    }  # fmt: skip
    text = faults(path, values)
    for expected in ("did you mean `bold`?", "`color` of a text has a value", "`size` of a text has a value", "`Hyperlnk`",
                     "group of values is printed that is no rich text", "`{{r value }}`", "`bold` of a text", "`underline` of a text"):  # fmt: skip
        assert expected in text
    assert "paragraph 4" in text


@pytest.mark.parametrize(("content", "size"), [
    (png(100, 50), (100 * 9525, 50 * 9525)), (png(100, 50, 11811), (304800, 152400)), (jpeg(96, 48), (96 * 9525, 48 * 9525)),
    (jpeg(300, 600, 300), (914400, 1828800)),
])  # fmt: skip
def test_sizes_are_read_from_the_file(content: bytes, size: tuple[int, int]) -> None:
    file = measured(content)
    assert (file.width, file.height) == size


@pytest.mark.parametrize(
    "content", [png(3, 3)[:end] for end in (9, 17, 22)] + [jpeg(3, 3)[:end] for end in (3, 5, 12, 33)] + [png(0, 5)]
)
def test_a_cut_picture_is_refused_not_crashed_on(content: bytes) -> None:
    with pytest.raises(PictureRefused):
        measured(content)


def test_a_rich_tag_in_a_tracked_insertion_may_give_a_link(tmp_path: Path) -> None:
    """A link cannot stand in `w:ins`: the insertion is cut in two around it."""

    def build(document: Any) -> None:
        paragraph = document.add_paragraph()
        paragraph._p.append(etree.fromstring(
            f'<w:ins xmlns:w="{W[1:-1]}" w:id="1" w:author="a"><w:r><w:t>awal {{{{r v }}}} akhir</w:t></w:r></w:ins>'))  # fmt: skip

    data = compile_template(word_template(tmp_path, build)).render({"v": {"text": "x", "link": "https://contoh.id"}})
    document = opened_by_the_rules(data)
    assert "".join(t.text for t in document.element.body.iter(f"{W}t")) == "awal x akhir"
    ids = [change.get(f"{W}id") for change in document.element.body.iter(f"{W}ins")]
    assert len(ids) == len(set(ids)) == 2


def test_openxml_audit_agrees(tmp_path: Path) -> None:
    """The Office schemas find nothing in a document with everything rich in it."""

    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{r logo }}"
        document.add_paragraph("{{r text }}").runs[0].bold = True
        document.add_paragraph("{{p text }}", style="Heading 1")
        table(
            ["{% colspan 2 %}{% cellbg 'D9D9D9' %}a", "b", "c"], ["{%tc for n in text.runs %}", "x", "{%tc endfor %}"]
        )(document)

    runs = [{"text": "a", "link": "https://contoh.id"}, {"page_break": True},
            {"text": "b", "bold": True, "italic": False, "underline": True, "strike": True, "color": "FF0000", "size": 12, "font": "Arial",
             "highlight": "yellow", "superscript": True}, {"text": "c", "highlight": "AABBCC"}]  # fmt: skip
    values = {"logo": {"picture": png(10, 10), "width_mm": 20, "alt": "Logo"}, "text": {"runs": runs}}
    path = tmp_path / "hasil.docx"
    path.write_bytes(compile_template(word_template(tmp_path, build)).render(values))
    opened_by_the_rules(path.read_bytes())
    found = schema_faults(path)
    assert [fault for fault in found if "stylesWithEffects" not in fault] == []  # python-docx's own template


@pytest.mark.parametrize("tag", ["{{ m(1) }}", "{{r m(1) }}", "a {{ m(1) }}"])
def test_paragraphs_of_a_macro_are_no_text(tmp_path: Path, tag: str) -> None:
    """A lifted macro gives whole paragraphs: within a paragraph they would damage the file."""
    path = word_template(tmp_path, paragraphs("{%p macro m(x) %}", "{{ x }}", "{%p endmacro %}", tag))
    assert "where only text can stand" in faults(path, {})


def test_runs_of_a_macro_stand_among_runs(tmp_path: Path) -> None:
    path = word_template(tmp_path, paragraphs("{%r macro m(x) %}[{{ x }}]{%r endmacro %}a {{r m('1<2') }} b"))
    assert texts_of(rendered(path, {})) == ["a [1<2] b"]


def test_paths_are_texts_or_anything_that_is_a_path(tmp_path: Path) -> None:
    """A template and its folder of pictures are named by a text, a Path or an entry of a folder, with the same result."""
    (tmp_path / "logo.png").write_bytes(png(2, 2))
    path = word_template(tmp_path, paragraphs("{{r logo }}"))
    (entry,) = [found for found in os.scandir(tmp_path) if found.name == path.name]
    values = {"logo": {"picture": "logo.png"}}
    made = {
        compile_template(template, pictures=pictures).render(values)
        for template, pictures in ((path, tmp_path), (str(path), str(tmp_path)), (entry, tmp_path))
    }
    assert made == {render(str(path), values, str(tmp_path))}

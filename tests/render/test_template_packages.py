"""Templates as packages: parts are found by relation and type, files of other kinds are called by their names."""

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from harness import KitProject
from word_packages import (
    HEAD,
    NAMESPACES,
    TYPES,
    paragraph,
    parts_of,
    relations,
    story,
    text,
    word_parts,
    written,
    zipped,
)
from workbook_rules import faults_of

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template
from kitgen.render.package.normal_form import normal_form

pytestmark = pytest.mark.fragments

CASES = Path(__file__).parents[1] / "fixtures" / "word"
W = f"{{{NAMESPACES['w']}}}"


def case(name: str) -> dict[str, bytes]:
    """The parts a case of the fixtures is filled to."""
    (path,) = CASES.glob(f"{name}-*.docx")
    return parts_of(compile_template(path).render(json.loads(path.with_suffix(".json").read_text())))


def refusal(path: Path, **options: object) -> str:
    """What is said of a template that is refused."""
    with pytest.raises(KitgenError) as caught:
        compile_template(path, path.name, **options)  # type: ignore[arg-type]
    return str(caught.value)


def filled(path: Path, **values: object) -> dict[str, bytes]:
    """The parts of a template filled with values."""
    return parts_of(compile_template(path).render(values))


# Parts by relation


def test_a_document_of_another_name_is_filled() -> None:
    """`word/document2.xml`, as Word Online writes it, becomes the document every reader finds."""
    parts = case("F07")
    assert "word/document2.xml" not in parts
    assert b"Sari" in parts["word/document.xml"]
    assert docx.Document(io.BytesIO(zipped(parts))).paragraphs[0].text == "Sari"


@pytest.mark.parametrize(
    ("old", "new"),
    [("xl/comments1.xml", "xl/Comments1.xml"), ("xl/drawings/vmlDrawing1.vml", "xl/Drawings/vmlDrawing1.VML")],
)
def test_parts_whose_relations_use_other_capital_letters_stay_found(tmp_path: Path, old: str, new: str) -> None:
    """Office looks past them, openpyxl does not: relations and types name parts as these are called."""
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet = book.add_worksheet()
    sheet.write("A1", "{{ a }}")
    sheet.write_comment("A1", "catatan {{ a }}")
    book.close()
    parts = parts_of((tmp_path / "t.xlsx").read_bytes())
    parts[new] = parts.pop(old)
    made = compile_template(written(tmp_path / "u.xlsx", parts)).render({"a": "x"})
    cell = openpyxl.load_workbook(io.BytesIO(made)).active["A1"]
    assert (cell.value, cell.comment.text) == ("x", "catatan x")
    assert faults_of(made) == []


def test_a_header_of_another_name_is_filled() -> None:
    """A header is what the document calls its header."""
    parts = case("F04")
    assert b"{{" not in b"".join(parts.values())
    assert docx.Document(io.BytesIO(zipped(parts))).sections[0].header.paragraphs[0].text.endswith("Sari")


@pytest.mark.parametrize("name", ["word/headers/header1.xml", "kepala/atas.xml", "word/Header1.xml", "header.xml"])
@pytest.mark.parametrize("kind", ["header", "footer"])
def test_headers_and_footers_in_any_folder_are_filled(tmp_path: Path, name: str, kind: str) -> None:
    """With what belongs to them: a picture of theirs is still found from the new place."""
    root = "hdr" if kind == "header" else "ftr"
    reference = f'<w:sectPr><w:{kind}Reference w:type="default" r:id="h1"/></w:sectPr>'
    parts = word_parts(paragraph("x") + reference, {"h1": (kind, name, story(root, paragraph("{{ name }}")))})
    folder, _, last = name.rpartition("/")
    listed = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
    parts[listed] = relations(("i1", "image", "/word/media/a.png", False)).encode()
    parts["word/media/a.png"] = b"x"
    made = filled(written(tmp_path / "t.docx", parts), name="Sari")
    (found,) = [part for part in made if part.startswith(f"word/{kind}") and part.endswith(".xml")]
    assert b"Sari" in made[found]
    assert b'Target="media/a.png"' in made[f"word/_rels/{found.removeprefix('word/')}.rels"]
    section = docx.Document(io.BytesIO(zipped(made))).sections[0]
    assert (section.header if kind == "header" else section.footer).paragraphs[0].text == "Sari"


def test_a_stray_part_in_the_way_of_a_name_moves() -> None:
    """A part that nobody refers to keeps its content when its name is needed."""
    parts = word_parts(paragraph("{{ name }}"), main="word/document2.xml")
    parts["word/document.xml"] = story("document", "<w:body/>").encode()
    package = normal_form(parts, "t.docx")
    assert b"{{ name }}" in package.contents["word/document.xml"]
    assert package.contents["word/document-1.xml"] == parts["word/document.xml"]


def test_names_with_backslashes_are_read() -> None:
    """Some programs zip as Windows writes folders."""
    assert docx.Document(io.BytesIO(zipped(case("F17")))).paragraphs[0].text == "Sari"


@pytest.mark.parametrize("prefix", ["ns0", "x", "", "W"])
def test_any_prefix_of_the_namespace_is_read(tmp_path: Path, prefix: str) -> None:
    """Word's elements are told by their namespace; also where lists of prefixes name it."""
    parts = word_parts(
        f'<w:p w14:paraId="1">{text("{{ name }}")}</w:p>{paragraph("{%p for i in items %}")}'
        f"{paragraph('{{ i }}')}{paragraph('{%p endfor %}')}"
    )
    content = parts["word/document.xml"].decode()
    new = f"{prefix}:" if prefix else ""
    content = content.replace("w14:", "q:").replace("xmlns:w14", "xmlns:q").replace("<w:", f"<{new}")
    content = content.replace("</w:", f"</{new}").replace(" w:", f" {new or 'other:'}")
    binding = f"xmlns:{prefix}" if prefix else f'xmlns:other="{NAMESPACES["w"]}" xmlns'
    content = content.replace("xmlns:w=", f"{binding}=").replace("<document ", '<document mc:Ignorable="q" ')
    parts["word/document.xml"] = content.encode()
    made = filled(written(tmp_path / "t.docx", parts), name="Sari", items=["a", "b"])
    assert [each.text for each in docx.Document(io.BytesIO(zipped(made))).paragraphs] == ["Sari", "a", "b"]
    assert b'w14:paraId="1"' in made["word/document.xml"]
    assert b"<w:p " in made["word/document.xml"]


def test_the_prefix_case_is_filled() -> None:
    """The same for the whole file of a case."""
    assert docx.Document(io.BytesIO(zipped(case("F15")))).paragraphs[0].text == "Sari"


def test_a_package_in_normal_form_keeps_its_bytes(tmp_path: Path) -> None:
    """What Word wrote as Word writes it is not rewritten."""
    docx.Document().save(str(tmp_path / "t.docx"))
    parts = parts_of((tmp_path / "t.docx").read_bytes())
    assert normal_form(parts, "t.docx").contents == parts


# What is filled is told by type


@pytest.mark.parametrize("ending", ["dotx", "docx"])
def test_a_word_template_gives_a_document(tmp_path: Path, ending: str) -> None:
    """Whatever its name ends in, what is made is a document."""
    parts = word_parts(paragraph("{{ name }}"), main_type=TYPES["template"])
    made = filled(written(tmp_path / f"t.{ending}", parts), name="Sari")
    assert TYPES["document"].encode() in made["[Content_Types].xml"]
    assert b"template" not in made["[Content_Types].xml"]


def test_a_renamed_template_gives_a_document() -> None:
    """The case of a .dotx called .docx."""
    types = case("F08")["[Content_Types].xml"]
    assert TYPES["document"].encode() in types
    assert b"template.main" not in types


def macro_parts(main_type: str, name: str = "word/evil.bin") -> dict[str, bytes]:
    """A document with macros under another name."""
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    parts = word_parts(
        paragraph("{{ name }}"), {"m1": (kind, name, b"macro")}, main_type=main_type or TYPES["document"]
    )
    types = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/{name}" ContentType="{TYPES["vbaProject"]}"/></Types>'.encode()
    )
    listed = relations(
        ("v1", "http://schemas.microsoft.com/office/2006/relationships/wordVbaData", "vbaData.xml", False)
    )
    folder, last = name.rpartition("/")[::2]
    return parts | {
        "[Content_Types].xml": types,
        f"{folder}/_rels/{last}.rels": listed.encode(),
        "word/vbaData.xml": b"<a/>",
    }


@pytest.mark.parametrize("name", ["word/evil.bin", "word/vbaProject.bin"])
@pytest.mark.parametrize("ending", ["docm", "docx"])
def test_macros_of_a_macro_document_are_left_out(tmp_path: Path, name: str, ending: str) -> None:
    """The document is made without them and is of the kind without; a warning says so."""
    compiled = compile_template(written(tmp_path / f"t.{ending}", macro_parts(TYPES["macros"], name)))
    assert ["macros" in str(warning) for warning in compiled.warnings] == [True]
    made = parts_of(compiled.render({"name": "Sari"}))
    assert not [part for part in made if "evil" in part or "vba" in part.lower()]
    assert b"macro" not in made["[Content_Types].xml"].lower()
    assert b"vba" not in made["[Content_Types].xml"].lower()
    assert b"vba" not in made["word/_rels/document.xml.rels"].lower()
    assert docx.Document(io.BytesIO(zipped(made))).paragraphs[0].text == "Sari"


@pytest.mark.parametrize("name", ["word/evil.bin", "word/vbaProject.bin"])
def test_macros_under_any_name_are_refused_elsewhere(tmp_path: Path, name: str) -> None:
    """A .docx that holds macros is no honest .docx."""
    said = refusal(written(tmp_path / "t.docx", macro_parts("", name)))
    assert "file holds macros, which are never run nor copied" in said
    assert name in said


def test_workbooks_of_every_kind_give_workbooks(tmp_path: Path) -> None:
    """Templates of Excel and workbooks for macros are filled as workbooks."""
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ name }}"  # type: ignore[index]
    book.save(tmp_path / "t.xlsx")
    parts = parts_of((tmp_path / "t.xlsx").read_bytes())
    sheet = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    for ending, kind in (
        ("xltx", b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"),
        ("xlsm", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        ("xltm", b"application/vnd.ms-excel.template.macroEnabled.main+xml"),
        ("docx", sheet),
    ):
        types = parts["[Content_Types].xml"].replace(sheet, kind)
        path = written(tmp_path / f"u.{ending}", parts | {"[Content_Types].xml": types})
        compiled = compile_template(path)
        assert compiled.suffix == ".xlsx"
        made = compiled.render({"name": "Sari"})
        assert sheet in parts_of(made)["[Content_Types].xml"]
        assert openpyxl.load_workbook(io.BytesIO(made)).active["A1"].value == "Sari"  # type: ignore[index]


def test_parts_of_a_workbook_are_found_by_relation(tmp_path: Path) -> None:
    """Sheets in other folders, `SharedStrings.xml`, another prefix: all as they say, none as they are called."""
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ name }}"  # type: ignore[index]
    book.save(tmp_path / "t.xlsx")
    parts = parts_of((tmp_path / "t.xlsx").read_bytes())
    names = {"xl/worksheets/sheet1.xml": "xl/lembar/satu.xml", "xl/sharedStrings.xml": "xl/SharedStrings.xml",
             "xl/workbook.xml": "xl/buku.xml", "xl/_rels/workbook.xml.rels": "xl/_rels/buku.xml.rels"}  # fmt: skip
    for part in ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"):
        for old, new in names.items():
            parts[part] = parts[part].replace(old.encode(), new.encode())
    sheet = (
        parts["xl/worksheets/sheet1.xml"]
        .replace(b"<", b"<x:")
        .replace(b"<x:/", b"</x:")
        .replace(b"xmlns=", b"xmlns:x=")
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<x:?", b"<?")
    made = compile_template(written(tmp_path / "u.xlsx", {names.get(name, name): each for name, each in parts.items()}))
    again = openpyxl.load_workbook(io.BytesIO(made.render({"name": "Sari"})))
    assert again.active["A1"].value == "Sari"  # type: ignore[index]


# Files of other kinds


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "file is empty", id="empty"),
        pytest.param(COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected with a password", id="password"),
        pytest.param(COMPOUND + "WordDocument".encode("utf-16-le"), "Word document of the old kind (.doc)", id="doc"),
        pytest.param(COMPOUND + "Workbook".encode("utf-16-le"), "Excel workbook of the old kind (.xls)", id="xls"),
        pytest.param(COMPOUND, "protected with a password, or is of the kind before", id="compound"),
        pytest.param(b"{\\rtf1\\ansi x}", "file is Rich Text (.rtf)", id="rtf"),
        pytest.param(b"%PDF-1.7", "file is a PDF", id="pdf"),
        pytest.param(b"<!DOCTYPE html><html></html>", "file is a web page (HTML)", id="html"),
        pytest.param(b"\xef\xbb\xbf<html><body/></html>", "file is a web page (HTML)", id="html with mark"),
        pytest.param(b"MIME-Version: 1.0\r\n", "file is a web page in one file (.mht)", id="mht"),
        pytest.param(b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>',
                     "file is a Word XML document", id="flat"),
        pytest.param(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
                     "file is an XML spreadsheet", id="spreadsheet 2003"),
        pytest.param(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument", id="odt"),
        pytest.param(zipped({"Index/Document.iwa": b"x"}), "Apple's Pages or Numbers", id="pages"),
        pytest.param(zipped(word_parts("", main_type="application/vnd.openxmlformats-officedocument.presentationml"
                                           ".presentation.main+xml")), "presentation of PowerPoint", id="pptx"),
        pytest.param(zipped(word_parts("", main_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
                     "binary workbook (.xlsb)", id="xlsb"),
    ],
)  # fmt: skip
def test_files_of_other_kinds_are_called_by_their_names(tmp_path: Path, data: bytes, said: str) -> None:
    """A file that is no .docx is not called damaged, and what to do is said."""
    path = tmp_path / "t.docx"
    path.write_bytes(data)
    told = refusal(path)
    assert said in told
    assert "help:" in told
    assert "damaged" not in told


def test_the_password_case_names_the_password() -> None:
    """What to take out is said."""
    assert "take the password out" in refusal(CASES / "F16-password.docx")


@pytest.mark.parametrize("application", ["word", "excel"])
def test_strict_files_are_called_strict(tmp_path: Path, application: str) -> None:
    """The way to save them anew is that of the program."""
    strict = "http://purl.oclc.org/ooxml/"
    if application == "word":
        parts = word_parts(paragraph("{{ name }}"))
        old, path, said = "wordprocessingml", tmp_path / "t.docx", "Word Document (.docx), not Strict"
    else:
        openpyxl.Workbook().save(tmp_path / "s.xlsx")
        parts = parts_of((tmp_path / "s.xlsx").read_bytes())
        old, path, said = "spreadsheetml", tmp_path / "t.xlsx", "Excel Workbook (.xlsx), not Strict"
    for name in parts:
        if name != "[Content_Types].xml":
            for subject in (old, "officeDocument"):
                old_name = f"http://schemas.openxmlformats.org/{subject}/2006/".encode()
                parts[name] = parts[name].replace(old_name, f"{strict}{subject}/".encode())
    told = refusal(written(path, parts))
    assert "Strict Open XML" in told
    assert said in told


# Document types and entities


@pytest.mark.parametrize(
    "part",
    ["word/settings.xml", "word/theme/theme1.xml", "word/numbering.xml", "word/fontTable.xml", "word/webSettings.xml",
     "customXml/item1.xml", "word/_rels/document.xml.rels", "docProps/app.xml", "word/vmlDrawing1.vml"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_may_declare_a_document_type(tmp_path: Path, part: str, encoding: str) -> None:
    """Not those kitgen reads, and not those it only copies."""
    parts = word_parts(paragraph("{{ name }}"))
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    parts[part] = evil.encode(encoding)
    told = refusal(written(tmp_path / "t.docx", parts))
    assert "declares a document type or entities" in told
    assert part in told


def test_a_part_in_two_bytes_that_is_only_copied_is_taken(tmp_path: Path) -> None:
    """Programs write data of their own in UTF-16; that is no fault."""
    parts = word_parts(paragraph("{{ name }}"))
    parts["customXml/item1.xml"] = '<?xml version="1.0" encoding="utf-16"?><a>x</a>'.encode("utf-16")
    made = filled(written(tmp_path / "t.docx", parts), name="Sari")
    assert made["customXml/item1.xml"] == parts["customXml/item1.xml"]


# Active content


def field(code: str) -> str:
    """A paragraph with a field."""
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code.split("|"))
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


NESTED = field(" IF 1 = 1 ").replace("</w:instrText></w:r>", f"</w:instrText></w:r>{field(' DDE a b')[5:-6]}", 1)
ACTIVE = [
    pytest.param("", {"a": ("attachedTemplate", "http://x.id/a.dotm")}, {}, "linked-file", id="template"),
    pytest.param("", {"a": ("image", "http://x.id/a.png")}, {}, "linked-file", id="picture"),
    pytest.param("", {"a": ("oleObject", "file:///a.xlsx")}, {}, "linked-file", id="linked object"),
    pytest.param("", {"a": ("subDocument", "a.docx")}, {}, "linked-file", id="subdocument"),
    pytest.param("", {"a": ("frame", "http://x.id/")}, {}, "linked-file", id="frame"),
    pytest.param("", {"a": ("hyperlink", "javascript:alert(1)")}, {}, "link", id="script"),
    pytest.param("", {"a": ("hyperlink", "java&#10;script:alert(1)")}, {}, "link", id="script cut in two"),
    pytest.param("", {"a": ("hyperlink", "file:///C:/a.exe")}, {}, "link", id="file"),
    pytest.param("", {"a": ("hyperlink", "\\\\server\\a.exe")}, {}, "link", id="share"),
    pytest.param("", {"a": ("aFChunk", "http://x.id/a.html")}, {}, "altchunk", id="linked chunk"),
    pytest.param("", {}, {"a": ("aFChunk", "word/a.html", "<html/>")}, "altchunk", id="chunk"),
    pytest.param("", {}, {"a": ("oleObject", "word/embeddings/a.bin", b"x")}, "ole", id="object"),
    pytest.param("", {}, {"a": ("package", "word/embeddings/a.xlsx", b"x")}, "ole", id="embedded workbook"),
    pytest.param("", {}, {"a": ("control", "word/activeX/activeX1.xml", "<a/>")}, "activex", id="control"),
    pytest.param('<w:p><w:r><w:object><o:OLEObject Type="Embed"/></w:object></w:r></w:p>', {}, {}, "ole", id="object alone"),
    *(pytest.param(field(f" {code} "), {}, {}, "field", id=code) for code in (
        "DDE excel a", "DDEAUTO excel a", "INCLUDETEXT a.docx", "INCLUDEPICTURE http://x.id/a.png", "LINK Excel.Sheet a",
        "IMPORT a.png", "DATABASE \\d a", "MACROBUTTON Run x", "dde a b", "DDE|AUTO a b", "INCLUDE a.docx", "RD a.docx",
        'FILLIN "Nama?"', 'ASK nama "Nama?"', "PRINT 27", "GOTOBUTTON a b", "AUTOTEXT a", "AUTOTEXTLIST a", "GLOSSARY a")),
    pytest.param(NESTED, {}, {}, "field", id="nested field"),
    pytest.param(field(" |x").replace("</w:instrText></w:r>", f"</w:instrText></w:r>{field(' QUOTE 68 ')[5:-6]}", 1), {}, {}, "field",
                 id="name given by a field"),
    pytest.param('<w:p><w:fldSimple w:instr=" DDEAUTO a b "/></w:p>', {}, {}, "field", id="simple field"),
    pytest.param('<w:p><w:r><w:pict><v:shape><v:imagedata src="http://x.id/a.png"/></v:shape></w:pict></w:r></w:p>', {}, {},
                 "linked-file", id="old picture"),
    pytest.param("", {}, {"a": ("settings", "word/settings.xml", story("settings", '<w:mailMerge><w:query w:val="SELECT"/></w:mailMerge>'))},
                 "connection", id="mail merge"),
    pytest.param(field(" EMBED Excel.Sheet.8 "), {}, {}, "ole", id="embed"),
    pytest.param(field(' HYPERLINK "javascript:x" '), {}, {}, "link", id="link field"),
    pytest.param(field(' HYPERLINK "file:///a.exe" '), {}, {}, "link", id="file field"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "links", "parts", "name"), ACTIVE)
def test_active_content_is_refused_or_allowed_by_name(
    tmp_path: Path, body: str, links: dict[str, tuple[str, str]], parts: dict[str, tuple[str, str, bytes]], name: str
) -> None:
    """Refused with its place and the word that allows it; allowed, it is kept with a warning."""
    path = written(tmp_path / "t.docx", word_parts(body + paragraph("{{ name }}"), parts, links))
    told = refusal(path)
    assert f"--allow {name}" in told
    assert "part word/" in told
    compiled = compile_template(path, allowed=frozenset({name}))
    assert any(f"`{name}` is allowed" in str(warning) for warning in compiled.warnings)
    assert b"Sari" in parts_of(compiled.render({"name": "Sari"}))["word/document.xml"]


def test_a_form_may_allow_what_its_template_holds(kit_project: KitProject) -> None:
    """In its entry, by name: refused without it, told by check with it, and copied into each document."""
    code = "FR.APL.02"
    kit_project.keep_forms([code])
    path = kit_project.root / "templates" / kit_project.forms()[code]["template"]
    parts = parts_of(path.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + field(" DDE a b ").encode(), 1
    )
    path.write_bytes(zipped(parts))
    kit_project.build("--unit", "M.702090.001.01", expect=1)
    assert "`allow: [field]`" in kit_project.said and not list((kit_project.root / "output").rglob("*.docx"))
    kit_project.write_forms({code: {**kit_project.forms()[code], "allow": ["fields"]}}).build(expect=1)
    assert "did you mean `field`?" in kit_project.said
    kit_project.write_forms({code: {**kit_project.forms()[code], "allow": ["field"]}})
    kit_project.build("--unit", "M.702090.001.01").run("template", "check", code)
    assert "`field` is allowed" in kit_project.said
    (made,) = (kit_project.root / "output").rglob("*.docx")
    assert b" DDE a b " in parts_of(made.read_bytes())["word/document.xml"]


@pytest.mark.parametrize(
    ("links", "parts"),
    [
        ({"a": ("hyperlink", "https://x.id/")}, {}),
        ({"a": ("hyperlink", "HTTP://x.id/")}, {}),
        ({"a": ("hyperlink", "mailto:a@x.id")}, {}),
        ({}, {"a": ("chart", "word/charts/chart1.xml", f"{HEAD}<c:chartSpace xmlns:c='{NAMESPACES['c']}'/>")}),
    ],
)
def test_web_links_and_charts_are_no_active_content(
    tmp_path: Path, links: dict[str, tuple[str, str]], parts: dict[str, tuple[str, str, bytes]]
) -> None:
    """The workbook behind a chart, too, is only its figures."""
    made = word_parts(paragraph("{{ name }}") + field(" PAGE ") + field(' HYPERLINK "https://x.id" '), parts, links)
    if parts:
        made["word/charts/_rels/chart1.xml.rels"] = relations(("p", "package", "../embeddings/a.xlsx", False)).encode()
        made["word/embeddings/a.xlsx"] = b"x"
    assert compile_template(written(tmp_path / "t.docx", made)).warnings == ()


def test_what_may_be_allowed_is_named(tmp_path: Path) -> None:
    """A word that allows nothing is no silent no."""
    path = written(tmp_path / "t.docx", word_parts(paragraph("x")))
    assert "did you mean `linked-file`?" in refusal(path, allowed=frozenset({"linked-files"}))
    assert "allowed may be link, linked-file, field" in refusal(path, allowed=frozenset({"vba"}))


@pytest.mark.parametrize(
    ("part", "kind", "content"),
    [
        ("xl/connections.xml", "connections", "<connections xmlns='a'/>"),
        ("xl/externalLinks/externalLink1.xml", "externalLink", "<externalLink xmlns='a'><ddeLink/></externalLink>"),
    ],
)
def test_connections_of_workbooks_are_active_content(tmp_path: Path, part: str, kind: str, content: str) -> None:
    """A workbook that fetches data or links to another one is refused, or allowed by name."""
    openpyxl.Workbook().save(tmp_path / "s.xlsx")
    parts = parts_of((tmp_path / "s.xlsx").read_bytes())
    entry = f'<Relationship Id="q1" Type="http://a/{kind}" Target="{part.removeprefix("xl/")}"/></Relationships>'
    listed = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", entry.encode())
    path = written(tmp_path / "t.xlsx", parts | {part: content.encode(), "xl/_rels/workbook.xml.rels": listed})
    assert "--allow connection" in refusal(path)
    assert compile_template(path, allowed=frozenset({"connection"})).warnings


def test_the_list_of_content_types_comes_first(tmp_path: Path) -> None:
    """Also where parts were called otherwise."""
    path = written(tmp_path / "t.docx", word_parts(paragraph("x"), main="doc/utama.xml"))
    with zipfile.ZipFile(io.BytesIO(compile_template(path).render({}))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert "word/document.xml" in archive.namelist()


def test_add_ins_are_active_content(tmp_path: Path) -> None:
    """A pane of a web program that opens with the document."""
    parts = word_parts(paragraph("{{ name }}"))
    kind = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
    entry = f'<Relationship Id="w1" Type="{kind}" Target="word/webextensions/taskpanes.xml"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", entry.encode())
    parts["word/webextensions/taskpanes.xml"] = b"<a/>"
    path = written(tmp_path / "t.docx", parts)
    assert "--allow add-in" in refusal(path)
    assert compile_template(path, allowed=frozenset({"add-in"})).warnings


# Parts that are named and not there


def cut(path: Path, source: Path, gone: str) -> Path:
    """The file without one of its parts, which it goes on naming."""
    parts = parts_of(source.read_bytes())
    del parts[gone]
    path.write_bytes(zipped(parts))
    return path


def form(folder: Path, suffix: str) -> Path:
    """A sound template as python-docx and openpyxl write one."""
    path = folder / f"utuh{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        document.add_paragraph("{{ name }}")
        document.sections[0].header.paragraphs[0].text = "Kepala"
        document.save(str(path))
    else:
        book = openpyxl.Workbook()
        book.active["A1"] = "{{ name }}"
        book.save(path)
    return path


@pytest.mark.parametrize(
    ("suffix", "gone"),
    [
        (".docx", "word/settings.xml"),
        (".docx", "word/styles.xml"),
        (".docx", "word/theme/theme1.xml"),
        (".docx", "docProps/app.xml"),
        (".xlsx", "xl/theme/theme1.xml"),
        (".xlsx", "docProps/core.xml"),
    ],
)
def test_a_part_nobody_calls_may_be_missing(tmp_path: Path, suffix: str, gone: str) -> None:
    """It is told, and what is made names it no more: Word, Excel and the libraries would call it damaged."""
    template = compile_template(cut(tmp_path / f"f{suffix}", form(tmp_path, suffix), gone))
    assert [warning.message for warning in template.warnings] == [f"file names {gone}, which it does not hold"]
    data = template.render({"name": "Sari"})
    parts = parts_of(data)
    named = b"".join(
        content for name, content in parts.items() if name.endswith(".rels") or name == "[Content_Types].xml"
    )
    assert gone.rpartition("/")[2].encode() not in named
    if suffix == ".docx":
        assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "Sari"
    else:
        assert openpyxl.load_workbook(io.BytesIO(data)).active["A1"].value == "Sari"


@pytest.mark.parametrize(
    ("suffix", "gone"),
    [(".docx", "word/header1.xml"), (".xlsx", "xl/styles.xml"), (".xlsx", "xl/worksheets/sheet1.xml")],
)
def test_a_part_that_is_needed_and_missing_is_a_fault(tmp_path: Path, suffix: str, gone: str) -> None:
    """A header, the sheets themselves, the formats cells name by number."""
    told = refusal(cut(tmp_path / f"f{suffix}", form(tmp_path, suffix), gone))
    assert gone in told and "does not hold" in told and "damaged" in told


def test_a_picture_that_is_missing_is_told_and_stays_an_empty_frame(tmp_path: Path) -> None:
    """Word itself writes such files (target `NULL`) and opens them."""
    blip = (
        f'<w:p><w:r><w:drawing><a:blip xmlns:a="{NAMESPACES["a"]}" xmlns:r="{NAMESPACES["r"]}" r:embed="p1"/>'
        "</w:drawing></w:r></w:p>"
    )
    path = tmp_path / "f.docx"
    written(path, word_parts(paragraph("{{ name }}") + blip, {"p1": ("image", "word/NULL", b"")}))
    template = compile_template(cut(path, path, "word/NULL"))
    assert [warning.message for warning in template.warnings] == [
        "picture word/NULL is not in the file; an empty frame is shown instead"
    ]
    assert b"Sari" in parts_of(template.render({"name": "Sari"}))["word/document.xml"]

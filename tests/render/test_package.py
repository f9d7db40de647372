"""Templates as files from outside: what is damaged or hostile is refused, soon and with few words."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from harness import within

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template

BODY = (
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    "<w:body><w:p><w:r><w:t>{{ 1 }}%s</w:t></w:r></w:p></w:body></w:document>"
)


def parts() -> dict[str, bytes]:
    """The parts of a sound, empty document."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SOUND = parts()


def packed(
    more: Mapping[str, bytes | str] | None = None,
    *,
    without: str = "",
    method: int = zipfile.ZIP_DEFLATED,
) -> bytearray:
    """The sound document with some parts changed or added, one left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in ({**SOUND, **(more or {})}).items():
            if name != without:
                archive.writestr(name, content)
    return bytearray(buffer.getvalue())


def twice(name: str, other: str) -> bytearray:
    """A package with two entries of (nearly) one name."""
    buffer = io.BytesIO(packed())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(other, SOUND[name])
    return bytearray(buffer.getvalue())


def headers_of(package: bytearray, name: str) -> tuple[int, int]:
    """Where the local header and the directory entry of a part begin."""
    local, central = (
        package.index(name.encode()) - 30,
        package.rindex(name.encode()) - 46,
    )
    assert (package[local : local + 4], package[central : central + 4]) == (
        b"PK\x03\x04",
        b"PK\x01\x02",
    )
    return local, central


def lying(content: bytes, size: int, crc: int) -> bytearray:
    """A package whose directory says another size (and checksum) of a part than it unpacks to."""
    package = packed({"word/media/picture.bin": content})
    local, central = headers_of(package, "word/media/picture.bin")
    for at in (local + 14, central + 16):
        struct.pack_into("<L", package, at, crc)
    for at in (local + 22, central + 24):
        struct.pack_into("<L", package, at, size)
    return package


def flagged(bit: int) -> bytearray:
    """A package one of whose parts has a flag set in both headers."""
    package = packed()
    local, central = headers_of(package, "word/document.xml")
    package[local + 6] |= bit
    package[central + 8] |= bit
    return package


def renamed(old: str, new: str) -> bytearray:
    """A package in which a part is called otherwise, letter for letter, as no program writes it."""
    assert len(old) == len(new)
    return bytearray(bytes(packed({old: b"x"})).replace(old.encode(), new.encode()))


def document(xml: str, encoding: str = "utf-8", said: str = "") -> bytearray:
    """A package with this text as its document."""
    declaration = f'<?xml version="1.0" encoding="{said}"?>' if said else ""
    return packed({"word/document.xml": (declaration + xml).encode(encoding)})


def grown(levels: int) -> str:
    """A document type in which each entity is ten times the one before: 10 ** levels characters in all."""
    names = "abcdefghijkl"
    entities = [f'<!ENTITY {names[level + 1]} "{f"&{names[level]};" * 10}">' for level in range(levels)]
    return f'<!DOCTYPE d [<!ENTITY a "a">{"".join(entities)}]>' + BODY % f"&{names[levels]};"


def zeros(megabytes: int) -> bytes:
    """What packs best."""
    return bytes(megabytes << 20)


EXTERNAL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + BODY % "&x;"


def refusal(tmp_path: Path, package: bytes | bytearray, megabytes: int = 200) -> str:
    """What is said of a package; it must be said within two seconds and few megabytes, in one problem."""
    path = tmp_path / "case.docx"
    path.write_bytes(package)
    with within(seconds=2, megabytes=megabytes), pytest.raises(KitgenError) as caught:
        compile_template(path, "docx/case.docx").render({})
    (problem,) = caught.value.diagnostics
    assert problem.place is not None
    assert problem.place.file == "docx/case.docx"
    return str(problem)


def test_a_sound_package_is_taken(tmp_path: Path) -> None:
    """What the cases below are made from is itself in order, also stored without compression."""
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        path = tmp_path / "case.docx"
        path.write_bytes(packed({"word/document.xml": BODY % ""}, method=method))
        assert docx.Document(io.BytesIO(compile_template(path).render({}))).paragraphs[0].text == "1"


@pytest.mark.parametrize(
    "package",
    [
        pytest.param(lambda: b"Formulir asesmen\n" * 400, id="text"),
        pytest.param(lambda: packed()[:-100], id="end cut off"),
        pytest.param(lambda: packed()[: len(packed()) // 2], id="half"),
        pytest.param(lambda: packed()[200:], id="beginning cut off"),
        pytest.param(
            lambda: packed()[:3000] + bytes(500) + packed()[3500:],
            id="overwritten with zeros",
        ),
        pytest.param(lambda: flagged(0x20), id="patched data"),
        pytest.param(lambda: lying(b"abc", 3, zlib.crc32(b"abd")), id="wrong checksum"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, package: Callable[[], bytes]) -> None:
    """What is no ZIP or not whole is called damaged, and what to do is said."""
    said = refusal(tmp_path, package())
    assert "file is damaged or is not a Word or Excel file" in said
    assert "help: open it in Word or Excel, save it anew" in said


@pytest.mark.parametrize("at", range(20, len(packed()), len(packed()) // 40))
def test_no_wrong_byte_ends_in_anything_but_words(tmp_path: Path, at: int) -> None:
    """A byte turned over anywhere in the file is refused in words or does no harm."""
    package = packed()
    package[at] ^= 0xFF
    path = tmp_path / "case.docx"
    path.write_bytes(package)
    try:
        made = compile_template(path).render({})
    except KitgenError as error:
        assert error.diagnostics
    else:
        docx.Document(io.BytesIO(made))


@pytest.mark.parametrize(
    ("package", "said"),
    [
        pytest.param(lambda: packed({"word/media/a.bin": zeros(65)}), "part unpacks to more than 64 MB", id="one part"),
        pytest.param(lambda: packed({f"word/media/{n}.bin": zeros(50) for n in range(3)}),
                     "package unpacks to more than 128 MB", id="all parts"),
        pytest.param(lambda: packed({f"word/media/{n}.bin": b"" for n in range(5000)}), "4000 are the most", id="many parts"),
        pytest.param(lambda: lying(zeros(100), 100, zlib.crc32(zeros(100))), "another size than the package says",
                     id="small in size"),
        pytest.param(lambda: lying(zeros(100), 100, zlib.crc32(bytes(100))), "another size than the package says",
                     id="small in size and checksum"),
        pytest.param(lambda: lying(b"abc", 100, zlib.crc32(b"abc")), "another size than the package says", id="too short"),
    ],
)  # fmt: skip
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, package: Callable[[], bytearray], said: str) -> None:
    """A small file that unpacks to much is refused, whatever its directory says."""
    small = package()
    assert len(small) < 1_000_000
    assert said in refusal(tmp_path, small, megabytes=60)


@pytest.mark.parametrize(
    "name",
    ["../outside.xml", "word/../../outside.xml", "/outside.xml", "C:/outside.xml"],
)
def test_names_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    """No part is called so that unpacking it would write elsewhere."""
    said = refusal(tmp_path, packed({name: b"x"}))
    assert "package holds a part whose name points outside of it" in said
    assert f"part {name}" in said


@pytest.mark.parametrize(("old", "new"), [("xx/outside.xml", "..\\outside.xml"), ("-outside.xml", "\\outside.xml")])
def test_a_backslash_that_leads_outside_is_refused(tmp_path: Path, old: str, new: str) -> None:
    """Windows would take it for a folder, and so does kitgen."""
    assert "points outside of it" in refusal(tmp_path, renamed(old, new))


@pytest.mark.parametrize(
    ("package", "said"),
    [
        pytest.param(
            lambda: twice("word/document.xml", "word/document.xml"),
            "holds the same part twice",
            id="twice",
        ),
        pytest.param(
            lambda: twice("word/document.xml", "Word/Document.xml"),
            "holds the same part twice",
            id="capitals",
        ),
        pytest.param(lambda: flagged(0x01), "package is encrypted", id="encrypted"),
        pytest.param(
            lambda: packed({"word/vbaProject.bin": b"x"}),
            "file holds macros",
            id="macros",
        ),
        pytest.param(
            lambda: packed(without="[Content_Types].xml"),
            "it has no list of content types",
            id="no types",
        ),
        pytest.param(
            lambda: packed(without="_rels/.rels"),
            "package has no list of relations",
            id="no relations",
        ),
        pytest.param(
            lambda: packed(method=zipfile.ZIP_BZIP2),
            "compressed in a way Office files do not use",
            id="bzip2",
        ),
        pytest.param(
            lambda: packed(method=zipfile.ZIP_LZMA),
            "compressed in a way Office files do not use",
            id="lzma",
        ),
        pytest.param(
            lambda: packed(without="word/document.xml"),
            "file is neither a Word document nor an Excel workbook: its main part is missing",
            id="no document",
        ),
    ],
)
def test_what_office_never_writes_is_refused(tmp_path: Path, package: Callable[[], bytearray], said: str) -> None:
    """Doubled names, passwords, macros, missing lists and other compression are each called by their name."""
    assert said in refusal(tmp_path, package())


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-16", ""),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32-le", "UTF-32LE"),
    ],
)
@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(EXTERNAL, id="file"),
        pytest.param('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">' + BODY % "", id="network"),
        pytest.param(grown(1), id="entities"),
    ],
)
def test_document_types_are_refused(tmp_path: Path, xml: str, encoding: str, said: str) -> None:
    """Entities are never followed, in whatever encoding the part is written."""
    assert "part declares a document type or entities" in refusal(tmp_path, document(xml, encoding, said))


def test_document_types_are_refused_in_seven_bits_too(tmp_path: Path) -> None:
    """UTF-7 hides even the brackets of a document type."""
    hidden = EXTERNAL.encode("utf-7").replace(b"<!DOCTYPE", b"+ADwAIQ-DOCTYPE").replace(b"<!ENTITY", b"+ADwAIQ-ENTITY")
    package = packed({"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>' + hidden})
    assert "part declares a document type or entities" in refusal(tmp_path, package)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    """Office writes UTF-8; what looks into bytes must not be fooled by another encoding."""
    said = refusal(tmp_path, document(BODY % "é", encoding, encoding.replace("-le", "LE").upper()))
    assert "part is not written in UTF-8" in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_that_grow_are_not_unfolded(tmp_path: Path, encoding: str) -> None:
    """A billion laughs are refused, fast and small."""
    assert "part" in refusal(tmp_path, document(grown(10), encoding, encoding.replace("-le", "LE").upper()))


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"],
)
@pytest.mark.parametrize("content", [b"", b"<a><b></a>", b"\x89PNG"], ids=["empty", "unclosed", "picture"])
def test_a_part_that_is_no_xml_is_refused(tmp_path: Path, part: str, content: bytes) -> None:
    """Parts kitgen reads must be well-formed, also where no tag stands in them."""
    said = refusal(tmp_path, packed({part: content}))
    assert "part is not well-formed XML" in said
    assert f"part {part}" in said


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    """Tables in tables without end are refused by the parser."""
    said = refusal(
        tmp_path,
        document((BODY % "").replace("<w:p>", "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p>")),
    )
    assert "part is not well-formed XML" in said


@pytest.mark.parametrize("text", ["\U000f0000", "\U000f0005", "&#xF0000;", "&#983040;", "&#x000f0000;"])
def test_characters_kitgen_needs_for_itself_are_refused(tmp_path: Path, text: str) -> None:
    """Private characters a tag's token is made of cannot be smuggled in."""
    assert "private plane" in refusal(tmp_path, document(BODY % text))


def test_neither_other_files_nor_folders_are_templates(tmp_path: Path) -> None:
    """Another suffix, a folder and a missing file are each told as what they are."""
    (tmp_path / "folder.docx").mkdir()
    (tmp_path / "old.doc").write_bytes(packed())
    for name, said in (
        ("old.doc", "no template kitgen can fill"),
        ("folder.docx", "template cannot be read"),
        ("gone.docx", "template does not exist"),
    ):
        with pytest.raises(KitgenError, match=said):
            compile_template(tmp_path / name)

"""The second reader: python-docx finds on every finished page what kitgen's own reading finds, and tells where it does not."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml.parser import parse_xml
from event_cases import change, event_project, made
from file_names import named
from harness import ROOT, KitProject

from kitgen.base.line_diff import DumpLine
from kitgen.documents.build.fill import preview
from kitgen.documents.disk.document import parts_of_file
from kitgen.load.locate import find_project
from kitgen.render.dump.dump import dump_parts
from kitgen.verify.witness import disagreements, second_reading

FORMS = yaml.safe_load((ROOT / "templates" / "forms.yaml").read_text("utf-8"))["forms"]
WORD_FORMS = {code: entry for code, entry in FORMS.items() if entry["template"].endswith(".docx")}
OF_EVENTS = sorted(code for code, entry in WORD_FORMS.items() if entry["kits"] == ["event"])
TEMPLATES = sorted({entry["template"] for code, entry in WORD_FORMS.items() if code not in OF_EVENTS})
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
PLACES = {
    "body": "<w:p {0}><w:r><w:t>{1}</w:t></w:r></w:p>",
    "cell": "<w:tbl {0}><w:tr><w:tc><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "nested table": "<w:tbl {0}><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    "content control": "<w:sdt {0}><w:sdtContent><w:p><w:sdt><w:sdtContent><w:r><w:t>{1}</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>",
    "controlled cell": "<w:tbl {0}><w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
    "text box": "<w:p {0}><w:r><w:t>before</w:t><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict><w:t>after</w:t></w:r></w:p>",
    "box of two copies": "<w:p {0}><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "result of a field": '<w:p {0}><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple><w:fldSimple w:instr="REF x"><w:r><w:t>{1}</w:t></w:r></w:fldSimple></w:p>',
    "insertion": "<w:p {0}><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>{1}</w:t></w:r></w:ins></w:p>",
}
WORD = "pemasar"


def document(change: Callable[[Any], object]) -> bytes:
    made, file = docx.Document(), io.BytesIO()
    change(made)
    made.save(file)
    return file.getvalue()


def dumped(data: bytes) -> list[DumpLine]:
    return list(dump_parts(parts_of_file(data, "f.docx"), "f.docx"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_readers_read_the_same_in_a_document_of_each_template(template: str, tmp_path: Path) -> None:
    """A document of every Word template, with the data of the shipped scheme: the texts of all its parts are equal."""
    out = tmp_path / "contoh.docx"
    preview(find_project(ROOT), ROOT / "templates" / template, out)
    dump = dumped(out.read_bytes())
    assert len(dump) > 3
    assert disagreements(out.read_bytes(), dump, out.name) == []


def test_both_readers_read_the_same_in_documents_of_an_event(tmp_path: Path) -> None:
    """A document of every Word template that only events have: somebody was found competent, somebody appealed."""
    project = event_project(ROOT, tmp_path / "proyek")
    change(project, 1, "hasil (k/bk)", "K")
    change(project, 2, "hasil (k/bk)", "BK")
    change(project, 2, "status", "banding")
    change(project, 2, "alasan banding", "Rekaman tidak ditonton utuh")
    project.write_forms({code: FORMS[code] for code in OF_EVENTS}).build("--event", "contoh")
    files = sorted(made(project).rglob("*.docx"))
    assert all(any(f" {code}" in file.name for file in files) for code in OF_EVENTS)
    for file in files:
        assert disagreements(file.read_bytes(), dumped(file.read_bytes()), file.name) == [], file.name


@pytest.mark.parametrize("place", PLACES)
def test_the_second_reader_reads_there(place: str) -> None:
    """A text in each kind of place is found once by both; where kitgen's reading lacks it, the second one tells."""
    data = document(lambda made: made.element.body.insert(0, parse_xml(PLACES[place].format(NAMES, WORD))))
    dump = dumped(data)
    assert disagreements(data, dump, "f.docx") == []
    lacking = [DumpLine(line.spot, line.text.replace(WORD, "")) for line in dump]
    found = disagreements(data, lacking, "f.docx")
    assert ("python-docx", WORD) in {(each.reader, each.text) for each in found}


def test_headers_and_footers_are_read_too() -> None:
    """A text python-docx wrote into them is found; one only kitgen would read is told, too."""

    def headed(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "kepala"
        made.sections[0].footer.paragraphs[0].text = "kaki"

    data = document(headed)
    dump = dumped(data)
    assert disagreements(data, dump, "f.docx") == []
    (found,) = disagreements(data, [line for line in dump if line.text != "kaki"], "f.docx")
    assert (found.reader, found.text) == ("python-docx", "kaki")
    assert "footer" in found.spot
    (found,) = disagreements(data, [*dump, DumpLine("paragraph 9", "ganda")], "f.docx")
    assert (found.reader, found.spot, found.text) == ("kitgen", "paragraph 9", "ganda")


def test_verify_tells_where_the_readers_differ(kit_project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """What kitgen's reading leaves out is found with --second-reader alone, with file and place; all else is proven."""
    title = "ASESMEN MANDIRI"
    kit_project.keep_forms(["FR.APL.02"]).build("--unit", "M.702090.008.01")
    arguments = ("verify", "--unit", "M.702090.008.01", "--json")
    kit_project.run(*arguments, "--second-reader", expect=1)
    assert "python-docx" not in kit_project.said
    monkeypatch.setattr(
        "kitgen.verify.verify.dump_parts",
        lambda parts, file: [line for line in dump_parts(parts, file) if title not in line.text],
    )
    kit_project.run(*arguments, "--second-reader", expect=1)
    assert kit_project.last is not None
    (edition,) = json.loads(kit_project.last.stdout)
    assert edition["read_twice"] == 1
    finding = next(each for each in edition["findings"] if "python-docx" in each["message"])
    assert title in finding["there"]
    assert finding["spot"].startswith("word/document.xml paragraph 1")
    assert finding["file"].endswith(named("02 FR.APL.02.docx"))


def test_a_file_python_docx_cannot_open_is_told() -> None:
    """One that lacks a part it names: an error with the file and what to do, and no fault of the program."""
    (told,) = second_reading(b"PK\x05\x06" + bytes(18), [], "f.docx", is_quoted=True)
    assert "python-docx cannot read it" in told.message
    assert told.place is not None and told.place.file == "f.docx"


def test_what_people_are_called_is_not_quoted() -> None:
    """Of an event's documents it is told where, and not what."""
    data = document(lambda made: made.add_paragraph("Sari Asesi"))
    for is_quoted, text in ((True, "Sari Asesi"), (False, "")):
        (told,) = second_reading(data, [], "f.docx", is_quoted)
        assert told.place is not None and told.place.text == text
        assert ("Sari" in str(told)) == is_quoted

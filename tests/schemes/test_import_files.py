"""Decrees and lists as files: PDFs of several makers, texts made of them, Word and Excel files; and hostile ones."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from harness import ROOT, KitProject
from published_pages import Units, read, run_import, units_of
from scheme_files import Row, decree_pdf, decree_text, made_units, word_file, workbook

from kitgen.base.errors import Findings, KitgenError
from kitgen.base.project import EditionName
from kitgen.load.edition.scheme import load_scheme
from kitgen.schemes.published.import_page import read_scheme
from kitgen.schemes.published.text import read_page_text

UNITS = made_units(4)
FIXTURES = Path(__file__).parents[1] / "fixtures" / "import"


def as_read(content: bytes, file: str = "skema") -> Units:
    """The units of a file without an error."""
    page, findings = read(content, file)
    assert [str(error) for error in findings.errors] == []
    return units_of(page)


@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"spread": True},
        {"turned": "page"},
        {"turned": "text"},
        {"halves": True},
        {"spread": True, "turned": "page"},
    ],
    ids=lambda layout: "-".join(map(str, layout)) or "plain",
)
def test_a_decree_as_a_pdf_comes_in_with_every_criterion(layout: dict[str, object]) -> None:
    """Glyphs placed one by one, pages on their side, two columns of text, heads and feet: every KUK, word for word."""
    page, findings = read(decree_pdf(UNITS, **layout), "keputusan.pdf")  # type: ignore[arg-type]
    assert findings.errors == []
    assert units_of(page) == UNITS
    assert page.is_decree
    first = page.units[0]
    assert first.standard == "SKKNI Nomor 77 Tahun 2031"
    assert first.description.endswith("untuk membersihkan ruang kerja bagian 1.")
    assert len(first.variables) == 4 and len(first.assessment_guide) == 2 and len(first.critical_aspects) == 2


@pytest.mark.parametrize("name", ["bergaris.pdf", "polos.pdf"])
def test_a_decree_made_by_libreoffice_comes_in_with_every_criterion(name: str) -> None:
    """A table with its lines drawn and one without, texts set to both edges, page heads and feet."""
    assert as_read((FIXTURES / name).read_bytes()) == UNITS


def test_a_self_assessment_as_a_pdf_comes_in_with_every_criterion() -> None:
    """FR.APL.02 as LibreOffice prints it: boxes and evidence beside the criteria, titles over two lines, signatures."""
    assert as_read((FIXTURES / "apl02.pdf").read_bytes()) == UNITS


@pytest.mark.slow
def test_forms_kitgen_made_give_back_their_units(tmp_path: Path) -> None:
    """FR.APL.02 and FR.IA.01 as Word files, with all that stands around their tables."""
    assert run_import(tmp_path, word_file(UNITS), "--title", "Ruang", "--edition", "1", name="a.docx").exit_code == 0
    project = KitProject(tmp_path / "proyek")
    shutil.copytree(ROOT / "templates", project.root / "templates")
    project.keep_forms(["FR.APL.02", "FR.IA.01"]).build()
    made = sorted(project.root.glob("output/ruang/1/Skema Lengkap/*/*.docx"))
    assert len(made) == 2
    for path in made:
        assert as_read(path.read_bytes(), path.name) == UNITS, path.name


def test_a_decree_of_18_units_in_3_clusters_comes_in_whole(tmp_path: Path) -> None:
    """Its text gives units, clusters, standard and sections, and kitgen reads the scheme it wrote."""
    units = made_units(18)
    result = run_import(tmp_path, decree_text(units, clusters=6), "--title", "Petugas Ruang", "--edition", "2031")
    assert result.exit_code == 0, result.output
    elements = sum(len(unit[2]) for unit in units)
    criteria = sum(len(element[2]) for unit in units for element in unit[2])
    assert f"18 units, {elements} elements, {criteria} criteria (KUK)" in result.stderr
    findings = Findings()
    path = tmp_path / "proyek" / "scheme" / "petugas-ruang" / "2031" / "scheme.yaml"
    scheme = load_scheme(path, "scheme.yaml", EditionName("petugas-ruang", "2031"), findings)
    assert findings.errors == [] and scheme is not None
    assert [len(cluster.units) for cluster in scheme.clusters] == [6, 6, 6]
    assert scheme.units[17].standard == "SKKNI Nomor 77 Tahun 2031"
    assert scheme.units[17].critical_aspects == ("5. Aspek kritis", "5.1 Ketelitian memeriksa permukaan")


def test_a_part_of_a_decree_is_chosen_by_codes(tmp_path: Path) -> None:
    """`--units` takes the units named, in the order of the decree; a code that is not there is told with a near one."""
    codes = "X.00ABC00.003.1, X.00ABC00.001.1"
    page = decree_text(UNITS)
    result = run_import(tmp_path, page, "--title", "Meja", "--edition", "1", "--units", codes)
    assert result.exit_code == 0, result.output
    assert "2 units" in result.stderr
    result = run_import(tmp_path, page, "--title", "Meja", "--edition", "2", "--units", "X.00ABC00.009.1")
    assert result.exit_code == 1
    assert "unit X.00ABC00.009.1 was asked for, but has no table on the page" in result.stderr
    assert "did you mean" in result.stderr


@pytest.mark.parametrize(("counts", "one_table"), [(False, False), (True, False), (False, True)])
def test_a_word_file_is_read_directly(counts: bool, one_table: bool) -> None:
    """Numbers that are typed and numbers Word counts, a table for each unit and one big table."""
    assert as_read(word_file(UNITS, counts=counts, one_table=one_table)) == UNITS


def test_content_controls_and_text_boxes_of_a_word_file_are_read() -> None:
    """What stands in a content control, in one around a row, or in a text box is a part of the page."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document(io.BytesIO(word_file(UNITS[:1])))
    body = document.element.body
    for position in (0, 2):  # the unit's code, and its table
        element = body[position]
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        body.replace(element, control)
        control[0].append(element)
    title = body[1]
    box = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    body.replace(title, box)
    next(box.iter(f"{{{box.nsmap['w']}}}txbxContent")).append(title)
    stream = io.BytesIO()
    document.save(stream)
    assert as_read(stream.getvalue()) == UNITS[:1]


@pytest.mark.parametrize(("merged", "sheets"), [(True, False), (False, False), (True, True)])
def test_an_excel_file_is_read_directly(merged: bool, sheets: bool) -> None:
    """A flat list with merged or empty cells, and a workbook with a sheet for each unit."""
    assert as_read(workbook(UNITS, merged=merged, sheets=sheets)) == UNITS


def test_a_number_that_lost_its_zero_in_a_cell_is_given_back_and_told() -> None:
    """Excel keeps 1.10 as 1.1; behind 1.9 it can be nothing else."""
    rows = "".join(f"X.00ABC00.001.1,Meja,Satu,{number},Langkah dilakukan\n" for number in
                   [f"1.{at}" for at in range(1, 10)] + ["1.1", "1.11"])  # fmt: skip
    page, findings = read(f"Kode Unit,Judul Unit,Elemen,No KUK,KUK\n{rows}")
    assert findings.errors == []
    assert [criterion.number for criterion in page.units[0].criteria][-2:] == ["1.10", "1.11"]
    assert any("number 1.1 of a cell was read as 1.10" in warning.message for warning in findings.warnings)


def test_a_formula_in_a_list_is_told_and_not_left_out() -> None:
    """A cell Excel works out is not read, so the list is refused."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Kode Unit", "Judul Unit", "Elemen", "KUK"])
    book.active.append(["X.00ABC00.001.1", "Meja", "1. Satu", '="1.1 "&"Dua"'])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(KitgenError, match="is a formula"):
        read_page_text(stream.getvalue(), "daftar.xlsx")


def test_a_scan_is_called_what_it_is() -> None:
    """Pages that are pictures have no text to read."""
    with pytest.raises(KitgenError, match=r"scan \(pindaian\)"):
        read_page_text(decree_pdf([], rows=[Row(())]).replace(b"Lampiran contoh", b"               "), "pindaian.pdf")


def _bomb(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, b" " * 60_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content", [_bomb("word/document.xml"), _bomb("xl/workbook.xml"), b"%PDF-1.4\n" + b"1 0 obj <<" * 9]
)
def test_hostile_files_are_refused_with_a_way_out(content: bytes) -> None:
    """A file that unpacks to far more than it should, or is no PDF behind its first line, is one error."""
    reading = read_scheme(content, "halaman")
    assert not reading.is_good
    assert reading.problems[0].help


def test_what_was_read_and_how_much_is_one_value() -> None:
    """The door for other faces: no exception, the counts in words, the problems of the page."""
    reading = read_scheme(decree_pdf(UNITS), "keputusan.pdf")
    assert reading.is_good and reading.page is not None
    assert str(reading.summary).startswith("read as PDF of a decree (SKKNI): 4 units, 10 elements, ")
    assert read_scheme(b"", "kosong").problems

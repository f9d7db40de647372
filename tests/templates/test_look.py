"""The body's look and its people, said once and seen on all forms; who signs what, read off the templates."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Mm
from file_names import named
from harness import ROOT, KitProject

from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.render.look import HEAD_GREY, PageLook
from kitgen.render.word.signing import signers_of

pytestmark = pytest.mark.slow

PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
A4 = b'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def finished(project: KitProject) -> list[Path]:
    return sorted(path for path in project.output.rglob("*.*x") if not path.name.startswith("."))


@pytest.fixture(scope="module")
def restyled(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The shipped scheme on F4 and with an accent, built once."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("gaya") / "proyek")
    project.edit("scheme/identity.yaml", 'paper: "A4"', 'paper: "F4"')
    return project.edit("scheme/identity.yaml", "accent:", 'accent: "DCE6F1"').build()


def test_f4_is_said_once_and_seen_on_all_forms(restyled: KitProject) -> None:
    """Every page that is A4 in its template is 210 x 330 mm, upright or lying."""
    for path in finished(restyled):
        if path.suffix == ".docx":
            for section in docx.Document(str(path)).sections:
                sides = sorted((section.page_width, section.page_height))
                assert [round(side / Mm(1)) for side in sides] == [210, 330], path.name
        else:
            for sheet in openpyxl.load_workbook(path).worksheets:
                assert sheet.page_setup.paperSize == 14, path.name


def test_the_accent_takes_the_place_of_the_heads_grey(restyled: KitProject) -> None:
    """And of nothing else: other fills stay."""
    with_heads = 0
    for path in finished(restyled):
        with zipfile.ZipFile(path) as archive:
            texts = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
        assert HEAD_GREY not in texts, path.name
        with_heads += "DCE6F1" in texts
    assert with_heads > 10


@pytest.mark.parametrize(
    ("part", "content", "look", "wanted"),
    [
        ("word/document.xml", A4, PageLook(), A4),
        ("word/document.xml", A4, PageLook(is_f4=True), A4.replace(b"16838", b"18709")),
        (
            "word/document.xml", b'<w:pgSz w:orient="landscape" w:h="11906" w:w="16838"/>', PageLook(is_f4=True),
            b'<w:pgSz w:orient="landscape" w:h="11906" w:w="18709"/>',
        ),
        ("word/document.xml", b'<w:pgSz w:w="8391" w:h="11906"/>', PageLook(is_f4=True), b'<w:pgSz w:w="8391" w:h="11906"/>'),
        ("word/styles.xml", b'<w:shd w:fill="e7e6e6"/>', PageLook(accent="AABBCC"), b'<w:shd w:fill="AABBCC"/>'),
        ("word/styles.xml", b'<w:shd w:fill="FFFF00"/>', PageLook(accent="AABBCC"), b'<w:shd w:fill="FFFF00"/>'),
        ("xl/worksheets/sheet1.xml", b'<pageSetup paperSize="9"/>', PageLook(is_f4=True), b'<pageSetup paperSize="14"/>'),
        ("xl/styles.xml", b'<fgColor rgb="00E7E6E6"/>', PageLook(accent="AABBCC"), b'<fgColor rgb="FFAABBCC"/>'),
        ("docProps/app.xml", A4, PageLook(is_f4=True, accent="AABBCC"), A4),
    ],
)  # fmt: skip
def test_only_what_is_meant_is_restyled(part: str, content: bytes, look: PageLook, wanted: bytes) -> None:
    """A4 upright and lying, the grey of heads in either spelling; other papers and colours are left."""
    assert look.restyled(part, content) == wanted


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('accent: "blue"', "`blue` is no colour"),
        ('paper: "A3"', "`A3` is not known here"),
        ('logo: "tidak-ada.png"', "picture `tidak-ada.png` does not exist"),
    ],
)
def test_a_slip_in_the_look_is_told(kit_project: KitProject, line: str, message: str) -> None:
    """With the line of identity.yaml."""
    key = line.partition(":")[0]
    kit_project.edit("scheme/identity.yaml", f"{key}:", f"{line}  #").run("check", expect=1)
    assert message in kit_project.said and "scheme/identity.yaml:" in kit_project.said


def test_authors_and_validators_stand_where_they_sign(kit_project: KitProject) -> None:
    """Names and numbers from the scheme, rows up to two each, on every form with their block."""
    people = (
        'authors: [{name: "Penyusun Contoh 01", registration: "MET.000.000001"}]\n'
        'validators: [{name: "Validator Contoh 01", registration: "MET.000.000002"}]\nunits:\n'
    )
    kit_project.edit_scheme("\nunits:\n", f"\n{people}").build("--unit", "M.702090.003.01")
    signed = [path for path in finished(kit_project) if path.suffix == ".docx" and "Validator" in signers_text(path)]
    assert len(signed) > 3
    for path in signed:
        cells = [cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells]
        assert "Penyusun Contoh 01" in " ".join(cells), path.name
        assert "MET.000.000002" in " ".join(cells), path.name


def signers_text(path: Path) -> str:
    return " ".join(signers_of(path))


SIGNERS = {
    "FR.APL.01": ("Pemohon/ Kandidat", "Admin LSP"),
    "FR.APL.02": ("Asesi", "Ditinjau Oleh Asesor"),
    "FR.IA.01": ("Asesi", "Asesor"),
    "FR.IA.02": ("Asesi", "Asesor", "Penyusun", "Validator"),
    "FR.IA.05A": ("Penyusun", "Validator"),
    "FR.IA.05C": ("Asesi", "Asesor"),
    "FR.IA.10": ("Asesor",),
    "FR.AK.03": (),
    "FR.AK.04": ("Asesi",),
    "Pernyataan Asesor": ("Asesor", "LSP"),
}


@pytest.mark.parametrize("code", SIGNERS)
def test_signers_are_read_off_the_template(root: Path, code: str) -> None:
    """As the official blanks have them; a box of one's own is found without a list of forms."""
    assert signers_of(root / "templates/docx" / f"{code}.docx") == SIGNERS[code]


def test_the_signature_map_lists_every_form_that_is_signed(shipped_kit: KitProject) -> None:
    """A row a form of the kit that has a box, with its signers."""
    (path,) = (shipped_kit.output / "Skema Lengkap").rglob(named("*Peta Tanda Tangan.docx"))
    text = [cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells]
    data = load_data(find_project(shipped_kit.root))
    for form in data.forms:
        signers = signers_of(shipped_kit.root / "templates" / form.template)
        is_made = any((shipped_kit.output / "Skema Lengkap").rglob(f"{form.number} {form.code}*"))
        assert any(form.code in cell for cell in text) == bool(signers and is_made), form.code


def test_the_letterhead_stands_above_every_form_when_asked_for(kit_project: KitProject) -> None:
    """Off by default; one line in the identity puts name and logo of the LSP above each form's title, and on no prop."""
    kit_project.keep_forms({"FR.APL.01", "FR.AK.01", "FR.IA.01", "FR.IA.05A", "FR.MAPA.02", "Alat Peraga"})
    kit_project.edit("scheme/identity.yaml", "name:", 'name: "LSP Contoh Nusantara"').build()

    def headed() -> dict[str, bool]:
        found = {}
        for path in finished(kit_project):
            document = docx.Document(str(path))
            first = document.element.body[0]
            has_name = "LSP CONTOH NUSANTARA" in "".join(first.itertext())
            found[path.name.split()[1]] = has_name and bool(list(first.iter(f"{{{PICTURE}}}pic")))
        return found

    assert set(headed().values()) == {False}
    kit_project.edit("scheme/identity.yaml", 'letterhead: "no"', 'letterhead: "yes"').build()
    assert {form for form, has in headed().items() if not has} == {"Alat"}


def test_the_revision_of_forms_is_printed_beside_their_code(kit_project: KitProject) -> None:
    """Apart from the Kode Dokumen, as the LSP writes it."""
    kit_project.keep_forms({"FR.APL.01"}).edit(
        "scheme/identity.yaml", "form_revision:", 'form_revision: "Edisi 3 Revisi 1"'
    ).build()
    (path,) = (kit_project.output).rglob(named("Skema Lengkap/*/01 FR.APL.01.docx"))
    footer = docx.Document(str(path)).sections[0].footer
    assert "FR.APL.01  ·  Edisi 3 Revisi 1  ·  Kode Dokumen" in "".join(each.text for each in footer.paragraphs)

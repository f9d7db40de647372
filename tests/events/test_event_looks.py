"""Every look an LSP can choose, all the way: documents, packs, what is read back, what is handed over, the lists."""

import re
import sys
from pathlib import Path

import pytest
from event_cases import copied
from fake_office import FakeOffice
from harness import ROOT, SLUG, KitProject

from kitgen.base.errors import KitgenError
from kitgen.documents.build.packs import PackOrder, body_on_cover, cover_template
from kitgen.documents.status.reports import REPORTS, compiled_report
from kitgen.load.locate import find_project
from kitgen.model.body import CertificationBody, PageStyle, Picture

UNIT = "M.702090.008.01"
FORMS = ("FR.APL.01", "FR.IA.01", "FR.IA.05A", "FR.IA.05B", "Daftar Hadir", "Kartu Asesi", "Alat Peraga")
LOOKS = {
    "letterhead": {'letterhead: "no"': 'letterhead: "yes"'},
    "every switch": {
        'letterhead: "no"': 'letterhead: "yes"', "partner_logo:": 'partner_logo: "logo-contoh.png"',
        "accent:": 'accent: "DCE6F1"', "paper:": 'paper: "F4" #',
    },
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_every_working_sheet_compiles_with_every_look(name: str) -> None:
    """A sheet that is given the name of the LSP alone has no letterhead rather than one it cannot fill."""
    project = find_project(ROOT)
    for style in (PageStyle("F4", "DCE6F1", True), PageStyle(letterhead=True)):
        try:
            compiled_report(project, name, style)
        except KitgenError as error:
            pytest.fail(str(error))


def test_a_cover_is_another_one_where_its_letterhead_says_something_else() -> None:
    """The address stands on the cover only under a letterhead; its words are those of the body."""
    no_picture = Picture("", 0, "")
    body = CertificationBody("LSP Rekaan", "Izin 1", "Jalan Rekaan 7", "", "", no_picture, no_picture)
    order = PackOrder(Path("x.pdf"), body, "Untuk Asesi", (), ())
    assert body_on_cover(order, PageStyle()) == "LSP Rekaan"
    assert "Jalan Rekaan 7" in str(body_on_cover(order, PageStyle(letterhead=True)))
    reads = [use.path for use in cover_template(find_project(ROOT), PageStyle(letterhead=True)).uses]
    assert "body.address" in reads


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the fake LibreOffice is a script with a shebang")
@pytest.mark.parametrize("look", LOOKS)
def test_a_look_goes_all_the_way(look: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kits and an event are built, packed (each and in one), read back and handed over; lists are made of both."""
    monkeypatch.setenv("KITGEN_SOFFICE", str(FakeOffice(tmp_path / "palsu").path))
    project = copied(ROOT, tmp_path / "proyek").keep_forms(FORMS)
    for old, new in LOOKS[look].items():
        project.edit("scheme/identity.yaml", old, new)
    packed_all(project)


def packed_all(project: KitProject) -> None:
    project.run("pack", "--unit", UNIT)
    assert "0 written" not in project.said and "packs:" in project.said
    project.run("pack", "--unit", UNIT)
    assert "packs: 0 written" in project.said
    project.run("pack", "--event", "contoh", "--in-one", "--duplex")
    project.run("verify", "--event", "contoh", expect=1)  # few forms prove few KUK; all that is there reads back
    assert re.search(r"contoh +\d+ +0 +\d+ +0 ", project.said)
    project.run("event", "print", "contoh")
    project.run("event", "deliver", "contoh")
    project.run("kurang", "--docx", str(project.root / "kurang.docx"))
    project.run("diff", "--scheme", SLUG, "--docx", str(project.root / "beda.docx"), "2024", "2024")
    assert (project.root / "kurang.docx").is_file() and (project.root / "beda.docx").is_file()

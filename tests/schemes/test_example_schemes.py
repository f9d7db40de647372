"""Two made-up schemes from what an LSP has in hand to a released kit, by commands and Excel: one unit that is watched and
nothing else, and eighteen units in three clusters from the text of a decree.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from harness import KitProject
from published_pages import run_import
from scheme_files import decree_text, made_units

from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data

pytestmark = pytest.mark.slow

WATCHED = """\
Judul Skema : Operator Pemotong Kain
Nomor Skema : SKM-REK-07
Jenis Skema : Okupasi
Persyaratan Dasar : Pernah bekerja di bengkel jahit

KODE UNIT            : C.14KON00.001.1
JUDUL UNIT           : Memotong Kain
DESKRIPSI UNIT       : Unit ini berhubungan dengan pekerjaan memotong kain menurut pola.

ELEMEN KOMPETENSI            KRITERIA UNJUK KERJA
1. Menyiapkan kain           1.1 Kain dibentangkan di atas meja potong
                             1.2 Pola disematkan menurut arah serat
2. Memotong kain             2.1 Kain dipotong menurut garis pola
                             2.2 Potongan ditumpuk menurut ukurannya
"""


def by_the_body(project: KitProject, change: Callable[[Any], None]) -> None:
    """What the LSP decides, typed into the workbook of the scheme: every proposal is its own then."""
    path = project.root / "skema.xlsx"
    project.run("scheme", "export", str(path))
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "usulan":
                    cell.value = None
    change(workbook)
    workbook.save(path)
    project.run("scheme", "import", str(path))


def beside(workbook: Any, sheet: str, label: str) -> Any:
    """The cell right of a label."""
    (row,) = (row for row in workbook[sheet].iter_rows() if row[0].value == label)
    return row[1]


def below(workbook: Any, sheet: str, heading: str) -> list[Any]:
    """The cells below a heading, as far as its row has a first cell."""
    (head,) = (cell for row in workbook[sheet].iter_rows() for cell in row if cell.value == heading)
    rows = workbook[sheet].iter_rows(min_row=head.row + 1)
    return [row[head.column - 1] for row in rows if row[0].value and not str(row[0].value).startswith("§")]


def lacks(project: KitProject, *command: str, expect: int = 0) -> list[str]:
    """What a command says of data that is lacking, whatever weight it gives to it."""
    project.run(*command, expect=expect)
    assert project.last is not None
    told = set(re.findall(r"^(?:warning|error): (.*)$", project.last.stderr, re.MULTILINE))
    return sorted(line for line in told if "stand in the way" not in line)


def test_one_unit_that_is_watched_alone_is_released(tmp_path: Path) -> None:
    """No task, no question, no role play: check, verify and release say the same, first what is lacking, then nothing."""
    assert run_import(tmp_path, WATCHED, "--edition", "2031").exit_code == 0
    project = KitProject(tmp_path / "proyek")
    project.run("scheme", "draft", "--without", "tasks", "--without", "questions", "--without", "scenarios")
    project.build()
    told = lacks(project, "check")
    assert len(told) > 4 and any("the LSP has not said who it is yet" in each for each in told)
    assert lacks(project, "verify") == told
    assert lacks(project, "edition", "release", "operator-pemotong-kain", "2031", expect=1) == told

    def decide(workbook: Any) -> None:
        beside(workbook, "Skema", "Bukti administratif").value = "Salinan tanda pengenal"
        for label, text in (("Nama LSP", "LSP Rekaan"), ("Nomor lisensi", "BNSP-LSP-0000-ID"), ("Alamat", "Jalan 1")):
            beside(workbook, "LSP", label).value = text
        for cell in below(workbook, "Standar Industri", "Standar kompetensi kerja"):
            cell.value = "SKKNI Nomor 77 Tahun 2031"
        forms = workbook["Perangkat"]
        for row in forms.iter_rows():
            if row[2].value == "FR.IA.02":
                row[4].value = None
        (title,) = (cell for row in workbook["Kelompok Pekerjaan"].iter_rows() for cell in row if cell.value == "KP")
        for column, text in enumerate((1, "Memotong kain", None, "C.14KON00.001.1"), title.column):
            workbook["Kelompok Pekerjaan"].cell(title.row + 1, column).value = text

    by_the_body(project, decide)
    (edition,) = load_data(find_project(project.root)).editions
    assert edition.scheme.clusters[0].tasks == ()
    assert edition.whole_bank == () and edition.scenarios == ()
    assert "no problems" in project.run("check").said
    project.build().run("verify")
    (verified,) = project.json("verify")
    assert verified["proven"] and verified["findings"] == [] and {kit["gaps"] for kit in verified["kits"]} == {0}
    project.run("edition", "release", "operator-pemotong-kain", "2031")
    made = {path.name for path in project.root.glob("output/*/2031/Skema Lengkap/*/*")}
    assert any("FR.IA.01" in name for name in made)
    assert not any(
        code in name for name in made for code in ("FR.IA.02", "FR.IA.03", "FR.IA.05", "FR.IA.06", "FR.IA.07")
    )


def test_eighteen_units_of_a_decree_become_a_proven_kit(tmp_path: Path) -> None:
    """Clusters, standards and sections come with its text; what is proposed serves every KUK, so there is no gap."""
    page = decree_text(made_units(18), clusters=6)
    assert run_import(tmp_path, page, "--title", "Petugas Ruang", "--edition", "2031").exit_code == 0
    project = KitProject(tmp_path / "proyek")
    project.run("scheme", "draft")
    by_the_body(project, lambda workbook: None)
    (edition,) = load_data(find_project(project.root)).editions
    assert [len(cluster.units) for cluster in edition.scheme.clusters] == [6, 6, 6]
    for unit in edition.scheme.units:
        assert unit.standard == "SKKNI Nomor 77 Tahun 2031"
        assert (len(unit.variables), len(unit.assessment_guide), len(unit.critical_aspects)) == (4, 2, 2)
    project.build().run("verify")
    (verified,) = project.json("verify")
    assert verified["proven"] and {kit["gaps"] for kit in verified["kits"]} == {0}

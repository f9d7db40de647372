"""Pages of a scheme with many units: none but the last of a form is left half empty."""

import re
import shutil
from pathlib import Path

import pytest
from harness import ROOT, KitProject
from office import convert, needs_office
from small_scheme import IDENTITY

pytestmark = [pytest.mark.slow, pytest.mark.office]

UNITS = 21
FORMS = ("FR.MAPA.01", "FR.MAPA.02", "FR.IA.01", "FR.IA.02", "FR.APL.01", "FR.AK.02")


def scheme(clusters: int) -> str:
    """Units of three elements with three criteria each, in so many clusters; titles go over two lines."""
    units, groups = [], []
    for number in range(1, UNITS + 1):
        elements = "".join(
            f'      - number: "{element}"\n        title: "Melaksanakan langkah {element}"\n        criteria:\n'
            + "".join(
                f'          - {{number: "{element}.{at}", text: "Alat dan bahan diperiksa menurut daftar {at}"}}\n'
                for at in (1, 2, 3)
            )
            for element in (1, 2, 3)
        )
        units.append(
            f'  - code: "X.00ABC00.{number:03d}.1"\n    title: "Mengelola persediaan bahan dan perlengkapan kerja di '
            f'gudang bagian {number}"\n    elements:\n{elements}'
        )
    each = UNITS // clusters
    for at in range(clusters):
        codes = ", ".join(f'"X.00ABC00.{number:03d}.1"' for number in range(at * each + 1, (at + 1) * each + 1))
        groups.append(f"  - number: {at + 1}\n    units: [{codes}]\n")
    return f'title: "Petugas Gudang"\nclusters:\n{"".join(groups)}units:\n{"".join(units)}'


def project(root: Path, clusters: int) -> KitProject:
    edition = root / "scheme" / "petugas-gudang" / "2031"
    edition.mkdir(parents=True)
    (edition / "scheme.yaml").write_text(scheme(clusters), "utf-8")
    (root / "scheme" / "identity.yaml").write_text(IDENTITY, "utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    return KitProject(root).keep_forms(FORMS)


def used(path: Path) -> list[float]:
    """How far down each page of a PDF but the last is written on, of what is above its foot: 1 is a full one."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    parts = []
    for number in range(len(document) - 1):
        page = document[number]
        height = page.get_height()
        ends = [each.get_bounds()[1] for each in page.get_objects()]
        parts.append(1 - min(end for end in ends if end > 0.08 * height) / height)
    return parts


@needs_office
@pytest.mark.parametrize("clusters", [1, 3])
def test_no_page_is_left_half_empty_by_a_list_of_units(clusters: int, tmp_path: Path) -> None:
    """In one Kelompok Pekerjaan and in three: the list begins below the head, and goes on on the next page."""
    small = project(tmp_path, clusters).build()
    files = sorted(small.root.glob("output/petugas-gudang/2031/Skema Lengkap/*/*.docx"))
    assert len(files) == len(FORMS)
    empty = {
        f"{re.sub(r'^.. ', '', pdf.stem)} {number}": round(part, 2)
        for pdf in convert(files, "pdf", tmp_path)
        for number, part in enumerate(used(pdf), 1)
        if part < 0.55
    }
    assert empty == {}

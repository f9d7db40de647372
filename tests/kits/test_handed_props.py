"""What is handed to a candidate of a role play, and when: Map 1, Map 2, each sheet on its own."""

import pytest
from harness import KitProject
from office import needs_office

UNIT = "M.702090.008.01"


def props_of(project: KitProject, code: str) -> dict[str, str]:
    found = (project.output / f"Per Unit/{UNIT}/3 Untuk Asesor").glob(f"* {code} - KEL-0*.docx")
    return {
        path.stem.partition(" - ")[2][:6]: project.text(path.relative_to(project.root / "output").as_posix())
        for path in found
    }


def test_what_is_handed_over_later_lies_in_a_document_of_its_own(kit_project: KitProject) -> None:
    """Map 1 has what is there at the first scene, Map 2 the rest; together every sheet to read, none twice."""
    kit_project.keep_forms({"Alat Peraga", "Alat Peraga Susulan", "Lembar Kerja"}).build()
    first, later = props_of(kit_project, "Alat Peraga Map 1"), props_of(kit_project, "Alat Peraga Susulan Map 2")
    assert set(first) == set(later) != set()
    for id, text in first.items():
        assert "Alat Peraga Map 1" in text and "Alat Peraga Map 2" in later[id]
        assert "Diserahkan asesor pada: Kerja meja" not in text
        assert "Diserahkan asesor pada: Kerja meja" in later[id]
        assert "Diserahkan asesor pada: Adegan 1" not in later[id]
    assert "Riwayat Layanan" in later["KEL-01"] and "Riwayat Layanan\n" not in first["KEL-01"]


@needs_office
@pytest.mark.office
def test_every_sheet_begins_on_a_sheet_of_its_own(kit_project: KitProject) -> None:
    """In the PDF each prop begins on a right-hand page, so that nothing else is printed on its back."""
    import pypdfium2

    kit_project.keep_forms({"Alat Peraga Susulan"})
    kit_project.build("--pdf", "--unit", UNIT)
    paths = sorted(kit_project.output.rglob("11n*.pdf"))
    assert paths
    for path in paths:
        pages = pypdfium2.PdfDocument(str(path))
        texts = [page.get_textpage().get_text_bounded() for page in pages]
        begun = [number for number, text in enumerate(texts) if "Diserahkan asesor pada" in text]
        assert len(begun) > 1 and all(number % 2 == 0 for number in begun), path.name

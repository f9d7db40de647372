"""Pages as admins had them in hand: each gives the units that stand on it, or is refused for what is wrong with it."""

from pathlib import Path

import pytest
from published_pages import read, run_import, units_of

FIXTURES = Path(__file__).parents[1] / "fixtures" / "import"
A, B, D = "Alat dipilih sesuai kebutuhan.", "Alat diperiksa sesuai prosedur.", "Debu dihilangkan."
TOOLS, TABLE = "Menyiapkan alat", "Membersihkan permukaan"
CHOSEN = [("1", TOOLS, [("1.1", "Alat dipilih.")])]


def one(*elements: object, code: str = "X.00ABC00.001.1", title: str = "Membersihkan Meja") -> list[object]:
    return [(code, title, list(elements))]


RIGHT = {
    "01": one(("1", TOOLS, [("1.1", "Alat dipilih dengan cara yang sesuai."), ("1.2", "Alat disimpan di tempatnya.")])),
    "02": one(("1", TOOLS, [("1.1", A), ("1.2", B)]),
              ("2", TABLE, [("2.1", "Debu dihilangkan sesuai prosedur."), ("2.2", "Permukaan dikeringkan.")])),
    "03": one(("1", TOOLS, [("1.1", A), ("1.2", B)]),
              ("2", TABLE, [("2.1", "Debu dihilangkan sesuai prosedur."), ("2.2", "Permukaan dikeringkan.")])),
    "04": one(("1", "Menyiapkan alat kerja", [("1.1", "Alat dipilih sesuai dengan kebutuhan."), ("1.2", B)])),
    "05": one(("1", TOOLS, [("1.1", A), ("1.2", B)])),
    "06": one(("1", TOOLS, [("1.1", A), ("1.2", B)])),
    "07": one(("1", TOOLS, [("1.1", A), ("1.2", B)])),
    "08": one(("1", TOOLS, [("1.1", A), ("1.2", B)])),
    "09": one(("1", TOOLS, [("1.1", A), ("1.2", B)])),
    "10": one(("1", "Prepare tools", [("1.1", "Tools are chosen as needed"), ("1.2", "Tools are checked")]),
              code="D1.ABC.CL1.01", title="Clean a table"),
    "11": one(("1", TOOLS, [("1.1", A), ("1.2", B)]), ("2", TABLE, [("2.1", D)])),
    "13": one(("1", TOOLS, [("1.1", A), ("1.2", B)]), ("2", TABLE, [("2.1", D)])),
    "14": one(("1", TOOLS, [("1.1", A)])),
    "16": one(("1", TOOLS, [("1.1", A), ("1.2", "Alat diperiksa.")]), ("2", TABLE, [("2.1", D)])),
    "18": one(("1", TOOLS, [("1.1", A), ("1.2", "Alat diperiksa.")])),
    "19": [(code, f"Membersihkan {what}", CHOSEN) for code, what in (
        ("IMG-FS-01", "Meja"), ("01/SKKK/2020", "Kursi"), ("SKK 001", "Lantai"), ("X.00ABC00.001.2", "Kaca"))],
    "20": one(*CHOSEN),
    "23": [("X.00ABC00.001.1", "Membersihkan Meja", CHOSEN),
           ("X.00ABC00.002.1", "Membersihkan Kursi", [("1", "Menyiapkan kain", [("1.1", "Kain dipilih.")])])],
    "24": one(*CHOSEN),
    "28": one(*CHOSEN),
}  # fmt: skip
WRONG = {
    "12": "criterion (KUK) 1.2 is missing: the next one found is 1.3",
    "15": "unit X.00ABC00.001.1 is listed twice, first on line 2",
}


def page_of(number: str) -> Path:
    """The page of a case."""
    return next(FIXTURES.glob(f"{number}-*"))


@pytest.mark.parametrize("number", RIGHT)
def test_a_page_as_it_is_gives_its_units(number: str, tmp_path: Path) -> None:
    """Nothing was arranged: the page is read, and written without a word to accept."""
    page, findings = read(page_of(number).read_bytes(), page_of(number).name)
    assert [str(error) for error in findings.errors] == []
    assert units_of(page) == RIGHT[number]
    name = page_of(number).name
    result = run_import(tmp_path, page_of(number).read_bytes(), "--title", "Meja", "--edition", "1", name=name)
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("number", WRONG)
def test_what_is_wrong_on_a_page_is_refused(number: str) -> None:
    """A gap in the numbers and a code twice are faults of the page, told by name."""
    _, findings = read(page_of(number).read_bytes())
    assert findings.errors[0].message == WRONG[number]


def test_standards_and_facts_beside_the_units_are_taken() -> None:
    """A column of standards goes to the units, facts of the scheme to the scheme, clusters to their units."""
    page = read(page_of("23").read_bytes())[0]
    assert [unit.standard for unit in page.units] == ["SKKNI 1 Tahun 2020"] * 2
    assert [cluster["number"] for cluster in page.clusters] == [1, 2]
    assert read(page_of("28").read_bytes())[0].units[0].standard == "SKKNI 1 Tahun 2020"
    facts = read(page_of("24").read_bytes())[0].facts
    assert facts.title and facts.number and (facts.title.text, facts.number.text) == ("Petugas Meja", "01/SKM/LSP/2024")


@pytest.mark.parametrize("number", ["02", "05"])
def test_sections_of_the_standard_are_kept(number: str) -> None:
    """Batasan Variabel ends the table; its lines stand with the unit."""
    unit = read(page_of(number).read_bytes())[0].units[0]
    assert unit.variables == ("1. Konteks variabel", "1.1 Alat adalah kain dan sikat.")

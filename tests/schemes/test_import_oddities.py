"""Oddities of a page are noted for a person to judge; the data stays as it stands on the page."""

import pytest
from published_pages import SEED, TITLE, change, copied_page, html_page, line_of, piped_page, read, units_of

from kitgen.schemes.published.oddities import MESSAGES, OddityKind
from kitgen.schemes.published.report import ODDITY_SENTENCES

PAGE = SEED.decode()
SEED_UNITS = units_of(read(SEED)[0])
SEED_KINDS = [oddity.kind for oddity in read(SEED)[0].oddities]


def new_oddities(page: str) -> list[tuple[str, str, int]]:
    """The oddities a changed page has more than the seed page: message, place within it, line. It has no errors."""
    found, findings = read(page)
    assert findings.errors == []
    known = {(oddity.message, oddity.where) for oddity in read(SEED)[0].oddities}
    return [
        (oddity.message, oddity.where, found.accounts[oddity.lines[0]].line.number)
        for oddity in found.oddities
        if (oddity.message, oddity.where) not in known
    ]


def test_the_oddities_of_the_seed_page_are_those_a_person_finds() -> None:
    """The doubled `content`, the near twins 007/2.2 and 008/2.1, and 18 criteria that ask for knowledge are noted."""
    page, findings = read(SEED)
    notes = {(oddity.kind, oddity.where, oddity.facts[0]) for oddity in page.oddities}
    assert (OddityKind.REPEATED_WORD, "unit M.702090.001.01, KUK 2.2", "content") in notes
    assert (OddityKind.NEAR_TWIN, "unit M.702090.008.01, KUK 2.1", "unit M.702090.007.01, KUK 2.2") in notes
    knowledge = {where[-6:-3]: fact.split(", ") for kind, where, fact in notes if kind is OddityKind.KNOWLEDGE}
    assert {unit: len(numbers) for unit, numbers in knowledge.items()} == {"001": 12, "002": 1, "007": 1, "008": 4}
    assert knowledge["008"] == ["1.4", "2.2", "2.3", "3.2"]
    assert len(page.oddities) == 8
    assert [warning.message for warning in findings.warnings] == [oddity.message for oddity in page.oddities]


def test_oddities_are_not_mended() -> None:
    """The doubled word of 001/2.2 is in the data as it is on the page."""
    page, _ = read(SEED)
    text = "Kerangka diferensiasi secara infrastructure content context dan content diidentifikasi"
    assert page.units[0].criteria[5].text == text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (change("Terdapat 5 unit", "Terdapat 4 unit"), [("the page says it has 4 units, but 5 were found", "", 1)]),
        (change("5 | M.702090.008.01", "6 | M.702090.008.01"),
         [("the numbers of the list of units do not run from 1 upwards: 1, 2, 3, 4, 6", "", 4)]),
        (change("Kode unit: M.702090.002.01", "Kode unit: M.702090.002.01 Komunikasi"),
         [("the unit is called `Komunikasi` above its table and `Melaksanakan komunikasi efektif` in the list;"
           " the list was taken", "unit M.702090.002.01", 18)]),
        (change("Kode unit: M.702090.002.01", "Kode unit: M.702090.002.01\nJudul unit: Komunikasi"),
         [("the unit is called `Komunikasi` above its table and `Melaksanakan komunikasi efektif` in the list;"
           " the list was taken", "unit M.702090.002.01", 19)]),
        (change("Kode unit: M.702090.002.01", "Kode unit: M.702090.002.01\nMelaksanakan komunikasi efektif"), []),
        (change("Melaksanakan komunikasi efektif", "MEWUJUDKAN kepuasan pelanggan"),
         [("another unit has the same title: M.702090.002.01", "unit M.702090.007.01", 32)]),
        (change("(business writing) |", "(business writing) | Inti |"),
         [("this cell is not expected here and was not used: Inti", "unit M.702090.003.01", 6)]),
        (change("Segmentasi perusahaan diuraikan", "Segmentasi di di perusahaan diuraikan"),
         [("a word stands twice: di", "unit M.702090.001.01, KUK 1.2", 13)]),
        (change("Tata penampilan professional dilaksanakan", "Bahasa tubuh dan ekspresi wajah dikendalikan"),
         [("the text is the same as that of unit M.702090.002.01, KUK 2.2", "unit M.702090.002.01, KUK 2.3", 24)]),
        (change("Tujuan penulisan ditentukan", "Tujuan sesuai pasal 1.2 peraturan ditentukan"),
         [("number 1.2 inside a text was left in the text: 1.1. Tujuan sesuai pasal 1.2 peraturan ditentukan 1.2.…",
           "unit M.702090.003.01", 29)]),
        (change("1.2. Kerangka pesan", "1.2 Kerangka pesan"),
         [("number 1.2 inside a line was taken as the beginning of a criterion: …. Tujuan penulisan ditentukan"
           " 1.2 Kerangka pesan yang dapat…", "unit M.702090.003.01", 29)]),
        (PAGE.replace(" |\n©", " ©"),
         [("the page's footer is glued to a text and was cut off: © 2024 Lembaga Sertifikasi Profesi Universitas"
           " Gunadarma", "", 49)]),
        (change("Kode unit: M.702090.003.01", "\n© 2023 LSP\nKode unit: M.702090.003.01"),
         [("the footers name several years (2023, 2024), so none was taken as the edition", "", 26)]),
        (change("Kode unit: M.702090.003.01", "Unduh unit ini\nKode unit: M.702090.003.01"),
         [("this line stands outside the tables and was not used", "", 25)]),
        (change("2. Menuliskan pesan", "© 2024 LSP\nHalaman 2\n2. Menuliskan pesan"),
         [("this line stands outside the tables and was not used", "", 31)]),
        (PAGE + "\nJenis Skema: Pelatihan",
         [("this line tells something about the scheme that is not taken over", "", 51)]),
        (f"Skema: {TITLE}\nSkema: Lain\n{PAGE}", [("the page gives another title of the scheme: Lain", "", 2)]),
    ],
)  # fmt: skip
def test_an_odd_page_is_read_and_its_oddity_told(page: str, expected: list[tuple[str, str, int]]) -> None:
    """What is odd but harmless is a warning with its line, and nothing else is."""
    assert new_oddities(page) == expected


def test_tables_in_another_order_than_the_list_are_told() -> None:
    """The order of the list is taken, and the difference noted."""
    tables = PAGE.index("Kode unit: M.702090.001.01"), PAGE.index("Kode unit: M.702090.002.01")
    moved = PAGE[: tables[0]] + PAGE[tables[1] : PAGE.index("©")] + PAGE[tables[0] : tables[1]] + PAGE[-57:]
    page, findings = read(moved)
    assert findings.errors == []
    assert units_of(page) == SEED_UNITS
    assert OddityKind.UNIT_ORDER in {oddity.kind for oddity in page.oddities}


@pytest.mark.parametrize("code", [
    "M.702090.009.01", "J.620100.004.02", "M.71KKK00.001.1", "N.82ADM00.001.3", "P.85ASM00.001.2", "G.46RIT00.064.01",
    "MIS.SH.00.001.01", "PDG.OO02.001.01",
])  # fmt: skip
def test_codes_of_every_known_style_are_usual(code: str) -> None:
    """New-style and legacy codes are kept as text, without a word about them."""
    page, findings = read(PAGE.replace("M.702090.001.01", code))
    assert findings.errors == []
    assert page.units[0].code == code
    assert OddityKind.UNUSUAL_CODE not in {oddity.kind for oddity in page.oddities}


@pytest.mark.parametrize("code", ["N.821.100.002.02", "m.702090.001.01", "UNIT-1", "M.702090 001 01"])
@pytest.mark.parametrize("make", [piped_page, copied_page, html_page])
def test_an_unusual_code_is_kept_and_told(code: str, make: type) -> None:
    """A code of no known form is no reason to refuse the page."""
    page, findings = read(make([(code, *SEED_UNITS[0][1:]), *SEED_UNITS[1:]]))
    assert findings.errors == []
    assert page.units[0].code == code
    assert f"unit code {code} is not of a usual form" in [warning.message for warning in findings.warnings]


def test_an_odd_line_is_odd_in_the_account() -> None:
    """A line that was not used for a reason nobody knows has the verdict `odd`; all others are used or ignored."""
    page = change("Kode unit: M.702090.003.01", "Unduh unit ini\nKode unit: M.702090.003.01")
    found, _ = read(page)
    odd = [account.line.number for account in found.accounts if account.verdict == "odd"]
    assert odd == [line_of(page, "Unduh unit ini")]


def test_every_kind_of_oddity_has_its_sentence_in_both_languages() -> None:
    """No oddity can be found that the diagnostics or the report cannot tell, with the same facts."""
    assert set(MESSAGES) == set(ODDITY_SENTENCES) == set(OddityKind)
    for kind in OddityKind:
        assert ("{first}" in MESSAGES[kind]) == ("{0}" in ODDITY_SENTENCES[kind])
        assert ("{second}" in MESSAGES[kind]) == ("{1}" in ODDITY_SENTENCES[kind])

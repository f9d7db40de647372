"""A page whose data would be wrong is refused with its line and a remedy, and nothing is written."""

import re
from pathlib import Path

import pytest
from harness import tree_digests
from published_pages import SEED, TITLE, change, copied_page, html_page, line_of, read, run_import, units_of

from kitgen.base.errors import KitgenError
from kitgen.schemes.published.import_page import read_page

PAGE = SEED.decode()
SEED_UNITS = units_of(read(SEED)[0])
TABLE_003 = PAGE[PAGE.index("Kode unit: M.702090.003.01") : PAGE.index("Kode unit: M.702090.007.01")]
CRITERIA_003 = "1.1. Tujuan penulisan ditentukan 1.2. Kerangka pesan yang dapat"


def errors_of(page: str | bytes) -> list[tuple[str, int | None]]:
    """The errors of a page: message and line."""
    _, findings = read(page)
    return [(error.message, error.place.line if error.place else None) for error in findings.errors]


@pytest.mark.parametrize(
    ("page", "message", "at"),
    [
        (PAGE.replace(TABLE_003, ""), "unit M.702090.003.01 is listed, but its table is not on the page",
         "3 | M.702090.003.01"),
        (PAGE[: PAGE.index("Kode unit: M.702090.008.01")],
         "unit M.702090.008.01 is listed, but its table is not on the page", "5 | M.702090.008.01"),
        (change("3 | M.702090.003.01 | Melaksanakan penulisan bisnis (business writing) |\n", ""),
         "unit M.702090.003.01 has a table, but is not in the list of units (so it has no title)",
         "Kode unit: M.702090.003.01"),
        (change("Terdapat 5 unit", "Terdapat 6 unit"), "the page says it has 6 units, but 5 were found", "Terdapat"),
        (PAGE + "\n" + TABLE_003, "unit M.702090.003.01 has two tables, first on line 25", 51),
        (change("4 | M.702090.007.01", "4 | M.702090.003.01"), "unit M.702090.003.01 is listed twice, first on line 6",
         "4 | M.702090.003.01"),
        (change(" | Melaksanakan komunikasi efektif |", " |"), "unit M.702090.002.01 is listed without a title",
         "2 | M.702090.002.01"),
        (change("Kode unit: M.702090.003.01", "Kode unit:"), "the line names no unit", "Kode unit:\n"),
        (change("1.2. Kerangka pesan yang dapat", "1.1. Kerangka pesan yang dapat"),
         "criterion (KUK) 1.1 stands twice, first on line 29", CRITERIA_003[:20]),
        (change(" 1.3. Target segmen diidentifikasi", ""),
         "criterion (KUK) 1.3 is missing: the next one found is 1.4", "1.1. Definisi segmentasi"),
        (change("1.1. Tujuan penulisan ditentukan 1.2.", "1.2."),
         "criterion (KUK) 1.1 is missing: the next one found is 1.2", "1.2. Kerangka pesan yang dapat"),
        (change("3.2. Ekuitas", "5.2. Ekuitas"), "criterion (KUK) 5.2 stands under no element 5",
         "3.1. Definisi merek"),
        (change("2. Menuliskan pesan sesuai topik |\n", ""), "criterion (KUK) 2.1 stands under no element 2",
         "2.1. Nama, jabatan"),
        (change("2. Menuliskan pesan", "3. Menuliskan pesan"), "element 2 is missing: the next one found is 3",
         "3. Menuliskan pesan"),
        (change("2. Menuliskan pesan", "1. Menuliskan pesan"), "element 1 stands twice, first on line 28",
         "1. Menuliskan pesan"),
        (change("2.1. Nama, jabatan serta nama perusahaan dituliskan 2.2. Kerangka pesan yang ada dituliskan |\n", ""),
         "element 2 has no criteria (KUK)", "2. Menuliskan pesan"),
        (PAGE.replace(TABLE_003, "Kode unit: M.702090.003.01\n"),
         "unit M.702090.003.01 has no elements and no criteria (KUK)", "Kode unit: M.702090.003.01"),
        (change("1.1. Tujuan penulisan ditentukan 1.2.", "1.1. 1.2."), "criterion (KUK) 1.1 has no text", "1.1. 1.2."),
        (change("penulisan ditentukan 1.2.", "penulisan\n\nditentukan 1.2."),
         "a text in the table is neither an element nor a criterion (KUK)", "ditentukan 1.2. Kerangka"),
        (change("secara lengkap |", "\n\nsecara lengkap |"),
         "a text in the table is neither an element nor a criterion (KUK)", "secara lengkap"),
        ("<p>Terdapat 1 unit</p><p>1 M.702090.001.01 Judul</p><p>Kode unit: M.702090.001.01</p>\n<p>1. Elemen</p>"
         "<p>1.1. Tenggat waktu<br>\nPenanganan disampaikan</p>",
         "a text in the table is neither an element nor a criterion (KUK)", "Penanganan"),
        (change("1.2. Permintaan pelanggan dikonfirmasikan ulang 1.3. Layanan yang sesuai ditawarkan",
                "1.3. Layanan yang sesuai ditawarkan 1.2. Permintaan pelanggan dikonfirmasikan ulang"),
         "criterion (KUK) 1.2 stands behind 1.3", "1.1. Kebutuhan dasar"),
        (change("2. Menuliskan pesan", "\nIklan Rumah\n\n2. Menuliskan pesan"),
         "a text in the table is neither an element nor a criterion (KUK)", "Iklan Rumah"),
        (change("Kode unit: M.702090.001.01\n", ""),
         "a text in the list of units is not a row of it, and no unit begins before it", "1. Mengidentifikasi"),
        (change("penulisan bisnis (business", "penulisan bisnis\nBisnis (business"),
         "a text in the list of units is not a row of it, and no unit begins before it", "Bisnis (business"),
        (PAGE + "\nTerdapat 1 unit dalam skema ini:", "the page says twice how many units it has, first on line 1", 51),
        (change("Tujuan penulisan", "Tujuan " + "sangat " * 3000), "a text on the page is longer than 20,000 letters",
         "sangat sangat"),
    ],
)  # fmt: skip
def test_what_makes_the_data_wrong_is_an_error_with_its_line(page: str, message: str, at: str | int) -> None:
    """A lost table, a doubled or skipped number, a stray text and the like are named, with the line they stand on."""
    line = at if isinstance(at, int) else page[: page.index(at)].count("\n") + 1
    assert (message, line) in errors_of(page)


@pytest.mark.parametrize(
    "page",
    [
        change("penulisan ditentukan 1.2.", "penulisan\nditentukan 1.2."),
        change("penulisan bisnis (business", "penulisan bisnis\n(business"),
    ],
)
def test_the_rest_of_a_text_on_the_next_line_is_put_behind_it(page: str) -> None:
    """A line right below that begins with a small letter or a bracket belongs to the text above."""
    found, findings = read(page)
    assert findings.errors == []
    assert units_of(found) == SEED_UNITS


def test_every_error_comes_with_a_remedy() -> None:
    """A page with many faults tells all of them at once, each with what to do about it."""
    page = PAGE.replace(TABLE_003, "").replace("1.2. ", "1.1. ").replace("3. Mengidentifikasi", "4. Mengidentifikasi")
    _, findings = read(page)
    assert len(findings.errors) > 5
    assert all(error.help for error in findings.errors)


@pytest.mark.parametrize("page", ["", "\n\n", "Selamat datang di LSP\n© 2024 LSP", "<html><p>Selamat datang</html>"])
def test_a_page_with_nothing_of_a_scheme_is_an_error(page: str) -> None:
    """A page on which nothing is recognised is refused."""
    assert [message for message, _ in errors_of(page)] == ["nothing of a published scheme was recognised on the page"]


def test_a_mistyped_code_is_told_with_its_likely_partner() -> None:
    """A code that differs between list and table is an error on both sides, each naming the other."""
    _, findings = read(change("Kode unit: M.702090.003.01", "Kode unit: M.702O90.003.01"))
    assert [error.help for error in findings.errors] == [
        "the code stands otherwise above its table: did you mean `M.702O90.003.01`?",
        "the code stands otherwise in the list: did you mean `M.702090.003.01`?",
    ]


@pytest.mark.parametrize("make", [copied_page, html_page])
def test_faults_are_found_in_every_form_of_the_page(make: type) -> None:
    """A doubled number and a lost table are errors in a copied and in a saved page too."""
    page = make(SEED_UNITS).replace("1.2. Segmentasi", "1.1. Segmentasi")
    assert errors_of(page) == [
        ("criterion (KUK) 1.1 stands twice, first on line " + str(line_of(page, "1.1. Segmentasi")),
         line_of(page, "1.1. Segmentasi"))
    ]  # fmt: skip
    lost = make([(code, title, elements) for code, title, elements in SEED_UNITS if code != "M.702090.008.01"])
    assert errors_of(lost.replace("4 unit dalam", "5 unit dalam")) == [
        ("the page says it has 5 units, but 4 were found", line_of(lost, "Terdapat"))
    ]


def test_a_line_lost_anywhere_is_never_silent() -> None:
    """Whichever line that holds data is missing from the copy, the import is refused, apart from the stated count."""
    lines = PAGE.split("\n")
    data = [
        position
        for position, account in enumerate(read(SEED)[0].accounts)
        if account.verdict == "used" and position > 0
    ]
    assert len(data) == 36
    for position in data:
        assert errors_of("\n".join(lines[:position] + lines[position + 1 :])), lines[position]


def test_a_criterion_lost_is_never_silent_unless_it_is_the_last_of_its_element() -> None:
    """Taking any criterion but an element's last out of its line is refused: only the sequence can tell."""
    tried = 0
    for _, _, elements in SEED_UNITS:
        for _, _, criteria in elements:
            for number, text in criteria[:-1]:
                page = PAGE.replace(f"{number}. {text} ", "", 1)
                assert page != PAGE
                assert errors_of(page), (number, text)
                tried += 1
    assert tried == 50 - 13


def test_a_refused_page_writes_nothing_and_exits_with_1(tmp_path: Path) -> None:
    """A page with an error leaves the project as it was, says where the fault is, and exits with 1."""
    result = run_import(tmp_path, change("1.2. Segmentasi", "1.1. Segmentasi"), "--title", TITLE)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.search(r"error: criterion \(KUK\) 1\.1 stands twice.*\n +--> halaman\.txt:13, unit M\.702090\.001\.01",
                     result.stderr)  # fmt: skip
    assert tree_digests(tmp_path / "proyek") == {}
    assert list((tmp_path / "proyek" / "scheme").iterdir()) == []


def test_a_page_that_cannot_be_opened_is_one_error(tmp_path: Path) -> None:
    """A folder in the place of the page is told by name, not by a stack of calls."""
    with pytest.raises(KitgenError, match="the page cannot be read"):
        read_page(tmp_path)

"""Several criteria on one line: where one ends and the next begins, and what is left in doubt."""

import pytest

from kitgen.schemes.published.numbered_text import Segment, split_numbered

Split = tuple[list[tuple[str, str]], list[tuple[str, bool]]]


def split(*texts: str) -> Split:
    """The numbered texts of cells below each other, and the doubts: a number, and whether it was taken as one."""
    found, doubts = split_numbered([Segment(text, line) for line, text in enumerate(texts)])
    return [(item.number, item.text) for item in found], [(doubt.number, doubt.is_split) for doubt in doubts]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1.1. Gaya dilihat 1.2. Cara diuji"], [("1.1", "Gaya dilihat"), ("1.2", "Cara diuji")]),
        (["1.1 Gaya dilihat 1.2 Cara diuji"], [("1.1", "Gaya dilihat"), ("1.2", "Cara diuji")]),
        (["1. Mengenali gaya 1.1. Gaya dilihat 1.2. Cara diuji"],
         [("1", "Mengenali gaya"), ("1.1", "Gaya dilihat"), ("1.2", "Cara diuji")]),
        (["2.112. Gaya dilihat 2.113. Cara diuji"], [("2.112", "Gaya dilihat"), ("2.113", "Cara diuji")]),
        (["1.1. Laporan 3 x 24 jam dibuat 1.2. Cara diuji"],
         [("1.1", "Laporan 3 x 24 jam dibuat"), ("1.2", "Cara diuji")]),
        (["1.1. Berkas 12.05.2024 dan 10.000 lembar disimpan"],
         [("1.1", "Berkas 12.05.2024 dan 10.000 lembar disimpan")]),
        (["1.1. Standar M.702090.001.01 dibaca"], [("1.1", "Standar M.702090.001.01 dibaca")]),
        (["1.1. Butir 2.2 standar dibaca 1.2. Cara diuji"],
         [("1.1", "Butir 2.2 standar dibaca"), ("1.2", "Cara diuji")]),
        (["1.1. gaya dilihat 1.2. cara diuji"], [("1.1", "gaya dilihat"), ("1.2", "cara diuji")]),
        (["1.1. Cairan 1.5 liter dituang"], [("1.1", "Cairan 1.5 liter dituang")]),
        (["1.1. Bahan dibagi dengan 1.2. Cara diuji 1.3. Hasil dicatat"],
         [("1.1", "Bahan dibagi dengan"), ("1.2", "Cara diuji"), ("1.3", "Hasil dicatat")]),
        (["1.1. Gaya dilihat 2. Teknik dipilih 2.1. Cara diuji"],
         [("1.1", "Gaya dilihat"), ("2", "Teknik dipilih"), ("2.1", "Cara diuji")]),
        (["1.1. Dokumen (1.2) dan 1.2, 1.2% dibaca 1.2. Cara diuji"],
         [("1.1", "Dokumen (1.2) dan 1.2, 1.2% dibaca"), ("1.2", "Cara diuji")]),
    ],
)  # fmt: skip
def test_clear_numbers_part_the_texts_without_doubt(texts: list[str], expected: list[tuple[str, str]]) -> None:
    """The expected next number in the unit's own form parts two criteria; other digits part nothing."""
    assert split(*texts) == (expected, [])


@pytest.mark.parametrize(
    ("texts", "expected", "doubts"),
    [
        # the expected number, but after a word no criterion ends with
        (["1.1. Izin sesuai pasal 1.2 peraturan diurus"], [("1.1", "Izin sesuai pasal 1.2 peraturan diurus")],
         [("1.2", False)]),
        (["1.1. Izin sesuai pasal 1.2. Peraturan 1.2. Cara diuji"],
         [("1.1", "Izin sesuai pasal 1.2. Peraturan"), ("1.2", "Cara diuji")], [("1.2", False)]),
        (["1.1 Izin sesuai pasal 1.2 Peraturan diurus", "1.2 Cara diuji"],
         [("1.1", "Izin sesuai pasal 1.2 Peraturan diurus"), ("1.2", "Cara diuji")], [("1.2", False)]),
        # a measure
        (["1.1. Cairan 1.2 liter dituang 1.2. Cara diuji"],
         [("1.1", "Cairan 1.2 liter dituang"), ("1.2", "Cara diuji")], [("1.2", False)]),
        (["1.1 cairan 1.2 liter dituang"], [("1.1", "cairan 1.2 liter dituang")], [("1.2", False)]),
        # written otherwise than the others, but nothing better comes
        (["1.1. Gaya dilihat 1.2 Cara diuji 1.3. Hasil dicatat"],
         [("1.1", "Gaya dilihat"), ("1.2", "Cara diuji"), ("1.3", "Hasil dicatat")], [("1.2", True)]),
        (["1.1. Gaya dilihat1.2. Cara diuji"], [("1.1", "Gaya dilihat"), ("1.2", "Cara diuji")], [("1.2", True)]),
        # a better one comes
        (["1.1. Windows 1.2 Dasar dipakai 1.2. Cara diuji"],
         [("1.1", "Windows 1.2 Dasar dipakai"), ("1.2", "Cara diuji")], [("1.2", False)]),
        # a noun that is often numbered may be the end of a criterion
        (["1.1 Menyiapkan formulir 1.2 Mengisi bagian 1.3 Menyerahkan"],
         [("1.1", "Menyiapkan formulir"), ("1.2", "Mengisi bagian"), ("1.3", "Menyerahkan")],
         [("1.2", True), ("1.3", True)]),
        # a number belongs to the word before it, but it is the one expected and looks like one
        (["1.1. Izin sesuai pasal 1.2. Peraturan diurus"],
         [("1.1", "Izin sesuai pasal"), ("1.2", "Peraturan diurus")], [("1.2", True)]),
        # the next element's number inside a text
        (["1.1. Gaya dilihat 2. Teknik dipilih"], [("1.1", "Gaya dilihat 2. Teknik dipilih")], [("2", False)]),
        (["1.1. Gaya diatur 1.2. 1.2. Cara diuji"], [("1.1", "Gaya diatur 1.2."), ("1.2", "Cara diuji")],
         [("1.2", False)]),
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_reported(
    texts: list[str], expected: list[tuple[str, str]], doubts: list[tuple[str, bool]]
) -> None:
    """Where form, sequence and neighbouring words disagree, the sequence decides and the number is told."""
    assert split(*texts) == (expected, doubts)


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1.1. Gaya dilihat 1.1. Cara diuji"], ["1.1", "1.1"]),
        (["1.1. Gaya dilihat 1.3. Cara diuji"], ["1.1", "1.3"]),
        (["1.1 Gaya dilihat 1.3 Cara diuji"], ["1.1", "1.3"]),
        (["1.1. Gaya dilihat 3.1. Cara diuji"], ["1.1", "3.1"]),
        (["1.1 Gaya dilihat 2.1 Cara diuji"], ["1.1", "2.1"]),
        (["1.1. Gaya dilihat 1.2. 1.3. Hasil dicatat"], ["1.1", "1.2", "1.3"]),
        (["1.1. Gaya dilihat 1.2.", "1.3. Hasil dicatat"], ["1.1", "1.2", "1.3"]),
    ],
)
def test_a_number_out_of_turn_is_not_hidden_in_the_text_before_it(texts: list[str], numbers: list[str]) -> None:
    """A doubled, skipped, foreign or empty number comes out as a number, so that the check can refuse it."""
    found, _ = split(*texts)
    assert [number for number, _ in found] == numbers

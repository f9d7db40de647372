"""What a recall says of a change: whether a blank was filled, and where on the page it stands, in words."""

import pytest

from kitgen.base.line_diff import Difference, DumpLine
from kitgen.documents.disk.branches import Branch
from kitgen.events.recall.causes import has_only_moved, reason_printed
from kitgen.events.recall.filled import is_filled, is_only_filled
from kitgen.events.recall.places import PlacesOnPage
from kitgen.events.recall.void import erratum_rows, marked

UNITS = {
    "M.702090.001.01": {"1.1": "Segmen dijelaskan", "1.2": "Pesaing dijelaskan"},
    "M.702090.008.01": {"1.1": "Keluhan didengarkan", "1.3": "Permohonan maaf disampaikan"},
}


def page(*lines: tuple[str, str]) -> list[DumpLine]:
    return [DumpLine(*line) for line in lines]


PAGE = page(
    ("paragraph 1", "FR.IA.01. CEKLIS"),
    ("table 1, row 1, cell 1", "Tanggal (over 2 columns)"),
    ("table 1, row 1, cell 2", ":"),
    ("table 1, row 1, cell 3", "Senin"),
    ("table 2, row 1, cell 1", "Kode Unit"),
    ("table 2, row 1, cell 2", "M.702090.008.01"),
    ("table 3, row 1, cell 1", "No."),
    ("table 3, row 1, cell 2", "Kriteria"),
    ("table 3, row 1, cell 3", "Standar"),
    ("table 3, row 2, cell 1", "1."),
    ("table 3, row 2, cell 2", "1.3 → Permohonan maaf disampaikan"),
    ("table 3, row 2, cell 3", "SOP"),
    ("paragraph 2", "**Catatan**"),
    ("paragraph 3", "Nomor: 12"),
    ("paragraph 4", "Isi yang panjang sekali"),
    ("table 4, row 1, cell 1", "No."),
    ("table 4, row 1, cell 2", "Nama Asesi"),
    ("table 4, row 1, cell 3", "Hasil"),
    ("table 4, row 2, cell 1", "7."),
    ("table 4, row 2, cell 2", "Asesi Contoh 07"),
    ("table 4, row 2, cell 3", "K"),
    ("footer1 paragraph 1", "Kode"),
    ("sheet Data, cell A1", "No"),
    ("sheet Data, cell B1", "NAMA ASESI"),
    ("sheet Data, cell C1", "K/BK"),
    ("sheet Data, cell A2", "7"),
    ("sheet Data, cell B2", "Asesi Contoh 07"),
    ("sheet Data, cell C2", "K"),
)


@pytest.mark.parametrize(
    ("spot", "old", "new", "place"),
    [
        ("table 3, row 2, cell 2", "1.3 → Maaf", "1.3 → Permohonan maaf disampaikan", "Unit M.702090.008.01, KUK 1.3"),
        ("table 3, row 2, cell 3", "Aturan", "SOP", "Unit M.702090.008.01, KUK 1.3"),
        ("table 1, row 1, cell 3", "Minggu", "Senin", "Tanggal"),
        ("table 4, row 2, cell 3", "BK", "K", "Nomor 7, kolom Hasil"),
        ("table 4, row 2, cell 2", "Asesi", "Asesi Contoh 07", "Nomor 7, kolom Nama Asesi"),
        ("paragraph 3", "Nomor: 11", "Nomor: 12", "Nomor"),
        ("paragraph 4", "Isi yang pendek", "Isi yang panjang sekali", "Di bawah “Catatan”"),
        ("footer1 paragraph 1", "K", "Kode", "Kaki halaman"),
        ("sheet Data, cell C2", "BK", "K", "Lembar Data, nomor 7, kolom K/BK"),
        ("paragraph 9", "KUK 1.1: Segmen pasar", "KUK 1.1: Segmen dijelaskan", "Unit M.702090.001.01, KUK 1.1"),
    ],
)
def test_places_are_told_by_unit_criterion_and_label(spot: str, old: str, new: str, place: str) -> None:
    """Never by the number of a table or cell."""
    assert PlacesOnPage(PAGE, UNITS).of(Difference(spot, old, new)) == place


def test_of_a_cell_with_all_criteria_the_one_that_changed_is_told() -> None:
    """Numbers that stand unchanged beside it do not count, and only its own text is quoted."""
    old = "1.1 → Keluhan didengarkan ¶ 1.3 → Permohonan maaf ¶ 1.4 → Lain"
    change = Difference("table 3, row 2, cell 2", old, old.replace("maaf", "maaf disampaikan"))
    place = PlacesOnPage(PAGE, UNITS).of(change)
    (row,) = erratum_rows([Difference(place, change.old, change.new)])
    assert (row.place, row.old.text) == ("Unit M.702090.008.01, KUK 1.3", "1.3 Permohonan maaf")
    assert row.new.text == "1.3 Permohonan maaf disampaikan"


@pytest.mark.parametrize(
    ("old", "new", "is_filled_by_hand", "is_decided"),
    [
        ("", "K", True, True),
        ("Nomor: ........ (SK)", "Nomor: 12/SK (SK)", True, True),
        ("Kompeten (K): ........ orang; BK: ........ orang", "Kompeten (K): 9 orang; BK: 2 orang", True, True),
        ("Tanda tangan:", "Tanda tangan: ada", True, True),
        ("Tanggal → : ____", "Tanggal → : 2 Maret 2026", True, True),
        ("☐", "☒", False, True),
        ("☐", "☑", False, True),
        ("Sewaktu/Mandiri", "Sewaktu/~~Mandiri~~", False, True),
        ("☒", "☐", False, False),
        ("K", "BK", False, False),
        ("Kompeten (K): 9 orang", "Kompeten (K): 8 orang", False, False),
        ("Nomor: ........ (SK)", "Nomor: 12/SK (ST)", False, False),
        ("K", "", False, False),
    ],
)
def test_a_blank_that_is_filled_is_no_misprint(old: str, new: str, is_filled_by_hand: bool, is_decided: bool) -> None:
    """A box that was ticked is one only where it is known to be a person's decision."""
    assert (is_filled(old, new, False), is_filled(old, new, True)) == (is_filled_by_hand, is_decided)


def test_a_row_more_is_no_blank() -> None:
    """Neither in a table nor in a workbook; a cell more in a row that was there is."""
    old = page(("table 1, row 1, cell 1", "1."), ("table 1, row 1, cell 2", ""))
    more = page(*old, ("table 1, row 2, cell 1", "2."), ("table 1, row 2, cell 2", ""))
    assert not is_only_filled(old, more, True) and not is_only_filled(more, old, True)
    assert is_only_filled(old, [old[0], DumpLine(old[1].spot, "K")], False)
    sheet = page(("sheet Data, cell A2", "1"))
    assert is_only_filled(sheet, page(*sheet, ("sheet Data, cell S2", "K")), False)
    assert not is_only_filled(sheet, page(*sheet, ("sheet Data, cell A3", "2")), False)
    assert not is_only_filled(old, old, True)


def test_the_words_that_change_are_marked() -> None:
    """Whole words in the middle; nothing where there was nothing."""
    old, new = marked("Senin, 2 Maret 2026", "Selasa, 3 Maret 2026")
    assert (old.before, old.changed, old.after) == ("", "Senin, 2 ", "Maret 2026")
    assert new.changed == "Selasa, 3 "
    assert marked("", "K")[0].text == ""


def test_reasons_are_told_in_words() -> None:
    """By what of the data changed; a day of the scheme is no day of the event."""
    moved = [Branch(("event", "date"), "changed"), Branch(("participants", "#1", "result"), "changed")]
    assert has_only_moved(moved) and reason_printed(moved) == "Hari, tanggal, atau waktu pelaksanaan berubah"
    other = [*moved, Branch(("units", "#M.702090.008.01", "title"), "changed")]
    assert not has_only_moved(other) and "Data asesi berubah" not in reason_printed(other)
    assert reason_printed(other).endswith("naskah skema (unit, elemen, KUK, atau tugas) berubah")
    assert not has_only_moved([Branch(("scheme", "date"), "changed")]) and not has_only_moved(moved[1:])
    assert reason_printed([]) == "Isi dokumen berubah"


def test_a_person_called_otherwise_on_a_timetable_is_no_move() -> None:
    """A seat with the wrong name is to be taken back; one erratum for the hours is not enough."""
    named = [Branch(("seating", "seats", "#04", "candidate"), "changed"), Branch(("timetable", "whose"), "changed")]
    assert not has_only_moved(named)
    assert has_only_moved([*named, Branch(("timetable", "sections", "#1", "start"), "changed")])


def test_a_count_below_a_timetable_that_changed_is_no_move() -> None:
    """How much is lacking for the day follows from how many come; nothing was moved, and the reason says so."""
    counted = [Branch(("timetable", "sentence"), "changed"), Branch(("guide", "timetable", "notes"), "changed")]
    assert not has_only_moved(counted) and not has_only_moved(counted[:1])
    assert reason_printed(counted).startswith("Hitungan kecukupan jadwal berubah")
    both = [*counted, Branch(("candidate", "name"), "changed")]
    assert reason_printed(both).startswith("Data asesi berubah; hitungan kecukupan")

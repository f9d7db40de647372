"""What the workbook of the bank tells those who fill it in: the sheet Petunjuk, as rows of texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.model.bank import DIFFICULTY_LABELS, LETTERS
from kitgen.model.bank_columns import (
    APART,
    BRANCH,
    CRITERIA,
    DIFFICULTY,
    ID,
    KEY,
    MARKING,
    MODEL_ANSWER,
    SHEETS,
    TEXT,
    UNIT,
)
from kitgen.model.scheme import Scheme, Unit

_HOW: Final = (
    "Setiap baris pada lembar {sheets} adalah satu butir soal.",
    "Ubah soal dengan mengubah isi selnya. Tambahkan soal pada baris kosong di bawah baris terakhir.",
    "Baris dan kolom boleh dipindahkan, diurutkan, disaring, atau disembunyikan; nama kolom jangan diubah.",
    "Soal yang barisnya dihapus tetap ada dalam bank soal, kecuali bila admin memintanya dihapus.",
    "Semua isi adalah teks. Rumus, angka desimal, dan tanggal ditolak; rentetan spasi dan ganti baris dirapatkan.",
    "Buku kerja ini memuat kunci jawaban: RAHASIA.",
)
_COLUMNS: Final = {
    ID: "tetap selamanya; butir baru mendapat kode baru yang belum dipakai, tanpa spasi (misalnya PG-008-55)",
    UNIT: "kode unit, pilih dari daftar",
    CRITERIA: "nomor KUK yang diuji; lebih dari satu dipisahkan koma (1.1, 1.2)",
    DIFFICULTY: "{difficulties}; boleh kosong",
    BRANCH: "bidang usaha dalam soal, misalnya perbankan; boleh kosong",
    APART: "kode butir yang tidak boleh diterima asesi yang sama (yang satu membocorkan yang lain), dipisahkan koma",
    TEXT: "bunyi soal",
    "Pilihan A ... Pilihan E": "tiga sampai lima pilihan, berurutan dari A tanpa melompati huruf",
    "Alasan A ... Alasan E": "mengapa pilihan itu benar atau mengecoh; wajib untuk setiap pilihan",
    KEY: "huruf pilihan yang benar: {letters}",
    MODEL_ANSWER: "jawaban acuan untuk asesor",
    MARKING: "pokok yang dicentang asesor; satu baris satu pokok (ganti baris di dalam sel: Alt+Enter)",
}


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A row of the sheet: its three texts; whether it is a heading, and whether it opens a unit (its code is first)."""

    texts: tuple[str, str, str]
    is_bold: bool = False
    is_unit: bool = False


def guide_rows(scheme: Scheme, units: Sequence[Unit]) -> list[GuideRow]:
    """All rows: how to work, what belongs in each column, and the units with their KUK."""
    return list(_rows(scheme, units))


def _rows(scheme: Scheme, units: Sequence[Unit]) -> Iterator[GuideRow]:
    yield GuideRow((f"Bank soal: {scheme.title}, edisi {scheme.edition}", "", ""), is_bold=True)
    yield GuideRow(("", "", ""))
    yield GuideRow(("Cara mengisi", "", ""), is_bold=True)
    for number, sentence in enumerate(_HOW, 1):
        yield GuideRow((f"{number}.", "", sentence.format(sheets=", ".join(SHEETS.values()))))
    yield GuideRow(("", "", ""))
    yield GuideRow(("Kolom", "", "Isi"), is_bold=True)
    for heading, what in _COLUMNS.items():
        words = {"difficulties": ", ".join(DIFFICULTY_LABELS.values()), "letters": ", ".join(LETTERS)}
        yield GuideRow((heading, "", what.format_map(words)))
    yield GuideRow(("", "", ""))
    yield GuideRow((UNIT, "", "Judul"), is_bold=True)
    for unit in units:
        yield GuideRow((unit.code, "", unit.title), is_unit=True)
    yield GuideRow(("", "", ""))
    yield GuideRow((UNIT, CRITERIA, "Bunyi KUK"), is_bold=True)
    for unit in units:
        for element in unit.elements:
            for criterion in element.criteria:
                yield GuideRow((unit.code, criterion.number, criterion.text))

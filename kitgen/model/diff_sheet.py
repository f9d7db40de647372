"""The differences of two editions as their Word document prints them: old words struck, new words underlined."""

from dataclasses import dataclass

from kitgen.base.digests import Serial
from kitgen.base.holes import Missing
from kitgen.model.audience import ASSESSORS, known


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Teks bertanda: a piece of a text, printed with `{{r }}`."""

    text: str = known("potongan teks")
    strike: bool = known("dicoret: ada pada edisi lama saja")
    underline: bool = known("digarisbawahi: ada pada edisi baru saja")


@dataclass(frozen=True, slots=True)
class DiffCount:
    """Jumlah perubahan: how many criteria changed in one way."""

    label: str = known("jenis perubahan")
    count: int = known("jumlah KUK")


@dataclass(frozen=True, slots=True)
class DiffRow:
    """Baris perbedaan: a criterion, element or fact on both sides."""

    kind: str = known("jenis perubahan")
    name: str = known("apa yang berubah: KUK, elemen, atau isian unit")
    old_number: str = known("nomor pada edisi lama")
    new_number: str = known("nomor pada edisi baru")
    old: tuple[MarkedText, ...] = known("bunyi lama, kata yang hilang dicoret", ASSESSORS)
    new: tuple[MarkedText, ...] = known("bunyi baru, kata yang baru digarisbawahi", ASSESSORS)


@dataclass(frozen=True, slots=True)
class DiffSection:
    """Bagian perbedaan: a unit, or a kind of other data, with what changed in it."""

    title: str = known("kode dan judul unit, atau jenis data")
    note: str = known("keterangan tentang unit ini, atau butir yang hanya berganti nomor; boleh kosong")
    rows: tuple[DiffRow, ...] = known("perubahannya")


@dataclass(frozen=True, slots=True)
class RulingRow:
    """Baris padanan: a rewording that was ruled equal in meaning, by whom and why."""

    criterion: str = known("kode unit dan nomor KUK")
    who: str = known("yang menetapkan")
    when: str = known("tanggal yang ditulisnya")
    why: str = known("alasan")


@dataclass(frozen=True, slots=True)
class DiffSheet:
    """Perbedaan edisi: what the template of the document is given."""

    body: str | Missing = known("nama LSP")
    title: str = known("judul skema")
    old: str = known("edisi lama")
    new: str = known("edisi baru")
    serial: Serial = known("Kode Dokumen")
    is_empty: bool = known("kedua edisi sama isinya")
    is_secret: bool = known("memuat soal, kunci, atau naskah pemeran")
    left_out: str = known("mengapa soal dan data lain tidak dibandingkan; biasanya kosong")
    counts: tuple[DiffCount, ...] = known("jumlah KUK menurut jenis perubahan")
    units: tuple[DiffSection, ...] = known("unit yang berubah")
    others: tuple[DiffSection, ...] = known("data lain yang berubah")
    rulings: tuple[RulingRow, ...] = known("padanan yang dipakai")

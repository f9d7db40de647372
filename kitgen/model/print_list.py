"""What an event takes to print: the *Daftar Cetak*."""

from dataclasses import dataclass

from kitgen.model.audience import known
from kitgen.model.body import CertificationBody
from kitgen.model.given import EventFacts, FormFacts, Stamp, Venue
from kitgen.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class PrintLine:
    """Baris daftar cetak: documents of one form for one audience, or one that several share."""

    code: str = known("kode formulir, dengan paket atau skenario bila dipakai bersama")
    title: str = known("judul formulir")
    whom: str = known("untuk siapa: asesi, asesor, pemeran, admin, atau pemegang kunci")
    sides: str = known("muka kertas: satu atau dua")
    stock: str = known("kertas: biasa atau tebal")
    files: int = known("banyaknya berkas")
    copies: int = known("banyaknya eksemplar seluruhnya")
    pages_each: str = known("halaman setiap eksemplar, misalnya 3 atau 2–4")
    pages: int = known("banyaknya halaman seluruhnya")
    sheets: int = known("banyaknya lembar kertas seluruhnya")


@dataclass(frozen=True, slots=True)
class PrintGroup:
    """Bagian daftar cetak: what is used at one moment; the keys are a part of their own."""

    moment: str = known("saat pakai")
    folder: str = known("folder paket cetaknya")
    lines: tuple[PrintLine, ...] = known("dokumennya")
    packs: int = known("banyaknya paket, masing-masing dengan sampul")
    copies: int = known("jumlah eksemplar")
    pages: int = known("jumlah halaman")
    sheets: int = known("jumlah lembar kertas")
    thick: int = known("di antaranya lembar kertas tebal")


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """Daftar cetak: what the template of the list is given."""

    form: FormFacts = known("lembar ini")
    stamp: Stamp = known("cap halaman")
    body: CertificationBody = known("LSP")
    scheme: Scheme = known("skema")
    event: EventFacts = known("jadwal asesmen")
    venue: Venue = known("TUK")
    groups: tuple[PrintGroup, ...] = known("bagian menurut saat pakai")
    packs: int = known("jumlah paket")
    copies: int = known("jumlah eksemplar")
    pages: int = known("jumlah halaman")
    sheets: int = known("jumlah lembar kertas")
    thick: int = known("di antaranya lembar kertas tebal")

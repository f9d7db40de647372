"""What is printed to take sheets back that are void: a list for each holder, and an erratum sheet for each form.

What makes none void: a blank that is filled after the assessment. What is one line for all: a date that moved.
"""

from dataclasses import dataclass
from typing import Final, Literal

from kitgen.base.digests import Serial
from kitgen.base.holes import Blank
from kitgen.base.messages import Message, said
from kitgen.model.audience import known
from kitgen.model.body import CertificationBody
from kitgen.model.given import EventFacts, FormFacts, Stamp, Venue
from kitgen.model.scheme import Scheme

Gone = Literal["withdrew", "left", "passed on", "former holder", "not asked for"]
"""Why a document that was handed over belongs no more where it is."""

GONE_TOLD: Final[dict[Gone, Message]] = {
    "withdrew": said("the candidate withdrew"),
    "left": said("the candidate is not on the list any more"),
    "passed on": said("it belongs to another assessor now"),
    "former holder": said("who holds it takes no part any more"),
    "not asked for": said("no form, paper or scenario asks for it any more"),
}
GONE_PRINTED: Final[dict[Gone, str]] = {
    "withdrew": "Asesi mundur",
    "left": "Asesi tidak terdaftar lagi",
    "passed on": "Beralih ke asesor lain",
    "former holder": "Pemegang tidak bertugas lagi",
    "not asked for": "Tidak dipakai lagi",
}


@dataclass(frozen=True, slots=True)
class RecallLine:
    """Baris daftar penarikan: a document to take back."""

    number: int = known("nomor urut")
    code: str = known("kode formulir, dengan paket atau skenario")
    title: str = known("judul formulir")
    whom: str = known("untuk siapa: nomor asesi atau asesor, atau bersama")
    serial: Serial = known("Kode Dokumen yang tercetak; kosong bila barisnya untuk beberapa dokumen")
    copies: int = known("banyaknya eksemplar yang diserahkan, dengan cadangan")
    replaced_by: str = known("Kode Dokumen pengganti, kosong bila tidak diganti")
    reason: str = known("alasan penarikan")


@dataclass(frozen=True, slots=True)
class RecallSheet:
    """Daftar penarikan: what the template of the list is given."""

    form: FormFacts = known("lembar ini")
    stamp: Stamp = known("cap halaman")
    body: CertificationBody = known("LSP")
    scheme: Scheme = known("skema")
    event: EventFacts = known("jadwal asesmen")
    venue: Venue = known("TUK")
    parcel: str = known("bungkusan: untuk apa atau siapa, menurut folder jadwal")
    recipient: str | Blank = known("nama asesor pemegang")
    is_secret: bool = known("dokumen yang ditarik memuat kunci")
    number: str = known("nomor penarikan")
    date: str | Blank = known("tanggal penarikan; kosong bila diisi dengan tangan")
    lines: tuple[RecallLine, ...] = known("dokumen yang ditarik")
    documents: int = known("banyaknya dokumen yang ditarik atau diralat")
    copies: int = known("jumlah eksemplar")


@dataclass(frozen=True, slots=True)
class ChangedText:
    """Bunyi yang diralat: a text in three parts, what differs in the middle; so a template can mark it."""

    text: str = known("seluruh bunyi; kosong bila belum ada atau dihapus")
    before: str = known("bunyi di depan bagian yang berubah")
    changed: str = known("bagian yang berubah")
    after: str = known("bunyi di belakang bagian yang berubah")


@dataclass(frozen=True, slots=True)
class ErratumRow:
    """Baris ralat: a place of the form, what is printed there and what it should say."""

    number: int = known("nomor urut")
    place: str = known("bagian: unit dan KUK, atau label pada halaman")
    old: ChangedText = known("yang tertulis, kosong bila belum ada")
    new: ChangedText = known("yang seharusnya, kosong bila dihapus")


@dataclass(frozen=True, slots=True)
class ErratumDocument:
    """Dokumen yang diralat: whose it is, and the serials of the printed and of the new one."""

    whom: str = known("untuk siapa: nomor asesi atau asesor, atau bersama")
    serial: Serial = known("Kode Dokumen yang tercetak; kosong bila berlaku bagi beberapa dokumen")
    replaced_by: str = known("Kode Dokumen yang baru; kosong bila tidak dicetak ulang")
    copies: int = known("banyaknya eksemplar yang diserahkan")


@dataclass(frozen=True, slots=True)
class ErratumSheet:
    """Lembar ralat: what the template of the sheet is given; nothing of a person where it goes to several."""

    form: FormFacts = known("lembar ini")
    stamp: Stamp = known("cap halaman")
    body: CertificationBody = known("LSP")
    scheme: Scheme = known("skema")
    event: EventFacts = known("jadwal asesmen")
    venue: Venue = known("TUK")
    number: str = known("nomor ralat: nomor penarikan dan nomor urut lembar")
    date: str | Blank = known("tanggal ralat; kosong bila diisi dengan tangan")
    reason: str = known("alasan ralat")
    code: str = known("kode formulir yang diralat; kosong bila berlaku bagi semua formulir jadwal")
    title: str = known("judul formulir yang diralat")
    is_secret: bool = known("ralat ini memuat kunci")
    for_candidate: bool = known("asesi ikut menandatangani")
    for_assessor: bool = known("asesor ikut menandatangani")
    documents: tuple[ErratumDocument, ...] = known("dokumen tercetak yang diralat")
    rows: tuple[ErratumRow, ...] = known("bagian yang berubah")

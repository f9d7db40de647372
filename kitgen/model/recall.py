"""What is printed to take sheets back that are void: a list for each holder, and an erratum sheet for each form."""

from dataclasses import dataclass
from typing import Final, Literal

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
    serial: str = known("Kode Dokumen yang tercetak")
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
    lines: tuple[RecallLine, ...] = known("dokumen yang ditarik")
    copies: int = known("jumlah eksemplar")


@dataclass(frozen=True, slots=True)
class ErratumRow:
    """Baris ralat: a place of the form, what is printed there and what it should say."""

    number: int = known("nomor urut")
    place: str = known("bagian: tabel, baris, dan sel, atau paragraf")
    old: str = known("yang tertulis, kosong bila belum ada")
    new: str = known("yang seharusnya, kosong bila dihapus")


@dataclass(frozen=True, slots=True)
class ErratumDocument:
    """Dokumen yang diralat: whose it is, and the serials of the printed and of the new one."""

    whom: str = known("untuk siapa: nomor asesi atau asesor, atau bersama")
    serial: str = known("Kode Dokumen yang tercetak")
    replaced_by: str = known("Kode Dokumen yang baru")
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
    code: str = known("kode formulir yang diralat")
    title: str = known("judul formulir yang diralat")
    is_secret: bool = known("ralat ini memuat kunci")
    for_candidate: bool = known("asesi ikut menandatangani")
    for_assessor: bool = known("asesor ikut menandatangani")
    documents: tuple[ErratumDocument, ...] = known("dokumen tercetak yang diralat")
    rows: tuple[ErratumRow, ...] = known("bagian yang berubah")

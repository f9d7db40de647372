"""What was handed over of an event, by numbers and serials only: no name and no NIK is in here, so that it can be kept.

`HandoverSheet` is what the sheet that goes with a zip prints.
"""

from dataclasses import dataclass
from typing import Final

from kitgen.base.digests import PartsDigest, Serial
from kitgen.base.holes import Blank
from kitgen.model.audience import Audience, known
from kitgen.model.body import CertificationBody
from kitgen.model.given import EventFacts, FormFacts, Stamp, Venue
from kitgen.model.scheme import Scheme

FORMAT: Final = 1

DocumentKey = tuple[str, str, int | None, int | None]
"""What stays the same of a document while its words change: form, qualifier, candidate's and assessor's number."""


def _code(form: str, qualifier: str) -> str:
    """`FR.IA.05A Paket A`; a word that ends the one and begins the other once: `Perangkat Cadangan KP 1`."""
    first, _, rest = qualifier.partition(" ")
    return " ".join(part for part in (form, rest if first == form.rpartition(" ")[2] else qualifier) if part)


@dataclass(frozen=True, slots=True)
class _PrintedDocument:
    """A printed document as records know it: by numbers and codes.

    `qualifier` is the paper (`Paket A`) or scenario of a document that belongs to nobody.
    """

    form: str
    qualifier: str
    candidate: int | None
    assessor: int | None
    serial: Serial

    @property
    def key(self) -> DocumentKey:
        """What tells it from all others of the event."""
        return self.form, self.qualifier, self.candidate, self.assessor

    @property
    def code(self) -> str:
        """The code of its form with the paper, scenario or set it is, as people read it."""
        return _code(self.form, self.qualifier)


@dataclass(frozen=True, slots=True)
class HandedDocument(_PrintedDocument):
    """Dokumen yang diserahkan: what tells it, and in which state and number it went out.

    `digest` is that of its parts, keyed with the event's secret. `replaces` is the serial of the one handed over
    before, which is void now. `is_edited`: a person changed it, so that it says something else than its serial stands
    for. `bank` and `questions`: the scheme whose questions it asks, and their codes; empty in records of before they
    were kept.
    """

    digest: PartsDigest
    copies: int
    spare: int = 0
    replaces: str = ""
    is_edited: bool = False
    bank: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnDocument(_PrintedDocument):
    """Dokumen yang ditarik: handed over before, and no longer asked for.

    `copies` and `spare` are those that are to come back; 0 in records of before they were counted.
    """

    copies: int = 0
    spare: int = 0


@dataclass(frozen=True, slots=True)
class HandedZip:
    """Berkas serah terima: one zip of a delivery, for an audience or for one assessor (by number).

    `folder` is the folder of the event it holds documents of. `holder` tells one assessor from another who takes over
    their number: a keyed digest of the name, empty for an audience. `file` is its path below `Serah Terima`, `sheet`
    the serial of its sheet. `surplus`: documents that stay good, of which so many copies are to come back.
    """

    folder: str
    audience: Audience
    assessor: int | None
    holder: str
    file: str
    sheet: str
    documents: tuple[HandedDocument, ...]
    withdrawn: tuple[WithdrawnDocument, ...] = ()
    surplus: tuple[WithdrawnDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """Penyerahan: what was handed over at one time; numbers count from 1."""

    number: int
    zips: tuple[HandedZip, ...]


HandoverRecord = tuple[Delivery, ...]
"""Catatan serah terima: every delivery of an event, the first one first."""


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """Baris lembar serah terima: a document as the sheet lists it."""

    number: int = known("nomor urut")
    code: str = known("kode formulir, dengan paket atau skenario")
    title: str = known("judul formulir")
    whom: str = known("untuk siapa: nomor asesi atau asesor, atau bersama")
    serial: Serial = known("Kode Dokumen")
    copies: int = known("banyaknya eksemplar: yang diserahkan, atau yang ditarik")
    spare: int = known("banyaknya eksemplar cadangan")
    replaces: str = known("Kode Dokumen yang digantikan, kosong bila tidak ada")
    is_edited: bool = known("disunting dengan tangan sesudah dibuat")


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """Lembar serah terima: what the template of the sheet is given."""

    form: FormFacts = known("lembar ini")
    stamp: Stamp = known("cap halaman")
    body: CertificationBody = known("LSP")
    scheme: Scheme = known("skema")
    event: EventFacts = known("jadwal asesmen")
    venue: Venue = known("TUK")
    delivery: int = known("penyerahan ke berapa")
    is_supplement: bool = known("hanya yang baru atau berubah sejak penyerahan sebelumnya")
    is_secret: bool = known("memuat kunci")
    parcel: str = known("bungkusan: untuk apa atau siapa, menurut folder jadwal")
    recipient: str | Blank = known("nama asesor penerima")
    lines: tuple[HandoverLine, ...] = known("dokumen yang diserahkan")
    withdrawn: tuple[HandoverLine, ...] = known("dokumen yang ditarik")
    surplus: tuple[HandoverLine, ...] = known("dokumen yang tetap berlaku, dengan eksemplar yang berlebih")
    copies: int = known("jumlah eksemplar")
    spare: int = known("jumlah cadangan")
    sealed: tuple[str, ...] = known("perangkat cadangan bersegel yang diserahkan, satu baris satu sampul", default=())

"""What a kit still lacks: causes in order of work, each with what comes of it and what to do next."""

from dataclasses import dataclass

from kitgen.base.digests import Serial
from kitgen.base.holes import Missing
from kitgen.base.messages import Message
from kitgen.model.audience import known


@dataclass(frozen=True, slots=True)
class Lack:
    """Kekurangan: one cause, however often it is there (`count`), told in the person's language.

    `step` is its place in the order of work; `is_blocking`: an edition with it cannot be released.
    """

    step: int
    area: Message
    what: Message
    count: int
    effect: Message
    todo: Message
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class UnmadeForm:
    """Formulir yang tidak dibuat: a form no document is made of, and why."""

    code: str
    title: str
    why: Message


@dataclass(frozen=True, slots=True)
class LackRow:
    """Baris kekurangan: as the Word document prints it."""

    number: int = known("nomor urut pekerjaan")
    area: str = known("bidang: identitas, skema, metode, dan seterusnya")
    what: str = known("apa yang kurang")
    count: int = known("jumlahnya")
    effect: str = known("akibatnya pada perangkat")
    todo: str = known("apa yang dikerjakan berikutnya")


@dataclass(frozen=True, slots=True)
class UnmadeRow:
    """Baris formulir yang tidak dibuat."""

    code: str = known("kode formulir")
    title: str = known("judul formulir")
    why: str = known("mengapa tidak dibuat")


@dataclass(frozen=True, slots=True)
class LackSheet:
    """Yang Masih Kurang: what the template of the document is given."""

    body: str | Missing = known("nama LSP")
    title: str = known("judul skema")
    edition: str = known("edisi")
    serial: Serial = known("Kode Dokumen")
    is_whole: bool = known("tidak ada yang kurang")
    rows: tuple[LackRow, ...] = known("yang kurang, menurut urutan pekerjaan")
    unmade: tuple[UnmadeRow, ...] = known("formulir yang tidak dibuat, menurut nomornya")

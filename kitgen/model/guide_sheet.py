"""One candidate's way through the assessment, as their assessor holds it in hand."""

from dataclasses import dataclass

from kitgen.base.holes import Blank
from kitgen.model.audience import known
from kitgen.model.timetable_sheet import TimetableSheet


@dataclass(frozen=True, slots=True)
class TurnLine:
    """Baris jadwal giliran: who is in which scenario, with which assessor, where and when."""

    day: int = known("hari ke-")
    start: str = known("pukul mulai, misalnya 08.00")
    end: str = known("pukul selesai")
    number: int = known("nomor asesi")
    candidate: str | Blank = known("nama asesi")
    assessor: str | Blank = known("nama asesor")
    scenario: str = known("kode dan judul skenario")
    room: str = known("ruang; tiap asesor satu ruang")
    date: str | Blank = known("hari dan tanggal; kosong bila tidak diketahui")


@dataclass(frozen=True, slots=True)
class GuideForm:
    """Baris formulir pada lembar alur: what is used, and who signs it."""

    code: str = known("kode formulir")
    title: str = known("judul formulir")
    holder: str = known("pemegangnya: asesi atau asesor")
    signers: str = known("yang menandatangani, dipisahkan koma; kosong bila tidak ada")


@dataclass(frozen=True, slots=True)
class GuideStep:
    """Langkah lembar alur: one moment of the assessment with its forms, in their order."""

    moment: str = known("saat pakai")
    forms: tuple[GuideForm, ...] = known("formulir yang dipakai asesi ini pada saat itu")


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """Lembar alur asesi: hour by hour with the forms of each part, then step by step, and the keys."""

    steps: tuple[GuideStep, ...] = known("langkah menurut saat pakai", default=())
    timetable: TimetableSheet = known(
        "jadwal asesi ini hari demi hari, dengan skenario dan formulirnya", default=TimetableSheet("")
    )
    keys: tuple[GuideForm, ...] = known("kunci yang dipakai menilai asesi ini", default=())

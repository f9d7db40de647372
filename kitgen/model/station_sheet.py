"""The blueprint of stations: what each role play covers, what it asks, and how much one tells of another."""

from dataclasses import dataclass

from kitgen.model.audience import ASSESSORS, known
from kitgen.model.station import Channel, ScenarioRecord


@dataclass(frozen=True, slots=True)
class Feature:
    """Unsur susunan: a fact of a scenario, worked out from its texts."""

    label: str = known("nama unsur", ASSESSORS)
    value: str = known("isi unsur", ASSESSORS)


@dataclass(frozen=True, slots=True)
class StationRow:
    """Baris stasiun: one scenario with its load, its structure and its record."""

    id: str = known("kode skenario")
    title: str = known("judul skenario")
    units: str = known("kode unit yang dinilai")
    channel: str = known("saluran")
    minutes: int = known("lama seluruh adegan, menit")
    reading_minutes: int = known("waktu membaca, menit")
    words: int = known("kata yang dibaca asesi")
    spoken: int = known("kata yang diucapkan pemeran")
    lines: int = known("baris yang ditulis asesi")
    escalation: int = known("banyaknya tingkat kemarahan")
    features: tuple[Feature, ...] = known("susunan skenario", ASSESSORS)
    record: ScenarioRecord = known("riwayat skenario")


@dataclass(frozen=True, slots=True)
class StationCriterion:
    """KUK pada stasiun: by which dimensions and in which scenarios a KUK shows."""

    unit_code: str = known("kode unit")
    unit_title: str = known("judul unit")
    number: str = known("nomor KUK")
    text: str = known("bunyi KUK")
    dimensions: tuple[str, ...] = known("dimensi kompetensi: TS, TMS, CMS, JRES, TRS")
    scenarios: str = known("kode skenario yang menunjukkannya")


@dataclass(frozen=True, slots=True)
class UnitDimensions:
    """Dimensi per unit: the row FR.AK.06 asks about, proposed from the stations."""

    code: str = known("kode unit")
    title: str = known("judul unit")
    shown: tuple[bool, ...] = known("kelima dimensi berurutan (TS, TMS, CMS, JRES, TRS): ditunjukkan atau tidak")
    counts: tuple[int, ...] = known("banyaknya KUK bagi kelima dimensi berurutan")
    scenarios: str = known("kode skenario yang menunjukkannya")


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Baris kerahasiaan: how much who knows one scenario knows of another."""

    source: str = known("skenario yang diketahui", ASSESSORS)
    other: str = known("skenario yang dimainkan", ASSESSORS)
    facts: str = known("fakta tersembunyi yang sama, misalnya 2 dari 9", ASSESSORS)
    answers: str = known("jawaban yang sama, misalnya 1 dari 9", ASSESSORS)
    equal: str = known("unsur yang sama", ASSESSORS)


@dataclass(frozen=True, slots=True)
class StationSheet:
    """Kisi-kisi stasiun: everything of the role plays of a kit side by side."""

    scenarios: tuple[StationRow, ...] = known("skenario perangkat ini")
    criteria: tuple[StationCriterion, ...] = known("KUK yang ditunjukkan skenario")
    units: tuple[UnitDimensions, ...] = known("dimensi kompetensi setiap unit, usulan bagi FR.AK.06")
    told: tuple[ToldLine, ...] = known("seberapa banyak satu skenario membuka yang lain", ASSESSORS)
    channels: tuple[Channel, ...] = known("saluran yang dipakai perangkat ini")
    double_marking: int = known("setiap asesi ke berapa dinilai dua asesor; 0 bila tidak")

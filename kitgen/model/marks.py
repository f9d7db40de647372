"""Marks of single criteria (KUK) in an event, some by two assessors, and how assessors marked the calibration.

By numbers of candidates, assessors and actors, never by name; purged with the event.
"""

from dataclasses import dataclass
from typing import Final

from kitgen.model.audience import known
from kitgen.model.results import COMPETENT, NOT_COMPETENT

MARKS: Final = (COMPETENT, NOT_COMPETENT)
FEW: Final = 10
"""Below so many marks a share is an anecdote."""
ENOUGH: Final = 30
"""Below so many marks a share is only a reason to look."""


@dataclass(frozen=True, slots=True)
class StationMark:
    """Tanda satu KUK: what the assessor says, and where two mark, what the second says and what was ruled."""

    candidate: int
    scenario: str
    unit: str
    criterion: str
    assessor: int
    first: str
    second_assessor: int = 0
    second: str = ""
    ruling: str = ""
    actors: tuple[int, ...] = ()

    @property
    def is_double(self) -> bool:
        """Whether both assessors marked."""
        return bool(self.first and self.second)

    @property
    def final(self) -> str:
        """The mark that holds; empty while two differ and nobody has ruled."""
        return self.ruling or (self.first if self.second in ("", self.first) else "")


@dataclass(frozen=True, slots=True)
class CalibrationCount:
    """Kesesuaian kalibrasi: of the marks of one KUK of one scenario how many were the key's; clear or on the border."""

    scenario: str
    unit: str
    criterion: str
    is_clear: bool
    right: int
    marks: int


@dataclass(frozen=True, slots=True)
class EventMarks:
    """Tanda KUK satu jadwal, and the calibration its assessors did before."""

    marks: tuple[StationMark, ...] = ()
    calibration: tuple[CalibrationCount, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkLine:
    """Baris Tanda KUK: one KUK of one candidate in one scenario, to be marked."""

    key: str = known("pengenal baris: nomor asesi, skenario, unit, KUK")
    number: int = known("nomor asesi")
    candidate: str = known("nama asesi")
    scenario: str = known("kode skenario")
    unit_code: str = known("kode unit")
    criterion: str = known("nomor KUK")
    assessor: int = known("nomor asesor")
    actors: str = known("nomor pemeran; kosong bila belum diketahui")
    is_double: bool = known("dinilai juga oleh asesor kedua")


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Kesepakatan satu KUK: between two assessors, and with the key of the calibration."""

    unit_code: str = known("kode unit")
    criterion: str = known("nomor KUK")
    doubles: str = known("tanda yang sama dari penandaan ganda, misalnya 3 dari 4; kosong bila tidak ada")
    clear: str = known("sesuai kunci kalibrasi, penampilan jelas, misalnya 9 dari 10; kosong bila tidak ada")
    border: str = known("sesuai kunci kalibrasi, penampilan di ambang; kosong bila tidak ada")


@dataclass(frozen=True, slots=True)
class RulingLine:
    """Putusan atas tanda yang berbeda: which KUK of which candidate, and what was ruled."""

    number: int = known("nomor asesi")
    scenario: str = known("kode skenario")
    unit_code: str = known("kode unit")
    criterion: str = known("nomor KUK")
    marks: str = known("kedua tanda, misalnya K / BK")
    ruling: str = known("putusan akhir; kosong bila belum diputus")


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """Kesepakatan asesor: double marking and calibration of an event, KUK by KUK and in all."""

    every: int = known("setiap asesi ke berapa dinilai dua asesor; 0 bila tidak")
    doubles: str = known("kesepakatan penandaan ganda seluruhnya, misalnya 17 dari 18 (94%); kosong bila belum ada")
    clear: str = known("kesesuaian kalibrasi seluruhnya, penampilan jelas; kosong bila belum ada")
    border: str = known("kesesuaian kalibrasi seluruhnya, penampilan di ambang; kosong bila belum ada")
    note: str = known("peringatan bila angkanya kecil; kosong bila tidak")
    lines: tuple[AgreementLine, ...] = known("KUK yang ditandai ganda atau dikalibrasi")
    rulings: tuple[RulingLine, ...] = known("tanda yang berbeda dan putusannya")

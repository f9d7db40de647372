"""What the cover of a sealed reserve set prints: its sheets, and what they may show."""

from dataclasses import dataclass

from kitgen.base.holes import Blank
from kitgen.model.audience import known


@dataclass(frozen=True, slots=True)
class ReserveUnit:
    """Unit pada lembar cadangan: a unit a reserve sheet is about."""

    code: str = known("kode unit")
    criteria: str = known("KUK yang dapat ditunjukkannya sebagai metode cadangan; kosong bila hanya melengkapi")
    methods: str = known("metode cadangan itu; kosong bila hanya melengkapi")


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """Lembar cadangan: one instrument of a set."""

    form: str = known("kode formulir")
    title: str = known("nama instrumen")
    units: tuple[ReserveUnit, ...] = known("unit yang dimuatnya")


@dataclass(frozen=True, slots=True)
class ReserveSheet:
    """Perangkat cadangan satu kelompok pekerjaan dan satu asesor."""

    cluster: int = known("nomor kelompok pekerjaan")
    title: str | Blank = known("judul kelompok pekerjaan")
    lines: tuple[ReserveLine, ...] = known("instrumen di dalamnya")

"""What makes a role play a station: its channel, how it is rehearsed and calibrated, what is said afterwards."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kitgen.model.audience import ASSESSORS, KEYS, known

Tick = Literal["met", "borderline", "not_met"]
"""Putusan atas satu KUK: shown, on the border (to be asked about), not shown."""

PerformanceKind = Literal["clear", "borderline"]
"""Jenis penampilan kalibrasi: one everybody should agree on, one that is hard to mark."""

Dimension = Literal["TS", "TMS", "CMS", "JRES", "TRS"]
"""Dimensi kompetensi: task skills, task management, contingency management, job/role environment, transfer."""

Status = Literal["draf", "ditinjau", "uji coba", "dipakai", "ditarik"]
"""Status skenario: draft, reviewed, piloted, in use, withdrawn."""

TICKS: Final[tuple[Tick, ...]] = get_args(Tick)
PERFORMANCE_KINDS: Final[tuple[PerformanceKind, ...]] = get_args(PerformanceKind)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
TICK_LABELS: Final[dict[Tick, str]] = {"met": "terpenuhi", "borderline": "di ambang", "not_met": "belum terpenuhi"}
PERFORMANCE_LABELS: Final[dict[PerformanceKind, str]] = {"clear": "jelas", "borderline": "di ambang"}


@dataclass(frozen=True, slots=True)
class Channel:
    """Saluran: how customer and candidate speak, and what that needs."""

    name: str = known("nama saluran, misalnya tatap muka", default="")
    equipment: tuple[str, ...] = known("perlengkapan saluran", default=())
    test: tuple[str, ...] = known("uji saluran sebelum asesi pertama", default=())
    line_fails: tuple[str, ...] = known("yang dilakukan bila sambungan terputus", default=())
    recording: str = known("persetujuan merekam", default="")


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """Ucapan: a line of a written performance, who says or writes it."""

    speaker: str = known("siapa yang berbicara: Asesi, Pemeran, atau Keterangan", ASSESSORS)
    text: str = known("ucapan atau keterangan", ASSESSORS)


@dataclass(frozen=True, slots=True)
class CalibrationMark:
    """Kunci kalibrasi: how one KUK of a performance is to be marked, and why."""

    unit_code: str = known("kode unit", KEYS)
    number: str = known("nomor KUK", KEYS)
    text: str = known("bunyi KUK", KEYS)
    tick: str = known("kunci: terpenuhi, di ambang, atau belum terpenuhi", KEYS)
    reason: str = known("alasan kunci", KEYS)


@dataclass(frozen=True, slots=True)
class Performance:
    """Penampilan kalibrasi: one candidate's play written down, for assessors to mark alone and compare."""

    id: str = known("kode penampilan", ASSESSORS)
    kind: str = known("jelas atau di ambang", ASSESSORS)
    lines: tuple[SpokenLine, ...] = known("percakapan", ASSESSORS)
    written: tuple[SpokenLine, ...] = known("yang ditulis asesi, lembar demi lembar", ASSESSORS)
    marks: tuple[CalibrationMark, ...] = known("kunci setiap KUK", KEYS)


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """Riwayat skenario: who made it, who reviewed it, and how far it has come. Nothing here is ever invented."""

    status: str = known("draf, ditinjau, uji coba, dipakai, atau ditarik", default="draf")
    made_by: str = known("yang membuat naskah pertama", default="")
    author: str = known("penulis (orang); kosong bila belum ada", default="")
    reviewer: str = known("penelaah (orang); kosong bila belum ada", default="")
    reviewed_on: str = known("tanggal ditelaah; kosong bila belum", default="")
    pilot: str = known("uji coba: kapan, di mana, dengan berapa orang; kosong bila belum", default="")


@dataclass(frozen=True, slots=True)
class CriterionStation:
    """KUK pada stasiun: which dimensions it calls for, and what is said of it afterwards."""

    unit_code: str
    number: str
    dimensions: tuple[Dimension, ...]
    keep: str
    improve: str


@dataclass(frozen=True, slots=True)
class Stations:
    """Aturan stasiun satu edisi: `stations.yaml`.

    `offered`: the channels events may choose; `double_marking`: every nth candidate is marked by two assessors.
    """

    channels: tuple[Channel, ...] = ()
    offered: tuple[str, ...] = ()
    criteria: tuple[CriterionStation, ...] = ()
    double_marking: int = 5

    def channel(self, name: str) -> Channel:
        """The channel of this name; one without facts if the file says nothing of it."""
        return next((each for each in self.channels if each.name == name), Channel(name))

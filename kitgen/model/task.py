"""What a cluster's units are shown by: practical tasks, and structured activities in their place."""

from dataclasses import dataclass

from kitgen.model.audience import known


@dataclass(frozen=True, slots=True)
class TaskPart:
    """Bagian tugas: what is to be done for one unit, in how many minutes."""

    unit_code: str = known("kode unit")
    title: str = known("judul bagian")
    situation: str = known("situasi bila unit ini diujikan sendiri; kosong: situasi seluruh tugas")
    steps: tuple[str, ...] = known("langkah kerja")
    output: str = known("hasil yang diserahkan")
    minutes: int = known("lama, menit")


@dataclass(frozen=True, slots=True)
class PracticalTask:
    """Tugas praktik demonstrasi (TPD): what a cluster's units are shown by."""

    id: str = known("kode tugas")
    title: str = known("judul tugas")
    situation: str = known("situasi")
    parts: tuple[TaskPart, ...] = known("bagian tugas, satu per unit")
    equipment: tuple[str, ...] = known("perlengkapan dan peralatan")
    references: tuple[str, ...] = known("SOP dan acuan kerja")
    minutes: int = known("lama seluruh tugas, menit")


@dataclass(frozen=True, slots=True)
class ActivityAspect:
    """Lingkup penyajian (FR.IA.04B): what is asked about a part of what was made, and the KUK it shows."""

    scope: str = known("lingkup penyajian")
    questions: tuple[str, ...] = known("pertanyaan")
    unit_code: str = known("kode unit")
    criteria: str = known("nomor KUK, dipisahkan koma")


@dataclass(frozen=True, slots=True)
class ProductReview:
    """Reviu produk (FR.IA.11): what is noted of a product made at work, and the rows it is looked over by."""

    id: str = known("kode reviu")
    unit_code: str = known("kode unit")
    title: str = known("produk yang direviu")
    general: tuple[str, ...] = known("spesifikasi umum yang dicatat asesor")
    technical: tuple[str, ...] = known("spesifikasi teknis yang dicatat asesor")
    specification: tuple[str, ...] = known("butir reviu spesifikasi produk")
    performance: tuple[str, ...] = known("butir reviu performa atau karakteristik produk")


@dataclass(frozen=True, slots=True)
class Fact:
    """Data kegiatan: a fact of the case an activity is about, under a heading."""

    about: str = known("pokok data")
    text: str = known("isi data")


@dataclass(frozen=True, slots=True)
class StructuredActivity:
    """Proyek singkat atau kegiatan terstruktur (FR.IA.04A/B): made over a time, then shown and asked about."""

    id: str = known("kode kegiatan")
    title: str = known("judul kegiatan terstruktur")
    situation: str = known("situasi")
    prepare: tuple[str, ...] = known("hal yang disiapkan, dilakukan, atau dihasilkan")
    prepare_minutes: int = known("waktu menyiapkan, menit")
    present: tuple[str, ...] = known("hal yang didemonstrasikan atau dipresentasikan")
    present_minutes: int = known("waktu menyajikan, menit")
    aspects: tuple[ActivityAspect, ...] = known("lingkup penyajian dengan pertanyaannya")
    facts: tuple[Fact, ...] = known("data kasus, tercetak sebagai tabel; boleh kosong", default=())

"""The proof of coverage as its workbook prints it: what stands on the finished documents, read back from them."""

from dataclasses import dataclass

from kitgen.base.digests import Serial
from kitgen.base.holes import Missing
from kitgen.model.audience import known


@dataclass(frozen=True, slots=True)
class ProofKit:
    """Ringkasan satu perangkat: how many documents and texts there are, and how many criteria are proven."""

    name: str = known("folder perangkat")
    documents: int = known("dokumen yang dibaca")
    unread: int = known("dokumen yang tidak ada atau tidak terbaca")
    found: int = known("teks yang ditemukan")
    faults: int = known("temuan")
    criteria: int = known("KUK")
    gaps: int = known("KUK yang belum terbukti dengan metode utamanya")


@dataclass(frozen=True, slots=True)
class ProofRow:
    """Bukti satu KUK dalam satu perangkat: documents and places, by method, one document on a line."""

    kit: str = known("folder perangkat")
    unit_code: str = known("kode unit")
    unit_title: str = known("judul unit")
    element: str = known("nomor dan judul elemen")
    number: str = known("nomor KUK")
    text: str = known("bunyi KUK")
    primary: str = known("metode utama; kosong bila belum ditetapkan")
    observed: str = known("dokumen dan tempat yang membuktikan dengan observasi")
    product: str = known("dokumen dan tempat yang membuktikan dengan hasil kerja")
    written: str = known("dokumen dan tempat yang membuktikan secara tertulis")
    oral: str = known("dokumen dan tempat yang membuktikan secara lisan")
    is_gap: bool = known("tidak terbukti dengan metode utamanya")


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """Temuan: what is wrong with a finished document."""

    path: str = known("dokumen")
    spot: str = known("tempat dalam dokumen")
    kind: str = known("apa yang salah")
    expected: str = known("yang seharusnya tertulis")
    there: str = known("yang tertulis")


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """Bukti cakupan satu edisi: what the template of the workbook is given."""

    title: str = known("judul skema")
    number: str | Missing = known("nomor skema")
    edition: str = known("edisi")
    serial: Serial = known("Kode Dokumen")
    kits: tuple[ProofKit, ...] = known("perangkat")
    rows: tuple[ProofRow, ...] = known("KUK setiap perangkat")
    findings: tuple[ProofFinding, ...] = known("temuan")

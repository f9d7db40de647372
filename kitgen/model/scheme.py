"""The scheme: what people are assessed against."""

from collections.abc import Iterator
from dataclasses import dataclass

from kitgen.base.holes import BLANK, Blank, Missing
from kitgen.base.project import EditionName
from kitgen.model.audience import known
from kitgen.model.body import Signatory
from kitgen.model.task import PracticalTask, ProductReview, StructuredActivity


@dataclass(frozen=True, slots=True)
class Criterion:
    """KUK (kriteria unjuk kerja): one sentence that is met or not met."""

    number: str = known("nomor KUK, misalnya 1.1")
    text: str = known("bunyi KUK")


@dataclass(frozen=True, slots=True)
class Element:
    """Elemen kompetensi: a step of a unit, with its criteria."""

    position: int = known("urutan elemen dalam unit, mulai 1")
    number: str = known("nomor elemen seperti tertulis dalam unit")
    title: str = known("judul elemen")
    criteria: tuple[Criterion, ...] = known("KUK elemen ini")

    @property
    def name(self) -> str:
        """Number and title, as one cell says them: `1. Menyiapkan kain`."""
        return f"{self.number}. {self.title}"


@dataclass(frozen=True, slots=True)
class Unit:
    """Unit kompetensi: code, title and elements, as the standard has them."""

    position: int = known("urutan unit dalam skema, mulai 1")
    code: str = known("kode unit")
    title: str = known("judul unit")
    standard: str | Missing = known("standar kompetensi kerja (SKKNI) unit ini")
    workplace_standard: str | Blank = known("standar industri atau tempat kerja untuk FR.IA.01; kosong: diisi asesor")
    elements: tuple[Element, ...] = known("elemen unit ini")
    description: str | Blank = known("deskripsi unit menurut standarnya", default=BLANK)
    variables: tuple[str, ...] = known("batasan variabel unit, baris demi baris", default=())
    assessment_guide: tuple[str, ...] = known("panduan penilaian unit, baris demi baris", default=())
    critical_aspects: tuple[str, ...] = known("aspek kritis unit, baris demi baris", default=())

    def criteria(self) -> Iterator[Criterion]:
        """All its criteria, element by element, in the order of the standard."""
        return (criterion for _, criterion in self.by_element())

    def by_element(self) -> Iterator[tuple[Element, Criterion]]:
        """The same, each with the element it belongs to."""
        return ((element, criterion) for element in self.elements for criterion in element.criteria)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Kelompok Pekerjaan (KP): units that are assessed together, in the order they are assessed."""

    number: int = known("nomor kelompok pekerjaan dalam skema")
    title: str | Blank = known("judul kelompok pekerjaan")
    units: tuple[Unit, ...] = known("unit kelompok ini")
    tasks: tuple[PracticalTask, ...] = known("tugas praktik demonstrasi kelompok ini")
    activities: tuple[StructuredActivity, ...] = known("proyek singkat atau kegiatan terstruktur kelompok ini")
    reviews: tuple[ProductReview, ...] = known(
        "produk yang direviu (FR.IA.11); kosong: butir umum formulir", default=()
    )


@dataclass(frozen=True, slots=True)
class Scheme:
    """Skema sertifikasi: one edition of it."""

    slug: str = known("nama folder skema")
    edition: str = known("edisi")
    title: str = known("judul skema")
    number: str | Missing = known("nomor skema")
    kind: str | Missing = known("jenis skema: KKNI, Okupasi, atau Klaster")
    basic_requirements: tuple[str, ...] | Missing = known("persyaratan dasar pemohon")
    administrative_requirements: tuple[str, ...] | Missing = known("bukti administratif pemohon")
    clusters: tuple[Cluster, ...] = known("kelompok pekerjaan skema")
    units: tuple[Unit, ...] = known("unit skema, menurut urutan skema")
    authors: tuple[Signatory, ...] = known("penyusun perangkat, sekurang-kurangnya dua baris")
    validators: tuple[Signatory, ...] = known("validator perangkat, sekurang-kurangnya dua baris")

    @property
    def name(self) -> EditionName:
        """Which scheme and edition it is."""
        return EditionName(self.slug, self.edition)

    KINDS = ("KKNI", "Okupasi", "Klaster")

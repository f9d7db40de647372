"""The assessment plan as FR.MAPA.01, FR.MAPA.02 and FR.AK.01 print it."""

from dataclasses import dataclass

from kitgen.base.holes import Blank
from kitgen.model.audience import known
from kitgen.model.scheme import Cluster


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """Rencana satu unit (FR.MAPA.01): its evidence, and the instruments in each column of methods."""

    code: str = known("kode unit")
    title: str = known("judul unit")
    evidence: tuple[str, ...] = known("bukti-bukti: kinerja, produk, pengetahuan, dengan KUK-nya")
    direct: bool = known("jenis bukti langsung (L)")
    indirect: bool = known("jenis bukti tidak langsung (TL)")
    additional: bool = known("jenis bukti tambahan (T)")
    observation: str = known("observasi langsung: kode perangkat, misalnya CL, TPD, PMO")
    activity: str = known("kegiatan terstruktur: kode perangkat")
    questioning: str = known("tanya jawab: kode perangkat")
    portfolio: str = known("verifikasi portofolio: kode perangkat")
    product_review: str = known("reviu produk: kode perangkat")
    third_party: str = known("verifikasi pihak ketiga: kode perangkat")


@dataclass(frozen=True, slots=True)
class PlanInstrument:
    """Baris instrumen (FR.MAPA.02)."""

    number: str = known("nomor instrumen, misalnya 4a")
    form: str = known("kode formulir")
    title: str = known("nama instrumen")
    used: tuple[bool, ...] = known("dipakai untuk latar belakang 1 sampai 5")


@dataclass(frozen=True, slots=True)
class PlanCluster:
    """Rencana satu kelompok pekerjaan."""

    cluster: Cluster = known("kelompok pekerjaan")
    units: tuple[PlanUnit, ...] = known("rencana setiap unit (FR.MAPA.01)")
    instruments: tuple[PlanInstrument, ...] = known("dua belas instrumen (FR.MAPA.02)")
    reserves: str = known("kode perangkat cadangan bersegel; kosong bila tidak ada", default="")


@dataclass(frozen=True, slots=True)
class EvidenceTicks:
    """Bukti yang akan dikumpulkan (FR.AK.01): what is used for the candidate; nothing on a form for anybody."""

    portfolio: bool = known("hasil verifikasi portofolio")
    product_review: bool = known("hasil reviu produk")
    observation: bool = known("hasil observasi langsung")
    activity: bool = known("hasil kegiatan terstruktur")
    oral: bool = known("hasil pertanyaan lisan")
    written: bool = known("hasil pertanyaan tertulis")
    interview: bool = known("hasil pertanyaan wawancara")
    other: str = known("bukti lainnya: perangkat yang dipakai tanpa kotaknya sendiri; kosong bila tidak ada")


@dataclass(frozen=True, slots=True)
class Approach:
    """Pendekatan asesmen (FR.MAPA.01 bagian 1): what is known of an event; nothing of a plan for any event."""

    backgrounds: tuple[bool, ...] = known("latar belakang 1 sampai 5 yang ada di antara asesi")
    certification: bool = known("tujuan sertifikasi")
    current: bool = known("tujuan pengakuan kompetensi terkini (PKT)")
    prior: bool = known("tujuan rekognisi pembelajaran lampau (RPL)")
    other: bool = known("tujuan lainnya")
    workplace: bool = known("tempat kerja nyata: TUK Tempat Kerja")
    simulated: bool = known("tempat kerja simulasi: ada bermain peran yang diamati")
    body: bool = known("asesmen oleh lembaga sertifikasi")
    standard: bool = known("acuannya standar kompetensi")


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """Rencana asesmen tercetak."""

    clusters: tuple[PlanCluster, ...] = known("rencana setiap kelompok pekerjaan")
    ticks: EvidenceTicks = known("bukti yang pasti dikumpulkan; tanpa asesi: dari semua latar belakang")
    evidence: EvidenceTicks = known("bukti yang akan dikumpulkan (FR.AK.01); tanpa asesi tidak ada yang dicentang")
    background: int | Blank = known("latar belakang asesi 1 sampai 5; kosong bila belum diketahui")
    approach: Approach = known("pendekatan asesmen (FR.MAPA.01), dari yang diketahui tentang jadwal")
    changes: tuple[str, ...] = known("yang disepakati lain dari FR.MAPA.02 bagi asesi ini, satu baris satu KP")
    reason: str | Blank = known("alasan penyimpangan itu")
    adjustments: tuple[str, ...] = known("penyesuaian yang disepakati (FR.AK.07), satu baris satu hal")
    role_plays: tuple[str, ...] = known(
        "pada metode mana bermain peran ditempatkan dan mengapa (FR.MAPA.01), satu baris satu metode", default=()
    )

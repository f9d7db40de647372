"""What the templates are given: the names an admin may write between `{{` and `}}`."""

from dataclasses import dataclass, fields
from typing import Final

from kitgen.base.digests import Serial
from kitgen.base.holes import BLANK, Blank
from kitgen.model.audience import known, of_nobody, to_fill
from kitgen.model.bank import Paper
from kitgen.model.blueprint import BlueprintSheet
from kitgen.model.body import CertificationBody, Picture
from kitgen.model.coverage import Coverage
from kitgen.model.guide_sheet import GuideSheet, TurnLine
from kitgen.model.marks import AgreementSheet, MarkLine
from kitgen.model.plan_sheet import PlanSheet
from kitgen.model.reserve_sheet import ReserveSheet
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.model.station_sheet import StationSheet
from kitgen.model.timetable_sheet import AttendanceSheet, SeatingSheet, TimetableSheet


@dataclass(frozen=True, slots=True)
class Candidate:
    """Asesi: the person who is assessed."""

    name: str | Blank = to_fill("nama lengkap asesi")
    identity_number: str | Blank = to_fill("nomor KTP/NIK/paspor")
    birth_place: str | Blank = to_fill("tempat lahir")
    birth_date: str | Blank = to_fill("tanggal lahir")
    gender: str | Blank = to_fill("Laki-laki atau Wanita")
    nationality: str | Blank = to_fill("kebangsaan")
    address: str | Blank = to_fill("alamat rumah")
    postal_code: str | Blank = to_fill("kode pos rumah")
    phone_home: str | Blank = to_fill("telepon rumah")
    phone_office: str | Blank = to_fill("telepon kantor")
    phone_mobile: str | Blank = to_fill("nomor HP")
    email: str | Blank = to_fill("e-mail")
    education: str | Blank = to_fill("kualifikasi pendidikan")
    institution: str | Blank = to_fill("nama institusi atau perusahaan")
    job: str | Blank = to_fill("jabatan")
    office_address: str | Blank = to_fill("alamat kantor")
    office_postal_code: str | Blank = to_fill("kode pos kantor")
    office_phone: str | Blank = to_fill("telepon kantor (data pekerjaan)")
    office_fax: str | Blank = to_fill("faks kantor")
    office_email: str | Blank = to_fill("e-mail kantor")
    purpose: str | Blank = to_fill("tujuan asesmen: sertifikasi, pkt, rpl, atau lainnya")


@dataclass(frozen=True, slots=True)
class Assessor:
    """Asesor kompetensi: the person who assesses."""

    name: str | Blank = to_fill("nama asesor")
    registration: str | Blank = to_fill("nomor registrasi asesor (MET)")
    valid_until: str | Blank = to_fill("masa berlaku sertifikat asesor")


@dataclass(frozen=True, slots=True)
class Actor:
    """Pemeran: who plays customers and others in scenes."""

    name: str | Blank = to_fill("nama pemeran")


@dataclass(frozen=True, slots=True)
class Venue:
    """TUK (tempat uji kompetensi): where the assessment takes place."""

    kind: str | Blank = to_fill("jenis TUK: Sewaktu, Tempat Kerja, atau Mandiri")
    name: str | Blank = to_fill("nama TUK")


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Jadwal asesmen: when an assessment takes place, and the numbers of its letters."""

    code: str | Blank = to_fill("kode jadwal")
    date: str | Blank = to_fill("tanggal asesmen")
    time: str | Blank = to_fill("waktu asesmen")
    start_date: str | Blank = to_fill("tanggal asesmen mulai")
    end_date: str | Blank = to_fill("tanggal asesmen selesai")
    pre_date: str | Blank = to_fill("hari dan tanggal pra-asesmen")
    pre_time: str | Blank = to_fill("waktu pra-asesmen")
    city: str | Blank = to_fill("kota penandatanganan")
    assignment_number: str | Blank = to_fill("nomor surat tugas")
    decision_number: str | Blank = to_fill("nomor surat keputusan hasil")
    decision_date: str | Blank = to_fill("tanggal rapat pleno")
    pleno_date: str | Blank = to_fill("hari dan tanggal rapat pleno")
    competent: str | Blank = to_fill(
        "banyaknya asesi yang direkomendasikan kompeten; kosong selama ada yang tanpa hasil"
    )
    not_competent: str | Blank = to_fill("banyaknya asesi yang direkomendasikan belum kompeten")
    absent: str | Blank = to_fill("banyaknya asesi tidak hadir; kosong selama ada yang tanpa hasil")
    stopped: str | Blank = to_fill("banyaknya asesi yang asesmennya dihentikan")
    postponed: str | Blank = to_fill("banyaknya asesi yang asesmennya ditunda, atau hasilnya belum diterima")
    late: str | Blank = to_fill("banyaknya asesi yang hadir terlambat")
    withdrawn: str | Blank = to_fill("banyaknya asesi yang mengundurkan diri")
    refused: str | Blank = to_fill("banyaknya permohonan yang ditolak atau tidak dilanjutkan")
    decided_competent: str | Blank = to_fill("banyaknya asesi yang diputuskan kompeten oleh pleno")
    decided_not_competent: str | Blank = to_fill("banyaknya asesi yang diputuskan belum kompeten oleh pleno")
    decided_postponed: str | Blank = to_fill("banyaknya asesi yang keputusannya ditunda oleh pleno")
    pleno_time: str | Blank = to_fill("waktu rapat pleno")
    pleno_place: str | Blank = to_fill("tempat rapat pleno")
    minutes_number: str | Blank = to_fill("nomor berita acara rapat pleno")
    appeal_days: str | Blank = to_fill("batas hari pengajuan banding")
    retention: str | Blank = to_fill("tanggal sampai kapan data jadwal disimpan")
    retake_days: str | Blank = to_fill("batas hari asesmen ulang sejak rapat pleno")
    retake_most: str | Blank = to_fill("banyaknya asesmen ulang yang diizinkan")
    most_candidates: str | Blank = to_fill("batas asesi per asesor, bila dilampaui dengan persetujuan")
    excess_by: str | Blank = to_fill("yang menyetujui asesi melebihi batas per asesor")
    excess_why: str | Blank = to_fill("alasan persetujuan itu")
    supervisor: str | Blank = to_fill("pengawas tes tertulis")
    in_charge: str | Blank = to_fill("penanggung jawab di TUK")


@dataclass(frozen=True, slots=True)
class UploadCodes:
    """Kode lembar unggah: the codes a candidate has in the sheet *Data Asesmen*."""

    city: str | Blank = to_fill("kode kota/kabupaten")
    province: str | Blank = to_fill("kode provinsi")
    education: str | Blank = to_fill("kode pendidikan")
    occupation: str | Blank = to_fill("kode pekerjaan")
    funding: str | Blank = to_fill("kode sumber anggaran")
    ministry: str | Blank = to_fill("kode kementerian")


@dataclass(frozen=True, slots=True)
class Participant:
    """Peserta jadwal: a candidate with their assessor, and what came of it."""

    number: int = known("nomor urut peserta")
    candidate: Candidate = known("asesi")
    assessor: Assessor = known("asesor yang mengases")
    codes: UploadCodes = known("kode untuk lembar unggah")
    result: str | Blank = to_fill("K atau BK")
    note: str | Blank = to_fill("keterangan, misalnya unit yang belum kompeten")
    not_competent: tuple[Unit, ...] = known("unit yang dinyatakan BK menurut rekap; kosong bila tidak ada", default=())
    paper: str | Blank = to_fill("paket soal tertulis")
    scenarios: str | Blank = to_fill("skenario bermain peran")
    test_date: str | Blank = known("tanggal uji asesi ini, hari terakhirnya, misalnya 30/11/2026", default=BLANK)
    state: str | Blank = to_fill("keadaan asesi, misalnya Tidak hadir; kosong bila hadir")
    state_reason: str | Blank = to_fill("alasan keadaan itu")
    incident: str | Blank = to_fill("kejadian yang dicatat pada berita acara kejadian")
    decision: str | Blank = to_fill("keputusan pleno: K, BK, atau ditunda")
    decision_reason: str | Blank = to_fill("alasan keputusan pleno, bila berbeda dari rekomendasi")
    decided_units: tuple[Unit, ...] = known("unit yang diputuskan BK; kosong bila tidak ada", default=())
    guardian: str | Blank = to_fill("nama wali, bila asesi belum berusia 18 tahun")
    is_minor: bool = known("asesi belum berusia 18 tahun pada hari pertama asesmen", default=False)
    not_uploaded: str | Blank = to_fill("mengapa tidak ada pada lembar unggah; kosong bila ada")
    tag: str = known("tanda asesi, untuk menemukan kembali isian rekapnya; bukan untuk dibaca", default="")


BLANK_PARTICIPANTS: Final = tuple(
    Participant(number, Candidate(), Assessor(), UploadCodes()) for number in range(1, 11)
)
"""Ten empty rows, for forms of an event that is not known yet."""


@dataclass(frozen=True, slots=True)
class DeciderLine:
    """Peserta rapat pleno: who decides, and of whom not."""

    number: int = known("nomor urut")
    name: str | Blank = to_fill("nama peserta rapat pleno")
    role: str | Blank = to_fill("jabatan dalam rapat")
    registration: str | Blank = to_fill("nomor registrasi asesor, bila asesor")
    apart: str | Blank = to_fill("nomor asesi yang tidak diputusnya karena pernah melatih atau mengasesnya")


BLANK_DECIDERS: Final = tuple(DeciderLine(number) for number in range(1, 6))
"""Five empty rows, for a plenary of which nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Pemberitahuan: what a letter to a candidate says of what became of them."""

    title: str = known("judul surat")
    text: str = known("bunyi surat; kosong bila tidak ada")


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """Banding: what letters of an appeal say."""

    date: str | Blank = to_fill("tanggal banding diterima")
    ground: str | Blank = to_fill("alasan banding")
    team: tuple[str, ...] = known("tim banding; kosong bila belum ditetapkan", default=())
    outcome: str | Blank = to_fill("putusan banding dan akibatnya")


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Formulir: what a page says of the form it belongs to."""

    code: str = known("kode formulir, misalnya FR.IA.01")
    title: str = known("judul formulir")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Cap halaman: what the footer of every page says of the document."""

    serial: Serial = known("Kode Dokumen")
    draft: str = known(
        "DRAF pada laporan yang belum lengkap; kosong pada formulir: di sana DRAF mengikuti Kode Dokumen"
    )
    whose: str = known("nomor dan nama asesi pemilik dokumen; kosong bila dokumen bukan milik satu asesi", default="")
    revision: str = known("edisi dan revisi formulir menurut LSP; boleh kosong", default="")
    note: str = known("untuk apa perangkat ini bila bukan untuk keputusan sertifikasi; selain itu kosong", default="")
    large: bool = known("dicetak dengan huruf besar menurut penyesuaian asesi (FR.AK.07)", default=False)
    picture: Picture = known("kode QR berisi Kode Dokumen, bila dinyalakan LSP", default=Picture(BLANK, 9, ""))


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """Baris daftar periksa: a form of the kit."""

    number: str = known("nomor resmi")
    code: str = known("kode formulir")
    title: str = known("judul formulir")
    stage: str = known("tahap")
    audience: str = known("penerima")
    copies: int = known("banyaknya dokumen dalam perangkat ini")


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Baris peta tanda tangan: who signs which form."""

    code: str = known("kode formulir")
    title: str = known("judul formulir")
    signers: tuple[str, ...] = known("yang menandatangani")
    copies: int = known("banyaknya dokumen dalam perangkat ini")


@dataclass(frozen=True, slots=True)
class Given:
    """Nilai templat: everything there is; a form's entry names which of it the form is given.

    `form`, `stamp` and `body` are given to every form.
    """

    form: FormFacts = of_nobody("formulir ini")
    stamp: Stamp = known("cap halaman")
    body: CertificationBody = of_nobody("LSP")
    scheme: Scheme = of_nobody("skema")
    clusters: tuple[Cluster, ...] = of_nobody("kelompok pekerjaan perangkat ini")
    units: tuple[Unit, ...] = of_nobody("unit perangkat ini, menurut urutan skema")
    candidate: Candidate = known("asesi")
    assessor: Assessor = known("asesor")
    venue: Venue = known("TUK")
    event: EventFacts = known("jadwal asesmen")
    assessors: tuple[Assessor, ...] = known("asesor jadwal ini; tanpa jadwal, dua baris kosong")
    participants: tuple[Participant, ...] = known(
        "peserta jadwal ini, atau yang mengerjakan paket dokumen ini; tanpa jadwal, sepuluh baris kosong"
    )
    participant: Participant = known("asesi dokumen ini sebagai peserta, dengan hasil, keputusan, dan keadaannya")
    notice: Notice = known("pemberitahuan tentang keadaan asesi dokumen ini")
    appeal: AppealFacts = known("banding asesi dokumen ini")
    deciders: tuple[DeciderLine, ...] = known("peserta rapat pleno; lima baris kosong bila belum diketahui")
    turns: tuple[TurnLine, ...] = known("giliran bermain peran; kosong tanpa jadwal, atau bila tidak muat")
    timetable: TimetableSheet = known("jadwal asesi atau asesor dokumen ini; bila bukan milik orang, seluruh jadwal")
    actor_timetable: TimetableSheet = known("jadwal setiap pemeran, asesi hanya dengan nomor")
    room_timetable: TimetableSheet = known("jadwal setiap ruang, asesi hanya dengan nomor")
    seating: SeatingSheet = known("denah duduk tes tertulis: yang menulis, menurut urutan duduk")
    actor: Actor = known("pemeran dokumen ini (per: actor); kosong bila lembar Pemeran belum diisi")
    attendance: tuple[AttendanceSheet, ...] = known("daftar hadir, satu untuk setiap hari; tanpa jadwal satu kosong")
    roles: tuple[str, ...] = known("kode skenario yang dimainkan asesi dokumen ini; kosong tanpa jadwal")
    plan: PlanSheet = known("rencana asesmen: MAPA.01, MAPA.02, dan centang FR.AK.01")
    documents: tuple[DocumentLine, ...] = of_nobody("daftar dokumen perangkat ini, menurut nomor resmi")
    signatures: tuple[SignatureLine, ...] = of_nobody("peta tanda tangan perangkat ini")
    guide: GuideSheet = known("alur asesi dokumen ini, untuk asesornya")
    paper: Paper = of_nobody("paket soal dokumen ini (per: paper)")
    blueprint: BlueprintSheet = of_nobody("kisi-kisi: KUK perangkat ini dan nomor soalnya pada setiap paket")
    scenario: Scenario = of_nobody("skenario dokumen ini (per: scenario)")
    stations: StationSheet = of_nobody("kisi-kisi stasiun: semua skenario perangkat ini berdampingan")
    marks: tuple[MarkLine, ...] = known("KUK yang ditandai: setiap asesi, skenario, dan KUK; kosong tanpa jadwal")
    agreement: AgreementSheet = known("kesepakatan asesor: penandaan ganda dan kalibrasi; kosong tanpa jadwal")
    coverage: tuple[Coverage, ...] = of_nobody("cakupan setiap KUK perangkat ini")
    reserve: ReserveSheet = known("perangkat cadangan dokumen ini (per: reserve)")


OF_NOBODY: Final = frozenset(entry.name for entry in fields(Given) if entry.metadata.get("of_nobody"))
"""What is given that says nothing of an event's people: only of this texts may be quoted unless names are asked for."""
ALWAYS_GIVEN = ("form", "stamp", "body")

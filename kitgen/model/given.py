"""What the templates are given: the names an admin may write between `{{` and `}}`."""

from dataclasses import dataclass

from kitgen.empty import Blank
from kitgen.model.audience import known, to_fill
from kitgen.model.bank import Paper
from kitgen.model.coverage import Coverage
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import CertificationBody, Cluster, Scheme, Unit


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


@dataclass(frozen=True, slots=True)
class Venue:
    """TUK (tempat uji kompetensi): where the assessment takes place."""

    kind: str | Blank = to_fill("jenis TUK: Sewaktu, Tempat Kerja, atau Mandiri")
    name: str | Blank = to_fill("nama TUK")


@dataclass(frozen=True, slots=True)
class Event:
    """Jadwal asesmen: when an assessment takes place."""

    date: str | Blank = to_fill("tanggal asesmen")
    time: str | Blank = to_fill("waktu asesmen")


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Formulir: what a page says of the form it belongs to."""

    code: str = known("kode formulir, misalnya FR.IA.01")
    title: str = known("judul formulir")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Cap halaman: what the footer of every page says of the document."""

    serial: str = known("Kode Dokumen")
    draft: str = known("DRAF bila ada fakta yang belum diisi LSP, selain itu kosong")


@dataclass(frozen=True, slots=True)
class Given:
    """Nilai templat: everything there is; a form's entry names which of it the form is given.

    `form`, `stamp` and `body` are given to every form.
    """

    form: FormFacts = known("formulir ini")
    stamp: Stamp = known("cap halaman")
    body: CertificationBody = known("LSP")
    scheme: Scheme = known("skema")
    clusters: tuple[Cluster, ...] = known("kelompok pekerjaan perangkat ini")
    units: tuple[Unit, ...] = known("unit perangkat ini, menurut urutan skema")
    candidate: Candidate = known("asesi")
    assessor: Assessor = known("asesor")
    venue: Venue = known("TUK")
    event: Event = known("jadwal asesmen")
    paper: Paper = known("paket soal dokumen ini (per: paper)")
    scenario: Scenario = known("skenario dokumen ini (per: scenario)")
    coverage: tuple[Coverage, ...] = known("cakupan setiap KUK perangkat ini")


ALWAYS_GIVEN = ("form", "stamp", "body")

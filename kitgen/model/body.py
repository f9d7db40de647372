"""Who issues the documents, and who answers for them."""

from dataclasses import dataclass
from typing import Final

from kitgen.base.holes import Blank, Missing
from kitgen.model.audience import known, to_fill

PAPERS: Final = ("A4", "F4")
"""Ukuran kertas: A4 (210 x 297 mm), F4 (210 x 330 mm)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Gambar: a picture as templates print it with `{{r }}`; nothing where there is none."""

    picture: str | Blank = known("berkas gambar di folder `scheme/`")
    width_mm: int = known("lebar tercetak, mm")
    alt: str = known("keterangan gambar")


@dataclass(frozen=True, slots=True)
class CertificationBody:
    """LSP (lembaga sertifikasi profesi): whose documents these are. Contact facts that are not given are empty."""

    name: str | Missing = known("nama LSP")
    licence: str | Missing = known("nomor lisensi BNSP")
    address: str | Missing = known("alamat LSP")
    contact: str = known("telepon, e-mail, dan laman, dalam satu baris; boleh kosong")
    director_title: str = known("jabatan pimpinan LSP")
    logo: Picture = known("logo LSP")
    partner_logo: Picture = known("logo kedua, di kanan kop surat")
    code_picture: bool = known("kode QR berisi Kode Dokumen di kaki halaman", default=False)
    form_revision: str = known("edisi dan revisi formulir LSP, tercetak di kaki halaman; boleh kosong", default="")
    city: str | Blank = to_fill("kota penandatanganan")
    director: str | Blank = to_fill("nama pimpinan LSP")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Penyusun atau validator: a person who signs for the instruments."""

    name: str | Blank = to_fill("nama")
    registration: str | Blank = to_fill("nomor MET")


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Tampilan semua dokumen: paper size, colour of heads, letterhead on forms; said once, in the identity."""

    paper: str = "A4"
    accent: str | None = None
    letterhead: bool = False
    wording: tuple[tuple[str, str], ...] = ()
    """Kalimat resmi: a sentence of ours with the one of the LSP's own forms."""

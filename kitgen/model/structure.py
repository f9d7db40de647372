"""The structure of a role play: its facts, what people call them, and the words they are known by in its texts."""

from dataclasses import dataclass, fields
from typing import Final

NOT_THERE: Final = "–"
"""What a scenario does not have, for example a failed step where nobody complains."""
HIMSELF: Final = "dirinya sendiri"
IF_ASKED: Final = "hanya bila ditanya"
OPENING: Final = "kalimat pembuka"
KIND_OF_COMPLAINT: Final = "jenis keluhan"
TYPE_OF_CUSTOMER: Final = "tipe pelanggan"
CAME_FIRST: Final = "lebih dahulu masuk"
ACCEPTED_THEN_CHANGED: Final = "diterima, lalu keadaan berubah"
PARTLY_ACCEPTED: Final = "diterima sebagian"
REFUSED_FOR_CUSTOMER: Final = "ditolak: keadaan pelanggan"
ACCEPTS: Final = "menerima, lalu pergi"
AMOUNT: Final = "jumlah uang"
COMPLAINANTS: Final = (
    ("wakil bagi pelanggannya", r"atas nama"),
    ("wakil rombongan", r"\bmewakili\b"),
    ("keluarga", r"pendamping|anak(nya)? pasien"),
    ("rekan kerja", r"pegawai baru|rekan kerja"),
    ("pemilik usaha", r"pemilik (katering|kios|usaha|toko|warung|kedai)|akun mitra"),
)
"""Siapa yang datang, by the words of profile, opening line and situation; the first that is found."""
FATES: Final = (
    ("ditolak: tidak percaya", r"percaya"),
    ("ditolak: jumlahnya kurang", r"\bkurang Rp|jumlah"),
    ("ditolak: waktu", r"rumah kosong|waktu|pukul|terlambat|jadwal"),
)
"""Nasib tawaran pertama, by the words of its refusal."""
ENDINGS: Final = (
    ("minta keterangan tertulis", r"keterangan tertulis|tuliskan"),
    ("minta ringkasan", r"ringkasan"),
    ("minta ditelepon lagi", r"ditelepon lagi|telepon saya"),
    ("menunda sebelum menerima", r"\btunda\b"),
    ("minta bicara dengan atasan", r"atasan|kepala"),
)
"""Akhir, by the words of the actor's last scene."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Susunan skenario: what a candidate who knew it would know. `hidden` are the facts that are to be found out."""

    channel: str
    complainant: str
    wrong: str
    right_at: str
    condition_at: str
    first: str
    why_first: str
    units: str
    sop: str
    first_offer: str
    ending: str
    customers: str
    offer: str
    lacking: str

    def hidden(self) -> dict[str, str]:
        """The hidden facts there are, by name: not the channel and who speaks, which the card tells."""
        told = ("channel", "complainant")
        pairs = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in told}
        return {name: value for name, value in pairs.items() if value != NOT_THERE}


FEATURES: Final[dict[str, str]] = {
    "channel": "saluran",
    "complainant": "siapa yang datang",
    "wrong": "keterangan yang keliru",
    "right_at": "tempat yang benar",
    "condition_at": "tempat kondisi khusus",
    "first": "yang didahulukan",
    "why_first": "alasan urutan",
    "units": "unit yang terlibat",
    "sop": "butir SOP yang terlanggar",
    "first_offer": "nasib tawaran pertama",
    "ending": "akhir",
    "customers": "gaya pelanggan",
    "offer": "yang tepat ditawarkan atau dipilih",
    "lacking": "sarana yang belum siap",
}

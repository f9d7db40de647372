"""What the printed timetables and attendance lists are given."""

from dataclasses import dataclass

from kitgen.base.holes import BLANK, Blank
from kitgen.model.audience import known


@dataclass(frozen=True, slots=True)
class TimetableLine:
    """Baris jadwal: a part of the event, or waiting between two."""

    start: str = known("pukul mulai, misalnya 08.00")
    end: str = known("pukul selesai; sama dengan mulai bila hanya kedatangan")
    what: str = known("kegiatan; bermain peran dengan kode skenario di depan")
    number: str = known("nomor asesi; beberapa dipisahkan koma; kosong bila bukan milik asesi")
    candidate: str | Blank = known("nama asesi; kosong pada lembar yang ditempel atau dipegang pemeran")
    assessor: str | Blank = known("nama asesor, atau pengawas tes tertulis")
    room: str = known("ruang")
    actors: str = known("pemeran; kosong bila tidak ada")
    forms: str = known("formulir yang dipakai; hanya pada lembar alur", default="")


@dataclass(frozen=True, slots=True)
class TimetableSection:
    """Bagian lembar jadwal: one day, or one day of one room or actor."""

    title: str = known("hari dan tanggal")
    owner: str = known("ruang atau pemeran yang punya bagian ini; selain itu kosong")
    lines: tuple[TimetableLine, ...] = known("baris menurut pukul")


@dataclass(frozen=True, slots=True)
class TimetableSheet:
    """Lembar jadwal satu orang, satu jenis orang, atau seluruh jadwal; `sentence` bila tidak muat."""

    title: str = known("judul lembar")
    whose: str = known("milik siapa: nama orangnya; kosong pada jadwal seluruhnya", default="")
    arrangement: str = known("susunan: lengkap atau ringkas", default="")
    sections: tuple[TimetableSection, ...] = known("bagian demi bagian, menurut hari", default=())
    notes: tuple[str, ...] = known("hitungan dan catatan di bawah jadwal", default=())
    sentence: str = known("satu kalimat: apa yang kurang dan yang cukup; kosong bila jadwal muat", default="")


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """Baris daftar hadir."""

    number: str = known("nomor urut")
    name: str | Blank = known("nama")
    institution: str | Blank = known("institusi atau perusahaan asesi; nomor registrasi asesor")


@dataclass(frozen=True, slots=True)
class AttendanceGroup:
    """Kelompok pada daftar hadir: candidates, assessors, actors, supervisor."""

    title: str = known("Asesi, Asesor, Pemeran, atau Petugas")
    lines: tuple[AttendanceLine, ...] = known("orangnya")


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """Daftar hadir satu hari."""

    title: str = known("pra-asesmen, atau asesmen hari ke berapa")
    date: str | Blank = known("hari dan tanggal")
    time: str | Blank = known("pukul")
    groups: tuple[AttendanceGroup, ...] = known("orang menurut perannya")


@dataclass(frozen=True, slots=True)
class Seat:
    """Tempat duduk: who writes where, counted from the front left."""

    number: str = known("nomor asesi, dua angka")
    candidate: str | Blank = known("nama asesi")
    paper: str | Blank = known("huruf paket")


@dataclass(frozen=True, slots=True)
class SeatingSheet:
    """Denah duduk tes tertulis: only those who write, neighbours with different papers where that can be."""

    date: str | Blank = known("hari dan tanggal tes", default=BLANK)
    time: str | Blank = known("pukul tes, dari yang pertama mulai sampai yang terakhir selesai", default=BLANK)
    room: str = known("ruang tes", default="")
    supervisor: str | Blank = known("pengawas tes tertulis", default=BLANK)
    seats: tuple[Seat, ...] = known("menurut urutan duduk; kosong bila tidak ada yang menulis", default=())

"""The sheets of an event's workbook, as data: every column of its lists of people and rooms, every line of Jadwal.

What is written into a new workbook and what is understood in one that people filled both come from here.
"""

from dataclasses import fields
from typing import Final

from kitgen.load.sheets.headings import EXAMPLE_MARK, GENDERS, Column, Headings
from kitgen.model.event import ROOM_USES
from kitgen.model.given import Candidate
from kitgen.model.states import APPEAL_OUTCOMES, DECISIONS, WORDS

CODE_LISTS: Final = {
    "education": "Pendidikan",
    "occupation": "Pekerjaan",
    "city": "Kota/Kabupaten",
    "province": "Provinsi",
    "funding": "Sumber anggaran",
    "ministry": "Kementerian",
}
"""The lists of the sheet Kode, by the key the codes of a candidate have."""

PURPOSES: Final = {"Sertifikasi": "sertifikasi", "PKT": "pkt", "RPL": "rpl", "Lainnya": "lainnya"}
VENUE_KINDS: Final = ("Sewaktu", "Tempat Kerja", "Mandiri")
RESULTS: Final = ("K", "BK")
BACKGROUNDS: Final = ("1", "2", "3", "4", "5")
ARRANGEMENT: Final = "Susunan"
"""The heading, in the sheet Pilihan, of the arrangements of an edition."""
CHANNEL: Final = "Saluran"
"""The heading, in the sheet Pilihan, of the channels role plays are offered in."""
YES: Final = "ya"
NO: Final = "tidak"

FIXED_LISTS: Final = {
    "venue": ("Jenis TUK", VENUE_KINDS),
    "status": ("Status", WORDS),
    "purpose": ("Tujuan", tuple(PURPOSES)),
    "gender": ("Jenis kelamin", GENDERS),
    "background": ("Latar belakang", BACKGROUNDS),
    "result": ("Hasil", RESULTS),
    "used": ("Dipakai", (YES, NO)),
    "room use": ("Guna ruang", ROOM_USES),
    "decision": ("Keputusan pleno", DECISIONS),
    "appeal": ("Putusan banding", APPEAL_OUTCOMES),
}
"""The lists of the sheet Pilihan that are the same for every edition: heading and words."""

_NUMBER_HELP: Final = "Nomor tetap seumur jadwal. Asesi yang mundur tetap memakai nomornya."

CANDIDATE_COLUMNS: Final = (
    Column("number", "No", "number", _NUMBER_HELP, ("No.", "No. Urut", "Nomor Asesi", "Urut"), EXAMPLE_MARK, 8),
    Column("name", "Nama lengkap", "name", "Seperti tercetak pada sertifikat; huruf dicetak apa adanya.",
           ("Nama", "Nama Asesi", "Nama Lengkap Asesi", "Nama Pemohon", "Nama Calon Asesi", "Nama Lengkap KTP",
            "Nama Siswa", "Nama Mahasiswa", "Nama Lengkap Gelar", "Nama Lengkap Tanpa Gelar"), "Nama Asesi", 28),
    Column("identity_number", "NIK", "identity", "16 angka sebagai teks, atau nomor paspor.",
           ("No. KTP", "NIK/No. KTP", "No. KTP/NIK/Paspor", "No. NIK", "Nomor Induk Kependudukan", "KTP",
            "No. Identitas", "NIK/Paspor", "Nomor Induk Kependudukan (NIK)", "NIK KTP"), "9999010101900001", 19),
    Column("birth_place", "Tempat lahir", help="Kota atau kabupaten, seperti pada KTP.", example="Kota Contoh"),
    Column("birth_date", "Tanggal lahir", "date", "Tanggal Excel, atau ditulis 12 Maret 2001.", ("Tanggal Kelahiran",),
           "1 Januari 1990"),
    Column("gender", "Jenis kelamin", "gender", "Laki-laki atau Wanita (L/P juga dibaca).",
           ("Kelamin", "L/P", "Kelamin L/P"), "Laki-laki", 13, "gender"),
    Column("nationality", "Kebangsaan", help="Misalnya Indonesia.", variants=("Kewarganegaraan", "Warga Negara"),
           example="Indonesia", width=13),
    Column("address", "Alamat rumah", help="Alamat tempat tinggal, untuk APL.01.",
           variants=("Alamat", "Tempat Tinggal", "Alamat Tinggal", "Alamat Tempat Tinggal", "Alamat Lengkap",
                     "Alamat KTP", "Domisili", "Alamat Domisili"), example="Jalan Contoh 1", width=34),
    Column("postal_code", "Kode pos rumah", "postal", "5 angka.", ("Kode Pos", "Pos"), "00000", 10),
    Column("phone_home", "Telepon rumah", "phone", "Dengan kode area, sebagai teks.", ("No. Telepon Rumah",)),
    Column("phone_office", "Telepon kantor", "phone", "Telepon pada data pribadi APL.01.", ("No. Telepon Kantor",)),
    Column("phone_mobile", "HP", "phone", "Dimulai 0 atau +62, sebagai teks.",
           ("No. HP", "Telepon/HP", "No. Telepon/HP", "HP/Telepon", "No. HP/WA", "Nomor Telepon Seluler",
            "Telepon Seluler", "Telepon Genggam", "Seluler", "Kontak", "No. Kontak"), "080000000000"),
    Column("email", "E-mail", "email", "Satu alamat.", ("Alamat Email", "Email Pribadi"), "asesi@contoh.example", 26),
    Column("education", "Pendidikan terakhir", help="Jenjang, seperti pada lembar Kode atau ditulis sendiri.",
           variants=("Pendidikan", "Kualifikasi Pendidikan", "Jenjang Pendidikan", "Kualifikasi Pendidikan Terakhir"),
           example="S1", choices="education names"),
    Column("institution", "Institusi/perusahaan", help="Nama lembaga atau perusahaan tempat bekerja.",
           variants=("Nama Institusi/Perusahaan", "Institusi", "Perusahaan", "Nama Perusahaan", "Nama Institusi",
                     "Asal Lembaga", "Asal Perusahaan", "Asal Institusi", "Asal Lembaga/Institusi", "Instansi",
                     "Asal Instansi", "Lembaga", "Asal Sekolah", "Nama Lembaga/Perusahaan", "Tempat Kerja"),
           example="Perusahaan Contoh", width=24),
    Column("job", "Jabatan", variants=("Jabatan/Pekerjaan", "Pekerjaan", "Posisi"), example="Staf", width=24),
    Column("office_address", "Alamat kantor",
           variants=("Alamat Institusi/Perusahaan", "Alamat Perusahaan", "Alamat Institusi"), width=30),
    Column("office_postal_code", "Kode pos kantor", "postal", "5 angka.", ("Kode Pos Perusahaan",), "", 10),
    Column("office_phone", "Telepon kantor (data pekerjaan)", "phone", "Telepon pada data pekerjaan APL.01.",
           ("Telepon Perusahaan", "Telepon Institusi", "Telepon Instansi")),
    Column("office_fax", "Faks kantor", "phone", variants=("Faks", "No. Faks", "Faks Perusahaan")),
    Column("office_email", "E-mail kantor", "email", variants=("Email Perusahaan", "Email Institusi"), width=24),
    Column("assessor", "Asesor (No.)", "number", "Nomor asesor pada lembar Asesor; kosong: dibagi oleh kitgen.",
           ("No. Asesor", "Asesor"), "1", 10),
    Column("status", "Status", "choice", "Pilih dari daftar, misalnya tidak hadir; kosong berarti ikut.",
           ("Status Asesi", "Status Keikutsertaan", "Kehadiran"), "ikut", 10, "status"),
    Column("purpose", "Tujuan asesmen", "choice", "Sertifikasi, PKT, RPL, atau Lainnya.", ("Tujuan",), "Sertifikasi",
           14, "purpose"),
    Column("background", "Latar belakang (1-5)", "choice",
           "Kategori asesi pada FR.MAPA.02, 1 sampai 5.",
           ("Potensi", "Potensi Asesi", "Kategori", "Kategori Asesi", "Kategori Potensi"), "1", 13, "background"),
    Column("paper", "Paket", "choice", "Huruf paket soal; kosong: dibagi oleh kitgen.",
           ("Paket Soal", "Kode Paket"), "", 8, "paper"),
    Column("scenarios", "Skenario", "choices", "Kode skenario, dipisahkan koma; kosong: dibagi oleh kitgen.",
           ("Kode Skenario", "Skenario Bermain Peran"), "", 14, "scenario"),
    Column("city", "Kode kota/kabupaten", "code", "Kode seperti pada lembar Kode.",
           ("Kode Kota", "Kode Kabupaten", "Kode Kabupaten/Kota"), "", 12, "city"),
    Column("province", "Kode provinsi", "code", "Kode seperti pada lembar Kode.", (), "", 12, "province"),
    Column("education_code", "Kode pendidikan", "code", "Kosong: diambil dari jenjang, bila lembar Kode memuatnya.", (),
           "", 12, "education"),
    Column("occupation", "Kode pekerjaan", "code", "Kode seperti pada lembar Kode.", (), "", 12, "occupation"),
    Column("funding", "Kode sumber anggaran", "code", "Kode seperti pada lembar Kode.",
           ("Kode Anggaran", "Sumber Anggaran"), "", 12, "funding"),
    Column("ministry", "Kode kementerian", "code", "Kode seperti pada lembar Kode.",
           ("Kementerian", "Kode Kementerian/Lembaga"), "", 12, "ministry"),
    Column("result", "Hasil (K/BK)", "choice", "Diisi sesudah asesmen.",
           ("K/BK", "Hasil", "Hasil Asesmen", "Keputusan", "Keputusan Asesmen", "Rekomendasi"), "", 9, "result"),
    Column("note", "Keterangan", help="Misalnya unit yang belum kompeten.", variants=("Catatan", "Ket"), width=22),
    Column("deviations", "Penyimpangan dari MAPA.02", help="Disepakati pada konsultasi pra-asesmen, misalnya"
           " KP 2 + FR.IA.07; KP 1 - FR.IA.05.", variants=("Penyimpangan MAPA.02", "Penyimpangan"), width=26),
    Column("deviation_reason", "Alasan penyimpangan", help="Mengapa menyimpang; tanpa alasan tidak diikuti.",
           variants=("Alasan penyimpangan dari MAPA.02",), width=26),
    Column("adjustments", "Penyesuaian (FR.AK.07)", help="huruf besar, waktu +25%, pembaca, chat, tatap muka;"
           " dipisahkan koma.",
           variants=("Penyesuaian", "Penyesuaian yang wajar"), width=22),
    Column("state_reason", "Alasan status", help="Mengapa ditolak, tidak hadir, ditunda, atau dihentikan; tercetak pada"
           " surat kepada asesi.", width=26),
    Column("decision", "Keputusan pleno", "choice", "Hanya bila berbeda dari rekomendasi asesor: K, BK, atau ditunda.",
           ("Keputusan rapat pleno",), "", 12, "decision"),
    Column("decision_units", "Unit BK menurut pleno", help="Kode atau nomor urut unit, dipisahkan koma; wajib bila"
           " pleno memutuskan BK atas rekomendasi K.", width=22),
    Column("appeal_date", "Tanggal banding", "date", "Tanggal FR.AK.04 diterima."),
    Column("appeal_ground", "Alasan banding", help="Pokok keberatan, seperti pada FR.AK.04.", width=26),
    Column("appeal_team", "Tim banding", help="Nama, dipisahkan titik koma; bukan asesor yang mengases asesi ini.",
           width=26),
    Column("appeal_outcome", "Putusan banding", "choice", "Kosong selama belum diputus.", (), "", 16, "appeal"),
    Column("taught_by", "Pernah dilatih oleh asesor (No.)", help="Nomor asesor yang pernah melatih asesi ini,"
           " dipisahkan koma; kosong: tidak ada.", width=14),
    Column("related_to", "Hubungan keluarga atau kerja dengan asesor (No.)", help="Nomor asesor, dipisahkan koma;"
           " kosong: tidak ada.", width=16),
    Column("relation_ruled", "Putusan atas hubungan itu", help="Siapa yang memutuskan, dan mengapa asesor itu tetap"
           " boleh mengases; tanpa putusan merupakan kesalahan.", width=26),
    Column("guardian", "Nama wali", help="Bagi asesi yang belum berusia 18 tahun: yang ikut menyetujui.", width=22),
    Column("first_number", "No. pada jadwal asal", "number", "Untuk asesmen ulang: nomor asesi pada jadwal terdahulu;"
           " kosong: nomor yang sama.", (), "", 10),
    Column("decision_reason", "Alasan keputusan pleno", help="Wajib bila pleno memutuskan lain daripada rekomendasi"
           " asesor.", width=26),
)  # fmt: skip
"""The columns of the sheet Asesi, in the order of a new workbook; those of `CLUSTER_COLUMNS` follow."""

MOST_CLUSTERS: Final = 20
CLUSTER_COLUMNS: Final = tuple(
    Column(f"background_{number}", f"Latar belakang KP {number}", "choice",
           "Bila asesor menetapkan latar belakang lain bagi kelompok pekerjaan ini; kosong: latar belakang asesi.",
           (f"Latar belakang kelompok pekerjaan {number}", f"Potensi KP {number}"), "", 13, "background")
    for number in range(1, MOST_CLUSTERS + 1)
)  # fmt: skip
"""A column for each cluster; a new workbook has those of its scheme."""
ADJUSTMENTS: Final = {
    "huruf besar": "large_print", "cetak besar": "large_print", "pembaca": "reader", "dibacakan": "reader",
    "chat": "chat", "chat pengganti telepon": "chat",
    "tatap muka": "face_to_face", "tatap muka pengganti telepon": "face_to_face",
    "tatap muka pengganti chat": "face_to_face",
}  # fmt: skip
"""What the column of adjustments may say, besides minutes in percent."""

FOREIGN_COLUMNS: Final = (
    Column("phone", "Telepon", "phone", variants=("No. Telepon",)),
    Column("birth", "Tempat/tanggal lahir", "birth", variants=("Tempat, tgl lahir", "TTL", "Tempat dan tanggal lahir")),
    Column("registration", "Nomor registrasi asesor", "registration",
           variants=("No. Reg. Asesor", "No. Reg. MET", "No. Reg. MET Asesor", "No. MET", "Asesor (No. Reg.)")),
    Column("event_code", "Kode jadwal"),
    Column("test_date", "Tanggal uji", "date", variants=("Tanggal asesmen", "Tanggal Uji Kompetensi")),
)  # fmt: skip
"""Columns only lists from elsewhere have: one telephone, place and date of birth in one, those of the upload sheet."""

ASSESSOR_COLUMNS: Final = (
    Column("number", "No", "number", "Nomor yang ditulis pada kolom Asesor lembar Asesi.", ("No.", "No. Urut"),
           EXAMPLE_MARK, 8),
    Column("name", "Nama", "name", "Tanpa gelar, bila gelar ditulis di kolomnya.", ("Nama Asesor", "Nama Lengkap"),
           "Nama Asesor", 28),
    Column("title_before", "Gelar depan", help="Misalnya Dr. atau Ir.", variants=("Gelar di depan",), width=12),
    Column("title_after", "Gelar belakang", help="Misalnya S.Kom., M.M.", variants=("Gelar di belakang", "Gelar"),
           example="S.E.", width=16),
    Column("registration", "No. Reg. MET", help="Seperti pada sertifikat asesor.",
           variants=("Nomor Registrasi", "No. Reg. Asesor", "No. MET", "No. Registrasi MET", "MET", "No. Reg",
                     "Nomor Registrasi Asesor MET"), example="MET.000.000000 2020", width=24),
    Column("valid_until", "Berlaku sampai", "date", "Masa berlaku sertifikat asesor.",
           ("Masa Berlaku", "Berlaku s.d.", "Berlaku Hingga", "Tanggal Berlaku", "Tanggal Kedaluwarsa", "Expired"),
           "31 Desember 2030", 18),
    Column("scope", "Lingkup skema", help="Skema yang boleh diasesnya: judul, nomor, atau folder skema, dipisahkan"
           " titik koma; kosong: tidak diperiksa.", variants=("Skema", "Ruang lingkup", "Lingkup"), width=24),
    Column("letter_number", "Nomor surat tugas", help="Bila setiap asesor mendapat surat tugas sendiri.",
           variants=("No. Surat Tugas", "Surat tugas"), example="001/ST/CONTOH", width=24),
)  # fmt: skip
"""The columns of the sheet Asesor."""

ROOM_COLUMNS: Final = (
    Column("number", "No", "number", "", ("No.", "No. Urut"), EXAMPLE_MARK, 8),
    Column("name", "Ruang", help="Nama ruang seperti tertulis di pintunya.", variants=("Nama ruang", "Nama"),
           example="Ruang Melati", width=28),
    Column("use", "Guna", "choice", "asesmen (satu setiap asesor), tes, kerja meja, tunggu, atau karantina.",
           ("Dipakai untuk", "Fungsi", "Kegunaan"), "asesmen", 16, "room use"),
    Column("seats", "Kursi", "number", "Banyaknya kursi; kosong berarti cukup.", ("Kapasitas", "Jumlah kursi"), "20",
           10),
)  # fmt: skip
"""The columns of the sheet Ruang."""

ACTOR_COLUMNS: Final = (
    Column("number", "No", "number", "", ("No.", "No. Urut"), EXAMPLE_MARK, 8),
    Column("name", "Nama", "name", "Nama pemeran.", ("Nama Pemeran", "Pemeran"), "Nama Pemeran", 28),
    Column("scenarios", "Skenario", "choices", "Skenario yang sudah digladi, dipisahkan koma; kosong: semua.",
           ("Kode skenario",), "", 24),
)  # fmt: skip
"""The columns of the sheet Pemeran."""

EVENT_LINES: Final = (
    Column("scheme", "Skema", "code", "Nama folder skema; ditetapkan saat jadwal dibuat.", ("Skema Sertifikasi",)),
    Column("edition", "Edisi skema", "code", "Edisi yang dipakai jadwal ini sampai selesai.", ("Edisi",)),
    Column("code", "Kode jadwal", help="Kode jadwal dari BNSP."),
    Column("pre_date", "Tanggal pra-asesmen", "date", "Tanggal Excel, atau ditulis 2 Maret 2026.", ("Pra-asesmen",)),
    Column("pre_start", "Waktu pra-asesmen mulai", "time", "Misalnya 08.00.", ("Waktu pra-asesmen",)),
    Column("pre_end", "Waktu pra-asesmen selesai", "time", "Misalnya 10.00."),
    Column("start_date", "Tanggal asesmen mulai", "date", "Hari pertama asesmen.", ("Tanggal asesmen", "Tanggal uji")),
    Column("end_date", "Tanggal asesmen selesai", "date", "Hari terakhir; kosong: satu hari saja."),
    Column("start", "Waktu asesmen mulai", "time", "Misalnya 08.00.", ("Waktu asesmen",)),
    Column("end", "Waktu asesmen selesai", "time", "Misalnya 16.00."),
    Column("zone", "Zona waktu", help="WIB, WITA, atau WIT; boleh kosong."),
    Column("venue_name", "Nama TUK", help="Bukan jenisnya.", variants=("TUK", "Tempat Uji Kompetensi")),
    Column("venue_kind", "Jenis TUK", "choice", "Sewaktu, Tempat Kerja, atau Mandiri.", choices="venue"),
    Column("city", "Kota penandatanganan", help="Kota di atas tanda tangan.", variants=("Kota",)),
    Column("assignment_number", "Nomor surat tugas asesor", help="Bila satu surat untuk semua asesor.",
           variants=("Nomor surat tugas",)),
    Column("decision_number", "Nomor surat keputusan hasil", help="Diisi sesudah rapat pleno.",
           variants=("Nomor surat keputusan", "Nomor SK")),
    Column("decision_date", "Tanggal rapat pleno", "date", "Diisi sesudah rapat pleno."),
    Column("most_candidates", "Asesi terbanyak per asesor", "number", "Batas yang diperiksa; bila kosong 10.",
           ("Maksimal asesi per asesor",)),
    Column("excess_by", "Kelebihan disetujui oleh", help="Siapa yang menyetujui asesi melebihi batas."),
    Column("excess_why", "Alasan kelebihan", help="Mengapa disetujui.", variants=("Alasan",)),
    Column("pre_end_date", "Tanggal pra-asesmen selesai", "date", "Hari terakhir pra-asesmen; kosong: satu hari saja."),
    Column("supervisor", "Pengawas tes tertulis", help="Yang mengawasi tes tertulis; asesor tidak perlu menunggui.",
           variants=("Pengawas", "Pengawas tes")),
    Column("in_charge", "Penanggung jawab di TUK", help="Yang membuka asesmen dan memegang kunci ruang.",
           variants=("Penanggung jawab TUK", "Penanggung jawab", "PJ TUK")),
    Column("pleno_time", "Waktu rapat pleno", "time", "Misalnya 13.00."),
    Column("pleno_end", "Waktu rapat pleno selesai", "time", "Boleh kosong."),
    Column("pleno_place", "Tempat rapat pleno", help="Ruang atau alamat."),
    Column("minutes_number", "Nomor berita acara pleno", help="Diisi sesudah rapat pleno."),
    Column("appeal_days", "Batas pengajuan banding (hari)", "number", "Menurut ketentuan LSP, sejak hasil diterima."),
    Column("retake_days", "Batas asesmen ulang (hari)", "number", "Menurut ketentuan LSP, sejak rapat pleno."),
    Column("retake_most", "Asesmen ulang terbanyak (kali)", "number", "Menurut ketentuan LSP."),
    Column("retention", "Simpan data sampai", "date", "Menurut ketentuan LSP; sebelum tanggal ini data tidak dihapus"
           " tanpa arsip."),
    Column("first_event", "Jadwal asal (asesmen ulang)", help="Nama folder jadwal terdahulu; kosong bila bukan asesmen"
           " ulang."),
)  # fmt: skip
"""The lines of the sheet Jadwal: label, value, help."""

DECIDER_COLUMNS: Final = (
    Column("number", "No", "number", "Nomor urut.", ("No.", "No. Urut"), EXAMPLE_MARK, 8),
    Column("name", "Nama", "name", "Peserta rapat pleno, dengan gelar.", ("Nama Lengkap",), "Nama Pemutus", 28),
    Column("role", "Jabatan dalam rapat", help="Misalnya Ketua, Anggota.", variants=("Jabatan", "Peran"),
           example="Anggota", width=22),
    Column("registration", "No. Reg. MET", help="Bila asesor.", example="MET.000.000000 2020", width=24),
    Column("apart", "Pernah melatih atau mengases asesi (No.)", help="Nomor asesi yang tidak boleh diputusnya,"
           " dipisahkan koma; asesi yang diasesnya pada jadwal ini ditambahkan sendiri.", width=26),
)  # fmt: skip
"""The columns of the sheet Pleno: who decides."""

CANDIDATE_HEADINGS: Final = Headings((*CANDIDATE_COLUMNS, *CLUSTER_COLUMNS, *FOREIGN_COLUMNS))
ASSESSOR_HEADINGS: Final = Headings(ASSESSOR_COLUMNS)
DECIDER_HEADINGS: Final = Headings(DECIDER_COLUMNS)
EVENT_LABELS: Final = Headings(EVENT_LINES)
ROOM_HEADINGS: Final = Headings(ROOM_COLUMNS)
ACTOR_HEADINGS: Final = Headings(ACTOR_COLUMNS)

PERSON_KEYS: Final = tuple(entry.name for entry in fields(Candidate))
CODE_KEYS: Final = {"education_code" if key == "education" else key: key for key in CODE_LISTS}
"""Columns that hold a code, and the key of their list."""

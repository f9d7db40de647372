"""The sheets of facts, units, clusters, methods, tasks and rules: which column holds which key of which file."""

from typing import Final

from kitgen.model.bank import KIND_LABELS
from kitgen.model.methods import METHOD_LABELS
from kitgen.model.scheme import Scheme
from kitgen.schemes.book.layout import (
    CRITERION_TEXT,
    MARKS,
    NUMBER,
    PROPOSAL,
    TRUE,
    UNIT_CODE,
    YES,
    BookSheet,
    Column,
    FactLines,
    Level,
    Table,
    code,
)

SCHEME_FILE: Final = "scheme.yaml"
IDENTITY: Final = "identity.yaml"
METHODS: Final = {str(method): label for method, label in METHOD_LABELS.items()}
BREADTHS: Final = {"primary": "metode utama", "named": "utama atau cadangan", "all": "semua KUK"}
_QUESTIONS: Final = {str(kind): label for kind, label in KIND_LABELS.items()}
CELLS: Final = {"criterion": "setiap KUK", "element": "setiap elemen"}
_SIGNING: Final = (Column("Nama", "name"), Column("Nomor MET", "registration", wide=24))
_CODE: Final = Column("Kode unit", "code", help="kode unit; wajib pada setiap baris", wide=20)
_TASK: Final = code("Kode tugas", "id", "kode tugas, misalnya TPD-1", 14)
_ACTIVITY: Final = code("Kode kegiatan", "id", "kode kegiatan, misalnya DIT-1", 14)
_CLUSTER: Final = Column("KP", "cluster", "number", "nomor kelompok pekerjaan", drop="clusters", wide=8)

SCHEME_SHEETS: Final = (
    BookSheet(
        "Skema", SCHEME_FILE,
        (
            FactLines("Data skema", (
                Column("Judul skema", "title", help="wajib"),
                Column("Sumber judul", "title_source", help="dari mana judul itu; boleh kosong"),
                Column("Nomor skema", "number", help="kosong: tercetak dalam kurung siku"),
                Column("Jenis skema", "kind", "word", "KKNI, Okupasi, atau Klaster",
                       {each: each for each in Scheme.KINDS}),
                Column("Persyaratan dasar", "basic_requirements", "lines", "satu baris satu (Alt+Enter)"),
                Column("Bukti administratif", "administrative_requirements", "lines", "satu baris satu (Alt+Enter)"),
            )),
            Table("Penyusun perangkat", (Level("authors", _SIGNING),), "boleh kosong", spare=4),
            Table("Validator perangkat", (Level("validators", _SIGNING),), "boleh kosong", spare=4),
        ),
        "Data skema dan yang menandatangani perangkatnya",
    ),
    BookSheet(
        "LSP", IDENTITY,
        (
            FactLines("Identitas LSP", (
                Column("Nama LSP", "name", help="kosong: tercetak dalam kurung siku"),
                Column("Nomor lisensi", "licence", help="nomor lisensi BNSP; kosong: tercetak dalam kurung siku"),
                Column("Alamat", "address", help="kosong: tercetak dalam kurung siku"),
                Column("Kontak", "contact", help="telepon, e-mail, dan laman dalam satu baris"),
                Column("Kota", "city", help="kota penandatanganan"),
                Column("Pimpinan", "director", help="nama pimpinan LSP"),
                Column("Jabatan pimpinan", "director_title", help="kosong: Direktur"),
                Column("Logo", "logo", help="nama berkas PNG atau JPEG di folder scheme"),
                Column("Logo kedua", "partner_logo", help="berkas kedua, di kanan kop surat"),
                Column("Kertas", "paper", "word", "A4 atau F4", {"A4": "A4", "F4": "F4"}),
                Column("Edisi formulir", "form_revision", help="edisi dan revisi perangkat formulir, di kaki halaman"),
                Column("Kode QR", "code_picture", "word", "ya: Kode Dokumen di kaki halaman Word", YES),
                Column("Kop surat", "letterhead", "word", "ya: kop surat di atas setiap formulir", YES),
                Column("Bahasa layar", "language", "word", "id atau en; kosong: id", {"id": "id", "en": "en"}),
                Column("Warna kepala tabel", "accent", help="enam angka heksadesimal, misalnya DCE6F1"),
            )),
        ),
        "Identitas LSP, berlaku bagi semua skema dalam proyek ini",
    ),
    BookSheet(
        "Unit dan KUK", SCHEME_FILE,
        (
            Table("Unit, elemen, dan KUK", (
                Level("units", (_CODE, Column("Judul unit", "title", help="cukup pada baris pertama unit")), ("code",)),
                Level("elements", (
                    code("No. elemen", "number", "nomor elemen sebagai teks", 10),
                    Column("Judul elemen", "title", help="cukup pada baris pertama elemen"),
                ), ("number",)),
                Level("criteria", (
                    code("No. KUK", "number", "nomor KUK sebagai teks, misalnya 1.1", 10),
                    Column("Bunyi KUK", "text", help="persis seperti pada standar", wide=60),
                    Column("Bunyi terkoreksi", "correction.text", help="bila ada kesalahan cetak; kosong bila tidak"),
                    Column("Sumber koreksi", "correction.source", help="di mana bunyi yang benar tertulis", wide=24),
                    Column("Alasan koreksi", "correction.reason", help="mengapa dikoreksi", wide=24),
                )),
            ), "Satu baris satu KUK. Kode unit dan nomor elemen diulang pada setiap baris.", spare=40),
        ),
        "Unit kompetensi dengan elemen dan KUK-nya",
    ),
    BookSheet(
        "Standar Industri", SCHEME_FILE,
        (
            Table("Standar setiap unit", (
                Level("units", (
                    _CODE, Column("Judul unit", shown="unit", wide=36),
                    Column("Standar kompetensi kerja", "standard", help="SKKNI unit ini; kosong: masih kurang"),
                    Column("Standar industri atau tempat kerja", "workplace_standard", wide=70,
                           help="untuk FR.IA.01, dengan ukuran yang dapat diamati; kosong: diisi asesor"),
                    PROPOSAL,
                ), ("code",), is_reference=True),
            ), spare=0),
        ),
        "Standar kompetensi dan standar industri setiap unit",
    ),
    BookSheet(
        "Isi Standar", SCHEME_FILE,
        (
            Table("Isi standar setiap unit", (
                Level("units", (
                    _CODE, Column("Judul unit", shown="unit", wide=36),
                    Column("Deskripsi unit", "description", wide=60),
                    Column("Batasan variabel", "variables", "lines", "satu baris satu (Alt+Enter)", wide=60),
                    Column("Panduan penilaian", "assessment_guide", "lines", "satu baris satu (Alt+Enter)", wide=60),
                    Column("Aspek kritis", "critical_aspects", "lines", "satu baris satu (Alt+Enter)"),
                ), ("code",), is_reference=True),
            ), "Disalin dari standar; dipakai untuk menyusun standar industri dan kisi-kisi.", spare=0),
        ),
        "Deskripsi, batasan variabel, dan panduan penilaian setiap unit",
    ),
    BookSheet(
        "Kelompok Pekerjaan", SCHEME_FILE,
        (
            Table("Kelompok pekerjaan", (
                Level("clusters", (
                    Column("KP", "number", "number", "nomor kelompok pekerjaan", wide=8),
                    Column("Judul", "title", wide=60),
                    Column("Status", "status", "word", "`usulan` selama LSP belum menetapkannya",
                           {"usulan": "usulan"}),
                    Column("Kode unit", "units", "lines", "satu baris satu kode (Alt+Enter), menurut urutan asesmen"),
                )),
            )),
        ),
        "Unit yang diases bersama-sama",
    ),
    BookSheet(
        "Metode", "methods.yaml",
        (
            Table("Metode setiap KUK", (
                Level("units", (UNIT_CODE,), ("unit",)),
                Level("criteria", (
                    NUMBER, CRITERION_TEXT,
                    Column("Metode utama", "primary", "word", "bagaimana KUK ini dibuktikan", METHODS),
                    Column("Cadangan 1", "reserves.0", "word", "bila metode utama belum menunjukkannya", METHODS),
                    Column("Cadangan 2", "reserves.1", "word", "cadangan berikutnya", METHODS),
                    Column("Cadangan 3", "reserves.2", "word", "cadangan berikutnya", METHODS),
                    PROPOSAL,
                    Column("Alasan", "why", help="mengapa metode ini; boleh kosong"),
                ), ("criterion",)),
            ), "KUK tanpa metode boleh dibiarkan kosong dahulu.", "criteria", 0),
        ),
        "Metode asesmen setiap KUK (FR.MAPA.01)",
    ),
    BookSheet(
        "Perangkat", "methods.yaml",
        (
            Table("Perangkat setiap kelompok pekerjaan", (
                Level("clusters", (
                    _CLUSTER,
                    Column("Usulan", "proposed", "word", "pada baris pertama kelompok; kosongkan sesudah ditetapkan",
                           PROPOSAL.words, wide=10),
                ), ("cluster",)),
                Level("instruments", (
                    code("Formulir", "form", "kode perangkat pada FR.MAPA.02", 14),
                    Column("Nama perangkat", shown="form", wide=60),
                    Column("Latar belakang asesi", "backgrounds", "numbers",
                           "nomor 1 sampai 5 yang memakainya, dipisahkan koma; kosong: tidak dipakai", wide=22),
                    Column("Cadangan", "reserve", "word",
                           "ya: masuk perangkat cadangan bersegel bagi asesi yang tidak memakainya", YES, wide=10),
                ), ("form",)),
            ), "Baris tanpa latar belakang berarti perangkat itu tidak dipakai.", "instruments", 0),
        ),
        "Perangkat bagi setiap kelompok pekerjaan dan latar belakang asesi (FR.MAPA.02)",
    ),
    BookSheet(
        "Tugas", "tasks.yaml",
        (
            Table("Tugas praktik demonstrasi", (
                Level("tasks", (
                    _TASK, _CLUSTER, Column("Judul tugas", "title"),
                    Column("Situasi", "situation", help="keadaan yang dihadapi asesi", wide=60),
                    Column("Perlengkapan", "equipment", "lines", "satu baris satu (Alt+Enter)"),
                    Column("Acuan", "references", "lines", "SOP atau petunjuk; satu baris satu"),
                    PROPOSAL,
                )),
            ), "Satu tugas bagi setiap kelompok pekerjaan (FR.IA.02)."),
            Table("Bagian tugas", (
                Level("tasks", (_TASK,), ("id",), is_reference=True),
                Level("parts", (
                    UNIT_CODE, Column("Judul bagian", "title"),
                    Column("Situasi bagian", "situation", wide=60,
                           help="bila unit ini diujikan sendiri; kosong: situasi tugas"),
                    Column("Langkah", "steps", "lines", "perintah kepada asesi, satu baris satu (Alt+Enter)"),
                    Column("Hasil", "output", help="yang diserahkan asesi"),
                    Column("Menit", "minutes", "number", "lama bagian ini"),
                )),
            ), "Satu baris satu unit dalam tugas."),
        ),
        "Tugas praktik demonstrasi (FR.IA.02)",
    ),
    BookSheet(
        "Kegiatan Terstruktur", "tasks.yaml",
        (
            Table("Kegiatan terstruktur", (
                Level("activities", (
                    _ACTIVITY, _CLUSTER, Column("Judul kegiatan", "title"),
                    Column("Situasi", "situation", wide=60),
                    Column("Yang disiapkan", "prepare", "lines", "satu baris satu (Alt+Enter)"),
                    Column("Menit menyiapkan", "prepare_minutes", "number"),
                    Column("Yang ditunjukkan", "present", "lines", "satu baris satu (Alt+Enter)"),
                    Column("Menit menunjukkan", "present_minutes", "number"),
                    PROPOSAL,
                )),
            ), "Proyek singkat atau kegiatan terstruktur (FR.IA.04A dan FR.IA.04B)."),
            Table("Data kasus", (
                Level("activities", (_ACTIVITY,), ("id",), is_reference=True),
                Level("facts", (Column("Tentang", "about", wide=24), Column("Keterangan", "text", wide=60))),
            ), "Tercetak sebagai tabel; boleh kosong."),
            Table("Aspek kegiatan", (
                Level("activities", (_ACTIVITY,), ("id",), is_reference=True),
                Level("aspects", (
                    Column("Lingkup penyajian", "scope"),
                    Column("Pertanyaan", "questions", "lines", "satu baris satu (Alt+Enter)", wide=60),
                    UNIT_CODE, Column("KUK", "criteria", "codes", "nomor KUK, dipisahkan koma"),
                    MARKS,
                )),
            ), "Setiap KUK kelompok itu masuk satu aspek."),
        ),
        "Proyek singkat atau kegiatan terstruktur (FR.IA.04A/B)",
    ),
    BookSheet(
        "Reviu Produk", "tasks.yaml",
        (
            Table("Produk yang direviu", (
                Level("reviews", (
                    code("Kode reviu", "id", "kode reviu, misalnya CRP-1", 14), _CLUSTER, UNIT_CODE,
                    Column("Produk", "title"),
                    Column("Data umum", "general", "lines", "yang dicatat; satu baris satu (Alt+Enter)"),
                    Column("Data teknis", "technical", "lines", "yang dicatat; satu baris satu"),
                    Column("Spesifikasi", "specification", "lines", "yang diperiksa; satu baris satu"),
                    Column("Kinerja", "performance", "lines", "yang diperiksa; satu baris satu"),
                )),
            ), "Boleh kosong: FR.IA.11 memakai baris umumnya."),
        ),
        "Produk yang direviu dengan FR.IA.11",
    ),
    BookSheet(
        "Kisi-kisi Soal", "blueprint.yaml",
        (
            FactLines("Aturan paket soal", (
                Column("Benih", "seed", help="bagian kode paket; benih yang sama memberi paket yang sama"),
                Column("Paket seimbang", "balanced", "word", "ya: tingkat dan jenjang seimbang antarpaket", YES),
                Column("Menit asesi sehari", "limits.candidate_minutes", "number", "kosong: 480"),
                Column("Menit asesor sehari", "limits.assessor_minutes", "number", "kosong: 480"),
                Column("Benar setiap KUK", "decision.criterion", "number", "jawaban benar paling sedikit setiap KUK"),
                Column("Persen benar setiap unit", "decision.unit_share", "number", "kosong: 75"),
                Column("Ditetapkan oleh", "decision.set_by", help="siapa di LSP yang menetapkan aturan keputusan"),
                Column("Soal yang diterima", "accepted", "lines", "kode butir yang dipakai walau belum ditinjau"),
            )),
            Table("Penarikan soal", (
                Level("draws", (
                    Column("Bentuk soal", "@", "word", words=_QUESTIONS, wide=22),
                    Column("Satu sel", "per", "word", "banyaknya soal dihitung per KUK atau per elemen", CELLS),
                    Column("KUK paket skema", "criteria", "word", "KUK mana yang ditanyakan", BREADTHS, wide=22),
                    Column("KUK paket unit", "unit_criteria", "word", "KUK yang ditanyakan di sana", BREADTHS, wide=22),
                    Column("Soal per sel, skema", "scheme", "number"),
                    Column("Soal per sel, unit", "unit", "number"),
                    Column("Huruf paket", "letters", "codes", "misalnya A, B, C"),
                    Column("Menit per soal", "minutes", "number"),
                    Column("Menit memeriksa", "marking", "number", "waktu asesor memeriksa satu paket"),
                    Column("Cadangan", "reserve", "word", "ya: hanya bila metode lain belum menunjukkan KUK", YES),
                    Column("Alasan", "why", wide=60,
                           help="mengapa ditanyakan di luar rencana; tercetak pada Kisi-kisi"),
                ), ("@",), is_keyed=True),
            ), "Yang kosong memakai nilai bawaan.", "kinds", 0),
        ),
        "Cara paket soal ditarik dari bank soal",
    ),
    BookSheet(
        "Saluran", "stations.yaml",
        (
            FactLines("Aturan stasiun", (
                Column("Penilaian ganda", "double_marking", "number", "setiap asesi ke-n dinilai dua orang; kosong: 5"),
            )),
            Table("Saluran", (
                Level("channels", (
                    Column("Saluran", "channel", help="misalnya tatap muka atau telepon", wide=20),
                    Column("Ditawarkan", "offered", "word", "boleh dipilih jadwal", TRUE),
                    Column("Perlengkapan", "equipment", "lines", "satu baris satu (Alt+Enter)"),
                    Column("Uji saluran", "test", "lines", "sebelum asesi pertama"),
                    Column("Bila terputus", "line_fails", "lines", "yang dilakukan bila sambungan terputus"),
                    Column("Perekaman", "recording", help="persetujuan merekam", wide=60),
                )),
            )),
        ),
        "Saluran bermain peran",
    ),
    BookSheet(
        "Umpan Balik KUK", "stations.yaml",
        (
            Table("Dimensi dan umpan balik setiap KUK", (
                Level("units", (UNIT_CODE,), ("unit",)),
                Level("criteria", (
                    NUMBER, CRITERION_TEXT,
                    Column("Dimensi", "dimensions", "codes", "TS, TMS, CMS, JRES, TRS; dipisahkan koma", wide=16),
                    Column("Bila terpenuhi", "keep", wide=60),
                    Column("Bila belum", "improve", wide=60),
                ), ("criterion",)),
            ), "Boleh kosong bila tidak ada bermain peran.", "criteria", 0),
        ),
        "Dimensi kompetensi dan umpan balik setiap KUK",
    ),
)  # fmt: skip
"""All sheets but those of scenarios, in order."""

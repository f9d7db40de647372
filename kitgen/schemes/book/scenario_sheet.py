"""The sheet of one scenario: its facts, scenes, cues, actors, props and calibration, one table below the other."""

from typing import Final

from kitgen.model.scenario import EVIDENCE_LABELS
from kitgen.model.station import PERFORMANCE_LABELS, STATUSES, TICK_LABELS
from kitgen.schemes.book.layout import (
    CRITERION_TEXT,
    MARKS,
    NUMBER,
    PROPOSED,
    TRUE,
    UNIT_CODE,
    BookSheet,
    Column,
    FactLines,
    Level,
    Table,
    code,
)

SCENARIO_PREFIX: Final = "Skenario "
_SCENE: Final = Column("Adegan", "scene", drop="scenes", help="kode adegan", wide=16)
_ACTOR: Final = Column("Nama tokoh", "name", help="seperti pada tabel Pemeran", wide=22)
_PROP: Final = code("Kode lembar", "id", "seperti pada tabel Alat peraga", 20)
_PERFORMANCE: Final = code("Kode penampilan", "id", "seperti pada tabel Penampilan kalibrasi", 20)
_SPOKEN: Final = (
    Column("Oleh", "by", help="Asesi, Pemeran, Keterangan, atau nama lembar", wide=20),
    Column("Ucapan atau tulisan", "text", wide=60),
)
_PROP_KINDS: Final = {"form": "formulir", "table": "tabel", "text": "teks"}

SCENARIO_BLOCKS: Final = (
    FactLines("Data skenario", (
        Column("Kode", "id", help="misalnya KEL-01; nama lembar ini Skenario KEL-01"),
        Column("Judul", "title"),
        Column("Kode unit", "units", "lines", "unit yang dinilai, satu baris satu (Alt+Enter)"),
        Column("Bidang usaha", "branch"),
        Column("Saluran", "channel", help="tatap muka, telepon, chat, atau panggilan video"),
        Column("Perusahaan", "company", help="nama perusahaan rekaan"),
        Column("Tempat kerja", "workplace"),
        Column("Peran asesi", "candidate_role"),
        Column("Situasi", "situation", help="yang diketahui asesi pada awal"),
        Column("Menit membaca", "reading_minutes", "number"),
        Column("Aturan bagi asesi", "rules", "lines", "satu baris satu (Alt+Enter)"),
        Column("Kolom MAPA.01", "column", "word", "tempat bermain peran; kosong: observasi",
               {"observation": "observasi", "activity": "kegiatan terstruktur"}),
        Column("Persiapan asesor", "assessor.preparation", "lines", "satu baris satu"),
        Column("Kapan dihentikan", "assessor.stop_conditions", "lines", "satu baris satu"),
        Column("Disiapkan kembali", "assessor.reset", "lines", "di antara dua asesi; satu baris satu"),
        Column("Status", "record.status", "word", "kosong: draf", {each: each for each in STATUSES}),
        Column("Dibuat dengan", "record.made_by", help="yang membuat naskah pertama"),
        Column("Penulis", "record.author", help="nama orang; jangan dikarang"),
        Column("Penelaah", "record.reviewer", help="nama orang; wajib bila status bukan draf"),
        Column("Tanggal telaah", "record.reviewed_on", help="tahun-bulan-tanggal, sebagai teks"),
        Column("Uji coba", "record.pilot", help="kapan, di mana, dengan berapa orang"),
        Column("Usulan", "proposed", "word", "`usulan` bila kerangkanya dibuat kitgen; kosongkan sesudah ditulis",
               PROPOSED),
    )),
    Table("Adegan", (
        Level("scenes", (
            code("Kode", "id", "kode pendek adegan, misalnya terima", 20),
            Column("Judul", "title", wide=44),
            Column("Menit", "minutes", "number"),
            Column("Tempat dan waktu", "place"), Column("Tugas asesi", "task", wide=60),
            Column("Hasil", "output", help="yang diserahkan; boleh kosong"),
            Column("Yang dilakukan pemeran", "actor", wide=60),
        )),
    ), "Urutan dan waktu skenario."),
    Table("Pemicu setiap KUK", (
        Level("cues", (
            UNIT_CODE, NUMBER, CRITERION_TEXT, _SCENE,
            Column("Sepanjang adegan", "throughout", "word", "ya: KUK ditunjukkan terus-menerus", TRUE),
            Column("Pemicu", "trigger", help="yang dilakukan pemeran atau alat peraga", wide=60),
            Column("Yang dicari asesor", "look_for", wide=60),
            Column("Bukti", "evidence", "word", words={str(key): label for key, label in EVIDENCE_LABELS.items()}),
            Column("Contoh terpenuhi", "anchors.met"), Column("Contoh di ambang", "anchors.borderline"),
            Column("Contoh belum", "anchors.not_met"),
            Column("Tanya menit ke-", "prompt.minute", "number", "menit adegan ketika pemeran bertanya"),
            Column("Tanya bila", "prompt.unless", help="keadaan yang membuat pertanyaan perlu"),
            Column("Ucapan tanya", "prompt.say"),
            Column("Dihitung", "prompt.counts", "word", "dihitung bila baru muncul sesudah ditanya",
                   {"yes": "ya", "no": "tidak"}),
            MARKS,
        ), ("unit", "criterion")),
    ), "Satu baris satu KUK.", "criteria"),
    Table("Pemeran", (
        Level("actors", (
            Column("Nama tokoh", "name", wide=22),
            Column("Adegan", "scenes", "codes", "kode adegan yang diperankannya, dipisahkan koma"),
            Column("Gaya", "style"), Column("Siapa dia", "profile", wide=60), Column("Suasana hati", "mood"),
            Column("Kalimat pembuka", "opening_line"), Column("Cerita", "story", wide=60),
            Column("Diberikan tanpa diminta", "freely", "lines"), Column("Hanya bila ditanya", "if_asked", "lines"),
            Column("Keterangan keliru", "wrong_detail"), Column("Yang ditolak", "refuses"),
            Column("Yang diterima", "accepts"), Column("Jawaban samar", "vague_answer"),
            Column("Kapan berhenti", "stops"), Column("Tidak boleh", "never", "lines"),
        )),
    )),
    Table("Tingkat kemarahan", (
        Level("actors", (_ACTOR,), ("name",), is_reference=True),
        Level("escalation", (
            Column("Tingkat", "step", "number", "mulai 0"), Column("Kapan dicapai", "cue"),
            Column("Sikap", "behaviour"), Column("Ucapan", "line"),
        )),
    )),
    Table("Jika maka", (
        Level("actors", (_ACTOR,), ("name",), is_reference=True),
        Level("reactions", (Column("Jika asesi", "when"), Column("Maka pemeran", "then"))),
    )),
    Table("Jawaban acuan", (
        Level("assessor.answers", (Column("Pokok", "title", wide=22), Column("Isi", "points", "lines"))),
    )),
    Table("Pertanyaan susulan", (
        Level("assessor.follow_up_questions", (
            UNIT_CODE, NUMBER, CRITERION_TEXT, Column("Pertanyaan", "text", wide=60), MARKS,
        )),
    )),
    Table("Alat peraga", (
        Level("props", (
            code("Kode lembar", "id", wide=20), Column("Judul", "title"),
            Column("Bentuk", "kind", "word", "formulir, tabel, atau teks", _PROP_KINDS), _SCENE,
            Column("Keterangan", "note"), Column("Kepala kolom", "columns", "lines", "untuk tabel; satu baris satu"),
            Column("Butir", "points", "lines", "untuk teks; satu baris satu"),
        )),
    )),
    Table("Isian alat peraga", (
        Level("props", (_PROP,), ("id",), is_reference=True),
        Level("fields", (
            Column("Label", "label"), Column("Baris", "lines", "number", "banyaknya baris untuk menulis"),
            Column("Pilihan", "choices", "lines", "bila ditandai, bukan ditulis; satu baris satu"),
        )),
    ), "Untuk alat peraga berbentuk formulir."),
    Table("Baris alat peraga", (
        Level("props", (_PROP,), ("id",), is_reference=True), Level("rows", cells="Kolom"),
    ), "Untuk alat peraga berbentuk tabel: satu baris satu baris tabel."),
    Table("Penampilan kalibrasi", (
        Level("calibration", (
            code("Kode penampilan", "id", wide=20),
            Column("Jenis", "kind", "word", words={str(key): label for key, label in PERFORMANCE_LABELS.items()}),
        )),
    ), spare=3),
    Table("Percakapan penampilan", (
        Level("calibration", (_PERFORMANCE,), ("id",), is_reference=True), Level("lines", _SPOKEN),
    ), spare=3),
    Table("Tulisan penampilan", (
        Level("calibration", (_PERFORMANCE,), ("id",), is_reference=True), Level("written", _SPOKEN),
    ), spare=3),
    Table("Kunci penampilan", (
        Level("calibration", (_PERFORMANCE,), ("id",), is_reference=True),
        Level("marks", (
            UNIT_CODE, NUMBER, CRITERION_TEXT,
            Column("Putusan", "tick", "word", words={str(key): label for key, label in TICK_LABELS.items()}),
            Column("Alasan", "reason", wide=60),
        )),
    ), spare=3),
)  # fmt: skip


def scenario_sheet(id: str, file: str) -> BookSheet:
    """The sheet of a scenario."""
    return BookSheet(f"{SCENARIO_PREFIX}{id}"[:31], file, SCENARIO_BLOCKS, "Skenario bermain peran")

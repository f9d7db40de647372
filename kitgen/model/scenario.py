"""Role plays. What the actor knows is kept from the candidate, what is marked from both."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kitgen.model.audience import ACTORS, ASSESSORS, known
from kitgen.model.station import Channel, Performance, ScenarioRecord

Evidence = Literal["observed", "product"]
"""Bukti: seen while it happens, or left on paper."""

PropKind = Literal["form", "table", "text"]
"""Jenis alat peraga: form to fill in, table, text in points."""

RoleColumn = Literal["observation", "activity"]
"""Kolom bermain peran: a simulated workplace that is observed, or a structured activity."""

ROLE_COLUMNS: Final[tuple[RoleColumn, ...]] = get_args(RoleColumn)
TELEPHONE: Final = "telepon"
CHAT: Final = "chat"
FACE_TO_FACE: Final = "tatap muka"
VIDEO: Final = "panggilan video"
"""Saluran: how customer and candidate speak; chat stands in for what is heard for a candidate who is Deaf."""
SPOKEN_AFAR: Final = (TELEPHONE, VIDEO)
CHANNELS: Final = (FACE_TO_FACE, TELEPHONE, CHAT, VIDEO)
EVIDENCE: Final[tuple[Evidence, ...]] = get_args(Evidence)
PROP_KINDS: Final[tuple[PropKind, ...]] = get_args(PropKind)
EVIDENCE_LABELS: Final[dict[Evidence, str]] = {"observed": "diamati", "product": "hasil tertulis"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Adegan: a part of a role play, with its minutes."""

    position: int = known("urutan adegan")
    id: str = known("kode adegan")
    title: str = known("judul adegan")
    minutes: int = known("lama adegan, menit")
    place: str = known("tempat dan waktu dalam cerita")
    task: str = known("tugas asesi dalam adegan")
    output: str = known("hasil yang diserahkan; boleh kosong")
    actor: str = known("apa yang dilakukan pemeran dalam adegan", ACTORS)
    is_watched: bool = known("ada pemeran, jadi diamati asesor dari awal sampai akhir", ASSESSORS)


@dataclass(frozen=True, slots=True)
class Cue:
    """Pemicu: what makes it possible to show a KUK, and what the assessor looks for.

    A prompt is what the actor says if the KUK has not shown by `prompt_minute`; `asked_counts` is the rule for what is
    shown only then. `keep` and `improve` come from the stations of the edition.
    """

    unit_code: str = known("kode unit")
    number: str = known("nomor KUK")
    text: str = known("bunyi KUK")
    scene: str = known("judul adegan tempat pemicu muncul", ACTORS)
    lasts: str = known("`sepanjang adegan` bila KUK ditunjukkan terus-menerus; selain itu kosong", ACTORS)
    trigger: str = known("apa yang dilakukan pemeran atau alat peraga", ACTORS)
    look_for: str = known("apa yang dicari asesor", ASSESSORS)
    evidence: str = known("diamati atau hasil tertulis", ASSESSORS)
    met: str = known("contoh yang terpenuhi; boleh kosong", ASSESSORS, default="")
    borderline: str = known("contoh di ambang, yang digali dengan pertanyaan; boleh kosong", ASSESSORS, default="")
    not_met: str = known("contoh yang belum terpenuhi; boleh kosong", ASSESSORS, default="")
    prompt: str = known("ucapan pemeran bila belum muncul; boleh kosong", ACTORS, default="")
    prompt_minute: int = known("menit adegan ketika ucapan itu disampaikan", ACTORS, default=0)
    prompt_unless: str = known("keadaan yang membuat ucapan itu perlu", ACTORS, default="")
    asked_counts: str = known("dihitung atau tidak dihitung bila baru muncul setelah ditanya", ASSESSORS, default="")
    dimensions: tuple[str, ...] = known("dimensi kompetensi: TS, TMS, CMS, JRES, TRS", default=())
    keep: str = known("umpan balik bila terpenuhi", ASSESSORS, default="")
    improve: str = known("umpan balik bila belum", ASSESSORS, default="")


@dataclass(frozen=True, slots=True)
class Escalation:
    """Tingkat kemarahan: a step of the customer's temper."""

    step: int = known("tingkat, mulai 0", ACTORS)
    cue: str = known("kapan tingkat ini dicapai", ACTORS)
    behaviour: str = known("sikap pada tingkat ini", ACTORS)
    line: str = known("ucapan pada tingkat ini", ACTORS)


@dataclass(frozen=True, slots=True)
class Reaction:
    """Jika–maka: what the actor does when the candidate does something."""

    when: str = known("jika: yang dilakukan asesi", ACTORS)
    then: str = known("maka: tanggapan pemeran", ACTORS)


@dataclass(frozen=True, slots=True)
class ActorBrief:
    """Pemeran pelanggan: the customer as the actor plays them."""

    name: str = known("nama tokoh", ACTORS)
    scenes: tuple[str, ...] = known("judul adegan yang diperankannya", ACTORS)
    style: str = known("gaya komunikasi tokoh; boleh kosong", ACTORS)
    profile: str = known("siapa tokohnya", ACTORS)
    mood: str = known("suasana hati", ACTORS)
    opening_line: str = known("kalimat pembuka", ACTORS)
    story: str = known("cerita yang disampaikan tanpa jeda", ACTORS)
    freely: tuple[str, ...] = known("keterangan yang diberikan tanpa diminta", ACTORS)
    if_asked: tuple[str, ...] = known("keterangan yang diberikan hanya bila ditanya", ACTORS)
    wrong_detail: str = known("keterangan yang keliru; boleh kosong", ACTORS)
    refuses: str = known("apa yang ditolak dan bagaimana; boleh kosong", ACTORS)
    accepts: str = known("apa yang diterima dan bagaimana; boleh kosong", ACTORS)
    vague_answer: str = known("jawaban samar sebelum menolak; boleh kosong", ACTORS)
    stops: str = known("kapan berhenti", ACTORS)
    never: tuple[str, ...] = known("yang tidak boleh dilakukan pemeran", ACTORS)
    escalation: tuple[Escalation, ...] = known("tingkat kemarahan; boleh kosong", ACTORS)
    reactions: tuple[Reaction, ...] = known("jika–maka; boleh kosong", ACTORS, default=())


@dataclass(frozen=True, slots=True)
class PastedText:
    """Teks tempel: one message an actor sends in a chat, and when; worked out from the actor's card."""

    actor: str = known("nama tokoh yang mengirimnya", ACTORS)
    section: str = known("judul adegan, atau bagian kartu pemeran", ACTORS)
    when: str = known("kapan dikirim", ACTORS)
    text: str = known("bunyi pesan, siap disalin", ACTORS)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Pertanyaan susulan: asked for a KUK that did not surface."""

    unit_code: str = known("kode unit", ASSESSORS)
    criterion: str = known("nomor KUK", ASSESSORS)
    text: str = known("bunyi pertanyaan", ASSESSORS)


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """Jawaban acuan: what is right in this case, under a heading such as the cause or the priority."""

    title: str = known("pokok jawaban, misalnya Sebab utama", ASSESSORS)
    points: tuple[str, ...] = known("isi jawaban", ASSESSORS)


@dataclass(frozen=True, slots=True)
class AssessorGuide:
    """Panduan asesor untuk satu skenario: preparation, what is right, when to stop."""

    preparation: tuple[str, ...] = known("persiapan", ASSESSORS)
    answers: tuple[ModelAnswer, ...] = known("jawaban acuan", ASSESSORS)
    stop_conditions: tuple[str, ...] = known("kapan adegan dihentikan", ASSESSORS)
    reset: tuple[str, ...] = known("yang disiapkan kembali di antara dua asesi", ASSESSORS)
    follow_up_questions: tuple[FollowUp, ...] = known("pertanyaan untuk KUK yang belum muncul", ASSESSORS)


@dataclass(frozen=True, slots=True)
class PropField:
    """Isian formulir: a label and the lines to write on."""

    label: str = known("label isian")
    lines: int = known("banyaknya baris untuk menulis; 0 bila hanya menandai")
    choices: tuple[str, ...] = known("pilihan yang ditandai; kosong bila ditulis", default=())


@dataclass(frozen=True, slots=True)
class Prop:
    """Alat peraga: a sheet the candidate is given, at the scene it is handed out."""

    id: str = known("kode alat peraga")
    kind: str = known("form, table, atau text")
    title: str = known("judul lembar")
    note: str = known("keterangan di bawah judul; boleh kosong")
    scene: str = known("judul adegan ketika lembar diserahkan")
    fields: tuple[PropField, ...] = known("isian (form)")
    columns: tuple[str, ...] = known("kepala kolom (table)")
    rows: tuple[tuple[str, ...], ...] = known("baris (table), sel menurut kolom")
    points: tuple[str, ...] = known("butir (text)")

    @property
    def is_filled_in(self) -> bool:
        """Whether a candidate writes on the sheet: a form, or a table with an empty cell."""
        return self.kind == "form" or any(not cell for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """Unit yang dinilai: its name, as the cards show it."""

    code: str = known("kode unit")
    title: str = known("judul unit")


@dataclass(frozen=True, slots=True)
class Scenario:
    """Skenario bermain peran: one role play, with its cards and props."""

    id: str = known("kode skenario, sama pada semua kartu")
    title: str = known("judul skenario")
    units: tuple[AssessedUnit, ...] = known("unit yang dinilai")
    branch: str = known("bidang usaha")
    channel: str = known("saluran: tatap muka, telepon, chat, atau panggilan video")
    company: str = known("nama perusahaan rekaan, kepala setiap alat peraga")
    workplace: str = known("tempat kerja dalam cerita")
    candidate_role: str = known("peran asesi")
    situation: str = known("yang diketahui asesi pada awal")
    rules: tuple[str, ...] = known("aturan bagi asesi")
    reading_minutes: int = known("waktu membaca sebelum adegan pertama, menit")
    minutes: int = known("lama seluruh adegan, menit")
    scenes: tuple[Scene, ...] = known("adegan")
    cues: tuple[Cue, ...] = known("KUK dengan pemicunya")
    actors: tuple[ActorBrief, ...] = known("tokoh yang diperankan", ACTORS)
    assessor: AssessorGuide = known("panduan asesor", ASSESSORS)
    props: tuple[Prop, ...] = known("alat peraga")
    line: Channel = known("perlengkapan, uji, dan gangguan salurannya", default=Channel())
    record: ScenarioRecord = known("riwayat skenario: status, penulis, penelaah, uji coba", default=ScenarioRecord())
    calibration: tuple[Performance, ...] = known("penampilan kalibrasi; boleh kosong", ASSESSORS, default=())
    pasted: tuple[PastedText, ...] = known("teks siap tempel bagi chat; kosong pada saluran lain", ACTORS, default=())
    column: RoleColumn = known(
        "kolom MAPA.01 tempat bermain peran ini: observation (tempat kerja simulasi) atau activity (kegiatan"
        " terstruktur, yang kolomnya menyebut bermain peran)",
        default="observation",
    )

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """The codes of its units."""
        return tuple(unit.code for unit in self.units)

"""The bank of questions, and papers drawn from it. Keys and what explains them are for assessors only."""

import re
from dataclasses import dataclass
from typing import Final, Literal, NewType, get_args

from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import Message, joined, said
from kitgen.model.audience import ASSESSORS, known
from kitgen.model.draw import Draw
from kitgen.model.scheme import Cluster
from kitgen.model.upkeep import Upkeep

QuestionKind = NewType("QuestionKind", str)
"""Jenis soal, by its word in the bank. Nothing is decided by the word: what differs is asked of the facts."""

Method = Literal["observed", "product", "written", "oral"]
"""Metode: seen while it is done, left on paper, asked in writing, asked aloud."""

Difficulty = Literal["easy", "medium", "hard"]
"""Tingkat kesukaran: what the author aims at; `kitgen bank stats` holds it against what candidates did."""


@dataclass(frozen=True, slots=True)
class KindFacts:
    """Fakta jenis soal: what differs between kinds of questions, wherever that is decided; a new kind is a row.

    `sheet`: of the workbook of the bank; `code`: what the codes of drafted questions begin with; `method`: what a
    question proves, nothing alone where it completes what was observed. Kinds with options have one of them as the key,
    the others a model answer and points to mark it by. `is_spoken`: an assessor asks; the others are written, at once.
    `draw`: how papers are drawn where the edition's blueprint does not say it. `coverage`: what the coverage of a KUK
    counts of them; `many` and `short` are what they are called in sentences and above columns. Left out, these three
    are made of the label.
    """

    label: str
    sheet: str
    code: str
    method: Method | None
    draw: Draw = Draw("element", "all", "all", 1, 1, ("A",), 3, 0)
    has_options: bool = False
    is_spoken: bool = False
    completes_observation: bool = False
    """Its sheet has a block for each cluster, in which the numbers begin anew; its marking points are a must."""
    coverage: str = ""
    many: Message | None = None
    short: Message | None = None

    @property
    def counted(self) -> str:
        """What coverage counts of them, as the list of placeholders says it: `soal esai (FR.IA.06)`."""
        return self.coverage or f"soal {self.label}"

    @property
    def questions(self) -> Message:
        """What they are called in a sentence: `essay questions`."""
        return self.many or said("questions of the kind {label}", label=self.label)

    @property
    def heading(self) -> Message:
        """What stands above a column that counts them: `essay`."""
        return self.short or joined("", (self.label,))


KINDS: Final[dict[QuestionKind, KindFacts]] = {
    QuestionKind("multiple_choice"): KindFacts(
        "pilihan ganda", "Pilihan Ganda", "PG", "written",
        Draw("criterion", "all", "all", 1, 2, ("A", "B", "C"), 2, 5), has_options=True,
        coverage="soal pilihan ganda (FR.IA.05)", many=said("multiple-choice questions"), short=said("MC"),
    ),
    QuestionKind("essay"): KindFacts(
        "esai", "Esai", "ES", "written", Draw("element", "primary", "all", 1, 1, ("A", "B", "C"), 8, 3),
        coverage="soal esai (FR.IA.06)", many=said("essay questions"), short=said("essay"),
    ),
    QuestionKind("oral"): KindFacts(
        "lisan", "Lisan", "LS", "oral", Draw("element", "all", "all", 1, 2, ("A",), 3, 0, reserve=True),
        is_spoken=True, coverage="pertanyaan lisan (FR.IA.07)", many=said("oral questions"), short=said("oral"),
    ),
    QuestionKind("supporting"): KindFacts(
        "pendukung observasi", "Pendukung", "PO", None, Draw("element", "all", "all", 1, 2, ("A",), 2, 0),
        is_spoken=True, completes_observation=True, coverage="pertanyaan pendukung observasi (FR.IA.03)",
        many=said("questions that support the observation"), short=said("supporting"),
    ),
}  # fmt: skip
QUESTION_KINDS: Final = tuple(KINDS)
KIND_LABELS: Final[dict[QuestionKind, str]] = {kind: facts.label for kind, facts in KINDS.items()}
WITH_OPTIONS: Final = frozenset(kind for kind, facts in KINDS.items() if facts.has_options)
SPOKEN: Final = frozenset(kind for kind, facts in KINDS.items() if facts.is_spoken)
COMPLETING: Final = frozenset(kind for kind, facts in KINDS.items() if facts.completes_observation)
DIFFICULTIES: Final[tuple[Difficulty, ...]] = get_args(Difficulty)
DIFFICULTY_LABELS: Final[dict[Difficulty, str]] = {"easy": "mudah", "medium": "sedang", "hard": "sukar"}
LETTERS: Final = "abcde"
QUESTION_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
"""Kode butir: no blank and no comma, since codes are listed in one cell and on one line of `papers.yaml`."""


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """Pilihan jawaban: one of the answers a multiple-choice question offers."""

    letter: str = known("huruf pilihan")
    text: str = known("bunyi pilihan")
    rationale: str = known("mengapa pilihan ini benar atau mengecoh", ASSESSORS)


@dataclass(frozen=True, slots=True)
class Question:
    """Butir soal of any kind; what its kind does not have is blank. `criteria` are numbers of KUK of its unit.

    `apart_from`: questions that give this one away, or it them; no candidate gets both. `branch`: bidang usaha.
    """

    id: str
    kind: QuestionKind
    unit: str
    criteria: tuple[str, ...]
    text: str
    options: tuple[AnswerOption, ...]
    key: str | Blank
    model_answer: str | Blank
    marking_points: tuple[str, ...]
    difficulty: Difficulty | Blank = BLANK
    branch: str | Blank = BLANK
    apart_from: tuple[str, ...] = ()
    upkeep: Upkeep = Upkeep()
    review: tuple[str, ...] = ()
    """Review marks: number and old text of each criterion that was reworded since, until a person clears them."""

    @property
    def is_frame(self) -> bool:
        """Whether it is a frame a draft made: kind, unit and criteria without a text."""
        return self.upkeep.status == "frame"


def frame_of(id: str, kind: QuestionKind, unit: str, criteria: tuple[str, ...], upkeep: Upkeep) -> Question:
    """A question nobody has written yet."""
    return Question(id, kind, unit, criteria, "", (), BLANK, BLANK, (), upkeep=upkeep)


Bank = tuple[Question, ...]
"""Bank soal: all questions of a scheme, by unit and then as written."""


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """Soal pada paket: a question with its number on a paper."""

    number: int = known("nomor soal pada paket")
    id: str = known("kode butir soal, tetap antar-edisi")
    unit_code: str = known("kode unit yang diuji")
    criteria: str = known("nomor KUK yang diuji, dipisahkan koma")
    text: str = known("bunyi soal")
    options: tuple[AnswerOption, ...] = known("pilihan jawaban")
    key: str | Blank = known("huruf kunci jawaban", ASSESSORS)
    rationale: str | Blank = known("mengapa kuncinya benar", ASSESSORS)
    model_answer: str | Blank = known("jawaban acuan", ASSESSORS)
    marking_points: tuple[str, ...] = known("pokok penilaian", ASSESSORS)
    difficulty: str | Blank = known("tingkat kesukaran: mudah, sedang, atau sukar", ASSESSORS)


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """Sepasang nomor: what stands side by side on an answer sheet whose numbers run down each half."""

    left: PaperQuestion = known("soal pada paruh kiri")
    right: PaperQuestion | Blank = known("soal pada paruh kanan; kosong bila jumlah soal ganjil")


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Bagian paket: the questions of one cluster, for forms that go cluster by cluster."""

    cluster: Cluster = known("kelompok pekerjaan")
    questions: tuple[PaperQuestion, ...] = known("soal kelompok ini menurut nomor")


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """Batas satu unit pada paket: how many of its questions have to be right."""

    unit_code: str = known("kode unit")
    asked: int = known("banyaknya soal unit ini pada paket")
    needed: int = known("jawaban benar paling sedikit")


@dataclass(frozen=True, slots=True)
class CriterionDecision:
    """Batas satu KUK pada paket: how many of the questions that ask it have to be right."""

    unit_code: str = known("kode unit")
    number: str = known("nomor KUK")
    asked: int = known("banyaknya soal KUK ini pada paket")
    needed: int = known("jawaban benar paling sedikit")


@dataclass(frozen=True, slots=True)
class PaperDecision:
    """Aturan keputusan paket pilihan ganda, and what it asks of each unit and each criterion."""

    text: str = known("bunyi aturan keputusan")
    share: int = known("persen jawaban benar paling sedikit setiap unit")
    units: tuple[UnitDecision, ...] = known("batas setiap unit pada paket ini")
    criteria: tuple[CriterionDecision, ...] = known("batas setiap KUK yang ditanyakan paket ini")


@dataclass(frozen=True, slots=True)
class Paper:
    """Paket soal: one arrangement of questions; its id is on question sheet, answer sheet and key.

    A written test is bound in booklets, one for each cluster: then `cluster` is its number, else 0.
    """

    id: str = known("kode paket, sama pada lembar soal, lembar jawaban, dan kunci")
    letter: str = known("huruf paket: A, B, ...")
    name: str = known("nama paket, misalnya Paket A - KP 1")
    cluster: int = known("nomor kelompok pekerjaan buku soal ini; 0 bila paket memuat semua kelompok")
    kind: str = known("bentuk soal: pilihan ganda, esai, lisan, pendukung observasi")
    minutes: int = known("waktu mengerjakan, menit; 0 bila belum ditetapkan")
    questions: tuple[PaperQuestion, ...] = known("soal menurut nomor")
    sections: tuple[PaperSection, ...] = known("soal menurut kelompok pekerjaan; kelompok tanpa soal tidak ada")
    why: str | Blank = known("mengapa KUK ditanyakan walaupun rencananya tidak menyebut metode ini")
    decision: PaperDecision | Blank = known("aturan keputusan; hanya paket pilihan ganda", ASSESSORS)
    drafts: tuple[str, ...] = known("kode butir yang belum ditinjau dan belum diterima LSP", ASSESSORS)
    pairs: tuple[QuestionPair, ...] = known("soal berpasangan untuk dua kolom; nomor menurun pada tiap kolom")

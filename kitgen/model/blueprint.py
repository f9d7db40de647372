"""How papers are drawn from the bank: the blueprint, and the papers drawn once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kitgen.base.holes import BLANK, Blank
from kitgen.model.audience import known
from kitgen.model.bank import KINDS, QuestionKind
from kitgen.model.draw import Draw
from kitgen.model.minutes import DEFAULT_ARRANGEMENTS, DEFAULT_TIMES, Arrangement, Minutes, TimeKey

DEFAULT_DRAWS: Final[Mapping[QuestionKind, Draw]] = MappingProxyType(
    {kind: facts.draw for kind, facts in KINDS.items()}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Batas waktu: minutes of assessment a candidate, and of work an assessor, can be asked for on one day."""

    candidate_minutes: int = 480
    assessor_minutes: int = 480


@dataclass(frozen=True, slots=True)
class Decision:
    """Aturan keputusan tes tertulis: what of a paper has to be right before it counts as reached.

    `criterion`: right answers for each KUK asked; `unit_share`: share of right answers for each unit, in percent.
    `set_by` is who of the LSP decided it; as long as nobody has, it is a proposal and every page says so.
    """

    criterion: int = 1
    unit_share: int = 75
    set_by: str | Blank = BLANK

    def needed(self, asked: int) -> int:
        """Right answers a unit needs of so many questions: its share of them, rounded up."""
        return -(-asked * self.unit_share // 100)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Kisi-kisi: from it, the bank and the seed every paper follows."""

    seed: str = "1"
    draws: Mapping[QuestionKind, Draw] = field(default_factory=lambda: DEFAULT_DRAWS)
    limits: Limits = field(default_factory=Limits)
    decision: Decision = field(default_factory=Decision)
    balanced: bool = False
    """Whether papers are drawn over all letters and kinds at once. The older way, each letter for itself, stays for
    blueprints that do not ask for it: a seed gives the same papers for ever."""
    accepted: tuple[str, ...] = ()
    """Questions the LSP puts on papers although nobody has reviewed them, each by its id."""
    times: Mapping[TimeKey, Minutes] = field(default_factory=lambda: DEFAULT_TIMES)
    arrangements: tuple[Arrangement, ...] = DEFAULT_ARRANGEMENTS

    def arrangement(self, key: str) -> Arrangement:
        """The arrangement of this name; the first one if there is none."""
        return next((each for each in self.arrangements if each.key == key), self.arrangements[0])


@dataclass(frozen=True, slots=True)
class RecordedPaper:
    """Paket yang sudah ditarik: the order of its questions, each with the order of its options (`bdac`)."""

    id: str
    kit: str
    kind: QuestionKind
    questions: tuple[tuple[str, str], ...]

    @property
    def letter(self) -> str:
        """The letter the paper was drawn for."""
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True)
class BlueprintRow:
    """Baris kisi-kisi: one KUK and where it is asked."""

    unit_code: str = known("kode unit")
    unit_title: str = known("judul unit")
    element: str = known("nomor dan judul elemen")
    number: str = known("nomor KUK")
    text: str = known("bunyi KUK")
    primary: str = known("metode utama KUK")
    reserves: str = known("metode cadangan KUK, dipisahkan koma")
    asked: tuple[str, ...] = known("nomor soal pada setiap paket, menurut urutan `papers`")


@dataclass(frozen=True, slots=True)
class ItemListLine:
    """Baris daftar butir: what validators need to know of a question on a paper, without its key."""

    id: str = known("kode butir soal")
    kind: str = known("bentuk soal")
    unit_code: str = known("kode unit")
    criteria: str = known("nomor KUK yang diuji, dipisahkan koma")
    level: str | Blank = known("jenjang kognitif")
    difficulty: str | Blank = known("sasaran tingkat kesukaran: mudah, sedang, atau sukar")
    status: str = known("status butir: draf, ditinjau, diujicobakan, dipakai, atau ditarik")
    author: str | Blank = known("penyusun butir; kosong bila tidak diketahui")
    reviewer: str | Blank = known("penelaah butir; kosong bila belum ditelaah")
    reviewed_on: str | Blank = known("tanggal telaah; kosong bila belum ditelaah")
    letters: str = known("huruf paket yang memuatnya, dipisahkan koma")
    events: str = known("jadwal yang sudah menyerahkannya, dipisahkan koma; kosong bila belum pernah", default="")


@dataclass(frozen=True, slots=True)
class BlueprintSheet:
    """Kisi-kisi tercetak: the papers of a kit and, for each KUK, the questions that ask it."""

    papers: tuple[str, ...] = known("kode setiap paket, dengan bentuk soalnya")
    rows: tuple[BlueprintRow, ...] = known("KUK perangkat ini")
    notes: tuple[str, ...] = known("alasan di luar rencana dan aturan keputusan", default=())
    items: tuple[ItemListLine, ...] = known("butir soal pada paket, dengan status telaahnya", default=())

"""What proves each KUK: how many questions, tasks and cues serve it."""

from dataclasses import dataclass, make_dataclass
from typing import TYPE_CHECKING

from kitgen.model.audience import known
from kitgen.model.bank import KINDS, QuestionKind


@dataclass(frozen=True, slots=True)
class _Criterion:
    unit_code: str = known("kode unit")
    unit_title: str = known("judul unit")
    element: str = known("nomor dan judul elemen")
    number: str = known("nomor KUK")
    text: str = known("bunyi KUK")
    tasks: int = known("tugas praktik yang memuat unitnya (FR.IA.02)")
    cues: int = known("pemicu pada skenario bermain peran")


if TYPE_CHECKING:
    _Asked = _Criterion
else:
    _Asked = make_dataclass(
        "_Asked",
        [(kind, int, known(facts.counted)) for kind, facts in KINDS.items()],
        bases=(_Criterion,),
        frozen=True,
        slots=True,
    )


@dataclass(frozen=True, slots=True)
class Coverage(_Asked):
    """Cakupan KUK: one criterion and the number of things in the data that serve it, by instrument.

    There is a field for each kind of question, called by its word: `row.essay`.
    """

    checklists: int = known("ceklis observasi yang memuat KUK ini (FR.IA.01)")
    activities: int = known("kegiatan terstruktur yang aspeknya memuat KUK ini (FR.IA.04A/B)")
    primary: str = known("metode utama KUK; kosong bila belum ditetapkan")
    is_gap: bool = known("tidak ada apa pun yang melayani metode utamanya")

    def asked(self, kind: QuestionKind) -> int:
        """So many questions of a kind ask it."""
        count: int = getattr(self, kind)
        return count

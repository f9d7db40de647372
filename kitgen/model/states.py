"""What may become of a candidate besides K and BK: a table of facts, each with what it means for papers and letters."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

StateCode = Literal[
    "present", "late", "absent", "withdrawn", "refused", "not_continued", "postponed", "ill", "unsafe", "breach",
    "not_accepted", "appealed",
]  # fmt: skip
"""Keadaan asesi, as `made_for:` of a form spells it."""

Outcome = Literal["decided", "competent", "not_competent"]
"""Keputusan atas asesi: any decision of the plenary, K, BK."""

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
STATE_CODES: Final[tuple[StateCode, ...]] = get_args(StateCode)


@dataclass(frozen=True, slots=True)
class State:
    """Keadaan asesi: what the workbook calls it, and what follows.

    `takes_part`: papers are made and the person stands on lists. `is_assessed`: a result is asked for and counted.
    `is_uploaded`: the person has a row in the upload sheet. `is_incident`: it stands in the minutes of incidents.
    `letter` is the title of the notice, `text` what it says; both empty where there is none.
    """

    code: StateCode
    word: str
    printed: str
    takes_part: bool = True
    is_assessed: bool = True
    is_uploaded: bool = True
    is_incident: bool = False
    letter: str = ""
    text: str = ""


_STATES: Final = (
    State("present", "ikut", ""),
    State("late", "terlambat", "Hadir terlambat", is_incident=True),
    State("absent", "tidak hadir", "Tidak hadir", is_assessed=False, is_uploaded=False,
          letter="Pemberitahuan Ketidakhadiran",
          text="Saudara tidak hadir pada asesmen yang telah dijadwalkan sehingga tidak dinilai dan belum ada keputusan"
               " atas permohonan Saudara. Saudara dapat mengajukan penjadwalan kembali kepada LSP."),
    State("withdrawn", "mundur", "Mengundurkan diri", takes_part=False, is_assessed=False, is_uploaded=False,
          letter="Pemberitahuan Pengunduran Diri",
          text="LSP telah mencatat pengunduran diri Saudara dari asesmen ini. Proses sertifikasi Saudara pada jadwal"
               " ini dihentikan tanpa keputusan; Saudara dapat mengajukan permohonan baru."),
    State("refused", "permohonan ditolak", "Permohonan ditolak", takes_part=False, is_assessed=False,
          is_uploaded=False, letter="Pemberitahuan Penolakan Permohonan",
          text="Permohonan sertifikasi Saudara (FR.APL.01) belum dapat diterima karena persyaratan skema belum"
               " terpenuhi. Saudara dapat mengajukan permohonan kembali setelah persyaratan itu dipenuhi."),
    State("not_continued", "asesmen mandiri tidak dilanjutkan", "Tidak dilanjutkan setelah asesmen mandiri",
          takes_part=False, is_assessed=False, is_uploaded=False,
          letter="Pemberitahuan Hasil Asesmen Mandiri",
          text="Berdasarkan tinjauan asesor atas asesmen mandiri Saudara (FR.APL.02), asesmen belum dapat dilanjutkan."
               " Saudara dapat mengajukan permohonan kembali setelah melengkapi bukti atau kemampuan yang diperlukan."),
    State("postponed", "ditunda", "Asesmen ditunda", is_assessed=False, is_uploaded=False, is_incident=True,
          letter="Pemberitahuan Penundaan Asesmen",
          text="Asesmen Saudara ditunda. Jadwal pengganti diberitahukan kemudian oleh LSP; berkas permohonan dan"
               " asesmen mandiri Saudara tetap disimpan."),
    State("ill", "dihentikan (sakit)", "Dihentikan karena sakit", is_assessed=False, is_uploaded=False,
          is_incident=True, letter="Pemberitahuan Penghentian Asesmen",
          text="Asesmen Saudara dihentikan karena alasan kesehatan dan belum dinilai. Saudara dapat melanjutkannya pada"
               " jadwal lain yang disepakati dengan LSP."),
    State("unsafe", "dihentikan (keselamatan)", "Dihentikan karena keselamatan", is_assessed=False, is_uploaded=False,
          is_incident=True, letter="Pemberitahuan Penghentian Asesmen",
          text="Asesmen Saudara dihentikan demi keselamatan dan belum dinilai. Kelanjutannya diputuskan oleh LSP"
               " setelah berita acara kejadian ditinjau."),
    State("breach", "dihentikan (pelanggaran)", "Dihentikan karena pelanggaran tata tertib", is_assessed=False,
          is_uploaded=False, is_incident=True, letter="Pemberitahuan Penghentian Asesmen",
          text="Asesmen Saudara dihentikan karena pelanggaran tata tertib asesmen. Kelanjutannya diputuskan oleh LSP"
               " setelah berita acara kejadian ditinjau; Saudara berhak memberikan keterangan secara tertulis."),
    State("not_accepted", "hasil tidak diterima", "Hasil belum dapat diterima", is_assessed=False, is_uploaded=False,
          letter="Pemberitahuan Peninjauan Kembali Hasil",
          text="Hasil asesmen Saudara belum dapat diterima oleh LSP karena proses atau buktinya perlu dilengkapi."
               " Saudara akan dihubungi mengenai kelengkapan bukti atau asesmen pengganti."),
    State("appealed", "banding", "Dalam proses banding"),
)  # fmt: skip

STATES: Final[dict[StateCode, State]] = {state.code: state for state in _STATES}
WORDS: Final[tuple[str, ...]] = tuple(state.word for state in _STATES)
"""What the column Status of a workbook may say; empty is the first."""

REJECTED, UPHELD, REASSESSED = "ditolak", "dikabulkan: K", "dikabulkan: asesmen ulang"
APPEAL_OUTCOMES: Final = (REJECTED, UPHELD, REASSESSED)
"""Putusan banding: the decision stands, becomes K, or the candidate is assessed anew by others."""
APPEAL_PRINTED: Final = {
    REJECTED: "Banding ditolak; keputusan semula tetap berlaku.",
    UPHELD: "Banding dikabulkan; keputusan diubah menjadi Kompeten (K).",
    REASSESSED: "Banding dikabulkan; asesmen diulang oleh asesor lain untuk unit yang dinyatakan belum kompeten.",
}
"""The consequence, as letters say it."""

K, BK, POSTPONED = "K", "BK", "ditunda"
DECISIONS: Final = (K, BK, POSTPONED)
"""Keputusan pleno: what may be decided of a candidate."""


def state_of(word: str) -> State:
    """The state a workbook's word means. Raises `KeyError` for a word that is none of `WORDS`."""
    return {state.word: state for state in _STATES}[word]


def told_state(note: str) -> tuple[State, str] | None:
    """The state a note begins with, and what it says of it: `tidak hadir, tanpa kabar`; None where it tells none."""
    text = " ".join(note.split())
    for state in sorted(_STATES, key=lambda each: -len(each.word)):
        rest = text[len(state.word) :]
        if state.code != "present" and text.casefold().startswith(state.word) and not rest[:1].isalnum():
            return state, rest.strip(" ,;:.-–")
    return None

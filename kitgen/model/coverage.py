"""What proves each KUK: how many questions, tasks and cues serve it."""

from dataclasses import dataclass

from kitgen.model.audience import known


@dataclass(frozen=True, slots=True)
class Coverage:
    """Cakupan KUK: one criterion and the number of things in the data that serve it, by instrument."""

    unit_code: str = known("kode unit")
    unit_title: str = known("judul unit")
    element: str = known("nomor dan judul elemen")
    number: str = known("nomor KUK")
    text: str = known("bunyi KUK")
    tasks: int = known("tugas praktik yang memuat unitnya (FR.IA.02)")
    cues: int = known("pemicu pada skenario bermain peran")
    supporting: int = known("pertanyaan pendukung observasi (FR.IA.03)")
    multiple_choice: int = known("soal pilihan ganda (FR.IA.05)")
    essay: int = known("soal esai (FR.IA.06)")
    oral: int = known("pertanyaan lisan (FR.IA.07)")
    checklists: int = known("ceklis observasi yang memuat KUK ini (FR.IA.01)")
    activities: int = known("kegiatan terstruktur yang aspeknya memuat KUK ini (FR.IA.04A/B)")
    primary: str = known("metode utama KUK; kosong bila belum ditetapkan")
    is_gap: bool = known("tidak ada apa pun yang melayani metode utamanya")

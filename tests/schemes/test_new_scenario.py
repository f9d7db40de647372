"""A new role play without YAML: begun from another one, told cue by cue what it lacks, filled in in Excel, built."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from harness import KitProject
from small_scheme import SEW, SMALL, small_project

from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.load.yaml.text import written
from kitgen.schemes.book.layout import BLOCK

CUES = {"1.1": "Mesin dijalankan", "1.2": "Laporan ditulis", "2.1": "Ukuran diulang"}
PATTERN: dict[str, Any] = {
    "id": "JHT-01", "title": "Mengukur baju kerja", "units": [SEW], "branch": "konveksi", "channel": "tatap muka",
    "company": "Bengkel Rekaan", "workplace": "Bengkel jahit rekaan.", "candidate_role": "Anda penjahit.",
    "situation": "Seorang pelanggan datang.", "reading_minutes": 3, "rules": ["Tidak ada naskah."],
    "scenes": [{"id": "ukur", "title": "Mengukur", "minutes": 5, "place": "Meja ukur", "task": "Ukurlah pelanggan.",
                "actor": "Berdiri di depan meja."}],
    "cues": [{"criterion": number, "scene": "ukur", "trigger": f"{text}: pemicu", "look_for": f"{text} dengan benar",
              "evidence": "observed",
              "anchors": {"met": f"{text}: ya", "borderline": f"{text}: ragu", "not_met": f"{text}: tidak"}}
             for number, text in CUES.items()],
    "actors": [{"name": "Pelanggan Rekaan", "scenes": ["ukur"], "profile": "Pelanggan.", "mood": "Tenang.",
                "opening_line": "Selamat pagi.", "story": "Saya mau baju.", "freely": ["Warna biru."],
                "if_asked": ["Ukuran L."], "wrong_detail": "Tinggi badan.", "refuses": "Warna merah.",
                "accepts": "Warna biru tua.", "vague_answer": "Lihat nanti.", "stops": "Setelah diukur.",
                "never": ["Marah."]}],
}  # fmt: skip
ANSWERS = {
    "Data skenario": {"Judul": "Mengukur seragam sekolah", "Bidang usaha": "seragam", "Perusahaan": "Jahitan Rekaan",
                      "Tempat kerja": "Kios jahit rekaan.", "Peran asesi": "Anda penjahit kios.",
                      "Situasi": "Seorang ibu datang.", "Aturan bagi asesi": "Gunakan kata-kata sendiri."},
    "Adegan": {"Judul": "Menerima", "Tempat dan waktu": "Kios, pukul 09.00", "Tugas asesi": "Terimalah pesanan.",
               "Yang dilakukan pemeran": "Duduk dan bertanya."},
    "Pemeran": {"Siapa dia": "Ibu seorang murid.", "Suasana hati": "Terburu-buru.",
                "Kalimat pembuka": "Saya perlu seragam.", "Cerita": "Minggu depan sekolah mulai.",
                "Keterangan keliru": "Kelas anaknya.", "Yang ditolak": "Dua minggu.", "Yang diterima": "Lima hari.",
                "Jawaban samar": "Entahlah.", "Kapan berhenti": "Setelah dicatat."},
}  # fmt: skip
TEXTS = ("Pemicu", "Yang dicari asesor", "Contoh terpenuhi", "Contoh di ambang", "Contoh belum")


def cells_of(sheet: Any, block: str) -> dict[str, tuple[int, int]]:
    """Where the first answer to each heading of a block goes: below it in a table, beside it in a list of facts."""
    first = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == f"{BLOCK}{block}") + 1
    if block == "Data skenario":
        return {str(sheet.cell(row, 1).value): (row, 2) for row in range(first, first + 30)}
    return {str(sheet.cell(first, at).value): (first + 1, at) for at in range(1, sheet.max_column + 1)}


@pytest.fixture
def begun(tmp_path: Path) -> KitProject:
    """A small scheme with one role play, and a second one that was only begun."""
    project = small_project(tmp_path)
    folder = tmp_path / "scheme" / SMALL / "2026" / "scenarios"
    folder.mkdir()
    (folder / "JHT-01.yaml").write_text("\n".join(written(PATTERN)) + "\n", "utf-8")
    return project.run("scenario", "new", "JHT-02", "--like", "JHT-01")


def test_it_is_begun_completed_in_excel_and_built(begun: KitProject) -> None:
    """What check tells of each cue are the headings to fill; then it tells nothing of it, and the cards say it."""
    begun.run("check", "-v")
    lacking = [f"scenario JHT-02: cue {number} of unit {SEW} lacks {', '.join(TEXTS)}" for number in CUES]
    assert all(line in begun.said for line in lacking) and "cue 1.1 of unit" in begun.said
    assert "scenario JHT-01: cue" not in begun.said
    path = begun.root / "skema.xlsx"
    begun.run("scheme", "export", str(path))
    book = openpyxl.load_workbook(path)
    sheet = book["Skenario JHT-02"]
    for block, answers in ANSWERS.items():
        cells = cells_of(sheet, block)
        for heading, answer in answers.items():
            assert sheet.cell(*cells[heading]).value is None, heading
            sheet.cell(*cells[heading]).value = answer
    sheet.cell(*cells_of(sheet, "Pemeran")["Nama tokoh"]).value = "Ibu Rekaan"
    cells = cells_of(sheet, "Pemicu setiap KUK")
    for below, number in enumerate(CUES):
        for heading in TEXTS:
            row, column = cells[heading]
            sheet.cell(row + below, column).value = f"{heading} {number}, seragam"
    book.save(path)
    begun.run("scheme", "import", str(path))
    begun.run("check", "-v")
    assert "JHT-02: cue" not in begun.said and "JHT-02.yaml" not in "".join(
        line for line in begun.said.splitlines() if "not written yet" in line
    )
    (edition,) = load_data(find_project(begun.root)).editions
    cue = edition.scenarios[1].cues[2]
    assert (cue.number, cue.trigger, cue.not_met) == ("2.1", "Pemicu 2.1, seragam", "Contoh belum 2.1, seragam")
    for form, words in (("Kartu Asesi", "Seorang ibu datang."), ("Kartu Pemeran", "Saya perlu seragam."),
                        ("Kartu Asesor", "Contoh di ambang 1.2, seragam")):  # fmt: skip
        begun.build("--form", form)
        made = [path for path in begun.root.rglob("output/**/*JHT-02*.docx") if form.split()[1] in path.as_posix()]
        assert any(words in begun.text(path.relative_to(begun.root / "output").as_posix()) for path in made), form


def test_the_frame_of_a_shipped_one_can_be_exported_and_troubles_no_other(root: Path, tmp_path: Path) -> None:
    """Its lists have no empty entries, which are errors; what is not written yet says nothing of what others tell."""
    project = KitProject.copy_of(root, tmp_path).run("scenario", "new", "KEL-77", "--like", "KEL-01")
    project.run("check", "-v")
    assert "scenario KEL-77: cue 1.2 of unit M.702090.008.01 lacks Pemicu, Yang dicari asesor" in project.said
    assert "who knows" not in project.said and "error:" not in project.said

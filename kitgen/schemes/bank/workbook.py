"""The bank as a workbook for subject experts: instructions, and a sheet for each kind of question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.load.sheets.grid import column_letters
from kitgen.model.bank import DIFFICULTY_LABELS, LETTERS, Question, QuestionKind
from kitgen.model.bank_columns import (
    APART,
    AUTHOR,
    BRANCH,
    CRITERIA,
    DIFFICULTY,
    EVENTS,
    GUIDE_SHEET,
    ID,
    KEY,
    LEVEL,
    MARKING,
    MODEL_ANSWER,
    NOTE,
    PAPERS,
    REVIEWED_ON,
    REVIEWER,
    SHEETS,
    SOURCE,
    STATUS,
    TEXT,
    TOLD,
    UNIT,
    cells_of,
    headings_of,
)
from kitgen.model.scheme import Scheme, Unit
from kitgen.model.upkeep import LEVEL_LABELS, STATUS_LABELS
from kitgen.render.made.workbook import MadeCell, MadeRule, MadeSheet, escape_cell, workbook_bytes

LONGEST_CELL: Final = 32_767
"""So many UTF-16 units Excel keeps in one cell."""
_SPARE_ROWS: Final = 500
"""Rows below the last question that have drop-down lists and formats too, for new questions."""
_WIDTHS: Final = {
    ID: 14, UNIT: 19, CRITERIA: 10, DIFFICULTY: 10, BRANCH: 18, APART: 18, TEXT: 60, KEY: 8, MODEL_ANSWER: 70,
    MARKING: 70, LEVEL: 14, SOURCE: 30, AUTHOR: 20, REVIEWER: 20, REVIEWED_ON: 14, STATUS: 14, NOTE: 40,
    PAPERS: 34, EVENTS: 34,
}  # fmt: skip
_OPTION_WIDTH: Final = 38
_GUIDE_WIDTHS: Final = (24, 12, 110)
_FOOTER: Final = "&A, halaman &P dari &N"


def bank_workbook(
    scheme: Scheme,
    units: Sequence[Unit],
    bank: Sequence[Question],
    places: Mapping[str, Place],
    findings: Findings,
    told: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> bytes:
    """The questions of `units` as a workbook: equal banks give equal bytes. A text no cell can hold is noted.

    `told` is what is said of a question, by its code, in the columns nobody fills in.
    """
    guide, codes = _guide(scheme, units)
    sheets = [guide]
    for kind in SHEETS:
        asked = [
            question for unit in units for question in bank if question.unit == unit.code and question.kind == kind
        ]
        for question in asked:
            _refuse_long(question, places, findings)
        sheets.append(_sheet(kind, asked, codes, told))
    return b"" if findings.errors else workbook_bytes(sheets, f"Bank soal {scheme.title}, edisi {scheme.edition}")


def _refuse_long(question: Question, places: Mapping[str, Place], findings: Findings) -> None:
    for heading, text in cells_of(question).items():
        length = len(escape_cell(text).encode("utf-16-le")) // 2
        if length > LONGEST_CELL:
            message = said(
                "`{heading}` of question {id} has {length} characters; a cell holds {longest_cell}",
                heading=heading,
                id=question.id,
                length=length,
                longest_cell=LONGEST_CELL,
            )
            findings.error(message, places.get(question.id), said("shorten it"))


def _guide(scheme: Scheme, units: Sequence[Unit]) -> tuple[MadeSheet, str]:
    """The sheet of instructions, and the area of its codes of units, for the drop-down lists."""
    rows = guide_rows(scheme, units)
    cells = {
        (number, column): MadeCell(text, "title" if number == 1 else "strong" if row.is_bold else "plain")
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row.texts, 1)
        if text
    }
    listed = [number for number, row in enumerate(rows, 1) if row.is_unit]
    codes = f"'{GUIDE_SHEET}'!$A${listed[0]}:$A${listed[-1]}" if listed else ""
    return MadeSheet(GUIDE_SHEET, cells, _GUIDE_WIDTHS, paper="A3", footer=_FOOTER), codes


def _sheet(
    kind: QuestionKind, questions: Sequence[Question], codes: str, told: Mapping[str, Mapping[str, str]]
) -> MadeSheet:
    headings = (*headings_of(kind), *TOLD)
    cells = {(1, column): MadeCell(heading, "head") for column, heading in enumerate(headings, 1)}
    for row, question in enumerate(questions, 2):
        texts = {**cells_of(question), **dict.fromkeys(TOLD, ""), **told.get(question.id, {})}
        for column, heading in enumerate(headings, 1):
            cells[row, column] = MadeCell(texts[heading] or None, "help" if heading in TOLD else "entry", "@")
    last = len(questions) + 1
    return MadeSheet(
        SHEETS[kind],
        cells,
        [_WIDTHS.get(heading, _OPTION_WIDTH) for heading in headings],
        frozen="B2",
        head_rows="1:1",
        head_columns="A:A",
        rules=_lists(headings, last + _SPARE_ROWS, codes),
        # so that a program takes `1.1` typed in a new row for a text
        formats=dict.fromkeys(range(1, len(headings) + 1), "@"),
        filtered=f"A1:{column_letters(len(headings))}{last}",
        paper="A3",
        footer=_FOOTER,
    )


def _lists(headings: Sequence[str], last: int, codes: str) -> list[MadeRule]:
    allowed = {DIFFICULTY: _listed(DIFFICULTY_LABELS.values()), KEY: _listed(LETTERS), UNIT: codes,
               LEVEL: _listed(LEVEL_LABELS.values()), STATUS: _listed(STATUS_LABELS.values())}  # fmt: skip
    return [
        MadeRule(f"{column_letters(number)}2:{column_letters(number)}{last}", allowed[heading], is_strict=True)
        for number, heading in enumerate(headings, 1)
        if allowed.get(heading)
    ]


def _listed(words: Iterable[str]) -> str:
    return f'"{",".join(words)}"'


_HOW: Final = (
    "Setiap baris pada lembar {sheets} adalah satu butir soal.",
    "Ubah soal dengan mengubah isi selnya. Tambahkan soal pada baris kosong di bawah baris terakhir.",
    "Baris dan kolom boleh dipindahkan, diurutkan, disaring, atau disembunyikan; nama kolom jangan diubah.",
    "Soal yang barisnya dihapus tetap ada dalam bank soal, kecuali bila admin memintanya dihapus.",
    "Semua isi adalah teks. Rumus, angka desimal, dan tanggal ditolak; rentetan spasi dan ganti baris dirapatkan.",
    "Buku kerja ini memuat kunci jawaban: RAHASIA.",
)


_COLUMNS: Final = {
    ID: "tetap selamanya; butir baru mendapat kode baru yang belum dipakai, tanpa spasi (misalnya PG-008-55)",
    UNIT: "kode unit, pilih dari daftar",
    CRITERIA: "nomor KUK yang diuji; lebih dari satu dipisahkan koma (1.1, 1.2)",
    DIFFICULTY: "{difficulties}; boleh kosong",
    BRANCH: "bidang usaha dalam soal, misalnya perbankan; boleh kosong",
    APART: "kode butir yang tidak boleh diterima asesi yang sama (yang satu membocorkan yang lain), dipisahkan koma",
    TEXT: "bunyi soal",
    "Pilihan A ... Pilihan E": "tiga sampai lima pilihan, berurutan dari A tanpa melompati huruf",
    "Alasan A ... Alasan E": "mengapa pilihan itu benar atau mengecoh; wajib untuk setiap pilihan",
    KEY: "huruf pilihan yang benar: {letters}",
    MODEL_ANSWER: "jawaban acuan untuk asesor",
    LEVEL: "jenjang kognitif: {levels}; boleh kosong",
    SOURCE: "dari mana isi soal: halaman SKKNI, buku, peraturan; boleh kosong",
    AUTHOR: "siapa yang menyusun soal; dikosongkan bila tidak diketahui, jangan dikarang",
    REVIEWER: "siapa yang menelaah; wajib bila statusnya bukan draf",
    REVIEWED_ON: "hari telaah, sebagai teks: tahun-bulan-tanggal (2026-03-01); wajib bila statusnya bukan draf",
    STATUS: "{statuses}; kosong berarti draf; butir yang ditarik tetap tersimpan, tetapi tidak lagi masuk paket",
    NOTE: "apa yang terakhir diubah dan mengapa; boleh kosong",
    PAPERS: "paket yang memuatnya, menurut catatan paket; keterangan kitgen, tidak dibaca kembali",
    EVENTS: "jadwal yang sudah menyerahkannya, menurut catatan serah terima; keterangan kitgen, tidak dibaca kembali",
    MARKING: "pokok yang dicentang asesor; satu baris satu pokok (ganti baris di dalam sel: Alt+Enter)",
}


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A row of the sheet: its three texts; whether it is a heading, and whether it opens a unit (its code is first)."""

    texts: tuple[str, str, str]
    is_bold: bool = False
    is_unit: bool = False


def guide_rows(scheme: Scheme, units: Sequence[Unit]) -> list[GuideRow]:
    """All rows: how to work, what belongs in each column, and the units with their KUK."""
    return list(_rows(scheme, units))


def _rows(scheme: Scheme, units: Sequence[Unit]) -> Iterator[GuideRow]:
    yield GuideRow((f"Bank soal: {scheme.title}, edisi {scheme.edition}", "", ""), is_bold=True)
    yield GuideRow(("", "", ""))
    yield GuideRow(("Cara mengisi", "", ""), is_bold=True)
    for number, sentence in enumerate(_HOW, 1):
        yield GuideRow((f"{number}.", "", sentence.format(sheets=", ".join(SHEETS.values()))))
    yield GuideRow(("", "", ""))
    yield GuideRow(("Kolom", "", "Isi"), is_bold=True)
    for heading, what in _COLUMNS.items():
        words = {"difficulties": ", ".join(DIFFICULTY_LABELS.values()), "letters": ", ".join(LETTERS),
                 "levels": ", ".join(LEVEL_LABELS.values()), "statuses": ", ".join(STATUS_LABELS.values())}  # fmt: skip
        yield GuideRow((heading, "", what.format_map(words)))
    yield GuideRow(("", "", ""))
    yield GuideRow((UNIT, "", "Judul"), is_bold=True)
    for unit in units:
        yield GuideRow((unit.code, "", unit.title), is_unit=True)
    yield GuideRow(("", "", ""))
    yield GuideRow((UNIT, CRITERIA, "Bunyi KUK"), is_bold=True)
    for unit in units:
        for criterion in unit.criteria():
            yield GuideRow((unit.code, criterion.number, criterion.text))

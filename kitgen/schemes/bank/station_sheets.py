"""The sheets of role plays: by scenario and criterion for whoever keeps them; by person for a file of the event."""

from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.load.event.marks_file import STATION_STATS_NAME
from kitgen.model.edition import Edition
from kitgen.model.marks import ENOUGH, FEW
from kitgen.render.made.workbook import MadeCell, MadeChart, MadeSheet, workbook_bytes
from kitgen.schemes.bank.station_figures import ONLY_A_HINT, TOO_FEW, Rate, StationFigures

Value = str | int
STATION_NOTES: Final = (
    "Stasiun dan KUK Stasiun: tanda K/BK setiap KUK dari Tanda KUK yang sudah direkam (`kitgen event results`).",
    f"Bagian K: mulai {FEW} asesi; di bawah itu {TOO_FEW}, dan K/BK tidak ditulis agar tidak menunjuk orang. "
    f"{FEW} sampai {ENOUGH - 1} asesi: {ONLY_A_HINT}.",
    "Batasnya asesi, bukan tanda: tanda seorang asesi saling berkaitan. Angka per asesor dan per pemeran tidak ada "
    f"di sini; itu data pribadi, pada {STATION_STATS_NAME} di folder jadwalnya.",
)
_PERSONS_NOTES: Final = (
    "Statistik stasiun menurut asesor dan pemeran",
    "Data pribadi: dihapus bersama jadwalnya. Jangan disalin ke luar folder jadwal.",
    "Nomor asesor dan pemeran menurut buku kerja jadwal. Asesor: tanda yang diberikannya sendiri, juga sebagai asesor "
    "kedua. Pemeran: tanda yang berlaku bagi asesi yang dilayaninya.",
    f"Bagian K: mulai {FEW} asesi; di bawah itu {TOO_FEW}. {FEW} sampai {ENOUGH - 1} asesi: {ONLY_A_HINT}.",
    "Perbedaan adalah alasan untuk melihat (skenario, ruang, atau asesinya berbeda), bukan penilaian atas orangnya.",
)
_RATE_HEADS: Final = ("Jadwal", "Asesi", "K", "BK", "Bagian K (%)", "Keterangan")
_RATE_WIDTHS: Final = (30, 8, 8, 8, 10, 36)
_DECIDED: Final = ("Asesi diputus", "Di antaranya K")
_SCENARIO_HEADS: Final = (
    "Skenario",
    "Judul",
    "Saluran",
    "Status",
    "Penulis",
    "Penelaah",
    "Uji coba",
    "Dimainkan (jadwal)",
)
_SCENARIO_WIDTHS: Final = (12, 34, 15, 12, 20, 20, 24, 12, *_RATE_WIDTHS, 10, 12)
_NONE: Final = "belum ada"


def station_sheets(figures: StationFigures) -> list[MadeSheet]:
    """A row and a bar for each scenario, the same for each criterion, and both together; nothing of persons."""
    if figures.is_nothing:
        return []
    return [
        _sheet("Stasiun", (*_SCENARIO_HEADS, *_RATE_HEADS, *_DECIDED), _SCENARIO_WIDTHS,
               [list(_scenario_row(figures, place)) for place in range(len(figures.scenarios))],
               "Bagian K per skenario (%)", 1, 13),
        _sheet("KUK Stasiun", ("KUK", "Unit", *_RATE_HEADS), (9, 20, *_RATE_WIDTHS),
               [[number, unit, *_rate_row(rate)] for (unit, number), rate in figures.criteria],
               "Bagian K per KUK (%)", 1, 7),
        _sheet("Skenario dan KUK", ("Skenario", "Unit", "KUK", *_RATE_HEADS), (12, 20, 9, *_RATE_WIDTHS),
               [[*key, *_rate_row(rate)] for key, rate in figures.pairs]),
    ]  # fmt: skip


def persons_workbook(edition: Edition, event: str, figures: StationFigures) -> bytes:
    """The workbook of one event: a row and a bar for each assessor and each actor. Equal figures, equal bytes."""
    guide = {(row, 1): MadeCell(text, "title" if row == 1 else "plain") for row, text in enumerate(_PERSONS_NOTES, 1)}
    sheets = [MadeSheet("Petunjuk", guide, (120,))]
    for name, head, rates in (
        ("Asesor", "Asesor (No.)", figures.assessors),
        ("Pemeran", "Pemeran (No.)", figures.actors),
    ):
        rows: list[list[Value]] = [
            [str(number), *_rate_row(rate, counts=True), *_decisions(rate)]
            for (of, number), rate in rates
            if of == event
        ]
        if rows:
            sheets.append(_sheet(name, (head, *_RATE_HEADS, *_DECIDED), (12, *_RATE_WIDTHS, 10, 12), rows,
                                 f"Bagian K per {name.lower()} (%)", 1, 6))  # fmt: skip
    return workbook_bytes(sheets, f"Statistik stasiun {event}, {edition.scheme.title}")


def _scenario_row(figures: StationFigures, place: int) -> Iterator[Value]:
    scenario, rate = figures.scenarios[place]
    record = scenario.record
    yield from (scenario.id, scenario.title, scenario.channel, record.status)
    yield from (record.author or _NONE, record.reviewer or _NONE, record.pilot or _NONE, len(rate.events))
    yield from (*_rate_row(rate), *(_decisions(rate) if rate.candidates >= FEW else ("", "")))


def _decisions(rate: Rate) -> tuple[Value, Value]:
    return (rate.decided, rate.decided_competent)


def _rate_row(rate: Rate, counts: bool = False) -> Iterator[Value]:
    """`counts`: K and BK are written of few candidates, too, which would tell what one person was given."""
    is_told = counts or rate.candidates >= FEW
    yield from (", ".join(rate.events), rate.candidates)
    yield from (rate.competent if is_told else "", rate.not_competent if is_told else "")
    yield "" if rate.share is None else round(100 * rate.share)
    yield rate.note


def _sheet(
    name: str, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Value]], title: str = "",
    label: int = 0, value: int = 0,
) -> MadeSheet:  # fmt: skip
    """A table; with `title`, bars of column `value` called as in column `label` stand beside it."""
    cells = {(1, column): MadeCell(head, "head") for column, head in enumerate(heads, 1)}
    for number, row in enumerate(rows, 2):
        cells |= {(number, column): MadeCell(each, "entry", "General") for column, each in enumerate(row, 1)}
    chart = MadeChart(title, label, value, (2, len(rows) + 1), (len(rows) + 4, 1)) if title else None
    return MadeSheet(
        name, cells, widths, frozen="B2", head_rows="1:1", paper="A3", footer="&A, halaman &P dari &N", chart=chart
    )

"""`kitgen bank stats`: from score sheets and marks of events to a workbook for whoever keeps bank and role plays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Diagnostic, Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.load.event.marks_file import MARKS_NAME, STATION_STATS_NAME, load_marks
from kitgen.load.event.results_file import RESULTS_NAME, load_results
from kitgen.load.locate import only_edition
from kitgen.model.bank import DIFFICULTY_LABELS
from kitgen.model.edition import Edition
from kitgen.model.marks import EventMarks
from kitgen.model.results import CandidateResult
from kitgen.model.upkeep import LEVEL_LABELS, STATUS_LABELS
from kitgen.render.made.workbook import MadeCell, MadeSheet, workbook_bytes
from kitgen.schemes.bank.bank import load_editions
from kitgen.schemes.bank.exposure import papers_asking
from kitgen.schemes.bank.score_sheets import read_sittings
from kitgen.schemes.bank.station_figures import StationFigures, station_figures
from kitgen.schemes.bank.station_sheets import STATION_NOTES, persons_workbook, station_sheets
from kitgen.schemes.bank.statistics import ENOUGH, FEW, ItemFigures, PaperFigures, item_figures, paper_figures

TOO_FEW: Final = said("data belum cukup")
_ITEM_HEADS: Final = (
    "Kode Butir", "Unit", "KUK", "Jenjang", "Sasaran", "Status", "Paket", "Jadwal", "Dijawab", "Benar", "Tingkat",
    "a", "b", "c", "d", "e", "Kunci", "Daya beda", "Catatan",
)  # fmt: skip
_ITEM_WIDTHS: Final = (13, 18, 9, 14, 9, 13, 24, 24, 9, 8, 9, 5, 5, 5, 5, 5, 7, 16, 70)
_PAPER_HEADS: Final = ("Paket", "Jadwal", "Asesi", "Soal", "Rata-rata benar", "Reliabilitas (KR-20)")
_NOTES: Final = (
    "Statistik butir dari Lembar Skor yang sudah diketik; tanpa nama asesi.",
    f"Tingkat: bagian jawaban yang benar. Catatan tentang tingkat dan pilihan dibuat mulai {FEW} jawaban.",
    f"Daya beda (korelasi butir dengan sisa paket) dan reliabilitas: mulai {ENOUGH} asesi; di bawah itu {TOO_FEW}.",
    "a sampai e: berapa kali pilihan itu, menurut huruf dalam bank soal, dipilih.",
    "Sasaran: tingkat kesukaran menurut penyusun; mudah 70-95%, sedang 40-85%, sukar 25-65% (kesepakatan program ini).",
    "Catatan adalah alasan untuk melihat butirnya, bukan keputusan untuk membuangnya.",
)


@dataclass(frozen=True, slots=True)
class BankStatistics:
    """Statistik bank soal: the figures, what was odd about the sheets, and where asked questions stand on papers."""

    items: tuple[ItemFigures, ...]
    papers: tuple[PaperFigures, ...]
    warnings: tuple[Diagnostic, ...]
    stations: StationFigures = StationFigures()

    def as_json(self) -> dict[str, Any]:
        """All figures, for programs; what there is not enough of is null."""
        return {
            "items": [
                {"id": each.question.id, "answers": each.answers, "right": each.right, "facility": each.facility,
                 "chosen": dict(each.chosen), "discrimination": each.discrimination, "papers": list(each.papers),
                 "events": list(each.events), "flags": list(each.flags)}
                for each in self.items
            ],
            "papers": [
                {"id": each.paper, "events": list(each.events), "candidates": each.candidates,
                 "questions": each.questions, "mean": each.mean, "reliability": each.reliability}
                for each in self.papers
            ],
            "scenarios": [
                {"id": each.id, "status": each.record.status, "author": each.record.author,
                 "reviewer": each.record.reviewer, "events": list(rate.events), "candidates": rate.candidates,
                 "share": rate.share}
                for each, rate in self.stations.scenarios
            ],
            "criteria": [
                {"unit": unit, "criterion": number, "events": list(rate.events), "candidates": rate.candidates,
                 "share": rate.share}
                for (unit, number), rate in self.stations.criteria
            ],
        }  # fmt: skip


def bank_statistics(
    project: Project, events: Sequence[str], scheme: str | None, edition: str | None, out: Path | None, replace: bool
) -> BankStatistics:
    """The figures of the questions asked and the role plays marked in `events`; with `out`, as a workbook, too.

    With `out`, what assessors and actors did is written to a file in the folder of each event, which a purge takes.
    Raises `KitgenError` if there is no such event, or another file is at `out` already (unless `replace`).
    """
    loaded = [found for found, _ in load_editions(project, scheme, edition)]
    only_edition([each.scheme.name for each in loaded], said("figures are of one scheme's bank"))
    found = loaded[0]
    findings = Findings()
    sittings = [each for event in dict.fromkeys(events) for each in read_sittings(project, found, event, findings)]
    stations = _stations(project, found, events)
    figures = BankStatistics(
        item_figures(found.bank, sittings), paper_figures(found.bank, sittings), tuple(findings.warnings), stations
    )
    if out is not None:
        if out.exists() and not replace:
            raise failure(
                said("{name} is there already; nothing was written", name=out.name),
                Place(out.name),
                said("give another name, or `--replace` to write over it"),
            )
        write_whole(out, stats_workbook(found, figures))
        for event in stations.of_people:
            file = project.event_file(event).with_name(STATION_STATS_NAME)
            write_whole(file, persons_workbook(found, event, stations), secret=True)
    return figures


def _stations(project: Project, edition: Edition, events: Sequence[str]) -> StationFigures:
    """What was marked and decided in events; raises `KitgenError` for a damaged record."""
    known: dict[str, EventMarks] = {}
    results: dict[str, dict[int, CandidateResult]] = {}
    for event in dict.fromkeys(events):
        marks, decided = (project.event_file(event).with_name(name) for name in (MARKS_NAME, RESULTS_NAME))
        known[event] = load_marks(marks, project.shown(marks))
        results[event] = load_results(decided, project.shown(decided))
    return station_figures(edition, known, results)


def stats_workbook(edition: Edition, figures: BankStatistics) -> bytes:
    """The workbook: how to read it, a row for each question, a row for each paper. Equal figures, equal bytes."""
    stations = station_sheets(figures.stations)
    notes = (*_NOTES, *STATION_NOTES) if stations else _NOTES
    guide = {(row, 1): MadeCell(text, "title" if row == 1 else "plain") for row, text in enumerate(notes, 1)}
    asked = papers_asking(edition)
    sheets = [
        MadeSheet("Petunjuk", guide, (120,)),
        _table("Butir", _ITEM_HEADS, _ITEM_WIDTHS, [list(_item_row(each, asked)) for each in figures.items]),
        _table("Paket", _PAPER_HEADS, (16, 30, 9, 9, 16, 22), [list(_paper_row(each)) for each in figures.papers]),
        *stations,
    ]
    return workbook_bytes(sheets, f"Statistik bank soal {edition.scheme.title}, edisi {edition.scheme.edition}")


def _table(name: str, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str | int]]) -> MadeSheet:
    cells = {(1, column): MadeCell(head, "head") for column, head in enumerate(heads, 1)}
    for number, row in enumerate(rows, 2):
        cells |= {(number, column): MadeCell(value, "entry", "General") for column, value in enumerate(row, 1)}
    return MadeSheet(name, cells, widths, frozen="B2", head_rows="1:1", paper="A3", footer="&A, halaman &P dari &N")


def _item_row(each: ItemFigures, asked: dict[str, tuple[str, ...]]) -> Iterator[str | int]:
    question, care = each.question, each.question.upkeep
    yield from (question.id, question.unit, ", ".join(question.criteria))
    yield LEVEL_LABELS[care.level] if isinstance(care.level, str) else ""
    yield DIFFICULTY_LABELS[question.difficulty] if isinstance(question.difficulty, str) else ""
    yield from (STATUS_LABELS[care.status], ", ".join(asked.get(question.id, ())), ", ".join(each.events))
    yield from (each.answers, each.right, _percent(each.facility))
    yield from (each.chosen.get(letter, "") for letter in "abcde")
    yield str(question.key)
    yield TOO_FEW if each.discrimination is None else _decimal(each.discrimination)
    yield "; ".join(each.flags)


def _paper_row(each: PaperFigures) -> Iterator[str | int]:
    yield from (each.paper, ", ".join(each.events), each.candidates, each.questions, _percent(each.mean))
    yield TOO_FEW if each.reliability is None else _decimal(each.reliability)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _decimal(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")

"""Figures of a bank: what few answers say, what only thirty say, and the score sheets they are read from."""

import random
from pathlib import Path

import openpyxl
import pytest
from file_names import named
from harness import ROOT, SLUG

from kitgen.base.errors import Findings
from kitgen.base.holes import BLANK
from kitgen.base.project import Project
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.bank import AnswerOption, Question
from kitgen.model.edition import Edition
from kitgen.schemes.bank.score_sheets import read_sittings
from kitgen.schemes.bank.statistics import Sitting, item_figures, paper_figures
from kitgen.schemes.bank.stats import BankStatistics, stats_workbook


def item(id: str, difficulty: str = "medium") -> Question:
    options = tuple(AnswerOption(letter, f"Pilihan {letter}", "alasan") for letter in "abcd")
    return Question(id, "multiple_choice", "M.001", ("1.1",), "Apa?", options, "a", BLANK, (), difficulty)  # type: ignore[arg-type]


BANK = [item(f"PG-{number:02}") for number in range(10)]


def sittings(count: int) -> list[Sitting]:
    """Candidates of all abilities: the able are right more often; nobody ever chooses d of the first question."""
    chance = random.Random(3)
    found = []
    for number in range(count):
        ability = number / max(1, count - 1)
        answers = {
            each.id: "a" if chance.random() < 0.2 + 0.7 * ability else chance.choice("bc" if each is BANK[0] else "bcd")
            for each in BANK
        }
        found.append(Sitting("contoh", "A-1-ABCD", answers))
    return found


def test_few_answers_tell_difficulty_and_options_only() -> None:
    """Discrimination and reliability stay open below thirty candidates."""
    first = item_figures(BANK, sittings(12))[0]
    assert first.answers == 12 and 0 < first.right < 12 and sum(first.chosen.values()) == 12
    assert first.discrimination is None
    (paper,) = paper_figures(BANK, sittings(12))
    assert paper.reliability is None and paper.candidates == 12


def test_thirty_candidates_tell_discrimination_and_reliability() -> None:
    """Able candidates are right more often, so every figure is clearly above nothing."""
    figures = item_figures(BANK, sittings(200))
    assert all(each.discrimination is not None and each.discrimination > 0.15 for each in figures)
    (paper,) = paper_figures(BANK, sittings(200))
    assert paper.reliability is not None and 0.5 < paper.reliability < 0.95
    assert figures[0].flags == ("pilihan d tidak pernah dipilih: pengecohnya tidak bekerja",)


def test_every_flag_has_its_reason() -> None:
    """Too easy, below guessing, an option chosen more than the key, a question the weak get right."""
    asked = [Sitting("contoh", "A-1-ABCD", {"PG-00": "a", "PG-01": "b" if n % 9 else "a", "PG-02": "a" if n < 20 else "b",
                                            "PG-03": "a" if n >= 20 else "b", "PG-04": "a" if n >= 20 else "c"})
             for n in range(40)]  # fmt: skip
    flags = {each.question.id: " ".join(each.flags) for each in item_figures(BANK, asked)}
    assert "hampir semua benar" in flags["PG-00"]
    assert "lebih jarang daripada menebak" in flags["PG-01"] and "pilihan b lebih sering dipilih" in flags["PG-01"]
    assert "daya beda negatif" in flags["PG-02"]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_data(find_project(ROOT)).editions[0]


def test_a_score_sheet_is_read_by_the_letters_of_the_bank(edition: Edition, tmp_path: Path) -> None:
    """Printed letters are turned back, whatever the order of the options; nobody's name is kept."""
    record = next(each for each in edition.papers if each.kit == "scheme" and each.id.startswith("B-"))
    bank = {question.id: question for question in edition.bank}
    project = Project(tmp_path, tmp_path)
    folder = project.output_dir / "Jadwal" / "contoh" / "9 KUNCI"
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Skor"
    sheet.append(["Paket soal", None, f": B ({record.id})"])
    sheet.append(["No.", "Kode butir", "Kode unit", "KUK", "Kunci", 1, 2])
    for number, (id, order) in enumerate(record.questions, 1):
        key = "abcd"[order.index(str(bank[id].key))]
        sheet.append([number, id, bank[id].unit, "1.1", key, key.upper() if number % 2 else " a ", None])
    book.save(folder / named("14d Lembar Skor.xlsx"))
    findings = Findings()
    (found,) = read_sittings(project, edition, "contoh", findings)
    assert not findings.warnings and found.paper == record.id and len(found.answers) == len(record.questions)
    for number, (id, order) in enumerate(record.questions, 1):
        assert found.answers[id] == (bank[id].key if number % 2 else order[0])
    figures = BankStatistics(item_figures(edition.bank, [found]), paper_figures(edition.bank, [found]), ())
    assert stats_workbook(edition, figures) == stats_workbook(edition, figures)
    assert len(figures.items) == len(record.questions) and SLUG

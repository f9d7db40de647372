"""A scheme of twenty units, from a Word file to a whole kit, by the commands of docs/skema-baru.md and by Excel alone."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from harness import ROOT
from openpyxl.worksheet.worksheet import Worksheet
from published_pages import Units
from scheme_files import made_units, word_file

from kitgen.cli import cli
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data

pytestmark = pytest.mark.slow

UNITS = 20


def units() -> Units:
    """Made-up units; in each element something has to be known, besides what is done and made."""
    found: Units = []
    for code, title, elements in made_units(UNITS):
        known = [
            (number, name, [(criteria[0][0], f"Jenis bahan pada {name.lower()} dijelaskan"), *criteria[1:]])
            for number, name, criteria in elements
        ]
        found.append((code, title, known))
    return found


def commands() -> list[list[str]]:
    """The lines of the page, as a shell splits them."""
    (block,) = re.findall(r"```sh\n(.*?)```", (ROOT / "docs/skema-baru.md").read_text("utf-8"), re.DOTALL)
    return [shlex.split(line) for line in block.splitlines()]


def written_by_experts(path: Path) -> int:
    """Fill each row of the bank in Excel, as people do; gives how many."""
    workbook, filled = openpyxl.load_workbook(path), 0
    for sheet in workbook.worksheets:
        heads = {cell.value: cell.column for cell in sheet[1]}
        if "Soal" not in heads:
            continue
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, heads["Kode Butir"]).value:
                fill(sheet, row, heads)
                filled += 1
    workbook.save(path)
    return filled


def fill(sheet: Worksheet, row: int, heads: dict[object, int]) -> None:
    code = sheet.cell(row, heads["Kode Butir"]).value
    words = {"Soal": f"Apa yang dikerjakan pada butir {code}?", "Kunci": "a", "Jawaban Acuan": f"Jawaban butir {code}.",
             "Pokok Penilaian": f"Menyebut pokok butir {code}."}  # fmt: skip
    for letter in "ABC":
        words |= {
            f"Pilihan {letter}": f"Langkah {letter} butir {code}",
            f"Alasan {letter}": f"Alasan {letter} butir {code}",
        }
    for heading, text in words.items():
        if heading in heads:
            sheet.cell(row, heads[heading]).value = text


def decided_by_the_body(path: Path) -> int:
    """Take every mark of a proposal out of the workbook of the scheme; gives how many."""
    workbook, taken = openpyxl.load_workbook(path), 0
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "usulan":
                    cell.value, taken = None, taken + 1
    workbook.save(path)
    return taken


def test_the_commands_of_the_page_make_a_whole_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text editor in between: a Word file comes in, two workbooks are filled, every form of the plan is made and proven."""
    monkeypatch.chdir(tmp_path)
    counted: dict[str, int] = {}
    before: dict[str, Callable[[Path], int]] = {
        "scheme import": decided_by_the_body,
        "bank import": written_by_experts,
    }
    for words in commands():
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            Path("skema.docx").write_bytes(word_file(units()))
            continue
        name = " ".join(words[1:3])
        if name in before:
            counted[name] = before[name](Path(words[3]))
            assert counted[name] > 0
        run = CliRunner().invoke(cli, words[1:])
        assert run.exit_code == 0, (words, run.output[-3000:])
    (edition,) = load_data(find_project(Path.cwd())).editions
    criteria = [
        criterion for unit in edition.scheme.units for element in unit.elements for criterion in element.criteria
    ]
    assert len(edition.scheme.units) == UNITS and len(criteria) >= 150
    assert edition.bank and all(question.upkeep.status != "frame" for question in edition.bank)
    made = {path.name for path in Path("output").glob("*/2026/Skema Lengkap/*/*")}
    for code in (
        "FR.APL.01",
        "FR.APL.02",
        "FR.MAPA.01",
        "FR.MAPA.02",
        "FR.IA.01",
        "FR.IA.02",
        "FR.AK.01",
        "FR.IA.05A",
        "FR.IA.05B",
    ):
        assert any(code in name for name in made), code

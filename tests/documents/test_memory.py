"""Memory of a build stays flat: so much for each candidate more, and not what all their documents hold."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from harness import ROOT, KitProject

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="other systems count a process's memory otherwise"),
]

FEW, MANY = 30, 130
MOST: Final = 80_000
"""Bytes a candidate more may take, with three documents each: some 45,000 are taken, less of larger events."""
_BUILDS: Final = """
import sys
from kitgen.cli import cli
from kitgen.documents.status import ranges
from kitgen.render.compiled import CompiledTemplate

ranges.MOST = 60
held, made = [], CompiledTemplate.render_parts
if sys.argv[2] == "leaks":
    CompiledTemplate.render_parts = lambda self, values: (held.append(made(self, values)), held[-1])[1]
try:
    cli(["-C", sys.argv[1], "build", "--event", "contoh", "--jobs", "1"])
except SystemExit as ended:
    assert not ended.code, ended.code
print(next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""A build in ranges of a few documents, as of many they are; it tells the most memory its process held (`getrusage` would
count that of the one it came from)."""


@pytest.fixture
def event(kit_project: KitProject) -> KitProject:
    """An event with three forms for each candidate and two lists of all."""
    (kit_project.root / "events/contoh").mkdir(parents=True)
    (kit_project.root / "events/contoh/kunci-kode-dokumen.txt").write_text(f"{'5a' * 32}\n", "ascii")
    return kit_project.keep_forms(["FR.AK.01", "FR.AK.03", "FR.IA.01", "Daftar Hadir", "Rekap Jadwal"])


def invite(project: KitProject, count: int) -> None:
    """The sample event with so many candidates."""
    book = openpyxl.load_workbook(ROOT / "events/contoh/jadwal.xlsx")
    sheet = book["Asesi"]
    rows = list(sheet.iter_rows())
    first = next(number for number, row in enumerate(rows, 1) if str(row[0].value) == "1")
    nik = next(cell.column for cell in sheet[first] if str(cell.value).isdigit() and len(str(cell.value)) == 16)
    for number in range(1, count + 1):
        for cell in sheet[first]:
            sheet.cell(first + number - 1, cell.column).value = cell.value
        sheet.cell(first + number - 1, 1).value = number
        sheet.cell(first + number - 1, 2).value = f"Asesi Contoh {number:02}"
        sheet.cell(first + number - 1, nik).value = f"{str(sheet.cell(first, nik).value)[:-4]}{number:04}"
    book.save(project.root / "events/contoh/jadwal.xlsx")


def most_held(project: KitProject, count: int, cache: Path, how: str = "") -> int:
    """The most memory a build of the event with so many candidates holds, in bytes."""
    invite(project, count)
    environment = {**os.environ, "KITGEN_CACHE": str(cache), "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    done = subprocess.run([sys.executable, "-c", _BUILDS, str(project.root), how], env=environment, cwd=ROOT,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((project.root / "output").rglob("*.*x"))) >= 3 * count
    return int(done.stdout.splitlines()[-1])


def test_a_candidate_more_takes_little_memory(event: KitProject, tmp_path: Path) -> None:
    """What is measured tells: a list of what was rendered that is kept takes more than is let through."""
    cache = tmp_path / "simpanan"
    most_held(event.copy_to(tmp_path / "templat"), 12, cache)  # templates are kept for both
    few, many = (most_held(event.copy_to(tmp_path / str(count)), count, cache) for count in (FEW, MANY))
    assert (many - few) / (MANY - FEW) < MOST
    leaking = most_held(event.copy_to(tmp_path / "bocor"), MANY, cache, "leaks")
    assert (leaking - few) / (MANY - FEW) > MOST

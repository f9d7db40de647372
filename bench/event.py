"""An event of 40 candidates, all forms: how long a cold build, a second one and a plan after a rename take, and how much memory.

    pip install -e '.[bench]'
    python bench/event.py [--candidates 40]

Each command runs in a process of its own, as an admin runs it; the memory is the most that process held.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")


def event_of(project: Path, candidates: int) -> Path:
    """The sample event with so many candidates of nobody's name."""
    workbook = project / "events/contoh/jadwal.xlsx"
    book = openpyxl.load_workbook(workbook)
    sheet = book["Asesi"]
    head = next(row for row in range(1, 20) if str(sheet.cell(row, 1).value).strip().lower() == "no")
    first = next(row for row in range(head + 1, 40) if str(sheet.cell(row, 1).value) == "1")
    for number in range(1, candidates + 1):
        row = first + number - 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).value = (
                sheet.cell(first, column).value if number > 12 else sheet.cell(row, column).value
            )
        if number > 12:
            sheet.cell(row, 1).value = number
            sheet.cell(row, 2).value = f"Asesi Contoh {number:02}"
    book.save(workbook)
    return workbook


def timed(project: Path, *arguments: str) -> None:
    start = time.perf_counter()
    command = [sys.executable, "-m", "kitgen", "-C", str(project), *arguments]
    result = subprocess.run(command, capture_output=True, text=True)
    taken = time.perf_counter() - start
    last = result.stdout.strip().splitlines()[-1:] or result.stderr.strip().splitlines()[-1:]
    print(f"{' '.join(arguments):<34} {taken:6.2f} s   {last[0] if last else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=40)
    parser.add_argument("--folder", type=Path, default=MEMORY if MEMORY.is_dir() else None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        project = Path(name)
        for part in ("scheme", "templates", "events"):
            shutil.copytree(ROOT / part, project / part)
        workbook = event_of(project, options.candidates)
        timed(project, "build", "--event", "contoh")
        timed(project, "build", "--event", "contoh")
        book = openpyxl.load_workbook(workbook)
        for row in book["Asesi"].iter_rows():
            for cell in row:
                if cell.value == "Asesi Contoh 03":
                    cell.value = "Asesi Contoh Baru"
        book.save(workbook)
        timed(project, "plan", "--event", "contoh")
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"most memory of one process: {most:.0f} MB")


if __name__ == "__main__":
    main()

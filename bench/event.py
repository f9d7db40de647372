"""An event of 40 candidates, all forms: how long a cold build, a second one, a plan after a rename and one after a criterion was
reworded take, how much memory; and whether what the last one calls stale is what prints the criterion.

    pip install -e '.[bench]'
    python bench/event.py [--candidates 40] [--runs 5]

Each command runs in a process of its own, as an admin runs it; the memory is the most that process held.
"""

import argparse
import json
import os
import re
import resource
import shutil
import statistics
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
            nik = next(cell for cell in sheet[row] if str(cell.value).isdigit() and len(str(cell.value)) == 16)
            nik.value = f"{str(nik.value)[:-4]}{number:04}"  # people share no NIK: it would be left blank
    book.save(workbook)
    return workbook


def rename(workbook: Path, old: str, new: str) -> None:
    book = openpyxl.load_workbook(workbook)
    for row in book["Asesi"].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    book.save(workbook)


def timed(project: Path, *arguments: str) -> tuple[float, float, str]:
    """Seconds of one command in a process of its own, seconds of processor it took, and the last line it said."""
    command = [sys.executable, "-m", "kitgen", "-C", str(project), *arguments]
    # an installed package has its bytecode; so has this one after its first run
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    taken, now = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    said = (result.stdout if result.returncode == 0 else result.stderr).strip().splitlines()
    return taken, worked, said[-1] if said else ""


def reworded(project: Path) -> tuple[str, str]:
    """KUK 1.3 of the unit about complaints as it is, and with other words, in which it is left in the scheme."""
    path = next(project.glob("scheme/*/2024/scheme.yaml"))
    text = path.read_text("utf-8")
    start = text.index('number: "1.3"', text.index('- code: "M.702090.008.'))
    old = re.compile(r'text: "(.*)"').search(text, start)[1]
    path.write_text(text.replace(f'"{old}"', '"Penyesalan atas kejadian itu diungkapkan"'), "utf-8")
    return old, text


def printing(project: Path, words: str) -> set[str]:
    """The documents of the event in which these words stand, read off the files."""
    from kitgen.documents.disk.document import document_parts, find_documents
    from kitgen.render.dump.dump import dump_parts

    folder = project / "output"
    return {
        path
        for path in find_documents(folder)
        if any(words in line.text for line in dump_parts(document_parts(folder / path), path))
    }


def stale(project: Path) -> set[str]:
    command = [sys.executable, "-m", "kitgen", "-C", str(project), "plan", "--event", "contoh", "--json", "--names"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["documents"]
    return {row["path"] for row in rows if row["state"] != "same"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=MEMORY if MEMORY.is_dir() else None)
    options = parser.parse_args()
    taken: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}
    said: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        project = Path(name)
        for part in ("scheme", "templates", "events"):
            shutil.copytree(ROOT / part, project / part)
        workbook = event_of(project, options.candidates)
        timed(project, "--help")
        for _ in range(options.runs):
            shutil.rmtree(project / "output", ignore_errors=True)
            for case, arguments in (
                ("cold build", ("build",)),
                ("second build", ("build",)),
                ("plan after one rename", ("plan",)),
                ("plan, KUK reworded", ("plan",)),
            ):
                if case == "plan after one rename":
                    rename(workbook, "Asesi Contoh 03", "Asesi Contoh Baru")
                if case == "plan, KUK reworded":
                    rename(workbook, "Asesi Contoh Baru", "Asesi Contoh 03")
                    old, told = reworded(project)
                seconds, processor, said[case] = timed(project, *arguments, "--event", "contoh")
                taken.setdefault(case, []).append(seconds)
                worked.setdefault(case, []).append(processor)
            exact = stale(project) == printing(project, old)
            said["plan, KUK reworded"] += ", exactly what prints it" if exact else ", WHICH IS NOT WHAT PRINTS IT"
            next(project.glob("scheme/*/2024/scheme.yaml")).write_text(told, "utf-8")
    for case, times in taken.items():
        print(
            f"{case:<24} {statistics.median(times):6.2f} s   (least {min(times):.2f}; processor {min(worked[case]):.2f})   {said[case]}"
        )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory of one process: {most:.0f} MB; {options.candidates} candidates, {options.runs} runs")


if __name__ == "__main__":
    main()

"""How long PDFs take: seconds for each document of the shipped kits, by workers and batch size; packs; a run with nothing to do.

    python bench/pdf.py [--workers 1,2] [--batches 20,40,60,100] [--rounds 1]
    python bench/pdf.py --beside DIR [--rounds 2] [--workers 1] [--first N]   # another version of kitgen (its tree), the same documents

Beside the time on the clock stands the processor time of LibreOffice and all it starts, which other work on the machine changes
less, and the load of the machine before each run (so many programs wanted a processor, ours not among them yet).

`--beside` has both versions convert all documents of the shipped kits and of the sample event, in turn, and compares the PDFs byte for
byte. Of seconds of processors the least of the rounds counts.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kitgen.base.project import Project
from kitgen.documents.build.build import build
from kitgen.documents.build.kit_packs import pack_kits
from kitgen.documents.build.pdfs import jobs_of, print_documents
from kitgen.documents.disk.document import find_document
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.job import Job
from kitgen.documents.status.status import RunStatus, Selection, status_of
from kitgen.load.locate import find_project

ROOT = Path(__file__).resolve().parent.parent


def measured(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock, seconds of processors in programs started, and what the run gave."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    result = run()
    taken, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result


def remove_pdfs(project: Project) -> None:
    for pdf in project.output_dir.rglob("*.pdf"):
        pdf.unlink()


def measure(project: Project, run: RunStatus, workers: list[int], batches: list[int], rounds: int) -> None:
    cases = [(count, batch) for count in workers for batch in batches]
    walls: dict[tuple[int, int], list[float]] = {case: [] for case in cases}
    processors: dict[tuple[int, int], list[float]] = {case: [] for case in cases}
    loads: dict[tuple[int, int], list[float]] = {case: [] for case in cases}
    for _ in range(rounds):
        for count, batch in cases:
            remove_pdfs(project)
            jobs = list(jobs_of(project, run.documents))
            loads[count, batch].append(os.getloadavg()[0])
            wall, processor, made = measured(lambda: convert(jobs, project.output_dir, count, batch=batch))  # noqa: B023
            assert len(made.made) == len(jobs), made.problems
            walls[count, batch].append(wall / len(jobs))
            processors[count, batch].append(processor / len(jobs))
    print("workers  batch   s/document   processor s/document   load before")
    for count, batch in cases:
        key = (count, batch)
        print(f"{count:>7} {batch:>6} {statistics.median(walls[key]):>12.3f} {statistics.median(processors[key]):>22.3f}"
              f"   {', '.join(f'{load:.1f}' for load in loads[key])}")  # fmt: skip


def side(told: Path) -> None:
    """Convert what a list tells, by whatever version of kitgen is imported, and tell how long it took."""
    order = json.loads(told.read_text("utf-8"))
    out = Path(order["out"])
    jobs = [
        Job(Path(path), out / f"{number:04}.pdf", source, str(number))
        for number, (path, source) in enumerate(order["documents"])
    ]
    wall, processor, made = measured(lambda: convert(jobs, out / "room", order["workers"]))
    assert len(made.made) == len(jobs), made.problems
    print(json.dumps([wall, processor]))


def beside(other: Path, workers: int, rounds: int, first: int | None, folder: Path) -> None:
    """Both versions in turn; the PDFs of the one and of the other."""
    for part in ("scheme", "templates", "events"):
        shutil.copytree(ROOT / part, folder / part)
    project = find_project(folder)
    build(project, Selection())
    for event in sorted((folder / "events").iterdir()):
        build(project, Selection(event=event.name))
    documents = [
        (str(path), found.digest)
        for path in sorted(project.output_dir.rglob("*.*"))
        if path.suffix in (".docx", ".xlsx") and (found := find_document(path)) is not None and found.record is not None
    ]
    documents = documents[:: max(1, len(documents) // first)][:first] if first else documents
    print(
        f"{len(documents)} documents, {len({source for _, source in documents})} of them different, workers: {workers}"
    )
    taken: dict[str, list[tuple[float, float]]] = {"before": [], "after": []}
    for _ in range(rounds):
        for name, tree in (("before", other), ("after", ROOT)):
            out = folder / f"pdf-{name}"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            told = folder / "told.json"
            told.write_text(json.dumps({"documents": documents, "out": str(out), "workers": workers}), "utf-8")
            load = os.getloadavg()[0]
            run = subprocess.run([sys.executable, __file__, "--side", str(told)], check=True, capture_output=True,
                                 env={**os.environ, "PYTHONPATH": str(tree)})  # fmt: skip
            wall, processor = json.loads(run.stdout)
            taken[name].append((processor, wall))
            print(f"  {name:<7} {processor:8.1f} s of processors ({wall:7.1f} s), load before {load:.1f}", flush=True)
    for name, runs in taken.items():
        processor, wall = min(runs)
        print(f"{name:<7} {processor / len(documents):.4f} s of a processor a document ({wall / len(documents):.4f} s)")
    unequal = [
        path
        for number, (path, _) in enumerate(documents)
        if (folder / f"pdf-before/{number:04}.pdf").read_bytes() != (folder / f"pdf-after/{number:04}.pdf").read_bytes()
    ]
    print(f"PDFs that differ: {len(unequal)} of {len(documents)}", *unequal[:5], sep="\n  ")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--first", type=int)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--batches", default="20,40,60,100")
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    workers, batches = ([int(each) for each in text.split(",")] for text in (arguments.workers, arguments.batches))
    if arguments.side is not None:
        side(arguments.side)
        return
    with tempfile.TemporaryDirectory() as name:
        if arguments.beside is not None:
            beside(arguments.beside.resolve(), workers[0], arguments.rounds, arguments.first, Path(name))
            return
        for part in ("scheme", "templates"):
            shutil.copytree(ROOT / part, Path(name) / part)
        project = find_project(Path(name))
        build(project, Selection())
        run = status_of(project, Selection(), explain=False)
        print(f"{len(run.documents)} documents, {os.cpu_count()} processors")
        measure(project, run, workers, batches, arguments.rounds)
        again, _, printed = measured(lambda: print_documents(project, run))
        print(f"second run: {printed.made} converted, {printed.same} as they were, {again:.2f} s")
        packing, _, run = measured(lambda: pack_kits(project, Selection()))
        again, _, second = measured(lambda: pack_kits(project, Selection()))
        print(
            f"packs: {len(run.packed.written)} in {packing:.2f} s; second run: {len(second.packed.written)} in {again:.2f} s"
        )


if __name__ == "__main__":
    main()

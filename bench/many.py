"""Many events in one command: linear, memory flat, how it compares with the engine; killed in the middle; workers.

    python bench/many.py events [--documents 100000] [--jobs 2]   # one build of so many events; a line for each tenth
    python bench/many.py kill [--events 6]                        # killed in the middle, run again, beside a run in one go
    python bench/many.py workers [--events 12] [--rounds 3]       # one process, forked copies, processes, Dask workers, in turn
    python bench/many.py pdf [--events 1] [--form FR.AK.01]       # LibreOffices here, and Dask workers that have one each

Each event is the shipped sample event with a secret of its own. Figures are seconds of
processors, those of all processes of a run together; in brackets seconds on the clock, which others on the machine make longer.
"""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from whole import ENVIRONMENT, MEMORY, ROOT, engine_side, tree, used  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")


def project_of(folder: Path, events: int) -> Path:
    """The shipped schemes and templates with so many events, each with a secret of its own."""
    for part in ("scheme", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    book = (ROOT / "events/contoh/jadwal.xlsx").read_bytes()
    for number in range(1, events + 1):
        home = folder / f"events/jadwal-{number:04}"
        home.mkdir(parents=True)
        (home / "jadwal.xlsx").write_bytes(book)
        (home / "kunci-kode-dokumen.txt").write_text(f"{number:064x}\n", "ascii")
    return folder


def build(project: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kitgen", "--lang", "en", "-C", str(project), *(more or ("build", "--all-events"))]
    return subprocess.Popen(command, env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)  # fmt: skip


def seconds_of(pid: int) -> float:
    """Seconds of processors a process and all its children have taken, those that still run and those it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(int, fields[11:15])) / TICK + sum(seconds_of(int(each)) for each in children)


def of_process(pid: int) -> tuple[float, int]:
    """Seconds of processors a process and its children have taken, and the most memory it held itself, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return seconds_of(pid), int(most.split()[1])


def engine(folder: Path, rounds: int = 3) -> float:
    """Milliseconds of a processor a document takes to be rendered, packed, written and renamed, compiled before."""
    project = project_of(folder / "engine", 1)
    (project / "events/jadwal-0001").rename(project / "events/contoh")
    least, documents = float("inf"), 1
    for _ in range(rounds):
        made = engine_side(project, project)
        before = used()
        documents = made()
        least = min(least, used() - before)
    shutil.rmtree(project)
    return 1000 * least / documents


def events(folder: Path, documents: int, jobs: int) -> None:
    """One command for as many events as make so many documents."""
    one = project_of(folder / "one", 1)
    told = build(one, "build", "--all-events").communicate()[0]
    each = int(told.splitlines()[-1].split()[2])
    shutil.rmtree(one)
    count = -(-documents // each)
    project = project_of(folder / "many", count)
    start, run, made, at = (
        time.perf_counter(),
        build(project, "build", "--all-events", "--jobs", str(jobs)),
        0,
        (0.0, 0),
    )
    assert run.stdout is not None
    print(f"{count} events of {each} documents, {jobs} processes")
    first = 0.0
    for line in run.stdout:
        if not line.startswith("jadwal-"):
            continue
        made += 1
        if made % max(1, count // 10) == 0 or made in (1, count):
            now = of_process(run.pid)
            done = 1000 * (now[0] - at[0]) / (each * max(1, made - int(first)))
            clock = time.perf_counter() - start
            print(
                f"{made * each:7} documents  {now[0]:8.1f} s  ({clock:7.1f} s)  {done:5.2f} ms each  {now[1] / 1024:6.1f} MB",
                flush=True,
            )
            at, first = now, made
    run.communicate()
    everything = 1000 * at[0] / (each * count)
    base = engine(folder)
    print(
        f"all {everything:.2f} ms a document; the engine's side {base:.2f} ms: {100 * base / everything:.0f} % of it; exit {run.returncode}"
    )
    size = sum(path.stat().st_size for path in (project / "output").rglob("*") if path.is_file())
    print(f"{size / each / count / 1024:.1f} kB a document on the disk, index and history with it")


def kill(folder: Path, count: int) -> None:
    """Killed with everything it started when half of the events are made; the same command then makes the rest."""
    whole, cut = project_of(folder / "whole", count), project_of(folder / "cut", count)
    build(whole).communicate()
    run, made = build(cut), 0
    assert run.stdout is not None
    for line in run.stdout:
        made += line.startswith("jadwal-")
        if made == count // 2:
            time.sleep(0.5)  # into the next event
            run.send_signal(signal.SIGKILL)
            break
    run.communicate()
    left = sum(1 for path in (cut / "output").rglob("*.*x") if path.is_file())
    told = build(cut).communicate()[0].splitlines()[-1]
    same = tree(whole / "output") == tree(cut / "output")
    print(f"killed with {left} documents there; run again: {' '.join(told.split())}; trees equal: {same}")


def workers(folder: Path, count: int, rounds: int) -> None:
    """The same events by different workers, in turn; each is a command of its own, so that starting them counts."""
    project = project_of(folder / "workers", count)
    cases = {
        "one process": ("--jobs", "1"),
        "2 forked copies": ("--jobs", "2"),
        "2 processes that begin afresh": ("--cluster", "processes", "--jobs", "2"),
        "Dask, 1 worker": ("--cluster", "local", "--jobs", "1"),
        "Dask, 2 workers": ("--cluster", "local", "--jobs", "2"),
        "Dask, 3 workers": ("--cluster", "local", "--jobs", "3"),
    }
    compare(project, ("build", "--all-events"), "*.*x", cases, rounds)


def pdf(folder: Path, count: int, rounds: int, form: tuple[str, ...]) -> None:
    """PDFs of all documents of the events, or of those of a form."""
    project = project_of(folder / "pdf", count)
    build(project).communicate()
    cases = {"here, one for each processor": (), "Dask, 1 worker": ("--cluster", "local", "--jobs", "1"),
             "Dask, 2 workers": ("--cluster", "local", "--jobs", "2")}  # fmt: skip
    compare(project, ("build", "--all-events", "--pdf", *form), "*.pdf", cases, rounds)
    sizes = [path.stat().st_size for path in (project / "output").rglob("*.pdf")]
    print(f"{sum(sizes) / len(sizes) / 1024:.1f} kB a PDF")


def compare(project: Path, command: tuple[str, ...], made: str, cases: dict[str, tuple[str, ...]], rounds: int) -> None:
    taken: dict[str, list[tuple[float, float]]] = {case: [] for case in cases}
    trees, documents = set(), 0
    for _ in range(rounds):
        for case, options in cases.items():
            for path in (project / "output").rglob(made):
                path.unlink()
            if made != "*.pdf":
                shutil.rmtree(project / "output", ignore_errors=True)
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            run = build(project, *command, *options)
            told = run.communicate()
            if run.returncode:
                raise SystemExit(told[1])
            now = resource.getrusage(resource.RUSAGE_CHILDREN)
            worked = now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime
            taken[case].append((worked, time.perf_counter() - start))
            files = tree(project / "output")
            documents = sum(Path(name).match(made) for name in files)
            trees.add(tuple(sorted(files.items())))
    for case, times in taken.items():
        least, clock = min(each[0] for each in times), min(each[1] for each in times)
        print(
            f"{case:<32} {least:7.2f} s  ({clock:6.2f} s)  {1000 * least / documents:6.2f} ms each  {documents / clock:6.0f} a second on the clock"
        )
    print(
        f"{documents} files each, {rounds} rounds, {'all trees equal' if len(trees) == 1 else f'{len(trees)} DIFFERENT TREES'}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("events", "kill", "workers", "pdf"))
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--form", default="")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder or (MEMORY if MEMORY.is_dir() else None)) as name:
        folder = Path(name)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
        if options.what == "events":
            events(folder, options.documents, options.jobs)
        elif options.what == "kill":
            kill(folder, options.events or 6)
        elif options.what == "workers":
            workers(folder, options.events or 12, options.rounds)
        else:
            pdf(folder, options.events or 1, options.rounds, ("--form", options.form) if options.form else ())
        print(f"and after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

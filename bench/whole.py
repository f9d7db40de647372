"""A whole build beside what it cannot do without, on the frozen project (`bench/frozen.py`), both sides in turn in one run.

    python bench/whole.py kits [--rounds 7] [--project DIR]          # kits: beside the imports alone
    python bench/whole.py event [--candidates 1000] [--rounds 7]     # an event: beside rendering, packing, writing, renaming
    python bench/whole.py memory [--candidates 1000]                 # the most one process held, beside an event of 10
    python bench/whole.py trees --other DIR [--candidates 12]        # are the trees those another checkout of kitgen makes?

Figures are seconds of processors, those of child processes included, the least of all rounds; in brackets seconds on the
clock. Commands run in processes of their own. Of an event, starting Python, importing and compiling are left out on both
sides: each side's process has done all that before, for an event of ten candidates.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [
    str(Path(__file__).resolve().parent),
    os.environ.get("KITGEN_ROOT", str(Path(__file__).resolve().parent.parent)),
]

from event import event_of  # noqa: E402
from frozen import lay_out  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
SECRET = "5a" * 32
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed package has its bytecode; so has this one after its first run."""


def used() -> float:
    """Seconds of processors this process and the children it waited for have taken."""
    here, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return here.ru_utime + here.ru_stime + children.ru_utime + children.ru_stime


def ran(command: list[str], root: Path, kept: Path | None = None) -> tuple[float, float, int]:
    """A command in a process of its own: seconds of processors, seconds on the clock, most memory of it in kB."""
    environment = {**ENVIRONMENT, "PYTHONPATH": str(root), "KITGEN_ROOT": str(root)}
    environment["KITGEN_CACHE"] = str(kept) if kept is not None else "off"
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {process.returncode}\n{told}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss


def kitgen(project: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "kitgen", "-C", str(project), *arguments]


def shown(case: str, taken: list[tuple[float, float]], base: float) -> None:
    least, clock = min(each[0] for each in taken), min(each[1] for each in taken)
    print(f"{case:<42} {least:7.3f} s  ({clock:6.3f} s)  {least / base:6.2f} times")


def kits(folder: Path, rounds: int, own: Path | None) -> None:
    """Kits cold, cold with kept templates, again, and planned, beside the imports; of the frozen project or another."""
    project, kept = folder / "kits", folder / "kept"
    if own is None:
        lay_out(project)
    else:
        shutil.copytree(own, project, ignore=shutil.ignore_patterns("output", ".kitgen", "riwayat"))
    imports = [sys.executable, "-c", "import click, yaml, jinja2.sandbox, lxml.etree"]
    cases: dict[str, tuple[list[str], Path | None, bool]] = {
        "import click, yaml, jinja2, lxml": (imports, None, False),
        "build, cold": (kitgen(project, "build"), None, True),
        "build, output empty, templates kept": (kitgen(project, "build"), kept, True),
        "build again": (kitgen(project, "build"), kept, False),
        "plan": (kitgen(project, "plan"), kept, False),
    }
    ran(kitgen(project, "build"), ROOT, kept)
    taken: dict[str, list[tuple[float, float]]] = {case: [] for case in cases}
    for _ in range(rounds):
        for case, (command, cache, is_new) in cases.items():
            if is_new:
                shutil.rmtree(project / "output", ignore_errors=True)
            taken[case].append(ran(command, ROOT, cache)[:2])
    base = min(each[0] for each in taken["import click, yaml, jinja2, lxml"])
    for case, times in taken.items():
        shown(case, times, base)
    print(f"{sum(1 for each in (project / 'output').rglob('*.*x') if each.is_file())} documents, {rounds} rounds")


def event_project(folder: Path, candidates: int) -> Path:
    project = folder / f"event-{candidates}"
    lay_out(project)
    event_of(project, candidates)
    (project / "events/contoh/kunci-kode-dokumen.txt").write_text(f"{SECRET}\n", "ascii")
    return project


# One side of the event, in a process of its own.


def compiled_once() -> None:
    """Have templates compiled once in this process, for whatever project."""
    from kitgen.documents.status import templates

    compiling, known = templates.compile_template, {}

    def compile_template(path: Path, *rest: Any, **more: Any) -> Any:
        key = (path.name, repr(rest[2:]), repr({name: value for name, value in more.items() if name == "allowed"}))
        if key not in known:
            known[key] = compiling(path, *rest, **more)
        return known[key]

    templates.compile_template = compile_template  # type: ignore[assignment]


def build_side(project: Path, small: Path, count: int, is_fresh: bool = False) -> Callable[[], int]:
    """The build by so many processes: forked copies, or (`is_fresh`) such as begin afresh and import."""
    from kitgen.documents.build.build import build
    from kitgen.documents.status.status import Selection
    from kitgen.documents.work.places import PROCESSES, crew_at
    from kitgen.load.locate import find_project

    for each in (small, project):
        shutil.rmtree(each / "output", ignore_errors=True)
        (each / "events/contoh/riwayat.json").unlink(missing_ok=True)
    build(find_project(small), Selection(event="contoh"), workers=1)

    def made() -> int:
        if not is_fresh:
            return len(build(find_project(project), Selection(event="contoh"), workers=count).written)
        with crew_at(PROCESSES, count) as crew:
            return len(build(find_project(project), Selection(event="contoh"), workers=crew).written)

    return made


def documents_of(project: Path) -> Iterator[tuple[str, Any, Any]]:
    """Path, compiled template and values of every document of the event."""
    from kitgen.base.project import EditionName
    from kitgen.documents.status.maker import DocumentRenderer
    from kitgen.documents.status.templates import templates_of
    from kitgen.kits.event_kit import event_kit
    from kitgen.kits.paths import safe_name
    from kitgen.kits.plan import plan_documents
    from kitgen.load.event.event import check_event, choices_of
    from kitgen.load.locate import find_project
    from kitgen.load.project_data import load_data

    found, loaded = find_project(project), {}

    def choices(edition: EditionName) -> Any:
        loaded["data"] = load_data(found, *edition)
        return choices_of(loaded["data"].editions[0])

    schedule = check_event(found, "contoh", choices).schedule
    assert schedule is not None
    data = loaded["data"]
    templates = templates_of(found, data)
    maker = DocumentRenderer(templates, data)
    for document in plan_documents(data.forms, [event_kit(data.editions[0], schedule)]):
        values = maker.values(document)
        template = templates.compiled(document.form, is_large=bool(values["stamp"]["large"]))  # type: ignore[index]
        yield f"Jadwal/{safe_name(schedule.name)}/{document.path}", template, values


def engine_side(project: Path, small: Path) -> Callable[[], int]:
    from kitgen.documents.disk.document import record_properties
    from kitgen.documents.disk.staleness import Record

    shutil.rmtree(project / "output", ignore_errors=True)
    everything, record = (
        list(documents_of(project)),
        record_properties(Record("0" * 64, "FR.IA.01", "kit", "0000-0000-000")),
    )

    def made() -> int:
        aside, ready = project / "output/.kitgen-aside", []
        aside.mkdir(parents=True)
        for number, (path, template, values) in enumerate(everything):
            file = aside / str(number)
            with file.open("xb") as opened:
                opened.write(template.render_parts(values).pack(record))
            ready.append((file, project / "output" / path))
        for folder in {target.parent for _, target in ready}:
            folder.mkdir(parents=True, exist_ok=True)
        for file, target in ready:
            file.replace(target)
        return len(ready)

    return made


def side(name: str, project: Path, small: Path) -> None:
    """Measure one side and print it."""
    from kitgen.documents.work.collecting import collect_seldom

    collect_seldom()  # as every command does
    compiled_once()
    way, _, count = name.partition(" ")
    run = engine_side(project, small) if way == "engine" else build_side(project, small, int(count), way == "afresh")
    start, before = time.perf_counter(), used()
    documents = run()
    print(json.dumps([used() - before, time.perf_counter() - start, documents]))


def event(folder: Path, candidates: int, rounds: int) -> None:
    """An event, the build's side with one process, with a forked copy and with two that begin afresh, beside the
    engine's."""
    for number in (10, candidates):
        event_project(folder, number)
    taken: dict[str, list[tuple[float, float]]] = {case: [] for case in ("engine", "build 1", "build 2", "afresh 2")}
    documents = 0
    ran(kitgen(folder / "event-10", "build", "--event", "contoh"), ROOT, folder / "kept")  # templates to keep
    for _ in range(rounds):
        for case, times in taken.items():
            command = [
                sys.executable,
                __file__,
                "side",
                "--side",
                case,
                "--folder",
                str(folder),
                "--candidates",
                str(candidates),
            ]
            told = subprocess.run(
                command, env={**ENVIRONMENT, "KITGEN_CACHE": str(folder / "kept")}, capture_output=True, text=True
            )
            if told.returncode:
                raise SystemExit(told.stderr)
            processor, clock, documents = json.loads(told.stdout.splitlines()[-1])
            times.append((processor, clock))
    base = min(each[0] for each in taken["engine"])
    for case, times in taken.items():
        least, clock = min(each[0] for each in times), min(each[1] for each in times)
        print(
            f"{case:<12} {least:7.2f} s  ({clock:6.2f} s)  {1000 * least / documents:5.2f} ms a document  engine = {100 * base / least:3.0f} %"
        )
    print(f"{documents} documents of {candidates} candidates, {rounds} rounds")


def memory(folder: Path, candidates: int) -> None:
    """The most memory one process of a build holds; templates are kept by a build before, on both sides."""
    most = {}
    ran(kitgen(event_project(folder, 9), "build", "--event", "contoh"), ROOT, folder / "kept")
    for number in (10, candidates):
        project = event_project(folder, number)
        processor, clock, most[number] = ran(kitgen(project, "build", "--event", "contoh"), ROOT, folder / "kept")
        print(f"{number:5} candidates: {most[number] / 1024:6.1f} MB  {processor:6.2f} s  ({clock:6.2f} s)")
        shutil.rmtree(project)
    print(f"{(most[candidates] - most[10]) / (candidates - 10):.1f} kB a candidate")


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kitgen" not in path.relative_to(folder).parts
    }


WAYS = (("--jobs", "1"), ("--jobs", "2"), ("--jobs", "3"), ("--cluster", "processes", "--jobs", "2"))
"""Who works: this process, forked copies of it, processes that begin afresh."""


def trees(folder: Path, other: Path, candidates: int) -> None:
    """Whether kits and an event are, byte for byte, what another checkout makes, with however many processes."""
    wanted: dict[str, str] = {}
    clean = event_project(folder, candidates)
    for root, way in ((other, WAYS[0]), *((ROOT, way) for way in WAYS)):
        project = Path(shutil.copytree(clean, folder / "trees"))
        for arguments in (("build",), ("build", "--event", "contoh")):
            ran(kitgen(project, *arguments, *way), root, folder / "kept")
        found = tree(project)
        wanted = wanted or found
        differing = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        print(f"{' '.join(way):<30} {len(found)} files, {len(differing)} differ {differing[:3]}  {root}", flush=True)
        shutil.rmtree(project)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kits", "event", "memory", "trees", "side"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--other", type=Path)
    parser.add_argument("--project", type=Path)
    parser.add_argument("--side", default="")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.what == "side":
        return side(options.side, options.folder / f"event-{options.candidates}", options.folder / "event-10")
    with tempfile.TemporaryDirectory(dir=options.folder or (MEMORY if MEMORY.is_dir() else None)) as name:
        folder = Path(name)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
        if options.what == "kits":
            kits(folder, options.rounds, options.project)
        elif options.what == "event":
            event(folder, options.candidates, options.rounds)
        elif options.what == "memory":
            memory(folder, options.candidates)
        else:
            trees(folder, options.other.resolve(), options.candidates)
        print(f"and after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

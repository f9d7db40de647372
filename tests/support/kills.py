"""Builds that are killed, over nothing or over an output of before, and what must hold afterwards."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

from event_books import at, set_cells
from harness import KitProject, command
from history import WITHDRAWN

from kitgen.documents.disk.document import SUFFIXES

EVENT = ("--event", "contoh")


def started(small: KitProject, target: Path, over: str) -> KitProject:
    """A project with a build to be done: over nothing, or over an output with stale, orphaned and missing files."""
    project = small.copy_to(target)
    if over == "an output":
        entries, scheme = project.forms(), project.edition / "scheme.yaml"
        text = scheme.read_text("utf-8")
        project.write_forms({**entries, "FR.ZZ.99": {**next(iter(entries.values())), "number": "99"}})
        scheme.write_text(text.replace('title: "', 'title: "Lain: '), "utf-8")
        project.build()
        scheme.write_text(text, "utf-8")
        project.write_forms(entries)
        shutil.rmtree(project.output / "Skema Lengkap")
    return project


def started_event(small: KitProject, target: Path, over: str) -> KitProject:
    """The same for the event: its output is that of before a rename, a withdrawal and a reworded form."""
    project = small.copy_to(target)
    if over == "an output":
        workbook, entries = project.root / "events/contoh/jadwal.xlsx", project.forms()
        told, code = workbook.read_bytes(), next(iter(entries))
        set_cells(workbook, {at("name", 2): "Asesi Lama", at("status", 3): "mundur", at("assessor", 1): 2})
        project.write_forms({**entries, code: {**entries[code], "title": "Judul Lama"}})
        project.build(*EVENT)
        project.write_forms(entries)
        workbook.write_bytes(told)
        shutil.rmtree(next((project.root / "output/Jadwal/contoh").glob("9*")))
    return project


def sound_and_finished(project: KitProject, expected: dict[str, str], *arguments: str) -> None:
    """After a kill: no half file under a document's name, none that seems edited or foreign; one build mends all."""
    states = project.states(*arguments)
    assert {state for state in states.values() if state in ("edited", "foreign")} == set()
    tree = project.build(*arguments).tree()
    assert {path: digest for path, digest in tree.items() if f"/{WITHDRAWN}/" not in path} == expected
    assert all(Path(path).suffix in SUFFIXES for path in tree.keys() - expected.keys())
    project.run("plan", *arguments, "--check")


def killed_at(project: KitProject, arguments: tuple[str, ...], files: int, seconds: float) -> bool:
    """Whether a build in a process of its own could be killed after so many files or, without files, seconds."""
    before = project.stamps()
    process = command("-C", project.root, "build", *arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + (60 if files else seconds)
    while process.poll() is None and time.monotonic() < deadline:
        if files and _changed(project, before) >= files:
            break
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _changed(project: KitProject, before: dict[str, tuple[str, int]]) -> int:
    """How many files are new or of another time than before."""
    count = 0
    try:
        for path in (project.root / "output").rglob("*.*"):
            known = before.get(path.relative_to(project.root / "output").as_posix())
            count += path.is_file() and (known is None or path.stat().st_mtime_ns != known[1])
    except FileNotFoundError:  # it was removed meanwhile, or the folder that was being looked through
        pass
    return count

"""Builds that are killed, over nothing or over an output of before, and what must hold afterwards."""

import os
import shutil
import signal
import time
from pathlib import Path

from click.testing import CliRunner
from event_books import at, set_cells
from harness import KitProject
from history import WITHDRAWN

from kitgen.cli import cli
from kitgen.documents.disk.document import SUFFIXES
from kitgen.documents.work import copies

EVENT = ("--event", "contoh")
_MAY_FORK = copies.may_fork
"""As it is outside of tests, which see what is made in their own process."""


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
    """Whether a build in a forked process could be killed after so many files or, without files, seconds.

    It shares its work out among processes as it does for people, which must end with it.
    """
    before = project.stamps()
    child = os.fork()
    if not child:
        copies.may_fork = _MAY_FORK
        CliRunner().invoke(cli, ["-C", str(project.root), "build", *arguments])
        os._exit(0)
    deadline = time.monotonic() + (60 if files else seconds)
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        if files and _changed(project, before) >= files:
            break
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


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

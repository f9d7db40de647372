"""Every reader and both engines under mutations: whatever they are given, a problem is told as a problem, and soon."""

import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import SLUG, KitProject
from mutations import mutated

from kitgen.base.errors import KitgenError, Refused
from kitgen.documents.build.archive import read_archive
from kitgen.documents.build.sample import sample_values
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.history import read_history
from kitgen.documents.disk.index import read_index, read_reads
from kitgen.load.event.event import check_event
from kitgen.load.event.handover_record import handovers_of
from kitgen.load.locate import find_project
from kitgen.load.project_data import read_data
from kitgen.load.records import load_records
from kitgen.render import compile_template
from kitgen.schemes.bank.bank import import_bank
from kitgen.schemes.published.import_page import import_page, read_page

NAME = "contoh"
SECONDS = 20.0
"""Processor time one case may take: far more than any sound file needs, even on a busy machine."""


class Slow(Exception):
    """Raised in a case that takes too long."""


@dataclass(frozen=True)
class Target:
    """A file that is mutated in its project, what kind it is, and who reads it."""

    path: str
    kind: str
    read: Callable[[KitProject, Path], object]


def _data(project: KitProject, path: Path) -> object:
    from kitgen.base.errors import Findings

    return read_data(find_project(project.root), None, None, Findings())


def _event(project: KitProject, path: Path) -> object:
    return check_event(find_project(project.root), NAME)


def _template(project: KitProject, path: Path) -> object:
    compiled = compile_template(path, path.name)
    return compiled.render(sample_values(compiled.reads))


def _folder(project: KitProject, path: Path) -> object:
    whole, folder = find_project(project.root), f"{SLUG}/2024"
    return read_index(project.output), read_reads(project.output), read_history(whole, folder)


EDITION = f"scheme/{SLUG}/2024"


def targets(project: KitProject) -> dict[str, Target]:
    """What there is to be mutated in a built project with an event, a bank workbook, an archive, a page and data."""
    root = project.root
    found = {f"yaml {path.name}": Target(path.relative_to(root).as_posix(), "yaml", _data)
             for path in [*sorted(project.edition.glob("*.yaml")), *sorted(project.edition.glob("questions/*.yaml"))[:1],
                          *sorted(project.edition.glob("scenarios/*.yaml"))[:1], root / "scheme/identity.yaml",
                          root / "templates/forms.yaml"]}  # fmt: skip
    for pattern in ("templates/docx/FR*.docx", "templates/xlsx/*.xlsx"):
        for path in sorted(root.glob(pattern))[:4]:
            found[f"template {path.name}"] = Target(path.relative_to(root).as_posix(), "zip", _template)
    found |= {
        "event workbook": Target(f"events/{NAME}/jadwal.xlsx", "zip", _event),
        "bank workbook": Target("bank.xlsx", "zip", lambda p, path: import_bank(find_project(p.root), path, None, None, False, True)),
        "archive": Target("arsip.zip", "zip", lambda p, path: read_archive(path)),
        "page": Target("halaman.txt", "text", lambda p, path: import_page(read_page(path), p.root / "baru", "Skema", "2030")),
        "data": Target("data.json", "json", lambda p, path: load_records(path)),
        "data yaml": Target("data.yaml", "yaml", lambda p, path: load_records(path)),
        "index": Target(f"output/{SLUG}/2024/manifest.json", "json", _folder),
        "history": Target(f"riwayat/{SLUG}/2024.json", "json", _folder),
        "record of deliveries": Target(f"events/{NAME}/serah-terima.json", "json",
                                       lambda p, path: handovers_of(find_project(p.root), NAME)),
    }  # fmt: skip
    document = next(iter(sorted(project.output.rglob("*.docx"))), None)
    if document is not None:
        found["finished document"] = Target(
            document.relative_to(root).as_posix(), "zip", lambda p, path: find_document(path)
        )
    return {name: each for name, each in found.items() if (root / each.path).is_file()}


def tried(project: KitProject, target: Target, seed: int) -> tuple[str, bytes]:
    """One mutated file given to its reader; gives what is wrong with how it was taken (empty: nothing), and the file.

    It is put back afterwards. One to four mutations, drawn by the seed; of those that fail, as few as still fail.
    """
    path = project.root / target.path
    sound = path.read_bytes()
    chance = random.Random(seed)
    steps = [chance.randrange(2**32) for _ in range(chance.randrange(1, 5))]
    try:
        fault = _fault(project, target, path, _made(sound, target.kind, steps))
        while fault and len(steps) > 1:
            fewer = next((less for at in range(len(steps)) for less in [steps[:at] + steps[at + 1 :]]
                          if _fault(project, target, path, _made(sound, target.kind, less))), None)  # fmt: skip
            if fewer is None:
                break
            steps = fewer
        return fault, _made(sound, target.kind, steps)
    finally:
        path.write_bytes(sound)


def _made(sound: bytes, kind: str, steps: list[int]) -> bytes:
    for step in steps:
        sound = mutated(sound, kind, random.Random(step))
    return sound


def _fault(project: KitProject, target: Target, path: Path, data: bytes) -> str:
    path.write_bytes(data)
    begun = time.process_time()
    try:
        with _limited():
            target.read(project, path)
    except (KitgenError, Refused) as told:
        return "a control sign is told" if "\x1b" in str(told) else ""
    except Slow:
        return f"took more than {SECONDS} s ({time.process_time() - begun:.0f} s)"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


@contextmanager
def _limited() -> Iterator[None]:
    """Raises `Slow` inside, where the system can count processor time."""
    if sys.platform == "win32":
        yield
        return

    def late(number: int, frame: Any) -> None:
        raise Slow

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def project_to_fuzz(project: KitProject) -> KitProject:
    """Built, with all the files that are mutated."""
    import shutil

    (project.root / "data.json").write_text('[{"nama": "Ani", "nilai": [1, 2.5, null, {"a": true}]}]', "utf-8")
    (project.root / "data.yaml").write_text("- nama: Ani\n  nilai: [1, 2]\n- nama: Budi\n", "utf-8")
    shutil.copy(Path(__file__).parents[1] / "fixtures" / "published-page.txt", project.root / "halaman.txt")
    project.build("--form", "FR.IA.01").build("--event", NAME).run("event", "deliver", NAME)
    project.run("bank", "export", str(project.root / "bank.xlsx")).run("archive", str(project.root / "arsip.zip"))
    return project

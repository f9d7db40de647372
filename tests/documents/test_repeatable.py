"""The same everywhere: on any machine, at any hour, and after any power cut, a build gives the same files."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from harness import ROOT, SLUG, KitProject, command, dies, edit_by_hand, tree_digests
from history import WITHDRAWN, small_project
from kills import EVENT, killed_at, sound_and_finished, started, started_event

from kitgen.load.event.secret import SECRET_NAME

pytestmark = pytest.mark.slow

INDEX = f"{SLUG}/2024/manifest.json"
SHIFTED_CLOCK = """
import datetime, time
shift, real = 300_000_000, {name: getattr(time, name) for name in ("time", "time_ns", "localtime", "gmtime")}
time.time = lambda: real["time"]() + shift
time.time_ns = lambda: real["time_ns"]() + shift * 10**9
time.localtime = lambda moment=None: real["localtime"](time.time() if moment is None else moment)
time.gmtime = lambda moment=None: real["gmtime"](time.time() if moment is None else moment)

class datetime_(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    today = utcnow = now

class date_(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

datetime.datetime, datetime.date = datetime_, date_
"""
OTHER_ORDER = """
import os
real_listdir, real_scandir = os.listdir, os.scandir

class scandir:
    def __init__(self, *arguments):
        with real_scandir(*arguments) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name[::-1], reverse=True))
    def __iter__(self):
        return self.entries
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *exception):
        return None
    def close(self):
        return None

os.listdir = lambda *arguments: sorted(real_listdir(*arguments), key=lambda name: name[::-1], reverse=True)
os.scandir = scandir
"""
Moment = tuple[int, float]
"""When a build is killed: after so many files (0: by time), after so many seconds."""

ELSEWHERE: dict[str, dict[str, Any]] = {
    "another hash seed and time zone": {"env": {"PYTHONHASHSEED": "4242", "TZ": "Asia/Jayapura"}},
    "a plain ASCII locale": {"env": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}},
    "another user": {
        "env": {"HOME": "/nowhere", "USER": "lain", "LOGNAME": "lain", "HOSTNAME": "lain"},
        "umask": 0o077,
    },
    "another hour": {"site": SHIFTED_CLOCK, "env": {"SOURCE_DATE_EPOCH": "1"}},
    "another order of files": {"site": OTHER_ORDER},
    "warnings for bytes and development mode": {"env": {"PYTHONDEVMODE": "1"}},
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project with a form of each kind and an event of four, never built; the event has its secret."""
    return small_project(tmp_path_factory.mktemp("small") / "proyek")


@pytest.fixture(scope="module")
def expected(small: KitProject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files a build of it gives."""
    return small.copy_to(tmp_path_factory.mktemp("expected") / "proyek").build().tree()


@pytest.fixture(scope="module")
def expected_event(small: KitProject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files a build of its event gives."""
    return small.copy_to(tmp_path_factory.mktemp("expected") / "proyek").build(*EVENT).tree()


def built_there(
    project: Path, tmp_path: Path, *, site: str = "", options: Iterable[str] = (), **settings: Any
) -> dict[str, str]:
    """The files a build in a process of its own gives, under other circumstances."""
    (tmp_path / "site").mkdir(exist_ok=True)
    (tmp_path / "site" / "sitecustomize.py").write_text(site, "utf-8")
    process = command("-C", project, "build", *options, paths=[tmp_path / "site"], **settings)
    said, talk = process.communicate(timeout=120)
    assert process.returncode == 0, talk
    assert " written, 0 as they were" in said
    return tree_digests(project / "output")


@pytest.mark.parametrize("circumstances", ELSEWHERE.values(), ids=ELSEWHERE)
def test_circumstances_change_no_byte(
    small: KitProject, expected: dict[str, str], tmp_path: Path, circumstances: dict[str, Any]
) -> None:
    """Hash seed, time zone, locale, user, clock and the order of folders leave no trace in any file."""
    project = small.copy_to(tmp_path / "proyek").root
    assert built_there(project, tmp_path, **circumstances) == expected


def test_nothing_is_left_of_what_nobody_asks_for(small: KitProject, tmp_path: Path) -> None:
    """Without any form of an event or kit, not even an index stays, as after a clean build."""
    project = small.copy_to(tmp_path / "proyek").build().build(*EVENT)
    left = {code: entry for code, entry in project.forms().items() if "coverage" in entry["given"]}
    project.write_forms(left).build(*EVENT).build()
    clean = project.copy_to(tmp_path / "bersih")
    shutil.rmtree(clean.root / "output")
    clean.build(*EVENT).build()
    withdrawn = f"/{WITHDRAWN}/"
    assert {name: text for name, text in project.tree().items() if withdrawn not in name} == clean.tree()


@pytest.mark.parametrize("workers", ["1", "2", "5"])
def test_the_number_of_workers_changes_no_byte(
    small: KitProject, expected: dict[str, str], expected_event: dict[str, str], tmp_path: Path, workers: str
) -> None:
    """Documents shared out among processes are those one process makes, and so is what is remembered of them."""
    project = small.copy_to(tmp_path / "proyek").root
    assert built_there(project, tmp_path, options=("--jobs", workers)) == expected
    made = built_there(project, tmp_path, options=(*EVENT, "--jobs", workers))
    assert made == expected | expected_event


def test_the_number_of_workers_changes_no_reason(
    small: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a plan says of changed, edited and missing documents, of kits and of an event."""
    project = small.copy_to(tmp_path / "proyek").build().build(*EVENT)
    documents = sorted(project.output.rglob("*.docx"))
    for path in documents[::7]:
        path.unlink()
    edit_by_hand(documents[3], "Skema", "Skema ini")
    project.edit_scheme("text: ", "text: Kata lain ")
    alone = [project.json("plan", *options) for options in ((), (*EVENT, "--names"))]
    monkeypatch.setattr("kitgen.documents.work.copies.may_fork", lambda: True)
    monkeypatch.setattr("kitgen.documents.status.parallel.WORTH_IT", 0)
    monkeypatch.setattr("kitgen.documents.work.copies.processors", lambda: 3)
    assert [project.json("plan", *options) for options in ((), (*EVENT, "--names"))] == alone
    assert {"changed", "deleted", "edited"} <= {each["state"] for plan in alone for each in plan["documents"]}


def test_the_number_of_workers_changes_no_error(small: KitProject, tmp_path: Path) -> None:
    """Faults of templates and values are told in one order, each once, and nothing is written."""
    project = small.copy_to(tmp_path / "proyek")
    forms = project.forms()
    for entry in forms.values():
        entry["given"] = [name for name in entry["given"] if name != "candidate"]
    project.write_forms(forms)
    told = set()
    for workers in ("1", "2", "5"):
        process = command("-C", project.root, "build", "--jobs", workers)
        told.add(process.communicate(timeout=120))
        assert process.returncode == 1
    assert len(told) == 1 and "which the form is not given" in told.pop()[1]
    assert not project.output.exists()


def test_the_place_of_the_project_changes_no_byte(small: KitProject, expected: dict[str, str], tmp_path: Path) -> None:
    """A folder of another name, entered by `-C` from elsewhere or by its own inner folder, gives the same files."""
    moved = small.copy_to(tmp_path / "Folder lain é & 'x'").root
    for arguments, folder in ((["-C", moved.name], tmp_path), ([], moved / "scheme" / SLUG)):
        process = command(*arguments, "build", cwd=folder)
        _, talk = process.communicate(timeout=120)
        assert process.returncode == 0, talk
        assert tree_digests(moved / "output") == expected
        shutil.rmtree(moved / "output")


def test_files_made_in_another_order_change_no_byte(
    small: KitProject, expected: dict[str, str], tmp_path: Path
) -> None:
    """Data and templates copied file by file, last one first, and keys of forms.yaml turned round."""
    target = tmp_path / "proyek"
    for path in sorted((path for path in small.root.rglob("*") if path.is_file()), reverse=True):
        copy = target / path.relative_to(small.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    project = KitProject(target)
    project.write_forms(dict(reversed(project.forms().items())))
    assert project.build().tree() == expected


def test_all_forms_are_the_same_under_all_other_circumstances_at_once(shipped_kit: KitProject, tmp_path: Path) -> None:
    """Everything that ships, built here and there."""
    here = shipped_kit.tree()
    there = KitProject.copy_of(ROOT, tmp_path / "lain é").root
    environment = {name: value for each in ELSEWHERE.values() for name, value in each.get("env", {}).items()}
    del environment["PYTHONDEVMODE"], environment["PYTHONUTF8"]
    assert built_there(there, tmp_path, site=SHIFTED_CLOCK + OTHER_ORDER, env=environment, umask=0o027) == here


# Killed at any moment

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


@needs_fork
@pytest.mark.parametrize("over", ["nothing", "an output"])
@pytest.mark.parametrize("of", ["kits", "an event"])
def test_a_build_killed_at_any_file_is_mended_by_the_next(
    small: KitProject, expected: dict[str, str], expected_event: dict[str, str], tmp_path: Path, of: str, over: str
) -> None:
    """SIGKILL when the n-th file appears or changes, or some time after the start."""
    start, arguments, files = (started, (), expected) if of == "kits" else (started_event, EVENT, expected_event)
    whole = start(small, tmp_path / "dulu", over)
    moments = random.Random(f"{of}, {over}")  # others for each case, the same in every run
    count = len(files)
    times = [(1 + moments.randrange(count - 1), 0.0), (count - 2, 0.0), (0, moments.uniform(0.05, 0.4))]
    assert killed_and_mended(whole, tmp_path, files, arguments, times), "every build was done before it could be killed"


def killed_and_mended(
    whole: KitProject, folder: Path, expected: dict[str, str], arguments: tuple[str, ...], times: Iterable[Moment]
) -> int:
    """Kill a build of a copy at each of these moments, see it mended, and give how many were killed in time."""
    killed = 0
    for number, (files, seconds) in enumerate(times):
        project = whole.copy_to(folder / f"proyek {number}")
        killed += killed_at(project, arguments, files, seconds)
        sound_and_finished(project, expected, *arguments)
        shutil.rmtree(project.root)
    return killed


@needs_fork
@pytest.mark.parametrize("over", ["nothing", "an output"])
@pytest.mark.parametrize("of", ["kits", "an event"])
def test_a_build_that_dies_at_any_change_of_the_disk_is_mended_by_the_next(
    small: KitProject, expected: dict[str, str], expected_event: dict[str, str], tmp_path: Path, of: str, over: str
) -> None:
    """Half a file written, before a rename, before the index, among the removals: the next build gives a clean tree."""
    start, arguments, files = (started, (), expected) if of == "kits" else (started_event, EVENT, expected_event)
    whole = start(small, tmp_path / "dulu", over)
    every = dies(whole.copy_to(tmp_path / "semua"), 0, *arguments)
    assert every > len(files) / 2
    for step in sorted({1, 2, every // 2, *range(every - 2, every + 1)}):
        project = whole.copy_to(tmp_path / f"langkah {step}")
        assert dies(project, step, *arguments) == 0
        sound_and_finished(project, files, *arguments)
        shutil.rmtree(project.root)


@needs_fork
def test_an_event_that_dies_over_its_secret_has_one_after_the_next_build(small: KitProject, tmp_path: Path) -> None:
    """Written aside and renamed: there is no half secret, and what was printed under it keeps its serials."""
    for step in (1, 2, 3):
        project = small.copy_to(tmp_path / f"langkah {step}")
        secret = project.root / "events/contoh" / SECRET_NAME
        secret.unlink()
        assert dies(project, step, *EVENT) == 0
        assert secret.is_file() == (step > 2)
        project.build(*EVENT)
        assert len(bytes.fromhex(secret.read_text("ascii"))) == 32
        assert sorted(path.name for path in secret.parent.iterdir()) == ["jadwal.xlsx", SECRET_NAME, "riwayat.json"]
        project.run("plan", *EVENT, "--check")


@needs_fork
def test_replace_that_dies_half_way_loses_nothing(small: KitProject, tmp_path: Path) -> None:
    """Between setting the edited document aside and writing the new one, both are never gone."""
    finished = small.copy_to(tmp_path / "jadi").build()
    clean = finished.tree()
    path = next(path for path in sorted(clean) if path.endswith(".docx"))
    edit_by_hand(finished.root / "output" / path, "<w:body>", "<w:body><w:p/>")
    mine = finished.tree()[path]
    every = dies(finished.copy_to(tmp_path / "semua"), 0, "--replace", path)
    assert every >= 3  # set aside, written, renamed
    for step in range(1, every + 1):
        project = finished.copy_to(tmp_path / f"langkah {step}")
        assert dies(project, step, "--replace", path) == 0
        tree = project.build().tree()
        assert mine in tree.values()
        made = {name: digest for name, digest in tree.items() if digest != mine and name != INDEX}
        assert made.items() <= clean.items()


def test_two_builds_at_once_leave_a_tree_the_next_build_finishes(
    small: KitProject, expected: dict[str, str], tmp_path: Path
) -> None:
    """Neither writes a half file over the other's; whatever one of them says, nothing is lost."""
    project = small.copy_to(tmp_path / "proyek")
    processes = [command("-C", project.root, "build") for _ in range(3)]
    for process in processes:
        _, talk = process.communicate(timeout=120)
        assert process.returncode in (0, 1)
        assert "Traceback" not in talk
    sound_and_finished(project, expected)


def test_this_python_is_the_one_that_is_tested() -> None:
    """Processes of their own run the source that lies beside the tests."""
    code = "import kitgen, sys; print(kitgen.__file__)"
    said = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True
    )
    assert Path(said.stdout.decode().strip()).parent == ROOT / "kitgen"

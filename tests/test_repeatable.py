"""The same everywhere: on any machine, at any hour, and after any power cut, a build gives the same files."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from harness import ROOT, SLUG, KitProject, command, dies, edit_by_hand, tree_digests

pytestmark = pytest.mark.usefixtures("compiled_once")

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
    """A project with a form of each kind, never built."""
    return KitProject.copy_of(ROOT, tmp_path_factory.mktemp("small") / "proyek").one_form_of_each_kind()


@pytest.fixture(scope="module")
def expected(small: KitProject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files a build of it gives."""
    return small.copy_to(tmp_path_factory.mktemp("expected") / "proyek").build().tree()


def built_there(project: Path, tmp_path: Path, *, site: str = "", **settings: Any) -> dict[str, str]:
    """The files a build in a process of its own gives, under other circumstances."""
    (tmp_path / "site").mkdir(exist_ok=True)
    (tmp_path / "site" / "sitecustomize.py").write_text(site, "utf-8")
    process = command("-C", project, "build", paths=[tmp_path / "site"], **settings)
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


def test_all_forms_are_the_same_under_all_other_circumstances_at_once(tmp_path: Path) -> None:
    """Everything that ships, built here and there."""
    here = KitProject.copy_of(ROOT, tmp_path / "sini").build().tree()
    there = KitProject.copy_of(ROOT, tmp_path / "lain é").root
    environment = {name: value for each in ELSEWHERE.values() for name, value in each.get("env", {}).items()}
    del environment["PYTHONDEVMODE"], environment["PYTHONUTF8"]
    assert built_there(there, tmp_path, site=SHIFTED_CLOCK + OTHER_ORDER, env=environment, umask=0o027) == here


# Killed at any moment


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


def sound_and_finished(project: KitProject, expected: dict[str, str]) -> None:
    """After a kill: no half file under a document's name, none that seems edited or foreign; one build mends all."""
    states = project.states()
    assert {state for state in states.values() if state in ("edited", "foreign")} == set()
    assert project.build().tree() == expected
    project.run("plan", "--check")


@pytest.mark.parametrize("over", ["nothing", "an output"])
def test_a_build_killed_at_any_file_is_mended_by_the_next(
    small: KitProject, expected: dict[str, str], tmp_path: Path, over: str
) -> None:
    """SIGKILL when the n-th file appears or changes, or some time after the start."""
    total = len(expected)
    project = started(small, tmp_path / "proyek", over)
    whole = project.copy_to(tmp_path / "dulu")
    killed = 0
    for files, seconds in ((1, 0.0), (total // 2, 0.0), (total - 2, 0.0), (0, 0.2)):
        shutil.rmtree(project.root)
        project = whole.copy_to(project.root)
        before = project.stamps()
        process = command("-C", project.root, "build", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + (seconds or 60)
        while process.poll() is None and time.monotonic() < deadline:
            if files and _changed(project, before) >= files:
                break
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        sound_and_finished(project, expected)
    assert killed, "every build was done before it could be killed"


def _changed(project: KitProject, before: dict[str, tuple[str, int]]) -> int:
    """How many files are new or of another time than before."""
    count = 0
    for path in (project.root / "output").rglob("*.*"):
        try:
            known = before.get(path.relative_to(project.root / "output").as_posix())
            count += path.is_file() and (known is None or path.stat().st_mtime_ns != known[1])
        except FileNotFoundError:
            continue
    return count


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


@needs_fork
@pytest.mark.parametrize("over", ["nothing", "an output"])
def test_a_build_that_dies_at_any_change_of_the_disk_is_mended_by_the_next(
    small: KitProject, expected: dict[str, str], tmp_path: Path, over: str
) -> None:
    """Half a file written, before a rename, before the index, among the removals: the next build gives a clean tree."""
    whole = started(small, tmp_path / "dulu", over)
    every = dies(whole.copy_to(tmp_path / "semua"), 0)
    assert every > len(expected)
    for step in sorted({1, 2, 3, every // 2, *range(every - 3, every + 1)}):
        project = whole.copy_to(tmp_path / f"langkah {step}")
        assert dies(project, step) == 0
        sound_and_finished(project, expected)
        shutil.rmtree(project.root)


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

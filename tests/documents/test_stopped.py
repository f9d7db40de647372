"""What stops a run from outside: nothing goes on behind its back, nothing of people is left where nobody looks."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from fake_office import FakeOffice
from harness import ROOT, KitProject, command, tree_digests

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups are otherwise there"),
]
UNIT = "M.702090.008.01"


def alive(pid: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone(pid: int, seconds: float = 10) -> bool:
    """Whether it ends within a moment."""
    for _ in range(int(seconds * 20)):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def hanging(tmp_path_factory: pytest.TempPathFactory) -> tuple[KitProject, FakeOffice]:
    """A project with a document that asks the fake LibreOffice to hang, built but for its PDFs."""
    folder = tmp_path_factory.mktemp("macet")
    office = FakeOffice(folder / "palsu")
    project = KitProject.copy_of(ROOT, folder / "proyek").keep_forms(["FR.IA.01", "FR.APL.01"])
    project.edit_scheme("\ntitle: ", "\ntitle: ASK:hang ").build("--unit", UNIT)
    return project, office


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_no_libreoffice_outlives_a_run(hanging: tuple[KitProject, FakeOffice], tmp_path: Path, name: str) -> None:
    """However it is stopped: programs it started end, copies of documents are gone, the next run can be done."""
    project, office = hanging
    elsewhere = tmp_path / "sementara"
    elsewhere.mkdir()
    before = tree_digests(project.root / "output")
    (office.folder / "child").unlink(missing_ok=True)
    office.forget()
    run = command(
        "-C", project.root, "build", "--pdf", "--unit", UNIT,
        env={"KITGEN_SOFFICE": str(office.path), "TMPDIR": str(elsewhere)},
    )  # fmt: skip
    while not (office.folder / "child").is_file() or not (office.folder / "child").read_text():
        assert run.poll() is None, run.communicate()
        time.sleep(0.05)
    children = [int(each) for each in (office.folder / "child").read_text().split()]
    assert all(map(alive, children))
    assert [path.name for path in elsewhere.iterdir()] == []
    run.send_signal(getattr(signal, name))
    _, said = run.communicate()
    assert all(map(gone, children))
    if name != "SIGKILL":
        assert run.returncode == 128 + getattr(signal, name), said
        assert "stopped before it was done" in said and "Traceback" not in said
        assert tree_digests(project.root / "output") == before
    project.build("--unit", UNIT)  # sweeps what a killed one left
    assert tree_digests(project.root / "output") == before
    assert list((project.root / "output").glob(".kitgen-*")) == [] and list(elsewhere.iterdir()) == []


def test_copies_that_work_along_end_with_a_killed_run(tmp_path: Path) -> None:
    """Forked copies of a run hold no lock and do not work on when nobody listens."""
    script = (
        "import os, sys, time\nfrom kitgen.documents.status import parallel\n"
        "def work(task):\n"
        "    print(os.getpid(), flush=True)\n"
        "    time.sleep(60)\n"
        "parallel.share_out([1, 2], work, [1.0, 1.0], 2)\n"
    )
    import subprocess

    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE,
                           env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert run.stdout is not None
    with run.stdout:
        both = [int(run.stdout.readline()) for _ in range(2)]
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    assert all(map(gone, both)) or sys.platform != "linux"


def test_a_run_that_may_ignore_a_closed_terminal_does(kit_project: KitProject) -> None:
    """`nohup kitgen build` goes on."""
    kit_project.keep_forms(["FR.IA.01"])
    run = command("-C", kit_project.root, "build", "--unit", UNIT,
                  preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))  # fmt: skip
    time.sleep(0.3)
    run.send_signal(signal.SIGHUP)
    run.communicate()
    assert run.returncode == 0

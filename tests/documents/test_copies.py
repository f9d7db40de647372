"""Forked copies that stay for a command: what was compiled before they were made they know; they end with their run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from harness import ROOT

from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.work import copies
from kitgen.documents.work.parcel import Kind, WorkContext

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")


def never_prepared(context: Any) -> Any:
    raise ValueError("a copy knows it")


def who(prepared: Any, job: int) -> tuple[int, int, int]:
    return prepared[0], os.getpid(), job


def slowly(prepared: Any, job: int) -> tuple[int, int, int]:
    """So slowly that not all is done before one is killed."""
    time.sleep(0.05)
    return who(prepared, job)


KIND = Kind(never_prepared, who)


def test_copies_know_what_was_prepared_before_them() -> None:
    """It does not travel to them, and they are others than this process."""
    with copies.crew_of_copies(2) as crew:
        context = WorkContext.of("templat")
        crew.foresee(context, lambda: [os.getpid()])
        found = list(crew.results(KIND, context, range(30)))
    assert [each[::2] for each in found] == [(os.getpid(), number) for number in range(30)]
    assert os.getpid() not in {each[1] for each in found}


def test_what_comes_later_travels_to_copies() -> None:
    """As to any worker: one that has none asks for it."""
    plain = Kind(tuple, who)
    with copies.crew_of_copies(1) as crew:
        assert len(list(crew.results(KIND, WorkContext.of("awal"), [1]))) == 1
        assert [each[0] for each in crew.results(plain, ["kemudian"], range(5))] == ["kemudian"] * 5


def test_a_killed_copy_is_replaced() -> None:
    """Those made anew know the same; no job is lost."""
    unhurried = Kind(never_prepared, slowly)
    with copies.crew_of_copies(2) as crew:
        context = WorkContext.of("templat lain")
        crew.foresee(context, lambda: [7])
        results = crew.results(unhurried, context, range(60))
        os.kill(next(results)[1], signal.SIGKILL)
        assert [each[2] for each in results] == list(range(1, 60)) and crew.begun_anew


@pytest.mark.parametrize("count", [1, 2])
def test_one_process_or_threads_have_no_copies(count: int) -> None:
    """The processes of these tests may not be copied, and one process needs no other."""
    with SharedInputs(are_many=True) as loaded:
        assert loaded.copies(count) is None


def test_copies_stay_for_all_runs_and_go_with_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "may_fork", lambda: True)
    with SharedInputs(are_many=True) as loaded:
        crew = loaded.copies(2)
        assert crew is not None and crew is loaded.copies(2)
        crew.foresee(WorkContext.of("templat"), lambda: [1])
        (found,) = crew.results(KIND, WorkContext.of("templat"), [1])
    assert not Path(f"/proc/{found[1]}").exists()


def test_copies_end_with_a_killed_run(tmp_path: Path) -> None:
    script = (
        "import os, sys, time\n"
        "from kitgen.documents.work.copies import crew_of_copies\n"
        "from kitgen.documents.work.parcel import Kind\n"
        "def told(context, job):\n    print(os.getpid(), flush=True)\n    time.sleep(60)\n"
        "with crew_of_copies(2) as crew:\n    list(crew.results(Kind(str, told), 'x', range(4)))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert run.stdout is not None
    with run.stdout:
        at_work = int(run.stdout.readline())
        both = [int(each) for each in Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()]
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    assert at_work in both and len(both) == 2
    until = time.monotonic() + 20
    while any(Path(f"/proc/{each}").exists() for each in both) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{each}").exists() for each in both)

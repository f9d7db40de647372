"""Work shared out among processes: every task is done once, and what comes of it does not tell how many there were."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.errors import KitgenError, failure
from kitgen.documents.status import parallel as sharing
from kitgen.documents.work import copies

LONG = [1.0] * 6
forking = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")


@pytest.fixture
def may_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes of the tests have threads of their own, which hold no lock a task needs."""
    monkeypatch.setattr("kitgen.documents.work.copies.may_fork", lambda: True)


@given(st.lists(st.floats(0, 100)), st.integers(1, 9), st.sets(st.integers(0, 20)))
def test_every_task_is_in_one_lot(seconds: list[float], workers: int, here: set[int]) -> None:
    """None twice, none lost; those of this process in its own lot; no other lot is empty."""
    here &= set(range(len(seconds)))
    lots = sharing._lots(seconds, workers, frozenset(here))
    assert sorted(number for lot in lots for number in lot) == list(range(len(seconds)))
    assert here <= set(lots[0]) and all(lots[1:]) and len(lots) <= workers


def test_lots_are_of_about_equal_length() -> None:
    """The longest task first: no lot is longer than another by more than a task."""
    lots = sharing._lots([5, 1, 1, 1, 1, 1, 4, 2], 2, frozenset())
    assert {sum([5, 1, 1, 1, 1, 1, 4, 2][number] for number in lot) for lot in lots} == {8}


@forking
@pytest.mark.parametrize("workers", [1, 2, 4, 9])
def test_results_come_in_order(may_fork: None, workers: int) -> None:
    """Whoever worked them out; never more processes than asked for, and more than one where that was."""
    results = sharing.share_out("abcdef", lambda letter: (letter.upper(), os.getpid()), LONG, workers)
    assert [letter for letter, _ in results] == list("ABCDEF")
    assert min(workers, 2) <= len({process for _, process in results}) <= workers


@forking
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_copy_whose_parent_went_before_it_looked_ends(is_gone: bool) -> None:
    """Its parent is the one that forked it, not whoever has taken it over since."""
    parent = 2**22 + 1 if is_gone else os.getpid()
    copy = os.fork()
    if not copy:
        copies.end_with_parent(parent)
        os._exit(7)
    _, status = os.waitpid(copy, 0)
    assert os.waitstatus_to_exitcode(status) == (1 if is_gone else 7)


@forking
def test_tasks_stay_here_that_must(may_fork: None) -> None:
    """Their results may be what cannot be handed over."""
    results = sharing.share_out(range(6), lambda number: os.getpid(), LONG, 3, here=[1, 4])
    assert results[1] == results[4] == os.getpid() and 1 < len(set(results)) <= 3


@forking
def test_an_error_is_raised_as_it_was(may_fork: None) -> None:
    """With everything it carries, by this process, whoever met it; nobody is left running."""

    def work(number: int) -> int:
        if number in (2, 5):
            raise failure(f"fault {number} of {os.getpid()}")
        return number

    with pytest.raises(KitgenError, match=rf"fault [25] of {os.getpid()}"):
        sharing.share_out(range(6), work, LONG, 3)
    assert not multiprocessing.active_children()


@forking
def test_what_a_killed_process_had_to_do_is_done_here(may_fork: None, capfd: pytest.CaptureFixture[str]) -> None:
    """So is what cannot be handed over; nothing of it is told."""
    here = os.getpid()

    def work(number: int) -> object:
        if number == 1 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return (lambda: number) if number == 2 else number

    results = sharing.share_out(range(6), work, LONG, 6, here=[0])
    assert [each() if callable(each) else each for each in results] == list(range(6))
    assert capfd.readouterr() == ("", "")


@forking
def test_no_process_outlives_a_killed_run() -> None:
    """Those that took part find nobody listening, and end."""
    script = (
        "import os, signal, time\nfrom kitgen.documents.status.parallel import share_out\n"
        "def work(n):\n    os.write(1, f'{os.getpid()}\\n'.encode())\n"
        "    time.sleep(0.2 if n else 1)\n    n or os.kill(os.getpid(), signal.SIGKILL)\n    return b'x' * 10**7\n"
        "share_out(range(3), work, [1.0] * 3, 3, here=[0])"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert process.returncode == -signal.SIGKILL
    others = [int(line) for line in process.stdout.split()]
    until = time.monotonic() + 20
    while any(Path(f"/proc/{number}").exists() for number in others) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(others) == 3 and not any(Path(f"/proc/{number}").exists() for number in others)


def test_little_work_is_not_shared(may_fork: None) -> None:
    """Starting a process would take longer."""
    results = sharing.share_out(range(6), lambda number: os.getpid(), [0.01] * 6, 4)
    assert set(results) == {os.getpid()}


def test_without_forking_one_process_does_it_all() -> None:
    """On other systems, and where threads are about."""
    assert set(sharing.share_out(range(6), lambda number: os.getpid(), LONG, 4)) == {os.getpid()}

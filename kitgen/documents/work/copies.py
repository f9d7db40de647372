"""Forked copies of this process (Linux): they know all that it knows, end with it, and say nothing by themselves."""

import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from typing import Final

from kitgen.documents.work.crew import Crew

_DIE_WITH_PARENT: Final = 1
"""`PR_SET_PDEATHSIG` of Linux' prctl."""
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM) + ((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ())


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a copy of this process is safe: elsewhere than on Linux, or with threads about, a lock may stay shut."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextlib.contextmanager
def unstopped() -> Iterator[None]:
    """No signal reaches this process while it forks: a copy would take it for its own, and tell of it as if it were."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent(parent: int) -> None:
    """A copy is ended by what ends its run: at once where the run is stopped, on Linux where it is killed, too.

    `parent` is told by the process itself: who asks for it here may have lost it already.
    """
    for each in _STOPPING:
        signal.signal(each, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    with contextlib.suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def crew_of_copies(size: int) -> Crew:
    """A crew of so many copies, made when there is work: what is compiled by then no copy compiles anew."""
    return Crew(partial(_copies, size), size, inherits=True)


def _copies(size: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(size, get_context("fork"), _begin, (os.getpid(),))
    with unstopped():
        executor.submit(_nothing)  # all copies are made now, before there is a thread
    return executor


def _begin(parent: int) -> None:
    end_with_parent(parent)
    gc.freeze()  # what was there before is not looked through, which would copy it


def _nothing() -> None:
    """The first job of all."""

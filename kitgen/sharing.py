"""Work shared out among processes: the same results in the same order, however many there are."""

import os
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

WORTH_IT: Final = 0.3
"""Seconds of work from which on another process is started: that takes some hundredths of a second itself."""

_shared: Callable[[int], Any]
"""What the forked copies work with: as they know all that this process knows, they need only be told numbers."""


def share_out(
    tasks: Sequence[Task],
    work: Callable[[Task], Result],
    seconds: Sequence[float],
    workers: int | None = None,
    here: Collection[int] = (),
) -> list[Result]:
    """What `work` gives for each task, in order; on systems that can fork, several processes take part in it.

    `seconds` tell about how long each task takes; of `workers` there are as many as processors unless given. Tasks
    whose numbers are in `here` are done by this process. What the others give comes back pickled; an error in a task
    is raised here as it is, that of the first lot which met one.
    """
    lots = _lots(seconds, processors() if workers is None else workers, frozenset(here))
    if len(lots) < 2 or sum(seconds) < WORTH_IT or not _may_fork():
        return [work(task) for task in tasks]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _shared
    _shared = lambda number: work(tasks[number])  # noqa: E731 - the copies take it over as it is at the fork
    results: dict[int, Result] = {}
    with ProcessPoolExecutor(len(lots) - 1, get_context("fork")) as pool:
        elsewhere = [pool.submit(_of_lot, lot) for lot in lots[1:]]
        results |= _of_lot(lots[0])
        for each in elsewhere:
            results |= each.result()
    return [results[number] for number in range(len(tasks))]


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _of_lot(numbers: Sequence[int]) -> dict[int, Any]:
    return {number: _shared(number) for number in numbers}


def _lots(seconds: Sequence[float], workers: int, here: frozenset[int]) -> list[list[int]]:
    """The numbers of the tasks in lots of about equal length, that of this process first; only it may be empty."""
    lots: list[list[int]] = [[] for _ in range(max(workers, 1))]
    taken = [0.0] * len(lots)
    for number in sorted(range(len(seconds)), key=lambda number: (number not in here, -seconds[number], number)):
        least = 0 if number in here else taken.index(min(taken))
        lots[least].append(number)
        taken[least] += seconds[number]
    return [sorted(lot) for place, lot in enumerate(lots) if lot or place == 0]


def _may_fork() -> bool:
    """Whether a copy of this process is safe: elsewhere than on Linux, or with threads about, a lock may stay shut."""
    return sys.platform == "linux" and threading.active_count() == 1

"""Work shared out among processes: the same results in the same order, however many there are."""

import os
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from kitgen.documents.work import copies

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")

WORTH_IT: Final = 0.3
"""Seconds of work from which on another process is started: that takes some hundredths of a second itself."""


def share_out(
    tasks: Sequence[Task],
    work: Callable[[Task], Result],
    seconds: Sequence[float],
    workers: int | None = None,
    here: Collection[int] = (),
    progress: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """What `work` gives for each task, in order; on Linux forked copies of this process take part in it.

    They know all that this process knows, and hand over results by pickle; what one of them does not hand over, since
    an error came up or it was killed, is done here, so that errors are raised as they are. `seconds` tell about how
    long each task takes; of `workers` there are as many as processors unless given. Tasks whose numbers are in `here`
    are done by this process. `progress` is told how many tasks are done, as far as this process's own share tells.
    """
    lots = _lots(seconds, copies.processors() if workers is None else workers, frozenset(here))

    def of_lot(numbers: Sequence[int]) -> dict[int, Result]:
        return {number: work(tasks[number]) for number in numbers}

    def told(numbers: Sequence[int]) -> dict[int, Result]:
        results: dict[int, Result] = {}
        whole, done = sum(seconds[number] for number in numbers), 0.0
        for number in numbers:
            results[number] = work(tasks[number])
            done += seconds[number]
            if progress is not None:
                progress(int(len(tasks) * done / whole) if number != numbers[-1] else len(tasks), len(tasks))
        return results

    if len(lots) < 2 or sum(seconds) < WORTH_IT or not copies.may_fork():
        return list(told(range(len(tasks))).values())
    from multiprocessing import get_context

    context, others = get_context("fork"), []
    try:
        for lot in lots[1:]:
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=_hand_over, args=(of_lot, lot, reader, writer, os.getpid()), daemon=True)
            with copies.unstopped():
                process.start()
            writer.close()
            others.append((lot, reader, process))
        results = told(lots[0])
        for lot, reader, _ in others:
            results |= _handed_over(reader) or of_lot(lot)
    finally:
        for _, reader, process in others:
            reader.close()  # one that has not come to its end finds nobody listening, and stops
            process.terminate()
            process.join()
    return [results[number] for number in range(len(tasks))]


def _hand_over(
    of_lot: Callable[[Sequence[int]], dict[int, Result]],
    lot: Sequence[int],
    reader: "Connection",
    writer: "Connection",
    parent: int,
) -> None:
    """Runs in a forked copy of the process `parent`: says nothing but the results, or nothing at all."""
    copies.end_with_parent(parent)
    reader.close()  # else writing would wait for this very process to read, once the one that forked it is killed
    try:
        writer.send(of_lot(lot))
    except BaseException:  # told by the process that does it once more; an interrupted run is told by nobody else
        return


def _handed_over(reader: "Connection") -> dict[int, Result] | None:
    try:
        results: dict[int, Result] = reader.recv()
    except (EOFError, OSError):
        return None
    return results


def _lots(seconds: Sequence[float], workers: int, here: frozenset[int]) -> list[list[int]]:
    """The numbers of the tasks in lots of about equal length, that of this process first; only it may be empty."""
    lots: list[list[int]] = [[] for _ in range(max(workers, 1))]
    taken = [0.0] * len(lots)
    for number in sorted(range(len(seconds)), key=lambda number: (number not in here, -seconds[number], number)):
        least = 0 if number in here else taken.index(min(taken))
        lots[least].append(number)
        taken[least] += seconds[number]
    return [sorted(lot) for place, lot in enumerate(lots) if lot or place == 0]

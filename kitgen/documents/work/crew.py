"""A crew of workers behind any executor: results in the order of the jobs, whoever works and whichever is killed."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from kitgen.documents.work.parcel import Kind, WorkContext, WorkerAnswer, WorkParcel, do_range, have_prepared

_TRIES: Final = 4
"""So often a job is given out before whoever asks must do it: it may be what kills the workers."""
_AHEAD: Final = 3
"""Jobs for each worker that are given out before the first of them is asked for."""


class Here(Executor):
    """This very process: each job is done when it is given out."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> "Future[Any]":
        """Do it; gives a future that has come."""
        future: Future[Any] = Future()
        future.set_result(fn(*arguments, **named))
        return future


@dataclass(slots=True)
class _Given:
    """A job that was given out, to which executor, and how often."""

    job: WorkParcel
    executor: Executor
    future: "Future[WorkerAnswer]"
    tries: int = 1


@dataclass(slots=True)
class Crew:
    """Regu kerja: `size` workers of what `start` gives, begun when there is work; begun anew when they are gone.

    Of a context (what many jobs have in common) each worker is given one copy and keeps it.
    """

    start: Callable[[], Executor]
    size: int = 1
    inherits: bool = False
    """Whether workers know what this process knew when they were begun."""
    begun_anew: int = 0
    """How often all workers were gone and others took their places."""
    _contexts: dict[int, tuple[object, WorkContext]] = field(default_factory=dict)
    _executor: Executor | None = None
    _knowing: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the workers go."""
        executor, self._executor = self._executor, None
        if executor is not None:
            with suppress(Exception):
                executor.shutdown(wait=True, cancel_futures=True)

    def context_of(self, of: object, make: Callable[[], object]) -> WorkContext:
        """What `make` gives of an object, packed once for all calls about it."""
        known = self._contexts.get(id(of))
        if known is None:  # the object is kept, so that no other takes its place in memory and its number
            known = self._contexts[id(of)] = (of, WorkContext.of(make()))
        return known[1]

    def foresee(self, context: WorkContext, make: Callable[[], object]) -> None:
        """Before workers are begun that inherit: have ready what they would prepare of a context."""
        if self.inherits and self._executor is None:
            have_prepared(context.name, make())

    def results(self, kind: Kind, context: Any, jobs: Iterable[Any]) -> Iterator[Any | None]:
        """The result of each job in order; None for one that no worker could do, which is to be done here.

        Only a few jobs are given out ahead, so that neither they nor results pile up.
        """
        common = context if isinstance(context, WorkContext) else WorkContext.of(context)
        name, given = common.name, common.given
        waiting: deque[_Given] = deque()
        for job in jobs:
            waiting.append(self._give(kind, name, given, WorkParcel.of(job)))
            if len(waiting) > self.size * _AHEAD:
                yield self._answer(kind, name, given, waiting)
        while waiting:
            yield self._answer(kind, name, given, waiting)

    def _give(self, kind: Kind, name: str, given: WorkParcel, job: WorkParcel, must_be_given: bool = False) -> _Given:
        if self._executor is None:
            self._executor = self.start()
        knowing = self._knowing.get(name, 0)
        self._knowing[name] = knowing + 1
        with_it = given if must_be_given or (knowing < self.size and not self.inherits) else None
        try:
            return _Given(job, self._executor, self._executor.submit(do_range, kind, name, with_it, job))
        except Exception as refused:  # it broke since: told when the answer is asked for, as of one given out before
            future: Future[WorkerAnswer] = Future()
            future.set_exception(refused)
            return _Given(job, self._executor, future)

    def _answer(self, kind: Kind, name: str, given: WorkParcel, waiting: "deque[_Given]") -> Any | None:
        first = waiting.popleft()
        while True:
            wanted = False
            try:
                answer = first.future.result()
                if answer.result is not None:
                    return answer.result.value()
                if not answer.wants_context:
                    return None
                wanted = True
            except Exception:  # its worker is gone, or all are
                self._begin_anew(first.executor)
            if first.tries >= _TRIES:
                return None
            again = self._give(kind, name, given, first.job, wanted)
            again.tries = first.tries + 1
            first = again

    def _begin_anew(self, broken: Executor) -> None:
        """Let go of an executor that broke; those who waited with it find out by themselves."""
        if self._executor is broken:
            self.begun_anew += 1
            self._knowing.clear()
            self.close()


Workers = int | Crew | None
"""Who does the work: so many processes of this machine, a crew, or (None) as many processes as there are processors."""


def count_of(workers: Workers) -> int | None:
    """How many processes of this machine take part. A crew works elsewhere; these do what it leaves undone."""
    return None if isinstance(workers, Crew) else workers


def crew_of(workers: Workers) -> Crew | None:
    """The crew, where there is one."""
    return workers if isinstance(workers, Crew) else None

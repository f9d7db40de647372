"""Where work is done, as people name it: processes of this machine, Dask workers of this machine, or of others."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.documents.work.collecting import collect_seldom
from kitgen.documents.work.copies import processors
from kitgen.documents.work.crew import Crew, Here

HERE: Final = "here"
PROCESSES: Final = "processes"
LOCAL: Final = "local"


@contextmanager
def crew_at(place: str, size: int | None) -> Iterator[Crew]:
    """A crew: `here` (this very process), `processes`, `local` (Dask workers of this machine) or a scheduler's address.

    Of processes and local workers there are `size` (None: one for each processor). Nobody begins before there is work.
    Raises `KitgenError` for a place that is none, is not safe, or where nobody answers.
    """
    size = processors() if size is None else size
    if place == HERE:
        with Crew(Here) as crew:
            yield crew
    elif place == PROCESSES:
        with Crew(partial(_processes, size), size) as crew:
            yield crew
    elif place == LOCAL or "://" in place:
        from kitgen.documents.work.cluster import cluster_crew

        with cluster_crew(place, size) as crew:
            yield crew
    else:
        raise failure(
            said("there is no such place to work at"),
            Place(place),
            said("give `processes`, `local` or the address of a scheduler: `tls://HOST:8786`"),
        )


def _processes(size: int) -> Executor:
    """Processes that begin afresh: on every system, and with threads about."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(size, get_context("spawn"), initializer=collect_seldom)

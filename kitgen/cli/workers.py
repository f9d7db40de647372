"""The option that says who does the work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kitgen.cli import declare

if TYPE_CHECKING:
    from kitgen.documents.work.crew import Workers


def sharing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--cluster` to a command."""
    return declare.option(
        "--cluster",
        metavar="PLACE",
        help="Share the work out: among `processes`, Dask workers of this machine (`local`), or those of a scheduler "
        "(`tls://HOST:PORT`).",
    )(command)


@contextmanager
def workers_of(cluster: str | None, jobs: int | None) -> Iterator["Workers"]:
    """The workers that were asked for: so many processes, or a crew; it goes when the work is done.

    Raises `KitgenError` for a place that is none, is not safe, or where nobody answers.
    """
    if cluster is None:
        yield jobs
        return
    from kitgen.documents.work.places import crew_at

    with crew_at(cluster, jobs) as crew:
        yield crew

"""Dask: a cluster on this machine, or one of other machines that is reached by its scheduler's address.

Whoever reaches a scheduler or a worker runs code there and reads what they are given, which is people's data. So all of
them speak TLS with certificates of their own, here, too; nothing but TLS is spoken to other machines; there is no page
that shows what is going on; and no worker lays what it is given on a disk.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from kitgen import __version__
from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import Message, said
from kitgen.documents.work.crew import Crew
from kitgen.render import RENDERER_VERSION

_WAIT: Final = 20
"""Seconds until somebody answers."""
_NEVER_ON_DISK: Final = {
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.target": False,
}
_NO_PAGES: Final[dict[str, list[str]]] = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
_ONLY_HERE: Final = "127.0.0.1:0"
_RETRIES: Final = 2
LOCAL: Final = "local"
_INSTALL: Final = said("`pip install 'kitgen[cluster]'` installs it")


@contextmanager
def cluster_crew(address: str, size: int) -> Iterator[Crew]:
    """The crew of a cluster: `local`, with `size` workers, or that of a scheduler.

    Raises `KitgenError` without Dask, for an address that is not safe, and where nobody answers or a worker is unfit.
    """
    if address != LOCAL:
        refuse_unsafe(address)
    try:
        import cryptography  # noqa: F401 (makes the certificates of a cluster here)
        import distributed
    except ImportError as error:
        raise failure(said("Dask, which shares work out among machines, is not installed"), None, _INSTALL) from error
    distributed.client.logger.setLevel(logging.CRITICAL)
    with ExitStack() as open_now:
        clients: list[Any] = [] if address == LOCAL else [_reached(open_now, address)]

        def start() -> Executor:
            if not clients:
                clients.append(_begun(open_now, size))
            executor: Executor = clients[0].get_executor(pure=False, retries=_RETRIES)
            return executor

        workers = len(clients[0].scheduler_info(-1)["workers"]) if clients else size
        with Crew(start, max(1, workers)) as crew:
            yield crew


def refuse_unsafe(address: str) -> None:
    """Raises `KitgenError` for an address by which data would travel unprotected to another machine."""
    parts = urlsplit(address)
    if parts.scheme == "tls" and parts.hostname:
        return
    if parts.scheme == "tcp" and _is_here(parts.hostname or ""):
        return
    if parts.scheme != "tcp":
        raise failure(said("a scheduler is reached by `tls://HOST:PORT`"), Place(address))
    raise failure(
        said("people's data do not travel unprotected to another machine"),
        Place(address),
        said("start scheduler and workers with certificates and give `tls://{host}` (docs/scale.md)",
             host=parts.netloc),
    )  # fmt: skip


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _begun(open_now: ExitStack, size: int) -> Any:
    """A client of a cluster of this machine, with certificates made for it and forgotten with it."""
    import dask
    from distributed import Client, LocalCluster, Security

    open_now.enter_context(dask.config.set({**_NEVER_ON_DISK, **_NO_PAGES}))
    cluster = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=size, threads_per_worker=1, processes=True, protocol="tls://", host="127.0.0.1",
        security=Security.temporary(), dashboard_address=_ONLY_HERE,  # type: ignore[no-untyped-call]
        worker_dashboard_address=_ONLY_HERE, silence_logs=logging.CRITICAL,
    )  # fmt: skip
    return open_now.enter_context(Client(open_now.enter_context(cluster)))  # type: ignore[no-untyped-call]


def _reached(open_now: ExitStack, address: str) -> Any:
    """A client of the scheduler there, whose workers all fit. Certificates are those of Dask's own settings."""
    from distributed import Client

    try:
        client = open_now.enter_context(Client(address, timeout=_WAIT))  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=_WAIT)
        told = client.run(about_this_worker)
    except KitgenError:
        raise
    except Exception as error:  # a refused certificate, no route, nobody there: Dask raises whatever it met
        raise failure(
            said("no cluster answers there ({name})", name=type(error).__name__),
            Place(address),
            said("see that scheduler and workers run, and that certificates are set as docs/scale.md says"),
        ) from error
    for worker, about in sorted(told.items()):
        fault = misfit(about)
        if fault is not None:
            raise failure(fault[0], Place(worker), fault[1])
    return client


def about_this_worker() -> dict[str, object]:
    """Runs on a worker: what must be the same there as here, or be set there."""
    import dask

    return {
        "kitgen": [__version__, RENDERER_VERSION],
        "spills": [name for name, wanted in _NEVER_ON_DISK.items() if dask.config.get(name) is not wanted],
    }


def misfit(about: dict[str, object]) -> tuple[Message, Message] | None:
    """Why a worker is not given work, and what to do about it; None if it fits."""
    if about["kitgen"] != [__version__, RENDERER_VERSION]:
        return said("this worker has another version of kitgen"), said("install the same version there")
    spills = about["spills"]
    if spills:
        assert isinstance(spills, list)
        return (
            said("this worker may lay people's data on its disk"),
            said("set {settings} to False in its settings for Dask (docs/scale.md)", settings=", ".join(spills)),
        )
    return None

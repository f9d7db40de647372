"""Serves the page on this computer, to one browser."""

import contextlib
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
_THREADS: Final = 8


def serve(
    root: Path, language: str, port: int, opens_browser: bool, ready: Callable[[str], None] = lambda address: None
) -> None:
    """Serve the page of the project at `root` until it is stopped; `ready` is told the first address.

    Port 0: any that is free. Raises `OSError` where the port is taken.
    """
    from waitress import create_server

    from kitgen.page.app import make_app
    from kitgen.page.guard import MOST_BYTES

    taken = _free_port() if port == 0 else port
    app = make_app(root, taken, language)
    site = app.extensions["kitgen"]
    server = create_server(
        app, host=HOST, port=taken, threads=_THREADS, ident="kitgen", max_request_body_size=MOST_BYTES + 65_536,
        clear_untrusted_proxy_headers=True,
    )  # fmt: skip
    ready(site.guard.address)
    if opens_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(site.guard.address)
    try:
        server.run()
    finally:
        site.kept.close()
        server.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        number: int = taken.getsockname()[1]
        return number

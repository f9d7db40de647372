"""Who may come in: only the browser that was given the first address, and only pages of this server.

It listens on this computer alone, but every program and every web page open in a browser can reach it there. So each
request must name this server as its host (no other name that leads here), come from it (Origin, Sec-Fetch-Site), and
carry the cookie that only the first address gives; what changes anything carries a token of the page, too.
"""

import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import Final

from flask import Flask, Response, abort, g, redirect, request
from flask.typing import ResponseReturnValue

MOST_BYTES: Final = 32 * 1024 * 1024
"""Of one upload."""
ENTRY: Final = "/masuk"
TOKEN_FIELD: Final = "tanda"
_OPEN_SECONDS: Final = 15 * 60
"""So long secret documents stay open after the click."""
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(slots=True)
class Guard:
    """Penjaga: the secrets of one run of the page, new at each start."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    opened: dict[str, float] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """The cookie's name: ports share cookies, so that two projects' pages have two names."""
        return f"kitgen_{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names this server goes by."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    @property
    def address(self) -> str:
        """The first address, which lets a browser in."""
        return f"http://127.0.0.1:{self.port}{ENTRY}?kunci={self.token}"

    def install(self, app: Flask) -> None:
        """Put it before every request."""
        app.before_request(self._before)
        app.after_request(_after)
        app.add_url_rule(ENTRY, "enter", self._enter)

    def open_secrets(self, folder: str) -> None:
        """A deliberate click: what is secret in this folder may be looked at for a while."""
        self.opened[folder] = time.monotonic() + _OPEN_SECONDS

    def close_secrets(self, folder: str) -> None:
        """They are shut again."""
        self.opened.pop(folder, None)

    def are_secrets_open(self, folder: str) -> bool:
        """Whether what is secret in this folder may be looked at now."""
        return self.opened.get(folder, 0.0) > time.monotonic()

    def _before(self) -> ResponseReturnValue | None:
        g.is_let_in = False
        if request.host not in self.hosts:
            abort(403)
        origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
        if origin is not None and origin not in [f"http://{host}" for host in self.hosts]:
            abort(403)
        if site is not None and site not in ("same-origin", "none"):
            abort(403)
        if request.path == ENTRY:
            return None
        if not _is(request.cookies.get(self.cookie), self.session):
            abort(401)
        g.is_let_in = True
        if (request.content_length or 0) > MOST_BYTES:
            abort(413)
        if request.method not in ("GET", "HEAD") and not _is(request.form.get(TOKEN_FIELD), self.form):
            abort(403)
        return None

    def _enter(self) -> ResponseReturnValue:
        if not _is(request.args.get("kunci"), self.token):
            abort(401)
        answer = redirect("/")
        answer.set_cookie(self.cookie, self.session, httponly=True, samesite="Strict", path="/")
        return answer


def _is(given: str | None, wanted: str) -> bool:
    return given is not None and hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def _after(answer: Response) -> Response:
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "private, max-age=86400"
    else:
        answer.headers["Cache-Control"] = "no-store"
    return answer

"""What all pages share: the project, its runs, its kept answers, and how a page is put together."""

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kitgen.base.errors import KitgenError
from kitgen.base.messages import Message, joined, said
from kitgen.base.project import Project
from kitgen.load.locate import find_project
from kitgen.page.children import Children
from kitgen.page.guard import Guard
from kitgen.page.kept import KeptAnswer, KeptAnswers, PageQuestion
from kitgen.page.words import in_words, spoken

T = TypeVar("T")
_TOLD_SECONDS: Final = 20.0

PARTS: Final = (
    ("/", said("Home")),
    ("/jadwal", said("Events")),
    ("/perangkat", said("Kits")),
    ("/skema", said("Schemes")),
    ("/kode", said("Page code")),
    ("/edisi", said("Editions")),
    ("/templat", said("Templates")),
)
"""The parts of the page, as its navigation lists them."""


@dataclass(frozen=True, slots=True)
class PageNotice:
    """Kabar: something told on one page, for a while: a page that looks again by itself must not lose it."""

    path: str
    kind: str
    text: Message
    until: float


@dataclass(slots=True)
class Site:
    """Situs: one project's page."""

    root: Path
    guard: Guard
    children: Children
    kept: KeptAnswers
    notices: list[PageNotice] = field(default_factory=list)
    _known: dict[object, object] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """The project as it is now."""
        if "project" not in g:
            g.project = find_project(self.root)
        found: Project = g.project
        return found

    def ask(self, *arguments: str, inputs: tuple[str, ...]) -> KeptAnswer:
        """What is known as the answer to a command that only reads."""
        kept = self.kept.look(PageQuestion(arguments, inputs, spoken()))
        if not kept.is_proven:
            g.waits = [*g.get("waits", []), kept.name]
        return kept

    def notice(self, path: str, text: Message, kind: str = "good") -> None:
        """Tell a person something on the page they are sent to, once though it be told again."""
        self.notices[:] = [each for each in self.notices if (each.path, in_words(each.text)) != (path, in_words(text))]
        self.notices.append(PageNotice(path, kind, text, time.monotonic() + _TOLD_SECONDS))

    def refused(self, path: str, error: KitgenError) -> None:
        """Tell why something was not done, and what to do about it."""
        for each in error.diagnostics:
            self.notice(path, joined("; ", (each.message, each.help)) if each.help else each.message, "bad")

    def known(self, file: Path, what: str, read: Callable[[], T]) -> T:
        """What is read from a file, read again only when the file is another one."""
        try:
            found = file.stat()
            key = (what, str(file), found.st_mtime_ns, found.st_size)
        except OSError:
            key = (what, str(file), 0, 0)
        if key not in self._known:
            if len(self._known) > 200:
                self._known.clear()
            self._known[key] = read()
        value: T = self._known[key]  # type: ignore[assignment]
        return value

    def page(self, template: str, title: Message, **values: Any) -> str:
        """A page: its title is told in the language of the request."""
        now = time.monotonic()
        self.notices[:] = [each for each in self.notices if each.until > now]
        notices = [(each.kind, in_words(each.text)) for each in self.notices if each.path == request.path]
        running = self.children.running()
        return render_template(
            template, title=in_words(title), parts=PARTS, here=f"/{request.path.split('/')[1]}", notices=notices,
            running=running, waits=g.get("waits", []), project_name=self.root.name, language=spoken(), **values,
        )  # fmt: skip

    def back(self, otherwise: str) -> ResponseReturnValue:
        """To the page a form says it stands on, if that is one of ours."""
        asked = request.form.get("kembali", "")
        return redirect(asked if is_local(asked) else otherwise, code=303)


def is_local(address: str) -> bool:
    """Whether an address is a path on this server and can lead nowhere else, also to a browser that tidies it first.

    Browsers take control characters out and read `\\` as `/`: what holds either is refused.
    """
    if not address.startswith("/") or not address.isprintable() or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not (parts.scheme or parts.netloc or address.startswith("//"))


def site() -> Site:
    """The site of the request that is answered."""
    found: Site = current_app.extensions["kitgen"]
    return found


def takes_site(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """A view that is given the site first."""

    @functools.wraps(view)
    def shown(**values: Any) -> ResponseReturnValue:
        return view(site(), **values)

    return shown

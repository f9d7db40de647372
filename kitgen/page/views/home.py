"""Beranda: schemes, editions, events; what is missing, what is stale, what to do next. And the switch of language."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from kitgen.base.language import LANGUAGES
from kitgen.base.messages import Message, said
from kitgen.base.project import EditionName
from kitgen.page.commands import ON_PAGE, rows_of_commands
from kitgen.page.kept import KeptAnswer
from kitgen.page.problems import Problem, grouped_problems
from kitgen.page.questions import (
    edition_check,
    edition_lacks,
    edition_plan,
    editions_state,
    event_check,
    event_plan,
    names_of_events,
    schemes_of,
)
from kitgen.page.site import Site, is_local, takes_site
from kitgen.page.words import COOKIE

_MOST_EVENTS: Final = 6
_MOST_PROBLEMS: Final = 8
STATES: Final = {"draft": said("draft"), "released": said("released"), "changed": said("changed since its release")}


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Keadaan ringkas: an edition or event as the first page shows it; counts are of documents by state."""

    label: str
    address: str
    counts: dict[str, int]
    plan: KeptAnswer
    problems: list[Problem]
    check: KeptAnswer
    state: Message | None = None
    lacks: tuple[dict[str, Any], ...] = ()
    is_bare: bool = False
    """Of an edition: nothing in it assesses its KUK yet, so that its documents would be blank forms."""

    @property
    def stale(self) -> int:
        """Documents that would be written now."""
        return self.counts.get("stale", 0)

    @property
    def errors(self) -> int:
        """Problems that stop the work."""
        return sum(len(each.places) for each in self.problems if each.severity == "error")


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/", "home", takes_site(home))
    app.add_url_rule("/perintah", "commands", takes_site(commands))
    app.add_url_rule("/bahasa", "speak", takes_site(speak), methods=["POST"])
    app.add_url_rule("/rahasia", "open_secrets", takes_site(open_secrets), methods=["POST"])


def home(site: Site) -> ResponseReturnValue:
    """Where the project stands."""
    states = {(row["scheme"], row["edition"]): row["state"] for row in content_of(editions_state(site)) or ()}
    newest = [EditionName(slug, names[0]) for slug, names in schemes_of(site) if names]
    editions = [
        _standpoint(f"{edition.slug} · {edition.name}", f"/perangkat/{edition.folder}", edition_plan(site, edition),
                    edition_check(site, edition), STATES.get(states.get(edition, "")),
                    edition_lacks(site, edition))
        for edition in newest
    ]  # fmt: skip
    events = [
        _standpoint(name, f"/jadwal/{name}", event_plan(site, name), event_check(site, name))
        for name in names_of_events(site)[:_MOST_EVENTS]
    ]
    return site.page("home.html", said("Home"), editions=editions, events=events, most=_MOST_PROBLEMS)


def _standpoint(
    label: str,
    address: str,
    plan: KeptAnswer,
    check: KeptAnswer,
    state: Message | None = None,
    kept_lacks: KeptAnswer | None = None,
) -> Standpoint:
    found = content_of(plan)
    counts = dict(found["summary"]) if isinstance(found, dict) else {}
    problems = grouped_problems(check.answer.problems) if check.answer is not None else []
    lacks = lacks_of(kept_lacks) if kept_lacks is not None else ()
    is_bare = kept_lacks is not None and any(found.get("is_bare") for found in content_of(kept_lacks) or ())
    if lacks:  # told there once, in order of work; what stops the work is told as it is
        problems = [each for each in problems if each.severity == "error"]
    return Standpoint(label, address, counts, plan, problems, check, state, lacks, is_bare)


def lacks_of(kept: KeptAnswer) -> tuple[dict[str, Any], ...]:
    """What is lacking, as `kitgen kurang` tells it."""
    return tuple(each for found in content_of(kept) or () for each in found["lacks"])


def content_of(kept: KeptAnswer) -> Any:
    """The JSON of an answer, where there is one."""
    return kept.answer.content if kept.answer is not None else None


def commands(site: Site) -> ResponseReturnValue:
    """Which command is on the page, and why the others are not."""
    return site.page("commands.html", said("Commands and this page"), rows=rows_of_commands(), on_page=len(ON_PAGE))


def speak(site: Site) -> ResponseReturnValue:
    """Another language from here on."""
    language = request.form.get("bahasa", "")
    if language not in LANGUAGES:
        abort(400)
    answer = redirect(_back(), code=303)
    answer.set_cookie(COOKIE, language, httponly=True, samesite="Strict", path="/", max_age=31_536_000)
    return answer


def open_secrets(site: Site) -> ResponseReturnValue:
    """The deliberate click: secret documents of a kit may be looked at for a while, or no more."""
    folder = request.form.get("map", "")
    if folder.count("/") != 1:
        abort(400)
    if request.form.get("tutup") == "ya":
        site.guard.close_secrets(folder)
    else:
        site.guard.open_secrets(folder)
    return site.back("/")


def _back() -> str:
    asked = request.form.get("kembali", "")
    return asked if is_local(asked) else "/"

"""The page's words: of the same catalogue as the terminal's, in the language of the browser's cookie."""

import datetime
from typing import Final

from flask import current_app, g, has_request_context, request

from kitgen.base import language
from kitgen.base.messages import Message, told

COOKIE: Final = "bahasa"
_MONTHS: Final = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
                  "November", "Desember")  # fmt: skip


def spoken() -> str:
    """The language this request is answered in."""
    if not has_request_context():
        return language.DEFAULT
    if "language" not in g:
        asked = request.cookies.get(COOKIE, "")
        g.language = asked if asked in language.LANGUAGES else str(current_app.config["LANGUAGE"])
    return str(g.language)


def words(template: str, /, **arguments: object) -> str:
    """A text of a template of the page, in the language of the request."""
    return in_words(Message(template, **arguments))


def in_words(value: object) -> str:
    """A message in the language of the request; anything else as it is."""
    return str(told(value, language.translator(spoken(), language.LOCALES)))


def clock(when: datetime.datetime | None) -> str:
    """A moment as people write it: `30 November 2026, 07.15`."""
    if when is None:
        return "–"
    if spoken() == "en":
        return f"{when.day} {when:%B %Y, %H:%M}"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H.%M}"


def size(count: int) -> str:
    """The size of a file as people read it."""
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit != "MB" else f"{count:.1f} {unit}".replace(".", ",")
        count = count / 1000  # type: ignore[assignment]
    return f"{count:.1f} GB"

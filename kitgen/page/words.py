"""The page's words: of the same catalogue as the terminal's, in the language of the browser's cookie."""

import datetime
from typing import Final

from flask import current_app, g, has_request_context, request

from kitgen.base import language
from kitgen.base.dates import MONTHS
from kitgen.base.messages import Message, told

COOKIE: Final = "bahasa"


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
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}, {when:%H.%M}"


def size(count: int) -> str:
    """The size of a file of so many bytes as people read it: `1,5 MB`, in English `1.5 MB`."""
    size, unit = float(count), "B"
    for larger in ("KB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    figures = f"{size:.0f}" if unit in ("B", "KB") else f"{size:.1f}"
    return f"{figures if spoken() == 'en' else figures.replace('.', ',')} {unit}"

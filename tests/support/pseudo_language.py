"""A language in which each translated text stands in brackets: what is outside of them never went through the catalogue."""

from pathlib import Path

import catalogue
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

NAME = "xx"
OPEN, SHUT = "⟦", "⟧"


def pseudo_locales(folder: Path) -> Path:
    """A folder of catalogues that holds this language alone; gives the folder."""
    made = Catalog(locale="id")
    for message in catalogue.read("id"):
        if isinstance(message.id, str) and message.id:
            made.add(message.id, bracketed(message.id))
        elif isinstance(message.id, tuple):
            made.add(message.id, tuple(bracketed(message.id[-1]) for _ in message.string))
    place = folder / NAME / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "kitgen.mo").open("wb") as file:
        write_mo(file, made)
    return folder


def bracketed(text: str) -> str:
    return f"{OPEN}{text}{SHUT}"


def outside(text: str) -> str:
    """What stands outside of all brackets."""
    found: list[str] = []
    depth = 0
    for sign in text:
        depth += (sign == OPEN) - (sign == SHUT)
        if depth == 0 and sign != SHUT:
            found.append(sign)
    return "".join(found)

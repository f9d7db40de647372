"""The language commands speak: `--lang`, else KITGEN_LANG, else the project's own (`language:` in identity.yaml).

It is known before anything is parsed, since help speaks it too, and without loading YAML, since help is quick.
"""

import gettext
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from kitgen.base import language
from kitgen.base.messages import Message, joined, told
from kitgen.cli.width import fitted_to

VARIABLE: Final = "KITGEN_LANG"
_SETTING: Final = re.compile(r"^language:[ \t]*[\"']?([A-Za-z]+)", re.M)
_MOST: Final = 65_536
_WITH_VALUE: Final = ("-C", "--lang")
"""Options of the program itself behind which a value stands."""

_current = language.DEFAULT


def speak(chosen: str) -> None:
    """Speak this language from now on: kitgen's own texts, and those of click, which asks gettext."""
    global _current
    _current = chosen
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(language.DOMAIN, str(language.LOCALES))
    gettext.textdomain(language.DOMAIN)


def spoken() -> str:
    """The language that is spoken."""
    return _current


def in_words(value: object) -> str:
    """A message in the language that is spoken; anything else as it is."""
    return str(told(value, language.translator(_current, language.LOCALES)))


def in_words_within(value: Any) -> Any:
    """Plain values for JSON: every message in them in the language that is spoken, wherever it stands."""
    if isinstance(value, Mapping):
        return {name: in_words_within(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [in_words_within(each) for each in value]
    return in_words(value) if isinstance(value, Message) else value


def translated(text: str) -> str:
    """A text of click's (help, labels) in the language that is spoken."""
    return language.translator(_current, language.LOCALES)(text) if text else text


def chosen_language(arguments: Sequence[str]) -> str:
    """The language the arguments ask for, or the environment, or the project; an unknown one is passed over."""
    return (
        _known(_option(arguments, "--lang"))
        or _known(os.environ.get(VARIABLE))
        or _known(_of_project(arguments))
        or language.DEFAULT
    )


def _known(name: str | None) -> str | None:
    return name if name and (name in language.LANGUAGES or (language.LOCALES / name).is_dir()) else None


def _option(arguments: Sequence[str], name: str) -> str | None:
    """The value of an option of the program itself, which stands before the name of a command."""
    for at, argument in enumerate(arguments):
        if argument.startswith(f"{name}="):
            return argument.removeprefix(f"{name}=")
        if argument == name:
            return arguments[at + 1] if at + 1 < len(arguments) else None
        if not argument.startswith("-") and (not at or arguments[at - 1] not in _WITH_VALUE):
            return None  # the name of a command: what follows are its own options
    return None


def _of_project(arguments: Sequence[str]) -> str | None:
    start = Path(_option(arguments, "-C") or ".")
    try:
        root = root_of(start)
        identity = root / "scheme" / "identity.yaml" if root is not None else None
        if identity is None or not identity.is_file():  # a pipe would be waited for
            return None
        with identity.open(encoding="utf-8") as file:
            found = _SETTING.search(file.read(_MOST))
    except (OSError, ValueError):
        return None
    return found[1].lower() if found else None


def root_of(start: Path) -> Path | None:
    """The folder of the project a folder lies in: the nearest one upwards that holds `scheme/`; None for none."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / "scheme").is_dir()), None)


def say(text: object = "", err: bool = False, nl: bool = True) -> None:
    """Print a message in the language that is spoken; talk goes to stderr (`err`), results to stdout."""
    click.echo(fitted_to(sys.stderr if err else sys.stdout, in_words(text)), err=err, nl=nl)


def styled(text: str, **style: Any) -> Message:
    """A message in colour where the terminal has it."""
    start, end = click.style("\0", **style).split("\0")
    return joined("", (start, text, end))

"""JSON files that kitgen itself writes beside data: read with distrust, and refused with what to do about it."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Findings, KitgenError, Place, failure
from kitgen.base.messages import Message, said
from kitgen.load.regular import read_regular

LARGEST: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 100
_FILE: Final = said("file")
UPDATE: Final = said("update kitgen: `pip install --upgrade kitgen`")


_TOO_DEEP: Final = said("more than {depth} lists or groups stand in each other", depth=MAX_DEPTH)


class TooDeep(ValueError):
    """Raised for a JSON text in which more than `MAX_DEPTH` lists and groups stand in each other."""

    message: Final = _TOO_DEEP


def parse_json(text: str | bytes, group: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """What a JSON text says; `group` makes a group of its names and values (a dict, unless another is given).

    Raises `ValueError` for what is no JSON or not UTF-8, and `TooDeep`, a kind of it, whatever the interpreter bears.
    """
    try:
        found = json.loads(text, object_pairs_hook=group)
    except RecursionError as error:
        raise TooDeep() from error
    level = [found]
    for _ in range(MAX_DEPTH):
        level = [part for value in level for part in _inside(value) if isinstance(part, dict | list)]
        if not level:
            return found
    raise TooDeep()


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def read_json(path: Path, name: str, newest: int, help: Message, what: Message = _FILE) -> dict[str, Any] | None:
    """The group of values in a file, or None if there is no file.

    `newest` is the `format` this kitgen knows; `help` what to do where the file is damaged, `what` it is called in
    errors. Raises `KitgenError` if it cannot be read, is damaged, too large or of a later kitgen.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise failure(said("{what} is too large", what=what), Place(name), help)
        content = read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failure(
            said("{what} cannot be read ({strerror})", what=what, strerror=error.strerror),
            Place(name),
            said("check its rights"),
        ) from error
    try:
        found = parse_json(content)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair (`"\ud800"`) can be read, not written
    except ValueError as error:
        raise failure(said("{what} is damaged: it is no JSON", what=what), Place(name), help) from error
    version = found.get("format") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(version, int):
        raise failure(said("{what} is damaged", what=what), Place(name, spot=said("the file")), help)
    refuse_later(version, newest, name, what)
    return found


def refuse_later(version: object, newest: int, name: str, what: Message, help: Message = UPDATE) -> None:
    """Raise `KitgenError` where the `format` a file says is one that only a later kitgen knows.

    `newest` is the format this kitgen knows, `name` the file for errors, `what` what it is called there.
    """
    if isinstance(version, int) and version > newest:
        raise failure(
            said(
                "{what} was written by a later kitgen (format {version}, this one knows {newest})",
                what=what,
                version=version,
                newest=newest,
            ),
            Place(name),
            help,
        )


def open_json(path: Path, name: str, newest: int, help: Message, findings: Findings) -> dict[str, Any] | None:
    """The same for a reader that collects problems: None, and the problem noted, where `read_json` raises."""
    try:
        return read_json(path, name, newest, help)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return None


def json_text(content: dict[str, Any]) -> str:
    """The text of such a file: readable, and the same for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

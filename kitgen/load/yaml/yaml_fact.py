"""Writes one text into a YAML file and leaves all the rest of it, comments and order too, as it stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, KitgenError, Place, failure
from kitgen.load.yaml.source import Entry, parse_yaml
from kitgen.load.yaml.text import quoted

_BOM: Final = "\ufeff".encode()
_BY_HAND: Final = "write it there by hand"

Steps = Sequence[str | tuple[str, str]]
"""The way to a mapping: keys, and for the item of a list the key and the text by which it is told from the others."""


def with_text(content: bytes, name: str, steps: Steps, key: str, text: str) -> bytes:
    """The content of a YAML file in which `key` of the mapping at `steps` is this text.

    `name` is used in errors. Raises `KitgenError` if the file cannot be read, there is no such mapping, or the text
    there is written in a way that is not replaced safely (over several lines).
    """
    findings = Findings()
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise failure("file is not written in UTF-8", Place(name), "save it as UTF-8 in the editor") from error
    top = parse_yaml(written, name, findings)
    findings.stop_on_errors()
    found, spot = _at(top, steps, name) if top is not None else (None, "")
    if top is None or found is None:
        raise failure("the place of the text is not found", Place(name), _BY_HAND)
    bom = _BOM if content.startswith(_BOM) else b""
    lines = written.splitlines(keepends=True)
    _put(lines, found, key, quoted(text), name)
    _check(top, "".join(lines), name, f"{spot}{key}", text)
    return bom + "".join(lines).encode()


def _at(top: Entry, steps: Steps, name: str) -> tuple[Entry | None, str]:
    """The mapping, and the beginning of its leaves' paths."""
    entry, spot = top, ""
    for step in steps:
        if isinstance(step, str):
            inside = entry.fields(list(entry.keys())).found.get(step)
            spot += f"{step}/"
        else:
            key, wanted = step
            items = entry.items()
            number = next((number for number, item in enumerate(items) if item.peek(key) == wanted), None)
            inside = None if number is None else items[number]
            spot += f"{number}/"
        if inside is None:
            return None, ""
        entry = inside
    return entry, spot


def _put(lines: list[str], mapping: Entry, key: str, written: str, name: str) -> None:
    behind = mapping.key_end(key)
    keys = list(mapping.keys())
    if behind is None:
        first = mapping.key_end(keys[0]) if keys else None
        span = mapping.keys()[keys[0]].extent if keys else None
        if first is None or span is None or span[1][0] != first[0]:
            raise failure(f"there is no line for `{key}`", Place(name), _BY_HAND)
        line = lines[first[0]]
        body = line.rstrip("\r\n")
        lines[first[0]] = f"{body}{line[len(body) :] or chr(10)}{' ' * (first[1] - len(keys[0]))}{key}: {written}" + (
            line[len(body) :] or "\n"
        )
        return
    number, column = behind
    value = mapping.keys()[key]
    line = lines[number]
    if value.is_empty and value.peek_text() in ("", None):
        at = line.index(":", column) + 1
        rest = line[at:]
        room = len(rest) - len(rest.lstrip(" "))
        kept = rest[min(room, len(written) + 1) :]
        gap = "  " if kept[:1] == "#" else ""
        lines[number] = f"{line[:at]} {written}{gap}{kept}"
        return
    span = value.extent
    if span is None or span[0][0] != span[1][0]:
        raise failure(f"`{key}` is written over several lines", Place(name, number + 1), _BY_HAND)
    where = span[0][0]
    lines[where] = lines[where][: span[0][1]] + written + lines[where][span[1][1] :]


def _check(top: Entry, made: str, name: str, path: str, text: str) -> None:
    """Nothing but the one text may be another than before."""
    findings = Findings()
    now = parse_yaml(made, name, findings)
    before = {other: said for other, said in top.leaves().items() if other != path}
    if findings.errors or now is None or now.leaves() != {**before, path: text}:
        raise (
            KitgenError([*findings])
            if findings.errors
            else failure("the text cannot be written there safely", Place(name), _BY_HAND)
        )


def read_content(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises `KitgenError` if it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise failure(f"file cannot be read ({error.strerror})", Place(name)) from error

"""Puts one text into a YAML file, where a way of keys leads, and proves that nothing else changed."""

from collections.abc import Sequence
from typing import Final

from kitgen.base.errors import Findings, KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.load.yaml.edit import edited
from kitgen.load.yaml.reshape import TooOdd, changes
from kitgen.load.yaml.source import Entry, parse_yaml
from kitgen.load.yaml.text import line_break

_BOM: Final = "\ufeff".encode()
_BY_HAND: Final = said("write it there by hand")

Steps = Sequence[str | tuple[str, str]]
"""The way to a mapping: keys, and for the item of a list the key and the text by which it is told from the others."""


def with_text(content: bytes, name: str, steps: Steps, key: str, text: str) -> bytes:
    """The content of a YAML file in which `key` of the mapping at `steps` is this text.

    Every other byte stays. A file that says the text already, but for blanks, stays as it is. `name` is used in errors.
    Raises `KitgenError` if the file cannot be read, there is no such mapping, or the text there is written in a way
    that is not replaced safely (over several lines).
    """
    findings = Findings()
    try:
        whole = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise failure(
            said("file is not written in UTF-8"), Place(name), said("save it as UTF-8 in the editor")
        ) from error
    added = "" if whole.endswith("\n") else line_break(whole)
    top = parse_yaml(whole + added, name, findings)
    findings.stop_on_errors()
    found, spot = _at(top, steps) if top is not None else (None, "")
    if top is None or found is None:
        raise failure(said("the place of the text is not found"), Place(name), _BY_HAND)
    value = found.get(key)
    if "\n" in top.source.text[slice(*value.span)].rstrip():
        raise failure(said("`{key}` is written over several lines", key=key), Place(name, value.line), _BY_HAND)
    try:
        edits = changes(found, {key: text})
    except TooOdd as odd:
        raise failure(said("there is no line for `{key}`", key=key), Place(name), _BY_HAND) from odd
    if not edits:
        return content
    made = edited(top.source.text, edits, name).removesuffix(added)
    _prove(top, made, name, f"{spot}{key}", text)
    return (_BOM if content.startswith(_BOM) else b"") + made.encode()


def _at(top: Entry, steps: Steps) -> tuple[Entry | None, str]:
    """The mapping, and the beginning of its leaves' paths."""
    entry, spot = top, ""
    for step in steps:
        if isinstance(step, str):
            inside: Entry | None = entry.get(step)
            spot += f"{step}/"
        else:
            key, wanted = step
            items = entry.items()
            number = next((number for number, item in enumerate(items) if item.peek(key) == wanted), None)
            inside = None if number is None else items[number]
            spot += f"{number}/"
        if inside is None or inside.node is None:
            return None, ""
        entry = inside
    return entry, spot


def _prove(top: Entry, made: str, name: str, path: str, text: str) -> None:
    """Raises `KitgenError` if anything but the one text is another than before."""
    findings = Findings()
    now = parse_yaml(made, name, findings)
    if findings.errors:
        raise KitgenError([*findings])
    if now is None or now.leaves() != {**top.leaves(), path: text}:
        raise failure(said("the text cannot be written there safely"), Place(name), _BY_HAND)

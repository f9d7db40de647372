"""Texts within the terminal's width: broken between words, what goes on is set in."""

import re
import shutil
from typing import Any, Final

import click

_BLANKS: Final = re.compile(r"( +)")
_LEAST: Final = 40
"""Narrower than this nothing is broken any more: there would be a word to a line."""


def fitted_to(stream: Any, text: str) -> str:
    """The text as a terminal of its width shows it best; for anything else than a terminal, as it is."""
    is_terminal = getattr(stream, "isatty", None)
    if is_terminal is None or not is_terminal():
        return text
    return fitted(text, shutil.get_terminal_size().columns)


def fitted(text: str, width: int) -> str:
    """Lines of at most so many signs, colours not counted; words that are longer, such as paths, stay whole."""
    return text if width < _LEAST else "\n".join(_broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: int) -> str:
    if len(click.unstyle(line)) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip(" ")) + 4)
    rows, row, length = [], "", 0
    for part in _BLANKS.split(line):
        size = len(click.unstyle(part))
        if length + size > width and part.strip() and row.strip():
            rows.append(row.rstrip())
            row, length = indent, len(indent)
        row, length = row + part, length + size
    return "\n".join([*rows, row.rstrip()])

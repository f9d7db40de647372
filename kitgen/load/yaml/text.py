"""Texts as they are written into YAML files: in double quotes, each on one line; where their lines begin and end."""

import json
import re
from collections.abc import Iterable
from typing import Final

_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON writes as it is and YAML does not take, or takes for the end of a line."""


def quoted(text: str) -> str:
    """A text as JSON writes it, which YAML reads the same."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def quoted_list(texts: Iterable[str]) -> str:
    """A list on one line, for codes and numbers."""
    return f"[{', '.join(map(quoted, texts))}]"


def written(value: object, indent: int = 0) -> list[str]:
    """The lines of a mapping or a list: texts in quotes, each on one line; lists of short texts on one line."""
    pad = "  " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, dict) and item:
                lines += [f"{pad}{key}:", *written(item, indent + 1)]
            elif isinstance(item, list) and any(isinstance(each, dict | list) or len(str(each)) > 40 for each in item):
                lines += [f"{pad}{key}:", *written(item, indent + 1)]
            else:
                lines.append(f"{pad}{key}: {_scalar(item)}")
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                inner = written(item, indent + 1)
                lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]] if inner else [f"{pad}- {{}}"]
            else:
                lines.append(f"{pad}- {_scalar(item)}")
    return lines


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_scalar(each) for each in value)}]"
    return "" if value is None else quoted(str(value))


def line_break(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def line_start(text: str, place: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """Behind the end of the line of a place."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1

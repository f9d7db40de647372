"""Texts as they are written into YAML files: in double quotes, each on one line."""

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

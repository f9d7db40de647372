"""Signs that are no letters: those no page can show, and those that make a name look like another one. Pure."""

import re
import unicodedata
from typing import Final

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no XML, and so no Word or Excel file, can hold; and what deletes what stands before it."""
_OF_TERMINALS: Final = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STYLE: Final = re.compile(r"\x1b\[[0-9;]*m")


def unprintable(text: str) -> str | None:
    """The name of the first sign in a text that no page can show, such as `U+001B`; None if there is none."""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found is not None else None


def shown(text: str) -> str:
    """A text as a terminal may be given it: signs that move its cursor or turn letters round are spelled out.

    Colours, which kitgen writes itself, stay.
    """
    if not _OF_TERMINALS.search(text):
        return text
    kept = [_OF_TERMINALS.sub(_spelled, part) for part in _STYLE.split(text)]
    styles = [*_STYLE.findall(text), ""]
    return "".join(part + style for part, style in zip(kept, styles, strict=True))


def _spelled(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def without_marks(text: str) -> str:
    """A text in the one form of its letters (NFC), without signs nobody sees: they would make two names look alike."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) not in _UNSEEN)


_UNSEEN: Final = frozenset({"Cf", "Cs"})
"""Marks of direction, joiners, byte order marks, soft hyphens; half signs."""

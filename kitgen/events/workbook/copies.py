"""How copies of an event's workbook and lists are called that kitgen writes beside them."""

import re
from typing import Final

NOTED: Final = "catatan"
"""With notes in its faulty cells."""
BEFORE: Final = "sebelumnya"
"""As it was before another one took its place."""
_OF_KITGEN: Final = re.compile(rf"(jadwal|asesi) \((?:{NOTED}|{BEFORE})(?: \d+)?\)\.xlsx")
_WITH_NOTES: Final = re.compile(rf"(jadwal|asesi) \({NOTED}(?: \d+)?\)\.xlsx")


def is_copy(name: str) -> bool:
    """Whether a file of this name is a copy kitgen wrote."""
    return _OF_KITGEN.fullmatch(name) is not None


def has_notes(name: str) -> bool:
    """Whether it is one with notes."""
    return _WITH_NOTES.fullmatch(name) is not None

"""One line of a published page, and how its text is cleaned of what nobody sees."""

import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 50_000


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the page: its cells, and the text as a person sees it."""

    number: int
    """The line of the file it begins on. In HTML several may begin on one line of the file."""
    last: int
    """The line of the file it ends on."""
    text: str
    cells: tuple[str, ...]
    """The cells that are not empty, blanks folded."""
    block: int = 0
    """Two lines of one block may be one text broken in two; two lines of different blocks are not."""
    removed: int = 0
    """How many control and invisible characters were taken out."""
    dropped: str = ""
    """Why nothing of it is read (`script`, `nav`, `markup`); empty for a line that is read."""


def clean(text: str) -> tuple[str, int]:
    """The text with runs of blanks folded, without control characters; and how many of those there were."""
    kept = text
    if not text.isprintable():
        kept = "".join(letter for letter in text if letter.isspace() or not _is_control(letter))
    return " ".join(kept.split()), len(text) - len(kept)


def _is_control(letter: str) -> bool:
    # Noncharacters (U+FFFE and the like) are no control characters, but no XML may hold them.
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"} or ord(letter) & 0xFFFE == 0xFFFE

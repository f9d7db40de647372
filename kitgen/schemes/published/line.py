"""One line of a published page, and how its text is cleaned of what nobody sees."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 50_000
_NOTE_MARK: Final = re.compile(r"\(?(?:\d{1,2}|\*{1,3}|[a-e])\)?")
_ENDS: Final = re.compile(r"(?:[.,;:)\"”]|[^\W\d_]{4,})\s*\Z")


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
    columns: tuple[int, ...] = ()
    """The column of each cell, from 0; -1 where nothing tells it. Empty: the cells stand side by side from 0."""
    spot: str = ""
    """Where it stands in a file that has no lines: a page, a sheet and row, a paragraph."""
    label: str = ""
    """The same in short for the report; without it, its number."""
    is_plain: bool = False
    """Whether it is a line of a text without cells, so that a text may be broken into several."""
    is_title: bool = False
    """Whether the source marks it as a heading (Heading 1, `<h2>`, `##`)."""
    is_item: bool = False
    """Whether the source marks it as an item of a list, whose number or dot is not in the text."""
    is_ended: bool = False
    """Whether a rule of the source stands behind its last cell, as the `|` at the end of a line."""

    def column(self, cell: int) -> int:
        """The column of a cell."""
        return self.columns[cell] if self.columns else cell


def clean(text: str) -> tuple[str, int]:
    """The text with runs of blanks folded, without control characters; and how many of those there were."""
    kept = text
    if not text.isprintable():
        kept = "".join(letter for letter in text if letter.isspace() or not _is_control(letter))
    return " ".join(kept.split()), len(text) - len(kept)


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised letters are the mark of a footnote: a number or a star behind a sentence or a long word.

    Behind a short word they may be part of it, as in `m2`.
    """
    return bool(_NOTE_MARK.fullmatch(raised.strip()) and _ENDS.search(before)) and not before.rstrip().endswith("meter")


def _is_control(letter: str) -> bool:
    # Noncharacters (U+FFFE and the like) are no control characters, but no XML may hold them.
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"} or ord(letter) & 0xFFFE == 0xFFFE

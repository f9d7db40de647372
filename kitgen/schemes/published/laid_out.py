"""A text that shows columns by blanks, as programs make it from a PDF: seen as words with places, then as lines."""

import re
from typing import Final

from kitgen.schemes.published.columns import lines_of
from kitgen.schemes.published.geometry import PrintedWord, VisualLine
from kitgen.schemes.published.line import MOST_LINES, PageLine, clean

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_COLUMNS: Final = re.compile(r"\S {2,}\S")
_FEWEST: Final = 2
_DECREE: Final = re.compile(
    r"^[ ]*(?:batasan variabel|panduan penilaian|elemen kompetensi +kriteria unjuk kerja)\b",
    re.IGNORECASE | re.MULTILINE,
)


def is_laid_out(text: str) -> bool:
    """Whether a text shows its columns by blanks, or is that of a decree, and has no other signs between cells."""
    lines = text.split("\n")
    columns = sum(bool(_COLUMNS.search(line)) for line in lines)
    others = sum("|" in line or "\t" in line.strip() for line in lines)
    is_of_pages = text.count("\f") > 1 or bool(_DECREE.search(text))
    return (columns >= _FEWEST and columns > 4 * others) or (is_of_pages and not others)


def laid_out_lines(text: str) -> list[PageLine]:
    """The lines of the text, those of tables put together."""
    lines: list[VisualLine] = []
    page = 1
    is_apart = False
    for number, raw in enumerate(_LINE_END.split(text)[: MOST_LINES + 1], start=1):
        pages = raw.count("\f")
        page += pages
        words = tuple(
            PrintedWord(found.start(), found.end(), shown)
            for found in re.finditer(r"\S+", raw.replace("\f", "").expandtabs(8))
            if (shown := clean(found[0])[0])
        )
        lines.append(VisualLine(words, page, number, 1.0, is_apart or bool(pages)))
        is_apart = not words
    return lines_of(lines, is_paged=False)

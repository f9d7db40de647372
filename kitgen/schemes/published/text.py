"""The published page as numbered lines of cells: bytes in, clean text out.

Takes what people have in hand: the page's text (cells parted by `|`), what a browser copies (cells parted by
tabs), what Notepad saves (UTF-16, UTF-8 with a mark, Windows-1252), text laid out in columns, Markdown, CSV, a saved
HTML page, Word and Excel files and PDF. It knows nothing of units and criteria; `page` does.
"""

import re
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.render.package.file_kinds import COMPOUND, other_kind
from kitgen.schemes.published.csv_text import csv_lines
from kitgen.schemes.published.laid_out import is_laid_out, laid_out_lines
from kitgen.schemes.published.line import MOST_LINES, PageLine
from kitgen.schemes.published.plain_text import plain_lines

LARGEST_PAGE: Final = 5_000_000
"""Bytes. The page of the seed scheme has 4,574; a saved HTML page with everything in it a few hundred thousand."""

LARGEST_FILE: Final = 64_000_000
"""Bytes of a PDF or an Office file; pictures in it count."""

_BYTE_ORDER_MARKS: Final = (
    # UTF-32 first: its mark begins with the one of UTF-16.
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_OTHER_KINDS: Final = (COMPOUND, b"{\\rtf", b"MIME-Version:")
"""How files begin that Word or Excel can save as one that is read: old ones, locked ones, Rich Text, web archives."""
_ARCHIVE: Final = b"From: <Saved by"
_SAVE_AS_TEXT: Final = said(
    "open it, copy all of the page into Notepad and save that as a text file; or save the page as HTML"
)
# In real Windows-1252 text these pairs of bytes do not occur; in UTF-8 every accented letter is one.
_UTF8_IN_BYTES: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page that could be read: the file's name (never its path), how it was read, and its lines."""

    file: str
    reading: str
    lines: tuple[PageLine, ...]
    is_laid_out: bool = False
    """Whether the lines were put together from a PDF, or from a text that shows columns by blanks."""


def read_page_text(content: bytes, file: str) -> PageText:
    """Turn the bytes of a page into lines; raises a `KitgenError` for what cannot be read or is too much of it.

    What it is, is told by its bytes; of its name only the ending `.csv` counts.
    """
    if b"%PDF-" in content[:1024]:
        from kitgen.schemes.published.pdf import pdf_lines

        return _bounded(PageText(file, "PDF", tuple(pdf_lines(content, file)), is_laid_out=True))
    if content.startswith(b"PK\x03\x04"):
        from kitgen.schemes.published.office import office_lines

        lines, reading = office_lines(content, file)
        return _bounded(PageText(file, reading, tuple(lines)))
    if len(content) > LARGEST_PAGE:
        raise failure(
            said("the page is larger than {largest_page} MB", largest_page=LARGEST_PAGE // 1_000_000),
            Place(file),
            said("copy only the part of the page with the units into a text file and import that"),
        )
    if content.startswith(_OTHER_KINDS) and (refusal := other_kind(content, file)) is not None:
        raise refusal
    if content.startswith(_ARCHIVE):
        raise failure(said("file is a web page in one file (.mht)"), Place(file), _SAVE_AS_TEXT)
    text, encoding = _decode(content, file)
    if text.lstrip().startswith("<"):
        from kitgen.schemes.published.html import html_lines

        return _bounded(PageText(file, f"HTML, {encoding}", tuple(html_lines(text, file))))
    if rows := csv_lines(text, is_named=file.casefold().endswith(".csv")):
        return _bounded(PageText(file, f"CSV, {encoding}", tuple(rows)))
    if is_laid_out(text):
        return _bounded(PageText(file, f"teks berkolom, {encoding}", tuple(laid_out_lines(text)), is_laid_out=True))
    return _bounded(PageText(file, f"teks, {encoding}", tuple(plain_lines(text))))


def _bounded(page: PageText) -> PageText:
    if len(page.lines) > MOST_LINES:
        raise failure(
            said("the page has more than {most_lines:,} lines", most_lines=MOST_LINES), Place(page.file), _SAVE_AS_TEXT
        )
    return page


def _decode(content: bytes, file: str) -> tuple[str, str]:
    """The page's text and the name of its encoding. The bytes decide; what a page says of itself is often wrong."""
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content, codec, name, file), name
    if b"\x00" in content[:4000]:
        evens, odds = content[:4000:2].count(0), content[1:4000:2].count(0)
        codec = "utf-16-le" if odds > evens else "utf-16-be"
        return _decode_as(content, codec, "UTF-16", file), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as fault:
        mixed = _UTF8_IN_BYTES.search(content)
        if mixed:
            raise failure(
                said("the page mixes two encodings: most of it is UTF-8, this line is not"),
                Place(file, _line_of(content, fault.start)),
                said("copy the page from the browser again and save it as UTF-8"),
            ) from fault
    return _decode_as(content, "cp1252", "Windows-1252", file), "Windows-1252"


def _decode_as(content: bytes, codec: str, name: str, file: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as fault:
        raise failure(
            said("the page cannot be read as {name}", name=name),
            Place(file, _line_of(content, fault.start)),
            said("copy the page from the browser again and save it as UTF-8"),
        ) from fault


def _line_of(content: bytes, offset: int) -> int:
    return content[:offset].count(b"\n") + 1

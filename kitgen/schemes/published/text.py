"""The published page as numbered lines of cells: bytes in, clean text out.

Takes what people have in hand: the page's text (cells parted by `|`), what a browser copies (cells parted by
tabs), what Notepad saves (UTF-16, UTF-8 with a mark, Windows-1252) and a saved HTML page. It knows nothing of
units and criteria; `published` does.
"""

import re
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.schemes.published.line import MOST_LINES, PageLine, clean

LARGEST_PAGE: Final = 5_000_000
"""Bytes. The page of the seed scheme has 4,574; a saved HTML page with everything in it a few hundred thousand."""

_BYTE_ORDER_MARKS: Final = (
    # UTF-32 first: its mark begins with the one of UTF-16.
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_NO_TEXT: Final = (
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a rich text file"),
    (b"From: <Saved by", "a web archive (MHTML)"),
)
_SAVE_AS_TEXT: Final = said(
    "open it, copy all of the page into Notepad and save that as a text file; or save the page as HTML"
)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CELL_END: Final = re.compile(r"[|\t]")
# In real Windows-1252 text these pairs of bytes do not occur; in UTF-8 every accented letter is one.
_UTF8_IN_BYTES: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page that could be read: the file's name (never its path), how it was read, and its lines."""

    file: str
    reading: str
    lines: tuple[PageLine, ...]


def read_page_text(content: bytes, file: str) -> PageText:
    """Turn the bytes of a page into lines; raises a `KitgenError` for what is no text or too much of it."""
    if len(content) > LARGEST_PAGE:
        raise failure(
            said("the page is larger than {largest_page} MB", largest_page=LARGEST_PAGE // 1_000_000),
            Place(file),
            said("copy only the part of the page with the units into a text file and import that"),
        )
    for mark, kind in _NO_TEXT:
        if content.startswith(mark):
            raise failure(said("the page is not text but {kind}", kind=kind), Place(file), _SAVE_AS_TEXT)
    text, encoding = _decode(content, file)
    if text.lstrip().startswith("<"):
        # Imported here because `page_html` needs `PageLine`.
        from kitgen.schemes.published.html import html_lines

        lines, reading = html_lines(text, file), f"HTML, {encoding}"
    else:
        lines, reading = _plain_lines(text), f"teks, {encoding}"
    if len(lines) > MOST_LINES:
        raise failure(
            said("the page has more than {most_lines:,} lines", most_lines=MOST_LINES), Place(file), _SAVE_AS_TEXT
        )
    return PageText(file, reading, tuple(lines))


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


def _plain_lines(text: str) -> list[PageLine]:
    """Lines of a text page, one for each line of the file."""
    written = _LINE_END.split(text)
    if not written[-1]:
        written.pop()
    lines: list[PageLine] = []
    block, is_closed = 0, False
    # One more than allowed, so that the caller sees that there are too many.
    for number, raw in enumerate(written[: MOST_LINES + 1], start=1):
        cells = tuple(cell for cell in (clean(part)[0] for part in _CELL_END.split(raw)) if cell)
        if not cells or (is_closed and "|" not in raw):
            block += 1
        shown, removed = clean(raw)
        lines.append(PageLine(number, number, shown, cells, block, removed))
        is_closed = raw.rstrip().endswith("|")
    return lines

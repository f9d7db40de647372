"""A PDF as lines of cells: its glyphs with their places become words, lines and columns.

pdfium is used since it tells where every glyph stands; a text is not needed to be in order, nor the lines of a table to
be drawn. Nothing in the file is run, and what is too large or has no text is refused.
"""

import contextlib
import ctypes
import re
import statistics
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.schemes.published.columns import lines_of
from kitgen.schemes.published.geometry import PrintedWord, VisualLine
from kitgen.schemes.published.line import PageLine, clean

MOST_PAGES: Final = 1_500
MOST_GLYPHS: Final = 6_000_000
_MOST_SECONDS: Final = 240
_STREAM: Final = re.compile(rb"stream\r?\n(?=[\x08-\x7f][\x01\x5e\x9c\xda])")
_STEP: Final = 1 << 20
_LARGEST_STREAM: Final = 128 << 20
_FEWEST_GLYPHS: Final = 20
"""Glyphs a page has at least if it is not a picture of one."""
_KERNED: Final = 0.13
"""The space between two glyphs that parts words, in sizes: less than a narrow blank, more than kerning."""
_MANY_GAPS: Final = 5
_LIGATURES: Final = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\x02": "-", "￾": "-"}


@dataclass(frozen=True, slots=True)
class _Glyph:
    """One letter: its box with the text upright, `y` growing downwards; `size` is the height of its font."""

    start: float
    end: float
    base: float
    size: float
    text: str


def pdf_lines(content: bytes, file: str) -> list[PageLine]:
    """The lines of a PDF; raises a `KitgenError` for one that is locked, damaged, too large, or a scan."""
    import pypdfium2

    if _unpacks_far(content):
        raise _too_much(said("the PDF unpacks to far more than a document has"), file)
    end = time.monotonic() + _MOST_SECONDS
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error, file) from error
    with contextlib.closing(document):
        pages = len(document)
        if pages > MOST_PAGES:
            raise _too_much(said("the PDF has more than {pages} pages", pages=MOST_PAGES), file)
        lines: list[VisualLine] = []
        glyphs = empty = 0
        for number in range(pages):
            found = _page_glyphs(document, number)
            glyphs += len(found)
            empty += len(found) < _FEWEST_GLYPHS
            if glyphs > MOST_GLYPHS or time.monotonic() > end:
                raise _too_much(said("the PDF holds too much text"), file)
            lines += _page_lines(found, number + 1)
    if glyphs < _FEWEST_GLYPHS * max(1, pages) or 2 * empty > pages:
        raise failure(
            said("the PDF is a scan (pindaian): its pages are pictures without text"),
            Place(file),
            said("take the PDF it was scanned from, or have a program read its text (OCR) and check that text"),
        )
    return lines_of(lines, is_paged=True)


def _unpacks_far(content: bytes) -> bool:
    """Whether a stream of the file unpacks to more than any page or picture has."""
    for found in _STREAM.finditer(content):
        unpacker, size = zlib.decompressobj(), 0
        rest = content[found.end() : found.end() + _STEP]
        at = found.end() + len(rest)
        try:
            while rest and not unpacker.eof and size <= _LARGEST_STREAM:
                size += len(unpacker.decompress(rest, _STEP))
                rest = unpacker.unconsumed_tail or content[at : at + _STEP]
                at += 0 if unpacker.unconsumed_tail else len(rest)
        except zlib.error:
            continue  # a stream packed in another way
        if size > _LARGEST_STREAM:
            return True
    return False


def _unreadable(error: Exception, file: str) -> KitgenError:
    if "password" in str(error).casefold():
        return failure(
            said("the PDF is protected with a password"),
            Place(file),
            said("open it with the password and print it into a new PDF"),
        )
    return failure(
        said("the PDF cannot be read; it is damaged"),
        Place(file),
        said("download it again, or print it into a new PDF"),
    )


def _too_much(message: Any, file: str) -> KitgenError:
    return failure(message, Place(file), said("print only the pages with the units into a new PDF and import that"))


def _page_glyphs(document: Any, number: int) -> list[_Glyph]:
    """The glyphs of a page with its text upright; those set askew (watermarks) are left out."""
    import pypdfium2

    raw = pypdfium2.raw
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    with contextlib.closing(text_page):
        count = min(raw.FPDFText_CountChars(text_page), MOST_GLYPHS)
        box, found = raw.FS_RECTF(), []
        angles: Counter[int] = Counter()
        for at in range(count):
            code = raw.FPDFText_GetUnicode(text_page, at)
            if code in (0, 10, 13) or raw.FPDFText_IsGenerated(text_page, at) == 1:
                continue
            if not raw.FPDFText_GetLooseCharBox(text_page, at, ctypes.byref(box)):
                continue
            degrees = raw.FPDFText_GetCharAngle(text_page, at) * 57.29578
            turn = round(degrees / 90) % 4
            if abs(degrees - 90 * round(degrees / 90)) > 8:
                continue
            if code != 32:
                angles[turn] += 1
            found.append((turn, box.left, box.right, box.top, box.bottom, chr(code) if code < 0x110000 else " "))
    turn = angles.most_common(1)[0][0] if angles else 0
    return _unique(_upright(turn, glyph[1:]) for glyph in found if glyph[0] == turn)


def _upright(turn: int, glyph: tuple[float, float, float, float, str]) -> _Glyph:
    """A glyph as it stands when the page is turned so that its text is upright."""
    left, right, top, bottom, text = glyph
    if turn == 0:
        return _Glyph(left, right, -bottom, top - bottom, text)
    if turn == 1:
        return _Glyph(-top, -bottom, -left, right - left, text)
    if turn == 2:
        return _Glyph(-right, -left, top, top - bottom, text)
    return _Glyph(bottom, top, right, right - left, text)


def _unique(glyphs: Iterator[_Glyph]) -> list[_Glyph]:
    """The glyphs without those printed twice on one spot to look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[_Glyph] = []
    for glyph in glyphs:
        step = max(glyph.size, 1.0) / 8
        spot = (glyph.text, round(glyph.start / step), round(glyph.base / step))
        if spot not in seen:
            seen.add(spot)
            kept.append(glyph)
    return kept


def _page_lines(glyphs: Sequence[_Glyph], page: int) -> Iterator[VisualLine]:
    """The lines of a page from top to bottom; of one set in two columns first all of the left one."""
    rows = _with_blanks([row for row in (_line(row, page) for row in _rows(glyphs)) if row[1].words])
    gutter = _gutter([line for _, line in rows])
    parts = [rows] if gutter is None else _halves(rows, gutter)
    number = 0
    for block, part in enumerate(parts):
        usual = statistics.median([below[0] - above[0] for above, below in pairwise(part)] or [0.0])
        last: float | None = None
        for base, line in part:
            number += 1
            is_apart = last is None or base - last > 1.45 * usual
            yield VisualLine(line.words, page, number, line.blank, is_apart, block)
            last = base


def _rows(glyphs: Sequence[_Glyph]) -> list[list[_Glyph]]:
    """The glyphs line by line."""
    rows: list[list[_Glyph]] = []
    bases: list[float] = []
    for glyph in sorted((each for each in glyphs if each.text.strip()), key=lambda each: each.base):
        if rows and glyph.base - bases[-1] <= 0.35 * max(glyph.size, 1.0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            bases.append(glyph.base)
    return rows


def _line(row: list[_Glyph], page: int) -> tuple[float, VisualLine]:
    """One line with its words, told apart by the space between their glyphs."""
    size = statistics.median(glyph.size for glyph in row)
    row.sort(key=lambda each: each.start)
    words: list[PrintedWord] = []
    begin, text, end = row[0].start, "", row[0].start
    for glyph in row:
        if text and glyph.start - end > _KERNED * size:
            words.append(PrintedWord(begin, end, text))
            begin, text = glyph.start, ""
        text += _LIGATURES.get(glyph.text, glyph.text)
        end = max(end, glyph.end)
    words.append(PrintedWord(begin, end, text))
    kept = [PrintedWord(word.start, word.end, shown) for word in words if (shown := clean(word.text)[0])]
    return row[0].base, VisualLine(tuple(kept), page, 0, 0.25 * size)


def _with_blanks(rows: Sequence[tuple[float, VisualLine]]) -> list[tuple[float, VisualLine]]:
    """The lines with the blank that is usual on the page; on a line set to both edges it may be wider."""
    gaps = {id(line): [after.start - before.end for before, after in pairwise(line.words)] for _, line in rows}
    usual = statistics.median([gap for found in gaps.values() for gap in found] or [0.0])
    made: list[tuple[float, VisualLine]] = []
    for base, line in rows:
        own = statistics.median(gaps[id(line)]) if len(gaps[id(line)]) >= _MANY_GAPS else 0.0
        blank = max(line.blank, min(max(usual, own), 3 * line.blank))
        made.append((base, replace(line, blank=blank)))
    return made


def _gutter(lines: Sequence[VisualLine]) -> float | None:
    """Where a page set in two columns is parted: units begin on both sides of it; None for other pages."""
    if not lines:
        return None
    left = min(line.start for line in lines)
    right = max(line.words[-1].end for line in lines)
    middle = (left + right) / 2
    heads = [
        part[0].start
        for line in lines
        for part in line.fragments()
        if " ".join(word.text for word in part).casefold().startswith(("kode unit", "elemen kompetensi", "batasan var"))
    ]
    rights = [start for start in heads if start > middle - 0.1 * (right - left)]
    if not rights:
        return None
    gutter = min(rights) - lines[0].blank
    crossing = sum(any(word.start < gutter < word.end for word in line.words) for line in lines)
    beside = sum(line.start < gutter and line.words[-1].end > gutter for line in lines)
    return gutter if crossing * 20 <= len(lines) and beside * 4 >= len(lines) else None


def _halves(rows: Sequence[tuple[float, VisualLine]], gutter: float) -> list[list[tuple[float, VisualLine]]]:
    halves: list[list[tuple[float, VisualLine]]] = [[], []]
    for base, line in rows:
        for side, words in enumerate(
            (
                tuple(word for word in line.words if word.start < gutter),
                tuple(word for word in line.words if word.start >= gutter),
            )
        ):
            if words:
                halves[side].append((base, VisualLine(words, line.page, 0, line.blank)))
    return halves

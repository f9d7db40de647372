"""Words with their places on a page, as a PDF and a text laid out in columns give them; heads and feet taken out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_EDGE: Final = 3
"""Lines at the top and the bottom of a page among which heads and feet are looked for."""
_FEWEST_PAGES: Final = 3
_PAGE_NUMBER: Final = re.compile(
    r"[-–—~|\s]*(?:(?:halaman|page|hal\.?)\s*)?(?:[0-9]{1,4}|[ivxlc]{1,7})(?:\s*(?:dari|of|/)\s*[0-9]{1,4})?[-–—~|\s]*",
    re.IGNORECASE,
)
_OF_TABLE: Final = re.compile(r"elemen|kriteria|performance|(?:kode|judul) unit", re.IGNORECASE)
"""What a line that is no head of pages may say, also where a unit begins on each of them."""
_WIDE: Final = 1.6
"""Blanks between two words of one line that stand in different columns, at least."""


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word and where it begins and ends on its line."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class VisualLine:
    """One line as it is seen on a page."""

    words: tuple[PrintedWord, ...]
    page: int
    """From 1; 0 in a text without pages."""
    number: int
    """The line of the file, or of its page in a PDF."""
    blank: float
    """How wide a blank is, in the measure of the words' places."""
    is_apart: bool = False
    """Whether more than the usual space stands above it."""
    block: int = 0
    """The part of a page it belongs to, where a page is set in two columns."""

    @property
    def text(self) -> str:
        """Its words, a blank between."""
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> float:
        """Where its first word begins."""
        return self.words[0].start if self.words else 0.0

    def fragments(self) -> list[tuple[PrintedWord, ...]]:
        """Its words parted where more than a blank stands between them."""
        parts: list[list[PrintedWord]] = []
        for word in self.words:
            if parts and word.start - parts[-1][-1].end < _WIDE * self.blank:
                parts[-1].append(word)
            else:
                parts.append([word])
        return [tuple(part) for part in parts]

    def cells(self) -> tuple[str, ...]:
        """The texts of its fragments."""
        return tuple(spelled(part) for part in self.fragments())


def spelled(words: Sequence[PrintedWord]) -> str:
    """The text of some words."""
    return " ".join(word.text for word in words)


def furniture(lines: Sequence[VisualLine]) -> set[int]:
    """The positions of lines that are heads, feet and numbers of pages.

    A head is a line at the edge of a page that stands there on most pages, or on many of them if it is apart
    from what follows: the rest of a criterion at the end of a page must never be taken for one.
    """
    pages: dict[tuple[int, int], list[int]] = {}
    for position, line in enumerate(lines):
        if line.words:
            pages.setdefault((line.page, line.block), []).append(position)
    counts: Counter[tuple[str, int, str, int]] = Counter()
    for positions in pages.values():
        for side, ordered in (("top", positions), ("bottom", positions[::-1])):
            counts.update(_slot(side, at, lines[position]) for at, position in enumerate(ordered[:_EDGE]))
    least = max(min(_FEWEST_PAGES, max(2, len(pages))), 3 * len(pages) // 10)
    sure = max(_FEWEST_PAGES, 6 * len(pages) // 10)
    found: set[int] = set()
    for positions in pages.values():
        for side, ordered in (("top", positions), ("bottom", positions[::-1])):
            at = 0
            while at < min(_EDGE, len(ordered)) and (
                counts[_slot(side, at, lines[ordered[at]])] >= least
                or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(lines[ordered[at]].text))
            ):
                at += 1
            while (
                at
                and counts[_slot(side, at - 1, lines[ordered[at - 1]])] < sure
                and not _is_apart(lines, side, ordered, at)
            ):
                at -= 1
            found.update(ordered[:at])
    if len({page for page, _ in pages}) == 1:
        found.update(_numbers_between(lines))
    return found


def _is_apart(lines: Sequence[VisualLine], side: str, ordered: Sequence[int], count: int) -> bool:
    """Whether so many lines at the edge of a page stand apart from the rest of it."""
    if count == len(ordered) or all(_PAGE_NUMBER.fullmatch(lines[at].text) for at in ordered[:count]):
        return True
    return lines[ordered[count] if side == "top" else ordered[count - 1]].is_apart


def _slot(side: str, at: int, line: VisualLine) -> tuple[str, int, str, int]:
    """Where a line of a head or foot stands and what it says, without what differs from page to page."""
    text = line.text
    is_of_table = re.match(r"\s*[0-9]{1,2}\.", text) or _OF_TABLE.search(text)
    pattern = f"{text}\0{line.page}" if is_of_table else re.sub(r"[0-9]+", "#", text.casefold())
    return side, at, pattern, 0 if _PAGE_NUMBER.fullmatch(text) else round(line.start / (8 * line.blank))


def _numbers_between(lines: Sequence[VisualLine]) -> Iterator[int]:
    """Numbers of pages in a text whose pages are not marked: alone on a line, set in, nothing beside them."""
    for position, line in enumerate(lines):
        if line.words and len(line.words) < 4 and _PAGE_NUMBER.fullmatch(line.text):
            is_dashed = line.text[0] in "-–—" and line.text[-1] in "-–—"
            is_between = line.is_apart and (position + 1 == len(lines) or lines[position + 1].is_apart)
            if is_dashed or (is_between and line.start > 20) or re.match(r"hal|page", line.text, re.IGNORECASE):
                yield position


def joined_text(parts: Sequence[str], known: set[str]) -> str:
    """The lines of one text put together; `known`: words of the document, by which a hyphen at the end is judged."""
    text = ""
    for part in parts:
        if not text:
            text = part
        elif text.endswith("\u00ad") or text.endswith("\u2010"):
            text = text[:-1] + part
        elif text.endswith("-") and len(text) > 1 and text[-2].isalpha() and part[:1].islower():
            text = text + part if _keeps_hyphen(text, part, known) else text[:-1] + part
        elif text.endswith("/") or (text.endswith("-") and part[:1].isalnum()):
            text += part
        else:
            text = f"{text} {part}"
    return text.replace("\u00ad", "")


def _keeps_hyphen(text: str, part: str, known: set[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word: `alat-alat` does, `mempersi-apkan` does not."""
    first = text.rpartition(" ")[2][:-1].casefold().lstrip("(\"'“")
    second = re.split(r"[^\w-]", part, maxsplit=1)[0].casefold()
    if first + second in known:
        return False
    if f"{first}-{second}" in known or "-" in second:
        return True
    shorter = min(len(first), len(second))
    length = next((size for size in range(shorter, 2, -1) if first[-size:] in second or second[:size] in first), 0)
    return (length >= 3 and 2 * length >= shorter) or first in ("non", "sub", "pra", "pasca", "anti", "e")


def words_of(lines: Sequence[VisualLine]) -> set[str]:
    """Every word that stands within a line, in small letters."""
    found: set[str] = set()
    for line in lines:
        found.update(re.sub(r"^\W+|\W+$", "", word.text.casefold()) for word in line.words[:-1] or line.words)
    return found

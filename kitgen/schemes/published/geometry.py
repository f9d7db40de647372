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
_WIDE: Final = 1.6
"""Blanks between two words of one line that stand in different columns, at least."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it begins and ends on its line."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class VisualLine:
    """One line as it is seen on a page."""

    words: tuple[Word, ...]
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

    def fragments(self) -> list[tuple[Word, ...]]:
        """Its words parted where more than a blank stands between them."""
        parts: list[list[Word]] = []
        for word in self.words:
            if parts and word.start - parts[-1][-1].end < _WIDE * self.blank:
                parts[-1].append(word)
            else:
                parts.append([word])
        return [tuple(part) for part in parts]

    def cells(self) -> tuple[str, ...]:
        """The texts of its fragments."""
        return tuple(spelled(part) for part in self.fragments())


def spelled(words: Sequence[Word]) -> str:
    """The text of some words."""
    return " ".join(word.text for word in words)


def furniture(lines: Sequence[VisualLine]) -> set[int]:
    """The positions of lines that are heads, feet and numbers of pages."""
    found: set[int] = set()
    pages: dict[tuple[int, int], list[int]] = {}
    for position, line in enumerate(lines):
        if line.words:
            pages.setdefault((line.page, line.block), []).append(position)
    counts: Counter[str] = Counter()
    for positions in pages.values():
        counts.update({_pattern(lines[at].text) for at in _edges(positions)})
    least = max(_FEWEST_PAGES, len(pages) // 4)
    for positions in pages.values():
        found.update(at for at in _edges(positions) if counts[_pattern(lines[at].text)] >= least)
        for ordered in (positions, positions[::-1]):
            rest = [at for at in ordered if at not in found]
            if rest and len(pages) > 1 and _PAGE_NUMBER.fullmatch(lines[rest[0]].text):
                found.add(rest[0])
    if len(pages) == 1:
        found.update(_numbers_between(lines))
    return found


def _edges(positions: Sequence[int]) -> Iterator[int]:
    yield from dict.fromkeys([*positions[:_EDGE], *positions[-_EDGE:]])


def _pattern(text: str) -> str:
    """A line of a head or foot without what differs from page to page; one of a table is like no other."""
    if re.match(r"\s*[0-9]{1,2}\.", text) or re.search(r"elemen|kriteria|performance", text, re.IGNORECASE):
        return text + "\0"
    return re.sub(r"[0-9]+", "#", text.casefold())


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

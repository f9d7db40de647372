"""The numbers Word counts by itself: worked out from the lists of a document, paragraph after paragraph."""

import re
from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9
_MOST_STYLES: Final = 20
_ROMAN: Final = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Numbers:
    """Counts the paragraphs of a document's lists in their order."""

    def __init__(self, document: Any) -> None:
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], Any] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._seen: set[tuple[str, int]] = set()
        self._styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return  # a document without lists
        for abstract in root.iter(f"{_W}abstractNum"):
            for level in abstract.iter(f"{_W}lvl"):
                self._levels[_of(abstract, "abstractNumId"), _number(level.get(f"{_W}ilvl"))] = level
        for num in root.iter(f"{_W}num"):
            name = _of(num, "numId")
            self._lists[name] = _child(num, "abstractNumId")
            for override in num.iter(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    self._starts[name, _number(override.get(f"{_W}ilvl"))] = _number(start.get(f"{_W}val"))

    def next(self, paragraph: Any) -> str:
        """The number of a paragraph as Word shows it; empty for one without a number, or with a dot."""
        name, at = self._list_of(paragraph)
        abstract = self._lists.get(name, "")
        level = self._levels.get((abstract, at))
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if (name, at) not in self._seen and (name, at) in self._starts:
            counts[at] = self._starts[name, at] - 1
        self._seen.add((name, at))
        start = _number(_child(level, "start") or "1")
        last = counts[at]
        counts[at] = start if last is None else last + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        if _child(level, "numFmt") in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda found: self._shown(abstract, int(found[1]) - 1, counts), _child(level, "lvlText")
        )

    def _shown(self, abstract: str, at: int, counts: list[int | None]) -> str:
        level = self._levels.get((abstract, at))
        if level is None:
            return ""
        count = counts[at]
        number = count if count is not None else _number(_child(level, "start") or "1")
        return _spelled(number, _child(level, "numFmt"))

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        """The list a paragraph stands in and its level, by its own properties or those of its style."""
        found = _list_in(paragraph)
        style = _style_name(paragraph)
        for _ in range(_MOST_STYLES):
            if found[0] or not style or style not in self._styles:
                break
            found = _list_in(self._styles[style])
            style = _child(self._styles[style], "basedOn")
        return (found[0], min(found[1], _LEVELS - 1)) if found[0] != "0" else ("", 0)

    def is_item(self, paragraph: Any) -> bool:
        """Whether a paragraph is an item of a list, numbered or with a dot."""
        name, at = self._list_of(paragraph)
        return (self._lists.get(name, ""), at) in self._levels

    def is_title(self, paragraph: Any) -> bool:
        """Whether a paragraph has the style of a heading."""
        style = self._styles.get(_style_name(paragraph))
        return style is not None and _child(style, "name").casefold().startswith(("heading", "judul", "title"))


def _list_in(element: Any) -> tuple[str, int]:
    numbered = element.find(f"{_W}pPr/{_W}numPr")
    if numbered is None:
        return "", 0
    return _child(numbered, "numId"), _number(_child(numbered, "ilvl"))


def _style_name(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else ""


def _child(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _of(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _spelled(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        letter = chr(96 + number)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 400:
        text = ""
        for value, sign in _ROMAN:
            while number >= value:
                text, number = text + sign, number - value
        return text.upper() if form == "upperRoman" else text
    return f"{number:02d}" if form == "decimalZero" else str(number)

"""Where the cells of an HTML table stand, with cells over several rows and columns; and the marks of its lists."""

import re
from collections.abc import Mapping
from typing import Final

_MOST_SPAN: Final = 1_000
_TYPE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LETTERS: Final = frozenset(("a", "lower-alpha", "lower-latin", "A", "upper-alpha", "upper-latin"))


class HtmlTable:
    """Counts the columns of one table; `column` is that of the cell that stands open."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.column = 0
        self._next = 0
        self._covered: dict[int, int] = {}

    def begin_row(self) -> None:
        """A new row: cells that reach into it cover their columns."""
        self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self._next = self.column = 0

    def begin_cell(self, attrs: Mapping[str, str | None]) -> None:
        """A new cell, in the next column that nothing covers."""
        while self._covered.get(self._next, 0) > 0 and self._next < _MOST_SPAN:
            self._next += 1
        self.column = self._next
        across, down = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
        for column in range(self.column, self.column + across):
            if down > 1:
                self._covered[column] = down
        self._next += across


class ListCounter:
    """Counts the items of lists; items of a numbered list inside another have numbers like 1.2."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []

    def begin(self, tag: str, attrs: Mapping[str, str | None]) -> None:
        """A list begins."""
        style = _TYPE.search(attrs.get("style") or "")
        kind = style[1].lower() if style else attrs.get("type") or "1"
        start = attrs.get("start") or "1"
        first = int(start) if start.isdecimal() and len(start) < 5 else 1
        is_bulleted = tag == "ul" or (style is not None and kind in ("none", "disc", "circle", "square"))
        self._open.append(("-" if is_bulleted else "a" if kind in _LETTERS else "1", first - 1))

    def end(self) -> None:
        """A list ends."""
        if self._open:
            self._open.pop()

    def next_mark(self, attrs: Mapping[str, str | None]) -> str:
        """The mark of the next item: `1.`, `1.2.`, `b.`; empty for one with a dot."""
        if not self._open:
            return ""
        kind, last = self._open[-1]
        value = attrs.get("value") or ""
        number = int(value) if value.isdecimal() and len(value) < 5 else last + 1
        self._open[-1] = (kind, number)
        if kind == "a":
            return f"{chr(96 + number)}." if number <= 26 else ""
        if kind == "-":
            return ""
        above = [place for outer, place in self._open[:-1] if outer == "1"]
        return f"{above[-1]}.{number}" if above else f"{number}."


def _span(text: str | None) -> int:
    plain = (text or "1").strip()
    return min(max(int(plain), 1), _MOST_SPAN) if plain.isdecimal() and len(plain) < 6 else 1

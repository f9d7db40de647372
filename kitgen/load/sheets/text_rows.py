"""The rows of a sheet by the names of its columns, which stand in any order; each fault is noted with its cell."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.errors import Place, did_you_mean
from kitgen.base.messages import NOTHING, Message, said
from kitgen.base.signs import without_marks
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.typed_text import TypedText, typed_text

_HEADING_ROWS: Final = 20
"""The row of headings is one of the first, so that people may put a title above it."""
_SEPARATORS: Final = re.compile(r"[,;\n]+")


@dataclass(slots=True)
class RowReader:
    """The texts of a row by their headings; each fault is noted once, with its cell, among those of the sheet."""

    grid: Grid
    number: int
    columns: Mapping[str, int]
    has_faults: bool = False
    told: set[str] = field(default_factory=set)

    def has(self, heading: str) -> bool:
        """Whether the sheet has the column at all."""
        return heading in self.columns

    def cell(self, heading: str) -> TypedText:
        """What was typed below a heading."""
        return typed_text(self._cell(heading))

    def _cell(self, heading: str) -> SheetCell:
        return self.grid.cell(self.number, self.columns[heading])

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands below any heading; what stands in other columns is nobody's question."""
        cells = map(self.cell, self.columns)
        return not any(cell.text.strip() or cell.fault for cell in cells)

    def place(self, heading: str) -> Place:
        """Where that cell is, and what it holds."""
        cell = self._cell(heading)
        return cell.shown(typed_text(cell).text)

    def error(self, heading: str, message: Message, help: Message = NOTHING) -> None:
        """Note what is wrong with the cell."""
        self.has_faults = True
        self.grid.findings.error(message, self.place(heading), help)

    def raw(self, heading: str) -> str:
        """The text as it stands in the cell; empty, with its fault noted, if it is none."""
        cell = self.cell(heading)
        if not cell.fault:
            return cell.text
        if heading not in self.told:
            self.told.add(heading)
            self.error(heading, said("`{heading}`: {fault}", heading=heading, fault=cell.fault), cell.help)
        return ""

    def text(self, heading: str) -> str:
        """The text, runs of blanks and lines folded, as in every file of data; none of signs alone nobody sees."""
        text = " ".join(self.raw(heading).split())
        return text if _is_seen(text) else ""

    def required(self, heading: str, help: Message = NOTHING) -> str:
        """A text that must be there."""
        text = self.text(heading)
        if not text and not self.cell(heading).fault:
            self.error(heading, said("`{heading}` is empty", heading=heading), help)
        return text

    def codes(self, heading: str) -> tuple[str, ...]:
        """Codes or numbers, with commas, semicolons or lines between them."""
        parts = (" ".join(part.split()) for part in _SEPARATORS.split(self.raw(heading)))
        return tuple(part for part in parts if _is_seen(part))

    def lines(self, heading: str) -> tuple[str, ...]:
        """The lines of a cell; empty ones are left out."""
        lines = (" ".join(line.split()) for line in self.raw(heading).replace("\r\n", "\n").split("\n"))
        return tuple(line for line in lines if _is_seen(line))

    def word(self, heading: str, allowed: Iterable[str]) -> str:
        """One of a few words, in capitals or not; empty if nothing stands there."""
        text = self.text(heading).lower()
        words = list(allowed)
        if text and text not in words:
            self.error(
                heading,
                said("`{text}` is not known here", text=text),
                said("write one of: {words}", words=", ".join(words)),
            )
            return ""
        return text


def _is_seen(text: str) -> bool:
    """Whether anybody sees something of a text: not if it is of blanks and signs that are not shown."""
    return bool(without_marks(text).strip())


def read_rows(grid: Grid, headings: Sequence[str], optional: Collection[str] = ()) -> Iterator[RowReader]:
    """Every row below the headings that holds something; none, with a fault noted, if a column is missing.

    Those in `optional` may be missing: readers ask for them with `has`. The row of headings is the one that holds the
    first of them.
    """
    head = next((row for row, cells in grid.filled() if _is_head(row, cells, headings[0])), None)
    if head is None:
        help = said(
            "one of the first {heading_rows} rows names the columns: {headings}",
            heading_rows=_HEADING_ROWS,
            headings=", ".join(headings),
        )
        grid.findings.error(said("sheet has no column `{headings}`", headings=headings[0]), grid.whole, help)
        return
    columns = _columns(grid, head, headings, optional)
    if any(heading not in columns for heading in headings if heading not in optional):
        return
    for row, _ in grid.filled():
        reader = RowReader(grid, row, columns)
        if row > head and not reader.is_empty:
            yield reader


def plain(title: str) -> str:
    """A name as it is compared: without capitals, runs of blanks folded."""
    return " ".join(title.lower().split())


def has_text(cells: Mapping[int, SheetCell], text: str) -> bool:
    """Whether a cell of a row says a text, in capitals or not."""
    return any(plain(typed_text(cell).text) == plain(text) for cell in cells.values())


def _is_head(row: int, cells: Mapping[int, SheetCell], first: str) -> bool:
    return row <= _HEADING_ROWS and has_text(cells, first)


def _columns(grid: Grid, head: int, headings: Sequence[str], optional: Collection[str]) -> dict[str, int]:
    """The column of each heading, wherever it stands."""
    known = {plain(heading): heading for heading in headings}
    columns: dict[str, int] = {}
    strangers: list[tuple[SheetCell, str]] = []
    for number, cell in sorted(grid.rows[head].items()):
        text = typed_text(cell).text
        heading = known.get(plain(text))
        if heading is None:
            strangers.append((cell, text))
        elif heading in columns:
            grid.findings.error(
                said("column `{heading}` stands twice", heading=heading), cell.shown(text), said("keep one of the two")
            )
        else:
            columns[heading] = number
    missing = [heading for heading in headings if heading not in columns and heading not in optional]
    for heading in missing:
        near = did_you_mean(heading, [text for _, text in strangers])
        grid.findings.error(
            said("column `{heading}` is missing", heading=heading),
            grid.whole,
            near or said("write `{heading}` in row {number}, above its column", heading=heading, number=head),
        )
    for cell, text in strangers:
        if text.strip():
            cell.warning(said("column `{split}` is not read", split=" ".join(text.split())))
    return columns

"""The rows of a sheet by the names of its columns, which stand in any order; each fault is noted with its cell."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import NOTHING, Message, said
from kitgen.load.sheets.grid import column_letters
from kitgen.load.sheets.text_workbook import TextCell, TextRow, TextSheet

_HEADING_ROWS: Final = 20
"""The row of headings is one of the first, so that people may put a title above it."""
_SEPARATORS: Final = re.compile(r"[,;\n]+")


@dataclass(slots=True)
class RowReader:
    """The cells of a row by their headings; each fault is noted once, with its cell."""

    sheet: TextSheet
    row: TextRow
    columns: dict[str, int]
    findings: Findings
    has_faults: bool = False
    told: set[str] = field(default_factory=set)

    def has(self, heading: str) -> bool:
        """Whether the sheet has the column at all."""
        return heading in self.columns

    def cell(self, heading: str) -> TextCell:
        """The cell below a heading, empty if nothing stands there."""
        number = self.columns[heading]
        return self.row.cells.get(number) or TextCell(f"{column_letters(number)}{self.row.number}", "")

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands below any heading; what stands in other columns is nobody's question."""
        cells = map(self.cell, self.columns)
        return not any(cell.text.strip() or cell.fault for cell in cells)

    def place(self, heading: str) -> Place:
        """Where that cell is, and what it holds."""
        cell = self.cell(heading)
        return self.sheet.place(cell.name, cell.text)

    def error(self, heading: str, message: Message, help: Message = NOTHING) -> None:
        """Note what is wrong with the cell."""
        self.has_faults = True
        self.findings.error(message, self.place(heading), help)

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
        """The text, runs of blanks and lines folded, as in every file of data."""
        return " ".join(self.raw(heading).split())

    def required(self, heading: str, help: Message = NOTHING) -> str:
        """A text that must be there."""
        text = self.text(heading)
        if not text and not self.cell(heading).fault:
            self.error(heading, said("`{heading}` is empty", heading=heading), help)
        return text

    def codes(self, heading: str) -> tuple[str, ...]:
        """Codes or numbers, with commas, semicolons or lines between them."""
        parts = (" ".join(part.split()) for part in _SEPARATORS.split(self.raw(heading)))
        return tuple(part for part in parts if part)

    def lines(self, heading: str) -> tuple[str, ...]:
        """The lines of a cell; empty ones are left out."""
        lines = (" ".join(line.split()) for line in self.raw(heading).replace("\r\n", "\n").split("\n"))
        return tuple(line for line in lines if line)

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


def read_rows(
    sheet: TextSheet, headings: Sequence[str], findings: Findings, optional: Collection[str] = ()
) -> Iterator[RowReader]:
    """Every row below the headings that holds something; none, with a fault noted, if a column is missing.

    Those in `optional` may be missing: readers ask for them with `has`. The row of headings is the one that holds the
    first of them.
    """
    head = next((row for row in sheet.rows if _is_head(row, headings[0])), None)
    if head is None:
        help = said(
            "one of the first {heading_rows} rows names the columns: {headings}",
            heading_rows=_HEADING_ROWS,
            headings=", ".join(headings),
        )
        findings.error(said("sheet has no column `{headings}`", headings=headings[0]), sheet.place(), help)
        return
    columns = _columns(sheet, head, headings, findings, optional)
    if any(heading not in columns for heading in headings if heading not in optional):
        return
    for row in sheet.rows:
        reader = RowReader(sheet, row, columns, findings)
        if row.number > head.number and not reader.is_empty:
            yield reader


def plain(title: str) -> str:
    """A name as it is compared: without capitals, runs of blanks folded."""
    return " ".join(title.lower().split())


def _is_head(row: TextRow, first: str) -> bool:
    return row.number <= _HEADING_ROWS and any(plain(cell.text) == plain(first) for cell in row.cells.values())


def _columns(
    sheet: TextSheet, head: TextRow, headings: Sequence[str], findings: Findings, optional: Collection[str]
) -> dict[str, int]:
    """The column of each heading, wherever it stands."""
    known = {plain(heading): heading for heading in headings}
    columns: dict[str, int] = {}
    strangers: list[TextCell] = []
    for number, cell in sorted(head.cells.items()):
        heading = known.get(plain(cell.text))
        if heading is None:
            strangers.append(cell)
        elif heading in columns:
            findings.error(
                said("column `{heading}` stands twice", heading=heading),
                sheet.place(cell.name, cell.text),
                said("keep one of the two"),
            )
        else:
            columns[heading] = number
    missing = [heading for heading in headings if heading not in columns and heading not in optional]
    for heading in missing:
        near = did_you_mean(heading, [cell.text for cell in strangers])
        findings.error(
            said("column `{heading}` is missing", heading=heading),
            sheet.place(),
            near or said("write `{heading}` in row {number}, above its column", heading=heading, number=head.number),
        )
    for cell in strangers:
        if cell.text.strip():
            findings.warning(
                said("column `{split}` is not read", split=" ".join(cell.text.split())), sheet.place(cell.name)
            )
    return columns

"""A list kept as CSV as lines of cells: commas, semicolons or tabs between fields, whichever shows its headings."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from kitgen.schemes.published.line import MOST_LINES, PageLine, clean
from kitgen.schemes.published.rows import columns_of

_SEPARATORS: Final = ",;\t"
_HEADING_ROWS: Final = 30
_FEWEST_HEADINGS: Final = 2
_LONGEST_FIELD: Final = 32_767


def csv_lines(text: str, *, is_named: bool) -> list[PageLine]:
    """The rows of a CSV file as lines; none where the text is no CSV. `is_named`: the file's name ends with `.csv`."""
    best: list[PageLine] = []
    most = 0
    for separator in _SEPARATORS:
        if separator == "\t" and not is_named:
            continue  # a text with tabs is one that was copied
        lines = _lines(text, separator)
        headings = max((_headings(line) for line in lines[:_HEADING_ROWS]), default=0)
        if headings > most:
            best, most = lines, headings
    return best if most >= _FEWEST_HEADINGS else []


def _lines(text: str, separator: str) -> list[PageLine]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[PageLine] = []
    first = 1
    try:
        for fields in reader:
            lines.append(_line(fields, first, reader.line_num))
            first = reader.line_num + 1
            if len(lines) > MOST_LINES:
                break
    except csv.Error:
        return []
    return lines


def _line(fields: Sequence[str], first: int, last: int) -> PageLine:
    cells: list[str] = []
    columns: list[int] = []
    removed = 0
    for column, field in enumerate(fields):
        for part in field[:_LONGEST_FIELD].split("\n"):
            cell, taken_out = clean(part)
            removed += taken_out
            if cell:
                cells.append(cell)
                columns.append(column)
    return PageLine(first, last, " | ".join(cells), tuple(cells), 0, removed, columns=tuple(columns))


def _headings(line: PageLine) -> int:
    """How many headings of a table of a scheme the line shows."""
    found = columns_of(line.cells, line.columns) if line.cells else None
    return len(found.fields) if found and len(set(found.fields.values())) > 1 else 0

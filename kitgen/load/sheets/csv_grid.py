"""Reads a list kept as CSV: commas, semicolons or tabs between fields, in UTF-8 or as Excel for Windows writes it."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.load.sheets.grid import Grid
from kitgen.load.sheets.headings import Headings
from kitgen.load.sheets.workbook_files import read_bounded
from kitgen.load.sheets.workbook_grids import MAX_COLUMNS, MAX_ROWS

_SEPARATORS: Final = (";", ",", "\t")
_MAX_FIELD: Final = 32_767
"""As much as a cell of Excel holds."""
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read_csv(path: Path, name: str, headings: Headings, findings: Findings) -> Grid | None:
    """A CSV file as a sheet, or None (and the problem noted). Its separator is the one that shows the most headings."""
    content = read_bounded(path, name, findings)
    if content is None:
        return None
    text = _decoded(content)
    if text is None or "\0" in text:
        findings.error(said("file is not text"), Place(name), said("save it from Excel as `CSV UTF-8`, or as .xlsx"))
        return None
    split = [_split(text, separator) for separator in _SEPARATORS]
    readings = [rows for rows in split if rows is not None]
    most = max((_headings_in(rows, headings) for rows in readings), default=0)
    if len(readings) < len(split) and most == 0:
        findings.error(
            said("CSV cannot be read: a quoted field does not end"), Place(name), said("save it from Excel anew")
        )
        return None
    rows = max(readings, key=lambda reading: _headings_in(reading, headings))
    grid = Grid(name, "", findings)
    for line, fields in rows[:MAX_ROWS]:
        for column, value in enumerate(fields[:MAX_COLUMNS], 1):
            # What Excel would take for a formula is one: the cell was saved, or is to be opened, by Excel.
            grid.put(line, column, value, "formula" if value.lstrip().startswith("=") else "value")
    if len(rows) > MAX_ROWS:
        findings.error(said("list has more than {max_rows} rows; the rest is not read", max_rows=MAX_ROWS), Place(name))
    return grid


def _decoded(content: bytes) -> str | None:
    encodings = ("utf-16",) if content[:2] in _UTF16 else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _split(text: str, separator: str) -> list[tuple[int, Sequence[str]]] | None:
    """The records of the file with the line each begins on; None if it cannot be split so."""
    if any(len(line) > _MAX_FIELD * 4 for line in text.splitlines()):
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, Sequence[str]]] = []
    begins = 1
    try:
        for fields in reader:
            rows.append((begins, fields))
            begins = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                break
    except csv.Error:
        return None
    return rows


def _headings_in(rows: Sequence[tuple[int, Sequence[str]]], headings: Headings) -> int:
    """The most headings any of the first rows shows."""
    return max((sum(headings.find(field) is not None for field in fields) for _, fields in rows[:30]), default=0)

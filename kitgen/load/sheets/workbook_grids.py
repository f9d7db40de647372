"""Reads the sheets of a workbook people filled in: with distrust, nothing worked out, nothing followed."""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kitgen.base.errors import Findings, KitgenError, Place, failure
from kitgen.base.messages import agreeing, said
from kitgen.load.regular import read_regular
from kitgen.load.sheets.grid import CellValue, Grid, Merge
from kitgen.render.package.normal_form import read_contents
from kitgen.render.package.package import PackedPart, pack_part, read_package, write_package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_FILE: Final = 16 * 1024 * 1024
MAX_UNPACKED: Final = 32 * 1024 * 1024
MAX_AREA: Final = 200_000
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
_COVERING: Final = re.compile(rb"<(?:[\w-]+:)?(?:mergeCell|hyperlink|comment)\b([^>]*)")
_REFERENCE: Final = re.compile(rb"\bref\s*=\s*([\"'])(.*?)\1", re.DOTALL)
_QUOTE: Final = re.compile(rb"[\"']")
_QUOTED: Final = re.compile(rb"\"[^\"]*\"|'[^']*'")
_AREA: Final = re.compile(rb"[$]?([A-Za-z]{1,3})[$]?(\d{1,7})(?::[$]?([A-Za-z]{1,3})[$]?(\d{1,7}))?")
_SAVE_ANEW: Final = said("open it in Excel and save it anew as .xlsx")


def read_bounded(path: Path, name: str, findings: Findings) -> bytes | None:
    """The bytes of a file of a size lists have, or None (and the problem noted)."""
    tell_if_open(path, name, findings)
    try:
        content = read_regular(path, MAX_FILE + 1)
    except OSError as error:
        findings.error(
            said("file cannot be read ({strerror})", strerror=error.strerror),
            Place(name),
            said("close it in Excel, check its rights"),
        )
        return None
    if len(content) > MAX_FILE:
        findings.error(
            said("file is larger than {max_file} MB", max_file=MAX_FILE >> 20),
            Place(name),
            said("keep one event in one workbook"),
        )
        return None
    return content


def tell_if_open(path: Path, name: str, findings: Findings) -> None:
    """Note that a program has a file open: what is typed there and not saved yet lies in that program only."""
    holders = {f"~${path.name}": "Excel or Word", f"~${path.name[2:]}": "Word", f".~lock.{path.name}#": "LibreOffice"}
    for holder, program in holders.items():
        if path.with_name(holder).exists():
            findings.warning(
                said("file is open in {program}: what was not saved there is not seen", program=program),
                Place(name),
                said(
                    "save and close it, then run again; if it is open nowhere, delete `{holder}`, which a "
                    "program that broke off left",
                    holder=holder,
                ),
            )
            return


def read_grids(path: Path, name: str, findings: Findings) -> list[Grid]:
    """The sheets of a workbook, in its order; none (and the problem noted) if it cannot be read."""
    content = read_bounded(path, name, findings)
    return grids_of(content, name, findings) if content is not None else []


def grids_of(content: bytes, name: str, findings: Findings) -> list[Grid]:
    """The sheets of a workbook by its bytes, in its order; none (and the problem noted) if it cannot be read."""
    try:
        content = _in_normal_form(content, _refuse_hostile(content, name), name)
    except KitgenError as error:
        findings.extend(error.diagnostics)
        return []
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions openpyxl does not keep, which nobody reads here
            workbook = load_workbook(io.BytesIO(content), keep_links=False)
            grids = [_grid_of(sheet, name, findings) for sheet in workbook.worksheets]
    except Exception:  # openpyxl raises whatever the first odd thing in a damaged file leads to
        grids = []
    if not grids:
        findings.error(said("workbook cannot be read; it is damaged"), Place(name), _SAVE_ANEW)
    return grids


def _in_normal_form(content: bytes, parts: Mapping[str, PackedPart], name: str) -> bytes:
    """The workbook as openpyxl reads it: Strict ones and those with names of another system are written anew."""
    contents = {part: packed.content() for part, packed in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        is_named_anew = any("\\" in entry.filename for entry in archive.infolist())
    plain = read_contents(contents, name)
    if plain == contents and not is_named_anew:
        return content
    return write_package([pack_part(part, text, 1) for part, text in plain.items()])


def _refuse_hostile(content: bytes, name: str) -> Mapping[str, PackedPart]:
    """The parts. Raises `KitgenError` for what openpyxl would take and nobody should: too large, XML with entities."""
    parts = read_package(content, name)
    if sum(part.size for part in parts.values()) > MAX_UNPACKED:
        most = said("workbook unpacks to more than {max_unpacked} MB", max_unpacked=MAX_UNPACKED >> 20)
        raise failure(most, Place(name), said("take pictures out; keep one event in one workbook"))
    for part in parts.values():
        if part.name.endswith((".xml", ".rels", ".vml")):
            text = part.content()
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
                odd = said("a part of the workbook declares entities or is not in UTF-8, which Excel never writes")
                raise failure(odd, Place(name), _SAVE_ANEW)
            if _areas(text) > MAX_AREA:
                wide = said(
                    "merged cells, links or notes of the workbook cover more than {max_area:,} cells", max_area=MAX_AREA
                )
                raise failure(wide, Place(name), said("take merged cells apart, or copy the list into a new workbook"))
    return parts


def _areas(part: bytes) -> int:
    """So many cells are covered by what openpyxl goes through cell by cell; one that cannot be told covers too many."""
    cells: int = 0
    for found in _COVERING.finditer(part):
        reference = _REFERENCE.search(found[1])
        if _QUOTE.search(_QUOTED.sub(b"", found[1])):  # a `>` in a value cut it in two
            return MAX_AREA + 1
        if reference is None:
            continue
        area = _AREA.fullmatch(reference[2])
        if area is None:
            return MAX_AREA + 1
        first, last = (_number(area[1]), int(area[2])), (_number(area[3] or area[1]), int(area[4] or area[2]))
        cells += (abs(last[0] - first[0]) + 1) * (abs(last[1] - first[1]) + 1)
    return cells


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _grid_of(sheet: "Worksheet", name: str, findings: Findings) -> Grid:
    areas = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    dimensions = sheet.row_dimensions.items()
    grid = Grid(
        name, sheet.title, findings, merges=tuple(Merge(*map(int, area)) for area in sorted(areas)),
        hidden_rows=tuple(sorted(row for row, dimension in dimensions if dimension.hidden)),
        hidden_columns=tuple(_hidden_columns(sheet)), is_hidden=sheet.sheet_state != "visible",
    )  # fmt: skip
    # Only the cells that are there: asking for rows would make all those between, up to the last row Excel has.
    cells: dict[tuple[int, int], Any] = sheet._cells
    beyond = 0
    for (row, column), cell in cells.items():
        if cell.value is None:
            continue
        if row > MAX_ROWS or column > MAX_COLUMNS:
            beyond += bool(str(cell.value).strip())
            continue
        if cell.data_type == "f":
            grid.put(row, column, "=", "formula")
        elif cell.data_type == "e":
            grid.put(row, column, "#", "fault")
        else:
            grid.put(row, column, _plain(cell.value))
    if beyond:
        text = agreeing(
            beyond,
            said("{count} cell lies below row {row} or right of column {column} and is not read"),
            said("{count} cells lie below row {row} or right of column {column} and are not read"),
        )
        findings.error(
            text.about(count=beyond, row=MAX_ROWS, column=MAX_COLUMNS),
            grid.whole,
            said("delete them, or move them up"),
        )
    return grid


def _hidden_columns(sheet: "Worksheet") -> set[int]:
    """Numbers of hidden columns; one entry may stand for several beside each other."""
    found: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            found.update(range(int(dimension.min), min(int(dimension.max), MAX_COLUMNS) + 1))
    return found


def _plain(value: Any) -> CellValue:
    import datetime

    if isinstance(value, bool | int | float | str | datetime.datetime | datetime.date | datetime.time):
        return value
    if isinstance(value, datetime.timedelta):  # a time of a day in a format that counts hours
        return (datetime.datetime.min + value).time() if datetime.timedelta() <= value < datetime.timedelta(1) else None
    return str(value)

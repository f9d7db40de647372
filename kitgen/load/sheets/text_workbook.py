"""A workbook a person filled in, as texts with their cells: looked at with distrust before openpyxl opens it.

Nothing is calculated, followed or guessed: a cell is a text, or it tells why it is none (`Cell.fault`), so that
formulas and dates in columns nobody reads do no harm.
"""

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.package.package import PackedPart, pack_part, read_package, write_package

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_FILE: Final = 16 * 1024 * 1024
MAX_PART: Final = 32 * 1024 * 1024
MAX_TEXT: Final = 8 * 1024 * 1024
"""So many characters in all its cells; one text can stand in thousands of cells and be packed once."""
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 100
_LAST_ROW: Final = 1_048_576
_SHOWN: Final = 100
_WHOLE: Final = frozenset({"General", "@", "0"})
_STRINGS: Final = "xl/sharedStrings.xml"
_NOT_TEXT: Final = said("set the cell's format to Text (Teks) and type it again")
_FAULTS: Final[Mapping[str, tuple[Message, Message]]] = {
    "f": (said("formula stands where a text belongs"), said("paste its value instead (Paste Special, Values)")),
    "d": (said("date stands where a text belongs; the program may have made it of what was typed"), _NOT_TEXT),
    "b": (said("TRUE or FALSE stands where a text belongs"), _NOT_TEXT),
    "e": (said("error value stands where a text belongs"), said("write the text itself")),
    "n": (
        said("number stands where a text belongs; how it was typed cannot be told any more (1.10 became 1.1)"),
        _NOT_TEXT,
    ),
}
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell that holds something: its text, or what is wrong with it and what to do (`fault`, `help`)."""

    name: str
    text: str
    fault: Message = NOTHING
    help: Message = NOTHING


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row that holds something: its number, and its cells by the number of their column (from 1)."""

    number: int
    cells: Mapping[int, TextCell]


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A sheet with its rows, hidden ones too; empty rows are left out."""

    file: str
    title: str
    rows: tuple[TextRow, ...]

    def place(self, cell: str = "", text: str = "") -> Place:
        """Where a cell stands, with what it holds."""
        shown = " ".join(text.split())
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        return Place(
            self.file,
            None,
            said("sheet {title}", title=self.title) + (said(", cell {cell}", cell=cell) if cell else ""),
            shown,
        )


def read_workbook(
    data: bytes, file: str, wanted: Callable[[str], bool]
) -> tuple[tuple[TextSheet, ...], tuple[str, ...]]:
    """The sheets whose titles are `wanted`, and the titles of the others, which are not looked into.

    Raises `KitgenError` for what is no workbook, or is damaged, hostile or too large. `file` is the name for errors.
    """
    if len(data) > MAX_FILE:
        raise _too_large(said("workbook is larger than {size} MB", size=MAX_FILE >> 20), Place(file))
    marker, sound = _looked_over(read_package(data, file), file)
    with warnings.catch_warnings():
        # openpyxl tells what it does not keep; nothing is saved here.
        warnings.simplefilter("ignore")
        try:
            return _sheets(sound, file, marker, wanted)
        except KitgenError:
            raise
        except Exception as error:
            # A workbook can be wrong in more ways than openpyxl has exceptions for.
            raise failure(
                said("workbook cannot be read ({name}: {error})", name=type(error).__name__, error=error),
                Place(file),
                said("open it in Excel and save it anew as .xlsx"),
            ) from error


def _looked_over(parts: Mapping[str, PackedPart], file: str) -> tuple[str, bytes]:
    """The package, once nothing in it would harm its reader, and a mark to be taken out of its texts.

    openpyxl takes every `x005F_` out of a table of texts, whether it is an escape or not; the mark keeps it from that.
    """
    if "xl/workbook.xml" not in parts:
        raise failure(said("file is no Excel workbook"), Place(file), said("save it as .xlsx"))
    contents = {}
    for name, part in parts.items():
        place = Place(file, spot=said("part {name}", name=name))
        if part.size > MAX_PART:
            raise _too_large(said("part unpacks to more than {size} MB", size=MAX_PART >> 20), place)
        content = part.content()
        if name.lower().endswith((".xml", ".rels")):
            if b"\0" in content:
                raise failure(said("part is not written in UTF-8"), place, said("save the file anew from Excel"))
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise failure(said("part declares a document type or entities, which Office files never do"), place)
        contents[name] = content
    strings = contents.get(_STRINGS, b"")
    marker = next(chr(code) for code in range(0x10F000, 0x10FFFE) if chr(code).encode() not in strings)
    if b"x005F_" in strings:
        contents[_STRINGS] = strings.replace(b"x005F_", f"x{marker}005F_".encode())
    return marker, write_package([pack_part(name, content, 0) for name, content in contents.items()])


def _sheets(
    data: bytes, file: str, marker: str, wanted: Callable[[str], bool]
) -> tuple[tuple[TextSheet, ...], tuple[str, ...]]:
    import openpyxl

    book: Workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
    found: list[TextSheet] = []
    others: list[str] = []
    length = 0
    for worksheet in book.worksheets:
        title = str(worksheet.title)
        if not wanted(title):
            others.append(title)
            continue
        sheet = TextSheet(file, title, ())
        rows: list[TextRow] = []
        for row in _rows(worksheet, sheet, marker):
            rows.append(row)
            length += sum(len(cell.text) for cell in row.cells.values())
            if length > MAX_TEXT:
                raise _too_large(
                    said("workbook holds more than {size} million characters", size=MAX_TEXT >> 20), sheet.place()
                )
            if len(rows) > MAX_ROWS:
                raise _too_large(said("sheet has more than {rows} rows", rows=MAX_ROWS), sheet.place())
        found.append(TextSheet(file, title, tuple(rows)))
    return tuple(found), tuple(others)


def _rows(worksheet: Any, sheet: TextSheet, marker: str) -> Iterator[TextRow]:
    worksheet.reset_dimensions()  # what a file says of its size need not be true
    for number, row in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if number > _LAST_ROW:
            raise _too_large(said("sheet has more than {rows} rows", rows=_LAST_ROW), sheet.place())
        cells = {cell.column: _cell(cell, marker) for cell in row if cell.value is not None}
        if any(cell.text.strip() or cell.fault for cell in cells.values()):
            yield TextRow(number, cells)


def _cell(cell: Any, marker: str) -> TextCell:
    name, kind, value = str(cell.coordinate), str(cell.data_type), cell.value
    if kind in ("s", "inlineStr", "str") and isinstance(value, str):
        text = _unescaped(value, marker)
        broken = _SURROGATE.search(text) is not None
        return TextCell(
            name, _SURROGATE.sub("", text), said("text holds half a character") if broken else NOTHING, _NOT_TEXT
        )
    if kind == "n" and value == int(value) and abs(value) < 10**15 and cell.number_format in _WHOLE:
        return TextCell(name, str(int(value)))
    fault, help = _FAULTS.get(kind, (said("cell holds no text"), _NOT_TEXT))
    return TextCell(name, str(value) if kind in "fne" else "", fault, help)


def _unescaped(text: str, marker: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text.replace(marker, ""))


def _too_large(message: Message, place: Place) -> KitgenError:
    return failure(message, place, said("no bank needs so much: take out what does not belong, or split it by unit"))

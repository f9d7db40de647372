"""Workbooks people type into: what was typed into an old file is carried over into a new one of the same form.

People type into cells that are not locked. A row is told again by the text in its key column, so answers follow their
question when rows are added, removed or moved. Where the key is the text of a cell, this cell is a corner: its column
tells rows again, its row columns, so that marks follow the person or unit a column is about.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kitgen.base.errors import Findings
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.excel.sheet_cells import cell_text
from kitgen.render.excel.workbook import STYLES, read_sheets, shared_strings
from kitgen.render.package.xml import DECLARATION, XML_SPACE, Element, parse_xml

Key = tuple[str, str, int, str]
"""Sheet, text in the key column, which of the rows with that text, what tells the column."""

_ABOVE: Final = 6
"""So many rows above the corner a heading is looked for: it may be merged over several rows."""
_PLACE: Final = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell: the cell's type in the file (`n` a number, `b` true or false, else text) and the text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Parts of the new workbook with what was typed in them, and the cells that found no place, as people see them."""

    parts: dict[str, bytes]
    lost: tuple[str, ...]


def carry_over(old: Mapping[str, bytes], new: Mapping[str, bytes], key: str, file: str) -> CarriedOver:
    """The parts of `new` that change when what was typed into `old` is put there, both uncompressed.

    `key` is a column (`C`), or the text of the corner cell whose column and row tell cells. An old file of another
    template may have its keys elsewhere: there they are looked for by what they say. What finds no place in `new` is
    told as `lost`. Raises `KitgenError` for XML that is not well-formed.
    """
    sheets = [_told(sheet, new, key, file) for sheet in read_sheets(new, file, Findings())]
    twins = {each.sheet.name: each for each in sheets}
    strings = shared_strings(old, file)
    typed = {
        place: value
        for sheet in read_sheets(old, file, Findings())
        for place, cell in _told(sheet, old, key, file, twins.get(sheet.name)).open_cells()
        if (value := _typed(cell, strings)) is not None
    }
    changed: dict[str, bytes] = {}
    placed: set[Key] = set()
    made = shared_strings(new, file)
    for each in sheets:
        wrote = False
        for place, cell in each.open_cells():
            if place in typed:
                placed.add(place)
                if _typed(cell, made) != typed[place]:  # what the form itself puts there is nobody's typing
                    _write(cell, typed[place])
                    wrote = True
        if wrote:
            changed[each.sheet.part] = (DECLARATION + etree.tostring(each.sheet.root, encoding="unicode")).encode()
    lost = tuple(f"{sheet}, {row or 'row'}, column {column}: {typed[sheet, row, number, column].text}"
                 for sheet, row, number, column in typed if (sheet, row, number, column) not in placed)  # fmt: skip
    return CarriedOver(changed, lost)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sheet with what tells its rows and columns again: a column, and the number of a row (0: letters tell)."""

    sheet: Sheet
    texts: Mapping[tuple[int, str], str]
    unlocked: Set[int]
    column: str
    row: int

    def row_keys(self) -> set[str]:
        """The texts that tell rows."""
        return {text for (row, column), text in self.texts.items() if column == self.column and row > self.row} - {""}

    def column_keys(self) -> set[str]:
        """The texts that tell columns."""
        return {text for (row, column), text in self.texts.items() if row == self.row and column != self.column} - {""}

    def open_cells(self) -> Iterator[tuple[Key, Element]]:
        """The cells that are not locked, each with the key it is told by."""
        seen: Counter[str] = Counter()
        for row in self.sheet.root.iterfind(f"{S}sheetData/{S}row"):
            number = int(row.get("r") or 0)
            cells = {(cell.get("r") or "").rstrip("0123456789"): cell for cell in row}
            found = {column: cell for column, cell in cells.items() if int(cell.get("s") or 0) in self.unlocked}
            found.pop(self.column, None)
            if not found:
                continue
            text = self.texts.get((number, self.column), "")
            seen[text] += 1
            for column, cell in found.items():
                yield (self.sheet.name, text, seen[text], self._column_key(column)), cell

    def _column_key(self, column: str) -> str:
        """The text above a column; its letters where there is none."""
        above = (self.texts.get((row, column)) for row in range(self.row, max(0, self.row - _ABOVE), -1))
        return next((text for text in above if text), column)


def _told(sheet: Sheet, parts: Mapping[str, bytes], key: str, file: str, twin: _Told | None = None) -> _Told:
    """A sheet with what tells its rows and columns; `twin` is the sheet of its name in the new file."""
    strings = shared_strings(parts, file)
    texts: dict[tuple[int, str], str] = {}
    for row in sheet.root.iterfind(f"{S}sheetData/{S}row"):
        for cell in row:
            if text := cell_text(cell, strings):
                texts[int(row.get("r") or 0), (cell.get("r") or "").rstrip("0123456789")] = text
    unlocked = _unlocked_styles(parts, file)
    if _PLACE.fullmatch(key):
        return _Told(sheet, texts, unlocked, key, 0)
    corner = next((place for place, text in sorted(texts.items()) if text == key), None)
    if corner is not None:
        return _Told(sheet, texts, unlocked, corner[1], corner[0])
    if twin is None or not twin.row:
        return _Told(sheet, texts, unlocked, twin.column if twin is not None else "A", 0)
    columns = Counter(column for (_, column), text in texts.items() if text in twin.row_keys())
    rows = Counter(row for (row, _), text in texts.items() if text in twin.column_keys())
    return _Told(sheet, texts, unlocked, max(columns, key=lambda name: (columns[name], name), default=twin.column),
                 max(rows, key=lambda number: (rows[number], -number), default=0))  # fmt: skip


def _unlocked_styles(parts: Mapping[str, bytes], file: str) -> set[int]:
    root = parse_xml(parts[STYLES], file, STYLES)
    formats = root.find(f"{S}cellXfs")
    unlocked: set[int] = set()
    for number, style in enumerate(formats if formats is not None else ()):
        protection = style.find(f"{S}protection")
        if protection is not None and protection.get("locked") in ("0", "false"):
            unlocked.add(number)
    return unlocked


def _typed(cell: Element, strings: Sequence[Element]) -> Typed | None:
    kind = cell.get("t") or "n"
    if kind in ("s", "inlineStr"):
        text = cell_text(cell, strings)
        return Typed("inlineStr", text) if text else None
    value = cell.findtext(f"{S}v") or ""
    if not value or cell.find(f"{S}f") is not None or kind == "e":
        return None
    return Typed("inlineStr" if kind == "str" else kind, value)


def _write(cell: Element, typed: Typed) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if typed.kind == "inlineStr":
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
        text.set(XML_SPACE, "preserve")
    else:
        if typed.kind != "n":
            cell.set("t", typed.kind)
        text = etree.SubElement(cell, f"{S}v")
    text.text = typed.text

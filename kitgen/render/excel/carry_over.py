"""Workbooks people type into: what was typed into an old file is carried over into a new one of the same form.

People type into cells that are not locked. A row is told again by the text in its key column, so answers follow their
question when rows are added, removed or moved.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from kitgen.base.errors import Findings
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.excel.sheet_cells import cell_text
from kitgen.render.excel.workbook import STYLES, read_sheets, shared_strings
from kitgen.render.package.xml import DECLARATION, XML_SPACE, Element, parse_xml

Key = tuple[str, str, int, str]
"""Sheet, text in the key column, which of the rows with that text, column."""


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


def carry_over(old: Mapping[str, bytes], new: Mapping[str, bytes], key_column: str, file: str) -> CarriedOver:
    """Put what was typed into the parts `old` into the parts `new`, both uncompressed."""
    strings = shared_strings(old, file)
    typed = {
        key: value
        for sheet in read_sheets(old, file, Findings())
        for key, cell in _open_cells(sheet, old, key_column, file)
        if (value := _typed(cell, strings)) is not None
    }
    changed: dict[str, bytes] = {}
    placed: set[Key] = set()
    sheets = read_sheets(new, file, Findings())
    for sheet in sheets:
        wrote = False
        for key, cell in _open_cells(sheet, new, key_column, file):
            if key in typed:
                _write(cell, typed[key])
                placed.add(key)
                wrote = True
        if wrote:
            changed[sheet.part] = (DECLARATION + etree.tostring(sheet.root, encoding="unicode")).encode()
    lost = tuple(f"{sheet}, {key or 'row'}, column {column}: {typed[sheet, key, number, column].text}"
                 for sheet, key, number, column in typed if (sheet, key, number, column) not in placed)  # fmt: skip
    return CarriedOver(changed, lost)


def _open_cells(sheet: Sheet, parts: Mapping[str, bytes], key_column: str, file: str) -> Iterator[tuple[Key, Element]]:
    """The cells of a sheet that are not locked, each with the key it is told by."""
    strings = shared_strings(parts, file)
    unlocked = _unlocked_styles(parts, file)
    seen: Counter[str] = Counter()
    for row in sheet.root.iterfind(f"{S}sheetData/{S}row"):
        cells = {(cell.get("r") or "").rstrip("0123456789"): cell for cell in row}
        found = {column: cell for column, cell in cells.items() if int(cell.get("s") or 0) in unlocked}
        found.pop(key_column, None)
        if not found:
            continue
        text = cell_text(cells[key_column], strings) if key_column in cells else ""
        seen[text] += 1
        for column, cell in found.items():
            yield (sheet.name, text, seen[text], column), cell


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

"""An Excel file as text, a line for each cell that holds something, formulas as formulas."""

from collections.abc import Iterator, Mapping, Sequence

from kitgen.base.errors import Findings
from kitgen.base.line_diff import DumpLine
from kitgen.base.messages import said
from kitgen.render.dump import beside
from kitgen.render.dump.cells_in_turn import cells_of
from kitgen.render.dump.plain_cells import plain_cells
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.excel.sheet_cells import cell_text
from kitgen.render.excel.workbook import WORKBOOK, read_sheets, shared_strings, sheet_places
from kitgen.render.package.xml import Element, parse_xml


def dump_workbook(parts: Mapping[str, bytes], file: str) -> Iterator[DumpLine]:
    """The lines of each sheet: cells row by row, then headers, footers and rules, comments and text boxes.

    The sheets stand in their order; charts and the names of the workbook come last. Raises `KitgenError` for XML that
    is not well-formed.
    """
    strings = shared_strings(parts, file)
    for sheet in read_sheets(parts, file, Findings()):
        spot = said("sheet {name}", name=sheet.name)
        yield from (DumpLine(f"{spot}, cell {cell}", text) for cell, text in _cells(sheet, strings))
        yield from _around(sheet, spot)
        yield from beside.sheet_lines(parts, sheet.part, spot, file)
    yield from beside.graphic_lines(parts, file, "xl/")
    for name in parse_xml(parts[WORKBOOK], file, WORKBOOK).iter(f"{S}definedName"):
        yield DumpLine(f"name {name.get('name')}", name.text or "")


def words_of_cells(parts: Mapping[str, bytes], file: str) -> Iterator[tuple[str, str]]:
    """Of every cell that holds something where it stands (`sheet Rekap, cell B4`) and what it says.

    Raises `KitgenError` for XML that is not well-formed.
    """
    strings = shared_strings(parts, file)
    for name, part in sheet_places(parts, file):
        for place, text in plain_cells(parts[part]) or _in_turn(parts[part], file, part, strings):
            yield f"sheet {name}, cell {place}", text


def _in_turn(data: bytes, file: str, part: str, strings: Sequence[Element]) -> Iterator[tuple[str | None, str]]:
    for cell in cells_of(data, file, part):
        if text := _said(cell, strings):
            yield cell.get("r"), text


def _cells(sheet: Sheet, strings: Sequence[Element]) -> Iterator[tuple[str | None, str]]:
    for cell in sheet.root.iter(f"{S}c"):
        text = _said(cell, strings)
        if text:
            yield cell.get("r"), text


def _said(cell: Element, strings: Sequence[Element]) -> str:
    if not len(cell):  # most cells have looks only
        return ""
    formula = cell.findtext(f"{S}f")
    return f"={formula}" if formula else cell_text(cell, strings) or cell.findtext(f"{S}v") or ""


def _around(sheet: Sheet, spot: str) -> Iterator[DumpLine]:
    for merged in sheet.root.iter(f"{S}mergeCell"):
        yield DumpLine(f"{spot}, merged", merged.get("ref") or "")
    for rule in sheet.root.iter(f"{S}dataValidation"):
        formula = rule.findtext(f"{S}formula1") or ""
        yield DumpLine(f"{spot}, validation {rule.get('sqref')}", f"{rule.get('type') or ''} {formula}".strip())
    for rule in sheet.root.iter(f"{S}conditionalFormatting"):
        formulas = ", ".join(formula.text or "" for formula in rule.iter(f"{S}formula"))
        yield DumpLine(f"{spot}, format {rule.get('sqref')}", formulas)
    for text in sheet.root.iter(f"{S}oddHeader", f"{S}oddFooter"):
        yield DumpLine(f"{spot}, {'header' if text.tag == f'{S}oddHeader' else 'footer'}", text.text or "")

"""Finds the check boxes of a sheet (form controls) and what ticks each."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.render.excel.controls import FIRST_CONTROL, CheckBox
from kitgen.render.excel.formulas import column_number, parse_area
from kitgen.render.excel.pictures import only_tag
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.excel.sheet_cells import cell_text
from kitgen.render.package.relations import relations_of
from kitgen.render.package.xml import Element, R, parse_xml
from kitgen.render.tags.tags import Tag

_V: Final = "{urn:schemas-microsoft-com:vml}"
_XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def find_boxes(sheet: Sheet, contents: Mapping[str, bytes], strings: Sequence[Element]) -> None:
    """Note the check boxes of a sheet by the numbers of their shapes."""
    controls = list(sheet.root.iter(f"{S}control"))
    if not controls:
        return
    parts = {each.id: each.target for each in relations_of(contents, sheet.part, sheet.file) if each.kind == "ctrlProp"}
    old = _old_texts(sheet, contents)
    numbers = [int(number) for number in old if number.isdigit()]
    last = max([FIRST_CONTROL, *numbers, *(int(each.get("shapeId") or 0) for each in controls)])
    for control in controls:
        relation, shape = control.get(f"{R}id") or "", control.get("shapeId") or ""
        part = parts.get(relation, "")
        corner = _corner(control)
        if part not in contents or corner is None:
            continue
        facts = parse_xml(contents[part], sheet.file, part)
        if facts.get("objectType") != "CheckBox":
            continue
        texts = [each.get("altText") or "" for each in control.iter(f"{S}controlPr")] + [old.get(shape, "")]
        claim = next((tag for text in texts if (tag := only_tag(text)) is not None), None)
        claim = claim or _claim_of_cell(sheet, facts.get("fmlaLink") or "", strings)
        looped = sheet.rows.stretch_at(corner[0]) is not None and sheet.is_looped(*((at, at) for at in corner))
        sheet.boxes[shape] = CheckBox(shape, relation, part, corner, claim, looped, last)


def _corner(control: Element) -> tuple[int, int] | None:
    for start in control.iter("{*}from"):
        row, column = (start.findtext(f"{_XDR}{name}") or "" for name in ("row", "col"))
        if row.isdigit() and column.isdigit():
            return int(row) + 1, int(column) + 1
    return None


def _old_texts(sheet: Sheet, contents: Mapping[str, bytes]) -> dict[str, str]:
    """The alternative texts of shapes in the old drawing, by their numbers."""
    found: dict[str, str] = {}
    for relation in relations_of(contents, sheet.part, sheet.file):
        if relation.kind == "vmlDrawing" and relation.target in contents:
            for shape in parse_xml(contents[relation.target], sheet.file, relation.target).iter(f"{_V}shape"):
                found[(shape.get("id") or "").removeprefix("_x0000_s")] = shape.get("alt") or ""
    return found


def _claim_of_cell(sheet: Sheet, link: str, strings: Sequence[Element]) -> Tag | None:
    """The tag in the cell a box is linked to."""
    area = parse_area(link)
    if area is None or (area.sheet and area.sheet_name.casefold() != sheet.name.casefold()):
        return None
    for row in sheet.root.iterfind(f"{S}sheetData/{S}row"):
        if row.get("r") == str(area.row):
            for cell in row:
                if column_number((cell.get("r") or "").rstrip("0123456789") or "A") == column_number(area.column):
                    return only_tag(cell_text(cell, strings))
    return None

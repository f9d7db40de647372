"""Writes notes into the cells of a workbook, for the person who is to mend them."""

import io
import warnings
from collections.abc import Mapping
from typing import Final

from lxml import etree

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.render.made.workbook import parts_without_clock
from kitgen.render.package.content_types import CONTENT_TYPES
from kitgen.render.package.properties import CUSTOM, announce_custom, custom_properties
from kitgen.render.package.xml import parse_xml

_RELATIONS: Final = "_rels/.rels"
_FAULTY: Final = "FFE699"
_AUTHOR: Final = "kitgen"
_MOST: Final = 2_000
_WIDE: Final = 320
_LINE_HEIGHT: Final = 22


def sealed(parts: Mapping[str, bytes], properties: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with these custom properties, for which `with_notes` left room."""
    return {**parts, CUSTOM: custom_properties(properties)}


def with_notes(data: bytes, notes: Mapping[tuple[str, str], str], name: str) -> dict[str, bytes]:
    """The parts of a copy of a workbook with a note and a colour in each of these cells (sheet, address).

    The part `sealed` adds is announced in them already, since what announces it belongs to the digest it holds.
    Raises `KitgenError` for a workbook openpyxl cannot read or write.
    """
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions openpyxl does not keep
        workbook = load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)
        for (sheet, address), note in sorted(notes.items()):
            if sheet not in workbook.sheetnames:
                continue
            cell = workbook[sheet][address]
            if type(cell).__name__ == "MergedCell":
                area = next(area for area in workbook[sheet].merged_cells.ranges if address in area)
                cell = workbook[sheet].cell(area.min_row, area.min_col)
            comment = Comment(note[:_MOST], _AUTHOR)
            comment.width, comment.height = _WIDE, _LINE_HEIGHT * (2 + note.count("\n") + len(note) // 45)
            cell.comment = comment
            cell.fill = PatternFill("solid", fgColor=_FAULTY)
        packed = io.BytesIO()
        try:
            workbook.save(packed)
        except Exception as error:  # openpyxl raises whatever the first odd thing in a file leads to
            raise failure(
                said("the copy with notes cannot be made of this workbook"),
                Place(name),
                said("the problems are all told above; save the workbook anew from Excel"),
            ) from error
    return _announced(parts_without_clock(packed.getvalue(), name), name)


def _announced(parts: dict[str, bytes], name: str) -> dict[str, bytes]:
    types, relations = (parse_xml(parts[part], name, part) for part in (CONTENT_TYPES, _RELATIONS))
    announce_custom(types, relations)
    changed = {CONTENT_TYPES: etree.tostring(types), _RELATIONS: etree.tostring(relations)}
    return {part: content for part, content in {**parts, **changed}.items() if part != CUSTOM}

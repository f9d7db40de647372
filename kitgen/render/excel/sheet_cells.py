"""Cells of a sheet's template: texts with tags take values, formulas follow the rows they name."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Final

from lxml import etree

from kitgen.base.messages import said
from kitgen.render.excel.formulas import UnreadFormula, column_letters, column_number, parse_area, shifted
from kitgen.render.excel.fragments import holds_own_tags, holds_tags
from kitgen.render.excel.reference_tokens import (
    ROW,
    S,
    Sheet,
    area_token,
    mark_pieces,
    pieces_of,
    reference_token,
    warn_of_unmoved,
)
from kitgen.render.excel.row_heights import column_widths
from kitgen.render.package.xml import XML_SPACE, Element, local_name
from kitgen.render.tags.joined import join_tags
from kitgen.render.tags.marks import note_broken
from kitgen.render.tags.tags import LITERALS, BrokenTag, Tag, find_literals, find_tags

_CELL: Final = re.compile(r"([A-Z]{1,3})(\d+)")


def cell_text(cell: Element, strings: Sequence[Element]) -> str:
    """The text of a cell that holds one; empty for numbers and formulas."""
    holder = text_holder(cell, strings)
    return "" if holder is None else "".join(text.text or "" for text in texts_in(holder))


def texts_in(holder: Element) -> list[Element]:
    """The texts of a cell's runs in order, without how they are read aloud (`rPh`)."""
    return [text for text in holder.iter(f"{S}t") if local_name(_parent(text)) != "rPh"]


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def text_holder(cell: Element, strings: Sequence[Element]) -> Element | None:
    """The element (`si` or `is`) that holds a cell's text."""
    kind = cell.get("t")
    if kind == "s":
        value = cell.findtext(f"{S}v") or ""
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else None
    return cell.find(f"{S}is") if kind == "inlineStr" else None


def column_of(reference: str) -> int:
    """The number of a cell's column."""
    return column_number(reference.rstrip("0123456789") or "A")


def number_cells(data: Element) -> None:
    """Give rows and cells the places some programs leave out, as they follow each other.

    A text some programs write as the result of a formula that is not there becomes a text of the cell.
    """
    last_row = 0
    for row in data:
        last_row = int(row.get("r") or last_row + 1)
        row.set("r", str(last_row))
        last_column = 0
        for cell in row:
            if cell.get("t") == "str" and cell.find(f"{S}f") is None:
                _put_text_in(cell)
            match = _CELL.fullmatch(cell.get("r") or "")
            if match is not None:
                last_column = column_number(match[1])
                continue
            last_column += 1
            cell.set("r", f"{column_letters(last_column)}{last_row}")


def _put_text_in(cell: Element) -> None:
    """`<c t="str"><v>text</v></c>` with its text in the cell, where it is looked for."""
    text = cell.findtext(f"{S}v") or ""
    if not holds_tags(text):
        return
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t").text = text


def mark_row(sheet: Sheet, row: Element, number: int, strings: Sequence[Element]) -> list[int]:
    """Put tokens into the cells of a row; `number` is its place in the template. Gives the columns of its cells."""
    own = sheet.own_row()
    row.set("r", own)
    row.attrib.pop("spans", None)
    columns: list[int] = []
    for cell in list(row):
        reference = cell.get("r") or ""
        match = _CELL.fullmatch(reference)
        column = match[1] if match else "A"
        sheet.at = reference
        if sheet.columns.stretches:
            if sheet.columns.stretch_at(column_number(column)) is None:  # a column of tags
                row.remove(cell)
                continue
            columns.append(column_number(column))
            cell.set("r", f"{sheet.token('_c')}{own}")
        else:
            cell.set("r", f"{column}{own}")
        formula = cell.find(f"{S}f")
        if formula is not None:
            _mark_formula(sheet, cell, formula, number, reference)
            continue
        holder = text_holder(cell, strings)
        if holder is not None and (holds_tags(text := cell_text(cell, strings)) or any(find_literals(text))):
            _mark_text(sheet, row, cell, holder, column, reference)
    sheet.at = ""
    return columns


def _mark_text(sheet: Sheet, row: Element, cell: Element, holder: Element, column: str, reference: str) -> None:
    """A cell that is one placeholder takes its value's type; any other text is put into the cell with its tags."""
    text = "".join(part.text or "" for part in texts_in(holder))
    tags = list(find_tags(text))
    broken = [tag for tag in tags if isinstance(tag, BrokenTag)]
    for tag in broken:
        note_broken(sheet.findings, tag, sheet.place(reference))
    if broken:
        return
    only = tags[0] if len(tags) == 1 and isinstance(tags[0], Tag) and tags[0].written == text.strip() else None
    style = f' s="{cell.get("s")}"' if cell.get("s") else ""
    if only is not None and only.kind == "value":
        more = _room(sheet, row, cell, column) + _font(holder)
        where = "_c" if sheet.columns.stretches else repr(column)
        code = f"{{{{ ({only.inner}) | _cell({where}, _n, {style!r}{more})\n}}}}"
        instruction = sheet.marks.instruction(only, sheet.place(reference), code)
        row.replace(cell, instruction)
        return
    inline = cell.makeelement(f"{S}is")
    inline.extend(deepcopy([child for child in holder if local_name(child) in ("t", "r")]))
    join_tags(list(inline.iter(f"{S}t")))
    for part in inline.iter(f"{S}t"):
        content = part.text or "" if tags else _spelled(sheet, part.text or "", reference)
        part.text = sheet.marks.tokenise(content, lambda: sheet.place(reference))
        part.set(XML_SPACE, "preserve")
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    cell.append(inline)


def _spelled(sheet: Sheet, text: str, reference: str) -> str:
    """A text without tags whose braces are meant as text: a tag of its own puts each in, so that the sheet is made."""
    for start, end in reversed(list(find_literals(text))):
        written = text[start:end]
        tag = Tag("value", "", f"'{LITERALS[written]}'", start, end, written)
        text = f"{text[:start]}{sheet.marks.token(tag, sheet.place(reference))}{text[end:]}"
    return text


def _room(sheet: Sheet, row: Element, cell: Element, column: str) -> str:
    """The width and font size a wrapped text has to do with, where its row has no height of its own."""
    size = sheet.wrapped.get(int(cell.get("s") or 0))
    if size is None or (row.get("ht") and not (row.get("ht") or "").startswith("auto")):
        return ""
    of_copy = f"{sheet.token('_sheet | _copy_number')}." if sheet.loop is not None else ""
    row.set("ht", f"auto{of_copy}{sheet.own_row()}")
    sheet.width_of = sheet.width_of or column_widths(sheet.root)
    return f", {sheet.width_of(column)}, {size}"


def _font(holder: Element) -> str:
    """The font of a text's only run, where it is not the cell's own."""
    font = holder.find(f"{S}r/{S}rPr")
    if font is None or len(holder.findall(f"{S}r")) != 1:
        return ""
    xml = re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(font, encoding="unicode", with_tail=False))
    return f", font={xml!r}"


# Formulas


def flatten_shared_formulas(sheet: Sheet, data: Element) -> None:
    """Give each cell of a shared formula its own, so that all can move on their own."""
    masters: dict[str, tuple[str, str]] = {}
    for cell in data.iter(f"{S}c"):
        formula = cell.find(f"{S}f")
        if formula is None or formula.get("t") != "shared":
            continue
        group, reference = formula.get("si") or "", cell.get("r") or ""
        if formula.text:
            masters[group] = (formula.text, reference)
        elif group in masters:
            try:
                formula.text = shifted(*masters[group], reference)
            except UnreadFormula:
                help = said("type it anew in Excel, or write a value there")
                sheet.findings.error(said("formula cannot be read"), sheet.place(reference, masters[group][0]), help)
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, None)


def _mark_formula(sheet: Sheet, cell: Element, formula: Element, row: int, reference: str) -> None:
    place = sheet.place(reference, formula.text or "")
    if holds_own_tags(sheet, formula.text or ""):
        sheet.findings.error(
            said("a formula holds a tag"), place, said("put the value into a cell of its own and name that cell")
        )
        return
    pieces = pieces_of(sheet, formula.text or "")
    warn_of_unmoved(sheet, pieces, place)
    formula.text = mark_pieces(sheet, pieces, row, ROW)
    if formula.get("ref"):
        formula.set("ref", _filled_area(sheet, formula.get("ref") or "", row))
    for name in ("r1", "r2"):  # the input cells of a data table
        cell_named = parse_area(formula.get(name) or "")
        if cell_named is not None:
            formula.set(name, reference_token(sheet, cell_named, ROW))


def _filled_area(sheet: Sheet, area: str, row: int) -> str:
    """The cells an array formula or data table fills: those of its own iteration."""
    found = parse_area(area)
    if found is None:
        return area_token(sheet, area)
    if found.row == row and found.end_row in (None, row) and not sheet.columns.stretches:
        end = f":{found.end_column}{sheet.own_row()}" if found.end_row else ""
        return f"{found.column}{sheet.own_row()}{end}"
    return reference_token(sheet, replace(found, is_fixed=False, end_is_fixed=False), ROW)

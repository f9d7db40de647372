"""Comments of cells: one in a looped row comes once in each iteration, in its list and in the old drawing (VML) that
holds its box. Conversations stay at the first iteration.
"""

from typing import Final

from kitgen.render.excel.controls import FIRST_CONTROL, mark_old_control
from kitgen.render.excel.formulas import column_number, parse_area
from kitgen.render.excel.fragments import filled, holds_tags, kept
from kitgen.render.excel.reference_tokens import (
    SHEET,
    S,
    Sheet,
    columns_of,
    mark_formula,
    place_token,
    repeated,
    rows_of,
)
from kitgen.render.excel.rules import guard
from kitgen.render.package.xml import Element
from kitgen.render.tags.joined import join_tags

_XR_UID: Final = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_X: Final = "{urn:schemas-microsoft-com:office:excel}"
_THREADED: Final = "tc="
_VML_LINKS: Final = ("FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx", "FmlaPict")


def mark_comments(sheet: Sheet) -> None:
    """The cells of comments, and the tags in their texts."""
    authors = [author.text or "" for author in sheet.root.iter(f"{S}author")]
    for comment in list(sheet.root.iter(f"{S}comment")):
        cell = comment.get("ref") or ""
        author = comment.get("authorId") or ""
        threaded = author.isdigit() and int(author) < len(authors) and authors[int(author)].startswith(_THREADED)
        rows, columns = rows_of(cell), columns_of(cell)
        if rows is None:
            continue
        if sheet.is_looped(rows, columns) and not threaded:
            comment.attrib.pop(_XR_UID, None)
            with repeated(sheet, comment, rows, columns) as own:
                comment.set("ref", own(cell))
                _fill(sheet, comment, cell, (rows[0], columns[0]))
        else:
            _fill(sheet, comment, cell, None)
            guard(sheet, comment, cell)
            comment.set("ref", place_token(sheet, cell))


def _fill(sheet: Sheet, comment: Element, reference: str, cell: tuple[int, int] | None) -> None:
    place = sheet.place(reference, "comment")
    for holder in comment.iter(f"{S}text"):
        texts = list(holder.iter(f"{S}t"))
        join_tags(texts)
        for text in texts:
            if holds_tags(text.text):
                written = text.text or ""
                text.text = filled(sheet, written, place) if cell is None else kept(sheet, *cell, written, place)


def mark_threads(sheet: Sheet) -> None:
    """The cells of conversations; one in a looped row stays at its first iteration."""
    for comment in sheet.root:
        if comment.get("ref"):
            guard(sheet, comment, comment.get("ref") or "")
            comment.set("ref", place_token(sheet, comment.get("ref") or ""))


def mark_old_drawing(sheet: Sheet, threaded: frozenset[tuple[int, int]]) -> None:
    """The boxes of comments and the controls in an old drawing; `threaded`: row and column of conversations."""
    identities = [int(number) for shape in sheet.root.iter(f"{_V}shape") if (number := number_of(shape))]
    last = max(identities, default=FIRST_CONTROL)
    for shape in list(sheet.root.iter(f"{_V}shape")):
        facts = shape.find(f"{_X}ClientData")
        if facts is None:
            continue
        row, column = facts.find(f"{_X}Row"), facts.find(f"{_X}Column")
        if facts.get("ObjectType") != "Note" or row is None:
            corner = corner_of(facts)
            if corner is not None and mark_old_control(sheet, shape, facts, corner, number_of(shape)):
                continue
            _mark_links(sheet, facts)
            _move_box(sheet, facts, None)
            continue
        _mark_links(sheet, facts)
        at, across = int(row.text or 0) + 1, int((column.text if column is not None else "") or 0) + 1
        is_cell = sheet.rows.stretch_at(at) and sheet.is_looped((at, at), (across, across))
        if is_cell and (at, across - 1) not in threaded:
            with repeated(sheet, shape, (at, at), (across, across)):
                row.text = sheet.token("_at[1] - 1")
                if column is not None:
                    column.text = sheet.token("_at[4] - 1")
                _move_box(sheet, facts, (at, across), ("_at[1]", "_at[4]"))
                if number_of(shape):
                    shape.set("id", "_x0000_s" + sheet.token(f"_at | _shape({number_of(shape)}, {last})"))
        else:
            guard(sheet, shape, f"A{at}")
            row.text = sheet.token(f"(_sheet | _nearest({at})) - 1")
            moved = f"(_sheet | _nearest_column({across}))" if sheet.columns.stretches else str(across)
            if column is not None and sheet.columns.stretches:
                column.text = sheet.token(f"{moved} - 1")
            _move_box(sheet, facts, (at, across), (f"(_sheet | _nearest({at}))", moved))


def _mark_links(sheet: Sheet, facts: Element) -> None:
    for link in _VML_LINKS:
        for formula in facts.iter(f"{_X}{link}"):
            formula.text = mark_formula(sheet, formula.text or "", SHEET)


def number_of(shape: Element) -> str:
    """The number in a shape's id; empty if it has none."""
    number = (shape.get("id") or "").removeprefix("_x0000_s")
    return number if number.isdigit() else ""


def corner_of(facts: Element) -> tuple[int, int] | None:
    """Row and column (from 1) of the upper left corner of a box."""
    numbers = (facts.findtext(f"{_X}Anchor") or "").split(",")
    return (int(numbers[2]) + 1, int(numbers[0]) + 1) if len(numbers) == 8 else None


def _move_box(sheet: Sheet, facts: Element, cell: tuple[int, int] | None, moved: tuple[str, str] = ("", "")) -> None:
    """Move the anchor of a box with its cell, which stands at `moved`; without a cell, with its own corner."""
    anchor = facts.find(f"{_X}Anchor")
    numbers = (anchor.text or "").split(",") if anchor is not None else []
    if anchor is None or len(numbers) != 8:
        return
    left, top, right, bottom = (int(numbers[at]) for at in (0, 2, 4, 6))
    if cell is None:
        cell = (top + 1, left + 1)
        moved = (f"(_sheet | _nearest({top + 1}))", f"(_sheet | _nearest_column({left + 1}))")
    numbers[2] = " " + sheet.token(f"{moved[0]} | _shifted({top - cell[0]})")
    numbers[6] = " " + sheet.token(f"({moved[0]} | _shifted({top - cell[0]})) + {bottom - top}")
    if sheet.columns.stretches:
        numbers[0] = " " + sheet.token(f"{moved[1]} | _shifted({left - cell[1]})")
        numbers[4] = " " + sheet.token(f"({moved[1]} | _shifted({left - cell[1]})) + {right - left}")
    anchor.text = ",".join(numbers)


def cell_of(comment: Element) -> tuple[int, int] | None:
    """Row (from 1) and column (from 0) of a comment."""
    found = parse_area(comment.get("ref") or "")
    return None if found is None else (found.row, column_number(found.column) - 1)

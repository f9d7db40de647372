"""What lies over the cells of a sheet: pictures, charts, text boxes, comments and controls, held by rows.

Drawings stay at the first row of a loop; a comment in a looped row comes once in each iteration, in its list and in
the old drawing (VML) that holds its box.
"""

from typing import Final

from kitgen.render.excel.formulas import Reference, parse_area
from kitgen.render.excel.reference_tokens import SHEET, S, Sheet, mark_formula, place_token, repeated, rows_of
from kitgen.render.excel.rules import guard
from kitgen.render.package.xml import Element, local_name

_XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_XR_UID: Final = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_X: Final = "{urn:schemas-microsoft-com:office:excel}"
_THREADED: Final = "tc="
_LINKS: Final = (
    "textlink",
    "fmlaLink",
    "fmlaRange",
    "fmlaGroup",
    "fmlaTxbx",
    "linkedCell",
    "listFillRange",
    "cellRange",
)
_VML_LINKS: Final = ("FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx", "FmlaPict")


def mark_anchors(sheet: Sheet) -> None:
    """The rows drawings and controls are held by, and the cells they are linked to."""
    for start in list(sheet.root.iter("{*}from")):
        _mark_anchor(sheet, start)
    for element in sheet.root.iter():
        for name in _LINKS:
            if element.get(name):
                element.set(name, mark_formula(sheet, element.get(name) or "", SHEET))


def _mark_anchor(sheet: Sheet, start: Element) -> None:
    holder = start.getparent()
    first = start.find(f"{_XDR}row")
    if holder is None or first is None or not (first.text or "").strip().isdigit():
        return
    top = int(first.text or 0) + 1
    kind = holder.get("editAs") or ("twoCell" if holder.get("sizeWithCells") in (None, "1", "true") else "oneCell")
    if local_name(holder) == "anchor":  # of a control: it moves and grows only when it says so
        kind = "twoCell" if holder.get("sizeWithCells") in ("1", "true") else "oneCell"
        kind = kind if holder.get("moveWithCells") in ("1", "true") or kind == "twoCell" else "absolute"
    if kind == "absolute":
        return
    first.text = sheet.token(f"(_sheet | _nearest({top})) - 1")
    last = holder.find(f"{{*}}to/{_XDR}row")
    if last is None or not (last.text or "").strip().isdigit():
        return
    bottom = int(last.text or 0) + 1
    if kind == "oneCell":
        last.text = sheet.token(f"(_sheet | _nearest({top})) + {bottom - top - 1}")
    else:
        last.text = sheet.token(f"(_sheet | _lower({top}, {bottom})) - 1")


def mark_comments(sheet: Sheet) -> None:
    """The cells of comments; those in looped rows come once in each iteration."""
    authors = [author.text or "" for author in sheet.root.iter(f"{S}author")]
    for comment in list(sheet.root.iter(f"{S}comment")):
        cell = comment.get("ref") or ""
        author = comment.get("authorId") or ""
        threaded = author.isdigit() and int(author) < len(authors) and authors[int(author)].startswith(_THREADED)
        rows = rows_of(cell)
        if rows is None:
            continue
        if sheet.rows.loops_around(*rows) and not threaded:
            comment.attrib.pop(_XR_UID, None)
            with repeated(sheet, comment, rows) as own:
                comment.set("ref", own(cell))
        else:
            guard(sheet, comment, cell)
            comment.set("ref", place_token(sheet, cell))


def mark_threads(sheet: Sheet) -> None:
    """The cells of conversations; one in a looped row stays at its first iteration."""
    for comment in sheet.root:
        if comment.get("ref"):
            guard(sheet, comment, comment.get("ref") or "")
            comment.set("ref", place_token(sheet, comment.get("ref") or ""))


def mark_old_drawing(sheet: Sheet, threaded: frozenset[tuple[int, int]]) -> None:
    """The boxes of comments and the controls in an old drawing; `threaded`: row and column of conversations."""
    identities = [int(number) for shape in sheet.root.iter(f"{_V}shape") if (number := _number(shape))]
    for shape in list(sheet.root.iter(f"{_V}shape")):
        facts = shape.find(f"{_X}ClientData")
        if facts is None:
            continue
        for link in _VML_LINKS:
            for formula in facts.iter(f"{_X}{link}"):
                formula.text = mark_formula(sheet, formula.text or "", SHEET)
        row, column = facts.find(f"{_X}Row"), facts.findtext(f"{_X}Column") or "0"
        if facts.get("ObjectType") != "Note" or row is None:
            _move_box(sheet, facts, None)
            continue
        at = int(row.text or 0) + 1
        if sheet.rows.loops_at(at) and sheet.rows.stretch_at(at) and (at, int(column)) not in threaded:
            with repeated(sheet, shape, (at, at)):
                row.text = sheet.token("_at[1] - 1")
                _move_box(sheet, facts, at, "_at[1]")
                if _number(shape):
                    shape.set(
                        "id",
                        "_x0000_s" + sheet.token(f"{_number(shape)} if loop.first else {max(identities)} + _number()"),
                    )
        else:
            guard(sheet, shape, f"A{at}")
            row.text = sheet.token(f"(_sheet | _nearest({at})) - 1")
            _move_box(sheet, facts, at, f"(_sheet | _nearest({at}))")


def _number(shape: Element) -> str:
    number = (shape.get("id") or "").removeprefix("_x0000_s")
    return number if number.isdigit() else ""


def _move_box(sheet: Sheet, facts: Element, row: int | None, moved: str = "") -> None:
    """Move the anchor of a box with row `row`, which stands at `moved`; without a row, with its own top."""
    anchor = facts.find(f"{_X}Anchor")
    numbers = (anchor.text or "").split(",") if anchor is not None else []
    if anchor is None or len(numbers) != 8:
        return
    top, bottom = int(numbers[2]), int(numbers[6])
    if row is None:
        row, moved = top + 1, f"(_sheet | _nearest({top + 1}))"
    numbers[2] = " " + sheet.token(f"{moved} | _shifted({top - row})")
    numbers[6] = " " + sheet.token(f"({moved} | _shifted({top - row})) + {bottom - top}")
    anchor.text = ",".join(numbers)


def cell_of(comment: Element) -> tuple[int, int] | None:
    """Row (from 1) and column (from 0) of a comment."""
    found: Reference | None = parse_area(comment.get("ref") or "")
    if found is None:
        return None
    column = 0
    for letter in found.column:
        column = column * 26 + ord(letter) - 64
    return found.row, column - 1

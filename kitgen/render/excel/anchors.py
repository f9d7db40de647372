"""What lies over the cells of a sheet: pictures, charts, text boxes and controls, held by rows and columns.

A picture or shape whose upper left corner lies in a looped row comes once in each iteration; a chart stays at the
first.
"""

from typing import Final

from kitgen.render.excel.controls import mark_new_control, repeat_control
from kitgen.render.excel.fragments import filled, holds_tags, kept
from kitgen.render.excel.pictures import mark_picture
from kitgen.render.excel.reference_tokens import SHEET, Sheet, mark_formula, repeated
from kitgen.render.package.xml import Element, local_name

XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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
_LINKED: Final = f"descendant-or-self::*[{' or '.join(f'@{name}' for name in _LINKS)}]"
_REPEATED: Final = ("pic", "sp", "grpSp", "cxnSp")
_TEXTS: Final = ("descr", "title", "tooltip")


def mark_anchors(sheet: Sheet) -> None:
    """The rows drawings and controls are held by, the cells they are linked to, the tags in their texts."""
    identities = [int(found) for each in sheet.root.iter(f"{XDR}cNvPr") if (found := each.get("id") or "").isdigit()]
    last = max(identities, default=0)
    for start in list(sheet.root.iter("{*}from")):
        _mark_anchor(sheet, start, last)
    for element in sheet.root.xpath(_LINKED):
        for name in _LINKS:
            if element.get(name):
                element.set(name, mark_formula(sheet, element.get(name) or "", SHEET))


def _mark_anchor(sheet: Sheet, start: Element, last_identity: int) -> None:
    holder = start.getparent()
    top, left = _at(start, "row"), _at(start, "col")
    if holder is None or top is None or left is None:
        return
    if local_name(holder) == "anchor":
        if not repeat_control(sheet, holder, top, left):
            _move(sheet, holder, start, top, left, _way_of_control(holder))
        return
    is_repeated = any(local_name(child) in _REPEATED for child in holder)
    if sheet.owner is None or not is_repeated or not sheet.is_looped((top, top), (left, left)):
        mark_new_control(sheet, holder)
        _fill_texts(sheet, holder)
        _move(sheet, holder, start, top, left, holder.get("editAs") or "twoCell")
        return
    element = holder
    while (above := element.getparent()) is not None and local_name(above) in ("Choice", "AlternateContent"):
        element = above
    _repeat(sheet, element, start, top, left, last_identity)


def _way_of_control(holder: Element) -> str:
    """A control moves and grows only when it says so."""
    if holder.get("sizeWithCells") in ("1", "true"):
        return "twoCell"
    return "oneCell" if holder.get("moveWithCells") in ("1", "true") else "absolute"


def _at(bound: Element, name: str) -> int | None:
    text = (bound.findtext(f"{XDR}{name}") or "").strip()
    return int(text) + 1 if text.isdigit() else None


def put(bound: Element | None, name: str, text: str) -> None:
    """Write the row or column of one corner of an anchor."""
    entry = bound.find(f"{XDR}{name}") if bound is not None else None
    if entry is not None:
        entry.text = text


def _move(sheet: Sheet, holder: Element, start: Element, top: int, left: int, kind: str) -> None:
    if kind == "absolute":
        return
    end = holder.find("{*}to")
    bottom, right = (None, None) if end is None else (_at(end, "row"), _at(end, "col"))
    put(start, "row", sheet.token(f"(_sheet | _nearest({top})) - 1"))
    if bottom is not None:
        same = f"(_sheet | _nearest({top})) + {bottom - top - 1}"
        put(end, "row", sheet.token(same if kind == "oneCell" else f"(_sheet | _lower({top}, {bottom})) - 1"))
    if not sheet.columns.stretches:
        return
    put(start, "col", sheet.token(f"(_sheet | _nearest_column({left})) - 1"))
    if right is not None:
        same = f"(_sheet | _nearest_column({left})) + {right - left - 1}"
        grown = f"[_sheet | _nearest_column({left}), _sheet | _nearest_column({right})] | max - 1"
        put(end, "col", sheet.token(same if kind == "oneCell" else grown))


def _repeat(sheet: Sheet, element: Element, start: Element, top: int, left: int, last_identity: int) -> None:
    """A picture, shape or group once in each iteration, with ids of its own and the loop's values in its texts."""
    for creation in list(element.iter("{*}creationId")):
        extension = creation.getparent()
        list_of = extension.getparent() if extension is not None else None
        if extension is not None and list_of is not None:
            list_of.remove(extension)
    for list_of in list(element.iter(f"{A}extLst")):
        above = list_of.getparent()
        if len(list_of) == 0 and above is not None:
            above.remove(list_of)
    box = mark_new_control(sheet, element)
    end = element.find(".//{*}to") if local_name(element) == "AlternateContent" else element.find("{*}to")
    bottom, right = (None, None) if end is None else (_at(end, "row"), _at(end, "col"))
    with repeated(sheet, element, (top, top), (left, left)):
        put(start, "row", sheet.token("_at[1] - 1"))
        put(start, "col", sheet.token("_at[4] - 1"))
        if bottom is not None and right is not None:
            put(end, "row", sheet.token(f"_at[1] + {bottom - top - 1}"))
            put(end, "col", sheet.token(f"_at[4] + {right - left - 1}"))
        for each in element.iter(f"{XDR}cNvPr"):
            if box is not None:
                each.set("id", sheet.token(box.identity))
            elif (each.get("id") or "").isdigit():
                each.set("id", sheet.token(f"{each.get('id')} if loop.first else {last_identity} + _number()"))
        for each in element.iter("{*}compatExt"):
            if box is not None:
                each.set("spid", "_x0000_s" + sheet.token(box.identity))
        _fill_texts(sheet, element, (top, left))


def _fill_texts(sheet: Sheet, element: Element, cell: tuple[int, int] | None = None) -> None:
    """Tags in alternative texts and texts of shapes; `cell`: the looped cell whose values they use."""
    if sheet.owner is None:
        return
    place = sheet.place()
    for picture in element.iter(f"{XDR}pic"):
        mark_picture(sheet, picture, cell, place)
    for each in element.iter():
        for name in _TEXTS:
            text = each.get(name) or ""
            if holds_tags(text):
                each.set(name, filled(sheet, text, place) if cell is None else kept(sheet, *cell, text, place))
    if cell is None:
        return
    from kitgen.render.tags.joined import join_tags

    for paragraph in element.iter(f"{A}p"):
        texts = list(paragraph.iter(f"{A}t"))
        join_tags(texts)
        for text_element in texts:
            if holds_tags(text_element.text):
                text_element.text = kept(sheet, *cell, text_element.text or "", place)

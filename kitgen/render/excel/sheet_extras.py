"""What stands around the cells of a sheet and moves with its rows: rules, links, page breaks, views, protected areas.

What holds for an area grows with it; what belongs to a looped row, such as a link, comes once in each iteration.
"""

from collections.abc import Callable
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.anchors import mark_anchors
from kitgen.render.excel.formulas import parse_area
from kitgen.render.excel.fragments import filled, holds_own_tags, holds_tags, kept, measured
from kitgen.render.excel.reference_tokens import (
    OWN,
    ROW,
    SHEET,
    S,
    Sheet,
    area_token,
    columns_of,
    dropped_if_empty,
    mark_formula,
    place_token,
    repeated,
    rows_of,
)
from kitgen.render.excel.rules import guard, mark_extensions, mark_rule
from kitgen.render.excel.sheet_cells import column_of
from kitgen.render.package.xml import Element, R, local_name
from kitgen.render.tags.tags import Tag

_XR_UID = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
_LISTS = ("dataValidations", "protectedRanges", "ignoredErrors", "hyperlinks", "cellWatches")
_LINK_TEXTS = ("tooltip", "display", "location")
_BELOW_DRAWING = (
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_AREAS = ("autoFilter", "sortState", "sortCondition", "dataRef")


def mark_around(sheet: Sheet) -> None:
    """Put tokens into all of a sheet but its cells."""
    mark_anchors(sheet)
    if sheet.loop is not None:
        _be_one_of_many(sheet)
    for element in list(sheet.root):
        kind = local_name(element)
        if kind == "cols" and sheet.columns.stretches:
            _mark_widths(sheet, element)
        elif kind == "mergeCells":
            areas = [parse_area(merge.get("ref") or "") for merge in element]
            sheet.merges = [area for area in areas if area is not None]
            sheet.root.replace(element, sheet.instruction("{{ _sheet | _merged }}"))
        elif kind == "conditionalFormatting":
            mark_rule(sheet, element)
        elif kind in ("autoFilter", "sortState", "dataConsolidate"):
            mark_areas(sheet, element)
        elif kind in ("sheetViews", "customSheetViews"):
            for view in element:
                _mark_view(sheet, view)
        elif kind == "headerFooter":
            for text in element:
                _mark_header(sheet, text)
        elif kind in _LISTS:
            for child in list(element):
                _MARK[kind](sheet, child)
            dropped_if_empty(sheet, element)
        elif kind in ("rowBreaks", "colBreaks"):
            _mark_breaks(sheet, element, kind)
        elif kind == "tableParts":
            _mark_tables(sheet, element)
        elif kind == "extLst":
            mark_extensions(sheet, element)
        elif kind == "scenarios" and sheet.moves:
            sheet.findings.error(
                said("sheet holds scenarios, whose cells do not move"),
                sheet.place(),
                said("remove them (What-If Analysis)"),
            )
    _make_room_for_drawing(sheet)


def _mark_tables(sheet: Sheet, element: Element) -> None:
    """The sheet's list of its tables; one in looped rows has a part for each iteration."""
    for entry in list(element):
        relation = entry.get(f"{R}id") or ""
        looped = sheet.book.tables.get(sheet.table_relations.get(relation, ""))
        if looped is not None and looped.is_in_rows:
            element.attrib.pop("count", None)
            with repeated(sheet, entry, looped.rows, looped.columns):
                entry.set(f"{R}id", sheet.token(f"_at | _control({relation!r}, {looped.part!r})"))


def _be_one_of_many(sheet: Sheet) -> None:
    """What only one sheet of a workbook may be or have: selected, an identity, the name macros know it by."""
    for name in [name for name in sheet.root.attrib if str(name).endswith("}uid")]:
        del sheet.root.attrib[name]
    for properties in sheet.root.iter(f"{S}sheetPr"):
        properties.attrib.pop("codeName", None)
    for view in sheet.root.iter(f"{S}sheetView"):
        if view.get("tabSelected") in ("1", "true"):
            view.set("tabSelected", sheet.token("0 if _sheet | _copy_number else 1"))


def _make_room_for_drawing(sheet: Sheet) -> None:
    """Where a sheet without pictures names its drawing, once a value puts a picture over a cell."""
    if any(local_name(element) == "drawing" for element in sheet.root):
        return
    drawing = sheet.instruction("{{ _sheet | _drawing }}")
    after = next((element for element in sheet.root if _stands_below_drawing(element)), None)
    if after is None:
        sheet.root.append(drawing)
    else:
        after.addprevious(drawing)


def _stands_below_drawing(element: Element) -> bool:
    if local_name(element) == "AlternateContent":
        return any(local_name(below) in _BELOW_DRAWING for below in element.iter())
    return local_name(element) in _BELOW_DRAWING


def mark_areas(sheet: Sheet, element: Element) -> None:
    """The areas of a filter, with how it is sorted."""
    area = parse_area(element.get("ref") or "")
    if area is not None and element.find("{*}filterColumn") is not None and sheet.columns.stretches:
        sheet.findings.error(
            said("a filter is set on a sheet with looped columns"),
            sheet.place(element.get("ref") or ""),
            said("show all rows (Data, Clear) and leave the filter's arrows only"),
        )
    for part in element.iter():
        if local_name(part) in _AREAS and part.get("ref"):
            part.set("ref", area_token(sheet, part.get("ref") or ""))


def _mark_header(sheet: Sheet, text: Element) -> None:
    """A header or footer, looked at as a whole once it is filled: its codes end where a value might go on with them."""
    if holds_tags(text.text):
        place = sheet.place()
        pieces: list[str] = []
        for sign in sheet.marks.tokenise(text.text or "", lambda: place, _in_header):
            pieces.append(sign)
            if any(mark.tag.kind == "statement" for mark in sheet.marks.of(sign)):  # a code ends there, too
                pieces.append(sheet.marks.token(OWN, place, "{{ '' | _header\n}}"))
        text.text = measured(sheet, "".join(pieces), "_whole_header", place)


def _in_header(tag: Tag) -> str:
    """In headers and footers of sheets `&` begins a code, so a value's own is doubled."""
    return f"{{{{ ({tag.inner}) | _header\n}}}}" if tag.kind == "value" else f"{{% {tag.inner}\n%}}"


def _mark_widths(sheet: Sheet, element: Element) -> None:
    """The widths of columns follow them."""
    for entry in element:
        facts = "".join(f' {name}="{value}"' for name, value in entry.attrib.items() if name not in ("min", "max"))
        sheet.column_widths.append(((int(entry.get("min") or 1), int(entry.get("max") or 1)), facts))
    sheet.root.replace(element, sheet.instruction("{{ _sheet | _widths }}"))


# Links and page breaks


def _mark_link(sheet: Sheet, link: Element) -> None:
    """A link follows its cell; one in a looped row comes once in each iteration."""
    area, target = link.get("ref") or "", link.get("location") or ""
    rows, columns = rows_of(area), columns_of(area)
    if rows is None:
        return
    is_looped = sheet.is_looped(rows, columns)
    texts = {name: link.get(name) or "" for name in _LINK_TEXTS if holds_own_tags(sheet, link.get(name) or "")}
    place = sheet.place(area)
    address = sheet.link_addresses.get(link.get(f"{R}id") or "")
    if is_looped:
        link.attrib.pop(_XR_UID, None)
        with repeated(sheet, link, rows, columns) as own:
            link.set("ref", own(area))
        texts = {name: kept(sheet, rows[0], columns[0], text, place) for name, text in texts.items()}
    else:
        guard(sheet, link, area)
        link.set("ref", area_token(sheet, area))
        texts = {name: filled(sheet, text, place) for name, text in texts.items()}
    if address is not None:
        whole = kept(sheet, rows[0], columns[0], address, place) if is_looped else filled(sheet, address, place)
        _mark_address(sheet, link, whole, place)
    if parse_area(target) is not None:
        link.set("location", mark_formula(sheet, target, ROW if is_looped else SHEET))
    for name, text in texts.items():
        link.set(name, text)


def _mark_address(sheet: Sheet, link: Element, address: str, place: Place) -> None:
    """A link whose address holds tags: each iteration has a relation of its own, a blank address no link."""
    link.addprevious(sheet.instruction("{% set _address %}"))
    holder = link.makeelement(f"{S}t")
    holder.text = address
    link.addprevious(holder)
    link.addprevious(sheet.instruction("{% endset %}"))
    link.addprevious(sheet.marks.instruction(OWN, place, "{% set _link = _address | _link_id\n%}"))
    link.addprevious(sheet.instruction("{% if _link %}"))
    link.addnext(sheet.instruction("{% endif %}"))
    link.set(f"{R}id", sheet.token("_link"))


def _mark_breaks(sheet: Sheet, element: Element, kind: str) -> None:
    """Page breaks stay below their rows (right of their columns); in a loop there is one in each iteration."""
    axis = sheet.rows if kind == "rowBreaks" else sheet.columns
    if kind == "colBreaks" and not axis.stretches:
        return
    for entry in element:
        at = int(entry.get("id") or 0)
        facts = "".join(f' {name}="{value}"' for name, value in entry.attrib.items() if name != "id")
        sheet.breaks.append((kind, at, axis.stretch_at(at) is not None, facts))
    sheet.root.replace(element, sheet.instruction(f"{{{{ _sheet | _breaks({kind!r}) }}}}"))


# How the sheet is looked at


def _mark_view(sheet: Sheet, view: Element) -> None:
    """The first cell shown, the selected cells and the frozen rows."""
    if view.get("topLeftCell"):
        view.set("topLeftCell", place_token(sheet, view.get("topLeftCell") or ""))
    for part in list(view):
        kind = local_name(part)
        if kind == "pane":
            split = part.get("ySplit") or ""
            if (part.get("state") or "").startswith("frozen") and split.isdigit():
                top = parse_area(view.get("topLeftCell") or "")
                above = (top.row if top else 1) - 1
                code = f"(_sheet | _nearest({int(split) + above + 1})) - (_sheet | _nearest({above + 1}))"
                part.set("ySplit", sheet.token(code))
            across = part.get("xSplit") or ""
            if (part.get("state") or "").startswith("frozen") and across.isdigit() and sheet.columns.stretches:
                left = column_of(view.get("topLeftCell") or "A1") - 1
                code = f"(_sheet | _nearest_column({int(across) + left + 1})) - (_sheet | _nearest_column({left + 1}))"
                part.set("xSplit", sheet.token(code))
            part.set("topLeftCell", place_token(sheet, part.get("topLeftCell") or "A1"))
        elif kind == "selection":
            for name in ("activeCell", "sqref"):
                written = part.get(name)
                if written:
                    part.set(name, " ".join(place_token(sheet, area) for area in written.split()))
        elif kind == "rowBreaks":
            view.remove(part)  # of a custom view: they are made by hand and cannot be told from those of the sheet
        elif kind == "autoFilter":
            mark_areas(sheet, part)


def _mark_watch(sheet: Sheet, watch: Element) -> None:
    watch.set("r", place_token(sheet, watch.get("r") or ""))


_MARK: Final[dict[str, Callable[[Sheet, Element], None]]] = {
    "dataValidations": mark_rule, "protectedRanges": mark_rule, "ignoredErrors": mark_rule,
    "hyperlinks": _mark_link, "cellWatches": _mark_watch,
}  # fmt: skip

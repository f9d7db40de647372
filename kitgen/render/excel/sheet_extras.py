"""What stands around the cells of a sheet and moves with its rows: rules, links, page breaks, views, protected areas.

What holds for an area grows with it; what belongs to a looped row, such as a link, comes once in each iteration.
"""

from collections.abc import Callable
from typing import Final

from kitgen.base.messages import said
from kitgen.render.excel.anchors import mark_anchors
from kitgen.render.excel.formulas import parse_area
from kitgen.render.excel.reference_tokens import (
    ROW,
    SHEET,
    Sheet,
    area_token,
    dropped_if_empty,
    mark_formula,
    place_token,
    repeated,
    rows_of,
)
from kitgen.render.excel.rules import guard, mark_extensions, mark_rule
from kitgen.render.package.xml import Element, local_name
from kitgen.render.tags.tags import Tag

_XR_UID = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
_LISTS = ("dataValidations", "protectedRanges", "ignoredErrors", "hyperlinks", "cellWatches")
_AREAS = ("autoFilter", "sortState", "sortCondition", "dataRef")


def mark_around(sheet: Sheet) -> None:
    """Put tokens into all of a sheet but its cells."""
    mark_anchors(sheet)
    for element in list(sheet.root):
        kind = local_name(element)
        if kind == "mergeCells":
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
                text.text = sheet.marks.tokenise(text.text or "", sheet.place, _in_header)
        elif kind in _LISTS:
            for child in list(element):
                _MARK[kind](sheet, child)
            dropped_if_empty(sheet, element)
        elif kind == "rowBreaks":
            _mark_breaks(sheet, element)
        elif kind == "extLst":
            mark_extensions(sheet, element)
        elif kind == "scenarios" and sheet.moves:
            sheet.findings.error(
                said("sheet holds scenarios, whose cells do not move"),
                sheet.place(),
                said("remove them (What-If Analysis)"),
            )


def mark_areas(sheet: Sheet, element: Element) -> None:
    """The areas of a filter, with how it is sorted."""
    for part in element.iter():
        if local_name(part) in _AREAS and part.get("ref"):
            part.set("ref", area_token(sheet, part.get("ref") or ""))


def _in_header(tag: Tag) -> str:
    """In headers and footers of sheets `&` begins a code, so a value's own is doubled."""
    return f"{{{{ ({tag.inner}) | _header\n}}}}" if tag.kind == "value" else f"{{% {tag.inner}\n%}}"


# Links and page breaks


def _mark_link(sheet: Sheet, link: Element) -> None:
    """A link follows its cell; one in a looped row comes once in each iteration."""
    area, target = link.get("ref") or "", link.get("location") or ""
    rows = rows_of(area)
    if rows is None:
        return
    is_looped = bool(sheet.rows.loops_around(*rows))
    if is_looped:
        link.attrib.pop(_XR_UID, None)
        with repeated(sheet, link, rows) as own:
            link.set("ref", own(area))
    else:
        guard(sheet, link, area)
        link.set("ref", area_token(sheet, area))
    if parse_area(target) is not None:
        link.set("location", mark_formula(sheet, target, ROW if is_looped else SHEET))


def _mark_breaks(sheet: Sheet, element: Element) -> None:
    """Page breaks stay below their rows; below a looped row there is one in each iteration."""
    for entry in element:
        row = int(entry.get("id") or 0)
        facts = "".join(f' {name}="{value}"' for name, value in entry.attrib.items() if name != "id")
        sheet.breaks.append((row, sheet.rows.stretch_at(row) is not None, facts))
    sheet.root.replace(element, sheet.instruction("{{ _sheet | _breaks }}"))


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

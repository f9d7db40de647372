"""Rules for areas of a sheet (conditional formats, validations, sparklines): they grow with the rows they are for.

A rule whose formulas name rows that lie at another distance in each iteration comes once in each iteration instead.
The newer kinds, which Excel keeps among the extensions of a sheet, hold areas and formulas as elements.
"""

from collections.abc import Callable, Sequence
from typing import Final

from kitgen.render.excel.formulas import Reference, parse_formula
from kitgen.render.excel.layout import Rows
from kitgen.render.excel.reference_tokens import (
    ROW,
    SHEET,
    S,
    Sheet,
    area_token,
    dropped_if_empty,
    mark_formula,
    repeated,
    rows_of,
    warn_of_unmoved,
)
from kitgen.render.package.xml import Element, local_name

_XM: Final = "{http://schemas.microsoft.com/office/excel/2006/main}"
_UIDS: Final = ("{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid",)
_LISTS: Final = ("conditionalFormattings", "dataValidations", "ignoredErrors", "protectedRanges", "sparklines")


def mark_rule(sheet: Sheet, rule: Element) -> None:
    """A rule with its areas in an attribute, its formulas in elements."""
    formulas = list(rule.iter(f"{S}formula", f"{S}formula1", f"{S}formula2"))
    thresholds = [value for value in rule.iter(f"{S}cfvo") if value.get("type") == "formula"]
    written = [formula.text or "" for formula in formulas] + [value.get("val") or "" for value in thresholds]
    areas = rule.get("sqref") or ""
    seen_from = _placed(sheet, rule, areas, written, lambda text: rule.set("sqref", text))
    for formula in formulas:
        formula.text = mark_formula(sheet, formula.text or "", seen_from)
    for value in thresholds:
        value.set("val", mark_formula(sheet, value.get("val") or "", seen_from))


def mark_extensions(sheet: Sheet, extensions: Element) -> None:
    """The rules and sparklines among a sheet's extensions."""
    for place in list(extensions.iter(f"{_XM}sqref")):
        rule = place.getparent()
        assert rule is not None
        formulas = list(rule.iter(f"{_XM}f"))
        written = [formula.text or "" for formula in formulas]
        is_sparkline = local_name(rule) == "sparkline"

        def put(text: str, place: Element = place) -> None:
            place.text = text

        seen_from = _placed(sheet, rule, place.text or "", written, put, is_single=is_sparkline)
        for formula in formulas:
            grows = is_sparkline and seen_from is not ROW
            formula.text = mark_formula(sheet, formula.text or "", seen_from, grows=grows)
    for group in extensions.iter("{*}sparklineGroup"):
        dates = group.find(f"{_XM}f")
        if dates is not None:
            dates.text = mark_formula(sheet, dates.text or "", SHEET, grows=True)
    for container in [element for element in extensions.iter() if local_name(element) in _LISTS]:
        dropped_if_empty(sheet, container)


def guard(sheet: Sheet, element: Element, areas: str) -> None:
    """Leave an element out when all rows it is for are left out."""
    if sheet.rows.may_drop:
        sheet.areas.append(areas)
        element.addprevious(sheet.instruction(f"{{% if _sheet | _area({len(sheet.areas) - 1}) %}}"))
        element.addnext(sheet.instruction("{% endif %}"))


def _placed(
    sheet: Sheet,
    rule: Element,
    areas: str,
    formulas: Sequence[str],
    put: Callable[[str], None],
    *,
    is_single: bool = False,
) -> int | None:
    """Put the areas of a rule; gives the row its formulas are seen from."""
    rows = rows_of(areas)
    for formula in formulas:
        warn_of_unmoved(sheet, parse_formula(formula), sheet.place(areas, formula))
    if rows is None:
        return SHEET
    if (is_single and sheet.rows.loops_around(*rows)) or _must_stand_apart(sheet.rows, rows, formulas):
        for name in _UIDS:
            rule.attrib.pop(name, None)
        with repeated(sheet, rule, rows) as own:
            put(" ".join(own(area) for area in areas.split()))
        return ROW
    guard(sheet, rule, areas)
    put(area_token(sheet, areas))
    return rows[0]


def _must_stand_apart(rows: Rows, bounds: tuple[int, int], formulas: Sequence[str]) -> bool:
    """Whether a rule names rows that lie at another distance in each iteration."""
    loops = rows.loops_around(*bounds)
    if not loops or rows.covers_loop(*bounds, loops[-1]):
        return False
    return any(
        isinstance(piece, Reference) and not piece.sheet and _crosses_loop(rows, bounds[0], piece, loops)
        for formula in formulas
        for piece in parse_formula(formula)
    )


def _crosses_loop(rows: Rows, row: int, reference: Reference, loops: tuple[int, ...]) -> bool:
    if reference.is_fixed and (reference.end_row is None or reference.end_is_fixed):
        return False
    first = rows.spot(min(row, reference.row))[0]
    last = rows.spot(max(row, reference.end_row or reference.row))[0]
    if first is None or last is None:
        return True
    return any(stretch.loops != loops for stretch in rows.between(first, last))

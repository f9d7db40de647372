"""Rules for areas of a sheet (conditional formats, validations, sparklines): they grow with the rows they are for.

A rule whose formulas name rows that lie at another distance in each iteration comes once in each iteration instead.
The newer kinds, which Excel keeps among the extensions of a sheet, hold areas and formulas as elements.
"""

from collections.abc import Callable, Sequence
from typing import Final

from kitgen.render.excel.formulas import Piece, Reference, column_number
from kitgen.render.excel.layout import Rows, Span
from kitgen.render.excel.reference_tokens import (
    ROW,
    SHEET,
    S,
    Sheet,
    area_token,
    columns_of,
    dropped_if_empty,
    mark_formula,
    pieces_of,
    repeated,
    rows_of,
    warn_of_unmoved,
)
from kitgen.render.excel.rule_texts import RuleTexts
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
    texts = RuleTexts(sheet, rule, areas, written)
    seen_from = _placed(sheet, rule, areas, written, lambda text: rule.set("sqref", text), is_apart=texts.are_apart)
    for formula in formulas:
        formula.text = texts.formula(formula.text or "", seen_from)
    for value in thresholds:
        value.set("val", texts.formula(value.get("val") or "", seen_from))
    texts.fill_attributes()


def mark_extensions(sheet: Sheet, extensions: Element) -> None:
    """The rules and sparklines among a sheet's extensions."""
    for place in list(extensions.iter(f"{_XM}sqref")):
        rule = place.getparent()
        assert rule is not None
        formulas = list(rule.iter(f"{_XM}f"))
        written = [formula.text or "" for formula in formulas]
        is_sparkline = local_name(rule) == "sparkline"
        texts = RuleTexts(sheet, rule, place.text or "", written)

        def put(text: str, place: Element = place) -> None:
            place.text = text

        seen_from = _placed(
            sheet, rule, place.text or "", written, put, is_single=is_sparkline, is_apart=texts.are_apart
        )
        for formula in formulas:
            grows = is_sparkline and seen_from is not ROW
            formula.text = texts.formula(formula.text or "", seen_from, grows=grows)
        texts.fill_attributes()
    for group in extensions.iter("{*}sparklineGroup"):
        dates = group.find(f"{_XM}f")
        if dates is not None:
            dates.text = mark_formula(sheet, dates.text or "", SHEET, grows=True)
    for container in [element for element in extensions.iter() if local_name(element) in _LISTS]:
        dropped_if_empty(sheet, container)


def guard(sheet: Sheet, element: Element, areas: str) -> None:
    """Leave an element out when all rows it is for are left out."""
    if sheet.rows.may_drop or sheet.columns.may_drop:
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
    is_apart: bool = False,
) -> int | None:
    """Put the areas of a rule; gives the row its formulas are seen from."""
    rows = rows_of(areas)
    pieces = [pieces_of(sheet, formula) for formula in formulas]
    for formula, parsed in zip(formulas, pieces, strict=True):
        warn_of_unmoved(sheet, parsed, sheet.place(areas, formula))
    if rows is None:
        return SHEET
    columns = columns_of(areas)
    is_apart = is_apart or (is_single and sheet.is_looped(rows, columns))
    if is_apart or _must_stand_apart(sheet, rows, columns, pieces):
        for name in _UIDS:
            rule.attrib.pop(name, None)
        with repeated(sheet, rule, rows, columns) as own:
            put(" ".join(own(area) for area in areas.split()))
        return ROW
    guard(sheet, rule, areas)
    put(area_token(sheet, areas))
    return rows[0]


def _must_stand_apart(sheet: Sheet, rows: Span, columns: Span, formulas: Sequence[Sequence[Piece]]) -> bool:
    """Whether a rule names rows or columns that lie at another distance in each iteration."""
    named = [piece for pieces in formulas for piece in pieces if isinstance(piece, Reference) and not piece.sheet]
    by_rows = [
        (piece.row, piece.end_row, piece.is_fixed, piece.end_is_fixed) for piece in named if not piece.is_columns
    ]
    by_columns = [
        (column_number(piece.column), column_number(piece.end_column) if piece.end_column else None,
         piece.names_fixed_column, piece.names_fixed_end_column)
        for piece in named if piece.column
    ]  # fmt: skip
    return _stands_apart(sheet.rows, rows, by_rows) or _stands_apart(sheet.columns, columns, by_columns)


Bounds = tuple[int, int | None, bool, bool]


def _stands_apart(axis: Rows, bounds: Span, named: Sequence[Bounds]) -> bool:
    loops = axis.loops_around(*bounds)
    if not loops or axis.covers_loop(*bounds, loops[-1]):
        return False
    return any(_crosses_loop(axis, bounds[0], reference, loops) for reference in named)


def _crosses_loop(axis: Rows, at: int, reference: Bounds, loops: tuple[int, ...]) -> bool:
    row, end_row, is_fixed, end_is_fixed = reference
    if is_fixed and (end_row is None or end_is_fixed):
        return False
    first = axis.spot(min(at, row))[0]
    last = axis.spot(max(at, end_row or row))[0]
    if first is None or last is None:
        return True
    return any(stretch.loops != loops for stretch in axis.between(first, last))

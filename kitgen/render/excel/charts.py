"""Charts: their series follow the cells they show, and grow with looped rows."""

from typing import Final

from kitgen.render.excel.formulas import Reference
from kitgen.render.excel.reference_tokens import SHEET, Sheet, mark_formula, pieces_of
from kitgen.render.package.xml import Element, local_name

_FORMULAS: Final = ("f", "sqref")
_CACHES: Final = ("strCache", "numCache", "multiLvlStrCache", "lvl")
_SINGLE: Final = ("tx", "title", "txData")
"""What a reference names one cell for: the name of a series, a title."""


def mark_chart(chart: Sheet, moving: frozenset[str]) -> None:
    """Put tokens into the references of a chart; what Excel noted of cells is removed where any sheet changes.

    A cell of a sheet that stays may be worked out from one of a sheet that changes.
    """
    for formula in list(chart.root.iter()):
        if local_name(formula) not in _FORMULAS or not (formula.text or "").strip():
            continue
        written = formula.text or ""
        pieces = pieces_of(chart, written)
        named = any(prefix in written for prefix in chart.book.renamed)
        if named or any(isinstance(piece, Reference) and _names(piece, chart) in moving for piece in pieces):
            formula.text = mark_formula(chart, written, SHEET, grows=not _is_single(formula))
        parent = formula.getparent()
        if not moving or "[" in written.partition("!")[0]:  # of another workbook, which is not looked at
            continue
        for cache in list(parent) if parent is not None else ():
            if local_name(cache) in _CACHES and parent is not None:
                parent.remove(cache)


def _names(reference: Reference, chart: Sheet) -> str:
    return (reference.sheet_name or chart.name).casefold()


def _is_single(formula: Element) -> bool:
    return any(local_name(above) in _SINGLE for above in formula.iterancestors())

"""Charts: their series follow the cells they show, and grow with looped rows."""

from typing import Final

from kitgen.render.excel.formulas import Reference, parse_formula
from kitgen.render.excel.reference_tokens import SHEET, Sheet, mark_formula
from kitgen.render.package.xml import Element, local_name

_FORMULAS: Final = ("f", "sqref")
_CACHES: Final = ("strCache", "numCache", "multiLvlStrCache", "lvl")
_SINGLE: Final = ("tx", "title", "txData")
"""What a reference names one cell for: the name of a series, a title."""


def mark_chart(chart: Sheet, moving: frozenset[str]) -> None:
    """Put tokens into the references of a chart; what Excel noted of cells on sheets that change is removed."""
    for formula in list(chart.root.iter()):
        if local_name(formula) not in _FORMULAS or not (formula.text or "").strip():
            continue
        pieces = parse_formula(formula.text or "")
        named = any(prefix in (formula.text or "") for prefix in chart.renamed)
        if not named and not any(isinstance(piece, Reference) and _names(piece, chart) in moving for piece in pieces):
            continue
        formula.text = mark_formula(chart, formula.text or "", SHEET, grows=not _is_single(formula))
        parent = formula.getparent()
        for cache in list(parent) if parent is not None else ():
            if local_name(cache) in _CACHES and parent is not None:
                parent.remove(cache)


def _names(reference: Reference, chart: Sheet) -> str:
    return (reference.sheet_name or chart.name).casefold()


def _is_single(formula: Element) -> bool:
    return any(local_name(above) in _SINGLE for above in formula.iterancestors())

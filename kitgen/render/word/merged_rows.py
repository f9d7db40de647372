"""Whether cells merged over rows may have lost their beginning, told from the text of a part. Pure.

Mostly none has; reading a part as a tree to find that out took longer than filling it (12 ms a document).
"""

import re
from functools import lru_cache
from typing import Final

_END: Final = "</w:tr>"
_UNUSUAL: Final = ("<!", "<w:tr/>", "AlternateContent")
"""What looks like a row need not be one, or has no end, or belongs to no table around it."""
_MERGE: Final = re.compile(r'<w:vMerge(?: w:val="(restart|continue)")?/>')
_LEFT_OUT: Final = re.compile(r'<w:gridBefore w:val="(\d{1,4})"/>')
_COVERED: Final = re.compile(r'<w:gridSpan w:val="(\d{1,4})"/>')

_Merges = tuple[tuple[int, bool], ...]
"""The columns in which the merged cells of a row begin; whether each goes on with the one above."""


def may_lack_beginnings(xml: str) -> bool:
    """Whether some cell may go on with one that is not above it. A table that is not plain enough to tell may, too."""
    if any(each in xml for each in _UNUSUAL):
        return True
    above: frozenset[int] = frozenset()
    end = 0
    while (stop := xml.find(_END, end)) >= 0:
        row, end = xml[end:stop], stop + len(_END)
        start = _only_start(row, "tr")
        if start is None or "<w:vMerge" in row[:start]:  # a row within a row
            return True
        merges = _merges_of(row[start:]) if "<w:vMerge" in row else ()
        if merges is None:
            return True
        if start:  # the first of its table, or not side by side with the one before
            above = frozenset()
        if any(goes_on and column not in above for column, goes_on in merges):
            return True
        above = frozenset(column for column, _ in merges)
    return xml.find("<w:vMerge", end) >= 0


def _only_start(text: str, name: str) -> int | None:
    """Where the only element of this name begins; None where there are none or several."""
    starts = [f"<w:{name}>", f"<w:{name} "]
    if sum(map(text.count, starts)) != 1:
        return None
    return max(map(text.find, starts))


@lru_cache(maxsize=512)
def _merges_of(row: str) -> _Merges | None:
    """Those of a row's cells; None for a row that is not plain. Documents of a form repeat most of their rows."""
    if "PrChange" in row or "<w:tc/>" in row:  # what was before a tracked change stands there, too
        return None
    head, *cells = re.split(r"(?=<w:tc[ >])", row)
    column = _value(_LEFT_OUT, head, "gridBefore", 0)
    found: list[tuple[int, bool]] = []
    for number, cell in enumerate(cells, 1):
        span = _value(_COVERED, cell, "gridSpan", 1)
        is_whole = cell.endswith("</w:tc>") or (number == len(cells) and cell.count("</w:tc>") == 1)
        merge = _MERGE.search(cell)
        if column is None or span is None or not is_whole or cell.count("<w:vMerge") != (merge is not None):
            return None
        if merge is not None:
            found.append((column, merge[1] != "restart"))
        column += span
    return tuple(found)


def _value(written: re.Pattern[str], text: str, name: str, default: int) -> int | None:
    """The number an element tells; None where there are several, or one is written otherwise."""
    count = text.count(f"<w:{name}")
    found = written.search(text)
    if count > 1 or (found is None) != (count == 0):
        return None
    return default if found is None else int(found[1])

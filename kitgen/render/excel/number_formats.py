"""Which styles of a workbook show dates, and the styles that are added for those that do not.

A date in a cell formatted as a number would be shown as 46251; it is given the cell's style with a date's format.
"""

import datetime
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from kitgen.render.package.content_types import serialised
from kitgen.render.package.xml import Element, parse_xml

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)))
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_SIGNS: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_FIRST_CUSTOM: Final = 164

DATE_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "date": (datetime.date,), "datetime": (datetime.datetime,), "time": (datetime.time,),
}  # fmt: skip
_FORMATS: Final = {"date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm", "time": "hh:mm"}


class Styles:
    """The cell styles of a template, by number."""

    def __init__(self, content: bytes | None, file: str) -> None:
        root = None if content is None else parse_xml(content, file, "xl/styles.xml")
        formats = {} if root is None else _formats(root)
        styles = [] if root is None else root.findall(f"{_S}cellXfs/{_S}xf")
        self.count = len(styles)
        """How many there are: the number of the first that is added."""
        self._of_dates = [_shows_dates(int(style.get("numFmtId") or 0), formats) for style in styles]

    def shows_dates(self, number: int) -> bool:
        """Whether a date in a cell of this style looks like one. Without styles nothing can be added, so it must do."""
        return self._of_dates[number] if number < self.count else not self.count


def _formats(root: Element) -> dict[int, str]:
    found = root.iterfind(f"{_S}numFmts/{_S}numFmt")
    return {int(entry.get("numFmtId") or 0): entry.get("formatCode") or "" for entry in found}


def _shows_dates(number: int, formats: Mapping[int, str]) -> bool:
    if number not in formats:
        return number in _BUILT_IN
    return bool(_DATE_SIGNS.search(_QUOTED.sub("", formats[number].partition(";")[0].replace("General", ""))))


def with_date_styles(content: bytes, wanted: Mapping[tuple[int, str], int], file: str) -> bytes:
    """The styles of a workbook with those that were given numbers: each like another, with a date's format."""
    root = parse_xml(content, file, "xl/styles.xml")
    styles = root.find(f"{_S}cellXfs")
    assert styles is not None
    formats = root.find(f"{_S}numFmts")
    if formats is None:
        formats = root.makeelement(f"{_S}numFmts")
        root.insert(0, formats)
    free = max([_FIRST_CUSTOM - 1, *_formats(root)]) + 1
    numbers: dict[str, int] = {}
    for like, kind in wanted:
        if kind not in numbers:
            numbers[kind] = free + len(numbers)
            entry = etree.SubElement(formats, f"{_S}numFmt")
            entry.set("numFmtId", str(numbers[kind]))
            entry.set("formatCode", _FORMATS[kind])
        style = deepcopy(styles[like])
        style.set("numFmtId", str(numbers[kind]))
        style.set("applyNumberFormat", "1")
        styles.append(style)
    formats.set("count", str(len(formats)))
    styles.set("count", str(len(styles)))
    return serialised(root)

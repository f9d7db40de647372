"""Which styles of a workbook show dates, and the styles that are added for those that do not.

A date in a cell formatted as a number would be shown as 46251; it is given the cell's style with a date's format.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell styles of a template, by number: whether each shows a date."""

    of_dates: Sequence[bool] = ()

    @property
    def count(self) -> int:
        """How many there are: the number of the first that is added."""
        return len(self.of_dates)

    def shows_dates(self, number: int) -> bool:
        """Whether a date in a cell of this style looks like one. Without styles nothing can be added, so it must do."""
        return self.of_dates[number] if number < self.count else not self.count


def read_styles(content: bytes | None, file: str) -> Styles:
    """The cell styles of a template; none where it has no part of that name."""
    if content is None:
        return Styles()
    root = parse_xml(content, file, "xl/styles.xml")
    formats = _formats(root)
    styles = root.findall(f"{_S}cellXfs/{_S}xf")
    return Styles(tuple(_shows_dates(int(style.get("numFmtId") or 0), formats) for style in styles))


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

"""Opens a workbook a person filled in: looked over with distrust before openpyxl sees it, nothing worked out.

Both ways of reading stand on it: lists with numbers and days (`workbook_grids`), experts' texts (`text_workbook`).
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import Message, said
from kitgen.load.sheets.workbook_files import refuse_large
from kitgen.render.package.normal_form import read_contents
from kitgen.render.package.package import pack_part, read_package, write_package

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_UNPACKED: Final = 32 * 1024 * 1024
MAX_AREA: Final = 200_000
SAVE_ANEW: Final = said("open it in Excel and save it anew as .xlsx")
_MAIN: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character as Excel writes it into XML where XML has no sign for it."""
_COVERING: Final = re.compile(rb"<(?:[\w-]+:)?(?:mergeCell|hyperlink|comment)\b([^>]*)")
_REFERENCE: Final = re.compile(rb"\bref\s*=\s*([\"'])(.*?)\1", re.DOTALL)
_QUOTE: Final = re.compile(rb"[\"']")
_QUOTED: Final = re.compile(rb"\"[^\"]*\"|'[^']*'")
_AREA: Final = re.compile(rb"[$]?([A-Za-z]{1,3})[$]?(\d{1,7})(?::[$]?([A-Za-z]{1,3})[$]?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook as openpyxl has it, and the mark that keeps openpyxl from what it does to texts."""

    book: "Workbook"
    mark: str

    def as_typed(self, text: str) -> str:
        """The text of a cell as it was typed; a character Excel wrote by its number may be half of one."""
        if "_x" not in text and self.mark not in text:
            return text
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text.replace(self.mark, ""))


@contextmanager
def opened_workbook(content: bytes, name: str, advice: Message, *, row_by_row: bool) -> Iterator[OpenedWorkbook]:
    """A workbook by its bytes, to be read in the body of the `with`, where what openpyxl raises is told, too.

    `row_by_row`: its sheets give rows and nothing else, each only when it is asked for; otherwise sheets are whole,
    with merged cells and hidden columns. Raises `KitgenError` for what is no workbook, is damaged, hostile, or too
    large, which `advice` is for. `name` is the one for errors.
    """
    refuse_large(content, name, advice)
    parts = _looked_over(content, name, advice)
    if not row_by_row:
        _refuse_wide(parts, name)
    mark, sound = _in_normal_form(parts, name)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions openpyxl does not keep, which nobody reads here
        try:
            yield OpenedWorkbook(load_workbook(BytesIO(sound), read_only=row_by_row, keep_links=False), mark)
        except KitgenError:
            raise
        except Exception as error:  # openpyxl raises whatever the first odd thing in a damaged file leads to
            raise unreadable(name) from error


def unreadable(name: str) -> KitgenError:
    """What is said of a workbook that openpyxl makes nothing of; what its cells hold never enters it."""
    return failure(said("workbook cannot be read; it is damaged"), Place(name), SAVE_ANEW)


def _looked_over(content: bytes, name: str, advice: Message) -> dict[str, bytes]:
    """The parts. Raises `KitgenError` for what openpyxl would take and nobody should: too large, XML with entities."""
    packed = read_package(content, name)
    most = MAX_UNPACKED >> 20
    for part in packed.values():
        if part.size > MAX_UNPACKED:
            place = Place(name, spot=said("part {name}", name=part.name))
            raise failure(said("part unpacks to more than {size} MB", size=most), place, advice)
    if sum(part.size for part in packed.values()) > MAX_UNPACKED:
        large = said("workbook unpacks to more than {max_unpacked} MB", max_unpacked=most)
        raise failure(large, Place(name), said("take pictures out") + "; " + advice)
    parts: dict[str, bytes] = {}
    for part in packed.values():
        text = parts[part.name] = part.content()
        if part.name.lower().endswith((".xml", ".rels", ".vml")):
            place = Place(name, spot=said("part {name}", name=part.name))
            if b"\0" in text:
                raise failure(said("part is not written in UTF-8"), place, SAVE_ANEW)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                odd = said("part declares a document type or entities, which Office files never do")
                raise failure(odd, place, SAVE_ANEW)
    return parts


def _in_normal_form(parts: Mapping[str, bytes], name: str) -> tuple[str, bytes]:
    """The workbook as openpyxl reads it, and a mark to be taken out of its texts.

    Strict ones and those with names of another system get the usual ones. openpyxl takes every `x005F_` out of a
    table of texts, whether it is an escape or not; the mark keeps it from that.
    """
    plain = read_contents(parts, name)
    if _MAIN not in plain:
        raise failure(said("file is no Excel workbook"), Place(name), said("save it as .xlsx"))
    strings = plain.get(_STRINGS, b"")
    mark = next(chr(code) for code in range(0x10F000, 0x10FFFE) if chr(code).encode() not in strings)
    if b"x005F_" in strings:
        plain[_STRINGS] = strings.replace(b"x005F_", f"x{mark}005F_".encode())
    return mark, write_package([pack_part(part, text, 0) for part, text in plain.items()])


def _refuse_wide(parts: Mapping[str, bytes], name: str) -> None:
    """Raises `KitgenError` if openpyxl would go through cells without end, those of a merged area one by one."""
    for part, text in parts.items():
        if part.lower().endswith((".xml", ".rels", ".vml")) and _areas(text) > MAX_AREA:
            wide = said(
                "merged cells, links or notes of the workbook cover more than {max_area:,} cells", max_area=MAX_AREA
            )
            raise failure(wide, Place(name), said("take merged cells apart, or copy the list into a new workbook"))


def _areas(part: bytes) -> int:
    """So many cells are covered by what openpyxl goes through cell by cell; one that cannot be told covers too many."""
    cells: int = 0
    for found in _COVERING.finditer(part):
        reference = _REFERENCE.search(found[1])
        if _QUOTE.search(_QUOTED.sub(b"", found[1])):  # a `>` in a value cut it in two
            return MAX_AREA + 1
        if reference is None:
            continue
        area = _AREA.fullmatch(reference[2])
        if area is None:
            return MAX_AREA + 1
        first, last = (_number(area[1]), int(area[2])), (_number(area[3] or area[1]), int(area[4] or area[2]))
        cells += (abs(last[0] - first[0]) + 1) * (abs(last[1] - first[1]) + 1)
    return cells


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number

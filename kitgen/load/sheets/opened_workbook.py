"""Opens a workbook a person filled in: looked over with distrust before openpyxl sees it, nothing worked out.

`workbook_grids` stands on it, which reads its sheets.
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
SAVE_ANEW: Final = said("open it in Excel and save it anew as .xlsx")
_MAIN: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character as Excel writes it into XML where XML has no sign for it."""


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
def opened_workbook(content: bytes, name: str, advice: Message) -> Iterator[OpenedWorkbook]:
    """A workbook by its bytes, to be read in the body of the `with`, where what openpyxl raises is told, too.

    Its sheets are read when they are gone through, row by row, and only then. Raises `KitgenError` for what is no
    workbook, is damaged, hostile, or too large, which `advice` is for. `name` is the one for errors.
    """
    refuse_large(content, name, advice)
    parts = _looked_over(content, name, advice)
    mark, sound = _in_normal_form(parts, name)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions openpyxl does not keep, which nobody reads here
        book: Workbook | None = None
        try:
            book = load_workbook(BytesIO(sound), read_only=True, keep_links=False)
            yield OpenedWorkbook(book, mark)
        except KitgenError:
            raise
        except Exception as error:  # openpyxl raises whatever the first odd thing in a damaged file leads to
            raise unreadable(name) from error
        finally:
            if book is not None:
                book.close()  # its sheets and it know one another, and would hold the file until Python looks for that


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

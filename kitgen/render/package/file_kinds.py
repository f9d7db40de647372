"""What a file is that is no Word or Excel package: called by its name, with the way out of it.

Told by the first bytes and by what must stand in each kind, never by the file's name.
"""

import re
from collections.abc import Mapping
from typing import Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said

COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: Office files of before 2007, and those of today that a password protects."""

_SAVE_WORD: Final = said("open it in Word and save it as Word Document (.docx)")
_SAVE_EXCEL: Final = said("open it in Excel and save it as Excel Workbook (.xlsx)")
_SAVE: Final = said("open it in Word or Excel and save it as .docx or .xlsx")
_PASSWORD: Final = (
    said("file is protected with a password"),
    said(
        "open it with its password in Word or Excel, take the password out (File, Info, Protect Document or Protect "
        "Workbook, Encrypt with Password: leave it empty), save it, and close it"
    ),
)
_STREAMS: Final = (
    ("EncryptedPackage", *_PASSWORD),
    ("EncryptionInfo", *_PASSWORD),
    ("WordDocument", said("file is a Word document of the old kind (.doc)"), _SAVE_WORD),
    ("Workbook", said("file is an Excel workbook of the old kind (.xls)"), _SAVE_EXCEL),
    ("PowerPoint Document", said("file is a presentation of PowerPoint"), said("templates are Word or Excel files")),
)
_HEADS: Final = (
    (rb"\{\\rtf", said("file is Rich Text (.rtf)"), _SAVE_WORD),
    (rb"%PDF-", said("file is a PDF"), said("take the Word or Excel file it was made from")),
    (rb"MIME-Version:", said("file is a web page in one file (.mht)"), _SAVE_WORD),
    (rb"(?i)<!doctype html|<html", said("file is a web page (HTML)"), _SAVE_WORD),
    (rb"<\?mso-application\b[^>]*Word|<w:wordDocument\b", said("file is a Word XML document (.xml)"), _SAVE_WORD),
    (rb"<\?mso-application\b[^>]*Excel|<(?:\w+:)?Workbook\b", said("file is an XML spreadsheet (.xml)"), _SAVE_EXCEL),
    (rb"<pkg:package\b", said("file is a Word XML document (.xml)"), _SAVE_WORD),
    (rb"<office:document\b", said("file is an OpenDocument file of LibreOffice"), _SAVE),
)
_MAIN_TYPES: Final = (
    ("presentationml", said("file is a presentation of PowerPoint"), said("templates are Word or Excel files")),
    ("sheet.binary", said("file is a binary workbook (.xlsb)"), _SAVE_EXCEL),
    ("visio", said("file is a drawing of Visio"), said("templates are Word or Excel files")),
)
_HEAD: Final = 4_096


def other_kind(data: bytes, file: str) -> KitgenError | None:
    """The refusal of a file that begins as something else than a ZIP; None where nothing is known."""
    if not data:
        return failure(said("file is empty"), Place(file), said("take the last good copy of it"))
    if data.startswith(COMPOUND):
        return _compound(data, file)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, what, advice in _HEADS:
        found = re.search(pattern, head)
        if found is not None and (found.start() == 0 or head[:1] == b"<"):
            return failure(what, Place(file), advice)
    return None


def _compound(data: bytes, file: str) -> KitgenError:
    """Its directory names what it holds, in letters of two bytes."""
    for name, what, advice in _STREAMS:
        if name.encode("utf-16-le") in data:
            return failure(what, Place(file), advice)
    return failure(
        said("file is protected with a password, or is of the kind before Word and Excel 2007 (.doc, .xls)"),
        Place(file),
        said("open it in Word or Excel, take the password out, and save it as .docx or .xlsx"),
    )


def other_package(parts: Mapping[str, object], mimetype: bytes, file: str) -> KitgenError | None:
    """The refusal of a ZIP without the list of content types that is known to be something else."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return failure(said("file is an OpenDocument file of LibreOffice (.odt, .ods)"), Place(file), _SAVE)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in parts):
        return failure(
            said("file is one of Apple's Pages or Numbers"), Place(file), said("export it as .docx or .xlsx")
        )
    return None


def other_main_part(content_type: str, file: str) -> KitgenError | None:
    """The refusal of an Office package whose main part is neither a Word document nor a workbook."""
    for sign, what, advice in _MAIN_TYPES:
        if sign in content_type:
            return failure(what, Place(file), advice)
    return None

"""What a file is that is no Word or Excel package: called by its name, with the way out of it.

Told by the first bytes and by what must stand in each kind, never by the file's name.
"""

import re
from collections.abc import Mapping
from typing import Final

from kitgen.base.errors import KitgenError, Place, failure

COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: Office files of before 2007, and those of today that a password protects."""

_SAVE_WORD: Final = "open it in Word and save it as Word Document (.docx)"
_SAVE_EXCEL: Final = "open it in Excel and save it as Excel Workbook (.xlsx)"
_SAVE: Final = "open it in Word or Excel and save it as .docx or .xlsx"
_PASSWORD: Final = (
    "file is protected with a password",
    "take the password out (File, Info, Protect Document, Encrypt with Password) and save it anew",
)
_STREAMS: Final = (
    ("EncryptedPackage", *_PASSWORD),
    ("EncryptionInfo", *_PASSWORD),
    ("WordDocument", "file is a Word document of the old kind (.doc)", _SAVE_WORD),
    ("Workbook", "file is an Excel workbook of the old kind (.xls)", _SAVE_EXCEL),
    ("PowerPoint Document", "file is a presentation of PowerPoint", "templates are Word or Excel files"),
)  # fmt: skip
_HEADS: Final = (
    (rb"\{\\rtf", "file is Rich Text (.rtf)", _SAVE_WORD),
    (rb"%PDF-", "file is a PDF", "take the Word or Excel file it was made from"),
    (rb"MIME-Version:", "file is a web page in one file (.mht)", _SAVE_WORD),
    (rb"(?i)<!doctype html|<html", "file is a web page (HTML)", _SAVE_WORD),
    (rb"<\?mso-application\b[^>]*Word|<w:wordDocument\b", "file is a Word XML document (.xml)", _SAVE_WORD),
    (rb"<\?mso-application\b[^>]*Excel|<(?:\w+:)?Workbook\b", "file is an XML spreadsheet (.xml)", _SAVE_EXCEL),
    (rb"<pkg:package\b", "file is a Word XML document (.xml)", _SAVE_WORD),
    (rb"<office:document\b", "file is an OpenDocument file of LibreOffice", _SAVE),
)  # fmt: skip
_MAIN_TYPES: Final = (
    ("presentationml", "file is a presentation of PowerPoint", "templates are Word or Excel files"),
    ("sheet.binary", "file is a binary workbook (.xlsb)", _SAVE_EXCEL),
    ("visio", "file is a drawing of Visio", "templates are Word or Excel files"),
)  # fmt: skip
_HEAD: Final = 4_096


def other_kind(data: bytes, file: str) -> KitgenError | None:
    """The refusal of a file that begins as something else than a ZIP; None where nothing is known."""
    if not data:
        return failure("file is empty", Place(file), "take the last good copy of it")
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
        "file is protected with a password, or is of the kind before Word and Excel 2007 (.doc, .xls)",
        Place(file),
        "open it in Word or Excel, take the password out, and save it as .docx or .xlsx",
    )


def other_package(parts: Mapping[str, object], mimetype: bytes, file: str) -> KitgenError | None:
    """The refusal of a ZIP without the list of content types that is known to be something else."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return failure("file is an OpenDocument file of LibreOffice (.odt, .ods)", Place(file), _SAVE)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in parts):
        return failure("file is one of Apple's Pages or Numbers", Place(file), "export it as .docx or .xlsx")
    return None


def other_main_part(content_type: str, file: str) -> KitgenError | None:
    """The refusal of an Office package whose main part is neither a Word document nor a workbook."""
    for sign, what, advice in _MAIN_TYPES:
        if sign in content_type:
            return failure(what, Place(file), advice)
    return None

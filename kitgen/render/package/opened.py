"""A template as a file from outside, opened: what it is, its parts in normal form, nothing active left untold."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Diagnostic, Findings, Place, failure
from kitgen.base.messages import said
from kitgen.render.package.active_content import look_for_active_content
from kitgen.render.package.content_types import CONTENT_TYPES, with_types
from kitgen.render.package.missing_parts import without_missing_parts
from kitgen.render.package.normal_form import MAIN_TYPES, Application, normal_form
from kitgen.render.package.package import PackedPart, open_package
from kitgen.render.package.xml import DOCUMENT_TYPE, parse_xml

MAX_MARKS: Final = 600_000
"""So many elements begin or end in one part of a template; a form of a hundred pages has a tenth of it."""
_XML_ENDINGS: Final = (".xml", ".rels", ".vml")
_DECLARED: Final = re.compile(rb"""<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']""")
_ASCII_LIKE: Final = (b"utf-8", b"us-ascii", b"ascii")
_STRICT: Final = {
    "word": said("in Word: File, Save As, Word Document (.docx), not Strict Open XML Document"),
    "excel": said("in Excel: File, Save As, Excel Workbook (.xlsx), not Strict Open XML Spreadsheet"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """Templat yang dibuka: the program it is for, its parts, the same as they lay packed, what to warn of."""

    application: Application
    contents: dict[str, bytes]
    packed: dict[str, PackedPart]
    warnings: tuple[Diagnostic, ...]


def open_template(data: bytes, file: str, allowed: Set[str] = frozenset()) -> Opened:
    """A template's parts. Raises `KitgenError` for what cannot be filled, called by its name, and what is active.

    `allowed` are names of `active_content.ALLOWABLE`.
    """
    packed = open_package(data, file)
    contents = {name: part.content() for name, part in packed.items()}
    refuse_document_types(contents, file)
    package = normal_form(contents, file)
    if package.is_strict:
        raise failure(
            said("file is written in Strict Open XML, which kitgen does not fill"),
            Place(file),
            said("save it {strict}", strict=_STRICT[package.application]),
        )
    findings = Findings()
    parts = without_missing_parts(look_for_active_content(package, file, allowed, findings), file, findings)
    findings.stop_on_errors()
    if package.main_type != MAIN_TYPES[package.application]:
        made = {package.main: MAIN_TYPES[package.application]}
        parts[CONTENT_TYPES] = with_types(parts[CONTENT_TYPES], {}, made, file)
    return Opened(package.application, parts, packed, tuple(findings.diagnostics))


def refuse_document_types(contents: Mapping[str, bytes], file: str) -> None:
    """Raises `KitgenError` for a document type or entities in any part of XML, in whatever encoding it is written."""
    for name, content in contents.items():
        if not name.lower().endswith(_XML_ENDINGS) and not content[:64].lstrip().startswith(b"<?xml"):
            continue
        if content.count(b"<") > MAX_MARKS:
            message = said("part holds more than {most} marks of XML", most=MAX_MARKS)
            raise failure(message, Place(file, spot=said("part {part}", part=name)),
                          said("repeat rows with `{%tr for %}`, or cut the file into smaller ones"))  # fmt: skip
        if b"\0" in content[:4] or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            content = _from_two_bytes(content)
            if b"\0" in content[:64]:
                parse_xml(contents[name], file, name)
        elif (declared := _DECLARED.match(content)) is not None and declared[1].lower() not in _ASCII_LIKE:
            parse_xml(content, file, name)  # tells a document type hidden by the encoding, or that it is not UTF-8
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise failure(
                DOCUMENT_TYPE,
                Place(file, spot=said("part {name}", name=name)),
                said("save the file anew from Word or Excel"),
            )


def _from_two_bytes(content: bytes) -> bytes:
    is_little = content[:2] == b"\xff\xfe" or content[1:2] == b"\0"
    return content.decode("utf-16-le" if is_little else "utf-16-be", "replace").encode("utf-8", "replace")

"""The properties of a document: what kitgen writes into each file about itself, and the names it takes out.

A finished file carries its own record in `docProps/custom.xml`. The template's author, company, dates and paths are
taken out when it is compiled: they would be the same wrong name on every document, and would leak.
"""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from kitgen.render.package.package import PackedPart
from kitgen.render.package.xml import DECLARATION, Element, escape_text, local_name, parse_xml

CUSTOM: Final = "docProps/custom.xml"
_CUSTOM_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_RELATIONS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

_ENTRY: Final = re.compile(r"<property\b[^>]*/>|<property\b.*?</property>", re.DOTALL)
_NOT_KEPT: Final = ("kitgen.", "MSIP_Label", "_AdHocReview", "_AuthorEmail", "_EmailSubject", "_PreviousAdHoc",
                    "_NewReview", "_ReviewingTools", "_Author")  # fmt: skip
"""How the names of properties begin that are not the template's: the record of kitgen, and notes about people."""
_PERSONAL: Final = frozenset({
    "creator", "lastModifiedBy", "created", "modified", "lastPrinted", "revision",  # core.xml
    "Company", "Manager", "Template", "TotalTime", "HyperlinkBase", "LinksUpToDate", "SharedDoc",  # app.xml
    "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "Application", "AppVersion",
})  # fmt: skip


def custom_properties(properties: Mapping[str, str], own: bytes | None = None) -> bytes:
    """`docProps/custom.xml` with these text properties, in the order given, behind those of the template (`own`)."""
    kept = _ENTRY.findall(own.decode()) if own else []
    entries = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape_text(name)}">'
        f"<vt:lpwstr>{escape_text(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2 + len(kept))
    )
    head = f'{DECLARATION}<Properties xmlns="{_CUSTOM_NS}" xmlns:vt="{_VALUES_NS}">'
    return f"{head}{''.join(kept)}{entries}</Properties>".encode()


def own_properties(content: bytes, file: str) -> Element | None:
    """The custom properties of a template, numbered anew, without kitgen's and those programs note about people.

    None if there are none left. Raises `KitgenError` if the part is not well-formed.
    """
    old = parse_xml(content, file, CUSTOM)
    root = etree.Element(f"{{{_CUSTOM_NS}}}Properties", nsmap={None: _CUSTOM_NS, "vt": _VALUES_NS})
    for entry in list(old.iterfind(f"{{{_CUSTOM_NS}}}property")):
        if not (entry.get("name") or "").startswith(_NOT_KEPT):
            entry.set("pid", str(len(root) + 2))
            entry.tail = None
            root.append(entry)
    return root if len(root) else None


def unpacked(parts: Mapping[str, PackedPart]) -> dict[str, bytes]:
    """The parts of a package uncompressed, without the record kitgen keeps in it."""
    return {name: part.content() for name, part in parts.items() if name != CUSTOM}


def read_properties(content: bytes, file: str) -> dict[str, str]:
    """The text properties in a `docProps/custom.xml`, by name. Raises `KitgenError` if it is not well-formed."""
    root = parse_xml(content, file, CUSTOM)
    return {
        entry.get("name") or "": "".join(str(text) for text in entry.itertext())
        for entry in root.iterfind(f"{{{_CUSTOM_NS}}}property")
    }


def without_personal_facts(root: Element) -> None:
    """Take names, dates, paths and counts out of `docProps/core.xml` or `docProps/app.xml`; what is a tag stays."""
    for element in list(root):
        if local_name(element) in _PERSONAL and "{{" not in (element.text or ""):
            root.remove(element)
        element.tail = None
    root.text = None


def announce_custom(types: Element, relations: Element) -> None:
    """Enter `docProps/custom.xml` into the package's list of content types and its relations."""
    if not any(entry.get("PartName") == f"/{CUSTOM}" for entry in types):
        etree.SubElement(types, f"{{{_TYPES_NS}}}Override", PartName=f"/{CUSTOM}", ContentType=_CUSTOM_TYPE)
    if not any(entry.get("Type") == _CUSTOM_RELATION for entry in relations):
        known = {entry.get("Id") for entry in relations}
        number = next(number for number in range(1, 10_000) if f"rIdKit{number}" not in known)
        etree.SubElement(
            relations,
            f"{{{_RELATIONS_NS}}}Relationship",
            Id=f"rIdKit{number}",
            Type=_CUSTOM_RELATION,
            Target=CUSTOM,
        )

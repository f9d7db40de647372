"""XML of Office parts: parsing with distrust, the names of its elements, text that is safe to put in."""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said

Element = etree._Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;",
            **dict.fromkeys(("\r\n", "\r", "\n", "\v"), "&#10;")}  # fmt: skip
DOCUMENT_TYPE: Final = said("part declares a document type or entities, which Office files never do")
_UTF8: Final = ("UTF-8", "ASCII", "US-ASCII")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_TO_ESCAPE = re.compile(f'\r\n|[&<>"\r\n\t{_FORBIDDEN}]')


def parse_xml(content: bytes, file: str, part: str) -> Element:
    """The root element of a part.

    Raises `KitgenError` for document types (entities), and for XML that is not well-formed or not in UTF-8.
    """
    place = Place(file, spot=said("part {part}", part=part))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise failure(DOCUMENT_TYPE, place)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise failure(
            said("part is not well-formed XML ({msg})", msg=error.msg),
            place,
            said("save the file anew from Word or Excel"),
        ) from error
    info = root.getroottree().docinfo
    if info.doctype:  # hidden by another encoding until it was parsed
        raise failure(DOCUMENT_TYPE, place)
    if b"\0" in content[:4] or content[:2] in _UTF16 or (info.encoding or "UTF-8").upper() not in _UTF8:
        raise failure(said("part is not written in UTF-8"), place, said("save the file anew from Word or Excel"))
    return root


def escape_text(text: str) -> str:
    """Text for an attribute or a plain element: escaped, without the characters XML forbids."""
    return _TO_ESCAPE.sub(lambda match: _ESCAPED.get(match[0], ""), text)


_LAST: Final = re.compile(rb"<w:numIdMacAtCleanup\b[^>]*/?>\s*</w:numbering>\s*$|</[\w:.-]+>\s*$")

_EMPTY_ROOT: Final = re.compile(rb"(?:(?<=\?>)|^)\s*<([\w:.-]+)((?:\s[^<>]*)?)/>\s*$")
"""A root that holds nothing, behind the declaration."""


def with_appended(content: bytes, texts: Iterable[str]) -> bytes:
    """A part with more elements at the end of its root."""
    if empty := _EMPTY_ROOT.search(content):
        content = b"%s<%s%s></%s>" % (content[: empty.start()], empty[1], empty[2], empty[1])
    end = _LAST.search(content)
    at = end.start() if end is not None else len(content)
    return content[:at] + "".join(texts).encode("utf-8", "surrogatepass") + content[at:]


def is_instruction(node: Element) -> bool:
    """Whether a node is a processing instruction."""
    return isinstance(node, etree._ProcessingInstruction)


def local_name(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""

"""Cells of a sheet one after the other: the tree of a long list takes ten times the memory of its text."""

import io
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kitgen.render.excel.reference_tokens import S
from kitgen.render.package.xml import DECLARATION, Element, parse_xml

LONG: Final = 1 << 19
"""Bytes of a sheet from which on its rows are let go of as soon as they are read."""
_ODD: Final = (b"<!", b"\0")
"""In what holds none of these there is no document type; it is parsed as `parse_xml` does."""


def cells_of(part: bytes, file: str, name: str) -> Iterator[Element]:
    """The cells of a sheet, in order; each is to be read before the next is asked for. Raises as `parse_xml` does."""
    if len(part) < LONG or not part.startswith(DECLARATION.encode()) or any(each in part for each in _ODD):
        yield from parse_xml(part, file, name).iter(f"{S}c")
        return
    reading = etree.iterparse(
        io.BytesIO(part), ("end",), tag=(f"{S}c", f"{S}row"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in reading:
            if element.tag == f"{S}c":
                yield element
                continue
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]
    except etree.XMLSyntaxError:  # told as of any other part
        parse_xml(part, file, name)
        raise

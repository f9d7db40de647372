"""The prefixes of namespaces as Word and Excel write them, whatever a program chose (`ns0:p`, `x:row`).

What makes XML while it renders, and what looks into bytes, may then go by the prefix.
"""

import re
from typing import Final

from lxml import etree

from kitgen.base.errors import KitgenError
from kitgen.render.package.xml import DECLARATION, W14, WP, Element, W, local_name, parse_xml

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_USUAL: Final = {W[1:-1]: "w", W14[1:-1]: "w14", WP[1:-1]: "wp", _MC[1:-1]: "mc"}
"""Those that have one and the same prefix wherever they stand; a sheet's own has none where the whole part is of it."""
_BINDING: Final = re.compile(rb"""xmlns(?<!\wxmlns)(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
_ROOT: Final = re.compile(rb"<([\w.-]+):[\w.-]+[\s>]")
_LISTS: Final = ("Ignorable", "MustUnderstand", "ProcessContent", "PreserveElements", "PreserveAttributes")
"""Attributes of markup compatibility whose values are prefixes."""


def with_usual_prefixes(content: bytes, file: str, part: str) -> bytes:
    """A part whose namespaces have the usual prefixes; the very same bytes if they had them already.

    A part that is not well-formed is given back: whoever reads it says so.
    """
    bound = {((found[1] or b"").decode(), found[2].decode("utf-8", "replace")) for found in _BINDING.finditer(content)}
    if not any(_USUAL.get(uri, prefix) != prefix or (uri == _SHEET and prefix) for prefix, uri in bound):
        return content
    has_sheet_root = any(uri == _SHEET and prefix and prefix == _root_prefix(content) for prefix, uri in bound)
    is_odd = has_sheet_root or any(_USUAL.get(uri, prefix) != prefix for prefix, uri in bound)
    if not is_odd:
        return content
    try:
        root = parse_xml(content, file, part)
    except KitgenError:
        return content
    return (DECLARATION + etree.tostring(_rebuilt(root), encoding="unicode")).encode()


def _root_prefix(content: bytes) -> str:
    found = _ROOT.search(content)
    return found[1].decode() if found else ""


def _rebuilt(root: Element) -> Element:
    names = _prefixes(root)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in _LISTS:
            written = element.get(f"{_MC}{name}")
            if written:
                element.set(f"{_MC}{name}", _listed(written, element, names))
        if local_name(element) == "Choice" and (written := element.get("Requires")):
            element.set("Requires", _listed(written, element, names))
    made = etree.Element(root.tag, nsmap={prefix: uri for uri, prefix in names.items()})
    for key, value in root.attrib.items():
        made.set(key, value)
    made.text = root.text
    for child in list(root):
        made.append(child)
    return made


def _prefixes(root: Element) -> dict[str, str | None]:
    """The prefix each namespace of a part gets: the usual one, else its own if that is free."""
    bound: dict[str, str | None] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for prefix, uri in element.nsmap.items():
                bound.setdefault(uri, prefix)
    bound.pop("http://www.w3.org/XML/1998/namespace", None)
    names: dict[str, str | None] = {uri: _USUAL[uri] for uri in bound if uri in _USUAL}
    has_default = str(root.tag).startswith(f"{{{_SHEET}}}")
    if has_default:
        names[_SHEET] = None
    taken = {prefix for prefix in names.values() if prefix}
    for uri, prefix in bound.items():
        if uri in names:
            continue
        if prefix is None and not has_default:
            names[uri] = None
            continue
        number = 1
        free = prefix or "ns1"
        while free in taken:
            number += 1
            free = f"{prefix or 'ns'}{number}"
        names[uri] = free
        taken.add(free)
    return names


def _listed(written: str, element: Element, names: dict[str, str | None]) -> str:
    """A list of prefixes (or of names with prefixes) in the new prefixes."""
    words = []
    for word in written.split():
        prefix, colon, rest = word.partition(":")
        uri = element.nsmap.get(prefix)
        new = names.get(uri) if uri is not None else None
        words.append(f"{new or prefix}{colon}{rest}")
    return " ".join(words)

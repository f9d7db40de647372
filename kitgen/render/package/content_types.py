"""What each part of a package is, as its list of content types says: by its own entry, else by its ending."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from kitgen.render.package.xml import Element, local_name, parse_xml

CONTENT_TYPES: Final = "[Content_Types].xml"
TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def types_of(content: bytes, names: Iterable[str], file: str) -> dict[str, str]:
    """The content type of each named part; empty for one the list does not know. Letters do not count as capitals.

    `content` is the list of the package. Raises `KitgenError` if it is not well-formed.
    """
    own, by_ending = _listed_types(content, file)
    return {name: own.get(name.lower()) or by_ending.get(name.lower().rpartition(".")[2], "") for name in names}


@lru_cache(maxsize=64)
def _listed_types(content: bytes, file: str) -> tuple[dict[str, str], dict[str, str]]:
    """The types of parts and of endings, as the list has them; whoever reads a package asks again and again."""
    own: dict[str, str] = {}
    by_ending: dict[str, str] = {}
    for entry in parse_xml(content, file, CONTENT_TYPES):
        kind = (entry.get("ContentType") or "").strip()
        if local_name(entry) == "Override":
            own[(entry.get("PartName") or "").lstrip("/").lower()] = kind
        elif local_name(entry) == "Default":
            by_ending[(entry.get("Extension") or "").lower()] = kind
    return own, by_ending


def listed_parts(content: bytes, file: str) -> tuple[str, ...]:
    """The names of the parts that have an entry of their own, as the list spells them, without the first `/`.

    Raises `KitgenError` if the list is not well-formed.
    """
    root = parse_xml(content, file, CONTENT_TYPES)
    return tuple((entry.get("PartName") or "").lstrip("/") for entry in root if local_name(entry) == "Override")


def with_types(content: bytes, renamed: Mapping[str, str], retyped: Mapping[str, str], file: str) -> bytes:
    """The list with parts called otherwise (an empty name: gone) and of other types; names as the package has them.

    `renamed` gives new names by old ones, `retyped` content types by new names. Raises `KitgenError` if the list is not
    well-formed.
    """
    root = parse_xml(content, file, CONTENT_TYPES)
    lower = {old.lower(): new for old, new in renamed.items()}
    for entry in list(root):
        if local_name(entry) != "Override":
            continue
        name = (entry.get("PartName") or "").lstrip("/")
        new = lower.get(name.lower(), name)
        if not new:
            root.remove(entry)
        elif new != name:
            entry.set("PartName", f"/{new}")
    known = {(entry.get("PartName") or "").lstrip("/"): entry for entry in root if local_name(entry) == "Override"}
    for name, kind in retyped.items():
        if name in known:
            known[name].set("ContentType", kind)
        else:
            etree.SubElement(root, f"{TYPES}Override", PartName=f"/{name}", ContentType=kind)
    return serialised(root)


def serialised(root: Element) -> bytes:
    """A list of the package (types, relations) as bytes."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

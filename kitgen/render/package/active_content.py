"""What a template may hold that does something by itself, or fetches something, when a document is opened.

Macros are never copied: a file of the kind with macros (.docm, .xlsm) loses them with a warning, any other is refused.
All else is refused too, unless it is allowed by name (`ALLOWABLE`); then it is copied, with a warning.
"""

import html
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from kitgen.base.errors import Findings, Place, did_you_mean, failure
from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.package.content_types import CONTENT_TYPES, types_of, with_types
from kitgen.render.package.normal_form import Package
from kitgen.render.package.package import MACRO_TYPE, WITHOUT_MACROS
from kitgen.render.package.relations import Relation, relations_name, relations_of, without_relations

ALLOWABLE: Final = {
    "link": "links that lead elsewhere than to a web page or a mailbox (files, scripts)",
    "linked-file": "templates, pictures, objects and other files that are fetched from elsewhere",
    "field": "fields that fetch, ask for or start something (DDE, INCLUDETEXT, FILLIN, MACROBUTTON and their like)",
    "altchunk": "whole files put into the text (altChunk)",
    "ole": "embedded objects (OLE)",
    "activex": "ActiveX controls",
    "connection": "connections to data, other workbooks and programs",
    "add-in": "add-ins that come with the file",
}
"""What `--allow` takes, with what it is."""

WEB: Final = ("http", "https", "mailto")
ACTIVE_FIELDS: Final = frozenset({
    "DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE", "MACROBUTTON", "RD",
    "HTMLCONTROL", "CONTROL", "ADDIN", "FILLIN", "ASK", "PRINT", "GOTOBUTTON", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY",
})  # fmt: skip
"""Fields that fetch something from elsewhere, start something, or ask the one who opens or prints the document."""
_EMBEDDED_FIELDS: Final = {"EMBED": "ole"}

_DROPPED: Final = frozenset({"vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars", "extensibility",
                             "vbaProjectSignature", "vbaProjectSignatureAgile", "vbaProjectSignatureV3"})  # fmt: skip
"""Relations to macros and to what only calls them; they can be taken out without a trace."""
_MACRO_SHEETS: Final = frozenset({"xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"})
_OF_KIND: Final = {
    "oleObject": "ole", "aFChunk": "altchunk", "control": "activex", "activeXControlBinary": "activex",
    "connections": "connection", "externalLink": "connection", "externalLinkPath": "connection",
    "xlPathMissing": "connection", "webextensiontaskpanes": "add-in", "webextension": "add-in",
    "subDocument": "linked-file", "attachedTemplate": "linked-file", "frame": "linked-file",
}  # fmt: skip
_OF_TYPE: Final = (
    ("vnd.ms-office.activex", "activex"), ("oleobject", "ole"), ("spreadsheetml.connections", "connection"),
    ("spreadsheetml.externallink", "connection"),
)  # fmt: skip
_ELEMENTS: Final = re.compile(rb"<(?:\w+:)?(OLEObject|altChunk|ddeLink|mailMerge)\b|<w:(control)\b")
_ACTS: Final = (b"OLEObject", b"altChunk", b"ddeLink", b"mailMerge", b"<w:control")
"""Where none of these stands, no element of `_ELEMENTS` does."""
_VML_SOURCE: Final = re.compile(rb"""<v:(?:imagedata|fill|stroke)\b[^>]*?\b(?:src|althref)=["']([^"'>]*)["']""")
_HREF: Final = re.compile(rb"""<v:[^>]*?\bhref=["']([^"'>]*)["']""")
_OF_ELEMENT: Final = {b"OLEObject": "ole", b"altChunk": "altchunk", b"ddeLink": "connection", b"control": "activex",
                       b"mailMerge": "connection"}  # fmt: skip
_SCHEME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_FIELD_TOKEN: Final = re.compile(
    rb"<w:instrText(?:\s[^>]*)?>([^<]*)</w:instrText>|<w:fldChar\b[^>]*?w:fldCharType=[\"'](\w+)[\"']"
    rb"|<w:fldSimple\b[^>]*?w:instr=(?:\"([^\"]*)\"|'([^']*)')"
)
_ADDRESS: Final = re.compile(r'\s*HYPERLINK\s+(?:\\\w\s+)*"?\s*([^"\s]*)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Active:
    """One thing that acts by itself: the name it may be allowed by (empty: by none), what it is, and where."""

    name: str
    what: Message
    place: Place


def look_for_active_content(package: Package, file: str, allowed: Set[str], findings: Findings) -> dict[str, bytes]:
    """The parts of a template without macros; all else that is active is noted as refused or, if allowed, as a warning.

    Raises `KitgenError` for a name in `allowed` that stands for nothing.
    """
    for name in sorted(allowed):
        if name not in ALLOWABLE:
            advice = did_you_mean(name, ALLOWABLE) or said("allowed may be {allowable}", allowable=", ".join(ALLOWABLE))
            raise failure(said("`{name}` names nothing that can be allowed", name=name), None, advice)
    contents = _without_macros(package, file, findings)
    told: set[tuple[str, str, str]] = set()
    for active in _found(contents, file):
        key = (active.name, active.what, active.place.spot)
        if key in told:
            continue
        told.add(key)
        if active.name in allowed:
            findings.warning(
                said(
                    "template holds {what}, which is copied because `{name}` is allowed",
                    what=active.what,
                    name=active.name,
                ),
                active.place,
            )
        else:
            findings.error(said("template holds {what}", what=active.what), active.place, _remedy(active.name))
    return contents


def _remedy(name: str) -> Message:
    return (
        said(
            "take it out, or allow it if you know where it leads: with `allow: [{name}]` in the entry of its form, "
            "or with `--allow {name}` where one template is rendered",
            name=name,
        )
        if name
        else WITHOUT_MACROS
    )


def address_scheme(address: str) -> str:
    """The scheme of an address in lower case; empty for a path or a place within the file."""
    plain = re.sub(r"[\x00-\x20]", "", unquote(html.unescape(address)))
    found = _SCHEME.match(plain)
    return found[1].lower() if found else ""


def leads_to_the_web(address: str) -> bool:
    """Whether an address leads to a web page or a mailbox, or nowhere out of the file."""
    return address.startswith("#") or address_scheme(address) in WEB


def _found(contents: Mapping[str, bytes], file: str) -> Iterator[Active]:
    types = types_of(contents[CONTENT_TYPES], contents, file)
    for part in ("", *contents):
        for relation in relations_of(contents, part, file):
            name, what = _of_relation(relation, types.get(part, ""))
            if what:
                yield Active(name, what, Place(file, spot=_spot(part)))
    for part, kind in types.items():
        for sign, name in _OF_TYPE:
            if sign in kind.lower():
                yield Active(name, _THINGS[name], Place(file, spot=said("part {part}", part=part)))
        if "xml" in kind or part.endswith(".xml"):
            yield from _fields(contents[part], Place(file, spot=said("part {part}", part=part)))
            for found in _HREF.finditer(contents[part]):
                address = html.unescape(found[1].decode("utf-8", "replace"))
                if address and not _is_filled(address) and not leads_to_the_web(address):
                    yield Active(
                        "link",
                        _link_to(address),
                        Place(file, spot=said("part {part}", part=part)),
                    )
            for found in _VML_SOURCE.finditer(contents[part]):
                if address_scheme(found[1].decode("utf-8", "replace")) or found[1].startswith((b"//", b"\\\\")):
                    yield Active("linked-file", _fetched("src"), Place(file, spot=said("part {part}", part=part)))
            for element in _ELEMENTS.finditer(contents[part]) if any(map(contents[part].__contains__, _ACTS)) else ():
                name = _OF_ELEMENT[element[1] or element[2]]
                yield Active(name, _THINGS[name], Place(file, spot=said("part {part}", part=part)))


_THINGS: Final = {
    "ole": said("an embedded object (OLE)"), "activex": said("an ActiveX control"), "add-in": said("an add-in"),
    "altchunk": said("a whole file put into its text (altChunk)"),
    "connection": said("a connection to data, to another workbook or to another program"),
}  # fmt: skip


def _of_relation(relation: Relation, source: str) -> tuple[str, Message]:
    """The name a relation's target is allowed by, and what it is; empty where it is harmless."""
    kind = relation.kind
    if kind in _MACRO_SHEETS:
        return "", said("a sheet of macros or a dialog of Excel 4")
    if relation.is_external:
        if kind == "hyperlink":
            address = relation.target
            return ("", NOTHING) if _is_filled(address) or leads_to_the_web(address) else ("link", _link_to(address))
        if kind in _OF_KIND and _OF_KIND[kind] in ("connection", "altchunk"):
            return _OF_KIND[kind], _THINGS[_OF_KIND[kind]]
        return "linked-file", _fetched(kind)
    if kind == "package" and "chart" not in source:  # the figures of a chart lie in a workbook of their own
        return "ole", _THINGS["ole"]
    if kind == "control" and "ctrlProp" in relation.target:
        return "", NOTHING
    name = _OF_KIND.get(kind, "")
    if not name:
        return "", NOTHING
    return name, _THINGS[name] if name in _THINGS else _fetched(kind)


def _link_to(address: str) -> Message:
    return said("a link to {address}", address=_told(address))


def _fetched(kind: str) -> Message:
    return said("a file that is fetched from elsewhere ({kind})", kind=_told(kind))


def _is_filled(address: str) -> bool:
    """Whether a tag says how an address begins; it is looked at when it is filled."""
    return unquote(address).lstrip().startswith("{{")


def _told(words: str) -> str:
    plain = re.sub(r"[^\x20-\x7e]", "?", words)
    return f"`{plain[:60]}…`" if len(plain) > 60 else f"`{plain}`"


def _spot(part: str) -> str:
    return f"part {relations_name(part)}"


# Fields


def _fields(content: bytes, place: Place) -> Iterator[Active]:
    for code in field_codes(content):
        words = code.split(None, 1)
        name = words[0].upper().strip('"') if words else ""
        if _NESTED in name:
            yield Active("field", said("a field whose name another field gives"), place)
        elif name in ACTIVE_FIELDS:
            yield Active("field", said("a field {name}, which fetches, asks for or starts something", name=name), place)
        elif name in _EMBEDDED_FIELDS:
            yield Active(_EMBEDDED_FIELDS[name], _THINGS[_EMBEDDED_FIELDS[name]], place)
        elif name == "HYPERLINK" and (found := _ADDRESS.match(code)) is not None:
            address = found[1]
            if address and not address.startswith("\\") and not _is_filled(address) and not leads_to_the_web(address):
                yield Active("link", _link_to(address), place)


def field_codes(content: bytes) -> Iterator[str]:
    """The codes of the fields of a part, each brought together from its runs; nested ones by themselves."""
    if b"instrText" not in content and b"fldSimple" not in content:
        return
    open_codes: list[str] = []
    for text, state, simple, also in (found.groups() for found in _FIELD_TOKEN.finditer(content)):
        if text is not None:
            if open_codes:
                open_codes[-1] += html.unescape(text.decode("utf-8", "replace"))
            else:
                yield html.unescape(text.decode("utf-8", "replace"))
        elif state == b"begin":
            if open_codes and _is_being_named(open_codes[-1]):
                open_codes[-1] += _NESTED
            open_codes.append("")
        elif state == b"end" and open_codes:
            yield open_codes.pop()
        elif simple is not None or also is not None:
            yield html.unescape((simple or also or b"").decode("utf-8", "replace"))
    yield from open_codes


_NESTED: Final = "\ufffc"
"""Stands in the name of a field for what a field within it gives."""


def _is_being_named(code: str) -> bool:
    """Whether what follows in a code still belongs to the name of the field; `=` is a name by itself."""
    name = code.lstrip()
    return not any(sign.isspace() or sign == "=" for sign in name)


# Macros


def _without_macros(package: Package, file: str, findings: Findings) -> dict[str, bytes]:
    """The parts without macros if the file is of the kind that has them; else they are noted as a fault."""
    contents = package.contents
    types = types_of(contents[CONTENT_TYPES], contents, file)
    gone = {name for name, kind in types.items() if MACRO_TYPE in kind.lower() or "wordvbadata" in kind.lower()
            or name.rpartition("/")[2].lower() in ("vbaproject.bin", "vbadata.xml")}  # fmt: skip
    lists: dict[str, set[str]] = {}
    for part in ("", *contents):
        for relation in relations_of(contents, part, file):
            if relation.kind in _DROPPED or (relation.target in gone and not relation.is_external):
                lists.setdefault(part, set()).add(relation.id)
                if relation.target in contents and not relation.is_external:
                    gone.add(relation.target)
    if not gone and not lists:
        return contents
    place = Place(
        file,
        spot=said("part {gone}", gone=min(gone, key=lambda name: ("vbadata" in name.lower(), name))) if gone else "",
    )
    if "macroenabled" not in package.main_type:
        findings.error(said("file holds macros, which are never run nor copied"), place, WITHOUT_MACROS)
        return contents
    findings.warning(said("template holds macros, which are left out of what is made from it"), place)
    below = {relations_name(part) for part in gone}
    left = {name: content for name, content in contents.items() if name not in gone and name not in below}
    for part, ids in lists.items():
        name = relations_name(part)
        if name in left:
            left[name] = without_relations(left[name], ids, file, name)
    left[CONTENT_TYPES] = with_types(left[CONTENT_TYPES], dict.fromkeys((*gone, *below), ""), {}, file)
    return left

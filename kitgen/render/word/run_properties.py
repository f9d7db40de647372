"""How a run looks: the `w:rPr` of the tag's own run, with what a value asks for in its place."""

import functools
import re
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from kitgen.base.errors import Refused
from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.package.xml import Element, W, escape_text, is_instruction, local_name

Shape = tuple[tuple[str, str], ...]
"""Properties as (name, XML), in the order they stand."""

_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_RANK: Final = {name: rank for rank, name in enumerate(_ORDER)}
_NOT_COPIED: Final = frozenset({"rPrChange", "pPrChange", "ins", "del", "moveFrom", "moveTo", "sectPr"})
_DECLARATION: Final = re.compile(r' xmlns(?::[\w.-]+)?="[^"]*"')
_UNDERLINES: Final = (
    "single", "words", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave", "dashLong", "wavyDouble",
)  # fmt: skip
HIGHLIGHTS: Final = (
    "black", "blue", "cyan", "green", "magenta", "red", "yellow", "white", "darkBlue", "darkCyan", "darkGreen",
    "darkMagenta", "darkRed", "darkYellow", "darkGray", "lightGray", "none",
)  # fmt: skip

STRUCK: Final[Shape] = (("strike", "<w:strike/>"), ("dstrike", ""))
LINKED: Final[Shape] = (("color", '<w:color w:val="0563C1"/>'), ("u", '<w:u w:val="single"/>'))
"""How a link looks where the template has no style of its own for links."""


def shape_of(element: Element | None) -> Shape:
    """The properties in a `w:rPr` or `w:pPr`, without tracked changes and without those that hang on a tag."""
    if element is None:
        return ()
    children = [
        child for child in element if isinstance(child.tag, str) and local_name(child) not in _NOT_COPIED
        and not ((before := child.getprevious()) is not None and is_instruction(before))
    ]  # fmt: skip
    return tuple((_name(child), _DECLARATION.sub("", _written(child))) for child in children)


def _name(child: Element) -> str:
    return local_name(child) if str(child.tag).startswith(W) else str(child.tag)


def _written(child: Element) -> str:
    return etree.tostring(child, encoding="unicode", with_tail=False)


@functools.lru_cache(maxsize=4096)
def properties_xml(shape: Shape, changes: Shape = ()) -> str:
    """The `w:rPr` of a run shaped like `shape` but for `changes`, in the order of the schema."""
    if not changes:
        merged = [xml for name, xml in shape]
    else:
        changed = dict(changes)
        kept = [entry for entry in shape if entry[0] not in changed]
        parts = sorted((*kept, *changed.items()), key=lambda entry: _RANK.get(entry[0], len(_ORDER)))
        merged = [xml for _, xml in parts]
    inner = "".join(merged)
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


class Unfit(Refused):
    """Raised for a value that a property of a run cannot take: what is wrong, and what to do."""

    def __init__(self, message: Message, help: Message = NOTHING) -> None:
        super().__init__(message)
        self.help = help


def _switch(*names: str) -> Callable[[str, object], Shape]:
    def changes(key: str, value: object) -> Shape:
        if not isinstance(value, bool):
            raise Unfit(said("`{key}` of a text has a value that does not fit", key=key), said("write true or false"))
        return tuple((name, f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>') for name in names)

    return changes


def _underline(key: str, value: object) -> Shape:
    kind = {True: "single", False: "none"}.get(value, value) if isinstance(value, bool) else value
    if kind not in (*_UNDERLINES, "none"):
        raise Unfit(
            said("`{key}` of a text has a value that does not fit", key=key),
            said("write true, false or one of {underlines}", underlines=", ".join(_UNDERLINES)),
        )
    return (("u", f'<w:u w:val="{kind}"/>'),)


def hex_colour(key: str, value: object) -> str:
    """Six hexadecimal digits, or `Unfit`."""
    colour = str(value).removeprefix("#").upper()
    if not isinstance(value, str) or not re.fullmatch("[0-9A-F]{6}", colour):
        raise Unfit(
            said("`{key}` of a text has a value that does not fit", key=key),
            said('write six hexadecimal digits, such as "FF0000"'),
        )
    return colour


def _colour(key: str, value: object) -> Shape:
    return (("color", f'<w:color w:val="{hex_colour(key, value)}"/>'),)


def _highlight(key: str, value: object) -> Shape:
    if value in HIGHLIGHTS:
        return (("highlight", f'<w:highlight w:val="{value}"/>'),)
    return (("shd", f'<w:shd w:val="clear" w:color="auto" w:fill="{hex_colour(key, value)}"/>'),)


def _size(key: str, value: object) -> Shape:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 1638:
        raise Unfit(
            said("`{key}` of a text has a value that does not fit", key=key),
            said("give the size in points, such as 12"),
        )
    half = round(value * 2)
    return (("sz", f'<w:sz w:val="{half}"/>'), ("szCs", f'<w:szCs w:val="{half}"/>'))


def _font(key: str, value: object) -> Shape:
    if not isinstance(value, str) or not 0 < len(value) <= 31:
        raise Unfit(said("`{key}` of a text has a value that does not fit", key=key), said("give the name of a font"))
    name = escape_text(value)
    return (("rFonts", f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'),)


def _raised(kind: str) -> Callable[[str, object], Shape]:
    def changes(key: str, value: object) -> Shape:
        if not isinstance(value, bool):
            raise Unfit(said("`{key}` of a text has a value that does not fit", key=key), said("write true or false"))
        return (("vertAlign", f'<w:vertAlign w:val="{kind if value else "baseline"}"/>'),)

    return changes


CHANGES: Final[Mapping[str, Callable[[str, object], Shape]]] = {
    "bold": _switch("b", "bCs"),
    "italic": _switch("i", "iCs"),
    "underline": _underline,
    "strike": _switch("strike"),
    "color": _colour,
    "size": _size,
    "font": _font,
    "highlight": _highlight,
    "superscript": _raised("superscript"),
    "subscript": _raised("subscript"),
}
"""What a rich text may ask for, and the run properties it gives."""

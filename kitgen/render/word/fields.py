"""Tags in the codes of fields: a value is one word or quoted text of the code, never a switch or another field.

`IF "{{ name }}" = ...` with a name that holds quotes stays an IF of that name.
"""

import re
from collections.abc import Iterator
from typing import Final

from jinja2 import Undefined

from kitgen.base.errors import Place
from kitgen.base.holes import Missing
from kitgen.base.messages import said
from kitgen.render.package.active_content import leads_to_the_web
from kitgen.render.package.xml import XML_SPACE, Element, W, escape_text
from kitgen.render.tags.filters import Xml
from kitgen.render.tags.marks import Marks, note_broken
from kitgen.render.tags.places import PlaceOf
from kitgen.render.tags.state import RenderState
from kitgen.render.tags.tags import BrokenTag, Tag, find_tags, hide_literals

_QUOTES: Final = re.compile(r'\\.|["“”]', re.DOTALL)
_BARE: Final = re.compile(r"[\w.,+-]*")
_LINE: Final = re.compile(r"\s*[\n\r\t\v]\s*")
_BEFORE_ADDRESS: Final = re.compile(r'\s*(\\[nmh]\s+)*["“]?\s*')
_TELEPHONE: Final = ("tel:", "ftp:")


def mark_fields(root: Element, place_of: PlaceOf, marks: Marks) -> None:
    """Tokens in the place of the tags of all field codes, in the order the codes are written."""
    for element, before in _codes(root):
        place = place_of(element)
        if element.tag == f"{W}instrText":
            element.text = _marked(element.text or "", before, place, marks)
            element.set(XML_SPACE, "preserve")
        else:
            element.set(f"{W}instr", _marked(element.get(f"{W}instr") or "", "", place, marks))


def _codes(root: Element) -> Iterator[tuple[Element, str]]:
    """Every piece of a code that holds a brace, with what stands before it in the code of its own field."""
    open_codes: list[str] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldSimple":
            if "{" in (element.get(f"{W}instr") or ""):
                yield element, ""
        elif element.tag == f"{W}instrText":
            text = element.text or ""
            if "{" in text:
                yield element, open_codes[-1] if open_codes else ""
            if open_codes:
                open_codes[-1] += text
        elif element.get(f"{W}fldCharType") == "begin":
            open_codes.append("")
        elif element.get(f"{W}fldCharType") == "end" and open_codes:
            inner = open_codes.pop()
            if open_codes:
                open_codes[-1] += f" {len(inner)} "  # a nested field is a word of its own


def _marked(code: str, before: str, place: Place, marks: Marks) -> str:
    pieces: list[str] = []
    position = 0
    for found in find_tags(code):
        if isinstance(found, BrokenTag):
            note_broken(marks.findings, found, place)
            continue
        pieces.append(hide_literals(code[position : found.start]))
        position = found.end
        if found.kind == "comment":
            continue
        told = before + code[: found.start]
        if found.kind == "value" and not told.strip():
            here = Place(place.file, place.line, place.spot, found.written)
            marks.findings.error(
                said("a value cannot say which field it is"), here, said("write the name of the field in the code")
            )
            continue
        pieces.append(marks.token(found, place, _code(found, told)))
    return "".join((*pieces, hide_literals(code[position:])))


def _code(tag: Tag, told: str) -> str:
    if tag.kind != "value":
        return f"{{% {tag.inner}\n%}}"
    name, _, rest = told.lstrip().partition(" ")
    is_address = name.upper() == "HYPERLINK" and _BEFORE_ADDRESS.fullmatch(rest) is not None
    return f"{{{{ ({tag.inner}) | _field({_is_quoted(told)}, {is_address})\n}}}}"


def _is_quoted(told: str) -> bool:
    return sum(found[0][0] != "\\" for found in _QUOTES.finditer(told)) % 2 == 1


def field_text(state: RenderState, value: object, quoted: bool, is_address: bool) -> Xml:
    """A value as it may stand in the code of a field: within quotes, or as a word that is quoted where it must be."""
    if isinstance(value, dict | list | tuple) or (isinstance(value, Xml) and value.startswith("<")):
        state.fault("field", said("a group, list or elements stand where only text can"), said("name one of its parts"))
        return Xml("")
    if isinstance(value, Missing):
        state.missing.add(value.fact)
    text = "" if value is None else _LINE.sub(" ", str(value))
    if is_address and text and not isinstance(value, Undefined):
        if not leads_to_the_web(text) and not text.lower().startswith(_TELEPHONE):
            state.fault("address", said("a field is to lead elsewhere than to a web page or a mailbox"),
                        said("links begin with https://, http://, mailto: or tel:"))  # fmt: skip
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("“", '\\"').replace("”", '\\"')
    if not quoted and not _BARE.fullmatch(text):
        escaped = f'"{escaped}"'
    return Xml(escape_text(escaped))

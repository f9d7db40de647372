"""Tags in what belongs to a document and is none of its texts: charts, diagrams, equations, addresses, bound data."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.package.relations import relations_of
from kitgen.render.package.xml import Element, R, W
from kitgen.render.tags.joined import join_tags
from kitgen.render.tags.marks import Marks, check_nesting
from kitgen.render.tags.places import PlaceOf
from kitgen.render.tags.tags import BrokenTag, Tag, find_tags
from kitgen.render.word.looped_notes import part_of
from kitgen.render.word.ranges import repeated

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_GRAPHIC_KINDS: Final = ("chart", "chartEx", "diagramData", "diagramDrawing", "chartUserShapes")
_DATA: Final = re.compile(r"customXml/item\d*\.xml")
_HIDDEN: Final = (f"{W}del", f"{W}moveFrom")


def graphic_parts(contents: Mapping[str, bytes], stories: list[str], file: str) -> Iterator[str]:
    """The charts and diagrams that the texts of a document show, and what these hold themselves."""
    seen: set[str] = set()
    to_do = list(stories)
    while to_do:
        for relation in relations_of(contents, to_do.pop(), file):
            part = relation.target
            if relation.kind in _GRAPHIC_KINDS and not relation.is_external and part in contents and part not in seen:
                seen.add(part)
                to_do.append(part)
                yield part


def data_parts(contents: Mapping[str, bytes]) -> list[str]:
    """The parts with data that content controls are bound to."""
    return [part for part in contents if _DATA.fullmatch(part)]


def mark_graphic(root: Element, file: str, part: str, findings: Findings) -> Marks:
    """Tags of a chart or diagram, or of bound data: texts that are cut over runs, other texts, attributes."""
    marks = Marks(findings)
    place = Place(file, spot=said("part {part}", part=part))
    for paragraph in root.iter(f"{_A}p"):
        join_tags(list(paragraph.iter(f"{_A}t")))
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text and "{" in element.text:
            element.text = marks.tokenise(element.text, lambda: place, as_plain_text)
        for name, value in element.attrib.items():
            if "{{" in value or "{%" in value:
                element.set(name, marks.tokenise(str(value), lambda: place, as_plain_text))
    check_nesting(root, marks)
    return marks


def as_plain_text(tag: Tag) -> str:
    """The code of a tag where only text can stand: its value without breaks and elements."""
    if tag.kind == "value":
        return f"{{{{ ({tag.inner}) | _attribute\n}}}}"
    return f"{{% {tag.inner}\n%}}"


def mark_equations(root: Element, place_of: PlaceOf, marks: Marks) -> None:
    """Tags in the texts of equations."""
    for equation in root.iter(f"{_M}oMath"):
        texts = list(equation.iter(f"{_M}t"))
        if "{" not in "".join(text.text or "" for text in texts):
            continue
        place = place_of(equation)
        join_tags(texts)
        for text in texts:
            text.text = marks.tokenise(text.text or "", lambda place=place: place, as_plain_text)  # type: ignore[misc]


def drop_hidden_tags(root: Element) -> None:
    """Take tags out of what a tracked change deleted or moved away: it is no text, and would print again if undone."""
    for hidden in root.iter(*_HIDDEN):
        texts = list(hidden.iter(f"{W}delText", f"{W}delInstrText", f"{W}t", f"{W}instrText"))
        if "{" not in "".join(text.text or "" for text in texts):
            continue
        join_tags(texts)
        for text in texts:
            for found in [found for found in find_tags(text.text or "") if isinstance(found, Tag)]:
                text.text = (text.text or "").replace(found.written, "", 1)


def unbind_repeated_controls(root: Element, marks: Marks) -> None:
    """Content controls in loops lose the data they are bound to: it is one, and Word would print it in each of them."""
    bindings = (f"{W}dataBinding", f"{_W15}dataBinding")
    if next(root.iter(*bindings), None) is None:
        return
    for element in repeated(root, marks):
        if element.tag in bindings:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)


# Addresses of links


def mark_addresses(
    root: Element, part: str, addresses: Callable[[str], Mapping[str, str]], place_of: PlaceOf, marks: Marks
) -> None:
    """Let links whose address holds tags ask for it where they stand, so that each iteration leads elsewhere.

    `addresses` gives those of a part's relations, by id.
    """
    for element in root.iter(f"{W}hyperlink", f"{_A}hlinkClick", f"{_A}hlinkHover"):
        owner = part_of(element, part)
        address = addresses(owner).get(element.get(f"{R}id") or "")
        pieces = _pieces(address, place_of(element), marks) if address is not None else None
        if address is not None and pieces is not None:
            code = f"[{', '.join(pieces)}]"
            tag = Tag("value", "", code, 0, 0, address)
            element.set(f"{R}id", marks.token(tag, place_of(element), f"{{{{ {code} | _address({owner!r})\n}}}}"))


def tagged_addresses(contents: Mapping[str, bytes], part: str, file: str) -> dict[str, str]:
    """The addresses of links of a part that hold tags, as a person typed them, by the id of their relation."""
    return {
        relation.id: unquote(relation.target)
        for relation in relations_of(contents, part, file)
        if relation.is_external and relation.kind == "hyperlink" and "{" in unquote(relation.target)
    }


def _pieces(address: str, place: Place, marks: Marks) -> list[str] | None:
    """The address as pieces of an expression; None where it holds no tag, or a fault was noted."""
    pieces: list[str] = []
    position, is_tagged = 0, False
    for found in find_tags(address):
        here = Place(place.file, place.line, place.spot, address)
        if isinstance(found, BrokenTag) or found.kind == "statement":
            advice = said("work the address out before, with `{%p set address = ... %}`, and write `{{ address }}`")
            marks.findings.error(said("the address of a link takes values only"), here, advice)
            return None
        pieces.append(repr(address[position : found.start]))
        if found.kind == "value":
            pieces.append(f"({found.inner})")
        position, is_tagged = found.end, True
    pieces.append(repr(address[position:]))
    return [piece for piece in pieces if piece != "''"] if is_tagged else None

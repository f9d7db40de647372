"""What a document says beside its text: alternative texts, charts, diagrams; a workbook's comments and text boxes."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Final

from kitgen.base.line_diff import DumpLine
from kitgen.render.package.relations import relations_of
from kitgen.render.package.xml import Element, local_name, parse_xml

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_GRAPHIC: Final = re.compile(rb"<(?:\w+:)?(chartSpace|dataModel|userShapes)[\s>]")
_KINDS: Final = {b"chartSpace": "chart", b"dataModel": "diagram", b"userShapes": "shapes of a chart"}
_HEAD: Final = 4_000
_OLDER: Final = re.compile(rb"<mc:Fallback[\s>].*?</mc:Fallback>", re.DOTALL)
_DESCRIBED: Final = re.compile(rb'<(?:\w+:)?(docPr|cNvPr|shape|shapetype|rect|oval|group)(\s(?:[^">]|"[^"]*")*)>')
_DESCRIPTION: Final = re.compile(rb'\s(?:descr|alt)="([^"]+)"')
_PLACE: Final = re.compile(r"(?:^|[ ,])(?:alternative text|chart|diagram|shapes of a chart|comment|drawing) \S+")


def is_beside(spot: str) -> bool:
    """Whether a line of a dump stands beside the text of its document."""
    return _PLACE.search(spot) is not None


def alternative_texts(part: bytes, prefix: str) -> Iterator[DumpLine]:
    """What is told of the pictures and shapes of a part to whoever does not see them.

    A picture that says the same as the drawing it stands in, as Word and LibreOffice write it, is told once.
    """
    if b' descr="' not in part and b' alt="' not in part:
        return
    shown = _OLDER.sub(b"", part) if b"<mc:Fallback" in part else part
    number, of_drawing = 0, b""
    for element, attributes in _DESCRIBED.findall(shown):
        found = _DESCRIPTION.search(attributes)
        description = found[1] if found is not None else b""
        if not description or (element == b"cNvPr" and description == of_drawing):
            of_drawing = of_drawing if element == b"cNvPr" else b""
            continue
        of_drawing = description if element == b"docPr" else of_drawing
        number += 1
        text = html.unescape(description.decode("utf-8", "replace"))
        yield DumpLine(f"{prefix}alternative text {number}", " ".join(text.split()))


def graphic_lines(parts: Mapping[str, bytes], file: str, folder: str = "word/") -> Iterator[DumpLine]:
    """The words of charts and diagrams below a folder of the package: titles, series, categories, boxes.

    Raises `KitgenError` for one that is not well-formed.
    """
    numbers: dict[str, int] = {}
    for name in sorted(parts):
        found = _GRAPHIC.search(parts[name][:_HEAD]) if name.endswith(".xml") and name.startswith(folder) else None
        if found is not None:
            kind = _KINDS[found[1]]
            numbers[kind] = numbers.get(kind, 0) + 1
            for number, text in enumerate(_words(parse_xml(parts[name], file, name)), 1):
                yield DumpLine(f"{kind} {numbers[kind]}, text {number}", text)


def sheet_lines(parts: Mapping[str, bytes], part: str, spot: str, file: str) -> Iterator[DumpLine]:
    """The comments, text boxes and alternative texts of one sheet of a workbook.

    `part` is the sheet's name in the package, `spot` what it is called in front of each. Raises `KitgenError` for XML
    that is not well-formed.
    """
    for relation in relations_of(parts, part, file):
        if relation.is_external or relation.target not in parts:
            continue
        content = parts[relation.target]
        if relation.kind == "comments":
            for note in (each for each in parse_xml(content, file, relation.target).iter() if _is(each, "comment")):
                text = "".join(piece.text or "" for piece in note.iter() if _is(piece, "t"))
                yield DumpLine(f"{spot}, comment {note.get('ref')}", " ".join(text.split()))
        elif relation.kind == "drawing":
            for number, text in enumerate(_words(parse_xml(content, file, relation.target)), 1):
                yield DumpLine(f"{spot}, drawing text {number}", text)
            yield from alternative_texts(content, f"{spot}, ")


def _words(root: Element) -> Iterator[str]:
    """The texts of a drawing in order: paragraphs, and what is kept of the cells it names; numbers are none."""
    for element in root.iter():
        if element.tag == f"{_A}p":
            text = "".join(piece.text or "" for piece in element.iter(f"{_A}t"))
        elif local_name(element) in ("v", "pt") and len(element) == 0:
            text = element.text or ""
        else:
            continue
        if (text := " ".join(text.split())) and re.fullmatch(r"[-+.,\deE%]+", text) is None:
            yield text


def _is(element: Element, name: str) -> bool:
    return local_name(element) == name

"""Who signs a form: read off the signature boxes of its template, shared blocks included.

A box is told by the words `tanda tangan` in a cell. Whose it is, is written in one of three ways, all of which the
official forms use: in the cell itself (`Tanda tangan Asesor`), as the head of the rows above it (`Asesi :`), or as the
first cell of each row below a column head (`PENYUSUN | 1 | nama | ... | TANDA TANGAN DAN TANGGAL`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from kitgen.render.package.normal_form import read_contents
from kitgen.render.package.package import read_package
from kitgen.render.package.properties import unpacked
from kitgen.render.package.xml import Element, W, parse_xml

_DOCUMENT: Final = "word/document.xml"
_BOX: Final = re.compile(r"\btanda\s*tangan\b", re.IGNORECASE)
_SIGNED: Final = re.compile(r"tanda\s*tangan", re.IGNORECASE)
_NAMED: Final = re.compile(r"\btanda\s*tangan\s+(?!dan\b|/)([A-Z][\w /.-]{2,40})", re.IGNORECASE)
_INCLUDE: Final = re.compile(r"""\{%\s*p\s+include\s+["']([^"']+)["']""")
_TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}")
_NOT_A_PERSON: Final = re.compile(r"(?i)^(nama\b.*|no\.?\b.*|nomor\b.*|tanda\s*tangan.*|tanggal.*|status|[\d.\s]*|:)$")


def signers_of(path: Path, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Those who sign a Word template's form, in the order of their boxes, each once; none for a workbook.

    `folders`: where shared blocks are looked for, instead of beside the template.
    Raises `KitgenError` if the file cannot be read.
    """
    if path.suffix.lower() != ".docx":
        return ()
    found = [
        _tidy(label)
        for table in _tables(path, path.name, folders or (path.parent,))
        for label in _signers(_grid(table))
    ]
    return tuple(dict.fromkeys(label for label in found if label))


def _tables(path: Path, name: str, folders: Sequence[Path]) -> Iterator[Element]:
    """The outermost tables of a document, those of the blocks it names in their places."""
    for found in _boxes_and_blocks(path.read_bytes(), name):
        if not isinstance(found, str):
            yield found
            continue
        places = (folder / found for folder in folders)
        if (block := next((each for each in places if each.is_file()), None)) is not None:
            yield from _tables(block, block.name, folders)


@lru_cache(maxsize=64)
def _boxes_and_blocks(data: bytes, name: str) -> tuple[Element | str, ...]:
    """The tables of a document that speak of signing and the names of blocks, in order; most name the same blocks."""
    parts = read_contents(unpacked(read_package(data, name)), name)
    body = parse_xml(parts[_DOCUMENT], name, _DOCUMENT).find(f"{W}body") if _DOCUMENT in parts else None
    found: list[Element | str] = []
    for element in () if body is None else body.iter(f"{W}tbl", f"{W}p"):
        text = "".join(map(str, element.itertext()))
        if element.tag == f"{W}tbl":
            found += [element] if _SIGNED.search(text) else []  # most tables are not, and are not looked into
        elif "include" in text and (named := _INCLUDE.search(_text(element))):
            found.append(named.group(1))
    return tuple(found)


def _text(element: Element) -> str:
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def _grid(table: Element) -> list[dict[int, str]]:
    """The texts of a table's rows by the column each cell begins in; loops are left out, merged cells stay."""
    rows = []
    for row in table.iterfind(f"{W}tr"):
        cells: dict[int, str] = {}
        column = 0
        for cell in row.iterfind(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            cells[column] = " ".join(" ".join(_text(each) for each in cell.iter(f"{W}p")).split())
            column += int(span.get(f"{W}val") or 1) if span is not None else 1
        if any("{%" not in text for text in cells.values()) or len(cells) > 1:
            rows.append(cells)
    return rows


def _signers(rows: list[dict[int, str]]) -> Iterator[str]:
    for number, cells in enumerate(rows):
        for column, text in cells.items():
            if not _BOX.search(text):
                continue
            named = _NAMED.search(text)
            if named:
                yield named.group(1)
            elif _is_head(rows, number):
                yield from _below(rows[number + 1 :])
            else:
                yield _above(rows[:number], column)


def _is_head(rows: list[dict[int, str]], number: int) -> bool:
    """Whether the row names columns: several cells, all with words of their own, and rows below it."""
    cells = list(rows[number].values())
    return number + 1 < len(rows) and len(cells) > 1 and all(cells) and not any(text == ":" for text in cells)


def _below(rows: list[dict[int, str]]) -> Iterator[str]:
    for cells in rows:
        label = next((text for text in cells.values() if _is_person(text)), "")
        if label:
            yield label


def _above(rows: list[dict[int, str]], column: int) -> str:
    """The nearest label above that names a person, in the cell's own column or just left of it."""
    for cells in reversed(rows):
        starts = [start for start in cells if start <= column]
        for start in sorted(starts, reverse=True)[:2]:
            if _is_person(cells[start]):
                return cells[start]
    return ""


def _is_person(text: str) -> bool:
    plain = _TAG.sub("", text).strip()
    if _NAME_OF.match(plain):
        return True
    return bool(plain) and len(plain) <= 60 and not _NOT_A_PERSON.match(plain.rstrip(" :"))


_NAME_OF: Final = re.compile(r"^Nama (?=(?:Penyusun|Validator|Asesor|Asesi)\b)")
"""`Nama Penyusun` above a box says whose it is; `Nama` alone does not."""


_ABBREVIATED: Final = 4
"""Capitals of so few letters are an abbreviation (`LSP`, `TUK`), more a word in capitals."""


def _tidy(label: str) -> str:
    plain = " ".join(_TAG.sub("", label).split()).strip(" :*")
    plain = _NAME_OF.sub("", plain)
    return plain.capitalize() if plain.isupper() and len(plain) > _ABBREVIATED else plain

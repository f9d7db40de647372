"""Excel templates: the parts of a workbook, and which of them hold tags or references that move."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.excel.fragments import holds_own_tags
from kitgen.render.excel.reference_tokens import SHEET, Book, S, Sheet, mark_pieces, pieces_of, warn_of_unmoved
from kitgen.render.excel.sheet_list import mark_local_name, mark_sheet_list
from kitgen.render.package.content_types import CONTENT_TYPES
from kitgen.render.package.relations import relations_of
from kitgen.render.package.xml import Element, R, escape_text, local_name, parse_xml
from kitgen.render.tags.marks import Marks, check_nesting

WORKBOOK: Final = "xl/workbook.xml"
STYLES: Final = "xl/styles.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_BEFORE_SETTINGS: Final = ("sheets", "functionGroups", "externalReferences", "definedNames")
STRINGS: Final = "xl/sharedStrings.xml"
_CALC_CHAIN: Final = "xl/calcChain.xml"
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escape_cell(text: str) -> str:
    """Text for a cell: escaped; line breaks kept; `_x0041_`, which Excel would take for a letter, kept as typed."""
    escaped = escape_text(_LOOKS_ESCAPED.sub("_x005F_", text))
    return escaped.replace("&#10;", "\n").replace("&#9;", "\t")


def read_sheets(contents: Mapping[str, bytes], file: str, findings: Findings) -> list[Sheet]:
    """The worksheets of a workbook in its order."""
    workbook = parse_xml(contents[WORKBOOK], file, WORKBOOK)
    settings = workbook.find(f"{S}workbookPr")
    book = Book(is_1904=settings is not None and settings.get("date1904") in ("1", "true", "on"))
    return [
        Sheet(name, part, file, parse_xml(contents[part], file, part), Marks(findings), book=book)
        for name, part in _listed(workbook, contents, file)
    ]


def sheet_places(contents: Mapping[str, bytes], file: str) -> list[tuple[str, str]]:
    """The names and parts of the worksheets of a workbook in its order."""
    return list(_listed(parse_xml(contents[WORKBOOK], file, WORKBOOK), contents, file))


def _listed(workbook: Element, contents: Mapping[str, bytes], file: str) -> Iterator[tuple[str, str]]:
    targets = {relation.id: relation.target for relation in relations_of(contents, WORKBOOK, file)}
    for entry in workbook.iter(f"{S}sheet"):
        part = targets.get(entry.get(f"{R}id") or "", "")
        if part in contents and part.startswith("xl/worksheets/"):
            yield entry.get("name") or "", part


def mark_workbook(root: Element, sheets: Sequence[Sheet], file: str, findings: Findings) -> Sheet:
    """Tokens in the workbook's names and print areas; Excel is told to work everything out when it opens the file."""
    book = Sheet("", WORKBOOK, file, root, Marks(findings), book=sheets[0].book if sheets else Book())
    mark_sheet_list(book, sheets)
    for name in list(root.iter(f"{S}definedName")):
        book.at = ""
        if not name.text:
            continue
        place = Place(file, None, said("name {get}", get=name.get("name")), name.text)
        if holds_own_tags(book, name.text):
            findings.error(
                said("a defined name holds a tag"), place, said("put the value into a cell and name that cell")
            )
            continue
        pieces = pieces_of(book, name.text)
        warn_of_unmoved(book, pieces, place)
        if (name.get("name") or "").startswith("_xlnm."):
            pieces = [piece if isinstance(piece, str) else replace(piece, may_list=False) for piece in pieces]
        mark_local_name(book, name)
        name.text = mark_pieces(book, pieces, None, SHEET)
    settings = root.find(f"{S}calcPr")
    if settings is None:  # its place is after the names, which come after these
        before = [child for child in root if local_name(child) in _BEFORE_SETTINGS]
        settings = root.makeelement(f"{S}calcPr")
        root.insert(root.index(before[-1]) + 1 if before else len(root), settings)
    settings.set("fullCalcOnLoad", "1")
    check_nesting(root, book.marks)
    return book


def shared_strings(contents: Mapping[str, bytes], file: str) -> list[Element]:
    """The workbook's shared strings in order."""
    return list(parse_xml(contents[STRINGS], file, STRINGS)) if STRINGS in contents else []


def drop_calc_chain(contents: dict[str, bytes], file: str) -> None:
    """Remove the order of calculation, which the moved formulas make wrong; Excel makes it anew."""
    if contents.pop(_CALC_CHAIN, None) is None:
        return
    for part, attribute in ((CONTENT_TYPES, "PartName"), (_RELATIONS, "Target")):
        if part not in contents:
            continue
        root = parse_xml(contents[part], file, part)
        for entry in list(root):
            if (entry.get(attribute) or "").endswith("calcChain.xml"):
                root.remove(entry)
        contents[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def needs_writing(sheet: Sheet, tagged: set[str]) -> bool:
    """Whether a sheet is made anew: it holds tags, or refers to a sheet that does."""
    names = (reference.sheet_name.casefold() for reference, _, _ in sheet.references)
    if sheet.names_renamed or sheet.part in sheet.book.renamed.values() or changes(sheet):
        return True
    return bool(sheet.home) or sheet.name.casefold() in tagged or any(name in tagged for name in names)


def changes(sheet: Sheet) -> bool:
    """Whether a marked sheet holds any tag a person wrote."""
    return any(mark.tag.written for mark in sheet.marks.placed) or sheet.moves or sheet.loop is not None

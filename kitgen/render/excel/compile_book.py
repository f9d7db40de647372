"""From the parts of a workbook to the sources that make it: what holds tags or moves, and what stays as it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from lxml import etree

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.excel.additions import looped_sheet
from kitgen.render.excel.book_facts import facts_of
from kitgen.render.excel.check_boxes import find_boxes
from kitgen.render.excel.fragments import holds_tags, with_rows
from kitgen.render.excel.left_tags import refuse_left, refuse_left_tags, without_cached_tags
from kitgen.render.excel.needs import BookNeeds, book_repairs
from kitgen.render.excel.number_formats import read_styles
from kitgen.render.excel.old_results import drop_results, forget_linked_texts, forget_results
from kitgen.render.excel.range_warnings import warn_of_references
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.excel.row_heights import wrapped_sizes
from kitgen.render.excel.sheet_cells import flatten_shared_formulas, number_cells
from kitgen.render.excel.sheet_columns import ColumnTags, read_columns
from kitgen.render.excel.sheet_links import take_addresses
from kitgen.render.excel.sheet_names import names_source, quoted, read_name
from kitgen.render.excel.sheet_parts import anchored_rows, related_parts
from kitgen.render.excel.sheets import layout_source, looped, mark_sheet, read_rows
from kitgen.render.excel.tables import find_tables
from kitgen.render.excel.workbook import (
    STRINGS,
    STYLES,
    WORKBOOK,
    changes,
    drop_calc_chain,
    mark_workbook,
    needs_writing,
    read_sheets,
    shared_strings,
)
from kitgen.render.excel.writing import add_sheet_filters
from kitgen.render.package.content_types import serialised
from kitgen.render.package.xml import DECLARATION, Element, parse_xml
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.marks import Mark, Source, of_tags

COPY_END: Final = "\uffff"
"""Ends each copy in what the source of a repeated part gives; XML has no such character."""


class AddSource(Protocol):
    """Enters the source of a part."""

    def __call__(
        self, part: str, source: Source, always: tuple[Callable[[str], str], ...] = (), *, is_layout: bool = False,
        copy_end: str = "",
    ) -> None:  # fmt: skip
        """Compile it; a part with `copy_end` comes once for each time it ends what is made."""


def compile_book(
    contents: dict[str, bytes],
    file: str,
    environment: Environment,
    findings: Findings,
    add_source: AddSource,
    prefix: str,
) -> BookNeeds:
    """Compile the parts of a workbook, and tell what its sources need.

    Parts that are not made anew are left in `contents`, without old results.

    `prefix` begins ids of relations none of the template has.
    """
    strings = shared_strings(contents, file)
    without_cached_tags(contents)
    forget_linked_texts(contents, file)
    sheets = read_sheets(contents, file, findings)
    if not sheets:
        findings.error(
            said("workbook holds no sheet that can be read"), Place(file), said("save it anew from Excel as .xlsx")
        )
    styles = parse_xml(contents[STYLES], file, STYLES) if STYLES in contents else None
    tags = {sheet.part: _read_sheet(sheet, contents, strings) for sheet in sheets}
    names = {sheet.part: found for sheet in sheets if (found := read_name(sheet.name, file, findings)) is not None}
    if sheets:
        sheets[0].book.renamed = {quoted(each.name): each.part for each in sheets if each.part in names or each.loop}
        sheets[0].book.loops_columns = any(sheet.columns.stretches for sheet in sheets)
    for sheet in sheets:
        find_tables(sheet, contents)
    wrapped = {} if styles is None else wrapped_sizes(styles)
    for sheet in sheets:
        sheet.wrapped = wrapped
        find_boxes(sheet, contents, strings)
        take_addresses(sheet, contents)
        mark_sheet(sheet, strings, tags[sheet.part])
    book = mark_workbook(parse_xml(contents[WORKBOOK], file, WORKBOOK), sheets, file, findings)
    tagged = {sheet.name.casefold() for sheet in sheets if changes(sheet)}
    related = related_parts(contents, sheets, tagged, findings)
    warn_of_references((*sheets, *related, book), sheets)
    parts = [part for part in (*sheets, book, *related) if needs_writing(part, tagged)]
    of_styles = read_styles(contents.get(STYLES), file)
    facts = facts_of((*sheets, book, *related))
    add_sheet_filters(environment, facts, of_styles, prefix)
    if sheets and sheets[0].book.renamed:
        add_source("names of sheets", names_source(sheets, names), is_layout=True)
    for sheet in sheets:
        if sheet in parts:
            add_source(f"{sheet.part} (layout)", layout_source(sheet), is_layout=True)
    for part in parts:
        repairs = book_repairs(environment.state, part.part)
        add_source(part.part, _source_of(part), repairs, copy_end=COPY_END if _is_repeated(part) else "")
    written = {part.part for part in parts}
    if book.part not in written:
        contents[WORKBOOK] = (DECLARATION + etree.tostring(book.root, encoding="unicode")).encode()
    if any(sheet.part in written for sheet in sheets):
        for sheet in sheets:
            if sheet.part not in written:
                contents[sheet.part] = drop_results(contents[sheet.part], file, sheet.part)
    _blank_strings(contents, strings)
    refuse_left_tags(contents, written, file, findings)
    for part in parts:
        refuse_left(part.part, etree.tostring(part.root, encoding="utf-8"), file, findings)
    drop_calc_chain(contents, file)
    repeated = {part.part: part.kind for part in related if part.repeats}
    copied = [looped_sheet(contents, sheet.part, tuple(repeated), file) for sheet in sheets if sheet.loop is not None]
    if copied:
        _without_titles(contents, file)
    return BookNeeds(facts, of_styles, prefix, copied, repeated, file)


def _read_sheet(sheet: Sheet, contents: Mapping[str, bytes], strings: Sequence[Element]) -> ColumnTags:
    data = sheet.root.find(f"{S}sheetData")
    if data is None:
        return {}
    number_cells(data)
    flatten_shared_formulas(sheet, data)
    forget_results(data)
    with_rows(data, anchored_rows(sheet, contents))
    read_rows(sheet, data, strings)
    return read_columns(sheet, data, strings)


def _is_repeated(part: Sheet) -> bool:
    return part.loop_around is not None or bool(part.repeats)


def _source_of(part: Sheet) -> Source:
    """The source of a part, within the loops that repeat all of it."""
    source = part.marks.source(etree.tostring(part.root, encoding="unicode"))
    lines: list[Mark] = []
    start: list[str] = []
    end: list[str] = []
    if part.loop_around is not None:
        owner = part.owner if part.owner is not None and not part.is_apart else part
        start, end = [looped(owner, lines)], ["{% endfor %}"]
    start.append(f"{{{{ _sheet | _write({part.part!r}) }}}}")
    if part.repeats:
        start += (f"{{% for _at in {part.repeats} %}}", "{{ _at | _from }}")
        end = ["{% endfor %}", *end]
    before, after = of_tags(start, []).pieces[:-1], of_tags(end, []).pieces[1:]
    pieces = source.behind(DECLARATION).pieces
    if end:
        pieces = [*pieces[:-1], pieces[-1] + COPY_END, *after]
    return Source([*before, *pieces], [*lines, *source.lines])


def _blank_strings(contents: dict[str, bytes], strings: Sequence[Element]) -> None:
    """Empty the shared strings that hold tags: their cells hold the texts themselves."""
    tagged = [string for string in strings if holds_tags("".join(text.text or "" for text in string.iter(f"{S}t")))]
    for string in tagged:
        for child in list(string):
            string.remove(child)
        etree.SubElement(string, f"{S}t")
    if tagged:
        root = tagged[0].getparent()
        assert root is not None
        contents[STRINGS] = serialised(root)


def _without_titles(contents: dict[str, bytes], file: str) -> None:
    """Take the list of sheets out of the document's properties: it is told by the workbook."""
    name = "docProps/app.xml"
    if name in contents:
        root = parse_xml(contents[name], file, name)
        for element in list(root):
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in ("HeadingPairs", "TitlesOfParts"):
                root.remove(element)
        contents[name] = serialised(root)

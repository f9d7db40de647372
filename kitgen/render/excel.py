"""Excel templates: which parts hold tags or references that move, and what their sources call while they run."""

import datetime
import decimal
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from lxml import etree

from kitgen.empty import Hole, Missing
from kitgen.errors import Findings
from kitgen.render.environment import Environment
from kitgen.render.filters import Xml, check_length
from kitgen.render.formulas import parse_area, parse_formula
from kitgen.render.layout import Layout
from kitgen.render.marks import Marks, check_nesting
from kitgen.render.package import CONTENT_TYPES
from kitgen.render.row_heights import note_height
from kitgen.render.sheets import S, Sheet, mark_pieces
from kitgen.render.xml import Element, R, escape_text, parse_xml

WORKBOOK: Final = "xl/workbook.xml"
STYLES: Final = "xl/styles.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedStrings.xml"
_CALC_CHAIN: Final = "xl/calcChain.xml"
_EPOCH: Final = datetime.datetime(1899, 12, 30)
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MAX_CELL: Final = 32_767


def escape_cell(text: str) -> str:
    """Text for a cell: escaped; line breaks kept; `_x0041_`, which Excel would take for a letter, kept as typed."""
    escaped = escape_text(_LOOKS_ESCAPED.sub("_x005F_", text))
    return escaped.replace("&#10;", "\n").replace("&#9;", "\t")


def read_sheets(contents: Mapping[str, bytes], file: str, findings: Findings) -> list[Sheet]:
    """The worksheets of a workbook in its order."""
    workbook = parse_xml(contents[WORKBOOK], file, WORKBOOK)
    relations = parse_xml(contents[_RELATIONS], file, _RELATIONS)
    targets = {entry.get("Id"): entry.get("Target") or "" for entry in relations}
    sheets: list[Sheet] = []
    for entry in workbook.iter(f"{S}sheet"):
        target = targets.get(entry.get(f"{R}id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in contents and part.startswith("xl/worksheets/"):
            root = parse_xml(contents[part], file, part)
            sheets.append(Sheet(entry.get("name") or "", part, file, root, Marks(findings)))
    return sheets


def mark_workbook(root: Element, file: str, findings: Findings) -> Sheet:
    """Tokens in the workbook's names and print areas; Excel is told to work everything out when it opens the file."""
    book = Sheet("", WORKBOOK, file, root, Marks(findings))
    for name in root.iter(f"{S}definedName"):
        if name.text:
            name.text = mark_pieces(book, parse_formula(name.text), None, 0)
    settings = root.find(f"{S}calcPr")
    if settings is not None:
        settings.set("fullCalcOnLoad", "1")
    check_nesting(root, book.marks)
    return book


def shared_strings(contents: Mapping[str, bytes], file: str) -> list[Element]:
    """The workbook's shared strings in order."""
    return list(parse_xml(contents[_STRINGS], file, _STRINGS)) if _STRINGS in contents else []


def drop_calc_chain(contents: dict[str, bytes], file: str) -> None:
    """Remove the order of calculation, which the moved formulas make wrong; Excel makes it anew."""
    if contents.pop(_CALC_CHAIN, None) is None:
        return
    for part, attribute in ((CONTENT_TYPES, "PartName"), (_RELATIONS, "Target")):
        root = parse_xml(contents[part], file, part)
        for entry in list(root):
            if (entry.get(attribute) or "").endswith("calcChain.xml"):
                root.remove(entry)
        contents[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def needs_writing(sheet: Sheet, tagged: set[str]) -> bool:
    """Whether a sheet is made anew: it holds tags, or refers to a sheet that does."""
    return sheet.name in tagged or any(reference.sheet_name in tagged for reference, _ in sheet.references)


def holds_tags(sheet: Sheet) -> bool:
    """Whether a marked sheet holds any tag a person wrote."""
    return any(mark.tag.written for mark in sheet.marks.placed) or sheet.row_loops > 0


# What the sources call


def add_sheet_filters(environment: Environment, sheets: Mapping[str, Sheet]) -> None:
    """The filters the sources of sheets use; they share the layouts of one rendering."""
    state = environment.state
    by_name = {sheet.name: part for part, sheet in sheets.items()}

    def lay_out(_: object, part: str) -> str:
        state.layouts[part] = state.sheet = Layout(sheets[part].rows)
        return ""

    def write(_: object, part: str) -> str:
        state.sheet = state.layouts.get(part)
        state.sheet_part = part
        return ""

    def enter(_: object, loop: int) -> str:
        layout(state.sheet).enter(loop)
        return ""

    def leave(_: object) -> str:
        layout(state.sheet).leave()
        return ""

    def place(_: object, row: int, count: int) -> str:
        layout(state.sheet).place(row, count)
        return ""

    def next_row(_: object) -> int:
        return layout(state.sheet).next()

    def reference_text(_: object, number: int) -> str:
        reference, seen_from = sheets[state.sheet_part].references[number]
        other = state.layouts.get(by_name.get(reference.sheet_name, "")) if reference.sheet else state.sheet
        if other is None:
            return reference.text(reference.row, reference.end_row)
        if reference.sheet and other is not state.sheet:
            return other.text(reference, other.sheet)
        if seen_from is None:
            return other.text(reference, other.frame)
        return other.text(reference, other.first_frame(seen_from) if seen_from else other.sheet)

    def area(_: object, number: int) -> str:
        texts: list[str] = []
        for written in sheets[state.sheet_part].areas[number].split():
            found = parse_area(written)
            if found is None:
                texts.append(written)
                continue
            end = found.end_row if found.end_row is not None else found.row
            for first, last in layout(state.sheet).areas(found.row, end):
                single = found.end_row is None and first == last
                column = found.end_column or found.column
                texts.append(f"{found.column}{first}" if single else f"{found.column}{first}:{column}{last}")
        return " ".join(texts)

    def merged(_: object) -> Xml:
        cells: list[str] = []
        for merge in sheets[state.sheet_part].merges:
            for first, last in layout(state.sheet).copies(merge.row, merge.end_row or merge.row):
                cells.append(f'<mergeCell ref="{merge.column}{first}:{merge.end_column}{last}"/>')
        return Xml(f'<mergeCells count="{len(cells)}">{"".join(cells)}</mergeCells>' if cells else "")

    def cell(value: Any, column: str, row: int, style: str, width: float = 0.0, size: float = 0.0) -> Xml:
        if width and isinstance(value, str):
            note_height(state, row, value, width, size)
        return Xml(_cell_xml(environment, value, f"{column}{row}", style))

    def header(value: object) -> str:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        return str(value).replace("&", "&&")

    named: dict[str, Callable[..., Any]] = {
        "_lay_out": lay_out, "_write": write, "_enter": enter, "_leave": leave, "_place": place, "_next": next_row,
        "_reference": reference_text, "_area": area, "_merged": merged, "_cell": cell, "_header": header,
    }  # fmt: skip
    environment.filters |= named
    environment.globals["_sheet"] = "sheet"


def layout(found: Layout | None) -> Layout:
    """The layout being used; there always is one while a sheet is laid out or written."""
    assert found is not None
    return found


def _cell_xml(environment: Environment, value: Any, reference: str, style: str) -> str:
    """A cell with the type of its value. Text is never a formula, whatever it starts with."""
    head = f'<c r="{reference}"{style}'
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | decimal.Decimal) and math.isfinite(value):
        return f"{head}><v>{value}</v></c>"
    if isinstance(value, datetime.date | datetime.time):
        return f"{head}><v>{_serial(value)}</v></c>"
    if value is None or (isinstance(value, Hole) and not isinstance(value, Missing)):
        return f"{head}/>"
    text = environment.printed(value)
    check_length(len(text))
    if len(str(value)) > MAX_CELL:
        environment.state.fault("cell", f"text is longer than the {MAX_CELL} characters a cell holds", "shorten it")
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else f"{head}/>"


def _serial(value: datetime.date | datetime.time) -> str:
    """Days since 30 December 1899, as Excel counts them."""
    if isinstance(value, datetime.time):
        moment = datetime.datetime.combine(_EPOCH.date(), value)
    elif isinstance(value, datetime.datetime):
        moment = value.replace(tzinfo=None)
    else:
        moment = datetime.datetime(value.year, value.month, value.day)
    days = (moment - _EPOCH) / datetime.timedelta(days=1)
    return str(int(days)) if days == int(days) else repr(days)

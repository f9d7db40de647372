"""What the sources of a workbook's parts call while they run: where rows have come to lie, cells of every type."""

import datetime
import decimal
import html
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from kitgen.base.holes import Hole, Missing
from kitgen.base.messages import said
from kitgen.render.excel.formulas import parse_area
from kitgen.render.excel.layout import LOST, Frame, Layout
from kitgen.render.excel.reference_tokens import Sheet
from kitgen.render.excel.row_heights import note_height
from kitgen.render.excel.sheet_names import name_filters, quoted
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.filters import Xml, check_length
from kitgen.render.tags.state import RenderState

_EPOCH: Final = datetime.datetime(1899, 12, 30)
MAX_CELL: Final = 32_767
_LONG: Final = re.compile(rf">([^<]{{{MAX_CELL + 1},}})</t>")
MAX_BREAKS: Final = 1_026
MANUAL: Final = ' man="1"'
Copy = tuple[Frame, int, int]


def add_sheet_filters(environment: Environment, sheets: Mapping[str, Sheet]) -> None:
    """The filters the sources of sheets use; they share the layouts of one rendering."""
    state = environment.state
    by_name = {sheet.name.casefold(): part for part, sheet in sheets.items() if not sheet.home}

    def lay_out(_: object, part: str) -> str:
        state.layouts[part] = state.sheet = Layout(sheets[part].rows)
        return ""

    def write(_: object, part: str) -> str:
        state.sheet = state.layouts.get(sheets[part].home or part)
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
        other: Layout | None = state.sheet
        if reference.sheet:
            other = state.layouts.get(by_name.get(reference.sheet_name.casefold(), ""))
        if other is None:
            return reference.text(reference.row, reference.end_row)
        if reference.sheet and other is not state.sheet:
            return other.text(reference, other.sheet)
        if seen_from is None:
            return other.text(reference, other.frame)
        return other.text(reference, other.first_frame(seen_from) if seen_from else other.sheet)

    def bare(reference: str) -> str:
        return reference if reference == LOST else reference.rpartition("!")[2]

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

    def nearest(_: object, row: int, is_end: bool = False) -> int:
        return row if state.sheet is None else state.sheet.nearest(row, is_end=is_end)

    def lower(_: object, top: int, bottom: int) -> int:
        return max(nearest(_, top), nearest(_, bottom))

    def shifted(row: int, distance: int) -> int:
        return max(0, row + distance)

    def copies(_: object, number: int) -> list[Copy]:
        return layout(state.sheet).copies(*sheets[state.sheet_part].copied[number])

    def from_copy(copy: Copy) -> str:
        layout(state.sheet).frame = copy[0]
        return ""

    def merged(_: object) -> Xml:
        cells: list[str] = []
        for merge in sheets[state.sheet_part].merges:
            for _frame, first, last in layout(state.sheet).copies(merge.row, merge.end_row or merge.row):
                if first != last or merge.column != merge.end_column:
                    cells.append(f'<mergeCell ref="{merge.column}{first}:{merge.end_column}{last}"/>')
        return Xml(f'<mergeCells count="{len(cells)}">{"".join(cells)}</mergeCells>' if cells else "")

    def breaks(_: object) -> Xml:
        here = layout(state.sheet)
        found: dict[int, str] = {}
        for row, is_repeated, facts in sheets[state.sheet_part].breaks:
            ends = [last for _, _, last in here.copies(row, row)] if is_repeated else [here.nearest(row + 1) - 1]
            found |= dict.fromkeys((end for end in ends if end > 0), facts)
        if len(found) > MAX_BREAKS:
            state.fault(
                "breaks",
                said("sheet comes to more than {max_breaks} page breaks", max_breaks=MAX_BREAKS),
                said("break less often"),
            )
        made = "".join(f'<brk id="{row}"{found[row]}/>' for row in sorted(found))
        count = f'count="{len(found)}" manualBreakCount="{made.count(MANUAL)}"'
        return Xml(f"<rowBreaks {count}>{made}</rowBreaks>" if found else "")

    def table_area(area: str, name: str, others: int) -> str:
        found = parse_area(area)
        if found is None or found.end_row is None or found.end_row - found.row < others:
            state.fault(
                "table", said("table {name} is left without rows", name=name), said("keep one row of it, `if` or not")
            )
        return area

    printed = environment.printed

    def cell(
        value: Any, column: str, row: int, style: str, width: float = 0.0, size: float = 0.0, font: str = ""
    ) -> Xml:
        kind = value.__class__  # most cells hold a short text or a whole number
        if kind is int:
            return Xml(f'<c r="{column}{row}"{style}><v>{value}</v></c>')
        if kind is str and value and not (width or font) and len(value) <= MAX_CELL:
            text = printed(value)
            if text:
                return Xml(f'<c r="{column}{row}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
        if width and isinstance(value, str):
            note_height(state, row, value, width, size)
        xml = _cell_xml(environment, value, f"{column}{row}", style)
        if font:
            xml = xml.replace("<is>", f"<is><r>{font}").replace("</is>", "</r></is>")
        return Xml(xml)

    def header(value: object) -> str:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        return str(value).replace("&", "&&")

    named: dict[str, Callable[..., Any]] = {
        "_lay_out": lay_out, "_write": write, "_enter": enter, "_leave": leave, "_place": place, "_next": next_row,
        "_reference": reference_text, "_bare": bare, "_area": area, "_merged": merged, "_cell": cell, "_header": header,
        "_nearest": nearest, "_lower": lower, "_shifted": shifted, "_copies": copies, "_from": from_copy,
        "_breaks": breaks, "_table_area": table_area, "_as_xml": Xml,
    }  # fmt: skip
    fixed = [sheet.name for sheet in sheets.values() if not sheet.home and quoted(sheet.name) not in sheet.renamed]
    environment.filters |= named | dict(name_filters(state, fixed))
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
        environment.state.fault(
            "cell",
            said("text is longer than the {max_cell} characters a cell holds", max_cell=MAX_CELL),
            said("shorten it"),
        )
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else f"{head}/>"


def check_texts(state: RenderState, part: str) -> Callable[[str], str]:
    """Tells of a text, put together from several values, that is longer than a cell holds."""

    def repair(xml: str) -> str:
        if len(xml) <= MAX_CELL:
            return xml
        for match in _LONG.finditer(xml):
            if len(html.unescape(match[1])) > MAX_CELL:
                cell = xml[xml.rfind("<c r=", 0, match.start()) :].split('"', 2)[1]
                state.fault(
                    "cell",
                    said("text of cell {cell} is longer than {max_cell} characters", cell=cell, max_cell=MAX_CELL),
                    said("shorten it"),
                )
        return xml

    return repair


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

"""What the sources of a workbook's parts call while they run: where rows and columns have come to lie."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from kitgen.base.holes import Hole, Missing
from kitgen.base.messages import said
from kitgen.render.excel.book_state import book_of, drawing_relation
from kitgen.render.excel.cell_values import cell_filter
from kitgen.render.excel.formulas import (
    MAX_COLUMNS,
    MAX_ROWS,
    Reference,
    column_letters,
    column_number,
    parse_area,
)
from kitgen.render.excel.layout import Frame, Layout, Rows, Span
from kitgen.render.excel.looped_tables import LoopedTable, table_filters
from kitgen.render.excel.number_formats import Styles
from kitgen.render.excel.placing import LOST, Copy, area_texts, copies_of, reference_text, text_by_rows
from kitgen.render.excel.reference_tokens import Copied, Sheet
from kitgen.render.excel.sheet_list import list_filters
from kitgen.render.excel.sheet_names import name_filters, quoted
from kitgen.render.excel.text_filters import text_filters
from kitgen.render.package.copies import copy_name
from kitgen.render.package.xml import R
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.filters import Xml

MAX_BREAKS: Final = 1_026
MANUAL: Final = ' man="1"'
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)$")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Of a sheet, or another part of a workbook, what its source needs when it runs; see `Sheet`."""

    part: str
    name: str
    home: str
    is_looped: bool
    is_within_loop: bool
    rows: Rows
    columns: Rows
    references: Sequence[tuple[Reference, int | None, str]]
    areas: Sequence[str]
    merges: Sequence[Reference]
    copied: Sequence[Copied]
    breaks: Sequence[tuple[str, int, bool, str]]
    column_widths: Sequence[tuple[Span, str]]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """The same of a whole workbook: its parts, the names of sheets that hold tags, the tables that are repeated."""

    sheets: Mapping[str, SheetFacts]
    renamed: Sequence[str]
    tables: Mapping[str, LoopedTable]
    is_1904: bool


def facts_of(parts: Sequence[Sheet]) -> BookFacts:
    """What the sources of these parts need; of what is still being noted, they share the lists."""
    sheets = {
        part.part: SheetFacts(
            part.part, part.name, part.home, part.loop is not None, part.loop_around is not None, part.rows,
            part.columns, part.references, part.areas, part.merges, part.copied, part.breaks, part.column_widths,
        )
        for part in parts
    }  # fmt: skip
    whole = [part for part in parts if part.owner is None]
    renamed = [quoted(part.name) for part in whole if quoted(part.name) in part.book.renamed]
    return BookFacts(sheets, renamed, whole[0].book.tables if whole else {}, any(each.book.is_1904 for each in parts))


def add_sheet_filters(environment: Environment, book: BookFacts, styles: Styles, prefix: str) -> None:
    """The filters the sources of sheets use; they share the layouts of one rendering.

    `prefix` begins the ids of relations that are added.
    """
    state, sheets = environment.state, book.sheets
    by_name = {sheet.name.casefold(): part for part, sheet in sheets.items() if not sheet.home}

    def lay_out(_: object, part: str) -> str:
        book = book_of(state)
        book.prefix = prefix
        number = book.number_copy(part) if sheets[part].is_looped else 0
        found = Layout(sheets[part].rows)
        if sheets[part].columns.stretches:
            found.columns = Layout(sheets[part].columns)
        book.layouts[part, number] = state.sheet = found
        return ""

    def write(_: object, part: str) -> str:
        book = book_of(state)
        home = sheets[part].home or part
        looped = sheets[part].is_within_loop
        book.copy = book.written[part] if looped else 0
        book.of_copy = ""
        book.written[part] += 1
        state.sheet = book.layouts.get((home, book.copy))
        state.sheet_part = part
        state.references = sheets[part].references
        if state.sheet is not None:
            state.sheet.begin()
        return ""

    def as_copy(_: object, part: str, number: int) -> str:
        book = book_of(state)
        book.copy, book.of_copy = number, part
        state.sheet = None
        return ""

    def enter(_: object, loop: int) -> str:
        state.sheet.enter(loop)
        return ""

    def leave(_: object) -> str:
        state.sheet.leave()
        return ""

    def place(_: object, row: int, count: int) -> str:
        if state.sheet.place(row, count) > MAX_ROWS:
            state.fault(
                "rows",
                said("sheet comes to more than {max_rows} rows", max_rows=MAX_ROWS),
                said("move the loop up, or loop over less"),
            )
        return ""

    def column_enter(_: object, loop: int) -> str:
        columns_of(state.sheet).enter(loop)
        return ""

    def column_leave(_: object) -> str:
        columns_of(state.sheet).leave()
        return ""

    def column_place(_: object, column: int, count: int) -> str:
        if columns_of(state.sheet).place(column, count) > MAX_COLUMNS:
            state.fault(
                "columns",
                said("sheet comes to more than {max_columns} columns", max_columns=MAX_COLUMNS),
                said("loop over less"),
            )
        return ""

    def next_row(_: object) -> int:
        row: int = state.sheet.next()
        return row

    def columns_begin(_: object) -> str:
        columns_of(state.sheet).begin()
        return ""

    def next_column(_: object, column: int) -> str:
        found = columns_of(state.sheet).next_of(column)
        if not found:
            tell_uneven()
        return column_letters(found or column)

    def columns_end(_: object) -> str:
        if not columns_of(state.sheet).is_done:
            tell_uneven()
        return ""

    def tell_uneven() -> None:
        help = said("give this row as many as the row the columns are told by")
        state.fault("columns", said("a row has another number of looped columns than the sheet"), help)

    def frames(other: Layout, seen_from: int | None) -> tuple[Frame, Frame | None]:
        columns = other.columns
        if seen_from is None:
            return other.frame, None if columns is None else columns.frame
        return other.first_frame(seen_from) if seen_from else other.sheet, None

    def reference(_: object, number: int) -> str:
        wanted: Reference
        wanted, seen_from, _cell = state.references[number]
        if not wanted.sheet:
            here: Layout | None = state.sheet
            if here is None:
                return wanted.text(wanted.row, wanted.end_row)
            if here.columns is None:  # most sheets
                frame = here.frame if seen_from is None else here.first_frame(seen_from) if seen_from else here.sheet
                return text_by_rows(wanted, here, frame)
            return reference_text(wanted, here, *frames(here, seen_from))
        part = by_name.get(wanted.sheet_name.casefold(), "")
        book = book_of(state)
        texts = [
            in_copy(wanted, part, copy, seen_from) for copy in seen_copies(part, wanted)
        ] if (part, 0) in book.layouts else [prefixed(wanted, part, 0).text(wanted.row, wanted.end_row)]  # fmt: skip
        return ",".join(texts)

    def seen_copies(part: str, wanted: Reference) -> range:
        """The copies of a looped sheet a reference means: the own one, for a list of areas all, else the first."""
        book = book_of(state)
        count = book.copies.get(part, 1)
        home = sheets[state.sheet_part].home or state.sheet_part
        if book.copies.get(home, 0) == count or book.of_copy == part:
            return range(book.copy, book.copy + 1)
        return range(count) if wanted.may_list and wanted.end_row is not None else range(1)

    def in_copy(wanted: Reference, part: str, copy: int, seen_from: int | None) -> str:
        other = book_of(state).layouts[part, copy]
        found = prefixed(wanted, part, copy)
        if other is state.sheet:
            return reference_text(found, other, *frames(other, seen_from))
        return reference_text(found, other, other.sheet, None)

    def prefixed(wanted: Reference, part: str, copy: int) -> Reference:
        title = book_of(state).titles.get((part, copy))
        return wanted if title is None else replace(wanted, sheet=quoted(title))

    def bare(text: str) -> str:
        return text if text == LOST else text.rpartition("!")[2]

    def area(_: object, number: int) -> str:
        written = sheets[state.sheet_part].areas[number].split()
        return " ".join(text for one in written for text in area_texts(one, layout(state.sheet)))

    def nearest(_: object, row: int, is_end: bool = False) -> int:
        return row if state.sheet is None else int(state.sheet.nearest(row, is_end=is_end))

    def nearest_column(_: object, column: int, is_end: bool = False) -> int:
        columns = None if state.sheet is None else state.sheet.columns
        return column if columns is None else int(columns.nearest(column, is_end=is_end))

    def lower(_: object, top: int, bottom: int) -> int:
        return max(nearest(_, top), nearest(_, bottom))

    def shifted(row: int, distance: int) -> int:
        return max(0, row + distance)

    def copies(_: object, number: int) -> list[Copy]:
        return copies_of(layout(state.sheet), *sheets[state.sheet_part].copied[number])

    def from_copy(copy: Copy) -> str:
        here = layout(state.sheet)
        here.frame = copy.frame
        if here.columns is not None and copy.column_frame is not None:
            here.columns.frame = copy.column_frame
        return ""

    def merged(_: object) -> Xml:
        cells: list[str] = []
        for merge in sheets[state.sheet_part].merges:
            columns = column_number(merge.column), column_number(merge.end_column or merge.column)
            for copy in copies_of(layout(state.sheet), (merge.row, merge.end_row or merge.row), columns):
                if copy.first != copy.last or copy.left != copy.right:
                    start, end = column_letters(copy.left), column_letters(copy.right)
                    cells.append(f'<mergeCell ref="{start}{copy.first}:{end}{copy.last}"/>')
        return Xml(f'<mergeCells count="{len(cells)}">{"".join(cells)}</mergeCells>' if cells else "")

    def breaks(_: object, kind: str) -> Xml:
        here = layout(state.sheet) if kind == "rowBreaks" else columns_of(state.sheet)
        found: dict[int, str] = {}
        for of_kind, at, is_repeated, facts in sheets[state.sheet_part].breaks:
            if of_kind == kind:
                ends = [last for _, _, last in here.copies(at, at)] if is_repeated else [here.nearest(at + 1) - 1]
                found |= dict.fromkeys((end for end in ends if end > 0), facts)
        if len(found) > MAX_BREAKS:
            state.fault(
                "breaks",
                said("sheet comes to more than {max_breaks} page breaks", max_breaks=MAX_BREAKS),
                said("break less often"),
            )
        made = "".join(f'<brk id="{at}"{found[at]}/>' for at in sorted(found))
        count = f'count="{len(found)}" manualBreakCount="{made.count(MANUAL)}"'
        return Xml(f"<{kind} {count}>{made}</{kind}>" if found else "")

    def widths(_: object) -> Xml:
        here = columns_of(state.sheet)
        spans = sorted(
            (start, end, facts)
            for (first, last), facts in sheets[state.sheet_part].column_widths
            for start, end in here.spread(first, last)
        )
        made = "".join(f'<col min="{start}" max="{end}"{facts}/>' for start, end, facts in spans)
        return Xml(f"<cols>{made}</cols>" if made else "")

    def table_area(found_area: str, name: str, others: int) -> str:
        found = parse_area(found_area)
        if found is None or found.end_row is None or found.end_row - found.row < others:
            state.fault(
                "table", said("table {name} is left without rows", name=name), said("keep one row of it, `if` or not")
            )
        return found_area

    def keep(value: Any, number: int) -> str:
        text = str(value)
        return keep_value(
            text[text.index(">") + 1 : text.rindex("</")] if text.endswith(">") and "</" in text else "", number
        )

    def keep_value(value: Any, number: int) -> str:
        here = layout(state.sheet)
        book = book_of(state)
        known = book.kept[state.sheet_part, book.copy, number]
        column_frame = None if here.columns is None else here.columns.frame
        frame: Frame | None = here.frame
        while frame is not None:  # what spans rows of several loops is seen from the outer one
            known.setdefault((frame, column_frame), value)
            frame = frame.parent
        return ""

    def kept_value(at: Copy, number: int) -> Any:
        book = book_of(state)
        home = sheets[state.sheet_part].home or state.sheet_part
        return book.kept[home, book.copy, number].get((at.frame, at.column_frame))

    def kept(at: Copy, number: int) -> Xml:
        return Xml(str(kept_value(at, number) or "").replace('"', "&quot;"))

    def shape(at: Copy, number: int, last: int) -> int:
        return book_of(state).shape(sheets[state.sheet_part].home or state.sheet_part, number, last, at)

    def control(at: Copy, relation: str, part: str) -> str:
        del at
        book = book_of(state)
        known = book.controls[part]
        is_first = not known
        id = relation if is_first else f"{book.prefix}C{len(known)}_{relation}"
        known.append((copy_name(state.sheet_part, book.copy), id))
        return id

    def drawing(_: object) -> Xml:
        book = book_of(state)
        if not book.pictures.get(copy_name(state.sheet_part, book.copy)):
            return Xml("")
        return Xml(f'<drawing xmlns:r="{R[1:-1]}" r:id="{drawing_relation(book)}"/>')

    def absolute(text: str) -> str:
        return _CELL.sub(lambda found: f"${found[1]}${found[2]}", text)

    def ticked(value: Any) -> bool:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        return not isinstance(value, Hole) and bool(value)

    named: dict[str, Callable[..., Any]] = {
        "_lay_out": lay_out, "_write": write, "_as_copy": as_copy, "_enter": enter, "_leave": leave, "_place": place,
        "_next": next_row, "_column_enter": column_enter, "_column_leave": column_leave, "_column_place": column_place,
        "_columns_begin": columns_begin, "_next_column": next_column, "_columns_end": columns_end,
        "_reference": reference, "_bare": bare, "_area": area, "_merged": merged, "_nearest": nearest,
        "_nearest_column": nearest_column, "_letters": column_letters, "_lower": lower, "_shifted": shifted,
        "_copies": copies, "_from": from_copy, "_breaks": breaks, "_widths": widths, "_table_area": table_area,
        "_as_xml": Xml, "_keep": keep, "_keep_value": keep_value, "_kept_value": kept_value, "_kept": kept,
        "_shape": shape, "_control": control, "_ticked": ticked, "_drawing": drawing, "_absolute": absolute,
        "_copy_number": lambda _: book_of(state).copy,
        "_cell": cell_filter(environment, styles, book.is_1904),
    }  # fmt: skip
    whole = [sheet for sheet in sheets.values() if not sheet.home]
    fixed = [sheet.name for sheet in whole if quoted(sheet.name) not in book.renamed and not sheet.is_looped]
    looped = {sheet.part for sheet in whole if sheet.is_looped}
    environment.filters |= named
    environment.filters |= dict(name_filters(state, fixed, looped))
    environment.filters |= dict(text_filters(environment))
    environment.filters |= dict(list_filters(state))
    environment.filters |= dict(table_filters(state, book.tables))
    environment.globals["_sheet"] = "sheet"


def layout(found: Layout | None) -> Layout:
    """The layout being used; there always is one while a sheet is laid out or written."""
    assert found is not None
    return found


def columns_of(found: Layout | None) -> Layout:
    """The layout of the columns of the sheet being used."""
    columns = layout(found).columns
    assert columns is not None
    return columns

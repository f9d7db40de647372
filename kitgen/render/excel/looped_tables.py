"""Excel tables in looped rows or on looped sheets: each iteration has a table of its own, with a name of its own.

The first keeps its name, the second of `Nilai` is `Nilai_2`. A formula within an iteration that names the table means
its own; from outside, `SUM(Nilai[v])` and its like mean all of them, anything else the first.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kitgen.render.excel.book_state import BookState, book_of
from kitgen.render.excel.formulas import takes_lists
from kitgen.render.excel.layout import Frame, Layout, Span
from kitgen.render.excel.placing import Copy, copies_of
from kitgen.render.tags.state import RenderState

_CALL: Final = re.compile(r"([\w.]+)\((\s*\d+\s*,)*\s*$")


@dataclass(frozen=True, slots=True)
class LoopedTable:
    """Tabel berulang: its name and id in the template, the part of its sheet, and the rows and columns it covers."""

    name: str
    id: int
    part: str
    sheet: str
    rows: Span
    columns: Span
    is_in_rows: bool
    last_id: int
    taken: frozenset[str]

    def name_of(self, number: int) -> str:
        """The name of the table's iteration, counted from 0 over the whole workbook."""
        made = f"{self.name}_{number + 1}" if number else self.name
        while number and made.casefold() in self.taken:
            made += "_"
        return made


def find_table(formula: str, start: int, tables: Mapping[str, LoopedTable]) -> tuple[int, int, str] | None:
    """Where a formula names the next looped table, from a position on: start, end with its brackets, and its key."""
    names = "|".join(re.escape(name) for name in tables)
    for found in re.finditer(rf"(?<![\w.\"]){'(?:' + names + ')'}(?=\[)", formula[start:], re.IGNORECASE):
        begin, end, depth = start + found.start(), start + found.end(), 0
        if formula[:begin].count('"') % 2:  # in a text
            continue
        while end < len(formula):
            depth += {"[": 1, "]": -1}.get(formula[end], 0)
            end += 1
            if not depth:
                return begin, end, found[0].casefold()
    return None


def may_be_listed(before: str, after: str) -> bool:
    """Whether what stands between may be several areas: an argument of `SUM` and its like, or the whole formula."""
    if not before and not after:
        return True
    call = _CALL.search(before)
    return call is not None and after.lstrip()[:1] in (")", ",") and takes_lists(call[1])


def table_filters(state: RenderState, tables: Mapping[str, LoopedTable]) -> Mapping[str, Callable[..., Any]]:
    """What sources call for the names and ids of looped tables; `tables` by their names in lower case."""

    def places(table: LoopedTable) -> list[tuple[int, Copy]]:
        """Every table there is: the copy of the sheet it stands on, and its place."""
        book = book_of(state)
        known = book.tables.get(table.name)
        if known is None:
            known = book.tables[table.name] = [
                (copy, at)
                for copy in range(book.copies.get(table.sheet, 1))
                for at in copies_of(book.layouts[table.sheet, copy], table.rows, table.columns)
            ]
        return known

    def number(table: LoopedTable, frame: Frame) -> int | None:
        """The number of the table an iteration holds, or lies in."""
        found: Frame | None = frame
        while found is not None:
            for index, (copy, at) in enumerate(places(table)):
                if copy == book_of(state).copy and at.frame is found:
                    return index
            found = found.parent
        return None

    def own(at: Any, key: str) -> int:
        here: Layout = state.sheet
        return number(tables[key], at.frame if isinstance(at, Copy) else here.sheet) or 0

    def name(at: Any, key: str) -> str:
        return tables[key].name_of(own(at, key))

    def id(at: Any, key: str) -> int:
        found = own(at, key)
        table = tables[key]
        return table.id if not found else table.last_id + _before(book_of(state), tables, key) + found

    def named(_: object, key: str, rest: str, from_row: bool, is_list: bool) -> str:
        table = tables[key]
        here: Layout | None = state.sheet
        book = book_of(state)
        if here is not None and here is book.layouts.get((table.sheet, book.copy)):
            found = number(table, here.frame if from_row else here.sheet)
            if found is not None:
                return f"{table.name_of(found)}{rest}"
        count = len(places(table)) if is_list else 1
        return ",".join(f"{table.name_of(index)}{rest}" for index in range(count))

    def _before(_book: BookState, known: Mapping[str, LoopedTable], key: str) -> int:
        """How many ids the tables before this one in the workbook may take."""
        total = 0
        for other in known:
            if other == key:
                return total
            total += len(places(known[other]))
        return total

    return {"_table_name": name, "_table_id": id, "_named_table": named}


def names_taken(names: Collection[str]) -> frozenset[str]:
    """Names of tables as they are compared."""
    return frozenset(name.casefold() for name in names)

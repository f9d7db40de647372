"""What the sources that lay sheets out call: they only tell which rows and columns come, in the order they come in."""

from collections.abc import Callable, Mapping
from typing import Any

from kitgen.base.messages import said
from kitgen.render.excel.book_facts import BookFacts
from kitgen.render.excel.book_state import book_of, columns_in_use
from kitgen.render.excel.formulas import MAX_COLUMNS, MAX_ROWS
from kitgen.render.excel.layout import Layout
from kitgen.render.tags.state import RenderState


class SheetLayouts:
    """Tata letak lembar: makes the layout of each sheet, and of each copy of a repeated one, for one rendering.

    It holds what is known of the workbook; what a rendering notes stands in its state (`book_of(state).layouts`, the
    one at work in `state.sheet`). `prefix` begins the ids of relations that are added. Sources call its methods as
    filters of anything, and print what they give: mostly nothing.
    """

    def __init__(self, state: RenderState, facts: BookFacts, prefix: str) -> None:
        self.state = state
        self.facts = facts
        self.prefix = prefix

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The methods by the names sources know them by."""
        return {
            "_lay_out": self.lay_out, "_enter": self.enter, "_leave": self.leave, "_place": self.place,
            "_column_enter": self.column_enter, "_column_leave": self.column_leave,
            "_column_place": self.column_place,
        }  # fmt: skip

    def lay_out(self, _: object, part: str) -> str:
        """A sheet begins, or the next copy of a repeated one. Raises `OutOfBounds` for too many copies."""
        book, sheet = book_of(self.state), self.facts.sheets[part]
        book.prefix = self.prefix
        number = book.number_copy(part) if sheet.is_looped else 0
        found = Layout(sheet.rows)
        if sheet.columns.stretches:
            found.columns = Layout(sheet.columns)
        book.layouts[part, number] = self.state.sheet = found
        return ""

    def enter(self, _: object, loop: int) -> str:
        """An iteration of a loop over rows begins; loops are numbered from 1."""
        self.state.sheet.enter(loop)
        return ""

    def leave(self, _: object) -> str:
        """The iteration ends."""
        self.state.sheet.leave()
        return ""

    def place(self, _: object, row: int, count: int) -> str:
        """The next rows are these of the template; a fault is noted where Excel has no more."""
        if self.state.sheet.place(row, count) > MAX_ROWS:
            self.state.fault(
                "rows",
                said("sheet comes to more than {max_rows} rows", max_rows=MAX_ROWS),
                said("move the loop up, or loop over less"),
            )
        return ""

    def column_enter(self, _: object, loop: int) -> str:
        """An iteration of a loop over columns begins."""
        columns_in_use(self.state).enter(loop)
        return ""

    def column_leave(self, _: object) -> str:
        """The iteration ends."""
        columns_in_use(self.state).leave()
        return ""

    def column_place(self, _: object, column: int, count: int) -> str:
        """The next columns are these of the template; a fault is noted where Excel has no more."""
        if columns_in_use(self.state).place(column, count) > MAX_COLUMNS:
            self.state.fault(
                "columns",
                said("sheet comes to more than {max_columns} columns", max_columns=MAX_COLUMNS),
                said("loop over less"),
            )
        return ""

"""What the sources of a workbook's parts call while they write them, when all rows and columns have been laid out."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from kitgen.base.messages import said
from kitgen.render.excel.book_facts import BookFacts
from kitgen.render.excel.book_state import book_of, columns_in_use, drawing_relation, layout_in_use
from kitgen.render.excel.cell_values import cell_filter
from kitgen.render.excel.formulas import column_letters, column_number
from kitgen.render.excel.looped_tables import table_filters
from kitgen.render.excel.number_formats import Styles
from kitgen.render.excel.placing import copies_of
from kitgen.render.excel.sheet_layouts import SheetLayouts
from kitgen.render.excel.sheet_list import list_filters
from kitgen.render.excel.sheet_names import name_filters, quoted
from kitgen.render.excel.sheet_references import SheetReferences
from kitgen.render.excel.sheet_repeats import SheetRepeats
from kitgen.render.excel.text_filters import text_filters
from kitgen.render.package.copies import copy_name
from kitgen.render.package.xml import R
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.filters import Xml
from kitgen.render.tags.state import RenderState

MAX_BREAKS: Final = 1_026
MANUAL: Final = ' man="1"'


class SheetWriter:
    """Penulis lembar: which part is being written, its rows and columns one after another, and what grows with them.

    It holds what is known of the workbook. What a rendering notes stands in its state: the part and the layout at
    work, which the other filters of a workbook look at, and the number of the copy (`book_of(state)`). Sources call
    its methods as filters of anything.
    """

    def __init__(self, state: RenderState, facts: BookFacts) -> None:
        self.state = state
        self.facts = facts

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The methods by the names sources know them by."""
        return {
            "_write": self.begin, "_as_copy": self.as_copy, "_copy_number": self.copy_number, "_next": self.next_row,
            "_row": self.row, "_columns_begin": self.columns_begin, "_next_columns": self.next_columns,
            "_column": self.column, "_columns_end": self.columns_end,
            "_merged": self.merged, "_breaks": self.breaks, "_widths": self.widths, "_drawing": self.drawing,
        }  # fmt: skip

    def begin(self, _: object, part: str) -> str:
        """A part begins, or the next copy of one within the loop of its sheet."""
        state, sheet = self.state, self.facts.sheets[part]
        book = book_of(state)
        book.copy = book.written[part] if sheet.is_within_loop else 0
        book.of_copy = ""
        book.written[part] += 1
        state.sheet = book.layouts.get((self.facts.home_of(part), book.copy))
        state.sheet_part = part
        state.references = sheet.references
        state.known_references = {}
        if state.sheet is not None:
            state.sheet.begin()
        return ""

    def as_copy(self, _: object, part: str, number: int) -> str:
        """What follows belongs to a copy of a repeated sheet, or again to none (`part` is empty)."""
        book = book_of(self.state)
        book.copy, book.of_copy = number, part
        self.state.sheet = None
        self.state.known_references = {}
        return ""

    def copy_number(self, _: object) -> int:
        """The number of the copy of a sheet that is being written, from 0."""
        return book_of(self.state).copy

    # Rows and columns

    def next_row(self, _: object) -> int:
        """The number of the row that is written next, the first of those that stay together."""
        row: int = self.state.sheet.next()
        return row

    def row(self, _: object, distance: int) -> int:
        """The number of the row so many rows below the last one."""
        self.state.sheet.here += distance
        row: int = self.state.sheet.here
        return row

    def columns_begin(self, _: object) -> str:
        """The first cell of a row comes next."""
        columns_in_use(self.state).begin()
        return ""

    def next_columns(self, _: object, column: int) -> str:
        """The next columns are those from this one of the template on."""
        if not columns_in_use(self.state).next_of(column):
            self._tell_uneven()
        return ""

    def column(self, _: object, distance: int) -> str:
        """The letters of the column so many columns behind the last one."""
        columns = columns_in_use(self.state)
        columns.here += distance
        return column_letters(columns.here)

    def columns_end(self, _: object) -> str:
        """The row has no more cells."""
        if not columns_in_use(self.state).is_done:
            self._tell_uneven()
        return ""

    def _tell_uneven(self) -> None:
        help = said("give this row as many as the row the columns are told by")
        self.state.fault("columns", said("a row has another number of looped columns than the sheet"), help)

    # What grows with them

    def merged(self, _: object) -> Xml:
        """The merged cells of the sheet, each once for each iteration of its rows and columns."""
        here = layout_in_use(self.state)
        cells: list[str] = []
        for merge in self.facts.sheets[self.state.sheet_part].merges:
            columns = column_number(merge.column), column_number(merge.end_column or merge.column)
            for copy in copies_of(here, (merge.row, merge.end_row or merge.row), columns):
                if copy.first != copy.last or copy.left != copy.right:
                    start, end = column_letters(copy.left), column_letters(copy.right)
                    cells.append(f'<mergeCell ref="{start}{copy.first}:{end}{copy.last}"/>')
        return Xml(f'<mergeCells count="{len(cells)}">{"".join(cells)}</mergeCells>' if cells else "")

    def breaks(self, _: object, kind: str) -> Xml:
        """The page breaks of a kind, `rowBreaks` or `colBreaks`; a fault is noted for more than Excel takes."""
        here = layout_in_use(self.state) if kind == "rowBreaks" else columns_in_use(self.state)
        found: dict[int, str] = {}
        for of_kind, at, is_repeated, attributes in self.facts.sheets[self.state.sheet_part].breaks:
            if of_kind == kind:
                ends = [last for _, _, last in here.copies(at, at)] if is_repeated else [here.nearest(at + 1) - 1]
                found |= dict.fromkeys((end for end in ends if end > 0), attributes)
        if len(found) > MAX_BREAKS:
            self.state.fault(
                "breaks",
                said("sheet comes to more than {max_breaks} page breaks", max_breaks=MAX_BREAKS),
                said("break less often"),
            )
        made = "".join(f'<brk id="{at}"{found[at]}/>' for at in sorted(found))
        count = f'count="{len(found)}" manualBreakCount="{made.count(MANUAL)}"'
        return Xml(f"<{kind} {count}>{made}</{kind}>" if found else "")

    def widths(self, _: object) -> Xml:
        """The widths of the columns, wherever they have come to stand."""
        here = columns_in_use(self.state)
        spans = sorted(
            (start, end, attributes)
            for (first, last), attributes in self.facts.sheets[self.state.sheet_part].column_widths
            for start, end in here.spread(first, last)
        )
        made = "".join(f'<col min="{start}" max="{end}"{attributes}/>' for start, end, attributes in spans)
        return Xml(f"<cols>{made}</cols>" if made else "")

    def drawing(self, _: object) -> Xml:
        """The sheet's entry of its drawing, where values put pictures over cells of a sheet that had none."""
        book = book_of(self.state)
        if not book.pictures.get(copy_name(self.state.sheet_part, book.copy)):
            return Xml("")
        return Xml(f'<drawing xmlns:r="{R[1:-1]}" r:id="{drawing_relation(book)}"/>')


def add_sheet_filters(environment: Environment, facts: BookFacts, styles: Styles, prefix: str) -> None:
    """The filters the sources of a workbook use; what they note of one rendering is shared through its state.

    `prefix` begins the ids of relations that are added.
    """
    state = environment.state
    whole = facts.whole_sheets
    fixed = [sheet.name for sheet in whole if quoted(sheet.name) not in facts.renamed and not sheet.is_looped]
    looped = {sheet.part for sheet in whole if sheet.is_looped}
    for filters in (
        SheetLayouts(state, facts, prefix).filters(),
        SheetWriter(state, facts).filters(),
        SheetReferences(state, facts).filters(),
        SheetRepeats(state, facts).filters(),
        {"_cell": cell_filter(environment, styles, facts.is_1904)},
        name_filters(state, fixed, looped),
        text_filters(environment),
        list_filters(state),
        table_filters(state, facts.tables),
    ):
        environment.filters |= dict(filters)
    environment.globals["_sheet"] = "sheet"
    environment.numbers = frozenset(["_n"])
    environment.makers = frozenset(["_cell"])

"""What sources call for references: each is spelled as it has come to lie, seen from where it is written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from kitgen.base.messages import said
from kitgen.render.excel.book_facts import BookFacts
from kitgen.render.excel.book_state import book_of, layout_in_use
from kitgen.render.excel.formulas import Reference, column_letters, parse_area
from kitgen.render.excel.layout import Frame, Layout
from kitgen.render.excel.placing import LOST, area_texts, reference_text, text_by_rows
from kitgen.render.excel.sheet_names import quoted
from kitgen.render.tags.state import RenderState

_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)$")


class SheetReferences:
    """Rujukan: spells the references, areas, rows and columns of the part that is being written.

    It holds what is known of the workbook; which part is being written, which copy of it, and how its rows lie stands
    in the rendering's state (`SheetWriter.begin` puts it there). Sources call its methods as filters.
    """

    def __init__(self, state: RenderState, facts: BookFacts) -> None:
        self.state = state
        self.facts = facts
        self.by_name = {sheet.name.casefold(): sheet.part for sheet in facts.whole_sheets}

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The methods by the names sources know them by."""
        return {
            "_reference": self.reference, "_area": self.area, "_nearest": self.nearest, "_lower": self.lower,
            "_nearest_column": self.nearest_column, "_table_area": self.table_area, "_bare": bare,
            "_shifted": shifted, "_absolute": absolute, "_letters": column_letters,
        }  # fmt: skip

    def reference(self, _: object, number: int) -> str:
        """A reference of a formula, by its number among those of the part; `#REF!` for what was left out.

        One to a repeated sheet may become several, with commas between them, where the formula takes a list.
        """
        known: str | None = self.state.known_references.get(number)
        if known is not None:
            return known
        wanted: Reference
        wanted, seen_from = self.state.references[number]
        here: Layout | None = self.state.sheet
        text = self._text(wanted, seen_from, here)
        if here is None or seen_from is not None or self._reads_alike(wanted, here):
            self.state.known_references[number] = text
        return text

    def _reads_alike(self, wanted: Reference, here: Layout) -> bool:
        """Whether a reference reads the same from every row and column of the part that is being written."""
        if wanted.sheet:
            return self.by_name.get(wanted.sheet_name.casefold()) != self.facts.home_of(self.state.sheet_part)
        return here.columns is None and wanted.is_fixed and (wanted.end_row is None or wanted.end_is_fixed)

    def _text(self, wanted: Reference, seen_from: int | None, here: Layout | None) -> str:
        if not wanted.sheet:
            if here is None:
                return wanted.text(wanted.row, wanted.end_row)
            if here.columns is None:  # most sheets
                frame = here.frame if seen_from is None else here.first_frame(seen_from) if seen_from else here.sheet
                return text_by_rows(wanted, here, frame)
            return reference_text(wanted, here, *_frames(here, seen_from))
        part = self.by_name.get(wanted.sheet_name.casefold(), "")
        if (part, 0) not in book_of(self.state).layouts:
            return self._prefixed(wanted, part, 0).text(wanted.row, wanted.end_row)
        return ",".join(self._in_copy(wanted, part, copy, seen_from) for copy in self._seen_copies(part, wanted))

    def _seen_copies(self, part: str, wanted: Reference) -> range:
        """The copies of a looped sheet a reference means: the own one, for a list of areas all, else the first."""
        book = book_of(self.state)
        count = book.copies.get(part, 1)
        home = self.facts.home_of(self.state.sheet_part)
        if book.copies.get(home, 0) == count or book.of_copy == part:
            return range(book.copy, book.copy + 1)
        return range(count) if wanted.may_list and wanted.end_row is not None else range(1)

    def _in_copy(self, wanted: Reference, part: str, copy: int, seen_from: int | None) -> str:
        other = book_of(self.state).layouts[part, copy]
        found = self._prefixed(wanted, part, copy)
        if other is self.state.sheet:
            return reference_text(found, other, *_frames(other, seen_from))
        return reference_text(found, other, other.sheet, None)

    def _prefixed(self, wanted: Reference, part: str, copy: int) -> Reference:
        """The reference with the name its sheet has now."""
        title = book_of(self.state).titles.get((part, copy))
        return wanted if title is None else replace(wanted, sheet=quoted(title))

    def area(self, _: object, number: int) -> str:
        """A list of areas, by its number among those of the part: each grown, or once for each iteration."""
        written = self.facts.sheets[self.state.sheet_part].areas[number].split()
        here = layout_in_use(self.state)
        return " ".join(text for one in written for text in area_texts(one, here))

    def nearest(self, _: object, row: int, is_end: bool = False) -> int:
        """Where a row of the template first stands (`is_end`: last), or the next one if it was left out."""
        here: Layout | None = self.state.sheet
        return row if here is None else here.nearest(row, is_end=is_end)

    def nearest_column(self, _: object, column: int, is_end: bool = False) -> int:
        """The same of a column."""
        here: Layout | None = self.state.sheet
        columns = None if here is None else here.columns
        return column if columns is None else columns.nearest(column, is_end=is_end)

    def lower(self, _: object, top: int, bottom: int) -> int:
        """The lower one of where two rows stand."""
        return max(self.nearest(_, top), self.nearest(_, bottom))

    def table_area(self, area: str, name: str, others: int) -> str:
        """The area of a table as it is given; a fault is noted if `others`, its headings and totals, are all it has."""
        found = parse_area(area)
        if found is None or found.end_row is None or found.end_row - found.row < others:
            self.state.fault(
                "table", said("table {name} is left without rows", name=name), said("keep one row of it, `if` or not")
            )
        return area


def _frames(other: Layout, seen_from: int | None) -> tuple[Frame, Frame | None]:
    """The iterations, of rows and of columns, a reference is seen from: None is where writing is, 0 the sheet."""
    columns = other.columns
    if seen_from is None:
        return other.frame, None if columns is None else columns.frame
    return other.first_frame(seen_from) if seen_from else other.sheet, None


def bare(text: str) -> str:
    """A reference without its sheet."""
    return text if text == LOST else text.rpartition("!")[2]


def shifted(row: int, distance: int) -> int:
    """A row so many rows away, never above the first."""
    return max(0, row + distance)


def absolute(text: str) -> str:
    """The address of a cell with its signs of dollar."""
    return _CELL.sub(lambda found: f"${found[1]}${found[2]}", text)

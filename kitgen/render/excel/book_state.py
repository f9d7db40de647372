"""What one rendering of a workbook notes as it goes: layouts, copies of sheets, texts kept for later, what is added."""

from bisect import bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kitgen.base.messages import said
from kitgen.render.excel.layout import Frame, Layout
from kitgen.render.excel.placing import Copy
from kitgen.render.tags.filters import OutOfBounds
from kitgen.render.tags.state import RenderState

MOST_SHEETS: Final = 500
Kept = dict[tuple[Frame, Frame | None], Any]


class CellPicture(NamedTuple):
    """A picture to lie over a cell: column and row from 0, its size in EMU, its relation, what it shows."""

    column: int
    row: int
    width: int
    height: int
    relation: str
    alt: str


@dataclass(slots=True)
class BookState:
    """Keadaan buku kerja: of one rendering. Sheets are known by their part and the number of the copy."""

    layouts: dict[tuple[str, int], Layout] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    copy: int = 0
    of_copy: str = ""
    """The repeated sheet whose copy a name of the workbook belongs to, while it is written."""
    written: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    titles: dict[tuple[str, int], str] = field(default_factory=dict)
    kept: dict[tuple[str, int, int], Kept] = field(default_factory=lambda: defaultdict(dict))
    shapes: dict[tuple[str, int], dict[object, int]] = field(default_factory=lambda: defaultdict(dict))
    """Of each sheet: the numbers of repeated shapes, by that of the template and the iteration; those known by it."""
    taken: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    """The numbers given to repeated shapes, in order."""
    controls: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """Of the part of each repeated control: the sheet's part and relation of each time it comes."""
    pictures: dict[str, list[CellPicture]] = field(default_factory=lambda: defaultdict(list))
    media: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, dict[tuple[str, str], str]] = field(default_factory=lambda: defaultdict(dict))
    """Relations to add: of each part, the id by kind and target."""
    date_styles: dict[tuple[int, str], int] = field(default_factory=dict)
    sheet_numbers: int = 0
    tables: dict[str, list[tuple[int, Copy]]] = field(default_factory=dict)
    prefix: str = "rIdKit"

    def number_copy(self, part: str) -> int:
        """The number of the next copy of a looped sheet. Raises `OutOfBounds` for too many."""
        number = self.copies.get(part, 0)
        if number >= MOST_SHEETS:
            raise OutOfBounds(said("more than {most_sheets} sheets", most_sheets=MOST_SHEETS))
        self.copies[part] = number + 1
        return number

    def relation(self, part: str, kind: str, target: str) -> str:
        """The id of a relation of a part; equal ones have one id."""
        known = self.relations[part]
        return known.setdefault((kind, target), f"{self.prefix}L{len(known) + 1}")

    def shape(self, part: str, number: int, last: int, at: Copy) -> int:
        """The number of a repeated shape: that of the template at first, then free ones; the same in all parts."""
        known = self.shapes[part, self.copy]
        key = (number, at.frame, at.column_frame)
        if key not in known:
            taken = self.taken[part, self.copy]
            known[key] = last + 1 + len(taken) - bisect_right(taken, last) if number in known else number
            known[number] = number
            insort(taken, known[key])
        return known[key]


def book_of(state: RenderState) -> BookState:
    """What the rendering that is going on has noted of its workbook."""
    if state.book is None:
        state.book = BookState()
    book: BookState = state.book
    return book


def layout_in_use(state: RenderState) -> Layout:
    """The layout of the sheet that is being laid out or written; there always is one."""
    found: Layout | None = state.sheet
    assert found is not None
    return found


def columns_in_use(state: RenderState) -> Layout:
    """How the columns of that sheet lie; asked only where they are looped."""
    columns = layout_in_use(state).columns
    assert columns is not None
    return columns


def drawing_relation(book: BookState) -> str:
    """The id of the relation to a drawing that a sheet of the template does not have."""
    return f"{book.prefix}D"

"""What the sources of a workbook need besides the values: kept with them, so that they can run another time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kitgen.render.excel.additions import LoopedSheet
from kitgen.render.excel.book_facts import BookFacts
from kitgen.render.excel.cell_values import check_texts
from kitgen.render.excel.number_formats import Styles
from kitgen.render.excel.row_heights import set_heights
from kitgen.render.tags.state import RenderState


@dataclass(frozen=True, slots=True)
class BookNeeds:
    """What the sources of a workbook need to know of it, and what completes each rendering."""

    book: BookFacts
    styles: Styles
    prefix: str
    looped: Sequence[LoopedSheet]
    repeated: Mapping[str, str]
    file: str


def book_repairs(state: RenderState, part: str) -> tuple[Callable[[str], str], ...]:
    """What each rendering of a workbook's part goes through."""
    return set_heights(state, part), check_texts(state)

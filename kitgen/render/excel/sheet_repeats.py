"""What sources call for what comes once in each iteration: its places, and texts worked out in one loop for another."""

from collections.abc import Callable, Mapping
from typing import Any

from kitgen.base.holes import Hole, Missing
from kitgen.render.excel.book_facts import BookFacts
from kitgen.render.excel.book_state import book_of, layout_in_use
from kitgen.render.excel.layout import Frame
from kitgen.render.excel.placing import Copy, copies_of
from kitgen.render.package.copies import copy_name
from kitgen.render.tags.filters import Xml
from kitgen.render.tags.state import RenderState


class SheetRepeats:
    """Pengulangan: gives the places of what is repeated, and keeps values from where they are known for where they go.

    A text that stands outside of the cells, such as that of a note, is worked out in the loop of its cell (`keep`),
    under its number and its iteration, and written where it belongs (`kept`). All of it stands in the state of the
    rendering, known by the part of the sheet (its home) and the number of the copy.
    """

    def __init__(self, state: RenderState, facts: BookFacts) -> None:
        self.state = state
        self.facts = facts

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The methods by the names sources know them by."""
        return {
            "_copies": self.copies, "_from": self.from_copy, "_keep": self.keep, "_keep_value": self.keep_value,
            "_kept_value": self.kept_value, "_kept": self.kept, "_shape": self.shape, "_control": self.control,
            "_ticked": self.ticked, "_as_xml": Xml,
        }  # fmt: skip

    def copies(self, _: object, number: int) -> list[Copy]:
        """Every place of what is repeated, by its number among such of the part, from top to bottom."""
        return copies_of(layout_in_use(self.state), *self.facts.sheets[self.state.sheet_part].copied[number])

    def from_copy(self, copy: Copy) -> str:
        """References are seen from this place now."""
        here = layout_in_use(self.state)
        here.frame = copy.frame
        if here.columns is not None and copy.column_frame is not None:
            here.columns.frame = copy.column_frame
        return ""

    def keep(self, value: Any, number: int) -> str:
        """Keep what stands within the one element a source made; nothing if it made none."""
        text = str(value)
        is_element = text.endswith(">") and "</" in text
        return self.keep_value(text[text.index(">") + 1 : text.rindex("</")] if is_element else "", number)

    def keep_value(self, value: Any, number: int) -> str:
        """Keep a value under its number, for this iteration; for one around it, the first value counts."""
        here = layout_in_use(self.state)
        book = book_of(self.state)
        known = book.kept[self.state.sheet_part, book.copy, number]
        column_frame = None if here.columns is None else here.columns.frame
        frame: Frame | None = here.frame
        while frame is not None:  # what spans rows of several loops is seen from the outer one
            known.setdefault((frame, column_frame), value)
            frame = frame.parent
        return ""

    def kept_value(self, at: Copy, number: int) -> Any:
        """The value that was kept for this place; None if its loop never came by."""
        book = book_of(self.state)
        home = self.facts.home_of(self.state.sheet_part)
        return book.kept[home, book.copy, number].get((at.frame, at.column_frame))

    def kept(self, at: Copy, number: int) -> Xml:
        """The text that was kept for this place, as it may stand in an attribute."""
        return Xml(str(self.kept_value(at, number) or "").replace('"', "&quot;"))

    def shape(self, at: Copy, number: int, last: int) -> int:
        """The number of a repeated shape at this place; `last` is the highest one the template uses."""
        return book_of(self.state).shape(self.facts.home_of(self.state.sheet_part), number, last, at)

    def control(self, at: Copy, relation: str, part: str) -> str:
        """The relation to the next copy of a control's part: that of the template at first, then new ones."""
        del at
        book = book_of(self.state)
        known = book.controls[part]
        id = f"{book.prefix}C{len(known)}_{relation}" if known else relation
        known.append((copy_name(self.state.sheet_part, book.copy), id))
        return id

    def ticked(self, value: Any) -> bool:
        """Whether a value ticks a box; a missing one is noted and does not."""
        if isinstance(value, Missing):
            self.state.missing.add(value.fact)
        return not isinstance(value, Hole) and bool(value)

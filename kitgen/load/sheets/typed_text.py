"""What a cell says where a text is wanted: the text as it was typed, or why that cannot be told.

So formulas, dates and numbers in columns nobody reads do no harm.
"""

import datetime
from dataclasses import dataclass
from typing import Final

from kitgen.base.messages import NOTHING, Message, said
from kitgen.load.sheets.grid import SheetCell

_NOT_TEXT: Final = said("set the cell's format to Text (Teks) and type it again")


@dataclass(frozen=True, slots=True)
class TypedText:
    """Teks sel: what was typed into a cell; with a `fault`, what stands there instead and what to do (`help`)."""

    text: str
    fault: Message = NOTHING
    help: Message = NOTHING


def typed_text(cell: SheetCell) -> TypedText:
    """The text of a cell, empty if nothing stands there; of a whole number its digits."""
    value = cell.value
    if value is None:
        return TypedText("")
    if cell.content == "formula":
        help = said("paste its value instead (Paste Special, Values)")
        return TypedText(str(value), said("formula stands where a text belongs"), help)
    if cell.content == "fault":
        return TypedText(str(value), said("error value stands where a text belongs"), said("write the text itself"))
    if isinstance(value, str):
        return (
            TypedText(value) if cell.is_as_typed else TypedText(value, said("text holds half a character"), _NOT_TEXT)
        )
    if isinstance(value, bool):
        return TypedText("", said("TRUE or FALSE stands where a text belongs"), _NOT_TEXT)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        fault = said("date stands where a text belongs; the program may have made it of what was typed")
        return TypedText("", fault, _NOT_TEXT)
    if cell.is_as_typed:
        return TypedText(str(int(value)))
    fault = said("number stands where a text belongs; how it was typed cannot be told any more (1.10 became 1.1)")
    return TypedText(str(value), fault, _NOT_TEXT)

"""Tells people of an event who stand in two lists, or twice in one: nobody assesses or decides on themselves.

Names are compared by their letters, without titles. Two people may be called alike: it is a doubt, not an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.headings import Headings
from kitgen.load.sheets.list_table import peek_names

_TELL_APART: Final = said("name another person, or tell the two apart in their names if they are two")
_BOTH: Final[dict[tuple[str, str], Message]] = {
    ("asesor", "asesi"): said("the candidate is called as the assessor of row {row}: nobody assesses themselves"),
    ("pemeran", "asesi"): said("the candidate is called as the actor of row {row}, who knows the scenes"),
    ("pleno", "asesi"): said("the candidate is called as row {row} of the plenary: nobody decides on themselves"),
    ("pemeran", "asesor"): said("the assessor is called as the actor of row {row}: nobody plays and watches at once"),
}
"""What is said of a name in the second list that stands in the first."""
_TWICE: Final[dict[str, Message]] = {
    "asesor": said("the same name stands in row {row} of the assessors"),
    "pemeran": said("the same name stands in row {row} of the actors"),
    "pleno": said("the same name stands in row {row} of the plenary"),
}


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """Daftar nama: the names of one list of an event, each with its cell."""

    sheet: str
    cells: Sequence[tuple[str, SheetCell]]


def people_of(sheet: str, grid: Grid | None, headings: Headings) -> NamedPeople:
    """The names of a list, without noting anything; `sheet` is its name in small letters."""
    cells = peek_names(grid, headings) if grid is not None else []
    return NamedPeople(sheet, [(key, cell) for cell in cells if (key := name_key(cell.peek()))])


def name_key(name: str) -> str:
    """What two spellings of a name have in common: its letters, without the titles behind a comma."""
    return "".join(sign for sign in name.partition(",")[0].casefold() if sign.isalnum())


def tell_same_people(lists: Sequence[NamedPeople]) -> None:
    """Note who stands twice in a list, or in two lists that one person must not stand in."""
    first: dict[str, dict[str, SheetCell]] = {}
    for people in lists:
        of_sheet = first.setdefault(people.sheet, {})
        for key, cell in people.cells:
            before = of_sheet.setdefault(key, cell)
            if before is not cell and people.sheet in _TWICE:
                cell.warning(_TWICE[people.sheet].about(row=before.row), _TELL_APART)
    for (sheet, other), message in _BOTH.items():
        for key, cell in _shared(first.get(sheet, {}), first.get(other, {})):
            first[other][key].warning(message.about(row=cell.row), _TELL_APART)


def _shared(one: dict[str, SheetCell], other: dict[str, SheetCell]) -> Iterator[tuple[str, SheetCell]]:
    yield from ((key, cell) for key, cell in one.items() if key in other)

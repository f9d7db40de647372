"""Reads the name of a person, the one cell without which a row cannot be kept."""

from typing import Final

from kitgen.base.messages import said
from kitgen.load.sheets.list_table import ListRow, ListTable

LONGEST_NAME: Final = 120
_NO_NAMES: Final = frozenset({"n/a", "nihil", "kosong", "tidak ada", "belum ada"})
"""Words people type into a cell that is to stay empty, perhaps in brackets."""
_SIGNS: Final = frozenset("-.–—_/*?…")
"""Signs they type there, one or several."""
_TYPE_NAME: Final = said("type the name into the cell")
_AS_TEXT: Final = said("format the column as text, then type the cell anew")


def read_name(table: ListTable, row: ListRow) -> str | None:
    """The name as typed, but for blanks at its ends; None if there is none, and the row is told as dropped."""
    cell = row["name"]
    place = table.grid.place(row.number, table.columns["name"])
    if cell.content != "value":
        what = said("a formula, which is never worked out") if cell.content == "formula" else said("an error of Excel")
        cell.error(said("the name is {what}; without a name the row is dropped", what=what), _TYPE_NAME)
        return None
    name = cell.text(said("the name"), keep_blanks=True)
    if name is None:
        table.grid.findings.error(said("the row has no name; it is dropped"), place, _TYPE_NAME)
        return None
    if _is_mark(name):
        cell.error(said("the name is only a mark for an empty cell"), said("type the name, or delete the row"))
    elif not isinstance(cell.value, str | int | float) or isinstance(cell.value, bool):
        cell.error(said("the name is a date, or TRUE or FALSE, as Excel made it of what was typed"), _AS_TEXT)
    elif cell.is_number:
        cell.warning(said("the name is a number; it is printed all the same"), _TYPE_NAME)
    elif name.startswith("="):
        cell.warning(said("the name begins with =, as formulas do; it is printed as text"), _TYPE_NAME)
    if len(name) > LONGEST_NAME:
        cell.warning(
            said(
                "the name is longer than {longest_name} characters; it is printed all the same",
                longest_name=LONGEST_NAME,
            ),
            said("check it, and look at the pages it stands on"),
        )
    return name


def _is_mark(name: str) -> bool:
    return name.casefold().strip("()[] ") in _NO_NAMES or set(name) <= _SIGNS


def without_signatures(table: ListTable) -> tuple[ListRow, ...]:
    """The rows of a table without what stands below the list and is no part of it: place and date, who signs.

    Told by an empty row above it and by nothing but a name in its rows. Elsewhere a name alone is told, and kept.
    """
    lone = [_is_lone(table, row) for row in table.rows]
    if all(lone):
        return table.rows
    end = len(lone) - next((at for at, alone in enumerate(reversed(lone)) if not alone), 0)
    gaps = (at for at in range(end, len(lone)) if table.rows[at].number - 1 not in table.grid.rows)
    below = next(gaps, len(lone))
    for at, row in enumerate(table.rows):
        if not lone[at]:
            continue
        if at >= below:
            row["name"].error(
                said("only a name stands in this row, below the list; it is taken for a signature, not for a person"),
                said("move it to another sheet; of a person fill in the other columns"),
            )
        else:
            row["name"].warning(said("only a name stands in this row"), said("fill in the other columns, or delete it"))
    return table.rows[:below]


def _is_lone(table: ListTable, row: ListRow) -> bool:
    return "name" in row.cells and len(table.grid.rows.get(row.number, {})) == 1

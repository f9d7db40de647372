"""Reads the name of a person, the one cell without which a row cannot be kept."""

from typing import Final

from kitgen.base.messages import said
from kitgen.load.sheets.list_table import ListRow, ListTable

LONGEST_NAME: Final = 120
_TYPE_NAME: Final = said("type the name into the cell")


def read_name(table: ListTable, row: ListRow) -> str | None:
    """The name as typed, but for blanks at its ends; None if there is none, and the row is told as dropped."""
    cell = row["name"]
    place = table.grid.place(row.number, table.columns["name"])
    if cell.content != "value":
        what = said("a formula, which is never worked out") if cell.content == "formula" else said("an error of Excel")
        cell.error(said("the name is {what}; without a name the row is dropped", what=what), _TYPE_NAME)
        return None
    name = cell.text("the name", keep_blanks=True)
    if name is None:
        table.grid.findings.error(said("the row has no name; it is dropped"), place, _TYPE_NAME)
        return None
    if cell.is_number:
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

"""Reads the sheets Ruang and Pemeran: where an event takes place, who plays customers. Old workbooks have neither."""

import re
from typing import Final, cast

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.event.columns import ACTOR_HEADINGS, ROOM_HEADINGS
from kitgen.load.sheets.cell_values import read_choice, read_number
from kitgen.load.sheets.grid import Grid
from kitgen.load.sheets.headings import Headings
from kitgen.load.sheets.list_table import ListRow, ListTable, find_table
from kitgen.model.event import ROOM_USES, EventActor, Room, RoomUse

_USES: Final = {use: use for use in ROOM_USES} | {"kerja": "kerja meja", "menunggu": "tunggu", "tes tertulis": "tes"}


def read_rooms(grid: Grid | None) -> tuple[Room, ...]:
    """The rooms of the sheet Ruang, in its order; one whose use cannot be read is left out and told."""
    found: list[Room] = []
    table = _table(grid, ROOM_HEADINGS)
    for row in table.rows if table is not None else ():
        name = row["name"].text(ROOM_HEADINGS.columns["name"].heading)
        heading = ROOM_HEADINGS.columns["use"].heading
        if name is None:
            _tell_nameless(row)
            continue
        if row["use"].is_empty:
            row["name"].error(
                said("it is not said what the room is for; it is left out"),
                said("write one of: {uses}", uses=", ".join(ROOM_USES)),
            )
        elif (use := read_choice(row["use"], heading, _USES)) is not None:
            seats = read_number(row["seats"], ROOM_HEADINGS.columns["seats"].heading, 1, 9_999) or 0
            found.append(Room(name, cast(RoomUse, use), seats))
    return tuple(found)


def read_actors(grid: Grid | None, known: tuple[str, ...] | None) -> tuple[EventActor, ...]:
    """The actors of the sheet Pemeran; scenarios the edition does not have are left out and told."""
    found: list[EventActor] = []
    table = _table(grid, ACTOR_HEADINGS)
    ids = {id.casefold(): id for id in known or ()}
    for row in table.rows if table is not None else ():
        name = row["name"].text(ACTOR_HEADINGS.columns["name"].heading)
        if name is None:
            _tell_nameless(row)
            continue
        cell = row["scenarios"]
        text = cell.text(ACTOR_HEADINGS.columns["scenarios"].heading) or ""
        words = [word for word in re.split(r"[,;\s]+", text) if word]
        wrong = [word for word in words if known is not None and word.casefold() not in ids]
        if wrong and len(wrong) == len(words):
            cell.error(
                said("the edition has none of these scenarios; the actor is left out"),
                said("known: {known}", known=", ".join(ids.values())),
            )
            continue
        if wrong:
            cell.error(
                said("the edition has no such scenario; that part is left out"),
                said("known: {known}", known=", ".join(ids.values())),
            )
        played = tuple(ids[word.casefold()] for word in words if word.casefold() in ids)
        found.append(EventActor(len(found) + 1, name, played))
    return tuple(found)


def _tell_nameless(row: ListRow) -> None:
    """Note a row that says something of a room, or of an actor, and not of which; one that is empty says nothing."""
    if row["name"].content == "value" and any(key != "number" for key in row.cells):
        row.grid.findings.error(
            said("the row has no name; it is dropped"), row.grid.place(row.number), said("type the name into the cell")
        )


def _table(grid: Grid | None, headings: Headings) -> ListTable | None:
    """The table of a sheet that may be missing, or empty."""
    return find_table(grid, headings) if grid is not None and grid.rows else None


def tell_repeated(rooms: tuple[Room, ...], grid: Grid | None, findings: Findings) -> None:
    """Note rooms that have the same name: people could not tell which is meant."""
    names = [room.name.casefold() for room in rooms]
    if grid is not None and len(set(names)) < len(names):
        findings.warning(
            said("two rooms of the sheet Ruang have the same name"), grid.whole, said("tell them apart in their names")
        )

"""Finds the table in a sheet people keep: its row of headings, wherever that stands, and the rows below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.base.messages import said
from kitgen.load.sheets.grid import Grid, SheetCell, column_letters
from kitgen.load.sheets.headings import EXAMPLE_MARK, Column, Headings

_LOOKED_AT: Final = 40
"""So many filled rows are looked at for headings."""
_TELLING: Final = 3
"""So many cells of a row that say what the example says show that it is the example."""
_OF_ONE_ROW: Final = frozenset({
    "number", "name", "identity_number", "birth", "birth_date", "email", "registration", "phone", "phone_mobile",
})  # fmt: skip
"""What is one person's: merged over several rows it belongs to the first."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """Baris daftar: the cells of one row by the keys of their columns."""

    grid: Grid
    number: int
    cells: Mapping[str, SheetCell]

    def __getitem__(self, key: str) -> SheetCell:
        return self.cells.get(key) or SheetCell(self.grid, self.number, 0, None)


@dataclass(frozen=True, slots=True)
class ListTable:
    """Tabel daftar: the columns that were found, with the headings as written, and the rows that hold something."""

    grid: Grid
    columns: Mapping[str, int]
    written: Mapping[str, str]
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """One or two rows of headings: the last of them, what each column means (None: unknown), and how it is written."""

    last_row: int
    found: Mapping[int, Column | None]
    written: Mapping[int, str]

    @property
    def keys(self) -> set[str]:
        return {column.key for column in self.found.values() if column is not None}


def find_table(grid: Grid, headings: Headings) -> ListTable | None:
    """The table of a sheet, or None if no row shows the heading of a name. Notes what is odd about its columns."""
    head = _head_of(grid, headings)
    if head is None:
        return None
    columns, written = _columns(grid, headings, head)
    spread, own = _merged(grid, head, columns)
    by_column = {column: key for key, column in columns.items()}
    rows: list[ListRow] = []
    for number, cells in _records(grid, headings, head, by_column):
        rows.append(ListRow(grid, number, {**spread.get(number, {}), **cells}))
    _tell_typed_over(grid, headings, head, by_column)
    _tell_hidden(grid, columns, [row.number for row in rows])
    _tell_merged(own, {row.number for row in rows})
    return ListTable(grid, columns, written, tuple(rows))


def _records(
    grid: Grid, headings: Headings, head: _Head, by_column: Mapping[int, str]
) -> Iterator[tuple[int, dict[str, SheetCell]]]:
    """The rows below the headings that say more than a number, with what they say in known columns."""
    for number, row in grid.filled():
        if number > head.last_row:
            cells = {by_column[column]: cell for column, cell in row.items() if column in by_column}
            if any(key != "number" for key in cells) and not _is_no_record(cells, headings, number - head.last_row):
                yield number, cells


def count_rows(grid: Grid, headings: Headings) -> int:
    """How many rows the table of a sheet has, without noting anything; 0 if there is no table."""
    head = _head_of(grid, headings)
    if head is None:
        return 0
    by_column = {column: known.key for column, known in head.found.items() if known is not None}
    return sum(1 for _ in _records(grid, headings, head, by_column))


def peek_names(grid: Grid, headings: Headings) -> list[SheetCell]:
    """The cells of the names in the table of a sheet, without noting anything; none if there is no table."""
    head = _head_of(grid, headings)
    if head is None:
        return []
    by_column = {column: known.key for column, known in head.found.items() if known is not None}
    return [cells["name"] for _, cells in _records(grid, headings, head, by_column) if "name" in cells]


def count_headings(grid: Grid, headings: Headings) -> int:
    """How many known columns the table of a sheet shows; 0 if there is none."""
    head = _head_of(grid, headings)
    return 0 if head is None else len(head.keys)


def _head_of(grid: Grid, headings: Headings) -> _Head | None:
    best: _Head | None = None
    for count, (number, _) in enumerate(grid.filled()):
        if count >= _LOOKED_AT:
            break
        for head in (_read_head(grid, headings, number, number), _read_head(grid, headings, number, number + 1)):
            if "name" in head.keys and (best is None or len(head.keys) > len(best.keys)):
                best = head
    return best


def _read_head(grid: Grid, headings: Headings, upper: int, lower: int) -> _Head:
    texts = {row: {column: cell.peek() for column, cell in grid.rows.get(row, {}).items()} for row in (upper, lower)}
    for merge in grid.merges:  # a heading over several columns stands above each of them
        text = texts[upper].get(merge.first_column)
        if merge.first_row == upper and text:
            for column in range(merge.first_column, min(merge.last_column, merge.first_column + 50) + 1):
                texts[upper].setdefault(column, text)
    found: dict[int, Column | None] = {}
    written: dict[int, str] = {}
    for column in sorted(texts[upper].keys() | texts[lower].keys()):
        above, below = texts[upper].get(column, ""), texts[lower].get(column, "") if lower != upper else ""
        choices = [text for text in ((f"{above} {below}", below, above) if below else (above,)) if text.strip()]
        found[column] = next((known for text in choices if (known := headings.find(text))), None)
        written[column] = choices[0] if choices else ""
    return _Head(lower, found, written)


def _columns(grid: Grid, headings: Headings, head: _Head) -> tuple[dict[str, int], dict[str, str]]:
    """Where each known column stands; columns that are not known, or stand there twice, are told if they hold data."""
    columns: dict[str, int] = {}
    used = {column for row, cells in grid.rows.items() if row > head.last_row for column in cells}
    for column, known in head.found.items():
        place = grid.cell(head.last_row if grid.cell(head.last_row, column).value else head.last_row - 1, column)
        if known is not None and known.key not in columns:
            columns[known.key] = column
        elif known is not None:
            place.warning(
                said("a second column is headed `{heading}`; it is not read", heading=known.heading),
                said("keep one of the two"),
            )
        elif column in used and head.written[column]:
            place.warning(
                said("the heading of this column is not known; it is not read"), headings.near(head.written[column])
            )
    return columns, {key: head.written[column] for key, column in columns.items()}


def _merged(
    grid: Grid, head: _Head, columns: Mapping[str, int]
) -> tuple[dict[int, dict[str, SheetCell]], list[tuple[SheetCell, str, set[int], bool]]]:
    """What merged cells say for the rows they cover, by row and key; and each of them with its area, for telling."""
    by_column = {column: key for key, column in columns.items()}
    spread: dict[int, dict[str, SheetCell]] = {}
    told: list[tuple[SheetCell, str, set[int], bool]] = []
    for merge in grid.merges:
        anchor = grid.cell(merge.first_row, merge.first_column)
        key = by_column.get(merge.first_column)
        if merge.first_row <= head.last_row or key is None or anchor.is_empty:
            continue
        last = min(merge.last_row, max(grid.rows))
        is_shared = key not in _OF_ONE_ROW and last > merge.first_row
        if is_shared:
            for row in range(merge.first_row + 1, last + 1):
                spread.setdefault(row, {})[key] = anchor
        letters = column_letters(merge.first_column), column_letters(merge.last_column)
        area = f"{letters[0]}{merge.first_row}:{letters[1]}{merge.last_row}"
        told.append((anchor, area, set(range(merge.first_row, last + 1)), is_shared))
    return spread, told


def _tell_merged(merged: list[tuple[SheetCell, str, set[int], bool]], rows: set[int]) -> None:
    for anchor, area, covered, is_shared in merged:
        if covered & rows:
            what = said("is taken for each of these rows") if is_shared else said("is taken for its first cell only")
            anchor.warning(
                said("cells {area} are merged; what stands there {what}", area=area, what=what),
                said("take the merge apart to be sure"),
            )


def _is_no_record(cells: Mapping[str, SheetCell], headings: Headings, below: int) -> bool:
    """Whether a row is the example, a heading repeated on another page, or the row that numbers the columns."""
    texts = {key: cell.peek() for key, cell in cells.items()}
    if _is_marked(texts.get("number", "")) or _is_example(texts, headings):
        return True
    same = sum((found := headings.find(text)) is not None and found.key == key for key, text in texts.items())
    if same >= 2 and same * 2 > len(texts):
        return True
    numbers = [text.strip("()") for text in texts.values()]
    return below == 1 and len(numbers) >= 4 and all(text.isdecimal() and len(text) <= 2 for text in numbers)


def _is_marked(number: str) -> bool:
    """Whether the column No says that the row is none of the list."""
    return number.casefold().startswith((EXAMPLE_MARK.casefold(), "petunjuk"))


def _is_example(texts: Mapping[str, str], headings: Headings) -> bool:
    """Whether a row says what the example says, so that it is known without its mark, too."""
    known = {key: column.example for key, column in headings.columns.items() if column.example}
    same = sum(texts[key] == known.get(key) for key in texts)
    return texts.get("name") == known.get("name") and same >= _TELLING


def _tell_typed_over(grid: Grid, headings: Headings, head: _Head, by_column: Mapping[int, str]) -> None:
    """Tell of a person who was typed into the row of the example, whose mark still keeps it from being read."""
    example = headings.columns["name"].example
    for number, row in grid.filled():
        cells = {by_column[column]: cell for column, cell in row.items() if column in by_column}
        if number <= head.last_row or "name" not in cells or "number" not in cells or not example:
            continue
        if cells["number"].peek().casefold() == EXAMPLE_MARK.casefold() and cells["name"].peek() != example:
            cells["number"].error(
                said("the row is marked as the example, and holds somebody; it is not read"),
                said("write a number into the column No, or delete the row"),
            )


def _tell_hidden(grid: Grid, columns: Mapping[str, int], rows: list[int]) -> None:
    if grid.is_hidden and rows:
        grid.findings.warning(said("the sheet is hidden; it is read all the same"), grid.whole)
    for row in sorted(set(grid.hidden_rows) & set(rows)):
        grid.findings.warning(
            said("the row is hidden; it is read all the same"), grid.place(row), said("show it, or delete it")
        )
    for key, column in _hidden(grid, columns):
        used = next((row for row in rows if not grid.cell(row, column).is_empty), None)
        if used is not None:
            place = grid.place(used, column)
            grid.findings.warning(
                said(
                    "column {column_letters} is hidden; it is read all the same", column_letters=column_letters(column)
                ),
                place,
                said("show it: it is the column of `{key}`", key=key),
            )


def _hidden(grid: Grid, columns: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    yield from ((key, column) for key, column in columns.items() if column in grid.hidden_columns)

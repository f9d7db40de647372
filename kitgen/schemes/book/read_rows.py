"""From the rows of a table back to the data: every value with its cell, every cell that says nothing told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kitgen.base.errors import Place, did_you_mean
from kitgen.base.messages import said
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.text_rows import RowReader, has_text, plain
from kitgen.load.sheets.typed_text import typed_text
from kitgen.load.yaml.reshape import Tree, is_nothing
from kitgen.schemes.book.cells import put_at, read_value, value_at
from kitgen.schemes.book.layout import Column, FactLines, Level, Table

Path = tuple[str | int, ...]


@dataclass(slots=True)
class ReadFile:
    """What the sheets say of one file: its data, the cell of each value, and what grey cells said (`shown`)."""

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    shown: list[tuple[Column, Mapping[str, Tree], Place, str]] = field(default_factory=list)

    def note(self, path: Path, place: Place) -> None:
        """The cell of a value; the first one stays."""
        self.places.setdefault(path, place)


def parts_of(key: str) -> Path:
    """A key with dots as a path."""
    return tuple(int(part) if part.isdigit() else part for part in key.split("."))


def read_facts(facts: FactLines, grid: Grid, rows: Iterable[int], into: ReadFile) -> None:
    """A line for each fact: what it is in the first column, its value in the second."""
    known = {plain(column.heading): column for column in facts.columns}
    for row in rows:
        label = typed_text(grid.cell(row, 1)).text
        column = known.pop(plain(label), None)
        if column is None:
            if label.strip() or not grid.cell(row, 2).is_empty:
                _first_cell(grid, row).warning(
                    said("line `{label}` is not read", label=" ".join(label.split())),
                    did_you_mean(label, [each.heading for each in facts.columns]),
                )
            continue
        reader = RowReader(grid, row, {column.heading: 2})
        put_at(into.tree, column.key, read_value(reader, column))
        into.note(parts_of(column.key), reader.place(column.heading))
        _tell_strangers(grid, row, {1, 2, 3})


def read_table(table: Table, grid: Grid, rows: Sequence[int], into: ReadFile) -> None:
    """The rows of a table, below its row of headings."""
    headings = [column.heading for column in table.columns]
    at = next((place for place, row in enumerate(rows) if has_text(grid.rows[row], headings[0])), None)
    if at is None:
        grid.findings.error(said("sheet has no column `{headings}`", headings=headings[0]), grid.whole)
        return
    columns = _columns(table, grid, rows[at])
    needed = {column.heading for level in table.levels for column in level.columns if column.key in level.ids}
    missing = [heading for heading in headings if heading not in columns]
    for heading in missing:
        message = said("column `{heading}` is missing", heading=heading)
        if heading in needed:
            _first_cell(grid, rows[at]).error(message, said("write it above its column again"))
        else:
            _first_cell(grid, rows[at]).warning(message, said("what it held stays as it is"))
    if needed & set(missing):
        return
    filling = _Filling(table, into, columns)
    for row in rows[at + 1 :]:
        filling.take(RowReader(grid, row, columns))
        _tell_strangers(grid, row, set(columns.values()) | filling.cells)
    filling.finish()


def _first_cell(grid: Grid, row: int) -> SheetCell:
    return next(cell for _, cell in sorted(grid.rows[row].items()))


def _columns(table: Table, grid: Grid, head: int) -> dict[str, int]:
    known = {plain(column.heading): column.heading for column in table.columns}
    numbered = table.levels[-1].cells
    columns: dict[str, int] = {}
    for number, cell in sorted(grid.rows[head].items()):
        text = typed_text(cell).text
        heading = known.get(plain(text))
        if heading is None and numbered and plain(text).startswith(plain(numbered)):
            heading = f"{numbered} {len([each for each in columns if each.startswith(numbered)]) + 1}"
        if heading is None and text.strip():
            cell.warning(said("column `{split}` is not read", split=" ".join(text.split())))
        elif heading in columns:
            cell.error(said("column `{heading}` stands twice", heading=heading))
        elif heading is not None:
            columns[heading] = number
    return columns


def _tell_strangers(grid: Grid, row: int, read: set[int]) -> None:
    """Cells beside what is read: nothing a person typed is passed over without a word."""
    for number, cell in sorted(grid.rows[row].items()):
        if number not in read:
            grid.findings.warning(
                said("cell is not read: it stands beside the table"), cell.shown(typed_text(cell).text),
                said("move it into a column of the table, or take it out"),
            )  # fmt: skip


@dataclass(slots=True)
class _Filling:
    """The items rows have made so far; `last` are those of the row above, by level."""

    table: Table
    into: ReadFile
    columns: Mapping[str, int]
    last: dict[int, tuple[dict[str, Any], Path]] = field(default_factory=dict)

    @property
    def cells(self) -> set[int]:
        """The columns of lists of cells, which any number of columns may follow."""
        name = self.table.levels[-1].cells
        return {number for heading, number in self.columns.items() if name and heading.startswith(f"{name} ")}

    def take(self, row: RowReader) -> None:
        """One row: its items found or made, its values put in."""
        if row.is_empty:
            return
        values = [self._values(level, row) for level in self.table.levels]
        if all(is_nothing(value) for held in values for value in held.values()) and not self._cells(row):
            return  # only grey cells, or faults that are told
        for level in self.table.levels:
            self._shown(values, row, level)
        leaf_says = self._leaf_says(values[-1], row)
        holder: dict[str, Any] = self.into.tree
        path: Path = ()
        for depth, level in enumerate(self.table.levels):
            is_leaf = depth == len(self.table.levels) - 1
            if is_leaf and (level.cells or not (leaf_says or level.is_reference)):
                if level.cells:
                    self._append_cells(holder, path, level, row)
                return
            found = self._item(depth, level, values[depth], holder, path, row, is_leaf, leaf_says)
            if found is None:
                return
            self._put(level, values[depth], *found, row, is_leaf)
            holder, path = found

    def finish(self) -> None:
        """Lists no row spoke of are there, and empty: what the table does not say any more goes."""
        holders: list[Tree] = [self.into.tree]
        for level in self.table.levels:
            after: list[Tree] = []
            for holder in holders:
                if value_at(holder, level.key) is None:
                    put_at(holder, level.key, {} if level.is_keyed else [])
                held = value_at(holder, level.key)
                after += [
                    each for each in (held.values() if isinstance(held, dict) else held) if isinstance(each, dict)
                ]
            holders = after

    def _values(self, level: Level, row: RowReader) -> dict[str, Tree]:
        found = {column.key: read_value(row, column) for column in level.columns if self._is_read(column)}
        return {**dict.fromkeys(level.ids, ""), **found}

    def _is_read(self, column: Column) -> bool:
        return not column.shown and column.heading in self.columns

    def _leaf_says(self, values: Mapping[str, Tree], row: RowReader) -> bool:
        level = self.table.levels[-1]
        if level.cells:
            return True
        quiet = level.ids if self.table.listed else ()
        return any((value == [] and column.kind == "numbers") or not is_nothing(value)
                   for column in level.columns if (value := values.get(column.key)) is not None
                   and column.key not in quiet)  # fmt: skip

    def _cells(self, row: RowReader) -> list[str]:
        return [row.text(heading) for heading, number in self.columns.items() if number in self.cells]

    def _item(
        self, depth: int, level: Level, values: Mapping[str, Tree], holder: dict[str, Any], path: Path, row: RowReader,
        is_leaf: bool, leaf_says: bool,
    ) -> tuple[dict[str, Any], Path] | None:  # fmt: skip
        here = path + parts_of(level.key)
        if value_at(holder, level.key) is None:
            put_at(holder, level.key, {} if level.is_keyed else [])
        held = value_at(holder, level.key)
        ids = {key: values[key] for key in level.ids}
        first = next(column for column in level.columns if not column.shown)
        if level.is_keyed:
            name = str(ids["@"] or "")
            if not name:
                row.error(first.heading, said("`{heading}` is empty", heading=first.heading))
                return None
            return held.setdefault(name, {}), (*here, name)
        if is_leaf and not level.is_reference:
            held.append({})
            return held[-1], (*here, len(held) - 1)
        if all(is_nothing(value) for value in ids.values()):
            if depth in self.last and self.last[depth][0] in held:
                return self.last[depth]
            row.error(first.heading, said("`{heading}` is empty", heading=first.heading))
            return None
        for place, item in enumerate(held):
            if all(_same(item.get(key), value) for key, value in ids.items()):
                self.last[depth] = (item, (*here, place))
                return self.last[depth]
        if level.is_reference:
            name = ", ".join(str(value) for value in ids.values())
            row.error(
                first.heading, said("`{name}` stands in no row of the table it belongs to", name=name),
                did_you_mean(name, [str(item.get(level.ids[0])) for item in held]),
            )  # fmt: skip
            return None
        own = any(not is_nothing(value) for key, value in values.items() if key not in level.ids)
        if self.table.listed and not leaf_says and not own:
            return None
        held.append({})
        self.last[depth] = (held[-1], (*here, len(held) - 1))
        return self.last[depth]

    def _put(
        self, level: Level, values: Mapping[str, Tree], item: dict[str, Any], path: Path, row: RowReader, is_leaf: bool
    ) -> None:
        is_shared = not is_leaf
        for column in level.columns:
            if not self._is_read(column) or column.key == "@" or (level.is_reference and column.key in level.ids):
                continue
            value, place = values[column.key], row.place(column.heading)
            at = path + parts_of(column.key)
            before = value_at(item, column.key)
            if is_shared and is_nothing(value):
                if before is None:
                    put_at(item, column.key, value)
                    self.into.note(at, place)
                continue
            if is_shared and not is_nothing(before) and not _same(before, value):
                row.error(
                    column.heading,
                    said("`{value}` differs from what the row above says: {before}", value=value, before=before),
                    said("write it once, in the first row"),
                )
                continue
            put_at(item, column.key, value)
            if is_nothing(before) and not is_nothing(value):
                self.into.places[at] = place
            self.into.note(at, place)
        first = next(column for column in level.columns if not column.shown)
        if first.heading in self.columns:
            self.into.note(path, row.place(first.heading))

    def _append_cells(self, holder: dict[str, Any], path: Path, level: Level, row: RowReader) -> None:
        held = value_at(holder, level.key)
        if held is None:
            put_at(holder, level.key, [])
            held = value_at(holder, level.key)
        cells = self._cells(row)
        count = len(value_at(holder, "columns") or ())
        while len(cells) > count and not cells[-1]:
            cells.pop()
        cells += [""] * (count - len(cells))
        held.append(cells)
        self.into.note((*path, *parts_of(level.key), len(held) - 1), row.place(next(iter(self.columns))))

    def _shown(self, values: Sequence[Mapping[str, Tree]], row: RowReader, level: Level) -> None:
        told = {key: value for held in values for key, value in held.items()}
        for column in level.columns:
            if column.shown and column.heading in self.columns and (text := row.text(column.heading)):
                self.into.shown.append((column, told, row.place(column.heading), text))


def _same(one: Tree, other: Tree) -> bool:
    return str(one if one is not None else "") == str(other if other is not None else "")

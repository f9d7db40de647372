"""Looped columns of a sheet: `{%tc for %}` and `{%tc endfor %}`, in columns of their own, repeat those between them.

The columns of a sheet are those of all its rows. The first row that has the tags says how often they come; a row with
tags of its own in these columns may loop over another list of the same length.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.formulas import MAX_COLUMNS, column_letters
from kitgen.render.excel.layout import Rows, Stretch
from kitgen.render.excel.reference_tokens import OWN, S, Sheet, Slots
from kitgen.render.excel.sheet_cells import cell_text, column_of
from kitgen.render.package.xml import Element
from kitgen.render.tags.marks import stand_in
from kitgen.render.tags.tags import Tag, find_tags

ColumnTags = Mapping[int, Mapping[int, Tag]]
"""The tags of columns, by column and row."""


def is_column_tag(tag: Tag) -> bool:
    """Whether a tag takes the place of its column."""
    return tag.lift == "tc" and tag.kind != "value"


def read_columns(sheet: Sheet, data: Element, strings: Sequence[Element]) -> ColumnTags:
    """Find the columns that are tags, and the loops around all others; gives every tag by its column and row."""
    if not sheet.has_column_tags:
        return {}
    tags: dict[int, dict[int, Tag]] = defaultdict(dict)
    content: dict[int, str] = {}
    last = 0
    for row in data:
        for cell in row:
            column = column_of(cell.get("r") or "")
            last = max(last, column)
            text = cell_text(cell, strings)
            found = [tag for tag in find_tags(text) if isinstance(tag, Tag) and tag.lift and tag.kind != "value"]
            if found and is_column_tag(found[0]):
                tags[column][int(row.get("r") or 0)] = found[0]
                if text.strip() != found[0].written:
                    content.setdefault(column, cell.get("r") or "")
            elif not found and (text.strip() or cell.find(f"{S}v") is not None or cell.find(f"{S}f") is not None):
                content.setdefault(column, cell.get("r") or "")
    if not tags:
        return {}
    for column in sorted(tags.keys() & content.keys()):
        tag = next(iter(tags[column].values()))
        sheet.findings.error(
            said(
                "`{written}` takes the place of its whole column, but something else stands in it", written=tag.written
            ),
            sheet.place(content[column], tag.written),
            said("move it to a column of its own"),
        )
    _lay_columns(sheet, tags, last)
    return tags


def _lay_columns(sheet: Sheet, tags: ColumnTags, last: int) -> None:
    loops: list[int] = []
    opened: list[str] = []
    stretches: list[Stretch] = []
    number = 0
    is_within = False
    for column in range(1, last + 1):
        if column not in tags:
            if is_within:
                stretches[-1] = replace(stretches[-1], count=stretches[-1].count + 1)
                sheet.column_nodes[-1] = stretches[-1], sheet.place()
                continue
            is_within = True
            stretches.append(Stretch(column, 1, tuple(loops)))
            sheet.column_nodes.append((stretches[-1], sheet.place()))
            continue
        is_within = False
        row, tag = _telling(sheet, tags[column])
        place = sheet.place(f"{column_letters(column)}{row}", tag.written)
        if any(other.name != tag.name for other in tags[column].values()):
            sheet.findings.error(
                said("the tags of one column differ"), place, said("let each column of tags hold one kind of them")
            )
        if tag.name == "else" and opened and opened[-1] == "for":
            sheet.findings.error(
                said("a loop over columns has no `else`: over an empty list it gives one blank column"),
                place,
                said("put `{%tc if list %}` and `{%tc else %}` around the loop"),
            )
        sheet.column_nodes.append((tag, place))
        if tag.name == "for":
            number += 1
            loops.append(number)
        elif tag.name == "endfor" and loops:
            loops.pop()
        if tag.name in ("for", "if"):
            opened.append(tag.name)
        elif tag.name in ("endfor", "endif") and opened:
            opened.pop()
    if not _is_closed(sheet):
        sheet.column_nodes = []
        return
    may_drop = any(isinstance(node, Tag) and node.name == "if" for node, _ in sheet.column_nodes)
    sheet.columns = Rows(tuple(stretches), last + 1, may_drop, MAX_COLUMNS)


def _is_closed(sheet: Sheet) -> bool:
    """Whether every loop over columns, and every choice of them, ends where it should; if not, it is told."""
    stack: list[tuple[str, Place]] = []
    before = len(sheet.findings.errors)
    for node, place in sheet.column_nodes:
        if isinstance(node, Stretch) or node.kind != "statement":
            continue
        if node.name in ("for", "if"):
            stack.append((node.name, place))
        elif node.name in ("endfor", "endif"):
            if not stack or stack[-1][0] != node.name[3:]:
                sheet.findings.error(
                    said(
                        "`{name}` closes nothing: no `{opening}` is open before it",
                        name=node.name,
                        opening=node.name[3:],
                    ),
                    place,
                )
                return False
            stack.pop()
        elif node.name not in ("else", "elif"):
            help = said("loop over columns, or choose them, with `for` and `if`")
            sheet.findings.error(said("`{name}` cannot take the place of a column", name=node.name), place, help)
    for name, place in stack:
        sheet.findings.error(
            said("`{name}` is opened but never closed by `end{name}` in a column to its right", name=name), place
        )
    return len(sheet.findings.errors) == before


def _telling(sheet: Sheet, tags: Mapping[int, Tag]) -> tuple[int, Tag]:
    """The row and tag that say how often columns come: the first outside of looped rows, if there is one."""
    row = min(tags, key=lambda row: (bool(sheet.loops_of_row.get(row)), row))
    return row, tags[row]


def write_cells(sheet: Sheet, row: Element, number: int, columns: Sequence[int], tags: ColumnTags) -> None:
    """Put the loops over columns around the marked cells of a row, which stand in `columns`."""
    cells = list(row)
    for cell in cells:
        row.remove(cell)
    slots = sheet.slots.setdefault(number, Slots())
    row.append(sheet.instruction("{{ _sheet | _columns_begin }}"))
    ends: list[tuple[int, int]] = []
    of_tags = iter(sorted(tags))
    for node, place in sheet.column_nodes:
        if isinstance(node, Stretch):
            row.append(sheet.instruction(f"{{{{ _sheet | _next_columns({node.row}) }}}}"))
            before = node.row
            for at in range(bisect_left(columns, node.row), bisect_left(columns, node.row + node.count)):
                step = stand_in(OWN, f"set _c = _sheet | _column({columns[at] - before})")
                before = columns[at]
                row.append(sheet.marks.instruction(step, place))
                slots.cells[columns[at]] = row[-1]
                row.append(cells[at])
            ends.append((node.row + node.count, len(row)))
            continue
        column = next(of_tags)
        own = tags[column].get(number)
        if node.kind == "statement":
            here = place if own is None else sheet.place(f"{column_letters(column)}{number}", own.written)
            row.append(sheet.marks.instruction(own or node, here))
    row.append(sheet.instruction("{{ _sheet | _columns_end }}"))
    slots.ends.extend((column, row[place]) for column, place in ends)

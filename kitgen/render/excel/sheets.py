"""One sheet of an Excel template: its rows, the loops around them, and the two sources made of it.

The first source lays the sheet out (which rows and columns come how often) and is run first for all sheets; the second
writes it, when every reference can be told.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.layout import Rows, Stretch
from kitgen.render.excel.reference_tokens import OWN, S, Sheet, keep_line_breaks
from kitgen.render.excel.sheet_cells import cell_text, mark_row
from kitgen.render.excel.sheet_columns import ColumnTags, is_column_tag, write_cells
from kitgen.render.excel.sheet_extras import mark_around
from kitgen.render.package.xml import Element
from kitgen.render.tags.marks import Mark, Source, check_nesting, of_tags, stand_in
from kitgen.render.tags.tags import Tag, find_tags, warn_of_no_tags

_NEXT: Final = stand_in(OWN, "set _n = _sheet | _next")


def mark_sheet(sheet: Sheet, strings: Sequence[Element], tags: ColumnTags) -> None:
    """Put tokens into the sheet's XML; faults are collected, each with its sheet and cell.

    `strings` are the workbook's shared strings; those with tags are put into their cells.
    """
    data = sheet.root.find(f"{S}sheetData")
    if data is None:
        return
    rows = list(data)
    for element in rows:
        data.remove(element)
    _write_rows(sheet, data, {int(row.get("r") or 0): row for row in rows}, strings, tags)
    sheet.at = ""
    mark_around(sheet)
    keep_line_breaks(sheet)
    check_nesting(sheet.root, sheet.marks)
    dimension = sheet.root.find(f"{S}dimension")
    if dimension is not None:
        sheet.root.remove(dimension)


# Rows: which are tags, which are content, and the loops around them


def read_rows(sheet: Sheet, data: Element, strings: Sequence[Element]) -> None:
    """Find the rows that are tags, and the loops around all others."""
    loops: list[int] = []
    opened: list[str] = []
    stretches: list[Stretch] = []
    expected = 1
    for row in data:
        number = int(row.get("r") or 0)
        if number > expected:
            _add_stretch(sheet, stretches, Stretch(expected, number - expected, tuple(loops)))
        expected = number + 1
        sheet.loops_of_row[number] = tuple(loops)
        tag, is_content = _row_tag(sheet, row, strings)
        if tag is None and is_content:
            _add_stretch(sheet, stretches, Stretch(number, 1, tuple(loops)))
            continue
        if tag is None:
            continue
        place = sheet.place(_first_cell(row), tag.written)
        if tag.lift == "sheet":
            _loop_sheet(sheet, tag, loops, place)
            continue
        sheet.nodes.append((tag, place))
        if tag.name == "for":
            sheet.row_loops += 1
            loops.append(sheet.row_loops)
        elif tag.name == "endfor" and loops:
            loops.pop()
        elif tag.name == "else" and opened and opened[-1] == "for":
            sheet.findings.error(
                said("a loop over rows has no `else`: over an empty list it gives one blank row"),
                place,
                said("put `{%tr if list %}` and `{%tr else %}` around the loop"),
            )
        if tag.name in ("for", "if"):
            opened.append(tag.name)
        elif tag.name in ("endfor", "endif") and opened:
            opened.pop()
    may_drop = any(isinstance(node, Tag) and node.name == "if" for node, _ in sheet.nodes)
    sheet.rows = Rows(tuple(stretches), expected, may_drop)


def _loop_sheet(sheet: Sheet, tag: Tag, loops: Sequence[int], place: Place) -> None:
    """Note that the whole sheet is repeated."""
    if tag.kind == "comment":
        return
    if tag.name != "for":
        what = (
            said("the whole sheet is its body, so it needs no end")
            if tag.name == "endfor"
            else said("write `{%sheet for ... %}`")
        )
        sheet.findings.error(
            said("`{written}` does nothing: a sheet can only be repeated", written=tag.written), place, what
        )
    elif sheet.loop is not None or loops:
        sheet.findings.error(said("a sheet is repeated by one tag, which stands outside of looped rows"), place)
    else:
        sheet.loop = (tag, place)


def _add_stretch(sheet: Sheet, stretches: list[Stretch], stretch: Stretch) -> None:
    """Note the next rows: with those right above they are one stretch, unless a tag stands between."""
    last = sheet.nodes[-1][0] if sheet.nodes else None
    if isinstance(last, Stretch) and last.row + last.count == stretch.row:
        stretches[-1] = replace(last, count=last.count + stretch.count)
        sheet.nodes[-1] = stretches[-1], sheet.place()
        return
    stretches.append(stretch)
    sheet.nodes.append((stretch, sheet.place()))


def _first_cell(row: Element) -> str:
    return next((cell.get("r") or "" for cell in row), "")


def _row_tag(sheet: Sheet, row: Element, strings: Sequence[Element]) -> tuple[Tag | None, bool]:
    """The `{%tr %}` tag a row is made of, if it is; and whether it holds anything but tags of columns."""
    found: Tag | None = None
    others = columns = False
    for cell in row:
        text = cell_text(cell, strings)
        warn_of_no_tags(text, lambda cell=cell: sheet.place(cell.get("r") or ""), sheet.findings)  # type: ignore[misc]
        lifted = [tag for tag in find_tags(text) if isinstance(tag, Tag) and tag.lift and tag.kind != "value"]
        if not lifted:
            others = others or bool(text.strip()) or _holds_number(cell)
            continue
        place = sheet.place(cell.get("r") or "", lifted[0].written)
        if is_column_tag(lifted[0]):
            columns = sheet.has_column_tags = True
            continue
        if lifted[0].lift not in ("tr", "sheet"):
            sheet.findings.error(
                said("only whole rows and columns can be looped in a sheet"),
                place,
                said("write `{%tr` in a row, or `{%tc` in a column of its own"),
            )
        elif found is not None or len(lifted) > 1:
            sheet.findings.error(said("two tags stand in one row; each needs a row of its own"), place)
        elif text.replace(lifted[0].written, "").strip():
            others = True
        found = found or lifted[0]
    if found is not None and others:
        sheet.findings.error(
            said(
                "`{written}` takes the place of its whole row, but something else stands in it", written=found.written
            ),
            sheet.place(_first_cell(row), found.written),
            said("move it to a row of its own"),
        )
    return found, others or not columns


def _holds_number(cell: Element) -> bool:
    """Whether a cell holds a number or formula; not the formula Excel itself fills into every row of a table."""
    formula = cell.find(f"{S}f")
    if formula is not None:
        return "[#This Row]" not in (formula.text or "")
    return bool(cell.findtext(f"{S}v"))


def _write_rows(
    sheet: Sheet, data: Element, rows: Mapping[int, Element], strings: Sequence[Element], tags: ColumnTags
) -> None:
    numbers = sorted(rows)
    for node, place in sheet.nodes:
        if isinstance(node, Tag):
            if node.kind == "statement":
                data.append(sheet.marks.instruction(node, place))
            continue
        data.append(sheet.marks.instruction(_NEXT, place))
        above = node.row
        for number in numbers[bisect_left(numbers, node.row) : bisect_left(numbers, node.row + node.count)]:
            if number != above:
                below = stand_in(OWN, f"set _n = _sheet | _row({number - above})")
                data.append(sheet.marks.instruction(below, place))
                above = number
            row = sheet.row_elements[number] = rows[number]
            columns = mark_row(sheet, row, number, strings)
            if sheet.columns.stretches:
                write_cells(sheet, row, number, columns, tags)
            data.append(row)


# The source that lays the sheet out


def layout_source(sheet: Sheet) -> Source:
    """Jinja source that only notes which rows and columns come in which iteration."""
    lines: list[Mark] = []
    return of_tags(_layout_pieces(sheet, lines), lines)


def _layout_pieces(sheet: Sheet, lines: list[Mark]) -> Iterator[str]:
    if sheet.loop is not None:
        yield looped(sheet, lines)
    yield f"{{{{ _sheet | _lay_out({sheet.part!r}) }}}}"
    yield from _axis_pieces(sheet.nodes, lines, "")
    yield from _axis_pieces(sheet.column_nodes, lines, "_column")
    if sheet.loop is not None:
        yield "{% endfor %}"


def _axis_pieces(nodes: Sequence[tuple[Tag | Stretch, Place]], lines: list[Mark], axis: str) -> Iterator[str]:
    number = 0
    for node, place in nodes:
        if isinstance(node, Stretch):
            yield f"{{{{ _sheet | {axis}_place({node.row}, {node.count}) }}}}"
        elif node.kind == "statement":
            code = f"{{% {node.inner}\n%}}"
            lines.append(Mark(node, place, code))
            if node.name == "endfor":
                yield f"{{{{ _sheet | {axis}_leave }}}}"
            yield code
            if node.name == "for":
                number += 1
                yield f"{{{{ _sheet | {axis}_enter({number}) }}}}"


def looped(sheet: Sheet, lines: list[Mark]) -> str:
    """The beginning of the loop around a whole sheet, as Jinja source; its mark is added to the lines."""
    assert sheet.loop is not None
    tag, place = sheet.loop
    mark = Mark(tag, place, f"{{% {tag.inner}\n%}}")
    lines.append(mark)
    return mark.code

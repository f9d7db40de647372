"""Excel tables and the sources of pivot tables: areas with a name, which grow with the rows looped in them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.formulas import column_number, parse_area
from kitgen.render.excel.layout import Rows
from kitgen.render.excel.looped_tables import LoopedTable, names_taken
from kitgen.render.excel.reference_tokens import (
    ROW,
    SHEET,
    S,
    Sheet,
    area_token,
    mark_formula,
    reference_code,
    reference_token,
)
from kitgen.render.excel.sheet_names import quoted
from kitgen.render.package.relations import relations_of
from kitgen.render.package.xml import Element, local_name, parse_xml

_PARTS: Final = ("table", "autoFilter", "sortState", "sortCondition")


def mark_table(table: Sheet) -> None:
    """A table part: its areas and the formulas of its columns. One in looped rows is repeated."""
    root = table.root
    area = parse_area(root.get("ref") or "")
    shown = table_name(root)
    place = Place(table.file, None, said("sheet {name}, table {shown}", name=table.name, shown=shown))
    if area is None or area.end_row is None:
        return
    first, last = area.row, area.end_row
    columns = column_number(area.column), column_number(area.end_column)
    if table.columns.torn(*columns) or table.columns.loops_at(columns[0]) or _holds_loop(table.columns, columns):
        table.findings.error(
            said("a table holds looped columns, whose headers it would have to know"),
            place,
            said("turn the table into a range (Table Design, Convert to Range)"),
        )
        return
    header = int(root.get("headerRowCount") or 1)
    looped = table.book.tables.get(shown.casefold())
    if looped is not None:
        _name_anew(table, looped)
    if looped is not None and looped.is_in_rows:
        _repeat(table, looped)
        return
    if table.rows.loops_around(first, last) or (header and table.rows.loops_at(first)):
        table.findings.error(
            said("a table cannot be repeated: its header row stands in looped rows, its last row does not"),
            place,
            said("let all of it stand in the loop, or loop over the rows below the header only"),
        )
        return
    if any(not table.rows.covers_loop(first, last, loop) for loop in table.rows.loops_at(last)):
        table.findings.error(
            said("the table ends in the middle of looped rows"), place, said("let it reach to the last row of the loop")
        )
        return
    for part in root.iter():
        if local_name(part) in _PARTS and part.get("ref"):
            part.set("ref", area_token(table, part.get("ref") or ""))
    data = _first_data_row(table.rows, first + header, last)
    root.set("ref", _whole(table, root.get("ref") or "", shown, header + int(root.get("totalsRowCount") or 0)))
    for formula in root.iter(f"{S}calculatedColumnFormula", f"{S}totalsRowFormula"):
        formula.text = mark_formula(table, formula.text or "", data)


def _name_anew(table: Sheet, looped: LoopedTable) -> None:
    """The name and id of a table that is repeated."""
    at = "_at" if looped.is_in_rows else "_sheet"
    for element in table.root.iter():
        for name in [name for name in element.attrib if str(name).endswith("}uid")]:
            del element.attrib[name]
    table.root.set("id", table.token(f"{at} | _table_id({looped.name.casefold()!r})"))
    for name in ("name", "displayName"):
        if table.root.get(name):
            table.root.set(name, table.token(f"{at} | _table_name({looped.name.casefold()!r})"))


def _repeat(table: Sheet, looped: LoopedTable) -> None:
    """A table in looped rows: its part comes once in each iteration, with areas and formulas of that iteration."""
    table.copied.append((looped.rows, looped.columns))
    table.repeats = f"_sheet | _copies({len(table.copied) - 1})"
    for part in table.root.iter():
        area = parse_area(part.get("ref") or "") if local_name(part) in _PARTS else None
        if area is not None:
            part.set("ref", reference_token(table, area, ROW))
    for formula in table.root.iter(f"{S}calculatedColumnFormula", f"{S}totalsRowFormula"):
        formula.text = mark_formula(table, formula.text or "", ROW)


def find_tables(sheet: Sheet, contents: Mapping[str, bytes]) -> None:
    """Note the tables of a sheet that are repeated, before any formula that may name one is marked."""
    for relation in relations_of(contents, sheet.part, sheet.file):
        if relation.kind != "table" or relation.target not in contents:
            continue
        root = parse_xml(contents[relation.target], sheet.file, relation.target)
        area, name = parse_area(root.get("ref") or ""), table_name(root)
        if area is None or area.end_row is None:
            continue
        rows, columns = (area.row, area.end_row), (column_number(area.column), column_number(area.end_column))
        around = sheet.rows.loops_around(*rows)
        in_rows = bool(around) and sheet.rows.loops_at(area.row) == around
        sheet.table_relations[relation.id] = name.casefold()
        if in_rows or sheet.loop is not None:
            taken, last = _known_tables(contents, sheet.file)
            sheet.book.tables[name.casefold()] = LoopedTable(
                name, int(root.get("id") or 1), relation.target, sheet.part, rows, columns, in_rows, last, taken
            )


def _known_tables(contents: Mapping[str, bytes], file: str) -> tuple[frozenset[str], int]:
    """The names of all tables, and their highest id."""
    roots = [parse_xml(content, file, part) for part, content in contents.items() if part.startswith("xl/tables/")]
    ids = [int(root.get("id") or 0) for root in roots if (root.get("id") or "").isdigit()]
    return names_taken([table_name(root) for root in roots]), max(ids, default=0)


def _holds_loop(columns: Rows, span: tuple[int, int]) -> bool:
    return any(stretch.loops for stretch in columns.stretches if span[0] <= stretch.row <= span[1])


def _first_data_row(rows: Rows, row: int, last: int) -> int:
    stretch, found = rows.spot(row)
    return found if stretch is not None and found <= last else row


def _whole(table: Sheet, token: str, shown: str, others: int) -> str:
    """The area of the table, which must keep a row of data."""
    mark = next(table.marks.of(token))
    code = mark.code.replace("\n}}", f" | _table_area({shown!r}, {others})\n}}}}")
    return table.marks.token(mark.tag, mark.place, code)


def table_name(root: Element) -> str:
    """The name a table is known by."""
    return root.get("displayName") or root.get("name") or ""


def check_headers(table: Element, sheet: Sheet) -> None:
    """Report a header cell that holds a tag: the table's own list of columns would say otherwise."""
    area = parse_area(table.get("ref") or "")
    if area is None or (table.get("headerRowCount") or "1") == "0":
        return
    for column in table.iter(f"{S}tableColumn"):
        for mark in ("{{", "{%"):
            if mark in (column.get("name") or ""):
                sheet.findings.error(
                    said("the header of a column of table {table_name} holds a tag", table_name=table_name(table)),
                    sheet.place(f"row {area.row}", column.get("name") or ""),
                    said("write the header as plain text; formulas name columns by it"),
                )


def mark_pivot_source(part: Sheet, moving: frozenset[str]) -> bool:
    """The area a pivot table is made from; tells whether it moves. Excel then works the table out anew on opening.

    A source with a name (a table, most often) grows by itself, but what Excel noted of it is old.
    """
    source = part.root.find(f"{S}cacheSource/{S}worksheetSource")
    if source is None:
        return False
    area = parse_area(source.get("ref") or "")
    if area is None:
        part.root.set("refreshOnLoad", "1")
        return bool(source.get("name") and moving)
    sheet = (source.get("sheet") or "").replace("'", "''")
    if (source.get("sheet") or "").casefold() not in moving:
        return False
    code = reference_code(part, replace(area, sheet=f"'{sheet}'!"), SHEET)
    source.set("ref", part.token(f"{code} | _bare"))
    if f"'{sheet}'!" in part.book.renamed:
        source.set("sheet", part.token(f"_sheet | _title({part.book.renamed[quoted(source.get('sheet') or '')]!r})"))
    part.root.set("refreshOnLoad", "1")
    return True

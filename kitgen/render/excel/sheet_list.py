"""The workbook's list of its sheets, and the names that belong to one of them: both follow sheets that are repeated."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kitgen.render.excel.book_state import book_of
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.package.xml import Element, R, escape_text
from kitgen.render.tags.filters import Xml
from kitgen.render.tags.state import RenderState

_INDEXES: Final = ("activeTab", "firstSheet")


def mark_sheet_list(book: Sheet, sheets: Sequence[Sheet]) -> None:
    """Put tokens into the list of sheets: their names, and an entry for each copy of a repeated one."""
    by_name = {sheet.name: sheet for sheet in sheets}
    entries = list(book.root.iter(f"{S}sheet"))
    numbers = [int(entry.get("sheetId") or 0) for entry in entries if (entry.get("sheetId") or "").isdigit()]
    order: list[str] = []
    for entry in entries:
        sheet = by_name.get(entry.get("name") or "")
        order.append(sheet.part if sheet is not None and sheet.loop is not None else "")
        if sheet is None or sheet.part not in book.book.renamed.values():
            continue
        if sheet.loop is None:
            entry.set("name", book.token(f"_sheet | _title({sheet.part!r})"))
            continue
        facts = {"state": entry.get("state") or ""}
        relation = entry.get(f"{R}id") or ""
        code = f"_sheet | _entries({sheet.part!r}, {entry.get('sheetId')!r}, {relation!r}, {facts!r}, {max(numbers)})"
        parent = entry.getparent()
        assert parent is not None
        parent.replace(entry, book.instruction(f"{{{{ {code} }}}}"))
    book.sheet_order = tuple(order)
    book.names_renamed = bool(book.book.renamed)
    if any(order):
        for view in book.root.iter(f"{S}workbookView"):
            for name in _INDEXES:
                if (view.get(name) or "").isdigit():
                    view.set(name, book.token(f"_sheet | _position({int(view.get(name) or 0)}, {order[:]!r})"))


def mark_local_name(book: Sheet, name: Element) -> None:
    """A name of one sheet follows it; that of a repeated sheet comes with each copy."""
    local = name.get("localSheetId") or ""
    if not local.isdigit() or not any(book.sheet_order):
        return
    at = int(local)
    part = book.sheet_order[at] if at < len(book.sheet_order) else ""
    order = list(book.sheet_order)
    if not part:
        name.set("localSheetId", book.token(f"_sheet | _position({at}, {order!r})"))
        return
    name.addprevious(book.instruction(f"{{% for _copy in _sheet | _numbers({part!r}) %}}"))
    name.addprevious(book.instruction(f"{{{{ _sheet | _as_copy({part!r}, _copy) }}}}"))
    name.addnext(book.instruction("{% endfor %}"))
    following = name.getnext()
    assert following is not None
    following.addprevious(book.instruction("{{ _sheet | _as_copy('', 0) }}"))
    name.set("localSheetId", book.token(f"(_sheet | _position({at}, {order!r})) + _copy"))


def list_filters(state: RenderState) -> Mapping[str, Callable[..., Any]]:
    """What the workbook's source calls for its list of sheets."""

    def count(part: str) -> int:
        return book_of(state).copies.get(part, 1) if part else 1

    def position(_: object, at: int, order: Sequence[str]) -> int:
        return sum(count(part) for part in order[:at])

    def numbers(_: object, part: str) -> range:
        return range(count(part))

    def entries(_: object, part: str, number: str, relation: str, facts: Mapping[str, str], last: int) -> Xml:
        book = book_of(state)
        made = []
        more = "".join(f' {name}="{escape_text(value)}"' for name, value in facts.items() if value)
        for copy in range(count(part)):
            book.sheet_numbers += copy > 0
            id = last + book.sheet_numbers if copy else number
            name = escape_text(book.titles.get((part, copy), ""))
            of_copy = f'xmlns:r="{R[1:-1]}" r:id="{copy_relation(relation, copy)}"'
            made.append(f'<sheet name="{name}" sheetId="{id}"{more} {of_copy}/>')
        return Xml("".join(made))

    return {"_position": position, "_numbers": numbers, "_entries": entries}


def copy_relation(relation: str, copy: int) -> str:
    """The id of the workbook's relation to a copy of a sheet."""
    return f"{relation}-kit{copy + 1}" if copy else relation

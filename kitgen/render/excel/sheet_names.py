"""Names of sheets that hold tags: filled and checked, and every formula that names the sheet follows."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kitgen.base.errors import Findings, Place
from kitgen.base.holes import Missing
from kitgen.base.messages import said
from kitgen.render.excel.reference_tokens import S, Sheet
from kitgen.render.package.xml import Element
from kitgen.render.tags.marks import note_broken
from kitgen.render.tags.state import RenderState
from kitgen.render.tags.tags import BrokenTag, find_tags

MAX_NAME: Final = 31
_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")


def names_with_tags(workbook: Element, file: str, findings: Findings) -> dict[str, str]:
    """Sheets whose names hold tags: each as formulas write it (`'{{ code }}'!`), with the expression of its name."""
    found: dict[str, str] = {}
    for sheet in workbook.iter(f"{S}sheet"):
        name = sheet.get("name") or ""
        if not any(mark in name for mark in ("{{", "{%", "{#", "}}", "%}")):
            continue
        expression = _expression(name, Place(file, spot=said("names of sheets"), text=name), findings)
        if expression:
            found[quoted(name)] = expression
    return found


def _expression(name: str, place: Place, findings: Findings) -> str:
    parts: list[str] = []
    position = 0
    for tag in find_tags(name):
        if isinstance(tag, BrokenTag):
            note_broken(findings, tag, place)
            return ""
        if tag.kind != "value":
            findings.error(said("the name of a sheet takes values only"), place, said("write it with `{{ ... }}`"))
            return ""
        parts += (repr(name[position : tag.start]), f"({tag.inner})")
        position = tag.end
    return " ~ ".join(part for part in (*parts, repr(name[position:])) if part != "''")


def quoted(name: str) -> str:
    """A sheet's name as it stands before a reference."""
    return "'" + name.replace("'", "''") + "'!"


def mark_names(book: Sheet) -> None:
    """Put tokens into the names of sheets in the workbook's own list."""
    for sheet in book.root.iter(f"{S}sheet"):
        expression = book.renamed.get(quoted(sheet.get("name") or ""))
        if expression is None:
            continue
        name = sheet.get("name") or ""
        tag = next(tag for tag in find_tags(name) if not isinstance(tag, BrokenTag))
        place = Place(book.file, None, said("names of sheets"), name)
        sheet.set("name", book.marks.token(tag, place, f"{{{{ ({expression}) | _sheet_name\n}}}}"))


def name_filters(state: RenderState, fixed: Sequence[str]) -> Mapping[str, Callable[..., Any]]:
    """What fills the names of sheets and the references to them; `fixed`: the names without tags."""

    def sheet_name(value: Any) -> str:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        name = str(value)
        if not name.strip() or len(name) > MAX_NAME or _ILLEGAL.search(name) or name.casefold() == "history":
            help = said(
                "a name has 1 to {max_name} characters, none of []:*?/\\, no quote at its ends, and is not History",
                max_name=MAX_NAME,
            )
            state.fault("name", said("Excel takes no sheet named `{name}`", name=name), help)
        elif name.casefold() in state.sheet_names or name.casefold() in known:
            state.fault(
                "name",
                said("two sheets are named `{name}`", name=name),
                said("put something into the name that differs"),
            )
        state.sheet_names.add(name.casefold())
        return name

    known = frozenset(name.casefold() for name in fixed)
    return {"_sheet_name": sheet_name, "_sheet_prefix": lambda value: quoted(str(value))}

"""Names of sheets that hold tags: filled and checked, and every formula that names the sheet follows."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kitgen.base.errors import Findings, Place
from kitgen.base.holes import Missing
from kitgen.base.messages import said
from kitgen.render.excel.book_state import book_of
from kitgen.render.excel.cell_values import utf16_length
from kitgen.render.excel.fragments import holds_tags
from kitgen.render.excel.reference_tokens import Sheet
from kitgen.render.tags.marks import Mark, Source, note_broken, of_tags
from kitgen.render.tags.state import RenderState
from kitgen.render.tags.tags import BrokenTag, Tag, find_tags

MAX_NAME: Final = 31
BLANK_NAME: Final = "(kosong)"
"""What the one sheet made over an empty list is called, where its name comes out blank."""
_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")


@dataclass(frozen=True, slots=True)
class NameOf:
    """Nama lembar: what the name of a sheet is made of, as a Jinja expression, and its first tag with its place."""

    expression: str
    tag: Tag
    place: Place


def read_name(name: str, file: str, findings: Findings) -> NameOf | None:
    """What the name of a sheet is made of; None if it holds no tag."""
    if not holds_tags(name):
        return None
    place = Place(file, spot=said("names of sheets"), text=name)
    parts: list[str] = []
    position = 0
    first: Tag | None = None
    for tag in find_tags(name):
        if isinstance(tag, BrokenTag):
            note_broken(findings, tag, place)
            return None
        if tag.kind != "value":
            findings.error(said("the name of a sheet takes values only"), place, said("write it with `{{ ... }}`"))
            return None
        first = first or tag
        parts += (repr(name[position : tag.start]), f"({tag.inner})")
        position = tag.end
    expression = " ~ ".join(part for part in (*parts, repr(name[position:])) if part != "''")
    return None if first is None else NameOf(expression, first, place)


def quoted(name: str) -> str:
    """A sheet's name as it stands before a reference."""
    return "'" + name.replace("'", "''") + "'!"


def names_source(sheets: Sequence[Sheet], names: Mapping[str, NameOf]) -> Source:
    """Jinja source that works out the names of sheets, before anything else is done; `names` by the part of a sheet."""
    lines: list[Mark] = []
    pieces: list[str] = []
    for sheet in sheets:
        name = names.get(sheet.part)
        if name is None and sheet.loop is None:
            continue
        if sheet.loop is not None:
            mark = Mark(*sheet.loop, f"{{% {sheet.loop[0].inner}\n%}}")
            lines.append(mark)
            pieces.append(mark.code)
        if name is not None:
            mark = Mark(name.tag, name.place, f"{{{{ ({name.expression}) | _sheet_name({sheet.part!r})\n}}}}")
        else:
            assert sheet.loop is not None
            mark = Mark(*sheet.loop, f"{{{{ {sheet.name!r} | _sheet_name({sheet.part!r})\n}}}}")
        lines.append(mark)
        pieces.append(mark.code)
        if sheet.loop is not None:
            pieces.append("{% endfor %}")
    return of_tags(pieces, lines)


def name_filters(state: RenderState, fixed: Sequence[str], looped: Collection[str]) -> Mapping[str, Callable[..., Any]]:
    """What fills the names of sheets and the references to them.

    `fixed` are the names without tags, `looped` the parts of sheets that are repeated.
    """

    def sheet_name(value: Any, part: str) -> str:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        book = book_of(state)
        number = sum(1 for known, _ in book.titles if known == part)
        name = str(value).strip() if part in looped else str(value)
        if part in looped and not name:
            name = BLANK_NAME
        if not name.strip() or utf16_length(name) > MAX_NAME or _ILLEGAL.search(name) or name.casefold() == "history":
            help = said(
                "a name has 1 to {max_name} characters, none of []:*?/\\, no quote at its ends, and is not History",
                max_name=MAX_NAME,
            )
            state.fault("name", said("Excel takes no sheet named `{name}`", name=name), help)
        elif name.casefold() in state.sheet_names or name.casefold() in known_names:
            state.fault(
                "name",
                said("two sheets are named `{name}`", name=name),
                said("put something into the name that differs"),
            )
        state.sheet_names.add(name.casefold())
        book.titles[part, number] = name
        return ""

    def prefix(_: object, part: str) -> str:
        book = book_of(state)
        return quoted(book.titles.get((part, book.copy)) or book.titles[part, 0])

    def title(_: object, part: str) -> str:
        return book_of(state).titles[part, 0]

    known_names = frozenset(name.casefold() for name in fixed)
    return {"_sheet_name": sheet_name, "_prefix": prefix, "_title": title}

"""Texts with tags that belong to a cell but stand elsewhere: of comments, links, rules, pictures in looped rows.

Such a text is worked out where its cell is written, within the loops around it, and kept for each iteration; where the
text belongs, it is fetched.
"""

from collections.abc import Callable
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import said
from kitgen.render.excel.formulas import column_letters
from kitgen.render.excel.reference_tokens import OWN, S, Sheet
from kitgen.render.package.xml import Element
from kitgen.render.tags.tags import Tag

TAG_MARKS: Final = ("{{", "{%", "{#", "}}", "%}")
Coded = Callable[[Tag], str]


def holds_tags(text: str | None) -> bool:
    """Whether a text may hold a tag, or a piece of one."""
    return any(mark in (text or "") for mark in TAG_MARKS)


def holds_own_tags(sheet: Sheet, formula: str) -> bool:
    """Whether a formula holds tags beside those in names of sheets."""
    for name in sheet.book.renamed:
        formula = formula.replace(name, "")
    return "{{" in formula or "{%" in formula or "{#" in formula


def holds_token(text: str) -> bool:
    """Whether a marked text holds a token."""
    return not text.isascii()


def measured(part: Sheet, text: str, check: str, place: Place) -> str:
    """A marked text that goes through a filter as a whole, once it is filled."""
    tokens = [
        part.marks.token(OWN, place, code)
        for code in ("{% set _whole\n%}", "{% endset\n%}", f"{{{{ _whole | {check}\n}}}}")
    ]
    return f"{tokens[0]}{text}{tokens[1]}{tokens[2]}"


def filled(part: Sheet, text: str, place: Place, code: Coded | None = None) -> str:
    """A text outside of all loops, with tokens for its tags."""
    return part.marks.tokenise(text, lambda: place, code)


def kept(part: Sheet, row: int, column: int, text: str, place: Place, code: Coded | None = None) -> str:
    """A token for a text that belongs to a cell in looped rows or columns; it stands within `repeated`."""
    return part.token(f"_at | _kept({keep(part, row, column, text, place, code)})")


def keep(part: Sheet, row: int, column: int, text: str, place: Place, code: Coded | None = None) -> int:
    """Have a text worked out where its cell is written; gives the number it is kept under."""
    sheet = part.owner or part
    number = sheet.kept
    sheet.kept += 1
    holder = sheet.root.makeelement(f"{S}t")
    line_break = sheet.marks.token(OWN, place, "{{ '\\n'\n}}") if "\n" in text else ""
    holder.text = sheet.marks.tokenise(text, lambda: place, code).replace("\n", line_break)
    _put(sheet, row, column, [
        sheet.instruction("{% set _kept_text %}"), holder, sheet.instruction("{% endset %}"),
        sheet.instruction(f"{{{{ _kept_text | _keep({number}) }}}}"),
    ])  # fmt: skip
    return number


def evaluate(part: Sheet, row: int, column: int, tag: Tag, place: Place) -> int:
    """Have the value of a tag noted where its cell is written; gives the number it is kept under."""
    sheet = part.owner or part
    number = sheet.kept
    sheet.kept += 1
    code = f"{{{{ ({tag.inner}) | _keep_value({number})\n}}}}"
    _put(sheet, row, column, [sheet.marks.instruction(tag, place, code)])
    return number


def _put(sheet: Sheet, row: int, column: int, nodes: list[Element]) -> None:
    """Put nodes into the row a cell stands in, within the loops around its column."""
    element = sheet.row_elements.get(row)
    if element is None:  # `with_rows` made all others
        help = said("move it to a cell of another row")
        sheet.findings.error(
            said("a text with tags belongs to a row that holds a tag of its own"),
            sheet.place(f"{column_letters(column)}{row}"),
            help,
        )
        return
    slots = sheet.slots.get(row)
    if slots is None or sheet.columns.stretch_at(column) is None:
        element.extend(nodes)
    else:
        slots.put(column, nodes)


def with_rows(data: Element, rows: set[int]) -> None:
    """Make the rows that hold no cell and yet something that belongs to one."""
    known = [(int(row.get("r") or 0), row) for row in data]
    highest, at = 0, 0
    for number in sorted(rows - {number for number, _ in known}):
        while at < len(known) and (highest := max(highest, known[at][0])) <= number:
            at += 1
        row = data.makeelement(f"{S}row", {"r": str(number)})
        if at == len(known):
            data.append(row)
        else:
            known[at][1].addprevious(row)

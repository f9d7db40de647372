"""What moves with the rows of a sheet: tokens that stand for references while a part of a workbook is compiled.

A part (a sheet, its drawing, a chart, the workbook itself) keeps what its tokens stand for; `writing` tells each where
it has come to lie.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.excel.formulas import Piece, Reference, is_through_sheets, is_volatile, parse_area, parse_formula
from kitgen.render.excel.layout import Rows, Stretch
from kitgen.render.package.xml import Element, is_instruction
from kitgen.render.tags.marks import Marks
from kitgen.render.tags.tags import Tag

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OWN: Final = Tag("value", "", "_n", 0, 0, "")
ROW: Final[int | None] = None
"""A reference is seen from the row being written (or the copy being made)."""
SHEET: Final = 0
"""A reference is seen from outside of all loops."""
Copied = tuple[int, int]
"""First and last template row of something that comes once in each iteration."""


@dataclass(slots=True)
class Sheet:
    """A part of a workbook while it is compiled, and what its source needs when it runs.

    Other parts than sheets have the name and rows of the sheet they belong to; `home` is that sheet's part.
    `references`: every reference that may move, with the template row its frame is seen from.
    """

    name: str
    part: str
    file: str
    root: Element
    marks: Marks
    home: str = ""
    rows: Rows = Rows(())
    references: list[tuple[Reference, int | None]] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    merges: list[Reference] = field(default_factory=list)
    copied: list[Copied] = field(default_factory=list)
    breaks: list[tuple[int, bool, str]] = field(default_factory=list)
    nodes: list[tuple[Tag | Stretch, Place]] = field(default_factory=list)
    row_loops: int = 0
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Sheets whose names hold tags, as formulas write them, with the expression of each name."""
    names_renamed: bool = False
    wrapped: Mapping[int, float] = field(default_factory=dict)
    _own_token: str = ""

    @property
    def findings(self) -> Findings:
        """Where problems go."""
        return self.marks.findings

    @property
    def moves(self) -> bool:
        """Whether rows are repeated or left out."""
        return any(isinstance(node, Tag) for node, _ in self.nodes)

    def place(self, cell: str = "", text: str = "") -> Place:
        """The place of a cell, as `sheet Skor, cell B8`."""
        return Place(
            self.file,
            None,
            said("sheet {name}", name=self.name) + (said(", cell {cell}", cell=cell) if cell else ""),
            text,
        )

    def own_row(self) -> str:
        """The token that stands for the number of the row being written."""
        if not self._own_token:
            self._own_token = self.marks.token(OWN, self.place(), "{{ _n\n}}")
        return self._own_token

    def token(self, code: str) -> str:
        """A token for Jinja code of the renderer's own; `code` is an expression."""
        return self.marks.token(OWN, self.place(), f"{{{{ {code}\n}}}}")

    def instruction(self, code: str) -> Element:
        """The same for a whole statement or expression among elements; `code` holds no newline."""
        return self.marks.instruction(OWN, self.place(), f"{code[:-2]}\n{code[-2:]}")


def reference_token(sheet: Sheet, reference: Reference, seen_from: int | None) -> str:
    """The token of one reference."""
    sheet.references.append((reference, seen_from))
    return sheet.token(f"_sheet | _reference({len(sheet.references) - 1})")


def area_token(sheet: Sheet, areas: str) -> str:
    """The token of a list of areas, such as `A1:B2 C3`, which grow or come once for each iteration."""
    sheet.areas.append(areas)
    return sheet.token(f"_sheet | _area({len(sheet.areas) - 1})")


def place_token(sheet: Sheet, area: str) -> str:
    """The token of a cell or range that stays one: at its first place, or as far as it reaches."""
    found = parse_area(area)
    if found is None or not found.column:
        return area
    start = f"{found.column}{sheet.token(f'_sheet | _nearest({found.row})')}"
    if found.end_row is None:
        return start
    return f"{start}:{found.end_column}{sheet.token(f'_sheet | _nearest({found.end_row}, true)')}"


def mark_pieces(sheet: Sheet, pieces: Sequence[Piece], row: int | None, seen_from: int | None) -> str:
    """A formula with a token for each reference; those of row `row` itself become the number being written."""
    text: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            text.append(_renamed(sheet, piece))
        elif piece.sheet in sheet.renamed:
            prefix = _renamed(sheet, piece.sheet)
            sheet.references.append((piece, seen_from))
            text.append(prefix + sheet.token(f"_sheet | _reference({len(sheet.references) - 1}) | _bare"))
        elif row is not None and not piece.sheet and piece.row == row and piece.end_row is None and not piece.is_fixed:
            text.append(f"{piece.column}{sheet.own_row()}")
        else:
            text.append(reference_token(sheet, piece, seen_from))
    return "".join(text)


def _renamed(sheet: Sheet, text: str) -> str:
    """Text of a formula in which the names of sheets that hold tags are tokens."""
    for prefix, expression in sheet.renamed.items():
        if prefix in text:
            text = text.replace(prefix, sheet.token(f"({expression}) | _sheet_prefix"))
            sheet.names_renamed = True
    return text


def mark_formula(sheet: Sheet, formula: str, seen_from: int | None, *, grows: bool = False) -> str:
    """A formula outside of cells with tokens. `grows`: a single cell stands for its column of looped cells."""
    pieces = parse_formula(formula)
    if grows and len(pieces) == 1 and isinstance(only := pieces[0], Reference) and only.end_row is None:
        pieces = [replace(only, end_column=only.column, end_row=only.row, end_is_fixed=only.is_fixed)]
    return mark_pieces(sheet, pieces, None, seen_from)


def warn_of_unmoved(sheet: Sheet, pieces: Sequence[Piece], place: Place) -> None:
    """Tell of references nobody can move."""
    if is_volatile(pieces):
        sheet.findings.warning(said("INDIRECT and OFFSET name cells by text, which does not move with the rows"), place)
    if is_through_sheets(pieces):
        sheet.findings.warning(
            said("a reference through several sheets (`Jan:Mar!A1`) does not move with the rows"), place
        )


def rows_of(areas: str) -> tuple[int, int] | None:
    """The first and last template row of a list of areas."""
    found = [area for text in areas.split() if (area := parse_area(text)) is not None]
    if not found:
        return None
    return min(area.row for area in found), max(area.end_row or area.row for area in found)


@contextmanager
def repeated(sheet: Sheet, element: Element, rows: Copied) -> Iterator[Callable[[str], str]]:
    """Put `element` once for each iteration around its rows; gives what makes a token of a cell or range in it.

    References in it are seen from the iteration (`ROW`).
    """
    sheet.copied.append(rows)
    element.addprevious(sheet.instruction(f"{{% for _at in _sheet | _copies({len(sheet.copied) - 1}) %}}"))
    element.addprevious(sheet.instruction("{{ _at | _from }}"))
    element.addnext(sheet.instruction("{% endfor %}"))

    def own(area: str) -> str:
        found = parse_area(area)
        return area if found is None else reference_token(sheet, replace(found, sheet="", is_fixed=False), ROW)

    yield own


def dropped_if_empty(sheet: Sheet, container: Element) -> None:
    """Leave a list out where nothing is left in it, which Excel refuses; only an `if` around rows can do that."""
    if sheet.moves:
        container.attrib.pop("count", None)
    if not sheet.rows.may_drop:
        return
    name = f"_kept{len(sheet.marks.placed)}"
    container.addprevious(sheet.instruction(f"{{% set {name} %}}"))
    for child in list(container):
        container.addprevious(child)
    container.addprevious(sheet.instruction("{% endset %}"))
    container.addprevious(sheet.instruction(f"{{% if {name} | trim %}}"))
    container.append(sheet.instruction(f"{{{{ {name} | _as_xml }}}}"))
    container.addnext(sheet.instruction("{% endif %}"))


def keep_line_breaks(sheet: Sheet) -> None:
    """Line breaks within texts, which mean nothing in Jinja's source, as tokens."""
    token = ""
    for element in sheet.root.iter():
        if is_instruction(element) or "\n" not in (text := element.text or "") or not text.strip():
            continue
        token = token or sheet.marks.token(OWN, sheet.place(), "{{ '\\n'\n}}")
        element.text = re.sub("\n", token, text)

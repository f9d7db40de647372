"""What moves with the rows of a sheet: tokens that stand for references while a part of a workbook is compiled.

A part (a sheet, its drawing, a chart, the workbook itself) keeps what its tokens stand for; `writing` tells each where
it has come to lie.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.excel.formulas import (
    Piece,
    Reference,
    UnreadFormula,
    column_number,
    is_through_sheets,
    is_volatile,
    parse_area,
    parse_formula,
)
from kitgen.render.excel.layout import Rows, Span, Stretch
from kitgen.render.excel.looped_tables import LoopedTable, find_table, may_be_listed
from kitgen.render.package.xml import Element, is_instruction
from kitgen.render.tags.marks import Marks
from kitgen.render.tags.tags import Tag

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OWN: Final = Tag("value", "", "_n", 0, 0, "")
ROW: Final[int | None] = None
"""A reference is seen from the row being written (or the copy being made)."""
SHEET: Final = 0
"""A reference is seen from outside of all loops."""
Copied = tuple[Span, Span]
"""First and last template row, and column, of something that comes once in each iteration."""


@dataclass(slots=True)
class Book:
    """Buku kerja: what all parts of a workbook share while it is compiled.

    `renamed`: the part of each sheet whose name holds tags, by its name as formulas write it (`'{{ code }}'!`).
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    tables: dict[str, LoopedTable] = field(default_factory=dict)
    """The tables that are repeated, by their names in lower case."""
    loops_columns: bool = False
    is_1904: bool = False


@dataclass(slots=True)
class Slots:
    """Sisipan: of a row whose columns are looped, what stands before each of its cells; and behind each stretch.

    `ends`: the first column behind a stretch, and the element that follows it, in order.
    """

    cells: dict[int, Element] = field(default_factory=dict)
    ends: list[tuple[int, Element]] = field(default_factory=list)

    def put(self, column: int, nodes: Sequence[Element]) -> None:
        """Put nodes where a column is written, within the loops around it; they come before its cell."""
        if column in self.cells:
            for node in reversed(nodes):
                self.cells[column].addnext(node)
            return
        end, below = self.ends[min(bisect_right(self.ends, column, key=_column), len(self.ends) - 1)]
        following = min((each for each in self.cells if column < each < end), default=None)
        for node in nodes:
            (below if following is None else self.cells[following]).addprevious(node)


def _column(end: tuple[int, Element]) -> int:
    return end[0]


@dataclass(slots=True)
class Sheet:
    """A part of a workbook while it is compiled, and what its source needs when it runs.

    Other parts than sheets have the name and rows of the sheet they belong to; `home` is that sheet's part.
    `references`: every reference that may move, the template row its frame is seen from, and the cell it stands in.
    """

    name: str
    part: str
    file: str
    root: Element
    marks: Marks
    book: Book = field(default_factory=Book)
    owner: "Sheet | None" = None
    is_apart: bool = False
    """It has an owner only for its name: where that is repeated, it is not."""
    rows: Rows = Rows(())
    columns: Rows = Rows(())
    references: list[tuple[Reference, int | None, str]] = field(default_factory=list)
    distinct: dict[tuple[Reference, bool, int | None], int] = field(default_factory=dict)
    """Each reference once, with whether it may be a list and the row it is seen from; and its number."""
    areas: list[str] = field(default_factory=list)
    merges: list[Reference] = field(default_factory=list)
    copied: list[Copied] = field(default_factory=list)
    breaks: list[tuple[str, int, bool, str]] = field(default_factory=list)
    link_addresses: dict[str, str] = field(default_factory=dict)
    """Addresses of links that hold tags, by their relation."""
    nodes: list[tuple[Tag | Stretch, Place]] = field(default_factory=list)
    column_nodes: list[tuple[Tag | Stretch, Place]] = field(default_factory=list)
    column_widths: list[tuple[Span, str]] = field(default_factory=list)
    has_column_tags: bool = False
    loops_of_row: dict[int, tuple[int, ...]] = field(default_factory=dict)
    row_elements: dict[int, Element] = field(default_factory=dict)
    slots: "dict[int, Slots]" = field(default_factory=dict)
    """Where columns are looped: of each row, where what belongs to a column may be put."""
    row_loops: int = 0
    loop: tuple[Tag, Place] | None = None
    """The tag that repeats the whole sheet."""
    sheet_order: tuple[str, ...] = ()
    """Of a workbook: the part of each sheet that is repeated, in its place; else an empty text."""
    kind: str = ""
    """The kind of the relation that leads to this part."""
    repeats: str = ""
    """What the whole part is repeated over within its sheet, as Jinja code."""
    boxes: dict[str, Any] = field(default_factory=dict)
    """The check boxes of a sheet (`controls.CheckBox`), by the numbers of their shapes."""
    table_relations: dict[str, str] = field(default_factory=dict)
    """The names of a sheet's tables in lower case, by their relations."""
    kept: int = 0
    at: str = ""
    """The cell being marked."""
    names_renamed: bool = False
    wrapped: Mapping[int, float] = field(default_factory=dict)
    width_of: Callable[[str], float] | None = None
    """The width of a column by its letters, once it was asked for."""
    _own_token: str = ""
    _places: dict[str, Place] = field(default_factory=dict)

    @property
    def findings(self) -> Findings:
        """Where problems go."""
        return self.marks.findings

    @property
    def home(self) -> str:
        """The part of the sheet this part belongs to; empty for a sheet and for the workbook."""
        return self.owner.part if self.owner is not None else ""

    @property
    def loop_around(self) -> "tuple[Tag, Place] | None":
        """The tag that repeats the sheet this part is, or belongs to."""
        return self.owner.loop if self.owner is not None and not self.is_apart else self.loop

    @property
    def moves(self) -> bool:
        """Whether rows or columns are repeated or left out."""
        return bool(self.columns.stretches) or any(isinstance(node, Tag) for node, _ in self.nodes)

    def row_of(self, cell: str) -> int:
        """The template row of a cell, such as 5 of `B5`."""
        found = parse_area(cell.split(" ")[0])
        return 0 if found is None else found.row

    def is_looped(self, rows: Span, columns: Span) -> bool:
        """Whether an area lies within the rows, or the columns, of a loop."""
        return bool(self.rows.loops_around(*rows) or self.columns.loops_around(*columns))

    def place(self, cell: str = "", text: str = "") -> Place:
        """The place of a cell, as `sheet Skor, cell B8`."""
        known = self._places.get(cell) if not text else None
        if known is None:
            spot = said("sheet {name}", name=self.name) + (said(", cell {cell}", cell=cell) if cell else "")
            known = Place(self.file, None, spot, text)
            if not text:
                self._places[cell] = known
        return known

    def own_row(self) -> str:
        """The token that stands for the number of the row being written."""
        if not self._own_token:
            self._own_token = self.marks.token(OWN, self.place(), "{{ _n\n}}")
        return self._own_token

    def token(self, code: str) -> str:
        """A token for Jinja code of the renderer's own; `code` is an expression."""
        return self.marks.token(OWN, self.place(self.at), f"{{{{ {code}\n}}}}")

    def instruction(self, code: str) -> Element:
        """The same for a whole statement or expression among elements; `code` holds no newline."""
        return self.marks.instruction(OWN, self.place(), f"{code[:-2]}\n{code[-2:]}")


def reference_token(sheet: Sheet, reference: Reference, seen_from: int | None) -> str:
    """The token of one reference."""
    return sheet.token(reference_code(sheet, reference, seen_from, sheet.at))


def reference_code(sheet: Sheet, reference: Reference, seen_from: int | None, cell: str = "") -> str:
    """What spells a reference when the source runs; it is noted, with the cell it stands in."""
    sheet.references.append((reference, seen_from, cell))
    number = sheet.distinct.setdefault((reference, reference.may_list, seen_from), len(sheet.distinct))
    return f"_sheet | _reference({number})"


def area_token(sheet: Sheet, areas: str) -> str:
    """The token of a list of areas, such as `A1:B2 C3`, which grow or come once for each iteration."""
    sheet.areas.append(areas)
    return sheet.token(f"_sheet | _area({len(sheet.areas) - 1})")


def place_token(sheet: Sheet, area: str) -> str:
    """The token of a cell or range that stays one: at its first place, or as far as it reaches."""
    found = parse_area(area)
    if found is None or not found.column:
        return area
    start = f"{column_token(sheet, found.column)}{sheet.token(f'_sheet | _nearest({found.row})')}"
    if found.end_row is None:
        return start
    end = column_token(sheet, found.end_column, is_end=True)
    return f"{start}:{end}{sheet.token(f'_sheet | _nearest({found.end_row}, true)')}"


def column_token(sheet: Sheet, letters: str, *, is_end: bool = False) -> str:
    """The token of a column's letters at its first place (`is_end`: its last); the letters where none are looped."""
    if not sheet.columns.stretches:
        return letters
    number = column_number(letters)
    return sheet.token(f"_sheet | _nearest_column({number}{', true' if is_end else ''}) | _letters")


def mark_pieces(sheet: Sheet, pieces: Sequence[Piece], row: int | None, seen_from: int | None) -> str:
    """A formula with a token for each reference; those of row `row` itself become the number being written."""
    text: list[str] = []
    stays = row is not None and not sheet.columns.stretches
    for piece in pieces:
        if isinstance(piece, str):
            text.append(_with_tables(sheet, piece, seen_from) if sheet.book.tables else _renamed(sheet, piece))
        elif piece.is_columns and not sheet.book.loops_columns and piece.sheet not in sheet.book.renamed:
            text.append(piece.text(0, 0))
        elif stays and _is_of_row(piece, row):
            own = sheet.own_row()
            text.append(
                f"{piece.column}{own}" if piece.end_row is None else f"{piece.column}{own}:{piece.end_column}{own}"
            )
        else:
            sheet.names_renamed = sheet.names_renamed or piece.sheet in sheet.book.renamed
            text.append(reference_token(sheet, piece, seen_from))
    return "".join(text)


def _is_of_row(reference: Reference, row: int | None) -> bool:
    """Whether a reference names cells of this row alone, which is the row being written wherever it comes."""
    is_free = not (reference.sheet or reference.is_fixed or reference.end_is_fixed or reference.is_columns)
    return is_free and reference.row == row and reference.end_row in (None, row)


def _is_within(sheet: Sheet, table: LoopedTable) -> bool:
    """Whether the cell being marked stands in the iterations of a repeated table."""
    if (sheet.owner or sheet).part != table.sheet:
        return False
    around = set(sheet.rows.loops_around(*table.rows))
    return not around or bool(around & set(sheet.rows.loops_at(sheet.row_of(sheet.at or "A1"))))


def _with_tables(sheet: Sheet, text: str, seen_from: int | None) -> str:
    """Text of a formula in which the names of repeated tables are tokens."""
    made, position = "", 0
    while (found := find_table(text, position, sheet.book.tables)) is not None:
        start, end, key = found
        rest = text[text.index("[", start) : end]
        is_list = may_be_listed(text[:start], text[end:])
        if not is_list and not _is_within(sheet, sheet.book.tables[key]):
            place = sheet.place(sheet.at, text)
            sheet.findings.warning(said("the table is repeated; from here the first one is meant"), place)
        code = f"_sheet | _named_table({key!r}, {rest!r}, {seen_from is ROW}, {is_list})"
        made += _renamed(sheet, text[position:start]) + sheet.token(code)
        sheet.names_renamed = True
        position = end
    return made + _renamed(sheet, text[position:])


def _renamed(sheet: Sheet, text: str) -> str:
    """Text of a formula in which the names of sheets that hold tags are tokens."""
    for prefix, part in sheet.book.renamed.items():
        if prefix in text:
            text = text.replace(prefix, sheet.token(f"_sheet | _prefix({part!r})"))
            sheet.names_renamed = True
    return text


def pieces_of(sheet: Sheet, formula: str) -> list[Piece]:
    """The pieces of a formula; one that cannot be read is noted as a fault of the template, and gives none."""
    try:
        return parse_formula(formula)
    except UnreadFormula:
        sheet.findings.error(
            said("formula cannot be read"),
            sheet.place(sheet.at, formula),
            said("type it anew in Excel, or write a value there"),
        )
        return []


def mark_formula(sheet: Sheet, formula: str, seen_from: int | None, *, grows: bool = False) -> str:
    """A formula outside of cells with tokens. `grows`: a single cell stands for its column of looped cells."""
    pieces = pieces_of(sheet, formula)
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


def rows_of(areas: str) -> Span | None:
    """The first and last template row of a list of areas."""
    found = [area for text in areas.split() if (area := parse_area(text)) is not None]
    if not found:
        return None
    return min(area.row for area in found), max(area.end_row or area.row for area in found)


def columns_of(areas: str) -> Span:
    """The first and last template column of a list of areas; of whole rows, all there are."""
    found = [area for text in areas.split() if (area := parse_area(text)) is not None]
    if not found or not all(area.column for area in found):
        return 1, 1
    ends = [column_number(area.end_column or area.column) for area in found]
    return min(column_number(area.column) for area in found), max(ends)


@contextmanager
def repeated(sheet: Sheet, element: Element, rows: Span, columns: Span = (1, 1)) -> Iterator[Callable[[str], str]]:
    """Put `element` once for each iteration around its rows; gives what makes a token of a cell or range in it.

    References in it are seen from the iteration (`ROW`).
    """
    sheet.copied.append((rows, columns))
    element.addprevious(sheet.instruction(f"{{% for _at in _sheet | _copies({len(sheet.copied) - 1}) %}}"))
    element.addprevious(sheet.instruction("{{ _at | _from }}"))
    element.addnext(sheet.instruction("{% endfor %}"))

    def own(area: str) -> str:
        found = parse_area(area)
        if found is None:
            return area
        plain = replace(
            found, sheet="", is_fixed=False, end_is_fixed=False, column=found.column.lstrip("$"),
            end_column=found.end_column.lstrip("$"),
        )  # fmt: skip
        return reference_token(sheet, plain, ROW)

    yield own


def dropped_if_empty(sheet: Sheet, container: Element) -> None:
    """Leave a list out where nothing is left in it, which Excel refuses; only an `if` around rows can do that."""
    if sheet.moves:
        container.attrib.pop("count", None)
    if not (sheet.rows.may_drop or sheet.columns.may_drop):
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

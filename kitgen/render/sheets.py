"""One sheet of an Excel template: tokens put in the place of its tags and of every reference that may move.

Of a sheet two sources are made: one that lays it out (which rows come how often), run first for all sheets, and one
that writes it, when every reference can be told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final

from kitgen.errors import Findings, Place
from kitgen.render.formulas import Piece, Reference, is_volatile, parse_area, parse_formula, shifted
from kitgen.render.layout import Rows, Stretch
from kitgen.render.marks import Mark, Marks, check_nesting, note_broken, stand_in
from kitgen.render.row_heights import column_widths
from kitgen.render.tags import BrokenTag, Tag, find_tags
from kitgen.render.xml import XML_SPACE, Element, local_name

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_OWN: Final = Tag("value", "", "_n", 0, 0, "")
_NOT_MOVED: Final = {
    "tableParts": "a table (Insert, Table)", "drawing": "a picture or chart", "legacyDrawing": "comments or controls",
    "oleObjects": "an embedded object", "controls": "form controls", "extLst": "extended formats or sparklines",
}  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """A sheet while it is compiled, and what its two sources need when they run.

    `references`: every reference that may move, with the template row its frame is seen from (None: the row written).
    """

    name: str
    part: str
    file: str
    root: Element
    marks: Marks
    references: list[tuple[Reference, int | None]] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    merges: list[Reference] = field(default_factory=list)
    rows: Rows = Rows(())
    nodes: list[tuple[str, Tag | Stretch, Place]] = field(default_factory=list)
    row_loops: int = 0
    wrapped: Mapping[int, float] = field(default_factory=dict)
    _own_token: str = ""

    @property
    def findings(self) -> Findings:
        """Where problems go."""
        return self.marks.findings

    def place(self, cell: str = "", text: str = "") -> Place:
        """The place of a cell, as `sheet Skor, cell B8`."""
        return Place(self.file, None, f"sheet {self.name}" + (f", cell {cell}" if cell else ""), text)

    def own_row(self) -> str:
        """The token that stands for the number of the row being written."""
        if not self._own_token:
            self._own_token = self.marks.token(_OWN, self.place(), "{{ _n\n}}")
        return self._own_token


def mark_sheet(sheet: Sheet, strings: Sequence[Element]) -> None:
    """Put tokens into the sheet's XML; faults are collected, each with its sheet and cell.

    `strings` are the workbook's shared strings; those with tags are put into their cells.
    """
    data = sheet.root.find(f"{S}sheetData")
    if data is None:
        return
    _flatten_shared_formulas(data)
    rows = list(data)
    _read_rows(sheet, rows, strings)
    for element in rows:
        data.remove(element)
    _write_rows(sheet, data, {int(row.get("r") or 0): row for row in rows}, strings)
    _mark_rest(sheet)
    check_nesting(sheet.root, sheet.marks)
    dimension = sheet.root.find(f"{S}dimension")
    if dimension is not None:
        sheet.root.remove(dimension)


def cell_text(cell: Element, strings: Sequence[Element]) -> str:
    """The text of a cell that holds one; empty for numbers and formulas."""
    holder = text_holder(cell, strings)
    return "" if holder is None else "".join(text.text or "" for text in holder.iter(f"{S}t"))


def text_holder(cell: Element, strings: Sequence[Element]) -> Element | None:
    """The element (`si` or `is`) that holds a cell's text."""
    kind = cell.get("t")
    if kind == "s":
        value = cell.findtext(f"{S}v") or ""
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else None
    return cell.find(f"{S}is") if kind == "inlineStr" else None


# Rows: which are tags, which are content, and the loops around them


def _read_rows(sheet: Sheet, rows: Sequence[Element], strings: Sequence[Element]) -> None:
    loops: list[int] = []
    stretches: list[Stretch] = []
    expected = 1
    for row in rows:
        number = int(row.get("r") or 0)
        if number > expected:
            _add_stretch(sheet, stretches, Stretch(expected, number - expected, tuple(loops)))
        expected = number + 1
        tag = _row_tag(sheet, row, strings)
        if tag is None:
            _add_stretch(sheet, stretches, Stretch(number, 1, tuple(loops)))
            continue
        place = sheet.place(_first_cell(row), tag.written)
        sheet.nodes.append(("tag", tag, place))
        if tag.name == "for":
            sheet.row_loops += 1
            loops.append(sheet.row_loops)
        elif tag.name == "endfor" and loops:
            loops.pop()
    sheet.rows = Rows(tuple(stretches))


def _add_stretch(sheet: Sheet, stretches: list[Stretch], stretch: Stretch) -> None:
    stretches.append(stretch)
    sheet.nodes.append(("rows", stretch, sheet.place()))


def _first_cell(row: Element) -> str:
    return next((cell.get("r") or "" for cell in row), "")


def _row_tag(sheet: Sheet, row: Element, strings: Sequence[Element]) -> Tag | None:
    """The `{%tr %}` tag a row is made of, if it is."""
    found: Tag | None = None
    others = False
    for cell in row:
        text = cell_text(cell, strings)
        lifted = [tag for tag in find_tags(text) if isinstance(tag, Tag) and tag.lift and tag.kind != "value"]
        if not lifted:
            others = others or bool(text.strip()) or cell.find(f"{S}f") is not None or bool(cell.findtext(f"{S}v"))
            continue
        place = sheet.place(cell.get("r") or "", lifted[0].written)
        if lifted[0].lift != "tr":
            sheet.findings.error("only whole rows can be looped in a sheet", place, "write `{%tr` in a row of its own")
        elif found is not None or len(lifted) > 1:
            sheet.findings.error("two tags stand in one row; each needs a row of its own", place)
        elif text.replace(lifted[0].written, "").strip():
            others = True
        found = found or lifted[0]
    if found is not None and others:
        sheet.findings.error(
            f"`{found.written}` takes the place of its whole row, but something else stands in it",
            sheet.place(_first_cell(row), found.written), "move it to a row of its own",
        )  # fmt: skip
    return found


def _write_rows(sheet: Sheet, data: Element, rows: Mapping[int, Element], strings: Sequence[Element]) -> None:
    for _, node, place in sheet.nodes:
        if isinstance(node, Tag):
            if node.kind == "statement":
                data.append(sheet.marks.instruction(node, place))
            continue
        next_row = stand_in(_OWN, "set _n = _sheet | _next")
        data.append(sheet.marks.instruction(next_row, place))
        row = rows.get(node.row) if node.count == 1 else None
        if row is not None:
            _mark_row(sheet, row, node.row, strings)
            data.append(row)


def _mark_row(sheet: Sheet, row: Element, number: int, strings: Sequence[Element]) -> None:
    own = sheet.own_row()
    row.set("r", own)
    row.attrib.pop("spans", None)
    for cell in list(row):
        reference = cell.get("r") or ""
        match = _CELL.fullmatch(reference)
        column = match[1] if match else "A"
        cell.set("r", f"{column}{own}")
        formula = cell.find(f"{S}f")
        if formula is not None:
            _mark_formula(sheet, cell, formula, number, reference)
            continue
        holder = text_holder(cell, strings)
        if holder is not None and any(mark in cell_text(cell, strings) for mark in ("{{", "{%", "{#", "}}", "%}")):
            _mark_text(sheet, row, cell, holder, column, reference)


def _mark_text(sheet: Sheet, row: Element, cell: Element, holder: Element, column: str, reference: str) -> None:
    """A cell that is one placeholder takes its value's type; any other text is put into the cell with its tags."""
    text = "".join(part.text or "" for part in holder.iter(f"{S}t"))
    tags = list(find_tags(text))
    broken = [tag for tag in tags if isinstance(tag, BrokenTag)]
    for tag in broken:
        note_broken(sheet.findings, tag, sheet.place(reference))
    if broken:
        return
    only = tags[0] if len(tags) == 1 and isinstance(tags[0], Tag) and tags[0].written == text.strip() else None
    style = f' s="{cell.get("s")}"' if cell.get("s") else ""
    if only is not None and only.kind == "value":
        code = f"{{{{ ({only.inner}) | _cell({column!r}, _n, {style!r}{_room(sheet, row, cell, column)})\n}}}}"
        instruction = sheet.marks.instruction(only, sheet.place(reference), code)
        row.replace(cell, instruction)
        return
    inline = cell.makeelement(f"{S}is")
    inline.extend(deepcopy(list(holder)))
    _join_tags(inline, text)
    for part in inline.iter(f"{S}t"):
        part.text = sheet.marks.tokenise(part.text or "", lambda: sheet.place(reference))
        part.set(XML_SPACE, "preserve")
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    cell.append(inline)


def _room(sheet: Sheet, row: Element, cell: Element, column: str) -> str:
    """The width and font size a wrapped text has to do with, where its row has no height of its own."""
    size = sheet.wrapped.get(int(cell.get("s") or 0))
    if size is None or (row.get("ht") and not (row.get("ht") or "").startswith("auto")):
        return ""
    row.set("ht", f"auto{sheet.own_row()}")
    return f", {column_widths(sheet.root)(column)}, {size}"


def _join_tags(inline: Element, text: str) -> None:
    """Move each tag into the run it begins in, where a cell's text has several runs."""
    parts = list(inline.iter(f"{S}t"))
    if len(parts) < 2:
        return
    bounds = [tag for tag in find_tags(text) if isinstance(tag, Tag)]
    position, cuts = 0, []
    for part in parts:
        cuts.append((position, position + len(part.text or "")))
        position = cuts[-1][1]
    owner = [index for index, (start, end) in enumerate(cuts) for _ in range(start, end)]
    for tag in bounds:
        owner[tag.start : tag.end] = [owner[tag.start]] * (tag.end - tag.start)
    for index, part in enumerate(parts):
        part.text = "".join(character for character, at in zip(text, owner, strict=True) if at == index)


# Formulas


def _flatten_shared_formulas(data: Element) -> None:
    """Give each cell of a shared formula its own, so that all can move on their own."""
    masters: dict[str, tuple[str, str]] = {}
    for cell in data.iter(f"{S}c"):
        formula = cell.find(f"{S}f")
        if formula is None or formula.get("t") != "shared":
            continue
        group, reference = formula.get("si") or "", cell.get("r") or ""
        if formula.text:
            masters[group] = (formula.text, reference)
        elif group in masters:
            formula.text = shifted(*masters[group], reference)
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, None)


def _mark_formula(sheet: Sheet, cell: Element, formula: Element, row: int, reference: str) -> None:
    place = sheet.place(reference, formula.text or "")
    if "{{" in (formula.text or "") or "{%" in (formula.text or ""):
        sheet.findings.error("a formula holds a tag", place, "put the value into a cell of its own and name that cell")
        return
    pieces = parse_formula(formula.text or "")
    if is_volatile(pieces):
        sheet.findings.warning("INDIRECT and OFFSET name cells by text, which does not move with the rows", place)
    formula.text = mark_pieces(sheet, pieces, row, None)
    if formula.get("ref"):
        formula.set("ref", _area_token(sheet, formula.get("ref") or ""))
    value = cell.find(f"{S}v")
    if value is not None:
        cell.remove(value)  # worked out anew when the file is opened
    cell.attrib.pop("t", None)


def mark_pieces(sheet: Sheet, pieces: Sequence[Piece], row: int | None, seen_from: int | None) -> str:
    """A formula with a token for each reference; those of row `row` itself become the number being written."""
    text: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            text.append(piece)
        elif row is not None and not piece.sheet and piece.row == row and piece.end_row is None and not piece.is_fixed:
            text.append(f"{piece.column}{sheet.own_row()}")
        else:
            sheet.references.append((piece, seen_from))
            code = f"{{{{ _sheet | _reference({len(sheet.references) - 1})\n}}}}"
            text.append(sheet.marks.token(_OWN, sheet.place(), code))
    return "".join(text)


# What stands around the cells


def _mark_rest(sheet: Sheet) -> None:
    for element in list(sheet.root):
        kind = local_name(element)
        if kind in _NOT_MOVED and sheet.row_loops:
            sheet.findings.error(
                f"sheet holds {_NOT_MOVED[kind]}, which kitgen does not move with looped rows yet", sheet.place(),
                "put it on a sheet without row loops",
            )  # fmt: skip
        elif kind == "mergeCells":
            areas = [parse_area(merge.get("ref") or "") for merge in element]
            sheet.merges = [area for area in areas if area is not None]
            merged = sheet.marks.instruction(_OWN, sheet.place(), "{{ _sheet | _merged\n}}")
            sheet.root.replace(element, merged)
        elif kind in ("conditionalFormatting", "dataValidations"):
            for ranged in [element] if kind == "conditionalFormatting" else list(element):
                _mark_ranged(sheet, ranged)
        elif kind == "autoFilter":
            element.set("ref", _area_token(sheet, element.get("ref") or ""))
        elif kind in ("hyperlinks", "rowBreaks"):
            _mark_fixed(sheet, element)
        elif kind == "headerFooter":
            for text in element:
                text.text = sheet.marks.tokenise(text.text or "", sheet.place, _in_header)


def _in_header(tag: Tag) -> str:
    """In headers and footers of sheets `&` begins a code, so a value's own is doubled."""
    return f"{{{{ ({tag.inner}) | _header\n}}}}" if tag.kind == "value" else f"{{% {tag.inner}\n%}}"


def _area_token(sheet: Sheet, areas: str) -> str:
    sheet.areas.append(areas)
    return sheet.marks.token(_OWN, sheet.place(), f"{{{{ _sheet | _area({len(sheet.areas) - 1})\n}}}}")


def _mark_ranged(sheet: Sheet, element: Element) -> None:
    areas = element.get("sqref") or ""
    top = min((area.row for text in areas.split() if (area := parse_area(text)) is not None), default=1)
    element.set("sqref", _area_token(sheet, areas))
    for formula in element.iter(f"{S}formula", f"{S}formula1", f"{S}formula2"):
        formula.text = mark_pieces(sheet, parse_formula(formula.text or ""), None, top)


def _mark_fixed(sheet: Sheet, element: Element) -> None:
    """Links and page breaks follow their row; a looped one would have to be made many times."""
    for child in element:
        name = "ref" if child.get("ref") else "id"
        area = parse_area(child.get("ref") or f"A{child.get('id')}")
        if area is None:
            continue
        stretch = sheet.rows.stretch_at(area.row)
        if stretch is not None and stretch.loops:
            what = "a link" if name == "ref" else "a page break"
            sheet.findings.error(
                f"{what} stands in a looped row, which kitgen does not repeat yet", sheet.place(f"row {area.row}")
            )
        elif name == "ref":
            child.set("ref", _area_token(sheet, child.get("ref") or ""))
        else:
            sheet.references.append((replace(area, column="", is_fixed=False), 0))
            code = f"{{{{ _sheet | _reference({len(sheet.references) - 1})\n}}}}"
            child.set("id", sheet.marks.token(_OWN, sheet.place(), code))


# The source that lays the sheet out


def layout_source(sheet: Sheet) -> tuple[str, list[Mark]]:
    """Jinja source that only notes which rows come in which iteration, and the mark of each of its lines."""
    lines: list[Mark] = []
    return "".join(_layout_pieces(sheet, lines)), lines


def _layout_pieces(sheet: Sheet, lines: list[Mark]) -> Iterator[str]:
    number = 0
    yield f"{{{{ _sheet | _lay_out({sheet.part!r}) }}}}"
    for _, node, place in sheet.nodes:
        if isinstance(node, Stretch):
            yield f"{{{{ _sheet | _place({node.row}, {node.count}) }}}}"
        elif node.kind == "statement":
            code = f"{{% {node.inner}\n%}}"
            lines.append(Mark(node, place, code))
            if node.name == "endfor":
                yield "{{ _sheet | _leave }}"
            yield code
            if node.name == "for":
                number += 1
                yield f"{{{{ _sheet | _enter({number}) }}}}"

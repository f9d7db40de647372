"""The parts that belong to the sheets of a workbook and move with their rows: found by relations, marked by kind."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.excel.anchors import mark_anchors
from kitgen.render.excel.charts import mark_chart
from kitgen.render.excel.comments import cell_of, mark_comments, mark_old_drawing, mark_threads
from kitgen.render.excel.controls import mark_control_part
from kitgen.render.excel.formulas import MAX_ROWS
from kitgen.render.excel.fragments import holds_tags
from kitgen.render.excel.reference_tokens import S, Sheet, area_token, keep_line_breaks, rows_of
from kitgen.render.excel.tables import check_headers, mark_pivot_source, mark_table
from kitgen.render.package.relations import relations_of
from kitgen.render.package.xml import local_name, parse_xml
from kitgen.render.tags.joined import join_tags
from kitgen.render.tags.marks import Marks, check_nesting, refuse_private_characters

_CHARTS: Final = ("chart", "chartEx")
_MARK: Final = {
    "drawing": mark_anchors, "ctrlProp": mark_control_part, "comments": mark_comments, "threadedComment": mark_threads,
    "table": mark_table,
}  # fmt: skip
_TEXTS: Final = ("drawing", "comments")
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_REFUSED: Final = {"tableSingleCells": said("cells mapped to XML"), "queryTable": said("a query table")}


def related_parts(
    contents: Mapping[str, bytes], sheets: Sequence[Sheet], tagged: Set[str], findings: Findings
) -> list[Sheet]:
    """The marked parts of all sheets whose references move or that hold tags, in the order of the sheets.

    `tagged` are the sheets that change, in lower case.
    """
    renamed = (sheet.name.casefold() for sheet in sheets if sheet.part in sheet.book.renamed.values())
    looped = frozenset((*tagged, *renamed))
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        for kind, name in _targets(contents, sheet.part, sheet.file):
            for part in _marked(contents, sheet, kind, name, looped, findings):
                found.setdefault(part.part, part)
    for name in sorted(contents) if sheets else ():
        if name.startswith("xl/chartsheets/") and name.endswith(".xml"):
            for kind, drawing in _targets(contents, name, sheets[0].file):
                if kind == "drawing":
                    charts = _charts(contents, sheets[0], drawing, looped, findings, is_apart=True)
                    found |= {chart.part: chart for chart in charts}
        if name.startswith("xl/pivotCache/pivotCacheDefinition"):
            cache = _part(contents, sheets[0], name, findings, is_apart=True)
            if mark_pivot_source(cache, looped):
                found[name] = cache
    for part in found.values():
        keep_line_breaks(part)
        check_nesting(part.root, part.marks)
    return list(found.values())


def _marked(
    contents: Mapping[str, bytes], sheet: Sheet, kind: str, name: str, looped: frozenset[str], findings: Findings
) -> Iterator[Sheet]:
    if kind == "drawing":
        yield from _charts(contents, sheet, name, looped, findings)
    if kind == "table":
        check_headers(parse_xml(contents[name], sheet.file, name), sheet)
    ticks = any(box.claim is not None for box in sheet.boxes.values()) and kind in ("vmlDrawing", "ctrlProp", "drawing")
    if not (sheet.moves or sheet.loop is not None or ticks):
        if kind in _TEXTS and (b"{" in contents[name] or b"}" in contents[name]):
            part = _part(contents, sheet, name, findings)
            _MARK[kind](part)
            _mark_texts(part)
            if any(mark.tag.written for mark in part.marks.placed):
                yield part
        return
    if kind in _REFUSED:
        sheet.findings.error(
            said("sheet holds {refused}, which does not move with rows", refused=_REFUSED[kind]), sheet.place()
        )
    elif kind == "vmlDrawing":
        drawing = _part(contents, sheet, name, findings)
        mark_old_drawing(drawing, _threaded_cells(contents, sheet))
        yield drawing
    elif kind == "pivotTable":
        pivot = _part(contents, sheet, name, findings)
        for place in pivot.root.iter(f"{S}location"):
            place.set("ref", area_token(pivot, place.get("ref") or ""))
        yield pivot
    elif kind in _MARK:
        part = _part(contents, sheet, name, findings)
        part.kind = kind
        _MARK[kind](part)
        if kind in _TEXTS:
            _mark_texts(part)
        if part.marks.placed or part.repeats:
            yield part


def anchored_rows(sheet: Sheet, contents: Mapping[str, bytes]) -> set[int]:
    """The rows that comments, pictures, controls, links and rules of a sheet begin in: such a row may hold no cell."""
    rows: set[int] = set()
    for element in sheet.root.iter("{*}hyperlink", "{*}dataValidation", "{*}conditionalFormatting"):
        for name in ("ref", "sqref"):
            if element.get(name):
                found = rows_of(element.get(name) or "")
                rows |= set() if found is None else {found[0]}
    for place in sheet.root.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref"):
        found = rows_of(place.text or "")
        rows |= set() if found is None else {found[0]}
    starts = list(sheet.root.iter("{*}from"))
    for kind, name in _targets(contents, sheet.part, sheet.file):
        if kind == "comments":
            cells = [
                comment.get("ref") or "" for comment in parse_xml(contents[name], sheet.file, name).iter(f"{S}comment")
            ]
            rows |= {found[0] for cell in cells if (found := rows_of(cell)) is not None}
        elif kind == "drawing":
            starts += parse_xml(contents[name], sheet.file, name).iter("{*}from")
    texts = [
        start.findtext("{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}row") or ""
        for start in starts
    ]
    return {row for row in rows | {int(text) + 1 for text in texts if text.strip().isdigit()} if row <= MAX_ROWS}


def _charts(
    contents: Mapping[str, bytes], sheet: Sheet, drawing: str, looped: frozenset[str], findings: Findings,
    *, is_apart: bool = False,
) -> Iterator[Sheet]:  # fmt: skip
    """The charts and diagrams of a drawing; `is_apart`: it belongs to no sheet with rows."""
    for kind, name in _targets(contents, drawing, sheet.file):
        if kind in _CHARTS:
            chart = _part(contents, sheet, name, findings, is_apart=is_apart)
            before = len(contents[name])
            mark_chart(chart, looped)
            _mark_texts(chart)
            if chart.marks.placed or before:
                yield chart
        elif kind.startswith("diagram") and b"{" in contents[name]:
            diagram = _part(contents, sheet, name, findings, is_apart=is_apart)
            _mark_texts(diagram)
            if diagram.marks.placed:
                yield diagram


def _mark_texts(part: Sheet) -> None:
    """Tags in text boxes, diagrams, titles of charts; their runs are brought together as in cells."""
    place = Place(part.file, None, said("sheet {name}, part {part}", name=part.name, part=part.part))
    for holder in part.root.iter(f"{_A}p"):
        texts = list(holder.iter(f"{_A}t"))
        if holds_tags("".join(text.text or "" for text in texts)):
            join_tags(texts)
            for text in texts:
                text.text = part.marks.tokenise(text.text or "", lambda: place)
    for value in part.root.iter("{*}v"):  # the name of a series that is typed, not taken from a cell
        above = value.getparent()
        if above is not None and local_name(above) == "tx" and holds_tags(value.text):
            value.text = part.marks.tokenise(value.text or "", lambda: place)


def _part(
    contents: Mapping[str, bytes], sheet: Sheet, name: str, findings: Findings, *, is_apart: bool = False
) -> Sheet:
    refuse_private_characters(contents[name], Place(sheet.file, spot=said("part {name}", name=name)), findings)
    root = parse_xml(contents[name], sheet.file, name)
    return Sheet(
        sheet.name, name, sheet.file, root, Marks(findings), book=sheet.book, owner=sheet,
        rows=sheet.rows, columns=sheet.columns, is_apart=is_apart,
    )  # fmt: skip


def _threaded_cells(contents: Mapping[str, bytes], sheet: Sheet) -> frozenset[tuple[int, int]]:
    cells = [
        cell_of(comment)
        for kind, name in _targets(contents, sheet.part, sheet.file) if kind == "threadedComment"
        for comment in parse_xml(contents[name], sheet.file, name)
    ]  # fmt: skip
    return frozenset(cell for cell in cells if cell is not None)


def _targets(contents: Mapping[str, bytes], part: str, file: str) -> Iterator[tuple[str, str]]:
    """Kind and name of each part a part has a relation to."""
    for relation in relations_of(contents, part, file):
        if not relation.is_external and relation.target in contents:
            yield relation.kind, relation.target

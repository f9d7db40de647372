"""The parts that belong to the sheets of a workbook and move with their rows: found by relations, marked by kind."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.excel.anchors import cell_of, mark_anchors, mark_comments, mark_old_drawing, mark_threads
from kitgen.render.excel.charts import mark_chart
from kitgen.render.excel.reference_tokens import S, Sheet, area_token, keep_line_breaks
from kitgen.render.excel.sheet_cells import join_tags
from kitgen.render.excel.sheet_names import quoted
from kitgen.render.excel.tables import check_headers, mark_pivot_source, mark_table
from kitgen.render.package.xml import parse_xml
from kitgen.render.tags.marks import Marks, check_nesting, refuse_private_characters

_CHARTS: Final = ("chart", "chartEx")
_MARK: Final = {
    "drawing": mark_anchors, "ctrlProp": mark_anchors, "comments": mark_comments, "threadedComment": mark_threads,
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
    renamed = (sheet.name.casefold() for sheet in sheets if quoted(sheet.name) in sheet.renamed)
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
                    found |= {chart.part: chart for chart in _charts(contents, sheets[0], drawing, looped, findings)}
        if name.startswith("xl/pivotCache/pivotCacheDefinition"):
            cache = _part(contents, sheets[0], name, findings)
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
    if not sheet.moves:
        if kind in _TEXTS and (b"{" in contents[name] or b"}" in contents[name]):
            part = _part(contents, sheet, name, findings)
            _mark_texts(part)
            if part.marks.placed:
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
        _MARK[kind](part)
        if kind in _TEXTS:
            _mark_texts(part)
        if part.marks.placed:
            yield part


def _charts(
    contents: Mapping[str, bytes], sheet: Sheet, drawing: str, looped: frozenset[str], findings: Findings
) -> Iterator[Sheet]:
    for kind, name in _targets(contents, drawing, sheet.file):
        if kind in _CHARTS:
            chart = _part(contents, sheet, name, findings)
            mark_chart(chart, looped)
            _mark_texts(chart)
            if chart.marks.placed:
                yield chart


def _mark_texts(part: Sheet) -> None:
    """Tags in text boxes, titles of charts and comments; their runs are brought together as in cells."""
    place = Place(part.file, None, said("sheet {name}, part {part}", name=part.name, part=part.part))
    for holder in part.root.iter(f"{_A}p", f"{S}text"):
        texts = [text for text in holder.iter(f"{_A}t", f"{S}t")]
        if any(mark in "".join(text.text or "" for text in texts) for mark in ("{{", "{%", "{#", "}}", "%}")):
            join_tags(texts)
            for text in texts:
                text.text = part.marks.tokenise(text.text or "", lambda: place)


def _part(contents: Mapping[str, bytes], sheet: Sheet, name: str, findings: Findings) -> Sheet:
    refuse_private_characters(contents[name], Place(sheet.file, spot=said("part {name}", name=name)), findings)
    root = parse_xml(contents[name], sheet.file, name)
    return Sheet(
        sheet.name, name, sheet.file, root, Marks(findings), home=sheet.part, rows=sheet.rows, renamed=sheet.renamed
    )


def _threaded_cells(contents: Mapping[str, bytes], sheet: Sheet) -> frozenset[tuple[int, int]]:
    cells = [
        cell_of(comment)
        for kind, name in _targets(contents, sheet.part, sheet.file) if kind == "threadedComment"
        for comment in parse_xml(contents[name], sheet.file, name)
    ]  # fmt: skip
    return frozenset(cell for cell in cells if cell is not None)


def _targets(contents: Mapping[str, bytes], part: str, file: str) -> Iterator[tuple[str, str]]:
    """Kind and name of each part a part has a relation to."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in contents:
        return
    for entry in parse_xml(contents[relations], file, relations):
        if entry.get("TargetMode") == "External":
            continue
        target = entry.get("Target") or ""
        found = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if found in contents:
            yield (entry.get("Type") or "").rpartition("/")[2], found

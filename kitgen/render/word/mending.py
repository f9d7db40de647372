"""What loops over nothing leave behind in a Word part is looked after, or Word finds "unreadable content".

A row has a cell, a table a row, a cell ends with a paragraph, a header holds one; the grid of a table whose cells are
looped or widened fits its rows. A quick look at the text tells whether any of this is needed; mostly it is not.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from lxml import etree

from kitgen.render.package.xml import DECLARATION, Element, W, is_instruction, local_name
from kitgen.render.tags.marks import Marks
from kitgen.render.tags.walk import own
from kitgen.render.word.merged_rows import may_lack_beginnings

Repair = Callable[[str], str]

REGRID: Final = "kitgen-grid"
"""An attribute, within the tree only, of tables whose columns a tag may make more or fewer."""

_STORIES: Final = ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "docPartBody")
_BLOCKS: Final = frozenset({f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}customXml", f"{W}altChunk"})
_OPEN_CELL: Final = r"</w:tc>(?<!</w:p></w:tc>)(?<!<w:p/></w:tc>)"
_WRAPPERS: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml"})
_END_OF_RANGE: Final = r"<w:\w+(?:Start|End)(?: [^>]*)?/>"
_SIDE_BY_SIDE: Final = re.compile(
    rf"(</w:tbl>(?:</w:sdtContent></w:sdt>|</w:customXml>|{_END_OF_RANGE})*)"
    rf"((?:<w:sdt>(?:(?!<w:sdtContent>).)*<w:sdtContent>|<w:customXml [^>]*[^/]>(?:<w:customXmlPr>.*?</w:customXmlPr>)?"
    rf"|{_END_OF_RANGE})*<w:tbl>)",
    re.DOTALL,
)
"""Two tables with nothing between them but what wraps them and ends of ranges."""
_TELLTALES: Final = {
    "tbl": r"</w:tbl>(?<!</w:tr></w:tbl>)",
    "tr": r"</w:tr>(?<!</w:tc></w:tr>)|<w:tr/>",
    "tc": f"{_OPEN_CELL}|<w:tc/>",
    "sdtContent": r"<w:sdtContent/>|<w:sdtContent></w:sdtContent>",
}
_EMPTY_STORY: Final = r"<w:{0}(?: [^>]*)?></w:{0}>|<w:{0}(?: [^>]*)?/>"
_FURTHER: Final = {"tbl": ("tbl", "tc"), "tr": ("tr", "tbl", "tc"), "sdtContent": ("sdtContent", "tr", "tbl", "tc")}


def repairs(root: Element, marks: Marks) -> tuple[tuple[Repair, ...], tuple[Repair, ...]]:
    """What must be looked after in renderings of a part: what its lifted tags may leave empty or uneven.

    The first are for conditions, which may do so at any time, the second for loops, which do so over nothing.
    """
    apart: tuple[Repair, ...] = (_apart,) if _may_fuse(root, marks) else ()
    if merges_may_break(root, marks):
        apart = (*apart, _with_whole_merges)
    if any(table.get(REGRID) for table in root.iter(f"{W}tbl")):
        return (_mended, *apart), ()
    conditions: set[str] = set()
    loops: set[str] = set()
    for element in root.iter(etree.ProcessingInstruction):
        mark, parent = marks.at(element), element.getparent()
        if mark is None or parent is None or mark.tag.written.startswith("{% vm"):
            continue  # merging leaves a paragraph either way
        is_plain_loop = mark.tag.name == "endfor" or (mark.tag.name == "for" and " if " not in mark.tag.inner)
        (loops if is_plain_loop and not _ends_with_table(parent) else conditions).add(local_name(parent))
    return (*_looking_for(conditions), *apart), _looking_for(loops)


def _apart(xml: str) -> str:
    """Tables that tags brought side by side, each by itself: Word makes one of two with nothing between them."""
    return _SIDE_BY_SIDE.sub(r"\1<w:p/>\2", xml)


def _may_fuse(root: Element, marks: Marks) -> bool:
    tables = list(root.iter(f"{W}tbl"))
    beside = [node for table in tables for step in (False, True) if (node := beside_table(table, step)) is not None]
    return any(marks.at(node) is not None for node in beside) and not any(node.tag == f"{W}tbl" for node in beside)


def beside_table(block: Element, is_after: bool) -> Element | None:
    """What stands before or after a block, whatever wraps either; ends of ranges count for nothing."""
    node = block
    while True:
        beside = next((each for each in node.itersiblings(preceding=not is_after) if not _is_no_block(each)), None)
        if beside is not None:
            break
        parent = node.getparent()
        if parent is None or parent.tag not in _WRAPPERS:
            return None
        node = parent
    while beside.tag in _WRAPPERS:
        inner = [child for child in beside if not _is_no_block(child)]
        if not inner:
            break
        beside = inner[0 if is_after else -1]
    return beside


def _is_table(block: Element) -> bool:
    """Whether a block is a table, or ends with one."""
    while block.tag in _WRAPPERS:
        held = [child for child in block if not _is_no_block(child)]
        if not held:
            return False
        block = held[-1]
    return block.tag == f"{W}tbl"


def _is_no_block(node: Element) -> bool:
    return isinstance(node.tag, str) and local_name(node).endswith(("Start", "End", "Pr"))


def _ends_with_table(parent: Element) -> bool:
    """Whether a cell holds nothing but tags behind its last table, and so no paragraph once they are filled."""
    blocks = [child.tag for child in parent if child.tag in _BLOCKS]
    return parent.tag == f"{W}tc" and bool(blocks) and blocks[-1] != f"{W}p"


def _looking_for(parents: set[str]) -> tuple[Repair, ...]:
    looked_for = {name for parent in parents for name in _FURTHER.get(parent, (parent,))}
    telltales = [text for name, text in _TELLTALES.items() if name in looked_for]
    telltales += [_EMPTY_STORY.format(name) for name in _STORIES if name in looked_for]
    if not telltales:
        return ()
    return (LookingFor(tuple(telltales)),)


@dataclass(frozen=True, slots=True)
class LookingFor:
    """Mends a part in which one of these expressions is found."""

    telltales: tuple[str, ...]

    def __call__(self, xml: str) -> str:
        """The part, mended where that is needed."""
        return _mended(xml) if any(_compiled(text).search(xml) for text in self.telltales) else xml


_compiled = cache(re.compile)


def _mended(xml: str) -> str:
    root = _parsed(xml)
    mend(root)
    fit_grids(root)
    return DECLARATION + etree.tostring(root, encoding="unicode")


def _with_whole_merges(xml: str) -> str:
    if "<w:vMerge" not in xml or not may_lack_beginnings(xml):
        return xml
    root = _parsed(xml)
    return DECLARATION + etree.tostring(root, encoding="unicode") if mend_merges(root) else xml


def _parsed(xml: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(xml.removeprefix(DECLARATION), parser)


KNOWN_REPAIRS: Final[Mapping[str, Repair]] = {
    "apart": _apart, "whole merges": _with_whole_merges, "mended": _mended,
}  # fmt: skip
"""Those a part may need, but for `LookingFor`; kept templates name them so."""


def mend(root: Element) -> None:
    """Remove rows without cells and tables without rows, give cells and stories a paragraph.

    Before rendering, a tag that will stand for something counts as something.
    """
    for content in reversed(list(root.iter(f"{W}sdtContent"))):
        control = content.getparent()
        if len(content) == 0 and control is not None and control.getparent() is not None:
            _mend_control(control, content)
    for row in reversed(list(root.iter(f"{W}tr"))):
        if not _holds(row, f"{W}tc"):
            _remove(row)
    for table in reversed(list(root.iter(f"{W}tbl"))):
        if not _holds(table, f"{W}tr"):
            _remove(table)
    for cell in root.iter(f"{W}tc"):
        blocks = [child for child in cell if child.tag in _BLOCKS or is_instruction(child)]
        if not blocks or (blocks[-1].tag != f"{W}p" and not is_instruction(blocks[-1])):
            cell.append(cell.makeelement(f"{W}p"))
    for story in root.iter(*(f"{W}{name}" for name in _STORIES)):
        held = [child for child in story if child.tag in _BLOCKS]
        if (not any(is_instruction(child) for child in story) and not held) or (held and _is_table(held[-1])):
            story.append(story.makeelement(f"{W}p"))


def _mend_control(control: Element, content: Element) -> None:
    parent = control.getparent()
    kind = local_name(parent) if parent is not None else ""
    if kind == "sdtContent":
        return
    if kind in ("tbl", "tr"):
        _remove(control)
    elif kind not in ("p", "r", "hyperlink", "ins", "smartTag"):
        content.append(content.makeelement(f"{W}p"))


def _holds(container: Element, name: str) -> bool:
    """Whether a row or table holds a cell or row, or (not rendered yet) a tag in its place; not in a nested table."""
    for child in container:
        if child.tag == name or is_instruction(child):
            return True
        if local_name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo") and _holds(child, name):
            return True
    return False


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# Cells merged over rows


def merges_may_break(root: Element, marks: Marks) -> bool:
    """Whether rows that tags take or repeat hold the beginning of a cell that others go on with."""
    return any(_may_break(table, marks) for table in root.iter(f"{W}tbl"))


def _may_break(table: Element, marks: Marks) -> bool:
    if next(table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}vMerge"), None) is None:
        return False
    path: list[int] = []
    begun: dict[int, tuple[int, ...]] = {}
    for number, child in enumerate(table):
        mark = marks.at(child)
        if mark is not None and mark.tag.kind == "statement":
            name = mark.tag.name
            if name.startswith("end") or name in ("else", "elif"):
                path = path[:-1]
            if not name.startswith("end") and name not in ("set", "restart"):
                path.append(number)
        for column, merge in _merges(child) if child.tag == f"{W}tr" else ():
            if merge.get(f"{W}val") == "restart":
                begun[column] = tuple(path)
            elif not any(is_instruction(beside) for beside in merge.itersiblings(preceding=True)):
                if begun.get(column) != tuple(path):
                    return True
    return False


def _merges(row: Element) -> Iterable[tuple[int, Element]]:
    """The vertical merges of a row's cells by the column each cell begins in."""
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in own(row, f"{W}tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None:
            yield column, merge
        column += span_of(cell)


def mend_merges(root: Element) -> bool:
    """Let a cell that goes on with one that is not there begin anew. Whether there was any."""
    is_mended = False
    merged = f"{W}vMerge"
    for table in root.iter(f"{W}tbl"):
        if next(table.iter(merged), None) is None:
            continue
        above: set[int] = set()
        for row in own(table, f"{W}tr"):
            here: set[int] = set()
            for column, merge in _merges(row) if next(row.iter(merged), None) is not None else ():
                if merge.get(f"{W}val") != "restart" and column not in above:
                    merge.set(f"{W}val", "restart")
                    is_mended = True
                here.add(column)
            above = here
    return is_mended


# The grid: as many columns as the widest row covers


def span_of(cell: Element) -> int:
    """How many columns a cell covers."""
    return _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def columns_of(row: Element) -> int:
    """How many columns the cells of a row cover, with those left out before and after."""
    before, after = (_number(row.find(f"{W}trPr/{W}{name}"), 0) for name in ("gridBefore", "gridAfter"))
    return before + sum(span_of(cell) for cell in own(row, f"{W}tc")) + after


def _number(element: Element | None, default: int, name: str = "val") -> int:
    written = (element.get(f"{W}{name}") or "") if element is not None else ""
    return int(float(written)) if re.fullmatch(r"\d+(\.\d+)?", written) else default


def fit_grids(root: Element) -> None:
    """Fit the grid of each table noted to need it."""
    for table in root.iter(f"{W}tbl"):
        if table.attrib.pop(REGRID, None) is not None:
            fit_grid(table)


def fit_grid(table: Element) -> None:
    """Give a table as many grid columns as its rows cover, the width of the whole kept, as docxtpl does."""
    grid = table.find(f"{W}tblGrid")
    needed = max((columns_of(row) for row in own(table, f"{W}tr")), default=0)
    if grid is None or not needed:
        return
    widths = [_number(column, 0, "w") for column in grid.iterfind(f"{W}gridCol")]
    total = sum(widths)
    if len(widths) == needed:
        fitted = widths
    elif len(widths) < needed:
        fitted = [width * len(widths) // needed for width in widths]
        fitted += [total // needed] * (needed - len(widths))
    else:
        spare = sum(widths[needed:]) // needed
        fitted = [width + spare for width in widths[:needed]]
    for column in list(grid):
        grid.remove(column)
    for width in fitted:
        grid.append(grid.makeelement(f"{W}gridCol", {f"{W}w": str(width)}))
    for row in own(table, f"{W}tr"):
        _fit_cells(row, fitted, least_span=2 if fitted is widths else 1)


def _fit_cells(row: Element, widths: list[int], least_span: int) -> None:
    """Make cells as wide as their columns, which Word goes by in tables of fixed layout."""
    at = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in own(row, f"{W}tc"):
        span = span_of(cell)
        width = cell.find(f"{W}tcPr/{W}tcW")
        own_width = span >= least_span and any(widths[at : at + span])
        if own_width and width is not None and width.get(f"{W}type", "dxa") == "dxa":
            width.set(f"{W}w", str(sum(widths[at : at + span])))
        at += span

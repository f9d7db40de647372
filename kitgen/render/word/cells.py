"""Tags that shape the table cell they stand in: `colspan`, `cellbg`, `hm` and `vm`, as docxtpl spells them."""

from copy import deepcopy
from typing import Final

from jinja2 import Undefined

from kitgen.base.errors import Place
from kitgen.base.holes import Hole
from kitgen.base.messages import said
from kitgen.render.package.xml import Element, W, is_instruction, local_name
from kitgen.render.tags.marks import Marks, stand_in
from kitgen.render.tags.places import nearest
from kitgen.render.tags.state import RenderState
from kitgen.render.tags.tags import Tag
from kitgen.render.word.kept_rows import WITHIN
from kitgen.render.word.mending import REGRID

CELL_TAGS: Final = ("vm", "hm", "colspan", "cellbg")
_ORDER: Final = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark",
)  # fmt: skip
_MOST_COLUMNS: Final = 63
_GOES_ON: Final = f"set _goes_on = not loop.last and ({WITHIN})"


def shape_cell(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    """Take a cell tag out of its text and let it shape its cell."""
    here = Place(place.file, place.line, place.spot, tag.written)
    cell, row = nearest(text, f"{W}tc"), nearest(text, f"{W}tr")
    if cell is None or row is None:
        marks.findings.error(said("`{name}` shapes a table cell, but stands in none", name=tag.name), here)
        return
    if tag.name in ("colspan", "cellbg") and not tag.argument:
        example = said("{% colspan 2 %}") if tag.name == "colspan" else said('{% cellbg "D9D9D9" %}')
        marks.findings.error(
            said("`{name}` says nothing", name=tag.name), here, said("write for instance `{example}`", example=example)
        )
        return
    if tag.name == "hm" and tag.argument:
        marks.findings.error(said("`hm` takes no claim"), here, said("write `{% hm %}`"))
        return
    key = f"kitgen-{tag.name}"
    if cell.get(key):
        marks.findings.error(said("`{name}` stands twice in one cell", name=tag.name), here)
        return
    cell.set(key, "1")
    written = text.text or ""
    text.text = written[: tag.start] + written[tag.end :]
    {"vm": _merge_down, "hm": _merge_across, "colspan": _span, "cellbg": _shade}[tag.name](text, tag, place, marks)


def tidy(root: Element) -> None:
    """Take out of the tree what was noted in it while tags were placed."""
    for row in root.iter(f"{W}tr"):
        row.attrib.pop("kept", None)
        for cell in row.iterfind(f".//{W}tc"):
            for name in CELL_TAGS:
                cell.attrib.pop(f"kitgen-{name}", None)


def properties_of(cell: Element) -> Element:
    """The `w:tcPr` of a cell, made if there is none."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = cell.makeelement(f"{W}tcPr")
        cell.insert(0, properties)
    return properties


def _set_property(cell: Element, name: str, attributes: dict[str, str]) -> Element:
    """Put a property in the place the schema wants it, in the stead of one there was."""
    properties = properties_of(cell)
    for old in properties.findall(f"{W}{name}"):
        properties.remove(old)
    before = _ORDER[: _ORDER.index(name)]
    at = 1 + max((index for index, child in enumerate(properties) if local_name(child) in before), default=-1)
    if at and local_name(properties[at - 1]) == "vMerge":
        while at < len(properties) and is_instruction(properties[at]):  # the `endif` of a `vm` belongs to it
            at += 1
    made = properties.makeelement(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})
    properties.insert(at, made)
    return made


def uneven(element: Element) -> None:
    """Note that the table an element stands in may come to have more or fewer columns."""
    table = nearest(element, f"{W}tbl")
    if table is not None:
        table.set(REGRID, "1")


def _written_span(cell: Element) -> str:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return (span.get(f"{W}val") if span is not None else "") or "1"


def _span(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    cell = nearest(text, f"{W}tc")
    assert cell is not None
    across = next((mark for mark in marks.of(_written_span(cell)) if mark.tag.name == "hm"), None)
    columns = f"loop.length * ({tag.argument})" if across is not None else f"({tag.argument})"
    code = f"{{{{ ({columns}) | _span\n}}}}"
    _set_property(cell, "gridSpan", {"val": marks.token(tag, place, code)})
    uneven(cell)


def _shade(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    cell = nearest(text, f"{W}tc")
    assert cell is not None
    code = f"{{{{ ({tag.argument}) | _fill\n}}}}"
    _set_property(cell, "shd", {"val": "clear", "color": "auto", "fill": marks.token(tag, place, code)})


def _merge_across(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    cell = nearest(text, f"{W}tc")
    assert cell is not None
    before = _written_span(cell)
    known = next((mark.tag.argument for mark in marks.of(before)), before)  # `colspan` in the same cell
    code = f"{{{{ (loop.length * ({known})) | _span\n}}}}"
    _set_property(cell, "gridSpan", {"val": marks.token(tag, place, code)})
    cell.addprevious(marks.instruction(stand_in(tag, "if loop.first"), place))
    cell.addnext(marks.instruction(stand_in(tag, "endif"), place))
    uneven(cell)


def _merge_down(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    """`{% vm %}` merges the cell over the rows of the innermost loop; `{% vm CLAIM %}` anew where the claim is true.

    Rows merged by a bare `{% vm %}` are kept on one page where they fit, so that the merged text stays beside them.
    """
    cell, row = nearest(text, f"{W}tc"), nearest(text, f"{W}tr")
    assert cell is not None and row is not None
    first = tag.argument or "loop.first"

    def put(before: Element, inner: str) -> None:
        before.addprevious(marks.instruction(stand_in(tag, inner), place))

    properties = properties_of(cell)
    restart = _set_property(cell, "vMerge", {"val": "restart"})
    going_on = properties.makeelement(f"{W}vMerge")
    restart.addnext(going_on)
    put(restart, f"if {first}")
    put(going_on, "else")
    going_on.addnext(marks.instruction(stand_in(tag, "endif"), place))

    paragraph = nearest(text, f"{W}p")
    empty = cell.makeelement(f"{W}p")
    shape = paragraph.find(f"{W}pPr") if paragraph is not None else None
    if shape is not None:
        empty.append(deepcopy(shape))
    content = [child for child in cell if child is not properties]
    put(content[0], f"if {first}")
    content[-1].addnext(empty)
    put(empty, "else")
    empty.addnext(marks.instruction(stand_in(tag, "endif"), place))
    if not tag.argument and row.get("kept") is None:
        row.set("kept", "")
        _keep_rows_together(row, tag, place, marks)


def _keep_rows_together(row: Element, tag: Tag, place: Place, marks: Marks) -> None:
    row.addprevious(marks.instruction(stand_in(tag, _GOES_ON), place))
    for paragraph in row.iterfind(f"{W}tc/{W}p"):
        shape = paragraph.find(f"{W}pPr")
        if shape is None:
            shape = paragraph.makeelement(f"{W}pPr")
            paragraph.insert(0, shape)
        if shape.find(f"{W}keepNext") is not None:
            continue
        keep = shape.makeelement(f"{W}keepNext")
        shape.insert(1 if len(shape) and local_name(shape[0]) == "pStyle" else 0, keep)
        keep.addprevious(marks.instruction(stand_in(tag, "if _goes_on"), place))
        keep.addnext(marks.instruction(stand_in(tag, "endif"), place))


# What the values of the tags must be


def span_text(state: RenderState, value: object) -> str:
    """The number of columns a cell covers; over nothing, one."""
    if isinstance(value, Hole) or value is None:
        return "1"
    if isinstance(value, Undefined):
        return str(value) or "1"  # notes what is absent
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_COLUMNS:
        state.fault(
            "colspan",
            said("a cell is to cover a number of columns that is none"),
            said("give a number from 1 to {most_columns}", most_columns=_MOST_COLUMNS),
        )
        return "1"
    return str(max(value, 1))


def fill_text(state: RenderState, value: object) -> str:
    """A colour for the background of a cell; nothing gives none."""
    if isinstance(value, Undefined):
        return str(value) or "auto"  # notes what is absent
    if isinstance(value, Hole) or value in (None, "", "auto"):
        return "auto"
    colour = str(value).removeprefix("#").upper()
    if len(colour) != 6 or any(letter not in "0123456789ABCDEF" for letter in colour):
        state.fault(
            "cellbg",
            said("the colour of a cell is none"),
            said('write six hexadecimal digits, such as "D9D9D9"'),
        )
        return "auto"
    return colour

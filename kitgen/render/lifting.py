"""What a tag does to the elements around it: take the place of a row, merge cells down, tick a box, give runs."""

from copy import deepcopy
from typing import Final

from kitgen.errors import Place
from kitgen.render.filters import RUN_FILTERS
from kitgen.render.marks import Marks, stand_in
from kitgen.render.places import PlaceOf, nearest
from kitgen.render.runs import split_run
from kitgen.render.tags import Tag, find_tags
from kitgen.render.xml import W14, Element, W, escape_text, local_name

_HOSTS: Final = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc", "r": f"{W}r"}
_NAMES: Final = {"p": "paragraph", "tr": "table row", "tc": "table cell", "r": "run"}
_BEFORE_VMERGE: Final = frozenset({"cnfStyle", "tcW", "gridSpan", "hMerge"})
_BEFORE_STRIKE: Final = frozenset({"rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps"})
_TICKED, _EMPTY = "☒", "☐"
# A group longer than a page cannot be kept together; keeping its ends still leaves no single row alone on a page.
_GOES_ON: Final = "set _goes_on = not loop.last and (loop.length <= 12 or loop.index <= 2 or loop.revindex <= 3)"


def lift(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    """Put the tag in the place of the paragraph, row, cell or run it stands in, which must hold nothing else."""
    here = Place(place.file, place.line, place.spot, tag.written)
    host = nearest(text, _HOSTS[tag.lift])
    if host is None:
        marks.findings.error(f"`{tag.written}` stands in no {_NAMES[tag.lift]}", here)
        return
    if tag.lift == "r":
        host = split_run(text, tag.start, tag.end)
    elif (beside := _words(host).replace(tag.written, "", 1).strip()) or _holds_more(host):
        if host in marks.refused:
            return
        marks.refused.append(host)
        others = [found for found in find_tags(beside) if isinstance(found, Tag) and found.lift]
        message = f"`{tag.written}` takes the place of its whole {_NAMES[tag.lift]}, but something else stands in it"
        if others:
            message = (
                f"`{tag.written}` and `{others[0].written}` stand in one {_NAMES[tag.lift]}; each needs one of its own"
            )
        marks.findings.error(message, here, f"move it to a {_NAMES[tag.lift]} of its own")
        return
    parent = host.getparent()
    assert parent is not None
    if tag.kind == "comment":
        parent.remove(host)
    else:
        _swap(parent, host, marks.instruction(tag, place))


def _swap(parent: Element, old: Element, new: Element) -> None:
    tail, old.tail = old.tail, None
    new.tail = tail
    parent.replace(old, new)


def _words(host: Element) -> str:
    return "".join(text.text or "" for text in host.iter(f"{W}t"))


def _holds_more(host: Element) -> bool:
    return next(host.iter(f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sdt"), None) is not None


# Merging cells down over looped rows


def merge_down(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    """`{% vm %}` merges the cell over the rows of the innermost loop; `{% vm CLAIM %}` anew where the claim is true.

    Rows merged by a bare `{% vm %}` are kept on one page where they fit, so that the merged text stays beside them.
    """
    here = Place(place.file, place.line, place.spot, tag.written)
    cell, row = nearest(text, _HOSTS["tc"]), nearest(text, _HOSTS["tr"])
    if cell is None or row is None:
        marks.findings.error("`vm` merges table cells, but stands in none", here)
        return
    text.text = (text.text or "").replace(tag.written, "", 1)
    first = tag.argument or "loop.first"

    def put(before: Element, inner: str) -> None:
        before.addprevious(marks.instruction(stand_in(tag, inner), place))

    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = cell.makeelement(f"{W}tcPr")
        cell.insert(0, properties)
    at = sum(1 for child in properties if local_name(child) in _BEFORE_VMERGE)
    restart = properties.makeelement(f"{W}vMerge", {f"{W}val": "restart"})
    going_on = properties.makeelement(f"{W}vMerge")
    properties.insert(at, restart)
    properties.insert(at + 1, going_on)
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


# Check boxes: real content controls, ticked by the claim in their tag


def tick_boxes(root: Element, place_of: PlaceOf, marks: Marks) -> None:
    """Let each check-box content control whose tag (Word: Properties, Tag) is `{{ claim }}` be ticked by that claim."""
    for box in list(root.iter(f"{W14}checkbox")):
        control = nearest(box, f"{W}sdt")
        label = control.find(f"{W}sdtPr/{W}tag") if control is not None else None
        if control is None or label is None:
            continue
        written = label.get(f"{W}val") or ""
        place = place_of(control)
        found = list(find_tags(written))
        if not found:
            continue
        tag = found[0]
        if len(found) > 1 or not isinstance(tag, Tag) or tag.kind != "value" or tag.written != written.strip():
            spot = Place(place.file, place.line, place.spot, written)
            marks.findings.error("the tag of a check box is not one single `{{ claim }}`", spot)
            continue
        holder = label.getparent()
        assert holder is not None
        holder.remove(label)
        ticked = deepcopy(control)
        _set_box(control, ticked=False)
        _set_box(ticked, ticked=True)
        tail, control.tail = control.tail, None
        ticked.tail = None
        control.addprevious(marks.instruction(stand_in(tag, f"if {tag.inner}"), place))
        control.addprevious(ticked)
        control.addprevious(marks.instruction(stand_in(tag, "else"), place))
        end = marks.instruction(stand_in(tag, "endif"), place)
        control.addnext(end)
        end.tail = tail


def _set_box(control: Element, *, ticked: bool) -> None:
    box = next(control.iter(f"{W14}checkbox"))
    state = box.find(f"{W14}checked")
    if state is None:
        state = box.makeelement(f"{W14}checked")
        box.insert(0, state)
    state.set(f"{W14}val", "1" if ticked else "0")
    shown = box.find(f"{W14}checkedState" if ticked else f"{W14}uncheckedState")
    glyph = _TICKED if ticked else _EMPTY
    if shown is not None and shown.get(f"{W14}val"):
        glyph = chr(int(shown.get(f"{W14}val") or "2610", 16))
    content = control.find(f"{W}sdtContent")
    if content is not None:
        for text in list(content.iter(f"{W}t"))[:1]:
            text.text = glyph


# Values that are runs


def gives_runs(tag: Tag) -> bool:
    """Whether the tag stands for whole runs: `{{r ... }}`, or one that ends in a filter that makes them."""
    if tag.kind != "value":
        return False
    last = tag.inner.rpartition("|")[2].partition("(")[0].strip()
    return tag.lift == "r" or last in RUN_FILTERS


def put_runs(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    """Put a tag in the place of its run; the runs it gives are formatted like it."""
    run = split_run(text, tag.start, tag.end)
    plain, struck = _run_properties(run)
    code = f"{{{{ ({tag.inner}) | _runs({plain!r}, {struck!r})\n}}}}"
    parent = run.getparent()
    assert parent is not None
    _swap(parent, run, marks.instruction(tag, place, code))


def _run_properties(run: Element) -> tuple[str, str]:
    """The `w:rPr` of a run as text, as it is and struck through."""
    shape = run.find(f"{W}rPr")
    children = [] if shape is None else [child for child in shape if isinstance(child.tag, str)]
    parts = [
        (local_name(child), _plain_xml(child)) for child in children if local_name(child) not in ("strike", "dstrike")
    ]
    plain = "".join(xml for _, xml in parts)
    at = sum(1 for name, _ in parts if name in _BEFORE_STRIKE)
    struck = "".join([*(xml for _, xml in parts[:at]), "<w:strike/>", *(xml for _, xml in parts[at:])])
    return f"<w:rPr>{plain}</w:rPr>" if plain else "", f"<w:rPr>{struck}</w:rPr>"


def _plain_xml(element: Element) -> str:
    """An empty element of the main namespace, such as `<w:sz w:val="20"/>`, without namespace declarations."""
    attributes = "".join(
        f' w:{name.rpartition("}")[2]}="{escape_text(str(value))}"' for name, value in element.attrib.items()
        if str(name).startswith(W)
    )  # fmt: skip
    return f"<w:{local_name(element)}{attributes}/>"

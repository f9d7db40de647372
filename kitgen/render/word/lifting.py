"""What a tag does to the elements around it: take the place of a row, tick a box, give runs."""

from copy import deepcopy
from typing import Final

from kitgen.base.errors import Place
from kitgen.base.messages import NOTHING, said
from kitgen.render.package.xml import W14, Element, W, local_name
from kitgen.render.tags.filters import RUN_FILTERS
from kitgen.render.tags.marks import CLOSES, MIDDLES, Marks, stand_in
from kitgen.render.tags.places import PlaceOf, nearest
from kitgen.render.tags.tags import Tag, find_tags
from kitgen.render.word.cells import uneven
from kitgen.render.word.kept_ends import keep_ends, more_in
from kitgen.render.word.looped_notes import part_of
from kitgen.render.word.mending import beside_table
from kitgen.render.word.run_properties import shape_of
from kitgen.render.word.runs import out_of_insertion, split_run

_HOSTS: Final = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc", "r": f"{W}r"}
_NAMES: Final = {"p": said("paragraph"), "tr": said("table row"), "tc": said("table cell"), "r": said("run")}
_TICKED, _EMPTY = "☒", "☐"


def lift(text: Element, tag: Tag, place: Place, marks: Marks, code: str | None = None) -> None:
    """Put the tag in the place of the paragraph, row, cell or run it stands in, which must hold nothing else.

    `code` is the Jinja code it becomes, if not its own.
    """
    here = Place(place.file, place.line, place.spot, tag.written)
    host = nearest(text, _HOSTS[tag.lift])
    if host is None:
        marks.findings.error(
            said("`{written}` stands in no {kind}", written=tag.written, kind=_NAMES[tag.lift]),
            here,
            said("write `{%p`, or move it into a table") if tag.lift in ("tr", "tc") else NOTHING,
        )
        return
    if tag.lift == "r":
        host = split_run(text, tag.start, tag.end)
    elif (beside := _without_notes(_words(host).replace(tag.written, "", 1))) or (
        more := more_in(host, tag.name in MIDDLES, tag.kind == "value")
    ):
        if host in marks.refused:
            return
        marks.refused.append(host)
        others = [found for found in find_tags(beside) if isinstance(found, Tag) and found.lift]
        message = said(
            "`{written}` takes the place of its whole {kind}, but {what} stands in it",
            written=tag.written,
            kind=_NAMES[tag.lift],
            what=said("something else") if beside else more,
        )
        if others:
            message = said(
                "`{written}` and `{other}` stand in one {kind}; each needs one of its own",
                written=tag.written,
                other=others[0].written,
                kind=_NAMES[tag.lift],
            )
        marks.findings.error(message, here, said("move it to a {kind} of its own", kind=_NAMES[tag.lift]))
        return
    parent = host.getparent()
    assert parent is not None
    if tag.lift == "tc" or local_name(parent) == "tr":
        uneven(host)
    if tag.lift != "r":
        keep_ends(host, is_behind=tag.name in CLOSES)
    if tag.kind == "comment":
        sides = [beside_table(host, is_after) for is_after in (False, True)]
        if tag.lift == "p" and all(side is not None and side.tag == f"{W}tbl" for side in sides):
            host.addprevious(host.makeelement(f"{W}p"))  # or Word would make one table of both
        parent.remove(host)
    else:
        _swap(parent, host, marks.instruction(tag, place, code))


def _swap(parent: Element, old: Element, new: Element) -> None:
    tail, old.tail = old.tail, None
    new.tail = tail
    parent.replace(old, new)


def _words(host: Element) -> str:
    """The text of an element, without what a tracked change moved away."""
    return "".join(text.text or "" for text in host.iter(f"{W}t") if nearest(text, f"{W}moveFrom") is None)


def _without_notes(text: str) -> str:
    for found in find_tags(text):
        if isinstance(found, Tag) and found.kind == "comment" and not found.lift:
            text = text.replace(found.written, "", 1)
    return text.strip()


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
            marks.findings.error(said("the tag of a check box is not one single `{{ claim }}`"), spot)
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


def put_runs(text: Element, tag: Tag, place: Place, marks: Marks, part: str) -> None:
    """Put a tag in the place of its run; the runs it gives are formatted like it."""
    run = split_run(text, tag.start, tag.end)
    owner = part_of(run, part)
    code = f"{{{{ ({tag.inner}) | _runs({shape_of(run.find(f'{W}rPr'))!r}, {owner!r})\n}}}}"
    out_of_insertion(run)
    parent = run.getparent()
    assert parent is not None
    _swap(parent, run, marks.instruction(tag, place, code))


def put_paragraphs(text: Element, tag: Tag, place: Place, marks: Marks, part: str) -> None:
    """Put `{{p ... }}` in the place of its paragraph; the paragraphs it gives are shaped like it."""
    run, paragraph = nearest(text, f"{W}r"), nearest(text, f"{W}p")
    shape = shape_of(run.find(f"{W}rPr") if run is not None else None)
    frame = paragraph.find(f"{W}pPr") if paragraph is not None else None
    if frame is not None and frame.find(f"{W}sectPr") is not None:
        here = Place(place.file, place.line, place.spot, tag.written)
        marks.findings.error(
            said("a section ends in the paragraph of `{written}`", written=tag.written),
            here,
            said("put it in another paragraph"),
        )
        return
    shapes = f"{shape_of(frame)!r}, {shape!r}, {part_of(text, part)!r}"
    lift(text, tag, place, marks, f"{{{{ ({tag.inner}) | _paragraphs({shapes})\n}}}}")

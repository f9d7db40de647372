"""Word templates: from the parts of a .docx to parts that Jinja can render (compile time only)."""

import re
from typing import Final

from lxml import etree

from kitgen.base.errors import Findings, Place
from kitgen.base.holes import Missing
from kitgen.base.messages import NOTHING, said
from kitgen.render.package.xml import Element, W, escape_text, local_name
from kitgen.render.tags.filters import Elements, Xml
from kitgen.render.tags.marks import Marks, check_nesting
from kitgen.render.tags.places import PlaceOf, nearest
from kitgen.render.tags.state import RenderState
from kitgen.render.tags.tags import Tag, find_tags
from kitgen.render.word.blocks import Blocks, put_blocks_in
from kitgen.render.word.cells import CELL_TAGS, shape_cell, tidy
from kitgen.render.word.ids import Ids, free_ids_in_loops
from kitgen.render.word.joining import join_paragraphs
from kitgen.render.word.lifting import gives_runs, lift, put_paragraphs, put_runs, tick_boxes
from kitgen.render.word.mending import fit_grids, mend
from kitgen.render.word.runs import (
    drop_empty_run,
    is_tracked,
    join_field_codes,
    merge_split_tags,
    out_of_insertion,
    split_run,
)

PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL = re.compile(f'[&<>"\r\n\t{_FORBIDDEN}]')
_HOLDS_TAGS = etree.XPath("//*[@*[contains(., '{')] or (local-name() = 'instrText' and contains(., '{'))]")
"""Elements with a brace in an attribute or in the code of a field, in the order they are written."""
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_ESCAPED: Final = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": _BREAK,
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}  # fmt: skip


def escape_word(text: str) -> str:
    """Text for a `w:t`: escaped; a line break and a tab become Word's own; what XML forbids is left out."""
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], ""), text)


def mark_part(root: Element, file: str, part: str, blocks: Blocks, ids: Ids, findings: Findings) -> Marks:
    """Put tokens in the place of all tags of a part (in `root` itself) and check that they fit together.

    Faults are collected in `findings`, each with table, row and cell.
    """
    marks = Marks(findings)
    if root.nsmap.get("w") != W[1:-1]:
        advice = said("save it in Word as Word Document (.docx), not as Strict Open XML Document")
        findings.error(
            said("part is not written in the Office XML that Word writes by default"), Place(file, spot=part), advice
        )
        return marks
    _strip_layout_blanks(root)
    before = len(findings.errors)
    place_of = put_blocks_in(root, file, part, blocks, findings)
    ids.free(root)
    join_field_codes(root)
    join_paragraphs(root, place_of, findings)
    held = [
        found for paragraph in list(root.iter(f"{W}p")) for found in merge_split_tags(paragraph, place_of, findings)
    ]
    tick_boxes(root, place_of, marks)
    for text, tag, place in reversed(_shaped(held, marks)):
        _place_tag(text, tag, place, marks)
    for text, _, _ in held:
        if not text.text and text.getparent() is not None:
            drop_empty_run(text)
    ids.free_changes(root)
    _mark_attributes(root, place_of, marks)
    if len(findings.errors) == before:
        check_nesting(root, marks)
    free_ids_in_loops(root, marks)
    tidy(root)
    mend(root)
    if not marks.placed:
        fit_grids(root)
    return marks


def _shaped(held: list[tuple[Element, Tag, Place]], marks: Marks) -> list[tuple[Element, Tag, Place]]:
    """Place the tags that shape a cell, so that they are not in the way of one that takes its paragraph's place."""
    texts = {text for text, tag, _ in held if tag.name in CELL_TAGS and not tag.lift}
    for text, tag, place in reversed(held):
        if tag.name in CELL_TAGS and not tag.lift:
            shape_cell(text, tag, place, marks)
    left: list[tuple[Element, Tag, Place]] = []
    for text, tag, place in held:
        if text not in texts:
            left.append((text, tag, place))
        elif not left or left[-1][0] is not text:
            found = (again for again in find_tags(text.text or "") if isinstance(again, Tag))
            left += [(text, again, place) for again in found if again.name not in CELL_TAGS]
    return left


def mark_plain_part(root: Element, file: str, part: str, findings: Findings) -> Marks:
    """Tags of a part without paragraphs, such as the document's properties: texts of elements only."""
    marks = Marks(findings)
    place = Place(file, spot=part)
    for element in root.iter():
        if isinstance(element.tag, str) and element.text and "{" in element.text:
            element.text = marks.tokenise(element.text, lambda: place, _as_attribute)
    check_nesting(root, marks)
    return marks


def _place_tag(text: Element, tag: Tag, place: Place, marks: Marks) -> None:
    if tag.kind == "value" and tag.lift in ("tr", "tc"):
        here = Place(place.file, place.line, place.spot, tag.written)
        advice = said("write `{{ value }}`, or repeat rows and cells with `{%tr for` and `{%tc for`")
        marks.findings.error(
            said("`{{{{{lift}` prints whole rows or cells, which plain values cannot give", lift=tag.lift), here, advice
        )
    elif tag.kind == "value" and tag.lift == "p":
        put_paragraphs(text, tag, place, marks)
    elif gives_runs(tag):
        put_runs(text, tag, place, marks)
    elif tag.lift and tag.kind != "value":
        lift(text, tag, place, marks)
    elif tag.kind == "statement" and (run := nearest(text, f"{W}r")) is not None and is_tracked(run.getparent()):
        run = split_run(text, tag.start, tag.end)
        out_of_insertion(run)
        for held in run.iterfind(f"{W}t"):
            held.text = marks.token(tag, place)
    else:
        content = text.text or ""
        token = "" if tag.kind == "comment" else marks.token(tag, place)
        text.text = content[: tag.start] + token + content[tag.end :]


def _as_attribute(tag: Tag) -> str:
    if tag.kind == "value":
        return f"{{{{ ({tag.inner}) | _attribute\n}}}}"
    return f"{{% {tag.inner}\n%}}"


def _mark_attributes(root: Element, place_of: PlaceOf, marks: Marks) -> None:
    """Tags in attributes (alternative texts, names of links) and in texts that are no `w:t` (fields)."""
    for element in _HOLDS_TAGS(root):

        def place(element: Element = element) -> Place:
            return place_of(element)

        for name, value in element.attrib.items():
            if "{{" in value or "{%" in value:
                element.set(name, marks.tokenise(str(value), place, _as_attribute))
        if element.text and ("{{" in element.text or "{%" in element.text) and local_name(element) == "instrText":
            element.text = marks.tokenise(element.text, place, _as_attribute)


def _strip_layout_blanks(root: Element) -> None:
    """Remove the blanks pretty-printing puts between elements; text is in leaves only."""
    for element in root.iter():
        element.tail = None
        if len(element) and element.text and not element.text.strip():
            element.text = None


def attribute_text(state: RenderState, value: object) -> Xml:
    """A value as it may stand in an attribute or a field."""
    if isinstance(value, dict | list | tuple):
        state.fault(
            "attribute", said("a group or list of values stands where only text can"), said("name one of its parts")
        )
        return Xml("")
    if isinstance(value, Elements):
        state.fault("elements", said("whole paragraphs or runs are printed where only text can stand"), NOTHING)
        return Xml("")
    if isinstance(value, Missing):
        state.missing.add(value.fact)
    return Xml("" if value is None else escape_text(str(value)))

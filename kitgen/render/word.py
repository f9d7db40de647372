"""Word templates: from the parts of a .docx to parts that Jinja can render (compile time only)."""

import re
from collections.abc import Callable
from typing import Final

from kitgen.empty import Hole
from kitgen.errors import Findings, Place
from kitgen.render.blocks import Blocks, put_blocks_in
from kitgen.render.filters import Run, Xml
from kitgen.render.lifting import gives_runs, lift, merge_down, put_runs, tick_boxes
from kitgen.render.marks import Marks, check_nesting
from kitgen.render.places import PlaceOf
from kitgen.render.runs import drop_empty_run, merge_split_tags
from kitgen.render.tags import Tag
from kitgen.render.xml import W14, WP, Element, W, escape_text, local_name

PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL = re.compile(f'[&<>"\r\n\t{_FORBIDDEN}]')
_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_ESCAPED: Final = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": _BREAK,
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}  # fmt: skip

Repair = Callable[[str], str]


def escape_word(text: str) -> str:
    """Text for a `w:t`: escaped; a line break and a tab become Word's own; what XML forbids is left out."""
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], ""), text)


def runs_xml(value: object, plain: str, struck: str) -> Xml:
    """The runs of a value (`Run`s or plain text) with run properties `plain`, or `struck` for words struck through."""
    if isinstance(value, Hole):
        value = str(value)
    runs = value if isinstance(value, tuple | list) else (Run(str(value)),)
    return Xml(
        "".join(
            f'<w:r>{struck if run.struck else plain}<w:t xml:space="preserve">{escape_word(run.text)}</w:t></w:r>'
            for run in (item if isinstance(item, Run) else Run(str(item)) for item in runs)
            if run.text
        )
    )


def mark_part(root: Element, file: str, part: str, blocks: Blocks, findings: Findings) -> Marks:
    """Put tokens in the place of all tags of a part (in `root` itself) and check that they fit together.

    Faults are collected in `findings`, each with table, row and cell.
    """
    marks = Marks(findings)
    _strip_layout_blanks(root)
    before = len(findings.errors)
    place_of = put_blocks_in(root, file, part, blocks, findings)
    held = [
        (text, tag, place_of(paragraph))
        for paragraph in list(root.iter(f"{W}p"))
        for text, tag in merge_split_tags(paragraph, place_of(paragraph), findings)
    ]
    tick_boxes(root, place_of, marks)
    for text, tag, place in reversed(held):
        _place_tag(text, tag, place, marks)
    for text, _, _ in held:
        if not text.text and text.getparent() is not None:
            drop_empty_run(text)
    _mark_attributes(root, place_of, marks)
    if len(findings.errors) == before:
        check_nesting(root, marks)
    _free_ids_in_loops(root, marks)
    for row in root.iter(f"{W}tr"):
        row.attrib.pop("kept", None)
    return marks


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
    if gives_runs(tag):
        put_runs(text, tag, place, marks)
    elif tag.lift and tag.kind != "value":
        lift(text, tag, place, marks)
    elif tag.name == "vm":
        merge_down(text, tag, place, marks)
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
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue

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


# Ids: Word wants each once in a document, a loop would repeat them


def _free_ids_in_loops(root: Element, marks: Marks) -> None:
    depth = 0
    for element in list(root.iter()):
        mark = marks.at(element)
        if mark is not None:
            depth += {"for": 1, "endfor": -1, "macro": 1, "endmacro": -1}.get(mark.tag.name, 0)
        elif depth > 0 and isinstance(element.tag, str):
            _free_id(element, marks, mark_place=Place(""))
        if element.text and isinstance(element.tag, str):
            for found in marks.of(element.text):
                depth += {"for": 1, "endfor": -1, "macro": 1, "endmacro": -1}.get(found.tag.name, 0)


def _free_id(element: Element, marks: Marks, mark_place: Place) -> None:
    for name in (f"{W14}paraId", f"{W14}textId"):
        element.attrib.pop(name, None)
    parent = element.getparent()
    if element.tag == f"{W}id" and parent is not None and parent.tag == f"{W}sdtPr":
        parent.remove(element)  # optional: Word numbers such content controls itself
    elif element.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd") and parent is not None:
        parent.remove(element)  # a bookmark names one place; nothing can point at a repeated one
    elif element.tag == f"{WP}docPr":
        tag = Tag("value", "", "_number()", 0, 0, "")
        element.set("id", marks.token(tag, mark_place, "{{ 100000 + _number()\n}}"))


# What a loop over nothing leaves behind

_EMPTY_CELL = re.compile(r"(<w:tc>(?:<w:tcPr/>|<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)?|</w:tbl>)</w:tc>")
_EMPTY_STORY = re.compile(r"(<w:(hdr|ftr|footnote|endnote|comment|txbxContent|sdtContent)\b[^>]*>)</w:\2>")
_CELL_ENDS: Final = ("</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "<w:tc></w:tc>", "</w:tbl></w:tc>")
_NO_ROWS: Final = "</w:tblGrid></w:tbl>"


def repairs(root: Element, marks: Marks) -> tuple[tuple[Repair, ...], tuple[Repair, ...]]:
    """What must be looked after in the rendered part, because tags may leave a table, cell or header empty.

    The first are for conditions, which may do so at any time, the second for loops, which do so over nothing.
    """
    conditions: set[str] = set()
    loops: set[str] = set()
    for element in root.iter():
        mark, parent = marks.at(element), element.getparent()
        if mark is None or parent is None or mark.tag.written.startswith("{% vm"):
            continue  # merging leaves a paragraph either way
        (loops if mark.tag.name in ("for", "endfor") else conditions).add(local_name(parent))
    return _repairs_of(conditions), _repairs_of(loops)


def _repairs_of(parents: set[str]) -> tuple[Repair, ...]:
    needed: list[Repair] = []
    if "tbl" in parents:
        needed.append(_without_empty_tables)
    if "tc" in parents or "tbl" in parents:
        needed.append(_without_empty_cells)
    if parents & {"hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "sdtContent"}:
        needed.append(lambda xml: _EMPTY_STORY.sub(r"\1<w:p/></w:\2>", xml))
    return tuple(needed)


def _without_empty_cells(xml: str) -> str:
    # Looking for the few possible ends first is ten times quicker than the expression alone.
    if any(end in xml for end in _CELL_ENDS):
        xml = _EMPTY_CELL.sub(r"\1<w:p/></w:tc>", xml)
    return xml


def _without_empty_tables(xml: str) -> str:
    while (at := xml.find(_NO_ROWS)) >= 0:
        start = xml.rfind("<w:tbl>", 0, at)
        xml = xml[:start] + xml[at + len(_NO_ROWS) :]
    return xml


def attribute_text(value: object) -> Xml:
    """A value as it may stand in an attribute or a field."""
    return Xml(escape_text(str(value)))

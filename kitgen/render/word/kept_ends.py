"""What stands in the paragraph of a lifted tag and must outlive it: ends of sections, marks that begin or end a range.

A tag that takes the place of its paragraph takes nothing of the document with it. What ends a section goes to the
paragraph before, or stays in an empty one; marks of ranges stand between the blocks; all else is refused (`HELD`).
"""

from typing import Final

from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.package.xml import Element, W
from kitgen.render.tags.tags import Tag, find_tags
from kitgen.render.word.runs import text_pieces

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FIELD: Final = said("a field or part of one")
HELD: Final[dict[object, Message]] = {
    f"{W}drawing": said("a picture or shape"),
    f"{W}pict": said("a picture or shape"),
    f"{W}object": said("an embedded object"),
    f"{W}sdt": said("a content control"),
    f"{W}br": said("a break"),
    f"{W}footnoteReference": said("a footnote"),
    f"{W}endnoteReference": said("an endnote"),
    f"{W}commentReference": said("a comment"),
    f"{W}fldChar": _FIELD,
    f"{W}instrText": _FIELD,
    f"{W}fldSimple": said("a field"),
    f"{W}sym": said("a symbol"),
    f"{W}ptab": said("a tab"),
    f"{W}pgNum": said("a page number"),
    f"{W}noBreakHyphen": said("a hyphen"),
    f"{W}contentPart": said("a picture or shape"),
    f"{W}movie": said("a picture or shape"),
    f"{W}subDoc": said("a whole file"),
    **{f"{W}{name}{form}": said("a date") for name in ("day", "month", "year") for form in ("Short", "Long")},
    f"{W}altChunk": said("a whole file"),
    f"{_M}oMath": said("an equation"),
}
"""What a person sees on the page and no tag may take away; of breaks, those of a page or column."""
RANGE_ENDS: Final = frozenset(
    f"{W}{name}{end}" for end in ("Start", "End")
    for name in ("bookmark", "perm", "commentRange", "moveFromRange", "moveToRange", "customXmlInsRange",
                 "customXmlDelRange", "customXmlMoveFromRange", "customXmlMoveToRange")
)  # fmt: skip
"""Marks where a range begins or ends; they may stand in a paragraph and between blocks, rows and cells."""


def more_in(host: Element, is_middle: bool = False, is_value: bool = False) -> Message:
    """What a paragraph, row or cell holds that would go unseen with a tag in its place; empty if nothing.

    A section that ends at an `else` (`is_middle`) would end in two places; what a value (`is_value`) gives is shaped
    like its paragraph, and begins a page where that does.
    """
    for element in host.iter():
        what = HELD.get(element.tag, NOTHING)
        if what and (element.tag != f"{W}br" or element.get(f"{W}type") in ("page", "column")):
            return what
    begins_page = host.find(f"{W}pPr/{W}pageBreakBefore")
    if begins_page is not None and not is_value and begins_page.get(f"{W}val") not in ("0", "false", "off"):
        return said("a page break (*Page break before* of its paragraph)")
    return said("the end of a section") if is_middle and host.find(f"{W}pPr/{W}sectPr") is not None else NOTHING


def keep_ends(host: Element, is_behind: bool) -> None:
    """Put what must outlive a paragraph, row or cell before it, or with `is_behind` after it."""
    ends = [element for element in host.iter() if element.tag in RANGE_ENDS]
    section = host.find(f"{W}pPr/{W}sectPr")
    before = _plain_paragraph_before(host)
    if section is not None and not is_behind and before is not None:
        _properties_of(before).append(section)
    elif section is not None:
        paragraph = host.makeelement(f"{W}p")
        _properties_of(paragraph).append(section)
        ends.append(paragraph)
    for end in ends if not is_behind else reversed(ends):
        (host.addnext if is_behind else host.addprevious)(end)


def _plain_paragraph_before(host: Element) -> Element | None:
    """The paragraph right before, if it stays in the document and ends no section itself."""
    before = host.getprevious()
    if before is None or before.tag != f"{W}p" or before.find(f"{W}pPr/{W}sectPr") is not None:
        return None
    text = "".join(piece.text or "" for piece in text_pieces(before))
    is_tag = any(isinstance(found, Tag) and found.lift in ("p", "tr", "tc") for found in find_tags(text))
    return None if is_tag else before


def _properties_of(paragraph: Element) -> Element:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)
    changed = properties.find(f"{W}pPrChange")
    if changed is not None:  # comes last
        properties.remove(changed)
    return properties

"""A page break behind a tag that stands alone in its paragraph begins the next one: so programs save it.

LibreOffice writes a paragraph that begins a page as a break at the end of the paragraph before it. Where that one is
taken by its tag, the break is given back to the paragraph it is for.
"""

from typing import Final

from kitgen.render.package.xml import Element, W
from kitgen.render.tags.tags import Tag, find_tags
from kitgen.render.word.runs import drop_empty_run, text_pieces

_BEFORE: Final = (f"{W}pStyle", f"{W}keepNext", f"{W}keepLines")
"""What stands in the properties of a paragraph before `w:pageBreakBefore`, in this order."""


def give_back_page_breaks(root: Element) -> None:
    """Move each page break behind a lone `{%p %}` into the paragraph that follows, where that holds no such tag."""
    for found in [each for each in root.iter(f"{W}br") if each.get(f"{W}type") == "page"]:
        paragraph = next((each for each in found.iterancestors() if each.tag == f"{W}p"), None)
        after = paragraph.getnext() if paragraph is not None else None
        if paragraph is None or after is None or after.tag != f"{W}p":
            continue
        pieces = list(text_pieces(paragraph))
        if pieces and pieces[-1] is found and _is_lone_tag(paragraph) and not _is_lone_tag(after):
            drop_empty_run(found)
            _begin_page(after)


def _is_lone_tag(paragraph: Element) -> bool:
    text = "".join(piece.text or "" for piece in text_pieces(paragraph)).strip()
    tags = list(find_tags(text)) if "{%" in text else []
    return len(tags) == 1 and isinstance(tags[0], Tag) and tags[0].lift == "p" and tags[0].written.strip() == text


def _begin_page(paragraph: Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{W}pageBreakBefore") is None:
        at = sum(child.tag in _BEFORE for child in properties)
        properties.insert(at, properties.makeelement(f"{W}pageBreakBefore"))

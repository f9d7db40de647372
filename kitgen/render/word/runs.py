"""Word cuts one tag into several runs; here each tag comes together again in the run it begins in."""

import re
from collections.abc import Container, Iterator
from copy import deepcopy

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.package.xml import XML_SPACE, Element, W, local_name
from kitgen.render.tags.marks import note_broken
from kitgen.render.tags.places import PlaceOf, nearest
from kitgen.render.tags.tags import BrokenTag, Tag, find_literals, find_tags, hide_literals, warn_of_no_tags

_BREAKS = frozenset({f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr"})
_HYPHENS = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
_SIGNS = frozenset({*_HYPHENS, f"{W}sym", *(f"{W}{name}" for name in (
    "pgNum", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong"
))})  # fmt: skip
_SYMBOL_EX = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"
_OF_FONTS = range(0xE000, 0xF900)
"""Characters that mean something in one font only."""
_NOISE = frozenset({f"{W}proofErr", f"{W}lastRenderedPageBreak"})
_HIDDEN = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr"})


def text_pieces(paragraph: Element, also: Container[object] = ()) -> Iterator[Element]:
    """The `w:t` (and breaks) of a paragraph itself, in order: not of text boxes within it, not of deleted text.

    `also` are names of further elements that count.
    """
    for child in paragraph:
        if child.tag == f"{W}p" or child.tag in _HIDDEN or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}t" or child.tag in _BREAKS or child.tag in also:
            yield child
        else:
            yield from text_pieces(child, also)


def spell_signs(root: Element, place_of: PlaceOf, findings: Findings) -> None:
    """Make letters of hyphens, symbols and emoji within tags, where they stand in quoted texts; all others stay.

    Reports those no letter stands for: of a font of signs, numbers of pages, dates.
    """
    for paragraph in {nearest(sign, f"{W}p") for sign in root.iter(*_SIGNS, _SYMBOL_EX)}:
        if paragraph is None:
            continue
        pieces = list(text_pieces(paragraph, _SIGNS))
        tags = [tag for tag in find_tags("".join(_text(piece) for piece in pieces)) if isinstance(tag, Tag)]
        end = 0
        for piece in pieces:
            start, end = end, end + len(_text(piece))
            tag = next((tag for tag in tags if tag.start < start < tag.end), None)
            if tag is None:
                continue
            if piece.tag in _SIGNS:
                if not _text(piece):
                    place = place_of(paragraph)
                    here = Place(place.file, place.line, place.spot, tag.written)
                    findings.error(said("a symbol, page number or date stands within a tag"), here,
                                   said("write it beside the tag, or as a letter of the keyboard"))  # fmt: skip
                    continue
                piece.text, piece.tag = _text(piece), f"{W}t"
                for name in list(piece.attrib):
                    del piece.attrib[name]
            else:
                _take_out_of_copies(piece)


def _take_out_of_copies(text: Element) -> None:
    """Let the text of an emoji, which stands there twice for older programs, take the place of both."""
    fallback = text.getparent()
    copies = fallback.getparent() if fallback is not None else None
    if (
        copies is not None
        and local_name(copies) == "AlternateContent"
        and next(copies.iter(_SYMBOL_EX), None) is not None
    ):
        holder = copies.getparent()
        assert holder is not None
        holder.replace(copies, text)


def merge_split_tags(paragraph: Element, place_of: PlaceOf, findings: Findings) -> list[tuple[Element, Tag, Place]]:
    """Move each tag of the paragraph into one `w:t`. Gives the tags with the `w:t` that holds each, and the place.

    Positions in the tags are those within the text of their `w:t` after the move.
    """
    pieces = list(text_pieces(paragraph))
    whole = "".join(_text(piece) for piece in pieces)
    warn_of_no_tags(whole, lambda: place_of(paragraph), findings)
    if "{" not in whole and "}" not in whole:
        return []
    tags: list[Tag] = []
    place = place_of(paragraph)
    for found in find_tags(whole):
        if isinstance(found, BrokenTag):
            note_broken(findings, found, place)
        else:
            tags.append(found)
    literals = [
        Tag("comment", "", "", start, end, whole[start:end])
        for start, end in find_literals(whole)
        if not any(tag.start < end and start < tag.end for tag in tags)
    ]
    if not tags and not literals:
        return []
    for found in sorted((*tags, *literals), key=lambda tag: tag.start):
        if _gather(pieces, found):
            here = Place(place.file, place.line, place.spot, found.written)
            findings.error(
                said("a page or column break stands within a tag"), here, said("write the tag before the break")
            )
            return []
    for noise in list(paragraph.iter(*_NOISE)):
        parent = noise.getparent()
        if parent is not None:
            parent.remove(noise)
    return [(text, tag, place) for text, tag in _held(pieces, tags)]


def _text(piece: Element) -> str:
    if piece.tag == f"{W}t":
        return piece.text or ""
    if piece.tag == f"{W}sym":
        written = piece.get(f"{W}char") or ""
        number = int(written, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", written) else 0
        return chr(number) if 0x20 <= number < 0x110000 and number not in _OF_FONTS else ""
    if piece.tag in _SIGNS:
        return _HYPHENS.get(str(piece.tag), "")
    return "\t" if piece.tag in (f"{W}tab", f"{W}ptab") else "\n"


def _gather(pieces: list[Element], tag: Tag) -> bool:
    """Cut the tag's text from all pieces but the first it touches; breaks of lines inside a tag go.

    Whether a break of a page or column stands in it, which may not go.
    """
    position = 0
    first: Element | None = None
    for piece in list(pieces):
        text = _text(piece)
        start, end = max(tag.start - position, 0), min(tag.end - position, len(text))
        position += len(text)
        if start >= end:
            continue
        if first is None:
            first = piece
            piece.text = text[:start] + tag.written + text[end:]
            missing = (tag.end - tag.start) - (end - start)
            if missing == 0:
                return False
            continue
        if piece.tag == f"{W}t":
            piece.text = text[:start] + text[end:]
        else:
            if piece.get(f"{W}type") in ("page", "column"):
                return True
            pieces.remove(piece)
            parent = piece.getparent()
            if parent is not None:
                parent.remove(piece)
    return False


def _held(pieces: list[Element], tags: list[Tag]) -> list[tuple[Element, Tag]]:
    held: list[tuple[Element, Tag]] = []
    for piece in pieces:
        if piece.tag != f"{W}t":
            continue
        piece.text = _without_literals(piece.text or "")
        held += [(piece, tag) for tag in find_tags(piece.text or "") if isinstance(tag, Tag)]
        piece.set(XML_SPACE, "preserve")
        if not piece.text:
            drop_empty_run(piece)
    return held


def _without_literals(text: str) -> str:
    """The text with `{_{` and its like hidden, but for those within tags."""
    pieces: list[str] = []
    position = 0
    for tag in find_tags(text):
        if isinstance(tag, Tag):
            pieces += (hide_literals(text[position : tag.start]), text[tag.start : tag.end])
            position = tag.end
    return "".join((*pieces, hide_literals(text[position:])))


def join_field_codes(root: Element) -> None:
    """Bring a field's code together where a tag in it was cut over several runs."""
    for paragraph in root.iter(f"{W}p"):
        codes: list[Element] = []
        for element in list(paragraph.iter(f"{W}instrText", f"{W}fldChar")):
            if element.tag == f"{W}instrText":
                codes.append(element)
                continue
            whole = "".join(code.text or "" for code in codes)
            if len(codes) > 1 and ("{{" in whole or "{%" in whole):
                codes[0].text = whole
                codes[0].set(XML_SPACE, "preserve")
                for code in codes[1:]:
                    drop_empty_run(code)
            codes = []


def drop_empty_run(text: Element) -> None:
    """Remove an emptied `w:t`, and its run if nothing else is in it."""
    run = text.getparent()
    if run is None:
        return
    run.remove(text)
    parent = run.getparent()
    if parent is not None and run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
        parent.remove(run)


def split_run(text: Element, start: int, end: int) -> Element:
    """Give characters `start` to `end` of `text` a run of their own, formatted alike, which is given back.

    What stands before stays where it is, so that tags further left keep their place.
    """
    run = text.getparent()
    assert run is not None
    content = text.text or ""
    middle, after = _like(run), _like(run)
    _append_text(middle, content[start:end])
    _append_text(after, content[end:])
    for sibling in list(text.itersiblings()):
        after.append(sibling)
    text.text = content[:start]
    run.addnext(middle)
    if any(child.tag != f"{W}rPr" for child in after):
        middle.addnext(after)
    if not text.text:
        drop_empty_run(text)
    return middle


def is_tracked(holder: Element | None) -> bool:
    """Whether an element holds what a tracked change put in."""
    return holder is not None and holder.tag in (f"{W}ins", f"{W}moveTo")


def out_of_insertion(run: Element) -> None:
    """Cut a tracked insertion in two around a run.

    A statement may belong to one outside of it, and what values give may hold links, which cannot stand in one.
    """
    parent = run.getparent()
    if parent is None or not is_tracked(parent):
        return
    after = parent.makeelement(parent.tag, dict(parent.attrib))
    for sibling in list(run.itersiblings()):
        after.append(sibling)
    parent.addnext(run)
    if len(after):
        run.addnext(after)
    if not len(parent):
        holder = parent.getparent()
        assert holder is not None
        holder.remove(parent)


def _like(run: Element) -> Element:
    copy = run.makeelement(run.tag)
    shape = run.find(f"{W}rPr")
    if shape is not None:
        copy.append(deepcopy(shape))
    return copy


def _append_text(run: Element, words: str) -> None:
    if words:
        text = run.makeelement(f"{W}t", {XML_SPACE: "preserve"})
        text.text = words
        run.append(text)

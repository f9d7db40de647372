"""`{%-` joins its paragraph, or the line after a break, to what stands before it, and `-%}` to what comes after.

So a long sentence with choices in it can be written over several paragraphs, as docxtpl allows. Within a line the
dashes stay Jinja's: they take blanks away.
"""

import re
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.package.xml import Element, W
from kitgen.render.tags.places import PlaceOf
from kitgen.render.word.runs import drop_empty_run, text_pieces

_LEFT: Final = re.compile(r"\s*\{%([-–])")
_RIGHT: Final = re.compile(r"([-–])%\}\s*$")
_LIFTED: Final = re.compile(r"\{%[-–]?(p|tr|tc|r)\s[^{]*$")
_DASH: Final = re.compile(r"\{%[-–]|[-–]%\}")
_BREAKS: Final = (f"{W}br", f"{W}cr")
_OF_A_LINE: Final = (None, "textWrapping")


def join_paragraphs(root: Element, place_of: PlaceOf, findings: Findings) -> None:
    """Join paragraphs and lines of a part where the dashes of tags say so."""
    for paragraph in list(root.iter(f"{W}p")):
        if paragraph.getparent() is None or not _DASH.search(_text(paragraph)):
            continue
        _join_lines(paragraph)
        place = place_of(paragraph)
        target = paragraph
        if match := _LEFT.match(_text(paragraph)):
            before = paragraph.getprevious()
            if before is None or before.tag != f"{W}p" or before.find(f"{W}pPr/{W}sectPr") is not None:
                _nothing_to_join("{%-", "before", place, findings)
                continue
            _cut(paragraph, match.start(1))
            _append(before, paragraph)
            target = before
        while (match := _RIGHT.search(text := _text(target))) and not _LIFTED.search(text):
            after = target.getnext()
            if after is None or after.tag != f"{W}p" or after.find(f"{W}pPr/{W}sectPr") is not None:
                _nothing_to_join("-%}", "after", place, findings)
                break
            _cut(target, match.start(1))
            _append(target, after)
            _join_lines(target)


def _nothing_to_join(dash: str, side: str, place: Place, findings: Findings) -> None:
    spot = Place(place.file, place.line, place.spot, dash)
    message = said(
        "`{dash}` joins its paragraph to the one {side} it, but there is none it can be joined to", dash=dash, side=side
    )
    findings.error(message, spot, said("leave the dash out"))


def _text(paragraph: Element) -> str:
    return "".join(_text_of(piece) for piece in text_pieces(paragraph))


def _text_of(piece: Element) -> str:
    return piece.text or "" if piece.tag == f"{W}t" else "\n"


def _cut(paragraph: Element, position: int) -> None:
    """Take one character out of the text of a paragraph."""
    for piece in text_pieces(paragraph):
        text = _text_of(piece)
        if position < len(text):
            piece.text = text[:position] + text[position + 1 :]
            return
        position -= len(text)


def _append(target: Element, paragraph: Element) -> None:
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            target.append(child)
    parent = paragraph.getparent()
    assert parent is not None
    parent.remove(paragraph)


def _join_lines(paragraph: Element) -> None:
    """Take out breaks (Shift+Enter) that stand right before `{%-` or right after `-%}`, with the dash."""
    start = 0
    while match := _DASH.search(_text(paragraph), start):
        left = match[0][0] == "{"
        beside = match.start() - 1 if left else match.end()
        found = _piece_at(paragraph, beside)
        start = match.end()
        if found is not None and found.tag in _BREAKS and found.get(f"{W}type") in _OF_A_LINE:
            _cut(paragraph, match.end() - 1 if left else match.start())
            drop_empty_run(found)
            start = match.start() if left else match.end() - 1


def _piece_at(paragraph: Element, position: int) -> Element | None:
    for piece in text_pieces(paragraph) if position >= 0 else ():
        if position < len(_text_of(piece)):
            return piece
        position -= len(_text_of(piece))
    return None

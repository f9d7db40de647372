"""Sentences of forms: those of a Word file, and those of a template put into the words of the LSP's own forms.

A sentence is the text of a paragraph without the bullet, number or box before it. Where a tag stands in it, or a
stretch from one that opens to the one that closes it, the sentence says `{}`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from kitgen.render.package.xml import XML_SPACE, Element, W, parse_xml

DOCUMENT = "word/document.xml"
PLACE: Final = "{}"
"""Stands in a sentence where a template has tags; the LSP's sentence has as many, in the same order."""
_LEAD = 4
"""So many signs a bullet or number before the tab has at most."""
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%-?\s*(\w+).*?%\}")
_CLOSED: Final = ("if", "for")


def sentences(parts: Mapping[str, bytes], file: str) -> list[str]:
    """The sentences of a document's main part, in their order, each once; none of those that hold a tag.

    Raises `KitgenError` if the part is not well-formed, `KeyError` if there is none.
    """
    root = parse_xml(parts[DOCUMENT], file, DOCUMENT)
    found = (_sentence(_own_runs(paragraph)) for paragraph in root.iter(f"{W}p"))
    return list(dict.fromkeys(text for text in found if text and "{" not in text.replace(PLACE, "")))


def reword(root: Element, wording: Mapping[str, str]) -> None:
    """Put the LSP's words in the place of ours, wherever a paragraph says exactly these; what was bold stays so."""
    for paragraph in list(root.iter(f"{W}p")) if wording else ():
        runs = _own_runs(paragraph)
        theirs = wording.get(_sentence(runs))
        if theirs:
            _replace(runs, theirs)


def _own_runs(paragraph: Element) -> list[Element]:
    """The runs of a paragraph's sentence: not those of boxes, nor the bullet or number before the first tab."""
    runs = [child for child in paragraph if child.tag == f"{W}r"]
    tab = next((at for at, run in enumerate(runs) if run.find(f"{W}tab") is not None), None)
    lead = "".join(map(_text, runs[:tab])) if tab is not None else ""
    return runs[tab + 1 :] if tab is not None and len(lead) <= _LEAD and not _text(runs[tab]) else runs


def _text(run: Element) -> str:
    return "".join(" " if part.tag in (f"{W}tab", f"{W}br") else part.text or "" for part in run if part.tag in _SHOWN)


_SHOWN = (f"{W}t", f"{W}tab", f"{W}br")


def _sentence(runs: list[Element]) -> str:
    text = "".join(map(_text, runs))
    for start, end in reversed(list(_tagged(text))):
        text = f"{text[:start]}{PLACE}{text[end:]}"
    return " ".join(text.split())


def _tagged(text: str) -> Iterator[tuple[int, int]]:
    """Where the tags of a text begin and end: one that opens with all up to the one that closes it."""
    depth = start = 0
    for tag in _TAG.finditer(text):
        word = tag[1] or ""
        start = start if depth else tag.start()
        depth += (word in _CLOSED) - (word.removeprefix("end") in _CLOSED and word.startswith("end"))
        if depth <= 0:
            yield start, tag.end()
            depth = 0


def _replace(runs: list[Element], text: str) -> None:
    places = list(_tagged("".join(map(_text, runs))))
    if places:
        _replace_around(runs, text, places)
        return
    bold = next((run for run in runs if run.find(f"{W}rPr/{W}b") is not None and _text(run).strip() in text), None)
    plain = next((run for run in runs if run is not bold), runs[0])
    word = _text(bold).strip() if bold is not None else ""
    before, _, after = text.partition(word) if word else (text, "", "")
    made = [_copy(plain, before), *((_copy(bold, word), _copy(plain, after)) if bold is not None else ())]
    for run in made:
        runs[0].addprevious(run)
    for run in runs:
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)


def _replace_around(runs: list[Element], text: str, places: list[tuple[int, int]]) -> None:
    """Put a text in the place of ours and keep the tags in it; nothing is done where it has not as many places."""
    words = text.split(PLACE)
    if len(words) != len(places) + 1:
        return
    plain = next((run for run in runs if _text(run).strip() and "{" not in _text(run)), runs[0])
    for number, word in enumerate(words):
        if word:
            runs[0].addprevious(_copy(plain, word))
        if number < len(places):
            for made in _cut_out(runs, *places[number]):
                runs[0].addprevious(made)
    for run in runs:
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)


def _cut_out(runs: list[Element], start: int, end: int) -> Iterator[Element]:
    """Copies of what stands in runs between two places of their text, each as its run looks."""
    at = 0
    for run in runs:
        said = _text(run)
        part = said[max(0, start - at) : max(0, end - at)]
        if part:
            yield _copy(run, part)
        at += len(said)


def _copy(run: Element, text: str) -> Element:
    made = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(etree.fromstring(etree.tostring(properties)))
    shown = etree.SubElement(made, f"{W}t")
    shown.set(XML_SPACE, "preserve")
    shown.text = text
    return made

"""Sentences of forms: those of a Word file, and those of a template put into the words of the LSP's own forms.

A sentence is the text of a paragraph without the bullet, number or box before it. Paragraphs with tags are none.
"""

from collections.abc import Mapping

from lxml import etree

from kitgen.render.package.xml import XML_SPACE, Element, W, parse_xml

DOCUMENT = "word/document.xml"
_LEAD = 4
"""So many signs a bullet or number before the tab has at most."""


def sentences(parts: Mapping[str, bytes], file: str) -> list[str]:
    """The sentences of a document's main part, in their order, each once."""
    root = parse_xml(parts[DOCUMENT], file, DOCUMENT)
    found = (_sentence(_own_runs(paragraph)) for paragraph in root.iter(f"{W}p"))
    return list(dict.fromkeys(text for text in found if text and "{" not in text))


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
    return " ".join("".join(map(_text, runs)).split())


def _replace(runs: list[Element], text: str) -> None:
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


def _copy(run: Element, text: str) -> Element:
    made = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(etree.fromstring(etree.tostring(properties)))
    shown = etree.SubElement(made, f"{W}t")
    shown.set(XML_SPACE, "preserve")
    shown.text = text
    return made

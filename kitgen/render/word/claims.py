"""Check boxes that a program saved without what ticks them: their claims are put back from the template they come from.

LibreOffice keeps a check box of Word, but up to version 7.4 not its tag, so that it would never be ticked again. Where
all boxes of a template lost theirs, each gets the claim of the box that stands in the same words of the other one.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kitgen.base.errors import KitgenError
from kitgen.render.package.package import pack_part, read_package, write_package
from kitgen.render.package.xml import W14, Element, W, parse_xml
from kitgen.render.version import DEFAULT_LEVEL

_DOCUMENT: Final = "word/document.xml"
_BOX: Final = b"checkbox"
_TAG: Final = b"{{"
_GLYPHS: Final = str.maketrans("", "", "☐☒☑\u00ad\u2009\u200a\u200b")


def with_claims(data: bytes, model: bytes, name: str) -> bytes:
    """A template with the claims of its check boxes as in `model`, if it lost all of them; else as it is.

    What is no sound package is left to whoever reads it next.
    """
    return _restored(data, model, name)[0]


def lost_claims(data: bytes, model: bytes, name: str) -> int:
    """How many claims of `model` a template lost for good, since the words around their boxes were changed, too."""
    return _restored(data, model, name)[1]


def _restored(data: bytes, model: bytes, name: str) -> tuple[bytes, int]:
    if data == model:
        return data, 0
    try:
        own = read_package(data, name)
        if _DOCUMENT not in own or _BOX not in own[_DOCUMENT].content():
            return data, 0
        other = read_package(model, name)
        if _DOCUMENT not in other:
            return data, 0
        root = parse_xml(own[_DOCUMENT].content(), name, _DOCUMENT)
        like = parse_xml(other[_DOCUMENT].content(), name, _DOCUMENT)
    except KitgenError:
        return data, 0
    wanted = sum(bool(_claim(box)) for box, _ in _boxes(like))
    if not wanted or any(_claim(box) for box, _ in _boxes(root)):
        return data, 0
    found = _put_back(root, like)
    if not found:
        return data, wanted
    own[_DOCUMENT] = pack_part(_DOCUMENT, etree.tostring(root, encoding="UTF-8", standalone=True), DEFAULT_LEVEL)
    return write_package(list(own.values())), wanted - found


def _put_back(root: Element, like: Element) -> int:
    """How many claims were put back."""
    known: dict[str, list[str]] = {}
    for box, words in _boxes(like):
        known.setdefault(words, []).append(_claim(box))
    count = 0
    for box, words in _boxes(root):
        claims = known.get(words)
        if claims and (claim := claims.pop(0)):
            properties = box.find(f"{W}sdtPr")
            assert properties is not None
            for old in properties.findall(f"{W}tag"):
                properties.remove(old)
            first = properties.find(f"{W}rPr")
            properties.insert(first is not None, properties.makeelement(f"{W}tag", {f"{W}val": claim}))
            count += 1
    return count


def _boxes(root: Element) -> Iterator[tuple[Element, str]]:
    """The controls of check boxes, each with the words of its paragraph, or of its row where it is alone in that."""
    for box in root.iter(f"{W14}checkbox"):
        above = list(box.iterancestors())
        control = next((each for each in above if each.tag == f"{W}sdt"), None)
        around = (next((each for each in above if each.tag == tag), None) for tag in (f"{W}p", f"{W}tr"))
        if control is not None:
            yield control, next((words for each in around if each is not None and (words := _words(each))), "")


def _words(element: Element) -> str:
    text = "".join(each.text or "" for each in element.iter(f"{W}t"))
    return "".join(unicodedata.normalize("NFKC", text).translate(_GLYPHS).split())


def _claim(control: Element) -> str:
    label = control.find(f"{W}sdtPr/{W}tag")
    written = (label.get(f"{W}val") or "") if label is not None else ""
    return written if _TAG.decode() in written else ""

"""The guard behind the engine: no part of what is made may still hold a tag of its template.

What the engine fills it has swapped for tokens by the time this looks; whatever still reads as a tag then stands where
nothing fills it, and is refused with its place.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from lxml import etree

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.render.package.xml import Element, local_name
from kitgen.render.tags.places import PlaceOf
from kitgen.render.tags.tags import Tag, find_tags

_HOLDS_BRACES: Final = etree.XPath("//*[text()[contains(., '{')] or @*[contains(., '{')]]")
"""Elements with a brace in a text or attribute, in the order they are written."""
_MARKUP: Final = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_VALUES: Final = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_BRACES: Final = (b"{{", b"{%", b"{#", b"%7B%7B", b"%7b%7b", b"%7B%25", b"%7b%25")
_TEXTS: Final = (".xml", ".rels", ".vml", ".html", ".htm", ".txt", ".rtf", ".mht")
_PACKAGES: Final = (".xlsx", ".docx", ".xlsm", ".docm", ".pptx")
_ADVICE: Final = said("take it out, or write it in the text; docs/templates.md says where tags are read")
_MOST: Final = 32 << 20


def tags_in(text: str) -> Iterator[str]:
    """The whole tags of a text, as written."""
    if "{{" in text or "{%" in text or "{#" in text:
        yield from (found.written for found in find_tags(text) if isinstance(found, Tag))


def refuse_left_over(root: Element, place_of: PlaceOf, findings: Findings) -> None:
    """Report every tag that still stands in a text or attribute of a marked part."""
    for element in _HOLDS_BRACES(root):
        for text in (element.text or "", *(str(value) for value in element.attrib.values())):
            for written in tags_in(text) if "{" in text else ():
                place = place_of(element)
                here = Place(place.file, place.line, place.spot, written)
                findings.error(
                    said("a tag stands in `{element}`, where nothing fills it", element=local_name(element)),
                    here,
                    _ADVICE,
                )


def refuse_left_over_parts(contents: Mapping[str, bytes], file: str, findings: Findings) -> None:
    """Report every tag in parts that are copied as they are: texts, addresses, files within files."""
    for part, content in contents.items():
        written = next(_in_part(part, content), None)
        if written is not None:
            here = Place(file, None, said("part {part}", part=part), written)
            findings.error(said("a tag stands in a part of the file where nothing fills it"), here, _ADVICE)


def _in_part(part: str, content: bytes) -> Iterator[str]:
    name = part.lower()
    if name.endswith(_PACKAGES) and content.startswith(b"PK"):
        yield from _in_package(content)
        return
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if is_wide or (name.endswith(_TEXTS) and any(brace in content for brace in _BRACES)):
        text = content.decode("utf-16" if is_wide else "utf-8", "replace")
        yield from tags_in(html.unescape(_MARKUP.sub("", text)))
        for found in _VALUES.finditer(text):
            yield from tags_in(unquote(html.unescape(found[1] or found[2] or "")))


def _in_package(content: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.file_size < _MOST]
            for entry in entries[:200]:
                if entry.filename.lower().endswith(_TEXTS):
                    yield from _in_part(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return

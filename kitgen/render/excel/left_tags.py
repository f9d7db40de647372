"""The guard behind everything: after a workbook is compiled no tag of its author is left where nothing fills it."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said

_TAG: Final = re.compile(rb"\{\{.{1,400}?\}\}|\{%.{1,400}?%\}", re.DOTALL)
_CACHED: Final = re.compile(rb'(\b[vcn]=")[^"]*(?:\{\{|\{%)[^"]*"')
_ELSEWHERE: Final = ("docProps/core.xml", "docProps/app.xml")
"""Filled after the workbook itself."""
_LOOKED_AT: Final = (".xml", ".rels", ".vml")


def refuse_left_tags(contents: Mapping[str, bytes], made_anew: Iterable[str], file: str, findings: Findings) -> None:
    """Report every part that is copied as it is and holds a tag; `made_anew` are those that are not."""
    skipped = {*made_anew, *_ELSEWHERE}
    for part, content in contents.items():
        if part not in skipped and part.endswith(_LOOKED_AT):
            refuse_left(part, content, file, findings)


def refuse_left(part: str, content: bytes, file: str, findings: Findings) -> None:
    """Report the tags a part holds where none is filled."""
    text = content
    if part.endswith(".rels") and b"%7" in content:
        text = unquote_to_bytes(content)
    if b"&#" in text:
        text = text.replace(b"&#123;", b"{").replace(b"&#125;", b"}").replace(b"&#x7B;", b"{").replace(b"&#x7D;", b"}")
    for found in {match[0] for match in _TAG.finditer(text)}:
        findings.error(
            said("a tag stands where none is filled"),
            Place(file, None, said("part {part}", part=part), found.decode("utf-8", "replace")),
            said("put the value into a cell, or take the tag out"),
        )


def without_cached_tags(contents: dict[str, bytes]) -> None:
    """Take tags out of what pivot tables noted of their source: Excel notes it anew when it opens the file."""
    for part, content in contents.items():
        if part.startswith(("xl/pivotCache/", "xl/pivotTables/")) and (b"{{" in content or b"{%" in content):
            pieces = _CACHED.split(content)
            made = [pieces[0]]
            for number, (start, rest) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True), 1):
                made.append(b'%s(%d)"%s' % (start, number, rest))
            contents[part] = b"".join(made)

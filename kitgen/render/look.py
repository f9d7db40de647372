"""The look all documents of a body share: paper, colour of table heads, letterhead; put in when a template is compiled.

Templates are drawn on A4 and have heads filled with one neutral grey; a body that prints on F4, or in a colour of its
own, says so once. What has another size or another colour in a template was meant so, and stays.
"""

import re
from dataclasses import dataclass
from functools import partial
from typing import Final

HEAD_GREY: Final = "E7E6E6"
"""The fill that stands for the body's colour."""

_A4: Final = (11906, 16838)
_F4: Final = (11906, 18709)
"""Twips of 210 x 297 mm and of 210 x 330 mm (F4, also called folio in Indonesia)."""
_A4_CODE: Final = b"9"
_F4_CODE: Final = b"14"
"""Codes of Excel's page setup; F4 has none of its own, folio (8.5 x 13 in) comes nearest."""
_PAGE: Final = re.compile(rb"<w:pgSz\b[^>]*>")
_SIDE: Final = re.compile(rb'(w:[wh]=")(\d+)(")')
_SETUP: Final = re.compile(rb'(<pageSetup\b[^>]*\bpaperSize=")' + _A4_CODE + rb'(")')
_WORD_FILL: Final = re.compile(rb'(w:fill=")' + HEAD_GREY.encode() + rb'(")', re.IGNORECASE)
_EXCEL_FILL: Final = re.compile(rb'(<fgColor rgb=")[0-9A-Fa-f]{2}' + HEAD_GREY.encode() + rb'(")', re.IGNORECASE)


_SIZE: Final = re.compile(rb'(<w:sz(?:Cs)?\b[^>]*w:val=")(\d+)(")')
_EXACT: Final = re.compile(rb'(<w:(?:trHeight|spacing)\b(?=[^>]*"exact")[^>]*w:(?:val|line)=")(\d+)(")')
_LARGE: Final = (7, 5)
_BODY: Final = b"<w:body>"
_TITLED: Final = re.compile(_BODY + rb'\s*<w:p\b[^>]*>\s*<w:pPr>\s*<w:pStyle w:val="JudulFormulir"/>')
"""A form begins with its title; cards to be cut, props and letters do not."""
_LETTERHEAD: Final = (
    b'<w:p><w:pPr><w:pStyle w:val="JudulFormulir"/></w:pPr>'
    b'<w:r><w:t>{%p include "blocks/letterhead.docx" %}</w:t></w:r></w:p>'
)


@dataclass(frozen=True, slots=True)
class PageLook:
    """Tampilan: F4 in place of A4, a colour (`RRGGBB`) in place of the grey of heads, letterhead, the LSP's words."""

    is_f4: bool = False
    accent: str | None = None
    has_letterhead: bool = False
    is_large: bool = False
    """Large print: letters, and what is as high as they are, by two fifths larger."""
    wording: tuple[tuple[str, str], ...] = ()
    """Sentences of the templates, each with what the LSP says in its place."""

    def headed(self, document: bytes) -> bytes:
        """The main part of a Word template with the letterhead above the title of its form."""
        if self.has_letterhead and _TITLED.search(document):
            return document.replace(_BODY, _BODY + _LETTERHEAD, 1)
        return document

    def restyled(self, part: str, content: bytes) -> bytes:
        """A part of a template as this look has it; the same bytes where nothing in it is concerned."""
        if part.startswith("word/") and part.endswith(".xml"):
            if self.is_large:
                content = _EXACT.sub(_enlarged, _SIZE.sub(_enlarged, content))
            if self.is_f4:
                content = _PAGE.sub(_as_f4, content)
            if self.accent:
                content = _WORD_FILL.sub(partial(_between, self.accent.encode()), content)
        elif part.startswith("xl/") and part.endswith(".xml"):
            if self.is_f4:
                content = _SETUP.sub(partial(_between, _F4_CODE), content)
            if self.accent:
                content = _EXCEL_FILL.sub(partial(_between, b"FF" + self.accent.encode()), content)
        return content


def _between(middle: bytes, found: re.Match[bytes]) -> bytes:
    return found.group(1) + middle + found.group(2)


def _enlarged(found: re.Match[bytes]) -> bytes:
    more, less = _LARGE
    return found.group(1) + b"%d" % (int(found.group(2)) * more // less) + found.group(3)


def _as_f4(found: re.Match[bytes]) -> bytes:
    page = found.group()
    sides = {int(side.group(2)) for side in _SIDE.finditer(page)}
    if sides != set(_A4):
        return page
    return _SIDE.sub(lambda side: side.group(1) + (b"%d" % _F4[_A4.index(int(side.group(2)))]) + side.group(3), page)


A4_GREY: Final = PageLook()

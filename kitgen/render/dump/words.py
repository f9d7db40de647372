"""The words of an Office file in one digest: what stays the same when a program merely saves the file anew.

Runs cut elsewhere, marks of spelling, results of fields and the ways letters are written in XML do not count. Looks
and pictures do not count either: a file of the same words is not the same file.
"""

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kitgen.base.digests import WordsDigest, digest, digest_values
from kitgen.render.dump.sheet_lines import words_of_cells
from kitgen.render.excel.workbook import WORKBOOK
from kitgen.render.word.marking import PARTS

_TOKEN: Final = re.compile(
    rb'<(?:w:(?:t(?:\s[^>]*)?>([^<]*)</w:t>|fldChar\b[^>]*w:fldCharType="(\w+)"|fldSimple\b[^>]*[^/]>)'
    rb"|/w:(?:(p)>|(fldSimple)>)|(/?)mc:Fallback\b)"
)
_TEXT: Final = re.compile(rb"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")
_SOFT_HYPHEN: Final = "\u00ad"
"""Where a word may be broken: programs write it as a letter or as an element."""


def words_digest(parts: Mapping[str, bytes], file: str) -> WordsDigest:
    """Digest of the words of a document's uncompressed parts, paragraph by paragraph, cell by cell."""
    if WORKBOOK in parts:
        return WordsDigest(digest_values(words_of_cells(parts, file)))
    stories = {"\n".join(_paragraphs(parts[name])) for name in parts if PARTS.fullmatch(name)}
    return WordsDigest(digest("\0".join(sorted(stories - {""})).encode()))


def _paragraphs(part: bytes) -> list[str]:
    """The texts of a part; paragraphs without any are left out, since programs add and take them."""
    found = list(map(_of_paragraph, part.split(b"</w:p>")))
    if None in found:
        return _shown(part)
    return [paragraph for paragraph in found if paragraph]


@lru_cache(maxsize=8_192)  # an event of a dozen has some 4,000, most of which the next event has, too
def _of_paragraph(paragraph: bytes) -> str | None:
    """The text of a paragraph; None where some of it is a field's result, or stands there twice for older programs.

    Most paragraphs of a document stand in the one before, too.
    """
    if b"<w:fld" in paragraph or b"<mc:Fallback" in paragraph:
        return None
    return _folded(_TEXT.findall(paragraph))


def _folded(texts: Iterable[bytes]) -> str:
    text = html.unescape(b"".join(texts).decode("utf-8", "replace")).replace(_SOFT_HYPHEN, "")
    return " ".join(text.split())


def _shown(part: bytes) -> list[str]:
    """The same of a part with fields, or with texts that stand there twice."""
    paragraphs: list[str] = []
    heard: list[bytes] = []
    in_field = hidden = 0
    for token in _TOKEN.finditer(part):
        text, state, end, simple_end, fallback = token.groups()
        if text is not None:
            if not in_field and not hidden:
                heard.append(text)
        elif end is not None:
            paragraphs.append(_folded(heard))
            heard = []
        elif state is not None:
            in_field += {b"begin": 1, b"end": -1}.get(state, 0)
        elif fallback is not None:
            hidden += -1 if fallback else 1
        else:
            in_field += -1 if simple_end is not None else 1
    return [paragraph for paragraph in paragraphs if paragraph]

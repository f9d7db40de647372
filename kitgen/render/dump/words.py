"""The words of an Office file in one digest: what stays the same when a program merely saves the file anew.

Runs cut elsewhere, marks of spelling, results of fields and the ways letters are written in XML do not count. Looks
and pictures do not count either: a file of the same words is not the same file.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from kitgen.base.digests import WordsDigest, digest, digest_items
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
    """Digest of the words of a document's uncompressed parts, paragraph by paragraph, cell by cell.

    Of a workbook it raises `KitgenError` for XML that is not well-formed; of a Word file it reads whatever is there.
    """
    if WORKBOOK in parts:
        return WordsDigest(digest_items(words_of_cells(parts, file)))
    stories = {"\n".join(_paragraphs(parts[name])) for name in parts if PARTS.fullmatch(name)}
    return WordsDigest(digest("\0".join(sorted(stories - {""})).encode()))


_END: Final = b"</w:p>"
_BLOCK: Final = 1 << 18
"""So many bytes of a part are taken apart at once: of a list of a thousand people all of it would lie there twice."""
_MOST: Final = 8_192
"""An event of a dozen has some 4,000 paragraphs, most of which the next event has, too."""
_FIELD: Final = "\0"
"""Stands for a paragraph some of which is a field's result, or stands there twice for older programs."""
_known: dict[int, str] = {}
"""The texts of paragraphs, each under the hash of its bytes, which would take five times as much memory themselves.

Most paragraphs of a document stand in the one before, too. Two of one hash (of 64 bits) do not come in a lifetime.
"""


def _paragraphs(part: bytes) -> list[str]:
    """The texts of a part; paragraphs without any are left out, since programs add and take them."""
    found: list[str] = []
    for block in _blocks(part):
        texts = _texts_of(block.split(_END))
        if _FIELD in texts:
            return _shown(part)
        found += filter(None, texts)
    return found


def _blocks(part: bytes) -> Iterator[bytes]:
    """A part in pieces that end where a paragraph does, without that end."""
    start = 0
    while len(part) - start > _BLOCK and (end := part.find(_END, start + _BLOCK)) >= 0:
        yield part[start:end]
        start = end + len(_END)
    yield part[start:]


def _texts_of(paragraphs: list[bytes]) -> list[str]:
    hashes = list(map(hash, paragraphs))
    found = list(map(_known.get, hashes))
    if None in found:
        if len(_known) > _MOST:  # those known longest go; what is still wanted comes again
            for each in list(islice(_known, _MOST // 2)):
                del _known[each]
        for number, text in enumerate(found):
            if text is None:
                found[number] = _known[hashes[number]] = _of_paragraph(paragraphs[number])
    return found  # type: ignore[return-value]  # none is missing any more


def _of_paragraph(paragraph: bytes) -> str:
    """The text of a paragraph, or `_FIELD`."""
    if b"<w:fld" in paragraph or b"<mc:Fallback" in paragraph:
        return _FIELD
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

"""Rows of tables that were read before: documents of a kit repeat most of theirs, so each is read once for all of them.

A row is known by its bytes. It is taken out of a part before that is parsed, which is most of the work of reading one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.errors import KitgenError
from kitgen.render.dump.word_lines import row_texts
from kitgen.render.package.xml import Element, W, parse_xml

_END: Final = b"</w:tr>"
_HOLDS_TABLE: Final = re.compile(rb"<w:tbl[ >/]")
_ROOT: Final = re.compile(rb"<(w:\w+)\s[^>]*>")
_NAMESPACE: Final = f'xmlns:w="{W[1:-1]}"'.encode()
_STAND_IN: Final = b"kitgen-row"
_MOST: Final = 8_000

_Texts = tuple[str, ...]
_known: dict[bytes, dict[bytes, _Texts]] = {}
"""What rows say, by the root they stand below, since that declares the namespaces they use."""


@dataclass(slots=True)
class KnownRows:
    """Baris yang dikenal: what the rows taken out of a part say."""

    _texts: list[_Texts] = field(default_factory=list)

    def of(self, row: Element) -> _Texts | None:
        """What a row says that was taken out; None for one that stands as it was."""
        number = row.get(_STAND_IN.decode()) if self._texts else None
        return None if number is None else self._texts[int(number)]

    def take_out(self, part: bytes, file: str, name: str) -> bytes:
        """The part with a stand-in for each row that holds no table. Raises `KitgenError` if one is not well-formed."""
        root = _ROOT.search(part)
        if root is None or _NAMESPACE not in root[0] or b"txbxContent" in part:
            return part  # rows in text boxes are told with the paragraph the box hangs on
        if sum(map(len, _known.values())) > _MOST:
            _known.clear()
        known = _known.setdefault(root[0], {})
        *before, rest = part.split(_END)
        starts = [max(piece.rfind(b"<w:tr>"), piece.rfind(b"<w:tr ")) for piece in before]
        rows = [piece[start:] if start >= 0 else b"" for piece, start in zip(before, starts, strict=True)]
        unknown = [row for row in dict.fromkeys(rows) if row and row not in known and not _HOLDS_TABLE.search(row)]
        if _is_unsure(b"".join(unknown)):
            return part
        known.update(zip(unknown, _read(unknown, root, file, name), strict=True))
        texts: list[_Texts] = []
        pieces: list[bytes] = []
        for piece, start, row in zip(before, starts, rows, strict=True):
            found = known.get(row)
            if found is None:  # a row ends here that holds others
                pieces += (piece, _END)
            else:
                pieces += (piece[:start], b'<w:tr %s="%d"/>' % (_STAND_IN, len(texts)))
                texts.append(found)
        left = b"".join((*pieces, rest))
        if _is_unsure(left, len(texts)):
            return part
        self._texts = texts
        return left


def _is_unsure(xml: bytes, stand_ins: int = 0) -> bool:
    """Whether what looks like a row need not be one: in a comment, an instruction, a text taken as it is.

    Of so many stand-ins in it, none is there that was not put in.
    """
    return b"<!" in xml or xml.find(b"<?", 1) > 0 or xml.count(_STAND_IN) != stand_ins


def parse_with_rows(part: bytes, file: str, name: str) -> tuple[Element, KnownRows]:
    """The root of a part and what its rows say. Raises `KitgenError` as `parse_xml` does."""
    rows = KnownRows()
    try:
        return parse_xml(rows.take_out(part, file, name), file, name), rows
    except KitgenError:  # a row that cannot be read by itself; what is wrong is told of the whole
        return parse_xml(part, file, name), KnownRows()


def _read(rows: Sequence[bytes], root: re.Match[bytes], file: str, name: str) -> list[_Texts]:
    whole = b"%s%s</%s>" % (root[0], b"".join(row + _END for row in rows), root[1])
    return [row_texts(row) for row in parse_xml(whole, file, name)] if rows else []

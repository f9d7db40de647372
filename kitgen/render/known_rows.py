"""Rows of tables that were read before: documents of a kit repeat most of theirs, so each is read once for all of them.

A row is known by its bytes. It is taken out of a part before that is parsed, which is most of the work of reading one.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from kitgen.errors import KitgenError
from kitgen.render.dump_text import row_texts
from kitgen.render.xml import Element, W, parse_xml

_EDGE: Final = re.compile(rb"<w:tr(?=[ >])|</w:tr>")
_HOLDS_TABLE: Final = re.compile(rb"<w:tbl[ >/]")
_ROOT: Final = re.compile(rb"<(w:\w+)\s[^>]*>")
_NAMESPACE: Final = f'xmlns:w="{W[1:-1]}"'.encode()
_STAND_IN: Final = "kitgen-row"
_UNSURE: Final = re.compile(b"<!|(?!^)<[?]|" + _STAND_IN.encode())
"""Where these stand (comments, instructions, texts taken as they are), what looks like a row need not be one."""
_MOST: Final = 8_000

_Texts = tuple[str, ...]
_known: dict[bytes, dict[bytes, _Texts]] = {}
"""What rows say, by the root they stand below, since that declares the namespaces they use."""


@dataclass(slots=True)
class Rows:
    """Baris yang dikenal: what the rows taken out of a part say."""

    _texts: list[_Texts] = field(default_factory=list)

    def of(self, row: Element) -> _Texts | None:
        """What a row says that was taken out; None for one that stands as it was."""
        number = row.get(_STAND_IN)
        return None if number is None else self._texts[int(number)]

    def take_out(self, part: bytes, file: str, name: str) -> bytes:
        """The part with a stand-in for each row that holds no table. Raises `KitgenError` if one is not well-formed."""
        root = _ROOT.search(part)
        if root is None or _NAMESPACE not in root[0] or _UNSURE.search(part):
            return part
        if sum(map(len, _known.values())) > _MOST:
            _known.clear()
        known = _known.setdefault(root[0], {})
        pieces: list[bytes] = []
        done, opened = 0, -1
        for edge in _EDGE.finditer(part):
            if edge[0] != b"</w:tr>":
                opened = edge.start()
                continue
            row = part[opened : edge.end()] if opened >= 0 else b""
            texts = known.get(row)
            if texts is None and row and not _HOLDS_TABLE.search(row):
                texts = known[row] = _read(row, root, file, name)
            if texts is not None:
                pieces += (part[done:opened], f'<w:tr {_STAND_IN}="{len(self._texts)}"/>'.encode())
                self._texts.append(texts)
                done = edge.end()
            opened = -1
        return b"".join((*pieces, part[done:]))


def parse_with_rows(part: bytes, file: str, name: str) -> tuple[Element, Rows]:
    """The root of a part and what its rows say. Raises `KitgenError` as `parse_xml` does."""
    rows = Rows()
    try:
        return parse_xml(rows.take_out(part, file, name), file, name), rows
    except KitgenError:  # a row that cannot be read by itself; what is wrong is told of the whole
        return parse_xml(part, file, name), Rows()


def _read(row: bytes, root: re.Match[bytes], file: str, name: str) -> _Texts:
    (found,) = parse_xml(b"%s%s</%s>" % (root[0], row, root[1]), file, name)
    return row_texts(found)

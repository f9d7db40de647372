"""An Office file as text, a line for each paragraph and cell, so that templates and documents can be compared.

`**bold**`, `~~struck~~`, boxes as ☐ and ☒, fields as `{PAGE}`, merged cells as `(over 2 columns)`, `(goes on)`.
"""

from collections.abc import Iterator, Mapping
from itertools import repeat

from kitgen.base.line_diff import DumpLine
from kitgen.render.dump.beside import alternative_texts, graphic_lines
from kitgen.render.dump.known_rows import KnownRows, parse_with_rows
from kitgen.render.dump.sheet_lines import dump_workbook
from kitgen.render.dump.word_lines import paragraph_text, row_texts
from kitgen.render.excel.workbook import WORKBOOK
from kitgen.render.package.xml import Element, W
from kitgen.render.tags.walk import blocks, own, story
from kitgen.render.word.marking import PARTS


def dump_parts(parts: Mapping[str, bytes], file: str) -> list[DumpLine]:
    """The lines of all parts a person reads, the document first, then headers, footers and notes by name.

    `parts` are uncompressed, by name; `file` is what errors call them. Raises `KitgenError` for XML that is not
    well-formed.
    """
    if WORKBOOK in parts:
        return list(dump_workbook(parts, file))
    names = sorted(
        (name for name in parts if PARTS.fullmatch(name)), key=lambda name: (name != "word/document.xml", name)
    )
    lines: list[DumpLine] = []
    for name in names:
        root, rows = parse_with_rows(parts[name], file, name)
        prefix = "" if name == "word/document.xml" else name.removeprefix("word/").removesuffix(".xml") + " "
        lines += _Story(prefix, rows).lines(story(root))
        lines += alternative_texts(parts[name], prefix)
    lines += graphic_lines(parts, file)
    return lines


def is_read(name: str) -> bool:
    """Whether a part of a Word file may hold what people read."""
    return PARTS.fullmatch(name) is not None or (name.startswith("word/") and "/" in name.removeprefix("word/"))


def differing(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Of two states of a document the parts people read that are not equal, those of `old` and those of `new`.

    A part only one of them has stands on that side alone. Of a workbook it is all parts: its cells share their texts.
    """
    if WORKBOOK in old or WORKBOOK in new:
        return dict(old), dict(new)
    names = [name for name in {**old, **new} if is_read(name) and old.get(name) != new.get(name)]
    before, after = ({name: parts[name] for name in names if name in parts} for parts in (old, new))
    return before, after


class _Story:
    """Numbers paragraphs and tables of one part as a person counts them, nested tables after their host."""

    def __init__(self, prefix: str, rows: KnownRows) -> None:
        self._prefix = prefix
        self._rows = rows
        self._paragraphs = 0
        self._tables = 0

    def lines(self, container: Element) -> Iterator[DumpLine]:
        for block in blocks(container):
            if block.tag == f"{W}tbl":
                yield from self._table(block)
            else:
                self._paragraphs += 1
                yield DumpLine(f"{self._prefix}paragraph {self._paragraphs}", paragraph_text(block))

    def _table(self, table: Element) -> Iterator[DumpLine]:
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(own(table, f"{W}tr"), 1):
            known = self._rows.of(row)
            texts = row_texts(row) if known is None else known
            cells = own(row, f"{W}tc") if known is None else repeat(None)  # rows known hold no tables
            for cell_number, (text, cell) in enumerate(zip(texts, cells, strict=False), 1):
                spot = f"{self._prefix}table {number}, row {row_number}, cell {cell_number}"
                yield DumpLine(spot, text)
                for block in () if cell is None else blocks(cell):
                    if block.tag == f"{W}tbl":
                        yield from self._table(block)

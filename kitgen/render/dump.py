"""An Office file as text, a line for each paragraph and cell, so that templates and documents can be compared.

`**bold**`, `~~struck~~`, boxes as ☐ and ☒, fields as `{PAGE}`, merged cells as `(over 2 columns)`, `(goes on)`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kitgen.compare import DumpLine
from kitgen.render.dump_sheets import dump_workbook
from kitgen.render.excel import WORKBOOK
from kitgen.render.package import PackedPart
from kitgen.render.properties import CUSTOM
from kitgen.render.word import PARTS
from kitgen.render.xml import Element, W, local_name, parse_xml

_PARAGRAPH_END: Final = " ¶ "
_SKIPPED: Final = frozenset({"pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "fldData", "Fallback"})


def dump_parts(parts: Mapping[str, bytes], file: str) -> list[DumpLine]:
    """The lines of all parts a person reads, the document first, then headers, footers and notes by name."""
    if WORKBOOK in parts:
        return list(dump_workbook(parts, file))
    names = sorted(
        (name for name in parts if PARTS.fullmatch(name)), key=lambda name: (name != "word/document.xml", name)
    )
    lines: list[DumpLine] = []
    for name in names:
        root = parse_xml(parts[name], file, name)
        prefix = "" if name == "word/document.xml" else name.removeprefix("word/").removesuffix(".xml") + " "
        body = root.find(f"{W}body")
        lines += _Story(prefix).lines(root if body is None else body)
    return lines


def unpacked(parts: Mapping[str, PackedPart]) -> dict[str, bytes]:
    """The parts of a package uncompressed, without the record kitgen keeps in it."""
    return {name: part.content() for name, part in parts.items() if name != CUSTOM}


class _Story:
    """Numbers paragraphs and tables of one part as a person counts them, nested tables after their host."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._paragraphs = 0
        self._tables = 0

    def lines(self, container: Element) -> Iterator[DumpLine]:
        for child in container:
            kind = local_name(child)
            if kind == "p":
                self._paragraphs += 1
                yield DumpLine(f"{self._prefix}paragraph {self._paragraphs}", paragraph_text(child))
            elif kind == "tbl":
                yield from self._table(child)
            elif kind in ("sdt", "sdtContent", "footnote", "endnote", "comment"):
                yield from self.lines(child)

    def _table(self, table: Element) -> Iterator[DumpLine]:
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(table.iterfind(f"{W}tr"), 1):
            for cell_number, cell in enumerate(row.iterfind(f"{W}tc"), 1):
                spot = f"{self._prefix}table {number}, row {row_number}, cell {cell_number}"
                yield DumpLine(spot, f"{cell_text(cell)}{_merged(cell)}".strip())
                for nested in cell.iter(f"{W}tbl"):
                    yield from self._table(nested)


def cell_text(cell: Element) -> str:
    """The paragraphs of a cell in one line."""
    texts = [paragraph_text(paragraph) for paragraph in _own_paragraphs(cell)]
    return _PARAGRAPH_END.join(texts).strip()


def _own_paragraphs(container: Element) -> Iterator[Element]:
    for child in container:
        kind = local_name(child)
        if kind == "p":
            yield child
        elif kind in ("sdt", "sdtContent"):
            yield from _own_paragraphs(child)


def _merged(cell: Element) -> str:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    down = cell.find(f"{W}tcPr/{W}vMerge")
    text = f" (over {span.get(f'{W}val')} columns)" if span is not None else ""
    if down is not None and down.get(f"{W}val") != "restart":
        text += " (goes on)"
    return text


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph with its marks."""
    pieces: list[tuple[str, str]] = []
    for mark, text in _pieces(paragraph):
        if pieces and pieces[-1][0] == mark:
            pieces[-1] = (mark, pieces[-1][1] + text)
        else:
            pieces.append((mark, text))
    return "".join(f"{mark}{text}{mark}" if text.strip() else text for mark, text in pieces)


def _pieces(element: Element) -> Iterator[tuple[str, str]]:
    in_field = False
    for child in element:
        kind = local_name(child)
        if kind in _SKIPPED:
            continue
        if kind == "r":
            state = child.find(f"{W}fldChar")
            if state is not None:
                in_field = state.get(f"{W}fldCharType") in ("begin", "separate")
            if not in_field or child.find(f"{W}instrText") is not None:
                yield from _run_pieces(child)
        elif kind == "fldSimple":
            yield "", f"{{{(child.get(f'{W}instr') or '').split()[0]}}}"
        elif kind not in ("p", "tbl"):
            yield from _pieces(child)


def _run_pieces(run: Element) -> Iterator[tuple[str, str]]:
    mark = ("**" if _is_on(run, "b") else "") or ("~~" if _is_on(run, "strike") else "")
    if _is_on(run, "b") and _is_on(run, "strike"):
        mark = "~~"
    for child in run:
        kind = local_name(child)
        if kind == "t":
            yield mark, child.text or ""
        elif kind in ("tab", "br", "cr"):
            yield mark, " → " if kind == "tab" else " ↵ "
        elif kind == "instrText":
            yield "", f"{{{(child.text or '').split()[0] if (child.text or '').split() else ''}}}"
        elif kind in ("drawing", "pict"):
            for text_box in child.iter(f"{W}txbxContent"):
                yield mark, f"[{_PARAGRAPH_END.join(paragraph_text(p) for p in text_box.iterfind(f'{W}p'))}]"


def _is_on(run: Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "none")

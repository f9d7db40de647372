"""A text as lines of cells: parted by `|` as on the published page and in Markdown, by tabs as Word copies."""

import re
from typing import Final

from kitgen.schemes.published.line import MOST_LINES, PageLine, clean

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CELL_END: Final = re.compile(r"(?<!\\)\||\t")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKDOWN: Final = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+\S|\|[^\n]*\|[ \t]*$)|\*\*\S", re.MULTILINE)
_MARKUP: Final = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S[^*]*\*)|(?<=\S)\*(?![\w*])|`")
_TITLE: Final = re.compile(r"#{1,6}\s+")
_QUOTE: Final = re.compile(r"(?:>\s*)+")
_LABEL: Final = re.compile(
    r"(?:kode|judul|nama)\s+unit(?:\s+kompetensi)?\s*:?|unit\s+(?:code|title)\s*:?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?[.)]?")


def plain_lines(text: str) -> list[PageLine]:
    """Lines of a text page, one for each line of the file, or for several that hold one row a cell a line."""
    written = _LINE_END.split(text)
    if not written[-1]:
        written.pop()
    has_cells = "|" in text
    is_markdown = bool(_MARKDOWN.search(text))
    lines: list[PageLine] = []
    block, is_closed = 0, False
    # One more than allowed, so that the caller sees that there are too many.
    for number, raw in enumerate(written[: MOST_LINES + 1], start=1):
        shown, removed = clean(raw)
        is_title = False
        if is_markdown:
            raw = raw.strip()
            raw = raw[found.end() :] if (found := _QUOTE.match(raw)) else raw
            title = _TITLE.match(raw)
            is_title = bool(title)
            raw = _MARKUP.sub("", raw[title.end() :] if title else raw)
        cells, columns = _cells(raw)
        if not cells or (is_closed and "|" not in raw):
            block += 1
        is_closed = raw.rstrip().endswith("|")
        is_ended = is_closed and not raw.lstrip().startswith("|")
        is_plain = not has_cells and "\t" not in raw
        lines.append(
            PageLine(
                number, number, shown, cells, block, removed, columns=columns, is_title=is_title, is_ended=is_ended,
                is_plain=is_plain,
            )
        )  # fmt: skip
    return _gathered(lines)


def _cells(raw: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The cells of a line that are not empty, and their columns; that of a cell alone on its line is not known."""
    stripped = raw.strip(" ")
    is_framed = stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1
    parts = _CELL_END.split(stripped[1:-1] if is_framed else stripped)
    cells: list[str] = []
    columns: list[int] = []
    for column, part in enumerate(parts):
        for piece in _BREAK.split(part):
            cell = clean(piece.replace("\\|", "|"))[0]
            if cell:
                cells.append(cell)
                columns.append(column)
    if len(cells) == 1 and not columns[0] and not is_framed:
        columns = [-1]
    return tuple(cells), tuple(columns)


def _gathered(lines: list[PageLine]) -> list[PageLine]:
    """The lines, with those put together that hold one row a cell a line, as Word saves a table as text."""
    gathered: list[PageLine] = []
    at = 0
    while at < len(lines):
        many = _row_length(lines, at)
        gathered.append(lines[at] if many == 1 else _row(lines[at : at + many]))
        at += many
    return gathered


def _row_length(lines: list[PageLine], at: int) -> int:
    """How many lines from here on are the cells of one row: label, colon and value, or number and text."""
    cells = [line.cells[0] if len(line.cells) == 1 else "" for line in lines[at : at + 3]]
    cells += [""] * (3 - len(cells))
    if _LABEL.fullmatch(cells[0]):
        if cells[1] == ":" and cells[2]:
            return 3
        if cells[1].startswith(":") and len(cells[1]) > 1:
            return 2
        if cells[1] and _is_code(cells[1].rstrip(".")):
            return 2
    elif cells[0].isdecimal() or _NUMBER.fullmatch(cells[0]):
        if _is_code(cells[1].rstrip(".")) and cells[2]:
            return 3
        if lines[at].is_plain and len(cells[1].split()) > 1 and not _NUMBER.match(cells[1]):
            return 2
    return 1


def _is_code(text: str) -> bool:
    return text.count(".") > 1 and " " not in text and any(map(str.isdecimal, text)) and any(map(str.isalpha, text))


def _row(lines: list[PageLine]) -> PageLine:
    cells = tuple(line.cells[0] for line in lines)
    shown = " ".join(line.text for line in lines)
    first = lines[0]
    return PageLine(
        first.number, lines[-1].last, shown, cells, first.block, sum(line.removed for line in lines),
        columns=tuple(range(len(cells))),
    )  # fmt: skip

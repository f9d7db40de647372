"""A saved HTML page as lines of cells: a table row is a line, and so is a paragraph.

The page comes from outside. Scripts, comments and declarations are cut out before the parser of the standard
library sees them: it searches to the end of the page for each one left open, and some declarations it refuses.
"""

import re
from html.parser import HTMLParser
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.schemes.published.html_tables import HtmlTable, ListCounter
from kitgen.schemes.published.line import MOST_LINES, PageLine, clean, is_note_mark
from kitgen.schemes.published.numbering import is_marked

_CUT: Final = re.compile(r"<!--|<[!?]|<(script|style)\b", re.IGNORECASE)
_SKIPPED: Final = frozenset(
    "nav noscript template svg math select iframe object audio video canvas textarea button del s strike".split()
)
_BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html legend li main ol option p pre section summary tbody tfoot thead"
    " title ul".split()
)
_IN_TEXT: Final = frozenset("a b em font i small span strong sub sup u".split())
"""Within a text; what is hidden around it may be a part of the page that opens when it is clicked."""
_TITLES: Final = frozenset("h1 h2 h3 h4 h5 h6".split())


def _is_hidden(attrs: dict[str, str | None]) -> bool:
    style = re.sub(r"\s", "", attrs.get("style") or "").lower()
    return "hidden" in attrs or "display:none" in style or "visibility:hidden" in style


def html_lines(text: str, file: str) -> list[PageLine]:
    """The lines of an HTML page in the order of the file; lines of the file without any text are listed as well."""
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    markup, dropped = _cut_out(source)
    reader = _Reader()
    try:
        reader.feed(_without_open_tags(markup))
        reader.close()
    except (AssertionError, ValueError) as fault:  # what the parser has for markup it gives up on
        raise failure(
            said("the HTML of the page cannot be read"),
            Place(file, reader.getpos()[0]),
            said("copy the page from the browser into a text file and import that"),
        ) from fault
    lines = reader.finish() + dropped
    lines += _bare_markup(lines, source.rstrip("\n").count("\n") + 1)
    return sorted(lines, key=lambda line: line.number)


def _cut_out(source: str) -> tuple[str, list[PageLine]]:
    """The page without scripts, styles, comments and declarations, its line breaks kept; and what was cut."""
    kept: list[str] = []
    dropped: list[PageLine] = []
    position, number = 0, 1
    while found := _CUT.search(source, position):
        end = _end_of_cut(source, found)
        before, cut = source[position : found.start()], source[found.start() : end]
        first = number + before.count("\n")
        number = first + cut.count("\n")
        kept += [before, "\n" * cut.count("\n")]
        if found[1]:
            dropped.append(PageLine(first, number, "", (), dropped=found[1].lower()))
        position = end
    return "".join([*kept, source[position:]]), dropped


def _end_of_cut(source: str, found: re.Match[str]) -> int:
    """Where a script, comment or declaration ends; one left open reaches to the end, as in a browser."""
    if found[1]:
        closing = re.compile(rf"</{found[1]}\b[^>]*>", re.IGNORECASE).search(source, found.end())
        return closing.end() if closing else len(source)
    mark = "-->" if found[0] == "<!--" else ">"
    end = source.find(mark, found.end())
    return len(source) if end < 0 else end + len(mark)


def _without_open_tags(markup: str) -> str:
    """The page with every `<` that no `>` follows made into text; the parser is slow on those."""
    end = markup.rfind(">") + 1
    return markup[:end] + markup[end:].replace("<", "&lt;")


def _bare_markup(lines: list[PageLine], count: int) -> list[PageLine]:
    """The runs of lines of the file that no line of the page covers."""
    covered = [False] * (count + 2)
    for line in lines:
        for number in range(line.number, line.last + 1):
            covered[number] = True
    covered[0] = covered[count + 1] = True
    starts = [number for number in range(1, count + 1) if not covered[number] and covered[number - 1]]
    ends = [number for number in range(1, count + 1) if not covered[number] and covered[number + 1]]
    return [PageLine(first, last, "", (), dropped="markup") for first, last in zip(starts, ends, strict=True)]


class _Reader(HTMLParser):
    """Collects the cells of a row, or the text of a paragraph, until it ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[PageLine] = []
        self._cells: list[str] = []
        self._columns: list[int] = []
        self._lists = ListCounter()
        self._mark = ""
        self._is_title = self._is_item = False
        self._piece: list[str] = []
        self._raised = -1
        """Where a raised text begins in the piece; -1 where none is open."""
        self._removed = 0
        self._first = self._last = 0
        self._in_row = False
        self._open_tables: list[HtmlTable] = []
        self._tables = self._paragraphs = 0
        self._skipped = ""
        self._skipped_text: list[str] = []
        self._skipped_first = self._skipped_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._skipped_depth += tag == self._skipped
        elif tag in _SKIPPED or (tag in _IN_TEXT and _is_hidden(dict(attrs))):
            self._skipped, self._skipped_depth = tag, 1
            self._skipped_text, self._skipped_first = [], self.getpos()[0]
        else:
            self._break(tag, is_end=False)
            self._begin(tag, dict(attrs))

    def _begin(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in {"td", "th"} and self._open_tables:
            self._open_tables[-1].begin_cell(attrs)
        elif tag in {"ol", "ul"}:
            self._lists.begin(tag, attrs)
        elif tag == "li":
            self._mark = self._lists.next_mark(attrs)
            self._is_item = True
        elif tag in _TITLES:
            self._is_title = True
        elif tag == "sup":
            self._raised = len(self._piece)

    def handle_endtag(self, tag: str) -> None:
        if not self._skipped:
            self._end_raised(tag)
            self._break(tag, is_end=True)
        elif tag == self._skipped:
            self._skipped_depth -= 1
            if not self._skipped_depth:
                self._end_skipped()

    def _end_raised(self, tag: str) -> None:
        """Take the mark of a footnote out of the text."""
        if tag == "sup" and 0 <= self._raised <= len(self._piece):
            if is_note_mark("".join(self._piece[self._raised :]), "".join(self._piece[: self._raised])):
                del self._piece[self._raised :]
            self._raised = -1

    def handle_data(self, data: str) -> None:
        if self._skipped:
            self._skipped_text.append(data)
            return
        self._piece.append(data)
        if data.strip():
            number = self.getpos()[0]
            self._first = self._first or number + data[: -len(data.lstrip())].count("\n")
            self._last = number + data.rstrip().count("\n")

    def finish(self) -> list[PageLine]:
        """End what is still open, and hand over all lines."""
        if self._skipped:
            self._end_skipped()
        self._end_line()
        return self._lines

    def _break(self, tag: str, *, is_end: bool) -> None:
        if tag == "table":
            self._end_line()
            self._in_row = False
            if not is_end:
                self._tables += 1
                self._open_tables.append(HtmlTable(self._tables))
            elif self._open_tables:
                self._open_tables.pop()
        elif tag == "tr":
            self._end_line()
            self._in_row = not is_end
            if not is_end and self._open_tables:
                self._open_tables[-1].begin_row()
        elif tag in {"td", "th"} or (tag in _BLOCKS and self._in_row):
            self._end_piece()
        elif tag in _BLOCKS:
            self._end_line()
            self._paragraphs += tag != "br"
        if tag in {"ol", "ul"} and is_end:
            self._lists.end()

    def _end_piece(self) -> None:
        text, removed = clean("".join(self._piece))
        self._removed += removed
        self._piece = []
        if text:
            if self._mark and not is_marked(text):
                text = f"{self._mark} {text}"
            self._mark = ""
            self._cells.append(text)
            self._columns.append(self._open_tables[-1].column if self._open_tables and self._in_row else -1)

    def _end_line(self) -> None:
        self._end_piece()
        if self._cells:
            # Tables count upwards from 1, paragraphs downwards from 0: no table is in one block with a paragraph.
            block = self._open_tables[-1].number if self._open_tables else -self._paragraphs
            shown, cells, columns = " | ".join(self._cells), tuple(self._cells), tuple(self._columns)
            self._append(
                PageLine(
                    self._first, self._last, shown, cells, block, self._removed, columns=columns,
                    is_title=self._is_title, is_item=self._is_item,
                )
            )  # fmt: skip
        self._cells, self._columns, self._removed, self._first = [], [], 0, 0
        self._is_title = self._is_item = False

    def _end_skipped(self) -> None:
        text, _ = clean(" ".join(self._skipped_text))
        self._append(PageLine(self._skipped_first, self.getpos()[0], text, (), dropped=self._skipped))
        self._skipped = ""

    def _append(self, line: PageLine) -> None:
        # One more than allowed is kept, so that the caller sees that there are too many.
        if len(self._lines) <= MOST_LINES:
            self._lines.append(line)

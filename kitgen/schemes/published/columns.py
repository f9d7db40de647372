"""Lines as they are seen become lines as they are read: wrapped texts put together, the columns of tables told apart.

A unit's table is read by the place where the numbers of its criteria stand: what begins left of it belongs to the
elements, what begins there or right of it to the criteria. No line of the table need be drawn. Everything else is left
as it stands on its lines; what it means is told by `reader`.
"""

import re
from collections.abc import Sequence
from typing import Final

from kitgen.base.messages import said
from kitgen.schemes.published import rows as page_rows
from kitgen.schemes.published.geometry import VisualLine, furniture, joined_text, words_of
from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.self_assessment import SelfAssessment, is_self_assessment
from kitgen.schemes.published.table_columns import Piece, table_pieces
from kitgen.schemes.published.words import Field, ends_standards, section_of

_HEADING_WORDS: Final = frozenset(
    "no no. nomor elemen kompetensi kriteria unjuk kerja kuk (kuk) element elements of competency performance criteria"
    " criterion".split()
)
_HEADING_FIRST: Final = frozenset("elemen element elements kriteria performance".split())
_NUMBERED: Final = re.compile(
    r"(?:(?:elemen|element)(?:\s+kompetensi)?\s*:?\s*)?[0-9]{1,2}(?:\.[0-9]{1,2})?[.)]?(?:\s+\S|[A-Z])", re.IGNORECASE
)
_MOST_HEADING: Final = 16


class Composer:
    """Walks through the lines as they are seen, and gives lines as they are read."""

    def __init__(self, lines: Sequence[VisualLine], is_paged: bool) -> None:
        self.lines: list[PageLine] = []
        self._seen = lines
        self._is_paged = is_paged
        self._known = words_of(lines)
        self._label: list[VisualLine] = []
        self._table: list[VisualLine] = []
        self._heading: list[VisualLine] = []
        self._place = "free"
        self._block = 0

    def compose(self) -> list[PageLine]:
        """All lines."""
        dropped = furniture(self._seen)
        form = SelfAssessment(self._emit, self._known) if is_self_assessment(self._seen) else None
        for position, line in enumerate(self._seen):
            if position in dropped:
                self._emit([line], (line.text,), dropped="furniture")
            elif not line.words:
                if not self._is_paged:
                    self.lines.append(PageLine(line.number, line.number, "", (), self._block))
            elif form is not None:
                form.take(line)
            else:
                self._take(line)
        if form is not None:
            form.end()
        self._flush()
        return self.lines

    def _take(self, line: VisualLine) -> None:
        cells = line.cells()
        groups = page_rows.label_groups(cells)
        code = page_rows.unit_code(groups[0])
        if code is not None and any(letter.isdigit() for letter in code[:40]):
            self._flush()
            self._block += 1
            self._place, self._label = "label", [line]
        elif self._place == "free":
            self._emit([line], cells)
        elif self._place != "free" and (section_of(line.text) or ends_standards(line.text)):
            self._flush()
            self._place = "section" if section_of(line.text) else "free"
            self._emit([line], (line.text,))
        elif self._place == "section":
            self._emit([line], (line.text,))
        elif self._is_heading(line):
            if self._place == "label":
                self._flush()
                self._place = "table"
            self._heading.append(line)
            if not self._table and len(self._heading) == 1:
                self._emit([line], ("Elemen Kompetensi", "Kriteria Unjuk Kerja"), columns=(0, 1))
            else:
                self._emit([line], (line.text,), dropped="furniture")
        elif self._place == "table":
            self._table.append(line)
        elif self._begins_label(cells) or not _NUMBERED.match(line.text):
            self._take_label(line, cells)
        else:
            self._flush()
            self._place = "table"
            self._table.append(line)

    def _is_heading(self, line: VisualLine) -> bool:
        words = [plain for word in line.words if (plain := word.text.casefold().strip(":"))]
        if len(words) > _MOST_HEADING or any(re.fullmatch(r"[0-9]+\.[0-9]+\.?", word) for word in words):
            return False
        if set(words) <= _HEADING_WORDS:
            is_first = bool(_HEADING_FIRST.intersection(words))
            return is_first or (self._place == "table" and not self._table and bool(self._heading))
        names = set(words)
        return bool(names & {"elemen", "element"}) and bool(names & {"kriteria", "performance"}) and ":" not in names

    def _begins_label(self, cells: tuple[str, ...]) -> bool:
        return any(
            page_rows.labelled(cells, name) is not None for name in (Field.TITLE, Field.DESCRIPTION, Field.STANDARD)
        )

    def _take_label(self, line: VisualLine, cells: tuple[str, ...]) -> None:
        """A line between a unit's code and its table: a label, or the rest of what stands behind the last one."""
        if self._begins_label(cells):
            self._emit_label()
            self._label = [line]
        elif self._label:
            self._label.append(line)
        else:
            self._emit([line], cells)

    def _emit_label(self) -> None:
        if not self._label:
            return
        first, *rest = self._label
        cells = first.cells()
        whole = joined_text([cells[-1], *(line.text for line in rest)], self._known)
        if len(cells) == 1 or cells[-1] == ":":
            whole = joined_text([first.text, *(line.text for line in rest)], self._known)
            cells = (whole,)
        else:
            cells = (*cells[:-1], whole)
        self._emit(self._label, cells)
        self._label = []

    def _flush(self) -> None:
        """End the unit's labels or its table."""
        self._emit_label()
        if self._table:
            for piece in table_pieces(self._table, self._heading, self._known):
                self._emit_piece(piece)
        self._table, self._heading = [], []

    def _emit_piece(self, piece: Piece) -> None:
        self._emit(piece.lines, (piece.text,), columns=(piece.column,), dropped=piece.dropped)

    def _emit(
        self,
        lines: Sequence[VisualLine],
        cells: tuple[str, ...],
        columns: tuple[int, ...] = (),
        dropped: str = "",
    ) -> None:
        first, last = lines[0], lines[-1]
        shown = " ".join(cells)
        spot = said("page {page}", page=first.page) if self._is_paged else ""
        label = f"h{first.page}:{first.number}" if self._is_paged else ""
        self.lines.append(
            PageLine(
                first.number, max(last.number, first.number), shown, () if dropped else cells, self._block,
                dropped=dropped, columns=columns, spot=spot, label=label,
            )
        )  # fmt: skip


def lines_of(lines: Sequence[VisualLine], *, is_paged: bool) -> list[PageLine]:
    """The lines of a page as they are read. `is_paged`: they are told by their pages, as those of a PDF."""
    return Composer(lines, is_paged).compose()

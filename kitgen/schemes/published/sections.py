"""The sections of a unit's standard behind its table: Batasan Variabel, Panduan Penilaian, Aspek Kritis.

They end the table and are kept line by line. Their items are numbered as elements and criteria are; what stands in
a section is therefore never looked at as a table, until the next unit begins.
"""

from typing import Final

from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.line_account import Role
from kitgen.schemes.published.numbered_text import begins_numbered, pair_number
from kitgen.schemes.published.oddities import OddityKind
from kitgen.schemes.published.rows import part_at_footer
from kitgen.schemes.published.tables import Noting
from kitgen.schemes.published.words import Section, item_number, numbered_section, section_of

_NAMES: Final = {
    Section.VARIABLES: "batasan variabel",
    Section.GUIDE: "panduan penilaian",
    Section.CRITICAL: "aspek kritis",
}
_MOST_LINES: Final = 2_000
"""Lines kept of one section; a whole decree has fewer."""


class SectionReader:
    """Takes the lines of sections and puts them to the unit they belong to."""

    def __init__(self, noting: Noting) -> None:
        self._noting = noting
        self._section = Section.GUIDE
        self._critical_item = 0
        self._guard: tuple[int, int] | None = None

    def begins(self, position: int, cells: tuple[str, ...], is_inside: bool, can_begin: bool) -> bool:
        """Take a line that begins a section; whether it did."""
        if not can_begin:
            return False
        text = " ".join(cells)
        found = section_of(text)
        if found is None and len(cells) > 1 and (first := section_of(cells[0])):
            found = first[0], " ".join(cells[1:]).lstrip(": ")
        if found is None:
            return False
        self._section, rest = found
        self._critical_item, self._guard = 0, None
        self._noting.note(position, Role.SECTION, _NAMES[self._section])
        if is_inside and text.upper() != text:
            self._keep(text)  # a heading of a lower level is a line of its section, too
        elif rest:
            self._keep(rest)
        return True

    def begins_unknown(self, position: int, line: PageLine, is_in_table: bool) -> bool:
        """Take a line in capitals that stands alone below the criteria: a section nobody knows; whether it was one."""
        text = " ".join(line.cells)
        is_heading = (
            is_in_table
            and len(line.cells) == 1
            and len(text) >= 8
            and text.upper() == text
            and text.lower() != text
            and len(text.split()) > 1
            and not begins_numbered(text)
            and not line.is_ended
            and not part_at_footer(text)[1]
        )
        table = self._noting.tables[-1] if is_in_table else None
        last = (
            next((pair for each in reversed(table.segments) if (pair := pair_number(each.text))), None)
            if table
            else None
        )
        if not is_heading or last is None:
            return False
        self._section, self._critical_item, self._guard = Section.GUIDE, 0, last
        self._noting.note(position, Role.SECTION, text)
        self._noting.odd(OddityKind.UNKNOWN_SECTION, position, "", text)
        self._keep(text)
        return True

    def goes_back(self, cells: tuple[str, ...]) -> bool:
        """Whether the table goes on: behind a heading nobody knows stands the very number that comes next."""
        if self._guard is None:
            return False
        (element, criterion), pair = self._guard, pair_number(" ".join(cells))
        number = item_number(" ".join(cells))
        self._guard = None if pair or number else self._guard
        return pair in ((element, criterion + 1), (element + 1, 1)) or (number == element + 1 and not pair)

    def take(self, position: int, cells: tuple[str, ...]) -> None:
        """Take a line of the section."""
        text = " ".join(cells)
        number = item_number(text)
        item = numbered_section(text)
        if item and item[1] is Section.CRITICAL and self._section is Section.GUIDE:
            self._section, self._critical_item = Section.CRITICAL, item[0]
        elif self._critical_item and number and number == self._critical_item + 1:
            self._section, self._critical_item = Section.GUIDE, 0
        self._noting.note(position, Role.SECTION, _NAMES[self._section])
        self._keep(text)

    def _keep(self, text: str) -> None:
        kept = self._noting.tables[-1].sections.setdefault(self._section, [])
        if len(kept) < _MOST_LINES:
            kept.append(text)

"""Goes through the page's lines once and sorts what stands on them; the page as a whole is judged in `published`.

A line is known by its form (`page_rows`) and by where on the page it stands. A text inside a table that is no part
of it may be the lost end of the text above it: then it is an error, and only where that cannot be, an oddity.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.schemes.published import rows as page_rows
from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.line_account import ODD, Part, Role
from kitgen.schemes.published.numbered_text import Segment, begins_numbered
from kitgen.schemes.published.oddities import Oddity, OddityKind
from kitgen.schemes.published.text import PageText
from kitgen.schemes.published.units import Listed

_OUTSIDE: Final = ODD | {Role.BLANK, Role.BEFORE, Role.AFTER, Role.DROPPED, Role.FOOTER}
"""What may stand anywhere on the page, so that nothing follows from its place."""
_LONGEST_CELL: Final = 20_000
_EXCERPT: Final = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A fact found on the page, and the position of its line."""

    text: str
    line: int


@dataclass(slots=True)
class OpenTable:
    """A unit's table while its lines are read."""

    written_code: str
    line: int
    title: Found | None = None
    segments: list[Segment] = field(default_factory=list)


class PageReader:
    """Takes the lines one by one, knowing where on the page it is; afterwards holds what they gave."""

    def __init__(self, page: PageText, findings: Findings) -> None:
        self.parts: list[list[Part]] = [[] for _ in page.lines]
        self.count: tuple[int, int] | None = None
        self.listing: list[Listed] = []
        self.tables: list[OpenTable] = []
        self.title: Found | None = None
        self.years: list[Found] = []
        self.oddities: list[Oddity] = []
        self.last_known = 0
        self._page = page
        self._findings = findings
        self._stage: Literal["before", "list", "table", "after"] = "before"
        self._apart: list[tuple[int, str]] = []

    def read(self) -> None:
        """Take all lines."""
        for position, line in enumerate(self._page.lines):
            self._take(position, line)
            if {part.role for part in self.parts[position]} - _OUTSIDE:
                self.last_known = position
        self._settle_strays(is_inside=False)

    def note(self, position: int, role: Role, detail: str = "") -> None:
        """Add to a line's account what it was read as."""
        part = Part(role, detail)
        if part not in self.parts[position]:
            self.parts[position].append(part)

    def odd(self, kind: OddityKind, position: int, where: str = "", *facts: str) -> None:
        """Note that a line is odd."""
        self.oddities.append(Oddity(kind, (position,), where, facts))

    def place(self, line: int, spot: str = "", text: str = "") -> Place:
        """The place of one of the page's lines (see `PlaceOf`)."""
        shown = text or self._page.lines[line].text
        if len(shown) > _EXCERPT:
            shown = shown[:_EXCERPT].rstrip() + " …"
        return Place(self._page.file, self._page.lines[line].number, spot, shown)

    def _take(self, position: int, line: PageLine) -> None:
        cells = line.cells
        if line.dropped:
            self.note(position, Role.DROPPED, line.dropped)
        elif not cells:
            self.note(position, Role.BLANK)
        elif page_rows.is_rule(line.text):
            self.note(position, Role.RULE)
        elif page_rows.is_heading(cells):
            self.note(position, Role.HEADING)
            if page_rows.is_list_heading(cells) and self._stage == "before":
                self._stage = "list"
        elif (count := page_rows.stated_count(line.text)) is not None:
            self._take_count(position, count)
        elif (code := page_rows.unit_code(cells)) is not None:
            self.note(position, Role.UNIT, code)
            self._settle_strays(is_inside=False)
            self.tables.append(OpenTable(code, position))
            self._stage = "table"
        elif row := page_rows.list_row(cells, is_in_list=self._stage == "list"):
            self._take_list_row(position, row)
        elif not self._take_label(position, cells):
            for cell in page_rows.with_numbers_joined(cells):
                self._take_cell(position, cell)

    def _take_count(self, position: int, count: int) -> None:
        self.note(position, Role.COUNT, str(count))
        if self.count:
            self._findings.error(
                said(
                    "the page says twice how many units it has, first on line {line}",
                    line=self.place(self.count[1]).line,
                ),
                self.place(position),
                said("put only one scheme's page into the file"),
            )
        self.count = self.count or (count, position)
        self._stage = "list"

    def _take_list_row(self, position: int, row: page_rows.ListRow) -> None:
        self.note(position, Role.LISTED, row.code)
        self.listing.append(Listed(row.number, row.code, row.title, position))
        for other in row.others:
            self.odd(OddityKind.STRAY_CELL, position, f"unit {row.code}", other)
        self._stage = "list"

    def _take_label(self, position: int, cells: tuple[str, ...]) -> bool:
        """Take a line that names the scheme or a unit's title; whether it was one."""
        if title := page_rows.labelled(cells, page_rows.SCHEME_TITLE):
            if self.title and self.title.text != title:
                self.note(position, Role.FACT)
                self.odd(OddityKind.OTHER_TITLE, position, "", title)
            else:
                self.note(position, Role.TITLE)
                self.title = self.title or Found(title, position)
        elif page_rows.labelled(cells, page_rows.SCHEME_FACT):
            self.note(position, Role.FACT)
            self.odd(OddityKind.UNREAD_FACT, position)
        elif self._stage == "table" and (title := page_rows.labelled(cells, page_rows.UNIT_TITLE)):
            self.note(position, Role.UNIT_TITLE)
            self.tables[-1].title = Found(title, position)
        else:
            return False
        return True

    def _take_cell(self, position: int, cell: str) -> None:
        text, footer = page_rows.part_at_footer(cell)
        if text:
            self._take_text(position, text)
        if footer:
            self.note(position, Role.FOOTER)
            if text:
                self.odd(OddityKind.GLUED_FOOTER, position, "", footer[:_EXCERPT])
            if year := page_rows.footer_year(footer):
                self.years.append(Found(year, position))
            if self._stage == "table":
                self._stage = "after"

    def _take_text(self, position: int, text: str) -> None:
        """A text in a cell: one or more numbered texts of the current unit, or something that is out of place."""
        is_numbered = begins_numbered(text)
        is_in_table = self._stage == "table" or (self._stage == "after" and is_numbered)
        if len(text) > _LONGEST_CELL and (is_in_table or self._stage == "list"):
            self.note(position, Role.STRAY)
            self._findings.error(
                said("a text on the page is longer than {longest_cell:,} letters", longest_cell=_LONGEST_CELL),
                self.place(position),
                said("keep the lines of the page apart when copying it"),
            )
        elif is_numbered and is_in_table:
            self._stage = "table"  # a footer may stand in the middle, where the page was printed on two sheets
            # Below the heading something may stand apart; between two rows it is most likely a row's lost end.
            self._settle_strays(is_inside=bool(self.tables[-1].segments))
            self.tables[-1].segments.append(Segment(text, position))
            # Its account is written once the whole table is split.
            self.last_known = position
        elif self._stage == "before":
            self.note(position, Role.BEFORE)
        elif self._stage == "after":
            self.note(position, Role.AFTER)
        elif self._stage == "table" and any(text == row.title for row in self.listing):
            self.note(position, Role.UNIT_TITLE)
            self.tables[-1].title = self.tables[-1].title or Found(text, position)
        else:
            self.note(position, Role.STRAY)
            self._take_stray(position, text)

    def _take_stray(self, position: int, text: str) -> None:
        """A text inside the list or a table that is no part of it."""
        lines = self._page.lines
        is_apart = lines[position].block != lines[self.last_known].block and not text[0].islower()
        if is_apart and not begins_numbered(text):
            self._apart.append((position, text))
        elif self._stage == "table":
            self._refuse_stray(position, text)
        else:
            self._findings.error(
                said("a text in the list of units is not a row of it, and no unit begins before it"),
                self.place(position, "", text),
                said(
                    "an element or criterion needs the line `Kode unit: ...` of its unit above; put the rest "
                    "of a title behind it, on the same line; put an empty line before what does not belong "
                    "to the list"
                ),
            )

    def _refuse_stray(self, position: int, text: str) -> None:
        self._findings.error(
            said("a text in the table is neither an element nor a criterion (KUK)"),
            self.place(position, said("unit {written_code}", written_code=self.tables[-1].written_code), text),
            said(
                "if it is the rest of the text above, put it behind that text, on the same line; if it "
                "does not belong to the table, delete it"
            ),
        )

    def _settle_strays(self, *, is_inside: bool) -> None:
        """What stood apart from a table is odd behind the table, but a fault if the table goes on after it."""
        for position, text in self._apart:
            if is_inside:
                self._refuse_stray(position, text)
            else:
                self.odd(OddityKind.STRAY_LINE, position)
        self._apart = []

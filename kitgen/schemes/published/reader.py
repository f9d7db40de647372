"""Goes through the page's lines once and sorts what stands on them; the page as a whole is judged in `page`.

A line is known by its form (`rows`, `words`) and by where on the page it stands. What stands below the heading of a
unit's table is gathered as it is, and told apart once the whole table is known (`numbering`).
"""

import re
from typing import Final, Literal

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import joined, said
from kitgen.schemes.published import rows as page_rows
from kitgen.schemes.published.flat_list import FlatList
from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.line_account import ODD, LinePart, Role
from kitgen.schemes.published.numbered_text import Hint, Segment, begins_numbered, pair_number
from kitgen.schemes.published.numbering import is_marked, tidy
from kitgen.schemes.published.oddities import Oddity, OddityKind
from kitgen.schemes.published.scheme_facts import SchemeFacts
from kitgen.schemes.published.sections import SectionReader
from kitgen.schemes.published.tables import FoundFact, OpenTable
from kitgen.schemes.published.text import PageText
from kitgen.schemes.published.unit_list import UnitList
from kitgen.schemes.published.words import Field, ends_standards, heading_field

_OUTSIDE: Final = ODD | {Role.BLANK, Role.BEFORE, Role.AFTER, Role.DROPPED, Role.FOOTER, Role.FURNITURE, Role.PERSON}
"""What may stand anywhere on the page, so that nothing follows from its place."""
_LONGEST_CELL: Final = 20_000
_EXCERPT: Final = 100
_BULLETS: Final = " -–—•●▪◦*·§"
_LETTERED: Final = re.compile(r"[AI][.)] (?=\S)")
"""The first element of a unit whose elements have letters."""
_HINTS: Final = {
    Field.ELEMENT: Hint.ELEMENT,
    Field.ELEMENT_NUMBER: Hint.ELEMENT,
    Field.CRITERION: Hint.CRITERION,
    Field.CRITERION_NUMBER: Hint.CRITERION,
}

Stage = Literal["before", "list", "table", "section", "flat", "after", "closed"]


class PageReader:
    """Takes the lines one by one, knowing where on the page it is; afterwards holds what they gave."""

    def __init__(self, page: PageText, findings: Findings) -> None:
        self.parts: list[list[LinePart]] = [[] for _ in page.lines]
        self.count: tuple[int, int] | None = None
        self.tables: list[OpenTable] = []
        self.years: list[FoundFact] = []
        self.oddities: list[Oddity] = []
        self.last_known = 0
        self.facts = SchemeFacts(self)
        self.units = UnitList(self, self.facts)
        self._page = page
        self._findings = findings
        self._stage: Stage = "before"
        self._columns = page_rows.Columns()
        self._flat = FlatList(self)
        self._sections = SectionReader(self)
        self._pending_title: FoundFact | None = None
        self._last_hint = Hint.NONE
        self._heading_block = 0

    @property
    def is_laid_out(self) -> bool:
        """Whether the page's lines were put together from a PDF or a text laid out in columns."""
        return self._page.is_laid_out

    def read(self) -> None:
        """Take all lines."""
        for position, line in enumerate(self._page.lines):
            self._take(position, line)
            if {part.role for part in self.parts[position]} - _OUTSIDE:
                self.last_known = position
        self.units.settle(bool(self.tables) and all(table.title for table in self.tables), self.place, self._findings)

    def note(self, position: int, role: Role, detail: str = "") -> None:
        """Add to a line's account what it was read as."""
        part = LinePart(role, detail)
        if part not in self.parts[position]:
            self.parts[position].append(part)

    def odd(self, kind: OddityKind, position: int, where: str = "", *facts: str) -> None:
        """Note that a line is odd."""
        self.oddities.append(Oddity(kind, (position,), where, facts))

    def place(self, line: int, spot: str = "", text: str = "") -> Place:
        """The place of one of the page's lines (see `PlaceOf`)."""
        of_page = self._page.lines[line]
        shown = text or of_page.text
        if len(shown) > _EXCERPT:
            shown = shown[:_EXCERPT].rstrip() + " …"
        if of_page.spot:
            spot = joined(", ", (of_page.spot, spot)) if spot else of_page.spot
        return Place(self._page.file, None if of_page.spot else of_page.number, spot, shown)

    def open_table(self, written_code: str, position: int) -> OpenTable:
        """Begin a unit."""
        table = OpenTable(written_code, position, self._pending_title, cluster=self.facts.cluster)
        self._pending_title = None
        self.tables.append(table)
        self._columns, self._last_hint = page_rows.Columns(), Hint.NONE
        return table

    def _take(self, position: int, line: PageLine) -> None:
        cells = line.cells
        if line.dropped:
            self.note(position, Role.FURNITURE if line.dropped == "furniture" else Role.DROPPED, line.dropped)
        elif not cells:
            self.note(position, Role.BLANK)
        elif page_rows.is_rule(line.text):
            self.note(position, Role.RULE)
        elif self._sections.begins(position, cells, self._stage == "section", self._can_end_table()):
            self._stage = "section"
        elif (
            self._stage in ("table", "section", "after") and self.tables and ends_standards(" ".join(cells), *cells[:1])
        ):
            self.note(position, Role.AFTER)
            self._stage = "closed"
        elif not self._take_heading(position, line) and not self._take_labels(position, line):
            self._take_rest(position, line)

    def _can_end_table(self) -> bool:
        return bool(self.tables) and self._stage in ("table", "after", "section")

    def _take_heading(self, position: int, line: PageLine) -> bool:
        """Take the row of headings of a table; whether it was one."""
        columns = [line.column(at) for at in range(len(line.cells))]
        table = page_rows.columns_of(line.cells, columns)
        if table is None or (self._stage == "section" and not table.has(Field.ELEMENT, Field.CRITERION)):
            return False
        self.note(position, Role.HEADING)
        for name in table.unknown:
            cluster = page_rows.cluster_of([name])
            if cluster:
                self.facts.take_cluster(position, *cluster)
            else:
                self.odd(OddityKind.UNKNOWN_COLUMN, position, "", name)
        if table.has(Field.CRITERION) and (table.has(Field.CODE) or table.has(Field.TITLE)):
            self._stage = "flat"
            self._flat.begin(table)
        elif table.has(Field.CRITERION) or table.has(Field.ELEMENT) or table.has(Field.TEXT):
            if self._pending_title:  # a form that names its units by their titles only
                self.open_table("", position)
                self._begin_table(table, line)
            elif self._stage in ("table", "section", "after") and self.tables:
                self._begin_table(table, line)
            elif self._stage == "list" and self.units.is_one_row_at(self.last_known):
                # A table for each unit, with its code and title in a row of headings of its own.
                self.open_table(self.units.rows[-1].code, position)
                self._begin_table(table, line)
        elif self._stage in ("before", "list") and (table.has(Field.CODE) or table.has(Field.TITLE)):
            self._begin_list(table)
        elif self._stage in ("table", "section") and table.has(Field.CODE, Field.TITLE):
            self._begin_list(table)
        elif self._stage == "table":  # the second of two rows of headings
            merged = {**table.fields, **self._columns.fields} if self._columns.fields else {}
            self._columns = page_rows.Columns(merged)
        return True

    def _begin_list(self, columns: page_rows.Columns) -> None:
        self._stage, self._columns = "list", columns
        self.units.begin()

    def _begin_table(self, columns: page_rows.Columns, line: PageLine) -> None:
        self._stage, self._columns, self._heading_block = "table", columns, line.block
        self.tables[-1].has_heading = True

    def _take_labels(self, position: int, line: PageLine) -> bool:
        """Take a line of labels (`Kode Unit : ...`), a row of the list or a stated count; whether it was one."""
        cells = line.cells
        is_outside = self._stage != "section" and not self.is_laid_out
        if is_outside and (count := page_rows.stated_count(line.text)) is not None:
            self._take_count(position, count)
            return True
        groups = page_rows.label_groups(cells)
        taken = [self._take_label(position, group, line) for group in groups]
        if any(taken):
            return True
        table = self._columns if self._stage == "list" else None
        if self._stage in ("before", "list") and (
            row := page_rows.list_row(cells, tuple(map(line.column, range(len(cells)))), table)
        ):
            self._take_list_row(position, row)
            return True
        return False

    def _take_label(self, position: int, cells: tuple[str, ...], line: PageLine) -> bool:
        if (code := page_rows.unit_code(cells, is_title=line.is_title)) is not None:
            if not (self.is_laid_out and not any(letter.isdigit() for letter in code[:40])):
                self.note(position, Role.UNIT, code)
                self.open_table(code, position)
                self._stage = "table"
                return True
        if title := page_rows.labelled(cells, Field.TITLE):
            self._take_unit_title(position, title)
            return True
        if self._stage == "section":
            return False
        if page_rows.labelled(cells, Field.PERSON) is not None:
            self.note(position, Role.PERSON)
            return True
        if (cluster := page_rows.cluster_of(cells)) is not None and self._stage != "flat":
            self.facts.take_cluster(position, *cluster)
            return True
        if self._stage in ("table", "after") and self.tables and not self.tables[-1].segments:
            return self._take_unit_label(position, cells)
        return self._stage in ("before", "list", "closed", "after") and self.facts.take(position, cells)

    def _take_unit_title(self, position: int, title: str) -> None:
        self.note(position, Role.UNIT_TITLE)
        is_of_open = self._stage == "table" and self.tables and not self.tables[-1].segments
        if is_of_open and self.tables[-1].title is None:
            self.tables[-1].title = FoundFact(title, position)
        else:
            self._pending_title = FoundFact(title, position)

    def _take_unit_label(self, position: int, cells: tuple[str, ...]) -> bool:
        """Take what is said of the unit between its code and its table."""
        table = self.tables[-1]
        if (text := page_rows.labelled(cells, Field.DESCRIPTION)) is not None:
            self.note(position, Role.DESCRIPTION)
            table.description.append(text)
        elif page_rows.is_lone_label(cells, Field.DESCRIPTION):
            self.note(position, Role.DESCRIPTION)
            table.description.append("")
        elif text := page_rows.labelled(cells, Field.STANDARD):
            self.note(position, Role.TAKEN, "standar")
            table.standard = text
        else:
            return self.facts.take(position, cells)
        return True

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
        self._stage, self._columns = "list", page_rows.Columns()

    def _take_list_row(self, position: int, row: page_rows.UnitListRow) -> None:
        self.units.take_row(position, row, self.is_laid_out)
        if self._stage != "list":
            self._stage, self._columns = "list", page_rows.Columns()

    def _take_rest(self, position: int, line: PageLine) -> None:
        if self._stage == "flat" and self._flat.take(position, line):
            return
        if self._stage == "section":
            if self._sections.goes_back(line.cells):
                self._stage = "table"
            else:
                self._sections.take(position, line.cells)
                return
        if self._sections.begins_unknown(position, line, self._stage == "table"):
            self._stage = "section"
            return
        if len(line.cells) > 1:
            self._last_hint = Hint.NONE
        cells = page_rows.with_numbers_joined(line.cells)
        if self._columns.has(Field.ELEMENT, Field.CRITERION) and len(cells) > 1:
            # An element stands before its criteria, whatever the order of the columns.
            cells.sort(key=lambda each: self._columns.at(line.column(each[1])) is not Field.ELEMENT)
        for cell, at in cells:
            self._take_cell(position, cell, line, line.column(at))

    def _take_cell(self, position: int, cell: str, line: PageLine, column: int) -> None:
        text, footer = page_rows.part_at_footer(cell)
        if text:
            self._take_text(position, text, line, column)
        if footer:
            self.note(position, Role.FOOTER)
            if text:
                self.odd(OddityKind.GLUED_FOOTER, position, "", footer[:_EXCERPT])
            if year := page_rows.footer_year(footer):
                self.years.append(FoundFact(year, position))
            if self._stage == "table":
                self._stage = "after"

    def _take_text(self, position: int, written: str, line: PageLine, column: int) -> None:
        """A text in a cell: a part of the current unit's table, or something that is out of place."""
        text, named = tidy(written)
        is_numbered = begins_numbered(text) or (named is not Hint.NONE and is_marked(text)) or _LETTERED.match(text)
        is_in_table = self._stage == "table" or (self._stage == "after" and bool(is_numbered))
        if len(text) > _LONGEST_CELL and (is_in_table or self._stage == "list"):
            self.note(position, Role.STRAY)
            self._findings.error(
                said("a text on the page is longer than {longest_cell:,} letters", longest_cell=_LONGEST_CELL),
                self.place(position),
                said("keep the lines of the page apart when copying it"),
            )
        elif is_in_table and text.endswith(":") and heading_field(text.lstrip(_BULLETS)):
            self.note(position, Role.HEADING)
        elif is_in_table and (is_numbered or named or self.tables[-1].segments or self.tables[-1].has_heading):
            self._stage = "table"  # a footer may stand in the middle, where the page was printed on two sheets
            self._take_into_table(position, text, named, line, column)
        elif self._stage in ("after", "closed"):
            self.note(position, Role.AFTER)
        elif self._stage == "table":
            self._take_preface(position, text)
        elif self._stage == "list":
            self._take_list_text(position, text)
        elif not self.facts.goes_on(position, text, line.is_item):
            self.note(position, Role.BEFORE)

    def _take_into_table(self, position: int, text: str, named: Hint, line: PageLine, column: int) -> None:
        table = self.tables[-1]
        what = self._columns.at(column) if self._columns.fields else None
        if what in (Field.ANSWER, Field.BENCHMARK, Field.UNKNOWN, Field.STANDARD) and not pair_number(text):
            self.note(position, Role.ANSWER)
            if what is Field.BENCHMARK:
                table.benchmarks.append(text)
            return
        if any(text == row.title for row in self.units.rows) and not table.segments:
            self._take_preface(position, text)
            return
        hint = named or (_HINTS.get(what, Hint.NONE) if what and not self._columns.has(Field.TEXT) else Hint.NONE)
        if self._is_of_other_table(line, table):
            hint = named
        elif not named and column < 0 and len(line.cells) == 1 and not line.is_ended:
            is_below = line.block == self._page.lines[self.last_known].block
            hint = self._last_hint if is_below else Hint.NONE
        elif len(line.cells) > 1:
            self._last_hint = hint
        is_apart = self._is_apart(position, text) and hint is Hint.NONE
        table.segments.append(Segment(text, position, hint, line.is_ended, is_apart, line.is_plain))
        # Its account is written once the whole table is known.
        if begins_numbered(text) or hint:
            self.last_known = position

    def _is_of_other_table(self, line: PageLine, table: OpenTable) -> bool:
        """Whether a row stands in another table of the page than the headings, where numbers or its colon can tell."""
        is_other = line.block > 0 and self._heading_block > 0 and line.block != self._heading_block
        return is_other and (
            any(is_marked(segment.text) for segment in table.segments) or line.text.rstrip().endswith(":")
        )

    def _take_preface(self, position: int, text: str) -> None:
        """What stands between a unit's code and its table."""
        table = self.tables[-1]
        if any(text == row.title for row in self.units.rows) or text == (table.title and table.title.text):
            self.note(position, Role.UNIT_TITLE)
            table.title = table.title or FoundFact(text, position)
        elif table.description and not self._is_apart(position, text):
            self.note(position, Role.DESCRIPTION)
            table.description.append(text)
        elif self._goes_on_above(position, Role.UNIT_TITLE) and table.title and text[0].islower():
            self.note(position, Role.UNIT_TITLE)
            table.title = FoundFact(f"{table.title.text} {text}", table.title.line)
        else:
            self.note(position, Role.STRAY)
            self.odd(OddityKind.STRAY_LINE, position)

    def _take_list_text(self, position: int, text: str) -> None:
        """A text inside the list of units that is no row of it: the rest of a title, or something else."""
        if self.is_laid_out:
            self.note(position, Role.BEFORE)
        elif self._goes_on_above(position, Role.LISTED) and (text[0].islower() or text[0] == "("):
            self.units.go_on(position, text)
        else:
            self.units.take_other(position, text, self._is_apart(position, text))

    def _goes_on_above(self, position: int, role: Role) -> bool:
        """Whether the line right above was read as this, in the same block."""
        lines = self._page.lines
        return (
            position > 0
            and lines[position].block == lines[position - 1].block
            and any(part.role is role for part in self.parts[position - 1])
        )

    def _is_apart(self, position: int, text: str) -> bool:
        lines = self._page.lines
        return lines[position].block != lines[self.last_known].block and not text[0].islower()

"""The list of units of a page: its rows, and the texts in it that are no row."""

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.schemes.published import rows as page_rows
from kitgen.schemes.published.line_account import Role
from kitgen.schemes.published.numbered_text import begins_numbered
from kitgen.schemes.published.oddities import OddityKind
from kitgen.schemes.published.scheme_facts import SchemeFacts
from kitgen.schemes.published.tables import Noting
from kitgen.schemes.published.units import LinePlace, ListedUnit


class UnitList:
    """Takes the rows of the list of units; `rows` holds what they gave."""

    def __init__(self, noting: Noting, facts: SchemeFacts) -> None:
        self.rows: list[ListedUnit] = []
        self._noting = noting
        self._facts = facts
        self._others: list[tuple[int, str]] = []
        self._below_heading = 0

    def begin(self) -> None:
        """A row of headings stands here."""
        self._below_heading = 0

    def is_one_row_at(self, line: int) -> bool:
        """Whether the list has had one row since its last heading, and it stands on this line."""
        return self._below_heading == 1 and self.rows[-1].line == line

    def take_row(self, position: int, row: page_rows.UnitListRow, is_laid_out: bool) -> None:
        """Take one row. A decree (laid out) lists its units more than once."""
        self._noting.note(position, Role.LISTED, row.code)
        cluster = self._facts.cluster_named(row.cluster) if row.cluster else self._facts.cluster
        if is_laid_out and any(listed.code == row.code for listed in self.rows):
            return
        self.rows.append(ListedUnit(row.number, row.code, row.title, position, row.standard, cluster))
        self._below_heading += 1
        for other in row.others:
            self._noting.odd(OddityKind.STRAY_CELL, position, f"unit {row.code}", other)

    def go_on(self, position: int, text: str) -> None:
        """Take the rest of the last row's title."""
        row = self.rows[-1]
        self._noting.note(position, Role.LISTED, row.code)
        self.rows[-1] = ListedUnit(row.number, row.code, f"{row.title} {text}", row.line, row.standard, row.cluster)

    def take_other(self, position: int, text: str, is_apart: bool) -> None:
        """Take a text that is no row of the list."""
        self._noting.note(position, Role.STRAY)
        if is_apart and not begins_numbered(text):
            self._noting.odd(OddityKind.STRAY_LINE, position)
        else:
            self._others.append((position, text))

    def settle(self, has_titles: bool, place: LinePlace, findings: Findings) -> None:
        """Texts that are no row are faults, unless every unit has its title beside its code anyway (`has_titles`)."""
        for position, text in self._others:
            if has_titles and not begins_numbered(text):
                self._noting.odd(OddityKind.STRAY_LINE, position)
                continue
            findings.error(
                said("a text in the list of units is not a row of it, and no unit begins before it"),
                place(position, "", text),
                said(
                    "an element or criterion needs the line `Kode unit: ...` of its unit above; put the rest "
                    "of a title behind it, on the same line; put an empty line before what does not belong "
                    "to the list"
                ),
            )

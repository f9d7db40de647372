"""A flat list: every row holds a criterion with its element, and the code and title of its unit.

Cells that say the same as those above may be left empty, or be one merged cell.
"""

from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.line_account import Role
from kitgen.schemes.published.numbered_text import Hint, Segment, begins_numbered, pair_number
from kitgen.schemes.published.numbering import tidy
from kitgen.schemes.published.oddities import OddityKind
from kitgen.schemes.published.rows import Columns, is_code, tidy_code
from kitgen.schemes.published.tables import FoundFact, Noting, OpenTable
from kitgen.schemes.published.words import Field


class FlatList:
    """Takes the rows of a flat list; each unit becomes a table as if it stood alone on the page."""

    def __init__(self, noting: Noting) -> None:
        self._noting = noting
        self._columns = Columns()
        self._tables: dict[str, OpenTable] = {}
        self._table: OpenTable | None = None
        self._elements: dict[str, str] = {}
        self._numbers: dict[str, tuple[int, int]] = {}

    def begin(self, columns: Columns) -> None:
        """Take the row of headings."""
        self._columns = columns

    def take(self, position: int, line: PageLine) -> bool:
        """Take one row; whether it was one."""
        values: dict[Field, list[str]] = {}
        for at, cell in enumerate(line.cells):
            name = self._columns.fields.get(line.column(at))
            if name is not None:
                values.setdefault(name, []).append(cell)
        if not values.keys() & {Field.CODE, Field.TITLE, Field.ELEMENT, Field.CRITERION}:
            return False
        self._take_unit(position, values)
        table = self._table
        if table is None:
            return False
        self._take_element(position, values, table)
        self._take_criteria(position, values, table)
        if table.segments and table.segments[-1].line != position:
            self._noting.note(position, Role.UNIT, table.written_code)
        return True

    def _take_unit(self, position: int, values: dict[Field, list[str]]) -> None:
        code, title = " ".join(values.get(Field.CODE, ())), " ".join(values.get(Field.TITLE, ()))
        first, _, behind = title.partition(" ")
        if not code and not self._columns.has(Field.CODE) and is_code(first.rstrip(".:")):
            code, title = first, behind.lstrip(":-– ")  # one column for both
        key = tidy_code(code) or title
        if not key:
            return
        if key not in self._tables:
            self._tables[key] = self._noting.open_table(tidy_code(code), position)
            self._tables[key].has_heading = True
        table = self._table = self._tables[key]
        if title and table.title is None:
            table.title = FoundFact(title, position)
        standard = " ".join(values.get(Field.STANDARD, ()))
        table.standard = table.standard or standard

    def _take_element(self, position: int, values: dict[Field, list[str]], table: OpenTable) -> None:
        number = " ".join(values.get(Field.ELEMENT_NUMBER, ())).rstrip(".) ")
        title = " ".join(values.get(Field.ELEMENT, ()))
        if not title or number + title == self._elements.get(table.written_code):
            return
        self._elements[table.written_code] = number + title
        text, _ = tidy(title)
        if number.isdecimal() and not begins_numbered(text):
            text = f"{number}. {text}"
        table.segments.append(Segment(text, position, Hint.ELEMENT))

    def _take_criteria(self, position: int, values: dict[Field, list[str]], table: OpenTable) -> None:
        number = " ".join(values.get(Field.CRITERION_NUMBER, ())).rstrip(".) ")
        for at, cell in enumerate(values.get(Field.CRITERION, ())):
            text, _ = tidy(cell)
            if number and not at and not pair_number(text):
                text, _ = tidy(f"{number}{'' if '.' in number else ')'} {text}")
            table.segments.append(Segment(self._with_last_zero(position, text, table), position, Hint.CRITERION))

    def _with_last_zero(self, position: int, text: str, table: OpenTable) -> str:
        """A text whose number lost its last zero in a cell of numbers (1.10 became 1.1) with its right number."""
        pair, last = pair_number(text), self._numbers.get(table.written_code)
        if pair and last and pair[0] == last[0] and pair[1] * 10 == last[1] + 1:
            right = (pair[0], last[1] + 1)
            written = f"{pair[0]}.{pair[1]}"
            self._noting.odd(OddityKind.SHORT_NUMBER, position, "", written, f"{right[0]}.{right[1]}")
            text, pair = f"{right[0]}.{right[1]} {text[len(written) :].lstrip('. ')}", right
        if pair:
            self._numbers[table.written_code] = pair
        return text

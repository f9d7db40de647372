"""Where on a page a change stands, in words people find it by: unit, KUK, label; nobody counts cells. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.line_diff import Difference, DumpLine, folded
from kitgen.model.scheme import Scheme

_CELL: Final = re.compile(r"(.*?)table (\d+), row (\d+), cell (\d+)$")
_SHEET: Final = re.compile(r"sheet (.*), cell ([A-Z]+)(\d+)$")
_PART: Final = re.compile(r"(header|footer)\d* ")
_PARTS: Final = {"header": "Kepala halaman", "footer": "Kaki halaman"}
_CRITERION: Final = re.compile(r"(?:^|[¶:;,]\s*|•\s*(?:→\s*)?)(?:KUK\s+)?(\d{1,2}\.\d{1,2})(?=[.:]?(?:\s|→|$))")
_NUMBER: Final = re.compile(r"(\d{1,4})\.?")
_MERGED: Final = re.compile(r"\s*\((?:over \d+ columns|goes on)\)")
_MARKS: Final = re.compile(r"\*\*|~~")
_LONGEST: Final = 60
_MOST_NUMBERS: Final = 3
"""A text with more numbers of KUK than these is a list of them, and not about one."""
_NOWHERE: Final = "isi halaman"


def plain(text: str) -> str:
    """A text of a dump without marks of bold and struck words, tabs and merged cells."""
    bare = _MERGED.sub("", _MARKS.sub("", text)).replace(" → ", " ").replace("→ ", "").replace("→", " ")
    return " ".join(bare.replace("↵", " ").split())


def criteria_of(scheme: Scheme) -> dict[str, dict[str, str]]:
    """The number and text of each KUK, by the code of its unit."""
    return {unit.code: {each.number: str(each.text) for each in unit.criteria()} for unit in scheme.units}


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell stands: the table with what it stands in, its row and column, from 1."""

    table: str
    row: int
    column: int


class PlacesOnPage:
    """Tempat pada halaman: finds unit, KUK and label of what stands at a spot of a document's text dump.

    `criteria`: the number and text of each KUK of each unit of the scheme, by the unit's code.
    """

    def __init__(self, lines: Sequence[DumpLine], criteria: Mapping[str, Mapping[str, str]]) -> None:
        self._lines = lines
        self._criteria = criteria
        self._at = {line.spot: number for number, line in enumerate(lines)}
        self._cells: dict[tuple[str, int], dict[int, str]] = {}
        for line in lines:
            if (cell := _cell_of(line.spot)) is not None:
                self._cells.setdefault((cell.table, cell.row), {})[cell.column] = line.text

    def of(self, change: Difference) -> str:
        """The place of a change, for people."""
        if found := _PART.match(change.spot):
            return _PARTS[found[1]]
        cell = _cell_of(change.spot)
        criterion = self._criterion(change, cell)
        if criterion:
            return criterion
        label = (self._label(cell) if cell is not None else self._paragraph(change)) or _NOWHERE
        return label[0].upper() + label[1:]

    def _criterion(self, change: Difference, cell: _Cell | None) -> str:
        """Unit and KUK, where the text that changed belongs to one."""
        differing = self._differing(change)
        texts = [differing]
        if cell is not None:
            texts += [text for column, text in sorted(self._row(cell).items()) if column != cell.column]
        for text in texts:
            numbers = tuple(dict.fromkeys(_CRITERION.findall(text.replace("**", ""))))
            if numbers and len(numbers) <= _MOST_NUMBERS:
                unit = self._unit(change.spot, cell, numbers, f"{differing} {text}")
                told = f"KUK {', '.join(numbers)}"
                return f"Unit {unit}, {told}" if unit else told
        return ""

    def _differing(self, change: Difference) -> str:
        """Of a cell of several paragraphs those that differ."""
        old, new = (text.split(" ¶ ") for text in (change.old, change.new))
        differing = [each for each in new if each not in old] or [each for each in old if each not in new]
        return " ¶ ".join(differing)

    def _unit(self, spot: str, cell: _Cell | None, numbers: Sequence[str], text: str) -> str:
        """The unit a KUK at this spot is of: named in its row, told by its text, or last named before it."""
        having = [code for code, known in self._criteria.items() if all(number in known for number in numbers)]
        if cell is not None:
            row = " ".join(self._row(cell).values())
            named = [code for code in having if code in row]
            if len(named) == 1:
                return named[0]
        said = folded(text)
        told = [code for code in having if any(folded(self._criteria[code][number]) in said for number in numbers)]
        if len(told) == 1:
            return told[0]
        for number in range(self._at.get(spot, len(self._lines)) - 1, -1, -1):
            line = self._lines[number]
            named = [code for code in self._criteria if code in line.text]
            if named:
                is_sure = named[0] in having and len(named) == 1 and self._names_one(line.spot)
                return named[0] if is_sure else ""
        return ""

    def _names_one(self, spot: str) -> bool:
        """Whether what stands there is about one unit, and no list of several."""
        table = _table_of(spot)
        if not table:
            return True
        lines = [line.text for line in self._lines if _table_of(line.spot) == table]
        return sum(any(code in text for text in lines) for code in self._criteria) == 1

    def _label(self, cell: _Cell) -> str:
        """The words at the head of row and column."""
        row, head = self._row_head(cell), self._column_head(cell)
        if cell.table.startswith("sheet "):
            told = [f"lembar {cell.table.removeprefix('sheet ')}", row, head and f"kolom {head}"]
        else:
            told = [row, head and (f"kolom {head}" if row else head)]
        words = [each for each in told if each]
        return ", ".join(words) if words else self._before(cell)

    def _row(self, cell: _Cell) -> dict[int, str]:
        return self._cells.get((cell.table, cell.row), {})

    def _row_head(self, cell: _Cell) -> str:
        """The number of its row, or the label nearest to the left; that of a merged cell above, too."""
        row = self._row(cell)
        first = plain(row.get(min(row, default=0), ""))
        if (found := _NUMBER.fullmatch(first)) is not None and cell.column > 1:
            return f"nomor {found[1]}"
        if len(self._columns(cell)) > 3 and self._column_head(cell):
            return _short(first) if cell.column > 1 else ""
        for column in range(cell.column - 1, 0, -1):
            text = plain(row.get(column, "")).rstrip(" :")
            if text:
                return _short(text)
        return ""

    def _columns(self, cell: _Cell) -> dict[int, str]:
        """The first row of its table that has as many cells, if one stands above."""
        width = len(self._row(cell))
        for number in range(1, cell.row):
            row = self._cells.get((cell.table, number), {})
            if len(row) == width and sum(bool(plain(text)) for text in row.values()) > 1:
                return row
        return {}

    def _column_head(self, cell: _Cell) -> str:
        if cell.table.startswith("sheet "):
            head = plain(self._sheet_head(cell).get(cell.column, ""))
        elif ":" in (text.strip() for text in self._row(cell).values()):  # a fact behind its label
            head = ""
        else:
            head = plain(self._columns(cell).get(cell.column, "")).rstrip(" :")
        return "" if head in (":", "") or _is_value(head) else _short(head)

    def _sheet_head(self, cell: _Cell) -> dict[int, str]:
        """Of the rows above in a sheet the first of those that say most: below the head stand values."""
        best: dict[int, str] = {}
        for number in range(1, cell.row):
            row = {
                column: text
                for column, text in self._cells.get((cell.table, number), {}).items()
                if not _is_value(text)
            }
            best = row if len(row) > max(len(best), 2) else best
        return best

    def _before(self, cell: _Cell) -> str:
        """The line that stands above a table nothing in which says what it is."""
        first = next((number for number, line in enumerate(self._lines) if _table_of(line.spot) == cell.table), 0)
        return self._heading(first)

    def _paragraph(self, change: Difference) -> str:
        text = plain(change.new or change.old)
        label, colon, _ = text.partition(":")
        if colon and len(label) <= _LONGEST:
            return _short(label.strip())
        return self._heading(self._at.get(change.spot, len(self._lines)))

    def _heading(self, before: int) -> str:
        for number in range(before - 1, -1, -1):
            text = plain(self._lines[number].text)
            is_fact = ":" in text.rstrip(":")
            if _cell_of(self._lines[number].spot) is None and text and not is_fact and len(text) <= _LONGEST:
                return f"di bawah “{text.rstrip(':')}”"
        return ""


def _cell_of(spot: str) -> _Cell | None:
    if found := _CELL.match(spot):
        return _Cell(f"{found[1]}table {found[2]}", int(found[3]), int(found[4]))
    if found := _SHEET.match(spot):
        return _Cell(f"sheet {found[1]}", int(found[3]), _number_of(found[2]))
    return None


def _table_of(spot: str) -> str:
    cell = _cell_of(spot)
    return cell.table if cell is not None else ""


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_value(text: str) -> bool:
    """Whether a cell above is one of the same column, and not its head."""
    bare = plain(text)
    return bare in ("K", "BK", "☐", "☒", "☑", "Kompeten", "Belum Kompeten") or not any(
        letter.isalpha() for letter in bare
    )


def _short(text: str) -> str:
    told = ""
    for word in text.split():
        if len(told) + len(word) > _LONGEST:
            return f"{told.rstrip(' ,;')} …"
        told += f"{word} "
    return told.strip()

"""What one line of a scheme's page says, by its form alone: headings, labels, rows of the list, the footer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.schemes.published.words import LABELS, Field, heading_field

_RULE: Final = frozenset("-=_+:| ")
_COUNT: Final = re.compile(
    r"(?:(?:skema ini )?(?:terdapat|tersedia|terdiri (?:dari|atas))|jumlah unit(?: kompetensi)?\s*:)\s*([0-9]{1,4})"
    r"(?:\s+unit\b|\s*$)",
    re.IGNORECASE,
)
_BARE_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?[.)]?|[a-z][.)]")
_NAMED: Final = re.compile(r"(?:elemen|element|kuk)(?:\s+kompetensi)?\s*[0-9.]*\s*:?", re.IGNORECASE)
_LISTED: Final = re.compile(r"([0-9]{1,3})[.)]?\s+(\S+)(?:\s+(.+))?")
_FOOTER_LINE: Final = re.compile(r"©|\(c\)\s|copyright\b|hak cipta\b", re.IGNORECASE)
_FOOTER_WITHIN: Final = re.compile(r"(?:copyright\s*)?(?:©|\(c\))\s*(?:19|20)[0-9]{2}\b", re.IGNORECASE)
_YEARS: Final = re.compile(r"\b((?:19|20)[0-9]{2})\b(?:\s*[-–—/]\s*((?:19|20)[0-9]{2})\b)?")
_UNIT_NUMBER: Final = re.compile(
    r"(?:unit(?:\s+kompetensi)?|unit of competency|kelompok\s+pekerjaan|daftar\s+unit(?:\s+kompetensi)?)"
    r"(?:\s+(?:no|ke)\.?)?\s*[0-9]*\s*[.:]?",
    re.IGNORECASE,
)
_NUMBERED_UNIT: Final = re.compile(
    r"(?:unit(?:\s+kompetensi)?|unit of competency)(?:\s+no)?\.?\s*[0-9]*\s*[.:–-]?\s*", re.IGNORECASE
)
_CLUSTER: Final = re.compile(
    r"(?:kelompok\s+(?:pekerjaan|kerja)|work\s+cluster)(?:\s*\(?kp\)?)?(?:\s*(?:no|ke)?[.-]?\s*([0-9]{1,2}))?"
    r"\s*(?:[:.–-]\s*(.*))?",
    re.IGNORECASE,
)
_LABEL_PATTERNS: Final = {
    name: (
        re.compile(rf"(?:{pattern})\s*[:=]?", re.IGNORECASE),
        re.compile(rf"(?:{pattern})\s*[:=]\s*(?=\S)", re.IGNORECASE),
    )
    for name, pattern in LABELS.items()
}
_CODE_WITHOUT_COLON: Final = re.compile(rf"(?:{LABELS[Field.CODE]})\s+(?=(\S+))", re.IGNORECASE)
_MOST_HEADING: Final = 60


@dataclass(frozen=True, slots=True)
class UnitListRow:
    """A row of the list of units: its number if it has one, code, title, and what stands in its other cells."""

    number: int | None
    code: str
    title: str
    standard: str = ""
    cluster: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold, by the row of its headings; `unknown` are headings nobody knows."""

    fields: Mapping[int, Field] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def has(self, *names: Field) -> bool:
        """Whether the table has all of these."""
        return set(names) <= set(self.fields.values())

    def at(self, column: int) -> Field | None:
        """What a column holds; one without a heading belongs to the heading on its left, which spans it."""
        left = [each for each in self.fields if each <= column]
        return self.fields[max(left)] if left and column >= 0 else None


def is_rule(text: str) -> bool:
    """Whether a line only draws a line."""
    return _RULE.issuperset(text) and not set(text).isdisjoint("-=_")


def columns_of(cells: Sequence[str], columns: Sequence[int]) -> Columns | None:
    """The columns of a table if the cells are its headings; None if they are none.

    All cells are headings that are known; or so many are that no other row of a table could say it.
    """
    if len(cells) == 1 and cells[0].endswith(":"):
        return None  # `Kode unit:` whose code is lost
    found = [heading_field(cell) for cell in cells]
    if all(each is not None for each in found):
        fields = {column: each for column, each in zip(columns, found, strict=True) if each is not None}
        return Columns(fields)
    names = {each for each in found if each is not None}
    is_table = {Field.CODE, Field.TITLE} <= names or (
        Field.CRITERION in names and names & {Field.ELEMENT, Field.CODE, Field.TITLE}
    )
    if not is_table or any(len(cell) > _MOST_HEADING or is_code(cell) for cell in cells):
        return None
    fields = {column: each or Field.UNKNOWN for column, each in zip(columns, found, strict=True)}
    return Columns(fields, tuple(cell for cell, each in zip(cells, found, strict=True) if each is None))


def stated_count(text: str) -> int | None:
    """The number in `Terdapat 5 unit dalam skema ini`."""
    found = _COUNT.match(text)
    return int(found[1]) if found else None


def label_groups(cells: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A row of labels and values cut before each label: `Kode Unit | : | X | Judul Unit | : | Y`.

    A cell in front that only names the group (`Unit Kompetensi 1`) is left out.
    """
    while len(cells) > 2 and _UNIT_NUMBER.fullmatch(cells[0]) and _label_name(cells[1]):
        cells = cells[1:]
    cuts = [
        at
        for at in range(1, len(cells))
        if _label_name(cells[at]) in (Field.CODE, Field.TITLE)
        and (cells[at].endswith(":") or (at + 1 < len(cells) and cells[at + 1].startswith(":")))
    ]
    if not cuts or not _label_name(cells[0]):
        return [cells]
    return [cells[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(cells)], strict=True)]


def _label_name(cell: str) -> Field | None:
    """The label a cell consists of."""
    return next((name for name, (whole, _) in _LABEL_PATTERNS.items() if whole.fullmatch(cell)), None)


def labelled(cells: tuple[str, ...], name: Field) -> str | None:
    """What follows a label: behind a colon, or in the next cell. Empty if nothing follows, `None` without the label."""
    whole, begin = _LABEL_PATTERNS[name]
    if whole.fullmatch(cells[0]):
        has_value = len(cells) > 1 or cells[0].endswith((":", "="))
        return " ".join(cells[1:]).lstrip(":= ") if has_value else None
    found = begin.match(cells[0])
    return " ".join((cells[0][found.end() :], *cells[1:])) if found else None


def is_lone_label(cells: tuple[str, ...], name: Field) -> bool:
    """Whether a line is this label and nothing else, with or without a colon."""
    return len(cells) == 1 and bool(_LABEL_PATTERNS[name][0].fullmatch(cells[0]))


def unit_code(cells: tuple[str, ...], *, is_title: bool = False) -> str | None:
    """What follows `Kode unit`, or a code that stands where a unit begins; what follows is plainly a code then."""
    code = labelled(cells, Field.CODE)
    if code is not None:
        return code
    whole = " ".join(cells)
    found = _CODE_WITHOUT_COLON.match(whole)
    if found and is_code(found[1]):
        return whole[found.end() :]
    found = _NUMBERED_UNIT.match(whole)
    behind = whole[found.end() :] if found else whole
    if (found or is_title) and is_code(behind.split(" ")[0].rstrip(".:")):
        return behind
    codes = [word for word in whole.split(" ") if is_code(word.strip("()[]:,-–"))] if is_title else []
    if len(codes) == 1:  # a heading such as `Unit 1. Membersihkan Meja (X.00ABC00.001.1)`
        title = " ".join(word for word in behind.split(" ") if word != codes[0]).strip("()[]:,.-– ")
        return f"{codes[0].strip('()[]:,-–')} {title}"
    return None


def split_code(written: str, known: Mapping[str, object]) -> tuple[str, str]:
    """The code of a unit and what stands behind it on its line; `known` are codes of the list, of any form."""
    if tidy_code(written) in known:
        return tidy_code(written), ""
    first, _, behind = written.partition(" ")
    glued = "".join(written.split())
    if not is_code(first.rstrip(".:")) and is_code(glued.rstrip(".:")) and len(glued) < 30:
        return tidy_code(glued), ""  # `M.70MKT00. 001.1`, set apart by the one who laid out the page
    parts = written.split(" ")
    if not is_code(first.rstrip(".:")) and not any(letter.islower() for letter in written) and len(parts) < 4:
        return tidy_code(written), ""  # `SKK 001`
    return tidy_code(first.rstrip(":")), behind.lstrip(":-– ")


def tidy_code(code: str) -> str:
    """A code without the full stop that ended its sentence."""
    return code.strip().rstrip(".,;: ")


def is_code(text: str) -> bool:
    """Whether a text can only be the code of a unit: three or more groups, a letter and a digit; of no form."""
    groups = text.rstrip(".").split(".")
    return (
        len(groups) > 2
        and groups[0].upper() != "FR"
        and all(group.isascii() and group.isalnum() for group in groups)
        and any(letter.isalpha() for letter in text)
        and any(letter.isdigit() for letter in text)
    )


def cluster_of(cells: Sequence[str]) -> tuple[int | None, str] | None:
    """The number and the title of a Kelompok Pekerjaan whose name stands here."""
    found = _CLUSTER.fullmatch(" ".join(cells).replace(" : ", ": "))
    return (int(found[1]) if found[1] else None, (found[2] or "").strip()) if found else None


def list_row(cells: tuple[str, ...], columns: tuple[int, ...], table: Columns | None) -> UnitListRow | None:
    """The row of the list of units these cells are. `table`: the list's columns; None outside of the list.

    Inside the list a code may have any form.
    """
    if table is not None and table.has(Field.CODE):
        row = _row_by_columns(cells, columns, table)
        if row is not None:
            return row
    number = cells[0].rstrip(".)")
    is_in_list = table is not None
    if number.isdecimal() and len(number) < 4 and len(cells) > 1:
        if is_code(cells[1]) or (is_in_list and len(cells) > 2):
            return UnitListRow(int(number), tidy_code(cells[1]), cells[2] if len(cells) > 2 else "", *_more(cells[3:]))
    elif is_in_list and is_code(cells[0]):
        return UnitListRow(None, tidy_code(cells[0]), cells[1] if len(cells) > 1 else "", *_more(cells[2:]))
    elif is_in_list or is_code(" ".join(cells).partition(" ")[2].partition(" ")[0]):
        found = _LISTED.fullmatch(" ".join(cells))
        if found and is_code(found[2]):
            return UnitListRow(int(found[1]), tidy_code(found[2]), found[3] or "")
    return None


def _more(cells: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Standard, cluster and the rest of a row whose columns have no headings."""
    standards = [cell for cell in cells if heading_field(cell) is Field.STANDARD]
    standard = standards[0] if standards else ""
    return standard, "", tuple(cell for cell in cells if cell != standard)


def _row_by_columns(cells: tuple[str, ...], columns: tuple[int, ...], table: Columns) -> UnitListRow | None:
    values: dict[Field, str] = {}
    others: list[str] = []
    for cell, column in zip(cells, columns, strict=True):
        name = table.fields.get(column) or heading_field(cell)
        if name is None or (column not in table.fields and name is not Field.STANDARD):
            others.append(cell)
        elif name not in values:
            values[name] = cell
        elif name not in (Field.UNKNOWN, Field.ANSWER):
            others.append(cell)
    code = values.get(Field.CODE, "")
    number = values.get(Field.NUMBER, "").rstrip(".)")
    if not code or ((number and not number.isdecimal()) or (not number and not is_code(code))):
        return None
    return UnitListRow(
        int(number) if number else None, tidy_code(code), values.get(Field.TITLE, ""), values.get(Field.STANDARD, ""),
        values.get(Field.CLUSTER, ""), tuple(others),
    )  # fmt: skip


def with_numbers_joined(cells: Sequence[str]) -> list[tuple[str, int]]:
    """The cells with their positions; one that holds only a number is put before the next (`1 | Menggali`)."""
    joined: list[tuple[str, int]] = []
    number = ""
    for at, cell in enumerate(cells):
        is_open = _BARE_NUMBER.fullmatch(cell) or (number and cell == ":")
        if not is_open and _NAMED.fullmatch(cell) and at + 1 < len(cells):
            is_open = cell.endswith(":") or any(letter.isdigit() for letter in cell) or cells[at + 1].startswith(":")
        if is_open:
            number = f"{number} {cell}".strip()
            continue
        if number:
            cell, number = f"{number} {cell}", ""
        joined.append((cell, at))
    return [*joined, (number, len(cells) - 1)] if number else joined


def part_at_footer(text: str) -> tuple[str, str]:
    """The text before the page's footer, and the footer; either may be empty."""
    if _FOOTER_LINE.match(text):
        return "", text
    found = _FOOTER_WITHIN.search(text)
    return (text[: found.start()].rstrip(), text[found.start() :]) if found else (text, "")


def footer_year(footer: str) -> str | None:
    """The year of a footer; of `2019-2024` the later one."""
    found = _YEARS.search(footer)
    return (found[2] or found[1]) if found else None

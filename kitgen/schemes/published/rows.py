"""What one line of the published page says, by its form alone: the list's rows, the headings, labels, the footer."""

import re
from dataclasses import dataclass
from typing import Final

_HEADINGS: Final = frozenset(
    (
        "no",
        "nomor",
        "kode unit",
        "kode unit kompetensi",
        "nama unit",
        "nama unit kompetensi",
        "judul unit",
        "judul unit kompetensi",
        "elemen",
        "elemen kompetensi",
        "kriteria unjuk kerja",
        "kriteria unjuk kerja (kuk)",
        "kuk",
    )
)
_LIST_HEADINGS: Final = frozenset(heading for heading in _HEADINGS if heading.startswith(("nama", "judul", "kode")))
_RULE: Final = frozenset("-=_+:| ")
_COUNT: Final = re.compile(r"(?:terdapat|tersedia)\s+([0-9]{1,4})\s+unit\b", re.IGNORECASE)
_BARE_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?\.?")
_LISTED: Final = re.compile(r"([0-9]{1,3})[.)]?\s+(\S+)(?:\s+(.+))?")
_FOOTER_LINE: Final = re.compile(r"©|\(c\)\s|copyright\b|hak cipta\b", re.IGNORECASE)
_FOOTER_WITHIN: Final = re.compile(r"(?:copyright\s*)?(?:©|\(c\))\s*(?:19|20)[0-9]{2}\b", re.IGNORECASE)
_YEARS: Final = re.compile(r"\b((?:19|20)[0-9]{2})\b(?:\s*[-–—/]\s*((?:19|20)[0-9]{2})\b)?")

UNIT_CODE: Final = r"kode\s+unit(?:\s+kompetensi)?"
UNIT_TITLE: Final = r"(?:judul|nama)\s+unit(?:\s+kompetensi)?"
SCHEME_TITLE: Final = r"(?:judul|nama)\s+skema(?:\s+sertifikasi)?|skema(?:\s+sertifikasi)?"
SCHEME_FACT: Final = r"(?:nomor|no\.?|jenis)\s+skema(?:\s+sertifikasi)?"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of the list of units: its number if it has one, code, title, and cells that should not be there."""

    number: int | None
    code: str
    title: str
    others: tuple[str, ...] = ()


def is_rule(text: str) -> bool:
    """Whether a line only draws a line."""
    return _RULE.issuperset(text) and not set(text).isdisjoint("-=_")


def is_heading(cells: tuple[str, ...]) -> bool:
    """Whether all cells are headings of one of the page's tables."""
    is_label = len(cells) == 1 and cells[0].endswith(":")  # `Kode unit:` whose code is lost
    return not is_label and all(_heading(cell) in _HEADINGS for cell in cells)


def is_list_heading(cells: tuple[str, ...]) -> bool:
    """Whether the cells are the headings of the list of units."""
    return is_heading(cells) and any(_heading(cell) in _LIST_HEADINGS for cell in cells)


def _heading(cell: str) -> str:
    return cell.casefold().rstrip(".: ")


def stated_count(text: str) -> int | None:
    """The number in `Terdapat 5 unit dalam skema ini`."""
    found = _COUNT.match(text)
    return int(found[1]) if found else None


def labelled(cells: tuple[str, ...], label: str) -> str | None:
    """What follows a label: behind a colon, or in the next cell. Empty if nothing follows, `None` without the label."""
    if re.fullmatch(rf"(?:{label})\s*[:=]?", cells[0], re.IGNORECASE):
        has_value = len(cells) > 1 or cells[0].endswith((":", "="))
        return " ".join(cells[1:]).lstrip(":= ") if has_value else None
    found = re.match(rf"(?:{label})\s*[:=]\s*(?=\S)", cells[0], re.IGNORECASE)
    return " ".join((cells[0][found.end() :], *cells[1:])) if found else None


def unit_code(cells: tuple[str, ...]) -> str | None:
    """What follows `Kode unit`; the colon may be lost if what follows is plainly a code."""
    code = labelled(cells, UNIT_CODE)
    if code is None:
        found = re.match(rf"{UNIT_CODE}\s+(?=(\S+))", cells[0], re.IGNORECASE)
        if found and is_code(found[1]):
            code = " ".join((cells[0][found.end() :], *cells[1:]))
    return code


def is_code(text: str) -> bool:
    """Whether a text can only be the code of a unit: three or more groups, with a letter and a digit."""
    groups = text.split(".")
    return (
        len(groups) > 2
        and all(group.isascii() and group.isalnum() for group in groups)
        and any(letter.isalpha() for letter in text)
        and any(letter.isdigit() for letter in text)
    )


def list_row(cells: tuple[str, ...], *, is_in_list: bool) -> ListRow | None:
    """The row of the list of units these cells are. Inside the list a code may have any form."""
    number = cells[0].rstrip(".)")
    if number.isdecimal() and len(number) < 4 and len(cells) > 1:
        if is_code(cells[1]) or (is_in_list and len(cells) > 2):
            return ListRow(int(number), cells[1], cells[2] if len(cells) > 2 else "", cells[3:])
    elif is_in_list and is_code(cells[0]):
        return ListRow(None, cells[0], cells[1] if len(cells) > 1 else "", cells[2:])
    elif is_in_list:
        found = _LISTED.fullmatch(" ".join(cells))
        if found and is_code(found[2]):
            return ListRow(int(found[1]), found[2], found[3] or "")
    return None


def with_numbers_joined(cells: tuple[str, ...]) -> list[str]:
    """The cells, those that hold only a number put before the text of the next one (`1 | Menggali kebutuhan`)."""
    joined: list[str] = []
    number = ""
    for cell in cells:
        if number:
            cell, number = f"{number} {cell}", ""
        elif _BARE_NUMBER.fullmatch(cell):
            number = cell
            continue
        joined.append(cell)
    return [*joined, number] if number else joined


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

"""The published page as a `PublishedPage`: its units word for word, and an account of every line.

The lines are sorted first (`page_reader`), each unit's table split at its numbers (`numbered_text`) and checked
(`page_units`). Nothing is mended: what makes the data wrong is an error, what is odd an `Oddity`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.schemes.published.line_account import IGNORED, LineAccount, Part, Role
from kitgen.schemes.published.numbered_text import Numbered, split_numbered
from kitgen.schemes.published.oddities import Oddity, OddityKind, damaged_letters, unit_oddities
from kitgen.schemes.published.reader import Found, OpenTable, PageReader
from kitgen.schemes.published.text import PageText
from kitgen.schemes.published.units import PublishedUnit, UnitTable, build_elements, check_listing

_MOST_UNITS: Final = 500


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Everything the page gives. If its `Findings` hold an error, the units are not to be used."""

    source: PageText
    units: tuple[PublishedUnit, ...]
    accounts: tuple[LineAccount, ...]
    oddities: tuple[Oddity, ...]
    title: Found | None
    year: Found | None


def read_published(page: PageText, findings: Findings) -> PublishedPage:
    """Read the page; errors, and every oddity as a warning, go to `findings`."""
    reader = PageReader(page, findings)
    reader.read()
    units: tuple[PublishedUnit, ...] = ()
    if not reader.listing and not reader.tables:
        findings.error(
            said("nothing of a published scheme was recognised on the page"),
            Place(page.file),
            said(
                "the page must have a list of units and, for each, a line `Kode unit: ...` with its "
                "table below it; copy all of it, as it stands in the browser"
            ),
        )
    elif max(len(reader.listing), len(reader.tables)) > _MOST_UNITS:
        too_many = said("the page has more than {most_units} units", most_units=_MOST_UNITS)
        findings.error(too_many, Place(page.file), said("put only one scheme's page into the file"))
    else:
        units = _units(reader, findings)
        reader.oddities += _oddities_of_lines(reader, page)
        if not findings.errors:
            reader.oddities += unit_oddities(units)
    for oddity in reader.oddities:
        place = reader.place(oddity.lines[0], oddity.where) if oddity.lines else Place(page.file)
        findings.warning(oddity.message, place, said("compare with the page; nothing was changed"))
    accounts = (LineAccount(line, tuple(parts)) for line, parts in zip(page.lines, reader.parts, strict=True))
    year = reader.years[0] if len(_years(reader)) == 1 else None
    return PublishedPage(page, units, tuple(accounts), tuple(reader.oddities), reader.title, year)


def _units(reader: PageReader, findings: Findings) -> tuple[PublishedUnit, ...]:
    """The units in the order of the list, with the titles of the list."""
    titles = {row.code: row.title for row in reader.listing}
    tables = [_table(table, titles, reader, findings) for table in reader.tables]
    check_listing(reader.listing, tables, reader.count, reader.place, findings)
    units = {
        table.code: PublishedUnit(
            table.code, titles.get(table.code, ""), build_elements(table, reader.place, findings), table.line
        )
        for table in tables
    }
    reader.oddities += _oddities_of_list(reader, list(units))
    return tuple(units[code] for code in titles if code in units)


def _table(table: OpenTable, titles: Mapping[str, str], reader: PageReader, findings: Findings) -> UnitTable:
    """A unit's table with its code told from what follows it on its line, and its texts split at their numbers."""
    code, _, behind = table.written_code.partition(" ")
    if table.written_code in titles:
        code, behind = table.written_code, ""
    if not code:
        help = said("put the unit's code behind `Kode unit:`, on the same line")
        findings.error(said("the line names no unit"), reader.place(table.line), help)
    where = f"unit {code}"
    reader.parts[table.line] = [Part(Role.UNIT, code)]
    for title in (Found(behind.lstrip(":-– "), table.line), table.title):
        if title and title.text and code in titles and title.text != titles[code]:
            reader.odd(OddityKind.UNIT_TITLE_DIFFERS, title.line, where, title.text, titles[code])
    texts, doubts = split_numbered(table.segments)
    for doubt in doubts:
        kind = OddityKind.NUMBER_SPLIT if doubt.is_split else OddityKind.NUMBER_KEPT
        reader.odd(kind, doubt.line, where, doubt.number, doubt.context)
    _note_texts(texts, reader)
    return UnitTable(code, tuple(texts), table.line)


def _note_texts(texts: Sequence[Numbered], reader: PageReader) -> None:
    """Tell each line of a table which elements and criteria it gave; criteria that follow each other as `1.1–1.4`."""
    runs: list[list[Numbered]] = []
    for item in texts:
        if runs and item.criterion > 1 and item.line == runs[-1][-1].line:
            runs[-1].append(item)
        else:
            runs.append([item])
    for run in runs:
        role = Role.CRITERIA if run[0].criterion else Role.ELEMENT
        span = run[0].number if len(run) == 1 else f"{run[0].number}–{run[-1].number}"
        reader.note(run[0].line, role, span)


def _oddities_of_list(reader: PageReader, tables: Sequence[str]) -> Iterator[Oddity]:
    """What is odd about the list of units beside its tables (`tables`: their codes, in the order of the page)."""
    lines = tuple(row.line for row in reader.listing)
    listed = [row.code for row in reader.listing if row.code in tables]
    if reader.count and reader.count[0] < max(len(listed), len(tables)):
        facts = (str(reader.count[0]), str(max(len(listed), len(tables))))
        yield Oddity(OddityKind.MORE_UNITS, (reader.count[1],), "", facts)
    if listed != [code for code in tables if code in listed]:
        yield Oddity(OddityKind.UNIT_ORDER, lines)
    numbers = [row.number for row in reader.listing if row.number is not None]
    if numbers != list(range(1, len(numbers) + 1)):
        yield Oddity(OddityKind.LIST_NUMBERS, lines, "", (", ".join(map(str, numbers)),))


def _oddities_of_lines(reader: PageReader, page: PageText) -> Iterator[Oddity]:
    """What is odd about single lines, now that the end of the page is known."""
    for position, (line, parts) in enumerate(zip(page.lines, reader.parts, strict=True)):
        roles = {part.role for part in parts}
        if Role.AFTER in roles and position < reader.last_known:
            # A footer in the middle: this is not the end of the page after all.
            reader.parts[position] = [Part(Role.STRAY) if part.role is Role.AFTER else part for part in parts]
            yield Oddity(OddityKind.STRAY_LINE, (position,))
        if roles <= IGNORED:
            continue
        if line.removed:
            yield Oddity(OddityKind.REMOVED_SIGNS, (position,), "", (str(line.removed),))
        if spot := damaged_letters(line.text):
            yield Oddity(OddityKind.DAMAGED_LETTERS, (position,), "", (spot,))
    if len(years := _years(reader)) > 1:
        yield Oddity(OddityKind.FOOTER_YEARS, tuple(found.line for found in reader.years), "", (", ".join(years),))


def _years(reader: PageReader) -> list[str]:
    return sorted({found.text for found in reader.years})

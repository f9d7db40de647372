"""The published page as a `PublishedPage`: its units word for word, and an account of every line.

The lines are sorted first (`reader`), each unit's table split at its numbers (`numbered_text`) and checked
(`units`). Nothing is mended: what makes the data wrong is an error, what is odd an `Oddity`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import agreeing, said
from kitgen.schemes.published.line_account import IGNORED, LineAccount, LinePart, Role
from kitgen.schemes.published.numbered_text import Numbered
from kitgen.schemes.published.numbering import number_texts
from kitgen.schemes.published.oddities import Oddity, OddityKind, damaged_letters, unit_oddities
from kitgen.schemes.published.reader import PageReader
from kitgen.schemes.published.rows import split_code, tidy_code
from kitgen.schemes.published.tables import Facts, FoundFact, OpenTable
from kitgen.schemes.published.text import PageText
from kitgen.schemes.published.units import ListedUnit, PublishedUnit, UnitTable, build_elements, check_listing
from kitgen.schemes.published.words import Section

_MOST_UNITS: Final = 500


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Everything the page gives. If its `Findings` hold an error, the units are not to be used."""

    source: PageText
    units: tuple[PublishedUnit, ...]
    accounts: tuple[LineAccount, ...]
    oddities: tuple[Oddity, ...]
    title: FoundFact | None
    year: FoundFact | None
    facts: Facts = field(default_factory=Facts)
    is_decree: bool = False
    """Whether its units have the sections a decree (SKKNI) has."""

    @property
    def elements(self) -> int:
        """How many elements its units have."""
        return sum(len(unit.elements) for unit in self.units)

    @property
    def criteria(self) -> int:
        """How many criteria (KUK) its units have."""
        return sum(len(unit.criteria) for unit in self.units)

    @property
    def clusters(self) -> list[dict[str, Any]]:
        """The Kelompok Pekerjaan the page names, as `scheme.yaml` has them; empty where it names none."""
        numbers = sorted({unit.cluster for unit in self.units if unit.cluster})
        return [
            {"number": number}
            | ({"title": title} if (title := self.facts.clusters.get(number)) else {})
            | {"units": [unit.code for unit in self.units if unit.cluster == number]}
            for number in numbers
        ]


def read_published(page: PageText, findings: Findings, only: Sequence[str] = ()) -> PublishedPage:
    """Read the page; errors, and every oddity as a warning, go to `findings`. `only`: the codes of units to take."""
    reader = PageReader(page, findings)
    reader.read()
    units: tuple[PublishedUnit, ...] = ()
    if not reader.units.rows and not reader.tables:
        findings.error(
            said("nothing of a published scheme was recognised on the page"),
            Place(page.file),
            said(
                "the page must have a list of units and, for each, a line `Kode unit: ...` with its "
                "table below it; copy all of it, as it stands in the browser"
            ),
        )
    elif max(len(reader.units.rows), len(reader.tables)) > _MOST_UNITS:
        too_many = said("the page has more than {most_units} units", most_units=_MOST_UNITS)
        findings.error(too_many, Place(page.file), said("put only one scheme's page into the file"))
    else:
        units = _units(reader, findings, [tidy_code(code) for code in only])
        reader.oddities += _oddities_of_lines(reader, page)
        if not findings.errors:
            reader.oddities += unit_oddities(units)
    for oddity in reader.oddities:
        place = reader.place(oddity.lines[0], oddity.where) if oddity.lines else Place(page.file)
        findings.warning(oddity.message, place, said("compare with the page; nothing was changed"))
    accounts = (LineAccount(line, tuple(parts)) for line, parts in zip(page.lines, reader.parts, strict=True))
    year = reader.years[0] if len(_years(reader)) == 1 else None
    facts = reader.facts.found
    is_decree = any(table.sections for table in reader.tables)
    return PublishedPage(page, units, tuple(accounts), tuple(reader.oddities), facts.title, year, facts, is_decree)


def _units(reader: PageReader, findings: Findings, only: Sequence[str]) -> tuple[PublishedUnit, ...]:
    """The units in the order of the list, or without one in the order of the page."""
    _name_units(reader, findings)
    if only:
        _choose(reader, findings, only)
    listed = {row.code: row for row in reader.units.rows}
    tables = [_table(table, listed, reader, findings) for table in reader.tables]
    check_listing(reader.units.rows, tables, reader.count if not only else None, reader.place, findings)
    units: dict[str, PublishedUnit] = {}
    for opened, table in zip(reader.tables, tables, strict=True):
        units[table.code] = _unit(opened, table, listed.get(table.code), reader, findings)
    reader.oddities += _oddities_of_list(reader, list(units), is_part=bool(only))
    order = [code for code in listed if code in units]
    found = tuple(units[code] for code in [*order, *(code for code in units if code not in order)])
    placed = sum(bool(unit.cluster) for unit in found)
    if placed and placed < len(found):
        reader.oddities.append(Oddity(OddityKind.SOME_CLUSTERS, ()))
        found = tuple(replace(unit, cluster=0) for unit in found)
    return found


def _name_units(reader: PageReader, findings: Findings) -> None:
    """Give every table its code as such; what stands behind it on its line is the title, or compared with it."""
    listed = {row.code: row.title for row in reader.units.rows}
    by_title = {title.casefold(): code for code, title in listed.items()}
    nameless: list[OpenTable] = []
    for table in reader.tables:
        code, behind = split_code(table.written_code, listed)
        if not code and table.title:
            code = by_title.get(table.title.text.casefold(), "")
        if not code and table.title:
            nameless.append(table)
        elif not code:
            help = said("put the unit's code behind `Kode unit:`, on the same line")
            findings.error(said("the line names no unit"), reader.place(table.line), help)
        table.written_code = code
        for title in (FoundFact(behind, table.line), table.title):
            if title and title.text and listed.get(code) and title.text != listed[code] and not reader.is_laid_out:
                reader.odd(OddityKind.UNIT_TITLE_DIFFERS, title.line, f"unit {code}", title.text, listed[code])
        table.title = table.title or (FoundFact(behind, table.line) if behind else None)
    if nameless:
        named = ", ".join(f"{table.title.text}" for table in nameless[:3] if table.title)
        findings.error(
            agreeing(
                len(nameless),
                said("{count} unit has a title on the page, but no code: {named}"),
                said("{count} units have a title on the page, but no code: {named}"),
            ).about(count=len(nameless), named=named),
            reader.place(nameless[0].line),
            said("put `Kode Unit : ...` above the table of each unit, or a list of codes and titles at the beginning"),
        )


def _choose(reader: PageReader, findings: Findings, only: Sequence[str]) -> None:
    """Leave only the units that were asked for; a code that is not there is told."""
    known = [table.written_code for table in reader.tables]
    for code in only:
        if code not in known:
            findings.error(
                said("unit {code} was asked for, but has no table on the page", code=code),
                reader.place(0) if not reader.tables else None,
                did_you_mean(code, known),
            )
    kept = [table for table in reader.tables if table.written_code in only]
    dropped = [table for table in reader.tables if table.written_code not in only]
    reader.tables[:] = kept
    reader.units.rows[:] = [row for row in reader.units.rows if row.code in only]
    for table in dropped:
        for segment in table.segments:
            reader.note(segment.line, Role.NOT_CHOSEN)


def _table(table: OpenTable, listed: Mapping[str, ListedUnit], reader: PageReader, findings: Findings) -> UnitTable:
    """A unit's table with its texts numbered."""
    code = table.written_code
    where = f"unit {code}"
    reader.parts[table.line] = [LinePart(Role.UNIT, code)]
    numbering = number_texts(table.segments)
    for doubt in numbering.doubts:
        kind = OddityKind.NUMBER_SPLIT if doubt.is_split else OddityKind.NUMBER_KEPT
        reader.odd(kind, doubt.line, where, doubt.number, doubt.context)
    if numbering.is_made:
        reader.odd(OddityKind.NUMBERS_MADE, table.line, where)
    for segment in numbering.outside:
        reader.note(segment.line, Role.STRAY)
        reader.odd(OddityKind.STRAY_LINE, segment.line)
    for segment in numbering.joined:
        reader.note(segment.line, Role.JOINED)
    for segment in numbering.refused:
        reader.note(segment.line, Role.STRAY)
        findings.error(
            said("a text in the table is neither an element nor a criterion (KUK)"),
            reader.place(segment.line, said("unit {written_code}", written_code=code), segment.text),
            said(
                "if it is the rest of the text above, put it behind that text, on the same line; if it "
                "does not belong to the table, delete it"
            ),
        )
    if numbering.is_unclear:
        for segment in table.segments:
            reader.note(segment.line, Role.STRAY)
        findings.error(
            said("nothing tells which texts of the table are elements and which are criteria (KUK)"),
            reader.place(table.line, where),
            said("number elements as `1.` and criteria as `1.1`, or put them into two columns with headings"),
        )
    _note_texts(numbering.texts, reader)
    return UnitTable(code, tuple(numbering.texts), table.line, numbering.is_unclear)


def _unit(
    opened: OpenTable, table: UnitTable, row: ListedUnit | None, reader: PageReader, findings: Findings
) -> PublishedUnit:
    """The unit of a table, its numbers checked."""
    elements = () if table.is_unclear else build_elements(table, reader.place, findings)
    own = opened.title.text if opened.title else ""
    title = (own or row.title if reader.is_laid_out else row.title or own) if row else own
    if table.code and not title and not reader.units.rows:
        findings.error(
            said("unit {code} has no title", code=table.code),
            reader.place(table.line),
            said("put `Judul Unit : ...` below its code, or its row into the list at the page's beginning"),
        )
    benchmarks = list(dict.fromkeys(opened.benchmarks))
    if len(benchmarks) > 1:
        reader.odd(OddityKind.BENCHMARKS, opened.line, f"unit {table.code}")
    facts = reader.facts.found
    standard = opened.standard or (row.standard if row else "") or (facts.standard.text if facts.standard else "")
    sections = {section: tuple(lines) for section, lines in opened.sections.items()}
    return PublishedUnit(
        table.code, title, elements, table.line, standard, benchmarks[0] if len(benchmarks) == 1 else "",
        " ".join(part for part in opened.description if part), sections.get(Section.VARIABLES, ()),
        sections.get(Section.GUIDE, ()), sections.get(Section.CRITICAL, ()),
        (row.cluster if row else 0) or opened.cluster,
    )  # fmt: skip


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


def _oddities_of_list(reader: PageReader, tables: Sequence[str], is_part: bool) -> Iterator[Oddity]:
    """What is odd about the list of units beside its tables (`tables`: their codes, in the order of the page)."""
    lines = tuple(row.line for row in reader.units.rows)
    listed = [row.code for row in reader.units.rows if row.code in tables]
    if not listed or is_part:
        return
    if reader.count and reader.count[0] < max(len(listed), len(tables)):
        facts = (str(reader.count[0]), str(max(len(listed), len(tables))))
        yield Oddity(OddityKind.MORE_UNITS, (reader.count[1],), "", facts)
    if not reader.is_laid_out and listed != [code for code in tables if code in listed]:
        yield Oddity(OddityKind.UNIT_ORDER, lines)
    numbers = [row.number for row in reader.units.rows if row.number is not None]
    if not reader.is_laid_out and numbers != list(range(1, len(numbers) + 1)):
        yield Oddity(OddityKind.LIST_NUMBERS, lines, "", (", ".join(map(str, numbers)),))


def _oddities_of_lines(reader: PageReader, page: PageText) -> Iterator[Oddity]:
    """What is odd about single lines, now that the end of the page is known."""
    for position, (line, parts) in enumerate(zip(page.lines, reader.parts, strict=True)):
        roles = {part.role for part in parts}
        if Role.AFTER in roles and position < reader.last_known:
            # A footer in the middle: this is not the end of the page after all.
            reader.parts[position] = [LinePart(Role.STRAY) if part.role is Role.AFTER else part for part in parts]
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

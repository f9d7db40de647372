"""The workbook of a new event: its sheets as an LSP fills them, described for the writer of workbooks."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.events.workbook.sample import Row
from kitgen.load.event.choices import EditionChoices
from kitgen.load.event.columns import (
    ACTOR_COLUMNS,
    ARRANGEMENT,
    ASSESSOR_COLUMNS,
    CANDIDATE_COLUMNS,
    CHANNEL,
    CLUSTER_COLUMNS,
    CODE_LISTS,
    DECIDER_COLUMNS,
    EVENT_LINES,
    FIXED_LISTS,
    NO,
    ROOM_COLUMNS,
    YES,
)
from kitgen.load.sheets.grid import column_letters
from kitgen.load.sheets.headings import Column
from kitgen.render.made.workbook import Format, MadeCell, MadeRule, MadeSheet

_HEAD: Final = 2
_EXAMPLE: Final = 3
_FIRST: Final = 4
_SPARE: Final = 50
"""Rows below the numbered ones that have drop-downs too."""
_ASSESSOR_ROWS: Final = 10
_ROOM_ROWS: Final = 12
_CODE_ROWS: Final = 300
_LIST_FIRST: Final = 3
_LEVELS: Final = ("SD", "SMP", "SMA/SMK", "D1", "D2", "D3", "D4", "S1", "S2", "S3")
_FORMATS: Final[Mapping[str, Format]] = {"date": "dd/mm/yyyy", "time": "hh:mm", "number": "0"}

Lists = Mapping[str, str]
"""The area a drop-down shows, by the name of its list."""


def event_sheets(
    event: Row, assessors: Sequence[Row], candidates: Sequence[Row], rows: int, choices: EditionChoices
) -> list[MadeSheet]:
    """The eight sheets with what is known already; `rows` are numbered for candidates."""
    pilihan, lists = _choices_sheet(choices)
    kode, code_lists = _codes_sheet()
    lists = {**lists, **code_lists}
    return [
        _event_sheet(event, lists),
        _list_sheet("Asesor", "Asesor jadwal ini: satu baris untuk setiap orang", ASSESSOR_COLUMNS, assessors,
                    max(_ASSESSOR_ROWS, len(assessors)), lists),
        _list_sheet("Asesi", "Asesi jadwal ini: satu baris untuk setiap orang; baris abu-abu hanya contoh",
                    candidate_columns(choices), candidates, max(rows, len(candidates)), lists),
        _list_sheet("Ruang", "Ruang TUK, satu baris setiap ruang; kosong: kitgen menomori ruang", ROOM_COLUMNS, [],
                    _ROOM_ROWS, lists),
        _list_sheet("Pemeran", "Pemeran pelanggan; kosong: kitgen menomori pemeran", ACTOR_COLUMNS, [],
                    _ROOM_ROWS, lists),
        _list_sheet("Pleno", "Peserta rapat pleno: siapa yang memutuskan hasil; baris abu-abu hanya contoh",
                    DECIDER_COLUMNS, (), _ASSESSOR_ROWS, lists),
        pilihan,
        kode,
    ]  # fmt: skip


def candidate_columns(choices: EditionChoices) -> tuple[Column, ...]:
    """The columns of the sheet Asesi of an event: those of every one, and one for each cluster of its scheme."""
    numbers = {cluster.number for cluster in choices.clusters}
    return (*CANDIDATE_COLUMNS, *(each for number, each in enumerate(CLUSTER_COLUMNS, 1) if number in numbers))


def _format(column: Column) -> Format:
    """Dates, times and numbers as such; all else as text, so that no zero and no digit is lost."""
    return _FORMATS.get(column.kind, "@")


def _event_sheet(event: Row, lists: Lists) -> MadeSheet:
    cells = {(1, 1): MadeCell("Jadwal asesmen", "title")}
    rules: list[MadeRule] = []
    for row, line in enumerate(EVENT_LINES, 2):
        cells[row, 1] = MadeCell(line.heading, "label")
        cells[row, 2] = MadeCell(event.get(line.key), "entry", _format(line))
        cells[row, 3] = MadeCell(line.help, "help")
        rules.append(MadeRule(f"B{row}", lists.get(line.choices, ""), line.heading, line.help, bool(line.choices)))
    return MadeSheet("Jadwal", cells, (32, 46, 60), "B2", "1:1", rules=rules)


def _list_sheet(
    name: str, title: str, columns: Sequence[Column], people: Sequence[Row], rows: int, lists: Lists
) -> MadeSheet:
    cells = {(1, 1): MadeCell(title, "title")}
    rules: list[MadeRule] = []
    last = _FIRST + rows + _SPARE
    for index, column in enumerate(columns, 1):
        cells[_HEAD, index] = MadeCell(column.heading, "head")
        cells[_EXAMPLE, index] = MadeCell(column.example or None, "example", "@")
        for row in range(_FIRST, _FIRST + rows):
            person = people[row - _FIRST] if row - _FIRST < len(people) else {}
            value = row - _FIRST + 1 if column.key == "number" else person.get(column.key)
            cells[row, index] = MadeCell(value, "entry", _format(column))
        letters = column_letters(index)
        source = lists.get(column.choices, "")
        is_strict = column.kind == "choice" and column.choices in FIXED_LISTS
        if source or column.help:
            rules.append(MadeRule(f"{letters}{_FIRST}:{letters}{last}", source, column.heading, column.help, is_strict))
    formats = {index: _format(column) for index, column in enumerate(columns, 1)}
    widths = [column.width for column in columns]
    return MadeSheet(name, cells, widths, f"C{_FIRST}", f"{_HEAD}:{_HEAD}", "A:B", rules, formats)


def _choices_sheet(choices: EditionChoices) -> tuple[MadeSheet, Lists]:
    """Papers and scenarios of the edition, each with whether it is used, then the words of the drop-downs."""
    cells = {(1, 1): MadeCell("Paket dan skenario jadwal ini; tulis tidak pada yang tidak dipakai", "title")}
    lists: dict[str, str] = {}
    _list(cells, 1, "Paket", choices.papers)
    _list(cells, 2, "Dipakai", [YES] * len(choices.papers), "entry")
    _list(cells, 4, "Skenario", tuple(choices.scenarios))
    _list(cells, 5, "Judul skenario", tuple(choices.scenarios.values()))
    _list(cells, 6, "Dipakai", [YES] * len(choices.scenarios), "entry")
    lists["paper"] = _area("Pilihan", 1, len(choices.papers))
    lists["scenario"] = _area("Pilihan", 4, len(choices.scenarios))
    for index, (key, (heading, words)) in enumerate(FIXED_LISTS.items()):
        _list(cells, 8 + index, heading, words)
        lists[key] = _area("Pilihan", 8 + index, len(words))
    place = 9 + len(FIXED_LISTS)
    ones = ((place, ARRANGEMENT, choices.arrangements), (place + 3, CHANNEL, choices.channels))
    for column, heading, known in ones:
        if known:
            _list(cells, column, heading, known)
            _list(cells, column + 1, "Dipakai", [YES, *[NO] * (len(known) - 1)], "entry")
    rules = [
        MadeRule(f"{letters}{_LIST_FIRST}:{letters}{_LIST_FIRST + max(count, 1) - 1}", lists["used"], "Dipakai",
                 "ya atau tidak", True)
        for letters, count in (("B", len(choices.papers)), ("F", len(choices.scenarios)),
                               *((column_letters(column + 1), len(known)) for column, _, known in ones))
        if count
    ]  # fmt: skip
    widths = [10, 10, 3, 14, 44, 10, 3, *[16] * len(FIXED_LISTS), 3, 14, 10, 3, 16, 10]
    return MadeSheet("Pilihan", cells, widths, "A3", "1:2", rules=rules), {
        name: area for name, area in lists.items() if area
    }


def _list(
    cells: dict[tuple[int, int], MadeCell], column: int, heading: str, words: Sequence[str], style: str = "list"
) -> None:
    cells[_HEAD, column] = MadeCell(heading, "head")
    for row, word in enumerate(words, _LIST_FIRST):
        cells[row, column] = MadeCell(word, "entry" if style == "entry" else "list", "@")


def _codes_sheet() -> tuple[MadeSheet, Lists]:
    """A table of code and name for each list; the LSP enters its codes. Levels of education are there without codes."""
    cells = {(1, 1): MadeCell("Daftar kode LSP; daftar yang kosong tidak diperiksa", "title")}
    formats: dict[int, Format] = {}
    lists: dict[str, str] = {}
    merges: list[str] = []
    widths: list[float] = []
    for index, (key, heading) in enumerate(CODE_LISTS.items()):
        code = 1 + 3 * index
        cells[_HEAD, code] = MadeCell(heading, "head")
        cells[_HEAD, code + 1] = MadeCell(None, "head")
        merges.append(f"{column_letters(code)}{_HEAD}:{column_letters(code + 1)}{_HEAD}")
        cells[_HEAD + 1, code] = MadeCell("Kode", "head")
        cells[_HEAD + 1, code + 1] = MadeCell("Nama", "head")
        formats |= {code: "@", code + 1: "@"}
        widths += [12, 26, 3]
        lists[key] = _area("Kode", code, _CODE_ROWS, _HEAD + 2)
        for row, level in enumerate(_LEVELS if key == "education" else (), _HEAD + 2):
            cells[row, code] = MadeCell(None, "entry", "@")
            cells[row, code + 1] = MadeCell(level, "entry", "@")
            lists["education names"] = _area("Kode", code + 1, _CODE_ROWS, _HEAD + 2)
    return MadeSheet("Kode", cells, widths, "A4", "1:3", formats=formats, merges=merges), lists


def _area(sheet: str, column: int, count: int, first: int = _LIST_FIRST) -> str:
    letters = column_letters(column)
    return f"{sheet}!${letters}${first}:${letters}${first + count - 1}" if count else ""

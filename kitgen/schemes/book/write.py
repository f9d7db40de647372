"""The workbook of an edition: a guide, and the sheets of the layout with what the files say, always the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.load.sheets.grid import column_letters
from kitgen.load.yaml.reshape import Tree
from kitgen.render.made.workbook import MadeCell, MadeRule, MadeSheet, escape_cell, workbook_bytes
from kitgen.schemes.book.cells import shown_value, value_at
from kitgen.schemes.book.layout import BLOCK, BookSheet, Column, FactLines, Table
from kitgen.schemes.book.rows import Known, rows_of

GUIDE: Final = "Petunjuk"
LONGEST_CELL: Final = 32_767
_FOOTER: Final = "&A, halaman &P dari &N"
_WIDEST: Final = 60
_FACTS: Final = (28, 70, 60)
_LONGEST_LIST: Final = 250
_HOW: Final = (
    "Isi sel bergaris. Kolom abu-abu hanya keterangan dan tidak dibaca; ubahlah di lembar asalnya.",
    "Jangan mengubah baris yang diawali tanda §, kepala kolom, dan nama lembar: dengan itu kitgen menemukan isinya.",
    "Baris boleh disisipkan dan dihapus. Baris yang dihapus berarti isinya dihapus dari data.",
    "Beberapa butir dalam satu sel ditulis satu baris satu (Alt+Enter). Nomor KUK ditulis sebagai teks, misalnya 1.10.",
    "Rumus tidak dihitung: tempelkan sebagai nilai.",
    "Skenario baru: salin satu lembar Skenario, beri nama `Skenario KODE`, lalu ubah Kode di dalamnya.",
    "Sel `usulan` berarti isinya dibuat kitgen dan belum ditetapkan. Kosongkan sesudah LSP menetapkannya.",
    "Simpan, tutup Excel, lalu: kitgen scheme import NAMA-BERKAS. Bila ada yang salah, tidak ada yang ditulis.",
)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """Lembar terisi: a sheet of the layout with the data of its file."""

    sheet: BookSheet
    tree: Tree


def book_bytes(title: str, sheets: Sequence[FilledSheet], known: Known, findings: Findings) -> bytes:
    """The workbook; a text no cell can hold is noted in `findings`."""
    guide, codes = _guide(title, [each.sheet for each in sheets], known)
    made = [guide, *(_made(title, each, known, codes, findings) for each in sheets)]
    return b"" if findings.errors else workbook_bytes(made, title)


def _guide(title: str, sheets: Iterable[BookSheet], known: Known) -> tuple[MadeSheet, str]:
    cells: dict[tuple[int, int], MadeCell] = {
        (1, 1): MadeCell(title, "title"),
        (3, 1): MadeCell("Cara mengisi", "strong"),
    }
    row = 4
    for number, sentence in enumerate(_HOW, 1):
        cells[row, 1] = MadeCell(f"{number}.", "plain")
        cells[row, 4] = MadeCell(sentence, "plain")
        row += 1
    row += 1
    cells |= {(row, 1): MadeCell("Kode unit", "strong"), (row, 4): MadeCell("Judul unit", "strong")}
    first = row + 1
    for row, (code, unit) in enumerate(known.titles.items(), first):
        cells |= {(row, 1): MadeCell(code, "plain"), (row, 4): MadeCell(unit, "plain")}
    codes = f"'{GUIDE}'!$A${first}:$A${first + len(known.titles) - 1}" if known.titles else ""
    row = first + len(known.titles) + 1
    cells |= {(row, at): MadeCell(text, "strong") for at, text in enumerate(("Lembar", "Tabel", "Kolom", "Isi"), 1)}
    for texts in _explained(sheets):
        row += 1
        cells |= {(row, at): MadeCell(text, "plain") for at, text in enumerate(texts, 1) if text}
    return MadeSheet(GUIDE, cells, (26, 30, 30, 100), paper="A3", footer=_FOOTER), codes


def _explained(sheets: Iterable[BookSheet]) -> Iterator[tuple[str, str, str, str]]:
    """Every column once: the sheets of scenarios are alike."""
    told: set[int] = set()
    for sheet in sheets:
        if id(sheet.blocks) in told:
            continue
        told.add(id(sheet.blocks))
        name = sheet.name if sheet.name.partition(" ")[0] != "Skenario" else "Skenario ..."
        yield name, "", "", sheet.about
        for block in sheet.blocks:
            yield name, block.title, "", block.help if isinstance(block, Table) else ""
            for column in block.columns:
                if column.help:
                    yield name, block.title, column.heading, column.help


@dataclass(slots=True)
class _Page:
    """A sheet while it is laid out."""

    cells: dict[tuple[int, int], MadeCell]
    rules: list[MadeRule]
    row: int = 1
    scenes: str = ""


def _made(title: str, filled: FilledSheet, known: Known, codes: str, findings: Findings) -> MadeSheet:
    sheet = filled.sheet
    page = _Page({(1, 1): MadeCell(f"{sheet.about}: {title}", "title")}, [], 2)
    page.scenes = _scenes_area(filled, known)
    for block in sheet.blocks:
        page.row += 1
        page.cells[page.row, 1] = MadeCell(f"{BLOCK}{block.title}", "title")
        page.row += 1
        if isinstance(block, FactLines):
            _lay_facts(page, block, filled.tree, codes, known)
        else:
            _lay_table(page, block, filled.tree, codes, known)
    for (row, column), cell in page.cells.items():
        text = cell.value if isinstance(cell.value, str) else ""
        if len(escape_cell(text).encode("utf-16-le")) // 2 > LONGEST_CELL:
            place = Place(sheet.file, spot=said("sheet {title}", title=sheet.name))
            findings.error(
                said("cell {cell} would hold more than {longest} characters", cell=f"{column_letters(column)}{row}",
                     longest=LONGEST_CELL),
                place, said("shorten it"),
            )  # fmt: skip
    widths = _widths(sheet, page)
    only = len(sheet.blocks) == 1 and isinstance(sheet.blocks[0], Table)
    return MadeSheet(
        sheet.name,
        page.cells,
        widths,
        frozen="B5" if only else "",
        head_rows="4:4" if only else "",
        rules=page.rules,
        formats=dict.fromkeys(range(1, len(widths) + 1), "@"),
        paper="A3",
        footer=_FOOTER,
    )


def _widths(sheet: BookSheet, page: _Page) -> list[float]:
    found: dict[int, float] = {}
    for block in sheet.blocks:
        wide = _FACTS if isinstance(block, FactLines) else [column.width for column in block.columns]
        for number, width in enumerate(wide, 1):
            found[number] = min(max(found.get(number, 0), width), _WIDEST if len(sheet.blocks) > 1 else 80)
    last = max(column for _, column in page.cells)
    return [found.get(number, 24) for number in range(1, last + 1)]


def _scenes_area(filled: FilledSheet, known: Known) -> str:
    """Where the codes of a scenario's scenes will stand, for drop-down lists."""
    row = 2
    for block in filled.sheet.blocks:
        row += 2
        if isinstance(block, FactLines):
            row += len(block.columns)
            continue
        count = len(rows_of(block, filled.tree, known)) + block.spare
        if block.levels[0].key == "scenes":
            return f"'{filled.sheet.name}'!$A${row + 1}:$A${row + count}"
        row += 1 + count
    return ""


def _lay_facts(page: _Page, facts: FactLines, tree: Tree, codes: str, known: Known) -> None:
    for column in facts.columns:
        page.cells[page.row, 1] = MadeCell(column.heading, "label")
        page.cells[page.row, 2] = _cell(column, shown_value(column, value_at(tree, column.key)))
        page.cells[page.row, 3] = MadeCell(column.help or None, "help")
        page.rules += _rules(column, f"B{page.row}", codes, known, page.scenes)
        page.row += 1


def _lay_table(page: _Page, table: Table, tree: Tree, codes: str, known: Known) -> None:
    rows = rows_of(table, tree, known)
    columns = list(table.columns)
    if table.levels[-1].cells:
        count = max([4, *(len(row) - len(columns) for row in rows)])
        columns += [Column(f"{table.levels[-1].cells} {number}") for number in range(1, count + 1)]
    for number, column in enumerate(columns, 1):
        page.cells[page.row, number] = MadeCell(column.heading, "head")
    first, last = page.row + 1, page.row + max(len(rows) + table.spare, 1)
    for row in range(first, last + 1):
        texts = rows[row - first] if row - first < len(rows) else []
        for number, column in enumerate(columns, 1):
            page.cells[row, number] = _cell(column, texts[number - 1] if number <= len(texts) else "")
    for number, column in enumerate(columns, 1):
        letters = column_letters(number)
        page.rules += _rules(column, f"{letters}{first}:{letters}{last}", codes, known, page.scenes)
    page.row = last + 1


def _cell(column: Column, text: str) -> MadeCell:
    if column.shown:
        return MadeCell(text or None, "example", "@")
    if column.kind == "number" and text.isascii() and text.isdigit() and str(int(text)) == text:
        return MadeCell(int(text), "entry", "0")
    return MadeCell(text or None, "entry", "@")


def _rules(column: Column, area: str, codes: str, known: Known, scenes: str) -> Iterator[MadeRule]:
    listed = {"units": codes, "clusters": _listed(known.clusters), "scenes": scenes, "": _listed(column.words.values())}
    choice = listed[column.drop]
    if not column.shown and (choice or column.help):
        yield MadeRule(area, choice, column.heading, column.help, is_strict=bool(choice) and not column.drop)


def _listed(words: Iterable[str]) -> str:
    found = ",".join(words)
    return f'"{found}"' if found and len(found) <= _LONGEST_LIST else ""

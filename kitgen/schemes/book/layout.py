"""What the sheets of a scheme's workbook are made of: columns, tables with rows within rows, lists of facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

CellKind = Literal["text", "number", "lines", "codes", "numbers", "word"]
"""A text, a whole number, texts one below the other, codes or numbers with commas, a word of a list."""
Listed = Literal["", "criteria", "instruments", "kinds"]
"""What a table has a row for, whether the data speaks of it or not."""
Shown = Literal["", "unit", "criterion", "form"]
"""What a grey column tells of the row: the title of its unit, the text of its criterion, the title of its form."""
DropDown = Literal["", "units", "clusters", "scenes"]
BLOCK: Final = "§ "
"""Begins the line above each table and list of facts: they are found by it."""
YES: Final[Mapping[str, str]] = {"yes": "ya", "no": "tidak"}
TRUE: Final[Mapping[str, str]] = {"true": "ya", "false": "tidak"}
PROPOSED: Final[Mapping[str, str]] = {"true": "usulan"}
WIDTHS: Final[Mapping[CellKind, float]] = {
    "text": 40, "number": 11, "lines": 48, "codes": 18, "numbers": 16, "word": 16,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """Kolom: its heading, the key of its value in an item (with dots where mappings stand in it), what it holds.

    `words`: the words of the data and those of the sheet. `shown`: a grey column, which is told and not read.
    """

    heading: str
    key: str = ""
    kind: CellKind = "text"
    help: str = ""
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    drop: DropDown = ""
    shown: Shown = ""
    wide: float = 0

    @property
    def width(self) -> float:
        """Its width in letters."""
        return self.wide or WIDTHS[self.kind]


@dataclass(frozen=True, slots=True)
class Level:
    """Tingkat: a list in the item above it (`key`, with dots), and the columns its items have.

    `ids`: the keys by which an item is told from the others; rows with equal ones belong to one item. `is_reference`:
    its items stand in another table already, here is more of them. `is_keyed`: a mapping, its keys in the first column.
    `cells`: items are lists, a cell for each of theirs, in columns with this heading and a number.
    """

    key: str
    columns: tuple[Column, ...] = ()
    ids: tuple[str, ...] = ()
    is_reference: bool = False
    is_keyed: bool = False
    cells: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Tabel: a row for each item of the innermost level, with the columns of all of them."""

    title: str
    levels: tuple[Level, ...]
    help: str = ""
    listed: Listed = ""
    spare: int = 8

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those of all levels, in order."""
        return tuple(column for level in self.levels for column in level.columns)


@dataclass(frozen=True, slots=True)
class FactLines:
    """Isian: a line for each fact: what it is, its value, and a word of help."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class BookSheet:
    """Lembar: its name, the file of data it holds, and its tables and facts from top to bottom."""

    name: str
    file: str
    blocks: tuple[Table | FactLines, ...]
    about: str = ""


def code(heading: str, key: str, help: str = "", wide: float = 14) -> Column:
    """A column of short codes."""
    return Column(heading, key, help=help, wide=wide)


CRITERION_TEXT: Final = Column("Bunyi KUK", shown="criterion", wide=44)
UNIT_CODE: Final = Column("Kode unit", "unit", drop="units", help="kode unit seperti pada lembar Unit dan KUK", wide=20)
NUMBER: Final = code("KUK", "criterion", "nomor KUK sebagai teks, misalnya 1.1", 8)
PROPOSAL: Final = Column(
    "Usulan", "proposed", "word", "tertulis `usulan` bila dibuat kitgen; kosongkan sesudah LSP menetapkannya", PROPOSED,
    wide=10,
)  # fmt: skip
MARKS: Final = Column(
    "Tanda tinjau", "review", "lines", "ditulis kitgen bila bunyi KUK berubah; hapus sesudah ditinjau", wide=24
)

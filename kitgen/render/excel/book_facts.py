"""What is known of a workbook's parts once it is compiled, and needed whenever its sources run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kitgen.render.excel.formulas import Reference
from kitgen.render.excel.layout import Rows, Span
from kitgen.render.excel.looped_tables import LoopedTable
from kitgen.render.excel.reference_tokens import Copied, Sheet
from kitgen.render.excel.sheet_names import quoted


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Of a sheet, or another part of a workbook, what its source needs when it runs; see `Sheet`."""

    part: str
    name: str
    home: str
    """The part of the sheet whose rows it lies on, such as that of a drawing; empty for a sheet itself."""
    is_looped: bool
    is_within_loop: bool
    rows: Rows
    columns: Rows
    references: Sequence[tuple[Reference, int | None]]
    """Each with the template row its iteration is seen from, as `reference_tokens` numbers them."""
    areas: Sequence[str]
    merges: Sequence[Reference]
    copied: Sequence[Copied]
    breaks: Sequence[tuple[str, int, bool, str]]
    column_widths: Sequence[tuple[Span, str]]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """The same of a whole workbook: its parts, the names of sheets that hold tags, the tables that are repeated."""

    sheets: Mapping[str, SheetFacts]
    renamed: Sequence[str]
    tables: Mapping[str, LoopedTable]
    is_1904: bool

    def home_of(self, part: str) -> str:
        """The part of the sheet on whose rows a part lies: the sheet itself lies on its own."""
        return self.sheets[part].home or part

    @property
    def whole_sheets(self) -> list[SheetFacts]:
        """Its sheets and the list of them, without what belongs to a sheet."""
        return [sheet for sheet in self.sheets.values() if not sheet.home]


def facts_of(parts: Sequence[Sheet]) -> BookFacts:
    """What the sources of these parts need; of what is still being noted, they share the lists."""
    sheets = {
        part.part: SheetFacts(
            part.part, part.name, part.home, part.loop is not None, part.loop_around is not None, part.rows,
            part.columns, _distinct(part), part.areas, part.merges, part.copied, part.breaks, part.column_widths,
        )
        for part in parts
    }  # fmt: skip
    whole = [part for part in parts if part.owner is None]
    renamed = [quoted(part.name) for part in whole if quoted(part.name) in part.book.renamed]
    return BookFacts(sheets, renamed, whole[0].book.tables if whole else {}, any(each.book.is_1904 for each in parts))


def _distinct(part: Sheet) -> list[tuple[Reference, int | None]]:
    return [(replace(reference, may_list=may_list), seen_from) for reference, may_list, seen_from in part.distinct]

"""Makes a workbook for people to fill in from a description of its sheets: the same bytes always, no date."""

import datetime
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from kitgen.render.package.package import in_office_order, pack_part, read_package, write_package

if TYPE_CHECKING:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

Style = Literal["title", "head", "label", "strong", "plain", "help", "example", "entry", "list"]
"""Titles, headings, labels of lines, plain texts, help and examples in grey, cells to fill, words of a list."""

Format = Literal["General", "@", "dd/mm/yyyy", "hh:mm", "0"]

_CORE: Final = "docProps/core.xml"
_APP: Final = "docProps/app.xml"
_WORKBOOK: Final = "xl/workbook.xml"
_TITLES: Final = re.compile(rb"('[^'<]+'![$]\d+:[$]\d+),('[^'<]+'![$][A-Z]+:[$][A-Z]+)")
"""Rows and columns to repeat on every page, in the order openpyxl writes them; Excel has the columns first."""
_DATES: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_PROGRAM: Final = re.compile(rb"<(dc:creator|Application|AppVersion)\b[^>]*>[^<]*</\1>")
_HEAD_COLOUR: Final = "D9E2F3"
_GREY: Final = "808080"
_LINE: Final = "BFBFBF"
_LEVEL: Final = 9
_LINE_HEIGHT: Final = 15
_MOST_LINES: Final = 27
"""Excel makes no row higher than 409 pt."""
_LETTER: Final = 1.1
"""Width of a letter, in those a column is measured in; headings are bold."""
_PAPERS: Final[dict[str, tuple[int, int]]] = {"A3": (8, 290), "A4": (9, 160)}
"""Excel's number of a paper, and how many characters stand beside each other on it; more go on a page beside it."""
_PAGE_ROWS: Final = 20
"""Below so many rows a chart goes on a page of its own, so that none is cut in two."""
_WIDEST: Final = 34
"""Centimetres of the widest chart, which is on one page of A3."""
_SET_BY_HAND: Final = re.compile(rb'(<row [^>]*?) customHeight="1"')
_FORBIDDEN: Final = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_CONTROLS: Final = re.compile(f"[{_FORBIDDEN}]")
_LIKE_ESCAPE: Final = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_FORBIDDEN}])")


@dataclass(frozen=True, slots=True)
class MadeCell:
    """Sel lembar baru: what it says, how it looks, and the format of what is typed there."""

    value: str | int | datetime.date | datetime.time | None = None
    style: Style = "entry"
    format: Format = "General"


@dataclass(frozen=True, slots=True)
class MadeRule:
    """Aturan isian: the list an area is chosen from (an area or `"a,b"`; empty: anything goes), and a word of help.

    `is_strict`: Excel refuses what is not in the list.
    """

    area: str
    list: str = ""
    title: str = ""
    help: str = ""
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class MadeChart:
    """Bagan batang: shares from 0 to 100 in one column, called as in another, for rows `first` to `last`.

    `corner`: row and column of the cell under its upper left corner.
    """

    title: str
    labels: int
    values: int
    rows: tuple[int, int]
    corner: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """Lembar baru: its cells by row and column from 1, the widths of its columns, and how it is seen and printed."""

    name: str
    cells: Mapping[tuple[int, int], MadeCell]
    widths: Sequence[float]
    frozen: str = ""
    head_rows: str = ""
    head_columns: str = ""
    rules: Sequence[MadeRule] = ()
    formats: Mapping[int, Format] = field(default_factory=dict)
    """Formats of whole columns, for rows added later."""
    merges: Sequence[str] = ()
    filtered: str = ""
    """The area with drop-downs to filter rows by."""
    paper: Literal["A3", "A4"] = "A4"
    footer: str = ""
    chart: MadeChart | None = None


def workbook_bytes(sheets: Sequence[MadeSheet], title: str = "") -> bytes:
    """The .xlsx file of these sheets, in their order; the same bytes for the same sheets, without a date.

    `title` becomes its property of that name. Sheets lie on their side, each as wide as a page or, if that is too small
    to read, a few; widths of columns are in digits of the standard font, as Excel counts them.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.title = title or None
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.name), sheet)
    packed = io.BytesIO()
    workbook.save(packed)
    parts = parts_without_clock(packed.getvalue(), "workbook")
    parts[_WORKBOOK] = _TITLES.sub(rb"\2,\1", parts[_WORKBOOK])
    for part in parts:
        if part.startswith("xl/worksheets/"):  # so that Excel fits a row again when its text is changed
            parts[part] = _SET_BY_HAND.sub(rb"\1", parts[part])
    return pack_workbook(parts)


def parts_without_clock(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a workbook openpyxl saved, without the day and the program that saved it."""
    parts = {part: packed.content() for part, packed in read_package(data, name).items()}
    for part in (_CORE, _APP):
        if part in parts:
            parts[part] = _PROGRAM.sub(b"", _DATES.sub(b"", parts[part]))
    return parts


def pack_workbook(parts: Mapping[str, bytes]) -> bytes:
    """The parts, by name and uncompressed, as one .xlsx file without a date."""
    return write_package([pack_part(part, parts[part], _LEVEL) for part in in_office_order(parts)])


def escape_cell(text: str) -> str:
    """A text as Excel keeps it: what XML forbids, and what looks like Excel's own escapes, is escaped as `_x001F_`."""
    text = _LIKE_ESCAPE.sub("_x005F_", text)
    return _CONTROLS.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _fill(target: "Worksheet", sheet: MadeSheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    styles = _styles()
    for column, width in enumerate(sheet.widths, 1):
        dimension = target.column_dimensions[get_column_letter(column)]
        dimension.width = width
        if column in sheet.formats:
            dimension.number_format = sheet.formats[column]
            dimension.alignment = _top()
    for (row, column), made in sorted(sheet.cells.items()):
        cell: Any = target.cell(row, column)
        cell.value = escape_cell(made.value) if isinstance(made.value, str) else made.value
        if isinstance(made.value, str):
            cell.data_type = "s"  # never a formula, whatever it begins with
        cell.number_format = made.format
        for name, look in styles[made.style].items():
            setattr(cell, name, look)
    for row, lines in _lines(sheet).items():
        target.row_dimensions[row].height = _LINE_HEIGHT * lines
    for area in sheet.merges:
        target.merge_cells(area)
    for rule in sheet.rules:
        validation = DataValidation(
            type="list" if rule.list else None, formula1=rule.list or None, allow_blank=True, showDropDown=False,
            showErrorMessage=rule.is_strict, errorTitle="Tidak dikenal", error="Pilih dari daftar.",
            showInputMessage=bool(rule.help), promptTitle=rule.title[:32], prompt=rule.help[:255],
        )  # fmt: skip
        validation.add(rule.area)
        target.add_data_validation(validation)
    if sheet.frozen:
        target.freeze_panes = sheet.frozen
    if sheet.head_rows:
        target.print_title_rows = sheet.head_rows
    if sheet.head_columns:
        target.print_title_cols = sheet.head_columns
    if sheet.filtered:
        target.auto_filter.ref = sheet.filtered
    if sheet.footer:
        target.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(sheet.footer))
    if sheet.chart is not None:
        _draw(target, sheet.chart)
    number, wide = _PAPERS[sheet.paper]
    target.page_setup.paperSize = number
    target.page_setup.orientation = "landscape"
    target.page_setup.fitToWidth = math.ceil(sum(sheet.widths) / wide)
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _draw(target: "Worksheet", chart: MadeChart) -> None:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.pagebreak import Break

    first, last = chart.rows
    bars = BarChart()
    bars.type, bars.title, bars.legend = "col", chart.title, None
    bars.add_data(Reference(target, min_col=chart.values, min_row=first, max_row=last))
    bars.set_categories(Reference(target, min_col=chart.labels, min_row=first, max_row=last))
    bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0, 100
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.width, bars.height = min(12 + (last - first), _WIDEST), 8
    row, column = chart.corner
    if row > _PAGE_ROWS:
        target.row_breaks.append(Break(id=row - 2))
    target.add_chart(bars, f"{get_column_letter(column)}{row}")


def _lines(sheet: MadeSheet) -> dict[int, int]:
    """How many lines the rows need that need more than one, for programs that do not work heights out."""
    lines: dict[int, int] = {}
    for (row, column), made in sheet.cells.items():
        if isinstance(made.value, str) and made.style != "title":
            width = sheet.widths[column - 1]
            needed = sum(max(1, math.ceil(len(line) * _LETTER / width)) for line in made.value.split("\n"))
            lines[row] = min(max(needed, lines.get(row, 1)), _MOST_LINES)
    return {row: needed for row, needed in lines.items() if needed > 1}


def _top() -> "Alignment":
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", horizontal="left", wrap_text=True)


def _styles() -> dict[Style, dict[str, object]]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color=_LINE)
    box = Border(left=side, right=side, top=side, bottom=side)
    top = _top()
    plain, grey = Font(name="Calibri", size=11), Font(name="Calibri", size=10, italic=True, color=_GREY)
    bold = Font(name="Calibri", size=11, bold=True)
    return {
        "title": {"font": Font(name="Calibri", size=14, bold=True)},
        "head": {"font": bold, "fill": PatternFill("solid", fgColor=_HEAD_COLOUR), "border": box,
                 "alignment": Alignment(vertical="center", horizontal="center", wrap_text=True)},
        "label": {"font": bold, "border": box, "alignment": top},
        "strong": {"font": bold, "alignment": top},
        "plain": {"font": plain, "alignment": top},
        "help": {"font": grey, "alignment": top},
        "example": {"font": grey, "border": box, "alignment": top},
        "entry": {"font": plain, "border": box, "alignment": top},
        "list": {"font": plain, "border": box, "alignment": Alignment(vertical="top")},
    }  # fmt: skip

"""The bank as a workbook for subject experts: instructions, and a sheet for each kind of question. No clock in it."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kitgen.bank_columns import (
    APART,
    BRANCH,
    CRITERIA,
    DIFFICULTY,
    GUIDE_SHEET,
    ID,
    KEY,
    MARKING,
    MODEL_ANSWER,
    SHEETS,
    TEXT,
    UNIT,
    cells_of,
    headings_of,
)
from kitgen.errors import Findings, Place
from kitgen.load.bank_guide import guide_rows
from kitgen.load.workbook_source import escape_cell
from kitgen.model.bank import DIFFICULTY_LABELS, LETTERS, Question, QuestionKind
from kitgen.model.scheme import Scheme, Unit
from kitgen.render.package import in_office_order, pack_part, read_package, write_package

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL: Final = 32_767
"""So many UTF-16 units Excel keeps in one cell."""
_SPARE_ROWS: Final = 500
"""Rows below the last question that have drop-down lists and formats too, for new questions."""
_WIDTHS: Final = {
    ID: 14, UNIT: 19, CRITERIA: 10, DIFFICULTY: 10, BRANCH: 18, APART: 18, TEXT: 60, KEY: 8, MODEL_ANSWER: 70,
    MARKING: 70,
}  # fmt: skip
_OPTION_WIDTH: Final = 38
_GUIDE_WIDTHS: Final = (24, 12, 110)
_PROPERTIES: Final = "docProps/core.xml"
_CLOCK: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_SET_BY_HAND: Final = re.compile(rb'(<row [^>]*?) customHeight="1"')
_LEVEL: Final = 6
_LINE_HEIGHT: Final = 15.0
_HIGHEST_ROW: Final = 409.0


def bank_workbook(
    scheme: Scheme, units: Sequence[Unit], bank: Sequence[Question], places: Mapping[str, Place], findings: Findings
) -> bytes:
    """The questions of `units` as a workbook: equal banks give equal bytes. A text no cell can hold is noted."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = ""
    book.properties.title = f"Bank soal {scheme.title}, edisi {scheme.edition}"
    first = book.active
    if first is not None:
        book.remove(first)
    codes = _guide(book, scheme, units)
    for kind in SHEETS:
        asked = [
            question for unit in units for question in bank if question.unit == unit.code and question.kind == kind
        ]
        for question in asked:
            _refuse_long(question, places, findings)
        _sheet(book, kind, asked, codes)
    saved = BytesIO()
    if not findings.errors:
        book.save(saved)
    return _without_clock(saved.getvalue()) if saved.getvalue() else b""


def _refuse_long(question: Question, places: Mapping[str, Place], findings: Findings) -> None:
    for heading, text in cells_of(question).items():
        length = len(escape_cell(text).encode("utf-16-le")) // 2
        if length > LONGEST_CELL:
            message = f"`{heading}` of question {question.id} has {length} characters; a cell holds {LONGEST_CELL}"
            findings.error(message, places.get(question.id), "shorten it")


def _guide(book: "Workbook", scheme: Scheme, units: Sequence[Unit]) -> str:
    """The sheet of instructions; gives the area of its codes of units, for the drop-down lists."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(GUIDE_SHEET)
    for letter, width in zip("ABC", _GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    rows = guide_rows(scheme, units)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row.texts, 1):
            if text:
                _write(sheet, number, column, text)
                cell = sheet.cell(number, column)
                cell.font = Font(bold=row.is_bold, size=14 if number == 1 else 11)
                cell.alignment = Alignment(vertical="top", wrap_text=column == len(row.texts))
        sheet.row_dimensions[number].height = _height([(row.texts[-1], _GUIDE_WIDTHS[-1])], 1.4 if number == 1 else 1)
    _page(sheet)
    listed = [number for number, row in enumerate(rows, 1) if row.is_unit]
    return f"'{GUIDE_SHEET}'!$A${listed[0]}:$A${listed[-1]}" if listed else ""


def _sheet(book: "Workbook", kind: QuestionKind, questions: Sequence[Question], codes: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(SHEETS[kind])
    headings = headings_of(kind)
    line = Side(style="thin", color="BFBFBF")
    border = Border(left=line, right=line, top=line, bottom=line)
    wrapped = Alignment(vertical="top", wrap_text=True)
    for number, heading in enumerate(headings, 1):
        letter = get_column_letter(number)
        column = sheet.column_dimensions[letter]
        column.width = _width(heading)
        column.number_format = "@"  # so that a program takes `1.1` typed in a new row for a text
        column.alignment = wrapped
        _write(sheet, 1, number, heading)
        head = sheet.cell(1, number)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F4E78")
        head.alignment = Alignment(vertical="center", wrap_text=True)
        head.border = border
    sheet.row_dimensions[1].height = 2 * _LINE_HEIGHT
    for row, question in enumerate(questions, 2):
        cells = cells_of(question)
        for number, heading in enumerate(headings, 1):
            _write(sheet, row, number, cells[heading])
            cell = sheet.cell(row, number)
            cell.alignment = wrapped
            cell.border = border
            cell.number_format = "@"
        sheet.row_dimensions[row].height = _height([(text, _width(heading)) for heading, text in cells.items()])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(questions) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.print_title_cols = "A:A"
    _page(sheet, 2 if kind == "multiple_choice" else 1)
    _lists(sheet, headings, len(questions) + 1 + _SPARE_ROWS, codes)


def _width(heading: str) -> int:
    return _WIDTHS.get(heading, _OPTION_WIDTH)


def _height(texts: Sequence[tuple[str, int]], size: float = 1) -> float:
    """How high a row is for texts in columns so many characters wide: a guess, since not every program fits rows."""
    lines = max(sum(max(1, -(-len(line) // width)) for line in text.split("\n")) for text, width in texts)
    return min(lines * _LINE_HEIGHT * size + 2, _HIGHEST_ROW)


def _write(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """A text that stays one: `=1+1` is no formula, `1.1` no number."""
    if text:
        cell = sheet.cell(row, column)
        cell.value = escape_cell(text)
        cell.data_type = "s"


def _page(sheet: "Worksheet", wide: int = 1) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3: a question with five options is wide
    sheet.page_setup.fitToWidth = wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A, halaman &P dari &N"))


def _lists(sheet: "Worksheet", headings: Sequence[str], last: int, codes: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    allowed = {DIFFICULTY: ",".join(DIFFICULTY_LABELS.values()), KEY: ",".join(LETTERS)}
    for number, heading in enumerate(headings, 1):
        formula = codes if heading == UNIT else f'"{allowed[heading]}"' if heading in allowed else ""
        if formula:
            rule = DataValidation("list", formula, allow_blank=True, showErrorMessage=True)
            rule.errorTitle = heading
            rule.error = "Pilih salah satu dari daftar."
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)


def _without_clock(data: bytes) -> bytes:
    """The workbook packed without dates: neither those of the ZIP nor when it was made and saved.

    Heights of rows are not marked as set by hand, so that Excel fits a row again when its text is changed.
    """
    parts = read_package(data, "workbook")
    contents = {name: parts[name].content() for name in in_office_order(parts)}
    contents[_PROPERTIES] = _CLOCK.sub(b"", contents[_PROPERTIES])
    sheets = [name for name in contents if name.startswith("xl/worksheets/")]
    contents |= {name: _SET_BY_HAND.sub(rb"\1", contents[name]) for name in sheets}
    return write_package([pack_part(name, content, _LEVEL) for name, content in contents.items()])

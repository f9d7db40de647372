"""A workbook as lines of cells, sheet after sheet; a cell that Excel works out is told, since it is not read."""

from kitgen.base.errors import Findings
from kitgen.base.messages import said
from kitgen.load.sheets.grid import Grid, SheetCell
from kitgen.load.sheets.workbook_grids import grids_of
from kitgen.schemes.published.line import PageLine, clean


def sheet_lines(content: bytes, file: str, findings: Findings) -> list[PageLine]:
    """The rows of the sheets people see, in the workbook's order; problems of cells go to `findings`."""
    lines: list[PageLine] = []
    for number, grid in enumerate(grids_of(content, file, findings), start=1):
        if not grid.is_hidden:
            lines += [_line(grid, number, row, cells) for row, cells in grid.filled()]
    return lines


def _line(grid: Grid, number: int, row: int, cells: dict[int, SheetCell]) -> PageLine:
    texts: list[str] = []
    columns: list[int] = []
    for column, cell in sorted(cells.items()):
        if not cell.sound(said("the cell")):
            continue
        written = str(cell.value) if isinstance(cell.value, str) else cell.peek()
        for part in written.split("\n"):
            text, _ = clean(part)
            if text:
                texts.append(text)
                columns.append(column - 1)
    spot = said("sheet {sheet}, row {row}", sheet=grid.sheet, row=row)
    return PageLine(
        row, row, " | ".join(texts), tuple(texts), number, columns=tuple(columns), spot=spot,
        label=f"{grid.sheet}:{row}",
    )  # fmt: skip

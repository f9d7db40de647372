"""The sheet that goes with a zip: its lists have room for the numbers of a large event."""

from pathlib import Path

import docx
from docx.shared import Cm

TEMPLATE = "templates/docx/laporan/Lembar Serah Terima.docx"


def test_a_number_of_three_digits_stands_on_one_line(root: Path) -> None:
    """`100.` of 10 points has 0.8 cm and 0.25 cm of margins: every column of numbers is that wide, and tables fit."""
    numbered = 0
    for table in docx.Document(str(root / TEMPLATE)).tables:
        cells = [row.cells[0] for row in table.rows if "line.number" in row.cells[0].text]
        numbered += len(cells)
        assert all((cell.width or 0) >= Cm(1.09) for cell in cells)
        widths = [column.width or 0 for column in table.columns]
        assert abs(sum(widths) - Cm(17)) < Cm(0.05)
        assert not cells or widths[0] == cells[0].width
    assert numbered == 6

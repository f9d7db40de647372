"""Workbooks of events made for a case: the sample, with some cells changed, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from kitgen.base.errors import Diagnostic
from kitgen.base.project import Project
from kitgen.load.event.columns import ASSESSOR_COLUMNS, CANDIDATE_COLUMNS, EVENT_LINES
from kitgen.load.event.event import check_event
from kitgen.load.sheets.grid import CellPlace, column_letters
from kitgen.model.event import AssessmentEvent

FIRST = 4
UPLOAD_HEADS = (
    "No", "NAMA ASESI", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR (dd/mm/yyyy)", "JENIS KELAMIN (L/P)", "TEMPAT TINGGAL",
    "KODE KOTA", "KODE PROVINSI", "TELP", "EMAIL", "KODE PENDIDIKAN", "KODE PEKERJAAN", "KODE JADWAL",
    "TANGGAL UJI (hh/bb/yyyy)", "NOMOR REGISTRASI ASESOR", "KODE SUMBER ANGGARAN", "KODE KEMENTERIAN", "K/BK",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a check says: every problem as severity, file, cell and message."""

    schedule: AssessmentEvent | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def short(self) -> list[tuple[str, str, str]]:
        return [(d.severity, cell_of(d), d.message) for d in self.diagnostics]

    def at(self, cell: str) -> list[str]:
        return [message for _, where, message in self.short if where == cell]

    @property
    def names(self) -> list[str]:
        assert self.schedule is not None
        return [str(candidate.person.name) for candidate in self.schedule.candidates]

    @property
    def first(self) -> Any:
        assert self.schedule is not None
        return self.schedule.candidates[0]

    def text(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)


def cell_of(diagnostic: Diagnostic) -> str:
    """`Asesi!C7`, or the place as it is printed."""
    place = diagnostic.place
    return f"{place.sheet}!{place.cell}" if isinstance(place, CellPlace) and place.sheet else str(place)


def at(key: str, number: int = 1) -> str:
    """The cell of a candidate of the sample."""
    index = next(index for index, column in enumerate(CANDIDATE_COLUMNS, 1) if column.key == key)
    return f"Asesi!{column_letters(index)}{FIRST + number - 1}"


def of_assessor(key: str, number: int = 1) -> str:
    index = next(index for index, column in enumerate(ASSESSOR_COLUMNS, 1) if column.key == key)
    return f"Asesor!{column_letters(index)}{FIRST + number - 1}"


def of_event(key: str) -> str:
    row = next(row for row, line in enumerate(EVENT_LINES, 2) if line.key == key)
    return f"Jadwal!B{row}"


class EventBook:
    """The sample's workbook as an event of its own, `uji`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.project = Project(folder, root / "templates")
        self.path = self.project.event_file("uji")
        self.path.parent.mkdir(parents=True)
        (folder / "scheme").symlink_to(root / "scheme")
        self.path.write_bytes((root / "events/contoh/jadwal.xlsx").read_bytes())

    def set(self, cells: Mapping[str, object]) -> "EventBook":
        set_cells(self.path, cells)
        return self

    def change(self, change: Callable[[Any], None]) -> "EventBook":
        workbook = openpyxl.load_workbook(self.path)
        change(workbook)
        workbook.save(self.path)
        return self

    def with_candidates(self, rows: Sequence[Sequence[object]]) -> "EventBook":
        """The sheet Asesi replaced by these rows, from the top."""

        def change(workbook: Any) -> None:
            place = workbook.sheetnames.index("Asesi")
            del workbook["Asesi"]
            sheet = workbook.create_sheet("Asesi", place)
            fill(sheet, rows)

        return self.change(change)

    def without_candidates(self) -> "EventBook":
        return self.change(lambda workbook: workbook["Asesi"].delete_rows(FIRST, 100))

    def check(self) -> Said:
        checked = check_event(self.project, "uji")
        return Said(checked.schedule, tuple(checked.findings))


def set_cells(path: Path, cells: Mapping[str, object]) -> None:
    """Type into cells of a workbook, each named as `Asesi!B4`."""
    workbook = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, address = place.partition("!")
        workbook[sheet][address].value = value
    workbook.save(path)


def keep_candidates(path: Path, count: int) -> None:
    """Leave only the first candidates of a workbook."""
    workbook = openpyxl.load_workbook(path)
    for row in workbook["Asesi"].iter_rows(min_row=FIRST + count):
        for cell in row:
            cell.value = None
    workbook.save(path)


def fill(sheet: Any, rows: Sequence[Sequence[object]]) -> None:
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                cell = sheet.cell(row, column)
                cell.value = value
                if isinstance(value, Text):
                    cell.data_type = "s"


class Text(str):
    """A text that stays one, though it begins as formulas do."""

    __slots__ = ()


def save_list(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """A workbook with one sheet of these rows."""
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    fill(workbook.active, rows)
    workbook.save(path)

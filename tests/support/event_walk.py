"""What tests type into an event after its days, and read back of its letters and lists."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from event_cases import NAME
from file_names import named
from harness import KitProject

from kitgen.base.project import Project
from kitgen.events.workbook.workbook import new_event
from kitgen.load.event.columns import CANDIDATE_COLUMNS, EVENT_LINES
from kitgen.load.sheets.grid import column_letters

FORMS = {
    "Berita Acara", "SK Hasil", "Data Asesmen", "Rekap Jadwal", "FR.AK.05", "Undangan Pleno", "Daftar Hadir Pleno",
    "Berita Acara Rapat Pleno", "Pemberitahuan Hasil", "Pemberitahuan Status", "Tanda Terima Sertifikat",
    "Berita Acara Kejadian", "Tanda Terima Banding", "Keputusan Banding", "FR.AK.01", "FR.IA.01", "FR.IA.05C",
    "Kartu Asesi",
}  # fmt: skip
LAST = "M.702090.008.01"
"""The last unit of the recap."""
KKK = "KKKKK"


@dataclass(frozen=True)
class AppealCells:
    """What the sheet Asesi says of an appeal."""

    date: str
    ground: str
    team: str
    outcome: str

    def of(self, number: int) -> dict[str, object]:
        """The cells of a candidate."""
        values = {"date": self.date, "ground": self.ground, "team": self.team, "outcome": self.outcome}
        return {of(f"appeal_{key}", number): value for key, value in values.items()}


def of(key: str, number: int) -> str:
    """The cell of a candidate."""
    index = next(index for index, column in enumerate(CANDIDATE_COLUMNS, 1) if column.key == key)
    return f"Asesi!{column_letters(index)}{3 + number}"


def line(key: str) -> str:
    """The cell of a line of the sheet Jadwal."""
    return f"Jadwal!B{next(row for row, each in enumerate(EVENT_LINES, 2) if each.key == key)}"


def start(root: Path, target: Path, forms: Collection[str] = FORMS) -> KitProject:
    """The sample event in a new workbook, built and delivered before anybody came."""
    project = KitProject.copy_of(root, target).keep_forms(forms)
    new_event(Project(target, target / "templates"), NAME, candidates=12, is_sample=True)
    return project.build("--event", NAME).run("event", "deliver", NAME)


def folder(project: KitProject, event: str = NAME) -> Path:
    """Where the documents of an event lie."""
    return project.root / "output/Jadwal" / event


def type_recap(project: KitProject, marks: dict[int, str], notes: dict[int, str], event: str = NAME) -> None:
    """The marks unit by unit, B for BK, a blank for none; and the notes."""
    path = folder(project, event) / named("1 Admin/31 Rekap Jadwal.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == LAST)
    note = next(cell.column for row in sheet.iter_rows(max_row=head) for cell in row if cell.value == "Keterangan")
    for row in range(head + 1, head + 13):
        written = str(sheet.cell(row, 1).value or "")
        number = int(written) if written.isdecimal() else 0
        for column, mark in enumerate(marks.get(number, ""), 4):
            if mark.strip():
                sheet.cell(row, column).value = mark.replace("B", "BK")
        if number in notes:
            sheet.cell(row, note).value = notes[number]
    book.save(path)


def found(project: KitProject, name: str, event: str = NAME) -> list[Path]:
    """The documents of this name that are in use."""
    return sorted(path for path in folder(project, event).rglob(name) if "_DITARIK" not in path.parts)


def text(project: KitProject, name: str, event: str = NAME) -> str:
    """What the one document of this name says."""
    (path,) = found(project, name, event)
    return project.text(path.relative_to(project.root / "output").as_posix()).replace("**", "")


def rows(project: KitProject, name: str, event: str = NAME) -> list[list[str]]:
    """The rows of a sheet, as texts."""
    (path,) = found(project, name, event)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]

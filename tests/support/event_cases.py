"""Events for tests of what happens after the build: few forms of every audience, changed as an admin changes them."""

import io
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
from harness import KitProject

from kitgen.base.project import Project
from kitgen.kits.event_kit import event_kit
from kitgen.kits.kit import Kit
from kitgen.load.event.event import check_event
from kitgen.load.project_data import load_data
from kitgen.model.event import AssessmentEvent, EventAssessor, EventCandidate
from kitgen.model.given import Assessor, Candidate, EventFacts, Venue

FORMS = {
    "FR.APL.01", "FR.AK.01", "FR.IA.01", "FR.IA.05A", "FR.IA.05B", "FR.IA.05C", "FR.IA.07", "Kartu Asesi",
    "Kartu Pemeran", "Kartu Asesor", "Lembar Skor", "Berita Acara", "SK Hasil", "Daftar Hadir", "Rekap Jadwal",
    "Data Asesmen", "FR.AK.05", "FR.VA",
}  # fmt: skip
"""Of each folder some, all that print results, and one of each way documents are shared."""
NAME = "contoh"
HURTING = ["Dr. H. O'Neil Contoh, S.E., M.M.", "Contoh", "../../Contoh", "CON", "Contoh...", "=HYPERLINK(\"x\")",
           "<b>Contoh & Contoh</b>", "Nguyễn Contoh Ωμέγα 漢字", "A" * 120, "Asesi Contoh 01", "Asesi Contoh 01"]  # fmt: skip


def event_project(root: Path, target: Path) -> KitProject:
    """The sample event with few forms, not built."""
    project = KitProject.copy_of(root, target)
    home = target / "events" / NAME
    home.mkdir(parents=True)
    shutil.copy(root / "events" / NAME / "jadwal.xlsx", home)
    return project.keep_forms(FORMS)


def made(project: KitProject) -> Path:
    return project.root / "output/Jadwal" / NAME


def kit_of(project: KitProject, name: str = NAME) -> Kit:
    """The kit of an event as it is built now; its parts are `event`."""
    where = Project(project.root, project.root / "templates")
    schedule = check_event(where, name).schedule
    assert schedule is not None
    return event_kit(load_data(where, schedule.scheme, schedule.edition).editions[0], schedule)


def home(project: KitProject) -> Path:
    return project.root / "events" / NAME


def rename(project: KitProject, number: int, name: str) -> None:
    change(project, number, "nama lengkap", name)


def assessor_name(project: KitProject, row: int, name: str | None) -> None:
    """Type another name into a row of the sheet Asesor (1: the first assessor), or none."""
    path = home(project) / "jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    book["Asesor"].cell(3 + row, 2).value = name
    book.save(path)


def entries(path: Path) -> dict[str, bytes]:
    """The files in a zip, by path."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def all_text(data: bytes) -> str:
    """Everything in a file, and in the files in it, as text."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(name + all_text(archive.read(name)) for name in archive.namelist())


def every_file(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def copied(root: Path, target: Path) -> KitProject:
    project = KitProject.copy_of(root, target)
    shutil.copytree(root / "events", target / "events")
    return project


def column(sheet: "openpyxl.worksheet.worksheet.Worksheet", *words: str) -> tuple[int, int]:
    """The row of the headings and the column of one of them."""
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value or "").strip().lower() in words:
                return cell.row, cell.column
    raise AssertionError(f"no heading {words}")


def change(project: KitProject, number: int, heading: str, value: object) -> None:
    """Type into the row of a candidate, as an admin does."""
    path = project.root / "events/contoh/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Asesi"]
    head, key = column(sheet, "no", "no.")
    _, wanted = column(sheet, heading)
    row = next(row for row in range(head + 1, 200) if str(sheet.cell(row, key).value) == str(number))
    sheet.cell(row, wanted).value = value
    book.save(path)


def schedule(chosen: list[int], assessors: int = 2, time: str = "08.30", days: int = 0) -> AssessmentEvent:
    candidates = tuple(
        EventCandidate(number, Candidate(name=f"Asesi {number}"), 1 + number % assessors) for number in chosen
    )
    people = tuple(EventAssessor(number, Assessor(name=f"Asesor {number}")) for number in range(1, assessors + 1))
    return AssessmentEvent("x", "s", "e", EventFacts(time=time), Venue(), people, candidates, days=days)


def typed(project: KitProject, cells: Mapping[str, object]) -> KitProject:
    """Type into the workbook of the event, as an admin does."""
    path = project.root / "events/contoh/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, address = place.partition("!")
        book[sheet][address].value = value
    book.save(path)
    return project

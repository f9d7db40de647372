"""Events for tests of what happens after the build: few forms of every audience, changed as an admin changes them."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from harness import KitProject
from test_event_build import change

FORMS = {
    "FR.APL.01", "FR.AK.01", "FR.IA.01", "FR.IA.05A", "FR.IA.05B", "FR.IA.05C", "FR.IA.07", "Kartu Asesi",
    "Kartu Pemeran", "Kartu Asesor", "Lembar Skor", "Berita Acara", "SK Hasil", "Daftar Hadir", "Rekap Jadwal",
    "Data Asesmen", "FR.AK.05", "FR.VA",
}  # fmt: skip
"""Of each folder some, all that print results, and one of each way documents are shared."""
NAME = "contoh"


def event_project(root: Path, target: Path) -> KitProject:
    """The sample event with few forms, not built."""
    project = KitProject.copy_of(root, target)
    home = target / "events" / NAME
    home.mkdir(parents=True)
    shutil.copy(root / "events" / NAME / "jadwal.xlsx", home)
    return project.keep_forms(FORMS)


def made(project: KitProject) -> Path:
    return project.root / "output/Jadwal" / NAME


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

"""Nothing people typed about people into an event's workbook is told by what says why documents are stale.

Every column of every sheet is tried alone, since a change of several may be hidden for one of them.
"""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from event_books import keep_candidates, set_cells
from harness import KitProject, plain

from kitgen.cli import cli
from kitgen.load.event.columns import (
    ACTOR_COLUMNS,
    ASSESSOR_COLUMNS,
    CANDIDATE_COLUMNS,
    DECIDER_COLUMNS,
    EVENT_LINES,
    ROOM_COLUMNS,
)
from kitgen.load.sheets.grid import column_letters
from kitgen.load.sheets.headings import Column

pytestmark = pytest.mark.slow

FORMS = ("FR.APL.01", "FR.IA.01", "Daftar Hadir", "Daftar Hadir Pleno", "Berita Acara Rapat Pleno", "Berita Acara Kejadian",
         "SK Hasil", "Surat Tugas", "Tanda Terima Banding", "Keputusan Banding", "Pemberitahuan Hasil",
         "Pemberitahuan Status", "Persetujuan Data Pribadi", "FR.AK.01", "Jadwal Ruang", "Jadwal Pemeran",
         "Pernyataan Pemeran", "Denah Duduk", "Data Asesmen")  # fmt: skip
"""Together they print every list and every line of the workbook."""
SHEETS = {"Asesi": CANDIDATE_COLUMNS, "Asesor": ASSESSOR_COLUMNS, "Ruang": ROOM_COLUMNS, "Pemeran": ACTOR_COLUMNS,
          "Pleno": DECIDER_COLUMNS}  # fmt: skip
ORDERLY = {"deviations", "adjustments", "decision_units", "taught_by", "related_to", "scope", "apart", "zone",
           "first_event"}  # fmt: skip
"""Texts of a fixed form, which say nothing by themselves."""
FREE = {"name", "text", "identity", "phone", "email", "postal"}
HOW_MANY = {"Asesi": 4, "Asesor": 2, "Ruang": 1, "Pemeran": 1, "Pleno": 2}


def cells(kind: str) -> Iterator[tuple[str, str, str, str]]:
    """Each cell about people: its column, its place, and what is typed there, `kind` telling before from after."""
    number = 0
    for sheet, columns in SHEETS.items():
        for at, column in enumerate(columns, 1):
            if column.kind in FREE and column.key not in ORDERLY:
                for row in range(HOW_MANY[sheet]):
                    number += 1
                    yield (
                        f"{sheet} {column.key}",
                        f"{sheet}!{column_letters(at)}{4 + row}",
                        *value(column, kind, number),
                    )
    for row, line in enumerate(EVENT_LINES, 2):
        if line.kind in FREE and line.key not in ORDERLY:
            number += 1
            yield f"Jadwal {line.key}", f"Jadwal!B{row}", *value(line, kind, number)


def value(column: Column, kind: str, number: int) -> tuple[str, str]:
    """What is typed into a cell, and the part of it that is sought."""
    digit = 3 if kind == "Lama" else 7
    spelled = "".join("abcdefghij"[int(each)] for each in f"{number:03}")
    word = f"{kind}{spelled}"
    if column.kind == "identity":
        return (text := f"99010112018{digit}0{number:03}"), text
    if column.kind == "phone":
        return (text := f"08{digit}6005{number:05}"), text
    if column.kind == "postal":
        return (text := f"{digit}9{number:03}"), text
    if column.kind == "email":
        return f"{word.lower()}@contoh.example", word.lower()
    return f"Sakit {word} Tersembunyi", word


def of_candidate(key: str, number: int) -> str:
    at = next(at for at, column in enumerate(CANDIDATE_COLUMNS, 1) if column.key == key)
    return f"Asesi!{column_letters(at)}{3 + number}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """An event of four, one who appeals, one postponed, one absent, with a text in every cell about people."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("orang") / "proyek").keep_forms(FORMS)
    book = project.root / "events/contoh/jadwal.xlsx"
    book.parent.mkdir(parents=True)
    book.write_bytes((root / "events/contoh/jadwal.xlsx").read_bytes())
    keep_candidates(book, 4)
    set_cells(book, {place: text for _, place, text, _ in cells("Lama")} | {
        of_candidate("status", 1): "banding", of_candidate("result", 1): "BK",
        of_candidate("appeal_date", 1): "12 Maret 2026", of_candidate("appeal_outcome", 1): "ditolak",
        of_candidate("status", 2): "ditunda", of_candidate("status", 3): "tidak hadir",
        of_candidate("result", 4): "K", of_candidate("decision", 4): "ditunda",
        "Ruang!A4": 1, "Ruang!C4": "asesmen", "Pemeran!A4": 1, "Pleno!A4": 1, "Pleno!A5": 2,
    })  # fmt: skip
    return project.build("--event", "contoh")


def everything(project: KitProject, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["-C", str(project.root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return plain(result.stdout + result.stderr)


COLUMNS = list(dict.fromkeys(column for column, *_ in cells("Lama")))


def test_no_cell_about_people_is_told_without_being_asked_for(built: KitProject) -> None:
    """`plan --json` tells every reason there is; the old text and the new one stand in none."""
    book = built.root / "events/contoh/jadwal.xlsx"
    as_built, told, shown = book.read_bytes(), {}, set()
    for column in COLUMNS:
        old = [sought for name, _, _, sought in cells("Lama") if name == column]
        new = {place: (text, sought) for name, place, text, sought in cells("Baru") if name == column}
        set_cells(book, {place: text for place, (text, _) in new.items()})
        said = everything(built, "plan", "--event", "contoh", "--json")
        found = [sought for sought in (*old, *(sought for _, sought in new.values())) if sought in said]
        if found:
            told[column] = found
        if '"state": "changed"' in said or '"state": "moved"' in said:
            shown.add(column)
        book.write_bytes(as_built)
    assert told == {}
    assert len(shown) > len(COLUMNS) * 0.8, sorted(set(COLUMNS) - shown)  # nearly all of it is printed somewhere


def test_no_command_tells_what_was_typed(built: KitProject, tmp_path: Path) -> None:
    """With all of it changed, neither what people read nor what programs read has any of it; asked for, it has."""
    project = built.copy_to(tmp_path / "proyek")
    book = project.root / "events/contoh/jadwal.xlsx"
    set_cells(book, {place: text for _, place, text, _ in cells("Baru")})
    words = {sought for kind in ("Lama", "Baru") for *_, sought in cells(kind)}
    serials = [row["serial"] for row in built.json("plan", "--event", "contoh")["documents"] if "serial" in row]
    asked = [("plan", "--event", "contoh"), ("plan", "--event", "contoh", "--json"), ("plan", "--event", "contoh", "--all"),
             ("event", "check", "contoh"), ("event", "check", "contoh", "--strict"), ("check", "--json"),
             *(("explain", serial, *more) for serial in serials[:3] for more in ((), ("--json",))),
             ("build", "--event", "contoh", "--json")]  # fmt: skip
    for arguments in asked:
        said = everything(project, *arguments)
        assert [word for word in words if word in said] == [], arguments
    set_cells(book, {place: text for _, place, text, _ in cells("Lama")})
    said = everything(project, "plan", "--event", "contoh", "--json", "--names")
    assert sum(word in said for word in words) > 60  # the reasons are there


def test_an_openable_workbook_is_what_was_tried(built: KitProject) -> None:
    """Every sheet of people is in the sample's workbook, so that a new one is tried, too."""
    sheets = openpyxl.load_workbook(built.root / "events/contoh/jadwal.xlsx").sheetnames
    assert set(sheets) - {"Pilihan", "Kode"} == {*SHEETS, "Jadwal"}

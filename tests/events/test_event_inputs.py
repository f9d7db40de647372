"""Workbooks as admins filled them, each with what is right to say and to print of it."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from event_books import EventBook, at, of_assessor, of_event
from event_cases import NAME, home, kit_of, made
from file_names import named
from harness import KitProject

from kitgen.kits.event_kit import event_kit
from kitgen.kits.kit import EventParts, Kit
from kitgen.kits.paths import person_folder
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition

pytestmark = pytest.mark.slow
FORMS = {"FR.IA.05A", "FR.IA.05C", "FR.IA.01", "Kartu Asesor", "Kartu Asesi", "Daftar Hadir", "Surat Tugas"}


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    (found,) = load_data(find_project(root)).editions
    return found


def book_of(root: Path, folder: Path, name: str) -> EventBook:
    book = EventBook(root, folder)
    book.path.write_bytes((root / "tests/fixtures/events" / f"{name}.xlsx").read_bytes())
    return book


def kit_in(edition: Edition, book: EventBook) -> tuple[Kit, EventParts]:
    schedule = book.check().schedule
    assert schedule is not None
    kit = event_kit(edition, schedule)
    assert kit.event is not None
    return kit, kit.event


def put(project: KitProject, root: Path, name: str) -> KitProject:
    """The workbook in the place of the event's own."""
    shutil.copy(root / "tests/fixtures/events" / f"{name}.xlsx", home(project) / "jadwal.xlsx")
    return project


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """24 candidates of three assessors, built with few forms and handed over."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("masukan") / "proyek").keep_forms(FORMS)
    home(project).mkdir(parents=True)
    return put(project, root, "24-asesi").build("--event", NAME).run("event", "deliver", NAME)


def test_a_nik_that_does_not_fit_the_birth_is_told_at_each_row(root: Path, tmp_path: Path) -> None:
    """24 rows, at the cell of each NIK, never with its digits; on screen the same thing once with its count."""
    said = book_of(root, tmp_path / "buku", "nik-dan-lahir").check()
    told = {cell: message for severity, cell, message in said.short if severity == "warning" and "NIK" in message}
    assert set(told) == {at("identity_number", number) for number in range(1, 25)}
    assert set(told.values()) == {
        "digits 7 to 12 of the NIK are no day of birth", "the NIK has another date of birth than the row"
    }  # fmt: skip
    project = KitProject.copy_of(root, tmp_path / "proyek").keep_forms({"Daftar Hadir"})
    home(project).mkdir(parents=True)
    shown = put(project, root, "nik-dan-lahir").run("event", "check", NAME).said
    assert shown.count("NIK") < 8 and not any(character * 8 in shown for character in "0123456789")


def test_surprises_of_the_evening_before_move_nobody_else(delivered: KitProject, root: Path, tmp_path: Path) -> None:
    """One withdrawn, one called otherwise, assessor 2 replaced, a day later, paper B out of use: only who had B writes
    another paper, nobody plays another scenario, and the assessor who left is asked for all of theirs."""
    project = delivered.copy_to(tmp_path / "proyek")
    before = kit_of(project).event
    assert before is not None and len(before.taking_part) == 24
    put(project, root, "kejutan")
    after = kit_of(project).event
    assert after is not None
    assert {each.number for each in before.taking_part} - {each.number for each in after.taking_part} == {5}
    had, has = before.assigned, after.assigned
    assert {number for number in had if had[number].paper != has[number].paper} == {
        number for number in had if had[number].paper == "B"
    }
    assert all(has[each.number].paper in ("A", "C") for each in after.taking_part)
    assert {number: each.scenarios for number, each in had.items()} == {n: each.scenarios for n, each in has.items()}
    project.build("--event", NAME)
    pairs = zip(before.schedule.candidates, after.schedule.candidates, strict=True)
    ((old, new),) = [(old, new) for old, new in pairs if old.person.name != new.person.name]
    new_name = str(new.person.name)
    folders = {path.parent.name for path in made(project).glob("3 Untuk Asesi/*/*.docx")}
    assert person_folder(new.number, new_name) in folders
    assert person_folder(old.number, str(old.person.name)) not in folders
    attendance = project.text(named(f"Jadwal/{NAME}/1 Admin/27 Daftar Hadir.docx"))
    assert "1 Desember 2026" in attendance and new_name in attendance and "30 November" not in attendance
    project.run("event", "deliver", NAME)
    gone = next((made(project) / "Serah Terima/02").glob("*Asesor 02 (lama).docx"))
    withdrawn = project.text(gone.relative_to(project.root / "output").as_posix())
    held = project.json("event", "held", NAME)["held"]
    assert "FR.IA.01" in withdrawn and not [each for each in held if each["candidate"] == 5]


def test_what_a_person_typed_is_read_or_told_at_its_cell(root: Path, tmp_path: Path) -> None:
    """Days and hours in any of their spellings, `L`, a telephone without its zero; what cannot be right is blank."""
    said = book_of(root, tmp_path / "proyek", "diketik-orang").check()
    assert [(severity, cell) for severity, cell, _ in said.short] == [
        ("error", of_assessor("valid_until")), ("error", at("identity_number")), ("warning", at("phone_mobile")),
        ("error", at("email")), ("error", at("assessor")),
    ]  # fmt: skip
    assert said.schedule is not None
    facts, person = said.schedule.facts, said.first.person
    assert (facts.date, facts.time) == ("Senin, 30 November 2026", "08.00–16.00")
    assert (facts.pre_date, facts.pre_time) == ("Rabu, 25 November 2026", "08.00–10.00")
    assert (person.birth_date, person.gender, person.phone_mobile) == ("2 Februari 1991", "Laki-laki", "081200000001")
    assert not person.identity_number and not person.email and not said.first.assessor
    assert said.first.status == "ikut" and said.first.background == 3


def test_a_candidates_papers_follow_the_plan_of_each_cluster(edition: Edition, root: Path, tmp_path: Path) -> None:
    """Background 3: no observation and no role play in cluster 1, no multiple choice of cluster 2; one day is too
    short for what they do, and the sentence says whose minutes those are."""
    book = book_of(root, tmp_path / "proyek", "latar-3")
    kit, parts = kit_in(edition, book)
    scope = kit.scope_for(parts.taking_part[0])
    clusters = {form: [each.number for each in scope.clusters_of(form)] for form in scope.used}
    for form in ("FR.IA.01", "FR.IA.02", "FR.IA.03"):
        assert clusters[form] == [2]
    assert clusters["FR.IA.05"] == [1]
    assert not any(each.id.startswith("PMS") for each in parts.assigned[1].scenarios)
    assert parts.timetable is not None
    assert not any(
        part.scenario is not None and part.scenario.id.startswith("PMS") for part in parts.timetable.fitted.parts
    )
    units = {unit.code for each in kit.clusters if each.number == 1 for unit in each.units}
    (sheet,) = parts.printed[1].sheets["multiple_choice"]
    assert {question.unit_code for question in sheet.questions} <= units
    ((severity, cell, message),) = book.check().short
    assert (severity, cell) == ("warning", of_event("start_date"))
    assert "one candidate is assessed for 441 minutes, a day has 420" in message and "2 days" in message


def test_a_long_name_is_printed_whole_and_makes_a_short_path(root: Path, tmp_path: Path) -> None:
    """83 letters with a slash and titles; its folder can be made on any disk and ends in no dot."""
    said = book_of(root, tmp_path / "proyek", "nama-panjang").check()
    name = said.first.person.name
    assert name == "Raden Ajeng Contoh Nama Yang Sangat Panjang Sekali Binti Contoh/Alias, S.Pd., M.Pd."
    folder = person_folder(1, name)
    assert len(folder) < 80 and folder.startswith("01 Raden Ajeng") and "/" not in folder and folder[-1] not in ". "
    assert [severity for severity, _, _ in said.short] == ["warning"]


def test_units_no_role_play_in_use_shows_are_an_error(root: Path, tmp_path: Path) -> None:
    """With PMS-01 out of use two units of cluster 1 are shown to nobody; back in use there is nothing to tell."""
    book = book_of(root, tmp_path / "proyek", "tanpa-pms-01")
    told = [message for severity, _, message in book.check().short if severity == "error"]
    assert told == [f"no role play in use shows unit M.702090.00{unit}.01 to candidates 1" for unit in (1, 3)]
    rows = openpyxl.load_workbook(book.path)["Pilihan"].iter_rows()
    (mark,) = [row[at + 2].coordinate for row in rows for at, cell in enumerate(row) if cell.value == "PMS-01"]
    after = book.set({f"Pilihan!{mark}": "ya"}).check()
    assert not [each for each in after.short if each[0] == "error"]

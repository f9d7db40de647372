"""The documents of an event: each person's own, nobody else's; the same for ever; only what a late change touches."""

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from event_cases import HURTING, change, copied
from file_names import named
from harness import KitProject
from planted_secrets import everything_in, planted

from kitgen.base.project import Project
from kitgen.documents.disk.history import told_as
from kitgen.kits.event_kit import event_kit
from kitgen.kits.plan import plan_documents
from kitgen.load.event.event import check_event, choices_of
from kitgen.load.project_data import load_data

pytestmark = pytest.mark.slow

FOLDERS = {
    "1 Admin",
    "2 Pendaftaran dan Pra-Asesmen",
    "3 Untuk Asesi",
    "4 Untuk Asesor",
    "5 Pemeran",
    "9 KUNCI - RAHASIA",
}
INTAKE = "2 Pendaftaran dan Pra-Asesmen"
NOTICE = named("29b Pemberitahuan Status.docx")
"""All that is made for one who withdrew."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    return copied(root, tmp_path_factory.mktemp("jadwal") / "proyek").build("--event", "contoh")


@pytest.fixture
def project(built: KitProject, tmp_path: Path) -> KitProject:
    """A copy of the built sample, to change."""
    return built.copy_to(tmp_path / "proyek")


def folder(project: KitProject) -> Path:
    return project.root / "output/Jadwal/contoh"


def files(project: KitProject, *below: str) -> list[Path]:
    return sorted(path for path in folder(project).joinpath(*below).rglob("*.*x") if path.suffix in (".docx", ".xlsx"))


def people(project: KitProject, part: str = INTAKE) -> dict[int, str]:
    """Those who have a folder; in that of the pre-assessment only those who take part."""
    return {int(path.name[:2]): path.name[3:] for path in (folder(project) / part).iterdir() if path.name[:2] != "00"}


def test_the_sample_event_is_made_whole(built: KitProject) -> None:
    """Folders by what is done with them; each candidate's own forms, filled; keys apart."""
    assert {path.name for path in folder(built).iterdir() if path.is_dir()} == FOLDERS
    assert sorted(people(built)) == list(range(1, 12))
    assert people(built, "3 Untuk Asesi") == people(built) | {12: "Asesi Contoh 12"}
    assert [path.name for path in files(built) if "12 Asesi Contoh 12" in path.parts] == [NOTICE]
    assert len(files(built)) > 200
    for number, name in people(built).items():
        own = files(built, INTAKE, f"{number:02} {name}")
        letter = ["19"] if number in (2, 7) else []  # to the third party of those who are verified there
        assert [path.name[:2] for path in own] == ["01", "02", "07", "08", "09", "09", "09", *letter, "36"]
        assert all(name in everything_in(path) for path in own)


def test_no_two_documents_are_remembered_by_one_name(root: Path) -> None:
    """Booklets of one letter for several clusters, too: what was delivered would be put back as another one."""
    project = Project(root, root / "templates")
    data = load_data(project)
    edition = data.editions[0]
    schedule = check_event(project, "contoh", lambda *_: choices_of(edition)).schedule
    assert schedule is not None
    planned = plan_documents(data.forms, [event_kit(edition, schedule)])
    assert len({told_as(each) for each in planned}) == len(planned) > 200


def test_nobody_is_in_anothers_documents(built: KitProject) -> None:
    """Over all files in a candidate's folder: their own name, no other candidate's, no other NIK."""
    everyone = people(built, "3 Untuk Asesi")
    for number, name in everyone.items():
        others = [other for key, other in everyone.items() if key != number]
        mine = [path for path in files(built) if f"{number:02} {name}" in path.parts]
        assert len(mine) >= (1 if number == 12 else 11)
        for path in mine:
            text = everything_in(path)
            assert name in text and not any(other in text for other in others), path
    for path in files(built, "3 Untuk Asesi", "00 Bersama"):
        assert not any(name in everything_in(path) for name in everyone.values()), path


def test_no_secret_reaches_the_candidates_of_an_event(root: Path, tmp_path: Path) -> None:
    """Every key, reason, answer and cue carries a marker; none is in what candidates get."""
    project = copied(root, tmp_path / "proyek")
    markers: dict[str, set[str]] = {}
    for file in sorted([*project.edition.glob("questions/*.yaml"), *project.edition.glob("scenarios/*.yaml")]):
        data = yaml.safe_load(file.read_text("utf-8"))
        file.write_text(yaml.safe_dump(planted(data, (), markers), allow_unicode=True, width=100_000), "utf-8")
    project.build("--event", "contoh")
    audience = {"1 Admin": "admin", "2 Pendaftaran dan Pra-Asesmen": "asesi", "3 Untuk Asesi": "asesi",
                "4 Untuk Asesor": "asesor", "5 Pemeran": "pemeran", "9 KUNCI - RAHASIA": "kunci"}  # fmt: skip
    reached: dict[str, set[str]] = {name: set() for name in audience.values()}
    for path in files(project):
        holder = audience[path.relative_to(folder(project)).parts[0]]
        found = set(re.findall(r"ZRAHASIA\d{4}Z", everything_in(path)))
        assert all(holder in markers[marker] for marker in found), path
        reached[holder] |= found
    assert not reached["asesi"] and not reached["admin"] and reached["kunci"] and reached["asesor"]


def test_a_second_build_writes_nothing_and_serials_need_the_secret(project: KitProject) -> None:
    """Same workbook, same bytes; another secret gives every page another Kode Dokumen, no other change."""
    before = project.tree()
    summary = project.json("build", "--event", "contoh")["summary"]
    assert summary["written"] == 0 and project.tree() == before
    (path,) = (project.root / "events/contoh").glob("kunci-*.txt")
    serials = {row["path"]: row["serial"] for row in project.json("plan", "--event", "contoh", "--names")["documents"]}
    shutil.rmtree(project.root / "output")
    path.write_text("00" * 32, "ascii")
    project.build("--event", "contoh")
    others = {row["path"]: row["serial"] for row in project.json("plan", "--event", "contoh", "--names")["documents"]}
    assert serials.keys() == others.keys() and not set(serials.values()) & set(others.values())


def test_a_plan_of_an_event_writes_nothing(root: Path, tmp_path: Path) -> None:
    """Not even the secret: the first build makes it."""
    project = copied(root, tmp_path / "proyek")
    (project.root / "events/contoh/kunci-kode-dokumen.txt").unlink(missing_ok=True)
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    assert "334" in project.run("plan", "--event", "contoh").said
    assert {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()} == before


def test_a_renamed_candidate_touches_exactly_what_prints_the_name(project: KitProject) -> None:
    """Their own documents and the lists; the old folder's files are no longer asked for."""
    old = people(project)[3]
    (paper,) = {
        path.name.split(" - ")[1][-7:] for path in files(project, "3 Untuk Asesi", f"03 {old}") if "05C" in path.name
    }
    change(project, 3, "nama lengkap", "Asesi Contoh Baru")
    states = project.states("--event", "contoh", "--names")
    touched = {path for path, state in states.items() if state != "same"}
    assert touched
    assert all("/03 " in path or path.startswith("Jadwal/contoh/1 Admin/") or "FR.AK.05" in path or "36b" in path
               or f"14d Lembar Skor - {paper}" in path
               for path in touched)  # fmt: skip
    project.build("--event", "contoh")
    for path in files(project):
        assert old not in everything_in(path) or "_DITARIK" in path.parts, path
    assert people(project)[3] == "Asesi Contoh Baru"
    assert set(project.states("--event", "contoh", "--names").values()) == {"same"}


def test_a_withdrawn_candidate_changes_nobody_elses_number_or_paper(project: KitProject) -> None:
    """The others keep folder, paper and scenarios."""
    before = {path.relative_to(folder(project)): path.read_bytes() for path in files(project, "3 Untuk Asesi")}
    change(project, 2, "status", "mundur")
    project.build("--event", "contoh")
    after = {path.relative_to(folder(project)): path.read_bytes() for path in files(project, "3 Untuk Asesi")}
    assert 2 not in people(project)
    assert [path.name for path in after.keys() - before.keys()] == [NOTICE]
    assert all(before[path] == after[path] for path in after.keys() & before.keys())
    assert {path.parts[1][:2] for path in before.keys() - after.keys()} == {"02"}


def test_names_that_hurt_are_printed_as_typed_and_stay_in_their_folders(project: KitProject) -> None:
    """Titles, quotes, paths, reserved names, markup, other scripts, 120 letters, equal names."""
    for number, name in enumerate(HURTING, 1):
        change(project, number, "nama lengkap", name)
    path = project.root / "events/contoh/jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Asesi"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    book.save(path)
    shutil.rmtree(project.root / "output")
    project.build("--event", "contoh")
    made = {path.name for path in (folder(project) / "3 Untuk Asesi").iterdir()}
    assert {name[:2] for name in made} >= {f"{number:02}" for number in range(1, len(HURTING) + 1)}
    assert not any(re.search(r'[<>:"/\\|?*]|[ .]$', name) for name in made)
    assert all(path.is_relative_to(folder(project).resolve()) for path in (each.resolve() for each in files(project)))
    for number, name in enumerate(HURTING, 1):
        (form,) = (
            path
            for path in files(project, "2 Pendaftaran dan Pra-Asesmen")
            if path.parent.name[:2] == f"{number:02}" and "APL.01" in path.name
        )
        with zipfile.ZipFile(form) as archive:
            texts = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", archive.read("word/document.xml").decode())
        shown = [
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
            for text in texts
        ]
        assert name in shown, name


def test_an_unknown_event_is_told(built: KitProject) -> None:
    """With the names there are."""
    built.run("build", "--event", "contok", expect=1)
    assert "did you mean `contoh`?" in built.said

"""A purge: nothing of people is left, what was handed over stays known, nobody's work and no other folder is touched."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from event_cases import NAME, all_text, event_project, every_file, home, made
from file_names import named
from harness import KitProject, edit_by_hand

from kitgen.events.handover.holdings import holdings
from kitgen.load.event.handover_record import load_handovers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    project = event_project(root, tmp_path_factory.mktemp("hapus") / "proyek").build("--event", NAME)
    return project.run("event", "deliver", NAME)


@pytest.fixture
def project(delivered: KitProject, tmp_path: Path) -> KitProject:
    return delivered.copy_to(tmp_path / "proyek")


def purge(project: KitProject, *options: str, expect: int = 0) -> KitProject:
    return project.run("event", "purge", NAME, *options, expect=expect)


def type_a_mark(project: KitProject) -> None:
    path = made(project) / named("1 Admin/31 Rekap Jadwal.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D12"].value = "K"
    book.save(path)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every_file(folder)}


def test_nothing_of_people_is_left_and_serials_are_still_known(project: KitProject) -> None:
    """Every file of the project is searched for the names; the record answers as before."""
    path = home(project) / "serah-terima.json"
    record = load_handovers(path, path.name)
    serial = next(each.serial for zipped in record[0].zips for each in zipped.documents if each.candidate == 1)
    (home(project) / "jadwal (catatan).xlsx").write_bytes(b"x")
    (home(project) / "riwayat (rusak 2).json").write_bytes(b"x")
    shutil.copy(home(project) / "jadwal.xlsx", home(project) / "asesi.xlsx")
    (home(project) / "hasil.json").write_text('{"format": 1, "results": []}', "utf-8")
    (home(project) / "tanda.json").write_text('{"format": 1, "marks": [], "calibration": []}', "utf-8")
    (made(project) / "Serah Terima/01/BELUM SELESAI.txt").write_text("", "utf-8")  # of a run that was killed
    (made(project) / "_DITARIK/3 Untuk Asesi/01 Asesi Contoh 01").mkdir(parents=True)
    shutil.copy(next(made(project).rglob("14c FR.IA.05C*.docx")), next(made(project).glob("_DITARIK/*/*")))
    held = (made(project).parent / NAME, home(project))
    assert any("Asesi Contoh 01" in all_text(path.read_bytes()) for folder in held for path in every_file(folder))
    purge(project, "--yes")
    assert [path.name for path in every_file(project.root / "events")] == ["serah-terima.json"]
    assert list(every_file(project.root / "output")) == [] and not made(project).exists()
    for path in every_file(project.root):
        assert "Asesi Contoh" not in path.as_posix() + all_text(path.read_bytes()), path
    assert load_handovers(home(project) / "serah-terima.json", "x") == record
    assert [each.document.candidate for each in holdings(record, serial)] == [1]
    purge(project, "--yes")
    assert "nothing personal is left; the record of what was handed over is kept" in project.said


def test_every_command_says_that_an_event_was_purged_and_how_to_start_anew(project: KitProject) -> None:
    """Under another name, or under this one once its record lies elsewhere: no other record says who holds what."""
    purge(project, "--yes")
    record = home(project) / "serah-terima.json"
    before = record.read_bytes()
    for arguments in (
        ("event", "check", NAME),
        ("plan", "--event", NAME),
        ("event", "deliver", NAME),
        ("recall", NAME),
    ):
        project.run(*arguments, expect=1)
        assert f"event `{NAME}` was purged; the record of what was handed over is kept" in project.said
        assert "kitgen explain" in project.said and "there is no event" not in project.said
    for name in (NAME, NAME.upper()):
        project.run("event", "new", name, expect=1)
        assert f"event `{NAME}` was purged; the record of what was handed over is kept" in project.said
        assert "choose another name" in project.said and f"events/{NAME}/serah-terima.json" in project.said
    assert record.read_bytes() == before and not (home(project) / "jadwal.xlsx").exists()
    project.run("event", "new", "lain").run("event", "check", "tiada", expect=1)
    assert "there is no event `tiada`" in project.said
    record.rename(project.root / "simpan.json")
    project.run("event", "new", NAME).run("event", "check", NAME)
    assert "was purged" not in project.said


def test_a_folder_without_a_workbook_is_told_as_such(project: KitProject) -> None:
    """Neither as an event nor as none: what lies in it is somebody's."""
    (project.root / "events/kosong").mkdir()
    (project.root / "events/catatan").mkdir()
    (project.root / "events/catatan/rapat.txt").write_text("x", "utf-8")
    project.run("event", "new", "kosong").run("event", "new", "catatan", expect=1)
    assert "a folder of this name is there already, without a workbook" in project.said


def test_without_yes_it_only_tells(project: KitProject) -> None:
    """By kind and count, without a name."""
    before = snapshot(project.root)
    purge(project)
    for told in ("documents and sheets as kitgen made them", "zips as kitgen made them", "workbook of the event",
                 "nothing was removed", "--yes"):  # fmt: skip
        assert told in project.said
    assert "Asesi Contoh" not in project.said and "Dr." not in project.said
    assert snapshot(project.root) == before


def edited(project: KitProject) -> None:
    edit_by_hand(next(made(project).rglob("14c FR.IA.05C*.docx")), "Pilihan Ganda", "Pilihan Banyak")


def scanned(project: KitProject) -> None:
    (made(project) / "Serah Terima/01/tanda tangan.pdf").write_bytes(b"%PDF-1.7 pindaian")


def stranger(project: KitProject) -> None:
    (home(project) / "foto asesi").mkdir()
    (home(project) / "foto asesi/01.jpg").write_bytes(b"x")


def other_zip(project: KitProject) -> None:
    shutil.make_archive(str(made(project) / "arsip"), "zip", home(project))


@pytest.mark.parametrize("work", [edited, type_a_mark, scanned, stranger, other_zip])
def test_nobodys_work_goes_unasked(project: KitProject, work: object) -> None:
    """A changed document, a typed mark, a scan, a file of another hand: told, and taken only where that is said."""
    assert callable(work)
    work(project)
    before = snapshot(project.root)
    purge(project, "--yes", expect=1)
    assert "1 file is somebody's work" in project.said and "--with-edited" in project.said
    assert snapshot(project.root) == before
    purge(project, "--yes", "--with-edited")
    assert [path.name for path in every_file(project.root / "events")] == ["serah-terima.json"]
    assert not made(project).exists()


def test_no_link_leads_out(project: KitProject, tmp_path: Path) -> None:
    """Links are somebody's; with them the links go, and not what they lead to."""
    outside = tmp_path / "luar"
    outside.mkdir()
    shutil.copy(next(made(project).rglob("14c FR.IA.05C*.docx")), outside / "penting.docx")  # even one of ours
    before = snapshot(outside)
    for folder in (made(project), home(project)):
        (folder / "tautan").symlink_to(outside)
        (folder / "tautan.docx").symlink_to(outside / "penting.docx")
    purge(project, "--yes", expect=1)
    assert "4 files are somebody's work" in project.said
    purge(project, "--yes", "--with-edited")
    assert snapshot(outside) == before and not made(project).exists()


@pytest.mark.parametrize("where", ["output/Jadwal/contoh", "events/contoh", "output/Jadwal"])
def test_a_folder_that_is_a_link_is_refused(project: KitProject, tmp_path: Path, where: str) -> None:
    """It is told, and everything stays where it lies."""
    moved = tmp_path / "pindah"
    shutil.move(project.root / where, moved)
    (project.root / where).symlink_to(moved)
    before = snapshot(moved)
    purge(project, "--yes", "--with-edited", expect=1)
    assert "is a link, which is not followed" in project.said and snapshot(moved) == before


@pytest.mark.parametrize("stop", [0, 40, 113])
def test_a_killed_purge_can_be_run_again(project: KitProject, monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    """At any file: the next run completes it."""
    unlink, left = Path.unlink, [stop]

    def dying(self: Path, missing_ok: bool = False) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", dying)
        purge(project, "--yes", expect=130)
    assert (home(project) / "jadwal.xlsx").exists()
    purge(project, "--yes")
    assert [path.name for path in every_file(project.root / "events")] == ["serah-terima.json"]
    assert not made(project).exists()


def test_what_cannot_be_removed_is_told(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a document that is open in Word; all others go, and the next run takes it."""
    unlink = Path.unlink

    def locked(self: Path, missing_ok: bool = False) -> None:
        if self.name == named("28 Berita Acara.docx"):
            raise PermissionError(13, "in use")
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", locked)
        purge(project, "--yes", expect=1)
    assert "1 file could not be removed (in use)" in project.said
    assert [path.name for path in every_file(made(project))] == [named("28 Berita Acara.docx")]
    purge(project, "--yes")
    assert not made(project).exists()


def test_other_events_and_schemes_stay(project: KitProject) -> None:
    """Only what lies in the event's two folders goes."""
    shutil.copytree(home(project), home(project).with_name("lain"))
    shutil.copytree(made(project), made(project).with_name("lain"))
    purge(project, "--yes")
    assert (home(project).with_name("lain") / "jadwal.xlsx").is_file()
    assert len(list(every_file(made(project).with_name("lain")))) > 50 and project.edition.is_dir()


@pytest.mark.parametrize("name", ["..", ".", "contoh/..", "../events/contoh", "", "contok"])
def test_a_name_that_is_no_events_is_refused(project: KitProject, name: str) -> None:
    """Nothing outside can be named."""
    before = snapshot(project.root)
    project.run("event", "purge", name, "--yes", "--with-edited", expect=1)
    assert "there is no event" in project.said and snapshot(project.root) == before


def test_a_purge_killed_among_the_folders_is_completed(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are called after people: the next run takes those that are left, and does not say that nothing is."""
    rmdir, left = Path.rmdir, [3]

    def dying(self: Path) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        rmdir(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rmdir", dying)
        purge(project, "--yes", expect=130)
    assert made(project).is_dir() and not list(every_file(made(project)))
    assert "empty folders" in purge(project).said and "nothing personal is left" not in project.said
    purge(project, "--yes")
    assert not made(project).exists() and "nothing personal is left" in purge(project, "--yes").said


def test_a_folder_that_is_open_is_told(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows does not let it go: exit 1, and the next run takes it."""
    rmdir = Path.rmdir
    (held,) = (made(project) / "2 Pendaftaran dan Pra-Asesmen").glob("01 *")

    def locked(self: Path) -> None:
        if self == held:
            raise PermissionError(13, "in use")
        rmdir(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rmdir", locked)
        purge(project, "--yes", expect=1)
    assert "1 folder called after people or the event could not be removed" in project.said
    assert held.name not in project.said
    purge(project, "--yes")
    assert not made(project).exists()


def test_what_comes_while_a_purge_runs_is_told(project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand, since every command of kitgen waits: exit 1, and the next run takes it."""
    rmdir = Path.rmdir

    def meanwhile(self: Path) -> None:
        if self == made(project):
            (self / named("28 Berita Acara.docx")).write_bytes(b"x")
        rmdir(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rmdir", meanwhile)
        purge(project, "--yes", expect=1)
    assert "1 file came while the purge ran" in project.said


def test_copies_of_a_killed_run_go_with_a_purge(project: KitProject) -> None:
    """What LibreOffice was given lies below `output/`, outside of the event's folder."""
    room = project.root / "output" / ".kitgen-0123456789abcdef" / "w0" / "in1"
    room.mkdir(parents=True)
    (room / "0001.docx").write_bytes(b"x")
    (home(project) / ".kitgen-aa").write_bytes(b"x")
    purge(project, "--yes")
    assert not list((project.root / "output").glob(".kitgen*")) and not home(project).joinpath(".kitgen-aa").exists()

"""Documents are made in ranges and laid aside until all are made: the same tree, nothing half done, little in memory."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from harness import ROOT, KitProject, dies

from kitgen.cli import cli
from kitgen.documents.disk.aside import Aside, files_aside
from kitgen.documents.disk.branches import Nodes
from kitgen.documents.disk.branches_aside import BranchesAside
from kitgen.documents.disk.files import ASIDE
from kitgen.documents.status import ranges
from kitgen.documents.status.ranges import in_ranges

pytestmark = pytest.mark.slow
EVENT = ("--event", "contoh", "--jobs", "1")
SECRET = f"{'5a' * 32}\n"


@pytest.fixture
def event(kit_project: KitProject) -> KitProject:
    """The sample event with one form for each candidate and one for nobody."""
    folder = kit_project.root / "events/contoh"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "events/contoh/jadwal.xlsx", folder / "jadwal.xlsx")
    (folder / "kunci-kode-dokumen.txt").write_text(SECRET, "ascii")
    return kit_project.keep_forms(["FR.AK.01", "FR.IA.01", "Rekap Jadwal"])


@pytest.fixture
def small_ranges(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ranges of a few documents, as of a small event they would never be."""
    monkeypatch.setattr(ranges, "MOST", 5)
    yield


def aside(project: KitProject) -> list[Path]:
    return [path for path in (project.root / "output").rglob("*") if path.name.startswith(ASIDE)]


def test_every_document_is_in_one_range_and_a_candidate_in_one() -> None:
    """Some candidates, then what is nobody's in small ranges, then the others; few documents are one, in their order."""

    class Planned:
        def __init__(self, candidate: int) -> None:
            self.candidate = type("C", (), {"number": candidate})() if candidate else None

    planned = [Planned(number) for number in (0, 2, 1, 0, 1, 2, 3, 3, 4)]
    assert [list(each) for each in in_ranges(planned, 4)] == [[2, 4, 1, 5], [0], [3], [6, 7, 8]]  # type: ignore[arg-type]
    assert list(in_ranges(planned, 9)) == [list(range(9))]  # type: ignore[arg-type]
    assert list(in_ranges([Planned(0)] * 9, 4)) == [list(range(9))]  # type: ignore[list-item]


@pytest.mark.usefixtures("small_ranges")
def test_ranges_make_the_same_tree(event: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents, index and history are those of one range, in one process and in two; the second build makes none."""
    others = [event.copy_to(tmp_path / name) for name in ("satu", "dua")]
    event.build(*EVENT)
    others[0].build("--event", "contoh", "--jobs", "2")
    monkeypatch.setattr(ranges, "MOST", 1_000)
    others[1].build(*EVENT)
    assert event.tree() == others[0].tree() == others[1].tree()
    for name in ("output/Jadwal/contoh/manifest.json", "events/contoh/riwayat.json"):
        assert len({(project.root / name).read_bytes() for project in (event, *others)}) == 1, name
    assert set(event.states(*EVENT[:2]).values()) == {"same"} and aside(event) == []


@pytest.mark.usefixtures("small_ranges")
def test_a_fault_in_the_last_range_changes_nothing(event: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk while documents are laid aside: output is as it was, nothing lies aside, no intent is noted."""
    event.build(*EVENT).edit_template("docx/FR.IA.01.docx", "CEKLIS", "LEMBAR")
    before, lay, laid = event.stamps(), Aside.lay, []

    def full(self: Aside, data: bytes, target: Path) -> object:
        laid.append(target)
        if len(laid) > 8:
            raise OSError(28, "No space left on device")
        return lay(self, data, target)

    with monkeypatch.context() as patch:
        patch.setattr(Aside, "lay", full)
        run = CliRunner().invoke(cli, ["-C", str(event.root), "build", *EVENT])
    assert run.exit_code != 0 and len(laid) == 9
    assert event.stamps() == before and aside(event) == []
    event.build(*EVENT)
    assert set(event.states(*EVENT[:2]).values()) == {"same"}


@pytest.mark.usefixtures("small_ranges")
def test_killed_in_any_range_the_next_build_completes_it(event: KitProject, tmp_path: Path) -> None:
    """Killed at changes of the disk all through the run: the same command makes the tree of one that was left alone."""
    whole = event.copy_to(tmp_path / "utuh")
    wanted = whole.build(*EVENT).tree()
    assert any(name.startswith("Jadwal/contoh/") for name in wanted)
    changes = dies(event.copy_to(tmp_path / "hitung"), 0, *EVENT)
    assert changes > len(wanted)
    for step in sorted({*range(1, changes, max(1, changes // 4)), changes}):
        project = event.copy_to(tmp_path / "mati")
        assert dies(project, step, *EVENT) == 0
        assert project.build(*EVENT).tree() == wanted, step
        assert aside(project) == [], step
        project.root.rename(tmp_path / f"mati {step}")


def test_files_lie_aside_until_they_are_placed(tmp_path: Path) -> None:
    """They are nobody's but the owner's, have no names, and go with the run; so does `output/` made for them alone."""
    output = tmp_path / "output"
    with files_aside(output) as folder:
        laid = folder.lay(b"isi", output / "Jadwal/Zubaidah/a.docx")
        assert [path.name for path in output.iterdir()] == [folder.folder.name]
        assert folder.folder.stat().st_mode & 0o777 == 0o700 and "Zubaidah" not in laid.name
        other = folder.lay(b"lain", output / "b.docx")
        folder.place(laid, output / "Jadwal/Zubaidah/a.docx")
        assert (output / "Jadwal/Zubaidah/a.docx").read_bytes() == b"isi" and folder.read(other) == b"lain"
    assert sorted(path.name for path in output.rglob("*") if path.is_file()) == ["a.docx"]
    with pytest.raises(ValueError), files_aside(tmp_path / "lain") as folder:
        folder.lay(b"isi", tmp_path / "lain/a.docx")
        raise ValueError
    assert not (tmp_path / "lain").exists()


def test_branches_wait_on_disk_sorted_and_once(tmp_path: Path) -> None:
    """What the first range laid aside is not written again; of one name with other branches the latest comes last."""
    waiting = BranchesAside(tmp_path / "output/samping")
    nodes: Nodes = {"b": ('{"x":"%s"}', b"123456"), "a": '{"y":"1"}'}
    waiting.lay(nodes)
    assert nodes == {}
    waiting.lay({"b": ('{"x":"%s"}', b"123456"), "c": "{}", "a": '{"y":"2"}'})
    assert list(waiting.lines()) == [("a", '{"y":"1"}'), ("a", '{"y":"2"}'), ("b", '{"x":"313233343536"}'), ("c", "{}")]
    assert (tmp_path / "output/samping").stat().st_mode & 0o777 == 0o700

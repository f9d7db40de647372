"""`kitgen event paper`: recorded in the event's folder, never in the edition, released or not; sheets for an emergency."""

import shutil
from pathlib import Path

import pytest
from event_cases import NAME, home
from harness import SLUG, KitProject, tree_digests
from released import fill_in

pytestmark = pytest.mark.slow
FORMS = ("FR.IA.05A", "FR.IA.05B", "FR.IA.05C")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """The sample event on a released edition, built and handed over."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("bocor") / "proyek").keep_forms(FORMS)
    shutil.copytree(root / "events", project.root / "events")
    fill_in(project, "2024").run("edition", "release", SLUG, "2024", "--date", "2026-01-15")
    return project.build("--event", NAME).run("event", "deliver", NAME)


@pytest.fixture
def project(delivered: KitProject, tmp_path: Path) -> KitProject:
    return delivered.copy_to(tmp_path / "proyek")


def test_only_the_holders_of_the_leaked_paper_get_another(project: KitProject) -> None:
    """Books, keys and answer sheets of paper B, those for an emergency too; no file of the scheme changes."""
    scheme = tree_digests(project.root / "scheme")
    project.run("event", "paper", NAME, "b", "--reason", "bocor")
    assert "is replaced by" in project.said and "B-1P1-" in project.said
    assert tree_digests(project.root / "scheme") == scheme
    record = (home(project) / "paket-pengganti.json").read_text("utf-8")
    assert "bocor" in record and "PG-" not in record and "Asesi" not in record
    states = project.states("--event", NAME)
    touched = {path for path, state in states.items() if state != "same"}
    assert touched and all(state in ("same", "changed") for state in states.values())
    named = {path for path in touched if "Paket " in path}
    assert named and all("Paket B" in path for path in named)
    project.build("--event", NAME).run("recall", NAME)
    assert set(project.states("--event", NAME).values()) == {"same"}
    before = project.states("--event", NAME)
    assert any("Darurat Paket B" in path and "KUNCI" in path for path in before)


def test_what_cannot_be_replaced_is_told(project: KitProject) -> None:
    """A letter the event does not use, or no reason."""
    project.run("event", "paper", NAME, "Q", "--reason", "bocor", expect=2)
    assert "no paper Q; known: A, B, C" in project.said
    project.run("event", "paper", NAME, "B", expect=2)
    assert not (home(project) / "paket-pengganti.json").exists()


def test_sheets_for_an_emergency_bear_no_name_and_lie_with_the_keys(project: KitProject) -> None:
    """One of each paper, beside those of the candidates, in nobody's folder."""
    made = sorted((project.root / "output/Jadwal" / NAME).rglob("*Darurat*"))
    assert {path.parent.name for path in made} == {"9 KUNCI - RAHASIA"}
    assert len(made) == len({path.name for path in made}) > 1
    for path in made:
        assert "Asesi Contoh" not in project.text(path.relative_to(project.root / "output").as_posix())

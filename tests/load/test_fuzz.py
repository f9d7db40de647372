"""A slice of `bench/fuzz.py`: mutated files, drawn by fixed seeds, are told as problems and never end in a traceback."""

from pathlib import Path

import pytest
from fuzzing import project_to_fuzz, targets, tried
from harness import KitProject
from history import small_project

pytestmark = pytest.mark.fragments  # a mutated template is no whole one, and what is made of it lacks what it lacks

EACH = 6


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    return project_to_fuzz(small_project(tmp_path_factory.mktemp("kabur") / "proyek"))


def test_mutated_files_are_told_as_problems(project: KitProject) -> None:
    """A few of every reader and of both engines; each file is as it was afterwards."""
    found = targets(project)
    assert len(found) > 20
    before = {name: (project.root / each.path).read_bytes() for name, each in found.items()}
    faults = {
        (name, seed): fault
        for name, each in found.items()
        for seed in range(EACH)
        if (fault := tried(project, each, seed)[0])
    }
    assert faults == {}
    assert {name: (project.root / each.path).read_bytes() for name, each in found.items()} == before


def test_what_fails_is_made_small(project: KitProject, tmp_path: Path) -> None:
    """A case that fails keeps as few mutations as still make it fail."""
    from dataclasses import replace

    whole = targets(project)["data"]
    sound = (project.root / whole.path).read_bytes()

    def reads(project: KitProject, path: Path) -> object:
        if path.read_bytes() != sound:
            raise ZeroDivisionError("always")
        return None

    fault, data = tried(project, replace(whole, read=reads), 3)
    assert fault == "ZeroDivisionError: always" and data != sound

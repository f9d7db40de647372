"""A slice of `bench/stops.py`: commands that write, stopped at the disk and run again, end as if nothing had happened."""

import random
import sys
from pathlib import Path

import pytest
from harness import KitProject
from history import small_project
from stops import CASES, WAYS, Stops, Way

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops happen in forked processes")
SLICE = (
    "build",
    "event deliver",
    "event purge",
    "event archive",
    "adopt",
    "archive --open",
    "edition new",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    return small_project(tmp_path_factory.mktemp("kecil") / "proyek")


@pytest.mark.parametrize("name", SLICE)
def test_a_stopped_command_is_completed_by_the_next_run(small: KitProject, tmp_path: Path, name: str) -> None:
    """In each way once, at changes drawn by the name of the command: equal to the undisturbed tree, nothing left aside."""
    stops = Stops(CASES[name], small, tmp_path)
    assert stops.steps > 6  # the lock alone is six
    chance = random.Random(name)
    for way in WAYS:
        stops.try_step(chance.randrange(1, stops.steps + 1), way)


@pytest.mark.parametrize("way", WAYS)
def test_the_first_and_the_last_change_are_no_exception(small: KitProject, tmp_path: Path, way: Way) -> None:
    """Where nothing was written yet, and where all was."""
    stops = Stops(CASES["event check"], small, tmp_path)
    for step in (1, stops.steps):
        stops.try_step(step, way)

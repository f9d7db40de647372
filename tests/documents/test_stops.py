"""A slice of `bench/stops.py`: commands that write, stopped at the disk and run again, end as if nothing had happened."""

import inspect
import random
import sys
from pathlib import Path

import click
import pytest
from harness import KitProject
from history import small_project
from stops import CASES, WAYS, Stops, Way

from kitgen.cli import cli

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


def writing_commands() -> list[tuple[str, ...]]:
    """Every command that takes the project's lock, by the words it is called with."""
    found: list[tuple[str, ...]] = []
    groups: list[tuple[tuple[str, ...], click.Command]] = [((), cli)]
    for words, command in groups:  # grows while it is gone through
        if isinstance(command, click.Group):
            groups += [((*words, name), each) for name, each in command.commands.items()]
        if command.callback is not None and "hold_lock(" in inspect.getsource(inspect.unwrap(command.callback)):
            found.append(words)
    return found


def test_every_command_that_writes_is_stopped() -> None:
    """`bench/stops.py` goes through these cases: a new command that writes gets one."""
    commands = writing_commands()
    assert ("build",) in commands and ("event", "deliver") in commands
    tried = [case.arguments for case in CASES.values()]
    assert [words for words in commands if not any(each[: len(words)] == words for each in tried)] == []


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

"""The house of tests: it mirrors the folders of kitgen, and tests know only what lies in `support`. Read, nothing is run."""

import ast
from pathlib import Path

import pytest
from examples import examples, number_in
from harness import ROOT
from hypothesis import settings

TESTS = ROOT / "tests"
ROOMS = {path.parent.name for path in (ROOT / "kitgen").glob("*/__init__.py")}
OTHERS = {"templates", "upgrade"}
"""Tests of the shipped templates, and of what an older kitgen left."""
AT_THE_TOP = {"test_docs.py", "test_floors.py", "test_pins.py", "test_suite.py", "test_windows.py"}
"""Tests of the tree itself."""
FILES = sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py") if "fixtures" not in path.parts)


def imported(text: str) -> set[str]:
    """The first words of the modules a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_test_lies_in_the_room_it_is_about(name: str) -> None:
    """One level of folders, each named after a folder of kitgen; what tests share lies in `support` alone."""
    *rooms, file = name.split("/")
    if not rooms:
        assert file in AT_THE_TOP | {"conftest.py"}
    elif rooms == ["support"]:
        assert not file.startswith("test_")
    else:
        assert len(rooms) == 1 and rooms[0] in ROOMS | OTHERS
        assert file.startswith("test_") or file == "conftest.py"


@pytest.mark.parametrize("name", FILES)
def test_no_test_imports_from_another(name: str) -> None:
    """Nor from `conftest`: what two of them need is in `support`."""
    names = imported((TESTS / name).read_text("utf-8"))
    assert not {word for word in names if word.startswith("test_") or word in ("conftest", "tests", "support")}


def test_every_file_of_tests_says_what_it_is_about() -> None:
    """In its first line."""
    silent = [name for name in FILES if not ast.get_docstring(ast.parse(Path(TESTS / name).read_text("utf-8")))]
    assert silent == []


def test_profiles_try_a_few_examples_as_many_as_named_and_ten_times_those() -> None:
    """`ci` is what a test names, `dev` never more than that, `long` more; whichever is chosen is what tests get."""
    numbers = {profile: [number_in(profile, ci) for ci in (6, 60, 600)] for profile in ("dev", "ci", "long")}
    assert numbers == {"dev": [6, 25, 25], "ci": [6, 60, 600], "long": [60, 600, 6000]}
    assert number_in("dev", 10, dev=2) == 2 and number_in("ci", 10, dev=2) == 10
    assert examples(600).max_examples == number_in(settings.get_current_profile_name(), 600)


def test_every_number_of_examples_follows_the_profile() -> None:
    """None is written past `examples`, nor a deadline: machines differ."""
    texts = {
        name: (TESTS / name).read_text("utf-8")
        for name in FILES
        if name not in ("test_suite.py", "support/examples.py")
    }
    assert [name for name, text in texts.items() if "max_examples" in text or "deadline=" in text] == []

"""The versions this tree is tested with: complete, exact, and nothing of the place they were taken from."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kitgen.documents.build.archive import LIBRARIES, versions_now

LINE = re.compile(r"([a-z0-9][a-z0-9-]*)==([0-9][0-9A-Za-z.+!]*)")


def declared(root: Path, *extras: str) -> list[Requirement]:
    """What pyproject.toml asks for."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(text for extra in extras for text in project["optional-dependencies"][extra])]
    return [Requirement(text) for text in asked]


def pinned(text: str) -> dict[str, str]:
    """Version by name, where every line is one of both."""
    found = [LINE.fullmatch(line) for line in text.splitlines()]
    assert None not in found
    return {match[1]: match[2] for match in found if match}


def test_constraints_name_every_dependency_and_nothing_else(root: Path) -> None:
    """Lines of a name and a version only: no option, no index, no address, each name once."""
    text = (root / "constraints.txt").read_text("utf-8")
    versions = pinned(text)
    assert len(versions) == len(text.splitlines())
    for asked in declared(root, "test"):
        version = versions.get(canonicalize_name(asked.name))
        assert version, f"{asked.name} is not in constraints.txt: run .ci/pin"
        assert asked.specifier.contains(version), f"{asked} and constraints.txt do not agree: run .ci/pin"


@pytest.mark.parametrize("script", ["run", "newest", "outside", "pin", "licences", "cli-page", "changelog"])
def test_scripts_of_ci_can_be_run(root: Path, script: str) -> None:
    """As files, without naming what runs them."""
    assert os.access(root / ".ci" / script, os.X_OK)


def test_everything_is_installed_by_the_constraints_but_where_the_newest_is_wanted(root: Path) -> None:
    """The README's commands, .ci/run and .ci/outside; not .ci/newest."""
    readme, run, newest = ((root / name).read_text("utf-8") for name in ("README.md", ".ci/run", ".ci/newest"))
    assert re.search(r'"-c", str\(ROOT / "constraints.txt"\), str\(wheel\)', (root / ".ci/outside").read_text("utf-8"))
    for text, least in ((readme, 2), (run, 1)):
        installing = [
            line for line in text.splitlines() if re.search(r"\bpip\S* install\b.*(\.\[test\]|whl| \. )", line)
        ]
        assert len(installing) >= least
        assert all("-c constraints.txt" in line for line in installing)
    assert "-c constraints.txt" not in newest and "--upgrade" in newest


LOCKED = re.compile(r"([a-z0-9][a-z0-9-]*)==([0-9][0-9A-Za-z.+!]*)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def locked(root: Path) -> dict[str, tuple[str, int]]:
    """Version and number of hashes by name, where the file is nothing but these."""
    text = (root / "requirements.lock").read_text("utf-8")
    assert LOCKED.sub("", text) == ""
    return {match[1]: (match[2], match[3].count("--hash")) for match in LOCKED.finditer(text)}


def test_the_lock_has_every_library_with_its_hashes_and_no_address(root: Path) -> None:
    """What pyproject.toml asks for to run, and what that needs; the versions of constraints.txt; nothing else."""
    found, versions = locked(root), pinned((root / "constraints.txt").read_text("utf-8"))
    for asked in declared(root):
        name = canonicalize_name(asked.name)
        assert name in found, f"{name} is not in requirements.lock: make it anew (CONTRIBUTING.md)"
        assert asked.specifier.contains(found[name][0])
    assert {name: version for name, (version, _) in found.items()} == {name: versions[name] for name in found}


def test_the_lock_holds_the_files_of_every_system(root: Path) -> None:
    """Libraries with compiled parts have a file for each system and Python, besides their source."""
    found = locked(root)
    systems, pythons = 3, 3
    assert all(found[name][1] > systems * pythons for name in ("lxml", "markupsafe", "pyyaml"))
    assert all(count >= 2 for _, count in found.values())  # a wheel and the source


def test_an_archive_names_every_library(root: Path) -> None:
    """With its version: those kitgen asks for, and those they need."""
    assert set(LIBRARIES) == locked(root).keys()
    assert versions_now().keys() == {"kitgen", "renderer", "python", *LIBRARIES}
    assert "not there" not in versions_now().values()


def test_every_library_is_under_a_licence_that_asks_for_no_more_than_to_be_named(root: Path) -> None:
    """`.ci/licences` lists them, and those of tests on request."""
    for option in ([], ["--test"]):
        run = subprocess.run([sys.executable, root / ".ci/licences", *option], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
        assert {line.split()[0] for line in run.stdout.splitlines()} >= locked(root).keys()
        assert "states none" not in run.stdout

"""The versions this tree is tested with: complete, exact, and nothing of the place they were taken from."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


@pytest.mark.parametrize("script", ["run", "newest", "pin"])
def test_scripts_of_ci_can_be_run(root: Path, script: str) -> None:
    """As files, without naming what runs them."""
    assert os.access(root / ".ci" / script, os.X_OK)


def test_everything_is_installed_by_the_constraints_but_where_the_newest_is_wanted(root: Path) -> None:
    """The README's commands and .ci/run; not .ci/newest."""
    readme, run, newest = ((root / name).read_text("utf-8") for name in ("README.md", ".ci/run", ".ci/newest"))
    for text in (readme, run):
        installing = [
            line for line in text.splitlines() if re.search(r"\bpip\S* install\b.*(\.\[test\]|whl| \. )", line)
        ]
        assert len(installing) >= 2
        assert all("-c constraints.txt" in line for line in installing)
    assert "-c constraints.txt" not in newest and "--upgrade" in newest

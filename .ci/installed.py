"""What pyproject.toml asks for, and all that is installed here for it: libraries, those they need, and so on."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def declared(*extras: str) -> list[str]:
    """What pyproject.toml asks for, to run and with these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *(text for extra in extras for text in project["optional-dependencies"][extra])]


def installed(texts: list[str]) -> dict[str, Distribution]:
    """Each library asked for and all it needs here, by name. Raises `PackageNotFoundError`."""
    return dict(sorted(_found(texts, "", {}).items()))


def _found(texts: list[str], extra: str, known: dict[str, Distribution]) -> dict[str, Distribution]:
    for requirement in _wanted(texts, extra):
        name = canonicalize_name(requirement.name)
        if name not in known:
            known[name] = distribution(name)
            for one in requirement.extras or {""}:
                _found(known[name].requires or [], one, known)
    return known


def _wanted(texts: list[str], extra: str) -> Iterator[Requirement]:
    for requirement in map(Requirement, texts):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement

"""Problems as the page shows them: one cause once, with all its places; cells of workbooks by sheet and address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Problem:
    """Masalah: what is wrong, what to do about it, and where: a label, with what is said of that place alone."""

    severity: str
    message: str
    help: str
    places: list[tuple[str, str]] = field(default_factory=list)
    is_same: bool = True
    """Whether all places have the same words."""


def grouped_problems(problems: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Problems of one template and one remedy together, errors first; the first one speaks for them."""
    found: dict[tuple[str, str, str], Problem] = {}
    for each in problems:
        severity, message, help = (str(each.get(name) or "") for name in ("severity", "message", "help"))
        key = (severity, str(each.get("template") or message), help)
        problem = found.setdefault(key, Problem(severity, message, help))
        problem.is_same = problem.is_same and problem.message == message
        problem.places.append((place_of(each), message))
    return sorted(found.values(), key=lambda each: each.severity != "error")


def place_of(problem: Mapping[str, Any]) -> str:
    """Where a problem is, in words: sheet and cell, or file and line."""
    if problem.get("sheet") or problem.get("cell"):
        return " ".join(str(problem[name]) for name in ("sheet", "cell") if problem.get(name))
    file = str(problem.get("file") or "")
    if problem.get("line") is not None:
        file = f"{file}:{problem['line']}"
    return ", ".join(part for part in (file, str(problem.get("spot") or "")) if part)

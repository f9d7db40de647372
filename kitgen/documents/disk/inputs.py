"""One digest for all that a build of kits is told: data, templates, records of deliveries, histories, kitgen itself.

It is of the bytes of files, not of their times, but for kitgen's own files and those of its libraries.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kitgen import __version__
from kitgen.base.digests import Digest, digest
from kitgen.base.project import DELIVERIES_FILE, Project

_PACKAGE: Final = Path(__file__).parent.parent.parent
_LIBRARIES: Final = ("yaml", "jinja2", "lxml")
"""What reads data and templates."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Masukan: a digest of all that decides what documents say, and one of what is remembered of former ones."""

    data: str
    memory: str


class Unclear(Exception):
    """Raised for what has no plain contents: a pipe, a link, a file nobody may read."""


def inputs_of(project: Project) -> Inputs:
    """The digests of what a run about kits of this project would read now. Raises `Unclear`."""
    folders = {"scheme": project.scheme_dir, "templates": project.templates_dir}
    if project.own_templates is not None:
        folders["own"] = project.own_templates
    data = {"": kitgen_itself()}
    for name, folder in folders.items():
        data |= {f"{name}/{path}": file_digest(folder, path) for path in all_below(folder)}
    data |= {f"events/{path}": file_digest(project.events_dir, path) for path in _records(project.events_dir)}
    memory = {path: file_digest(project.histories_dir, path) for path in all_below(project.histories_dir)}
    return Inputs(digest_of(data), digest_of(memory))


def kitgen_itself() -> Digest:
    """What tells this kitgen from any other: its version, its files, and those of Python and libraries."""
    files = {name: _size_and_time(Path(origin)) for name, origin in _origins()}
    own = (name for name in all_below(_PACKAGE) if not name.endswith(("/", ".pyc")))
    files |= {name: _size_and_time(_PACKAGE / name) for name in own}
    return digest_of({"kitgen": __version__, "python": sys.version, **files})


def digest_of(told: Mapping[str, str]) -> Digest:
    """One digest for what is told of each name."""
    lines = (f"{name}\0{told[name]}\n" for name in sorted(told))
    return digest("".join(lines).encode("utf-8", "surrogateescape"))


def file_digest(folder: Path, name: str) -> Digest:
    """The digest of the bytes of a file that `all_below` named; of a folder nothing. Raises `Unclear`."""
    if name.endswith("/"):
        return Digest("")
    try:
        with Path(folder, name).open("rb") as file:
            return digest(file.read())
    except OSError as error:
        raise Unclear(name) from error


def all_below(folder: Path) -> list[str]:
    """All that lies below a folder, hidden or not, as sorted relative paths; those of folders end in `/`.

    Nothing where there is no folder. Raises `Unclear` for what is neither folder nor file, and for a folder that
    cannot be read.
    """
    found: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(f"{folder}/{below}") as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        found.append(f"{below}{entry.name}/")
                        waiting.append(found[-1])
                    elif entry.is_file(follow_symlinks=False):
                        found.append(f"{below}{entry.name}")
                    else:
                        raise Unclear(entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Unclear(below) from error
    return sorted(found)


def _origins() -> Iterator[tuple[str, str]]:
    for name in _LIBRARIES:
        found = find_spec(name)
        if found is None or found.origin is None:
            raise Unclear(name)
        yield name, found.origin


def _size_and_time(path: Path) -> str:
    try:
        found = path.stat()
    except OSError as error:
        raise Unclear(path.name) from error
    return f"{found.st_size} {found.st_mtime_ns}"


def _records(events: Path) -> list[str]:
    """The records of deliveries below the folder of events."""
    try:
        names = sorted(path.name for path in events.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unclear(events.name) from error
    return [f"{name}/{DELIVERIES_FILE}" for name in names if os.path.lexists(events / name / DELIVERIES_FILE)]

"""Finds the project a command is run in, its schemes and editions."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.errors import Findings, KitgenError, Place, did_you_mean, failure
from kitgen.base.messages import NOTHING, Message, said
from kitgen.base.project import EditionName, Project
from kitgen.kits.paths import safe_name

WINDOWS_NAMES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names no folder can have there."""
_EDITION: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class DefaultEdition:
    """Edisi bawaan: what commands take of a scheme if none is named; `notice` tells it where a draft could be meant."""

    scheme: str
    edition: str
    notice: Message = NOTHING


def find_project(start: str | os.PathLike[str]) -> Project:
    """The project of a folder: the nearest parent that holds `scheme/`, else the folder itself.

    A template of its own `templates/` is taken for the one of the same name that is shipped with kitgen.
    """
    start = Path(start).resolve()
    root = next((folder for folder in (start, *start.parents) if (folder / "scheme").is_dir()), start)
    own, shipped = root / "templates", shipped_folder("templates")
    has_own = own.is_dir() and not own.samefile(shipped)
    return Project(root, shipped, own_templates=own if has_own else None)


def shipped_folder(name: str) -> Path:
    """What came with kitgen (`templates`, `scheme`, `events`): in the wheel, or beside the package in a source tree."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_shipped" / name
    return inside if inside.is_dir() else package.parent / name


def refuse_outside(project: Project) -> None:
    """Raises `KitgenError` where the folder is no project at all, which is why nothing is found in it."""
    if not project.scheme_dir.is_dir():
        raise failure(
            said("this folder is no project of kitgen: neither it nor a folder above it holds `scheme/`"),
            None,
            said(
                "go to the project's folder, or name it: `kitgen -C FOLDER COMMAND`; `kitgen init DIR` begins a new one"
            ),
        )


def no_event(project: Project, name: str, known: Iterable[str], otherwise: Message = NOTHING) -> KitgenError:
    """The refusal of an event there is none of; `known` are those there are, `otherwise` is said where there are none.

    Raises it for a folder that is no project.
    """
    refuse_outside(project)
    names = sorted(known)
    near = did_you_mean(name, names) or (said("known: {names}", names=", ".join(names)) if names else otherwise)
    return failure(said("there is no event `{safe_name}`", safe_name=safe_name(name)), Place("events"), near)


def find_editions(project: Project, scheme: str | None, edition: str | None) -> list[EditionName]:
    """Slug and edition of what a run is about: of every scheme the default edition (`default_edition`) unless narrowed.

    Raises `KitgenError` if there is none, or none of the names given.
    """
    slugs = _folders(project.scheme_dir)
    if not slugs:
        refuse_outside(project)
        raise failure(
            said("there is no scheme here yet"), Place("scheme"), said("import one: `kitgen import PAGE --title TITLE`")
        )
    if scheme is not None and scheme not in slugs:
        raise failure(
            said("there is no scheme `{scheme}`", scheme=scheme),
            Place("scheme"),
            did_you_mean(scheme, slugs) or said("known: {slugs}", slugs=", ".join(slugs)),
        )
    found: list[EditionName] = []
    problems = Findings()
    for slug in [scheme] if scheme is not None else slugs:
        editions = editions_of(project, slug)
        odd = [name for name in editions if any(sign.isdigit() and not sign.isascii() for sign in name)]
        for name in odd if edition is None else ():
            problems.error(
                said("edition `{name}` cannot be ordered among the others", name=name),
                Place(f"scheme/{slug}/{name}"),
                said("name the folder with the digits 0 to 9, for instance 2025"),
            )
        if edition is not None and edition in editions:
            found.append(EditionName(slug, edition))
        elif edition is None and (default := default_edition(project, slug)) is not None:
            found.append(EditionName(slug, default.edition))
        elif edition is None or scheme is not None:
            what = said("scheme `{slug}` has no edition", slug=slug) + (
                said(" `{edition}`", edition=edition) if edition else said(" with a scheme.yaml")
            )
            problems.error(
                what,
                Place(f"scheme/{slug}"),
                said("known: {editions}", editions=", ".join(editions))
                if editions
                else said("a folder in it holds the data of an edition; call the file `scheme.yaml`"),
            )
    if edition is not None and not found and not problems.errors:
        problems.error(said("no scheme has an edition `{edition}`", edition=edition), Place("scheme"))
    problems.stop_on_errors()
    return found


def only_edition(found: Sequence[EditionName], whole: Message) -> EditionName:
    """The one edition that was found, for what is made of one. Raises `KitgenError`, which says so (`whole`)."""
    if len(found) != 1:
        slugs = ", ".join(each.slug for each in found)
        raise failure(whole, Place("scheme"), said("say which, `--scheme`: {slugs}", slugs=slugs))
    return found[0]


def is_edition_name(edition: str) -> bool:
    """Whether an edition can be the name of a folder everywhere: letters, digits, and `.`, `_`, `-` inside."""
    return bool(_EDITION.fullmatch(edition)) and edition.split(".")[0].lower() not in WINDOWS_NAMES


def editions_of(project: Project, slug: str) -> list[str]:
    """The editions of a scheme, the newest last."""
    there = [
        name for name in _folders(project.scheme_dir / slug) if project.scheme_file(EditionName(slug, name)).is_file()
    ]
    return sorted(there, key=_age)


def default_edition(project: Project, slug: str) -> DefaultEdition | None:
    """The edition that is taken where none is named: the newest released one, the newest draft where none is released.

    So a draft, finished or not, stops no work with the edition that is in use. None if the scheme has no edition.
    """
    editions = editions_of(project, slug)
    released = [name for name in editions if project.seal_file(EditionName(slug, name)).is_file()]
    if not editions:
        return None
    taken = (released or editions)[-1]
    drafts = editions[editions.index(taken) + 1 :]
    notice = NOTHING
    if drafts:
        those = (
            said("draft {drafts} is", drafts=drafts[0])
            if len(drafts) == 1
            else said("drafts {drafts} are", drafts=", ".join(drafts))
        )
        notice = said(
            "edition {taken} of {slug} is taken, the newest released one; {those} left alone (name it to take it)",
            taken=taken,
            slug=slug,
            those=those,
        )
    elif not released and len(editions) > 1:
        notice = said("edition {taken} of {slug} is taken, the newest draft: none is released", taken=taken, slug=slug)
    return DefaultEdition(slug, taken, notice)


def default_editions(project: Project, scheme: str | None) -> list[DefaultEdition]:
    """The default editions of all schemes, or of one; none of a scheme that is not there."""
    found = [default_edition(project, slug) for slug in _folders(project.scheme_dir) if scheme in (None, slug)]
    return [each for each in found if each is not None]


def below_output(project: Project, path: str) -> str:
    """The path of a document as people type it: from the working directory, or from `output/`."""
    full = Path(path).resolve()
    if full.is_relative_to(project.output_dir):
        return full.relative_to(project.output_dir).as_posix()
    return PurePosixPath(path.replace("\\", "/")).as_posix().removeprefix("output/")


def _folders(parent: Path) -> list[str]:
    if not parent.is_dir():
        return []
    return sorted(path.name for path in parent.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _age(edition: str) -> list[tuple[int, str]]:
    """Sorts editions as people count them: `2024-2` before `2024-10`."""
    parts = edition.replace(".", "-").split("-")
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in parts]

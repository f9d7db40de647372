"""Digests of all the data the documents of an edition or event are made of: equal ones, nothing a person changed."""

from collections.abc import Iterable
from pathlib import Path

from kitgen.base.digests import Digest, PartsDigest, digest, digest_parts, keyed
from kitgen.base.errors import Place, unreadable
from kitgen.base.project import EditionName, Project
from kitgen.load.edition.seal import file_digests


def edition_state(project: Project, edition: EditionName, pictures: Iterable[str]) -> PartsDigest:
    """The state of an edition's data and of the LSP's identity with its pictures."""
    return digest_parts(_of_edition(project, edition, pictures))


def event_state(project: Project, name: str, pinned: EditionName, pictures: Iterable[str], key: bytes) -> PartsDigest:
    """The same of an event with its lists and results, under its secret; `pinned` are scheme and edition."""
    from kitgen.load.event.marks_file import MARKS_NAME  # loads all that reads workbooks, which kits do without
    from kitgen.load.event.replaced_file import REPLACED_NAME
    from kitgen.load.event.results_file import RESULTS_NAME
    from kitgen.load.event.schedule import LIST_NAMES

    home = project.event_file(name).parent
    files = [project.event_file(name), *(home / each for each in (*LIST_NAMES, RESULTS_NAME))]
    found = {f"event/{path.name}": _digest(path) for path in files}
    later = {path: _digest(path) for path in (home / MARKS_NAME, home / REPLACED_NAME)}
    found |= {f"event/{path.name}": each for path, each in later.items() if each}  # states of before knew none
    return keyed(digest_parts({**_of_edition(project, pinned, pictures), **found}), key)


def _of_edition(project: Project, edition: EditionName, pictures: Iterable[str]) -> dict[str, Digest]:
    folder = project.scheme_file(edition).parent
    found = {f"edition/{name}": each for name, each in file_digests(folder).items()}
    of_body = [project.identity_file, *(project.scheme_dir / name for name in pictures)]
    return found | {f"body/{path.name}": _digest(path) for path in of_body}


def _digest(path: Path) -> Digest:
    """Of no file: nothing."""
    try:
        return digest(path.read_bytes())
    except FileNotFoundError:
        return Digest("")
    except OSError as error:
        raise unreadable(error, Place(path.name)) from error

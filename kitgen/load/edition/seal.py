"""Reads and writes `segel.json`, the seal of a released edition, and tells what was changed since."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kitgen.base.digests import Digest, PartsDigest, digest, digest_parts
from kitgen.base.errors import Findings, Place, failure, unreadable
from kitgen.base.messages import Message, said
from kitgen.base.project import SEAL_FILE, EditionName, Project
from kitgen.load.edition.origin import ORIGIN_FILE
from kitgen.load.edition.references import data_files
from kitgen.load.json_file import json_text, open_json
from kitgen.load.locate import editions_of
from kitgen.model.origin import EditionSeal

FORMAT: Final = 2
"""1, of kitgen 0.1: without what the release keeps."""
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG files begin."""
_DAMAGED: Final = said("put it back from a copy of the folder")


def is_sealed(project: Project, edition: EditionName) -> bool:
    """Whether an edition was released."""
    return project.seal_file(edition).is_file()


def refuse_sealed(project: Project, edition: EditionName) -> None:
    """Raises `KitgenError` for a released edition: nothing of it is written any more."""
    if is_sealed(project, edition):
        editions = editions_of(project, edition.slug)
        drafts = [
            name
            for name in editions[editions.index(edition.name) :]
            if not is_sealed(project, EditionName(edition.slug, name))
        ]
        advice = said("name the draft {drafts} to change that", drafts=drafts[-1]) if drafts else _next(edition.slug)
        raise failure(
            said(
                "edition {edition} of {slug} is released and is not changed any more; nothing was written",
                edition=edition.name,
                slug=edition.slug,
            ),
            Place(project.shown(project.scheme_file(edition).parent)),
            advice,
        )


def check_seal(project: Project, edition: EditionName, findings: Findings) -> EditionSeal | None:
    """The seal of an edition, None if it is a draft; every file changed, added or gone since is noted as an error."""
    folder = project.scheme_file(edition).parent
    seal = load_seal(folder / SEAL_FILE, project.shown(folder / SEAL_FILE), findings)
    if seal is None:
        return None
    now = file_digests(folder)
    for name in sorted({*now, *seal.files}):
        if now.get(name) != seal.files.get(name):
            what = (
                said("was added")
                if name not in seal.files
                else said("is gone")
                if name not in now
                else said("was changed")
            )
            advice = said("take it out of the folder") if name not in seal.files else said("put it back as it was")
            findings.error(
                said("file {what} since edition {edition} was released", what=what, edition=edition.name),
                Place(project.shown(folder / name)),
                said("{advice}, and {next}", advice=advice, next=_next(edition.slug)),
            )
    return seal


def _next(slug: str) -> Message:
    return said("open the next edition with `kitgen edition new {slug} NEW`", slug=slug)


def load_seal(path: Path, name: str, findings: Findings) -> EditionSeal | None:
    """A seal as written; None if there is none or (noted) it is damaged."""
    found = open_json(path, name, FORMAT, _DAMAGED, findings)
    if found is None:
        return None
    files: Any = found.get("files")
    edition: Any = found.get("edition")
    released: Any = found.get("released", "")
    is_sound = isinstance(files, dict) and all(isinstance(each, str) for each in (*files.values(), edition, released))
    if not is_sound or found.get("digest") != seal_digest(files):
        findings.error(said("the seal of the edition is damaged"), Place(name), _DAMAGED)
        return None
    return EditionSeal(edition, released, files, found["digest"], str(found.get("kept", "")))


def seal_text(edition: str, files: Mapping[str, Digest], released: str, kept: str) -> str:
    """The whole file; `kept` is the digest of what the release keeps besides its data."""
    date = {"released": released} if released else {}
    of_data = {"digest": seal_digest(files), "files": dict(files)}
    return json_text({"format": FORMAT, "edition": edition, **date, "kept": kept, **of_data})


def seal_digest(files: Mapping[str, Digest]) -> PartsDigest:
    """One digest for all files of an edition."""
    return digest_parts(files)


def file_digests(folder: Path) -> dict[str, Digest]:
    """The digest of every file of an edition that a page can depend on, by its path in the folder with `/`.

    Raises `KitgenError` if one cannot be read.
    """
    try:
        return {path.relative_to(folder).as_posix(): digest(_content(path)) for path in read_files(folder)}
    except OSError as error:
        raise unreadable(error, Place(folder.name)) from error


def read_files(folder: Path) -> list[Path]:
    """The files of an edition kitgen reads: its data, where it comes from, and pictures, which a template may name by
    their path below `scheme/`. Nothing reads any other, such as notes, reports or workbooks beside them.
    """
    pictures = (path for path in folder.rglob("*") if _is_seen(path.relative_to(folder)) and _is_picture(path))
    return sorted({*data_files(folder), *(path for path in [folder / ORIGIN_FILE] if path.is_file()), *pictures})


def _is_seen(path: Path) -> bool:
    return not any(part.startswith((".", "~$")) for part in path.parts)


def _is_picture(path: Path) -> bool:
    """By what it holds: templates take a picture under any name."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(8).startswith(_PICTURES)


def _content(path: Path) -> bytes:
    """What a file says: Git and editors may end the lines of a text otherwise, or put a mark at its beginning."""
    content = path.read_bytes()
    if content.startswith(_PICTURES):
        return content
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")

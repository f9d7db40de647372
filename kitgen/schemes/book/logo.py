"""The logo of an LSP given as a file: looked at, put beside its identity, and named there."""

from pathlib import Path, PurePath
from typing import Final

from kitgen.base.errors import Findings, KitgenError, failure
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import write_whole
from kitgen.kits.paths import safe_name
from kitgen.load.yaml.reshape import tree_of
from kitgen.load.yaml.source import open_yaml
from kitgen.render.package.picture_files import PictureRefused, measured
from kitgen.schemes.book.facts import Taken, take_file
from kitgen.schemes.book.files import data_path
from kitgen.schemes.book.scheme_sheets import IDENTITY

LOGOS: Final = ("logo", "partner_logo")
"""Keys of the identity that name a picture."""
MOST_BYTES: Final = 5 * 1024 * 1024
_PNG: Final = b"\x89PNG"


def take_logo(project: Project, edition: EditionName, key: str, name: str, data: bytes) -> Taken:
    """Write a picture beside the identity and name it there as `key`, one of `LOGOS`; `name` is what people call it.

    A file of that name that holds something else stays; the new one gets a number. Whoever calls holds the project's
    lock. Raises `KitgenError` for what is no PNG or JPEG, and for a file that is too large.
    """
    if len(data) > MOST_BYTES:
        raise failure(
            said("`{name}` is too large for a logo: at most {most} MB are taken", name=name, most=MOST_BYTES >> 20),
            None, said("save it smaller; it is printed 22 mm wide"),
        )  # fmt: skip
    try:
        measured(data)
    except PictureRefused as refused:
        raise failure(
            said("`{name}` is no logo that can be printed ({why})", name=name, why=refused.message),
            None,
            said("save the logo as PNG or JPEG"),
        ) from refused
    folder = data_path(project, edition, IDENTITY).parent
    stem = safe_name(PurePath(name).stem, 50) or "logo"
    suffix = ".png" if data.startswith(_PNG) else ".jpg"
    target = _free(folder, stem, suffix, data)
    is_new = not target.exists()
    write_whole(target, data)
    taken = take_file(project, edition, key, target.name)
    if is_new and (taken.problems or taken.besides):
        target.unlink()
    return taken


def logo_of(project: Project, key: str) -> Path | None:
    """The picture the identity names as `key`; None where it names none that is there."""
    path = project.identity_file
    try:
        top = open_yaml(path, project.shown(path), Findings()) if path.is_file() else None
    except KitgenError:
        return None
    tree = tree_of(top) if top is not None else None
    named = tree.get(key) if isinstance(tree, dict) else None
    if not isinstance(named, str) or not named or PurePath(named).name != named:
        return None
    file = path.with_name(named)
    return (
        file if file.is_file() and not file.is_symlink() and file.suffix.lower() in (".png", ".jpg", ".jpeg") else None
    )


def _free(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    number = 1
    while True:
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
        if not path.exists() or (path.is_file() and path.read_bytes() == data):
            return path
        number += 1

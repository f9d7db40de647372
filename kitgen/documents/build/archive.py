"""Archives: all that a build of some editions is made of in one file, with what the build gave, to be made again later.

An archive holds no clock, no path and no user, and nothing of events: those hold people's data and are kept apart.
"""

import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kitgen import __version__
from kitgen.base.errors import Findings, Place, failure
from kitgen.base.messages import said
from kitgen.base.project import SEAL_FILE, EditionName, Project
from kitgen.documents.build.keep import kept_now
from kitgen.documents.disk.files import write_whole, written_together
from kitgen.documents.disk.rooms import alone_at, room_elsewhere
from kitgen.documents.kept.bundle import template_bytes
from kitgen.documents.kept.keep import KEPT_FILES
from kitgen.documents.kept.made_with import made_with_edition
from kitgen.documents.status.status import Selection, status_of
from kitgen.kits.paths import safe_name
from kitgen.load.edition.origin import ORIGIN_FILE
from kitgen.load.edition.references import data_files
from kitgen.load.edition.seal import is_sealed, read_files
from kitgen.load.forms import FORMS_NAME, forms_text
from kitgen.load.identity import load_identity
from kitgen.load.json_file import parse_json, refuse_later
from kitgen.load.locate import find_editions, find_project
from kitgen.load.regular import read_regular
from kitgen.load.template_files import template_tree
from kitgen.render import RENDERER_VERSION
from kitgen.render.package.package import PackedPart, pack_part, read_zip, write_package

FORMAT: Final = 1
CONTENTS: Final = "arsip.json"
LIBRARIES: Final = (
    "blinker", "click", "et-xmlfile", "filelock", "flask", "itsdangerous", "jinja2", "lxml", "markupsafe", "openpyxl",
    "pillow", "pycryptodomex", "pypdf", "pypdfium2", "python-docx", "pyyaml", "pyzipper", "segno", "typing-extensions",
    "waitress", "werkzeug", "zxing-cpp",
)  # fmt: skip
"""Every library kitgen runs with, those of libraries too, as package indexes spell them."""
_FOLDERS: Final = ("scheme", "templates")
_BINARY: Final = (".bin", ".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")
"""Files that may hold macros; a project needs none, and none is unpacked."""
_LEVEL: Final = 6
_LONGEST: Final = 200
_NONE: Final = "not there"


@dataclass(frozen=True, slots=True)
class Archive:
    """Arsip: its files by path, the editions in it, versions it was made with, and the digest of each document's parts.

    Documents are named by their path below `output/`.
    """

    files: Mapping[str, bytes]
    editions: tuple[EditionName, ...]
    versions: Mapping[str, str]
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArchiveDifference:
    """Beda arsip: a version or a document that is not what it was; empty: was, or is, not there."""

    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Hasil bangun ulang: how many documents are in the archive, which come out differently, which versions differ."""

    documents: int
    different: tuple[ArchiveDifference, ...]
    versions: tuple[ArchiveDifference, ...]


def versions_now() -> dict[str, str]:
    """The versions of all that kitgen runs with here."""
    return {
        "kitgen": __version__, "renderer": str(RENDERER_VERSION), "python": platform.python_version(),
        **{name: _version(name) for name in LIBRARIES},
    }  # fmt: skip


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return _NONE


def make_archive(project: Project, path: Path, scheme: str | None = None, edition: str | None = None) -> Archive:
    """Write the archive of some editions (the default of every scheme, unless narrowed); gives what is in it.

    What it lists was made of the files in it and of nothing else. Raises `KitgenError` with every problem of data and
    templates, and if another file lies at `path`.
    """
    editions = tuple(find_editions(project, scheme, edition))
    files = dict(sorted(_collected(project, editions)))
    documents = _made(files, editions)
    archive = Archive(files, editions, versions_now(), documents)
    data = _packed(archive)
    _parsed(data, path.name)  # what could not be read again is not written
    if path.exists() and (not path.is_file() or path.read_bytes() != data):
        advice = said("name the archive otherwise, or move it away")
        raise failure(said("there is another file of this name"), Place(path.name), advice)
    if not path.exists():
        write_whole(path, data)
    return archive


def _collected(project: Project, editions: tuple[EditionName, ...]) -> Iterator[tuple[str, bytes]]:
    """The files an edition is made of, and no others that lie beside them.

    Its data, identity and the pictures that names, the templates with their list. Raises `KitgenError` for links.
    """
    here, findings = project.scheme_dir, Findings()
    body, _ = load_identity(project, Findings())  # which files it names; what it says is read of the archive's own
    pictures = [each.picture for each in (body.logo, body.partner_logo) if each.picture]
    found = [project.identity_file, *(here / str(picture) for picture in pictures)]
    for edition in editions:
        folder = here / edition.folder
        # Of a draft only what is certainly data: a picture in its folder may be anybody's.
        of_edition = read_files(folder) if is_sealed(project, edition) else data_files(folder)
        found += [*of_edition, folder / ORIGIN_FILE, folder / SEAL_FILE, *(folder / name for name in KEPT_FILES)]
    tree = {name: path for name, path in template_tree(project).items() if name != FORMS_NAME}
    roots = [root for root in (project.own_templates, project.templates_dir) if root is not None]
    taken = [(here, "scheme", path) for path in found]
    taken += [(next(root for root in roots if path.is_relative_to(root)), "templates", path) for path in tree.values()]
    yield from _kept_of_zero_one(project, editions)
    for base, name, path in taken:
        if not path.is_file() or not path.is_relative_to(base) or not _is_wanted(path.relative_to(base)):
            continue
        if any(step.is_symlink() for step in (path, *path.parents) if step != base and step.is_relative_to(base)):
            findings.error(
                said("the file is a link, which is not followed"),
                Place(project.shown(path)),
                said("put the file itself in its place"),
            )
            continue
        inside = path.relative_to(base).as_posix()
        yield f"{name}/{inside}", path.read_bytes() if base == here else template_bytes(project, inside, path)
    findings.stop_on_errors()
    yield f"templates/{FORMS_NAME}", forms_text(project)


def _kept_of_zero_one(project: Project, editions: tuple[EditionName, ...]) -> Iterator[tuple[str, bytes]]:
    """What releases of kitgen 0.1, which keep nothing, were made with: as `kitgen upgrade` would write it."""
    for edition in editions:
        path = edition.folder
        if made_with_edition(project, edition).is_of_zero_one:
            kept = kept_now(status_of(project, Selection(*edition), explain=False), path)
            yield from ((f"scheme/{path}/{name}", content) for name, content in kept.files().items())


def _is_wanted(path: Path) -> bool:
    return not any(part.startswith((".", "~$", "__")) for part in path.parts)


def _made(files: Mapping[str, bytes], editions: tuple[EditionName, ...]) -> dict[str, str]:
    """The digest of the parts of every document these files make, made in memory."""
    with room_elsewhere() as folder:
        root = folder / "arsip"
        _unpack(files, root)
        project = find_project(root)
        made: dict[str, str] = {}
        for edition in editions:
            documents = status_of(project, Selection(*edition), explain=False).documents
            made |= {document.path: document.record.digest for document in documents}
    return dict(sorted(made.items()))


def _packed(archive: Archive) -> bytes:
    contents = {
        "format": FORMAT,
        "editions": [edition.folder for edition in archive.editions],
        "versions": dict(archive.versions),
        "documents": dict(archive.documents),
    }
    text = json.dumps(contents, ensure_ascii=False, indent=1) + "\n"
    parts = [pack_part(CONTENTS, text.encode(), _LEVEL)]
    parts += [pack_part(name, content, _LEVEL) for name, content in sorted(archive.files.items())]
    return write_package(parts)


def read_archive(path: Path) -> Archive:
    """An archive, read with distrust.

    Raises `KitgenError` for what is no archive, is damaged or hostile, or was made by a later kitgen.
    """
    try:
        data = read_regular(path)
    except OSError as error:
        raise failure(said("archive cannot be read ({strerror})", strerror=error.strerror), Place(path.name)) from error
    return _parsed(data, path.name)


def _parsed(data: bytes, name: str) -> Archive:
    place = Place(name)
    parts = read_zip(data, name, said("an archive of kitgen"), said("take the last good copy of it"))
    contents = _contents(parts, place)
    files: dict[str, bytes] = {}
    for entry, part in parts.items():
        if entry != CONTENTS:
            _refuse_odd_name(entry, place)
            files[entry] = part.content()
    _refuse_clashes(files, place)
    editions = tuple(_edition(text, place) for text in contents["editions"])
    return Archive(files, editions, contents["versions"], contents["documents"])


def _contents(parts: Mapping[str, PackedPart], place: Place) -> dict[str, Any]:
    known = {"editions": list, "versions": dict, "documents": dict}
    try:
        read = parse_json(parts[CONTENTS].content())
        number = read["format"]
        texts = [*read["editions"], *read["versions"].values(), *read["documents"].values()]
        is_sound = all(isinstance(read[key], kind) for key, kind in known.items()) and all(
            isinstance(text, str) for text in texts
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        number, is_sound, read = None, False, {}
    refuse_later(number, FORMAT, place.file, said("archive"))
    if not is_sound or number != FORMAT:
        raise failure(
            said("file is a ZIP but not an archive of kitgen"), place, said("take one that `kitgen archive` wrote")
        )
    return dict(read)


def _refuse_odd_name(name: str, place: Place) -> None:
    steps = PurePosixPath(name).parts
    plain = bool(steps) and all(safe_name(step, _LONGEST) == step and not step.startswith(".") for step in steps)
    is_binary = PurePosixPath(name).suffix.lower() in _BINARY
    if not plain or is_binary or steps[0] not in _FOLDERS or len(steps) < 2 or "/".join(steps) != name:
        raise failure(
            said("archive holds a file that belongs into no project"),
            Place(place.file, spot=said("file {name}", name=name[:80])),
        )


def _refuse_clashes(names: Iterable[str], place: Place) -> None:
    """No file where another has a folder, on any system."""
    names = list(names)
    folders = {folder.as_posix().casefold() for name in names for folder in PurePosixPath(name).parents}
    for name in names:
        if name.casefold() in folders:
            raise failure(
                said("archive holds a file and a folder of one name"),
                Place(place.file, spot=said("file {name}", name=name[:80])),
            )


def _edition(text: str, place: Place) -> EditionName:
    slug, _, edition = text.partition("/")
    if not slug or not edition or safe_name(slug) != slug or safe_name(edition) != edition:
        raise failure(said("archive names an edition that cannot be"), place)
    return EditionName(slug, edition)


def open_archive(path: Path, folder: Path) -> Archive:
    """Make a project of an archive in a new folder; gives what is in it.

    Raises `KitgenError` as `read_archive` does, if something is in the folder already, or if people work in it.
    """
    archive = read_archive(path)
    folder = folder.resolve()
    if Path.cwd().is_relative_to(folder):
        raise failure(
            said("the folder you work in cannot be taken"), Place(folder.name), said("name a new one: `--open NAME`")
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise failure(said("something is there already"), Place(folder.name), said("name a new folder"))
    try:
        with alone_at(folder) as place, written_together(folder, place) as aside:
            _unpack(archive.files, aside)
    except OSError as error:
        raise failure(
            said("project cannot be written ({strerror})", strerror=error.strerror),
            Place(folder.name),
            said("check the rights and the room on the disk"),
        ) from error
    return archive


def _unpack(files: Mapping[str, bytes], root: Path) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def verify_archive(path: Path) -> Rebuilt:
    """Make every document of an archive in memory and hold it against what was made then; writes nothing.

    Raises `KitgenError` as `read_archive` does, and with the problems of data and templates this kitgen sees in it.
    """
    archive = read_archive(path)
    made, now = _made(archive.files, archive.editions), versions_now()
    return Rebuilt(
        len(archive.documents),
        tuple(_differences(archive.documents, made)),
        tuple(_differences(archive.versions, {name: now[name] for name in archive.versions if name in now})),
    )


def _differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[ArchiveDifference]:
    for name in sorted({**then, **now}):
        if then.get(name) != now.get(name):
            yield ArchiveDifference(name, then.get(name, ""), now.get(name, ""))

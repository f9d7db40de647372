"""Makes a project: folders, a commented identity, the first steps, start files, and the shipped scheme if asked for."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.errors import Place, failure, unreadable
from kitgen.base.language import DEFAULT
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import written_together
from kitgen.documents.disk.private import guard
from kitgen.kits.paths import safe_name
from kitgen.load.locate import shipped_folder
from kitgen.load.yaml.text import quoted
from kitgen.render.package.picture_files import PictureRefused, measured

FIRST_STEPS: Final = "Langkah Pertama.html"
_HERE: Final = Path(__file__).parent
_STARTS: Final = {"Buka kitgen.cmd": "buka.cmd", "Buka kitgen.command": "buka.command",
                  "Buka kitgen.desktop": "buka.desktop"}  # fmt: skip
"""What starts kitgen by a double click, by the name it has in a project: for Windows, macOS, Linux."""
_RUNS: Final = 0o755
_SCHEME: Final = "scheme/tenaga-pemasar-operasional-layanan"
_EVENT: Final = "events/contoh/jadwal.xlsx"
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Beginning:
    """Awal proyek: what is known of the LSP (empty: not yet), the language of the screen, whether with examples."""

    name: str = ""
    licence: str = ""
    address: str = ""
    logo: Path | None = None
    language: str = DEFAULT
    with_example: bool = False


def new_project(folder: Path, begun: Beginning) -> Project:
    """Make a project in a folder that is not there, or holds nothing; there is all of it or nothing.

    Raises `KitgenError` if something lies there, if a fact cannot be printed, and for a logo that is no picture.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise failure(
            said("{name} is there already, and is not empty", name=folder.name),
            Place(folder.name),
            said("name a folder that is not there yet: nothing is overwritten"),
        )
    logo = _read_logo(begun.logo) if begun.logo is not None else b""
    files = _files(begun, safe_name(begun.logo.name, 60) if begun.logo is not None else "")
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with written_together(target) as aside:
            for name in ("scheme", "events", "output"):
                (aside / name).mkdir()
            for name, content in files.items():
                (aside / name).write_bytes(content)
                if name in _STARTS:
                    (aside / name).chmod(_RUNS)
            if begun.logo is not None:
                (aside / "scheme" / safe_name(begun.logo.name, 60)).write_bytes(logo)
            if begun.with_example:
                _copy_examples(aside)
    except OSError as error:
        raise failure(
            said("the project cannot be written ({strerror})", strerror=error.strerror),
            Place(folder.name),
            said("choose another folder, or check its rights"),
        ) from error
    project = Project(target, shipped_folder("templates"))
    guard(project)
    return project


def _files(begun: Beginning, logo: str) -> dict[str, bytes]:
    facts = {"name": begun.name, "licence": begun.licence, "address": begun.address, "logo": logo}
    for value in facts.values():
        if not value.isprintable() or len(value) > _LONGEST:
            raise failure(
                said("a fact of the LSP is too long or holds what cannot be printed"),
                None,
                said("write it on one line"),
            )
    written = {key: quoted(" ".join(value.split())) if value.strip() else "" for key, value in facts.items()}
    identity = _filled("identity.txt", {**written, "language": begun.language})
    text = "\n".join(line.rstrip() for line in identity.split("\n"))
    example = (
        " Untuk dilihat-lihat, skema contoh sudah ada di folder <code>scheme</code>, dan jadwal contoh dengan orang"
        " rekaan di <code>events/contoh</code>: <code>kitgen build --event contoh</code>."
    )
    of = f"milik {html.escape(begun.name)}" if begun.name.strip() else "milik LSP Anda"
    steps = _filled("langkah-pertama.html", {"of": of, "example": example if begun.with_example else ""})
    found = {"scheme/identity.yaml": text.encode(), FIRST_STEPS: steps.encode()}
    for name, source in _STARTS.items():
        content = (_HERE / source).read_bytes()
        found[name] = content.replace(b"\n", b"\r\n") if name.endswith(".cmd") else content
    return found


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = (_HERE / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _read_logo(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        measured(content)
    except OSError as error:
        raise unreadable(error, Place(path.name)) from error
    except PictureRefused as refused:
        raise failure(refused.message, Place(path.name), said("save the logo as PNG or JPEG")) from refused
    return content


def _copy_examples(target: Path) -> None:
    """The scheme and the event kitgen comes with; not its identity, which is nobody's, nor what was made of them."""
    for name in (_SCHEME, _EVENT):
        kind, _, inside = name.partition("/")
        source, copy = shipped_folder(kind) / inside, target / name
        if source.is_dir():
            _copy(source, copy)
        else:
            copy.parent.mkdir()
            copy.write_bytes(source.read_bytes())


def _copy(source: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.name.startswith((".", "~$", "__")):
            continue
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            (target / path.name).write_bytes(path.read_bytes())

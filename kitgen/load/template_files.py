"""Which file a template is: the project's own, where it has one of that name, else the one that came with kitgen.

Names are paths below a folder of templates, with `/`: `docx/FR.IA.01.docx`, `docx/blocks/header.docx`, `forms.yaml`.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project

SET_ASIDE: Final = "_disisihkan"
"""Folder in a project's templates: what people made there and took back. Nothing in it is a template any more."""
_SUFFIXES: Final = (".docx", ".xlsx", ".yaml")


def template_file(project: Project, name: str) -> Path:
    """The file of this name; where there is none at all, the one that would be the shipped one."""
    own = own_file(project, name)
    return own if own is not None else project.templates_dir / name


def own_file(project: Project, name: str) -> Path | None:
    """The project's own file of this name, which overlays the shipped one; None if it has none.

    Raises `KitgenError` if what lies there is no file: it is neither waited for nor passed over.
    """
    path = project.own_templates / name if project.own_templates is not None else None
    if path is None or not path.exists():
        return None
    if not path.is_file():
        raise failure(said("file cannot be read (it is no file but a folder, a pipe or a device)"),
                      Place(project.shown(path)))  # fmt: skip
    return path


def shipped_file(project: Project, name: str) -> Path | None:
    """The shipped file of this name, where the project's own lies over it."""
    path = project.templates_dir / name
    return path if own_file(project, name) is not None and path.is_file() else None


def template_tree(project: Project) -> dict[str, Path]:
    """All files templates are made of, by name, sorted: the project's own over those that came with kitgen."""
    found = dict(_below(project.templates_dir))
    if project.own_templates is not None:
        found.update(_below(project.own_templates))
    return dict(sorted(found.items()))


def own_tree(project: Project) -> dict[str, Path]:
    """The project's own files among them, by name, sorted."""
    return dict(sorted(_below(project.own_templates))) if project.own_templates is not None else {}


def contents_of(folder: Path) -> dict[str, bytes]:
    """Everything a folder of templates holds, by name, sorted: for a machine that has no such folder."""
    return {name: path.read_bytes() for name, path in sorted(_below(folder))}


def block_folders(project: Project, name: str) -> tuple[Path, ...]:
    """The folders in which the blocks of a template are looked for, in this order: the project's own come first."""
    parents = PurePosixPath(name).parents
    roots = [root for root in (project.own_templates, project.templates_dir) if root is not None]
    found = (root / parent for root in roots for parent in parents if str(parent) != ".")
    return tuple(folder for folder in found if (folder / "blocks").is_dir())


def shared_files(project: Project, name: str) -> list[Path]:
    """The blocks a template may name, each as it is found, by name."""
    found: dict[str, Path] = {}
    for folder in block_folders(project, name):
        for path in folder.glob("blocks/*"):
            if path.is_file():
                found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith((".", "~$", "__")) or part == SET_ASIDE for part in name.parts)
        if path.suffix.lower() in _SUFFIXES and not is_hidden and path.is_file():
            yield name.as_posix(), path

"""The files of data that workbook and form of facts speak of: where each lies, what it says, how it is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings
from kitgen.base.project import EditionName, Project
from kitgen.load.sheets.workbook_files import content_of
from kitgen.load.yaml.reshape import Tree, tree_of
from kitgen.load.yaml.source import open_yaml, yaml_files
from kitgen.schemes.book.scheme_sheets import IDENTITY, SCHEME_FILE, SCHEME_SHEETS

_HEADS: Final[Mapping[str, str]] = {
    "methods.yaml": "# Metode asesmen setiap KUK dan perangkat setiap kelompok pekerjaan (FR.MAPA.01 dan FR.MAPA.02)\n",
    "tasks.yaml": "# Tugas praktik demonstrasi (FR.IA.02) dan kegiatan terstruktur (FR.IA.04A/B)\n",
    "blueprint.yaml": "# Kisi-kisi: bagaimana paket soal ditarik dari bank soal\n",
    "stations.yaml": "# Aturan stasiun: saluran, dimensi, dan umpan balik setiap KUK\n",
    IDENTITY: "# Lembaga Sertifikasi Profesi (LSP) pemilik dokumen\n",
}


def data_path(project: Project, edition: EditionName, file: str) -> Path:
    """Where a file of an edition's data lies, by its name in the sheets; that of the LSP is the project's."""
    if file == IDENTITY:
        return project.identity_file
    return project.scheme_file(edition).parent / file


def data_trees(project: Project, edition: EditionName, findings: Findings) -> dict[str, Tree]:
    """What the files of an edition say, by their names; empty for those that are not there."""
    names = list(dict.fromkeys(sheet.file for sheet in SCHEME_SHEETS))
    folder = project.scheme_file(edition).with_name("scenarios")
    names += [f"scenarios/{path.name}" for path in yaml_files(folder)] if folder.is_dir() else []
    found: dict[str, Tree] = {}
    for name in names:
        path = data_path(project, edition, name)
        top = open_yaml(path, project.shown(path), findings) if path.exists() or name == SCHEME_FILE else None
        tree = tree_of(top) if top is not None else {}
        found[name] = tree if isinstance(tree, dict) else {}
    return found


def head_of(file: str) -> str:
    """The comment a new file of this name begins with."""
    return _HEADS.get(file) or f"# Skenario bermain peran {Path(file).stem}\n"


def data_text(path: Path) -> str | None:
    """The text of a file without its byte-order mark; None where there is no file."""
    content = content_of(path)
    return None if content is None else content.decode("utf-8-sig")


def data_bytes(path: Path, text: str) -> bytes:
    """What is to be written: the text, with the byte-order mark the file has now."""
    mark = b"\xef\xbb\xbf" if (content_of(path) or b"").startswith(b"\xef\xbb\xbf") else b""
    return mark + text.encode()

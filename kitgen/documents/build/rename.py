"""Gives documents the names they have now, with what lies beside them, before anything is made anew."""

from collections.abc import Iterator
from pathlib import Path

from kitgen.base.project import Project
from kitgen.documents.disk.document import SUFFIXES, find_document
from kitgen.documents.disk.files import move_file
from kitgen.documents.disk.staleness import plain_name
from kitgen.documents.pdf.beside import pdf_of
from kitgen.documents.pdf.seal import read_seal
from kitgen.documents.status.status import RunStatus


def rename_documents(project: Project, run: RunStatus) -> int:
    """Rename the files of documents that lie under another name; gives how many documents they are.

    What people edited goes with them, and the PDFs kitgen made. Nothing is written over. Raises `KitgenError` if the
    disk refuses.
    """
    renamed = {plain_name(each.path): plain_name(each.moved_to or "") for each in run.orphans if each.is_renamed}
    moved = 0
    for old, new in renamed.items():
        target = project.output_dir / new
        for path in list(_files_of(project.output_dir / old)):
            mark = path.stem.removeprefix(Path(old).stem)
            wanted = target.with_name(f"{target.stem}{mark}{path.suffix}")
            if not wanted.exists():
                move_file(path, wanted)
                moved += wanted == target
    return moved


def _files_of(document: Path) -> Iterator[Path]:
    """The files of ours that bear the name of a document: it, what was set aside for it or lies beside it, and PDFs."""
    for path in sorted(document.parent.iterdir()):
        if Path(plain_name(path.name)).stem != document.stem:
            continue
        if path.suffix in SUFFIXES:
            found = find_document(path)
            if found is not None and found.record is not None:
                yield path
        elif path.suffix == pdf_of(path).suffix and read_seal(path) is not None:
            yield path

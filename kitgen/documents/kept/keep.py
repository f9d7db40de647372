"""Writes what a release or delivery keeps: the templates first, then the record that names them by their digest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.digests import Serial, digest
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import write_whole
from kitgen.documents.kept.bundle import BUNDLE_NAME, bundle_digest, packed_templates, template_files
from kitgen.documents.kept.made_with import MadeWith
from kitgen.documents.kept.record import RECORD_NAME, KeptRecord, record_text
from kitgen.load.edition.seal import file_digests, seal_text
from kitgen.model.body import PageStyle

KEPT_FILES: Final = (BUNDLE_NAME, RECORD_NAME)


@dataclass(frozen=True, slots=True)
class Kept:
    """Yang disimpan: the record, and the templates where they are not kept yet."""

    record: KeptRecord
    templates: Mapping[str, bytes] | None

    def files(self, key: bytes = b"") -> dict[str, bytes]:
        """The files, by name, in the order in which they are written."""
        found = {BUNDLE_NAME: packed_templates(self.templates)} if self.templates is not None else {}
        return {**found, RECORD_NAME: record_text(self.record, key).encode()}


def kept_anew(
    used: MadeWith, style: PageStyle, state: str, documents: Mapping[str, Serial], held: Iterable[str] = ()
) -> Kept:
    """What a release or delivery keeps: the templates and look of `used`, and the documents there are of this state."""
    templates = template_files(used.project)
    facts = used.made_by.of_style(used.style(style))
    record = KeptRecord(used.made_by, facts, bundle_digest(templates), state, documents, tuple(held))
    return Kept(record, templates)


def write_kept(home: Path, kept: Kept, key: bytes = b"") -> None:
    """Write what is kept beside an edition or event, where it is not there as it is."""
    for name, content in kept.files(key).items():
        path = home / name
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def seal_of(folder: Path, edition: str, released: str, kept: Kept) -> str:
    """The text of the seal of an edition in its folder that keeps this."""
    return seal_text(edition, file_digests(folder), released, digest(kept.files()[RECORD_NAME]))


def write_release(project: Project, edition: EditionName, released: str, kept: Kept) -> None:
    """Write what a release keeps, and its seal last."""
    home = project.seal_file(edition).parent
    write_kept(home, kept)
    write_whole(project.seal_file(edition), seal_of(home, edition.name, released, kept).encode())

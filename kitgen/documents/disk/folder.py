"""The documents that lie in one folder of `output/`, and what its index knows of them."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.index import index_name
from kitgen.documents.disk.staleness import Found
from kitgen.model.manifest import Indexed, Manifest


@dataclass(slots=True)
class DocumentFolder:
    """Rak: what lies in a folder of documents, each file looked at once; paths are relative to `output/`."""

    output: Path
    folder: str
    index: Manifest
    key: bytes = b""
    _found: dict[str, Found | None] = field(default_factory=dict)

    def at(self, path: str) -> Found | None:
        """What lies there, if anything does."""
        if path not in self._found:
            self._found[path] = find_document(self.output / path, self._entry(path))
        return self._found[path]

    def _entry(self, path: str) -> Indexed | None:
        return self.index.get(index_name(path.removeprefix(f"{self.folder}/"), self.key))

    def at_typed(self, path: str) -> Found | None:
        """The same for a workbook people type into: what they typed is theirs and does not count as an edit.

        The index must not know such a file by its bytes: it would be taken for one nobody touched, and removed when
        nobody asks for its form any more.
        """
        found = self.at(path)
        if found is None or found.record is None or not found.is_edited:
            return found
        return replace(found, digest=found.record.digest, file="")

    def was_made(self, path: str) -> bool:
        """Whether the index knows of a document there."""
        return self._entry(path) is not None

    def fingerprint(self, path: str) -> str:
        """What the document there was made of, as far as the index knows."""
        entry = self._entry(path)
        return entry.fingerprint if entry is not None else ""

    def serial(self, path: str) -> str:
        """The serial of the document there, as far as the index knows."""
        entry = self._entry(path)
        return entry.serial if entry is not None else ""

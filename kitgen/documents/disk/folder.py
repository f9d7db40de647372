"""The documents that lie in one folder of `output/`, and what its index knows of them."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from kitgen.base.digests import NO_FINGERPRINT, NO_SERIAL, Digest, Fingerprint, Serial
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.index import index_name
from kitgen.documents.disk.intent import LastRun
from kitgen.documents.disk.staleness import Found
from kitgen.model.manifest import Indexed, Manifest


@dataclass(slots=True)
class DocumentFolder:
    """Folder dokumen: what lies in a folder of documents, each file looked at once; paths are relative to `output/`."""

    output: Path
    folder: str
    index: Manifest
    key: bytes = b""
    last: LastRun = LastRun()
    """The last run in it: where that was cut off, the index is not trusted and every file is read."""
    making_way: frozenset[str] = frozenset()
    """Paths of edited files that go aside when the new ones come (`--replace`): there it is as if nothing lay."""
    _found: dict[str, Found | None] = field(default_factory=dict)
    _folders: dict[str, bool] = field(default_factory=dict)

    def at(self, path: str) -> Found | None:
        """What lies there, if anything does."""
        if path not in self._found:
            if path in self.making_way or not self._is_folder_there(path):
                return None
            known = self._entry(path) if self.last.is_trusted else None
            found = find_document(self.output / path, known)
            self._found[path] = None if found is not None and self._is_torn(path, found) else found
        return self._found[path]

    def _is_folder_there(self, path: str) -> bool:
        """Whether anything can lie there: one look for all the documents of a folder that is still to be made."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            try:
                (self.output / folder).stat()
            except FileNotFoundError:
                self._folders[folder] = False
            except OSError:  # told when the document is read
                self._folders[folder] = True
            else:
                self._folders[folder] = True
        return self._folders[folder]

    def _is_torn(self, path: str, found: Found) -> bool:
        """Whether a power cut left a file's name without its contents: it counts as gone, and is made again."""
        if self.last.is_trusted or found.record is not None or (self.output / path).is_symlink():
            return False
        name = index_name(path.removeprefix(f"{self.folder}/"), self.key)
        return self.last.is_torn(name, (self.output / path).stat().st_size)

    def _entry(self, path: str) -> Indexed | None:
        if not self.index:
            return None
        return self.index.get(index_name(path.removeprefix(f"{self.folder}/"), self.key))

    def at_typed(self, path: str) -> Found | None:
        """The same for a workbook people type into: what they typed is theirs and does not count as an edit.

        The index must not know such a file by its bytes: it would be taken for one nobody touched, and removed when
        nobody asks for its form any more.
        """
        found = self.at(path)
        if found is None or found.record is None or not found.is_edited:
            return found
        return replace(found, digest=found.record.digest, file=Digest(""))

    def was_made(self, path: str) -> bool:
        """Whether the index knows of a document there."""
        return self._entry(path) is not None

    def fingerprint(self, path: str) -> Fingerprint:
        """What the document there was made of, as far as the index knows."""
        entry = self._entry(path)
        if entry is None:
            return NO_FINGERPRINT
        found = None if self.last.is_trusted else self.at(path)
        is_as_told = self.last.is_trusted or (found is not None and found.digest == entry.digest)
        return entry.fingerprint if is_as_told else NO_FINGERPRINT

    def serial(self, path: str) -> Serial:
        """The serial of the document there, as far as the index knows."""
        entry = self._entry(path)
        return entry.serial if entry is not None else NO_SERIAL

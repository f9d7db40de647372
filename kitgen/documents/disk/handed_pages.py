"""Pages as they were, found again by serial: in the zips of the deliveries, or set aside; and as they are now."""

import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.digests import Serial, keyed
from kitgen.base.project import Project
from kitgen.documents.disk.document import SUFFIXES, inspect, parts_of_file
from kitgen.documents.disk.zips import is_our_bundle
from kitgen.load.event.handover_record import handovers_of
from kitgen.model.forms import EVENTS_FOLDER, HANDOVER_FOLDER
from kitgen.model.handover import HandedDocument, HandoverRecord

_LARGEST: Final = 64 * 1024 * 1024


class HandedPages:
    """Halaman yang diserahkan: reads them from what lies in an event's folder of documents.

    A zip comes first: it holds what went out, whatever was done to the documents since. Where it was taken away, the
    copies below `_DITARIK` and the documents themselves are looked at; a page is only taken by its digest.
    """

    def __init__(self, folder: Path, record: HandoverRecord, secret: bytes) -> None:
        self._folder = folder
        self._record = record
        self._secret = secret
        self._in_zip = cache(self._read_zip)
        self._on_disk = cache(self._read_folder)

    def parts_of(self, handed: HandedDocument, is_typed: bool = False) -> Mapping[str, bytes] | None:
        """The parts of a document as it went out; None if they are nowhere any more.

        `is_typed`: what people typed into it does not count.
        """
        data = self.file_of(handed, is_typed)
        return _contents(data, handed.form)

    def file_of(self, handed: HandedDocument, is_typed: bool = False) -> bytes | None:
        """The same as a finished file."""
        for delivery in reversed(self._record):
            for zipped in delivery.zips:
                if any((each.serial, each.digest) == (handed.serial, handed.digest) for each in zipped.documents):
                    found = self._chosen(self._in_zip(zipped.file, handed.form), handed, is_typed)
                    if found is not None:
                        return found
        return self._chosen(self._on_disk(handed.form), handed, is_typed)

    def with_serial(self, serial: Serial, form: str) -> Mapping[str, bytes] | None:
        """The parts of any page of a form with this serial that nobody edited; None if there is none any more.

        Equal serials say the same, so that it does not matter whose it was, nor whether it ever went out.
        """
        data = self.file_with_serial(serial, form)
        return _contents(data, form)

    def file_with_serial(self, serial: Serial, form: str) -> bytes | None:
        """The same as a finished file."""
        for delivery in reversed(self._record):
            for zipped in delivery.zips:
                for each in zipped.documents:
                    if (each.serial, each.form, each.is_edited) == (serial, form, False):
                        found = self.file_of(each)
                        if found is not None:
                            return found
        for data in self._on_disk(form):
            there = inspect(data, form)
            if there.record is not None and (there.record.serial, there.record.digest) == (serial, there.digest):
                return data
        return None

    def _chosen(self, files: tuple[bytes, ...], handed: HandedDocument, is_typed: bool) -> bytes | None:
        for data in files:
            found = inspect(data, handed.form)
            if found.record is None or found.record.serial != handed.serial:
                continue
            digest = found.record.digest if is_typed else found.digest
            if handed.digest == keyed(digest, self._secret):
                return data
        return None

    def _read_zip(self, name: str, form: str) -> tuple[bytes, ...]:
        """The documents of a form in a zip of a delivery; none if it is not as kitgen wrote it."""
        path = self._folder / HANDOVER_FOLDER / name
        if not path.is_file() or not is_our_bundle(path):
            return ()
        try:
            with zipfile.ZipFile(path) as archive:
                return tuple(
                    archive.read(entry)
                    for entry in archive.infolist()
                    if _is_of(entry.filename, form)
                    and entry.compress_type == zipfile.ZIP_STORED
                    and entry.file_size <= _LARGEST
                )
        except (zipfile.BadZipFile, OSError, ValueError):
            return ()

    def _read_folder(self, form: str) -> tuple[bytes, ...]:
        return tuple(path.read_bytes() for path in self._files() if _is_of(path.name, form))

    def _files(self) -> Iterator[Path]:
        for path in sorted(self._folder.rglob("*")):
            if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(("~$", ".")):
                yield path


def pages_of(project: Project, folder: str) -> HandedPages:
    """The pages of a folder of `output/`. Raises `KitgenError` if the record or the secret of its event is damaged."""
    head, _, name = folder.partition("/")
    is_event = head == EVENTS_FOLDER
    if not is_event:
        return HandedPages(project.output_dir / folder, (), b"")
    from kitgen.load.event.event import read_secret  # loads all that reads workbooks, which kits do without

    return HandedPages(project.output_dir / folder, handovers_of(project, name), read_secret(project, name))


def _is_of(path: str, form: str) -> bool:
    """Whether a file may be one of a form, as its name says."""
    pure = PurePosixPath(path)
    return pure.suffix.lower() in SUFFIXES and form in pure.stem


def _contents(data: bytes | None, form: str) -> Mapping[str, bytes] | None:
    return parts_of_file(data, form) if data is not None else None

"""The very pages that were handed over, found again by serial: in the zips of the deliveries, or set aside."""

import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.fingerprint import keyed
from kitgen.model.forms import HANDOVER_FOLDER
from kitgen.model.handover import HandedDocument, HandoverRecord
from kitgen.output import SUFFIXES, look_at
from kitgen.publish.bundle import is_our_bundle
from kitgen.render.package import read_package
from kitgen.render.properties import unpacked

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
        for delivery in reversed(self._record):
            for zipped in delivery.zips:
                if any((each.serial, each.digest) == (handed.serial, handed.digest) for each in zipped.documents):
                    found = self._chosen(self._in_zip(zipped.file, handed.form), handed, is_typed)
                    if found is not None:
                        return found
        return self._chosen(self._on_disk(handed.form), handed, is_typed)

    def _chosen(self, files: tuple[bytes, ...], handed: HandedDocument, is_typed: bool) -> Mapping[str, bytes] | None:
        for data in files:
            found = look_at(data, handed.form)
            if found.record is None or found.record.serial != handed.serial:
                continue
            digest = found.record.digest if is_typed else found.digest
            if handed.digest == keyed(digest, self._secret):
                return unpacked(read_package(data, handed.form))
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


def _is_of(path: str, form: str) -> bool:
    """Whether a file may be one of a form, as its name says."""
    pure = PurePosixPath(path)
    return pure.suffix.lower() in SUFFIXES and form in pure.stem

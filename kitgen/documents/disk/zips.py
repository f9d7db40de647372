"""Zips of finished files: the same files give the same bytes, and a zip tells whether it is ours and as it was made.

Nothing is deflated, since documents and PDFs are already; so no version of zlib makes another zip of them. The comment
at the end says what the bytes before it digest to.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kitgen.base.digests import digest
from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.documents.disk.files import write_whole
from kitgen.kits.paths import told_name
from kitgen.load.regular import read_regular

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_COMMENT: Final = re.compile(rb"kitgen ([0-9a-f]{64})")
_LENGTH: Final = len(b"kitgen ") + 64


def write_bundle(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of these files (path in the zip, content), sorted by path, sealed.

    Raises `KitgenError` if two have one path on some system, or if the disk refuses.
    """
    write_whole(target, sealed_bundle(bundle(files, target.name)))


def bundle(files: Iterable[tuple[str, bytes]], name: str) -> bytes:
    """The bytes of a zip of these files, not yet sealed; `name` is what errors call it.

    Raises `KitgenError` if two have one path on some system.
    """
    ordered = sorted(files)
    if len({path.casefold() for path, _ in ordered}) != len(ordered):
        raise failure(said("two files of the zip would have the same name"), Place(name))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for path, content in ordered:
            entry = zipfile.ZipInfo(path, _DATE)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, content)
    return held.getvalue()


def sealed_bundle(data: bytes) -> bytes:
    """The zip with its comment: a zip without one ends in the comment's length, two bytes of zero."""
    return data[:-2] + _LENGTH.to_bytes(2, "little") + f"kitgen {digest(data)}".encode()


def is_our_bundle(path: Path) -> bool:
    """Whether a file is a zip `write_bundle` wrote that nobody changed since.

    Raises `KitgenError` if it cannot be read.
    """
    try:
        data = read_regular(path)
    except OSError as error:
        raise failure(
            said("zip cannot be read ({strerror})", strerror=error.strerror), Place(told_name(path)), said("close it")
        ) from error
    found = _COMMENT.fullmatch(data[-_LENGTH:])
    return found is not None and digest(data[: -_LENGTH - 2] + b"\0\0") == found[1].decode()

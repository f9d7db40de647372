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

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_COMMENT: Final = re.compile(rb"kitgen ([0-9a-f]{64})")
_LENGTH: Final = len(b"kitgen ") + 64


def write_bundle(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of these files (path in the zip, content), sorted by path, sealed.

    Raises `KitgenError` if two have one path on some system, or if the disk refuses.
    """
    ordered = sorted(files)
    if len({name.casefold() for name, _ in ordered}) != len(ordered):
        raise failure(said("two files of the zip would have the same name"), Place(target.name))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ordered:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, content)
    write_whole(target, _sealed(held.getvalue()))


def _sealed(data: bytes) -> bytes:
    """The zip with its comment: a zip without one ends in the comment's length, two bytes of zero."""
    return data[:-2] + _LENGTH.to_bytes(2, "little") + f"kitgen {digest(data)}".encode()


def is_our_bundle(path: Path) -> bool:
    """Whether a file is a zip `write_bundle` wrote that nobody changed since."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise failure(
            said("zip cannot be read ({strerror})", strerror=error.strerror), Place(told_name(path)), said("close it")
        ) from error
    found = _COMMENT.fullmatch(data[-_LENGTH:])
    return found is not None and digest(data[: -_LENGTH - 2] + b"\0\0") == found[1].decode()

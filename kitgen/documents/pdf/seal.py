"""The seal of a PDF: a line in the file that says what it was made of, and whether it is as it was made.

It is a comment before the last `startxref`, where any reader of PDF passes over it, whatever program made the file.
A PDF is its own record, as a document is: nothing is lost with an index, a copied folder or a killed run.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kitgen.base.digests import Fingerprint, PartsDigest, digest
from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.kits.paths import told_name
from kitgen.load.regular import read_regular

Kind = Literal["document", "pack"]

_SEAL: Final = re.compile(rb"%kitgen (document|pack) ([0-9a-f]{64}) ([0-9a-f]{64})\n")
_HOLDS: Final = b"%kitgen-holds "
_DATE: Final = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}([^)]{0,8})")
_XMP_DATE: Final = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)[-0-9]{10}T[0-9:]{8}(?:Z|[+-]\d\d:\d\d)?")
_NAME: Final = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]|/DocChecksum\s*/([0-9A-F]{32})")


SealSource = PartsDigest | Fingerprint
"""What a PDF was made of: the parts of its document, or all a pack was joined of."""
NO_SOURCE: Final = PartsDigest("")
"""Of a cover, and of what kitgen did not make."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Segel PDF: the digest of what it was made of; `is_whole`: nobody changed the file since.

    `holds`: of a pack, the digests of the documents in it, in order.
    """

    kind: Kind
    source: SealSource
    is_whole: bool
    holds: tuple[SealSource, ...] = ()


def is_pdf(data: bytes) -> bool:
    """Whether these are the bytes of a PDF written to its end."""
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] and b"startxref" in data[-128:]


def sealed(data: bytes, kind: Kind, source: SealSource, name: str, holds: Sequence[SealSource] = ()) -> bytes:
    """The PDF without dates of the clock, with its seal; `source` is the digest of what it was made of.

    `name` is what errors call it. Raises `KitgenError` if the PDF does not end as one does.
    """
    data = without_clock(data)
    at = data.rfind(b"startxref")
    if at < 0:
        raise failure(said("PDF has no end"), Place(name))
    if holds:
        line = f"{_HOLDS.decode()}{' '.join(holds)}\n".encode()
        data, at = data[:at] + line + data[at:], at + len(line)
    return data[:at] + f"%kitgen {kind} {source} {digest(data)}\n".encode() + data[at:]


def read_seal(path: Path) -> Seal | None:
    """The seal of a PDF; None if it has none, so that kitgen did not make it, or there is no file.

    Raises `KitgenError` if the file is there and cannot be read.
    """
    try:
        data = read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failure(
            said("PDF cannot be read ({strerror})", strerror=error.strerror), Place(told_name(path)), said("close it")
        ) from error
    return seal_of(data)


def seal_of(data: bytes) -> Seal | None:
    """The seal in the bytes of a PDF."""
    at = data.rfind(b"%kitgen ")
    match = _SEAL.match(data, at) if at >= 0 else None
    if match is None:
        return None
    whole = digest(data[: match.start()] + data[match.end() :]) == match[3].decode()
    held = data.rfind(_HOLDS, 0, at)
    holds = data[held + len(_HOLDS) : at].decode("ascii", "replace").split() if held >= 0 else ()
    return Seal(
        "pack" if match[1] == b"pack" else "document",
        PartsDigest(match[2].decode()),
        whole,
        tuple(map(PartsDigest, holds)),
    )


def without_clock(data: bytes) -> bytes:
    """The same PDF with fixed dates, and names (`/ID`) worked out from the rest: equal pages, equal bytes.

    Every replacement is as long as what it replaces, so that no place in the file moves. What lies in compressed
    objects is left (LibreOffice up to 25 and Word write dates and names in the open).
    """
    data = _DATE.sub(_still, data)
    data = _XMP_DATE.sub(_still_xmp, data)
    empty = _NAME.sub(lambda match: _renamed(match, b"0" * 32), data)
    name = digest(empty)[:32].upper().encode()
    return _NAME.sub(lambda match: _renamed(match, name), data)


def _still(match: re.Match[bytes]) -> bytes:
    return match[1] + b"20000101000000" + re.sub(rb"[+-]\d\d(?='\d\d)", b"+00", re.sub(rb"'\d\d", b"'00", match[2]))


def _still_xmp(match: re.Match[bytes]) -> bytes:
    zone = match[0][len(match[1]) + 19 :]
    return match[1] + b"2000-01-01T00:00:00" + (zone if len(zone) < 2 else b"+00:00")


def _renamed(match: re.Match[bytes], name: bytes) -> bytes:
    text = match[0]
    for group in filter(None, match.groups()):
        text = text.replace(group, name)
    return text

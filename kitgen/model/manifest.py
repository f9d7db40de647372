"""The index of finished documents: quick to read, and never the only truth, since each file carries its own record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.base.digests import Digest, Fingerprint, PartsDigest, Serial

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Indexed:
    """Isi indeks: one finished document; `file` is the digest of its bytes, `digest` that of its parts."""

    file: Digest
    digest: PartsDigest
    form: str
    kit: str
    serial: Serial
    fingerprint: Fingerprint


Manifest = Mapping[str, Indexed]
"""Indeks dokumen: by path relative to the edition's folder, with `/`; in that of an event by a keyed digest of it."""


@dataclass(frozen=True, slots=True)
class KnownReads:
    """Yang dibaca templat: the paths of values a form's template reads, who signs it, and what it was made of."""

    template: Fingerprint
    """A digest of the template and of what reads it."""
    paths: frozenset[str]
    signers: tuple[str, ...]


Reads = Mapping[str, KnownReads]
"""By the code of the form: spares compiling a template to know whether a document can have changed."""

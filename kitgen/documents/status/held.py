"""What a run holds of each document it makes: its digests as the bytes they spell, one after the other.

An event of a thousand people has eighteen thousand documents, each of which is known from its judgement to the index.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kitgen.base.digests import Fingerprint, PartsDigest, Serial, WordsDigest
from kitgen.documents.disk.aside import Aside, Laid
from kitgen.documents.disk.document import parts_of_file, record_properties
from kitgen.documents.disk.staleness import Record
from kitgen.kits.plan import PlannedDocument

if TYPE_CHECKING:
    from pathlib import Path

    from kitgen.render.compiled import Rendered

_ONE: Final = 32
"""Bytes of a digest."""
_PARTS, _INPUTS, _WORDS = (slice(at * _ONE, (at + 1) * _ONE) for at in range(3))
_LAID: Final = slice(3 * _ONE, 3 * _ONE + Laid.LENGTH)
_SERIAL: Final = slice(3 * _ONE + Laid.LENGTH, None)


@dataclass(frozen=True, slots=True)
class Ready:
    """Siap tulis: a finished file, in memory or laid aside, and the digest of its words."""

    file: bytes
    words_spelled: bytes
    laid: Laid | None = None
    """Where the file lies aside: then it is not in memory."""

    @property
    def words(self) -> WordsDigest:
        """The digest of its words."""
        return WordsDigest(self.words_spelled.hex())

    @classmethod
    def of(cls, rendered: "Rendered", record: Record, name: str) -> "Ready":
        """The file of a rendered document."""
        from kitgen.render.dump.words import words_digest

        words = bytes.fromhex(words_digest(rendered.all_parts(), name))
        return cls(rendered.pack(record_properties(record)), words)

    def put(self, aside: Aside | None, target: "Path | None") -> "Ready":
        """The same with its file laid aside, if it is to lie at a target."""
        if aside is None:
            return self
        return Ready(b"", self.words_spelled, aside.lay(self.file, target) if target is not None else None)

    @classmethod
    def of_file(cls, file: bytes, name: str) -> "Ready":
        """The same of a file that was made before."""
        from kitgen.render.dump.words import words_digest

        return cls(file, bytes.fromhex(words_digest(parts_of_file(file, name), name)))


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Keterangan dokumen: what it will say of itself, what it is made of, its file where that was made for a build."""

    record: Record
    fingerprint: Fingerprint
    ready: Ready | None = None

    def held(self, planned: PlannedDocument) -> "Held":
        """The same in few bytes, if it can be told so: of a document whose finished file lies aside."""
        record, ready = self.record, self.ready
        if ready is None or ready.laid is None or (record.form, record.kit) != (planned.form.code, planned.kit.folder):
            return self
        digests = record.digest + self.fingerprint + ready.words_spelled.hex()
        try:
            spelled = bytes.fromhex(digests)
        except ValueError:  # as a person may write one into the properties of a file
            return self
        if spelled.hex() != digests or {len(record.digest), len(self.fingerprint)} != {2 * _ONE}:
            return self
        return b"".join((spelled, ready.laid.spelled, record.serial.encode()))


Held = bytes | DocumentFacts


def record_of(held: Held, planned: PlannedDocument) -> Record:
    """What a document will say of itself."""
    if isinstance(held, DocumentFacts):
        return held.record
    serial = Serial(held[_SERIAL].decode())
    return Record(PartsDigest(held[_PARTS].hex()), planned.form.code, planned.kit.folder, serial)


def fingerprint_of(held: Held) -> Fingerprint:
    """What it is made of."""
    return held.fingerprint if isinstance(held, DocumentFacts) else Fingerprint(held[_INPUTS].hex())


def ready_of(held: Held) -> Ready | None:
    """Its file, where it was rendered for a build."""
    return held.ready if isinstance(held, DocumentFacts) else Ready(b"", held[_WORDS], Laid(held[_LAID]))

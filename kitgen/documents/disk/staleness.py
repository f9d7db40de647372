"""Whether a document on disk is what would be made now, and whether it is still ours to write. Pure.

Stale means: would say something else. Edited means: its parts are not those kitgen recorded in it; resaved is what is
edited only in that a program saved it anew: its words are kitgen's. It is kept all the same: looks may be a person's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal

from kitgen.base.digests import Digest, PartsDigest, Serial

State = Literal["new", "changed", "same", "edited", "resaved", "deleted", "orphan", "foreign", "moved"]
"""`moved`: new at its place, while the same document of the same person lies where it was before a late change."""
KEPT_STATES: Final[frozenset[State]] = frozenset({"edited", "resaved", "foreign"})
"""What is not ours to write over: the new document goes beside it."""

NEWER: Final = "terbaru"
"""Marks a newer document beside one that was edited by hand: `10 FR.IA.01 (terbaru).docx`."""
KEPT: Final = "disunting"
"""Marks an edited document that was set aside for a new one: `10 FR.IA.01 (disunting).docx`."""


_SECOND: Final = re.compile(rf" \(({NEWER}|{KEPT})( \d+)?\)$")


@dataclass(frozen=True, slots=True)
class Record:
    """Catatan dokumen: what a finished file says of itself; `digest` is that of its parts when it was made.

    `kit` is empty for what belongs to no kit, such as the record `kitgen verify` makes: no build removes that.
    """

    digest: PartsDigest
    form: str
    kit: str
    serial: Serial


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk: the digests of its bytes and of its parts as they are, and its record (None: not one of ours)."""

    file: Digest
    digest: PartsDigest
    record: Record | None

    @property
    def is_edited(self) -> bool:
        """Whether someone changed it after it was made."""
        return self.record is not None and self.record.digest != self.digest

    @property
    def is_ours(self) -> bool:
        """Whether kitgen made it and nobody changed it: it may be written anew."""
        return self.record is not None and not self.is_edited

    def is_made_from(self, wanted: PartsDigest) -> bool:
        """Whether it, edited by hand or not, was made from the parts that would be made now."""
        return self.record is not None and self.record.digest == wanted


def judge(found: Found | None, wanted: str, was_made: bool) -> State:
    """The state of a document: `wanted` is the digest of what would be made, `was_made` what the index remembers."""
    if found is None:
        return "deleted" if was_made else "new"
    if found.record is None:
        return "foreign"
    if found.is_edited:
        return "edited"
    return "same" if found.digest == wanted else "changed"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a new document goes (None: there is no need of one), and the names its document lays claim to."""

    path: str | None
    claimed: tuple[str, ...]


def target_of(path: str, wanted: PartsDigest, find: Callable[[str], Found | None]) -> Target:
    """The document's own path, or the first name beside it that no person has touched."""
    claimed = [path]
    while True:
        candidate = claimed[-1]
        found = find(candidate)
        if found is not None and found.is_made_from(wanted):
            return Target(None, tuple(claimed))
        if found is None or found.is_ours:
            return Target(candidate, tuple(claimed))
        claimed.append(beside(path, NEWER, len(claimed)))


def beside(path: str, word: str, number: int = 1) -> str:
    """The name of a second file beside `path`: `10 FR.IA.01 (terbaru).docx`, then `(terbaru 2)`."""
    pure = PurePosixPath(path)
    label = word if number == 1 else f"{word} {number}"
    return str(pure.with_name(f"{pure.stem} ({label}){pure.suffix}"))


def plain_name(path: str) -> str:
    """The path without the word that marks a second file beside it: `10 FR.IA.01 (terbaru 2).docx`."""
    pure = PurePosixPath(path)
    return str(pure.with_name(_SECOND.sub("", pure.stem) + pure.suffix))


def is_set_aside(path: str) -> bool:
    """Whether a name is that of an edited document set aside by `--replace`."""
    return f" ({KEPT}" in PurePosixPath(path).stem

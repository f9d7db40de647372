"""A digest of what a template reads of the values it is given: what it does not read changes nothing it prints. Pure.

A path stands for what its use can tell: a text or number for itself, a list for its length (its items are paths of
their own), `*` for everything below.
"""

from collections.abc import Collection, Mapping
from typing import Final

from kitgen.base.digests import Fingerprint, digest_values
from kitgen.kits.plain import drop_after

_ALL: Final = "*"
_ITEMS: Final = "[]"
_HOLDING: Final = (dict, list)
Trie = dict[str, "Trie"]
_NOTHING: Final[Trie] = {}
"""What is read below a name that is only counted: one object, since digests are known by what they were asked for."""


class UsedValues:
    """Digests by what a form reads; values that documents share are gone through once for each form."""

    def __init__(self) -> None:
        self._tries: dict[frozenset[str], Trie] = {}
        self._known: dict[tuple[int, int], tuple[object, Trie, str]] = {}
        self._stays = 0
        self._of_all: int | None = None

    def keep(self) -> None:
        """Let all that is known now outlast `forget`."""
        self._stays = len(self._known)

    def forget(self) -> None:
        """Forget what came after `keep`."""
        drop_after(self._known, self._stays)

    def end_run(self) -> None:
        """Let what is known after a first run stay for the others; of those nothing stays."""
        if self._of_all is None:
            self._of_all = len(self._known)
        self._stays = self._of_all
        self.forget()

    def digest(self, values: Mapping[str, object], reads: frozenset[str]) -> Fingerprint:
        """The digest of the part of `values` (plain data) that `reads` (`units[].title`, `scheme.*`) stand for."""
        trie = self._tries.get(reads)
        if trie is None:
            trie = self._tries[reads] = _trie_of(reads)
        return digest_values({name: self._of(values.get(name), below) for name, below in trie.items()})

    def _of(self, value: object, trie: Trie) -> object:
        if not isinstance(value, _HOLDING):
            return value
        known = self._known.get((id(value), id(trie)))
        if known is None:
            # both are kept, so that no other takes their places in memory and their numbers
            known = self._known[id(value), id(trie)] = (value, trie, digest_values(self._part(value, trie)))
        return known[2]

    def _part(self, value: dict[str, object] | list[object], trie: Trie) -> object:
        if _ALL in trie:
            return value
        if isinstance(value, dict):
            if _ITEMS in trie:  # gone through as a list, or by a number
                return value
            part: dict[str, object] = {"": bool(value)}
            for name, below in trie.items():
                found = value.get(name)
                part[name] = self._of(found, below) if isinstance(found, _HOLDING) else found
            return part
        if not all(isinstance(item, dict) for item in value):
            return value
        return [self._of(item, trie.get(_ITEMS, _NOTHING)) for item in value]


def _trie_of(reads: Collection[str]) -> Trie:
    top: Trie = {}
    for path in reads:
        here = top
        for part in path.split("."):
            name = part.rstrip(_ITEMS)
            here = here.setdefault(name, {})
            for _ in range((len(part) - len(name)) // len(_ITEMS)):
                here = here.setdefault(_ITEMS, {})
    return top

"""Plain data that tests share: in a process, one object of the model is made plain once, and digested once for each
choice of what a form reads of it. Objects are known by being the same, which `once` makes of equal editions.
"""

from typing import Any

from kitgen.documents.status.used_values import UsedValues
from kitgen.kits.plain import Plain

MOST = 150_000
"""So many objects are known; then all begins anew."""
PLAIN, USED = Plain.__init__, UsedValues.__init__
_made: dict[int, Any] = {}
_tries: dict[frozenset[str], Any] = {}
_known: dict[tuple[int, int], Any] = {}


def plain_once(self: Plain) -> None:
    """`Plain`, which knows what those before it made plain; what it works out for a run is its own."""
    global _made
    PLAIN(self)
    if len(_made) > MOST:
        _made = {}
    self._made = _made


def used_once(self: UsedValues) -> None:
    """`UsedValues`, which knows the digests of those before it."""
    global _tries, _known
    USED(self)
    if len(_known) > MOST:
        _tries, _known = {}, {}
    self._tries, self._known = _tries, _known

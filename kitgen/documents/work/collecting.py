"""How often Python looks for unused cycles: seldom, since a run keeps what it loads, and is soon over."""

import gc
from typing import Final

_NEW_OBJECTS: Final = 50_000


def collect_seldom() -> None:
    """Runs at the start of a process: so many new objects come before the youngest are looked through, and so on."""
    gc.set_threshold(_NEW_OBJECTS, 50, 100)

"""The first name of several that is not taken: one bound, and one error past it. Pure."""

from collections.abc import Callable
from typing import Final, TypeVar

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said

T = TypeVar("T")
MOST_NAMES: Final = 10_000
"""So many names are tried: nobody looks at more files that are called alike."""


def first_free(called: Callable[[int], T], is_taken: Callable[[T], bool], place: str) -> T:
    """The first of the names `called` gives by number, from 1, that is not taken.

    Raises `KitgenError` where `MOST_NAMES` of them are; `place` tells where, without what a person must not see.
    """
    for number in range(1, MOST_NAMES + 1):
        name = called(number)
        if not is_taken(name):
            return name
    raise failure(
        said("{most} files or folders of such a name are there already", most=MOST_NAMES),
        Place(place),
        said("delete or move away those that are done with, then run again"),
    )

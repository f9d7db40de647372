"""The two values that stand for a hole: one a person fills by hand, one the LSP still owes.

The third kind of empty, a name that does not exist at all, is an error of the template and never a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PROPOSED_MARK: Final = " (usulan)"
"""Printed behind what a draft wrote and the LSP has not decided on."""


class Hole:
    """A value that is not there yet: false, of length 0, and the same whatever is asked of it."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __add__(self, other: object) -> "Hole":
        return self

    def __radd__(self, other: object) -> "Hole":
        return self


@dataclass(frozen=True, slots=True)
class Blank(Hole):
    """Isian kosong: space on paper that a person fills by hand."""

    __bool__ = Hole.__bool__

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Missing(Hole):
    """Fakta yang belum diisi LSP: prints its name in brackets and makes the document a draft.

    `fact` names what is missing, in Indonesian, on the page (`[nomor skema]`) and in the list of what
    the LSP still owes.
    """

    fact: str

    __bool__ = Hole.__bool__

    def __str__(self) -> str:
        return f"[{self.fact}]"


BLANK: Final = Blank()

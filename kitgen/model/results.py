"""What came of an assessment, as the recap says it: by numbers of candidates and codes of units, without names.

A number may come to be another person's; so each result says by a keyed digest whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FORMAT: Final = 2
COMPETENT: Final = "K"
NOT_COMPETENT: Final = "BK"


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """Hasil asesmen seorang asesi: K or BK for each unit that was decided on, by code, and what was noted."""

    candidate: int
    units: Mapping[str, str] = field(hash=False)
    decision: str = ""
    """`K` where every unit is K, `BK` where one is BK; empty while it is open."""
    note: str = ""
    state: str = ""
    """What the recap says became of them instead (`tidak hadir`), as the workbook spells it."""
    tag: str = ""
    """`EventCandidate.tag` of the person it is of; empty in a record that is older than tags."""

    @property
    def not_competent(self) -> tuple[str, ...]:
        """The codes of the units that are BK."""
        return tuple(code for code, mark in self.units.items() if mark == NOT_COMPETENT)

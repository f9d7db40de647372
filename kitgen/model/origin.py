"""Where an edition comes from, what its references spoke of when they last followed, what people ruled and review."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kitgen.base.digests import Digest, PartsDigest
from kitgen.base.errors import Place
from kitgen.model.scheme import Criterion, Element, Unit

UNDECIDED: Final = "?"
"""Stands behind the number of a criterion that is no more: a reference no criterion has, until a person decides."""


@dataclass(frozen=True, slots=True)
class CriterionReference:
    """Rujukan KUK: what names criteria of a unit by number; `name` is empty for rows that have none of their own.

    `content` is a digest of what else it says, to know it again.
    """

    name: str
    unit: str
    numbers: tuple[str, ...]
    content: str = ""


References = Mapping[str, tuple[CriterionReference, ...]]
"""All references of an edition, by the list they stand in."""


@dataclass(frozen=True, slots=True)
class UnitThen:
    """Unit semula: a unit as the references know it: its code, its criteria in order, nothing else."""

    code: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Pijakan rujukan: units with their criteria as they were, and the references that speak of them."""

    units: tuple[UnitThen, ...]
    references: References = field(default_factory=dict)

    def as_units(self) -> tuple[Unit, ...]:
        """The criteria as units without titles."""
        return tuple(
            Unit(position, unit.code, "", "", "", _elements(unit.criteria))
            for position, unit in enumerate(self.units, 1)
        )


def baseline_of(units: tuple[Unit, ...], references: References) -> Baseline:
    """The baseline of references that speak of these units as they are."""
    return Baseline(units_then(units), references)


def units_then(units: Iterable[Unit], ruled: Mapping[tuple[str, str], str] = {}) -> tuple[UnitThen, ...]:
    """The criteria of these units; `ruled` are texts that stand for those of now, by unit and number."""
    return tuple(
        UnitThen(
            unit.code,
            tuple(Criterion(each.number, ruled.get((unit.code, each.number), each.text)) for each in unit.criteria()),
        )
        for unit in units
    )


def _elements(criteria: Iterable[Criterion]) -> tuple[Element, ...]:
    groups: dict[str, list[Criterion]] = {}
    for each in criteria:
        groups.setdefault(each.number.rpartition(".")[0], []).append(each)
    return tuple(Element(place, number, "", tuple(each)) for place, (number, each) in enumerate(groups.items(), 1))


@dataclass(frozen=True, slots=True)
class Origin:
    """Asal edisi: the edition it was copied from and the baseline of its references.

    `coming` is there while they are rewritten: a run that was cut off is finished by the next.
    """

    edition: str
    baseline: Baseline
    coming: Baseline | None = None


_MOVED: Final = re.compile(r"\(\S+ KUK \S+\) .*", re.DOTALL)


def moved_from(unit: str, number: str, text: str) -> str:
    """What the mark of a reference says whose criterion stands in another unit now."""
    return f"({unit} KUK {number}) {text}"


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """Tanda tinjau: what serves a criterion whose text or unit changed since it was written, until a person clears it.

    `old` is the text it had, of one that was moved to another unit behind unit and number.
    """

    what: str
    name: str
    unit: str
    number: str
    old: str
    place: Place

    @property
    def is_moved(self) -> bool:
        """Whether the criterion went to another unit."""
        return _MOVED.fullmatch(self.old) is not None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Padanan: a person's ruling that a rewording means the same; `when` is typed by that person."""

    unit: str
    number: str
    old: str
    new: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class EditionSeal:
    """Segel edisi: the digest of every data file when the edition was released; `released` is the date given then."""

    edition: str
    released: str
    files: Mapping[str, Digest]
    digest: PartsDigest
    kept: str = ""
    """The digest of the record of what the release keeps besides; empty in a seal of kitgen 0.1."""

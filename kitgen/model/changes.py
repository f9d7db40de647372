"""What one edition of a scheme says otherwise than another: every criterion of both in exactly one line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kitgen.base.messages import Message, said

SpanKind = Literal["same", "gone", "new"]
Shape = Literal["kept", "split", "merged", "new", "removed"]
"""What became of it: one of the old one of the new, one several, several one, or only on one side."""
Wording = Literal["same", "editorial", "reworded", "ruled"]
"""`ruled`: reworded, and ruled equal in meaning by a person."""
NumberChange = Literal["same", "renumbered", "moved"]
"""`moved`: to another element, or another unit."""
ITEM_GROUPS: Final[Mapping[str, Message]] = {
    "scheme": said("facts of the scheme"),
    "cluster": said("clusters"),
    "question": said("questions"),
    "scenario": said("scenarios"),
    "task": said("tasks"),
    "activity": said("activities"),
    "method": said("methods"),
    "instruments": said("instruments of clusters"),
    "blueprint": said("blueprint"),
    "paper": said("recorded papers"),
    "identity": said("identity"),
    "form": said("forms"),
    "template": said("templates"),
}
"""What lines of other changes are of, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Span:
    """Potongan teks: a piece of a text that stays, goes or comes."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Perubahan isian: a field that says something else, empty where it says nothing; `label`: as people call it."""

    field: str
    old: str
    new: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CriterionAt:
    """KUK pada tempatnya: a criterion with its unit, element and number."""

    unit: str
    element: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """Baris perubahan KUK: the criteria of the old edition and what became of them in the new one.

    `from_unit` is the unit it stood in, if it was moved to another one (not: the same unit in its next version).
    """

    shape: Shape
    old: tuple[CriterionAt, ...]
    new: tuple[CriterionAt, ...]
    wording: Wording = "same"
    numbering: NumberChange = "same"
    from_unit: str = ""

    @property
    def is_same(self) -> bool:
        """Whether nothing of it changed."""
        return self.shape == "kept" and self.wording == "same" and self.numbering == "same"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words it is counted by: one that was moved and reworded is both."""
        if self.shape != "kept":
            return (self.shape,)
        return tuple(word for word in (self.numbering, self.wording) if word != "same")


@dataclass(frozen=True, slots=True)
class ElementLine:
    """Baris perubahan elemen: its number and title on both sides; empty where there is none."""

    shape: Shape
    unit: str
    old_number: str
    new_number: str
    old_title: str
    new_title: str
    wording: Wording = "same"

    @property
    def is_same(self) -> bool:
        """Whether nothing of it changed but its criteria."""
        return self.shape == "kept" and self.wording == "same" and self.old_number == self.new_number

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words it is counted by."""
        if self.shape != "kept":
            return (self.shape,)
        moved = ["renumbered"] if self.old_number != self.new_number else []
        return (*moved, *([self.wording] if self.wording != "same" else []))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Baris perubahan unit: its codes on both sides, and what else of it says something else."""

    shape: Shape
    old_code: str
    new_code: str
    title: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_raised(self) -> bool:
        """Whether it is the same unit in another version: only the last part of its code differs."""
        return self.shape == "kept" and self.old_code != self.new_code

    @property
    def is_same(self) -> bool:
        """Whether nothing of it changed but its elements."""
        return self.shape == "kept" and not self.is_raised and not self.fields


@dataclass(frozen=True, slots=True)
class SchemeChanges:
    """Perubahan skema: a line for every unit, element and criterion of both editions."""

    units: tuple[UnitLine, ...]
    elements: tuple[ElementLine, ...]
    criteria: tuple[CriterionLine, ...]

    def counts(self) -> dict[str, int]:
        """How many criteria there are of each kind; those of several kinds count in each."""
        found = Counter(kind for line in self.criteria for kind in line.kinds)
        words = ("new", "removed", "reworded", "ruled", "editorial", "moved", "renumbered", "split", "merged")
        return {word: found[word] for word in words}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Baris perubahan lain: a question, cue, task, method, template ... by its name, with its fields that changed.

    `followed`: it names its criteria by other numbers or another unit, and says the same of the same criteria.
    """

    group: str
    name: str
    shape: Literal["changed", "followed", "new", "removed"]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """Perubahan edisi: all that differs between two editions; `left_out`: why questions and the rest are not told."""

    old: str
    new: str
    title: str
    scheme: SchemeChanges
    items: tuple[ItemLine, ...]
    left_out: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the editions say the same."""
        lines: tuple[UnitLine | ElementLine | CriterionLine, ...] = (
            *self.scheme.units, *self.scheme.elements, *self.scheme.criteria,
        )  # fmt: skip
        return not self.items and not self.left_out and all(line.is_same for line in lines)

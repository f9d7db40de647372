"""How references follow their criteria when numbers move: decided from what they spoke of, by text. Pure.

A reference that stands as it was left speaks of the criteria as they were then; one that a person changed or added
since may speak of either, so that it is left as it is and marked for review where the two differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.changes.units import Ruled, scheme_changes, stem_of, successor_of, unit_pairs
from kitgen.changes.words import skeleton
from kitgen.model.changes import CriterionAt, CriterionLine
from kitgen.model.origin import (
    UNDECIDED,
    Baseline,
    CriterionReference,
    Origin,
    Ruling,
    UnitThen,
    moved_from,
    units_then,
)
from kitgen.model.scheme import Unit


def ruled_by(rulings: Iterable[Ruling]) -> Ruled:
    """Whether a person ruled on a criterion as it reads now; its wording before may have changed several times."""
    known = {(ruling.unit, ruling.number, ruling.new) for ruling in rulings}
    return lambda old, new: (new.unit, new.number, new.text) in known


@dataclass(frozen=True, slots=True)
class CriterionMove:
    """Nasib satu nomor: the number a criterion has now, the old text to review it by, and what a person must decide.

    `unit` is the one it was moved to; empty if it stays in its own.
    """

    number: str
    review: str = ""
    decide: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """Rujukan sesudah mengikuti: the number for each old one, marks by new number, and what a person must decide.

    `unit` is the one all its criteria were moved to; `staying` is what becomes of it where it cannot go there.
    """

    numbers: tuple[str, ...]
    marks: tuple[tuple[str, str], ...] = ()
    decide: tuple[str, ...] = ()
    unit: str = ""
    staying: "Followed | None" = None


class CriterionMoves:
    """Perpindahan KUK: what became of each number of one baseline in the units as they are now."""

    def __init__(self, baseline: Baseline, units: Sequence[Unit], ruled: Ruled) -> None:
        before = baseline.as_units()
        self.units = {
            old.code: new.code for old, new in unit_pairs(before, units) if old is not None and new is not None
        }
        self.present = {unit.code: tuple(each.number for each in unit.criteria()) for unit in units}
        lines = scheme_changes(before, units, ruled).criteria
        self.by_number = {
            (old.unit, old.number): _move_of(old, line)
            for line in lines
            for old in line.old
            if old.unit in self.units or line.from_unit
        }
        self.old_texts = {(old.unit, old.number): old.text for line in lines for old in line.old}
        self.texts = {(new.unit, new.number): new.text for line in lines for new in line.new}

        self._ruled = {
            (line.new[0].unit, line.new[0].number): line.old[0].text for line in lines if line.wording == "ruled"
        }

    def units_followed(self, units: Iterable[Unit]) -> tuple[UnitThen, ...]:
        """The criteria the references speak of from now on.

        One that was ruled equal in meaning keeps its old text: if the ruling falls, what serves it is to be reviewed.
        """
        return units_then(units, self._ruled)

    def follow(self, reference: CriterionReference) -> Followed:
        """The reference by the numbers of now; a number that is unknown stays."""
        moves = {old: self.by_number.get((reference.unit, old), CriterionMove(old)) for old in reference.numbers}
        is_gone = reference.unit not in self.units  # what names a unit that is no more is an error as it is
        staying = self._by(
            {old: CriterionMove(old) if is_gone else _left_behind(old, move) for old, move in moves.items()}
        )
        units = {move.unit for move in moves.values()}
        if len(units) == 1 and (unit := units.pop()):
            return replace(self._by(moves), unit=unit, staying=staying)
        return staying

    def _by(self, moves: Mapping[str, CriterionMove]) -> Followed:
        numbers: list[str] = []
        marks: list[tuple[str, str]] = []
        decide: list[str] = []
        for old, move in moves.items():
            number = move.number
            if number in numbers and not number.endswith(UNDECIDED):
                number, move = (
                    f"{old}{UNDECIDED}",
                    CriterionMove(old, "", said("KUK {old} is part of KUK {number} now, too", old=old, number=number)),
                )
            numbers.append(number)
            marks += [(number, move.review)] if move.review else []
            decide += [move.decide] if move.decide else []
        return Followed(tuple(numbers), tuple(marks), tuple(decide))

    def doubt(self, reference: CriterionReference) -> Followed:
        """A reference that may speak of either state: as it is, with a mark where the two differ."""
        code = self.units.get(reference.unit, reference.unit)
        marks = [
            (number, old)
            for number in reference.numbers
            if (old := self.old_texts.get((reference.unit, number)) or self.old_texts.get((self._was(code), number)))
            and skeleton(old) != skeleton(self.texts.get((code, number), ""))
        ]
        return Followed(reference.numbers, tuple(marks))

    def _was(self, code: str) -> str:
        return next((old for old, new in self.units.items() if new == code), code)

    def is_current(self, mark: tuple[str, str], unit: str) -> bool:
        """Whether a mark still says something else than the criterion it stands for."""
        return skeleton(self.texts.get((self.units.get(unit, unit), mark[0]), "")) != skeleton(mark[1])


def _left_behind(old: str, move: CriterionMove) -> CriterionMove:
    """The move of a number in what cannot go where its criterion went."""
    if not move.unit:
        return move
    return CriterionMove(
        f"{old}{UNDECIDED}",
        "",
        said(
            "KUK {old} was moved to unit {unit}, where it is KUK {number}", old=old, unit=move.unit, number=move.number
        ),
    )


def _move_of(old: CriterionAt, line: CriterionLine) -> CriterionMove:
    number = old.number
    if not line.new:
        return CriterionMove(
            f"{number}{UNDECIDED}", "", said("KUK {number} was removed: {text}", number=number, text=old.text)
        )
    best = successor_of(old, line)
    if line.from_unit:
        return CriterionMove(best.number, moved_from(old.unit, number, old.text), "", best.unit)
    if line.shape == "split":
        parts = ", ".join(each.number for each in line.new)
        return CriterionMove(
            best.number,
            old.text,
            said(
                "KUK {number} was split into {parts}; it names {first} for now",
                number=number,
                parts=parts,
                first=best.number,
            ),
        )
    if line.shape == "merged":
        whole = ", ".join(each.number for each in line.old)
        return CriterionMove(
            best.number, old.text, said("KUK {whole} were merged into {number}", whole=whole, number=best.number)
        )
    return CriterionMove(best.number, old.text if line.wording == "reworded" else "")


def followed(
    now: Sequence[CriterionReference],
    origin: Origin,
    name: str,
    is_complete: bool,
    moves_from: Mapping[bool, CriterionMoves],
) -> list[tuple[Followed, CriterionMoves | None]]:
    """What becomes of each reference of the list `name`, and the moves it went through (None: it stays).

    `moves_from` lead from `origin.baseline` (False) and `origin.coming` (True) to now. A list that a run rewrote before
    it was cut off stands as `origin.coming` has it; one that stands as both have it may still lack its marks, and
    following it once more sets those it has not.
    """
    for is_coming, baseline in ((False, origin.baseline), (True, origin.coming)):
        left = baseline.references.get(name, ()) if baseline is not None else ()
        if baseline is not None and [_key(each) for each in left] == [_key(each) for each in now]:
            return [(moves_from[is_coming].follow(each), moves_from[is_coming]) for each in left]
    moved_by = moves_from[False]
    if is_complete and _covers(now, moved_by):
        return [(Followed(each.numbers), None) for each in now]
    rest = list(origin.baseline.references.get(name, ()))
    found: list[tuple[Followed, CriterionMoves | None]] = []
    for each in now:
        known = next((left for left in rest if _key(left) == _key(each) and left.content == each.content), None)
        if known is None:
            found.append((moved_by.doubt(each), None))
        else:
            rest.remove(known)
            found.append((moved_by.follow(known), moved_by))
    return found


def _key(reference: CriterionReference) -> tuple[str, str, tuple[str, ...]]:
    return reference.name, stem_of(reference.unit), reference.numbers


def _covers(now: Sequence[CriterionReference], moved_by: CriterionMoves) -> bool:
    """Whether a list has every criterion its units have now exactly once: a person brought it up to date."""
    codes = {moved_by.units.get(each.unit, each.unit) for each in now}
    wanted = sorted((code, number) for code in codes for number in moved_by.present.get(code, ()))
    return sorted((moved_by.units.get(each.unit, each.unit), *each.numbers) for each in now) == wanted


_ENDED: Final = {
    "removed": said("KUK {numbers} of unit {unit} was removed"),
    "split": said("KUK {numbers} of unit {unit} was split"),
    "merged": said("KUK {numbers} of unit {unit} was merged"),
}


def unfollowed(baseline: Baseline, units: Sequence[Unit], ruled: Ruled) -> tuple[list[Message], list[CriterionLine]]:
    """What moved since the references last followed (in words), and what was reworded under its number."""
    if baseline.units == units_then(units):
        return [], []
    changes = scheme_changes(baseline.as_units(), units, ruled)
    told = [
        said("unit {old} is {new} now", old=line.old_code, new=line.new_code)
        for line in changes.units
        if line.is_raised
    ]
    told += [said("unit {old} was removed", old=line.old_code) for line in changes.units if line.shape == "removed"]
    gone = {line.old_code for line in changes.units if line.shape == "removed"}
    reworded: list[CriterionLine] = []
    for line in changes.criteria:
        numbers = ", ".join(each.number for each in line.old)
        unit = line.old[0].unit if line.old else ""
        if line.from_unit:
            told.append(
                said(
                    "KUK {numbers} of unit {unit} is {number} of unit {new_unit} now",
                    numbers=numbers,
                    unit=unit,
                    number=line.new[0].number,
                    new_unit=line.new[0].unit,
                )
            )
        elif line.shape in ("removed", "split", "merged") and unit not in gone:
            told.append(_ENDED[line.shape].about(numbers=numbers, unit=unit))
        elif line.shape == "kept" and line.old[0].number != line.new[0].number:
            told.append(
                said(
                    "KUK {numbers} of unit {unit} is {number} now",
                    numbers=numbers,
                    unit=unit,
                    number=line.new[0].number,
                )
            )
        elif line.shape == "kept" and line.wording == "reworded":
            reworded.append(line)
    return told, reworded

"""What differs between two editions of a scheme's units, elements and criteria. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kitgen.changes.best_pairs import Pair, best_pairs
from kitgen.changes.criteria import Match, criteria_of, match_criteria
from kitgen.changes.words import likeness, skeleton, words
from kitgen.model.changes import (
    CriterionAt,
    CriterionLine,
    ElementLine,
    FieldChange,
    NumberChange,
    SchemeChanges,
    Shape,
    UnitLine,
    Wording,
)
from kitgen.model.scheme import Element, Unit

Ruled = Callable[[CriterionAt, CriterionAt], bool]
"""Whether a person ruled the rewording of one criterion into the other equal in meaning."""
_TITLES_ALIKE = 0.5


def scheme_changes(old: Sequence[Unit], new: Sequence[Unit], ruled: Ruled = lambda old, new: False) -> SchemeChanges:
    """A line for every unit, element and criterion of both sides, in the order of the new one."""
    units: list[UnitLine] = []
    elements: list[ElementLine] = []
    criteria: list[CriterionLine] = []
    pairs = unit_pairs(old, new)
    ranks = _ranks([unit.code for unit in old], pairs)
    for before, after in pairs:
        found = _unit(before, after, ranks, ruled)
        units.append(found.unit)
        elements += found.elements
        criteria += found.criteria
    return SchemeChanges(tuple(units), tuple(elements), tuple(_across(criteria)))


def _across(lines: Sequence[CriterionLine]) -> Iterator[CriterionLine]:
    """The lines, with what went from one unit and came in another as one: it was moved, if its text is on both sides
    once. What is merely alike is not taken for it: units of one scheme say much in nearly the same words."""
    gone, came = (_by_text(lines, shape) for shape in ("removed", "new"))
    pairs = {gone[text].old[0]: came[text].new[0] for text in gone.keys() & came.keys()}
    back = {new: old for old, new in pairs.items()}
    for line in lines:
        if line.shape == "new" and (old := back.get(line.new[0])) is not None:
            wording = wording_of(old.text, line.new[0].text)
            yield CriterionLine("kept", (old,), line.new, wording, "moved", old.unit)
        elif line.shape != "removed" or line.old[0] not in pairs:
            yield line


def _by_text(lines: Sequence[CriterionLine], shape: Shape) -> dict[str, CriterionLine]:
    """The lines of a shape whose text no other of them has."""
    found: dict[str, list[CriterionLine]] = {}
    for line in lines:
        if line.shape == shape:
            text = (line.old or line.new)[0].text
            found.setdefault(skeleton(text) or text, []).append(line)
    return {text: each[0] for text, each in found.items() if len(each) == 1}


def unit_pairs(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[Unit | None, Unit | None]]:
    """The units that are one on both sides: by code, else by code without its version. Those that went stand last."""
    by_code = {unit.code: unit for unit in old}
    codes = {unit.code for unit in new}
    left = [unit for unit in old if unit.code not in codes]
    pairs: list[tuple[Unit | None, Unit | None]] = []
    for unit in new:
        found = by_code.get(unit.code)
        if found is None:
            found = next((each for each in left if stem_of(each.code) == stem_of(unit.code)), None)
            left = [each for each in left if each is not found]
        pairs.append((found, unit))
    return [*pairs, *((unit, None) for unit in left)]


def stem_of(code: str) -> str:
    """A unit's code without its version, the digits behind the last point."""
    stem, _, version = code.rpartition(".")
    return stem if stem and version.isdigit() else code


@dataclass(frozen=True, slots=True)
class _UnitChanges:
    unit: UnitLine
    elements: list[ElementLine]
    criteria: list[CriterionLine]


def _ranks(order: Sequence[str], pairs: Sequence[tuple[Unit | None, Unit | None]]) -> dict[str, tuple[int, int]]:
    """The old and the new place of each unit among those that stayed: a unit added before it moves none."""
    kept = [(old.code, new.code) for old, new in pairs if old is not None and new is not None]
    before = {old: place for place, old in enumerate(sorted((old for old, _ in kept), key=order.index), 1)}
    return {new: (before[old], place) for place, (old, new) in enumerate(kept, 1)}


def _unit(old: Unit | None, new: Unit | None, ranks: Mapping[str, tuple[int, int]], ruled: Ruled) -> _UnitChanges:
    before, after = criteria_of(old) if old else (), criteria_of(new) if new else ()
    matches = match_criteria(before, after)
    old_elements, new_elements = old.elements if old else (), new.elements if new else ()
    elements = _element_pairs(old_elements, new_elements, matches)
    homes = {old_elements[left].number: new_elements[right].number for left, right in elements.items()}
    criteria = [_criterion(match, before, after, homes, ruled) for match in matches]
    code = (new or old or Unit(0, "", "", "", "", ())).code
    return _UnitChanges(
        UnitLine(
            _shape(old, new),
            old.code if old else "",
            new.code if new else "",
            new.title if new else old.title if old else "",
            tuple(_unit_fields(old, new, ranks[new.code])) if old and new else (),
        ),
        list(_elements(code, old_elements, new_elements, elements)),
        criteria,
    )


def _shape(old: object, new: object) -> Shape:
    return "new" if old is None else "removed" if new is None else "kept"


def _unit_fields(old: Unit, new: Unit, rank: tuple[int, int]) -> Iterator[FieldChange]:
    if rank[0] != rank[1]:
        yield FieldChange("position", *map(str, rank))
    names = ("title", "standard", "workplace_standard")
    yield from field_changes({name: getattr(old, name) for name in names}, {name: getattr(new, name) for name in names})


def field_changes(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[FieldChange]:
    """The fields of two mappings that say something else, in the order of the new one, those that went last."""
    for name in (*new, *(name for name in old if name not in new)):
        if old.get(name, "") != new.get(name, ""):
            yield FieldChange(name, str(old.get(name, "")), str(new.get(name, "")))


def wording_of(old: str, new: str) -> Wording:
    """Whether two texts are the same, differ in case, spaces and punctuation only, or in words."""
    if old == new:
        return "same"
    return "editorial" if skeleton(old) == skeleton(new) and skeleton(old) else "reworded"


def _criterion(
    match: Match, before: Sequence[CriterionAt], after: Sequence[CriterionAt], homes: Mapping[str, str], ruled: Ruled
) -> CriterionLine:
    old, new = tuple(before[place] for place in match.old), tuple(after[place] for place in match.new)
    if not old or not new:
        return CriterionLine("removed" if old else "new", old, new)
    if len(old) + len(new) > 2:
        return CriterionLine("split" if len(new) > 1 else "merged", old, new, "reworded")
    (was,), (now,) = old, new
    wording = wording_of(was.text, now.text)
    if wording == "reworded" and ruled(was, now):
        wording = "ruled"
    return CriterionLine("kept", old, new, wording, _numbering(was, now, homes))


def _numbering(old: CriterionAt, new: CriterionAt, homes: Mapping[str, str]) -> NumberChange:
    if homes.get(old.element) != new.element:
        return "moved"
    return "same" if old.number == new.number else "renumbered"


def _element_pairs(old: Sequence[Element], new: Sequence[Element], matches: Sequence[Match]) -> dict[int, int]:
    """The elements that are one: by the criteria they share, their titles, and last their number."""
    of_old = [place for place, element in enumerate(old) for _ in element.criteria]
    of_new = [place for place, element in enumerate(new) for _ in element.criteria]
    shared: dict[Pair, int] = {}
    for match in matches:
        for left in match.old:
            for right in match.new:
                pair = of_old[left], of_new[right]
                shared[pair] = shared.get(pair, 0) + 1
    weights: dict[Pair, int] = {}
    for left, before in enumerate(old):
        for right, after in enumerate(new):
            same = likeness(words(before.title), words(after.title))
            titled = skeleton(before.title) == skeleton(after.title)
            if titled or same >= _TITLES_ALIKE or (left, right) in shared:
                weight = 1_000 * titled + round(400 * same) + 100 * shared.get((left, right), 0)
                weights[left, right] = 10 * weight + (before.number == after.number)
    return best_pairs(weights)


def _elements(
    code: str, old: Sequence[Element], new: Sequence[Element], pairs: Mapping[int, int]
) -> Iterator[ElementLine]:
    back = {right: left for left, right in pairs.items()}
    for place, after in enumerate(new):
        before = old[back[place]] if place in back else None
        if before is None:
            yield ElementLine("new", code, "", after.number, "", after.title)
        else:
            wording = wording_of(before.title, after.title)
            yield ElementLine("kept", code, before.number, after.number, before.title, after.title, wording)
    for place, before in enumerate(old):
        if place not in pairs:
            yield ElementLine("removed", code, before.number, "", before.title, "")


def successor_of(old: CriterionAt, line: CriterionLine) -> CriterionAt:
    """The criterion of the new side that stands for an old one: of several parts the one most like it."""
    return max(line.new, key=lambda each: likeness(words(old.text), words(each.text)))


def new_positions(changes: SchemeChanges) -> dict[tuple[str, str], tuple[str, str]]:
    """Where each criterion that is still there stands now: from its old unit and number to the new ones."""
    return {
        (old.unit, old.number): (successor.unit, successor.number)
        for line in changes.criteria
        if line.new
        for old in line.old
        for successor in (successor_of(old, line),)
    }

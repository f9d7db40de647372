"""Which criterion of a unit became which: by text first, then by number. Pure, and the same on every machine.

In four steps, each for what the step before left: equal texts; texts that differ editorially; the most alike, by the
best pairing of all; then one that became several, or several one.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from kitgen.changes.best_pairs import Pair, best_pairs
from kitgen.changes.words import content_words, likeness, skeleton, words
from kitgen.model.changes import CriterionAt
from kitgen.model.scheme import Unit

ALIKE: Final = 0.55
"""Two sentences are one, reworded, from this likeness on. Of 285 pairs of different criteria of one unit in the shipped
scheme a single one is more alike than this (0.73); from 0.5 on it would be seven."""
ALIKE_IN_PLACE: Final = 0.3
"""In the same place less will do: under the same number, or between the same neighbours. A third of the words kept is
a rewording there (a person looks at it anyway); with less it is another criterion that took the place."""
OF_WHOLE: Final = 0.6
"""So many of a part's words must stand in the whole for it to be a part of it: fewer are shared by chance."""
OF_PARTS: Final = 0.7
"""So many of the whole's words must stand in its parts together, or some of it was dropped, and that is a rewording."""


@dataclass(frozen=True, slots=True)
class Match:
    """Pasangan KUK: places of criteria, counted through their unit, on the old and the new side."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def criteria_of(unit: Unit) -> tuple[CriterionAt, ...]:
    """All criteria of a unit in order."""
    return tuple(
        CriterionAt(unit.code, element.number, criterion.number, criterion.text)
        for element, criterion in unit.by_element()
    )


def match_criteria(old: Sequence[CriterionAt], new: Sequence[CriterionAt]) -> list[Match]:
    """Every criterion of both sides in exactly one match, ordered by the new side; what went stands where it was."""
    matching = _Matching(old, new)
    matching.pair_equal(lambda each: each.text)
    matching.pair_equal(lambda each: skeleton(each.text) or each.text)
    sure = dict(matching.to_new)
    matching.pair_alike()
    kept = dict(matching.to_new)
    split = [Match((whole,), parts) for whole, parts in _parts_of(old, new, kept, set(sure), set(kept.values()))]
    gone, came = _places(split)
    kept = {left: right for left, right in kept.items() if left not in gone}
    back = {right: left for left, right in kept.items()}
    wholes = _parts_of(new, old, back, {*sure.values(), *came}, {*kept, *gone})
    merged = [Match(parts, (whole,)) for whole, parts in wholes]
    gone, came = _places([*split, *merged])
    single = [Match((left,), (right,)) for left, right in kept.items() if left not in gone and right not in came]
    gone, came = _places([*split, *merged, *single])
    removed = [Match((place,), ()) for place in range(len(old)) if place not in gone]
    fresh = [Match((), (place,)) for place in range(len(new)) if place not in came]
    return _ordered([*split, *merged, *single, *fresh], removed)


def _ordered(there: list[Match], removed: list[Match]) -> list[Match]:
    """By the new side; a criterion that went stands behind the one it stood behind."""
    first = {place: each.new[0] for each in there for place in each.old}
    behind = [(max((first[place] for place in range(each.old[0]) if place in first), default=-1), each)
              for each in removed]  # fmt: skip
    keyed = [((each.new[0], 0, 0), each) for each in there]
    keyed += [((place, 1, each.old[0]), each) for place, each in behind]
    return [each for _, each in sorted(keyed, key=lambda pair: pair[0])]


@dataclass(slots=True)
class _Matching:
    """The two sides, and the partners found so far, by places."""

    old: Sequence[CriterionAt]
    new: Sequence[CriterionAt]
    to_new: dict[int, int] = field(default_factory=dict)

    def pair_equal(self, key: Callable[[CriterionAt], str]) -> None:
        """Pair what has an equal key: those of one number first, the rest in order."""
        lefts, rights = self._free()
        by_key: dict[str, list[int]] = {}
        for right in rights:
            by_key.setdefault(key(self.new[right]), []).append(right)
        for same_number in (True, False):
            for left in lefts:
                wanted = self.old[left]
                for right in by_key.get(key(wanted), ()) if left not in self.to_new else ():
                    if not same_number or self.new[right].number == wanted.number:
                        self.to_new[left] = right
                        by_key[key(wanted)].remove(right)
                        break

    def pair_alike(self) -> None:
        """Pair what is alike enough, so that all pairs together are most alike."""
        lefts, rights = self._free()
        weights: dict[Pair, int] = {}
        in_place = self._in_place()
        for left in lefts:
            for right in rights:
                stays = in_place(left, right)
                same = likeness(words(self.old[left].text), words(self.new[right].text))
                if same >= (ALIKE_IN_PLACE if stays else ALIKE):
                    # Cubed, so that one sure pair goes before two doubtful ones; the rest decides between equals.
                    weights[left, right] = round(same**3 * 10**9) * 10**4 + 5_000 * stays + max(0, 999 - right)
        self.to_new |= best_pairs(weights)

    def _in_place(self) -> Callable[[int, int], bool]:
        partner = dict(self.to_new)
        ends = {-1: -1, len(self.old): len(self.new)}

        def stands(left: int, right: int) -> bool:
            if self.old[left].number == self.new[right].number:
                return True
            around = [(ends | partner).get(left + step) == right + step for step in (-1, 1)]
            return all(around)

        return stands

    def _free(self) -> tuple[list[int], list[int]]:
        taken = set(self.to_new.values())
        return (
            [left for left in range(len(self.old)) if left not in self.to_new],
            [right for right in range(len(self.new)) if right not in taken],
        )


def _places(matches: Sequence[Match]) -> tuple[set[int], set[int]]:
    """All places of both sides that stand in these matches."""
    return {place for each in matches for place in each.old}, {place for each in matches for place in each.new}


def _parts_of(
    wholes: Sequence[CriterionAt], parts: Sequence[CriterionAt], partner: Mapping[int, int], sure: Set[int],
    taken: Set[int],
) -> list[tuple[int, tuple[int, ...]]]:  # fmt: skip
    """Wholes that became several parts: their partner, and parts nobody has.

    `partner` is the part each whole was paired with, `sure` are the wholes that became nothing else, since their text
    stayed, `taken` the parts that have a whole.
    """
    found: list[tuple[int, tuple[int, ...]]] = []
    free = [place for place in range(len(parts)) if place not in taken]
    for place, whole in enumerate(wholes):
        if place in sure or not free:
            continue
        own = [partner[place]] if place in partner else []
        chosen = _covering(whole.text, [(each, parts[each].text) for each in (*own, *free)])
        if len(chosen) > 1 and set(own) <= set(chosen):
            found.append((place, tuple(sorted(chosen))))
            free = [each for each in free if each not in chosen]
    return found


def _covering(whole: str, parts: Sequence[tuple[int, str]]) -> list[int]:
    """The parts that are mostly made of the words of the whole and together make most of it; none if they do not."""
    wanted = Counter(content_words(whole))
    fitting = [(place, Counter(content_words(text))) for place, text in parts]
    fitting = [(place, held) for place, held in fitting if held and _shared(held, wanted) >= OF_WHOLE * held.total()]
    chosen = [each for each in fitting if _adds(each, fitting, wanted)]
    together: Counter[str] = Counter()
    for _, held in chosen:
        together |= held
    return [place for place, _ in chosen] if _shared(together, wanted) >= OF_PARTS * wanted.total() else []


def _adds(part: tuple[int, Counter[str]], parts: Sequence[tuple[int, Counter[str]]], wanted: Counter[str]) -> bool:
    """Whether a part holds a word of the whole that no other part holds."""
    others: Counter[str] = Counter()
    for place, held in parts:
        if place != part[0]:
            others |= held
    return bool((part[1] & wanted) - others)


def _shared(one: Counter[str], other: Counter[str]) -> int:
    return (one & other).total()

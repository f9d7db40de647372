"""Is every expected text on a finished document, and in its place? Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kitgen.base.messages import said
from kitgen.kits.plan import PlannedDocument
from kitgen.model.bank import LETTERS
from kitgen.verify.expected import Expected, expected_of
from kitgen.verify.read_back import Finished, Hit, Line

FaultKind = Literal["missing", "elsewhere", "contradicted", "left_over", "stranger"]
"""A text is not there; stands with another number; another one stands in its place; a tag of the template is left;
somebody is named who has no business there."""

LIKE: Final = 0.5
"""The part of its words a line must share with a missing text to be shown as what stands in its place."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of a document: `expected` should stand there, `there` does; `what` is empty of a tag."""

    kind: FaultKind
    what: str
    spot: str
    expected: str = ""
    there: str = ""


@dataclass(slots=True)
class Checked:
    """A finished document that was read: the texts found in it with their places, and its faults."""

    document: PlannedDocument
    found: list[tuple[Expected, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many expected texts are not in their places."""
        return sum(fault.kind not in ("left_over", "stranger") for fault in self.faults)


def check_document(document: PlannedDocument, read: Finished) -> Checked:
    """Look for all texts of a document in what was read of it."""
    checked = Checked(document)
    for group in expected_of(document):
        looking = _Looking(read, checked, {each.label for each in group if each.label})
        find = looking.find_keys if group and group[0].content == "keys" else looking.find
        find(group, 0, len(read.lines))
    checked.faults += [Fault("left_over", "", line.spot, there=line.text) for line in read.left_over]
    return checked


@dataclass(slots=True)
class _Looking:
    """Finds texts of one kind in a stretch of lines; equal texts need a place each."""

    read: Finished
    checked: Checked
    labels: set[str]
    used: set[Hit] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)
    """The lines where a heading of the group may stand."""

    def find(self, group: Sequence[Expected], first: int, end: int) -> None:
        """Find all of a group between two lines, then what belongs below each before the next one begins."""
        numbers = [each for each in group if not each.text]
        self._find_numbers(numbers)
        self.heads = {hit.line for each in group if each.below for hit in self._places(each)}
        heads: dict[int, int] = {}
        last = ""
        for position, each in enumerate(group):
            if not each.text:
                continue
            hit = self._place_of(each, first, end)
            if isinstance(hit, Fault):
                self.checked.faults.append(self._told(hit, each, first, end, last))
                continue
            self.used.add(hit)
            heads[position] = hit.line
            last = self.read.lines[hit.line].spot
            self.checked.found.append((each, last))
        starts = sorted(heads.values())
        for position, each in enumerate(group):
            if each.below:
                start = heads.get(position)
                after = [line for line in starts if start is not None and line > start]
                below = _Looking(self.read, self.checked, {item.label for item in each.below if item.label})
                below.find(each.below, first if start is None else start, after[0] if after else end)

    def _place_of(self, each: Expected, first: int, end: int) -> Hit | Fault:
        wrong: Fault | None = None
        right: list[Hit] = []
        for hit in self._places(each):
            if not first <= hit.line < end or hit in self.used:
                continue
            label = self.read.label_at(hit, self.labels) if each.label else ""
            if label == each.label:
                if not each.below:
                    return hit
                right.append(hit)
            elif wrong is None:
                wrong = Fault("elsewhere", each.what, self.read.lines[hit.line].spot, each.label, label or "")
        if right:
            return self._above_what_is_below(each, right, end)
        return wrong or Fault("missing", each.what, "", each.text)

    def _places(self, each: Expected) -> Iterator[Hit]:
        """Where a text is a paragraph by itself, then where it stands within one."""
        yield from self.read.exactly(each.text)
        yield from self.read.within(each.text)

    def _above_what_is_below(self, each: Expected, places: list[Hit], end: int) -> Hit:
        """Of several places of a heading, the one with most of what belongs below it before the next heading; of equal
        ones the first.
        """
        if len(places) == 1:
            return places[0]
        stops = sorted({*self.heads, *(place.line for place in places)})

        def below(place: Hit) -> int:
            after = bisect_right(stops, place.line)
            stop = stops[after] if after < len(stops) else end
            return sum(
                any(place.line <= hit.line < stop for hit in self.read.exactly(item.text)) for item in each.below
            )

        return max(places, key=below)

    def _find_numbers(self, numbers: Sequence[Expected]) -> None:
        """Numbers alone are looked for in the one table that has most of them: other tables are numbered too."""
        if not numbers:
            return
        wanted = {each.label for each in numbers}
        tables: dict[str, dict[str, str]] = {}
        for line in self.read.lines:
            if line.label in wanted and line.text.rstrip(".") == line.label and line.table:
                tables.setdefault(line.table, {}).setdefault(line.label, line.spot)
        best = max(tables.values(), key=len, default={})
        for each in numbers:
            if each.label in best:
                self.checked.found.append((each, best[each.label]))
            else:
                self.checked.faults.append(Fault("missing", each.what, "", each.label))

    def find_keys(self, group: Sequence[Expected], first: int, end: int) -> None:
        """Find the letter of each question, in every table that lists keys; another letter beside it is told."""
        keys = {each.label: each for each in group}
        tables: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for letter in LETTERS:
            for hit in self.read.exactly(letter):
                label = self.read.label_at(hit, self.labels)
                if label is not None and not _is_second(self.read, hit, label):
                    line = self.read.lines[hit.line]
                    tables.setdefault(line.table, {}).setdefault(label, []).append((letter, line.spot))
        listing = {name: found for name, found in tables.items() if 2 * len(found) > len(keys)}
        for label, each in keys.items():
            there = [place for found in listing.values() for place in found.get(label, ())]
            wrong = next((place for place in there if place[0] != each.text), None)
            lacking = next((name for name, found in listing.items() if label not in found), None)
            if wrong is not None:
                self.checked.faults.append(Fault("contradicted", each.what, wrong[1], each.text, wrong[0]))
            elif lacking is not None or not there:
                self.checked.faults.append(Fault("missing", each.what, lacking or "", each.text))
            else:
                self.checked.found.append((each, there[0][1]))

    def _told(self, fault: Fault, each: Expected, first: int, end: int, last: str) -> Fault:
        """The fault of a text that is not there, with the line most like it, or the place it should follow."""
        if fault.kind != "missing":
            return fault
        like = self._most_like(each, first, end)
        if like is not None:
            return Fault("missing", fault.what, like.spot, fault.expected, like.text)
        return Fault("missing", fault.what, said("after {last}", last=last) if last else "", fault.expected)

    def _most_like(self, each: Expected, first: int, end: int) -> Line | None:
        words = set(each.text.split())
        taken = {hit.line for hit in self.used}
        best, most = None, LIKE
        for number in range(first, end):
            others = set(self.read.lines[number].text.split())
            shared = 2 * len(words & others) / (len(words) + len(others)) if others else 0.0
            if shared > most and number not in taken and not self._is_wanted(number):
                best, most = self.read.lines[number], shared
        return best

    def _is_wanted(self, number: int) -> bool:
        """Whether the line is the place of another text: then it does not stand in for the missing one."""
        spot = self.read.lines[number].spot
        return any(place == spot and found.text in self.read.lines[number].text for found, place in self.checked.found)


def _is_second(read: Finished, hit: Hit, label: str) -> bool:
    """Whether another letter stands between a letter and its number: then it is an answer people typed, no key."""
    for number in read.before(hit):
        line = read.lines[number]
        if line.label == label:
            return False
        if line.text in LETTERS:
            return True
    return False

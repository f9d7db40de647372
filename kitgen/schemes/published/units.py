"""The units found on the published page, and whether their numbers and the page's own list of units agree.

What would make the data wrong is an error with the line of the page: a number twice or left out, a criterion under
no element, a unit listed without its table, a table without its unit. Nothing is renumbered or guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import agreeing, counted, said
from kitgen.schemes.published.numbered_text import Numbered

_COPY_AGAIN = said("copy the page again, from its first line to its last; ")


@dataclass(frozen=True, slots=True)
class PublishedCriterion:
    """KUK as published; `line` is its position among the page's lines."""

    number: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class PublishedElement:
    """Elemen kompetensi as published."""

    number: str
    title: str
    criteria: tuple[PublishedCriterion, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PublishedUnit:
    """Unit kompetensi as published: the title is the one of the page's list of units."""

    code: str
    title: str
    elements: tuple[PublishedElement, ...]
    line: int
    standard: str = ""
    workplace_standard: str = ""
    description: str = ""
    variables: tuple[str, ...] = ()
    assessment_guide: tuple[str, ...] = ()
    critical_aspects: tuple[str, ...] = ()
    cluster: int = 0
    """The Kelompok Pekerjaan it stands in; 0 where the page does not say."""

    @property
    def criteria(self) -> tuple[PublishedCriterion, ...]:
        """All criteria of the unit, in order."""
        return tuple(criterion for element in self.elements for criterion in element.criteria)


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A row of the page's list of units."""

    number: int | None
    code: str
    title: str
    line: int
    standard: str = ""
    cluster: int = 0


@dataclass(frozen=True, slots=True)
class UnitTable:
    """What stands on the page below one `Kode unit:`; not checked yet."""

    code: str
    texts: tuple[Numbered, ...]
    line: int
    is_unclear: bool = False
    """Whether its texts could not be told apart; told already."""


class LinePlace(Protocol):
    """Tells the place of one of the page's lines, by position; `text` is shown instead of the whole line."""

    def __call__(self, line: int, spot: str = "", text: str = "") -> Place: ...  # noqa: D102


class _Sequence:
    """The numbers of a unit's elements, or of an element's criteria: from 1 upwards, each once, none left out."""

    def __init__(self, kind: str, prefix: str) -> None:
        self._kind = kind
        self._prefix = prefix
        self._first: dict[int, Place] = {}
        self._last = self._count = 0

    def check(self, number: int, place: Place, findings: Findings) -> None:
        """Take the next number, and tell what is wrong with it."""
        name, missing = (
            said("{prefix}{number}", prefix=self._prefix, number=number),
            said("{prefix}{last}", prefix=self._prefix, last=self._last + 1),
        )
        if number in self._first:
            findings.error(
                said(
                    "{kind} {name} stands twice, first on line {line}",
                    kind=self._kind,
                    name=name,
                    line=self._first[number].line,
                ),
                place,
                said(
                    "give each the number it has on the published page; if a new unit or element begins "
                    "here, put its line above it; if the number is part of a sentence, write it without the "
                    "dot at its end"
                ),
            )
        elif number < self._last:
            findings.error(
                said(
                    "{kind} {name} stands behind {prefix}{last}",
                    kind=self._kind,
                    name=name,
                    prefix=self._prefix,
                    last=self._last,
                ),
                place,
                said("put them in the order of their numbers"),
            )
        # A number mistyped as one before it (`1.1 1.1 1.3`) is one fault: nothing is missing as well.
        elif number > max(self._last, self._count) + 1:
            findings.error(
                said(
                    "{kind} {missing} is missing: the next one found is {name}",
                    kind=self._kind,
                    missing=missing,
                    name=name,
                ),
                place,
                said(
                    "look for {missing} on the published page and put it before this one; its number must "
                    "stand apart from the words beside it",
                    missing=missing,
                ),
            )
        self.pass_over(number, place)

    def pass_over(self, number: int, place: Place) -> None:
        """Take the next number without judging it."""
        self._first.setdefault(number, place)
        self._last = number
        self._count += 1


class _Draft:
    """An element while its criteria are read."""

    def __init__(self, head: Numbered) -> None:
        self.head = head
        self.criteria: list[Numbered] = []
        self.sequence = _Sequence(said("criterion (KUK)"), f"{head.element}.")

    def element(self) -> PublishedElement:
        found = tuple(PublishedCriterion(item.number, item.text, item.line) for item in self.criteria)
        return PublishedElement(self.head.number, self.head.text, found, self.head.line)


def build_elements(table: UnitTable, place_of: LinePlace, findings: Findings) -> tuple[PublishedElement, ...]:
    """The elements of one unit's table; every fault of the numbering goes to `findings`."""
    drafts: list[_Draft] = []
    elements = _Sequence(said("element"), "")
    for item in table.texts:
        place = place_of(item.line, f"unit {table.code}", f"{item.number} {item.text}")
        if not item.text:
            kind = said("criterion (KUK)") if item.criterion else said("element")
            help = said("put its text behind the number, on the same line")
            findings.error(said("{kind} {number} has no text", kind=kind, number=item.number), place, help)
        if not item.criterion:
            elements.check(item.element, place, findings)
            drafts.append(_Draft(item))
            continue
        if not drafts or drafts[-1].head.element != item.element:
            findings.error(
                said(
                    "criterion (KUK) {number} stands under no element {element}",
                    number=item.number,
                    element=item.element,
                ),
                place,
                said(
                    "put the row of element {element} above it; if the number is part of a sentence, write "
                    "it without the dot at its end",
                    element=item.element,
                ),
            )
            elements.pass_over(item.element, place)
            drafts.append(_Draft(Numbered(item.element, 0, "", item.line)))
        drafts[-1].sequence.check(item.criterion, place, findings)
        drafts[-1].criteria.append(item)
    if not drafts:
        findings.error(
            said("unit {code} has no elements and no criteria (KUK)", code=table.code),
            place_of(table.line),
            _COPY_AGAIN + said("the table below this line is lost"),
        )
    for draft in drafts:
        if not draft.criteria:
            findings.error(
                said("element {number} has no criteria (KUK)", number=draft.head.number),
                place_of(draft.head.line, f"unit {table.code}", f"{draft.head.number} {draft.head.text}"),
                said("put the line with its criteria below it, as it stands on the published page"),
            )
    return tuple(draft.element() for draft in drafts)


def check_listing(
    listing: Sequence[ListedUnit],
    tables: Sequence[UnitTable],
    count: tuple[int, int] | None,
    place_of: LinePlace,
    findings: Findings,
) -> None:
    """Compare the list of units with the tables, and both with the number the page states (`count`, with its line)."""
    _check_twice([(row.code, row.line) for row in listing], said("is listed twice"), place_of, findings)
    named = [table for table in tables if table.code]
    _check_twice([(table.code, table.line) for table in named], said("has two tables"), place_of, findings)
    listed, found = {row.code for row in listing}, {table.code for table in named}
    for row in listing:
        if not row.title:
            findings.error(
                said("unit {code} is listed without a title", code=row.code),
                place_of(row.line),
                said("put the title behind the code"),
            )
    if listing and not tables:
        findings.error(
            agreeing(
                len(listing),
                said("{count} unit is listed, but the page has no table of elements and criteria (KUK)"),
                said("{count} units are listed, but the page has no table of elements and criteria (KUK)"),
            ).about(count=len(listing)),
            place_of(listing[0].line),
            said("import the file with the elements and criteria of the units: the decree, FR.APL.02 or FR.IA.01"),
        )
        return
    for row in listing:
        if row.code not in found:
            near = did_you_mean(row.code, found - listed)
            findings.error(
                said("unit {code} is listed, but its table is not on the page", code=row.code),
                place_of(row.line),
                said("the code stands otherwise above its table: {near}", near=near)
                if near
                else _COPY_AGAIN + said("a part of it is lost"),
            )
    for table in named if listing else ():
        if table.code not in listed:
            near = did_you_mean(table.code, listed - found)
            findings.error(
                said("unit {code} has a table, but is not in the list of units (so it has no title)", code=table.code),
                place_of(table.line),
                said("the code stands otherwise in the list: {near}", near=near)
                if near
                else said("put its row into the list at the page's beginning"),
            )
    most = max(len(listed), len(found))
    if count and count[0] > most:
        findings.error(
            said(
                "the page says it has {units}, but {found} found",
                units=counted(count[0], "unit"),
                found=counted(most, "was", "were"),
            ),
            place_of(count[1]),
            _COPY_AGAIN + said("if the page itself is wrong, correct the number in the copy"),
        )


def _check_twice(codes: Sequence[tuple[str, int]], what: str, place_of: LinePlace, findings: Findings) -> None:
    first: dict[str, int] = {}
    for code, line in codes:
        if code in first:
            findings.error(
                said("unit {code} {what}, first on line {line}", code=code, what=what, line=place_of(first[code]).line),
                place_of(line),
                said("correct the code in the copy of the page, or take out the part that is there twice"),
            )
        first.setdefault(code, line)

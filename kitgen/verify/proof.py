"""Which criteria the texts found on the documents of a kit prove, by which method, and where. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kitgen.kits.kit import Kit
from kitgen.kits.packs import concerns
from kitgen.model.event import EventCandidate
from kitgen.model.methods import METHODS, Method
from kitgen.model.scheme import Criterion, Element, Unit
from kitgen.verify.expected import Key
from kitgen.verify.find import Checked


class ProofPlace(NamedTuple):
    """Letak bukti: the path of a document in its edition, and the place in it."""

    path: str
    spot: str


@dataclass(frozen=True, slots=True)
class Proven:
    """Bukti satu KUK in one kit: by each method, the places of documents that prove it.

    `lacking` are the candidates of an event, by number, of whom none of the documents that concern them proves it.
    """

    unit: Unit
    element: Element
    criterion: Criterion
    primary: Method | None
    by: Mapping[Method, tuple[ProofPlace, ...]]
    lacking: tuple[int, ...] = ()
    is_asked: bool = True
    """Whether anybody of the event is assessed in its unit."""
    reserve: Mapping[Method, tuple[ProofPlace, ...]] = field(default_factory=dict)
    """In the same way what sealed reserve sets hold for it: no proof until somebody opens them."""

    @property
    def is_gap(self) -> bool:
        """Whether nothing proves it by its primary method; without one, whether nothing proves it at all."""
        if not self.is_asked:
            return False
        return bool(self.lacking) or not (self.by[self.primary] if self.primary else any(self.by.values()))


@dataclass(frozen=True, slots=True)
class KitProof:
    """Bukti satu perangkat: its documents as read, how many could not be, and what proves each of its criteria."""

    kit: Kit
    documents: tuple[Checked, ...]
    unread: int
    criteria: tuple[Proven, ...]

    def counts(self) -> dict[str, int]:
        """Documents, texts, criteria and gaps, for summaries."""
        return {
            "documents": len(self.documents),
            "unread": self.unread,
            "found": sum(len(each.found) for each in self.documents),
            "missing": sum(each.missing for each in self.documents),
            "faults": sum(len(each.faults) for each in self.documents),
            "criteria": len(self.criteria),
            "gaps": sum(each.is_gap for each in self.criteria),
            "reserved": sum(any(each.reserve.values()) for each in self.criteria),
        }


def prove(kit: Kit, documents: Sequence[Checked], planned: int) -> KitProof:
    """What proves each criterion of a kit, by the texts found in its documents; `planned` is their number.

    In an event each criterion must be proven of every candidate, by their own documents and those shared with others.
    What lies in a sealed reserve set proves nothing and is told apart.
    """
    planned_for = [each for each in documents if each.document.reserve is None]
    proof = replace(_proven(kit, planned_for, 0), documents=tuple(documents), unread=planned - len(documents))
    if kit.event is None:
        return proof
    held_back = _proven(kit, [each for each in documents if each.document.reserve is not None], 0).criteria
    people = kit.event.taking_part
    lacking: dict[int, list[int]] = {}
    for candidate in people:
        concerning = [each for each in planned_for if concerns(each.document, candidate)]
        for position, each in enumerate(_proven(kit, concerning, 0).criteria):
            if each.is_gap and not _is_carried(each.unit, candidate):
                lacking.setdefault(position, []).append(candidate.number)
    criteria = (
        replace(
            each,
            lacking=tuple(lacking.get(place, ())),
            reserve=held_back[place].by,
            is_asked=not people or not all(_is_carried(each.unit, one) for one in people),
        )
        for place, each in enumerate(proof.criteria)
    )
    return replace(proof, criteria=tuple(criteria))


def _is_carried(unit: Unit, candidate: EventCandidate) -> bool:
    """Whether a unit was K in an event before and is not assessed anew."""
    return candidate.retake is not None and unit.code in candidate.retake.carried


def _proven(kit: Kit, documents: Sequence[Checked], planned: int) -> KitProof:
    found: dict[tuple[Key, Method], dict[ProofPlace, None]] = {}
    for checked in documents:
        for method, content in checked.document.form.proves:
            for each, spot in checked.found:
                if each.content == content and (not each.methods or method in each.methods):
                    for key in each.proves:
                        found.setdefault((key, method), {})[ProofPlace(checked.document.path, spot)] = None
    methods = kit.plan.primary_of()
    rows = [
        Proven(
            unit=unit,
            element=element,
            criterion=criterion,
            primary=known.primary if (known := methods.get((unit.code, criterion.number))) else None,
            by={method: tuple(found.get(((unit.code, criterion.number), method), ())) for method in METHODS},
        )
        for unit in kit.units
        for element, criterion in unit.by_element()
    ]
    return KitProof(kit, tuple(documents), planned - len(documents), tuple(rows))

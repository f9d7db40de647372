"""The sealed reserve sets of an event: for an assessor and a cluster, blank sheets of other methods. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.kits.booklets import booklets, cut
from kitgen.kits.scope import Scope, narrowed
from kitgen.model.bank import Paper, QuestionKind
from kitgen.model.event import AssessmentEvent, EventAssessor, EventCandidate
from kitgen.model.forms import Form
from kitgen.model.methods import METHOD_LABELS, AssessmentPlan, InstrumentKind
from kitgen.model.reserve_sheet import ReserveLine, ReserveSheet, ReserveUnit
from kitgen.model.scheme import Cluster, Unit

RESERVE_NOTE: Final = "PERANGKAT CADANGAN – bersegel; dibuka hanya bila bukti belum cukup"
"""Stands on every page of a reserve set, so that none is taken for what was planned."""


@dataclass(frozen=True, slots=True)
class ReserveSet:
    """Perangkat cadangan: what an assessor may open for a cluster where evidence is missing, by instrument.

    `used` are the clusters of its sheets, each with those units only of which some candidate has no sheet by plan.
    """

    assessor: EventAssessor
    cluster: Cluster
    used: Mapping[str, Cluster] = field(hash=False)

    @property
    def name(self) -> str:
        """What tells it from all others of an event: `KP 2 Asesor 01`."""
        return f"KP {self.cluster.number} Asesor {self.assessor.number:02}"

    @property
    def label(self) -> str:
        """What tells it from the others of its assessor: `Cadangan KP 2`."""
        return f"Cadangan KP {self.cluster.number}"


def reserve_sets(
    clusters: Sequence[Cluster], plan: AssessmentPlan, schedule: AssessmentEvent, scopes: Mapping[int, Scope],
    asked: Mapping[QuestionKind, Collection[str]],
) -> tuple[ReserveSet, ...]:  # fmt: skip
    """The sets of an event: by what the plan holds in reserve (`reserve:` of an instrument) and candidates lack.

    `asked` are the codes of the units there are questions for, by kind.
    """
    found: list[ReserveSet] = []
    for assessor in schedule.assessors:
        own = [each for each in schedule.candidates if each.status == "ikut" and each.assessor == assessor.number]
        for cluster in clusters:
            used: dict[str, Cluster] = {}
            for kind in _held_back(plan, cluster):
                units = [unit for unit in cluster.units if _helps(plan, kind, unit, asked) and any(
                    _lacks(each, scopes[each.number], cluster, kind, unit) for each in own)]  # fmt: skip
                if units:
                    used[kind.form] = narrowed(cluster, units)
            if used:
                found.append(ReserveSet(assessor, cluster, used))
    return tuple(found)


def _held_back(plan: AssessmentPlan, cluster: Cluster) -> list[InstrumentKind]:
    planned = next((each.instruments for each in plan.clusters if each.cluster == cluster.number), ())
    forms = {each.form for each in planned if each.reserve}
    return [kind for kind in plan.kinds if kind.form in forms]


def _helps(
    plan: AssessmentPlan, kind: InstrumentKind, unit: Unit, asked: Mapping[QuestionKind, Collection[str]]
) -> bool:
    """Whether an instrument shows a method some criterion of a unit has in reserve; one that shows none helps any."""
    if kind.questions is not None and unit.code not in asked.get(kind.questions, ()):
        return False
    methods = [each for each in plan.criteria if each.unit_code == unit.code]
    return not kind.shows or any(set(kind.shows) & set(each.reserves) for each in methods)


def _lacks(candidate: EventCandidate, scope: Scope, cluster: Cluster, kind: InstrumentKind, unit: Unit) -> bool:
    """Whether a candidate is assessed in a unit, and not with this instrument."""
    if candidate.retake is not None and unit.code not in candidate.retake.units:
        return False
    own = next((each.units for each in scope.clusters if each.cluster.number == cluster.number), {})
    return unit not in own.get(kind.form, ())


def reserve_sheets(
    reserve: ReserveSet, forms: Sequence[Form], drawn: Mapping[QuestionKind, tuple[Paper, ...]]
) -> Iterator[tuple[Form, Paper | None]]:
    """The forms of a set's instruments, each with its paper where it asks questions: one letter for each assessor.

    What is typed into is no sheet of it, nor what people keep for themselves.
    """
    for form in forms:
        cluster = reserve.used.get(form.instrument or "")
        if cluster is None or "event" not in form.kits or form.typed_by is not None:
            continue
        if form.questions is None:
            yield form, None
            continue
        letters = drawn.get(form.questions, ())
        paper = letters[reserve.assessor.number % len(letters)] if letters else None
        if paper is not None:
            of = booklets(form.questions, paper, [cluster]) if form.per == "booklet" else (
                cut(form.questions, paper, [cluster]),)  # fmt: skip
            yield from ((form, each) for each in of if each.questions)


def reserve_sheet(reserve: ReserveSet | None, plan: AssessmentPlan) -> ReserveSheet:
    """What the cover of a set prints: its sheets, and for which criteria each gives evidence by another method."""
    if reserve is None:
        return ReserveSheet(0, "", ())
    kinds = [kind for kind in plan.kinds if kind.form in reserve.used]
    lines = (ReserveLine(kind.form, kind.title, tuple(_units(plan, kind, reserve.used[kind.form]))) for kind in kinds)
    return ReserveSheet(reserve.cluster.number, reserve.cluster.title, tuple(lines))


def _units(plan: AssessmentPlan, kind: InstrumentKind, cluster: Cluster) -> Iterator[ReserveUnit]:
    for unit in cluster.units:
        methods = {each.number: each for each in plan.criteria if each.unit_code == unit.code}
        numbers = [
            criterion.number for criterion in unit.criteria()
            if (known := methods.get(criterion.number)) is not None and set(kind.shows) & set(known.reserves)
        ]  # fmt: skip
        yield ReserveUnit(unit.code, ", ".join(numbers), ", ".join(METHOD_LABELS[each] for each in kind.shows))

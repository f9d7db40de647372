"""Counts what serves each criterion. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kitgen.kits.scope import planned_backgrounds, units_of
from kitgen.model.bank import QUESTION_KINDS, Question, QuestionKind
from kitgen.model.coverage import Coverage
from kitgen.model.methods import METHOD_LABELS, METHOD_OF_KIND, AssessmentPlan, Method
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Unit


def coverage_of(
    units: Sequence[Unit],
    clusters: Sequence[Cluster],
    bank: Iterable[Question],
    scenarios: Iterable[Scenario],
    plan: AssessmentPlan,
) -> tuple[Coverage, ...]:
    """A row for each criterion of `units`, in their order; questions that papers do not ask count for nothing."""
    asked = Counter(
        (question.unit, number, question.kind)
        for question in bank
        if question.upkeep.is_asked
        for number in question.criteria
    )
    cued = Counter((cue.unit_code, cue.number) for scenario in scenarios for cue in scenario.cues)
    tasked = Counter(part.unit_code for cluster in clusters for task in cluster.tasks for part in task.parts)
    acted = Counter(
        (aspect.unit_code, number)
        for cluster in clusters
        for activity in cluster.activities
        for aspect in activity.aspects
        for number in aspect.criteria.split(", ")
    )
    watched = _watched(clusters, plan)
    methods = plan.primary_of()
    rows: list[Coverage] = []
    for unit in units:
        for element, criterion in unit.by_element():
            key = (unit.code, criterion.number)
            counts = {kind: asked[*key, kind] for kind in QUESTION_KINDS}
            found = methods.get(key)
            method = found.primary if found else None
            rows.append(
                Coverage(
                    unit_code=unit.code,
                    unit_title=unit.title,
                    element=element.name,
                    number=criterion.number,
                    text=criterion.text,
                    tasks=tasked[unit.code],
                    cues=cued[key],
                    **counts,
                    checklists=watched[unit.code],
                    activities=acted[key],
                    primary=METHOD_LABELS[found.primary] if found else "",
                    is_gap=not _serving(method, counts, cued[key] + acted[key], tasked[unit.code], watched[unit.code]),
                )
            )
    return tuple(rows)


def _watched(clusters: Iterable[Cluster], plan: AssessmentPlan) -> Counter[str]:
    """By the code of each unit, how many checklists of observation the plan uses for it."""
    return Counter(
        unit.code
        for cluster in clusters
        for kind in plan.kinds
        if kind.watches and planned_backgrounds(plan, cluster).get(kind.form)
        for unit in units_of(plan, cluster, kind)
    )


def _serving(method: Method | None, asked: Mapping[QuestionKind, int], shown: int, tasks: int, watched: int) -> int:
    """How much there is for a method; of a criterion without one, how much there is at all but checklists.

    They hold every criterion: one nobody decided to observe is served by none of them.
    """
    proving = Counter[Method]()
    for kind, proven in METHOD_OF_KIND.items():
        proving[proven] += asked[kind]
    if method is None:
        return shown + tasks + proving.total()
    return proving[method] + {"observed": shown + watched, "product": shown + tasks}.get(method, 0)

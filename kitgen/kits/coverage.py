"""Counts what serves each criterion. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kitgen.model.bank import QUESTION_KINDS, Question, QuestionKind
from kitgen.model.coverage import Coverage
from kitgen.model.methods import METHOD_LABELS, AssessmentPlan, Method
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Unit


def coverage_of(
    units: Sequence[Unit],
    clusters: Iterable[Cluster],
    bank: Iterable[Question],
    scenarios: Iterable[Scenario],
    plan: AssessmentPlan,
) -> tuple[Coverage, ...]:
    """A row for each criterion of `units`, in their order."""
    asked = Counter((question.unit, number, question.kind) for question in bank for number in question.criteria)
    cued = Counter((cue.unit_code, cue.number) for scenario in scenarios for cue in scenario.cues)
    tasked = Counter(part.unit_code for cluster in clusters for task in cluster.tasks for part in task.parts)
    methods = plan.primary_of()
    rows: list[Coverage] = []
    for unit in units:
        for element in unit.elements:
            for criterion in element.criteria:
                key = (unit.code, criterion.number)
                counts = {kind: asked[*key, kind] for kind in QUESTION_KINDS}
                found = methods.get(key)
                rows.append(
                    Coverage(
                        unit_code=unit.code,
                        unit_title=unit.title,
                        element=f"{element.number}. {element.title}",
                        number=criterion.number,
                        text=criterion.text,
                        tasks=tasked[unit.code],
                        cues=cued[key],
                        **counts,
                        primary=METHOD_LABELS[found.primary] if found else "",
                        is_gap=not _serving(found.primary if found else None, counts, cued[key], tasked[unit.code]),
                    )
                )
    return tuple(rows)


def _serving(method: Method | None, asked: Mapping[QuestionKind, int], cues: int, tasks: int) -> int:
    """How much there is for a method; of a criterion without one, how much there is at all."""
    done = cues + tasks
    written = asked["multiple_choice"] + asked["essay"]
    return {"observed": done, "product": done, "written": written, "oral": asked["oral"]}.get(
        method or "", done + written + asked["oral"]
    )

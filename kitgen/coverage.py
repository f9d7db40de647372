"""Counts what serves each criterion. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kitgen.model.bank import Question
from kitgen.model.coverage import Coverage
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Unit


def coverage_of(
    units: Sequence[Unit], clusters: Iterable[Cluster], bank: Iterable[Question], scenarios: Iterable[Scenario]
) -> tuple[Coverage, ...]:
    """A row for each criterion of `units`, in their order."""
    asked = Counter((question.unit, number, question.kind) for question in bank for number in question.criteria)
    cued = Counter((scenario.unit_code, cue.number) for scenario in scenarios for cue in scenario.cues)
    tasked = Counter(part.unit_code for cluster in clusters for task in cluster.tasks for part in task.parts)
    return tuple(
        Coverage(
            unit_code=unit.code,
            unit_title=unit.title,
            element=f"{element.number}. {element.title}",
            number=criterion.number,
            text=criterion.text,
            tasks=tasked[unit.code],
            cues=cued[unit.code, criterion.number],
            supporting=asked[unit.code, criterion.number, "supporting"],
            multiple_choice=asked[unit.code, criterion.number, "multiple_choice"],
            essay=asked[unit.code, criterion.number, "essay"],
            oral=asked[unit.code, criterion.number, "oral"],
        )
        for unit in units
        for element in unit.elements
        for criterion in element.criteria
    )

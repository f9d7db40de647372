"""How long an assessment takes: minutes of each candidate, and of each assessor for an event of so many. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from kitgen.kits.rotation import apart
from kitgen.model.bank import Paper, QuestionKind
from kitgen.model.blueprint import Blueprint
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster

REVIEW_MINUTES: Final = 3
"""Minutes an assessor takes to look through what one unwatched scene left on paper."""


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Baris beban waktu: one instrument; minutes of a candidate, and of the assessor for that candidate."""

    instrument: str
    what: str
    candidate: int
    assessor: int
    is_reserve: bool = False


@dataclass(frozen=True, slots=True)
class Workload:
    """Beban waktu satu asesmen. `days` are what the busiest assessor needs under the limit of minutes a day."""

    lines: tuple[WorkLine, ...]
    candidates: int
    assessors: int
    candidate_minutes: int
    candidate_reserve: int
    assessor_minutes: int
    per_assessor: int
    days: int


def workload(
    papers: Mapping[QuestionKind, Sequence[Paper]],
    clusters: Sequence[Cluster],
    scenarios: Sequence[Scenario],
    blueprint: Blueprint,
    candidates: int,
    assessors: int,
) -> Workload:
    """What one candidate sits through: one paper of each kind and, for each set of units, one scenario.

    Where several scenarios assess the same units, the longest counts. A scenario's scenes with an actor take the
    assessor's time in full; of the others the assessor looks through what they left.
    """
    lines = [*_written(papers, blueprint), *_played(scenarios)]
    if not scenarios:
        lines += [
            WorkLine("tugas praktik", task.title, task.minutes, task.minutes)
            for each in clusters
            for task in each.tasks
        ]
    counted = [line for line in lines if not line.is_reserve]
    busiest = ceil(candidates / max(1, assessors))
    each = sum(line.assessor for line in counted)
    return Workload(
        lines=tuple(lines),
        candidates=candidates,
        assessors=assessors,
        candidate_minutes=sum(line.candidate for line in counted),
        candidate_reserve=sum(line.candidate for line in lines if line.is_reserve),
        assessor_minutes=each,
        per_assessor=each * busiest,
        days=ceil(each * busiest / blueprint.limits.assessor_minutes),
    )


def _written(papers: Mapping[QuestionKind, Sequence[Paper]], blueprint: Blueprint) -> list[WorkLine]:
    lines = []
    for kind, found in papers.items():
        longest = max(found, key=lambda paper: paper.minutes)
        rule = blueprint.draws[kind]
        is_spoken = kind in ("oral", "supporting")
        assessor = longest.minutes if is_spoken else rule.marking
        lines.append(WorkLine(longest.kind, f"{len(longest.questions)} soal", longest.minutes, assessor, rule.reserve))
    return lines


def _played(scenarios: Sequence[Scenario]) -> list[WorkLine]:
    longest: dict[tuple[str, ...], Scenario] = {}
    for scenario in apart(scenarios):
        other = longest.get(scenario.unit_codes)
        if other is None or scenario.reading_minutes + scenario.minutes > other.reading_minutes + other.minutes:
            longest[scenario.unit_codes] = scenario
    lines = []
    for codes, scenario in longest.items():
        watched = sum(scene.minutes for scene in scenario.scenes if scene.is_watched)
        unwatched = sum(not scene.is_watched for scene in scenario.scenes)
        what = f"unit {', '.join(codes)}"
        candidate = scenario.reading_minutes + scenario.minutes
        lines.append(WorkLine("skenario", what, candidate, watched + unwatched * REVIEW_MINUTES))
    return lines

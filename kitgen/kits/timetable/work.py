"""What each candidate of an event has to do, and how long it keeps them and their assessor. Pure.

Made of what `scope_of` says is used for them, of their papers and role plays, and of the minutes of the blueprint.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.kits.scope import Scope
from kitgen.model.bank import COMPLETING, KIND_LABELS, SPOKEN, Paper, QuestionKind
from kitgen.model.blueprint import Blueprint
from kitgen.model.event import EventCandidate
from kitgen.model.methods import AssessmentPlan, Column
from kitgen.model.minutes import Arrangement, TimeKey
from kitgen.model.scenario import EVIDENCE_LABELS, Scenario
from kitgen.model.scheme import Cluster

Longer = Callable[[int], int]
"""Minutes with the extra time that was agreed for a candidate."""
_EVIDENCE: Final = EVIDENCE_LABELS["product"]
_PER_CLUSTER: Final[Mapping[Column, tuple[TimeKey, str]]] = {
    "portfolio": ("portfolio", "Verifikasi portofolio"),
    "interview": ("interview", "Wawancara"),
    "product_review": ("product_review", "Reviu produk"),
}
"""Columns of FR.MAPA.01 an assessor takes up cluster by cluster, with their minutes and what they are called."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Tahap bermain peran: minutes of one scene; `is_watched` needs assessor, actors and room."""

    minutes: int
    is_watched: bool
    title: str


@dataclass(frozen=True, slots=True)
class RoleWork:
    """Satu bermain peran: what comes before its first watched scene, then scene after scene.

    `lead` are minutes alone; `is_at_once`: they are desk work, which all of a group begin together, else reading, right
    before one's own scene. `review` are the assessor's, for what is left on paper.
    """

    scenario: Scenario
    lead: int
    is_at_once: bool
    stages: tuple[Stage, ...]
    review: int
    instruments: tuple[str, ...] = ()

    @property
    def candidate(self) -> int:
        """Minutes of work of the candidate."""
        return self.lead + sum(stage.minutes for stage in self.stages)

    def watched(self, reset: int) -> int:
        """Minutes of its watched scenes, each with resetting the room."""
        return sum(stage.minutes + reset for stage in self.stages if stage.is_watched)

    def assessor(self, reset: int) -> int:
        """Minutes of the assessor: watching, resetting the room, reading what was written."""
        return self.watched(reset) + self.review


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """Kegiatan terstruktur: prepared alone, then shown and asked about."""

    title: str
    prepare: int
    present: int
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """Tatap muka asesor: questions, an interview, a review, in minutes. `is_last`: after all role plays."""

    what: str
    minutes: int
    instruments: tuple[str, ...]
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Beban satu asesi. `test` are the minutes of all written papers together, `marking` the assessor's for them.

    `reserve` are minutes of questions that are asked only for what was not shown; they are in no sum.
    """

    number: int
    test: int
    test_kinds: tuple[QuestionKind, ...]
    test_instruments: tuple[str, ...]
    marking: int
    roles: tuple[RoleWork, ...]
    projects: tuple[PlannedActivity, ...]
    talks: tuple[Talk, ...]
    closing: int
    reserve: int
    reset: int

    @property
    def candidate_minutes(self) -> int:
        """Minutes of the candidate on the days of the assessment, without opening and waiting."""
        return (
            self.test
            + sum(role.candidate for role in self.roles)
            + sum(each.prepare + each.present for each in self.projects)
            + sum(talk.minutes for talk in self.talks)
            + self.closing
        )

    @property
    def assessor_minutes(self) -> int:
        """Minutes of the assessor for this candidate on the days of the assessment."""
        return (
            self.marking
            + sum(role.assessor(self.reset) for role in self.roles)
            + sum(each.present for each in self.projects)
            + sum(talk.minutes for talk in self.talks)
            + self.closing
        )


def work_of(
    candidate: EventCandidate,
    scope: Scope,
    scenarios: Sequence[Scenario],
    sheets: Mapping[QuestionKind, Sequence[Paper]],
    clusters: Sequence[Cluster],
    plan: AssessmentPlan,
    blueprint: Blueprint,
    arrangement: Arrangement,
) -> Work:
    """What one candidate has to do. `sheets` are their papers, cut to what is used for them."""
    times = blueprint.times
    longer = candidate.adjustments.minutes
    papers = {kind: sum(paper.minutes for paper in found) for kind, found in sheets.items() if found}
    reserve = {kind for kind in papers if blueprint.draws[kind].reserve or kind in arrangement.reserve}
    written = [kind for kind in papers if kind not in SPOKEN and kind not in reserve]
    talks = [
        Talk(f"Pertanyaan {KIND_LABELS[kind]}", minutes, _asking(plan, [kind]), kind in COMPLETING)
        for kind, minutes in papers.items()
        if kind in SPOKEN and kind not in reserve
    ]
    roles = tuple(_role(each, longer, plan, blueprint) for each in scenarios)
    if roles and any(kind in arrangement.reserve for kind in papers):
        talks.append(Talk("Pertanyaan untuk KUK yang belum tampak", times["follow_up"].minutes,
                          _asking(plan, [kind for kind in papers if kind in SPOKEN]), True))  # fmt: skip
    talks += _tasks(scope, scenarios, plan)
    talks += _by_cluster(scope, plan, blueprint)
    return Work(
        number=candidate.number,
        test=sum(longer(papers[kind]) for kind in written),
        test_kinds=tuple(written),
        test_instruments=_asking(plan, written),
        marking=sum(blueprint.draws[kind].marking for kind in written),
        roles=roles,
        projects=tuple(_projects(scope, plan, longer)),
        talks=tuple(talk for talk in talks if talk.minutes),
        closing=times["decision"].minutes,
        reserve=sum(papers[kind] for kind in reserve),
        reset=times["reset"].minutes,
    )


def _asking(plan: AssessmentPlan, kinds: Sequence[QuestionKind]) -> tuple[str, ...]:
    return tuple(each.form for each in plan.kinds if each.questions in kinds)


def _role(scenario: Scenario, longer: Longer, plan: AssessmentPlan, blueprint: Blueprint) -> RoleWork:
    scenes = list(scenario.scenes)
    lead, is_at_once = longer(scenario.reading_minutes), False
    while scenes and not scenes[0].is_watched:
        lead, is_at_once = lead + longer(scenes.pop(0).minutes), True
    stages = tuple(Stage(longer(scene.minutes), scene.is_watched, scene.title) for scene in scenes)
    desks = sum(not scene.is_watched for scene in scenario.scenes)
    left = sum(cue.evidence == _EVIDENCE for cue in scenario.cues)
    times = blueprint.times
    review = desks * times["review_scene"].minutes + left * times["review_criterion"].minutes
    instruments = tuple(kind.form for kind in plan.kinds if kind.column == scenario.column and kind.questions is None)
    return RoleWork(scenario, lead, is_at_once, stages, review, instruments)


def _tasks(scope: Scope, scenarios: Sequence[Scenario], plan: AssessmentPlan) -> Iterator[Talk]:
    """Practical tasks of clusters none of whose units is shown in a role play."""
    played = {code for each in scenarios for code in each.unit_codes}
    acting = [kind.form for kind in plan.kinds if kind.column == "observation" and kind.covers]
    forms = acting or [kind.form for kind in plan.kinds if kind.column == "observation"]
    for each in scope.clusters:
        used = {unit.code for form in forms for unit in each.units.get(form, ())}
        if (used and not used & played) or (not plan.kinds and not scenarios):
            for task in each.cluster.tasks:
                yield Talk(f"Tugas praktik: {task.title}", task.minutes, tuple(forms))


def _projects(scope: Scope, plan: AssessmentPlan, longer: Longer) -> Iterator[PlannedActivity]:
    forms = tuple(kind.form for kind in plan.kinds if kind.column == "activity")
    seen: set[str] = set()
    for form in forms:
        for cluster in scope.clusters_of(form):
            for each in cluster.activities:
                if each.id not in seen:
                    seen.add(each.id)
                    yield PlannedActivity(
                        f"{each.id} {each.title}", longer(each.prepare_minutes), each.present_minutes, forms
                    )


def _by_cluster(scope: Scope, plan: AssessmentPlan, blueprint: Blueprint) -> Iterator[Talk]:
    for kind in plan.kinds:
        if kind.column in _PER_CLUSTER and (count := len(scope.used.get(kind.form, ()))):
            key, what = _PER_CLUSTER[kind.column]
            yield Talk(what, count * blueprint.times[key].minutes, (kind.form,))

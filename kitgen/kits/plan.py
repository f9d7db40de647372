"""Which documents there are: form x kit x per, each with its path and audience. Pure; nothing is read or written."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitgen.kits.assessment_plan import instruments_for, instruments_of
from kitgen.kits.papers import papers_of_kit
from kitgen.kits.paths import document_path, event_path, safe_name
from kitgen.kits.rotation import Assigned, Turn
from kitgen.model.bank import Bank, Paper, QuestionKind
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent, EventAssessor, EventCandidate
from kitgen.model.forms import SCHEME_FOLDER, UNIT_FOLDER, Form, KitKind, Per
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.model.station import Stations

_LISTS: Final = frozenset({"documents", "signatures", "blueprint"})
"""What is given of the other documents of a kit."""


@dataclass(frozen=True, slots=True)
class EventParts:
    """Bagian jadwal dari sebuah perangkat: who takes part, what each was assigned, and when it is whose turn."""

    schedule: AssessmentEvent
    assigned: Mapping[int, Assigned]
    turns: tuple[Turn, ...]

    @property
    def taking_part(self) -> tuple[EventCandidate, ...]:
        """The candidates who have not withdrawn."""
        return tuple(each for each in self.schedule.candidates if each.status == "ikut")

    def assessor_of(self, candidate: EventCandidate) -> EventAssessor | None:
        """The assessor of a candidate, if one is named who is there."""
        return next((each for each in self.schedule.assessors if each.number == candidate.assessor), None)


@dataclass(frozen=True, slots=True)
class Kit:
    """Perangkat asesmen (MUK): a slice of a scheme's data, the whole of it or one unit, or the whole for an event."""

    kind: KitKind
    name: str
    folder: str
    scheme: Scheme
    clusters: tuple[Cluster, ...]
    units: tuple[Unit, ...]
    bank: Bank
    scenarios: tuple[Scenario, ...]
    plan: AssessmentPlan
    papers: Mapping[QuestionKind, tuple[Paper, ...]]
    event: EventParts | None = None
    stations: Stations = field(default_factory=Stations)


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """Dokumen yang direncanakan: a form of a kit, and where it lies, relative to the edition's folder.

    `paper`, `scenario`, `candidate` and `assessor` are those it is about, where its form is made for each of them;
    `listing` are the forms of its kit with how many documents there are of each, where its form is given them.
    """

    path: str
    form: Form
    kit: Kit
    paper: Paper | None = None
    scenario: Scenario | None = None
    candidate: EventCandidate | None = None
    assessor: EventAssessor | None = None
    listing: tuple[tuple[Form, int], ...] = ()


def kits_of(edition: Edition) -> list[Kit]:
    """The kit of the whole scheme, then one kit for each unit; a unit's kit keeps its cluster's number and name."""
    scheme = edition.scheme
    kits = [scheme_kit(edition)]
    for unit in scheme.units:
        clusters = tuple(_narrowed(cluster, unit) for cluster in scheme.clusters if unit in cluster.units)
        bank = tuple(question for question in edition.bank if question.unit == unit.code)
        kits.append(
            Kit(
                kind="unit",
                name=unit.code,
                folder=f"{UNIT_FOLDER}/{safe_name(unit.code)}",
                scheme=scheme,
                clusters=clusters,
                units=(unit,),
                bank=bank,
                scenarios=tuple(scenario for scenario in edition.scenarios if unit.code in scenario.unit_codes),
                plan=edition.plan,
                papers=_papers("unit", (unit,), clusters, bank, edition),
                stations=edition.stations,
            )
        )
    return kits


def scheme_kit(edition: Edition) -> Kit:
    """The kit of the whole scheme."""
    scheme = edition.scheme
    papers = _papers("scheme", scheme.units, scheme.clusters, edition.bank, edition)
    return Kit(
        kind="scheme",
        name=scheme.title,
        folder=SCHEME_FOLDER,
        scheme=scheme,
        clusters=scheme.clusters,
        units=scheme.units,
        bank=edition.bank,
        scenarios=edition.scenarios,
        plan=edition.plan,
        papers=papers,
        stations=edition.stations,
    )


def _papers(
    kind: KitKind, units: tuple[Unit, ...], clusters: tuple[Cluster, ...], bank: Bank, edition: Edition
) -> Mapping[QuestionKind, tuple[Paper, ...]]:
    drawn = papers_of_kit(kind, units, clusters, bank, edition.blueprint, edition.plan, edition.papers)
    return {of: tuple(each.paper for each in papers) for of, papers in drawn.items()}


def _narrowed(cluster: Cluster, unit: Unit) -> Cluster:
    """The cluster as one unit's kit shows it: that unit and the parts of tasks that are for it."""
    tasks = []
    for task in cluster.tasks:
        parts = tuple(part for part in task.parts if part.unit_code == unit.code)
        if parts:
            minutes, situation = sum(part.minutes for part in parts), parts[0].situation or task.situation
            tasks.append(dataclasses.replace(task, parts=parts, minutes=minutes, situation=situation))
    activities = []
    for activity in cluster.activities:
        aspects = tuple(aspect for aspect in activity.aspects if aspect.unit_code == unit.code)
        activities.append(dataclasses.replace(activity, aspects=aspects))
    return dataclasses.replace(cluster, units=(unit,), tasks=tuple(tasks), activities=tuple(activities))


def plan_documents(forms: Sequence[Form], kits: Sequence[Kit]) -> list[PlannedDocument]:
    """All documents of these kits, sorted by path."""
    planned: list[PlannedDocument] = []
    for kit in kits:
        of_kit = [
            document
            for form in forms
            if kit.kind in form.kits and _is_used(form, kit)
            for document in SCOPES[form.per](form, kit)
        ]
        counts = Counter(document.form.code for document in of_kit)
        listing = tuple((form, counts[form.code]) for form in forms if counts[form.code])
        planned += [
            dataclasses.replace(document, listing=listing) if _LISTS & set(document.form.given) else document
            for document in of_kit
        ]
    return sorted(planned, key=lambda document: document.path)


def _is_used(form: Form, kit: Kit) -> bool:
    """Whether the plan of some cluster of the kit uses the form's instrument; forms that are none are always used."""
    return form.instrument is None or any(form.instrument in instruments_of(kit.plan, each) for each in kit.clusters)


def _one(form: Form, kit: Kit) -> list[PlannedDocument]:
    return [PlannedDocument(_path(form, kit), form, kit)]


def _per_candidate(form: Form, kit: Kit) -> list[PlannedDocument]:
    """One for each candidate of an event; without an event one, blank."""
    if kit.event is None:
        return _one(form, kit)
    return [
        PlannedDocument(_path(form, kit, candidate=each), form, kit, candidate=each)
        for each in kit.event.taking_part
        if is_used_for(form, kit, each)
    ]


def is_used_for(form: Form, kit: Kit, candidate: EventCandidate) -> bool:
    """Whether a candidate of this background is assessed with the form's instrument."""
    return form.instrument is None or any(
        form.instrument in instruments_for(kit.plan, each, candidate.background) for each in kit.clusters
    )


def _per_assessor(form: Form, kit: Kit) -> list[PlannedDocument]:
    if kit.event is None:
        return _one(form, kit)
    return [
        PlannedDocument(_path(form, kit, assessor=each), form, kit, assessor=each)
        for each in kit.event.schedule.assessors
    ]


def _per_paper(form: Form, kit: Kit) -> list[PlannedDocument]:
    """Nothing where the bank has no question of the form's kind: an empty sheet would be no paper.

    In an event the papers somebody sits; a form with room for a person's answers is made for each of them, with theirs.
    """
    papers = kit.papers.get(form.questions, ()) if form.questions is not None else ()
    if kit.event is not None and form.personal and papers:
        return [
            PlannedDocument(
                _path(form, kit, candidate=each), form, kit, own_paper(papers, kit.event, each), candidate=each
            )
            for each in kit.event.taking_part
            if is_used_for(form, kit, each)
        ]
    if kit.event is not None:
        sitting = [each for each in kit.event.taking_part if papers and is_used_for(form, kit, each)]
        used = {own_paper(papers, kit.event, each).letter for each in sitting}
        papers = tuple(paper for paper in papers if paper.letter in used)
    return [PlannedDocument(_path(form, kit, f"Paket {paper.letter}"), form, kit, paper) for paper in papers]


def own_paper(papers: Sequence[Paper], event: EventParts, candidate: EventCandidate) -> Paper:
    """A candidate's paper: that of their letter, or the first where the kind has no paper of this letter."""
    letter = event.assigned[candidate.number].paper
    return next((paper for paper in papers if paper.letter == letter), papers[0])


def _per_scenario(form: Form, kit: Kit) -> list[PlannedDocument]:
    found = kit.scenarios
    if kit.event is not None:
        played = {each.id for one in kit.event.taking_part for each in kit.event.assigned[one.number].scenarios}
        found = tuple(scenario for scenario in found if scenario.id in played)
    return [PlannedDocument(_path(form, kit, each.id), form, kit, scenario=each) for each in found]


def _path(
    form: Form,
    kit: Kit,
    qualifier: str = "",
    candidate: EventCandidate | None = None,
    assessor: EventAssessor | None = None,
) -> str:
    if kit.event is None:
        return document_path(form, kit.folder, qualifier)
    if candidate is not None:
        assessor = kit.event.assessor_of(candidate)
    return event_path(form, qualifier, candidate, assessor)


SCOPES: Final[dict[Per, Callable[[Form, Kit], list[PlannedDocument]]]] = {
    "kit": _one,
    "candidate": _per_candidate,
    "assessor": _per_assessor,
    "paper": _per_paper,
    "scenario": _per_scenario,
}

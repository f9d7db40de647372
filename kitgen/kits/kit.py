"""What a kit is: a slice of a scheme's data, for all of it, for one unit, or for an event, and its papers cut to it."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kitgen.kits.assignment import Assigned
from kitgen.kits.booklets import booklets, cut
from kitgen.kits.papers import papers_of_kit
from kitgen.kits.paths import safe_name
from kitgen.kits.replacement import Drawn, with_replacements
from kitgen.kits.reserve import ReserveSet
from kitgen.kits.scope import Scope, narrowed, scope_of
from kitgen.kits.timetable.timetable import Timetable
from kitgen.kits.zero_one import Turn
from kitgen.model.bank import Bank, Paper, QuestionKind
from kitgen.model.blueprint import Blueprint
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent, EventAssessor, EventCandidate
from kitgen.model.forms import SCHEME_FOLDER, UNIT_FOLDER, KitKind
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.model.station import Stations

Papers = Mapping[QuestionKind, tuple[Paper, ...]]


@dataclass(frozen=True, slots=True)
class PrintedPapers:
    """Paket tercetak: what is printed of drawn papers: `booklets` cluster by cluster, or `sheets` of all of them."""

    booklets: Papers
    sheets: Papers


@dataclass(frozen=True, slots=True)
class EventParts:
    """Bagian jadwal dari sebuah perangkat: who takes part, what each was assigned, and when it is whose turn."""

    schedule: AssessmentEvent
    assigned: Mapping[int, Assigned]
    turns: tuple[Turn, ...]
    scopes: Mapping[int, Scope]
    printed: Mapping[int, PrintedPapers]
    """What is printed of each candidate's papers, by their number."""
    timetable: Timetable | None = None
    """None for an event of kitgen 0.1, whose turns are what was handed over."""
    arrangement: str = ""
    """The title of its arrangement."""
    seats: tuple[int, ...] = ()
    """The order in which candidates sit at the written test."""
    reserves: tuple[ReserveSet, ...] = ()

    @property
    def taking_part(self) -> tuple[EventCandidate, ...]:
        """The candidates who have not withdrawn."""
        return tuple(each for each in self.schedule.candidates if each.status == "ikut")

    def assessor_of(self, candidate: EventCandidate) -> EventAssessor | None:
        """The assessor of a candidate, if one is named who is there."""
        return next((each for each in self.schedule.assessors if each.number == candidate.assessor), None)


@dataclass(frozen=True, slots=True)
class Kit:
    """Perangkat asesmen (MUK): a slice of a scheme's data, the whole of it or one unit, or the whole for an event.

    `scope` is what may be used of it for anybody; `drawn` are the papers as they are recorded, `printed` what of them
    is printed for anybody.
    """

    kind: KitKind
    name: str
    folder: str
    scheme: Scheme
    clusters: tuple[Cluster, ...]
    units: tuple[Unit, ...]
    bank: Bank
    scenarios: tuple[Scenario, ...]
    plan: AssessmentPlan
    scope: Scope
    drawn: Papers
    printed: PrintedPapers
    event: EventParts | None = None
    stations: Stations = field(default_factory=Stations)
    blueprint: Blueprint = field(default_factory=Blueprint)
    is_released: bool = False
    exposure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The events that handed a question out, by its code; nothing of it is told in the kit of an event."""

    def scope_for(self, candidate: EventCandidate | None) -> Scope:
        """What is used for a candidate, or for anybody."""
        return self.scope if candidate is None or self.event is None else self.event.scopes[candidate.number]


def kits_of(edition: Edition) -> list[Kit]:
    """The kit of the whole scheme, then one kit for each unit; a unit's kit keeps its cluster's number and name."""
    kits = [scheme_kit(edition)]
    for unit in edition.scheme.units:
        kits.append(_kit(edition, "unit", unit.code, f"{UNIT_FOLDER}/{safe_name(unit.code)}", (unit,)))
    return kits


def scheme_kit(edition: Edition, replaced: Sequence[str] = ()) -> Kit:
    """The kit of the whole scheme; an event may have papers of some letters `replaced`, one after another."""
    return _kit(edition, "scheme", edition.scheme.title, SCHEME_FOLDER, edition.scheme.units, replaced)


def _kit(
    edition: Edition, kind: KitKind, name: str, folder: str, units: tuple[Unit, ...], replaced: Sequence[str] = ()
) -> Kit:
    """A kit of these units: clusters, tasks, questions and role plays cut to them."""
    scheme = edition.scheme
    whole = units == scheme.units
    clusters = tuple(narrowed(each, units) for each in scheme.clusters if set(units) & set(each.units))
    codes = frozenset(unit.code for unit in units)
    bank = edition.bank if whole else tuple(question for question in edition.bank if question.unit in codes)
    plan = kit_plan(edition.plan, edition.blueprint, kind)
    scope = scope_of(clusters, plan)
    blueprint = edition.blueprint
    if edition.seal is not None:  # what was released is accepted, also what was before questions had a status
        blueprint = replace(blueprint, accepted=tuple(question.id for question in edition.bank))
    drawn: Drawn = papers_of_kit(kind, units, clusters, bank, blueprint, edition.plan, edition.papers)
    drawn = with_replacements(drawn, replaced, units, clusters, bank, blueprint, edition.plan)
    papers = {of: tuple(each.paper for each in found) for of, found in drawn.items()}
    return Kit(
        kind=kind,
        name=name,
        folder=folder,
        scheme=scheme,
        clusters=clusters,
        units=units,
        bank=bank,
        scenarios=tuple(scenario for scenario in edition.scenarios if codes & set(scenario.unit_codes)),
        plan=plan,
        scope=scope,
        drawn=papers,
        printed=printed_papers(papers, plan, scope),
        stations=edition.stations,
        blueprint=edition.blueprint,
        is_released=edition.seal is not None,
        exposure=edition.exposure,
    )


def kit_plan(plan: AssessmentPlan, blueprint: Blueprint, kind: KitKind) -> AssessmentPlan:
    """The plan with the criteria questions are drawn for in a kit of this kind."""
    breadths = {of: draw.unit_breadth if kind == "unit" else draw.breadth for of, draw in blueprint.draws.items()}
    return dataclasses.replace(plan, breadths=breadths)


def printed_papers(drawn: Papers, plan: AssessmentPlan, scope: Scope) -> PrintedPapers:
    """What is printed of drawn papers: only the clusters, and of these the units, their instrument is used for."""
    found: dict[QuestionKind, tuple[Paper, ...]] = {}
    sheets: dict[QuestionKind, tuple[Paper, ...]] = {}
    for kind, papers in drawn.items():
        instrument = next((each.form for each in plan.kinds if each.questions == kind), None)
        clusters = scope.clusters_of(instrument)
        found[kind] = tuple(booklet for paper in papers for booklet in booklets(kind, paper, clusters))
        sheets[kind] = tuple(sheet for paper in papers if (sheet := cut(kind, paper, clusters)).questions)
    return PrintedPapers(found, sheets)

"""Which documents there are: form x kit x per, each with its path and audience. Pure; nothing is read or written."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kitgen.kits.assignment import Assigned
from kitgen.kits.booklets import booklets, cut
from kitgen.kits.cut import cut_scenario, with_props
from kitgen.kits.papers import papers_of_kit
from kitgen.kits.paths import document_path, event_path, file_name, plain_file, safe_name
from kitgen.kits.replacement import Drawn, with_replacements
from kitgen.kits.reserve import ReserveSet, reserve_sheets
from kitgen.kits.scope import Scope, narrowed, scope_of
from kitgen.kits.timetable.timetable import Timetable
from kitgen.kits.zero_one import Turn
from kitgen.model.audience import Audience
from kitgen.model.bank import Bank, Paper, QuestionKind
from kitgen.model.blueprint import Blueprint
from kitgen.model.edition import Edition
from kitgen.model.event import AssessmentEvent, EventActor, EventAssessor, EventCandidate
from kitgen.model.forms import SCHEME_FOLDER, UNIT_FOLDER, Form, KitKind, Per
from kitgen.model.methods import AssessmentPlan
from kitgen.model.scenario import Scenario
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.model.states import BK, K
from kitgen.model.station import Stations

_LISTS: Final = frozenset({"documents", "signatures", "blueprint", "plan", "guide"})
"""What is given of the other documents of a kit."""
ACTING: Final[Audience] = "pemeran"
IN_RESERVE: Final[Audience] = "kunci"
"""Who keeps the sheets for an emergency."""


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


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """Dokumen yang direncanakan: a form of a kit, and where it lies, relative to the edition's folder.

    `paper`, `scenario`, `candidate`, `assessor`, `actor` are those it is about, where it is made for each of them;
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
    actor: EventActor | None = None
    reserve: ReserveSet | None = None
    """The sealed set it lies in."""
    plain_path: str = ""
    """Its path by number and code alone: what it is remembered by, and where it lay before names said more."""

    @property
    def code(self) -> str:
        """Code and what tells it from others of its form: `FR.IA.05A Paket A - KP 1`."""
        name = (self.plain_path or self.path).rpartition("/")[2].rpartition(".")[0]
        return name.removeprefix(self.form.number).strip()


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
    breadths = {
        of: draw.unit_breadth if kind == "unit" else draw.breadth for of, draw in blueprint.draws.items()
    }  # fmt: skip
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
        of_kit += _reserved(forms, kit)
        listing = tuple((form, counts[form.code]) for form in forms if counts[form.code])
        planned += [
            dataclasses.replace(document, listing=listing) if _LISTS & set(document.form.given) else document
            for document in of_kit
        ]
    return sorted(planned, key=lambda document: document.path)


def _is_used(form: Form, kit: Kit) -> bool:
    """Whether the plan of some cluster of the kit uses the form's instrument, or it was agreed with some candidate.

    Forms that are no instrument are always used, but those for what became of candidates: only where it did of one.
    """
    if form.made_for and (
        kit.event is None or not any(_is_made_for(form, each) for each in kit.event.schedule.candidates)
    ):
        return False
    return kit.scope.uses(form.instrument) or (
        kit.event is not None and any(is_used_for(form, kit, each) for each in kit.event.taking_part)
    )


def _one(form: Form, kit: Kit) -> list[PlannedDocument]:
    return [_planned(form, kit)]


def _per_candidate(form: Form, kit: Kit) -> list[PlannedDocument]:
    """One for each candidate of an event, of questions where they have any; without an event blank, for each paper."""
    if kit.event is None:
        return _one(form, kit) if form.questions is None else _per_paper(form, kit)
    people = kit.event.taking_part
    if form.made_for:
        people = tuple(each for each in kit.event.schedule.candidates if _is_made_for(form, each))
    return [
        _for_candidate(form, kit, each, paper)
        for each in people
        if is_used_for(form, kit, each)
        for paper in (own_papers(form, kit, each) if form.questions is not None else (None,))
    ]


def _is_made_for(form: Form, candidate: EventCandidate) -> bool:
    """Whether a form for what became of candidates is made for one: by their state, or by what was decided."""
    outcome = {K: "competent", BK: "not_competent"}.get(str(candidate.decided), "")
    return bool({candidate.state, outcome, "decided" if candidate.decided else ""} & set(form.made_for))


def _for_candidate(form: Form, kit: Kit, candidate: EventCandidate, paper: Paper | None) -> PlannedDocument:
    return _planned(form, kit, _qualifier(form, kit, paper), paper=paper, candidate=candidate)


def _for_anybody(form: Form, kit: Kit, paper: Paper) -> PlannedDocument:
    return _planned(form, kit, _qualifier(form, kit, paper), paper=paper)


def is_used_for(form: Form, kit: Kit, candidate: EventCandidate) -> bool:
    """Whether a candidate is assessed with the form's instrument."""
    return kit.scope_for(candidate).uses(form.instrument)


def _per_assessor(form: Form, kit: Kit) -> list[PlannedDocument]:
    if kit.event is None:
        return _one(form, kit)
    return [_planned(form, kit, assessor=each) for each in kit.event.schedule.assessors]


def _per_actor(form: Form, kit: Kit) -> list[PlannedDocument]:
    """One for each actor of the sheet Pemeran, called by their number; a blank one where nobody is listed."""
    if kit.event is None or not kit.event.schedule.actors:
        return _one(form, kit)
    return [_planned(form, kit, f"{each.number:02}", actor=each) for each in kit.event.schedule.actors]


def _per_paper(form: Form, kit: Kit) -> list[PlannedDocument]:
    """Nothing where the bank has no question of the form's kind: an empty sheet would be no paper.

    In an event the papers somebody sits; a form with room for a person's answers is made for each of them, with theirs.
    """
    if kit.event is None:
        return [_for_anybody(form, kit, each) for each in papers_of(form, kit)]
    sitting = [(each, paper) for each in kit.event.taking_part for paper in own_papers(form, kit, each)]
    apart = [_for_candidate(form, kit, each, paper) for each, paper in sitting if has_own_book(form, each)]
    papers = {paper.id: paper for each, paper in sitting if not has_own_book(form, each)}
    shared = sorted(papers.values(), key=lambda paper: (paper.cluster, paper.letter))
    if form.personal:
        own = [_for_candidate(form, kit, each, paper) for each, paper in sitting]
        return [*own, *_in_reserve(form, kit, shared)] if kit.event.timetable is not None else own
    return [*apart, *(_for_anybody(form, kit, each) for each in shared)]


def has_own_book(form: Form, candidate: EventCandidate) -> bool:
    """Whether a candidate reads questions in a book of their own: in large print, where that was agreed."""
    return form.is_shared_book and candidate.adjustments.large_print


def _in_reserve(form: Form, kit: Kit, papers: Sequence[Paper]) -> list[PlannedDocument]:
    """A personal sheet of each paper without a name, for an emergency; it lies with the keys until it is needed."""
    secret = replace(form, audience=IN_RESERVE)
    return [_planned(secret, kit, f"Darurat {_qualifier(form, kit, each) or each.name}", paper=each) for each in papers]


def _reserved(forms: Sequence[Form], kit: Kit) -> list[PlannedDocument]:
    """The blank sheets of each sealed reserve set of an event; they lie with the keys until it is opened."""
    found: list[PlannedDocument] = []
    for each in kit.event.reserves if kit.event is not None else ():
        for form, paper in reserve_sheets(each, forms, kit.drawn):
            secret = replace(form, audience=IN_RESERVE)
            sheet = _planned(secret, kit, f"Cadangan {each.name}", paper=paper)
            found.append(replace(sheet, assessor=each.assessor, reserve=each))
    return found


def _per_reserve(form: Form, kit: Kit) -> list[PlannedDocument]:
    """What goes with each sealed set, such as its cover."""
    return [
        replace(_planned(form, kit, each.name), assessor=each.assessor, reserve=each)
        for each in (kit.event.reserves if kit.event is not None else ())
    ]


def papers_of(form: Form, kit: Kit) -> tuple[Paper, ...]:
    """What there is of a form's questions for anybody: whole papers, booklets, or sheets."""
    if form.questions is None:
        return ()
    return _made_per(form, kit.printed, kit.drawn).get(form.questions, ())


def own_papers(form: Form, kit: Kit, candidate: EventCandidate) -> tuple[Paper, ...]:
    """What a candidate gets of a form's questions: the booklets of their clusters, their sheet, or one whole paper."""
    if kit.event is None or form.questions is None or not is_used_for(form, kit, candidate):
        return ()
    whole = kit.drawn.get(form.questions, ())
    letter = kit.event.assigned[candidate.number].paper
    own = tuple(paper for paper in whole if paper.letter == letter)[:1] or whole[:1]
    return _made_per(form, kit.event.printed[candidate.number], {form.questions: own}).get(form.questions, ())


def asked_in(document: PlannedDocument) -> Iterator[str]:
    """The codes of the questions a document asks, of its paper or of its candidate's; of one that holds keys none."""
    form, candidate = document.form, document.candidate
    if form.questions is None or form.audience == IN_RESERVE:
        return
    papers: tuple[Paper, ...] = (document.paper,) if document.paper is not None else ()
    if not papers and candidate is not None:
        papers = own_papers(form, document.kit, candidate)
    for paper in papers:
        yield from (question.id for question in paper.questions)


def takers(form: Form, kit: Kit, paper: Paper) -> tuple[EventCandidate, ...]:
    """The candidates of an event who sit a paper."""
    people = kit.event.taking_part if kit.event is not None else ()
    return tuple(each for each in people if any(own.id == paper.id for own in own_papers(form, kit, each)))


def _made_per(form: Form, printed: PrintedPapers, whole: Papers) -> Papers:
    return {"booklet": printed.booklets, "candidate": printed.sheets}.get(form.per, whole)


def _qualifier(form: Form, kit: Kit, paper: Paper | None) -> str:
    """The name of a paper; a sheet of which there is one letter only is told by its folder."""
    if paper is None or form.questions is None:
        return ""
    is_alone = form.per == "candidate" and len({each.letter for each in kit.drawn.get(form.questions, ())}) == 1
    is_own = form.personal and kit.event is not None and not paper.cluster
    return "" if is_alone or is_own else paper.name


def _per_scenario(form: Form, kit: Kit) -> list[PlannedDocument]:
    found = kit.scenarios
    if kit.event is not None:
        played = {each.id for one in kit.event.taking_part for each in kit.event.assigned[one.number].scenarios}
        found = tuple(scenario for scenario in found if scenario.id in played)
    if form.channels:
        found = tuple(scenario for scenario in found if scenario.channel in form.channels)
    if form.is_cut:  # nobody acts in desk work
        codes = frozenset(unit.code for unit in kit.units)
        found = tuple(cut_scenario(scenario, codes) for scenario in found)
        found = tuple(scenario for scenario in found if scenario.actors or form.audience != ACTING)
    if form.props is not None:  # what is handed over later must not lie with what is there at the start
        found = tuple(with_props(scenario, is_later=form.props == "later") for scenario in found)
        found = tuple(scenario for scenario in found if any(not prop.is_filled_in for prop in scenario.props))
    return [_planned(form, kit, each.id, scenario=each) for each in found]


def _planned(
    form: Form,
    kit: Kit,
    qualifier: str = "",
    paper: Paper | None = None,
    scenario: Scenario | None = None,
    candidate: EventCandidate | None = None,
    assessor: EventAssessor | None = None,
    actor: EventActor | None = None,
) -> PlannedDocument:
    """A document at its place; `qualifier` tells those of a form apart that lie in one folder."""
    named = file_name(form, qualifier, scenario.title if scenario is not None else "")
    path, plain_path = (_path(form, kit, file, candidate, assessor) for file in (named, plain_file(form, qualifier)))
    return PlannedDocument(path, form, kit, paper, scenario, candidate, assessor, (), actor, None, plain_path)


def _path(form: Form, kit: Kit, file: str, candidate: EventCandidate | None, assessor: EventAssessor | None) -> str:
    if kit.event is None:
        return document_path(form, kit.folder, file)
    if candidate is not None:
        assessor = kit.event.assessor_of(candidate)
    return event_path(form, file, candidate, assessor)


SCOPES: Final[dict[Per, Callable[[Form, Kit], list[PlannedDocument]]]] = {
    "kit": _one,
    "candidate": _per_candidate,
    "assessor": _per_assessor,
    "paper": _per_paper,
    "booklet": _per_paper,
    "scenario": _per_scenario,
    "actor": _per_actor,
    "reserve": _per_reserve,
}

"""Which documents there are: form x kit x per, each with its path and audience. Pure; nothing is read or written."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import Final

from kitgen.kits.cut import cut_scenario, with_props
from kitgen.kits.kit import Kit, Papers, PrintedPapers
from kitgen.kits.paths import document_folder, event_place, file_name, plain_file
from kitgen.kits.reserve import ReserveSet, reserve_sheets
from kitgen.model.audience import KEY_HOLDER, KEYS
from kitgen.model.bank import Paper
from kitgen.model.event import EventActor, EventAssessor, EventCandidate
from kitgen.model.forms import Form, Per
from kitgen.model.scenario import Scenario
from kitgen.model.states import BK, K

_LISTS: Final = frozenset({"documents", "signatures", "blueprint", "plan", "guide"})
"""What is given of the other documents of a kit."""


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """Dokumen yang direncanakan: a form of a kit, and where it lies, relative to the edition's folder.

    `paper`, `scenario`, `candidate`, `assessor`, `actor` are those it is about, where it is made for each of them;
    `listing` are the forms of its kit with how many documents there are of each, where its form is given them.
    """

    folder: str
    file: str
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
    plain_file: str = ""
    """Its name by number and code alone."""

    @property
    def path(self) -> str:
        """Where it lies; folder and file are texts that many documents share."""
        return f"{self.folder}/{self.file}"

    @property
    def plain_path(self) -> str:
        """Its path by number and code alone: what it is remembered by, and where it lay before names said more."""
        return f"{self.folder}/{self.plain_file}"

    @property
    def code(self) -> str:
        """Code and what tells it from others of its form: `FR.IA.05A Paket A - KP 1`."""
        name = self.plain_file.rpartition(".")[0]
        return name.removeprefix(self.form.number).strip()


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
    secret = replace(form, audience=KEY_HOLDER)
    return [_planned(secret, kit, f"Darurat {_qualifier(form, kit, each) or each.name}", paper=each) for each in papers]


def _reserved(forms: Sequence[Form], kit: Kit) -> list[PlannedDocument]:
    """The blank sheets of each sealed reserve set of an event; they lie with the keys until it is opened."""
    found: list[PlannedDocument] = []
    for each in kit.event.reserves if kit.event is not None else ():
        for form, paper in reserve_sheets(each, forms, kit.drawn):
            secret = replace(form, audience=KEY_HOLDER)
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
    if form.questions is None or form.audience in KEYS:
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
        found = tuple(scenario for scenario in found if scenario.actors or not form.audience_facts.acts)
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
    folder, file, plain = map(intern, (_folder(form, kit, candidate, assessor), named, plain_file(form, qualifier)))
    return PlannedDocument(folder, file, form, kit, paper, scenario, candidate, assessor, (), actor, None, plain)


def _folder(form: Form, kit: Kit, candidate: EventCandidate | None, assessor: EventAssessor | None) -> str:
    if kit.event is None:
        return document_folder(form, kit.folder)
    if candidate is not None:
        assessor = kit.event.assessor_of(candidate)
    return event_place(form, candidate, assessor)


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

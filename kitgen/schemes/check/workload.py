"""How long an assessment takes: minutes of each candidate, and of each assessor for an event of so many. Pure.

What is counted is what the timetable of an event is made of: `work_of`, for a candidate of each background.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kitgen.base.holes import BLANK
from kitgen.kits.assignment import assign
from kitgen.kits.kit import Kit, Papers, printed_papers
from kitgen.kits.scope import scope_of
from kitgen.kits.timetable.calendar import Calendar, hours_of_day
from kitgen.kits.timetable.fitting import Fitted, fit
from kitgen.kits.timetable.work import Work, work_of
from kitgen.model.bank import KIND_LABELS
from kitgen.model.event import AssessmentEvent, EventAssessor, EventCandidate
from kitgen.model.given import Assessor, Candidate, EventFacts, Venue
from kitgen.model.methods import BACKGROUNDS
from kitgen.model.minutes import Arrangement, Minutes, TimeKey

_OF_PREPARATION: Final[tuple[TimeKey, ...]] = ("consultation", "adjustments", "agreement")


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Baris beban waktu: one instrument; minutes of a candidate, and of the assessor for that candidate."""

    instrument: str
    what: str
    candidate: int
    assessor: int
    is_reserve: bool = False


@dataclass(frozen=True, slots=True)
class BackgroundMinutes:
    """Menit satu latar belakang: of a candidate and of the assessor for them, on the days of the assessment."""

    background: int
    candidate: int
    assessor: int


@dataclass(frozen=True, slots=True)
class Workload:
    """Beban waktu satu asesmen. `days` are those the timetable of so many takes with so many assessors, `bound` what
    the sums alone ask for; `reasons` the minutes no paper and no scenario says, each with its reason.
    """

    arrangement: str
    lines: tuple[WorkLine, ...]
    backgrounds: tuple[BackgroundMinutes, ...]
    candidates: int
    assessors: int
    candidate_minutes: int
    candidate_reserve: int
    assessor_minutes: int
    preparing: int
    per_assessor: int
    days: int
    bound: int
    reasons: tuple[Minutes, ...]


def workload(kit: Kit, candidates: int, assessors: int, arrangement: str = "") -> Workload:
    """The minutes of an assessment with the whole kit, background by background, and the days so many take.

    The lines are those of the background that keeps an assessor longest beside role plays; the event is one of
    candidates of all backgrounds in turn.
    """
    chosen = kit.blueprint.arrangement(arrangement)
    works = _works(kit, _made_up(candidates, assessors), chosen)
    typical = _works(kit, _made_up(len(BACKGROUNDS), 1), chosen)
    shown = max((typical[each] for each in BACKGROUNDS), key=lambda work: (len(work.roles), work.assessor_minutes))
    shares = {number: [work for each, work in works.items() if (each - 1) % assessors == number - 1]
              for number in range(1, assessors + 1)}  # fmt: skip
    first, last = hours_of_day(BLANK)
    calendar = Calendar(first, first + _day(kit, first, last), 0, None, kit.blueprint.times["break"].minutes)
    fitted: Fitted = fit(shares, calendar, kit.blueprint)
    preparing = sum(kit.blueprint.times[key].minutes for key in _OF_PREPARATION)
    return Workload(
        arrangement=chosen.title,
        lines=tuple(_lines(shown, kit, _sheets(kit, shown.number))),
        backgrounds=tuple(BackgroundMinutes(each, typical[each].candidate_minutes, typical[each].assessor_minutes)
                          for each in BACKGROUNDS),
        candidates=candidates,
        assessors=assessors,
        candidate_minutes=shown.candidate_minutes,
        candidate_reserve=shown.reserve,
        assessor_minutes=shown.assessor_minutes,
        preparing=preparing,
        per_assessor=max((sum(work.assessor_minutes for work in of) for of in shares.values()), default=0),
        days=fitted.days,
        bound=fitted.bound,
        reasons=tuple(kit.blueprint.times.values()),
    )  # fmt: skip


def _day(kit: Kit, first: int, last: int) -> int:
    """A day as long as an assessor may work, with the midday hour in it."""
    return min(24 * 60 - first, kit.blueprint.limits.assessor_minutes + 60)


def _made_up(candidates: int, assessors: int) -> AssessmentEvent:
    people = tuple(EventAssessor(number, Assessor()) for number in range(1, assessors + 1))
    present = tuple(
        EventCandidate(
            number, Candidate(), (number - 1) % assessors + 1, background=(number - 1) % len(BACKGROUNDS) + 1
        )
        for number in range(1, candidates + 1)
    )
    return AssessmentEvent("", "", "", EventFacts(), Venue(), people, present)


def _works(kit: Kit, event: AssessmentEvent, arrangement: Arrangement) -> dict[int, Work]:
    letters = list(dict.fromkeys(paper.letter for papers in kit.drawn.values() for paper in papers))
    scopes = {background: scope_of(kit.clusters, kit.plan, EventCandidate(0, Candidate(), background=background))
              for background in BACKGROUNDS}  # fmt: skip
    sheets = {each: _sheets(kit, each) for each in BACKGROUNDS}
    own = {each.number: scopes[int(each.background)] for each in event.candidates if isinstance(each.background, int)}
    assigned = assign(event, letters, kit.scenarios, own, arrangement)
    return {
        each.number: work_of(each, own[each.number], assigned[each.number].scenarios,
                             sheets[int(each.background)], kit.clusters, kit.plan, kit.blueprint, arrangement)
        for each in event.candidates if isinstance(each.background, int)
    }  # fmt: skip


def _sheets(kit: Kit, background: int) -> Papers:
    """The longest paper of each kind, cut to what is used for a background."""
    scope = scope_of(kit.clusters, kit.plan, EventCandidate(0, Candidate(), background=background))
    longest = {kind: (max(papers, key=lambda paper: paper.minutes),) for kind, papers in kit.drawn.items()}
    return printed_papers(longest, kit.plan, scope).sheets


def _lines(work: Work, kit: Kit, sheets: Papers) -> Iterator[WorkLine]:
    for kind in work.test_kinds:
        papers = sheets[kind]
        minutes, count = sum(paper.minutes for paper in papers), sum(len(paper.questions) for paper in papers)
        yield WorkLine(KIND_LABELS[kind], f"{count} soal", minutes, kit.blueprint.draws[kind].marking)
    for role in work.roles:
        yield WorkLine("skenario", f"unit {', '.join(role.scenario.unit_codes)}", role.candidate,
                       role.assessor(work.reset))  # fmt: skip
    for each in work.projects:
        yield WorkLine("kegiatan terstruktur", each.title, each.prepare + each.present, each.present)
    for talk in work.talks:
        yield WorkLine("tatap muka", talk.what, talk.minutes, talk.minutes)
    yield WorkLine("penutup", "keputusan dan umpan balik", work.closing, work.closing)
    if work.reserve:
        yield WorkLine("cadangan", "pertanyaan untuk KUK yang belum tampak", work.reserve, 0, True)

"""Is what is in the data good enough to assess with? Items, coverage, equal scenarios, minutes; nothing is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kitgen.base.errors import Diagnostic, Place
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.kits.coverage import coverage_of
from kitgen.kits.kit import Kit, kits_of
from kitgen.kits.papers import SCHEME_KIT
from kitgen.kits.stations.told import Told, told_pairs
from kitgen.load.edition.stations import STATIONS_FILE
from kitgen.model.bank import QUESTION_KINDS, WITH_OPTIONS
from kitgen.model.coverage import Coverage
from kitgen.model.edition import Edition
from kitgen.schemes.bank.exposure import OFTEN, often_handed_out
from kitgen.schemes.check.channels import ChannelLoad, channel_loads
from kitgen.schemes.check.fairness import fairness, unevenness
from kitgen.schemes.check.figures import too_many_of, worked_out_of_stem
from kitgen.schemes.check.guessers import GuessRate, guess_rates, guessed_from_options
from kitgen.schemes.check.items import review_items
from kitgen.schemes.check.papers import paper_findings, unreviewed
from kitgen.schemes.check.stations import station_faults, structure_rows
from kitgen.schemes.check.workload import Workload, workload

DEFAULT_CANDIDATES: Final = 10
"""So many candidates to an assessor is what bodies usually allow; `--candidates` and `--assessors` say otherwise."""


@dataclass(frozen=True, slots=True)
class Review:
    """Telaah satu edisi: findings as warnings, and the figures they come from."""

    name: str
    findings: tuple[Diagnostic, ...]
    coverage: tuple[Coverage, ...]
    workload: Workload
    fairness: tuple[dict[str, object], ...]
    questions: int
    guessing: tuple[GuessRate, ...] = ()
    """How many keys are found without reading a stem, and how many random keys would be."""
    guessed: tuple[str, ...] = ()
    """Questions whose key both guessers find: the first to be read again."""
    figures: tuple[str, ...] = ()
    """Questions whose key can be worked out from the figures of their stem."""
    obstacles: tuple[Diagnostic, ...] = ()
    structures: tuple[dict[str, str], ...] = ()
    told: tuple[Told, ...] = ()
    exposure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The events that handed out each question, by its code."""
    channels: tuple[ChannelLoad, ...] = ()
    """`obstacles`: those of the findings that keep an edition from being released. `structures`: what the texts of each
    scenario make of it; `told`: how much one tells of another; `channels`: what the scenarios of each ask for."""

    def as_json(self) -> dict[str, Any]:
        """Counts by unit, criterion, kind and primary method, minutes and scenarios, for programs."""
        rows = [
            {
                "unit": row.unit_code,
                "criterion": row.number,
                "primary": row.primary,
                "tasks": row.tasks,
                "cues": row.cues,
                "checklists": row.checklists,
                "activities": row.activities,
                **{kind: row.asked(kind) for kind in QUESTION_KINDS},
                "gap": row.is_gap,
            }
            for row in self.coverage
        ]
        units = {
            code: _sum([row for row in rows if row["unit"] == code]) for code in {row["unit"]: None for row in rows}
        }
        lines = [
            {"instrument": line.instrument, "what": line.what, "candidate": line.candidate, "assessor": line.assessor,
             "reserve": line.is_reserve}
            for line in self.workload.lines
        ]  # fmt: skip
        totals = {
            name: getattr(self.workload, name)
            for name in ("arrangement", "candidates", "assessors", "candidate_minutes", "candidate_reserve",
                         "assessor_minutes", "preparing", "per_assessor", "days", "bound")
        }  # fmt: skip
        backgrounds = [
            {"background": each.background, "candidate": each.candidate, "assessor": each.assessor}
            for each in self.workload.backgrounds
        ]
        reasons = [{"minutes": each.minutes, "why": each.why} for each in self.workload.reasons]
        return {
            "edition": self.name,
            "questions": self.questions,
            "coverage": rows,
            "units": units,
            "gaps": sum(row.is_gap for row in self.coverage),
            "minutes": {"lines": lines, "backgrounds": backgrounds, "reasons": reasons, **totals},
            "scenarios": list(self.fairness),
            "structures": list(self.structures),
            "channels": [each.as_json() for each in self.channels],
            "told": [
                {
                    "known": each.known,
                    "other": each.other,
                    "equal": list(each.equal),
                    "facts": each.facts,
                    "answered": each.answered,
                    "cues": each.cues,
                    "share": round(each.share, 2),
                }
                for each in self.told
            ],
            "guessing": [
                {
                    "cue": rate.cue,
                    "hits": rate.hits,
                    "asked": rate.asked,
                    "expected": rate.expected,
                    "range": [rate.low, rate.high],
                }
                for rate in self.guessing
            ],
            "guessed": list(self.guessed),
            "figures": list(self.figures),
            "exposure": {id: list(events) for id, events in self.exposure.items()},
            "findings": [finding.message for finding in self.findings],
        }


def _sum(rows: list[dict[str, Any]]) -> dict[str, Any]:
    counts: dict[str, Any] = {kind: sum(row[kind] for row in rows) for kind in QUESTION_KINDS}
    primary: dict[str, int] = {}
    for row in rows:
        primary[row["primary"]] = primary.get(row["primary"], 0) + 1
    return {"criteria": len(rows), "by_primary": primary, **counts}


def review(project: Project, edition: Edition, candidates: int | None = None, assessors: int = 1,
           arrangement: str = "") -> Review:  # fmt: skip
    """Everything that can be said of an edition without making a document.

    Without a number of candidates only what one day can hold is looked at: the minutes of one candidate.
    """
    scheme = edition.scheme
    file = project.shown(project.scheme_file(scheme.name))
    kits = kits_of(edition)
    rows = coverage_of(scheme.units, scheme.clusters, edition.bank, edition.scenarios, edition.plan)
    load = workload(kits[0], candidates or DEFAULT_CANDIDATES * assessors, assessors, arrangement)
    obstacles = (*marks_of(edition), *_recorded(project, edition, kits), *_gaps(rows, file),
                 *unreviewed(project, edition, kits))  # fmt: skip
    guessing = guess_rates(edition.bank)
    guessed = guessed_from_options(edition.bank)
    findings = [
        *_items(edition),
        *_guessing(guessing, guessed, file),
        *_figures(kits, file),
        *_exposed(edition, file),
        *paper_findings(project, edition, kits),
        *obstacles,
        *_uneven(project, edition),
        *_stations(project, edition),
        *_minutes(load, edition, file, candidates is not None),
    ]
    name = f"{scheme.slug}/{scheme.edition}"
    return Review(
        name,
        tuple(findings),
        rows,
        load,
        tuple(fairness(edition.scenarios)),
        len(edition.bank),
        guessing,
        guessed,
        tuple(each.id for each in edition.bank if worked_out_of_stem(each)),
        obstacles,
        tuple(structure_rows(edition.scenarios)),
        tuple(told_pairs(edition.scenarios)),
        {each.id: edition.exposure[each.id] for each in edition.bank if each.id in edition.exposure},
        tuple(channel_loads(edition.scenarios, edition.stations)),
    )


def marks_of(edition: Edition) -> Iterator[Diagnostic]:
    """What serves a criterion whose wording changed, until a person has read it again."""
    scheme = edition.scheme
    for mark in edition.open_marks:
        number = said(" (KUK {number})", number=mark.number) if mark.number else ""
        help = said(
            "read it again; then `kitgen edition cleared {slug} {edition} {name}`",
            slug=scheme.slug,
            edition=scheme.edition,
            name=mark.name,
        )
        what = said("moved to this unit; it was") if mark.is_moved else said("reworded; it said")
        yield Diagnostic(
            said(
                "{what}{number} is to be reviewed: its criterion was {change}: {old}",
                what=mark.what,
                number=number,
                change=what,
                old=mark.old,
            ),
            mark.place,
            help,
            "warning",
        )


def _exposed(edition: Edition, file: str) -> Iterator[Diagnostic]:
    found = list(often_handed_out(edition))
    if found:
        yield Diagnostic(
            said(
                "{questions} were handed out in {often} events or more: {ids}",
                questions=counted(len(found), "question"),
                often=OFTEN,
                ids=", ".join(f"{id} ({count})" for id, count in found),
            ),
            Place(file),
            said("write others beside them and draw anew, or set their status to retired: who sat them may tell them"),
            "warning",
        )


def _items(edition: Edition) -> Iterator[Diagnostic]:
    for fault in review_items(edition.bank, edition.scheme.units):
        message = said("question {question}: {message}", question=fault.question, message=fault.message)
        yield Diagnostic(message, edition.places.get(fault.question, Place("")), fault.help, "warning")


def _guessing(rates: Sequence[GuessRate], guessed: Sequence[str], file: str) -> Iterator[Diagnostic]:
    """Cues that find the key, or rule options out, more often than random keys would let them."""
    for rate in rates:
        if rate.is_above_chance or rate.is_below_chance:
            found = said("{hits:g} of {asked} keys ({share:.0%})", hits=rate.hits, asked=rate.asked, share=rate.share)
            message = said(
                "without the stems, `{cue}` finds {found}; random keys: {low} to {high}",
                cue=rate.cue,
                found=found,
                low=rate.low,
                high=rate.high,
            )
            first = ", ".join(guessed[:10])
            help = (
                said("move what decides into the stem; begin with {first}", first=first)
                if first
                else said("move what decides into the stem")
            )
            yield Diagnostic(message, Place(file), help, "warning")


def _figures(kits: Sequence[Kit], file: str) -> Iterator[Diagnostic]:
    for kit in kits:
        of_options = [paper for kind, papers in kit.drawn.items() if kind in WITH_OPTIONS for paper in papers]
        for paper in of_options if kit.kind == "scheme" else ():
            for unit, found in too_many_of(paper.questions):
                message = said(
                    "paper {id}: figures of their own stems answer {found}", id=paper.id, found=", ".join(found)
                )
                yield Diagnostic(
                    message,
                    Place(file, spot=said("unit {unit}", unit=unit)),
                    said("draw others, or ask for what the criterion is about"),
                    "warning",
                )


def _recorded(project: Project, edition: Edition, kits: Sequence[Kit]) -> Iterator[Diagnostic]:
    """Recorded papers that no longer say what they said: a question or an option was reworded since."""
    scheme = edition.scheme
    file = project.shown(project.scheme_file(scheme.name).with_name("papers.yaml"))
    kept = {(paper.kit, paper.kind, paper.letter): paper.id for paper in edition.papers}
    for kit in kits:
        name = SCHEME_KIT if kit.kind == "scheme" else kit.name
        for kind, papers in kit.drawn.items():
            for paper in papers:
                id = kept.get((name, kind, paper.letter))
                if id is not None and id != paper.id:
                    yield Diagnostic(
                        said(
                            "paper {id} has changed since it was drawn; it would now be {drawn_now}",
                            id=id,
                            drawn_now=paper.id,
                        ),
                        Place(file, spot=said("paper {id}", id=id)),
                        said("draw it anew with `kitgen bank draw`, or undo the change"),
                        "warning",
                    )


def _gaps(rows: tuple[Coverage, ...], file: str) -> Iterator[Diagnostic]:
    """What nothing serves: a line for each unit and method."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.is_gap and (row.primary or not row.checklists):  # one without a method is told as such
            groups.setdefault((row.unit_code, row.primary), []).append(row.number)
    for (code, primary), numbers in groups.items():
        what = said("their primary method ({primary})", primary=primary) if primary else said("any method")
        yield Diagnostic(
            said("nothing serves KUK {numbers} of unit {code} for {what}", numbers=", ".join(numbers), code=code,
                 what=what),
            Place(file, spot=said("unit {unit_code}", unit_code=code)),
            said("add a question, a task or a cue for them, or change their method"),
            "warning",
        )  # fmt: skip


def _uneven(project: Project, edition: Edition) -> Iterator[Diagnostic]:
    scheme = edition.scheme
    folder = project.scheme_file(scheme.name).with_name("scenarios")
    for scenario, what in unevenness(edition.scenarios):
        yield Diagnostic(
            said("scenario {scenario} is not equal to the others of its units: {what}", scenario=scenario, what=what),
            Place(project.shown(folder / f"{scenario}.yaml")),
            said("candidates in one room must have the same load"),
            "warning",
        )


def _stations(project: Project, edition: Edition) -> Iterator[Diagnostic]:
    scheme = edition.scheme
    folder = project.scheme_file(scheme.name).with_name("scenarios")
    for scenario, what, help in station_faults(edition.scenarios, edition.stations):
        is_one = bool(scenario)
        yield Diagnostic(
            said("scenario {scenario}: {what}", scenario=scenario, what=what) if is_one else what,
            Place(project.shown(folder / f"{scenario}.yaml" if is_one else folder.with_name(STATIONS_FILE))),
            help,
            "warning",
        )


def _minutes(load: Workload, edition: Edition, file: str, is_event: bool) -> Iterator[Diagnostic]:
    limits = edition.blueprint.limits
    if load.candidate_minutes > limits.candidate_minutes:
        sits = counted(load.candidate_minutes, "minute")
        yield Diagnostic(
            said(
                "a candidate sits {sits}, more than {candidate_minutes}",
                sits=sits,
                candidate_minutes=limits.candidate_minutes,
            ),
            Place(file),
            said("shorten papers in blueprint.yaml, or plan two days"),
            "warning",
        )
    if is_event and load.days > 1:
        yield Diagnostic(
            said(
                "{candidates} need {days} with {assessors}",
                candidates=counted(load.candidates, "candidate"),
                days=counted(load.days, "day"),
                assessors=counted(load.assessors, "assessor"),
            ),
            Place(file),
            said("plan so many days, or name more assessors with --assessors and look again"),
            "warning",
        )

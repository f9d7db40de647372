"""`kitgen check`: everything that is wrong or missing, without making anything."""

import json
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.language import LANGUAGES, translator
from kitgen.base.messages import NOTHING, Message, counted, joined, padded, said, told
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.selecting import tell_edition
from kitgen.cli.table import row

if TYPE_CHECKING:
    from kitgen.schemes.check.review import Review


@declare.command(
    "check",
    then=said("`kitgen build` makes the documents; what the LSP has not given prints its name, such as [nomor skema]"),
)
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--strict", is_flag=True, help="Exit with 1 for missing facts, gaps and oddities too.")
@declare.option("--coverage", is_flag=True, help="Print what serves each criterion (KUK), and by which method.")
@declare.option("--minutes", is_flag=True, help="Print the minutes of a candidate and of an assessor.")
@declare.option("--stations", is_flag=True, help="Print the structure of each scenario and what one tells of another.")
@declare.option("--guessing", is_flag=True, help="Print how often keys are found without reading the questions.")
@declare.option("--exposure", is_flag=True, help="Print which questions which events handed out.")
@declare.option("--candidates", type=click.IntRange(1, 10_000), help="Candidates of an event, for --minutes.")
@declare.option("--assessors", type=click.IntRange(1, 1_000), default=1, help="Assessors of an event, for --minutes.")
@declare.option("--arrangement", default="", help="Arrangement of an event (lengkap or ringkas), for --minutes.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    strict: bool,
    coverage: bool,
    minutes: bool,
    stations: bool,
    guessing: bool,
    exposure: bool,
    candidates: int | None,
    assessors: int,
    arrangement: str,
    as_json: bool,
) -> None:
    """Check data, questions, forms and templates; tell every problem with its place."""
    from kitgen.cli.console import tell
    from kitgen.schemes.check.check import check_project

    tell_edition(ctx.obj, scheme, edition)
    findings, reviews = check_project(ctx.obj, scheme, edition, candidates, assessors, arrangement)
    tell(findings)
    if as_json:
        say(json.dumps([review.as_json() for review in reviews], ensure_ascii=False, indent=1))
    else:
        for review in reviews:
            if coverage:
                _print_coverage(review)
            if minutes:
                _print_minutes(review)
            if stations:
                _print_stations(review)
            if guessing:
                _print_guessing(review)
            if exposure:
                _print_exposure(review)
    if findings.errors or (strict and findings.warnings):
        ctx.exit(1)
    if not as_json:
        say(said("no errors") if findings.warnings else said("no problems"))


_EVIDENCE: Final = ((said("checklist"), -10), (said("task"), -6), (said("cue"), -6), (said("activity"), -9))
_NARROWEST: Final = 4


def _print_coverage(review: "Review") -> None:
    from kitgen.model.bank import KINDS

    heads = [*_EVIDENCE, *((facts.heading, _width_below(facts.heading)) for facts in KINDS.values())]
    widths = [width for _, width in heads]
    say(said("{name}: {questions}", name=review.name, questions=counted(review.questions, "question")))
    say(row((said("unit"), 17), ("KUK", 6), (said("method"), 12), *heads))
    for line in review.coverage:
        counts = (line.checklists, line.tasks, line.cues, line.activities, *map(line.asked, KINDS))
        gap = styled(said("  GAP"), fg="red") if line.is_gap else ""
        cells = row((line.unit_code, 17), (line.number, 6), (line.primary, 12), *zip(counts, widths, strict=True))
        say(joined("", (cells, gap)))


def _width_below(heading: Message) -> int:
    """The width of a column of counts: its heading has room in every language."""
    return -max(_NARROWEST, *(len(str(told(heading, translator(language)))) + 1 for language in LANGUAGES))


def _print_minutes(review: "Review") -> None:
    load = review.workload
    say(row((said("instrument"), 20), (said("candidate"), -9), (said("assessor"), -9), (said(" what"), 0)))
    for line in load.lines:
        reserve = said(" (reserve)") if line.is_reserve else ""
        cells = row((line.instrument, 20), (line.candidate, -9), (line.assessor, -9))
        say(joined("", (cells, "  ", line.what, reserve)))
    sums = row((said("sum"), 20), (load.candidate_minutes, -9), (load.assessor_minutes, -9))
    say(joined("  ", (sums, said("without the reserve"))))
    for each in load.backgrounds:
        what = said("background {number}", number=each.background)
        say(row((what, 20), (each.candidate, -9), (each.assessor, -9)))
    people = said(
        "{candidates}, {assessors}",
        candidates=counted(load.candidates, "candidate"),
        assessors=counted(load.assessors, "assessor"),
    )
    say(
        said(
            "{people}: {minutes} an assessor, {days}; fewer than {bound} are impossible",
            people=people,
            minutes=counted(load.per_assessor, "minute"),
            days=counted(load.days, "day"),
            bound=load.bound,
        )
    )
    say(said("before that the pre-assessment: {minutes} a candidate", minutes=counted(load.preparing, "minute")))
    say(said("minutes that no paper and no scenario says, and why:"))
    for reason in load.reasons:
        say(row((reason.minutes, -4), (f"  {reason.why}", 0)))


def _print_stations(review: "Review") -> None:
    from kitgen.model.structure import FEATURES

    for structure in review.structures:
        say(structure["scenario"])
        for name, label in FEATURES.items():
            if structure[name] != "–":
                say(row(("", 1), (label, 38), (structure[name], 0)))
    say(row((said("known"), 8), (said("other"), 8), (said("facts"), -7), (said("answers"), -8), (said(" equal"), 0)))
    for pair in review.told:
        facts, answers = f"{len(pair.equal)}/{pair.facts}", f"{pair.answered}/{pair.cues}"
        say(row((pair.known, 8), (pair.other, 8), (facts, -7), (answers, -8), (f" {', '.join(pair.equal)}", 0)))
    heads = (said("words"), said("spoken"), said("lines"), said("minutes"), said("steps"))
    say(row((said("channel"), 16), (said("scenario"), 9), *((head, -8) for head in heads)))
    for load in review.channels:
        figures = (load.words, load.spoken, load.lines, load.minutes, load.escalation)
        mark = NOTHING if load.is_offered else said("  not offered")
        say(row((load.channel, 16), (load.scenario, 9), *((figure, -8) for figure in figures), (mark, 0)))


def _print_exposure(review: "Review") -> None:
    count = counted(review.questions, "question")
    say(said("{name}: {exposed} of {questions} were handed out", name=review.name, exposed=len(review.exposure),
             questions=count))  # fmt: skip
    for id, events in review.exposure.items():
        say(row((id, 14), (", ".join(events), 60)))


def _print_guessing(review: "Review") -> None:
    say(said("{name}: keys found from the options alone", name=review.name))
    say(
        said(
            "{cue} {hits} {asked} {share} {expected}  random keys",
            cue=padded(said("by"), 30),
            hits=padded(said("keys"), -6),
            asked=padded(said("of"), -4),
            share=padded(said("share"), -6),
            expected=padded(said("expected"), -9),
        )
    )
    for rate in review.guessing:
        mark = styled(said("  MORE"), fg="red") if rate.is_above_chance else ""
        mark = styled(said("  LESS"), fg="red") if rate.is_below_chance else mark
        say(
            said(
                "{cue} {hits:>6.1f} {asked:>4} {share:>6.0%} {expected:>9.1f}  {low} to {high}{mark}",
                cue=padded(rate.cue, 30),
                hits=rate.hits,
                asked=rate.asked,
                share=rate.share,
                expected=rate.expected,
                low=rate.low,
                high=rate.high,
                mark=mark,
            )
        )
    say(said("by both words and shape: {guessed}", guessed=", ".join(review.guessed) or said("none")))
    say(said("worked out of the figures of the stem: {figures}", figures=", ".join(review.figures) or said("none")))

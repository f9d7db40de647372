"""`kitgen check`: everything that is wrong or missing, without making anything."""

import json
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.selecting import tell_edition

if TYPE_CHECKING:
    from kitgen.schemes.check.review import Review


@declare.command("check")
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--strict", is_flag=True, help="Exit with 1 for missing facts, gaps and oddities too.")
@declare.option("--coverage", is_flag=True, help="Print what serves each criterion (KUK), and by which method.")
@declare.option("--minutes", is_flag=True, help="Print the minutes of a candidate and of an assessor.")
@declare.option("--stations", is_flag=True, help="Print the structure of each scenario and what one tells of another.")
@declare.option("--candidates", type=click.IntRange(1, 10_000), help="Candidates of an event, for --minutes.")
@declare.option("--assessors", type=click.IntRange(1, 1_000), default=1, help="Assessors of an event, for --minutes.")
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
    candidates: int | None,
    assessors: int,
    as_json: bool,
) -> None:
    """Check data, questions, forms and templates; tell every problem with its place."""
    from kitgen.cli.console import tell
    from kitgen.schemes.check.check import check_project

    tell_edition(ctx.obj, scheme, edition)
    findings, reviews = check_project(ctx.obj, scheme, edition, candidates, assessors)
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
    if findings.errors or (strict and findings.warnings):
        ctx.exit(1)
    if not as_json:
        say(said("no errors") if findings.warnings else said("no problems"))


def _print_coverage(review: "Review") -> None:
    say(said("{name}: {questions}", name=review.name, questions=counted(review.questions, "question")))
    say(
        said(
            "{text:<17} {text_2:<6} {text_3:<12} task  cue   MC  essay  oral  supporting",
            text="unit",
            text_2="KUK",
            text_3="method",
        )
    )
    for row in review.coverage:
        counts = said(
            "{tasks:>4} {cues:>4} {multiple_choice:>4} {essay:>6} {oral:>5} {supporting:>11}",
            tasks=row.tasks,
            cues=row.cues,
            multiple_choice=row.multiple_choice,
            essay=row.essay,
            oral=row.oral,
            supporting=row.supporting,
        )
        gap = styled(said("  GAP"), fg="red") if row.is_gap else ""
        say(
            said(
                "{unit_code:<17} {number:<6} {primary:<12} {counts}{gap}",
                unit_code=row.unit_code,
                number=row.number,
                primary=row.primary,
                counts=counts,
                gap=gap,
            )
        )


def _print_minutes(review: "Review") -> None:
    load = review.workload
    say(said("{text:<20} {text_2:>9} {text_3:>9}  what", text="instrument", text_2="candidate", text_3="assessor"))
    for line in load.lines:
        reserve = said(" (reserve)") if line.is_reserve else ""
        say(
            said(
                "{instrument:<20} {candidate:>9} {assessor:>9}  {what}{reserve}",
                instrument=line.instrument,
                candidate=line.candidate,
                assessor=line.assessor,
                what=line.what,
                reserve=reserve,
            )
        )
    say(
        said(
            "{text:<20} {candidate_minutes:>9} {assessor_minutes:>9}  without the reserve",
            text="sum",
            candidate_minutes=load.candidate_minutes,
            assessor_minutes=load.assessor_minutes,
        )
    )
    people = said(
        "{candidates}, {assessors}",
        candidates=counted(load.candidates, "candidate"),
        assessors=counted(load.assessors, "assessor"),
    )
    say(
        said(
            "{people}: {minutes} an assessor, {days}",
            people=people,
            minutes=counted(load.per_assessor, "minute"),
            days=counted(load.days, "day"),
        )
    )


def _print_stations(review: "Review") -> None:
    from kitgen.model.structure import FEATURES

    for row in review.structures:
        say(row["scenario"])
        for name, label in FEATURES.items():
            if row[name] != "–":
                say(said("  {label:<38} {row}", label=label, row=row[name]))
    say(
        said(
            "{text:<8} {text_2:<8} {text_3:>7} {text_4:>8}  equal",
            text="known",
            text_2="other",
            text_3="facts",
            text_4="answers",
        )
    )
    for pair in review.told:
        facts, answers = (
            said("{equal}/{facts}", equal=len(pair.equal), facts=pair.facts),
            said("{answered}/{cues}", answered=pair.answered, cues=pair.cues),
        )
        say(
            said(
                "{known:<8} {other:<8} {facts:>7} {answers:>8}  {equal}",
                known=pair.known,
                other=pair.other,
                facts=facts,
                answers=answers,
                equal=", ".join(pair.equal),
            )
        )

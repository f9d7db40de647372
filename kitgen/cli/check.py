"""`kitgen check`: everything that is wrong or missing, without making anything."""

import json
from typing import TYPE_CHECKING

import click

from kitgen.base.plurals import counted
from kitgen.cli.selecting import tell_edition

if TYPE_CHECKING:
    from kitgen.schemes.check.review import Review


@click.command("check")
@click.option("--scheme", help="Only this scheme (the name of its folder).")
@click.option("--edition", help="This edition instead of the newest released one.")
@click.option("--strict", is_flag=True, help="Exit with 1 for missing facts, gaps and oddities too.")
@click.option("--coverage", is_flag=True, help="Print what serves each criterion (KUK), and by which method.")
@click.option("--minutes", is_flag=True, help="Print the minutes of a candidate and of an assessor.")
@click.option("--candidates", type=click.IntRange(1, 10_000), help="Candidates of an event, for --minutes.")
@click.option("--assessors", type=click.IntRange(1, 1_000), default=1, help="Assessors of an event, for --minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    strict: bool,
    coverage: bool,
    minutes: bool,
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
        click.echo(json.dumps([review.as_json() for review in reviews], ensure_ascii=False, indent=1))
    else:
        for review in reviews:
            if coverage:
                _print_coverage(review)
            if minutes:
                _print_minutes(review)
    if findings.errors or (strict and findings.warnings):
        ctx.exit(1)
    if not as_json:
        click.echo("no errors" if findings.warnings else "no problems")


def _print_coverage(review: "Review") -> None:
    click.echo(f"{review.name}: {counted(review.questions, 'question')}")
    click.echo(f"{'unit':<17} {'KUK':<6} {'method':<12} task  cue   MC  essay  oral  supporting")
    for row in review.coverage:
        counts = (f"{row.tasks:>4} {row.cues:>4} {row.multiple_choice:>4} {row.essay:>6} {row.oral:>5} "
                  f"{row.supporting:>11}")  # fmt: skip
        gap = click.style("  GAP", fg="red") if row.is_gap else ""
        click.echo(f"{row.unit_code:<17} {row.number:<6} {row.primary:<12} {counts}{gap}")


def _print_minutes(review: "Review") -> None:
    load = review.workload
    click.echo(f"{'instrument':<20} {'candidate':>9} {'assessor':>9}  what")
    for line in load.lines:
        reserve = " (reserve)" if line.is_reserve else ""
        click.echo(f"{line.instrument:<20} {line.candidate:>9} {line.assessor:>9}  {line.what}{reserve}")
    click.echo(f"{'sum':<20} {load.candidate_minutes:>9} {load.assessor_minutes:>9}  without the reserve")
    people = f"{counted(load.candidates, 'candidate')}, {counted(load.assessors, 'assessor')}"
    click.echo(f"{people}: {counted(load.per_assessor, 'minute')} an assessor, {counted(load.days, 'day')}")

"""`kitgen event`: the workbooks of assessment events."""

import json
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, joined, said
from kitgen.cli import (
    declare,
    event_archive,
    event_deliver,
    event_held,
    event_paper,
    event_print,
    event_purge,
    event_reprint,
    event_results,
)
from kitgen.cli.language import in_words_within, say
from kitgen.cli.next_step import then
from kitgen.cli.selecting import tell_edition
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.model.event import AssessmentEvent


@declare.group("event")
def command() -> None:
    """Make and check the workbook of an assessment event (jadwal asesmen)."""


@command.command("new")
@click.argument("name")
@declare.option("--scheme", help="The event's scheme (the name of its folder); needed where there are several.")
@declare.option("--edition", help="The edition the event is pinned to; without it, the newest released one.")
@declare.option("--candidates", type=click.IntRange(1, 2_000), default=10, show_default=True,
              help="So many rows are numbered for candidates.")  # fmt: skip
@declare.option("--retake-of", default="", metavar="EVENT",
              help="Assess anew whom this event decided BK of: the same people, their units that are BK.")  # fmt: skip
@declare.option("--sample", is_flag=True, help="Fill it with twelve made-up people, whatever number is asked for.")
@click.pass_context
def new(
    ctx: click.Context,
    name: str,
    scheme: str | None,
    edition: str | None,
    candidates: int,
    retake_of: str,
    sample: bool,
) -> None:
    """Write the workbook of a new event, `events/NAME/jadwal.xlsx`; one that is there is never changed."""
    from kitgen.base.errors import WrongUsage
    from kitgen.events.workbook.workbook import new_event

    hold_lock(ctx)
    if not retake_of:
        tell_edition(ctx.obj, scheme, edition)
    try:
        path = new_event(ctx.obj, name, scheme, edition, candidates, sample, retake_of)
    except WrongUsage as wrong:
        raise declare.UsageError(wrong.message, ctx) from wrong
    say(ctx.obj.shown(path))
    then(ctx, said("fill it in with Excel, save and close it, then `kitgen event check {name}`", name=name))


@command.command("check")
@click.argument("name")
@declare.option("--strict", is_flag=True, help="Exit with 1 for oddities too.")
@declare.option("--annotate", "annotated", is_flag=True,
              help="Write a copy of the workbook beside it, with notes in its faulty cells.")  # fmt: skip
@declare.option("--json", "as_json", is_flag=True, help="Print who takes part and what is left blank as JSON.")
@click.pass_context
def check(ctx: click.Context, name: str, strict: bool, annotated: bool, as_json: bool) -> None:
    """Tell everything that is wrong or odd in an event's workbook, by sheet, row and column.

    Only a row without a name is dropped; any other cell that is wrong is left blank on the forms. No message says
    what stands in a cell.
    """
    from kitgen.cli.console import tell
    from kitgen.events.workbook.workbook import annotate
    from kitgen.load.event.event import check_event, find_event

    if annotated:
        hold_lock(ctx)
    checked = check_event(ctx.obj, name)
    findings, schedule = checked.findings, checked.schedule
    tell(findings)
    if annotated:
        for copy in annotate(ctx.obj, find_event(ctx.obj, name), findings):
            say(said("wrote {shown}", shown=ctx.obj.shown(copy)), err=True)
    if schedule is not None:
        _tell_of(schedule, as_json)
    if findings.errors or (strict and findings.warnings):
        again = said(
            "mend the workbook in Excel (with `--annotate` a copy marks its cells), then `kitgen event check {name}`",
            name=name,
        )
        then(ctx, again)
        ctx.exit(1)
    then(ctx, said("`kitgen build --event {name}` makes its documents", name=name))
    say(said("no errors") if findings.warnings else said("no problems"), err=as_json)


def _tell_of(schedule: "AssessmentEvent", as_json: bool) -> None:
    """Who takes part, and what nobody has written yet."""
    from kitgen.kits.left_blank import left_blank

    absent, blank = sum(each.status == "mundur" for each in schedule.candidates), list(left_blank(schedule))
    if as_json:
        told = {"candidates": len(schedule.candidates), "withdrew": absent, "assessors": len(schedule.assessors),
                "blank": in_words_within(blank)}  # fmt: skip
        return say(json.dumps(told, ensure_ascii=False, indent=1))
    say(said("{candidates} ({absent} withdrew), {assessors}", candidates=counted(len(schedule.candidates), "candidate"),
             absent=absent, assessors=counted(len(schedule.assessors), "assessor")))  # fmt: skip
    if blank:
        say(said("left blank, so that the papers have lines to write on: {what}", what=joined(", ", blank)))


for _module in (
    event_print,
    event_reprint,
    event_results,
    event_paper,
    event_deliver,
    event_held,
    event_archive,
    event_purge,
):
    command.add_command(_module.command)

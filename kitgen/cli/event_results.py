"""`kitgen event results`: read the recap back."""

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.writing import hold_lock


@declare.command("results")
@click.argument("name")
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    """Read the results typed into the recap of an event, check every cell, and record them.

    So are the marks typed into Tanda KUK, and those of the calibration of the scenarios played.

    The next `kitgen build --event` prints them on FR.AK.05, the minutes, the decision letter and the upload sheet.
    With any error nothing is recorded. No message says what stands in a cell.
    """
    from kitgen.cli.console import tell
    from kitgen.events.results import record_results

    hold_lock(ctx)
    recorded = record_results(ctx.obj, name)
    tell(recorded.problems)
    say(
        said(
            "{competent} K, {not_competent} BK, {undecided} without a result; {changed} changed "
            "since they were last read",
            competent=recorded.competent,
            not_competent=recorded.not_competent,
            undecided=recorded.undecided,
            changed=recorded.changed,
        )
    )
    if recorded.marks.marks or recorded.marks.calibrated:
        say(
            said(
                "{marks} KUK marked, {doubles} of them by two assessors, who agree on {agreed}; {calibrated} marks "
                "of the calibration",
                marks=recorded.marks.marks,
                doubles=recorded.marks.doubles,
                agreed=recorded.marks.agreed,
                calibrated=recorded.marks.calibrated,
            )
        )
    then(ctx, said("`kitgen build --event {name}` makes the documents that print them", name=name))
    if not recorded.competent and not recorded.not_competent and not recorded.changed:
        then(ctx, said("type K or BK into the recap in Excel, save and close it, then `kitgen event results {name}`",
                       name=name))  # fmt: skip
    if any(problem.severity == "error" for problem in recorded.problems):
        then(ctx, said("mend the recap in Excel, save and close it, then `kitgen event results {name}`", name=name))
        ctx.exit(1)

"""`kitgen event results`: read the recap back."""

import click

from kitgen.cli.writing import hold_lock


@click.command("results")
@click.argument("name")
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    """Read the results typed into the recap of an event, check every cell, and record them.

    The next `kitgen build --event` prints them on FR.AK.05, the minutes, the decision letter and the upload sheet.
    With any error nothing is recorded. No message says what stands in a cell.
    """
    from kitgen.cli.console import tell
    from kitgen.events.results import record_results

    hold_lock(ctx)
    recorded = record_results(ctx.obj, name)
    tell(recorded.problems)
    click.echo(
        f"{recorded.competent} K, {recorded.not_competent} BK, {recorded.undecided} without a result; "
        f"{recorded.changed} changed since they were last read"
    )
    if recorded.changed:
        click.echo(f"`kitgen build --event {name}` makes the documents that print them")
    if any(problem.severity == "error" for problem in recorded.problems):
        ctx.exit(1)

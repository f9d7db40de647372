"""`kitgen event paper`: another paper in place of one that was spoiled or leaked."""

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.writing import hold_lock
from kitgen.load.event.replaced_file import REASONS


@declare.command("paper")
@click.argument("name")
@click.argument("letter")
@declare.option("--reason", type=click.Choice(REASONS), required=True, help="Why: it leaked, or was spoiled.")
@click.pass_context
def command(ctx: click.Context, name: str, letter: str, reason: str) -> None:
    """Draw the papers of a letter anew for one event: other questions, new ids.

    The edition, released or not, stays as it is; the event's folder records it. Those who have another paper keep it.
    """
    from kitgen.base.errors import WrongUsage
    from kitgen.events.replace_paper import replace_paper

    hold_lock(ctx)
    try:
        found = replace_paper(ctx.obj, name, letter.upper(), reason)
    except WrongUsage as wrong:
        raise declare.UsageError(wrong.message, ctx) from wrong
    say(said("{before} is replaced by {now}", before=", ".join(found.before), now=", ".join(found.now)))
    if found.shared:
        say(
            said(
                "{shared} of {questions} questions stand on both: the bank has no more for them",
                shared=found.shared,
                questions=found.questions,
            )
        )
    step = said(
        "`kitgen build --event {name}` makes its pages, then `kitgen recall {name}` says what to take back", name=name
    )
    then(ctx, step)

"""`kitgen scenario`: a new role play as a file to fill in."""

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.selecting import tell_edition
from kitgen.cli.writing import hold_lock


@declare.group("scenario")
def command() -> None:
    """Begin a new role play."""


@command.command("new", then=said("fill its places, then `kitgen check --stations`"))
@click.argument("id")
@declare.option("--like", required=True, help="The scenario whose frame it takes over, for example KEL-01.")
@declare.option("--channel", help="Its channel, if it is another one: tatap muka, telepon, chat, panggilan video.")
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--edition", help="This edition instead of the newest released one.")
@click.pass_context
def new(ctx: click.Context, id: str, like: str, channel: str | None, scheme: str | None, edition: str | None) -> None:
    """Write the file of scenario ID with the frame of another one and empty places for what is its own.

    What structures are used already is printed, so that the new one can differ; `kitgen check` tells what is missing.
    """
    from kitgen.schemes.editions.new_scenario import new_scenario

    hold_lock(ctx)
    tell_edition(ctx.obj, scheme, edition)
    path, used = new_scenario(ctx.obj, id, like, channel, scheme, edition)
    for label, values in used.items():
        say(said("{label:<38} used: {values}", label=label, values="; ".join(values)))
    say(said("wrote {shown}; `kitgen check` tells what is missing in it", shown=ctx.obj.shown(path)), err=True)

"""What to do next: the last line of every command, on standard error, where scripts do not read results."""

from typing import Final

import click

from kitgen.base.messages import Message, said
from kitgen.cli.language import say

_CHOSEN: Final = "kitgen.next_step"
MEND: Final = said("mend what is told above, then run the same command again")


def then(ctx: click.Context, step: Message) -> None:
    """What is to be done after this run, where that is something else than after most runs of the command."""
    ctx.meta[_CHOSEN] = step


def tell_next(ctx: click.Context, usual: Message | None, has_failed: bool = False) -> None:
    """Say what to do next: what the run chose, else to mend what failed, else what is `usual` after the command."""
    step = ctx.meta.get(_CHOSEN) or (MEND if has_failed else usual)
    if step and not ctx.params.get("as_json"):
        tell_step(step)


def tell_step(step: Message) -> None:
    """Say a step that comes next."""
    say(said("next: {step}", step=step), err=True)

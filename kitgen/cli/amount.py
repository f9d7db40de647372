"""How much commands tell: sums and the first few of a kind, or with `-v` every one."""

from typing import Final

import click

_KEY: Final = "kitgen.tells_all"
MOST_LINES: Final = 20
"""So many documents are listed; of more a sum is told for each folder."""


def tells_all() -> bool:
    """Whether the person asked for every case and document (`-v`)."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_KEY))


def note_amount(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Callback of the option."""
    if value:
        ctx.meta[_KEY] = True

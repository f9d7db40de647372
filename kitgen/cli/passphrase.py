"""Where a passphrase comes from: a person, the environment, or chance. It is kept nowhere."""

import os
import sys
from typing import Final

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say

VARIABLE: Final = "KITGEN_PASSPHRASE"


def take_passphrase() -> tuple[str, bool]:
    """A passphrase, and whether it was made and so must be told: what `KITGEN_PASSPHRASE` says, what a person types.

    Never an argument: those stand in the history of a shell and in lists of processes.
    """
    from kitgen.documents.disk.locked import SHORTEST, make_passphrase, refuse_weak

    given = os.environ.get(VARIABLE, "")
    if not given and sys.stdin is not None and sys.stdin.isatty():
        asked = said("passphrase, at least {shortest} characters (nothing: one is made)", shortest=SHORTEST)
        given = click.prompt(asked, default="", hide_input=True, show_default=False, err=True)
        if (
            given
            and click.prompt(said("once more"), default="", hide_input=True, show_default=False, err=True) != given
        ):
            raise declare.UsageError(said("the two are not the same"))
    if not given:
        return make_passphrase(), True
    refuse_weak(given)
    return given, False


def tell_passphrase(passphrase: str, is_made: bool) -> None:
    """Print a passphrase that was made, this once."""
    if is_made:
        say(said("passphrase: {passphrase}", passphrase=passphrase))
        say(said("write it down now: it is kept nowhere, and without it nobody opens these files"), err=True)

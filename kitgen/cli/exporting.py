"""What commands that write data as a workbook have in common."""

from pathlib import Path

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say


def refuse_other_names(ctx: click.Context, file: Path) -> None:
    """Raise `BadParameter` where the file is not called as workbooks are (`.xlsx`)."""
    if file.suffix.lower() != ".xlsx":
        raise declare.BadParameter(said("the name of a workbook ends in .xlsx"), ctx, param_hint="FILE")


def say_is_the_same(file: Path) -> None:
    """Say that a workbook was left as it is, since it says the same already."""
    say(said("{path} is there already and says the same; nothing was written", path=file.as_posix()))

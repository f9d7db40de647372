"""`kitgen render`: fill any template with any data."""

from pathlib import Path

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.writing import hold_lock


@declare.command("render", then=said("open the files and look"))
@click.argument("template", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@declare.option("--replace", is_flag=True, help="Write over files that are there already.")
@declare.option("--allow", multiple=True, metavar="NAME", help="Keep active content of this name in the template.")
@click.pass_context
def command(ctx: click.Context, template: Path, data: Path, out: Path, replace: bool, allow: tuple[str, ...]) -> None:
    """Fill a .docx or .xlsx TEMPLATE with the JSON or YAML of DATA.

    DATA is a group of named values, or a list of them: then OUT is a pattern such as "surat {nama}.docx" or
    "{n:03}.docx", and one file is made for each record.
    """
    from kitgen.cli.console import tell
    from kitgen.documents.build.fill import fill

    hold_lock(ctx, out)
    filled = fill(template, data, out, replace, frozenset(allow))
    tell(filled.problems)
    for path in filled.written:
        say(path.as_posix())
    if any(problem.severity == "error" for problem in filled.problems):
        ctx.exit(1)

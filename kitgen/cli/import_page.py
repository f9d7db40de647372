"""`kitgen import`: read a published page into a scheme."""

from pathlib import Path

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.writing import hold_lock


@declare.command("import", then=said("read the report, then `kitgen check` tells what is still missing"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@declare.option("--title", help="Title of the scheme; needed where the page does not give it.")
@declare.option("--edition", help="Name of the edition; without it, the year in the page's footer.")
@click.pass_context
def command(ctx: click.Context, file: Path, title: str | None, edition: str | None) -> None:
    """Read the published page of a scheme (halaman skema) into `scheme/`.

    FILE is the page as text, as copied from a browser, or saved as HTML. Prints a report that accounts for every
    line of it, and writes the report beside the scheme. A page with faults in its data writes nothing.
    """
    from kitgen.base.errors import WrongUsage
    from kitgen.schemes.published.import_page import import_page, read_page

    hold_lock(ctx)
    try:
        intake = import_page(read_page(file), ctx.obj.scheme_dir, title, edition)
    except WrongUsage as wrong:
        raise declare.UsageError(wrong.message, ctx) from wrong
    if intake.is_new:
        say(intake.report, nl=False)
        say(
            said(
                "wrote {scheme_file} and {report_file}", scheme_file=intake.scheme_file, report_file=intake.report_file
            ),
            err=True,
        )
    else:
        say(
            said(
                "{scheme_file} is there already and says the same; nothing was written", scheme_file=intake.scheme_file
            )
        )

"""`kitgen import`: read a published page, a decree or a form into a scheme."""

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
@declare.option("--units", help="Take only these units: their codes, with commas between.")
@declare.option(
    "--accept",
    multiple=True,
    help="A number in doubt that was read rightly, as it was told: CODE:1.2, or 1.2 in every unit.",
)
@declare.option("--replace", is_flag=True, help="Take the differences over where the edition is there already.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    title: str | None,
    edition: str | None,
    units: str | None,
    accept: tuple[str, ...],
    replace: bool,
) -> None:
    """Read a scheme as people have it (halaman skema, SKKNI, FR.APL.02, a list) into `scheme/`.

    FILE is a text, a saved or copied web page, PDF, Word, Excel, CSV or Markdown. Prints what was read and how much of
    it, to compare with the page, and writes a report that accounts for every line. A page with faults in its data, or
    with a number that can be read in two ways, writes nothing.
    """
    from kitgen.base.errors import WrongUsage
    from kitgen.cli.console import tell
    from kitgen.load.owed import owed_identity
    from kitgen.schemes.published.import_page import import_page, read_page, summary_of

    hold_lock(ctx)
    try:
        page = read_page(file, _split(units), [key for keys in accept for key in _split(keys)])
        intake = import_page(page, ctx.obj.scheme_dir, title, edition, replace)
    except WrongUsage as wrong:
        raise declare.UsageError(wrong.message, ctx) from wrong
    if not intake.is_new:
        say(
            said(
                "{scheme_file} is there already and says the same; nothing was written", scheme_file=intake.scheme_file
            )
        )
        return
    say(intake.brief, nl=False)
    for change in intake.changes:
        say(change)
    say(summary_of(page), err=True)
    if intake.kept_file:
        say(said("the scheme as it was is kept as {kept_file}", kept_file=intake.kept_file), err=True)
    say(
        said("wrote {scheme_file} and {report_file}", scheme_file=intake.scheme_file, report_file=intake.report_file),
        err=True,
    )
    tell(owed_identity(ctx.obj))


def _split(codes: str | None) -> list[str]:
    return [code.strip() for code in (codes or "").split(",") if code.strip()]

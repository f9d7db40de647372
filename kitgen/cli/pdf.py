"""`kitgen pdf`: the PDF of single documents."""

import sys

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.writing import hold_lock


@declare.command("pdf", then=said("`kitgen pack` joins the PDFs of a kit or an event to print"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Make the PDF of single documents, beside them, where they have none of what they say now.

    PATH is that of a document in `output/`; a single `-` takes the paths from standard input, one a line.
    """
    from kitgen.cli.console import tell
    from kitgen.cli.progress import Progress
    from kitgen.documents.build.pdfs import print_files
    from kitgen.load.locate import below_output

    hold_lock(ctx)
    asked = [line.rstrip("\n") for line in sys.stdin if line.strip()] if paths == ("-",) else list(paths)
    printed = print_files(ctx.obj, [below_output(ctx.obj, path) for path in asked], Progress(said("making PDFs")))
    tell(printed.problems)
    pdfs = counted(printed.made + printed.same + len(printed.kept) + printed.failed, "PDF")
    say(said("{pdfs}: {made} made, {same} as they were", pdfs=pdfs, made=printed.made, same=printed.same))
    if printed.failed:
        ctx.exit(1)

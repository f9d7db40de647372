"""`kitgen build`: make the kits."""

import click

from kitgen.cli.selecting import selecting


@click.command("build")
@selecting
@click.option(
    "--replace",
    "replaced",
    multiple=True,
    metavar="PATH",
    help="Swap this edited document for the new one; the edited one is kept beside it. Can be given again.",
)
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    unit: str | None,
    form: str | None,
    event: str | None,
    as_json: bool,
    replaced: tuple[str, ...],
) -> None:
    """Make every document that is not what it would be now.

    Makes the kit of each scheme and of each of its units, of the newest edition. Documents edited by hand are kept:
    the new one goes beside them.
    """
    from kitgen.assessment import Selection
    from kitgen.build import build
    from kitgen.cli.console import print_json, print_states, show_progress, summary_of, tell

    built = build(ctx.obj, Selection(scheme, edition, unit, form, event), replaced, show_progress)
    documents, orphans = built.assessment.documents, built.assessment.orphans
    summary = summary_of(documents, orphans, written=len(built.written), removed=len(built.removed), failed=0)
    tell(built.warnings)
    if as_json:
        print_json(documents, orphans, summary)
        return
    print_states(documents, orphans)
    click.echo(
        f"{summary['documents']} documents: {summary['written']} written, {summary['same']} as they were"
        + (f", {summary['edited'] + summary['foreign']} kept" if summary["edited"] + summary["foreign"] else "")
        + (f", {summary['removed']} removed" if summary["removed"] else "")
    )

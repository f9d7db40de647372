"""`kitgen adopt`: what was typed into a document goes into the data."""

import click

from kitgen.base.messages import said
from kitgen.cli.writing import hold_lock


@click.command("adopt")
@click.argument("path")
@click.option("--write", is_flag=True, help="Write it into the data; without it, it is only shown.")
@click.pass_context
def command(ctx: click.Context, path: str, write: bool) -> None:
    """Take what a person typed into a finished document into the data it belongs to.

    Facts of the LSP's own are taken: the workplace standard (Standar Industri) and the SKKNI of a unit, the number of
    the scheme, name, licence and address of the LSP. Comments and order of the YAML file stay.
    """
    from kitgen.documents.build.adopt import adopt

    if write:
        hold_lock(ctx)
    adoption = adopt(ctx.obj, path, write)
    for each in adoption.adopted:
        click.echo(click.style(each.field.label, bold=True) + said(" ({shown})", shown=ctx.obj.shown(each.field.file)))
        click.echo(said('  was "{old}"', old=each.old))
        click.echo(said('  now "{new}"', new=each.new))
        click.echo(said("  typed in {spots}", spots="; ".join(each.spots)))
    for other in adoption.others:
        click.echo(said("not taken: {other}", other=other))
    if not adoption.adopted and adoption.kept_as is not None:
        click.echo(
            said("a run that was stopped wrote it; the edited document is kept as {kept_as}", kept_as=adoption.kept_as)
        )
    elif not adoption.adopted:
        click.echo(said("nothing in it belongs to the data"))
    elif not write:
        click.echo(said("nothing written yet: `kitgen adopt --write` writes it into the data"))
    elif adoption.kept_as is not None:
        click.echo(
            said(
                "written; the edited document is kept as {kept_as}: `kitgen build` makes it anew",
                kept_as=adoption.kept_as,
            )
        )
    else:
        click.echo(said("written; the edited document stays where it is, since not all of it was taken"))

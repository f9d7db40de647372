"""`kitgen adopt`: what was typed into a document goes into the data."""

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.writing import hold_lock


@declare.command("adopt", then=said("`kitgen plan` shows what the data make of it now"))
@click.argument("path")
@declare.option("--write", is_flag=True, help="Write it into the data; without it, it is only shown.")
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
        say(styled(each.field.label, bold=True) + said(" ({shown})", shown=ctx.obj.shown(each.field.file)))
        say(said('  was "{old}"', old=each.old))
        say(said('  now "{new}"', new=each.new))
        say(said("  typed in {spots}", spots="; ".join(each.spots)))
    for other in adoption.others:
        say(said("not taken: {other}", other=other))
    if not adoption.adopted and adoption.kept_as is not None:
        say(said("a run that was stopped wrote it; the edited document is kept as {kept_as}", kept_as=adoption.kept_as))
    elif not adoption.adopted:
        say(said("nothing in it belongs to the data"))
    elif not write:
        say(said("nothing written yet: `kitgen adopt --write` writes it into the data"))
    elif adoption.kept_as is not None:
        say(
            said(
                "written; the edited document is kept as {kept_as}: `kitgen build` makes it anew",
                kept_as=adoption.kept_as,
            )
        )
    else:
        say(said("written; the edited document stays where it is, since not all of it was taken"))

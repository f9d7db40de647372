"""`kitgen event purge`: remove what an event holds of people."""

import click

from kitgen.base.messages import agreeing, counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.writing import hold_lock


@declare.command("purge", then=said("nothing more is to be done for this event"))
@click.argument("name")
@declare.option("--yes", is_flag=True, help="Do it; without it, only what would go is told.")
@declare.option("--with-edited", is_flag=True,
              help="Files that people changed or typed into, and files kitgen did not make, go too.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, name: str, yes: bool, with_edited: bool) -> None:
    """Remove everything personal of an event: documents, PDFs, zips, its workbook, lists, results and secret.

    The record of what was handed over is kept: it holds numbers and Kode Dokumen, no names. A run that was interrupted
    can be run again. This cannot be undone.
    """
    from kitgen.events.purge import plan_purge, purge

    if yes:
        hold_lock(ctx)
    plan = plan_purge(ctx.obj, name)
    for label, count in plan.counts():
        say(said("{count:>6} {label}", count=count, label=label))
    if plan.emptied:
        say(
            said(
                "{emptied:>6} {agreeing}",
                emptied=len(plan.emptied),
                agreeing=agreeing(len(plan.emptied), said("empty folder"), said("empty folders")),
            )
        )
    for path in plan.somebodys_work:
        say(said("       {path}", path=path))
    kept = (
        said("the record of what was handed over is kept")
        if plan.keeps_record
        else said("no record of deliveries is there")
    )
    if plan.is_nothing:
        say(said("nothing personal is left; {kept}", kept=kept))
        return
    if not yes:
        more = said(" --with-edited") if plan.of_people else ""
        step = said("save the event first: `kitgen event archive {name} FILE.zip`, then purge with --yes", name=name)
        then(ctx, step)
        say(
            said(
                "nothing was removed; `kitgen event purge {name} --yes{more}` removes these files; {kept}",
                name=name,
                more=more,
                kept=kept,
            )
        )
        return
    purge(ctx.obj, plan, with_edited)
    folders = (
        said(" and {empty_folders}", empty_folders=counted(len(plan.emptied), "empty folder")) if plan.emptied else ""
    )
    say(said("{files}{folders} removed; {kept}", files=counted(len(plan.files), "file"), folders=folders, kept=kept))

"""`kitgen event purge`: remove what an event holds of people."""

import click

from kitgen.base.plurals import agreeing, counted
from kitgen.cli.writing import hold_lock


@click.command("purge")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it; without it, only what would go is told.")
@click.option("--with-edited", is_flag=True,
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
        click.echo(f"{count:>6} {label}")
    if plan.emptied:
        click.echo(f"{len(plan.emptied):>6} {agreeing(len(plan.emptied), 'empty folder', 'empty folders')}")
    for path in plan.somebodys_work:
        click.echo(f"       {path}")
    kept = "the record of what was handed over is kept" if plan.keeps_record else "no record of deliveries is there"
    if plan.is_nothing:
        click.echo(f"nothing personal is left; {kept}")
        return
    if not yes:
        more = " --with-edited" if plan.of_people else ""
        click.echo(f"nothing was removed; `kitgen event purge {name} --yes{more}` removes these files; {kept}")
        return
    purge(ctx.obj, plan, with_edited)
    folders = f" and {counted(len(plan.emptied), 'empty folder')}" if plan.emptied else ""
    click.echo(f"{counted(len(plan.files), 'file')}{folders} removed; {kept}")

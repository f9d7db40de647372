"""`kitgen event purge`: remove what an event holds of people."""

import datetime
from pathlib import Path

import click

from kitgen.base.messages import agreeing, counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.passphrase import take_passphrase
from kitgen.cli.writing import hold_lock


@declare.command("purge", then=said("nothing more is to be done for this event"))
@click.argument("name")
@declare.option("--yes", is_flag=True, help="Do it; without it, only what would go is told.")
@declare.option("--with-edited", is_flag=True,
              help="Files that people changed or typed into, and files kitgen did not make, go too.")  # fmt: skip
@declare.option("--archive", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="An archive that holds all of it, for a purge before the day it is kept until.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, name: str, yes: bool, with_edited: bool, archive: Path | None) -> None:
    """Remove everything personal of an event: documents, PDFs, zips, its workbook, lists, results and secret.

    The record of what was handed over is kept: it holds numbers and Kode Dokumen, no names. A run that was interrupted
    can be run again. Before the day the workbook says it is kept until (Simpan data sampai), and where that cannot
    be read, it takes an archive that holds all of it. This cannot be undone.
    """
    from kitgen.events.purge import plan_purge, purge, refuse_early, retention_of

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
        if archive is not None:
            step = said("if nothing of it is needed any more, the same with `--yes{more}`", more=more)
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
    kept_until, today = retention_of(ctx.obj, name), datetime.date.today()
    if kept_until.holds(today):
        refuse_early(kept_until, today, archive is not None and _is_whole(ctx, name, archive))
    purge(ctx.obj, plan, with_edited)
    folders = (
        said(" and {empty_folders}", empty_folders=counted(len(plan.emptied), "empty folder")) if plan.emptied else ""
    )
    say(said("{files}{folders} removed; {kept}", files=counted(len(plan.files), "file"), folders=folders, kept=kept))


def _is_whole(ctx: click.Context, name: str, archive: Path) -> bool:
    """Whether an archive, opened with its passphrase, holds all of the event."""
    from kitgen.events.archive import is_archived

    passphrase, _ = take_passphrase()
    return is_archived(ctx.obj, name, archive, passphrase)

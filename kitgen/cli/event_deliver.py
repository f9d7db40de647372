"""`kitgen event deliver`: hand the documents of an event over."""

import click

from kitgen.base.messages import counted, joined, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.passphrase import take_passphrase, tell_passphrase
from kitgen.cli.writing import hold_lock


@declare.command("deliver")
@click.argument("name")
@declare.option("--spare", type=click.IntRange(0, 99), default=0, show_default=True,
              help="So many spare copies of what candidates share: question books, cards, props.")  # fmt: skip
@declare.option("--password", "is_locked", is_flag=True,
              help="Lock the zips with a passphrase: asked for, of KITGEN_PASSPHRASE, or made and told.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, name: str, spare: int, is_locked: bool) -> None:
    """Hand the documents of an event over: a zip for each audience and assessor, with a sheet to sign, and a record.

    A second delivery holds only what is new or changed since the first, and says which Kode Dokumen it replaces.
    """
    from kitgen.cli.console import tell_of_event
    from kitgen.cli.progress import Progress
    from kitgen.events.handover.deliver import deliver

    hold_lock(ctx)

    def passphrase() -> str:
        taken, is_made = take_passphrase()
        tell_passphrase(taken, is_made)  # before anything is written: nobody could open what a stopped run left
        return taken

    delivered = deliver(ctx.obj, name, spare, passphrase if is_locked else None, Progress(said("writing zips")))
    tell_of_event(ctx.obj, delivered.problems)
    if delivered.delivery is None:
        say(said("nothing is new since the last delivery"))
        then(
            ctx, said("after the assessment type the results into the recap: `kitgen event results {name}`", name=name)
        )
        return
    for zipped in delivered.delivery.zips:
        copies, spares = (sum(getattr(each, what) for each in zipped.documents) for what in ("copies", "spare"))
        told = [
            counted(len(zipped.documents), "document"),
            counted(copies, "copy", "copies"),
            said("{spares} spare", spares=spares),
        ]
        told += [said("{count} to be withdrawn", count=len(zipped.withdrawn))] if zipped.withdrawn else []
        told += [said("{count} with copies too many", count=len(zipped.surplus))] if zipped.surplus else []
        say(said("{file}: {told}", file=zipped.file, told=joined(", ", told)))
    say(
        said(
            "delivery {number} lies in {folder}",
            number=delivered.delivery.number,
            folder=delivered.folder,
        )
    )
    then(ctx, said("print and sign the sheets in {folder}, then hand each zip over", folder=delivered.folder))

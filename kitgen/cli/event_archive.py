"""`kitgen event archive`: everything of an event in one locked file."""

from pathlib import Path

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.passphrase import take_passphrase, tell_passphrase
from kitgen.cli.writing import hold_lock


@declare.command(
    "archive", then=said("keep file and passphrase apart; `kitgen event purge NAME` then removes what is personal")
)
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, name: str, file: Path) -> None:
    """Write everything of an event into one zip that only a passphrase opens, before it is purged.

    Workbook, lists, results, documents, PDFs, deliveries, and the data of its edition. The passphrase is asked for, or
    taken from KITGEN_PASSPHRASE, or made and told. Any program that knows AES zips opens it, such as 7-Zip.
    """
    from kitgen.events.archive import archive_event
    from kitgen.load.event.event import find_event

    if file.suffix.lower() != ".zip":
        raise declare.BadParameter(said("the name of an archive ends in .zip"), ctx, param_hint="FILE")
    hold_lock(ctx)
    find_event(ctx.obj, name)  # before a passphrase is told that opens nothing
    passphrase, is_made = take_passphrase()
    tell_passphrase(passphrase, is_made)  # before anything is written: nobody could open what a stopped run left
    archived = archive_event(ctx.obj, name, file, passphrase)
    size = said("{size:.1f} MB", size=archived.size / 1_000_000)
    say(
        said(
            "{name}: {files}, {size}, opened once and found whole",
            name=file.name,
            files=counted(archived.files, "file"),
            size=size,
        )
    )

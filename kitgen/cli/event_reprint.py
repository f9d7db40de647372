"""`kitgen event reprint`: a single page again."""

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.writing import hold_lock


@declare.command("reprint")
@click.argument("name")
@click.argument("serial", metavar="KODE")
@declare.option("--page", type=click.IntRange(1), required=True, help="The page of the document.")
@declare.option(
    "--reason", envvar="KITGEN_REASON", required=True, help="Why it is printed again, without names; it is recorded."
)
@declare.option("--copies", type=click.IntRange(1, 99), default=1, show_default=True, help="So many copies.")
@click.pass_context
def command(ctx: click.Context, name: str, serial: str, page: int, reason: str, copies: int) -> None:
    """Print one page of an event's document again: the document by its Kode Dokumen (KODE).

    The page is written as a PDF to `Paket Cetak/Cetak Ulang`; what was printed again, and why, is recorded in
    `events/NAME/cetak-ulang.json`.
    """
    from kitgen.base.errors import Refused
    from kitgen.events.reprint import reprint_page

    hold_lock(ctx)
    try:
        made, path = reprint_page(ctx.obj, name, serial, page, reason, copies)
    except Refused as refused:
        raise declare.BadParameter(refused.message, ctx, param_hint="--reason") from refused
    told = said("reprint {number}: {form}, page {page}, {copies}", number=made.number, form=made.form, page=made.page,
                copies=counted(made.copies, "copy", "copies"))  # fmt: skip
    say(told)
    say(said("wrote {shown}", shown=ctx.obj.shown(path)), err=True)
    then(ctx, said("print {file}, and destroy the page it replaces", file=path.name))

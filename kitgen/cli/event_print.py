"""`kitgen event print`: what is to be printed of an event, and how much paper it takes."""

from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.amount import tells_all
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.table import row
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.model.print_list import PrintSheet


@declare.command("print")
@click.argument("name")
@declare.option(
    "--jobs", type=click.IntRange(1, 64), help="LibreOffices at a time; without it, one for each processor."
)
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(ctx: click.Context, name: str, jobs: int | None, as_json: bool) -> None:
    """List what is to be printed of an event (daftar cetak): for whom, when, sides, paper, copies, pages, sheets.

    Pages are counted from the PDFs; those that are missing are made. The list is written as a Word document, too, into
    `Paket Cetak`; -v prints all of its lines.
    """
    from kitgen.cli.console import tell_of_event
    from kitgen.cli.progress import Progress
    from kitgen.events.print_list import list_prints

    hold_lock(ctx)
    listed = list_prints(ctx.obj, name, jobs, Progress(said("making PDFs")))
    tell_of_event(ctx.obj, listed.problems)
    if as_json:
        import json
        from dataclasses import asdict

        sheet = {key: value for key, value in asdict(listed.sheet).items() if key in _TOLD}
        say(json.dumps(sheet, ensure_ascii=False, indent=1))
    else:
        _print(listed.sheet)
    say(said("wrote {shown}", shown=listed.path), err=True)
    then(ctx, said("`kitgen pack --event {name} --duplex` makes the packs to print", name=name))


_TOLD = ("groups", "packs", "copies", "pages", "sheets", "thick")
_WIDTHS = (30, -7, -7, -7, -7, -7)


def _print(sheet: "PrintSheet") -> None:
    heads = (said("packs"), said("copies"), said("pages"), said("sheets"), said("card"))
    say(row((said("when"), _WIDTHS[0]), *zip(heads, _WIDTHS[1:], strict=True)))
    for group in sheet.groups:
        counts = (group.packs, group.copies, group.pages, group.sheets, group.thick)
        say(row((group.moment, _WIDTHS[0]), *zip(counts, _WIDTHS[1:], strict=True)))
        for line in group.lines if tells_all() else ():
            made = said(
                "    {code}, {whom}: {copies} of {pages}, {sheets}; sides: {sides}, paper: {stock}",
                code=line.code,
                whom=line.whom,
                copies=counted(line.copies, "copy", "copies"),
                pages=said("{pages} pages", pages=line.pages_each),
                sheets=counted(line.sheets, "sheet"),
                sides=line.sides,
                stock=line.stock,
            )
            say(made)
    totals = (sheet.packs, sheet.copies, sheet.pages, sheet.sheets, sheet.thick)
    say(row((said("together"), _WIDTHS[0]), *zip(totals, _WIDTHS[1:], strict=True)))
    say(said("sheets as printed on both sides where that is allowed; the cover of each pack comes on top"))

"""`kitgen event held`: who holds what of an event."""

import json

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.amount import MOST_LINES, tells_all
from kitgen.cli.language import say, styled


@declare.command("held", then=said("`kitgen explain SERIAL` tells whether a sheet that was found is still good"))
@click.argument("name")
@declare.option("--asesi", "candidate", type=click.IntRange(1), help="Only papers of the candidate of this number.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(ctx: click.Context, name: str, candidate: int | None, as_json: bool) -> None:
    """Tell who holds which papers of an event, by holder, for the day a folder is lost: numbers and codes, no names.

    It is read from the record of deliveries, which stays after a purge. Of many papers only sums are told: `-v` or
    `--asesi` lists them.
    """
    from kitgen.events.handover.holdings import held_of

    held = held_of(ctx.obj, name)
    wanted = [(each, [one for one in each.documents if candidate in (None, one.candidate)]) for each in held]
    if as_json:
        rows = [
            {"holder": each.holder, "form": one.form, "qualifier": one.qualifier, "candidate": one.candidate,
             "serial": one.serial, "copies": one.copies, "spare": one.spare}
            for each, documents in wanted
            for one in documents
        ]  # fmt: skip
        say(json.dumps({"event": name, "held": rows}, ensure_ascii=False, indent=1))
        return
    if not held:
        say(said("nothing was handed over of event {event} yet", event=name))
    is_listed = tells_all() or candidate is not None or sum(len(documents) for _, documents in wanted) <= MOST_LINES
    for each, documents in wanted:
        if not documents:
            continue
        count = sum(one.copies + one.spare for one in documents)
        told = said(
            "{holder}: {documents}, {copies}",
            holder=each.holder,
            documents=counted(len(documents), "document"),
            copies=counted(count, "copy", "copies"),
        )
        say(styled(told, bold=True))
        for one in documents if is_listed else ():
            whose = f"asesi {one.candidate:02}  " if one.candidate is not None else ""
            say(said("  {serial}  {whose}{code}", serial=one.serial, whose=whose, code=one.code))
    if not is_listed:
        say(said("`-v` lists each paper with its Kode Dokumen, `--asesi NUMBER` those of one candidate"))

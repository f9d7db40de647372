"""`kitgen recall`: the printed sheets of an event that are void."""

import json
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.events.recall.recall import Recall, Void


@declare.command("recall")
@click.argument("event")
@declare.option("--write", "as_write", is_flag=True,
              help="Write the sheets that take them back, and make the new documents.")  # fmt: skip
@declare.option("--names", is_flag=True, help="Quote the words that tell of people, too.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(ctx: click.Context, event: str, as_write: bool, names: bool, as_json: bool) -> None:
    """List the sheets of an event that were handed over and are void now (penarikan), by holder, with the reason.

    Without --write, writes nothing.
    """
    from kitgen.cli.console import show_progress, tell, tell_of_event
    from kitgen.events.recall.recall import plan_recall

    if as_write:
        hold_lock(ctx)
    recall = plan_recall(ctx.obj, event, names)
    tell_of_event(ctx.obj, recall.problems, names)
    if as_json:
        say(json.dumps(recall.as_json(), ensure_ascii=False, indent=1))
    else:
        print_recall(recall)
    if not as_write or not recall.voids:
        return
    from kitgen.documents.build.build import build
    from kitgen.documents.status.status import Selection
    from kitgen.events.recall.sheets import write_sheets

    folder, is_new = write_sheets(ctx.obj, recall)
    built = build(ctx.obj, Selection(event=event), progress=show_progress)
    known = set(recall.problems)
    tell((problem for problem in built.warnings if problem not in known), names)
    told = said("the sheets to sign lie in") if is_new else said("the sheets are there already, in")
    say(said("{told} {shown}", told=told, shown=ctx.obj.shown(folder)), err=as_json)
    say(
        said(
            "{documents} made anew; what they replace is kept in _DITARIK",
            documents=counted(len(built.written), "document"),
        ),
        err=as_json,
    )
    say(said("then hand the new ones over: `kitgen event deliver {event}`", event=event), err=as_json)


def print_recall(recall: "Recall") -> None:
    """What is void, holder by holder, each with its reason."""
    if not recall.deliveries:
        say(said("nothing was handed over of event {event} yet", event=recall.event))
        return
    if not recall.voids:
        say(said("nothing to recall: all that is in people's hands says what would be made now"))
        return
    numbers = _print_reasons(recall.voids)
    holder, person = "", ""
    for number, void in enumerate(recall.voids):
        each = void.recalled
        if each.parcel.name != holder:
            holder, person = each.parcel.name, ""
            say(styled(holder, bold=True))
        whose = (
            said("asesi {candidate:02}", candidate=each.handed.candidate)
            if each.handed.candidate is not None
            else said("shared")
        )
        if whose != person:
            person = whose
            say(said("  {whose}", whose=whose))
        code = " ".join(part for part in (each.handed.form, each.handed.qualifier) if part)
        copies = counted(each.copies, "copy", "copies")
        instead = (
            said("replaced by {replaced_by}", replaced_by=each.replaced_by)
            if each.replaced_by
            else said("replaced by nothing")
        )
        say(
            said(
                "    {serial}  {code}, {copies}, {instead} (reason {numbers})",
                serial=each.handed.serial,
                code=code,
                copies=copies,
                instead=instead,
                numbers=numbers[number],
            )
        )
    copies_out = sum(void.recalled.copies for void in recall.voids)
    say(
        said(
            "{documents} to withdraw, {copys}",
            documents=counted(len(recall.voids), "document"),
            copys=counted(copies_out, "copy", "copies"),
        )
    )


def _print_reasons(voids: "tuple[Void, ...]") -> dict[int, int]:
    """Print each reason once, with its number; gives the number of each document's."""
    from kitgen.base.line_diff import Difference, focused
    from kitgen.cli.states import shortened
    from kitgen.documents.status.reasons import grouped

    numbers: dict[int, int] = {}
    for reason, group in enumerate(grouped([void.why for void in voids]), 1):
        numbers.update(dict.fromkeys(group.members, reason))
        causes = "; ".join(group.causes)
        why = voids[group.members[0]].why
        say(
            styled(
                said(
                    "reason {reason}: {it}",
                    reason=reason,
                    it=said("because of {causes}", causes=causes) if causes else why.told[0],
                ),
                bold=True,
            )
        )
        words = {Difference("", *focused(old, new)).words.replace("**", ""): None for old, new in group.words}
        lines = sorted(words, key=len) or (why.told if causes else why.told[1:])
        for line in shortened(lines):
            say(said("  {line}", line=line))
    return numbers

"""`kitgen recall`: the printed sheets of an event that are void."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import Message, counted, joined, said
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.writing import hold_lock

_MOST_CAUSES: Final = 6

if TYPE_CHECKING:
    from kitgen.events.recall.recall import Recall, Void


@declare.command("recall")
@click.argument("event")
@declare.option("--write", "as_write", is_flag=True,
              help="Write the sheets that take them back, and make the new documents.")  # fmt: skip
@declare.option("--names", is_flag=True, help="Quote the words that tell of people, too.")
@declare.option("--date", "date", default="", metavar="DAY", help="The day the sheets bear, as 2026-03-01.")
@declare.option("--reason", "reason", default="", metavar="TEXT", help="The reason errata bear, in your words.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(ctx: click.Context, event: str, as_write: bool, names: bool, date: str, reason: str, as_json: bool) -> None:
    """List the sheets of an event that were handed over and are void now (penarikan), by holder, with the reason.

    Without --write, writes nothing.
    """
    from kitgen.cli.console import show_progress, tell, tell_of_event
    from kitgen.events.recall.recall import plan_recall

    day = _printed_day(ctx, date)
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

    folder, is_new = write_sheets(ctx.obj, recall, day, reason.strip())
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


def _printed_day(ctx: click.Context, typed: str) -> str:
    """The day as sheets print it; empty where none was typed."""
    from kitgen.base.dates import indonesian_date, read_date

    if not typed:
        return ""
    day = read_date(typed).day
    if day is None:
        raise declare.BadParameter(said("it is no date; write it as 2026-03-01"), ctx, param_hint="--date")
    return indonesian_date(day)


def print_recall(recall: "Recall") -> None:
    """What is void, holder by holder, each with its reason."""
    if not recall.deliveries:
        say(said("nothing was handed over of event {event} yet", event=recall.event))
        return
    if not recall.voids:
        say(said("nothing to recall: all that is in people's hands is good; blanks filled since make nothing void"))
        return
    moved = [void for void in recall.voids if void.has_only_moved]
    voids = tuple(void for void in recall.voids if not void.has_only_moved)
    if moved:
        all_copies = sum(void.recalled.copies for void in moved)
        say(styled(said("the day or hour of the event moved"), bold=True))
        told = said(
            "  {documents}, {copys}: one erratum for the event is enough (`kitgen recall {event} --write` makes it)",
            documents=counted(len(moved), "document"),
            copys=counted(all_copies, "copy", "copies"),
            event=recall.event,
        )
        say(told)
    if not voids:
        return
    numbers = _print_reasons(voids)
    holder, person = "", ""
    for number, void in enumerate(voids):
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
    copies_out = sum(void.recalled.copies for void in voids)
    say(
        said(
            "{documents} to withdraw, {copys}",
            documents=counted(len(voids), "document"),
            copys=counted(copies_out, "copy", "copies"),
        )
    )


def _bare(text: str) -> str:
    """A text without marks of bold words and tabs, so that one rewording is told once."""
    return " ".join(text.replace("**", "").replace("→", " ").split())


def _few(causes: Sequence[Message]) -> list[Message]:
    """The first of many causes, and how many more there are: a line is to be read."""
    more = len(causes) - _MOST_CAUSES
    return [*causes] if more <= 1 else [*causes[:_MOST_CAUSES], said("and {more} more", more=more)]


def _print_reasons(voids: "tuple[Void, ...]") -> dict[int, int]:
    """Print each reason once, with its number; gives the number of each document's."""
    from kitgen.base.line_diff import Difference, focused
    from kitgen.cli.states import shortened
    from kitgen.documents.status.reasons import grouped

    numbers: dict[int, int] = {}
    for reason, group in enumerate(grouped([void.why for void in voids]), 1):
        numbers.update(dict.fromkeys(group.members, reason))
        causes = joined("; ", tuple(_few(group.causes)))
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
        pairs = dict.fromkeys((_bare(old), _bare(new)) for old, new in group.words)
        words = {Difference("", *focused(old, new)).words: None for old, new in pairs if old != new}
        lines = sorted(words, key=len) or (why.told if causes else why.told[1:])
        for line in shortened(lines):
            say(said("  {line}", line=line))
    return numbers

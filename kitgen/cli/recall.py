"""`kitgen recall`: the printed sheets of an event that are void."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import Message, counted, joined, said
from kitgen.cli import declare
from kitgen.cli.amount import MOST_LINES, tells_all
from kitgen.cli.language import in_words_within, say, styled
from kitgen.cli.next_step import then
from kitgen.cli.writing import hold_lock

_MOST_CAUSES: Final = 6

if TYPE_CHECKING:
    from kitgen.events.recall.recall import Recall, Void


@declare.command("recall", then=said("nothing is to be taken back"))
@click.argument("event")
@declare.option("--write", "as_write", is_flag=True,
              help="Write the sheets that take them back, and make the new documents.")  # fmt: skip
@declare.option("--names", is_flag=True, help="Quote the words that tell of people, too.")
@declare.option("--date", "date", default="", metavar="DAY", help="The day the sheets bear, as 2026-03-01.")
@declare.option(
    "--reason",
    "reason",
    envvar="KITGEN_REASON",
    default="",
    metavar="TEXT",
    help="The reason errata bear, in your words.",
)
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(ctx: click.Context, event: str, as_write: bool, names: bool, date: str, reason: str, as_json: bool) -> None:
    """List the sheets of an event that were handed over and are void now (penarikan), by holder, with the reason.

    Without --write, writes nothing.
    """
    from kitgen.cli.console import tell, tell_of_event
    from kitgen.cli.progress import Progress
    from kitgen.events.recall.recall import plan_recall

    day = _printed_day(ctx, date)
    if as_write:
        hold_lock(ctx)
    recall = plan_recall(ctx.obj, event, names)
    tell_of_event(ctx.obj, recall.problems, names)
    if as_json:
        say(json.dumps(in_words_within(recall.as_json()), ensure_ascii=False, indent=1))
    else:
        print_recall(recall)
    if recall.voids:
        then(ctx, said("`kitgen recall {event} --write` makes the sheets that take them back", event=event))
    if not as_write or not recall.voids:
        return
    from kitgen.documents.build.build import build
    from kitgen.documents.status.status import Selection
    from kitgen.events.recall.sheets import write_sheets

    folder, is_new = write_sheets(ctx.obj, recall, day, reason.strip())
    built = build(ctx.obj, Selection(event=event), progress=Progress(said("writing")))
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
    then(
        ctx,
        said(
            "sign and give out those sheets, then hand the new documents over: `kitgen event deliver {event}`",
            event=event,
        ),
    )


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
            "  {documents}, {copies}: one erratum for the event is enough (`kitgen recall {event} --write` makes it)",
            documents=counted(len(moved), "document"),
            copies=counted(all_copies, "copy", "copies"),
            event=recall.event,
        )
        say(told)
    if not voids:
        return
    numbers = _print_reasons(voids)
    if len(voids) > MOST_LINES and not tells_all():
        _print_holders(voids, numbers)
    else:
        _print_sheets(voids, numbers)
    copies_out = sum(void.recalled.copies for void in voids)
    say(
        said(
            "{documents} to withdraw, {copies}",
            documents=counted(len(voids), "document"),
            copies=counted(copies_out, "copy", "copies"),
        )
    )


def _print_holders(voids: "tuple[Void, ...]", numbers: dict[int, int]) -> None:
    """How much each holder has to give back, and for which reasons."""
    held: dict[str, list[int]] = {}
    for number, void in enumerate(voids):
        held.setdefault(void.recalled.parcel.name, []).append(number)
    for holder, mine in held.items():
        documents = counted(len(mine), "document")
        copies = counted(sum(voids[number].recalled.copies for number in mine), "copy", "copies")
        why = ", ".join(map(str, sorted({numbers[number] for number in mine})))
        say(said("{holder}: {documents}, {copies} (reason {why})", holder=holder, documents=documents, copies=copies,
                 why=why))  # fmt: skip


def _print_sheets(voids: "tuple[Void, ...]", numbers: dict[int, int]) -> None:
    """Every sheet that is void, by holder and person."""
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
                code=each.handed.code,
                copies=copies,
                instead=instead,
                numbers=numbers[number],
            )
        )


def _few(causes: Sequence[Message]) -> list[Message]:
    """The first of many causes, and how many more there are: a line is to be read."""
    more = len(causes) - _MOST_CAUSES
    return [*causes] if more <= 1 else [*causes[:_MOST_CAUSES], said("and {more} more", more=more)]


def _print_reasons(voids: "tuple[Void, ...]") -> dict[int, int]:
    """Print each reason once, with its number; gives the number of each document's."""
    from kitgen.cli.states import shortened, words_of
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
        lines = words_of(group.words) or (why.told if causes else why.told[1:])
        for line in shortened(lines):
            say(said("  {line}", line=line))
    return numbers

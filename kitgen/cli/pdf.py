"""`kitgen pdf`: the PDF of single documents."""

import sys
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.selecting import chosen_events
from kitgen.cli.workers import sharing, workers_of
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.documents.work.crew import Workers


@declare.command("pdf", then=said("`kitgen pack` joins the PDFs of a kit or an event to print"))
@click.argument("paths", nargs=-1, metavar="PATH...")
@declare.option("--event", multiple=True, help="Every document of this event, as it lies there. Can be given again.")
@declare.option("--all-events", is_flag=True, help="Every document of every event, one after the other.")
@sharing
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], event: tuple[str, ...], all_events: bool, cluster: str | None
) -> None:
    """Make the PDF of single documents, beside them, where they have none of what they say now.

    PATH is that of a document in `output/`; a single `-` takes the paths from standard input, one a line.
    """
    if not paths and not event and not all_events:
        raise declare.UsageError(said("name documents, or events with --event or --all-events"), ctx)
    if paths and (event or all_events):
        raise declare.UsageError(said("documents do not go with --event or --all-events"), ctx)
    one, many = chosen_events(event, all_events)
    hold_lock(ctx)
    with workers_of(cluster, None) as workers:
        if paths:
            _print_files(ctx, paths, workers)
        else:
            _print_events(ctx, many or (one or "",), workers)


def _print_files(ctx: click.Context, paths: tuple[str, ...], workers: "Workers") -> None:
    """Make the PDFs of these documents."""
    from kitgen.cli.console import tell
    from kitgen.cli.progress import Progress
    from kitgen.documents.build.pdfs import print_files
    from kitgen.load.locate import below_output

    asked = [line.rstrip("\n") for line in sys.stdin if line.strip()] if paths == ("-",) else list(paths)
    files = [below_output(ctx.obj, path) for path in asked]
    printed = print_files(ctx.obj, files, Progress(said("making PDFs")), workers)
    tell(printed.problems)
    pdfs = counted(printed.made + printed.same + len(printed.kept) + printed.failed, "PDF")
    say(said("{pdfs}: {made} made, {same} as they were", pdfs=pdfs, made=printed.made, same=printed.same))
    if printed.failed:
        ctx.exit(1)


def _print_events(ctx: click.Context, events: tuple[str, ...], workers: "Workers") -> None:
    """Make the PDFs of all documents of these events."""
    from kitgen.cli.many_events import EventResult, EventTurn, failed_of, report_events
    from kitgen.documents.build.pdfs import print_event

    def work(turn: EventTurn) -> EventResult:
        printed = print_event(ctx.obj, turn.name, turn.progress(said("making PDFs")), workers)
        counts = {"made": printed.made, "same": printed.same, "kept": len(printed.kept), "failed": printed.failed}
        return EventResult(counts, printed.problems, printed.failed > 0)

    heads = {"made": said("PDFs made"), "same": said("same"), "kept": said("kept"), "failed": said("failed")}
    if failed_of(report_events(ctx, events, heads, work)):
        ctx.exit(1)

"""`kitgen pack`: the documents of each audience as one PDF, ready for the printer."""

from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.selecting import choosing
from kitgen.cli.workers import sharing, workers_of
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.documents.status.status import Selection
    from kitgen.documents.work.crew import Workers


@declare.command("pack", then=said("print the packs; their covers say how many sheets each takes"))
@choosing
@declare.option("--duplex", is_flag=True, help="For printing on both sides: every document begins on a new sheet.")
@declare.option(
    "--since", type=click.IntRange(1), metavar="DELIVERY",
    help="Of an event: only what is new or changed since this delivery (its number), in packs of their own.",
)  # fmt: skip
@declare.option("--in-one", is_flag=True, help="Of an event: all packs of a moment as one PDF in print order, too.")
@declare.option(
    "--jobs", type=click.IntRange(1, 64), help="LibreOffices at a time; without it, one for each processor."
)
@sharing
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    unit: str | None,
    event: str | None,
    many: tuple[str, ...],
    duplex: bool,
    since: int | None,
    in_one: bool,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Make one PDF for each audience of a kit: a cover that lists the documents, then they in the official order.

    Of an event, one for each candidate and each assessor, and one each for admin, actors and keys. Documents and PDFs
    are made first where they are not what they would be now. The pack of the keys lies in the folder of the keys.
    """
    from kitgen.documents.status.status import Selection

    if event is None and not many and (since is not None or in_one):
        raise declare.UsageError(said("--since and --in-one go with --event"), ctx)
    if many and since is not None:
        raise declare.UsageError(said("--since goes with one event: each counts its own deliveries"), ctx)
    if since is not None and in_one:
        raise declare.UsageError(said("--in-one joins whole packs; it does not go with --since"), ctx)
    hold_lock(ctx)
    with workers_of(cluster, jobs) as workers:
        if many:
            _pack_events(ctx, many, duplex, in_one, workers)
        else:
            _pack(ctx, Selection(scheme, edition, unit, event=event), duplex, since, in_one, workers)


def _pack(
    ctx: click.Context, chosen: "Selection", duplex: bool, since: int | None, in_one: bool, workers: "Workers"
) -> None:
    """Make the packs of kits or of one event, and tell of them."""
    from kitgen.cli.console import tell, tell_of_event
    from kitgen.cli.progress import Progress
    from kitgen.cli.states import print_states
    from kitgen.documents.build.kit_packs import PackProgress, pack_kits

    event, changed = chosen.event, None
    if event is not None and since is not None:
        from kitgen.events.handover.since import since_delivery

        changed = since_delivery(ctx.obj, event, since)
    progress = PackProgress(
        *map(Progress, (said("making"), said("writing"), said("making PDFs"), said("joining packs")))
    )
    run = pack_kits(ctx.obj, chosen, duplex, workers, progress, changed, in_one)
    problems = (*run.built.warnings, *run.problems)
    if event is None:
        tell(problems)
    else:
        tell_of_event(ctx.obj, problems)
    if event is None:  # folders and packs of an event are called by people's names, which stay out of what is logged
        print_states(run.built.run.documents, run.built.run.orphans)
        for path in run.packed.written:
            say(said("pack     {path}", path=path.relative_to(ctx.obj.output_dir).as_posix()))
    say(
        said(
            "{packs}: {written} written, {same} as they were; {documents} and {pdfs} made",
            packs=counted(len(run.packed.written) + run.packed.same, "pack"),
            written=len(run.packed.written),
            same=run.packed.same,
            documents=counted(len(run.built.written), "document"),
            pdfs=counted(run.printed.made, "PDF"),
        )
    )
    if event is not None:
        then(ctx, said("print from `Paket Cetak`, then `kitgen event deliver {event}` hands over", event=event))
    if any(problem.severity == "error" for problem in run.problems):
        ctx.exit(1)


def _pack_events(ctx: click.Context, events: tuple[str, ...], duplex: bool, in_one: bool, workers: "Workers") -> None:
    """Make the packs of many events, with data read and templates compiled once."""
    from kitgen.cli.many_events import EventResult, EventTurn, failed_of, report_events
    from kitgen.documents.build.kit_packs import PackProgress, pack_kits
    from kitgen.documents.status.shared_inputs import SharedInputs
    from kitgen.documents.status.status import Selection

    loaded = SharedInputs(are_many=True)

    def work(turn: EventTurn) -> EventResult:
        words = said("making"), said("writing"), said("making PDFs"), said("joining packs")
        progress = PackProgress(*map(turn.progress, words))
        run = pack_kits(ctx.obj, Selection(event=turn.name), duplex, workers, progress, in_one=in_one, loaded=loaded)
        counts = {"packs": len(run.packed.written) + run.packed.same, "written": len(run.packed.written),
                  "documents": len(run.built.written), "pdf_made": run.printed.made}  # fmt: skip
        has_failed = any(problem.severity == "error" for problem in run.problems)
        return EventResult(counts, (*run.built.warnings, *run.problems), has_failed)

    heads = {
        "packs": said("packs"),
        "written": said("written"),
        "documents": said("documents made"),
        "pdf_made": said("PDFs made"),
    }
    with loaded:
        results = report_events(ctx, events, heads, work)
    if failed_of(results):
        ctx.exit(1)
    then(ctx, said("print from `Paket Cetak`, then `kitgen event deliver NAME` hands over, event by event"))

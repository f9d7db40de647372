"""`kitgen build`: make the kits."""

from typing import TYPE_CHECKING

import click

from kitgen.base.messages import Message, counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.selecting import selecting
from kitgen.cli.workers import sharing, workers_of
from kitgen.cli.writing import hold_lock
from kitgen.model.forms import WITHDRAWN_FOLDER

if TYPE_CHECKING:
    from kitgen.documents.build.as_before import AsBefore, Notes
    from kitgen.documents.build.build import Built
    from kitgen.documents.status.status import Selection
    from kitgen.documents.work.crew import Workers


@declare.command("build")
@selecting
@declare.option(
    "--replace",
    "replaced",
    multiple=True,
    metavar="PATH",
    help="Swap this edited document for the new one; the edited one is kept beside it. Can be given again.",
)
@declare.option("--pdf", is_flag=True, help="Make a PDF of every document, too, where it has none of what it says now.")
@declare.option("--jobs", type=click.IntRange(1, 64), help="Processes at a time; without it, one for each processor.")
@sharing
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    unit: str | None,
    forms: tuple[str, ...],
    event: str | None,
    many: tuple[str, ...],
    names: bool,
    as_json: bool,
    replaced: tuple[str, ...],
    pdf: bool,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Make every document that is not what it would be now.

    Makes the kit of each scheme and of each of its units, of the newest released edition (where none is released, of
    the newest draft). Documents edited by hand are kept: the new one goes beside them.
    """
    if many and replaced:
        raise declare.UsageError(said("--replace goes with one event"), ctx)
    hold_lock(ctx)
    notes = None
    if (unit, forms, event, many, replaced) == (None, (), None, (), ()):
        from kitgen.documents.build.as_before import Notes

        notes = Notes(ctx.obj, scheme, edition)
        found = notes.left_as_before()
        if found is not None and not as_json and not pdf:
            return _all_the_same(ctx, found, names)
    from kitgen.documents.status.status import Selection

    with workers_of(cluster, jobs) as workers:
        if many:
            _build_events(ctx, many, forms, names, as_json, pdf, workers)
        else:
            chosen = Selection(scheme, edition, unit, forms, event, names)
            _build(ctx, chosen, as_json, replaced, pdf, workers, notes)


def _all_the_same(ctx: click.Context, found: "AsBefore", names: bool) -> None:
    """Tell that nothing had to be made."""
    from kitgen.cli.console import tell

    tell(found.warnings, names)
    say(_sums({"documents": found.documents, "same": found.documents, "written": 0, "removed": 0, "set_aside": 0}, 0))
    then(ctx, _step(None, 0))


def _build(
    ctx: click.Context,
    chosen: "Selection",
    as_json: bool,
    replaced: tuple[str, ...],
    pdf: bool,
    workers: "Workers",
    notes: "Notes | None",
) -> None:
    """Make the documents of schemes or of one event, and tell of them."""
    from kitgen.cli.console import tell, tell_of_event
    from kitgen.cli.progress import Progress
    from kitgen.cli.states import print_json, print_states, summary_of
    from kitgen.documents.build.build import build

    event, names = chosen.event, chosen.names
    rendering, writing = Progress(said("making")), Progress(said("writing"))
    built = build(ctx.obj, chosen, replaced, writing, workers, rendering)
    if notes is not None:
        notes.note(built)
    documents, orphans = built.run.documents, built.run.orphans
    summary = summary_of(
        documents, orphans, written=len(built.written), removed=len(built.removed), set_aside=len(built.withdrawn),
        renamed=built.renamed, failed=0,
    )  # fmt: skip
    if event is None:
        tell(built.warnings, names)
    else:
        tell_of_event(ctx.obj, built.warnings, names)
    kept = summary["edited"] + summary["resaved"] + summary["foreign"]
    if not as_json:
        if built.renamed:
            files = counted(built.renamed, "document")
            say(said("{files} renamed: names of files say what they are", files=files))
        if event is None or names:
            print_states(documents, orphans, names)
        else:  # hundreds of lines would hide those that count: what a person wrote is kept, and not what is printed now
            kept_orphans = [orphan for orphan in orphans if orphan.is_edited]
            print_states(documents, kept_orphans, left_out=("same", "new", "moved", "changed", "deleted"))
        say(_sums(summary, kept))
    if pdf:
        _print_documents(ctx, built, workers, summary, as_json, names)
    if as_json:
        print_json(documents, orphans, summary, names)
    then(ctx, _step(event, kept))
    if summary.get("pdf_failed"):
        ctx.exit(1)


def _sums(summary: dict[str, int], kept: int) -> Message:
    """What was done, in a line."""
    return (
        said(
            "{documents}: {written} written, {same} as they were",
            documents=counted(summary["documents"], "document"),
            written=summary["written"],
            same=summary["same"],
        )
        + (said(", {kept} kept", kept=kept) if kept else "")
        + (said(", {removed} removed", removed=summary["removed"]) if summary["removed"] else "")
        + (
            said(
                ", {set_aside} set aside in {withdrawn_folder}",
                set_aside=summary["set_aside"],
                withdrawn_folder=WITHDRAWN_FOLDER,
            )
            if summary["set_aside"]
            else ""
        )
    )


def _step(event: str | None, kept: int) -> Message:
    """Packs and proof come next; before that, what people changed."""
    of_event = f" --event {event}" if event is not None else ""
    step = said(
        "`kitgen pack{of_event}` makes PDFs to print, `kitgen verify{of_event}` reads all back", of_event=of_event
    )
    return said("look at what people changed (above); {step}", step=step) if kept else step


def _print_documents(
    ctx: click.Context, built: "Built", workers: "Workers", summary: dict[str, int], as_json: bool, names: bool
) -> None:
    """Make the PDFs and tell of them; `summary` is told the counts."""
    from kitgen.cli.console import tell
    from kitgen.cli.progress import Progress
    from kitgen.documents.build.pdfs import print_documents

    printed = print_documents(ctx.obj, built.run, workers, Progress(said("making PDFs")))
    tell(printed.problems, names)
    summary |= {"pdf_made": printed.made, "pdf_same": printed.same, "pdf_kept": len(printed.kept),
                "pdf_failed": printed.failed}  # fmt: skip
    if not as_json:
        say(
            said(
                "{pdfs}: {made} made, {same} as they were",
                pdfs=counted(printed.made + printed.same + len(printed.kept) + printed.failed, "PDF"),
                made=printed.made,
                same=printed.same,
            )
            + (said(", {kept} kept", kept=len(printed.kept)) if printed.kept else "")
            + (said(", {failed} failed", failed=printed.failed) if printed.failed else "")
        )


def _build_events(
    ctx: click.Context,
    events: tuple[str, ...],
    forms: tuple[str, ...],
    names: bool,
    as_json: bool,
    pdf: bool,
    workers: "Workers",
) -> None:
    """Make the documents of many events, with data read and templates compiled once."""
    from kitgen.cli.many_events import EventResult, EventTurn, asked_for, failed_of, print_events_json, report_events
    from kitgen.cli.states import json_of, summary_of
    from kitgen.documents.build.build import build
    from kitgen.documents.build.pdfs import print_documents
    from kitgen.documents.status.shared_inputs import SharedInputs
    from kitgen.documents.status.status import Selection

    loaded = SharedInputs(are_many=True)

    def work(turn: EventTurn) -> EventResult:
        making, writing = turn.progress(said("making")), turn.progress(said("writing"))
        built = build(
            ctx.obj, Selection(forms=forms, event=turn.name, names=names), (), writing, workers, making, loaded
        )
        documents, orphans = built.run.documents, built.run.orphans
        summary = summary_of(documents, orphans, written=len(built.written), removed=len(built.removed),
                             set_aside=len(built.withdrawn), failed=0)  # fmt: skip
        problems, has_failed = built.warnings, False
        if pdf:
            printed = print_documents(ctx.obj, built.run, workers, turn.progress(said("making PDFs")))
            summary |= {"pdf_made": printed.made, "pdf_same": printed.same, "pdf_kept": len(printed.kept),
                        "pdf_failed": printed.failed}  # fmt: skip
            problems, has_failed = (*problems, *printed.problems), printed.failed > 0
        kept = summary["edited"] + summary["resaved"] + summary["foreign"]
        content = json_of(documents, orphans, summary, names) if as_json else None
        return EventResult({**summary, "kept": kept}, problems, has_failed, content)

    heads = {
        "documents": said("documents"),
        "written": said("written"),
        "same": said("same"),
        "kept": said("kept"),
        "set_aside": said("set aside"),
    }
    if pdf:
        heads |= {"pdf_made": said("PDFs made"), "pdf_failed": said("PDFs failed")}
    with loaded:
        results = report_events(ctx, events, heads, work, names, is_shown=not as_json)
    if as_json:
        print_events_json(results)
    if failed_of(results):
        ctx.exit(1)
    of_event = asked_for(ctx)
    then(
        ctx,
        said(
            "`kitgen pack{of_event}` makes PDFs to print, `kitgen verify{of_event}` reads all back", of_event=of_event
        ),
    )

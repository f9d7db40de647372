"""`kitgen plan`: what a build would do, and why."""

from typing import TYPE_CHECKING

import click

from kitgen.base.messages import Message, counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.next_step import then
from kitgen.cli.selecting import selecting

if TYPE_CHECKING:
    from kitgen.documents.build.as_before import AsBefore


@declare.command("plan")
@selecting
@declare.option("--check", "as_check", is_flag=True, help="Exit with 1 if anything is stale.")
@declare.option("--all", "show_same", is_flag=True, help="List documents that are as they should be, too.")
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
    as_check: bool,
    show_same: bool,
) -> None:
    """Show what a build would do, and why (pratinjau). Writes nothing."""
    if many:
        return _plan_events(ctx, many, forms, names, as_json, as_check)
    if (unit, forms, event) == (None, (), None) and not as_json and not show_same:
        from kitgen.documents.build.as_before import Notes

        found = Notes(ctx.obj, scheme, edition).as_before()
        if found is not None:
            return _all_the_same(ctx, found, names)
    from kitgen.cli.console import tell, tell_of_event
    from kitgen.cli.progress import Progress
    from kitgen.cli.states import print_groups, print_json, print_states, summary_of
    from kitgen.documents.build.read_first import page_problems, page_states
    from kitgen.documents.status.status import Selection, status_of

    chosen = Selection(scheme, edition, unit, forms, event, names)
    run = status_of(ctx.obj, chosen, progress=Progress(said("working out")))
    states = page_states(ctx.obj, run.documents) if not forms else {}
    pages = sum(state in ("new", "changed") for state in states.values())
    documents, orphans = run.documents, run.orphans
    stale = sum(document.write_to is not None for document in documents)
    removed = sum(not orphan.is_edited for orphan in orphans)
    summary = summary_of(documents, orphans, stale=stale)
    if event is None:
        tell(run.warnings, names)
    else:
        tell_of_event(ctx.obj, run.warnings, names)
    kept = {path: state for path, state in states.items() if state == "kept"}  # the others are what a build makes
    tell(page_problems(kept, ctx.obj.output_dir))
    if as_json:
        print_json(documents, orphans, summary, names, pages=states)
    else:
        print_groups(documents, names)
        print_states(documents, orphans, names, ("changed",) if show_same else ("changed", "same"))
        _say_sums(len(documents), stale, summary["same"])
        if pages:
            say(said("{pages} to be made (00 Baca Dulu.html)", pages=counted(pages, "page to read first",
                                                                          "pages to read first")))  # fmt: skip
    then(ctx, _step(f" --event {event}" if event is not None else "", stale + removed + pages))
    if as_check and (stale or removed or pages):
        ctx.exit(1)


def _all_the_same(ctx: click.Context, found: "AsBefore", names: bool) -> None:
    """Tell that nothing has to be made."""
    from kitgen.cli.console import tell

    tell(found.warnings, names)
    _say_sums(found.documents, 0, found.documents)
    then(ctx, _step("", 0))


def _say_sums(documents: int, stale: int, same: int) -> None:
    """How many documents there are, how many would be made, and how many not."""
    say(
        said(
            "{documents}: {stale} to be made, {same} as they should be",
            documents=counted(documents, "document"),
            stale=stale,
            same=same,
        )
    )


def _plan_events(
    ctx: click.Context, events: tuple[str, ...], forms: tuple[str, ...], names: bool, as_json: bool, as_check: bool
) -> None:
    """What a build of many events would do: how many documents of each it would make, and as JSON why."""
    from kitgen.cli.many_events import EventResult, EventTurn, asked_for, failed_of, print_events_json, report_events
    from kitgen.cli.states import json_of, summary_of
    from kitgen.documents.build.read_first import page_states
    from kitgen.documents.status.shared_inputs import SharedInputs
    from kitgen.documents.status.status import Selection, status_of

    loaded, stale = SharedInputs(are_many=True), 0

    def work(turn: EventTurn) -> EventResult:
        nonlocal stale
        chosen, progress = Selection(forms=forms, event=turn.name, names=names), turn.progress(said("working out"))
        run = status_of(ctx.obj, chosen, explain=as_json, progress=progress, loaded=loaded)
        summary = summary_of(
            run.documents, run.orphans, stale=sum(document.write_to is not None for document in run.documents)
        )
        removed = sum(not orphan.is_edited for orphan in run.orphans)
        states = page_states(ctx.obj, run.documents) if not forms else {}
        stale += summary["stale"] + removed + sum(state in ("new", "changed") for state in states.values())
        content = json_of(run.documents, run.orphans, summary, names) if as_json else None
        return EventResult({**summary, "removed": removed}, run.warnings, content=content)

    heads = {
        "documents": said("documents"),
        "stale": said("to be made"),
        "same": said("same"),
        "removed": said("to be set aside"),
    }
    results = report_events(ctx, events, heads, work, names, is_shown=not as_json)
    if as_json:
        print_events_json(results)
    if failed_of(results):
        ctx.exit(1)
    then(ctx, _step(asked_for(ctx), stale))
    if as_check and stale:
        ctx.exit(1)


def _step(of_event: str, stale: int) -> Message:
    """Make what is stale, then the packs."""
    if stale:
        return said("`kitgen build{of_event}` makes them", of_event=of_event)
    return said("`kitgen pack{of_event}` makes PDFs to print", of_event=of_event)

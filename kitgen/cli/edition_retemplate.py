"""`kitgen edition retemplate`: other templates for a release or a delivery."""

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.writing import hold_lock


@declare.command("retemplate", then=said("without --check they are made with the templates of now"))
@click.argument("scheme", required=False)
@click.argument("edition", required=False)
@declare.option("--event", help="A delivered event (a folder in events/) instead of an edition.")
@declare.option("--check", "only_says", is_flag=True, help="Say what will change; write nothing.")
@declare.option("--names", is_flag=True, help="Tell people of an event by name, and what their documents say.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    event: str | None,
    only_says: bool,
    names: bool,
    as_json: bool,
) -> None:
    """Let a release, or a delivered event, be made with the templates, forms and look of now.

    Both keep what they were made with until then. Says document by document what will change, and which sheets in
    people's hands that concerns; `kitgen build` then makes the documents.
    """
    if (event is None) == (scheme is None) or (event is None) != (edition is not None):
        raise declare.UsageError(said("name a SCHEME and an EDITION, or an event with --event"), ctx)
    if not only_says:
        hold_lock(ctx)
    if event is not None:
        _of_event(ctx, event, only_says, names, as_json)
    elif scheme is not None and edition is not None:
        _of_edition(ctx, scheme, edition, only_says, as_json)


def _of_edition(ctx: click.Context, scheme: str, edition: str, only_says: bool, as_json: bool) -> None:
    from kitgen.cli.console import tell
    from kitgen.cli.states import print_groups, print_json, print_states, summary_of
    from kitgen.documents.build.retemplate import retemplate_edition, retemplated_edition

    run, chosen = retemplated_edition(ctx.obj, scheme, edition)
    stale = sum(document.write_to is not None for document in run.documents)
    tell(run.warnings)
    if as_json:
        print_json(run.documents, run.orphans, summary_of(run.documents, run.orphans, stale=stale))
    else:
        print_groups(run.documents)
        print_states(run.documents, run.orphans, left_out=("changed", "same"))
        say(
            said("{documents}: {stale} to be made anew", documents=counted(len(run.documents), "document"), stale=stale)
        )
    if not only_says:
        retemplate_edition(ctx.obj, chosen, run)
        say(
            said(
                "{slug} {name} keeps the templates of now; delivered events keep theirs",
                slug=chosen.slug,
                name=chosen.name,
            ),
            err=True,
        )
        say(
            said(
                "then make its documents: `kitgen build --scheme {slug} --edition {name}`",
                slug=chosen.slug,
                name=chosen.name,
            ),
            err=True,
        )


def _of_event(ctx: click.Context, event: str, only_says: bool, names: bool, as_json: bool) -> None:
    from kitgen.cli.console import tell_of_event
    from kitgen.cli.recall import print_recall
    from kitgen.cli.states import print_groups, print_json, print_states, summary_of
    from kitgen.documents.build.retemplate import retemplate_event, retemplated_event
    from kitgen.events.recall.recall import plan_recall

    run = retemplated_event(ctx.obj, event, names)
    recall = plan_recall(ctx.obj, event, names, with_now=True)
    stale = sum(document.write_to is not None for document in run.documents)
    tell_of_event(ctx.obj, run.warnings, names)
    if as_json:
        summary = summary_of(run.documents, run.orphans, stale=stale)
        print_json(run.documents, run.orphans, summary, names, recalled=recall.as_json()["recalled"])
    else:
        print_groups(run.documents, names)
        print_states(run.documents, run.orphans, names, ("changed", "same"))
        say(
            said("{documents}: {stale} to be made anew", documents=counted(len(run.documents), "document"), stale=stale)
        )
        print_recall(recall)
    if not only_says:
        retemplate_event(ctx.obj, event, run)
        say(said("event {event} keeps the templates of now", event=event), err=True)
        say(
            said("then take back what is void and make the new ones: `kitgen recall {event} --write`", event=event),
            err=True,
        )

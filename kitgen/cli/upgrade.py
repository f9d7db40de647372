"""`kitgen upgrade`: a project of an older kitgen."""

from typing import TYPE_CHECKING

import click

from kitgen import __version__
from kitgen.base.messages import Message, counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.documents.build.upgrade import Upgraded


@declare.command("upgrade", then=said("`kitgen plan` shows what is made anew, `kitgen build` makes it"))
@declare.option("--check", "only_says", is_flag=True, help="Say what would change; write nothing.")
@click.pass_context
def command(ctx: click.Context, only_says: bool) -> None:
    """Look at all an older kitgen made, and let releases and deliveries keep what they were made with.

    No document is made or changed. Tells what the next build will make anew, and what of the project's own templates
    this kitgen does not know any more. docs/upgrade.md has the notes.
    """
    from kitgen.cli.console import tell
    from kitgen.documents.build.upgrade import plan_upgrade, upgrade
    from kitgen.documents.status.shared_inputs import SharedInputs
    from kitgen.schemes.check.check import check_templates

    if not only_says:
        hold_lock(ctx)
    loaded = SharedInputs()
    found, problems = plan_upgrade(ctx.obj, loaded)
    known = {*problems}
    for each in found:
        say(said("{name:<40} {fate}", name=each.name, fate=_what_becomes(each)))
        problems += [problem for problem in each.problems if problem not in known]
        known |= {*each.problems}
    facts = loaded.facts(ctx.obj)
    facts.stop_on_errors()
    own = [problem for problem in check_templates(ctx.obj, facts.forms) if problem not in known]
    tell([*problems, *own])
    to_keep = [each for each in found if each.kept is not None]
    count = counted(len(to_keep), "record")
    if only_says:
        say(said("{count} would be written beside releases and deliveries", count=count), err=True)
    else:
        for each in to_keep:
            upgrade(ctx.obj, each)
        say(said("{count} written beside releases and deliveries", count=count), err=True)
    if any(problem.severity == "error" for problem in (*problems, *own)):
        ctx.exit(1)


def _what_becomes(each: "Upgraded") -> Message:
    """What becomes of the documents of an edition or event, in words."""
    documents = counted(each.documents, "document")
    if each.made_by is None:
        return said(
            "{documents}, {stale} to be made anew by kitgen {version}",
            documents=documents,
            stale=each.stale,
            version=__version__,
        )
    told = said(
        "made by kitgen {version}: {documents}, {stale} to be made",
        version=each.made_by,
        documents=documents,
        stale=each.stale,
    )
    if each.held or each.left_out:
        told = said(
            "{told}; {held} stay that would not be planned now, {left_out} are not made that would be",
            told=told,
            held=each.held,
            left_out=each.left_out,
        )
    if each.kept is None:
        return said("{told}; it keeps what it was made with", told=told)
    return said("{told}; what it was made with is to be kept", told=told)

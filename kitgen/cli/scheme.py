"""`kitgen scheme`: the data of a scheme as a workbook and back, and a first draft of what it lacks."""

from pathlib import Path

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.exporting import refuse_other_names, say_is_the_same
from kitgen.cli.language import say
from kitgen.cli.selecting import tell_edition
from kitgen.cli.table import row
from kitgen.cli.writing import hold_lock


@declare.group("scheme")
def command() -> None:
    """Take a scheme's data to Excel and back; draft what it lacks."""


@command.command("export", then=said("fill it in in Excel, then `kitgen scheme import FILE --dry-run`"))
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@declare.option("--scheme", help="The scheme (the name of its folder); needed where there are several.")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--replace", is_flag=True, help="Write over a file that is there already.")
@click.pass_context
def export(ctx: click.Context, file: Path | None, scheme: str | None, edition: str | None, replace: bool) -> None:
    """Write all data of an edition but its questions as one workbook, keys of role plays included.

    FILE ends in .xlsx; without it, it is named after the scheme and its edition. It has sheets for facts, the LSP,
    units and KUK, clusters, methods, tasks, activities and the blueprint, and one for each scenario.
    """
    from kitgen.schemes.book.book import book_name, export_scheme

    file = file or Path(book_name(ctx.obj, scheme, edition))
    refuse_other_names(ctx, file)
    hold_lock(ctx, file)
    tell_edition(ctx.obj, scheme, edition)
    count, is_written = export_scheme(ctx.obj, file, scheme, edition, replace)
    if is_written:
        say(
            said(
                "{path} holds the scheme on {sheets}; role plays in it are secret",
                path=file.as_posix(),
                sheets=counted(count, "sheet"),
            )
        )
    else:
        say_is_the_same(file)


@command.command("import", then=said("`kitgen check` tells what is still missing, then `kitgen build`"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@declare.option("--scheme", help="The scheme (the name of its folder); needed where there are several.")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.called_otherwise
@declare.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
@click.pass_context
def import_(
    ctx: click.Context, file: Path, scheme: str | None, edition: str | None, called: str, dry_run: bool
) -> None:
    """Take over what a workbook of the scheme says.

    The files of data are changed where the workbook says something else; their comments and all else stay. Cells that
    are not understood are told, each with its sheet. With any fault in the workbook nothing is written.
    """
    from kitgen.cli.console import tell
    from kitgen.schemes.book.book import import_scheme

    if not dry_run:
        hold_lock(ctx)
    tell_edition(ctx.obj, scheme, edition)
    done = import_scheme(ctx.obj, file, scheme, edition, dry_run, called)
    tell(done.warnings)
    for each in done.files:
        say(
            said(
                "{file}: {changed} changed, {new} new, {gone} gone",
                file=each.file,
                changed=counted(each.changed, "text"),
                new=each.new,
                gone=each.gone,
            )
        )
    for each in done.files:
        say(said("{what} {name}", what=said("would write") if dry_run else said("wrote"), name=each.file), err=True)
    if not done.files:
        say(said("the scheme says the same; nothing was written"), err=True)


_PARTS = ("methods", "tasks", "standards", "questions", "scenarios")


@command.command("draft", then=said("look at each proposal: `kitgen scheme export`"))
@declare.option("--scheme", help="The scheme (the name of its folder); needed where there are several.")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--without", multiple=True, type=click.Choice(_PARTS), help="Propose nothing of this kind; repeatable.")
@declare.option("--dry-run", is_flag=True, help="Tell what would be proposed; write nothing.")
@click.pass_context
def draft(ctx: click.Context, scheme: str | None, edition: str | None, without: tuple[str, ...], dry_run: bool) -> None:
    """Propose what an edition lacks: methods by the verbs of its KUK, instruments, tasks, standards, empty frames.

    What is there already stays. Each proposal is marked in the data and on paper (usulan); an edition is released
    when a person has decided on all of them.
    """
    from kitgen.model.methods import METHOD_LABELS
    from kitgen.schemes.draft.draft import draft_scheme
    from kitgen.schemes.draft.proposals import PARTS

    if not dry_run:
        hold_lock(ctx)
    tell_edition(ctx.obj, scheme, edition)
    done = draft_scheme(ctx.obj, scheme, edition, [part for part in PARTS if part in without], dry_run)
    for each in done.reasons:
        say(row((each.unit, 20), (each.criterion, 6), (METHOD_LABELS[each.method], 12), (each.reason, 0)))
    told = {
        "methods": said("methods of KUK"),
        "tasks": said("practical tasks"),
        "standards": said("workplace standards"),
        "questions": said("frames of questions"),
        "scenarios": said("frames of scenarios"),
    }
    for part, what in told.items():
        if done.counts[part]:
            say(said("proposed: {count} {what}", count=done.counts[part], what=what), err=True)
    for name in done.files:
        say(said("{what} {name}", what=said("would write") if dry_run else said("wrote"), name=name), err=True)
    if not done.files:
        say(said("nothing is lacking that could be proposed; nothing was written"), err=True)

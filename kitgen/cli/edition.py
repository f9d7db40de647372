"""`kitgen edition`: editions of a scheme side by side, their references, and the release."""

import json

import click

from kitgen.base.messages import counted, joined, padded, said
from kitgen.cli import declare, edition_retemplate
from kitgen.cli.language import say, styled
from kitgen.cli.next_step import then
from kitgen.cli.selecting import tell_edition
from kitgen.cli.table import word
from kitgen.cli.writing import hold_lock

_STATE_COLOURS = {"released": "green", "changed": "red", "draft": None}


@declare.group("edition")
def command() -> None:
    """List editions, open the next one as a draft, let its questions follow, and release it."""


@command.command(
    "list", then=said("`kitgen check` tells what an edition lacks; `kitgen edition new SCHEME NEW` opens the next one")
)
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def list_(ctx: click.Context, scheme: str | None, as_json: bool) -> None:
    """List the editions: draft, released, or changed since, where each comes from, and its seal."""
    from kitgen.cli.console import tell
    from kitgen.schemes.editions.editions import list_editions

    found = list_editions(ctx.obj, scheme)
    for each in found:
        tell(each.problems)
    if as_json:
        rows = [{"scheme": each.scheme, "edition": each.edition, "state": each.state, "origin": each.origin,
                 "released": each.released, "digest": each.digest} for each in found]  # fmt: skip
        say(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for each in found:
            state = styled(padded(word(each.state), 9), fg=_STATE_COLOURS[each.state])
            facts = [said("from {origin}", origin=each.origin)] if each.origin else []
            facts += [said("released {day}", day=each.released)] if each.released else []
            facts += [said("seal {digest}", digest=each.digest[:12])] if each.digest else []
            edition = padded(each.edition, 10) if facts else each.edition
            say(joined(" ", (state, each.scheme, edition, *([joined(", ", facts)] if facts else []))))
    if any(each.problems for each in found):
        ctx.exit(1)


@command.command("new")
@click.argument("scheme")
@click.argument("new")
@declare.option("--from", "old", help="Copy this edition instead of the newest released one.")
@click.pass_context
def new(ctx: click.Context, scheme: str, new: str, old: str | None) -> None:
    """Copy an edition of SCHEME as the draft NEW.

    Comments, order and all data stay as they are. What its questions speak of is kept, so that they can follow.
    """
    from kitgen.base.errors import WrongUsage
    from kitgen.cli.console import tell
    from kitgen.schemes.editions.editions import new_edition

    hold_lock(ctx)
    tell_edition(ctx.obj, scheme, old)
    try:
        made = new_edition(ctx.obj, scheme, new, old)
    except WrongUsage as error:
        raise declare.BadParameter(error.message, ctx, param_hint="NEW") from error
    tell(made.warnings)
    say(said("wrote {shown}, a draft copied from {source}", shown=ctx.obj.shown(made.folder), source=made.source))
    then(ctx, said("change its scheme.yaml, then: kitgen edition follow {scheme} {new}", scheme=scheme, new=new))


@command.command(
    "follow",
    then=said("read what is marked again, take the marks out with `kitgen edition cleared`, then `kitgen check`"),
)
@click.argument("scheme")
@click.argument("edition")
@declare.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
@click.pass_context
def follow(ctx: click.Context, scheme: str, edition: str, dry_run: bool) -> None:
    """Let questions, cues, tasks, methods and papers of a draft follow their criteria (KUK) by text.

    Run it after scheme.yaml was changed. Numbers and codes of units are rewritten where the text moved; what serves a
    reworded criterion gets a review mark; what only a person can decide is told. Everything else stays as it is.
    """
    from kitgen.cli.console import tell
    from kitgen.schemes.editions.follow import follow

    if not dry_run:
        hold_lock(ctx)
    done = follow(ctx.obj, scheme, edition, dry_run)
    file = ""
    for line in done.lines:
        if line.file != file:
            file = line.file
            say(file)
        moved = (
            said("KUK {old} -> {new}", old=line.old, new=line.new)
            if line.old != line.new
            else said("KUK {new}", new=line.new)
        )
        marked = said("  to be reviewed") if line.marks else ""
        say(said("  {what:<42} {moved}{marked}", what=line.what, moved=moved, marked=marked))
    tell(done.problems)
    for name in done.files:
        say(said("{what} {name}", what=said("would write") if dry_run else said("wrote"), name=name), err=True)
    if not done.files:
        say(said("everything follows already; nothing was written"), err=True)
    if any(problem.severity == "error" for problem in done.problems):
        ctx.exit(1)


@command.command("cleared", then=said("`kitgen check` tells what is left; then `kitgen edition release`"))
@click.argument("scheme")
@click.argument("edition")
@click.argument("names", nargs=-1, required=True)
@click.pass_context
def cleared(ctx: click.Context, scheme: str, edition: str, names: tuple[str, ...]) -> None:
    """Take the review marks out of NAMES: questions, scenarios or activities that a person has read again."""
    from kitgen.schemes.editions.clear_marks import clear_marks

    hold_lock(ctx)
    for each in clear_marks(ctx.obj, scheme, edition, names):
        kept = said("; {kept} kept, which a ruling in padanan.yaml settles", kept=each.kept) if each.kept else ""
        say(
            said(
                "{name}: {review_marks} taken out{kept}",
                name=each.name,
                review_marks=counted(each.taken, "review mark"),
                kept=kept,
            )
        )


@command.command("release", then=said("`kitgen build` makes its kits; events keep the edition their workbook names"))
@click.argument("scheme")
@click.argument("edition")
@declare.option("--date", "released", default="", help="The day it is released, as 2025-03-01; kept in the seal.")
@click.pass_context
def release(ctx: click.Context, scheme: str, edition: str, released: str) -> None:
    """Release an edition: seal its files, so that no later change of them goes unseen.

    Refused while there are errors, facts the LSP has not given, criteria (KUK) nothing serves, or open review
    marks.
    """
    from kitgen.base.errors import WrongUsage
    from kitgen.schemes.editions.editions import release

    hold_lock(ctx)
    try:
        made = release(ctx.obj, scheme, edition, released)
    except WrongUsage as error:
        raise declare.BadParameter(error.message, ctx, param_hint="--date") from error
    say(said("released {scheme} {edition}, seal {digest}", scheme=scheme, edition=edition, digest=made.seal[:12]))
    if not made.style.wording:
        say(
            said(
                "declarations and recommendations on the forms are in kitgen's words; `kitgen template wording FILE`"
                " takes those of your own forms"
            ),
            err=True,
        )


command.add_command(edition_retemplate.command)

"""`kitgen kurang`: what the kit still lacks, in order of work."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import counted, joined, said
from kitgen.cli import declare
from kitgen.cli.language import in_words, say, styled
from kitgen.cli.selecting import tell_edition
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.schemes.check.lacks import Lacking


@declare.command(
    "kurang", then=said("mend the first of them, then `kitgen kurang` again; `kitgen build` makes what there is")
)
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@declare.word_copy
@click.pass_context
def command(
    ctx: click.Context, scheme: str | None, edition: str | None, as_json: bool, out: Path | None, replace: bool
) -> None:
    """Tell what the kit still lacks (Yang Masih Kurang), why it matters and what to do next, in order of work.

    One line for each cause, with how often it is there; then the forms that are not made, and why.
    """
    from kitgen.cli.console import tell
    from kitgen.schemes.check.lacks import lacking, write_lacks

    tell_edition(ctx.obj, scheme, edition)
    found, warnings = lacking(ctx.obj, scheme, edition)
    tell(each for each in warnings if each.severity == "error")
    if out is not None:
        hold_lock(ctx, out)
        for name in write_lacks(ctx.obj, found, out, replace):
            say(said("wrote {name}", name=name), err=True)
    if as_json:
        say(json.dumps([each.as_json(in_words) for each in found], ensure_ascii=False, indent=1))
        return
    for each in found:
        _print(each)


def _print(found: "Lacking") -> None:
    if found.edition is not None:
        scheme = found.edition.scheme
        say(styled(said("{title}, edition {edition}", title=scheme.title, edition=scheme.edition), bold=True))
    for lack in found.lacks:
        say(joined("", (f"{lack.step:>2}. ", styled(lack.area, bold=True), ": ", lack.what)))
        say(joined("", ("    ", lack.effect)))
        say(joined("", ("    → ", lack.todo)))
    if not found.lacks:
        say(said("nothing is missing"))
    if found.unmade:
        say(said("not made: {forms}", forms=counted(len(found.unmade), "form")))
        reasons: dict[str, list[str]] = {}
        for form in found.unmade:
            reasons.setdefault(in_words(form.why), []).append(form.code)
        for why, codes in reasons.items():
            say(f"    {', '.join(codes)}: {why}")
    blocking = sum(lack.is_blocking for lack in found.lacks)
    if blocking:
        what = counted(blocking, "line")
        say(said("{what} of these must be gone before the edition can be released", what=what), err=True)

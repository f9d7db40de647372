"""`kitgen explain`: one document or one printed page."""

import json
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import joined, padded, said
from kitgen.cli import declare
from kitgen.cli.language import in_words_within, say, styled
from kitgen.cli.table import row, word

if TYPE_CHECKING:
    from kitgen.documents.status.explain import Explained, Explanation

_COLOURS: Final = {"good": "green", "stale": "yellow", "withdrawn": "magenta", "unknown": "red"}


@declare.command(
    "explain",
    then=said(
        "what is stale or void is made anew by `kitgen build`; `kitgen recall EVENT` lists what is to be taken back"
    ),
)
@click.argument("target", metavar="PATH|SERIAL")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(ctx: click.Context, target: str, as_json: bool) -> None:
    """Explain a document, or a printed page by its Kode Dokumen: still good, or what replaced it and why.

    A Kode Dokumen is taken in small letters, with or without dashes. Writes nothing.
    """
    from kitgen.cli.console import tell
    from kitgen.documents.status.explain import explain_path
    from kitgen.events.handover.holdings import told_of_serial
    from kitgen.events.recall.by_serial import explain_serial, looks_like_serial

    answer = (
        explain_serial(ctx.obj, target, told_of_serial) if looks_like_serial(target) else explain_path(ctx.obj, target)
    )
    tell(answer.problems)
    if as_json:
        say(json.dumps(in_words_within(answer.as_json()), ensure_ascii=False, indent=1))
    else:
        _print(answer)
    if answer.verdict == "unknown":
        ctx.exit(1)


def _print(answer: "Explanation") -> None:
    say(
        said(
            "{style}: {said}",
            style=styled(word(answer.verdict), fg=_COLOURS[answer.verdict], bold=True),
            said=answer.said,
        )
    )
    for line in answer.handed_over:
        say(said("  handed over: {line}", line=line))
    for explained in answer.documents:
        _print_document(explained, answer.serial)


def _print_document(explained: "Explained", asked: str) -> None:
    say(row((word(explained.state), 8), (explained.path or explained.document, 0)))
    serials: str = explained.on_disk or explained.serial
    if explained.serial and serials != explained.serial:
        serials = said("{there} on the file; made now it would be {now}", there=serials, now=explained.serial)
    rows = {
        said("replaced by") if asked and asked != explained.serial else "Kode Dokumen": serials,
        said("form"): explained.form,
        said("kit"): explained.kit,
        said("template"): explained.template,
        said("is given"): ", ".join(explained.given),
    }
    for name, value in rows.items():
        if value:
            say(joined("", ("  ", padded(joined("", (name, ":")), 14), value)))
    for cause in explained.why.causes:
        say(styled(said("  because of {cause}", cause=cause), bold=True))
    for reason in explained.why.told:
        say(said("  {reason}", reason=reason))

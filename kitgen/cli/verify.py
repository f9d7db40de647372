"""`kitgen verify`: read the finished documents back."""

import json
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.selecting import choosing
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.verify.verify import Verified


@declare.command("verify")
@choosing
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context, scheme: str | None, edition: str | None, unit: str | None, event: str | None, as_json: bool
) -> None:
    """Read every finished document back, and prove each criterion (KUK) from what stands there.

    Tells texts that are not in their places and criteria no document proves, and writes where each is proven to
    `Bukti Cakupan KUK.xlsx` in the edition's folder (not for --unit and --event). Of an event it tells, too, candidates
    who are not named in their own documents, or are in others'.
    """
    from kitgen.cli.console import tell
    from kitgen.documents.status.status import Selection
    from kitgen.verify.verify import verify

    if unit is None and event is None:
        hold_lock(ctx)  # for its report; of a unit or an event it only reads
    verified = verify(ctx.obj, Selection(scheme, edition, unit, event=event))
    tell(finding for each in verified for finding in each.findings)
    if as_json:
        say(json.dumps([each.as_json() for each in verified], ensure_ascii=False, indent=1))
    else:
        for each in verified:
            _print_summary(each)
    if not all(each.is_proven for each in verified):
        ctx.exit(1)


def _print_summary(verified: "Verified") -> None:
    say(
        said(
            "{text:<28} {text_2:>9} {text_3:>6} {text_4:>6} {text_5:>7} {text_6:>4} {text_7:>4}",
            text="kit",
            text_2="documents",
            text_3="unread",
            text_4="texts",
            text_5="missing",
            text_6="KUK",
            text_7="gaps",
        )
    )
    for proof in verified.kits:
        counts = proof.counts()
        gaps = styled(said("{gaps:>4}", gaps=counts["gaps"]), fg="red" if counts["gaps"] else None)
        say(
            said(
                "{folder:<28} {documents:>9} {unread:>6} {found:>6} {missing:>7} {criteria:>4} {gaps}",
                folder=proof.kit.folder,
                documents=counts["documents"],
                unread=counts["unread"],
                found=counts["found"],
                missing=counts["missing"],
                criteria=counts["criteria"],
                gaps=gaps,
            )
        )
    if verified.report is not None:
        say(said("where each criterion (KUK) is proven: {report}", report=verified.report))

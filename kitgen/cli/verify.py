"""`kitgen verify`: read the finished documents back."""

import json
from typing import TYPE_CHECKING

import click

from kitgen.cli.selecting import choosing
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.verify.verify import Verified


@click.command("verify")
@choosing
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
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
        click.echo(json.dumps([each.as_json() for each in verified], ensure_ascii=False, indent=1))
    else:
        for each in verified:
            _print_summary(each)
    if not all(each.is_proven for each in verified):
        ctx.exit(1)


def _print_summary(verified: "Verified") -> None:
    click.echo(f"{'kit':<28} {'documents':>9} {'unread':>6} {'texts':>6} {'missing':>7} {'KUK':>4} {'gaps':>4}")
    for proof in verified.kits:
        counts = proof.counts()
        gaps = click.style(f"{counts['gaps']:>4}", fg="red" if counts["gaps"] else None)
        click.echo(
            f"{proof.kit.folder:<28} {counts['documents']:>9} {counts['unread']:>6} {counts['found']:>6} "
            f"{counts['missing']:>7} {counts['criteria']:>4} {gaps}"
        )
    if verified.report is not None:
        click.echo(f"where each criterion (KUK) is proven: {verified.report}")

"""`kitgen verify`: read the finished documents back."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import counted, joined, padded, said
from kitgen.cli import declare
from kitgen.cli.language import say, styled
from kitgen.cli.next_step import then
from kitgen.cli.selecting import choosing
from kitgen.cli.table import row
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.verify.verify import Verified


@declare.command("verify", then=said("`kitgen pack` makes PDFs to print"))
@choosing
@declare.option(
    "--second-reader", is_flag=True, help="Read every Word file with python-docx, too, and tell where texts differ."
)
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    scheme: str | None,
    edition: str | None,
    unit: str | None,
    event: str | None,
    many: tuple[str, ...],
    second_reader: bool,
    as_json: bool,
) -> None:
    """Read every finished document back, and prove each criterion (KUK) from what stands there.

    Tells texts that are not in their places and criteria no document proves, and writes where each is proven to
    `Bukti Cakupan KUK.xlsx` in the edition's folder (not for --unit and --event). Of an event it tells, too, candidates
    who are not named in their own documents, or are in others'.
    """
    from kitgen.cli.console import tell
    from kitgen.cli.progress import Progress
    from kitgen.documents.status.status import Selection
    from kitgen.verify.verify import verify

    if many:
        return _verify_events(ctx, many, second_reader, as_json)
    if unit is None and event is None:
        hold_lock(ctx)  # for its report; of a unit or an event it only reads
    verified = verify(
        ctx.obj, Selection(scheme, edition, unit, event=event), second_reader, Progress(said("reading back"))
    )
    tell(finding for each in verified for finding in each.findings)
    if as_json:
        say(json.dumps([each.as_json() for each in verified], ensure_ascii=False, indent=1))
    else:
        for each in verified:
            _print_summary(each)
    if not all(each.is_proven for each in verified):
        ctx.exit(1)
    if event is not None:
        step = said("`kitgen pack --event {event}` prints, `kitgen event deliver {event}` hands over", event=event)
        then(ctx, step)


def _verify_events(ctx: click.Context, events: tuple[str, ...], second_reader: bool, as_json: bool) -> None:
    """Read the documents of many events back, with data read once."""
    from kitgen.cli.many_events import EventResult, EventTurn, asked_for, failed_of, report_events
    from kitgen.documents.status.shared_inputs import SharedInputs
    from kitgen.documents.status.status import Selection
    from kitgen.verify.verify import verify

    loaded = SharedInputs(are_many=True)

    def work(turn: EventTurn) -> EventResult:
        chosen, progress = Selection(event=turn.name), turn.progress(said("reading back"))
        verified = verify(ctx.obj, chosen, second_reader, progress, loaded)
        counts = Counter[str]()
        for each in verified:
            for proof in each.kits:
                counts.update(proof.counts())
        findings = [finding for each in verified for finding in each.findings]
        is_proven = all(each.is_proven for each in verified)
        return EventResult(counts, findings, not is_proven, [each.as_json() for each in verified] if as_json else None)

    names = ("documents", "unread", "found", "missing", "criteria", "gaps")
    heads = dict(zip(names, (*_HEADS, said("KUK"), said("gaps")), strict=True))
    results = report_events(ctx, events, heads, work, is_shown=not as_json)
    if as_json:
        say(json.dumps([each for found in results.values() if found for each in found.content],
                       ensure_ascii=False, indent=1))  # fmt: skip
    if failed_of(results):
        ctx.exit(1)
    of_event = asked_for(ctx)
    step = said("`kitgen pack{of_event}` prints, `kitgen event deliver NAME` hands over", of_event=of_event)
    then(ctx, step)


_HEADS: Final = (said("documents"), said("unread"), said("texts"), said("missing"))
_GAPS: Final = 5
_WIDTHS: Final = (-9, -8, -6, -7, -4, -_GAPS)


def _print_summary(verified: "Verified") -> None:
    say(row((said("kit"), 28), *zip((*_HEADS, "KUK", said("gaps")), _WIDTHS, strict=True)))
    for proof in verified.kits:
        counts = proof.counts()
        gaps = styled(padded(str(counts["gaps"]), -_GAPS), fg="red" if counts["gaps"] else None)
        numbers = (counts[key] for key in ("documents", "unread", "found", "missing", "criteria"))
        say(joined(" ", (row((proof.kit.folder, 28), *zip(numbers, _WIDTHS[:-1], strict=True)), gaps)))
        if counts["reserved"]:
            criteria = counted(counts["reserved"], "criterion (KUK)", "criteria (KUK)")
            say(
                said("sealed reserve sets hold sheets for {criteria}; they are not counted as proof", criteria=criteria)
            )
    if verified.read_twice:
        files = counted(verified.read_twice, "Word file was", "Word files were")
        say(said("{files} read by python-docx, too", files=files))
    if verified.report is not None:
        say(said("where each criterion (KUK) is proven: {report}", report=verified.report))

"""`kitgen bank`: draw papers from the bank of questions, and take the bank to subject experts and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import NOTHING, counted, joined, padded, said
from kitgen.cli import declare
from kitgen.cli.exporting import refuse_other_names, say_is_the_same
from kitgen.cli.language import say, styled
from kitgen.cli.selecting import tell_edition
from kitgen.cli.table import row, word
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.schemes.bank.changes import RowState
    from kitgen.schemes.bank.draw_papers import Slot

_SEED: Final = "[A-Z0-9]{1,12}"
_ROW_STATES: "Final[dict[RowState, str | None]]" = {
    "unchanged": None, "changed": "yellow", "new": "green", "missing": "cyan", "removed": "red",
}  # fmt: skip


@declare.group("bank")
def command() -> None:
    """Draw papers from the bank of questions; export and import the bank."""


@command.command("draw", then=said("`kitgen build` makes the question books of these papers"))
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--seed", help="Draw by this seed (capital letters and digits) instead of the blueprint's.")
@declare.option("--anew", is_flag=True, help="Draw all papers again, those that are still right too.")
@click.pass_context
def draw(ctx: click.Context, scheme: str | None, edition: str | None, seed: str | None, anew: bool) -> None:
    """Draw the papers of every kit by the blueprint and record them in `papers.yaml`.

    Recorded papers that still say what they said are kept. From then on builds print the recorded papers, whatever
    is added to the bank.
    """
    import re

    from kitgen.cli.console import tell
    from kitgen.schemes.bank.draw_papers import draw_papers

    if seed is not None and not re.fullmatch(_SEED, seed):
        raise declare.BadParameter(said("a seed is 1 to 12 capital letters and digits"), ctx, param_hint="--seed")
    hold_lock(ctx)
    tell_edition(ctx.obj, scheme, edition)
    for recording in draw_papers(ctx.obj, scheme, edition, seed, anew):
        tell(recording.warnings)
        for slot in recording.slots:
            _print_slot(slot)
        kept = sum(slot.is_kept for slot in recording.slots)
        drawn = sum(slot.new is not None for slot in recording.slots) - kept
        say(said("{papers} kept, {drawn} drawn", papers=counted(kept, "paper"), drawn=drawn), err=True)
        say(
            said("wrote {file}", file=recording.file)
            if recording.is_written
            else said("{file} is as it was", file=recording.file),
            err=True,
        )


def _print_slot(slot: "Slot") -> None:
    paper = slot.paper
    if slot.is_kept:
        label, why = said("kept"), NOTHING
    elif slot.new is None:
        label, why = said("dropped"), said("the blueprint asks for it no more")
    else:
        label, why = said("drawn"), said("instead of {id}", id=slot.old.id) if slot.old is not None else NOTHING
    coloured = styled(padded(label, 8), fg="green" if label == "drawn" else None)
    say(
        joined(
            " ",
            (coloured, row((paper.kit, 16), (paper.kind, 16), (paper.id, 12 if why else 0)), *([why] if why else [])),
        )
    )


@command.command("export", then=said("let the experts fill it in, then `kitgen bank import FILE --dry-run`"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@declare.option("--scheme", help="The scheme (the name of its folder); needed where there are several.")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--unit", help="Only the questions of this unit, by its code.")
@declare.option("--replace", is_flag=True, help="Write over a file that is there already.")
@click.pass_context
def export(
    ctx: click.Context, file: Path, scheme: str | None, edition: str | None, unit: str | None, replace: bool
) -> None:
    """Write the bank as a workbook for subject experts, keys and reasons included.

    FILE ends in .xlsx. It has a sheet for each kind of question and a row for each question.
    """
    from kitgen.schemes.bank.bank import export_bank

    refuse_other_names(ctx, file)
    hold_lock(ctx, file)
    tell_edition(ctx.obj, scheme, edition)
    count, is_written = export_bank(ctx.obj, file, scheme, edition, unit, replace)
    if is_written:
        say(
            said(
                "{path} holds {questions}, with their keys: keep it secret",
                path=file.as_posix(),
                questions=counted(count, "question"),
            )
        )
    else:
        say_is_the_same(file)


@command.command("import", then=said("`kitgen check` looks through the questions, then `kitgen build`"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@declare.option("--scheme", help="The scheme (the name of its folder); needed where there are several.")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.called_otherwise
@declare.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
@declare.option("--remove", is_flag=True, help="Take questions without a row out of the bank.")
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    scheme: str | None,
    edition: str | None,
    called: str,
    dry_run: bool,
    remove: bool,
) -> None:
    """Take the rows of a workbook over into the bank.

    Tells of each question whether it is unchanged, changed (and in which columns), new or missing. A question
    without a row is kept. With any fault in the workbook nothing is written.
    """
    from collections import Counter

    from kitgen.cli.console import tell
    from kitgen.schemes.bank.bank import import_bank

    if not dry_run:
        hold_lock(ctx)
    tell_edition(ctx.obj, scheme, edition)
    done = import_bank(ctx.obj, file, scheme, edition, remove, dry_run, called)
    tell(done.warnings)
    for each in sorted(done.rows, key=lambda each: list(_ROW_STATES).index(each.state)):
        label = styled(padded(word(each.state), 10), fg=_ROW_STATES[each.state])
        why = said("kept; `--remove` takes it out") if each.state == "missing" else ", ".join(each.columns)
        say(joined(" ", (label, padded(each.id, 12), why)) if why else joined(" ", (label, each.id)))
    counts = Counter(row.state for row in done.rows)
    told = [joined(" ", (str(counts[state]), word(state))) for state in _ROW_STATES if counts[state]]
    say(joined(", ", told) if told else said("no rows"), err=True)
    for name in done.files:
        say(said("{what} {name}", what=said("would write") if dry_run else said("wrote"), name=name), err=True)
    if not done.files:
        say(said("the bank says the same; nothing was written"), err=True)


@command.command("stats", then=said("mend the questions that are flagged: `kitgen bank export FILE`"))
@click.argument("events", nargs=-1, required=True)
@declare.option("--scheme", help="The scheme (the name of its folder), where there are several.")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures as a workbook, too.")
@declare.option("--replace", is_flag=True, help="Write over a file that is there already.")
@declare.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def stats(
    ctx: click.Context,
    events: tuple[str, ...],
    scheme: str | None,
    edition: str | None,
    out: Path | None,
    replace: bool,
    as_json: bool,
) -> None:
    """How questions and role plays did: from the answers typed into the score sheets and the recorded marks of EVENTS.

    Difficulty and the use of options are told from few answers on, discrimination and reliability from 30 candidates;
    the share of K of a role play from 10. With `--out`, what single assessors and actors did is written into the folder
    of each event, as `statistik-stasiun.xlsx`: it is purged with the event.
    """
    import json

    from kitgen.cli.console import tell
    from kitgen.load.event.marks_file import STATION_STATS_NAME
    from kitgen.schemes.bank.stats import TOO_FEW, bank_statistics

    if out is not None:
        hold_lock(ctx, out)
    tell_edition(ctx.obj, scheme, edition)
    found = bank_statistics(ctx.obj, events, scheme, edition, out, replace)
    tell(found.warnings)
    if as_json:
        say(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return
    for paper in found.papers:
        reliability = TOO_FEW if paper.reliability is None else said("{reliability:.2f}", reliability=paper.reliability)
        say(
            said(
                "{paper:<14} {candidates:>4} {questions:>3}  KR-20 {reliability}",
                paper=paper.paper,
                candidates=paper.candidates,
                questions=paper.questions,
                reliability=reliability,
            )
        )
    for item in found.items:
        share = "" if item.facility is None else f"{item.facility:.0%}"
        apart = TOO_FEW if item.discrimination is None else f"{item.discrimination:.2f}"
        answered = f"{item.right:>3}/{item.answers:<3} {share:>5}"
        say(f"{item.question.id:<12} {answered}  {apart:<17} {'; '.join(item.flags)}".rstrip())
    for scenario, rate in () if found.stations.is_nothing else found.stations.scenarios:
        share = TOO_FEW if rate.share is None else f"{rate.share:.0%}"
        say(
            said(
                "{scenario:<12} {candidates:>4} candidates in {events}, K {share}",
                scenario=scenario.id,
                candidates=rate.candidates,
                events=counted(len(rate.events), "event"),
                share=share,
            )
        )
    if out is not None:
        say(said("wrote {name}", name=out.name), err=True)
        for event in found.stations.of_people:
            say(
                said("wrote {file}: personal data, purged with the event", file=f"events/{event}/{STATION_STATS_NAME}"),
                err=True,
            )

"""`kitgen import`: read a published page, a decree or a form into a scheme."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import in_words, say
from kitgen.cli.next_step import then
from kitgen.cli.writing import hold_lock

if TYPE_CHECKING:
    from kitgen.schemes.published.import_page import ImportedPage, Reading


@declare.command("import", then=said("read the report, then `kitgen check` tells what is still missing"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@declare.option("--title", help="Title of the scheme; needed where the page does not give it.")
@declare.option("--edition", help="Name of the edition; without it, the year in the page's footer.")
@declare.option("--units", help="Take only these units: their codes, with commas between.")
@declare.option(
    "--accept",
    multiple=True,
    help="A number in doubt that was read rightly, as it was told: CODE:1.2, or 1.2 in every unit.",
)
@declare.called_otherwise
@declare.option("--replace", is_flag=True, help="Take the differences over where the edition is there already.")
@declare.option("--dry-run", is_flag=True, help="Tell what would be read, and what is in doubt; write nothing.")
@declare.option("--json", "as_json", is_flag=True, help="With --dry-run: print it as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    title: str | None,
    edition: str | None,
    units: str | None,
    accept: tuple[str, ...],
    called: str,
    replace: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a scheme as people have it (halaman skema, SKKNI, FR.APL.02, a list) into `scheme/`.

    FILE is a text, a saved or copied web page, PDF, Word, Excel, CSV or Markdown. Prints what was read and how much of
    it, to compare with the page, and writes a report that accounts for every line. A page with faults in its data, or
    with a number that can be read in two ways, writes nothing.
    """
    from kitgen.base.errors import Diagnostic, Findings, Place, WrongUsage
    from kitgen.cli.console import tell
    from kitgen.load.identity import load_identity
    from kitgen.load.owed import owed_identity
    from kitgen.schemes.published.import_page import import_page, read_page, summary_of

    accepted = [key for keys in accept for key in _split(keys)]
    if as_json and not dry_run:
        raise declare.UsageError(said("--json goes with --dry-run"), ctx)
    if dry_run:
        _tell_trial(ctx, file, title, edition, _split(units), accepted, called, as_json)
        return
    hold_lock(ctx)
    try:
        page = read_page(file, _split(units), accepted, called)
        imported = import_page(page, ctx.obj.scheme_dir, title, edition, replace)
    except WrongUsage as wrong:
        raise declare.UsageError(wrong.message, ctx) from wrong
    if not imported.is_new:
        say(
            said(
                "{scheme_file} is there already and says the same; nothing was written",
                scheme_file=imported.scheme_file,
            )
        )
        return
    say(imported.brief, nl=False)
    for change in imported.changes:
        say(change)
    say(summary_of(page), err=True)
    if imported.kept_file:
        say(said("the scheme as it was is kept as {kept_file}", kept_file=imported.kept_file), err=True)
    if not imported.keeps_comments:
        lost = said("comments between the data of this file are not kept")
        tell(
            [
                Diagnostic(
                    lost,
                    Place(imported.scheme_file),
                    said("take them over from {file}", file=imported.kept_file),
                    "warning",
                )
            ]
        )
    say(
        said(
            "wrote {scheme_file} and {report_file}", scheme_file=imported.scheme_file, report_file=imported.report_file
        ),
        err=True,
    )
    tell(owed_identity(ctx.obj, load_identity(ctx.obj, Findings())[0]))


def _tell_trial(
    ctx: click.Context, file: Path, title: str | None, edition: str | None, units: list[str], accepted: list[str],
    called: str, as_json: bool,
) -> None:  # fmt: skip
    """What an import would do. Numbers in doubt are told with the rest, since that is what they are compared with."""
    from kitgen.base.errors import KitgenError, WrongUsage
    from kitgen.cli.console import tell
    from kitgen.schemes.published.import_page import import_page, read_file

    reading = read_file(file, units, accepted, called)
    if reading.page is None or len(reading.problems) > len(reading.doubts):
        raise KitgenError(reading.problems)
    try:
        imported = import_page(reading.page, ctx.obj.scheme_dir, title, edition, is_trial=True)
    except WrongUsage as wrong:
        raise declare.UsageError(wrong.message, ctx) from wrong
    if as_json:
        say(json.dumps(_as_json(reading, imported), ensure_ascii=False, indent=1))
        return
    say(imported.brief, nl=False)
    for change in imported.changes:
        say(change)
    say(reading.summary, err=True)
    tell(reading.problems)
    if reading.doubts:
        then(ctx, said("compare the numbers in doubt with the page, then import it with `--accept`"))
        ctx.exit(1)
    then(ctx, said("the same without `--dry-run` writes it"))


def _as_json(reading: "Reading", imported: "ImportedPage") -> dict[str, object]:
    slug, edition = imported.scheme_file.split("/")[-3:-1]
    doubts = [{"key": each.key, "what": in_words(each.problem.message),
               "where": in_words(each.problem.place.as_message()) if each.problem.place else "",
               "text": each.problem.place.text if each.problem.place else ""} for each in reading.doubts]  # fmt: skip
    return {"scheme": slug, "edition": edition, "summary": in_words(reading.summary), "brief": imported.brief,
            "changes": [in_words(each) for each in imported.changes], "new": imported.is_new,
            "doubts": doubts}  # fmt: skip


def _split(codes: str | None) -> list[str]:
    return [code.strip() for code in (codes or "").split(",") if code.strip()]

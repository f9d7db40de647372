"""`kitgen archive`: all that kits are made of in one file, and kits made of it again."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from kitgen.base.messages import counted, said
from kitgen.cli import declare
from kitgen.cli.language import say
from kitgen.cli.selecting import tell_edition
from kitgen.cli.writing import hold_lock


@declare.command("archive", then=said("`kitgen archive FILE --verify` proves that all comes out of it as it did"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@declare.option("--scheme", help="Only this scheme (the name of its folder).")
@declare.option("--edition", help="This edition instead of the newest released one.")
@declare.option(
    "--open", "folder", type=click.Path(path_type=Path), help="Make a project of the archive in this folder."
)
@declare.option("--verify", "as_check", is_flag=True, help="Make all of the archive in memory and compare.")
@declare.option("--json", "as_json", is_flag=True, help="With --verify: print the result as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    scheme: str | None,
    edition: str | None,
    folder: Path | None,
    as_check: bool,
    as_json: bool,
) -> None:
    """Write all that the kits are made of into one file: data, identity, templates, papers, versions, digests.

    Events are not in it: they hold people's data.
    """
    from kitgen.documents.build.archive import make_archive, open_archive, verify_archive

    if (folder is not None or as_check) and (scheme or edition):
        raise declare.UsageError(said("--scheme and --edition choose what an archive is made of"))
    if folder is not None and as_check:
        raise declare.UsageError(said("--verify writes nothing; give --open alone"))
    if as_json and not as_check:
        raise declare.UsageError(said("--json goes with --verify"))
    if not as_check:
        hold_lock(ctx, folder or file)
    if folder is not None:
        opened = open_archive(file, folder)
        say(
            said(
                "{files} in {folder}; `kitgen -C {folder} build` makes the kits",
                files=counted(len(opened.files), "file"),
                folder=folder,
            )
        )
        return
    if not as_check:
        tell_edition(ctx.obj, scheme, edition)
        made = make_archive(ctx.obj, file, scheme, edition)
        editions = ", ".join(f"{slug}/{name}" for slug, name in made.editions)
        say(
            said(
                "{name}: {editions}; {files}, digests of {documents}",
                name=file.name,
                editions=editions,
                files=counted(len(made.files), "file"),
                documents=counted(len(made.documents), "document"),
            )
        )
        return
    rebuilt = verify_archive(file)
    if as_json:
        say(json.dumps(asdict(rebuilt), ensure_ascii=False, indent=1))
    else:
        for each in rebuilt.versions:
            say(
                said(
                    "{name} was {then} and is {now}",
                    name=each.name,
                    then=each.then or said("not there"),
                    now=each.now or said("not there"),
                )
            )
        for each in rebuilt.different:
            gone = said("is not made any more") if each.then else said("is made now and was not then")
            say(said("{what}: {name}", what=said("differs") if each.then and each.now else gone, name=each.name))
        same = rebuilt.documents - sum(bool(each.then) for each in rebuilt.different)
        fate = counted(same, "comes out as it did", "come out as they did")
        say(said("{documents}: {fate}", documents=counted(rebuilt.documents, "document"), fate=fate))
    if rebuilt.different:
        ctx.exit(1)

"""What commands that write do first: take the project's lock, once around all they do."""

from pathlib import Path

import click


def hold_lock(ctx: click.Context, target: Path | None = None) -> None:
    """From here to its end this command is the only one that writes in its project.

    One that only writes a single file people named (`target`) needs no lock for one outside of the project, and what is
    no project yet has nobody else in it. Raises `KitgenError` if somebody else works in the project.
    """
    from kitgen.documents.disk.lock import working
    from kitgen.documents.disk.private import guard

    root: Path = ctx.obj.root
    if target is not None and not (Path.cwd() / target).resolve().is_relative_to(root):
        return
    if not ctx.obj.scheme_dir.is_dir() and ctx.info_name != "import":
        return
    was_cut_off = ctx.with_resource(working(root, _name(ctx)))
    guard(ctx.obj)
    if was_cut_off:
        from kitgen.documents.disk.files import sweep

        of = ctx.obj
        folders = (of.output_dir, of.events_dir, of.scheme_dir, of.histories_dir, root / "templates")
        for folder in folders:
            sweep(folder)


def _name(ctx: click.Context) -> str:
    """The command without the program's name: `event deliver`."""
    words: list[str] = []
    at: click.Context | None = ctx
    while at is not None and at.parent is not None:
        words.insert(0, at.info_name or "")
        at = at.parent
    return " ".join(words)

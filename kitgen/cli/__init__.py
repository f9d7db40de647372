"""The command line: parses, calls and prints. What commands do is in `documents`, `schemes`, `events` and `verify`.

Doors: this module.
May import: all.
"""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from kitgen import __version__
from kitgen.base.errors import KitgenError
from kitgen.base.language import LANGUAGES
from kitgen.base.messages import said
from kitgen.cli import (
    adopt,
    archive,
    bank,
    build,
    check,
    declare,
    diff,
    edition,
    event,
    explain,
    import_page,
    init,
    kurang,
    pack,
    pdf,
    plan,
    recall,
    render,
    scenario,
    serve,
    template,
    upgrade,
    verify,
)
from kitgen.cli.job import looked_after
from kitgen.cli.language import chosen_language, say, speak
from kitgen.cli.stopping import exit_code_of, heed_signals
from kitgen.cli.streams import careful_streams, is_output_closed

_COLLECTED_EVERY: Final = 50_000
"""So many new objects before Python looks for unused cycles: a run keeps what it loads, and is soon over."""


class _Main(declare.Group):
    """Speaks the person's language, and turns the problems a command raises into text and an exit code."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        arguments = list(sys.argv[1:] if args is None else args)
        speak(chosen_language(arguments))
        return super().main(arguments, *more, **named)

    def invoke(self, ctx: click.Context) -> Any:
        from kitgen.cli.console import tell

        with careful_streams():
            try:
                return super().invoke(ctx)
            except KitgenError as error:
                tell(error.diagnostics)
                ctx.exit(1)
            except KeyboardInterrupt as stopped:
                say(said("stopped before it was done: the same command completes what was begun"), err=True)
                ctx.exit(exit_code_of(stopped))


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="kitgen", cls=declare.Option, help="Show the version and exit.")
@declare.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Work in this folder's project instead of the working directory's.",
)
@declare.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Speak Indonesian (id) or English (en). Without it: KITGEN_LANG, the project's `language:`, Indonesian.",
)
@click.pass_context
def cli(ctx: click.Context, folder: Path | None, lang: str | None) -> None:
    """Make the assessment kit (perangkat asesmen, MUK) of a certification scheme.

    A project is a folder with the data of its schemes in `scheme/`; finished documents go to `output/`.
    """
    if ctx.invoked_subcommand is not None:
        from kitgen.load.locate import find_project

        ctx.obj = find_project(folder or Path.cwd())


_COMMANDS = (
    init, import_page, edition, diff, bank, event, check, plan, explain, build, adopt, verify, pack, pdf, recall,
    archive, kurang, scenario, template, render, upgrade, serve,
)  # fmt: skip
for _module in _COMMANDS:
    cli.add_command(_module.command)
cli.add_command(serve.same)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; text goes out as UTF-8 wherever the terminal takes it."""
    if is_output_closed():
        if sys.stderr is not None:
            say(said("error: standard output is closed, so results would be lost; send them to a file"), err=True)
        sys.exit(1)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    heed_signals()
    gc.set_threshold(_COLLECTED_EVERY, 50, 100)
    with looked_after():
        try:
            cli.main(args=arguments, prog_name="kitgen")
        except Exception as fault:
            _tell_fault(fault)
            sys.exit(1)


def _tell_fault(fault: Exception) -> None:
    """A fault of kitgen itself: where it happened, but not its text, which may quote what stands in a cell."""
    import traceback

    if os.environ.get("KITGEN_TRACEBACK"):
        traceback.print_exception(fault)
        return
    say(said("error: kitgen failed with {name}, which is a fault of the program", name=type(fault).__name__), err=True)
    for frame in traceback.extract_tb(fault.__traceback__)[-4:]:
        say(
            said(
                "  --> {name}:{lineno} in {name_2}",
                name=Path(frame.filename).name,
                lineno=frame.lineno,
                name_2=frame.name,
            ),
            err=True,
        )
    say(said("  help: report these lines; KITGEN_TRACEBACK=1 shows more, which may hold people's data"), err=True)

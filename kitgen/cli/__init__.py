"""The command line: parses, calls and prints. What commands do is in `documents`, `schemes`, `events` and `verify`.

Doors: this module.
May import: all.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from kitgen import __version__
from kitgen.base.errors import KitgenError
from kitgen.base.language import LANGUAGES
from kitgen.base.messages import NOTHING, Message, said
from kitgen.cli import declare
from kitgen.cli.job import looked_after
from kitgen.cli.language import chosen_language, in_words, root_of, say, speak
from kitgen.cli.next_step import MEND, tell_step
from kitgen.cli.stopping import exit_code_of, heed_signals
from kitgen.cli.streams import careful_streams, is_output_closed
from kitgen.documents.work.collecting import collect_seldom

_COMMANDS: Final[dict[str, tuple[str, Message]]] = {
    "init": ("init", said("Make the folder of a new project.")),
    "import": ("import_page", said("Read a published page of a scheme into `scheme/`.")),
    "edition": ("edition", said("List, open, follow and release editions.")),
    "diff": ("diff", said("Compare two editions.")),
    "bank": ("bank", said("Draw papers; take the bank of questions to experts and back.")),
    "event": ("event", said("Make and check events; hand over, results, purge.")),
    "check": ("check", said("Tell what is wrong or missing in data and templates.")),
    "plan": ("plan", said("Show what a build would do, and why (pratinjau).")),
    "explain": ("explain", said("Explain a document or a printed page.")),
    "build": ("build", said("Make the documents that are not what they would be now.")),
    "adopt": ("adopt", said("Take what was typed into a document into the data.")),
    "verify": ("verify", said("Read every document back and prove each criterion.")),
    "pack": ("pack", said("Make PDFs to print for each audience or person.")),
    "pdf": ("pdf", said("Make the PDF of single documents.")),
    "recall": ("recall", said("List printed sheets of an event that are void.")),
    "archive": ("archive", said("Keep all that kits are made of in one file.")),
    "kurang": ("kurang", said("Tell what a kit lacks, and why.")),
    "scheme": ("scheme", said("Take a scheme's data to Excel and back; draft what it lacks.")),
    "scenario": ("scenario", said("Begin a new role play.")),
    "template": ("template", said("List, check and read templates.")),
    "render": ("render", said("Fill any template with any data.")),
    "upgrade": ("upgrade", said("Look at what an older kitgen made.")),
    "buka": ("serve", said("Open the local page in the browser.")),
    "serve": ("serve:same", NOTHING),
}
"""The commands: the module each is in, and what it does in a few words (hidden: nothing).

A module is loaded when its command is run.
"""


class _Main(declare.Group):
    """Speaks the person's language, and turns the problems a command raises into text and an exit code."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """Every command, loaded."""
        return {name: _loaded(name) for name in _COMMANDS}

    @commands.setter
    def commands(self, commands: object) -> None:
        """Click begins with none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _loaded(cmd_name) if cmd_name in _COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, which loads none of them."""
        with formatter.section(in_words(said("Commands"))):
            formatter.write_dl(
                [(name, in_words(_COMMANDS[name][1])) for name in self.list_commands(ctx) if _COMMANDS[name][1]]
            )

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        arguments = list(sys.argv[1:] if args is None else args)
        speak(chosen_language(arguments))
        return super().main(arguments, *more, **named)

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """A run that is stopped while it still reads its arguments ends as one that is stopped at work."""
        try:
            return super().make_context(*arguments, **named)
        except KeyboardInterrupt as stopped:
            raise click.exceptions.Exit(exit_code_of(stopped)) from None

    def invoke(self, ctx: click.Context) -> Any:
        with careful_streams():
            try:
                return super().invoke(ctx)
            except KitgenError as error:
                from kitgen.cli.console import tell

                tell(error.diagnostics)
                tell_step(MEND)
                ctx.exit(1)
            except KeyboardInterrupt as stopped:
                say(said("stopped before it was done: the same command completes what was begun"), err=True)
                ctx.exit(exit_code_of(stopped))


@click.group(
    cls=_Main,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
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

    A project is a folder with the data of its schemes in `scheme/`; finished documents go to `output/`. Without a
    command it tells where the project stands and what makes sense now.
    """
    if ctx.invoked_subcommand is None:
        from kitgen.cli.overview import print_overview

        print_overview(root_of(folder or Path.cwd()))
    else:
        from kitgen.load.locate import find_project

        ctx.obj = find_project(folder or Path.cwd())


def _loaded(name: str) -> click.Command:
    module, _, attribute = _COMMANDS[name][0].partition(":")
    found = getattr(import_module(f"kitgen.cli.{module}"), attribute or "command")
    assert isinstance(found, click.Command)
    return found


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
    collect_seldom()
    with looked_after():
        try:
            cli.main(args=arguments, prog_name="kitgen")
        except KeyboardInterrupt as stopped:
            sys.exit(exit_code_of(stopped))
        except Exception as fault:  # any fault of kitgen itself: a person sees no traceback, nor what a cell holds
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
                "  --> {name}:{lineno} in {function}",
                name=Path(frame.filename).name,
                lineno=frame.lineno,
                function=frame.name,
            ),
            err=True,
        )
    say(said("  help: report these lines; KITGEN_TRACEBACK=1 shows more, which may hold people's data"), err=True)

"""`kitgen init`: begin a project."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from kitgen.base.language import LANGUAGES
from kitgen.base.messages import Message, said
from kitgen.cli import declare
from kitgen.cli.language import in_words, say
from kitgen.cli.next_step import then

_ASKED: Final[dict[str, Message]] = {
    "name": said("Name of the LSP"),
    "licence": said("Number of its licence"),
    "address": said("Its address, on one line"),
    "logo": said("File of its logo (PNG or JPEG)"),
}


@declare.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@declare.option("--name", help="Name of the LSP.")
@declare.option("--licence", help="Number of its licence.")
@declare.option("--address", help="Its address, on one line.")
@declare.option("--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its logo: PNG or JPEG.")
@declare.option("--language", type=click.Choice(LANGUAGES), help="Language of the screen; Indonesian without it.")
@declare.option("--example", is_flag=True, help="Put the scheme and the event kitgen comes with into it, too.")
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    name: str | None,
    licence: str | None,
    address: str | None,
    logo: Path | None,
    language: str | None,
    example: bool,
) -> None:
    """Begin a project in a new folder: identity of the LSP, first steps, and files that open kitgen by a double click.

    What is not given as an option is asked for on a terminal; an empty answer leaves it for later. A folder with files
    in it is not touched.
    """
    from kitgen.schemes.start.new_project import FIRST_STEPS, Beginning, new_project
    from kitgen.schemes.start.program import note_program

    given = {"name": name, "licence": licence, "address": address, "logo": str(logo) if logo is not None else None}
    facts = {key: value if value is not None else _ask(_ASKED[key]) for key, value in given.items()}
    picture = Path(facts["logo"]) if facts["logo"] else None
    spoken = language or _ask(said("Language of the screen (id: Indonesian, en: English)"), LANGUAGES)
    begun = Beginning(facts["name"], facts["licence"], facts["address"], picture, spoken or LANGUAGES[0], example)
    project = new_project(folder, begun)
    note_program(project.root)
    say(said("wrote the project {name}", name=project.root.name))
    then(ctx, said("open `{page}` in it, or type `kitgen kurang` there", page=FIRST_STEPS))


def _ask(what: Message, words: Sequence[str] = ()) -> str:
    """The answer of a person at a terminal, one of these words (the first, if nothing is typed); else empty."""
    if not sys.stdin.isatty():
        return ""
    kind = click.Choice(words) if words else None
    answer: str = click.prompt(
        in_words(what), default=words[0] if words else "", show_default=False, type=kind, err=True
    )
    return answer.strip()

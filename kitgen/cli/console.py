"""What people see: problems with their places, states of documents, progress.

Talk goes to stderr, results to stdout.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import click

from kitgen.base.errors import Diagnostic, KitgenError, Place
from kitgen.base.messages import Message, counted, joined, said
from kitgen.base.project import Project
from kitgen.cli.job import note_problem, note_progress
from kitgen.cli.language import in_words, say
from kitgen.kits.paths import nameless, without_names
from kitgen.load.locate import find_editions
from kitgen.model.forms import EVENTS_FOLDER

_COLOURS: Final = {"error": "red", "warning": "yellow"}


def tell(diagnostics: Iterable[Diagnostic], names: bool = False) -> None:
    """Print problems on stderr, and how many there are; persons' folders by their names only where `names` is asked."""
    counts: Counter[str] = Counter()
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
        diagnostic = diagnostic if names else _nameless(diagnostic)
        note_problem(diagnostic)
        head, *rest = in_words(diagnostic.as_message()).split("\n")
        severity, _, message = head.partition(":")
        click.echo(click.style(severity, fg=_COLOURS[diagnostic.severity], bold=True) + ":" + message, err=True)
        for line in rest:
            click.echo(line, err=True)
    if counts:
        parts = [counted(count, name) for name, count in sorted(counts.items())]
        say(joined(", ", parts), err=True)


def tell_of_event(project: Project, diagnostics: Iterable[Diagnostic], names: bool = False) -> None:
    """Print problems of a run about an event; what is odd about its scheme, which no workbook mends, in one line."""
    told = list(diagnostics)
    of_scheme = [each for each in told if _is_of_scheme(project, each)]
    tell((each for each in told if each not in of_scheme), names)
    if of_scheme:
        count = counted(len(of_scheme), "warning")
        say(
            said("{count} of the scheme: `{check_of}` shows them", count=count, check_of=_check_of(project, of_scheme)),
            err=True,
        )


def _is_of_scheme(project: Project, diagnostic: Diagnostic) -> bool:
    place = diagnostic.place
    is_there = place is not None and place.file.startswith(f"{project.scheme_dir.name}/")
    return is_there and diagnostic.severity == "warning"


def _check_of(project: Project, diagnostics: Iterable[Diagnostic]) -> Message:
    """The command that tells these in full; it names their edition where a check by itself looks at another one."""
    files = [each.place.file.split("/") for each in diagnostics if each.place is not None]
    editions = {(parts[1], parts[2]) for parts in files if len(parts) > 3}
    try:
        usual = set(find_editions(project, None, None))
    except KitgenError:  # an edition that cannot be ordered, which is no matter of this event
        usual = set()
    more = "".join(f" --scheme {slug} --edition {name}" for slug, name in sorted(editions - usual))
    return said("kitgen check{more}", more=more)


def _nameless(diagnostic: Diagnostic) -> Diagnostic:
    place = diagnostic.place
    return replace(
        diagnostic,
        message=nameless(diagnostic.message),
        place=_nameless_place(place) if place is not None else None,
        help=nameless(diagnostic.help),
    )


def _nameless_place(place: Place) -> Place:
    """A place without the names of people, and if it is in an event's document, without what stands there."""
    is_of_event = f"{EVENTS_FOLDER}/" in place.file
    return replace(place, file=without_names(place.file), text="" if is_of_event else place.text)


def show_progress(number: int, total: int) -> None:
    """One line that counts, on a terminal only; whoever looks after this run is told everywhere."""
    note_progress(number, total)
    if sys.stderr.isatty():
        say(said("\r{number}/{total}", number=number, total=total), nl=number == total, err=True)

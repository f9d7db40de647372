"""What people see: problems with their places, many of one kind told once.

Talk goes to stderr, results to stdout.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kitgen.base.errors import SEVERITIES, Diagnostic, KitgenError, Place
from kitgen.base.messages import NOTHING, Message, cause_of, counted, joined, said
from kitgen.base.project import Project
from kitgen.cli.amount import tells_all
from kitgen.cli.job import note_problem
from kitgen.cli.language import say, styled
from kitgen.kits.paths import nameless, without_names
from kitgen.load.locate import find_editions
from kitgen.model.forms import EVENTS_FOLDER

_COLOURS: Final = {"error": "red", "warning": "yellow"}


MOST_ALIKE: Final = 6
"""So many problems of one kind are told each by itself; of more the first few places, and how many there are."""


def tell(diagnostics: Iterable[Diagnostic], names: bool = False) -> None:
    """Print problems on stderr, and how many there are; persons' folders by their names only where `names` is asked.

    Many of one kind are told as one, with a count and the first places, unless every one is asked for (`-v`).
    """
    told = [each if names else _nameless(each) for each in diagnostics]
    kinds: dict[object, list[Diagnostic]] = {}
    for each in told:
        kinds.setdefault(_kind_of(each), []).append(each)
    for each in told:
        note_problem(each)
        alike = kinds[_kind_of(each)]
        if len(alike) <= MOST_ALIKE or tells_all():
            _tell_one(each)
        elif each is alike[0]:
            _tell_alike(alike)
    counts = Counter(each.severity for each in told)
    if counts:
        parts = [counted(count, name) for name, count in sorted(counts.items())]
        say(joined(", ", parts), err=True)


def _kind_of(diagnostic: Diagnostic) -> object:
    """Problems of one kind have one cause and one remedy: the same sentences, about other things."""
    return diagnostic.severity, cause_of(diagnostic.message), cause_of(diagnostic.help)


def _tell_one(diagnostic: Diagnostic, count: int = 1) -> None:
    alike = said(" ({count} of this kind)", count=count) if count > 1 else NOTHING
    label = styled(SEVERITIES[diagnostic.severity], fg=_COLOURS[diagnostic.severity], bold=True)
    say(joined("", (label, ": ", diagnostic.message, alike)), err=True)
    for line in diagnostic.details():
        say(line, err=True)


def _tell_alike(alike: Sequence[Diagnostic]) -> None:
    """The first problem, where the next ones are (and what they say, if that is not the same), and the remedy."""
    first = alike[0]
    _tell_one(replace(first, place=None, help=NOTHING), len(alike))
    for each in alike[:MOST_ALIKE]:
        place = each.place.as_message() if each.place is not None else NOTHING
        other = each.message if str(each.message) != str(first.message) or not place else NOTHING
        say(joined("", ("  --> ", joined(": ", [part for part in (place, other) if part]))), err=True)
    more = counted(len(alike) - MOST_ALIKE, "more place")
    say(said("      and {more}; `-v` tells all of them", more=more), err=True)
    if first.help:
        say(joined("", ("  ", said("help"), ": ", first.help)), err=True)


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

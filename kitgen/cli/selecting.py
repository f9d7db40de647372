"""The options that say what a run is about, the same for every command that makes, plans or reads documents."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from kitgen.base.messages import said
from kitgen.cli import declare
from kitgen.cli.language import say

if TYPE_CHECKING:
    from kitgen.base.project import Project

_CHOOSING = (
    declare.option("--scheme", help="Only this scheme (the name of its folder)."),
    declare.option("--edition", help="This edition instead of the newest released one."),
    declare.option("--unit", help="Only the kit of this unit, by its code."),
    declare.option(
        "--event",
        multiple=True,
        help="The documents of this event (a folder in events/) instead of the schemes' kits. Can be given again.",
    ),
    declare.option("--all-events", is_flag=True, help="The documents of every event, one after the other."),
)
_SELECTING = (
    *_CHOOSING[:3],
    declare.option("--form", "forms", multiple=True, help="Only this form, by its code. Can be given again."),
    *_CHOOSING[3:],
    declare.option("--names", is_flag=True, help="Tell people of an event by name, and what their documents say."),
    declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
)


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--scheme --edition --unit --form --event --all-events --names --json` to a command; see `_with`."""
    return _with(_SELECTING, command)


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--scheme --edition --unit --event --all-events` to a command; see `_with`."""
    return _with(_CHOOSING, command)


def _with(options: Sequence[Callable[..., Any]], command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with these options; an event is pinned to scheme and edition, so that it takes none of theirs.

    It is given `event`, the one that is asked for, and `many`, the events where several are, or all.
    """

    @wraps(command)
    def checked(*arguments: Any, **values: Any) -> Any:
        others = [f"--{name}" for name in ("scheme", "edition", "unit") if values[name] is not None]
        values["event"], values["many"] = chosen_events(values["event"], values.pop("all_events"))
        has_events = values["event"] is not None or values["many"]
        if has_events and others:
            raise declare.UsageError(
                said(
                    "--event does not go with {others}: an event is of the whole scheme, in the edition that "
                    "its workbook names",
                    others=", ".join(others),
                )
            )
        if not has_events:
            tell_edition(click.get_current_context().obj, values["scheme"], values["edition"])
        return command(*arguments, **values)

    for option in reversed(options):
        checked = option(checked)
    return checked


def chosen_events(named: Sequence[str], are_all: bool) -> tuple[str | None, tuple[str, ...]]:
    """The event a command is about where it is one, and the events where they are several, or all there are.

    Raises `KitgenError` if all are asked for and there is none.
    """
    events = tuple(dict.fromkeys(named))
    if not are_all:
        return (events[0] if len(events) == 1 else None), (events if len(events) > 1 else ())
    if events:
        raise declare.UsageError(said("--all-events does not go with --event"))
    from kitgen.base.errors import Place, failure
    from kitgen.load.event.event import event_names

    every = tuple(event_names(click.get_current_context().obj))
    if not every:
        raise failure(said("there are no events yet"), Place("events"), said("`kitgen event new` makes one"))
    return None, every


def tell_edition(project: "Project", scheme: str | None, edition: str | None) -> None:
    """Say which edition is taken where none is named and a draft beside it could be meant."""
    from kitgen.load.locate import default_editions

    for each in default_editions(project, scheme) if edition is None else ():
        if each.notice:
            say(each.notice, err=True)
